//! Clients that ask all the time, and count what they are told: what is right, what is an error with a code, and what is neither.

use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};
use ureq::Agent;

/// Between two questions of one client.
const PAUSE: Duration = Duration::from_millis(10);

/// What the clients ask: the newest articles, which stay the same where older ones are added. Under another name it is another question,
/// which no answer was kept for.
const QUERY: &str = "articles(first: 5) { nodes { slug title authors { name } } }";

/// What came back.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// What the field became.
    Data(Value),
    /// Errors, each with a code.
    Codes(Vec<String>),
    /// No answer, or none as GraphQL over HTTP has them.
    Broken(String),
}

/// One client, with connections that it keeps.
pub struct Client {
    agent: Agent,
    url: String,
}

impl Client {
    /// Of a server.
    #[must_use]
    pub fn of(base: &str) -> Self {
        let config = Agent::config_builder().http_status_as_error(false).timeout_global(Some(Duration::from_secs(30)));
        Self { agent: config.build().into(), url: format!("{base}/graphql") }
    }

    /// What everyone asks, so that it is kept.
    #[must_use]
    pub fn kept(&self) -> Said {
        self.ask("kept")
    }

    /// The same as nobody has asked it before.
    #[must_use]
    pub fn fresh(&self) -> Said {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        self.ask(&format!("fresh{}", NUMBER.fetch_add(1, Ordering::Relaxed)))
    }

    fn ask(&self, name: &str) -> Said {
        let body = json!({ "query": format!("{{ {name}: {QUERY} }}") }).to_string();
        let request = self.agent.post(&self.url).header("content-type", "application/json");
        let mut answer = match request.send(body) {
            Ok(answer) => answer,
            Err(error) => return Said::Broken(error.to_string()),
        };
        let text = match answer.body_mut().read_to_string() {
            Ok(text) => text,
            Err(error) => return Said::Broken(error.to_string()),
        };
        let Ok(json) = serde_json::from_str::<Value>(&text) else { return Said::Broken(text) };
        let Some(errors) = json.get("errors") else { return Said::Data(json["data"][name].clone()) };
        let code = |error: &Value| error["extensions"]["code"].as_str().map(str::to_owned);
        let codes: Option<Vec<String>> = errors.as_array().map_or(&[][..], Vec::as_slice).iter().map(code).collect();
        codes.filter(|codes| !codes.is_empty()).map_or(Said::Broken(text), Said::Codes)
    }
}

/// What clients were told.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Answers that said what was there before.
    pub right: u64,
    /// Errors by their code.
    pub codes: BTreeMap<String, u64>,
    /// Everything else.
    pub broken: Vec<String>,
    /// The answer that took longest.
    pub slowest: Duration,
}

impl Tally {
    fn count(&mut self, said: Said, expected: &Value, took: Duration) {
        self.slowest = self.slowest.max(took);
        match said {
            Said::Data(data) if data == *expected => self.right += 1,
            Said::Data(data) => self.broken.push(data.to_string()),
            Said::Codes(codes) => {
                for code in codes {
                    *self.codes.entry(code).or_default() += 1;
                }
            }
            Said::Broken(what) => self.broken.push(what),
        }
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        for (code, count) in other.codes {
            *self.codes.entry(code).or_default() += count;
        }
        self.broken.extend(other.broken);
        self.slowest = self.slowest.max(other.slowest);
    }

    /// How many errors with a code.
    #[must_use]
    pub fn errors(&self) -> u64 {
        self.codes.values().sum()
    }
}

/// Clients that go on until they are told to stop.
pub struct Load {
    stop: Arc<AtomicBool>,
    kept: Vec<JoinHandle<Tally>>,
    fresh: Vec<JoinHandle<Tally>>,
}

impl Load {
    /// So many that ask what is kept, and so many that ask what is not. What is right is what the server says now.
    ///
    /// # Panics
    /// When it says nothing.
    #[must_use]
    pub fn start(base: &str, kept: usize, fresh: usize) -> Self {
        let Said::Data(expected) = Client::of(base).kept() else { panic!("the server answers before the load") };
        let stop = Arc::new(AtomicBool::new(false));
        let ask = |ask: fn(&Client) -> Said| {
            let (client, stop, expected) = (Client::of(base), Arc::clone(&stop), expected.clone());
            thread::spawn(move || {
                let mut tally = Tally::default();
                while !stop.load(Ordering::Relaxed) {
                    let start = Instant::now();
                    let said = ask(&client);
                    tally.count(said, &expected, start.elapsed());
                    thread::sleep(PAUSE);
                }
                tally
            })
        };
        let kept = (0..kept).map(|_| ask(Client::kept)).collect();
        let fresh = (0..fresh).map(|_| ask(Client::fresh)).collect();
        Self { stop, kept, fresh }
    }

    /// What those were told who asked what is kept, and the others.
    ///
    /// # Panics
    /// When a client has.
    #[must_use]
    pub fn end(self) -> (Tally, Tally) {
        self.stop.store(true, Ordering::Relaxed);
        let sum = |clients: Vec<JoinHandle<Tally>>| {
            let mut sum = Tally::default();
            for client in clients {
                sum.add(client.join().expect("a client goes on whatever it hears"));
            }
            sum
        };
        (sum(self.kept), sum(self.fresh))
    }
}
