//! Documents that were seen before: each is parsed, judged and compiled once.

use super::{
    api::Asked,
    document::{self, Document},
    errors, persisted,
    plan::{self, Plan},
    trusted::{self, Trusted},
    validation::{self, Kind, Validator},
};
use crate::{
    Error, Result,
    config::{Limits, Settings},
    error::{Code, Excess},
    observe::{Observer, Operation},
    text::shortened,
};
use apollo_compiler::{Schema, ast};
use async_graphql::ServerError;
use quick_cache::{Weighter, sync::Cache};
use sha2::{Digest, Sha256};
use std::{collections::HashMap, sync::Arc};

/// What verdicts may take together.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// About what a byte of a source takes when it is compiled: 2,000 operations made up of the schema, 741 bytes each, took 36 KB each.
const BYTES_PER_BYTE: u64 = 48;

/// Levels of a source, of selections and values together: twice the deepest `where`, and what stands around it.
const RECURSION: usize = 200;

/// The judge, and its verdicts by the hash of their documents.
pub struct Documents {
    validator: Validator,
    limits: Limits,
    verdicts: Cache<[u8; 32], Arc<Verdict>, ByBytes>,
    /// By their hashes: never forgotten.
    trusted: HashMap<[u8; 32], Arc<Verdict>>,
    names: HashMap<String, [u8; 32]>,
    /// No others are answered.
    only_trusted: bool,
    observer: Arc<Observer>,
}

/// What is known of a document.
#[derive(Debug)]
pub struct Verdict {
    /// Its operations, as far as they can be told.
    operations: Vec<(Option<String>, ast::OperationType)>,
    /// It fits the schema, or why not.
    pub document: Result<Document, Vec<ServerError>>,
    /// The faster ways of its operations that have one, in their order.
    pub plans: Vec<Option<Plan>>,
    /// As which its operations are told of, in their order.
    pub observed: Vec<Arc<Operation>>,
    /// The SHA-256 of its source.
    pub hash: [u8; 32],
    bytes: u64,
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<[u8; 32], Arc<Verdict>> for ByBytes {
    fn weight(&self, _: &[u8; 32], verdict: &Arc<Verdict>) -> u64 {
        verdict.bytes
    }
}

impl Documents {
    /// With the trusted documents alone.
    ///
    /// # Errors
    /// When the schema is none, or a trusted document can not be read or does not fit it.
    pub fn new(settings: &Settings, observer: Arc<Observer>) -> Result<Self> {
        let validator = Validator::new(&super::sdl(), settings.introspection && settings.suggestions)?;
        let mut documents = Self {
            validator,
            limits: settings.limits,
            verdicts: Cache::with_weighter(1_000, MAX_BYTES, ByBytes),
            trusted: HashMap::new(),
            names: HashMap::new(),
            only_trusted: settings.only_trusted_documents,
            observer,
        };
        if let Some(folder) = settings.trusted_documents.as_deref().filter(|folder| !folder.as_str().is_empty()) {
            trusted::read(folder)?.iter().try_for_each(|document| documents.trust(document))?;
        }
        Ok(documents)
    }

    /// Known from now on by its hash, with and without the end of its last line, and by its name.
    fn trust(&mut self, document: &Trusted) -> Result<()> {
        let Trusted { file, name, text } = document;
        let mut hash = [0; 32];
        for text in [text.as_str(), text.trim_end()] {
            hash = Sha256::digest(text).into();
            let verdict = self.verdict(text, hash).map_err(|error| trusted::refused(file, &error.to_string()))?;
            if let Err(problems) = &verdict.document {
                let first = problems.first();
                let line = first.and_then(|problem| problem.locations.first()).map_or(1, |pos| pos.line);
                let problem = first.map_or("it can not be understood", |problem| problem.message.as_str());
                return Err(trusted::refused(format_args!("{file}:{line}"), problem));
            }
            self.trusted.insert(hash, Arc::new(verdict));
        }
        match self.names.insert(name.clone(), hash) {
            Some(other) if other != hash => {
                Err(trusted::refused(file, &format!("another document is called `{name}` already")))
            }
            _ => Ok(()),
        }
    }

    /// What documents are judged by.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        self.validator.schema()
    }

    /// What is known of the document that a request brings along or names.
    ///
    /// # Errors
    /// When it is too long to be looked at, or is not the one that the request names; when the one that is named is not known, and
    /// when it is none of those that are answered.
    pub fn asked(&self, asked: &Asked) -> Result<Arc<Verdict>> {
        let name = persisted::name(asked)?;
        match (asked.query.as_deref(), name) {
            (Some(source), None) => self.judge(source),
            (Some(source), Some(name)) => {
                let verdict = self.judge(source)?;
                let is_meant = persisted::hash(name) == Some(verdict.hash)
                    || self
                        .names
                        .get(name)
                        .and_then(|hash| self.trusted.get(hash))
                        .is_some_and(|it| it.hash == verdict.hash);
                if is_meant { Ok(verdict) } else { Err(persisted::mismatch()) }
            }
            (None, Some(name)) => self.named(name).ok_or(Error::PersistedQueryNotFound),
            (None, None) => Err(persisted::missing()),
        }
    }

    /// Only what fits the schema is known by its name.
    fn named(&self, name: &str) -> Option<Arc<Verdict>> {
        let hash = self.names.get(name).copied().or_else(|| persisted::hash(name))?;
        if let Some(trusted) = self.trusted.get(&hash) {
            return Some(Arc::clone(trusted));
        }
        self.verdicts.get(&hash).filter(|verdict| verdict.document.is_ok() && !self.only_trusted)
    }

    fn judge(&self, source: &str) -> Result<Arc<Verdict>> {
        within("bytes of the document", source.len(), self.limits.query_bytes, Code::PayloadTooLarge)?;
        let key = Sha256::digest(source).into();
        if let Some(trusted) = self.trusted.get(&key) {
            return Ok(Arc::clone(trusted));
        }
        if self.only_trusted {
            return Err(Error::PersistedQueryRequired);
        }
        if let Some(verdict) = self.verdicts.get(&key) {
            return Ok(verdict);
        }
        let verdict = Arc::new(self.verdict(source, key)?);
        self.verdicts.insert(key, Arc::clone(&verdict));
        Ok(verdict)
    }

    fn verdict(&self, source: &str, hash: [u8; 32]) -> Result<Verdict> {
        within("tokens", validation::tokens(source), self.limits.tokens, Code::QueryTooComplex)?;
        let bytes = source.len() as u64 * BYTES_PER_BYTE + 1_024;
        let problems = match self.validator.validate(source, RECURSION) {
            Ok(valid) => {
                within("fragments", valid.fragments.len(), self.limits.fragments, Code::QueryTooComplex)?;
                within("operations", valid.operations.len(), self.limits.operations, Code::QueryTooComplex)?;
                let document = document::compile(&valid, source);
                let plans = document.operations.iter().map(|operation| plan::compile(&document, operation)).collect();
                let observed = |name: &Option<_>| self.observer.operation(name.as_deref(), &hash);
                let observed = document.operations.iter().map(|operation| observed(&operation.name)).collect();
                let operations = kinds(source);
                return Ok(Verdict { operations, document: Ok(document), plans, observed, hash, bytes });
            }
            Err(problems) => problems,
        };
        let is_graphql = problems.iter().all(|problem| problem.kind != Kind::Syntax);
        let operations = if is_graphql { kinds(source) } else { Vec::new() };
        let problems = problems.into_iter().take(self.limits.errors).map(errors::problem).collect();
        let (document, plans, observed) = (Err(problems), Vec::new(), Vec::new());
        Ok(Verdict { operations, document, plans, observed, hash, bytes })
    }
}

impl Verdict {
    /// Why there is no operation to be executed.
    #[must_use]
    pub fn no_operation(&self, operation_name: Option<&str>) -> Error {
        let is_meant = |name: &Option<String>| operation_name.is_none() || name.as_deref() == operation_name;
        let mut meant = self.operations.iter().filter(|(name, _)| is_meant(name));
        Error::NoOperation(match (meant.next(), meant.next(), operation_name) {
            (None, _, Some(name)) => format!("the document has no operation `{}`", shortened(name)),
            (None, _, None) => "the document has no operation".to_owned(),
            (Some((_, kind)), None, _) => format!("this API has no {kind}s"),
            (Some(_), Some(_), _) => "the document has several operations: say which in `operationName`".to_owned(),
        })
    }

    /// Whether the operation to be executed is another one than a query. Where no operation can be chosen, whether any is.
    #[must_use]
    pub fn changes_something(&self, operation_name: Option<&str>) -> bool {
        let is_meant = |name: &Option<String>| operation_name.is_none() || name.as_deref() == operation_name;
        self.operations.iter().any(|(name, kind)| is_meant(name) && *kind != ast::OperationType::Query)
    }
}

/// The operations of a document, also those that the schema has no root for.
fn kinds(source: &str) -> Vec<(Option<String>, ast::OperationType)> {
    let parsed = ast::Document::parse(source, "");
    let document = parsed.unwrap_or_else(|failed| failed.partial);
    let operation = |definition: &ast::Definition| match definition {
        ast::Definition::OperationDefinition(it) => {
            Some((it.name.as_ref().map(ToString::to_string), it.operation_type))
        }
        _ => None,
    };
    document.definitions.iter().filter_map(operation).collect()
}

fn within(limit: &'static str, asked: usize, max: usize, code: Code) -> Result<()> {
    if asked <= max {
        return Ok(());
    }
    Err(Error::OverLimit(Box::new(Excess { limit, asked, max, code, field: None })))
}
