//! `cargo xtask spec import` on GitLab's documents, and on documents of the same shape.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use generator::Source;
use generator::diagnostic::{Diagnostics, render};
use generator::import::{CorrectionStatus, Imported, Kept, Request, import};
use generator::selection::Selection;
use tempfile::TempDir;
use xtask::codegen::Files;
use xtask::spec::{self, Job};
use xtask::workspace::{self, OVERLAY, SPEC};

const SELECTION: &str = "spec/gitlab-pat.import.yaml";

fn text_of(path: &str) -> String {
    fs::read_to_string(workspace::root().join(path)).expect(path)
}

/// The lines that are put behind a line of the description, in our own words.
fn words(line: &str) -> String {
    let content = line.trim_start();
    let indent = " ".repeat(line.len() - content.len());
    let name = content.strip_prefix("- name: ");
    match (name, content.split_once(": ")) {
        (Some("Access tokens"), _) => format!("{indent}  description: About these operations\n"),
        (Some(_), _) => {
            format!("{indent}  description: What it is for\n{indent}  example: 12\n")
        }
        (None, Some(("operationId", _))) => format!(
            "{indent}summary: What it does\n{indent}description: |\n{indent}  More on it,\n{indent}  in two lines.\n"
        ),
        (None, Some(("type", "string" | "integer" | "array"))) => {
            format!("{indent}description: What it holds\n{indent}example: 12\n")
        }
        (None, Some(("title", _))) => format!("{indent}description: A whole API\n"),
        _ => String::new(),
    }
}

/// A whole document of the shape of GitLab's: the operations of `spec/` among others, with words for readers.
fn whole() -> String {
    let mut text = String::new();
    for line in text_of(SPEC).lines().filter(|line| !line.starts_with('#')) {
        let is_response = line.trim_start().starts_with("description: ");
        match is_response {
            true => text.push_str(&line.replace("description: ", "description: Sent back as ")),
            false => text.push_str(line),
        }
        text.push('\n');
        text.push_str(&words(line));
    }
    let other = |path: &str, id: &str, schema: &str| {
        format!(
            "  {path}:\n    get:\n      operationId: {id}\n      tags:\n      - Access tokens\n      - Others\n      responses:\n        '200':\n          description: Other\n          content:\n            application/json:\n              schema:\n                $ref: '#/components/schemas/{schema}'\n"
        )
    };
    let first = other("/api/v4/admin/thing", "getThing", "Thing");
    let second = other("/api/v4/personal_access_tokenses", "getOther", "Other");
    let last = other("/api/v4/users/{user_id}/keys", "getKeys", "Thing");
    let text = text
        .replacen("tags:\n", "tags:\n- name: Others\n  description: Other operations\n", 1)
        .replacen("paths:\n", &format!("paths:\n{first}"), 1)
        .replacen(
            "  /api/v4/personal_access_tokens/self:\n",
            &format!("{second}  /api/v4/personal_access_tokens/self:\n"),
            1,
        )
        .replacen("components:\n", &format!("{last}components:\n"), 1)
        .replacen("  schemas:\n", "  schemas:\n    Thing:\n      type: object\n      properties:\n        other:\n          $ref: '#/components/schemas/Other'\n    Other:\n      type: object\n", 1)
        .replacen("  securitySchemes:\n", "  securitySchemes:\n    other:\n      type: http\n      scheme: basic\n", 1);
    format!("# A comment of the publisher.\n{text}")
}

fn imported(path: &Path, text: &str) -> Imported {
    let kept = text_of(SELECTION);
    let kept = Kept::read(Source {
        name: SELECTION,
        bytes: kept.as_bytes(),
    });
    let (earlier, overlay) = (text_of(SPEC), text_of(OVERLAY));
    let result = import(&Request {
        published: Source {
            name: &path.display().to_string(),
            bytes: text.as_bytes(),
        },
        files: &Files::of(path, &[]),
        kept: &kept.expect("the selection is valid"),
        given: &Selection::default(),
        earlier: Some(Source {
            name: SPEC,
            bytes: earlier.as_bytes(),
        }),
        overlays: &[Source {
            name: OVERLAY,
            bytes: overlay.as_bytes(),
        }],
    });
    result.unwrap_or_else(|diagnostics: Diagnostics| panic!("{}", render(&diagnostics, false)))
}

#[test]
fn a_whole_document_of_the_published_shape_leaves_the_description_as_it_is() {
    let whole = whole();
    assert!(whole.matches("operationId").count() == 13 && whole.contains("What it holds"));
    let imported = imported(Path::new("whole.yaml"), &whole);
    assert_eq!(imported.text, text_of(SPEC));
    assert!(imported.report.is_clean(), "{}", imported.report);
}

#[test]
fn the_description_is_imported_as_itself() {
    assert_eq!(
        imported(Path::new(SPEC), &text_of(SPEC)).text,
        text_of(SPEC)
    );
}

/// Ten changes of a whole document: what is replaced, by what, and what the report says of it.
const CHANGES: [(&str, &str, &str); 10] = [
    (
        "  /api/v4/personal_access_tokens/self/associations:\n    get:\n",
        "  /api/v4/moved/associations:\n    get:\n",
        "gone: the operation `GET /api/v4/personal_access_tokens/self/associations`",
    ),
    (
        "  /api/v4/personal_access_tokens/{id}/rotate:\n",
        "  /api/v4/personal_access_tokens/{id}/audit:\n    get:\n      operationId: audit\n      responses: {'200': {description: Other}}\n  /api/v4/personal_access_tokens/{id}/rotate:\n",
        "new: the operation `GET /api/v4/personal_access_tokens/{id}/audit`",
    ),
    (
        "      - name: created_before\n",
        "      - {name: seen_on, in: query, schema: {type: string}}\n      - name: created_before\n",
        "new: the query parameter `seen_on` of `GET /api/v4/personal_access_tokens`",
    ),
    (
        "      - name: search\n",
        "      - name: search_text\n",
        "the query parameter `search` of `GET /api/v4/personal_access_tokens` is called `search_text` now",
    ),
    (
        "          - inactive\n",
        "          - inactive\n          - expired\n",
        "new: the value `\"expired\"` of the query parameter `state` of `GET /api/v4/personal_access_tokens`",
    ),
    (
        "        granular:\n          type: boolean\n",
        "        minted:\n          type: integer\n",
        "gone: the member `granular` of `APIEntitiesPersonalAccessToken`",
    ),
    (
        "        granular:\n          type: boolean\n",
        "        minted:\n          type: integer\n",
        "new: the member `minted` of `APIEntitiesPersonalAccessToken`",
    ),
    (
        "        '405':\n          description:",
        "        '410':\n          description:",
        "new: the response 410 of `POST /api/v4/personal_access_tokens/self/rotate`",
    ),
    (
        "        token:\n          type: string\n",
        "        token:\n          type: string\n          format: password\n",
        "unnecessary: token-is-a-secret",
    ),
    (
        "          default: 20\n",
        "          default: 20\n          maximum: 50\n",
        "out of date: page-size-is-bounded",
    ),
];

#[test]
fn the_report_finds_ten_changes() {
    let mut whole = whole();
    for (before, after, _) in CHANGES {
        let is_second = !whole.contains(before) && whole.contains(after);
        assert!(whole.contains(before) || is_second, "{before}");
        whole = whole.replace(before, after);
    }
    let imported = imported(Path::new("whole.yaml"), &whole);
    let report = imported.report.to_string();
    for (_, _, line) in CHANGES {
        assert!(report.contains(line), "{line}\n{report}");
    }
    assert!(report.contains("gone: the response 405"), "{report}");
    insta::assert_snapshot!(report);
}

/// Where GitLab's own documents are, if they are at hand.
fn shared(name: &str) -> Option<PathBuf> {
    let path = workspace::root().join("../shared/specs").join(name);
    if path.is_file() {
        return Some(path);
    }
    println!("skipped: {} is missing", path.display());
    None
}

/// The operations of an imported description.
fn operations(text: &str) -> Vec<String> {
    let read = generator::read_model(
        Source {
            name: "imported.yaml",
            bytes: text.as_bytes(),
        },
        &[],
    );
    let api = read.api.expect("a model");
    let paths = api.operations().map(|operation| operation.path.clone());
    paths.map(|path| format!("{path:?}")).collect()
}

#[test]
fn both_whole_documents_give_the_eight_operations_that_they_have() {
    for name in ["gitlab-openapi3.yaml", "gitlab-swagger2.yaml"] {
        let Some(path) = shared(name) else { continue };
        let text = fs::read_to_string(&path).expect("it can be read");
        let first = imported(&path, &text);
        assert_eq!(first.text, imported(&path, &text).text);
        assert!(first.text.contains("openapi: 3.0."), "{name}");
        assert_eq!(first.report.operations, 8, "{name}");
        assert_eq!(operations(&first.text).len(), 8, "{name}");
        let lines = first.text.lines().filter(|line| !line.starts_with('#'));
        let imported: Vec<&str> = lines.collect();
        for word in ["summary:", "example", "externalDocs", "Get the details of"] {
            let mut lines = imported.iter();
            assert!(!lines.any(|line| line.contains(word)), "{name}: {word}");
        }
        let report = first.report.to_string();
        for gone in [
            "gone: the operation `POST /api/v4/users/{user_id}/personal_access_tokens`",
            "gone: the operation `POST /api/v4/user/personal_access_tokens`",
            "gone: no operation matches `path:/api/v4/user/personal_access_tokens`",
        ] {
            assert!(report.contains(gone), "{name}: {gone}\n{report}");
        }
        let of = |correction: &str| {
            let mut corrections = first.report.corrections.iter();
            let found = corrections.find(|one| one.value.name == correction);
            found.expect(correction).value.status
        };
        assert_eq!(
            of("name-for-oneself-is-not-nullable"),
            CorrectionStatus::OutOfDate
        );
        assert_eq!(
            of("core-members-are-always-there"),
            CorrectionStatus::OutOfDate
        );
        assert_eq!(of("last-used-at-is-nullable"), CorrectionStatus::Applies);
        assert_eq!(of("get-self-is-never-404"), CorrectionStatus::Applies);
    }
}

/// A folder with a whole document and the description beside it.
struct Case {
    folder: TempDir,
}

const SHOP: &str = "\
openapi: 3.0.3
info: {title: Shop, version: '1', description: Words}
paths:
  /pets: {get: {operationId: listPets, tags: [pets], responses: {'204': {description: Words}}}}
  /shops: {get: {operationId: listShops, tags: [shops], responses: {'204': {description: Words}}}}
";

impl Case {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("whole.yaml"), SHOP).unwrap();
        Self { folder }
    }

    fn import(&self, more: &[&str]) -> (Option<i32>, String, String) {
        let mut arguments = vec!["spec", "import", "whole.yaml", "--into", "spec/shop.yaml"];
        arguments.extend(more);
        self.xtask(&arguments)
    }

    fn xtask(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        let Output {
            status,
            stdout,
            stderr,
        } = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
            .expect("the command starts");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (status.code(), text(stdout), text(stderr))
    }

    fn files(&self) -> Vec<String> {
        let Ok(folder) = fs::read_dir(self.folder.path().join("spec")) else {
            return Vec::new();
        };
        let names = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.path().join(path)).expect(path)
    }
}

#[test]
fn nothing_is_written_without_the_option() {
    let case = Case::new();
    let (code, stdout, stderr) = case.import(&["--include", "tag:pets"]);
    assert_eq!(code, Some(1), "{stderr}");
    assert!(
        stdout.contains("nothing is written; --write changes spec/shop.yaml"),
        "{stdout}"
    );
    assert_eq!(case.files(), [""; 0]);
}

#[test]
fn the_selection_is_kept_for_the_next_import() {
    let case = Case::new();
    let (code, stdout, stderr) = case.import(&["--include", "tag:pets", "--write"]);
    assert_eq!(code, Some(0), "{stderr}");
    assert!(
        stdout.contains("spec/shop.yaml and spec/shop.import.yaml written"),
        "{stdout}"
    );
    assert_eq!(case.files(), ["shop.import.yaml", "shop.yaml"]);
    let written = case.read("spec/shop.yaml");
    assert!(
        written.contains("listPets")
            && !written.contains("listShops")
            && !written.contains("Words")
    );

    let (code, stdout, _) = case.import(&[]);
    assert_eq!(code, Some(0), "{stdout}");
    assert!(stdout.contains("spec/shop.yaml is up to date"), "{stdout}");

    // Comments at the tops of both files are the maintainer's.
    let selection = case.read("spec/shop.import.yaml");
    fs::write(
        case.folder.path().join("spec/shop.yaml"),
        format!("# Ours.\n{written}"),
    )
    .unwrap();
    fs::write(
        case.folder.path().join("spec/shop.import.yaml"),
        format!("# Ours too.\n{selection}"),
    )
    .unwrap();
    let (code, stdout, _) = case.import(&["--include", "tag:shops", "--write"]);
    assert_eq!(code, Some(0), "{stdout}");
    assert!(
        stdout.contains("new: the operation `GET /shops` of the id `listShops` (whole.yaml:5)"),
        "{stdout}"
    );
    let written = case.read("spec/shop.yaml");
    assert!(written.starts_with("# Ours.\nopenapi: 3.0.3\n"));
    assert!(written.contains("listPets") && written.contains("listShops"));
    let selection = case.read("spec/shop.import.yaml");
    assert!(selection.starts_with("# Ours too.\n"), "{selection}");
    assert!(
        selection.ends_with("\ninclude:\n- 'tag:pets'\n- 'tag:shops'\n"),
        "{selection}"
    );
    assert_eq!(case.files(), ["shop.import.yaml", "shop.yaml"]);
}

#[test]
fn what_the_report_advises_against_a_new_operation_leaves_it_out() {
    let case = Case::new();
    let (code, _, stderr) = case.import(&["--include", "path:/pets/**", "--write"]);
    assert_eq!(code, Some(0), "{stderr}");
    let before = case.read("spec/shop.yaml");
    let more = "  /pets/{id}: {get: {operationId: getPet, responses: {'204': {description: Words}}}}\n  /shops:";
    fs::write(
        case.folder.path().join("whole.yaml"),
        SHOP.replace("  /shops:", more),
    )
    .unwrap();

    let (code, stdout, _) = case.import(&["--write"]);
    assert_eq!(code, Some(0), "{stdout}");
    assert!(
        stdout.contains("new: the operation `GET /pets/{id}` of the id `getPet`")
            && stdout.contains("or import again with `--exclude 'operation:ID' --write`"),
        "{stdout}"
    );
    let (code, stdout, stderr) = case.import(&["--exclude", "operation:getPet", "--write"]);
    assert_eq!(code, Some(0), "{stderr}");
    assert!(stdout.contains("Shop 1: 1 operation\n"), "{stdout}");
    assert_eq!(case.read("spec/shop.yaml"), before);
    assert!(
        case.read("spec/shop.import.yaml")
            .ends_with("include:\n- 'path:/pets/**'\nexclude:\n- 'operation:getPet'\n")
    );
    let (code, stdout, _) = case.import(&[]);
    assert_eq!(code, Some(0), "{stdout}");
}

#[test]
fn a_document_that_lacks_a_selected_operation_is_imported_again_and_again() {
    let case = Case::new();
    let both = [
        "--include",
        "operation:listPets",
        "--include",
        "tag:shops",
        "--write",
    ];
    let (code, _, stderr) = case.import(&both);
    assert_eq!(code, Some(0), "{stderr}");
    let without: String = SHOP
        .split_inclusive('\n')
        .filter(|line| !line.contains("/shops"))
        .collect();
    fs::write(case.folder.path().join("whole.yaml"), without).unwrap();

    let (code, stdout, stderr) = case.import(&["--write"]);
    assert_eq!(code, Some(0), "{stderr}");
    assert!(
        stdout.contains("gone: the operation `GET /shops`"),
        "{stdout}"
    );
    for more in [&["--write"][..], &["--write"], &[]] {
        let (code, stdout, stderr) = case.import(more);
        assert_eq!(code, Some(i32::from(more.is_empty())), "{stderr}");
        assert!(
            stdout.contains("gone: no operation matches `tag:shops`")
                && stdout.contains("select by another property"),
            "{stdout}"
        );
        assert!(stdout.contains("spec/shop.yaml is up to date"), "{stdout}");
    }
    // What the report advises ends it.
    let path = case.folder.path().join("spec/shop.import.yaml");
    let selection = case
        .read("spec/shop.import.yaml")
        .replace("- 'tag:shops'\n", "");
    fs::write(path, selection).unwrap();
    let (code, stdout, stderr) = case.import(&[]);
    assert_eq!(code, Some(0), "{stdout}{stderr}");
}

#[test]
fn the_option_for_the_prose_keeps_the_selection() {
    let case = Case::new();
    let (code, _, stderr) = case.import(&["--include", "tag:pets", "--write"]);
    assert_eq!(code, Some(0), "{stderr}");

    let (code, _, stderr) = case.import(&["--keep-prose", "--write"]);
    assert_eq!(code, Some(0), "{stderr}");
    let written = case.read("spec/shop.yaml");
    assert!(
        written.contains("listPets") && !written.contains("listShops"),
        "{written}"
    );
    assert!(written.contains("Words"), "{written}");
    let selection = case.read("spec/shop.import.yaml");
    assert!(
        selection.ends_with("include:\n- 'tag:pets'\nkeep-prose: true\n"),
        "{selection}"
    );
}

#[test]
fn faults_change_nothing() {
    let case = Case::new();
    let (code, _, stderr) = case.import(&["--include", "tag:pet", "--write"]);
    assert_eq!(code, Some(1));
    assert!(
        stderr.contains("no operation matches `tag:pet`"),
        "{stderr}"
    );
    assert!(stderr.contains("did you mean `tag:pets`?"), "{stderr}");
    let (code, _, stderr) = case.import(&["--include", "pets"]);
    assert_eq!(code, Some(2));
    assert!(stderr.contains("expected `tag:…`"), "{stderr}");
    let (code, _, stderr) = case.xtask(&["spec", "import", "missing.yaml"]);
    assert_eq!(code, Some(1));
    assert!(stderr.contains("missing.yaml can't be read"), "{stderr}");
    assert_eq!(case.files(), [""; 0]);

    fs::create_dir_all(case.folder.path().join("spec/shop.import.yaml")).unwrap();
    let (code, _, stderr) = case.import(&["--write"]);
    assert_eq!(code, Some(1));
    assert!(
        stderr.contains("shop.import.yaml can't be read"),
        "{stderr}"
    );
    assert_eq!(case.files(), ["shop.import.yaml"]);
}

#[test]
fn a_write_that_fails_leaves_both_files_as_they_were() {
    let case = Case::new();
    let (code, _, stderr) = case.import(&["--include", "tag:pets", "--write"]);
    assert_eq!(code, Some(0), "{stderr}");
    let before = case.read("spec/shop.yaml");
    let folder = case.folder.path().join("spec");
    let given = Kept {
        selection: Selection {
            include: vec!["tag:shops".parse().unwrap()],
            ..Selection::default()
        },
        keep_prose: false,
    };
    let job = Job {
        file: case.folder.path().join("whole.yaml"),
        into: folder.join("shop.yaml"),
        given,
        overlays: Vec::new(),
        allowed: Vec::new(),
    };
    let outcome = spec::prepare(&job).expect("an import");
    assert_eq!(outcome.changes.len(), 2);
    // A folder that is not empty can't be replaced by a rename.
    fs::remove_file(folder.join("shop.import.yaml")).unwrap();
    fs::create_dir_all(folder.join("shop.import.yaml/in the way")).unwrap();

    let failure = spec::write(&job, &outcome).expect_err("a folder in the way");
    assert!(
        failure.to_string().contains("nothing was changed"),
        "{failure}"
    );
    assert_eq!(case.read("spec/shop.yaml"), before);
    assert_eq!(case.files(), ["shop.import.yaml", "shop.yaml"]);
}

#[test]
fn comments_in_the_selection_are_kept_or_nothing_is_written() {
    let case = Case::new();
    let (code, _, stderr) = case.import(&["--include", "tag:pets", "--write"]);
    assert_eq!(code, Some(0), "{stderr}");
    let path = case.folder.path().join("spec/shop.import.yaml");
    fs::write(
        &path,
        "# Ours.\ninclude:\n# What callers need.\n- 'tag:pets' # cats too\n",
    )
    .unwrap();
    let (code, _, stderr) = case.import(&["--include", "tag:shops", "--write"]);
    assert_eq!(code, Some(0), "{stderr}");
    assert_eq!(
        case.read("spec/shop.import.yaml"),
        "# Ours.\ninclude:\n# What callers need.\n- 'tag:pets' # cats too\n- 'tag:shops'\n"
    );

    let before = case.read("spec/shop.yaml");
    let selection = "include: [tag:pets] # cats too\n";
    fs::write(&path, selection).unwrap();
    let (code, _, stderr) = case.import(&["--include", "operation:listShops", "--write"]);
    assert_eq!(code, Some(1), "{stderr}");
    assert!(
        stderr.contains("spec/shop.import.yaml has comments")
            && stderr.ends_with("\ninclude:\n- 'tag:pets'\n- 'operation:listShops'\n"),
        "{stderr}"
    );
    assert_eq!(case.read("spec/shop.import.yaml"), selection);
    assert_eq!(case.read("spec/shop.yaml"), before);
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf_8_is_kept() {
    use std::os::unix::ffi::OsStrExt as _;

    let case = Case::new();
    let name = |name: &[u8]| case.folder.path().join(std::ffi::OsStr::from_bytes(name));
    let job = Job {
        file: case.folder.path().join("whole.yaml"),
        into: name(b"sh\xffop.yaml"),
        given: Kept {
            selection: Selection {
                include: vec!["tag:shops".parse().unwrap()],
                ..Selection::default()
            },
            keep_prose: false,
        },
        overlays: Vec::new(),
        allowed: Vec::new(),
    };
    let outcome = spec::prepare(&job).expect("an import");
    spec::write(&job, &outcome).expect("both files are written");
    assert!(name(b"sh\xffop.yaml").is_file());
    assert!(name(b"sh\xffop.import.yaml").is_file());
}

#[test]
fn code_is_generated_for_the_chosen_operations_alone() {
    let case = Case::new();
    let (code, stdout, stderr) = case.xtask(&[
        "codegen",
        "--spec",
        "whole.yaml",
        "--out",
        "client",
        "--include",
        "path:/pets/**",
    ]);
    assert_eq!(code, Some(0), "{stderr}");
    assert!(
        stdout.contains("1 operation and 0 schemas read, 1 operation"),
        "{stdout}"
    );
    let client = case.read("client/src/lib.rs");
    assert!(client.contains("mod operations"));
    assert!(case.read("client/docs/README.md").contains("pets"));
    assert!(!case.read("client/docs/README.md").contains("shops"));
    let (code, _, stderr) = case.xtask(&[
        "codegen",
        "--spec",
        "whole.yaml",
        "--out",
        "other",
        "--exclude",
        "operation:listShop",
    ]);
    assert_eq!(code, Some(1));
    assert!(
        stderr.contains("did you mean `operation:listShops`?"),
        "{stderr}"
    );
    assert!(!case.folder.path().join("other").exists());
}
