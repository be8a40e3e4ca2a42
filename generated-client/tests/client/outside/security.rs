//! SECURITY.md names tests that exist.

use std::fs;

use super::crates::workspace;

/// The code spans of a text.
fn spans(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[test]
fn each_promise_names_tests_that_exist() {
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
        if shown.trim() == "shown by" {
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
                assert!(
                    text.contains(&format!("fn {name}(")),
                    "{span} has no test {name}"
                );
                tests += 1;
            }
        }
        assert!(named.is_empty(), "{named:?} stand in no file");
        assert!(spans(shown).next().is_some(), "nothing shows it: {row}");
    }
    assert!(promises > 20 && tests > 30, "{promises} and {tests}");
}
