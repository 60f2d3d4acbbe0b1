//! From what a client asks to what it is answered. Knows nothing about HTTP.

use super::{
    Schema, arguments,
    context::Reader,
    document::{self, Document, Measure, Operation, Refusal, Rules},
    documents::Documents,
    errors,
};
use crate::{
    Error, Result,
    app::App,
    audience::Audience,
    db::Receipt,
    error::{Code, Excess},
};
use async_graphql::{Request, Response, ServerError, parser::types::ExecutableDocument};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::{collections::BTreeMap, sync::Arc};
use tokio::time::{Instant, timeout_at};

/// Answers GraphQL requests. One for the whole server.
pub struct Api {
    app: App,
    schema: Schema,
    documents: Documents,
}

/// What a client asks, as the JSON of a request has it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Asked {
    /// The document.
    pub query: String,
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
#[derive(Clone, Copy, Debug)]
pub struct Caller {
    /// What may be seen, decided once.
    pub audience: Audience,
    /// The request came by a method that changes nothing.
    pub only_reads: bool,
    /// `extensions.receipt` is wanted.
    pub wants_receipt: bool,
    /// When the time of the request is over.
    pub deadline: Instant,
}

/// What goes out. A request that was not executed has errors and no `data`.
#[derive(Debug, Serialize)]
pub struct Answer {
    /// How far the request came.
    #[serde(skip)]
    pub outcome: Outcome,
    /// Each with its code.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ServerError>,
    /// Of a request that was executed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<async_graphql::Value>,
    /// What the client asked for besides.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub extensions: BTreeMap<&'static str, Value>,
}

/// How far a request came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was executed, whatever became of its fields.
    Executed,
    /// It was refused before it was executed.
    Refused,
    /// Refused, because it would change something by a method that changes nothing.
    WouldChange,
    /// It was stopped when its time was over.
    TimedOut,
}

impl Api {
    /// Over a database and its settings.
    ///
    /// # Errors
    /// When the schema is none.
    pub fn new(app: App) -> Result<Self> {
        Ok(Self { schema: super::schema(), documents: Documents::new(&app.settings)?, app })
    }

    /// The database and the settings.
    #[must_use]
    pub const fn app(&self) -> &App {
        &self.app
    }

    /// The answers to the operations of one request, in their order. What they cost is added up.
    pub async fn answer_all(&self, asked: Vec<Asked>, caller: Caller) -> Vec<Answer> {
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
                    Refused::from(Error::OverLimit(Box::new(excess))).answer(caller)
                }
                Ok(prepared) => self.execute(prepared, caller).await,
                Err(refused) => refused.answer(caller),
            });
        }
        answers
    }

    /// The answer to one operation.
    pub async fn answer(&self, asked: Asked, caller: Caller) -> Answer {
        match self.prepare(asked, caller) {
            Ok(prepared) => self.execute(prepared, caller).await,
            Err(refused) => refused.answer(caller),
        }
    }

    /// Everything that can be refused is refused here, without a statement.
    fn prepare(&self, asked: Asked, caller: Caller) -> Result<Prepared, Refused> {
        let name = asked.operation_name.as_deref();
        let verdict = self.documents.judge(&asked.query)?;
        if caller.only_reads && verdict.changes_something(name) {
            let error = Error::BadRequest("GET answers queries alone; send this operation by POST");
            return Err(Refused { outcome: Outcome::WouldChange, ..Refused::from(error) });
        }
        let document = verdict.document.as_ref().map_err(|problems| Refused::new(problems.clone()))?;
        let operation = document.operation(name).ok_or_else(|| verdict.no_operation(name))?;
        let filled = self.fill(document, operation, &asked.variables.unwrap_or_default(), caller);
        let most = self.app.limits().errors;
        filled.map_err(|refusals| Refused::new(refusals.iter().take(most).map(errors::refused).collect()))
    }

    fn fill(
        &self,
        document: &Document,
        operation: &Operation,
        variables: &Map<String, Value>,
        caller: Caller,
    ) -> Result<Prepared, Vec<Refusal>> {
        let limits = self.app.limits();
        let names_types = self.app.settings.introspection;
        let rules = Rules { schema: self.documents.schema(), limits, names_types };
        let values = document::variables(operation, variables, rules)?;
        let check =
            |field: &_, argument: &_, value: &_| arguments::check(field, argument, value, limits, caller.audience);
        // Linear in the document, whatever that asks for; and an argument over its limit is told before the cost that follows.
        let arguments = document::arguments(document, operation, &values, rules, &check)?;
        let filled = document::fill(document, operation, &values, &arguments);
        let measure = document::check(document, operation, &values, limits).map_err(|refusal| vec![refusal])?;
        if !names_types {
            document::refuse_introspection(&measure).map_err(|refusal| vec![refusal])?;
        }
        Ok(Prepared { document: filled, arguments, measure })
    }

    async fn execute(&self, prepared: Prepared, caller: Caller) -> Answer {
        let Prepared { document, measure, arguments: _ } = prepared;
        let reader = Arc::new(Reader::new(&self.app, caller.audience, None));
        let mut request = Request::new("").data(Arc::clone(&reader));
        request.set_parsed_query(document);
        let executed = timeout_at(caller.deadline, self.schema.execute(request)).await;
        let mut answer = executed.map_or_else(|_| self.timed_out(), |response| self.executed(response));
        if caller.wants_receipt {
            let receipt = json!({ "cost": measure.cost(), "depth": measure.depth });
            answer.extensions.insert("receipt", merged(receipt, reader.db.receipt()));
        }
        answer
    }

    fn timed_out(&self) -> Answer {
        Answer { outcome: Outcome::TimedOut, ..Answer::refusal(&Error::Timeout(self.app.limits().request_time)) }
    }

    fn executed(&self, mut response: Response) -> Answer {
        errors::translate(&mut response.errors);
        response.errors.truncate(self.app.limits().errors);
        let Response { data, errors, .. } = response;
        Answer { outcome: Outcome::Executed, errors, data: Some(data), extensions: BTreeMap::new() }
    }
}

/// Why an operation is not executed.
struct Refused {
    outcome: Outcome,
    errors: Vec<ServerError>,
}

impl Refused {
    const fn new(errors: Vec<ServerError>) -> Self {
        Self { outcome: Outcome::Refused, errors }
    }

    /// Nothing was read for it.
    fn answer(self, caller: Caller) -> Answer {
        let mut answer = Answer { outcome: self.outcome, ..Answer::refused(self.errors) };
        if caller.wants_receipt {
            answer.extensions.insert("receipt", merged(json!({}), Receipt::default()));
        }
        answer
    }
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::new(vec![errors::refusal(&error)])
    }
}

/// What can be executed.
struct Prepared {
    document: ExecutableDocument,
    arguments: document::Arguments,
    measure: Measure,
}

fn merged(mut receipt: Value, more: impl Serialize) -> Value {
    if let (Some(receipt), Ok(Value::Object(more))) = (receipt.as_object_mut(), serde_json::to_value(more)) {
        receipt.extend(more);
    }
    receipt
}

impl Answer {
    /// To a request that was not executed.
    #[must_use]
    pub const fn refused(errors: Vec<ServerError>) -> Self {
        Self { outcome: Outcome::Refused, errors, data: None, extensions: BTreeMap::new() }
    }

    /// [`refused`](Self::refused) for one reason.
    #[must_use]
    pub fn refusal(error: &Error) -> Self {
        Self::refused(vec![errors::refusal(error)])
    }
}
