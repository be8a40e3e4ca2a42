use crate::runtime::credential::header::{is_query_name, query_names};

#[test]
fn names_in_a_query_are_found_however_a_server_splits_it() {
    let names = |query| query_names(query).collect::<Vec<_>>();
    let cases: [(&str, &[&str]); 8] = [
        ("", &[""]),
        ("a=1&b", &["a", "b"]),
        ("a==b=1", &["a"]),
        ("a=1;key=2", &["a", "a", "key"]),
        ("a;key&b", &["a;key", "b", "a", "key", "b"]),
        ("%6Bey=1&k%65%79", &["key", "key"]),
        ("a+b%20c=1", &["a b c"]),
        ("%ff=1", &["\u{fffd}"]),
    ];
    for (query, expected) in cases {
        assert_eq!(names(query), expected, "{query}");
    }
}

#[test]
fn brackets_hide_no_name_in_a_query() {
    for name in [
        "key",
        "key[]",
        "key[a][b]",
        "key]",
        "[key",
        "[]key",
        "[key]",
        "[[key][a]",
    ] {
        assert!(is_query_name(name, "key"), "{name}");
    }
    for name in ["", "ke", "keys", "a[key]", "key.", "Key", "[]", "[]keys[]"] {
        assert!(!is_query_name(name, "key"), "{name}");
    }
}
