use super::JsonPath;
use crate::diagnostic::Diagnostics;
use crate::source::Document;

const TEXT: &str = "
store:
  book:
  - {title: A, price: 8, isbn: x, tags: [new, red]}
  - {title: B, price: 12.5}
  - {title: C, price: 8, isbn: null}
  bicycle: {color: red, price: 20}
'a.b': {\"it's\": 1, 'say \"x\"': 2}
names: [x, y]
";

fn select(path: &str) -> Vec<String> {
    let document =
        Document::parse("a.yaml", TEXT.as_bytes(), &mut Diagnostics::new()).expect("a document");
    let path = JsonPath::parse(path).unwrap_or_else(|error| panic!("{path}: {error:?}"));
    path.select(document.value())
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn names_and_indexes() {
    assert_eq!(select("$"), [""]);
    assert_eq!(select("$.store.bicycle.color"), ["/store/bicycle/color"]);
    assert_eq!(select("$['store'][\"bicycle\"]"), ["/store/bicycle"]);
    assert_eq!(select("$.store.book[1].title"), ["/store/book/1/title"]);
    assert_eq!(select(r"$['a.b']['it\'s']"), ["/a.b/it's"]);
    assert_eq!(select("$['a.b']['say \"x\"']"), ["/a.b/say \"x\""]);
    assert_eq!(select("$.store.book[3]"), Vec::<String>::new());
    assert_eq!(select("$.store.book.title"), Vec::<String>::new());
    assert_eq!(select("$.names['0']"), Vec::<String>::new());
    assert_eq!(select("$.nobody.x"), Vec::<String>::new());
}

#[test]
fn wildcards() {
    assert_eq!(select("$.store.*"), ["/store/book", "/store/bicycle"]);
    assert_eq!(
        select("$.store.book[*].isbn"),
        ["/store/book/0/isbn", "/store/book/2/isbn"]
    );
    assert_eq!(select("$.names.*"), ["/names/0", "/names/1"]);
    assert_eq!(select("$.names.*.*"), Vec::<String>::new());
}

#[test]
fn descendants() {
    assert_eq!(
        select("$..price"),
        [
            "/store/book/0/price",
            "/store/book/1/price",
            "/store/book/2/price",
            "/store/bicycle/price"
        ]
    );
    assert_eq!(
        select("$.store..[0]"),
        ["/store/book/0", "/store/book/0/tags/0"]
    );
    assert_eq!(select("$.names..*"), ["/names/0", "/names/1"]);
    // A node that is reached in two ways is selected once.
    assert_eq!(select("$..*..color"), ["/store/bicycle/color"]);
}

#[test]
fn filters() {
    assert_eq!(select("$.store.book[?@.title=='B']"), ["/store/book/1"]);
    assert_eq!(
        select("$.store.book[?(@.title == \"B\")]"),
        ["/store/book/1"]
    );
    assert_eq!(
        select("$.store.book[?@.price==8.0]"),
        ["/store/book/0", "/store/book/2"]
    );
    assert_eq!(
        select("$.store.book[?@.isbn]"),
        ["/store/book/0", "/store/book/2"]
    );
    assert_eq!(select("$.store.book[?@.isbn==null]"), ["/store/book/2"]);
    assert_eq!(
        select("$.store.book[?@.isbn!='x']"),
        ["/store/book/1", "/store/book/2"]
    );
    assert_eq!(select("$.store[?@.color=='red']"), ["/store/bicycle"]);
    assert_eq!(select("$.names[?@=='y']"), ["/names/1"]);
    assert_eq!(select("$.store.book[?@.tags[1]=='red']"), ["/store/book/0"]);
    assert_eq!(
        select("$.store.book[?@['price']!=-1.5e3 && 'C'!=@.title]"),
        ["/store/book/0", "/store/book/1"]
    );
    assert_eq!(select("$..[?@.price==20]"), ["/store/bicycle"]);
}

#[test]
fn and_binds_before_or() {
    assert_eq!(
        select("$.store.book[?@.title=='B' || @.title=='A' && @.price==9]"),
        ["/store/book/1"]
    );
    assert_eq!(
        select("$.store.book[?(@.title=='B' || @.title=='A') && @.price==8]"),
        ["/store/book/0"]
    );
    assert_eq!(
        select("$.store.book[? @.title == 'C' || ( @.isbn ) ].price"),
        ["/store/book/0/price", "/store/book/2/price"]
    );
}

#[test]
fn absent_nodes_equal_each_other_only() {
    assert_eq!(select("$.store.book[?@.nobody==@.nothing]").len(), 3);
    assert_eq!(select("$.store.book[?@.nobody==null]").len(), 0);
}

#[test]
fn what_is_not_understood_is_named_with_its_place() {
    for (path, column, expected) in [
        ("", 1, "`$`"),
        ("store", 1, "`$`"),
        ("$store", 2, "`.name`"),
        ("$.", 3, "a name"),
        ("$.0", 3, "begins with a digit"),
        ("$.a b", 4, "`.name`"),
        ("$[", 3, "a name in quotes"),
        ("$['a]", 6, "the end of the string"),
        ("$['a'", 6, "`]`"),
        ("$['a','b']", 6, "`]`"),
        ("$[1:2]", 4, "`]`"),
        ("$[-1]", 3, "a name in quotes"),
        ("$[99999999999999999999999]", 3, "an index"),
        ("$[?]", 4, "`@`"),
        ("$[?@.a==]", 9, "`@`"),
        ("$[?@.a<1]", 7, "`]`"),
        ("$[?!@.a]", 4, "`@`"),
        ("$[?@.a==b]", 9, "`@`"),
        ("$[?length(@)==1]", 4, "`@`"),
        ("$[?@.*=='x']", 6, "a name"),
        ("$[?@[*]=='x']", 5, "a single member"),
        ("$[?'a']", 7, "`==`"),
        ("$[?(@.a]", 8, "`)`"),
        ("$[?@.é=='ü' ? 1]", 13, "`]`"),
        ("$['\\x']", 5, "a quote or a backslash"),
        ("$[?@.a==1.2.3]", 9, "a number"),
    ] {
        let error = JsonPath::parse(path).expect_err(path);
        assert!(
            error.message.contains(expected),
            "{path}: {}",
            error.message
        );
        assert_eq!(error.column, column, "{path}: {}", error.message);
    }
}

#[test]
fn parentheses_are_bounded() {
    let nested = |depth: usize| format!("$[?{}@.a{}]", "(".repeat(depth), ")".repeat(depth));
    assert!(JsonPath::parse(&nested(32)).is_ok());
    assert!(JsonPath::parse(&nested(33)).is_err());
    assert!(JsonPath::parse(&"$[?(".repeat(100_000)).is_err());
}
