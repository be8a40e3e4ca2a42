//! Spells a text in ASCII letters, digits and spaces, so that nothing that distinguishes two names gets lost on the way to an identifier.

use heck::ToSnakeCase;

/// Returns the words of a text in lower case, with an underscore between them.
pub(super) fn snake(text: &str) -> String {
    if is_snake(text) {
        text.to_owned()
    } else {
        spell(text).to_snake_case()
    }
}

/// Returns whether a text is written so already, as most are.
fn is_snake(text: &str) -> bool {
    text.split('_').all(|word| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}

/// The text with each sign that carries meaning written as a word, Latin letters without their marks, and other letters by their code
/// point. Signs between words separate them.
pub(super) fn spell(text: &str) -> String {
    let has_words = text.chars().any(char::is_alphanumeric);
    let mut spelled = String::with_capacity(text.len());
    for (position, character) in text.char_indices() {
        let is_leading = text
            .get(..position)
            .is_some_and(|before| before.trim().is_empty());
        match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' => spelled.push(character),
            // `-1` and `1`, `+1` and `1`, `-created_at` and `created_at` are different values.
            _ if character.is_ascii() && (is_leading || !has_words) => {
                spelled.push(' ');
                // A leading underscore or point is decoration: `_id`, `.name`.
                if !has_words || !matches!(character, '_' | '.' | '(' | '[' | '{' | '"' | '\'') {
                    spelled.push_str(word(character));
                }
                spelled.push(' ');
            }
            _ if character.is_ascii() => spelled.push(' '),
            _ => match latin(character) {
                Some(letters) => spelled.push_str(letters),
                None if character.is_alphanumeric() => {
                    spelled.push_str(&format!(" U{:04X} ", u32::from(character)));
                }
                None => spelled.push(' '),
            },
        }
    }
    spelled
}

/// The name of an ASCII sign.
fn word(sign: char) -> &'static str {
    match sign {
        '+' => "Plus",
        '-' => "Minus",
        '*' => "Asterisk",
        '/' => "Slash",
        '\\' => "Backslash",
        '%' => "Percent",
        '=' => "Equal",
        '<' => "Less",
        '>' => "Greater",
        '!' => "Not",
        '?' => "Question",
        '&' => "And",
        '|' => "Or",
        '^' => "Caret",
        '~' => "Tilde",
        '@' => "At",
        '#' => "Hash",
        '$' => "Dollar",
        '.' => "Dot",
        ',' => "Comma",
        ':' => "Colon",
        ';' => "Semicolon",
        '_' => "Underscore",
        '"' | '\'' | '`' => "Quote",
        '(' | ')' => "Parenthesis",
        '[' | ']' => "Bracket",
        '{' | '}' => "Brace",
        ' ' => "Space",
        _ => "",
    }
}

/// A Latin letter without its marks.
fn latin(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'À'..='Å' | 'Ā' | 'Ă' | 'Ą' => "A",
        'æ' => "ae",
        'Æ' => "Ae",
        'ç' | 'ć' | 'č' => "c",
        'Ç' | 'Ć' | 'Č' => "C",
        'ď' | 'đ' | 'ð' => "d",
        'Ď' | 'Đ' | 'Ð' => "D",
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'È'..='Ë' | 'Ē' | 'Ė' | 'Ę' | 'Ě' => "E",
        'ğ' | 'ģ' => "g",
        'Ğ' | 'Ģ' => "G",
        'ì'..='ï' | 'ī' | 'į' | 'ı' => "i",
        'Ì'..='Ï' | 'Ī' | 'Į' | 'İ' => "I",
        'ł' | 'ľ' | 'ļ' => "l",
        'Ł' | 'Ľ' | 'Ļ' => "L",
        'ñ' | 'ń' | 'ň' | 'ņ' => "n",
        'Ñ' | 'Ń' | 'Ň' | 'Ņ' => "N",
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => "o",
        'Ò'..='Ö' | 'Ø' | 'Ō' | 'Ő' => "O",
        'œ' => "oe",
        'Œ' => "Oe",
        'ŕ' | 'ř' => "r",
        'Ŕ' | 'Ř' => "R",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'Ś' | 'Š' | 'Ş' | 'Ș' => "S",
        'ß' => "ss",
        'ť' | 'ț' | 'ţ' => "t",
        'Ť' | 'Ț' | 'Ţ' => "T",
        'þ' => "th",
        'Þ' => "Th",
        'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ų' => "u",
        'Ù'..='Ü' | 'Ū' | 'Ů' | 'Ű' | 'Ų' => "U",
        'ý' | 'ÿ' => "y",
        'Ý' | 'Ÿ' => "Y",
        'ź' | 'ż' | 'ž' => "z",
        'Ź' | 'Ż' | 'Ž' => "Z",
        _ => return None,
    })
}
