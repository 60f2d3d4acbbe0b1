use super::*;
use serde_json::json;

fn one(text: &str) -> Asked {
    match body(text.as_bytes(), 0) {
        Ok(Asking::One(asked)) => asked,
        other => panic!("{text}: {other:?}"),
    }
}

fn refused(text: &str) -> String {
    body(text.as_bytes(), 2).expect_err(text).to_string()
}

#[test]
fn an_object_is_one_operation() {
    let asked = one(
        "\u{feff} {\"x\":[{\"query\":1}],\"query\":\"{a}\",\"operationName\":\"\",\"variables\":{\"a\":[1]},\"extensions\":null}\n",
    );
    assert_eq!((asked.query.as_deref().unwrap_or_default(), asked.operation_name.as_deref()), ("{a}", Some("")));
    assert_eq!(asked.variables.map(Value::Object), Some(json!({ "a": [1] })));
    assert!(asked.extensions.is_none());
    assert_eq!(one(r#"{"query":"{ a }"}"#).query.as_deref(), Some("{ a }"), "names may be escaped");
}

#[test]
fn each_mistake_is_told_by_its_own_words() {
    for (text, told) in [
        ("", "body: it is no JSON object"),
        ("5", "body: it is no JSON object"),
        ("\"{a}\"", "body: it is no JSON object"),
        ("{", "body: the JSON is not complete"),
        ("{a}", "body: it is no JSON from line 1, column 2 on"),
        (r#"{"query":"{a}"} x"#, "body: something stands after the JSON, at line 1, column 17"),
        (r#"{"query":"{a}"}{"query":"{a}"}"#, "body: something stands after"),
        (r#"{"query":"\ud800"}"#, "body: it is no JSON"),
        ("{}", "query: is missing"),
        (r#"{"query":null}"#, "query: is missing"),
        (r#"{"query":["a"]}"#, "query: is to be a string"),
        (r#"{"query":"{a}","operationName":5}"#, "operationName: is to be a string"),
        (r#"{"query":"{a}","variables":[]}"#, "variables: is to be a JSON object"),
        (r#"{"query":"{a}","extensions":"x"}"#, "extensions: is to be a JSON object"),
        (r#"{"query":"{a}","query":"{b}"}"#, "query: is given twice"),
        (r#"{"query":"{a}","variables":null,"variables":{}}"#, "variables: is given twice"),
        ("[]", "body: the array holds no operation"),
        ("[1]", "body: each operation is to be a JSON object"),
        (r#"[["{a}"]]"#, "body: each operation is to be a JSON object"),
        (
            r#"[{"query":"{a}"},{"query":"{a}"},{"query":"{a}"}]"#,
            "operations in one request: 3 is over the maximum of 2",
        ),
        (r#"[{"query":"{a}"},{}]"#, "query: is missing"),
    ] {
        let said = refused(text);
        assert!(said.starts_with(told), "{text}: {said}");
    }
    let deep = format!(r#"{{"query":"{{a}}","variables":{{"a":{}{}}}}}"#, "[".repeat(200), "]".repeat(200));
    assert_eq!(refused(&deep), "body: its JSON is nested deeper than 128 levels");
    let no_utf8 = body(b"{\"query\":\"{a} # \xff\"}", 0).expect_err("no UTF-8").to_string();
    assert_eq!(no_utf8, "body: it is not UTF-8");
}

#[test]
fn arrays_are_taken_where_a_setting_says_so() {
    let pair = r#"[{"query":"{a}"},{"query":"{b}"}]"#;
    let Ok(Asking::Several(asked)) = body(pair.as_bytes(), 2) else { panic!("two are allowed") };
    assert_eq!(
        asked.iter().map(|asked| asked.query.as_deref().unwrap_or_default()).collect::<Vec<_>>(),
        ["{a}", "{b}"]
    );
    let off = body(pair.as_bytes(), 0).expect_err("none are allowed").to_string();
    assert!(off.contains("`max-batch`"), "{off}");
}

#[test]
fn parameters_are_decoded_as_forms_are() {
    let asked =
        parameters("query=%7Ba%7D+%23%E7%87%88&variables=%7B%22a%22%3A1%7D&operationName=A&extensions=null&x=%21")
            .expect("fine");
    assert_eq!((asked.query.as_deref().unwrap_or_default(), asked.operation_name.as_deref()), ("{a} #燈", Some("A")));
    assert_eq!(asked.variables.map(Value::Object), Some(json!({ "a": 1 })));
    assert!(asked.extensions.is_none());
    assert_eq!(parameters("operationName=&query={a}").expect("fine").operation_name, None, "an empty name is none");
    for (query, told) in [
        ("", "no operation"),
        ("variables={}", "no operation"),
        ("query={a}&query={a}", "query: is given twice"),
        ("query={a}&operationName=&operationName=A", "operationName: is given twice"),
        ("query=%7", "URL: a `%`"),
        ("query=%zz", "URL: a `%`"),
        ("query={a}&x=%", "URL: a `%`"),
        ("query=%ff", "URL: what is percent-encoded is not UTF-8"),
        ("query={a}&variables=5", "variables: is to be a JSON object"),
        ("query={a}&variables=", "variables: is to be a JSON object"),
        ("query={a}&extensions=[]", "extensions: is to be a JSON object"),
    ] {
        let said = parameters(query).expect_err(query).to_string();
        assert!(said.starts_with(told), "{query}: {said}");
    }
}
