//! TOML, JSON in braces, and what bounds them.

use super::*;

#[test]
fn toml_stands_between_plus_signs() {
    let text = "\n+++ \ntitle = \"x\"\ntags = [\"a\", 'b']\n[params]\ndeep.er = true\n[[resources]]\nsrc = \"p.jpg\"\n+++\nbody\n";
    let read = parse(text);
    let expected = json!({
        "title": "x", "tags": ["a", "b"], "params": {"deep": {"er": true}}, "resources": [{"src": "p.jpg"}],
    });
    assert_eq!(Value::Object(read.fields), expected);
    assert_eq!((read.body, read.body_line), ("body\n", 10));
    assert!(parse("+++\n+++\nbody").fields.is_empty());
}

#[test]
fn dates_of_toml_and_what_json_has_no_number_for_become_text() {
    let read = parse(
        "+++\na = 2022-05-20T01:23:45+08:00\nb = 2022-05-20 01:23:45\nc = 2022-05-20\nd = nan\ne = -inf\nf = 1.5\ng = 0x1f\n+++\n",
    );
    let expected = json!({
        "a": "2022-05-20T01:23:45+08:00", "b": "2022-05-20T01:23:45", "c": "2022-05-20", "d": "NaN", "e": "-inf", "f": 1.5,
        "g": 31,
    });
    assert_eq!(Value::Object(read.fields), expected);
}

#[test]
fn the_order_of_toml_is_kept() {
    assert_eq!(serde_json::to_string(&parse("+++\nz = 1\na = 2\n+++\n").fields).unwrap(), r#"{"z":1,"a":2}"#);
}

#[test]
fn json_ends_with_its_own_brace() {
    let text = "\n{ \"title\": \"a } \\\" {\",\n  \"n\": {\"m\": []} }\nbody {\n";
    let read = parse(text);
    assert_eq!(Value::Object(read.fields), json!({"title": "a } \" {", "n": {"m": []}}));
    assert_eq!((read.body, read.body_line), ("body {\n", 4));
    let read = parse("{\n}same line");
    assert_eq!((read.body, read.body_line, read.fields.len()), ("same line", 2, 0));
}

#[test]
fn a_tag_of_a_template_is_no_front_matter() {
    for text in
        ["{% include a.html %}\n", "{{< figure >}}\n", "{# note #}\n", "{ not json }\n", "+++\nA rule of plus signs.\n"]
    {
        assert_eq!(parse(text).body, text);
    }
}

#[test]
fn three_dots_close_three_dashes_too() {
    let read = parse("---\ntitle: x\n...\nbody\n---\n");
    assert_eq!((read.body, read.fields.len()), ("body\n---\n", 1));
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    for (text, line, word) in [
        ("+++\ntitle = \"x\"\ntitle = \"y\"\n+++\n", 3, "duplicate"),
        ("\n+++\na = 1\nb = \n+++\n", 4, "value"),
        ("+++\ntitle = \"x\"\nbody\n", 1, "`+++`"),
        ("+++\n[params]\nbody\n", 1, "`+++`"),
        ("\n{\"title\": \"x\"\nbody\n", 2, "`}`"),
        ("{\"a\": 1,\n\"b\": }\nbody", 2, "expected value"),
    ] {
        let error = refusal(text);
        assert_eq!(error.line(), line, "{text:?}: {error}");
        assert!(error.to_string().contains(word), "{error}");
    }
}

#[test]
fn nothing_of_any_form_is_too_large() {
    let deep = |open: &str, close: &str, n: usize| format!("{}{}", open.repeat(n), close.repeat(n));
    let long = "x".repeat(4 * 1024 * 1024);
    for text in [
        format!("+++\na = {}\n+++\n", deep("[", "]", 10_000)),
        format!("+++\na = {}\n+++\n", deep("[", "]", 40)),
        format!("+++\n{}a = 1\n+++\n", "a.".repeat(100_000)),
        format!("+++\n[{}a]\n+++\n", "a.".repeat(100_000)),
        format!("{{\"a\": {}}}\n", deep("[", "]", 10_000)),
        format!("{{\"a\": {}}}\n", deep("[", "]", 40)),
        format!("{{\"a\": [{}0]}}\n", "0,".repeat(60_000)),
        format!("+++\na = [{}0]\n+++\n", "0,".repeat(60_000)),
        format!("---\n{long}: 1\n---\n"),
        format!("+++\n{long} = 1\n+++\n"),
        format!("{{\"{long}\": 1}}"),
        format!(";;;\n\"{long}\": 1\n;;;\n"),
    ] {
        let error = refusal(&text);
        let start: String = text.chars().take(20).collect();
        assert!(error.line() <= 2, "{start}: {error}");
        assert!(error.to_string().len() < 300, "{start}: {error}");
    }
}

#[test]
fn a_long_text_without_an_opener_is_all_body() {
    let text = format!("a: {}\n---\nbody", "x".repeat(2 * 1024 * 1024));
    assert_eq!(parse(&text).body, text);
}

#[test]
fn a_key_is_found_by_its_line_in_every_form() {
    let toml = parse("+++\nTitle = 1\n[params]\ntitle = 2\n[menu]\n+++\n");
    assert_eq!((toml.line_of("title"), toml.line_of("params"), toml.line_of("menu")), (2, 3, 5));
    let json = parse("{\"a\": 1,\n  \"date\": 2, \"b\": 3\n}\n");
    assert_eq!((json.line_of("a"), json.line_of("date"), json.line_of("b")), (1, 2, 2));
    assert_eq!(parse("---\nx: 1\nPublishDate: no\n---\n").line_of("publishdate"), 3);
}

proptest! {
    #[test]
    fn no_toml_or_json_makes_it_panic(text in r#"(\n| )?(\+\+\+\n|\{)?[-a-c0-9=.:,\[\]{}"'\\#é\n\t ]{0,60}(\n\+\+\+|\})?\n?.{0,10}"#) {
        let _ = FrontMatter::parse(&text).map(|read| read.line_of("a"));
    }

    #[test]
    fn no_text_at_all_makes_it_panic(text in any::<String>(), fence in "(---|\\+\\+\\+|;;;|\\{)") {
        let _ = FrontMatter::parse(&format!("{fence}\n{text}\n{fence}\n"));
    }

    #[test]
    fn nothing_behind_toml_or_json_is_lost(body in any::<String>()) {
        let toml = format!("+++\ntitle = 'x'\n+++\n{body}");
        prop_assert_eq!(parse(&toml).body, &body);
        let json = format!("{{\"title\": \"x\"}}\n{body}");
        prop_assert_eq!(parse(&json).body, &body);
    }
}
