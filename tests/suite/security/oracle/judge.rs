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
            let texts: Vec<String> = heard.iter().map(|heard| format!("{} {}", heard.receipt, heard.answer)).collect();
            let worlds = self.worlds.iter().zip(around_the_difference(&texts));
            let worlds = worlds.map(|(world, text)| format!("  {}: {text}", world.name));
            let told = format!("{}\n{}", question.text, worlds.collect::<Vec<_>>().join("\n"));
            self.differences.entry(question.about.clone()).or_default().push(told);
        }
    }

    /// Whether these are the same. How many statements were run depends a little on what came back first, so they are counted again
    /// where they differ: two receipts that no world shares with the others are a difference.
    fn are_alike(&self, questions: &[Question], heard: Vec<Heard>) -> bool {
        let mut receipts: Vec<BTreeSet<String>> = vec![BTreeSet::new(); self.worlds.len()];
        let rounds = iter::once(heard).chain(iter::repeat_with(|| self.answers(questions))).take(ROUNDS);
        for heard in rounds {
            if !heard.windows(2).all(|pair| pair[0].answer == pair[1].answer) {
                return false;
            }
            for (seen, heard) in receipts.iter_mut().zip(heard) {
                seen.insert(heard.receipt);
            }
            let is_seen_by_all = |receipt: &String| receipts.iter().all(|seen| seen.contains(receipt));
            if receipts[0].iter().any(is_seen_by_all) {
                return true;
            }
        }
        false
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
        let told = self
            .differences
            .iter()
            .map(|(about, examples)| format!("{about}: {} questions, e.g. {}", examples.len(), examples[0]));
        let told: Vec<String> = told.collect();
        assert!(told.is_empty(), "of {} questions these tell what is hidden:\n{}", self.asked, told.join("\n\n"));
    }
}

/// A part of each text, from a little before the first place where they are not the same.
fn around_the_difference(texts: &[String]) -> Vec<String> {
    let letters: Vec<Vec<char>> = texts.iter().map(|text| text.chars().collect()).collect();
    let is_same = |at: &usize| letters.windows(2).all(|pair| pair[0].get(*at) == pair[1].get(*at));
    let at = (0..letters[0].len()).take_while(is_same).count().saturating_sub(200);
    letters.iter().map(|letters| letters.iter().skip(at).take(500).collect()).collect()
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
        // The order of the names in a list is that of a hash table, and differs with every start of a server.
        let sorted = |value: &str| value.split(", ").map(str::to_owned).collect::<BTreeSet<_>>();
        let headers: BTreeSet<String> = headers
            .map(|(name, value)| format!("{name}: {:?}", sorted(&String::from_utf8_lossy(value.as_bytes()))))
            .collect();
        let mut json = answer.json();
        let mut receipt = json["extensions"]["receipt"].take();
        if let Some(receipt) = receipt.as_object_mut() {
            receipt.remove("databaseMs").expect("a receipt tells the time");
        }
        Self { answer: format!("{} {headers:?} {json}", answer.status), receipt: receipt.to_string() }
    }
}
