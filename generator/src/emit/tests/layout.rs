//! Lines as rustfmt breaks them: prettyplease's text, then rustfmt's.

use crate::emit::layout::lay_out;

#[test]
fn a_signature_may_be_as_long_as_a_line() {
    let text = "\
pub fn a_method_of_a_group(
    &self,
    argument: impl Into<String>,
    another: impl Into<String>,
) -> X {
    x
}
";
    insta::assert_snapshot!(lay_out(text), @"
    pub fn a_method_of_a_group(&self, argument: impl Into<String>, another: impl Into<String>) -> X {
        x
    }
    ");
}

#[test]
fn a_call_with_much_in_it_has_a_line_for_each_argument() {
    let text = "\
fn f() {
    request.query_parameter(\"a name, with a comma in it\", Style::Form, true, false, &self.name)?;
    request.short(\"name\", Style::Form)?;
}
";
    insta::assert_snapshot!(lay_out(text), @r#"
    fn f() {
        request.query_parameter(
            "a name, with a comma in it",
            Style::Form,
            true,
            false,
            &self.name,
        )?;
        request.short("name", Style::Form)?;
    }
    "#);
}

#[test]
fn a_struct_literal_is_short_or_spread() {
    let text = "\
fn f() {
    Self { client }
    Self { client: client.clone(), id }
    Ok(Name { one: 1, two: Inner { three_and_more: 3, four: 4 } })
}
";
    insta::assert_snapshot!(lay_out(text), @"
    fn f() {
        Self { client }
        Self {
            client: client.clone(),
            id,
        }
        Ok(Name {
            one: 1,
            two: Inner {
                three_and_more: 3,
                four: 4,
            },
        })
    }
    ");
}

#[test]
fn a_long_chain_has_a_line_for_each_call() {
    let text = "\
fn f() {
    self.a_name_of_a_list_that_is_rather_long = Some(
        a_name_of_a_list_that_is_rather_long.into_iter().map(Into::into).collect(),
    );
}
";
    insta::assert_snapshot!(lay_out(text), @"
    fn f() {
        self.a_name_of_a_list_that_is_rather_long = Some(
            a_name_of_a_list_that_is_rather_long
                .into_iter()
                .map(Into::into)
                .collect(),
        );
    }
    ");
}

#[test]
fn methods_have_an_empty_line_between_them() {
    let text = "\
impl X {
    type Output = ();
    const A: u8 = 1;
    /// Documentation.
    fn a() {}
    #[must_use]
    fn b() {}
}
";
    insta::assert_snapshot!(lay_out(text), @"
    impl X {
        type Output = ();

        const A: u8 = 1;

        /// Documentation.
        fn a() {}

        #[must_use]
        fn b() {}
    }
    ");
}

#[test]
fn a_name_that_fits_on_no_line_keeps_rustfmt_away_from_its_item() {
    let name = "N".repeat(100);
    let text =
        format!("impl X {{\n    fn a() {{}}\n    fn b() -> {name} {{\n        x\n    }}\n}}\n");

    let expected = format!(
        "impl X {{\n    fn a() {{}}\n\n    #[rustfmt::skip]\n    fn b() -> {name} {{\n        x\n    }}\n}}\n"
    );
    assert_eq!(lay_out(&text), expected);
}

#[test]
fn text_literals_are_left_as_they_are() {
    let text = "const A: &str = \"( { [ < , . \\\" = : \";\n";

    assert_eq!(lay_out(text), text);
}
