//! Remedies of faults in an overlay.

use super::input::{Case, operation, overlaid, overlaid_whole};

pub(crate) fn cases() -> Vec<Case> {
    let document = operation("summary: a, tags: [b]");
    let of = |code, actions: &str, edit| overlaid(code, &document, actions, edit);
    let whole = |code, overlay: &str, edit| overlaid_whole(code, &document, overlay, edit);
    let get = "$.paths['/a'].get";
    let rename = format!("- {{target: \"{get}\", update: {{summary: c}}}}\n");
    let head = "overlay: 1.0.0\ninfo: {title: a, version: '1'}\n";
    vec![
        whole(
            "unsupported-version",
            &format!("{head}actions:\n{rename}").replace("1.0.0", "2.0.0"),
            ("2.0.0", "1.0.0"),
        ),
        whole(
            "no-version",
            &format!("info: {{title: a, version: '1'}}\nactions:\n{rename}"),
            ("info", "overlay: 1.0.0\ninfo"),
        ),
        whole(
            "overlay-structure",
            &format!("overlay: 1\ninfo: {{title: a, version: '1'}}\nactions:\n{rename}"),
            ("overlay: 1", "overlay: 1.0.0"),
        ),
        whole(
            "overlay-structure",
            &format!("overlay: 1.0.0\ninfo: {{title: a}}\nactions:\n{rename}"),
            ("title: a", "title: a, version: '1'"),
        ),
        whole(
            "overlay-structure",
            &format!("{head}actions: {{target: \"{get}\", update: {{summary: c}}}}\n"),
            ("actions: ", "actions:\n- "),
        ),
        whole(
            "overlay-structure",
            head,
            ("'1'}\n", &format!("'1'}}\nactions:\n{rename}")),
        ),
        whole(
            "overlay-structure",
            &format!("- {{target: \"{get}\", update: {{summary: c}}}}\n"),
            ("- ", &format!("{head}actions:\n- ")),
        ),
        of(
            "overlay-structure",
            &format!("{rename}- text\n"),
            (
                "- text",
                "- {target: \"$.paths['/a'].get.tags\", remove: true}",
            ),
        ),
        of(
            "overlay-structure",
            &rename.replace(&format!("target: \"{get}\", "), ""),
            ("{update", &format!("{{target: \"{get}\", update")),
        ),
        of(
            "overlay-structure",
            &rename.replace("update", "x-published: a, update"),
            ("x-published: a", "x-published: {summary: a}"),
        ),
        of(
            "overlay-structure",
            &rename.replace("update", "description: 1, update"),
            ("description: 1", "description: '1'"),
        ),
        of(
            "overlay-structure",
            &format!("- {{target: \"{get}.tags\", remove: 'yes'}}\n"),
            ("'yes'", "true"),
        ),
        of(
            "overlay-structure",
            &format!("- {{target: \"{get}.tags\", remove: true, update: [c]}}\n"),
            (
                ", update: [c]}",
                "}\n- {target: \"$.paths['/a'].get\", update: {tags: [c]}}",
            ),
        ),
        of(
            "overlay-structure",
            &format!("- {{target: \"{get}.tags\"}}\n"),
            ("tags\"", "tags\", remove: true"),
        ),
        of(
            "overlay-structure",
            "- {target: $, remove: true}\n",
            ("target: $", "target: $.paths.*.get.tags"),
        ),
        of(
            "overlay-structure",
            &rename.replace("{summary: c}", "text"),
            ("text", "{summary: c}"),
        ),
        of(
            "unknown-keyword",
            &rename.replace("update", "descripton: a, update"),
            ("descripton", "description"),
        ),
        of(
            "invalid-target",
            &rename.replace(get, "paths./a"),
            ("paths./a", get),
        ),
        of(
            "invalid-target",
            &rename.replace(get, "$.paths.*[?@.summary=~'a']"),
            ("=~", "=="),
        ),
        of(
            "duplicate-correction",
            &format!(
                "- {{target: \"{get}\", x-correction: one, update: {{summary: c}}}}\n- {{target: \"{get}\", x-correction: one, update: {{description: c}}}}\n"
            ),
            ("one, update: {description", "two, update: {description"),
        ),
        of(
            "overlay-primitive-target",
            &format!("- {{target: \"{get}.summary\", update: c}}\n"),
            (".summary\", update: c", "\", update: {summary: c}"),
        ),
        of(
            "overlay-no-match",
            &format!("{rename}- {{target: \"$.paths['/b']\", remove: true}}\n"),
            ("- {target: \"$.paths['/b']\", remove: true}\n", ""),
        ),
        of(
            "overlay-no-effect",
            &format!(
                "- {{target: \"{get}.tags\", remove: true}}\n- {{target: \"{get}\", update: {{summary: a}}}}\n"
            ),
            (
                "- {target: \"$.paths['/a'].get\", update: {summary: a}}\n",
                "",
            ),
        ),
        of(
            "overlay-out-of-date",
            &rename.replace("update", "x-published: {summary: z}, update"),
            ("summary: z", "summary: a"),
        ),
        of(
            "too-deep",
            &format!(
                "- {{target: \"{get}.responses['204']\", update: {{x-a: {}1{}}}}}\n",
                "[".repeat(123),
                "]".repeat(123)
            ),
            (
                &format!("{}1{}", "[".repeat(60), "]".repeat(60)),
                "{$ref: '#/components/x-inner'}",
            ),
        ),
    ]
}
