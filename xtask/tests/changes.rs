//! The change report as a maintainer meets it: from files, from git, and in the summary of code generation.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const BEFORE: &str = "\
openapi: 3.0.3
info: {title: Things, version: '1'}
servers: [{url: 'https://things.example'}]
paths:
  /things/{id}:
    get:
      operationId: getThing
      tags: [things]
      parameters:
        - {name: id, in: path, required: true, schema: {type: integer}}
      responses:
        '200':
          description: OK
          content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
components:
  schemas:
    Thing:
      type: object
      required: [id]
      properties:
        id: {type: integer}
        name: {type: string}
";

fn after() -> String {
    BEFORE.replace(
        "        name: {type: string}\n",
        "        name: {type: string}\n        size: {type: integer}\n",
    )
}

fn xtask(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the command starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("before.yaml"), BEFORE).unwrap();
    fs::write(folder.path().join("after.yaml"), after()).unwrap();
    folder
}

const FILES: [&str; 5] = ["changes", "--from", "before.yaml", "--to", "after.yaml"];

#[test]
fn two_documents_are_compared() {
    let folder = folder();

    let output = xtask(&FILES, folder.path());

    assert!(output.status.success(), "{}", text(&output.stderr));
    let report = text(&output.stdout);
    assert!(report.starts_with("minor (1 added), 0."), "{report}");
    assert!(
        report.contains("gitlab_pat::types::Thing::size: Option<i64>\n    --> after.yaml:23\n"),
        "{report}"
    );
}

#[test]
fn a_reader_that_closes_the_pipe_does_not_end_the_command() {
    let folder = folder();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);

    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(FILES)
        .current_dir(folder.path())
        .stdout(writer)
        .stderr(Stdio::piped())
        .spawn()
        .and_then(std::process::Child::wait_with_output)
        .unwrap();

    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn an_overlay_applies_to_its_document() {
    let folder = folder();
    let overlay = "\
overlay: 1.0.0
info: {title: Names, version: '1'}
actions:
- target: $.components.schemas.Thing
  update: {x-rust-name: Item}
";
    fs::write(folder.path().join("overlay.yaml"), overlay).unwrap();
    let arguments = [&FILES[..], &["--to-overlay", "overlay.yaml"]].concat();

    let report = text(&xtask(&arguments, folder.path()).stdout);

    assert!(
        report.contains("gitlab_pat::types::Thing is renamed to gitlab_pat::types::Item"),
        "{report}"
    );
}

#[test]
fn the_section_is_added_to_a_changelog() {
    let folder = folder();
    let changelog = folder.path().join("CHANGELOG.md");
    fs::write(
        &changelog,
        "# Changelog\n\n## Unreleased\n\n### Added\n\n- More.\n",
    )
    .unwrap();
    let arguments = [
        &FILES[..],
        &["--format", "markdown", "--changelog", "CHANGELOG.md"],
    ]
    .concat();

    let output = xtask(&arguments, folder.path());

    let entry = "- `gitlab_pat::types::Thing::size`: `Option<i64>`\n";
    assert_eq!(text(&output.stdout), format!("### Added\n\n{entry}"));
    assert_eq!(
        fs::read_to_string(&changelog).unwrap(),
        format!("# Changelog\n\n## Unreleased\n\n### Added\n\n- More.\n{entry}")
    );
    let once = fs::read(&changelog).unwrap();

    let again = xtask(&arguments, folder.path());

    assert!(again.status.success());
    let error = text(&again.stderr);
    assert!(error.contains("CHANGELOG.md: nothing to add"), "{error}");
    assert_eq!(fs::read(&changelog).unwrap(), once);
}

#[test]
fn what_can_not_be_compared_is_an_error_with_a_remedy() {
    let folder = folder();
    fs::write(folder.path().join("broken.yaml"), "openapi: [").unwrap();
    let cases: [(&[&str], &str); 4] = [
        (
            &["changes", "--from", "no-such-revision"],
            "name a document, or a revision",
        ),
        (
            &["changes", "--from", "--upload-pack=x"],
            "unexpected argument",
        ),
        (
            &["changes", "--from", "HEAD", "--from-overlay", "before.yaml"],
            "leave the overlay out",
        ),
        (&["changes", "--from", "broken.yaml"], "broken.yaml:2"),
    ];
    for (arguments, expected) in cases {
        let output = xtask(arguments, folder.path());
        assert!(!output.status.success(), "{arguments:?}");
        let error = text(&output.stderr);
        assert!(error.contains(expected), "{arguments:?}: {error}");
    }
}

/// Runs git in a folder. Returns whether there is git.
fn git(arguments: &[&str], folder: &Path) -> bool {
    let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
    let output = Command::new("git")
        .args(identity)
        .args(arguments)
        .current_dir(folder)
        .output();
    match output {
        Ok(output) => {
            assert!(output.status.success(), "{}", text(&output.stderr));
            true
        }
        Err(error) => {
            let is_needed = std::env::var_os("TEST_EVERYTHING").is_some();
            assert!(!is_needed, "there is no git: {error}");
            println!("there is no git ({error}): nothing is compared with a commit");
            false
        }
    }
}

const CODEGEN: [&str; 5] = ["codegen", "--spec", "api.yaml", "--out", "client"];

fn last_line(output: &Output) -> String {
    assert!(output.status.success(), "{}", text(&output.stderr));
    let stdout = text(&output.stdout);
    stdout.lines().last().unwrap_or_default().to_owned()
}

#[test]
fn the_summary_of_code_generation_compares_with_the_last_commit() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    fs::write(path.join("api.yaml"), BEFORE).unwrap();
    let without = last_line(&xtask(&CODEGEN, path));
    assert_eq!(
        without,
        "changes for users since HEAD: unknown, because the description is in no git repository with a commit"
    );

    if !git(&["init", "--quiet"], path) {
        return;
    }
    git(&["add", "api.yaml"], path);
    git(
        &["commit", "--quiet", "--message", "Add the description"],
        path,
    );
    assert_eq!(
        last_line(&xtask(&CODEGEN, path)),
        "changes for users since HEAD: none (nothing changes for users)"
    );

    fs::write(path.join("api.yaml"), after()).unwrap();
    assert_eq!(
        last_line(&xtask(&CODEGEN, path)),
        "changes for users since HEAD: minor (1 added)"
    );
    let renamed = after().replace("operationId: getThing", "operationId: readThing");
    fs::write(path.join("api.yaml"), renamed).unwrap();
    assert_eq!(
        last_line(&xtask(&CODEGEN, path)),
        "changes for users since HEAD: major (2 breaking, 1 added, 1 HTTP)"
    );
}

#[test]
fn the_summary_of_a_selection_compares_the_same_part() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    if !git(&["init", "--quiet"], path) {
        return;
    }
    let other =
        "  /others: {get: {operationId: listOthers, responses: {'204': {description: No}}}}\n";
    let both = BEFORE.replace("components:", &format!("{other}components:"));
    fs::write(path.join("api.yaml"), &both).unwrap();
    git(&["add", "."], path);
    git(
        &["commit", "--quiet", "--message", "Add the description"],
        path,
    );
    let part = [&CODEGEN[..], &["--include", "operation:getThing"]].concat();
    for text in [both.clone(), both.replace("listOthers", "getOthers")] {
        fs::write(path.join("api.yaml"), text).unwrap();
        assert_eq!(
            last_line(&xtask(&part, path)),
            "changes for users since HEAD: none (nothing changes for users)"
        );
    }
}

#[test]
fn a_committed_description_of_several_files_is_read_from_git() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    if !git(&["init", "--quiet"], path) {
        return;
    }
    fs::create_dir(path.join("parts")).unwrap();
    let entry = BEFORE.replace("'#/components/schemas/Thing'", "'parts/thing.yaml'");
    let entry = entry.split("components:").next().unwrap();
    fs::write(path.join("api.yaml"), entry).unwrap();
    let part = "type: object\nrequired: [id]\nproperties:\n  id: {type: integer}\n";
    fs::write(path.join("parts/thing.yaml"), part).unwrap();
    git(&["add", "."], path);
    git(
        &["commit", "--quiet", "--message", "Add the description"],
        path,
    );

    assert_eq!(
        last_line(&xtask(&CODEGEN, path)),
        "changes for users since HEAD: none (nothing changes for users)"
    );
    let grown = format!("{part}  size: {{type: integer}}\n");
    fs::write(path.join("parts/thing.yaml"), grown).unwrap();

    assert_eq!(
        last_line(&xtask(&CODEGEN, path)),
        "changes for users since HEAD: minor (1 added)"
    );
}

/// Nothing is generated from the last commit where the files are as they were committed.
#[test]
fn a_committed_description_in_the_present_folder_takes_one_git_process() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    if !git(&["init", "--quiet"], path) {
        return;
    }
    fs::write(path.join("api.yaml"), BEFORE).unwrap();
    git(&["add", "."], path);
    git(
        &["commit", "--quiet", "--message", "Add the description"],
        path,
    );
    let trace = path.join("trace");
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(CODEGEN)
        .current_dir(path)
        .env("GIT_TRACE", &trace)
        .output()
        .expect("the command starts");

    assert_eq!(
        last_line(&output),
        "changes for users since HEAD: none (nothing changes for users)"
    );
    let trace = fs::read_to_string(trace).unwrap();
    assert_eq!(trace.matches("built-in: git").count(), 1, "{trace}");
}

/// What is read equals what was committed, and what is missing does not.
#[test]
fn a_file_that_is_missing_changes_the_description() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    if !git(&["init", "--quiet"], path) {
        return;
    }
    let entry = BEFORE.replace("{type: string}", "{$ref: 'size.yaml#/Size'}");
    fs::write(path.join("api.yaml"), entry).unwrap();
    fs::write(
        path.join("size.yaml"),
        "Size: {type: string, enum: [small, big]}\n",
    )
    .unwrap();
    git(&["add", "."], path);
    git(
        &["commit", "--quiet", "--message", "Add the description"],
        path,
    );
    fs::remove_file(path.join("size.yaml")).unwrap();

    let line = last_line(&xtask(&CODEGEN, path));

    assert!(
        line.starts_with("changes for users since HEAD: major ("),
        "{line}"
    );
}
