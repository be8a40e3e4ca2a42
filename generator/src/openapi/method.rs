//! The methods of HTTP that operations have.

macro_rules! methods {
    ($($name:ident = $field:literal, $text:literal;)*) => {
        /// The HTTP methods that OpenAPI knows.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum HttpMethod {
            $(#[doc = concat!("`", $text, "`.")] $name,)*
        }

        /// The fields of a path item that are operations, in the order of the specification.
        pub(crate) const METHODS: &[&str] = &[$($field),*];

        impl HttpMethod {
            /// Returns the method of a field of a path item.
            #[must_use]
            pub fn of_field(field: &str) -> Option<Self> {
                match field {
                    $($field => Some(Self::$name),)*
                    _ => None,
                }
            }

            /// The method as it is in a request line.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

methods! {
    Get = "get", "GET";
    Put = "put", "PUT";
    Post = "post", "POST";
    Delete = "delete", "DELETE";
    Options = "options", "OPTIONS";
    Head = "head", "HEAD";
    Patch = "patch", "PATCH";
    Trace = "trace", "TRACE";
    Query = "query", "QUERY";
}
