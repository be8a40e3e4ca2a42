//! What is imported is the published structure, and the report names what a maintainer has to do.

use super::{CorrectionStatus, Imported, Kept, Request, import};
use crate::diagnostic::{Diagnostics, render};
use crate::generated::Source;
use crate::selection::Selection;
use crate::source::{Load, LoadError, Loaded};

fn source<'a>(name: &'a str, text: &'a str) -> Source<'a> {
    Source {
        name,
        bytes: text.as_bytes(),
    }
}

/// The other files of a description.
struct Others(Vec<(&'static str, &'static str)>);

impl Load for Others {
    fn load(&self, path: &str) -> Result<Loaded, LoadError> {
        let mut files = self.0.iter();
        let file = files.find(|(name, _)| *name == path);
        let (name, text) = file.ok_or(LoadError::Missing)?;
        Ok(Loaded {
            name: (*name).to_owned(),
            bytes: text.as_bytes().to_vec(),
        })
    }
}

#[derive(Default)]
struct Case<'a> {
    published: &'a str,
    earlier: Option<&'a str>,
    overlay: Option<&'a str>,
    kept: &'a str,
    /// Selectors to include that are given for this import.
    given: &'a [&'a str],
    others: Vec<(&'static str, &'static str)>,
}

impl Case<'_> {
    fn run(self) -> Result<Imported, Diagnostics> {
        let mut kept = match self.kept {
            "" => Kept::default(),
            text => Kept::read(source("kept.yaml", text))?,
        };
        let include = self.given.iter();
        let given = Selection {
            include: include.map(|text| text.parse().unwrap()).collect(),
            ..Selection::default()
        };
        kept.selection.add(&given);
        let overlays: Vec<Source<'_>> = self
            .overlay
            .iter()
            .map(|text| source("overlay.yaml", text))
            .collect();
        import(&Request {
            published: source("published.yaml", self.published),
            files: &Others(self.others),
            kept: &kept,
            given: &given,
            earlier: self.earlier.map(|text| source("earlier.yaml", text)),
            overlays: &overlays,
        })
    }

    fn text(self) -> String {
        self.imported().text
    }

    fn imported(self) -> Imported {
        self.run()
            .unwrap_or_else(|diagnostics| panic!("{}", render(&diagnostics, false)))
    }

    fn fault(self) -> String {
        match self.run() {
            Ok(imported) => panic!("{}", imported.text),
            Err(diagnostics) => render(&diagnostics, false),
        }
    }
}

const PUBLISHED: &str = "\
openapi: 3.0.0
info:
  title: Shop
  description: Words
  version: 1.10
  contact: {name: Us}
externalDocs: {url: 'https://words.example', description: Words}
servers:
- url: https://shop.example
  description: Words
tags:
- name: pets
  description: Words
  x-displayName: Pets
- name: other
paths:
  /pets:
    summary: Words
    post:
      tags: [pets]
      operationId: createPet
      summary: Words
      description: Words
      externalDocs: {url: 'https://words.example'}
      parameters:
      - name: description
        in: query
        description: Words
        example: Words
        examples: {a: {value: Words}}
        schema: {type: string, description: Words, default: example, enum: [example, description]}
      requestBody:
        description: Words
        content:
          application/json:
            example: {description: Words}
            schema: {$ref: '#/components/schemas/Pet', description: Words}
      callbacks:
        done:
          '{$request.body#/url}':
            post: {description: Words, responses: {'200': {description: Words}}}
      responses:
        '201': {description: Words, headers: {X-A: {description: Words, schema: {type: string}}}}
        4XX: {description: Words}
        default: {$ref: '#/components/responses/Fault'}
        '299': {}
  /other:
    get: {operationId: other, responses: {'200': {description: Words}}}
components:
  examples: {Words: {summary: Words, value: Words}}
  responses:
    Fault: {description: Words, content: {application/json: {schema: {type: object, example: Words}}}}
  securitySchemes:
    app:
      type: oauth2
      description: Words
      flows: {implicit: {authorizationUrl: 'https://a.example', scopes: {read: Words, description: Words}}}
  schemas:
    Pet:
      type: object
      title: A pet
      description: Words
      example: {id: 1}
      externalDocs: {url: 'https://words.example'}
      required: [id, description]
      unknownKeyword: kept
      properties:
        id: {type: integr, example: 1, format: 007}
        description: {type: string, description: Words}
        example: {type: object, properties: {summary: {type: array, description: Words}}}
        big: {type: integer, maximum: 123456789012345678901234567890}
    Unused: {type: string}
";

const IMPORTED: &str = "\
openapi: 3.0.0
info:
  title: Shop
  version: 1.10
  contact:
    name: Us
servers:
- url: https://shop.example
tags:
- name: pets
  x-displayName: Pets
paths:
  /pets:
    post:
      tags:
      - pets
      operationId: createPet
      parameters:
      - name: description
        in: query
        schema:
          type: string
          default: example
          enum:
          - example
          - description
      requestBody:
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/Pet'
      callbacks:
        done:
          '{$request.body#/url}':
            post:
              responses:
                '200':
                  description: OK
      responses:
        '201':
          description: Created
          headers:
            X-A:
              schema:
                type: string
        4XX:
          description: Client Error
        default:
          $ref: '#/components/responses/Fault'
        '299': {}
components:
  responses:
    Fault:
      description: ''
      content:
        application/json:
          schema:
            type: object
  securitySchemes:
    app:
      type: oauth2
      flows:
        implicit:
          authorizationUrl: https://a.example
          scopes:
            read: ''
            description: ''
  schemas:
    Pet:
      type: object
      title: A pet
      required:
      - id
      - description
      unknownKeyword: kept
      properties:
        id:
          type: integr
          format: 007
        description:
          type: string
        example:
          type: object
          properties:
            summary:
              type: array
        big:
          type: integer
          maximum: 123456789012345678901234567890
";

#[test]
fn the_structure_stays_and_the_words_go() {
    let case = || Case {
        published: PUBLISHED,
        kept: "include: ['tag:pets']",
        ..Case::default()
    };
    assert_eq!(case().text(), IMPORTED);
    assert_eq!(case().text(), case().text());
    // What was imported is imported as it is.
    let again = Case {
        published: IMPORTED,
        ..Case::default()
    };
    assert_eq!(again.text(), IMPORTED);
}

#[test]
fn the_words_stay_on_request() {
    let text = Case {
        published: PUBLISHED,
        kept: "{include: ['path:/pets'], keep-prose: true}",
        ..Case::default()
    }
    .text();
    assert_eq!(
        text.matches("Words").count(),
        PUBLISHED.matches("Words").count() - 4
    );
}

#[test]
fn the_comment_at_the_top_of_the_earlier_file_stays() {
    let earlier = format!("# Kept.\n#\n# Too.\n\n# Not kept.\n{IMPORTED}");
    let imported = Case {
        published: PUBLISHED,
        kept: "include: ['tag:pets']",
        earlier: Some(&earlier),
        ..Case::default()
    }
    .imported();
    assert_eq!(imported.text, format!("# Kept.\n#\n# Too.\n{IMPORTED}"));
    assert!(imported.report.is_clean(), "{}", imported.report);
}

#[test]
fn swagger_2_is_written_in_the_words_of_openapi_3() {
    let text = Case {
        published: "\
swagger: '2.0'
info: {title: Shop, version: '1'}
host: shop.example
produces: [application/json]
paths:
  /pets:
    get:
      operationId: listPets
      description: Words
      parameters: [{name: page, in: query, type: integer, description: Words}]
      responses: {'200': {description: Words, examples: {application/json: Words}, schema: {$ref: '#/definitions/Pet'}}}
    parameters: []
    post:
      operationId: addPet
      parameters: [{name: pet, in: body, schema: {$ref: '#/definitions/Pet'}}]
      responses: {'204': {description: Words}}
  /other: {get: {responses: {'200': {description: Words, schema: {$ref: '#/definitions/Other'}}}}}
definitions: {Pet: {type: object, properties: {id: {type: integer, example: 1}}}, Other: {type: object}}
",
        kept: "include: ['path:/pets']",
        ..Case::default()
    }
    .text();
    assert_eq!(
        text,
        "\
openapi: 3.0.4
info:
  title: Shop
  version: '1'
servers:
- url: https://shop.example
paths:
  /pets:
    get:
      operationId: listPets
      parameters:
      - name: page
        in: query
        schema:
          type: integer
      responses:
        '200':
          description: OK
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Pet'
    parameters: []
    post:
      operationId: addPet
      responses:
        '204':
          description: No Content
      requestBody:
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/Pet'
components:
  schemas:
    Pet:
      type: object
      properties:
        id:
          type: integer
"
    );
}

#[test]
fn several_files_become_one() {
    let text = Case {
        published: "{openapi: 3.1.0, info: {title: A, version: '1'}, paths: {/a: {$ref: 'a.yaml'}, /b: {$ref: 'b.yaml'}}}",
        kept: "include: ['path:/a']",
        others: vec![
            ("a.yaml", "{get: {description: Words, responses: {'200': {$ref: 'c.yaml#/Good'}}}}"),
            ("b.yaml", "{get: {responses: {'200': {$ref: 'c.yaml#/Bad'}}}}"),
            ("c.yaml", "{Good: {description: Words}, Bad: {description: Words}}"),
        ],
        ..Case::default()
    }
    .text();
    assert!(text.starts_with("openapi: 3.1.0\n"), "{text}");
    assert!(text.contains("Good:\n") && !text.contains("Bad") && !text.contains("Words"));
}

#[test]
fn a_given_selector_without_a_match_is_an_error_that_names_the_nearest() {
    let fault = Case {
        published: PUBLISHED,
        kept: "include: ['tag:pets']",
        given: &["tag:pet"],
        ..Case::default()
    }
    .fault();
    assert!(fault.contains("no operation matches `tag:pet`"), "{fault}");
    assert!(fault.contains("did you mean `tag:pets`?"), "{fault}");
    let fault = Case {
        published: PUBLISHED,
        kept: "exclude: ['path:/**']",
        ..Case::default()
    }
    .fault();
    assert!(
        fault.contains("the selection leaves no operation"),
        "{fault}"
    );
    let fault = Case {
        published: PUBLISHED,
        kept: "exclude: ['tag:pets']",
        given: &["path:/other", "operation:createPet"],
        ..Case::default()
    }
    .fault();
    assert!(
        fault.contains("every operation that `operation:createPet` matches is excluded"),
        "{fault}"
    );
}

#[test]
fn a_kept_selector_without_a_match_is_listed_with_the_nearest() {
    let case = |kept: &'static str| Case {
        published: PUBLISHED,
        kept,
        ..Case::default()
    };
    let imported = case("include: ['tag:pets', 'tag:pet', 'operation:createPets']").imported();
    assert_eq!(imported.report.operations, 1);
    assert!(!imported.report.is_clean());
    let report = imported.report.to_string();
    assert!(report.contains("Gone or renamed: 2\n"), "{report}");
    for (line, nearest) in [
        (
            "gone: no operation matches `tag:pet`",
            "did you mean `tag:pets`?",
        ),
        (
            "gone: no operation matches `operation:createPets`",
            "did you mean `operation:createPet`?",
        ),
    ] {
        assert!(
            report.contains(line) && report.contains(nearest),
            "{report}"
        );
    }
    // Nothing is left to import, so each of them is a fault.
    let fault = case("include: ['tag:pet', 'operation:createPets']").fault();
    assert!(
        fault.contains("no operation matches `tag:pet`")
            && fault.contains("did you mean `operation:createPet`?")
            && fault.contains("the selection leaves no operation"),
        "{fault}"
    );
}

#[test]
fn what_is_included_again_is_no_longer_excluded() {
    let imported = Case {
        published: PUBLISHED,
        kept: "exclude: ['tag:pets', 'operation:other']",
        given: &["tag:pets"],
        ..Case::default()
    }
    .imported();
    assert_eq!(imported.report.operations, 1);
    assert!(imported.text.contains("createPet"), "{}", imported.text);
}

#[test]
fn a_file_that_is_no_selection_is_refused_with_its_place() {
    for (kept, line) in [
        ("[]", 1),
        ("include: tag:a", 1),
        ("include:\n- tag:a\n- a", 3),
        ("include: [1]", 1),
        ("keep-prose: 1", 1),
        ("exclude: []\ninclude: []", 2),
        ("exclude: []\nincludes: []", 2),
        ("include: [", 2),
    ] {
        let fault = Case {
            published: PUBLISHED,
            kept,
            ..Case::default()
        }
        .fault();
        assert!(fault.contains(&format!("kept.yaml:{line}:")), "{fault}");
    }
    let text =
        "include:\n- 'tag:it''s'\n- 'path:/a/**'\nexclude:\n- 'operation:b'\nkeep-prose: true\n";
    let read = |text: &str| Kept::read(source("kept.yaml", text));
    assert_eq!(read(text).expect("a selection").to_string(), text);
    let empty = Kept::default();
    assert_eq!(read(&empty.to_string()).expect("a selection"), empty);
}

#[test]
fn documents_that_cannot_be_read_are_refused() {
    for (published, fault) in [
        ("{", "syntax"),
        ("a: 1", "no-version"),
        (
            "{openapi: 4.0.0, paths: {/a: {get: {}}}}",
            "unsupported-version",
        ),
        ("{openapi: 3.0.0, paths: {}}", "selection-no-match"),
    ] {
        let found = Case {
            published,
            ..Case::default()
        }
        .fault();
        assert!(found.contains(fault), "{published}: {found}");
    }
}

const OVERLAY: &str = "\
overlay: 1.0.0
info: {title: Corrections, version: '1'}
actions:
- {target: $.servers, x-correction: applies, update: {url: https://other.example}}
- target: $.components.schemas.Pet.properties.id
  description: The id is a number.
  x-correction: type-of-id
  x-published: {type: integr, maximum: null}
  update: {type: integer}
- target: $.components.schemas.Pet.properties.size
  x-correction: no-target
  x-published: {type: string}
  update: {type: integer}
- {target: $.components.responses.Old, x-correction: removed, x-published: {description: ''}, remove: true}
- {target: '$.paths[''/gone''].get', x-correction: owner-is-gone, remove: true}
- {target: $.components.schemas.Pet, x-correction: fresh, x-published: {required: null}, update: {required: [id]}}
- {target: $.components.schemas.Pet.properties.a, x-correction: pair, x-published: {type: string}, remove: true}
- {target: $.components.schemas.Pet.properties, x-correction: pair, update: {a: {type: integer}}}
- {target: $.info, update: {title: Shop}}
- {target: $.info, update: {description: Ours}}
";

/// A correction: its name, and what was published then and now.
type Judged = (String, CorrectionStatus, Vec<(String, String, String)>);

fn statuses(pet: &str) -> Vec<Judged> {
    let published = format!(
        "
openapi: 3.0.0
info: {{title: Shop, version: '1'}}
servers: [{{url: https://shop.example}}]
paths: {{/a: {{get: {{responses: {{'200': {{description: '', content: {{application/json: {{schema: {{$ref: '#/components/schemas/Pet'}}}}}}}}}}}}}}}}
components: {{responses: {{}}, schemas: {{Pet: {pet}}}}}
"
    );
    let imported = Case {
        published: &published,
        overlay: Some(OVERLAY),
        ..Case::default()
    }
    .imported();
    let corrections = imported.report.corrections.into_iter();
    corrections
        .map(|one| {
            assert!(
                one.place
                    .is_some_and(|place| place.starts_with("overlay.yaml:"))
            );
            let rows = one.value.rows.into_iter();
            let rows = rows.map(|row| (row.key, row.then, row.now));
            (one.value.name, one.value.status, rows.collect())
        })
        .collect()
}

#[test]
fn corrections_are_judged() {
    use CorrectionStatus::{Applies, OutOfDate, Unnecessary};
    let found = statuses("{properties: {id: {type: integr}, a: {type: string}}}");
    let names: Vec<(&str, CorrectionStatus)> = found
        .iter()
        .map(|(name, status, _)| (&**name, *status))
        .collect();
    assert_eq!(
        names,
        [
            ("applies", Applies),
            ("type-of-id", Applies),
            ("no-target", OutOfDate),
            ("removed", Unnecessary),
            ("owner-is-gone", OutOfDate),
            ("fresh", Applies),
            ("pair", Applies),
            ("$.info", Unnecessary),
        ]
    );
    let of = |found: &[Judged], name: &str| {
        let mut found = found.iter();
        let (_, status, rows) = found.find(|(known, ..)| known == name).expect(name);
        (*status, rows.clone())
    };
    let row = |key: &str, then: &str, now: &str| (key.to_owned(), then.to_owned(), now.to_owned());
    assert_eq!(
        of(&found, "no-target"),
        (OutOfDate, vec![row("type", "\"string\"", "(no target)")])
    );

    let found = statuses("{required: [id], properties: {id: {type: integer}, a: {type: integer}}}");
    assert_eq!(
        of(&found, "type-of-id"),
        (Unnecessary, vec![row("type", "\"integr\"", "\"integer\"")])
    );
    assert_eq!(
        of(&found, "fresh"),
        (
            Unnecessary,
            vec![row("required", "(not there)", "[\"id\"]")]
        )
    );
    assert_eq!(of(&found, "pair").0, Unnecessary);

    let found = statuses(
        "{required: [a], properties: {id: {type: string, maximum: 3}, b: {type: string}}}",
    );
    assert_eq!(
        of(&found, "type-of-id"),
        (
            OutOfDate,
            vec![
                row("type", "\"integr\"", "\"string\""),
                row("maximum", "(not there)", "3")
            ]
        )
    );
    assert_eq!(of(&found, "fresh").0, OutOfDate);
    assert_eq!(
        of(&found, "pair"),
        (OutOfDate, vec![row("type", "\"string\"", "(no target)")])
    );
}

/// A description with a schema and two operations, and corrections of both.
const EARLIER: &str = "\
openapi: 3.0.0
info: {title: Shop, version: '1'}
paths:
  /pets:
    get:
      operationId: listPets
      parameters: [{name: search, in: query, schema: {type: string}}]
      responses: {'200': {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
    delete: {operationId: deletePets, responses: {'204': {description: No Content}}}
components: {schemas: {Pet: {properties: {id: {type: integr}, size: {type: string}, kind: {type: string, enum: [cat, dog]}}}}}
";

/// Imports EARLIER with replacements, and an overlay of the given actions.
fn later(replacements: &[(&str, &str)], actions: &str) -> Imported {
    let mut published = EARLIER.to_owned();
    for (before, after) in replacements {
        assert!(published.contains(before), "{before}");
        published = published.replace(before, after);
    }
    let overlay = format!("overlay: 1.0.0\ninfo: {{title: A, version: '1'}}\nactions:\n{actions}");
    let case = Case {
        published: &published,
        earlier: Some(EARLIER),
        overlay: Some(&overlay),
        ..Case::default()
    };
    case.imported()
}

#[test]
fn news_have_the_corrections_that_are_about_them() {
    let actions = "\
- {target: $.components.schemas.Pet, x-correction: of-the-schema, x-published: {required: null}, update: {required: [id]}}
- {target: $.components.schemas.Pet.properties.size, x-correction: of-another-keyword, x-published: {type: string}, update: {type: integer}}
- {target: $.components.schemas.Pet.properties.size, x-correction: of-the-keyword, x-published: {maxLength: 5}, update: {maxLength: 6}}
- {target: $.components.schemas.Pet.properties.kind, x-correction: out-of-date, x-published: {enum: [cat, dog]}, update: {enum: [cat]}}
";
    let imported = later(
        &[
            ("size: {type: string}", "size: {type: string, maxLength: 5}"),
            ("[cat, dog]", "[cat, dog, bird]"),
            ("Pet: {", "Pet: {minProperties: 1, "),
        ],
        actions,
    );
    let new = imported.report.new.iter();
    let new: Vec<(&str, &[String])> = new
        .map(|entry| (&*entry.finding.value.text, &*entry.corrections))
        .collect();
    assert_eq!(
        new,
        [
            ("the value `\"bird\"` of `kind` of `Pet`", &[][..]),
            ("`Pet` has `minProperties` `1` now", &[]),
            (
                "`size` of `Pet` has `maxLength` `5` now",
                &["of-the-keyword".to_owned()]
            ),
        ]
    );
    // What nothing corrects comes first.
    let imported = later(
        &[(
            "kind: {type: string,",
            "kind: {type: string, minLength: 1, maxLength: 5,",
        )],
        "- {target: $.components.schemas.Pet.properties.kind, x-correction: length, x-published: {minLength: 1}, update: {minLength: 2}}\n",
    );
    let report = imported.report.to_string();
    let news = "\
New or changed: 2, 1 of them corrected
  - `kind` of `Pet` has `maxLength` `5` now (published.yaml:10)
    next: compare it with the server, and correct it in the overlay if they differ
  - `kind` of `Pet` has `minLength` `1` now (published.yaml:10) — corrected by length
    next: read the correction again, and adapt it if it no longer fits
";
    assert!(report.ends_with(news), "{report}");
}

#[test]
fn corrections_of_what_has_another_name_are_judged_by_what_it_is() {
    let actions = "\
- {target: $.components.schemas.Pet.properties.id, x-correction: applies, x-published: {type: integr}, update: {type: integer}}
- {target: $.components.schemas.Pet.properties.size, x-correction: unnecessary, x-published: {maxLength: null}, update: {maxLength: 5}}
- {target: $.components.schemas.Pet.properties.kind, x-correction: out-of-date, x-published: {enum: [cat, dog]}, update: {enum: [cat]}}
- {target: $.components.schemas.Pet.properties.none, x-correction: no-target, update: {type: integer}}
- {target: '$.paths[''/pets''].get.parameters[?@.name==''search'']', x-correction: parameter, x-published: {required: null}, update: {required: true}}
- {target: '$.paths[''/pets''].delete', x-correction: path, update: {deprecated: true}}
- {target: $.components.schemas.Pet, update: {description: Ours}}
";
    let imported = later(
        &[
            ("schemas/Pet", "schemas/Animal"),
            ("schemas: {Pet:", "schemas: {Animal:"),
            ("  /pets:", "  /animals:"),
            ("name: search", "name: query"),
            ("size: {type: string}", "size: {type: string, maxLength: 5}"),
            ("[cat, dog]", "[cat, bird]"),
        ],
        actions,
    );
    let report = imported.report.to_string();
    let corrections = report.split("\n\n").nth(2).expect("corrections");
    assert_eq!(
        corrections,
        "\
Corrections: 0 apply, 1 unnecessary, 5 out of date, 1 addition without effect
  - out of date: 2 actions, since `Pet` is called `Animal` now
      applies, $.components.schemas.Pet
    next: write the new name in the target; then it applies
  - out of date: 1 action, since `/pets` is called `/animals` now and `search` is called `query` now
      parameter
    next: write the new name in the target; then it applies
  - out of date: 1 action, since `/pets` is called `/animals` now
      path
    next: write the new name in the target; then it applies
  - out of date: out-of-date (overlay.yaml:6)
      $.components.schemas.Pet.properties.kind
           | published then                           | published now
      enum | [\"cat\",\"dog\"]                            | [\"cat\",\"bird\"]
           | at $.components.schemas.Pet.properties.kind
      `Pet` is called `Animal` now
    next: check the reason against the server, then adapt it and its `x-published`, or delete it
  - out of date: no-target (overlay.yaml:7)
      $.components.schemas.Pet.properties.none
             | published then                           | published now
      target | (not there)                              | (no target)
    next: its target is gone: point it at what has taken its place, or delete it
  - unnecessary: unnecessary (overlay.yaml:5)
      $.components.schemas.Pet.properties.size
                | published then                           | published now
      maxLength | (not there)                              | 5
                | at $.components.schemas.Pet.properties.size
      `Pet` is called `Animal` now
    next: the document says so itself now: delete it"
    );
}

#[test]
fn names_in_targets_are_whole_ones() {
    let earlier = EARLIER
        .replace(
            "kind: {",
            "owner: {$ref: '#/components/schemas/PetOwner'}, kind: {",
        )
        .replace(
            "schemas: {Pet:",
            "schemas: {PetOwner: {properties: {size: {type: string}}}, Pet:",
        );
    let published = earlier
        .replace("schemas/Pet'", "schemas/Animal'")
        .replace(" Pet: {", " Animal: {")
        .replace(
            "PetOwner: {properties: {size",
            "PetOwner: {properties: {length",
        );
    let target = "$.components.schemas.PetOwner.properties.size";
    let overlay = format!(
        "overlay: 1.0.0\ninfo: {{title: A, version: '1'}}\nactions:\n- {{target: {target}, x-correction: size, x-published: {{maxLength: null}}, update: {{maxLength: 5}}}}\n"
    );
    let case = Case {
        published: &published,
        earlier: Some(&earlier),
        overlay: Some(&overlay),
        ..Case::default()
    };
    let report = case.imported().report.to_string();
    assert!(
        report.contains("the schema `Pet` is called `Animal` now"),
        "{report}"
    );
    assert!(
        report.contains("since `size` is called `length` now\n"),
        "{report}"
    );
}

#[test]
fn a_lost_target_has_its_earlier_text_beside_it() {
    let actions = "\
- {target: $.components.schemas.Pet.properties.size, x-correction: recorded, x-published: {maxLength: null, type: string}, update: {type: integer}}
- {target: '$.paths[''/pets''].delete', x-correction: found, remove: true}
";
    let imported = later(
        &[
            ("size: {type: string}, ", ""),
            (
                "    delete: {operationId: deletePets, responses: {'204': {description: No Content}}}\n",
                "",
            ),
        ],
        actions,
    );
    let rows: Vec<Vec<(&str, &str, &str)>> = imported
        .report
        .corrections
        .iter()
        .map(|one| {
            let rows = one.value.rows.iter();
            rows.map(|row| (&*row.key, &*row.then, &*row.now)).collect()
        })
        .collect();
    assert_eq!(
        rows,
        [
            vec![
                ("maxLength", "(not there)", "(no target)"),
                ("type", "\"string\"", "(no target)")
            ],
            vec![(
                "target",
                "{\"operationId\":\"deletePets\",\"responses\":{\"204\":{\"description\":\"No Content\"}}}",
                "(no target)"
            )]
        ]
    );
}

#[test]
fn the_report_reads_as_a_list_of_things_to_do() {
    let later = EARLIER
        .replace("version: '1'", "version: '2'")
        .replace("name: search,", "name: query,")
        .replace("    delete:", "    put:")
        .replace("deletePets", "putPets")
        .replace("type: integr}", "type: integer}")
        .replace("[cat, dog]", "[cat, bird]")
        .replace(
            "responses: {'200'",
            "responses: {'404': {description: Words}, '200'",
        );
    let overlay = OVERLAY.replace(
        "x-published: {type: integr, maximum: null}",
        "x-published: {type: integr}",
    );
    let imported = Case {
        published: &later,
        earlier: Some(EARLIER),
        overlay: Some(&overlay),
        kept: "include: ['path:/pets', 'operation:deletePets']",
        ..Case::default()
    }
    .imported();
    assert!(!imported.report.is_clean());
    insta::assert_snapshot!(imported.report.to_string());
}

#[test]
fn no_document_makes_it_panic() {
    for item in [
        "1",
        "{get: 1}",
        "{get: {parameters: 3, responses: []}}",
        "{get: {parameters: [1, {in: body}, {in: body, schema: 3}, {in: formData, name: 1}, {in: query, items: 3}], responses: {'200': 1}}}",
        "{get: {responses: {'200': {schema: [], headers: [1], examples: 3}}, consumes: 3, produces: {}, schemes: 3}}",
        "{get: {responses: {'200': {$ref: '#/responses/A'}}, security: 1, tags: 3, callbacks: 3}}",
        "{get: {responses: {'200': {schema: {$ref: '#/definitions/A'}}}}}",
    ] {
        for head in ["swagger: '2.0'", "openapi: 3.0.0", "openapi: 3.1.0"] {
            let published = format!(
                "{head}\ninfo: 3\nhost: 1\ntags: {{}}\nparameters: 3\nresponses: {{A: 1}}\ndefinitions: {{A: {{properties: 1, allOf: 3, items: [1]}}}}\npaths: {{/a: {item}}}\n"
            );
            let case = Case {
                published: &published,
                earlier: Some(IMPORTED),
                overlay: Some(OVERLAY),
                ..Case::default()
            };
            let _ = case.run();
        }
    }
}
