//! The macro of the tables.

/// Describes an object of the specification.
///
/// Each row has the keyword, the accessor's name, what the field holds, and its presence in 2.0, 3.0, 3.1 and 3.2: `o` optional, `r`
/// required, `d` defaulted (required, but an empty value in its place says as much), `-` not part of that version. A keyword that holds
/// different values in different versions has a second row, without accessor, under `also`. `patterned` gives the fields whose names the
/// document chooses, `extensions` those that this generator reads.
macro_rules! object {
    (
        $(#[$doc:meta])*
        $Object:ident = $name:literal {
            $($keyword:literal $field:ident $holds:ty : $v2:tt $v3_0:tt $v3_1:tt $v3_2:tt;)*
        }
        $(also {
            $($also:literal $also_holds:ty : $a2:tt $a3_0:tt $a3_1:tt $a3_2:tt;)*
        })?
        $(patterned {
            $accepts:path => $entries:ident $entry:ty : $p2:tt $p3_0:tt $p3_1:tt $p3_2:tt;
        })?
        $(extensions {
            $($extension:literal $extension_field:ident $extension_holds:ty;)*
        })?
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub enum $Object {}

        impl $crate::openapi::SpecObject for $Object {
            fn definition() -> &'static $crate::openapi::ObjectDefinition {
                use $crate::openapi::{Holds, ObjectDefinition};
                static DEFINITION: ObjectDefinition = ObjectDefinition {
                    kind: $crate::openapi::Kind::$Object,
                    name: $name,
                    fixed: &[
                        $(object!(@field $keyword, $holds, $v2 $v3_0 $v3_1 $v3_2),)*
                        $($(object!(@field $also, $also_holds, $a2 $a3_0 $a3_1 $a3_2),)*)?
                    ],
                    patterned: object!(@patterned $($accepts, $entry, $p2 $p3_0 $p3_1 $p3_2)?),
                    extensions: &[
                        $($($crate::openapi::Extension {
                            name: $extension,
                            shape: <$extension_holds as Holds>::SHAPE,
                        },)*)?
                    ],
                };
                &DEFINITION
            }
        }

        impl $crate::openapi::Holds for $Object {
            const SHAPE: $crate::openapi::Shape =
                $crate::openapi::Shape::Object(<$Object as $crate::openapi::SpecObject>::definition);
            type View = Self;
        }

        impl<'a> $crate::openapi::Node<'a, $Object> {
            $(
                #[doc = concat!("The field `", $keyword, "`.")]
                #[must_use]
                pub fn $field(
                    &self,
                ) -> $crate::openapi::Field<'_, 'a, <$holds as $crate::openapi::Holds>::View> {
                    self.field($keyword)
                }
            )*
            $($(
                #[doc = concat!("The extension `", $extension, "`.")]
                #[must_use]
                pub fn $extension_field(
                    &self,
                ) -> $crate::openapi::Field<'_, 'a, <$extension_holds as $crate::openapi::Holds>::View>
                {
                    self.field($extension)
                }
            )*)?
            $(
                /// Returns the fields whose names the document chooses.
                pub fn $entries(
                    &self,
                ) -> impl Iterator<Item = (
                    &'a str,
                    $crate::openapi::Node<'a, <$entry as $crate::openapi::Holds>::View>,
                )> {
                    self.patterned()
                }
            )?
        }
    };
    (@field $keyword:literal, $holds:ty, $($column:tt)*) => {
        $crate::openapi::FixedField {
            name: $keyword,
            shape: <$holds as Holds>::SHAPE,
            columns: $crate::openapi::Columns([$(object!(@presence $column)),*]),
        }
    };
    (@patterned) => { None };
    (@patterned $accepts:path, $entry:ty, $($column:tt)*) => {
        Some($crate::openapi::PatternedFields {
            accepts: $accepts,
            shape: <$entry as Holds>::SHAPE,
            columns: $crate::openapi::Columns([$(object!(@presence $column)),*]),
        })
    };
    (@presence -) => { $crate::openapi::Presence::Unknown };
    (@presence o) => { $crate::openapi::Presence::Optional };
    (@presence r) => { $crate::openapi::Presence::Required };
    (@presence d) => { $crate::openapi::Presence::Defaulted };
}

pub(super) use object;
