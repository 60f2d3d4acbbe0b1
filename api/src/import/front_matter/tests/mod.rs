mod forms;

use proptest::prelude::*;
use serde_json::json;

use super::*;

fn parse(text: &str) -> FrontMatter<'_> {
    FrontMatter::parse(text).unwrap()
}

fn refusal(text: &str) -> FrontMatterError {
    FrontMatter::parse(text).unwrap_err()
}

#[test]
fn fences_of_three_or_more_dashes_enclose_it() {
    for text in [
        "---\ntitle: x\n---\nbody\n",
        "------\ntitle: x\n------\nbody\n",
        "--- \ntitle: x\n---\t \nbody\n",
        "\n---\ntitle: x\n---\nbody\n",
        "\n\n\n---\ntitle: x\n---\nbody\n",
        " \t\n   \n---\ntitle: x\n---\nbody\n",
        "title: x\n---\nbody\n",
        "\"title\": \"x\"\n;;;\nbody\n",
        ";;;\n\"title\": \"x\"\n;;;\nbody\n",
    ] {
        let read = parse(text);
        assert_eq!(Value::Object(read.fields.clone()), json!({"title": "x"}), "{text:?}");
        assert_eq!(read.body, "body\n", "{text:?}");
        let line = text.lines().position(|line| line == "body").unwrap() + 1;
        assert_eq!(read.body_line as usize, line, "{text:?}");
    }
}

#[test]
fn the_closing_fence_repeats_the_opening_one() {
    let read = parse("----\ntitle: |\n  a\n  ---\n----\n---\nbody");
    assert_eq!(read.fields["title"], "a\n---\n");
    assert_eq!(read.body, "---\nbody");
}

#[test]
fn empty_front_matter_has_no_fields() {
    for text in ["---\n---\nbody", "---\n\n---\nbody", "---\n# nothing\n---\nbody"] {
        let read = parse(text);
        assert!(read.fields.is_empty());
        assert_eq!(read.body, "body", "{text:?}");
    }
    assert_eq!(parse("---\ntitle: x\n---").body, "");
}

#[test]
fn a_file_without_front_matter_is_all_body() {
    for text in [
        "",
        "\n\n",
        "Just text.\n",
        "para\n---\nbody",
        "# Heading: one\n---\nbody",
        "See: this\n\nand that\n\n---\n\nend",
        "---\nA rule opens this text.\n",
        "a: b\n",
        "text {\n;;;\n",
        "Note: it: was\n---\nbody",
    ] {
        let read = parse(text);
        assert!(read.fields.is_empty(), "{text:?}");
        assert_eq!((read.body, read.body_line), (text, 1));
    }
}

#[test]
fn what_is_no_mapping_is_refused() {
    assert_eq!(refusal("\n---\n- a\n- b\n---\nbody"), FrontMatterError::NotAMapping { line: 3 });
    assert_eq!(refusal("---\npara\n---\nbody"), FrontMatterError::NotAMapping { line: 2 });
}

#[test]
fn an_opened_block_of_keys_must_be_closed() {
    let error = refusal("\n---\ntitle: x\nbody\n");
    assert_eq!(error, FrontMatterError::Unclosed { line: 2, fence: "---".into() });
    assert!(error.to_string().ends_with("end it with a line `---`"));
}

#[test]
fn values_that_lack_quotes_are_quoted_and_reported() {
    let text = "---\ntitle: Rust: a tour\ntags:\n - [a] b\n - fine\n - c: d: e\nname: 'it's'\nsay: \"a \"b\" c\"\nat: @home\n---\n";
    let read = parse(text);
    let expected = json!({
        "title": "Rust: a tour", "tags": ["[a] b", "fine", {"c": "d: e"}], "name": "it's", "say": "a \"b\" c", "at": "@home",
    });
    assert_eq!(Value::Object(read.fields), expected);
    assert_eq!(read.repaired, [2, 4, 6, 7, 8, 9]);
}

#[test]
fn a_repair_leaves_longer_values_alone() {
    let read = parse("---\ntitle: a: b\nlist: [x,\n  y]\nquote: \"a\n  b\"\nblock: |\n  c: d: e\n\n  f\n---\n");
    let expected = json!({"title": "a: b", "list": ["x", "y"], "quote": "a b", "block": "c: d: e\n\nf\n"});
    assert_eq!(Value::Object(read.fields), expected);
    assert_eq!(read.repaired, [2]);
}

#[test]
fn a_block_without_opener_is_repaired_when_it_is_surely_one() {
    let read = parse("title: a: b\n---\nbody");
    assert_eq!(read.fields["title"], "a: b");
    assert_eq!(read.body, "body");
}

#[test]
fn what_cannot_be_repaired_is_refused_with_its_line() {
    let error = refusal("\n---\ntitle: x\ntags: [a, b\nmore: y\n---\n");
    assert!(matches!(error, FrontMatterError::Yaml { line: 4..=5, .. }), "{error:?}");
    let error = refusal(";;;\n\"a\": 1,\n\"b\": }\n;;;\n");
    assert!(matches!(&error, FrontMatterError::Json { line: 3, message } if !message.contains("line")), "{error:?}");
}

#[test]
fn dates_and_other_doubtful_scalars_stay_text() {
    let read = parse(
        "---\na: 2022-05-20 01:23:45\nb: 2022-05-20\nc: yes\nd: 007\ne: 1:30\nf: 12\ng: 1.5\nh: false\ni: ~\nj: .nan\n---\n",
    );
    let expected = json!({
        "a": "2022-05-20 01:23:45", "b": "2022-05-20", "c": "yes", "d": "007", "e": "1:30", "f": 12, "g": 1.5, "h": false,
        "i": null, "j": ".nan",
    });
    assert_eq!(Value::Object(read.fields), expected);
}

#[test]
fn the_order_is_kept_and_the_last_of_a_repeated_key_wins() {
    let read = parse("---\nz: 1\na: 2\nz: 3\n2022: year\n---\n");
    assert_eq!(serde_json::to_string(&read.fields).unwrap(), r#"{"z":3,"a":2,"2022":"year"}"#);
    assert_eq!(read.line_of("z"), 4);
}

#[test]
fn tabs_at_the_start_of_a_line_are_indentation() {
    let read = parse("---\ntags:\n\t- a\n\t- b\n---\n");
    assert_eq!(read.fields["tags"], json!(["a", "b"]));
}

#[test]
fn a_key_is_found_again_by_its_line() {
    let read = parse("\n---\nnested:\n  date: no\n\"date\" : soon\ntitle: x\n---\n");
    assert_eq!((read.line_of("date"), read.line_of("title"), read.line_of("absent")), (5, 6, 3));
}

#[test]
fn bombs_are_refused() {
    let level = |level: usize| format!("a{level}: &a{level} [{}]\n", vec![format!("*a{}", level - 1); 9].join(", "));
    let levels: Vec<String> = (1..12).map(level).collect();
    let laughs = format!("---\na0: &a0 [x, x, x, x, x, x, x, x, x]\n{}---\nbody", levels.concat());
    assert!(matches!(refusal(&laughs), FrontMatterError::Yaml { .. }));
    let deep = format!("---\na: {}{}\n---\n", "[".repeat(10_000), "]".repeat(10_000));
    assert!(matches!(refusal(&deep), FrontMatterError::Yaml { .. }));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "(\n| )?(---|;;;)?\n?[-:a-c \\[\\]{}'\"|>*&!%@#\n\t1.]{0,40}\n?(---|;;;)?\n?.{0,10}") {
        let _ = FrontMatter::parse(&text);
    }

    #[test]
    fn nothing_of_the_body_is_lost(body in any::<String>()) {
        let text = format!("---\ntitle: x\n---\n{body}");
        prop_assert_eq!(parse(&text).body, &body);
    }
}
