use super::{
    Code, Diagnostics, Locate, Location, NodeLocation, Origin, Place, Pointer, Severity,
    SourceLine, codes, render,
};

const SOME: Code = Code::new("some-code");

/// A document whose nodes are in the line of their number.
struct Numbered(u32, &'static str);

impl Locate for Numbered {
    fn locate_all(&self, origins: &[Origin]) -> Vec<Option<NodeLocation>> {
        let place = |origin: &Origin| {
            let line = origin.node() as usize;
            let location = Location {
                file: self.1.to_owned(),
                line,
                column: 2,
            };
            (origin.file() == self.0).then(|| NodeLocation {
                location,
                source_line: SourceLine::around("", 0),
                pointer: Pointer::root().key("written"),
            })
        };
        origins.iter().map(place).collect()
    }
}

/// A node that doesn't exist below one in the given line.
fn place(file: u32, line: u32) -> Place {
    Place {
        origin: Origin::new(file, line),
        below: 1,
        pointer: Pointer::root().key("moved").key("missing"),
    }
}

#[test]
fn pointers_are_escaped_and_read_back() {
    let pointer = Pointer::root().key("paths").key("/a~b/{id}").index(3);
    assert_eq!(pointer.to_string(), "/paths/~1a~0b~1{id}/3");
    assert_eq!(
        pointer.segments().collect::<Vec<_>>(),
        ["paths", "/a~b/{id}", "3"]
    );
    assert_eq!(pointer.last().as_deref(), Some("3"));
    assert_eq!(
        pointer
            .parent()
            .and_then(|parent| parent.last().map(|key| key.into_owned()))
            .as_deref(),
        Some("/a~b/{id}")
    );
    assert_eq!(Pointer::parse("/paths/~1a~0b~1{id}/3"), Some(pointer));
    assert_eq!(Pointer::parse("paths"), None);
}

#[test]
fn each_escape_is_read_once() {
    for (escaped, plain) in [
        ("~01", "~1"),
        ("~10", "/0"),
        ("~0~1~00", "~/~0"),
        ("~~1", "~/"),
        ("~2", "~2"),
        ("é~", "é~"),
    ] {
        let pointer = Pointer::parse(&format!("/{escaped}")).unwrap();
        assert_eq!(pointer.segments().collect::<Vec<_>>(), [plain]);
    }
}

#[test]
fn the_root_has_no_segments() {
    let root = Pointer::root();
    assert_eq!(
        (root.as_str(), root.is_root(), root.parent(), root.last()),
        ("", true, None, None)
    );
    assert_eq!(root.segments().count(), 0);
    let empty_key = root.key("");
    assert_eq!((empty_key.as_str(), empty_key.is_root()), ("/", false));
    assert_eq!(empty_key.segments().collect::<Vec<_>>(), [""]);
}

#[test]
fn pointers_move_in_place() {
    let mut pointer = Pointer::root();
    pointer.push("a/b");
    pointer.push_index(0);
    assert_eq!(pointer.as_str(), "/a~1b/0");
    pointer.pop();
    pointer.pop();
    pointer.pop();
    assert!(pointer.is_root());
}

#[test]
fn prefixes_end_at_segments() {
    let ancestor = Pointer::root().key("a");
    assert_eq!(
        ancestor.key("b").strip_prefix(&ancestor),
        Some(Pointer::root().key("b"))
    );
    assert_eq!(ancestor.strip_prefix(&ancestor), Some(Pointer::root()));
    assert_eq!(Pointer::root().key("ab").strip_prefix(&ancestor), None);
    assert!(!Pointer::root().key("ab").starts_with(&ancestor));
    assert_eq!(ancestor.join(&Pointer::root().key("b")), ancestor.key("b"));
}

#[test]
fn codes_are_unique_and_in_kebab_case() {
    let mut names: Vec<&str> = codes::ALL.iter().map(|code| code.as_str()).collect();
    for name in &names {
        assert!(
            name.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
            "{name}"
        );
    }
    let length = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), length);
}

#[test]
fn the_order_is_that_of_places_then_of_insertion() {
    let mut diagnostics = Diagnostics::new();
    diagnostics.push(SOME.rated(Severity::Note), &place(1, 1), "last file", "");
    diagnostics.push(SOME.rated(Severity::Note), &place(0, 7), "late", "");
    diagnostics.push(
        SOME.rated(Severity::Note),
        &place(0, 3),
        "first of line 3",
        "",
    );
    diagnostics.push(
        SOME.rated(Severity::Note),
        &place(0, 3),
        "second of line 3",
        "",
    );
    diagnostics.locate(&[&Numbered(1, "z.yaml"), &Numbered(0, "a.yaml")]);
    let messages: Vec<&str> = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.message.as_str())
        .collect();
    assert_eq!(
        messages,
        ["first of line 3", "second of line 3", "late", "last file"]
    );
}

#[test]
fn what_is_located_has_the_pointer_of_its_author() {
    let mut diagnostics = Diagnostics::new();
    diagnostics.push(SOME.rated(Severity::Note), &place(0, 3), "", "");
    let pointer = |diagnostics: &Diagnostics| {
        let first = diagnostics.iter().next();
        first.map(|first| first.pointer.to_string())
    };
    assert_eq!(pointer(&diagnostics).as_deref(), Some("/moved/missing"));
    diagnostics.locate(&[&Numbered(0, "a.yaml")]);
    assert_eq!(pointer(&diagnostics).as_deref(), Some("/written/missing"));
    diagnostics.locate(&[&Numbered(0, "b.yaml")]);
    assert_eq!(pointer(&diagnostics).as_deref(), Some("/written/missing"));
}

#[test]
fn the_tail_of_a_pointer_has_as_many_segments_as_asked_for() {
    let pointer = Pointer::root().key("a").key("b/c").index(1);
    let tail = |count| pointer.tail(count).to_string();
    assert_eq!([tail(0), tail(1), tail(2)], ["", "/1", "/b~1c/1"]);
    assert_eq!(pointer.tail(3), pointer);
}

#[test]
fn what_stops_a_run() {
    for (severity, always, strictly) in [
        (Severity::Fatal, true, true),
        (Severity::Error, false, true),
        (Severity::Warning, false, true),
        (Severity::Note, false, false),
    ] {
        let mut diagnostics = Diagnostics::new();
        diagnostics.push(SOME.rated(severity), &Place::nowhere(), "", "");
        assert_eq!(
            (diagnostics.stops(false), diagnostics.stops(true)),
            (always, strictly),
            "{severity:?}"
        );
        assert_eq!(diagnostics.has_fatal(), always);
        assert_eq!(diagnostics.len(), 1);
    }
    assert!(!Diagnostics::new().stops(true));
}

#[test]
fn counts_are_by_severity() {
    let mut diagnostics = Diagnostics::new();
    for severity in [
        Severity::Error,
        Severity::Error,
        Severity::Warning,
        Severity::Note,
    ] {
        diagnostics.push(SOME.rated(severity), &Place::nowhere(), "", "");
    }
    let counts = diagnostics.counts();
    assert_eq!(
        (counts.fatal, counts.errors, counts.warnings, counts.notes),
        (0, 2, 1, 1)
    );
}

fn rendered(location: Option<(usize, &str)>, strict: bool) -> String {
    let mut diagnostics = Diagnostics::new();
    match location {
        Some((column, line)) => {
            let location = Location {
                file: "a.yaml".to_owned(),
                line: 12,
                column,
            };
            diagnostics.push_at(
                SOME.rated(Severity::Warning),
                location,
                Some(SourceLine::around(line, column - 1)),
                "it is odd",
                "make it even",
            );
        }
        None => diagnostics.push(
            SOME.rated(Severity::Warning),
            &Place {
                pointer: Pointer::root().key("paths"),
                ..Place::nowhere()
            },
            "it is odd",
            "make it even",
        ),
    }
    render(&diagnostics, strict)
}

#[test]
fn rendering() {
    insta::assert_snapshot!(rendered(Some((3, "  a: b")), false), @r"
    warning[some-code]: it is odd
      --> a.yaml:12:3
       |
    12 |   a: b
       |   ^
       = help: make it even
    ");
}

#[test]
fn warnings_are_errors_when_strict() {
    assert!(rendered(None, true).starts_with("error[some-code]: "));
}

#[test]
fn rendering_without_a_place() {
    insta::assert_snapshot!(rendered(None, false), @r"
    warning[some-code]: it is odd
     = at /paths
     = help: make it even
    ");
}

#[test]
fn long_lines_are_cut_around_the_place() {
    let line = format!("{}HERE{}", "a".repeat(1000), "b".repeat(1000));
    let text = rendered(Some((1001, &line)), false);
    let lines: Vec<&str> = text.lines().collect();
    let (excerpt, marker) = (lines[3], lines[4]);
    assert!(excerpt.chars().count() < 140, "{excerpt}");
    let place = marker
        .chars()
        .position(|character| character == '^')
        .expect("a marker");
    assert_eq!(
        excerpt.chars().skip(place).take(4).collect::<String>(),
        "HERE"
    );
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let text = rendered(Some((1, "a\u{1b}[31mb\tc")), false);
    assert!(!text.contains('\u{1b}') && !text.contains('\t'));
}

#[test]
fn a_place_behind_the_end_of_its_line_is_marked_there() {
    let text = rendered(Some((40, "short")), false);
    assert_eq!(text.lines().nth(4), Some("   |      ^"));
}
