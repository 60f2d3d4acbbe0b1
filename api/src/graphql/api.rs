//! From what a client asks to what it is answered. Knows nothing about HTTP.

pub use super::admission::Place;

use super::{
    Schema,
    admission::Admission,
    answer::{Answer, Cached, Outcome, Receipt, Reply},
    arguments,
    context::Reader,
    document::{self, Arguments, Document, Measure, Refusal, Rules, Values},
    documents::{Documents, Verdict},
    errors,
    plan::Plan,
};
use crate::{
    Error, Result,
    app::App,
    audience::Audience,
    cache::{Answers, Found, Key, Spoken, Way, Whole, tags},
    db::{self, Db, Known, Stamps},
    error::{Code, Excess},
    freshness::Freshness,
    observe::{self, Call, Exchange, Observer, Operation},
};
use async_graphql::{
    Request, Response, ServerError,
    parser::types::{DocumentOperations, ExecutableDocument},
};
use bytes::Bytes;
use futures_util::FutureExt;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::{
    collections::HashMap,
    pin::pin,
    sync::{Arc, OnceLock},
};
use tokio::time::{Instant, timeout_at};

/// How often an operation is executed, while others write, before it is executed in a transaction.
const TRIES: usize = 3;

/// Answers GraphQL requests. One for the whole server.
pub struct Api {
    app: App,
    schema: Schema,
    documents: Documents,
    admission: Admission,
    /// None where no answer is kept.
    answers: Option<Answers>,
    observer: Arc<Observer>,
}

/// What a client asks, as the JSON of a request has it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Asked {
    /// The document; none where the request names one that is known.
    #[serde(default)]
    pub query: Option<String>,
    /// The name of the document.
    #[serde(default)]
    pub document_id: Option<String>,
    /// Which operation of the document.
    #[serde(default)]
    pub operation_name: Option<String>,
    /// Values by name.
    #[serde(default)]
    pub variables: Option<Map<String, Value>>,
    /// Must be an object where it is given.
    #[serde(default)]
    pub extensions: Option<Map<String, Value>>,
}

/// Who asks, and how.
#[derive(Clone, Debug)]
pub struct Caller {
    /// What may be seen, decided once.
    pub audience: Audience,
    /// The request came by a method that changes nothing.
    pub only_reads: bool,
    /// `extensions.receipt` is wanted.
    pub wants_receipt: bool,
    /// When the time of the request is over.
    pub deadline: Instant,
    /// As which it is told of.
    pub call: Call,
    /// How it came in, by which it may be known when it comes again.
    pub spoken: Option<Spoken>,
}

impl Caller {
    /// What goes by other caches is tagged.
    const fn wants_tags(&self) -> bool {
        self.only_reads && !self.audience.is_preview
    }

    const fn is_served_by(&self, whole: &Whole) -> bool {
        !self.wants_tags() || whole.surrogates.is_some()
    }

    /// With how the request came in.
    #[must_use]
    pub fn spoken(self, way: Way, bytes: Bytes) -> Self {
        let is_preview = self.audience.is_preview;
        Self { spoken: Some(Spoken { way, is_preview, bytes }), ..self }
    }
}

impl Api {
    /// Over a database and its settings.
    ///
    /// # Errors
    /// When the schema is none.
    pub fn new(app: App) -> Result<Self> {
        let observer = Arc::new(Observer::new(&app.settings, app.db.durations())?);
        Ok(Self {
            schema: super::schema(),
            documents: Documents::new(&app.settings, Arc::clone(&observer))?,
            admission: Admission::new(app.limits()),
            answers: Answers::new(app.settings.response_cache_bytes),
            observer,
            app,
        })
    }

    /// The database and the settings.
    #[must_use]
    pub const fn app(&self) -> &App {
        &self.app
    }

    /// Who is told of what is asked.
    #[must_use]
    pub fn observer(&self) -> &Observer {
        &self.observer
    }

    /// The places to work.
    #[must_use]
    pub(super) const fn admission(&self) -> &Admission {
        &self.admission
    }

    /// The answers that are kept, where any are.
    #[must_use]
    pub(super) const fn answers(&self) -> Option<&Answers> {
        self.answers.as_ref()
    }

    /// A place to work, as soon as there is one. Half of the time is for working: who came out of the line with the last moment of
    /// it would work for nothing.
    ///
    /// # Errors
    /// [`Error::Overloaded`]: at once where the line is full, else when half of the time is over.
    pub async fn enter(&self, deadline: Instant) -> Result<Place<'_>> {
        let by = deadline.checked_sub(self.app.limits().request_time / 2).unwrap_or(deadline);
        self.admission.enter(by).await
    }

    /// The answer to what was asked in the same bytes before, while it holds. Costs neither a place nor a statement.
    #[must_use]
    pub fn again(&self, caller: &Caller) -> Option<(Arc<Whole>, Option<Receipt>)> {
        let (answers, spoken) = (self.answers.as_ref()?, caller.spoken.as_ref()?);
        let generation = self.app.freshness.generation()?;
        let whole =
            answers.again(spoken, generation, caller.audience.now).filter(|whole| caller.is_served_by(whole))?;
        self.saw_hit(caller, &whole);
        let receipt = caller.wants_receipt.then(|| Receipt::hit(whole.cost, whole.depth));
        Some((whole, receipt))
    }

    /// The bytes of an answer, compressed once for all who ask for it; none where that is done while it goes out.
    #[must_use]
    pub fn zipped(&self, whole: &Arc<Whole>) -> Option<Bytes> {
        if whole.gzip.is_some() || !whole.is_for_zipping() {
            return whole.gzip.clone();
        }
        self.answers.as_ref()?.zipped(whole).gzip.clone()
    }

    /// The answers to the operations of one request, in their order. What they cost is added up.
    pub async fn answer_all(&self, asked: Vec<Asked>, caller: &Caller) -> Vec<Answer> {
        let prepared: Vec<_> = asked.into_iter().map(|asked| self.prepare(asked, caller)).collect();
        let costs = prepared.iter().filter_map(|it| it.as_ref().ok()).map(|it| it.measure.cost());
        let (cost, max) = (costs.fold(0, usize::saturating_add), self.app.limits().cost);
        let is_over = cost > max;
        let mut answers = Vec::with_capacity(prepared.len());
        for prepared in prepared {
            answers.push(match prepared {
                Ok(_) if is_over => {
                    let limit = "cost of all operations together";
                    let excess = Excess { limit, asked: cost, max, code: Code::QueryTooComplex, field: None };
                    self.refuse(Refused::from(Error::OverLimit(Box::new(excess))), caller)
                }
                Ok(prepared) => {
                    let Executed { made, read, .. } = self.execute(&prepared, caller, By::Engine).await;
                    let receipt = caller.wants_receipt.then(|| prepared.receipt(read, false, Cached::Off));
                    let answer = match made {
                        Made::Answer(answer) => answer,
                        // The engine makes none.
                        Made::Body(..) => Answer::failed(&Error::Cancelled),
                    };
                    self.saw(&prepared, caller, answer.code(), Cached::Off, read);
                    answer.with(receipt)
                }
                Err(refused) => self.refuse(refused, caller),
            });
        }
        answers
    }

    /// The answer to one operation. The place is given back while somebody else computes the same, and may be taken again.
    ///
    /// # Errors
    /// When there is no place any more, or the answer is larger than answers may be.
    pub async fn answer<'a>(&'a self, asked: Asked, caller: &Caller, place: &mut Option<Place<'a>>) -> Result<Reply> {
        let prepared = match self.prepare(asked, caller) {
            Ok(prepared) => prepared,
            Err(refused) => return Ok(Reply::Answer(self.refuse(refused, caller))),
        };
        let generation = match &self.answers {
            Some(_) => timeout_at(caller.deadline, self.app.freshness.look(caller.audience)).await,
            None => return self.compute(&prepared, caller, Cached::Off).await,
        };
        match (&self.answers, generation) {
            (Some(answers), Ok(Ok(generation))) => self.shared(answers, &prepared, caller, place, generation).await,
            // Where the database fails or is too slow, executing tells so.
            _ => self.compute(&prepared, caller, Cached::Miss).await,
        }
    }

    /// The answer that is there, or that somebody computes already, or a new one for everyone. `generation` is the one that was
    /// known when it was asked: an answer of a later one is as good.
    async fn shared<'a>(
        &'a self,
        answers: &Answers,
        prepared: &Prepared,
        caller: &Caller,
        place: &mut Option<Place<'a>>,
        generation: i64,
    ) -> Result<Reply> {
        loop {
            let mut finding = pin!(answers.find(&prepared.key));
            let found = if let Some(found) = finding.as_mut().now_or_never() {
                found
            } else {
                // Nobody who has a place waits for somebody who may need one.
                *place = None;
                let Ok(found) = timeout_at(caller.deadline, finding).await else {
                    let answer = self.timed_out();
                    self.saw(prepared, caller, answer.code(), Cached::Miss, db::Receipt::default());
                    return Ok(Reply::Answer(answer));
                };
                found
            };
            match found {
                Found::Answer(whole) if whole.holds(generation, self.app.now()) && caller.is_served_by(&whole) => {
                    self.learn(prepared, caller);
                    self.saw_hit(caller, &whole);
                    let receipt = caller.wants_receipt.then(|| Receipt::hit(whole.cost, whole.depth));
                    return Ok(Reply::Whole(whole, receipt));
                }
                Found::Answer(stale) => answers.forget(&prepared.key, &stale),
                Found::Nothing(flight) => {
                    if place.is_none() {
                        *place = Some(self.enter(caller.deadline).await?);
                    }
                    let reply = self.compute(prepared, caller, Cached::Miss).await?;
                    if let Reply::Whole(whole, _) = &reply {
                        flight.land(Arc::clone(whole));
                        answers.sweep(whole.state.generation);
                        self.learn(prepared, caller);
                    }
                    return Ok(reply);
                }
            }
        }
    }

    fn learn(&self, prepared: &Prepared, caller: &Caller) {
        if let (Some(answers), Some(spoken)) = (&self.answers, &caller.spoken) {
            answers.learn(spoken, prepared.key);
        }
    }

    fn saw_hit(&self, caller: &Caller, whole: &Whole) {
        let (operation, cache) = (Some(&*whole.operation), Some(Cached::Hit.as_str()));
        let read = db::Receipt::default();
        self.observer.saw(&Exchange { call: &caller.call, operation, code: None, cache, read });
    }

    fn saw(&self, prepared: &Prepared, caller: &Caller, code: Option<&str>, cached: Cached, read: db::Receipt) {
        let (operation, cache) = (Some(&*prepared.operation), Some(cached.as_str()));
        self.observer.saw(&Exchange { call: &caller.call, operation, code, cache, read });
    }

    /// Nothing was read for it.
    fn refuse(&self, refused: Refused, caller: &Caller) -> Answer {
        let operation = refused.operation.clone();
        let answer = refused.answer(caller);
        let (operation, code, read) = (operation.as_deref(), answer.code(), db::Receipt::default());
        self.observer.saw(&Exchange { call: &caller.call, operation, code, cache: None, read });
        answer
    }

    async fn compute(&self, prepared: &Prepared, caller: &Caller, cached: Cached) -> Result<Reply> {
        let by = if self.app.settings.shortcuts { By::Plan } else { By::Engine };
        let Executed { made, read, state } = self.execute(prepared, caller, by).await;
        let receipt = caller.wants_receipt.then(|| prepared.receipt(read, matches!(made, Made::Body(..)), cached));
        let reply = self.reply(prepared, caller, made, state, receipt);
        let code = match &reply {
            Ok(Reply::Whole(..)) => None,
            Ok(Reply::Answer(answer)) => answer.code(),
            Err(error) => Some(error.code().as_str()),
        };
        self.saw(prepared, caller, code, cached, read);
        reply
    }

    fn reply(
        &self,
        prepared: &Prepared,
        caller: &Caller,
        made: Made,
        state: Option<Known>,
        receipt: Option<Receipt>,
    ) -> Result<Reply> {
        let max_bytes = self.app.limits().answer_bytes;
        let (body, state, surrogates) = match (made, state) {
            (Made::Body(body, _), _) if body.len() > max_bytes => return Err(Error::AnswerTooLarge { max_bytes }),
            (Made::Body(body, surrogates), Some(state)) => (body, state, surrogates),
            (Made::Answer(mut answer), state) => {
                let surrogates = caller.wants_tags().then(|| answer.take_tags(prepared.measure.kinds).into());
                match state {
                    Some(state) if answer.errors.is_empty() => (answer.to_bytes(max_bytes)?, state, surrogates),
                    _ => return Ok(Reply::Answer(answer.with(receipt))),
                }
            }
            (Made::Body(..), None) => return Ok(Reply::Answer(Answer::failed(&Error::Cancelled).with(receipt))),
        };
        let Measure { depth, max_age, .. } = prepared.measure;
        let (cost, tag, operation) = (prepared.measure.cost(), OnceLock::new(), Arc::clone(&prepared.operation));
        let (key, gzip) = (prepared.key, None);
        let whole = Whole { key, operation, body, gzip, tag, cost, depth, state, max_age, surrogates };
        Ok(Reply::Whole(Arc::new(whole), receipt))
    }

    /// Everything that can be refused is refused here, without a statement.
    fn prepare(&self, asked: Asked, caller: &Caller) -> Result<Prepared, Refused> {
        let name = asked.operation_name.as_deref();
        let verdict = self.documents.asked(&asked)?;
        if caller.only_reads && verdict.changes_something(name) {
            let error = Error::BadRequest("GET answers queries alone; send this operation by POST");
            return Err(Refused { outcome: Outcome::WouldChange, ..Refused::from(error) });
        }
        let document = verdict.document.as_ref().map_err(|problems| Refused::new(problems.clone()))?;
        let place = document.place(name).ok_or_else(|| verdict.no_operation(name))?;
        let filled = self.fill(&verdict, document, place, &asked.variables.unwrap_or_default(), caller);
        let most = self.app.limits().errors;
        filled.map_err(|refusals| Refused {
            operation: verdict.observed.get(place).cloned(),
            ..Refused::new(refusals.iter().take(most).map(errors::refused).collect())
        })
    }

    fn fill(
        &self,
        verdict: &Arc<Verdict>,
        document: &Document,
        place: usize,
        variables: &Map<String, Value>,
        caller: &Caller,
    ) -> Result<Prepared, Vec<Refusal>> {
        let limits = self.app.limits();
        let names_types = self.app.settings.introspection;
        let rules = Rules { schema: self.documents.schema(), limits, names_types };
        let found = document.operations.get(place).zip(verdict.observed.get(place));
        let Some((operation, observed)) = found else { return Err(Vec::new()) };
        let values = document::variables(operation, variables, rules)?;
        let check =
            |field: &_, argument: &_, value: &_| arguments::check(field, argument, value, limits, caller.audience);
        // Linear in the document, whatever that asks for; and an argument over its limit is told before the cost that follows.
        let arguments = document::arguments(document, operation, &values, rules, &check)?;
        let measure = document::check(document, operation, &values, limits).map_err(|refusal| vec![refusal])?;
        if !names_types {
            document::refuse_introspection(&measure).map_err(|refusal| vec![refusal])?;
        }
        let key = Key::new(&verdict.hash, operation.name.as_deref(), &values, caller.audience.is_preview);
        Ok(Prepared {
            verdict: Arc::clone(verdict),
            operation: Arc::clone(observed),
            place,
            values,
            arguments,
            measure,
            key,
            tagged: caller.wants_tags(),
        })
    }

    async fn execute(&self, prepared: &Prepared, caller: &Caller, by: By) -> Executed {
        let executing = Box::pin(self.of_one_state(prepared, caller.audience, by));
        let executed = timeout_at(caller.deadline, observe::under(caller.call.id.clone(), executing)).await;
        let timed_out =
            |_| Executed { made: Made::Answer(self.timed_out()), read: db::Receipt::default(), state: None };
        executed.unwrap_or_else(timed_out)
    }

    fn timed_out(&self) -> Answer {
        Answer { outcome: Outcome::TimedOut, ..Answer::refusal(&Error::Timeout(self.app.limits().request_time)) }
    }

    /// Executes an operation so that its answer shows one state of the content: one after which nothing was written until everything
    /// was read. A generation does not come back. Where writers never pause for so long, it is read in a transaction.
    async fn of_one_state(&self, prepared: &Prepared, audience: Audience, by: By) -> Executed {
        let mut known = self.app.freshness.known().filter(|_| self.app.settings.shortcuts);
        let mut before = known.map(|known| known.generation).or_else(|| self.app.freshness.latest());
        if before.is_none() {
            // Where that fails, executing tells so.
            before = self.app.freshness.look(audience).await.ok();
        }
        for _ in 0..TRIES {
            let db = self.app.db.metered(known.filter(|known| known.covers(audience.now)));
            let made = self.make(prepared, &db, audience, by).await;
            let read = db.receipt();
            match (db.stamps(), db.known()) {
                (Stamps::None, known) => {
                    let state = known.or_else(|| before.map(Known::for_ever));
                    return Executed { made, read, state };
                }
                (Stamps::One(generation), Some(known)) if known.generation == generation => {
                    return Executed { made, read, state: Some(known) };
                }
                _ => {}
            }
            match self.app.freshness.close(audience).await {
                Ok(state) if before == Some(state.generation) => return Executed { made, read, state: Some(state) },
                Ok(state) => {
                    known = known.and(Some(state));
                    before = Some(state.generation);
                }
                Err(error) => return Executed { made: made.or_failed(&error), read, state: None },
            }
        }
        match self.app.db.in_snapshot().await {
            Ok(db) => {
                let state = Freshness::of_snapshot(&db, audience).await;
                let made = self.make(prepared, &db, audience, by).await;
                match state {
                    Ok(state) => Executed { made, read: db.receipt(), state: Some(state) },
                    Err(error) => Executed { made: made.or_failed(&error), read: db.receipt(), state: None },
                }
            }
            Err(error) => {
                Executed { made: Made::Answer(Answer::failed(&error)), read: db::Receipt::default(), state: None }
            }
        }
    }

    /// By its plan, if it has one; whatever that can not do, and all that goes wrong, is for the engine.
    async fn make(&self, prepared: &Prepared, db: &Db, audience: Audience, by: By) -> Made {
        if let (By::Plan, Some(plan)) = (by, prepared.plan()) {
            let tag = |ids| tags::tags(prepared.measure.kinds, &ids).into();
            match Box::pin(plan.run(&self.app, db, audience, &prepared.arguments, prepared.tagged)).await {
                Ok((body, shown)) => return Made::Body(body.into(), shown.map(tag)),
                Err(error) => tracing::debug!(%error, "a plan gave up"),
            }
        }
        let reader = Arc::new(Reader::new(&self.app, db.clone(), audience));
        let mut request = Request::new("").data(reader);
        request.set_parsed_query(prepared.document());
        Made::Answer(self.executed(Box::pin(self.schema.execute(request)).await))
    }

    fn executed(&self, mut response: Response) -> Answer {
        errors::translate(&mut response.errors);
        response.errors.truncate(self.app.limits().errors);
        let Response { data, errors, .. } = response;
        Answer { outcome: Outcome::Executed, errors, data: Some(data), extensions: None }
    }
}

/// By what an operation is answered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    /// Its plan, where it has one.
    Plan,
    Engine,
}

/// How an operation was answered.
enum Made {
    /// Without errors: all of it, as JSON, and by what it is tagged.
    Body(Bytes, Option<Bytes>),
    /// By the engine.
    Answer(Answer),
}

impl Made {
    /// What can not be known to be of one state is not told; an error that is told already is enough.
    fn or_failed(self, error: &Error) -> Self {
        match self {
            Self::Answer(answer) if !answer.errors.is_empty() => Self::Answer(answer),
            _ => Self::Answer(Answer { outcome: Outcome::Executed, ..Answer::failed(error) }),
        }
    }
}

/// What became of an operation.
struct Executed {
    made: Made,
    read: db::Receipt,
    /// The state of the content that it shows, where that is known.
    state: Option<Known>,
}

/// Why an operation is not executed.
struct Refused {
    outcome: Outcome,
    errors: Vec<ServerError>,
    /// Where it is known.
    operation: Option<Arc<Operation>>,
}

impl Refused {
    const fn new(errors: Vec<ServerError>) -> Self {
        Self { outcome: Outcome::Refused, errors, operation: None }
    }

    /// Nothing was read for it.
    fn answer(self, caller: &Caller) -> Answer {
        let receipt = Receipt { cost: None, depth: None, read: db::Receipt::default(), planned: false, cache: None };
        let receipt = caller.wants_receipt.then_some(receipt);
        Answer { outcome: self.outcome, ..Answer::refused(self.errors) }.with(receipt)
    }
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::new(vec![errors::refusal(&error)])
    }
}

/// What can be executed.
struct Prepared {
    verdict: Arc<Verdict>,
    /// As which it is told of.
    operation: Arc<Operation>,
    /// Of the operation in its document.
    place: usize,
    values: Values,
    arguments: Arguments,
    measure: Measure,
    key: Key,
    /// The ids of everything are also to be told.
    tagged: bool,
}

impl Prepared {
    fn plan(&self) -> Option<&Plan> {
        self.verdict.plans.get(self.place)?.as_ref()
    }

    /// For the engine.
    fn document(&self) -> ExecutableDocument {
        let document = self.verdict.document.as_ref().ok();
        let operation = document.and_then(|document| Some((document, document.operations.get(self.place)?)));
        let empty = || ExecutableDocument {
            operations: DocumentOperations::Multiple(HashMap::new()),
            fragments: HashMap::new(),
        };
        operation.map_or_else(empty, |(document, operation)| {
            document::fill(document, operation, &self.values, &self.arguments, self.tagged)
        })
    }

    fn receipt(&self, read: db::Receipt, planned: bool, cached: Cached) -> Receipt {
        let (cost, depth) = (Some(self.measure.cost()), Some(self.measure.depth));
        Receipt { cost, depth, read, planned, cache: Some(cached) }
    }
}
