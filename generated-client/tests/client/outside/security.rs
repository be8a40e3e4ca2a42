//! SECURITY.md names tests that exist.

use std::fs;

use super::crates::workspace;

/// Returns the code spans of a text.
fn spans(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// Returns whether a Rust file has a test of this name that is not ignored.
fn has_test(text: &str, name: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let head = format!("fn {name}()");
    lines.iter().enumerate().any(|(index, line)| {
        let line = line.strip_prefix("async ").unwrap_or(line);
        let above = lines.iter().take(index).rev();
        let attributes: Vec<&str> = above
            .copied()
            .take_while(|line| line.starts_with("#[") || line.starts_with("//"))
            .filter(|line| line.starts_with("#["))
            .collect();
        let is_test = |attribute: &&str| {
            *attribute == "#[test]"
                || *attribute == "#[tokio::test]"
                || attribute.starts_with("#[tokio::test(")
        };
        let is_ignored = |attribute: &&str| attribute.starts_with("#[ignore");
        line.starts_with(&head)
            && attributes.iter().any(is_test)
            && !attributes.iter().any(is_ignored)
    })
}

#[test]
fn a_helper_is_not_a_test() {
    let text = "
        #[test]
        fn plain() {}

        /// A description.
        #[cfg(unix)]
        #[tokio::test]
        // A comment.
        async fn waiting() {}

        fn helper() {}

        fn helper_with(a: u8) {}

        #[cfg(unix)]
        fn helper_there() {}

        #[test]
        #[ignore = \"slow\"]
        fn never() {}

        // #[test]
        fn switched_off() {}
    ";
    for name in ["plain", "waiting"] {
        assert!(has_test(text, name), "{name}");
    }
    for name in [
        "helper",
        "helper_with",
        "helper_there",
        "never",
        "switched_off",
        "plai",
        "lain",
        "absent",
    ] {
        assert!(!has_test(text, name), "{name}");
    }
}

#[test]
fn each_guarantee_names_tests_that_exist() {
    let page = fs::read_to_string(workspace().join("SECURITY.md")).expect("the page");
    let rows = page
        .lines()
        .filter(|line| line.starts_with('|') && !line.starts_with("|---"));
    let mut promises = 0;
    let mut tests = 0;
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").collect();
        let [_, shown] = cells[..] else {
            panic!("two cells were expected: {row}");
        };
        if shown.trim() == "tests" {
            continue;
        }
        promises += 1;
        let mut named: Vec<&str> = Vec::new();
        for span in spans(shown) {
            if span.contains(' ') {
                // A command.
                continue;
            }
            if !span.contains('/') {
                named.push(span);
                continue;
            }
            let path = workspace().join(span);
            assert!(path.exists(), "{span} does not exist");
            for name in std::mem::take(&mut named) {
                let text = fs::read_to_string(&path).expect("a file of tests");
                assert!(has_test(&text, name), "{span} has no test {name}");
                tests += 1;
            }
        }
        assert!(named.is_empty(), "{named:?}: no file follows");
        assert!(spans(shown).next().is_some(), "no test is named: {row}");
    }
    assert!(promises > 20 && tests > 30, "{promises} and {tests}");
}
