//! What an error of a command advises is done: then the command succeeds.

#[path = "../../generator/tests/remedies/help.rs"]
mod help;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// The texts of help that no argument leads to, and why.
const WITHOUT_CASE: &[(&str, &str)] = &[
    (
        "name a later revision, or a document",
        "it takes a revision of this repository before its description, which a checkout may lack",
    ),
    (
        "nothing was changed",
        "the disk fails; there is no more to do than its error says",
    ),
    (
        "… can't be restored; bring it back from version control, then import again",
        "the disk fails twice",
    ),
];

const DOCUMENT: &str = "\
openapi: 3.0.3
info: {title: Things, version: '1'}
servers: [{url: 'https://things.example'}]
paths: {/things: {get: {operationId: listThings, tags: [things], responses: {'204': {description: OK}}}}}
";

/// A folder with a document in it, which git knows.
struct Case {
    folder: TempDir,
}

impl Case {
    fn new() -> Self {
        let case = Self {
            folder: TempDir::new().unwrap(),
        };
        case.write("api.yaml", DOCUMENT);
        case.git(&["init", "--quiet"]);
        case.commit(&["--allow-empty", "--message", "Begin"]);
        case.git(&["add", "."]);
        case.commit(&["--message", "Describe the API"]);
        case
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
    }

    fn git(&self, arguments: &[&str]) {
        let mut git = Command::new("git");
        git.args(arguments).current_dir(self.folder.path());
        assert!(git.status().unwrap().success(), "{arguments:?}");
    }

    fn commit(&self, arguments: &[&str]) {
        let author = [
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@example.com",
            "commit",
            "--quiet",
        ];
        self.git(&[&author, arguments].concat());
    }

    /// Runs the command, and returns what it prints as errors if it fails.
    fn run(&self, line: &str, is_in_path: bool) -> Option<String> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command
            .args(line.split(' '))
            .current_dir(self.folder.path());
        if !is_in_path {
            command.env("PATH", self.path("nothing"));
        }
        let output = command.output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        (!output.status.success()).then_some(errors)
    }

    /// Runs the command and returns its help. Then the remedy is followed, and the command succeeds.
    fn help(&self, before: &str, follow: impl FnOnce(&Self), after: &str) -> String {
        let errors = self.run(before, true).expect(before);
        follow(self);
        assert_eq!(self.run(after, true), None, "{before}: {errors}");
        help_of(&errors)
    }
}

fn help_of(errors: &str) -> String {
    let (_, help) = errors.split_once("= help: ").expect(errors);
    help.lines().next().unwrap().to_owned()
}

fn nothing(_: &Case) {}

/// The texts of help of errors whose remedies lead to a run that succeeds.
fn followed() -> Vec<String> {
    let codegen = "codegen --spec api.yaml --out client";
    let import = "spec import api.yaml --into spec/api.yaml --write";
    let case = Case::new();
    let mut helps = vec![
        case.help("codegen --spec ipa.yaml --out client", nothing, codegen),
        case.help(
            &format!("{codegen} --report no/report.json"),
            nothing,
            &format!("{codegen} --report report.json"),
        ),
        case.help(
            "changes --from HEAD --from-overlay a.yaml --to api.yaml",
            nothing,
            "changes --from api.yaml --to api.yaml",
        ),
        case.help(
            "changes --from no-revision --to api.yaml",
            nothing,
            "changes --from api.yaml --to api.yaml",
        ),
        case.help("spec import ipa.yaml --into spec/api.yaml", nothing, import),
        case.help(&format!("{import} --overlay a.yaml"), nothing, import),
    ];
    case.write("notes.txt", "Not to be removed.\n");
    let no_report = "codegen --spec ipa.yaml --out client --report notes.txt";
    let errors = case.run(no_report, true).expect(no_report);
    let (_, last) = errors.rsplit_once("error: ").expect(no_report);
    helps.push(help_of(last));
    assert_eq!(
        case.run(&format!("{codegen} --report report.json"), true),
        None
    );
    case.write("client/src/client.rs", "// By hand.\n");
    helps.push(case.help(
        codegen,
        |case| fs::remove_file(case.path("client/src/client.rs")).unwrap(),
        codegen,
    ));
    fs::create_dir_all(case.path("other/api.yaml")).unwrap();
    let into_other = "spec import api.yaml --into other/api.yaml --write";
    helps.push(case.help(
        into_other,
        |case| fs::remove_dir(case.path("other/api.yaml")).unwrap(),
        into_other,
    ));
    case.write(
        "spec/api.import.yaml",
        "include: [operation:listThings] # all\n",
    );
    helps.push(case.help(
        &format!("{import} --include tag:things"),
        |case| {
            case.write(
                "spec/api.import.yaml",
                "include:\n- operation:listThings # all\n- tag:things\n",
            )
        },
        import,
    ));
    let without_git = case.run("changes --from HEAD --to api.yaml", false);
    helps.push(help_of(&without_git.expect("git is needed")));
    let from_document = case.run("changes --from api.yaml --to api.yaml", false);
    assert_eq!(from_document, None);
    helps
}

#[test]
fn every_text_of_help_is_followed() {
    let followed = followed();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let others: Vec<String> = help::texts(&folder)
        .into_iter()
        .filter(|text| !followed.iter().any(|seen| help::is_made_of(seen, text)))
        .collect();
    let expected: Vec<&str> = WITHOUT_CASE.iter().map(|(text, _)| *text).collect();
    assert_eq!(others, expected);
}
