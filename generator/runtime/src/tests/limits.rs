//! No nested document overflows the stack or takes unlimited time.

use std::thread;

use crate::runtime::decode::json::{JsonErrorKind, decode};
use crate::runtime::decode::union::UnknownValue;

/// A record that takes much stack.
#[derive(Debug, Clone, PartialEq)]
struct Wide {
    columns: [Column; 4],
    next: Option<Box<Wide>>,
    list: Vec<Wide>,
    either: Option<Either>,
}

/// 4 kB on the stack, like a record with 170 strings.
#[derive(Debug, Clone, PartialEq)]
struct Column([u64; 128]);

impl<'de> serde::Deserialize<'de> for Column {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        u64::deserialize(deserializer).map(|value| Self([value; 128]))
    }
}

fn four_columns() -> [Column; 4] {
    [0, 1, 2, 3].map(|value| Column([value; 128]))
}

crate::record! {
    Wide: read {
        columns: "columns", defaulted(four_columns());
        next: "next", optional;
        list: "list", omitted_when_empty;
        either: "either", optional;
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Either {
    Wide(Box<Wide>),
    Unknown(UnknownValue),
}

crate::untagged_union! { Either: read { Wide; Unknown } }

fn nested(open: &str, close: &str, levels: usize) -> String {
    format!("{}{{}}{}", open.repeat(levels), close.repeat(levels))
}

/// Runs on a stack of the size that threads have by default.
fn decoded(json: String) -> Result<(), JsonErrorKind> {
    let thread = thread::Builder::new().stack_size(2 * 1024 * 1024);
    let reading = thread.spawn(move || decode::<Wide>(json.as_bytes()).map(drop));
    let read = reading.unwrap().join().expect("no overflow, no panic");
    read.map_err(|error| error.kind())
}

#[test]
fn large_records_do_not_overflow_the_stack() {
    for (open, close) in [
        (r#"{"next":"#, "}"),
        (r#"{"list":["#, "]}"),
        (r#"{"either":"#, "}"),
    ] {
        assert_eq!(decoded(nested(open, close, 5)), Ok(()), "{open}");
        for levels in [60, 126, 10_000] {
            assert_eq!(
                decoded(nested(open, close, levels)),
                Err(JsonErrorKind::TooDeep),
                "{open} {levels}"
            );
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Left {
    child: Option<Box<Tree>>,
    left: Option<bool>,
}

crate::record! { Left: read { child: "child", optional; left: "left", optional; } }

#[derive(Debug, Clone, PartialEq)]
struct Right {
    child: Option<Box<Tree>>,
    right: Option<bool>,
}

crate::record! { Right: read { child: "child", optional; right: "right", optional; } }

#[derive(Debug, Clone, PartialEq)]
enum Tree {
    Left(Left),
    Right(Right),
    Unknown(UnknownValue),
}

crate::untagged_union! { Tree: read { Left, Right; Unknown } }

#[test]
fn nested_unions_take_bounded_time() {
    // Every level has a member that no variant knows, so that every variant is tried within every enclosing variant.
    let tree = |levels| {
        decode::<Tree>(nested(r#"{"new":1,"right":true,"child":"#, "}", levels).as_bytes())
    };
    let shallow = tree(6).unwrap();
    assert!(matches!(
        shallow,
        Tree::Right(Right {
            right: Some(true),
            child: Some(_)
        })
    ));
    assert_eq!(tree(40).unwrap_err().kind(), JsonErrorKind::TooDeep);
}

#[test]
fn long_lists_of_unions_are_decoded() {
    let list = vec![r#"{"new":1,"right":true,"child":{"left":false}}"#; 5_000].join(",");
    let trees: Vec<Tree> = decode(format!("[{list}]").as_bytes()).unwrap();
    assert_eq!(trees.len(), 5_000);
    assert!(trees.iter().all(|tree| matches!(tree, Tree::Right(_))));
}
