//! A library of books as a model, built by hand: every construct that an emitter knows.

use super::fixtures::*;
use crate::diagnostic::Pointer;
use crate::model::*;

const BOOK: usize = 0;
const GENRE: usize = 1;
const LEVEL: usize = 2;
const NEW_BOOK: usize = 3;
const MEDIUM: usize = 4;
const ISBN: usize = 5;
const SCAN: usize = 6;
const CARD: usize = 7;
const LOAN: usize = 8;
const NUMBER: usize = 9;
const FAULT: usize = 10;
const CHANGES: usize = 11;
const LONG: usize = 12;

const LONG_TYPE: &str =
    "AnEnumerationWithANameThatIsSoLongThatHardlyAnythingElseFitsOnALineBesideIt";

/// Every construct at once.
pub(crate) fn library() -> Api {
    Api {
        docs: Docs {
            description: Some("Lends books.\n\n- to people\n- to robots".to_owned()),
            ..Docs::default()
        },
        groups: vec![books(), group("loans", "Loans", vec![lend(), card()])],
        types: types(),
        credentials: credentials(),
        error_body: ErrorBody {
            message: vec![
                pointer("/message"),
                pointer("/error/a/very/long/pointer"),
                pointer("/error/another/pointer"),
            ],
            code: vec![pointer("/code")],
            required_scopes: Vec::new(),
        },
        other_credential_places: vec![CredentialPlacement::Query("key".into())],
        response_headers: ResponseHeaders {
            request_id: vec!["x-request-id".to_owned()],
            rate_limit: RateLimitHeaders {
                limit: Some("ratelimit-limit".to_owned()),
                ..RateLimitHeaders::default()
            },
        },
        ..empty()
    }
}

fn credentials() -> Vec<CredentialScheme> {
    let scheme = |name: &str, placement| CredentialScheme {
        pointer: Pointer::root(),
        key: name.to_owned(),
        name: identifier(name),
        docs: Docs::default(),
        placement,
        is_companion: false,
    };
    vec![
        scheme("api_key", CredentialPlacement::Header("X-Key".to_owned())),
        scheme("bearer", CredentialPlacement::Bearer),
        scheme("password", CredentialPlacement::Basic),
        scheme("query_key", CredentialPlacement::Query("key".to_owned())),
        scheme("session", CredentialPlacement::Cookie("session".to_owned())),
    ]
}

fn types() -> Vec<TypeDef> {
    let only_sent = Usage {
        request: true,
        response: false,
    };
    let only_received = Usage {
        request: false,
        response: true,
    };
    vec![
        TypeDef {
            docs: Docs {
                summary: Some("A book.".to_owned()),
                description: Some("With **pages**.".to_owned()),
                link: Some("https://library.example/book".to_owned()),
            },
            usage: only_received,
            ..book()
        },
        string_enum(
            "Genre",
            &[("Crime", "crime"), ("Poetry", "poetry"), ("Empty", "")],
        ),
        integer_enum("Level", &[("Guest", 10), ("Below", -5)]),
        TypeDef {
            usage: only_sent,
            ..record("NewBook", new_book())
        },
        union(
            "Medium",
            UnionKind::Tagged {
                property: "medium".to_owned(),
            },
            &[
                ("Paper", &["paper", "print"], named(BOOK)),
                ("Loan", &["loan"], TypeRef::Boxed(Box::new(named(LOAN)))),
            ],
        ),
        type_def(
            "Isbn",
            TypeKind::Alias(Alias {
                target: TypeRef::String,
            }),
        ),
        TypeDef {
            usage: only_sent,
            ..record(
                "Scan",
                vec![
                    field("file", TypeRef::Binary, FieldPresence::Required),
                    field("pages", array(TypeRef::Binary), FieldPresence::Optional),
                    field("caption", TypeRef::String, FieldPresence::Optional),
                ],
            )
        },
        TypeDef {
            usage: only_received,
            reaches_secret: true,
            ..record(
                "Card",
                vec![field("secret", TypeRef::Secret, FieldPresence::Required)],
            )
        },
        record(
            "Loan",
            vec![
                field("due", TypeRef::Timestamp, FieldPresence::Optional),
                field(
                    "days",
                    TypeRef::Integer32,
                    FieldPresence::Defaulted(Literal::Integer(14)),
                ),
            ],
        ),
        union(
            "Number",
            UnionKind::Untagged,
            &[
                ("Text", &[], TypeRef::String),
                ("Number", &[], TypeRef::Integer64),
                ("Isbn", &[], named(ISBN)),
            ],
        ),
        record(
            "Fault",
            vec![field("message", TypeRef::String, FieldPresence::Optional)],
        ),
        record(
            "Changes",
            vec![
                field("title", TypeRef::String, FieldPresence::Optional),
                field("body", TypeRef::String, FieldPresence::Optional),
                field("subtitle", TypeRef::String, FieldPresence::OptionalNullable),
            ],
        ),
        string_enum(LONG_TYPE, &[("AVariantWithALongName", "a value")]),
    ]
}

fn book() -> TypeDef {
    let fields = vec![
        Field {
            docs: summary("The number."),
            ..field("id", TypeRef::Integer64, FieldPresence::Required)
        },
        Field {
            wire_name: "type".to_owned(),
            ..field("type_", named(GENRE), FieldPresence::RequiredNullable)
        },
        field("isbn", named(ISBN), FieldPresence::Optional),
        field(
            "lent_at",
            array(TypeRef::Timestamp),
            FieldPresence::Optional,
        ),
        field(
            "sequel",
            TypeRef::Boxed(Box::new(named(BOOK))),
            FieldPresence::Optional,
        ),
        Field {
            default: Some(Literal::Boolean(false)),
            ..field(
                "rare",
                TypeRef::Boolean,
                FieldPresence::Defaulted(Literal::Boolean(false)),
            )
        },
        field(
            "language",
            TypeRef::String,
            FieldPresence::Defaulted(Literal::String("en".to_owned())),
        ),
        field(
            "keywords",
            array(TypeRef::String),
            FieldPresence::Defaulted(Literal::EmptyArray),
        ),
        field(
            "ratings",
            map(TypeRef::Nullable(Box::new(TypeRef::Unsigned64))),
            FieldPresence::Optional,
        ),
        field("number", named(NUMBER), FieldPresence::Optional),
        field(
            "medium",
            TypeRef::Boxed(Box::new(named(MEDIUM))),
            FieldPresence::Optional,
        ),
        field(
            "a_field_with_a_name_that_is_rather_long",
            array(map(named(LONG))),
            FieldPresence::Optional,
        ),
    ];
    let additional = Some(Box::new(field(
        "additional",
        TypeRef::Any,
        FieldPresence::Required,
    )));
    type_def("Book", TypeKind::Record(Record { fields, additional }))
}

fn new_book() -> Vec<Field> {
    vec![
        field("title", TypeRef::String, FieldPresence::Required),
        field(
            "genres",
            array(named(GENRE)),
            FieldPresence::OmittedWhenEmpty,
        ),
        field("subtitle", TypeRef::String, FieldPresence::RequiredNullable),
        field("released", TypeRef::Date, FieldPresence::OptionalNullable),
        field(
            "level",
            named(LEVEL),
            FieldPresence::Defaulted(Literal::Variant(TypeId::new(LEVEL), 0)),
        ),
        Field {
            deprecated: true,
            ..field("shelf", TypeRef::String, FieldPresence::Optional)
        },
    ]
}

fn books() -> Group {
    let mut group = group(
        "books",
        "Books",
        vec![
            list(),
            get(),
            add(),
            change(),
            scan(),
            cover(),
            set_cover(),
            remove(),
            note(),
        ],
    );
    group.docs = summary("What stands on the shelves.");
    group
}

fn query(name: &str, type_ref: TypeRef) -> Parameter {
    parameter(name, ParameterLocation::Query, type_ref)
}

fn list() -> Operation {
    let mut operation = operation("list", "ListBooks", HttpMethod::Get, "/books");
    operation.parameters = vec![
        Parameter {
            docs: summary("A part of the title."),
            ..query("search", TypeRef::String)
        },
        query("genre", array(named(GENRE))),
        query("ids", array(TypeRef::Integer64)),
        query("published_before", TypeRef::Date),
        Parameter {
            style: ParameterStyle::DeepObject,
            wire_name: "a_filter_with_a_long_name".to_owned(),
            ..query("filter", map(TypeRef::String))
        },
        Parameter {
            json: true,
            ..query("order", TypeRef::Any)
        },
        query("level", named(LEVEL)),
        query("a_parameter_with_quite_a_long_name", named(LONG)),
        query(
            "a_parameter_with_a_list_and_a_long_name",
            array(named(LONG)),
        ),
        Parameter {
            default: Some(Literal::Integer(1)),
            ..query("page", TypeRef::Integer32)
        },
        Parameter {
            deprecated: true,
            ..query("per_page", TypeRef::Integer64)
        },
    ];
    operation.output = Output::Page(named(BOOK));
    operation.successes = vec![SuccessResponse {
        pointer: Pointer::root(),
        status: StatusPattern::Code(200),
        content: Some(json(array(named(BOOK)))),
        docs: Docs::default(),
    }];
    operation.pagination = Some(Pagination {
        item: named(BOOK),
        page_parameter: 9,
        page_size_parameter: Some(10),
        first_page: 1,
        next_page_header: Some("x-next".to_owned()),
        page_header: None,
        page_size_header: None,
        total_header: None,
        total_pages_header: None,
        link_header: Some("link".to_owned()),
        may_guess: true,
        past_end_status: None,
    });
    operation
}

fn get() -> Operation {
    let mut operation = returning(
        operation("get", "GetBook", HttpMethod::Get, "/books/{id}"),
        named(BOOK),
    );
    operation.parameters = vec![
        parameter("id", ParameterLocation::Path, TypeRef::Integer64),
        Parameter {
            required: true,
            ..parameter("trace", ParameterLocation::Header, TypeRef::String)
        },
        parameter("theme", ParameterLocation::Cookie, TypeRef::String),
    ];
    operation.errors = vec![ErrorResponse {
        pointer: Pointer::root(),
        status: StatusPattern::Code(404),
        advice: Some("the book may be lent".to_owned()),
        content: Some(json(named(FAULT))),
        docs: summary("No such book | anywhere."),
    }];
    operation
}

fn add() -> Operation {
    let mut operation = operation("add", "AddBook", HttpMethod::Post, "/books");
    operation.body = Some(body(
        BodyMediaType::Json,
        "application/json",
        true,
        BodyInput::Flattened {
            record: TypeId::new(NEW_BOOK),
        },
    ));
    let variant = |name: &str, code, content| StatusVariant {
        name: identifier(name),
        status: StatusPattern::Code(code),
        content,
        docs: Docs::default(),
    };
    operation.output = Output::ByStatus {
        type_name: identifier("AddBookOutput"),
        variants: vec![
            variant("Created", 201, Some(json(named(BOOK)))),
            variant("Accepted", 202, Some(json(named(LOAN)))),
            variant("NoContent", 204, None),
        ],
    };
    operation
}

fn change() -> Operation {
    let mut operation = operation("change", "ChangeBook", HttpMethod::Patch, "/books/{id}");
    operation.parameters = vec![parameter("id", ParameterLocation::Path, TypeRef::Integer64)];
    operation.body = Some(body(
        BodyMediaType::Form,
        "application/x-www-form-urlencoded",
        false,
        BodyInput::Flattened {
            record: TypeId::new(CHANGES),
        },
    ));
    operation.output = Output::Optional(json(named(BOOK)));
    operation.deprecated = true;
    operation
}

fn scan() -> Operation {
    let mut operation = operation("scan", "ScanBook", HttpMethod::Post, "/books/{id}/scan");
    operation.parameters = vec![parameter("id", ParameterLocation::Path, TypeRef::Integer64)];
    operation.body = Some(body(
        BodyMediaType::Multipart,
        "multipart/form-data",
        true,
        BodyInput::Flattened {
            record: TypeId::new(SCAN),
        },
    ));
    operation
}

fn cover() -> Operation {
    let mut operation = operation("cover", "GetCover", HttpMethod::Get, "/books/{id}/cover");
    operation.parameters = vec![parameter("id", ParameterLocation::Path, TypeRef::Integer64)];
    operation.output = Output::Content(Content {
        media_type: "image/png".to_owned(),
        kind: ContentKind::Binary,
    });
    operation.accept = Some("image/png".to_owned());
    operation
}

fn set_cover() -> Operation {
    let mut operation = operation(
        "set_cover",
        "SetCover",
        HttpMethod::Put,
        "/books/{id}/cover",
    );
    operation.parameters = vec![parameter("id", ParameterLocation::Path, TypeRef::Integer64)];
    operation.body = Some(body(
        BodyMediaType::Binary,
        "image/png",
        true,
        argument("image", TypeRef::Binary),
    ));
    operation
}

fn remove() -> Operation {
    let mut operation = operation("remove", "RemoveBook", HttpMethod::Delete, "/books/{id}");
    operation.parameters = vec![parameter("id", ParameterLocation::Path, TypeRef::Integer64)];
    operation.credential_effect = Some(CredentialEffect {
        kind: CredentialEffectKind::Revoke,
        target: CredentialTarget::Parameter(0),
        secret: None,
    });
    operation
}

fn note() -> Operation {
    let mut operation = operation("note", "NoteOnBook", HttpMethod::Post, "/books/{id}/note");
    operation.parameters = vec![
        parameter("id", ParameterLocation::Path, TypeRef::Integer64),
        query("line", TypeRef::String),
    ];
    operation.body = Some(body(
        BodyMediaType::Text,
        "text/plain",
        false,
        argument("text", TypeRef::String),
    ));
    operation.output = Output::Content(Content {
        media_type: "text/plain".to_owned(),
        kind: ContentKind::Text,
    });
    operation.security = SecurityRequirement::Anonymous;
    operation
}

fn lend() -> Operation {
    let mut operation = operation(
        "lend",
        "Lend",
        HttpMethod::Post,
        "/loans/{a}/{b}/{c}/{d}/{e}/{f}/{g}",
    );
    let names = ["a", "b", "c", "d", "e", "f", "g"];
    operation.parameters = names
        .iter()
        .map(|name| parameter(name, ParameterLocation::Path, TypeRef::String))
        .collect();
    operation.body = Some(body(
        BodyMediaType::Json,
        "application/json",
        true,
        argument("medium", named(MEDIUM)),
    ));
    returning(operation, array(named(LOAN)))
}

fn card() -> Operation {
    let mut operation = operation(
        "card_with_a_name_that_is_so_long_that_its_builder_needs_a_line",
        "GetCardWithANameThatIsSoLongThatItsBuilderNeedsALine",
        HttpMethod::Get,
        "/cards/with/a/path/that/is/so/long/that/it/does/not/fit/on/any/line/whatever/one/does/about/it/really",
    );
    operation.carries_secret = true;
    let variant = |name: &str, status, content| StatusVariant {
        name: identifier(name),
        status,
        content,
        docs: Docs::default(),
    };
    operation.output = Output::ByStatus {
        type_name: identifier("GetCardWithANameThatIsSoLongThatItsBuilderNeedsALineOutput"),
        variants: vec![
            variant("Ok", StatusPattern::Code(200), Some(json(named(CARD)))),
            variant(
                "AnyOtherStatus",
                StatusPattern::Class(2),
                Some(json(named(LOAN))),
            ),
        ],
    };
    operation
}
