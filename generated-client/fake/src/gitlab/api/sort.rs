//! The orders of the list. Knows tokens.

use std::cmp::Ordering;

use crate::gitlab::token::TokenRecord;

/// Sorts by the documented names and GitLab's generic ones. An unknown name is ignored. Ties are sorted by id in the same
/// direction. Missing values are last in ascending order, as in the database.
pub(crate) fn sort(rows: &mut [&TokenRecord], name: &str) {
    let (key, descending) = match name {
        "created_date" => ("created", true),
        "expires_at_asc_id_desc" => {
            rows.sort_by(|left, right| by_key(left, right, "expires").then(right.id.cmp(&left.id)));
            return;
        }
        _ => match name.rsplit_once('_') {
            Some((key, "asc")) => (key, false),
            Some((key, "desc")) => (key, true),
            _ => ("", false),
        },
    };
    let known = matches!(
        key,
        "created" | "expires" | "last_used" | "name" | "id" | "updated"
    );
    rows.sort_by(|left, right| {
        if !known {
            return left.id.cmp(&right.id);
        }
        let order = by_key(left, right, key).then(left.id.cmp(&right.id));
        if descending { order.reverse() } else { order }
    });
}

fn by_key(left: &TokenRecord, right: &TokenRecord, key: &str) -> Ordering {
    match key {
        "created" => left.created_at.cmp(&right.created_at),
        "updated" => left.updated_at.cmp(&right.updated_at),
        "expires" => missing_last(left.expires_at, right.expires_at),
        "last_used" => missing_last(left.last_used_at, right.last_used_at),
        "name" => left.name.cmp(&right.name),
        _ => Ordering::Equal,
    }
}

fn missing_last<T: Ord>(left: Option<T>, right: Option<T>) -> Ordering {
    match (left, right) {
        (Some(left), Some(right)) => left.cmp(&right),
        (left, right) => left.is_none().cmp(&right.is_none()),
    }
}
