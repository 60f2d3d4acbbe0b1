//! Documents are judged as graphql-js judges them: as many as are asked for, bred from our schema, get the same verdict. And
//! what clients are told of their mistakes.

use api::graphql::{
    sdl,
    validation::{Kind, Problem, Validator},
};
use serde_json::Value;
use std::{collections::HashSet, env, fmt::Write, process::Command, thread};

/// How many documents are judged; `MASTHEAD_TEST_CASES` says otherwise.
const CASES: usize = 2_000;

/// Deep enough for everything that is bred.
const RECURSION: usize = 200;

/// Failures after which no more are shown.
const ENOUGH: usize = 5;

fn number(name: &str, otherwise: usize) -> usize {
    env::var(name).map_or(otherwise, |text| text.parse().expect("a number"))
}

/// The documents, each with what graphql-js says of it; none where Node is not installed, which CI does not let pass.
fn bred() -> Vec<Value> {
    let tools = concat!(env!("CARGO_MANIFEST_DIR"), "/tools");
    let (seed, cases) = (number("MASTHEAD_TEST_SEED", 1), number("MASTHEAD_TEST_CASES", CASES));
    let mut node = Command::new("node");
    node.current_dir(tools).arg("documents.mjs").args([seed.to_string(), cases.to_string()]);
    let is_there = std::path::Path::new(tools).join("node_modules/graphql").exists();
    match node.output() {
        Ok(output) if is_there => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let lines = String::from_utf8(output.stdout).unwrap();
            let documents: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            assert_eq!(documents.len(), cases);
            documents
        }
        _ => {
            assert_ne!(env::var("CI").as_deref(), Ok("true"), "{node:?}: it is not installed");
            eprintln!("left out: {node:?} is not installed");
            Vec::new()
        }
    }
}

fn verdict(judged: &Result<(), Vec<Problem>>) -> &'static str {
    match judged.as_ref().map_err(|problems| problems.first().expect("a problem").kind) {
        Ok(()) => "valid",
        Err(Kind::Syntax) => "syntax",
        Err(Kind::Invalid) => "invalid",
    }
}

fn judge(validator: &Validator, document: &str) -> Result<(), Vec<Problem>> {
    validator.validate(document, RECURSION).map(|_| ())
}

fn messages(document: &str, suggestions: bool) -> Vec<String> {
    let validator = Validator::new(&sdl(), suggestions).unwrap();
    let problems = judge(&validator, document).err().unwrap_or_default();
    problems.into_iter().map(|problem| problem.message).collect()
}

#[test]
fn documents_get_the_verdict_of_graphql_js() {
    let validator = Validator::new(&sdl(), true).unwrap();
    let mut failures = Vec::new();
    let bred = bred();
    for theirs in &bred {
        let document = theirs["document"].as_str().unwrap();
        let ours = judge(&validator, document);
        if theirs["verdict"] != verdict(&ours) {
            failures
                .push(format!("{document}\nours: {ours:?}\ntheirs: {} {}\n", theirs["verdict"], theirs["messages"]));
        }
    }
    let shown = failures.iter().take(ENOUGH).fold(String::new(), |mut shown, failure| {
        writeln!(shown, "{failure}").unwrap();
        shown
    });
    assert!(failures.is_empty(), "{} of {} documents:\n{shown}", failures.len(), bred.len());
    for verdict in ["valid", "invalid", "syntax"] {
        let share = bred.iter().filter(|document| document["verdict"] == verdict).count();
        assert!(share * 10 >= bred.len(), "only {share} of {} are {verdict}", bred.len());
    }
}

/// What stands between backticks.
fn quoted(message: &str) -> impl Iterator<Item = &str> {
    message.split('`').skip(1).step_by(2)
}

#[test]
fn messages_are_short_and_tell_no_name_that_the_client_did_not_write() {
    let validator = Validator::new(&sdl(), false).unwrap();
    let keywords: HashSet<&str> = HashSet::from(["query", "on", "fragment"]);
    for theirs in bred() {
        let document = theirs["document"].as_str().unwrap();
        let problems = judge(&validator, document).err().unwrap_or_default();
        assert!(problems.len() <= Validator::MAX_PROBLEMS);
        assert!(problems.is_sorted_by_key(|problem| problem.locations.first().copied()), "{problems:?}");
        for Problem { message, kind, .. } in problems {
            assert!(message.chars().count() < 400 && !message.contains('\n'), "{message}");
            for name in quoted(&message) {
                let name = name.trim_end_matches('…').trim_start_matches(['@', '$']);
                // What the syntax would have is no name of ours; types are told without the client's blanks.
                let is_known = kind == Kind::Syntax && (name.len() <= 3 || keywords.contains(name));
                let pieces: Vec<&str> = name.split(['[', ']', '!']).collect();
                assert!(
                    is_known || pieces.iter().all(|piece| document.contains(piece)),
                    "{name}: {message}\n{document}"
                );
            }
        }
    }
}

#[test]
fn suggestions_can_be_had_for_every_kind_of_name() {
    for (document, suggestion) in [
        ("{ artcles { totalCount } }", "`articles`"),
        ("{ articles(frist: 1) { totalCount } }", "`first`"),
        ("{ articles(where: {titel: null}) { totalCount } }", "`title`"),
        ("{ articles(orderBy: [{field: TITEL, direction: ASC}]) { totalCount } }", "`TITLE`"),
        ("{ node(id: 1) { ... on Artcle { id } } }", "`Article`"),
        ("query ($a: Artcle) { article(by: {slug: $a}) { id } }", "`Article`"),
    ] {
        let told = messages(document, true).join("\n");
        assert!(told.contains("Did you mean") && told.contains(suggestion), "{document}: {told}");
        let told = messages(document, false).join("\n");
        assert!(!told.is_empty() && !told.contains(suggestion), "{document}: {told}");
    }
}

#[test]
fn what_a_client_wrote_comes_back_in_a_line() {
    let long = "a".repeat(1_000_000);
    for document in [
        format!("{{ {long} }}"),
        format!("{{ article(by: {{slug: 1, {long}: 1}}) {{ id }} }}"),
        format!("{{ article(by: {{slug: {long}}}) {{ id }} }}"),
        format!("{{ articles(first: \"{long}\") {{ totalCount }} }}"),
        format!("query {long}($a: {long}) {{ ...{long} @{long}({long}: ${long}) }}"),
        format!("fragment {long} on {long} {{ id }}"),
        format!("{{ id }} {long}"),
        format!("{{ id \"{long}\" }}"),
        format!("{{ id 0{long} }}"),
    ] {
        let told = messages(&document, true);
        assert!(!told.is_empty(), "{}", &document[..100]);
        assert!(told.iter().all(|message| message.chars().count() < 400), "{told:?}");
    }
}

#[test]
fn places_are_those_of_the_mistakes() {
    let validator = Validator::new(&sdl(), true).unwrap();
    let places = |document| {
        let problems = judge(&validator, document).err().unwrap_or_default();
        problems.into_iter().map(|problem| problem.locations).collect::<Vec<_>>()
    };
    assert_eq!(places("{ a\n  viewer { id b }\n}"), [[(1, 3)], [(2, 15)]]);
    assert_eq!(places("{ articles(where: {title: {eq: \"燈😀\"}}, c: 1) { totalCount } }"), [[(1, 41)]]);
    assert_eq!(places("{ x: viewer { id }\r\n x: site { title } }"), [[(1, 3), (2, 2)]]);
    assert_eq!(places("{ viewer { id }\n"), [[(2, 1)]]);
}

#[test]
fn fragments_of_fragments_are_looked_at_once() {
    let validator = Validator::new(&sdl(), true).unwrap();
    let double = |between: fn(usize) -> String, last: &str| {
        let fragments: String = (0..28).map(between).collect();
        format!("{{ articles {{ nodes {{ ...F0 }} }} }} {fragments} fragment F28 on Article {{ {last} }}")
    };
    let flat = double(|at| format!("fragment F{at} on Article {{ ...F{0} ...F{0} }} ", at + 1), "id");
    let nested =
        |at: usize| format!("fragment F{at} on Article {{ a: older {{ ...F{0} }} b: newer {{ ...F{0} }} }} ", at + 1);
    assert_eq!(judge(&validator, &flat), Ok(()));
    assert_eq!(judge(&validator, &double(nested, "id")), Ok(()));
    let conflict = double(nested, "id: title id");
    assert_eq!(messages(&conflict, false), ["`id` would be two different things; give one of them another alias"]);
}

/// Two names at each level lead to a different set of fragments for each way down, twice as many on each level.
#[test]
fn what_would_be_merged_in_too_many_ways_is_refused() {
    let depth = 14;
    let mut document = "{ articles { nodes { ...N0_0 } } } ".to_owned();
    for level in 0..2 * depth {
        write!(
            document,
            "fragment N{level}_0 on Article {{ a: older {{ ...N{0}_0 ...N{0}_1 }} b: newer {{ ...N{0}_0 }} }} ",
            level + 1
        )
        .unwrap();
        for step in 1..=depth.min(level) {
            let (next, below) = (level + 1, step + 1);
            let body = if step == depth {
                "id".to_owned()
            } else {
                format!("a: older {{ ...N{next}_{below} }} b: newer {{ ...N{next}_{below} }}")
            };
            write!(document, "fragment N{level}_{step} on Article {{ {body} }} ").unwrap();
        }
    }
    for step in 0..=depth {
        write!(document, "fragment N{}_{step} on Article {{ id }} ", 2 * depth).unwrap();
    }
    let told = messages(&document, true);
    assert!(told.iter().any(|message| message.contains("too many selections share their names")), "{told:?}");
}

#[test]
fn what_is_nested_as_deeply_as_allowed_fits_on_a_small_stack() {
    let nested =
        |open: &str, inner: &str, close: &str, depth| [&open.repeat(depth), inner, &close.repeat(depth)].concat();
    let documents = move |depth: usize| {
        [
            format!("{{ articles {{ nodes {{ {} }} }} }}", nested("older { ", "id", "}", depth - 3)),
            nested("{...", "{ __typename }", "}", depth - 1),
            format!("{{ nodes(ids: {}) {{ id }} }}", nested("[", "", "]", depth - 1)),
            format!("{{ articles(where: {}) {{ totalCount }} }}", nested("{not: ", "null", "}", depth - 1)),
            format!("query ($a: {}) {{ __typename }}", nested("[", "Int", "]", depth)),
        ]
    };
    let deepest = Validator::DEEPEST;
    let judged = move || {
        let validator = Validator::new(&sdl(), true).unwrap();
        for document in documents(deepest) {
            let told = validator.validate(&document, deepest).err().unwrap_or_default();
            assert!(told.iter().all(|problem| problem.kind == Kind::Invalid), "{told:?}");
        }
        for document in documents(2_400) {
            let told = validator.validate(&document, usize::MAX).err().unwrap();
            assert_eq!(told[0].message, format!("nested more than {deepest} levels deep"));
        }
    };
    thread::Builder::new().stack_size(2 << 20).spawn(judged).unwrap().join().unwrap();
}

#[test]
fn many_requests_are_judged_at_once() {
    let validator = Validator::new(&sdl(), true).unwrap();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(judge(&validator, "{ viewer { id } }"), Ok(())));
        }
    });
}
