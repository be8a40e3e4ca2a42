//! Types that lead back to themselves.

use super::schemas;

#[test]
fn a_type_that_contains_itself_has_one_box() {
    insta::assert_snapshot!(schemas("
        Node: {type: object, required: [left], properties: {left: {$ref: '#/components/schemas/Node'}, right: {$ref: '#/components/schemas/Node'}, others: {type: array, items: {$ref: '#/components/schemas/Node'}}, named: {type: object, additionalProperties: {$ref: '#/components/schemas/Node'}}}}
        A: {type: object, properties: {b: {$ref: '#/components/schemas/B'}}}
        B: {type: object, properties: {c: {$ref: '#/components/schemas/C'}}}
        C: {type: object, properties: {a: {$ref: '#/components/schemas/A'}, d: {$ref: '#/components/schemas/D'}}}
        D: {type: object, properties: {x: {type: integer}}}
        "), @r#"
    struct Node (unused)
        left: Box<Node> = "left"
        right: Box<Node>? = "right"
        others: Vec<Node>? = "others"
        named: Map<Node>? = "named"
    struct A (unused)
        b: B? = "b"
    struct B (unused)
        c: C? = "c"
    struct C (unused)
        a: Box<A>? = "a"
        d: D? = "d"
    struct D (unused)
        x: Integer64? = "x"
    "#);
}

#[test]
fn unions_and_merged_types_may_be_recursive() {
    insta::assert_snapshot!(schemas("
        Filter: {oneOf: [{type: string}, {$ref: '#/components/schemas/And'}, {$ref: '#/components/schemas/Not'}]}
        And: {type: object, required: [and], properties: {and: {type: array, items: {$ref: '#/components/schemas/Filter'}}}}
        Not: {type: object, required: [not], properties: {not: {$ref: '#/components/schemas/Filter'}}}
        Base: {type: object, properties: {parent: {$ref: '#/components/schemas/Child'}}}
        Child: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {x: {type: integer}}}]}
        "), @r#"
    union Filter (unused)
        String(String)
        And(And)
        Not(Not)
        Unknown(..)
    struct And (unused)
        and: Vec<Filter> = "and"
    struct Not (unused)
        not: Box<Filter> = "not"
    struct Base (unused)
        parent: Child? = "parent"
    struct Child (unused)
        parent: Box<Child>? = "parent"
        x: Integer64? = "x"
    "#);
}

#[test]
fn a_list_of_itself_ends_somewhere() {
    insta::assert_snapshot!(schemas("
        List: {type: array, items: {$ref: '#/components/schemas/List'}}
        Tree: {type: array, items: {type: object, properties: {children: {$ref: '#/components/schemas/Tree'}}}}
        Json: {oneOf: [{type: string}, {type: array, items: {$ref: '#/components/schemas/Json'}}]}
        "), @r#"
    type List = Vec<Any> (unused)
    struct TreeItem (unused)
        children: Vec<TreeItem>? = "children"
    type Tree = Vec<TreeItem> (unused)
    union Json (unused)
        String(String)
        JsonArray(Vec<Json>)
        Unknown(..)
    warning infinitely-sized-type at /components/schemas/List: this list or map contains itself without an object between, so its elements may be anything
    "#);
}
