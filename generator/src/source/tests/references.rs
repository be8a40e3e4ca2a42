use super::{document, node, pointer};
use crate::source::{Resolved, Target, follow, reference_target, resolve};

#[test]
fn the_text_of_a_reference_says_where_it_leads() {
    let file = |path: &'static str, fragment: Option<&str>| Target::File {
        path: path.into(),
        fragment: fragment.map(pointer),
    };
    for (text, expected) in [
        ("#", Target::Local(pointer(""))),
        ("#/a/b~1c/d%20e", Target::Local(pointer("/a/b~1c/d e"))),
        ("a.yaml", file("a.yaml", Some(""))),
        ("a.yaml#", file("a.yaml", Some(""))),
        ("./a%20b/../c.json#/d", file("./a b/../c.json", Some("/d"))),
        ("../a.yaml#name", file("../a.yaml", None)),
        ("/a.yaml", file("/a.yaml", Some(""))),
        ("C:\\a.yaml", file("C:\\a.yaml", Some(""))),
        ("https://example.com/a.yaml#/b", Target::Url),
        ("//example.com/a.yaml", Target::Url),
        ("urn:a:b", Target::Url),
        ("#name", Target::Unreadable),
        ("", Target::Unreadable),
    ] {
        assert_eq!(Target::parse(text), expected, "{text}");
    }
    assert_eq!(reference_target("#/a"), Some(pointer("/a")));
    assert_eq!(reference_target("a.yaml#/a"), None);
}

#[test]
fn chains_are_followed_to_their_end() {
    let document = document(
        "a: {$ref: '#/b'}\nb: {$ref: '#/c/0'}\nc: [{d: 1}]\nloop: {$ref: '#/loop'}\nout: {$ref: '#/nothing'}\n",
    );
    let root = document.value();
    let end = |at: &str| resolve(root, &pointer(at)).map(|(pointer, _)| pointer.to_string());
    assert_eq!(end("/a").as_deref(), Some("/c/0"));
    assert_eq!(end("/c").as_deref(), Some("/c"));
    assert_eq!(end("/loop"), None);
    assert_eq!(end("/out"), None);
    assert!(matches!(
        follow(root, node(&document, "/c/0")),
        Resolved::Itself(_)
    ));
}
