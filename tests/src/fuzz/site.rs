//! A small site that is asked within the process: without HTML, without a socket, and with every statement in sight.

use crate::{
    app::{self, NOW, TestClock, instant},
    db::TestDb,
    seed::{self, Seed},
};
use api::{
    audience::Audience,
    db::Db,
    graphql::{
        answer::{Answer, Reply},
        api::{Api, Asked, Caller},
    },
};
use sea_orm::Statement;
use serde_json::{Value, json};
use std::{
    sync::{Arc, Mutex, OnceLock},
    time::Duration,
};
use tokio::{
    runtime::{Builder, Runtime},
    time::Instant,
};

/// What is answered from the cache is not asked of the database.
const FLAGS: [&str; 2] = ["--response-cache-bytes=0", "--max-batch=4"];

/// libFuzzer's own limit says what is too slow; a build without optimisations on a busy machine is.
const TIME: Duration = Duration::from_mins(2);

/// Codes with which a request may be refused. Whatever else comes out is a bug, too little time among it.
const REFUSALS: [&str; 12] = [
    "GRAPHQL_PARSE_FAILED",
    "GRAPHQL_VALIDATION_FAILED",
    "BAD_USER_INPUT",
    "CURSOR_INVALID",
    "CURSOR_MISMATCH",
    "FORBIDDEN",
    "QUERY_TOO_DEEP",
    "QUERY_TOO_COMPLEX",
    "PAYLOAD_TOO_LARGE",
    "PERSISTED_QUERY_NOT_FOUND",
    "PERSISTED_QUERY_REQUIRED",
    "INTROSPECTION_DISABLED",
];

/// The content of `tests/content/site`, and what answers questions about it.
pub struct Site {
    api: Api,
    /// The same over the same database, without plans.
    engine: Api,
    statements: Arc<Mutex<Vec<Statement>>>,
    texts: OnceLock<Vec<Text>>,
    // Goes after what is connected to it.
    _db: TestDb,
}

/// What of an article is searched, folded.
pub(super) struct Text {
    pub id: String,
    pub title: String,
    pub body: String,
}

impl Site {
    /// In an empty database.
    pub async fn new(db: TestDb) -> Self {
        seed::plant(&db, Seed::Content).await;
        let statements = Arc::<Mutex<Vec<Statement>>>::default();
        let noted = Arc::clone(&statements);
        let watched = Db::connect(db.url()).await.expect("the database answers").watched(move |statement| {
            noted.lock().expect("nobody fails while noting").push(statement.clone());
            Ok(())
        });
        let (api, engine) = (api(&db, &watched, "true").await, api(&db, &watched, "false").await);
        Self { api, engine, statements, texts: OnceLock::new(), _db: db }
    }

    /// The answer to one operation, which every way of answering gives alike, and the statements that it took.
    pub(super) async fn ask(&self, query: &str, variables: &Value, is_preview: bool) -> (Value, Vec<Statement>) {
        let asked = || Asked {
            query: Some(query.to_owned()),
            document_id: None,
            operation_name: None,
            variables: variables.as_object().cloned(),
            extensions: None,
        };
        let answer = answer(&self.api, asked(), is_preview).await;
        let of_engine = self::answer(&self.engine, asked(), is_preview).await;
        assert_eq!(answer, of_engine, "a plan and the engine answer\n{query}\n{variables}");
        (answer, std::mem::take(&mut *self.statements.lock().expect("nobody fails while noting")))
    }

    /// The answer to what a request has asked.
    pub(super) async fn answer(&self, asked: Asked) -> Value {
        answer(&self.api, asked, false).await
    }

    /// The answers to a batch.
    pub(super) async fn answer_all(&self, asked: Vec<Asked>) -> Value {
        let answers = self.api.answer_all(asked, &caller(&self.api, false)).await;
        Value::Array(answers.into_iter().map(judged).collect())
    }

    /// What can be found.
    pub(super) async fn texts(&self) -> &[Text] {
        if let Some(texts) = self.texts.get() {
            return texts;
        }
        let (answer, _) =
            self.ask("{ articles(first: 1000) { nodes { id title body { text } } } }", &json!({}), false).await;
        let nodes = answer["data"]["articles"]["nodes"].as_array().expect("articles are listed");
        let text = |value: &Value| value.as_str().expect("it is a text").to_owned();
        let texts = nodes.iter().map(|node| Text {
            id: text(&node["id"]),
            title: api::search::folded(&text(&node["title"])),
            body: api::search::folded(&text(&node["body"]["text"])),
        });
        self.texts.get_or_init(|| texts.collect())
    }
}

async fn api(db: &TestDb, watched: &Db, shortcuts: &str) -> Api {
    let shortcuts = format!("--shortcuts={shortcuts}");
    let mut app = app::open(db, &TestClock::at(NOW), &[FLAGS[0], FLAGS[1], &shortcuts]).await;
    app.db = watched.clone();
    Api::new(app).expect("the schema is one")
}

fn caller(api: &Api, is_preview: bool) -> Caller {
    Caller {
        audience: Audience { now: instant(NOW), is_preview },
        only_reads: false,
        wants_receipt: false,
        deadline: Instant::now() + TIME,
        call: api.observer().call(|_| None),
        spoken: None,
    }
}

async fn answer(api: &Api, asked: Asked, is_preview: bool) -> Value {
    let caller = caller(api, is_preview);
    let mut place = Some(api.enter(caller.deadline).await.expect("nobody else asks"));
    match api.answer(asked, &caller, &mut place).await {
        Ok(Reply::Whole(whole, _)) => serde_json::from_slice(&whole.body).expect("an answer is JSON"),
        Ok(Reply::Answer(answer)) => judged(answer),
        Err(error) => panic!("no answer: {error}"),
    }
}

/// An answer of which every error has a code that a client can act on.
fn judged(answer: Answer) -> Value {
    let answer = serde_json::to_value(answer).expect("an answer is JSON");
    for error in answer["errors"].as_array().into_iter().flatten() {
        let code = error["extensions"]["code"].as_str().unwrap_or_default();
        assert!(REFUSALS.contains(&code), "{error}");
    }
    answer
}

/// Asks a site that is made once for the process.
pub(super) fn on_site(ask: impl AsyncFnOnce(&Site)) {
    static MADE: OnceLock<(Mutex<Runtime>, Site)> = OnceLock::new();
    let (runtime, site) = MADE.get_or_init(|| {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime can be made");
        let site = runtime.block_on(async { Site::new(TestDb::sqlite().await).await });
        (Mutex::new(runtime), site)
    });
    runtime.lock().expect("one input at a time").block_on(ask(site));
}
