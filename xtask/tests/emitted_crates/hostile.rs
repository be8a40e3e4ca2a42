//! A document in which everything that has a name is called what Rust, the prelude or the crate calls something else.

use serde_json::{Map, Value, json};

/// Every strict, reserved and weak keyword of Rust.
const KEYWORDS: &str = "
    Self abstract as async await become box break const continue crate do dyn else enum extern false final fn for gen if impl in let loop
    macro match mod move mut override priv pub ref return self static struct super trait true try type typeof unsafe unsized use virtual
    where while yield union auto default raw safe macro_rules dyn 'static _
";

/// What the prelude and the root of the standard library name.
const PRELUDE: &str = "
    AsMut AsRef Box Clone Copy Debug Default DoubleEndedIterator Drop Eq Err ExactSizeIterator Extend Fn FnMut FnOnce From FromIterator
    Future Hash Into IntoFuture IntoIterator Iterator None Ok Option Ord PartialEq PartialOrd Result Send Sized Some String Sync ToOwned
    ToString TryFrom TryInto Unpin Vec Cow Cell Pin Arc Rc Duration Display Formatter Write Read Deref Infallible PhantomData
";

/// Primitive types.
const PRIMITIVES: &str = "bool char str u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 never unit array slice tuple";

/// Names of macros and attributes.
const MACROS: &str = "
    println format vec assert panic todo matches write concat include_str env cfg derive doc test allow expect deny warn inline must_use
    record string_enum integer_enum union operation paginated_operation replacing_operation non_exhaustive deprecated
";

/// The methods of the prelude's traits and of the traits that emitted types implement.
const METHODS: &str = "
    into try_into from try_from into_iter into_future clone clone_from to_owned to_string as_ref as_mut borrow borrow_mut eq ne cmp
    partial_cmp lt le gt ge max min clamp hash fmt drop default index deref deref_mut next map filter collect poll from_str as_str
    as_bytes parse type_id serialize deserialize add sub mul div rem neg not shl shr bitand bitor bitxor from_iter extend
    unwrap expect then instrument boxed is_known is_unknown
";

/// Names that clippy expects of methods with a certain receiver or result.
const CONVENTIONS: &str = "
    to_x into_x is_x as_x from_x to_mut_x as_x_mut is_empty len iter iter_mut default_x new_x with_x get get_mut try_from_x from_bytes
";

/// What the client, its builders and its modules are called, and what their code calls something.
const OWN: &str = "
    new build builder client Client blocking operations types runtime transport testing pagination unknown shared api API info INFO GUARD
    Output call Call Operation request Request response Response body Body options RequestOptions send execute decode error Error
    ErrorKind errors status secret Secret auth Auth page Page pages items Items IntoList Nullable Upload RawRequest RawBody exchange run
    set_page set_auth adopt lossy verify_outcome into_stream into_pages with_secret with_body with_unknown Unknown Other Empty Value
    bearer_token basic header cookie query none base_url close value values key name kind data inner this other result path headers
    example Attempt Sample RateLimit ClientBuilder AuthError std core alloc http jiff serde serde_json bytes tokio futures reqwest url
    lib main mod test tests build_rs con aux nul prn com1 index readme README Cargo foo baz quux
";

/// Names that become nothing, begin with digits, look like another, or mean something in Rust's or Markdown's text.
const SHAPES: &str = r##"
    - -- $ 🙂 1st 3d 2 007 1.0 -1 +1 a-b a_b aB AB A_B _a_b_ naïve naive größe ΑΒ АВ ａｂ ﬁ İ ı 名前 ünïcode r#type x::y a.b.c
    [] {} a[] a[b] <T> 'a */ // \ " #[x] `code` {{x}} %s a/b T_ C_ C2 L1 L2
"##;

/// The names, each once.
fn names() -> Vec<String> {
    let letters = ('a'..='z').map(String::from);
    let words = [
        KEYWORDS,
        PRELUDE,
        PRIMITIVES,
        MACROS,
        METHODS,
        CONVENTIONS,
        OWN,
        SHAPES,
    ];
    let words = words
        .iter()
        .flat_map(|words| words.split_whitespace())
        .map(str::to_owned);
    let spaced = ["", " ", "a b"].map(str::to_owned);
    let mut names: Vec<String> = Vec::new();
    for name in words.chain(letters).chain(spaced) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// A document of OpenAPI 3.0, and the number of its operations.
pub(crate) fn document() -> (String, usize) {
    let names = names();
    let each = |part: &dyn Fn(usize, &str) -> Value| -> Vec<Value> {
        names
            .iter()
            .enumerate()
            .map(|(index, name)| part(index, name))
            .collect()
    };
    let by_name = |part: &dyn Fn(usize, &str) -> Value| -> Map<String, Value> {
        names.iter().cloned().zip(each(part)).collect()
    };
    let schema = |index: usize| {
        let name = &names[index % names.len()];
        let key = name
            .replace('~', "~0")
            .replace('/', "~1")
            .replace('%', "%25");
        json!({"$ref": format!("#/components/schemas/{key}")})
    };
    let json_of = |schema: Value| json!({"description": "ok", "content": {"application/json": {"schema": schema}}});
    let parameter = |name: &str| json!({"name": name, "in": "query", "schema": {"type": "string"}});

    let mut paths = Map::new();
    for (index, name) in names.iter().enumerate() {
        // In a group of the same name, so that a builder meets its group's type; its responses are an enumeration.
        let body =
            json!({"type": "object", "required": [name], "properties": {name: {"type": "string"}}});
        let operation = json!({"post": {
            "tags": [name], "operationId": name, "security": [{name: []}], "parameters": [parameter(name)],
            "requestBody": {"required": true, "content": {"application/json": {"schema": body}}},
            "responses": {"200": json_of(schema(index)), "201": json_of(schema(index + 1))},
        }});
        paths.insert(format!("/{index}"), operation);
    }
    // What `wire.rs` calls.
    for (name, security) in [
        ("silent", None),
        ("forbidden", Some(json!([]))),
        ("nothing", Some(json!([{}]))),
        ("perhaps", Some(json!([{}, {names[0].as_str(): []}]))),
        (
            "both",
            Some(json!([{names[0].as_str(): [], "companion": []}])),
        ),
    ] {
        let mut operation = json!({"tags": ["wire"], "operationId": name, "responses": {"204": {"description": "ok"}}});
        if let Some(security) = security {
            operation["security"] = security;
        }
        paths.insert(format!("/wire/{name}"), json!({"get": operation}));
    }
    let parameters = each(&|_, name| parameter(name));
    paths.insert(
        "/all".to_owned(),
        json!({"get": {
            "tags": ["every"], "operationId": "every parameter", "security": [], "parameters": parameters,
            "responses": {"204": {"description": "ok"}},
        }}),
    );

    let members = by_name(&|index, name| match index % 16 {
        0 => json!({"type": "object", "properties": {name: {"type": "integer"}}}),
        1 => json!({"type": "string", "enum": [name, "another"]}),
        _ => json!({"type": "string"}),
    });
    let mut schemas = by_name(&|index, name| match index % 4 {
        0 => json!({"type": "object", "properties": {name: {"type": "string"}}}),
        1 => json!({"type": "string", "enum": [name, "another"]}),
        2 => {
            json!({"type": "object", "required": ["kind", name], "properties": {"kind": {"type": "string"}, name: schema(index + 3)}})
        }
        _ => json!({"oneOf": [schema(index + 1), {"type": "integer"}]}),
    });
    schemas.insert(
        "every member".to_owned(),
        json!({"type": "object", "properties": members}),
    );
    schemas.insert(
        "every value".to_owned(),
        json!({"type": "string", "enum": names}),
    );
    let mut schemes = by_name(&|index, _| match index {
        0 => json!({"type": "http", "scheme": "bearer"}),
        1 => json!({"type": "http", "scheme": "basic"}),
        _ => json!({"type": "apiKey", "in": "header", "name": format!("X-Key-{index}")}),
    });
    schemes.insert(
        "companion".to_owned(),
        json!({"type": "apiKey", "in": "header", "name": "X-Companion"}),
    );
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "Self", "version": "1"},
        "servers": [{"url": "https://hostile.example"}],
        "paths": paths,
        "components": {"securitySchemes": schemes, "schemas": schemas},
    });
    (document.to_string(), names.len() + 6)
}
