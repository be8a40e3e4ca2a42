//! `oneOf` and `anyOf`.

use super::schemas;

#[test]
fn a_union_has_a_variant_for_each_schema() {
    insta::assert_snapshot!(schemas("
        Cat: {type: object, properties: {lives: {type: integer}}}
        Dog: {type: object, properties: {breed: {type: string}}}
        Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}
        Mixed:
          anyOf:
          - {type: string}
          - {type: integer}
          - {type: array, items: {type: string}}
          - {type: object, additionalProperties: {type: integer}}
          - {type: object, properties: {a: {type: string}}}
          - {$ref: '#/components/schemas/Pet'}
        "), @r#"
    struct Cat (unused)
        lives: Integer64? = "lives"
    struct Dog (unused)
        breed: String? = "breed"
    union Pet (unused)
        Cat(Cat)
        Dog(Dog)
        Unknown(..)
    union Mixed (unused)
        String(String)
        Integer(Integer64)
        StringArray(Vec<String>)
        IntegerMap(Map<Integer64>)
        Object(MixedObject)
        Pet(Pet)
        Unknown(..)
    struct MixedObject (unused)
        a: String? = "a"
    "#);
}

/// `com.example.Cat` is the name of a schema, although a file could have it.
#[test]
fn a_mapping_may_name_a_schema_with_dots() {
    let text = schemas(
        "
        com.example.Cat: {type: object, required: [type], properties: {type: {type: string}}}
        Pet:
          oneOf: [{$ref: '#/components/schemas/com.example.Cat'}, {$ref: '#/components/schemas/Dog'}]
          discriminator: {propertyName: type, mapping: {cat: com.example.Cat, dog: Dog}}
        Dog: {type: object, required: [type], properties: {type: {type: string}}}
        ",
    );
    assert!(text.contains("\"cat\""), "{text}");
}

#[test]
fn a_discriminator_tells_by_name_or_mapping() {
    insta::assert_snapshot!(schemas("
        Cat: {type: object, required: [type], properties: {type: {type: string}}}
        Dog: {type: object, required: [type], properties: {type: {type: string}}}
        ByName:
          oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
          discriminator: {propertyName: type}
        Mapped:
          oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
          discriminator: {propertyName: type, mapping: {cat: Cat, kitten: '#/components/schemas/Cat', dog: Dog, other: Mapped}}
        Half:
          oneOf: [{$ref: '#/components/schemas/Cat'}, {type: object, properties: {type: {type: string}}}]
          discriminator: {propertyName: type}
        "), @r#"
    struct Cat (unused)
        type_: String = "type"
    struct Dog (unused)
        type_: String = "type"
    union ByName by "type" (unused)
        Cat(Cat) = "Cat"
        Dog(Dog) = "Dog"
        Unknown(..)
    union Mapped by "type" (unused)
        Cat(Cat) = "cat" = "kitten"
        Dog(Dog) = "dog"
        Unknown(..)
    union Half (unused)
        Cat(Cat)
        Object(HalfObject)
        Unknown(..)
    struct HalfObject (unused)
        type_: String? = "type"
    warning discriminator-ignored at /components/schemas/Mapped/discriminator/mapping: `other` is mapped to a schema that is none of the alternatives
    note discriminator-ignored at /components/schemas/Half/discriminator: `type` does not distinguish all alternatives, so they are tried one after the other
    "#);
}

#[test]
fn a_discriminator_tells_by_the_values_that_alternatives_list() {
    insta::assert_snapshot!(schemas("
        Active: {type: object, required: [type], properties: {type: {type: string, enum: [active]}}}
        Locked: {type: object, required: [type], properties: {type: {type: string, enum: [locked, frozen]}}}
        Closed: {type: object, required: [type], properties: {type: {type: string}}}
        Status:
          oneOf: [{$ref: '#/components/schemas/Active'}, {$ref: '#/components/schemas/Locked'}, {$ref: '#/components/schemas/Closed'}]
          discriminator: {propertyName: type}
        Mapped:
          oneOf: [{$ref: '#/components/schemas/Active'}, {$ref: '#/components/schemas/Locked'}]
          discriminator: {propertyName: type, mapping: {on: Active, locked: Active}}
        Kind: {type: string, enum: [Cat, Dog]}
        Cat: {type: object, required: [kind], properties: {kind: {$ref: '#/components/schemas/Kind'}}}
        Dog: {type: object, required: [kind], properties: {kind: {$ref: '#/components/schemas/Kind'}}}
        Shared:
          oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
          discriminator: {propertyName: kind}
        "), @r#"
    struct Active (unused)
        type_: ActiveType = "type"
    struct Locked (unused)
        type_: LockedType = "type"
    struct Closed (unused)
        type_: String = "type"
    union Status by "type" (unused)
        Active(Active) = "active"
        Locked(Locked) = "locked" = "frozen"
        Closed(Closed) = "Closed"
        Unknown(..)
    union Mapped by "type" (unused)
        Active(Active) = "on" = "locked"
        Locked(Locked) = "Locked"
        Unknown(..)
    enum Kind (unused)
        Cat = "Cat"
        Dog = "Dog"
        Unknown(..)
    struct Cat (unused)
        kind: Kind = "kind"
    struct Dog (unused)
        kind: Kind = "kind"
    union Shared by "kind" (unused)
        Cat(Cat) = "Cat"
        Dog(Dog) = "Dog"
        Unknown(..)
    enum ActiveType (unused)
        Active = "active"
        Unknown(..)
    enum LockedType (unused)
        Locked = "locked"
        Frozen = "frozen"
        Unknown(..)
    "#);
}

#[test]
fn a_discriminator_of_a_schema_that_nothing_extends_is_noted() {
    insta::assert_snapshot!(schemas("
        Pet: {type: object, required: [type], properties: {type: {type: string}}, discriminator: {propertyName: type}}
        "), @r#"
    struct Pet (unused)
        type_: String = "type"
    note discriminator-ignored at /components/schemas/Pet/discriminator: no schema extends this one by `allOf`, so its discriminator decides nothing
    "#);
}

#[test]
fn a_value_of_a_schema_that_others_extend_is_any_of_them() {
    insta::assert_snapshot!(schemas("
        Owner: {type: object, properties: {pet: {$ref: '#/components/schemas/Pet'}, kitten: {allOf: [{$ref: '#/components/schemas/Cat'}]}, kind: {$ref: '#/components/schemas/Pet/properties/type'}, wild: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {place: {type: string}}}]}}}
        Pet: {type: object, required: [type], properties: {type: {type: string}, friend: {$ref: '#/components/schemas/Pet'}}, discriminator: {propertyName: type, mapping: {dog: Dog}}}
        Cat: {discriminator: {propertyName: type}, allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {lives: {type: integer}}}]}
        Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {bark: {type: string}}}]}
        Siamese: {allOf: [{$ref: '#/components/schemas/Cat'}, {type: object, properties: {voice: {type: string}}}]}
        "), @r#"
    struct Owner (unused)
        pet: Pet? = "pet"
        kitten: Cat? = "kitten"
        kind: String? = "kind"
        wild: OwnerWild? = "wild"
    union Pet by "type" (unused)
        CatBase(CatBase) = "Cat"
        Dog(Dog) = "dog"
        Siamese(Siamese) = "Siamese"
        Base(PetBase) = "Pet"
        Unknown(..)
    struct PetBase (unused)
        type_: String = "type"
        friend: Box<Pet>? = "friend"
    union Cat by "type" (unused)
        Siamese(Siamese) = "Siamese"
        Base(CatBase) = "Cat"
        Unknown(..)
    struct CatBase (unused)
        type_: String = "type"
        friend: Box<Pet>? = "friend"
        lives: Integer64? = "lives"
    struct Dog (unused)
        type_: String = "type"
        friend: Box<Pet>? = "friend"
        bark: String? = "bark"
    struct Siamese (unused)
        type_: String = "type"
        friend: Box<Pet>? = "friend"
        lives: Integer64? = "lives"
        voice: String? = "voice"
    struct OwnerWild (unused)
        type_: String = "type"
        friend: Pet? = "friend"
        place: String? = "place"
    "#);
}

#[test]
fn a_schema_that_is_only_extended_stays_as_it_is() {
    insta::assert_snapshot!(schemas("
        Pet: {type: object, required: [type], properties: {type: {type: string}}, discriminator: {propertyName: type}}
        Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {lives: {type: integer}}}]}
        "), @r#"
    struct Pet (unused)
        type_: String = "type"
    struct Cat (unused)
        type_: String = "type"
        lives: Integer64? = "lives"
    "#);
}

#[test]
fn a_property_with_one_value_in_each_alternative_is_a_discriminator() {
    insta::assert_snapshot!(schemas("
        Event:
          oneOf:
          - {type: object, required: [kind], properties: {kind: {type: string, enum: [opened]}, by: {type: string}}}
          - {type: object, required: [kind], properties: {kind: {type: string, enum: [closed]}, at: {type: string}}}
        Loose:
          oneOf:
          - {type: object, properties: {kind: {type: string, enum: [opened]}, by: {type: string}}}
          - {type: object, title: closed event, properties: {kind: {type: string, enum: [closed]}, at: {type: string}}}
        "), @r#"
    union Event by "kind" (unused)
        Opened(EventOpened) = "opened"
        Closed(EventClosed) = "closed"
        Unknown(..)
    union Loose (unused)
        Variant1(LooseVariant1)
        ClosedEvent(LooseClosedEvent)
        Unknown(..)
    struct EventOpened (unused)
        kind: EventOpenedKind = "kind"
        by: String? = "by"
    struct EventClosed (unused)
        kind: EventClosedKind = "kind"
        at: String? = "at"
    struct LooseVariant1 (unused)
        kind: LooseVariant1Kind? = "kind"
        by: String? = "by"
    struct LooseClosedEvent (unused) // closed event
        kind: LooseClosedEventKind? = "kind"
        at: String? = "at"
    enum EventOpenedKind (unused)
        Opened = "opened"
        Unknown(..)
    enum EventClosedKind (unused)
        Closed = "closed"
        Unknown(..)
    enum LooseVariant1Kind (unused)
        Opened = "opened"
        Unknown(..)
    enum LooseClosedEventKind (unused)
        Closed = "closed"
        Unknown(..)
    "#);
}

#[test]
fn alternatives_that_come_down_to_one_type_are_no_union() {
    insta::assert_snapshot!(schemas("
        Thing: {type: object, properties: {id: {type: integer}}}
        Holder:
          type: object
          required: [orNull, orNullTwo]
          properties:
            orNull: {oneOf: [{$ref: '#/components/schemas/Thing'}, {nullable: true}]}
            orNullTwo: {anyOf: [{$ref: '#/components/schemas/Thing'}, {enum: [null]}]}
            one: {oneOf: [{type: string}]}
            enums: {oneOf: [{type: string, enum: [a]}, {type: string, enum: [b]}]}
            openEnum: {anyOf: [{type: string, enum: [a, b]}, {type: string}]}
            texts: {anyOf: [{type: string, format: uri}, {type: string, maxLength: 5}]}
            nested: {oneOf: [{oneOf: [{$ref: '#/components/schemas/Thing'}]}]}
            twice: {oneOf: [{$ref: '#/components/schemas/Thing'}, {$ref: '#/components/schemas/Thing'}]}
            orAnything: {oneOf: [{$ref: '#/components/schemas/Thing'}, {type: integer}, {}]}
        "), @r#"
    struct Thing (unused)
        id: Integer64? = "id"
    struct Holder (unused)
        or_null: Thing or null = "orNull"
        or_null_two: Thing or null = "orNullTwo"
        one: String? = "one"
        enums: HolderEnums? = "enums"
        open_enum: HolderOpenEnum? = "openEnum"
        texts: String? = "texts"
        nested: Thing? = "nested"
        twice: Thing? = "twice"
        or_anything: HolderOrAnything? = "orAnything"
    enum HolderEnums (unused)
        A = "a"
        B = "b"
        Unknown(..)
    enum HolderOpenEnum (unused)
        A = "a"
        B = "b"
        Unknown(..)
    union HolderOrAnything (unused)
        Thing(Thing)
        Integer(Integer64)
        Unknown(..)
    "#);
}

#[test]
fn alternatives_that_only_require_are_no_union() {
    insta::assert_snapshot!(schemas("
        Thing:
          type: object
          properties: {a: {type: string}, b: {type: string}}
          anyOf: [{required: [a]}, {required: [b]}]
        "), @r#"
    struct Thing (unused)
        a: String? = "a"
        b: String? = "b"
    "#);
}

#[test]
fn what_stands_beside_alternatives_holds_for_each() {
    insta::assert_snapshot!(schemas("
        Thing:
          type: object
          required: [id]
          properties: {id: {type: integer}}
          oneOf:
          - {type: object, title: By name, properties: {name: {type: string}}}
          - {$ref: '#/components/schemas/Numbered'}
        Numbered: {type: object, required: [number], properties: {number: {type: integer}}}
        "), @r#"
    union Thing (unused)
        ByName(ThingByName)
        Variant2(ThingVariant2)
        Unknown(..)
    struct Numbered (unused)
        number: Integer64 = "number"
    struct ThingByName (unused) // By name
        id: Integer64 = "id"
        name: String? = "name"
    struct ThingVariant2 (unused)
        id: Integer64 = "id"
        number: Integer64 = "number"
    "#);
}

#[test]
fn a_discriminator_may_stand_beside_properties_and_alternatives() {
    insta::assert_snapshot!(schemas("
        Pet:
          type: object
          required: [type]
          properties: {type: {type: string}}
          discriminator: {propertyName: type, mapping: {cat: Cat, dog: Dog}}
          oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
        Cat: {type: object, properties: {lives: {type: integer}}}
        Dog: {type: object, properties: {breed: {type: string}}}
        "), @r#"
    union Pet by "type" (unused)
        Cat(PetCat) = "cat"
        Dog(PetDog) = "dog"
        Unknown(..)
    struct Cat (unused)
        lives: Integer64? = "lives"
    struct Dog (unused)
        breed: String? = "breed"
    struct PetCat (unused)
        type_: String = "type"
        lives: Integer64? = "lives"
    struct PetDog (unused)
        type_: String = "type"
        breed: String? = "breed"
    "#);
}

#[test]
fn large_variants_are_boxed() {
    insta::assert_snapshot!(schemas("
        Small: {type: object, properties: {a: {type: string}}}
        Large: {type: object, properties: {a: {type: string}, b: {type: string}, c: {type: string}, d: {type: string}, e: {type: string}, f: {type: string}}}
        Either: {oneOf: [{$ref: '#/components/schemas/Small'}, {$ref: '#/components/schemas/Large'}]}
        "), @r#"
    struct Small (unused)
        a: String? = "a"
    struct Large (unused)
        a: String? = "a"
        b: String? = "b"
        c: String? = "c"
        d: String? = "d"
        e: String? = "e"
        f: String? = "f"
    union Either (unused)
        Small(Small)
        Large(Box<Large>)
        Unknown(..)
    "#);
}

#[test]
fn alternatives_of_alternatives_that_only_require_are_no_union() {
    insta::assert_snapshot!(schemas("
        Binding:
          type: object
          properties: {a: {type: string}, b: {type: string}, c: {type: string}}
          oneOf:
          - anyOf: [{required: [a]}, {required: [b]}]
          - anyOf: [{required: [c]}, {allOf: [{required: [a]}], required: [b]}]
        "), @r#"
    struct Binding (unused)
        a: String? = "a"
        b: String? = "b"
        c: String? = "c"
    "#);
}

#[test]
fn a_variant_that_is_the_rest_of_its_component_has_a_name_of_its_own() {
    insta::assert_snapshot!(schemas("
        Binding:
          type: object
          properties: {a: {type: string}, b: {type: string}}
          oneOf:
          - {type: object}
          - {type: object, properties: {c: {type: string}}}
        "), @r#"
    union Binding (unused)
        Variant1(BindingVariant1)
        Base(BindingBase)
        Unknown(..)
    struct BindingVariant1 (unused)
        a: String? = "a"
        b: String? = "b"
        c: String? = "c"
    struct BindingBase (unused)
        a: String? = "a"
        b: String? = "b"
    "#);
}

#[test]
fn a_discriminator_that_decides_nothing_is_reported() {
    for schema in [
        "{type: string, discriminator: {propertyName: kind}}",
        "{discriminator: {propertyName: kind}}",
        "{type: object, properties: {kind: {type: string}}, discriminator: {propertyName: kind}}",
        "{discriminator: {propertyName: kind}, allOf: [{$ref: '#/components/schemas/Pet'}]}",
        "{discriminator: {propertyName: kind}, allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {a: {type: string}}}]}",
    ] {
        let text = format!(
            "components:\n  schemas:\n    Pet: {{type: object, properties: {{kind: {{type: string}}}}}}\n    A: {schema}\n"
        );
        let (_, diagnostics) = super::lower(&text);
        let places: Vec<&str> = diagnostics.iter().map(|one| one.pointer.as_str()).collect();
        assert_eq!(places, ["/components/schemas/A/discriminator"], "{schema}");
    }
}
