//! One rich document in four forms.

use super::{Dialect, assert_equal, model};

#[test]
fn a_document_in_four_forms_gives_one_model() {
    let text = |dialect| match dialect {
        Dialect::V2 => include_str!("documents/library-2.0.yaml"),
        Dialect::V30 => include_str!("documents/library-3.0.yaml"),
        Dialect::V31 => include_str!("documents/library-3.1.yaml"),
        Dialect::V32 => include_str!("documents/library-3.2.yaml"),
    };
    let expected = model(text(Dialect::V30));
    assert!(expected.contains("getCover") || expected.contains("get_cover"));
    for dialect in Dialect::ALL {
        assert_equal("library", dialect, &model(text(dialect)), &expected);
    }
}
