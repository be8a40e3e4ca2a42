//! Bodies of `multipart/form-data` (RFC 7578), as curl's `--form` and browsers send them.

/// Returns the text fields of a body in their order, or `None` if the body is not what its content type announces.
///
/// Files are omitted, because no parameter of these endpoints is one.
pub(crate) fn fields(content_type: &str, body: &[u8]) -> Option<Vec<(String, String)>> {
    let delimiter = format!("\r\n--{}", boundary(content_type)?);
    // A delimiter begins a line, which may be the first one.
    let mut rest = [b"\r\n", body].concat();
    rest.drain(..after(&rest, delimiter.as_bytes())?);
    let mut rest = rest.as_slice();
    let mut fields = Vec::new();
    while !rest.starts_with(b"--") {
        let end = after(rest, delimiter.as_bytes())?;
        let (part, following) = rest.split_at_checked(end)?;
        fields.extend(field(part.get(..end - delimiter.len())?)?);
        rest = following;
    }
    Some(fields)
}

/// Reads one part, which begins with the end of its delimiter's line. Returns `Some(None)` for a file.
fn field(part: &[u8]) -> Option<Option<(String, String)>> {
    let start = after(part, b"\r\n\r\n")?;
    let (head, value) = part.split_at_checked(start)?;
    let head = std::str::from_utf8(head).ok()?;
    let disposition = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-disposition")
            .then_some(value)
    })?;
    let name = parameter(disposition, "name")?;
    if parameter(disposition, "filename").is_some() {
        return Some(None);
    }
    let value = String::from_utf8_lossy(value).into_owned();
    Some(Some((name, value)))
}

fn boundary(content_type: &str) -> Option<String> {
    parameter(content_type, "boundary").filter(|boundary| !boundary.is_empty())
}

/// Returns a parameter of a header's value, `; name=value` or `; name="value"`.
fn parameter(header: &str, wanted: &str) -> Option<String> {
    let mut rest = header.split_once(';')?.1;
    loop {
        let (name, value) = rest.split_once('=')?;
        let (value, following) = match value.strip_prefix('"') {
            Some(quoted) => unquote(quoted),
            None => {
                let (value, following) = value.split_once(';').unwrap_or((value, ""));
                (value.trim().to_owned(), following)
            }
        };
        if name.trim().eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
        rest = following.trim_start().trim_start_matches(';');
    }
}

/// Splits a quoted string without its opening quote from the text after it.
fn unquote(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((index, character)) = characters.next() {
        match character {
            '"' => return (value, text.get(index + 1..).unwrap_or_default()),
            '\\' => value.extend(characters.next().map(|(_, escaped)| escaped)),
            _ => value.push(character),
        }
    }
    (value, "")
}

/// Returns the index after the first occurrence of `needle`.
fn after(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let start = haystack
        .windows(needle.len())
        .position(|window| window == needle)?;
    Some(start + needle.len())
}

#[cfg(test)]
mod tests {
    use super::fields;

    fn read(content_type: &str, body: &str) -> Option<Vec<(String, String)>> {
        fields(content_type, body.as_bytes())
    }

    fn pairs(fields: &[(&str, &str)]) -> Option<Vec<(String, String)>> {
        let fields = fields.iter();
        Some(
            fields
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }

    #[test]
    fn fields_are_read_in_order_and_files_are_omitted() {
        let body = "preamble\r\n--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nx\r\ny\r\n\
                    --b \r\ncontent-type: text/plain\r\ncontent-disposition: form-data; name=\"scopes[]\"\r\n\r\napi\r\n\
                    --b\r\nContent-Disposition: form-data; filename=\"a;name=b.txt\"; name=file\r\n\r\n...\r\n\
                    --b\r\nContent-Disposition: form-data; name=\"a\\\"b\"\r\n\r\n\r\n--b--\r\nepilogue";
        let expected = pairs(&[("name", "x\r\ny"), ("scopes[]", "api"), ("a\"b", "")]);
        assert_eq!(read("multipart/form-data; boundary=b", body), expected);
        assert_eq!(
            read("multipart/form-data; charset=utf-8; Boundary=\"b\"", body),
            expected
        );
    }

    #[test]
    fn a_form_without_fields_is_empty() {
        assert_eq!(
            read("multipart/form-data; boundary=b", "--b--\r\n"),
            pairs(&[])
        );
    }

    #[test]
    fn a_body_that_is_not_a_form_is_none() {
        let part = "--b\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\nvalue";
        for (content_type, body) in [
            ("multipart/form-data", "--b--"),
            ("multipart/form-data; boundary=", "----"),
            ("multipart/form-data; boundary=b", ""),
            ("multipart/form-data; boundary=b", part),
            ("multipart/form-data; boundary=c", "--b--"),
            (
                "multipart/form-data; boundary=b",
                "--b\r\nContent-Disposition: form-data\r\n\r\nvalue\r\n--b--",
            ),
            ("multipart/form-data; boundary=b", "--b\r\nname: n\r\n--b--"),
        ] {
            assert_eq!(read(content_type, body), None, "{content_type} {body:?}");
        }
    }
}
