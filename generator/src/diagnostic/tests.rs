use super::{Code, Diagnostics, Locate, Location, Pointer, Severity, SourceLine, codes, render};

const SOME: Code = Code::new("some-code");

/// A document whose nodes stand where their last segment says: `/a/3` in line 3.
struct Numbered(&'static str);

impl Locate for Numbered {
    fn name(&self) -> &str {
        self.0
    }

    fn locate_all(&self, pointers: &[&Pointer]) -> Vec<Option<(Location, SourceLine)>> {
        let place = |pointer: &&Pointer| {
            let line = pointer.last()?.parse().ok()?;
            let location = Location {
                file: self.0.to_owned(),
                line,
                column: 2,
            };
            Some((location, SourceLine::around("", 0)))
        };
        pointers.iter().map(place).collect()
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
    let at = |line: usize| Pointer::root().key("a").index(line);
    diagnostics.push_in("z.yaml", Severity::Note, SOME, &at(1), "last file", "");
    diagnostics.push(Severity::Note, SOME, &at(7), "late", "");
    diagnostics.push(Severity::Note, SOME, &at(3), "first of line 3", "");
    diagnostics.push(Severity::Note, SOME, &at(3), "second of line 3", "");
    diagnostics.locate(&[&Numbered("a.yaml"), &Numbered("z.yaml")]);
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
fn what_is_located_stays_where_it_is() {
    let mut diagnostics = Diagnostics::new();
    diagnostics.push(Severity::Note, SOME, &Pointer::root().index(3), "", "");
    diagnostics.locate(&[&Numbered("before.yaml")]);
    diagnostics.locate(&[&Numbered("after.yaml")]);
    let files: Vec<_> = diagnostics
        .iter()
        .filter_map(|diagnostic| Some(&diagnostic.location.as_ref()?.file))
        .collect();
    assert_eq!(files, ["before.yaml"]);
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
        diagnostics.push(severity, SOME, &Pointer::root(), "", "");
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
        diagnostics.push(severity, SOME, &Pointer::root(), "", "");
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
                Severity::Warning,
                SOME,
                location,
                Some(SourceLine::around(line, column - 1)),
                "it is odd",
                "make it even",
            );
        }
        None => diagnostics.push(
            Severity::Warning,
            SOME,
            &Pointer::root().key("paths"),
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
