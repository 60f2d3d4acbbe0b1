//! From what a client asks to what it is answered. Knows nothing about HTTP.

use super::{Schema, context::Reader, document, errors};
use crate::{Error, app::App, audience::Audience};
use async_graphql::{
    Request, Response, ServerError, Variables,
    parser::{parse_query, types::ExecutableDocument},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::{collections::BTreeMap, sync::Arc};

/// Answers GraphQL requests. One for the whole server.
pub struct Api {
    app: App,
    schema: Schema,
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
    #[must_use]
    pub fn new(app: App) -> Self {
        Self { schema: super::schema(), app }
    }

    /// The database and the settings.
    #[must_use]
    pub const fn app(&self) -> &App {
        &self.app
    }

    /// The answers to the operations of one request, in their order. There is at least one.
    pub async fn answer_all(&self, asked: Vec<Asked>, caller: Caller) -> Vec<Answer> {
        let mut answers = Vec::with_capacity(asked.len());
        for asked in asked {
            answers.push(self.answer(asked, caller).await);
        }
        answers
    }

    /// The answer to one operation.
    pub async fn answer(&self, asked: Asked, caller: Caller) -> Answer {
        let document = match parse_query(&asked.query) {
            Ok(document) => document,
            Err(error) => return Answer::refused(vec![errors::parse_failed(error)]),
        };
        if caller.only_reads && document::changes_something(&document, asked.operation_name.as_deref()) {
            let error = Error::BadRequest("GET answers queries alone; send this operation by POST");
            return Answer { outcome: Outcome::WouldChange, ..Answer::refusal(&error) };
        }
        self.execute(asked, document, caller).await
    }

    async fn execute(&self, asked: Asked, document: ExecutableDocument, caller: Caller) -> Answer {
        let variables = Variables::from_json(Value::Object(asked.variables.unwrap_or_default()));
        let unusable = document::unusable_variable(&document, asked.operation_name.as_deref(), &variables);
        if let Some((name, problem)) = unusable {
            return Answer::refusal(&Error::Variable { name: name.to_string(), problem });
        }
        let reader = Arc::new(Reader::new(&self.app, caller.audience));
        let mut executable = Request::new(asked.query).variables(variables).data(Arc::clone(&reader));
        executable.operation_name = asked.operation_name;
        executable.set_parsed_query(document);
        let mut response = self.schema.execute(executable).await;
        errors::translate(&mut response);

        let outcome = if was_executed(&response) { Outcome::Executed } else { Outcome::Refused };
        let data = (outcome == Outcome::Executed).then_some(response.data);
        let mut extensions = BTreeMap::new();
        if caller.wants_receipt {
            extensions.insert("receipt", serde_json::to_value(reader.db.receipt()).unwrap_or_default());
        }
        Answer { outcome, errors: response.errors, data, extensions }
    }
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

/// The engine answers `data: null` for a request that it refused too; only an error at a field tells that it ran.
fn was_executed(response: &Response) -> bool {
    response.errors.is_empty() || response.errors.iter().any(|error| !error.path.is_empty())
}
