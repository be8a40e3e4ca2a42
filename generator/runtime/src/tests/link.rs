//! Links of the header `Link`.

use crate::runtime::page::link::links;

fn targets<'value>(value: &'value str, relation: &str) -> Vec<&'value str> {
    links(value)
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
fn what_is_no_link_is_none() {
    for value in [
        "",
        "garbage",
        "<a",
        "<a; rel=next",
        ">; rel=next",
        r#"a; rel="next""#,
    ] {
        assert_eq!(links(value).count(), 0, "{value}");
    }
    // A quotation that does not end hides what is in it.
    assert_eq!(targets(r#"<a>; title="x, <b>; rel=next"#, "next"), [""; 0]);
}
