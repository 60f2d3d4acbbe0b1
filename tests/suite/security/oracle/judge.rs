//! Asks questions of all worlds, and tells which are answered differently.

use super::{BTreeMap, Question, World, json};
use std::{collections::BTreeSet, iter, thread};
use tests::app::Answer;

/// How many questions go into one request.
const TOGETHER: usize = 40;

/// How often statements are counted before it is said that their number differs.
const ROUNDS: usize = 8;

/// Hears what all worlds answer.
pub struct Judge<'a> {
    worlds: &'a [World],
    token: Option<&'a str>,
    asked: usize,
    differences: BTreeMap<String, Vec<String>>,
}

impl<'a> Judge<'a> {
    /// One who asks as the bearer of a token.
    pub fn new(worlds: &'a [World], token: Option<&'a str>) -> Self {
        Self { worlds, token, asked: 0, differences: BTreeMap::new() }
    }

    /// Asks.
    pub fn hear(&mut self, questions: &[Question]) {
        self.asked += questions.len();
        for together in questions.chunks(TOGETHER) {
            let heard = self.answers(together);
            let has_errors = heard.iter().any(|heard| heard.answer.contains("\"errors\""));
            // One that fails takes the others along.
            if has_errors || !self.are_alike(together, heard) {
                for question in together {
                    self.hear_one(question);
                }
            }
        }
    }

    /// Whether one of these is answered differently, whatever it costs.
    pub fn tells_apart(&self, questions: &[&Question]) -> bool {
        let together =
            |questions: &[&Question]| questions.iter().map(|question| (*question).clone()).collect::<Vec<_>>();
        questions.chunks(TOGETHER).any(|questions| {
            let heard = self.answers(&together(questions));
            heard.windows(2).any(|pair| pair[0].answer != pair[1].answer)
        })
    }

    fn hear_one(&mut self, question: &Question) {
        let one = std::slice::from_ref(question);
        let heard = self.answers(one);
        if !self.are_alike(one, heard.clone()) {
            let worlds = self.worlds.iter().zip(&heard).map(|(world, heard)| format!("  {}: {heard:?}", world.name));
            let told = format!("{}\n{}", question.text, worlds.collect::<Vec<_>>().join("\n"));
            self.differences.entry(question.about.clone()).or_default().push(told);
        }
    }

    /// Whether these are the same. How many statements were run depends a little on what came back first, so they are counted again
    /// where they differ; a difference that stays is one.
    fn are_alike(&self, questions: &[Question], heard: Vec<Heard>) -> bool {
        let mut rounds = iter::once(heard).chain(iter::repeat_with(|| self.answers(questions))).take(ROUNDS);
        let are_answers = |heard: &[Heard]| heard.windows(2).all(|pair| pair[0].answer == pair[1].answer);
        rounds
            .by_ref()
            .take_while(|heard| are_answers(heard))
            .any(|heard| heard.windows(2).all(|pair| pair[0] == pair[1]))
    }

    fn answers(&self, questions: &[Question]) -> Vec<Heard> {
        let fields = questions.iter().enumerate().map(|(number, question)| format!("q{number}: {}", question.text));
        let operation = format!("{{ {} }}", fields.collect::<Vec<_>>().join(" "));
        let ask = |world: &World| Heard::of(&world.app.ask(&operation, json!({}), self.token));
        thread::scope(|scope| {
            let asked: Vec<_> = self.worlds.iter().map(|world| scope.spawn(|| ask(world))).collect();
            asked.into_iter().map(|answer| answer.join().expect("a server answers")).collect()
        })
    }

    /// How many questions there were.
    pub const fn asked(&self) -> usize {
        self.asked
    }

    /// Fails with one example of each kind of question that is answered differently.
    pub fn assert_alike(&self) {
        let told = self.differences.iter().map(|(about, examples)| {
            let example: String = examples[0].chars().take(3_000).collect();
            format!("{about}: {} questions, e.g. {example}", examples.len())
        });
        let told: Vec<String> = told.collect();
        assert!(told.is_empty(), "of {} questions these tell what is hidden:\n{}", self.asked, told.join("\n\n"));
    }
}

/// What is answered, as far as it may not differ: everything but the time, and the length, which differs with how the time is
/// written.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Heard {
    answer: String,
    receipt: String,
}

impl Heard {
    fn of(answer: &Answer) -> Self {
        let headers = answer.headers.iter().filter(|(name, _)| !["date", "content-length"].contains(&name.as_str()));
        let headers: BTreeSet<String> = headers.map(|(name, value)| format!("{name}: {value:?}")).collect();
        let mut json = answer.json();
        let mut receipt = json["extensions"]["receipt"].take();
        if let Some(receipt) = receipt.as_object_mut() {
            receipt.remove("databaseMs").expect("a receipt tells the time");
        }
        Self { answer: format!("{} {headers:?} {json}", answer.status), receipt: receipt.to_string() }
    }
}
