//! Links of the header `Link`.

use crate::runtime::page::link::{Unreadable, links};

fn targets<'value>(value: &'value str, relation: &str) -> Vec<&'value str> {
    links(value)
        .flatten()
        .filter(|link| link.is(relation))
        .map(|link| link.target)
        .collect()
}

#[test]
fn links_have_relations() {
    let value = r#"<a>; rel="prev", <b?x=1,2;3>; title="a, <b>; rel=last"; REL=Next, < c >; rel="last next"; rel=first, <d>"#;
    assert_eq!(targets(value, "next"), ["b?x=1,2;3", "c"]);
    assert_eq!(targets(value, "LAST"), ["c"]);
    assert_eq!(targets(value, "prev"), ["a"]);
    assert!(targets(value, "first").is_empty());
    assert_eq!(links(value).count(), 4);
}

#[test]
fn an_invalid_link_is_an_error_at_the_end() {
    for value in ["", " ", ",", " , ,"] {
        assert_eq!(links(value).count(), 0, "{value}");
    }
    for value in [
        "garbage",
        "<a",
        "<a; rel=next",
        ">; rel=next",
        r#"a; rel="next""#,
        r#"<a>; title="x, <b>; rel=next"#,
    ] {
        let found: Vec<_> = links(value).collect();
        assert_eq!(found, [Err(Unreadable)], "{value}");
    }
    // The links before it are valid.
    for value in [
        "<a>; rel=next, garbage, <b>; rel=last",
        r#"<a>; rel=next,, <b>; title="5" wide", <c>; rel="last""#,
    ] {
        assert_eq!(targets(value, "next"), ["a"], "{value}");
        assert_eq!(links(value).last(), Some(Err(Unreadable)), "{value}");
    }
}
