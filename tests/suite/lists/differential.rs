//! Random questions about random content, whose answers the model also knows.

use serde_json::Value;
use std::{env, fmt::Write};
use tests::{
    app::{NOW, PREVIEW_TOKEN, TestApp, instant},
    db::TestDb,
    model::{
        Content, Kind, View,
        ask::{Cursors, Part, Question, Selected, cursors},
        content,
        filter::is_public,
        make::Maker,
        page::Page,
        random::Random,
    },
};

/// How many lists and pages are compared on each database; `MASTHEAD_TEST_CASES` says otherwise.
const CASES: usize = 1_500;

/// The whole list and pages of it.
const OF_A_QUESTION: usize = 4;

/// Over how many made-up sites they are spread, and how many tests share them.
const SITES: usize = 3;

/// Failures after which no more are looked for.
const ENOUGH: usize = 3;

/// Where the made-up sites begin; `MASTHEAD_TEST_SEED` says otherwise.
fn seed() -> u64 {
    env::var("MASTHEAD_TEST_SEED").map_or(1, |seed| seed.parse().expect("MASTHEAD_TEST_SEED is a number"))
}

fn cases() -> usize {
    env::var("MASTHEAD_TEST_CASES").map_or(CASES, |cases| cases.parse().expect("MASTHEAD_TEST_CASES is a number"))
}

/// One site, and who is asked about it.
struct Site {
    seed: u64,
    app: TestApp,
    content: Content,
}

/// What is asked in one test: a share of all questions.
#[derive(Clone, Copy)]
enum Share {
    Articles,
    Nested,
    Others,
}

impl Share {
    const fn questions(self, all: usize) -> usize {
        match self {
            Self::Articles => all / 2,
            Self::Nested => all / 4,
            // Short lists, soon answered.
            Self::Others => all,
        }
    }

    fn list(self, random: &mut Random) -> (Kind, Option<(Kind, bool)>) {
        match self {
            Self::Articles => (Kind::Article, None),
            Self::Nested => (Kind::Article, Some((*random.pick(&Kind::ALL[1..]), random.one_in(2)))),
            Self::Others => (*random.pick(&Kind::ALL[1..]), None),
        }
    }
}

impl Site {
    async fn new(db: TestDb, seed: u64) -> Self {
        let content = content::plant(&db, seed).await;
        Self { seed, app: TestApp::start(db, &super::ASKING_MUCH), content }
    }

    /// What went wrong with one question, told so that it can be asked again.
    fn failure(&self, share: Share, number: usize) -> Option<String> {
        let number_of_stream = u64::try_from(number).expect("numbers of cases are small") + 1;
        let mut random = Random::of(self.seed, number_of_stream);
        let view = View { content: &self.content, now: instant(NOW).0, is_preview: random.one_in(3) };
        let (kind, owners) = share.list(&mut random);
        let mut maker = Maker { view, random };
        let question = Question { kind, owners, filter: maker.filter(kind, 3), order: maker.order(kind) };
        let whole = [Part { page: Page::whole(), selected: Selected::all(kind) }];
        let told = self.told(view, &question, &Cursors::new(), &whole, cursors);
        let cursors = match told {
            Ok(Some(cursors)) => cursors,
            Ok(None) => return None,
            Err(failure) => return Some(format!("seed {}, case {number}\n{failure}", self.seed)),
        };
        let is_known = |row: &usize| cursors.contains_key(&view.id(kind, *row));
        let known: Vec<usize> = (0..view.count(kind)).filter(is_known).collect();
        let part = |maker: &mut Maker<'_>| Part {
            page: maker.page(&known),
            selected: Selected::some(&mut maker.random, kind),
        };
        let parts = [part(&mut maker), part(&mut maker), part(&mut maker)];
        let told = self.told(view, &question, &cursors, &parts, |_| cursors.clone());
        told.err().map(|failure| format!("seed {}, case {number}\n{failure}", self.seed))
    }

    /// The cursors by which the answer was compared with the model's; none where the reader may not ask.
    fn told(
        &self,
        view: View<'_>,
        question: &Question,
        known: &Cursors,
        parts: &[Part],
        learn: impl Fn(&Value) -> Cursors,
    ) -> Result<Option<Cursors>, String> {
        let (query, variables) = (question.text(view, known, parts), question.variables());
        let token = view.is_preview.then_some(PREVIEW_TOKEN);
        let answer = self.app.ask(&query, variables.clone(), token);
        let (json, code) = (answer.json(), answer.code());
        let asked = || format!("preview: {}\n{query}\n{variables}", view.is_preview);
        if question.kind == Kind::Article && !view.is_preview && !is_public(&question.filter) {
            let most = u64::from(question.owners.is_some());
            let is_refused = code == "FORBIDDEN" && json["extensions"]["receipt"]["statements"].as_u64() <= Some(most);
            return if is_refused { Ok(None) } else { Err(format!("{}\nwas not refused: {json}", asked())) };
        }
        let cursors = learn(&json["data"]);
        let expected = question.answer(view, &cursors, parts);
        if json.get("errors").is_none() && json["data"] == expected {
            return Ok(Some(cursors));
        }
        let mut failure = asked();
        differences("", &expected, &json["data"], &mut failure);
        let _ = write!(failure, "\nerrors: {}", json["errors"]);
        Err(failure)
    }
}

/// Where two answers differ, as deep down as can be told.
fn differences(place: &str, expected: &Value, got: &Value, told: &mut String) {
    match (expected, got) {
        (Value::Object(one), Value::Object(_)) => {
            one.iter().for_each(|(name, value)| differences(&format!("{place}.{name}"), value, &got[name], told));
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            let pairs = one.iter().zip(other).enumerate();
            pairs.for_each(|(number, (one, other))| differences(&format!("{place}[{number}]"), one, other, told));
        }
        _ if expected == got || told.len() > 6_000 => {}
        _ => {
            let _ = write!(told, "\nat {place}\n  expected {expected}\n  got      {got}");
        }
    }
}

async fn compare(db: TestDb, share: Share, number: usize) {
    let seed = seed() + u64::try_from(number).expect("there are few sites");
    let site = Site::new(db, seed).await;
    let questions = share.questions(cases() / OF_A_QUESTION) / SITES;
    let failures: Vec<String> = (0..questions).filter_map(|number| site.failure(share, number)).take(ENOUGH).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

tests::on_both_databases! {
    async fn articles_are_listed_as_the_model_lists_them_on_the_first_site(db: TestDb) {
        compare(db, Share::Articles, 0).await;
    }

    async fn articles_are_listed_as_the_model_lists_them_on_the_second_site(db: TestDb) {
        compare(db, Share::Articles, 1).await;
    }

    async fn articles_are_listed_as_the_model_lists_them_on_the_third_site(db: TestDb) {
        compare(db, Share::Articles, 2).await;
    }

    async fn articles_of_everything_are_listed_as_the_model_lists_them_on_the_first_site(db: TestDb) {
        compare(db, Share::Nested, 0).await;
    }

    async fn articles_of_everything_are_listed_as_the_model_lists_them_on_the_second_site(db: TestDb) {
        compare(db, Share::Nested, 1).await;
    }

    async fn articles_of_everything_are_listed_as_the_model_lists_them_on_the_third_site(db: TestDb) {
        compare(db, Share::Nested, 2).await;
    }

    async fn everything_else_is_listed_as_the_model_lists_it_on_the_first_site(db: TestDb) {
        compare(db, Share::Others, 0).await;
    }

    async fn everything_else_is_listed_as_the_model_lists_it_on_the_second_site(db: TestDb) {
        compare(db, Share::Others, 1).await;
    }

    async fn everything_else_is_listed_as_the_model_lists_it_on_the_third_site(db: TestDb) {
        compare(db, Share::Others, 2).await;
    }
}
