//! What is emitted for each kind of type and operation.

use super::fixtures::*;
use super::{emitted, library};
use crate::model::*;

/// The files of an API with these types.
fn types(types: Vec<TypeDef>) -> String {
    file(&Api { types, ..empty() }, "src/types/shared.rs")
}

/// The operations of an API with this one and these types.
fn operation_file(operation: Operation, types: Vec<TypeDef>) -> String {
    let groups = vec![group("things", "Things", vec![operation])];
    file(
        &Api {
            groups,
            types,
            ..empty()
        },
        "src/operations/things.rs",
    )
}

/// A file without its first line.
fn file(api: &Api, path: &str) -> String {
    let files = emitted(api);
    let text = files.get(path).unwrap().text();
    text.split_once("\n\n").unwrap().1.to_owned()
}

fn sent() -> Usage {
    Usage {
        request: true,
        response: false,
    }
}

fn received() -> Usage {
    Usage {
        request: false,
        response: true,
    }
}

#[test]
fn a_record_with_members_of_every_presence() {
    let fields = vec![
        Field {
            docs: summary("The number."),
            ..field("id", TypeRef::Integer64, FieldPresence::Required)
        },
        field("name", TypeRef::String, FieldPresence::RequiredNullable),
        Field {
            wire_name: "type".to_owned(),
            ..field("type_", TypeRef::String, FieldPresence::Optional)
        },
        field("until", TypeRef::Date, FieldPresence::OptionalNullable),
        field(
            "tags",
            array(TypeRef::String),
            FieldPresence::OmittedWhenEmpty,
        ),
        Field {
            default: Some(Literal::Integer(14)),
            ..field(
                "days",
                TypeRef::Integer32,
                FieldPresence::Defaulted(Literal::Integer(14)),
            )
        },
    ];
    let additional = Some(Box::new(field(
        "rest",
        TypeRef::Any,
        FieldPresence::Required,
    )));
    let record = type_def("Thing", TypeKind::Record(Record { fields, additional }));

    insta::assert_snapshot!(types(vec![record]));
}

#[test]
fn a_record_with_defaults_alone() {
    let plain = record(
        "Plain",
        vec![field("name", TypeRef::String, FieldPresence::Optional)],
    );
    let own = record(
        "Own",
        vec![field(
            "rare",
            TypeRef::Boolean,
            FieldPresence::Defaulted(Literal::Boolean(true)),
        )],
    );

    insta::assert_snapshot!(types(vec![plain, own]));
}

#[test]
fn a_record_that_is_only_received_has_no_constructor() {
    let record = TypeDef {
        usage: received(),
        ..record(
            "Thing",
            vec![field("id", TypeRef::Integer64, FieldPresence::Required)],
        )
    };

    insta::assert_snapshot!(types(vec![record]));
}

#[test]
fn a_secret_that_is_received_and_one_that_is_sent() {
    let fields = || vec![field("secret", TypeRef::Secret, FieldPresence::Required)];
    let of = |name: &str, usage| TypeDef {
        usage,
        reaches_secret: true,
        ..record(name, fields())
    };

    insta::assert_snapshot!(types(vec![of("Card", received()), of("Login", sent())]));
}

#[test]
fn a_form_with_files() {
    let form = TypeDef {
        usage: sent(),
        ..record(
            "Form",
            vec![
                field("file", TypeRef::Binary, FieldPresence::Required),
                field("more", array(TypeRef::Binary), FieldPresence::Optional),
            ],
        )
    };

    insta::assert_snapshot!(types(vec![form]));
}

#[test]
fn a_member_whose_use_is_discouraged() {
    let old = Field {
        deprecated: true,
        ..field("old", TypeRef::String, FieldPresence::Optional)
    };
    let record = TypeDef {
        deprecated: true,
        ..record("Thing", vec![old])
    };

    insta::assert_snapshot!(types(vec![record]));
}

#[test]
fn a_name_of_examples_is_expected_where_it_is_bound_and_nowhere_else() {
    let expectation = "#[expect(clippy::disallowed_names";
    let member = |name, presence| field(name, TypeRef::String, presence);
    let required = |name| record("Thing", vec![member(name, FieldPresence::Required)]);

    // The argument of the constructor, and the variable of what reads the record.
    assert_eq!(types(vec![required("foo")]).matches(expectation).count(), 2);
    assert_eq!(
        types(vec![required("name")]).matches(expectation).count(),
        0
    );
    let optional = record("Thing", vec![member("baz", FieldPresence::Optional)]);
    assert_eq!(types(vec![optional]).matches(expectation).count(), 1);
    // A form with files is written and never read.
    let form = record(
        "Form",
        vec![field("quux", TypeRef::Binary, FieldPresence::Required)],
    );
    assert_eq!(types(vec![form]).matches(expectation).count(), 1);

    let mut operation = operation("foo", "Foo", HttpMethod::Get, "/things");
    operation.parameters = ["baz", "q"]
        .map(|name| parameter(name, ParameterLocation::Query, TypeRef::String))
        .into();
    let text = operation_file(operation, Vec::new());
    assert_eq!(text.matches(expectation).count(), 1, "{text}");
}

#[test]
fn enumerations() {
    let odd = string_enum("Odd", &[("Empty", ""), ("Quoted", "a \"b\" `c`\n")]);

    insta::assert_snapshot!(types(vec![
        string_enum("Kind", &[("Saw", "saw"), ("Hammer", "hammer")]),
        integer_enum("Level", &[("Low", -1), ("High", 10)]),
        odd,
    ]));
}

#[test]
fn a_union_by_a_member_and_one_by_trying() {
    let cat = record(
        "Cat",
        vec![field("name", TypeRef::String, FieldPresence::Required)],
    );
    let tagged = union(
        "Pet",
        UnionKind::Tagged {
            property: "petType".to_owned(),
        },
        &[
            ("Cat", &["cat", "kitten"], named(0)),
            ("Pet", &["pet"], TypeRef::Boxed(Box::new(named(1)))),
        ],
    );
    let text = TypeRef::String;
    let untagged = union(
        "Reference",
        UnionKind::Untagged,
        &[
            ("Name", &[], text.clone()),
            ("OtherName", &[], text),
            ("Cat", &[], TypeRef::Boxed(Box::new(named(0)))),
        ],
    );

    insta::assert_snapshot!(types(vec![cat, tagged, untagged]));
}

#[test]
fn a_text_converts_owned_or_borrowed_if_one_variant_holds_it() {
    let of = |second: TypeRef| {
        let variants = [("Text", &[][..], TypeRef::String), ("Other", &[], second)];
        types(vec![union("Title", UnionKind::Untagged, &variants)])
    };

    let one_text = of(TypeRef::Integer64);
    assert!(one_text.contains("impl From<&str> for Title"), "{one_text}");
    assert!(
        one_text.contains("Self::Text(value.to_owned())")
            || one_text.contains("Self::Text(ToOwned::to_owned(value))"),
        "{one_text}"
    );
    let two_texts = of(TypeRef::String);
    assert!(!two_texts.contains("impl From"), "{two_texts}");
}

#[test]
fn an_alias() {
    let alias = type_def(
        "Names",
        TypeKind::Alias(Alias {
            target: map(array(TypeRef::String)),
        }),
    );

    insta::assert_snapshot!(types(vec![alias]));
}

#[test]
fn parameters_of_every_kind() {
    let query = |name, type_ref| parameter(name, ParameterLocation::Query, type_ref);
    let mut operation = operation("list", "ListThings", HttpMethod::Get, "/things/{kind}");
    operation.parameters = vec![
        parameter("kind", ParameterLocation::Path, named(0)),
        Parameter {
            style: ParameterStyle::DeepObject,
            wire_name: "filter[]".to_owned(),
            docs: summary("What to find."),
            ..query("filter", map(TypeRef::String))
        },
        Parameter {
            json: true,
            default: Some(Literal::Boolean(true)),
            ..query("where_", TypeRef::Any)
        },
        Parameter {
            allow_reserved: true,
            deprecated: true,
            ..query("ids", array(TypeRef::Integer64))
        },
        query("kinds", array(named(0))),
        Parameter {
            required: true,
            ..parameter("trace", ParameterLocation::Header, TypeRef::String)
        },
        parameter("theme", ParameterLocation::Cookie, TypeRef::String),
    ];

    insta::assert_snapshot!(operation_file(
        operation,
        vec![string_enum("Kind", &[("Saw", "saw")])]
    ));
}

#[test]
fn a_body_of_members() {
    let thing = record(
        "NewThing",
        vec![
            field("name", TypeRef::String, FieldPresence::Required),
            field("until", TypeRef::Date, FieldPresence::OptionalNullable),
        ],
    );
    let mut operation = operation("add", "AddThing", HttpMethod::Post, "/things");
    let input = BodyInput::Flattened {
        record: TypeId::new(0),
    };
    operation.body = Some(body(BodyMediaType::Json, "application/json", true, input));

    insta::assert_snapshot!(operation_file(operation, vec![thing]));
}

#[test]
fn a_form_that_may_be_left_out() {
    let form = record(
        "Form",
        vec![field("body", TypeRef::String, FieldPresence::Optional)],
    );
    let mut operation = operation("add", "AddThing", HttpMethod::Post, "/things");
    let input = BodyInput::Flattened {
        record: TypeId::new(0),
    };
    operation.body = Some(body(
        BodyMediaType::Form,
        "application/x-www-form-urlencoded",
        false,
        input,
    ));
    operation.deprecated = true;

    insta::assert_snapshot!(operation_file(operation, vec![form]));
}

#[test]
fn forms_whose_lists_are_joined() {
    let formats = || {
        vec![MemberFormat {
            wire_name: "tags".to_owned(),
            serialization: MemberSerialization::Style {
                style: ParameterStyle::PipeDelimited,
                explode: false,
                allow_reserved: false,
            },
        }]
    };
    let operations = [
        (BodyMediaType::Form, "application/x-www-form-urlencoded"),
        (BodyMediaType::Multipart, "multipart/form-data"),
    ]
    .map(|(media_type, content_type)| {
        let mut operation = operation("add", "AddThing", HttpMethod::Post, "/things");
        let input = argument("form", TypeRef::Map(Box::new(TypeRef::String)));
        let mut body = body(media_type, content_type, true, input);
        body.formats = formats();
        operation.body = Some(body);
        operation_file(operation, Vec::new())
    });
    let [form, multipart] = operations;
    assert!(form.contains("request.form_body_as(\n"), "{form}");
    assert!(form.contains("style: Style::PipeDelimited"), "{form}");
    assert!(
        multipart.contains(
            "request.multipart_body_as(&[(\"tags\", PartFormat::Joined(\"|\"))], &self.body)?;"
        ),
        "{multipart}"
    );
}

#[test]
fn bodies_of_bytes_and_text() {
    let mut put = operation("put", "PutThing", HttpMethod::Put, "/thing");
    put.body = Some(body(
        BodyMediaType::Binary,
        "image/png",
        true,
        argument("image", TypeRef::Binary),
    ));
    let mut note = operation("note", "NoteThing", HttpMethod::Post, "/thing");
    note.body = Some(body(
        BodyMediaType::Text,
        "text/plain",
        false,
        argument("text", TypeRef::String),
    ));
    let groups = vec![group("things", "Things", vec![put, note])];

    insta::assert_snapshot!(file(&Api { groups, ..empty() }, "src/operations/things.rs"));
}

#[test]
fn responses_that_differ_by_status() {
    let variant = |name: &str, status, content| StatusVariant {
        name: identifier(name),
        status,
        content,
        docs: Docs::default(),
    };
    let mut operation = operation("add", "AddThing", HttpMethod::Post, "/things");
    operation.output = Output::ByStatus {
        type_name: identifier("AddThingOutput"),
        variants: vec![
            variant("Created", StatusPattern::Code(201), Some(json(named(0)))),
            variant(
                "Accepted",
                StatusPattern::Code(202),
                Some(json(TypeRef::String)),
            ),
            variant("NoContent", StatusPattern::Code(204), None),
        ],
    };

    insta::assert_snapshot!(operation_file(operation, vec![record("Thing", Vec::new())]));
}

#[test]
fn pages() {
    let mut operation = operation("list", "ListThings", HttpMethod::Get, "/things");
    operation.parameters = vec![parameter(
        "page",
        ParameterLocation::Query,
        TypeRef::Integer32,
    )];
    operation.output = Output::Page(TypeRef::String);
    operation.pagination = Some(Pagination {
        item: TypeRef::String,
        page_parameter: 0,
        page_size_parameter: None,
        first_page: 1,
        next_page_header: None,
        page_header: Some("page".to_owned()),
        page_size_header: Some("page-size".to_owned()),
        total_header: Some("total".to_owned()),
        total_pages_header: None,
        link_header: Some("link".to_owned()),
        may_guess: true,
        past_end_status: Some(404),
    });

    insta::assert_snapshot!(operation_file(operation, Vec::new()));
}

#[test]
fn the_documentation_says_how_a_call_that_makes_or_ends_a_credential_may_end() {
    fn effect(kind: CredentialEffectKind, secret: Option<&str>) -> CredentialEffect {
        CredentialEffect {
            kind,
            target: CredentialTarget::Parameter(0),
            secret: secret.map(pointer),
        }
    }
    let documented = |change: fn(&mut Operation)| {
        let mut operation = operation("change", "ChangeKey", HttpMethod::Post, "/keys/{id}");
        let id = parameter("id", ParameterLocation::Path, TypeRef::Integer64);
        operation.parameters = vec![id];
        change(&mut operation);
        let text = operation_file(operation, Vec::new());
        [
            "# Cancel safety",
            "the new secret is lost",
            "`Error::new_secret`",
            "`Error::is_outcome_unknown`",
            "`Error::replacement_outcome`",
            "Any 2xx is a success",
        ]
        .map(|part| text.contains(part))
    };
    let made = documented(|operation| operation.new_secret = Some(pointer("/key")));
    assert_eq!(made, [true, true, true, true, false, false]);
    let replaced = documented(|operation| {
        operation.new_secret = Some(pointer("/key"));
        operation.credential_effect = Some(effect(CredentialEffectKind::Replace, Some("/key")));
    });
    assert_eq!(replaced, [true, true, true, false, true, false]);
    let revoked = documented(|operation| {
        operation.credential_effect = Some(effect(CredentialEffectKind::Revoke, None));
    });
    assert_eq!(revoked, [true, false, false, false, false, true]);
    assert_eq!(documented(|_| ()), [false; 6]);
}

#[test]
fn the_end_of_a_credential() {
    let mut operation = operation("revoke", "RevokeKey", HttpMethod::Delete, "/keys/{id}");
    operation.parameters = vec![parameter("id", ParameterLocation::Path, TypeRef::Integer64)];
    operation.credential_effect = Some(CredentialEffect {
        kind: CredentialEffectKind::Replace,
        target: CredentialTarget::Parameter(0),
        secret: None,
    });
    operation.retry = RetryClass::NonIdempotent;
    operation.security = SecurityRequirement::Anonymous;

    insta::assert_snapshot!(operation_file(operation, Vec::new()));
}

#[test]
fn the_status_of_a_credential_is_declared_once() {
    let mut revoke = operation("revoke", "RevokeKey", HttpMethod::Delete, "/keys/self");
    revoke.credential_effect = Some(CredentialEffect {
        kind: CredentialEffectKind::Revoke,
        target: CredentialTarget::Caller,
        secret: None,
    });
    let mut api = Api {
        groups: vec![group("things", "Things", vec![revoke])],
        credential_status: CredentialStatusInfo {
            check_path: Some("/keys/self".to_owned()),
            identity: Some(pointer("/id")),
            ended: Some(ResponsePattern {
                status: 401,
                code: Some("invalid_token".to_owned()),
                message: Some("Token was revoked".to_owned()),
            }),
            active_member: Some(pointer("/active")),
            active_error_responses: vec![
                ResponsePattern {
                    status: 400,
                    code: None,
                    message: Some("A key is wanted".to_owned()),
                },
                ResponsePattern {
                    status: 403,
                    code: Some("insufficient_scope".to_owned()),
                    message: None,
                },
            ],
        },
        ..empty()
    };
    let client = file(&api, "src/client.rs");
    let start = client.find("pub(crate) static CREDENTIAL_STATUS").unwrap();
    let end = client[start..].find("\n};").unwrap();
    insta::assert_snapshot!(&client[start..start + end + 3]);

    // An API whose operations leave credentials alone has no code for them.
    api.groups[0].operations[0].credential_effect = None;
    assert!(!file(&api, "src/client.rs").contains("CREDENTIAL_STATUS"));
}

#[test]
fn the_client() {
    insta::assert_snapshot!(file(&library(), "src/client.rs"));
}

#[test]
fn the_root() {
    insta::assert_snapshot!(file(&library(), "src/lib.rs"));
}

#[test]
fn types_are_in_the_file_of_the_only_group_that_uses_them() {
    let holder = record(
        "Holder",
        vec![field("held", named(1), FieldPresence::Required)],
    );
    let held = record("Held", Vec::new());
    let both = record("Both", Vec::new());
    let nobody = record("Nobody", Vec::new());
    let get =
        |name: &str, type_ref| returning(operation(name, "Get", HttpMethod::Get, "/"), type_ref);
    let api = Api {
        groups: vec![
            group(
                "one",
                "One",
                vec![get("holder", named(0)), get("both", named(2))],
            ),
            group("two", "Two", vec![get("both", array(named(2)))]),
        ],
        types: vec![holder, held, both, nobody],
        ..empty()
    };

    let defines =
        |path: &str, name: &str| file(&api, path).contains(&format!("pub struct {name} "));
    assert!(defines("src/types/one.rs", "Holder"));
    assert!(defines("src/types/one.rs", "Held"));
    assert!(defines("src/types/shared.rs", "Both"));
    assert!(defines("src/types/shared.rs", "Nobody"));
    assert!(!emitted(&api).contains("src/types/two.rs"));
}

#[test]
fn every_file_names_its_document() {
    for (path, file) in emitted(&library()).iter() {
        let text = file.text();
        let first = text.lines().next().unwrap();
        let is_marked =
            first.contains("@generated by `cargo xtask codegen` from library.yaml. Do not edit.");
        let is_generated = file.kind == crate::emit::FileKind::Generated;
        assert_eq!(is_marked, is_generated, "{path}");
        assert_eq!(file.parts().concat(), text, "{path}");
        assert!(file.holds(text.as_bytes()), "{path}");
        assert!(!file.holds(first.as_bytes()), "{path}");
        assert!(!file.holds(format!("{text}x").as_bytes()), "{path}");
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{path}");
    }
}

#[test]
fn the_same_model_gives_the_same_files() {
    assert_eq!(emitted(&library()), emitted(&library()));
}
