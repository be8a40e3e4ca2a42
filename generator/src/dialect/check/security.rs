//! Rules for security requirements.

use super::edits::Edits;
use crate::diagnostic::{Diagnostics, Pointer, codes, nearest};
use crate::openapi::Version;
use crate::source::Value;

/// Reports the schemes that are not declared, and cuts the alternatives that need a scheme which is not there. A list that loses all its
/// alternatives goes as a whole, since an empty one would say that no credential is needed.
pub(super) fn check(
    root: &Value,
    version: Version,
    lists: &[(Pointer, &[Value])],
    edits: &mut Edits,
    diagnostics: &mut Diagnostics,
) {
    let schemes = version.security_schemes();
    let schemes = schemes
        .split('.')
        .fold(Pointer::root(), |pointer, key| pointer.key(key));
    let declared = root.pointer(&schemes).and_then(Value::as_object);
    let removed = edits.removed();
    for (list, alternatives) in lists {
        let mut lost = Vec::new();
        for (index, alternative) in alternatives.iter().enumerate() {
            // What has scopes of the wrong type was reported and cut.
            if removed.contains(&list.index(index)) {
                lost.push(index);
                continue;
            }
            let Some(alternative) = alternative.as_object() else {
                lost.push(index);
                continue;
            };
            let mut is_lost = false;
            for name in alternative.keys() {
                if removed.contains(&schemes.key(name)) {
                    is_lost = true;
                } else if declared.is_none_or(|declared| !declared.contains_key(name)) {
                    is_lost = true;
                    let message = format!("there is no security scheme `{name}`");
                    let names = declared
                        .into_iter()
                        .flat_map(|declared| declared.keys())
                        .map(String::as_str);
                    let may_suggest = diagnostics.may_suggest();
                    let known = may_suggest.then(|| nearest(name, names)).flatten();
                    let help = match known {
                        Some(known) => format!(
                            "did you mean `{known}`? until then this alternative is ignored"
                        ),
                        None => format!(
                            "declare it in `{}`; until then this alternative is ignored",
                            version.security_schemes()
                        ),
                    };
                    diagnostics.push(
                        codes::UNKNOWN_SECURITY_SCHEME,
                        &root.place(&list.index(index).key(name)),
                        message,
                        help,
                    );
                }
            }
            if is_lost {
                lost.push(index);
            }
        }
        if lost.len() == alternatives.len() && !lost.is_empty() {
            edits.remove(list.clone());
        } else {
            lost.into_iter()
                .for_each(|index| edits.remove(list.index(index)));
        }
    }
}
