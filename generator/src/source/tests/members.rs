//! Objects of few members, which have no index, and of many, which have one.

use crate::source::Members;

fn members(count: usize) -> Members<usize> {
    (0..count).map(|at| (format!("key{at}"), at)).collect()
}

/// Fails unless each member is found where it is.
fn assert_found(members: &Members<usize>) {
    for (at, (key, value)) in members.iter().enumerate() {
        assert_eq!(members.get_index_of(key), Some(at), "{members:?}");
        assert_eq!(members.get(key), Some(value), "{members:?}");
    }
    assert!(!members.contains_key("absent"));
    assert_eq!(members.iter().len(), members.len());
}

const COUNTS: [usize; 7] = [0, 1, 3, 16, 17, 18, 100];

#[test]
fn members_are_found_where_they_are() {
    for count in COUNTS {
        assert_found(&members(count));
    }
}

#[test]
fn a_member_is_replaced_in_its_place() {
    for count in COUNTS.into_iter().filter(|count| *count > 0) {
        let mut all = members(count);
        assert_eq!(all.insert("key0".to_owned(), 1000), Some(0));
        assert_eq!(all.insert_new("key0".to_owned(), 7), Err("key0".to_owned()));
        assert_eq!(all.first(), Some((&"key0".to_owned(), &1000)));
        *all.entry("key0".to_owned()).or_insert(5) += 1;
        *all.entry("new".to_owned()).or_insert(5) += 1;
        assert_eq!((all.get("key0"), all.get("new")), (Some(&1001), Some(&6)));
        assert_eq!(all.len(), count + 1);
        assert_found(&all);
    }
}

#[test]
fn members_move_when_one_is_taken_out_or_put_in() {
    for count in COUNTS {
        let mut all = members(count);
        assert_eq!(all.shift_remove("key2"), (count > 2).then_some(2));
        assert_eq!(all.shift_remove("key2"), None);
        assert_found(&all);
        all.shift_insert(1, "between".to_owned(), 7);
        assert_eq!(all.get_index_of("between"), Some(count.min(1)));
        assert_found(&all);
        all.shift_insert(0, "between".to_owned(), 8);
        assert_eq!(all.first(), Some((&"between".to_owned(), &8)));
        assert_found(&all);
        all.retain(|_, value| *value % 2 == 0);
        assert!(all.values().all(|value| value % 2 == 0));
        assert_found(&all);
        all.compact();
        assert_found(&all);
    }
}

#[test]
fn the_order_does_not_count_for_equality() {
    for count in COUNTS.into_iter().filter(|count| *count > 1) {
        let reversed: Members<usize> = members(count).into_iter().rev().collect();
        assert_eq!(members(count), reversed);
        let mut other = members(count);
        other.insert("key1".to_owned(), 1000);
        assert_ne!(members(count), other);
        assert_ne!(members(count), members(count - 1));
        assert!(members(count).keys().eq(reversed.keys().rev()));
    }
}
