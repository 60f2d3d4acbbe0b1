//! Judges documents as section 5 of the specification does, and as its reference implementation does where that is stricter.
//! Knows neither requests nor content.
//!
//! The document is read by apollo-compiler, whose own validation differs from the reference in what it lets through and in what
//! it refuses. So the rules are here: each is linear in the document, and none recurses on what a client nests.

mod finding;
mod introspection;
mod merge;
mod references;
mod suggest;
mod syntax;
mod text;
mod values;
mod walk;

use apollo_compiler::{
    ExecutableDocument, Name, Schema,
    ast::{Definition, Document, FieldDefinition, Type},
    parser::Parser,
    schema::{Component, ExtendedType},
    validation::{DiagnosticList, Valid},
};
use finding::{Finding, What};
use merge::Merge;
use references::Index;
use syntax::{Readable, Unreadable};
use text::{Positions, cut};
use walk::Walk;

pub use syntax::tokens;

/// Judges documents as section 5 of the specification does.
pub struct Validator {
    schema: Valid<Schema>,
    suggestions: bool,
}

/// Of what kind a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The document is no GraphQL.
    Syntax,
    /// The document does not fit the schema.
    Invalid,
}

/// One mistake in a document, for whoever wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Of what kind it is.
    pub kind: Kind,
    /// What is wrong, in a client's words.
    pub message: String,
    /// Where, as lines and columns from 1. Columns are counted in UTF-16 code units.
    pub locations: Vec<(usize, usize)>,
}

impl Validator {
    /// The most problems that are told of one document.
    pub const MAX_PROBLEMS: usize = 20;

    /// The most levels that are ever read. The compiler's tree is made by recursion; without optimisation a stack of 2 MiB takes
    /// 500 levels and not 700.
    pub const DEEPEST: usize = 300;

    /// `sdl`: the schema that is served. Without `suggestions` no message tells a name of it that the client did not write.
    ///
    /// # Errors
    ///
    /// The schema is none.
    pub fn new(sdl: &str, suggestions: bool) -> crate::Result<Self> {
        let invalid = |problem: String| crate::Error::Setting { setting: "schema".to_owned(), problem };
        let mut schema = Schema::parse(sdl, "schema.graphql").map_err(|error| invalid(error.errors.to_string()))?;
        add_is_one_of(&mut schema);
        let schema = schema.validate().map_err(|error| invalid(error.errors.to_string()))?;
        Ok(Self { schema, suggestions })
    }

    /// The schema, for whoever walks a document by its types.
    #[must_use]
    pub fn schema(&self) -> &Valid<Schema> {
        &self.schema
    }

    /// A document that fits the schema, or what is wrong with it, in the order of the text. Nothing may be nested more than
    /// `recursion` levels deep, nor more than [`Self::DEEPEST`].
    ///
    /// Operations of a kind that the schema does not have are valid, as the specification has it, but left out.
    ///
    /// # Errors
    ///
    /// At most [`Self::MAX_PROBLEMS`] problems.
    pub fn validate(&self, source: &str, recursion: usize) -> Result<Valid<ExecutableDocument>, Vec<Problem>> {
        let (mut document, foreign) = Self::read(source, recursion.min(Self::DEEPEST))?;
        let findings = self.findings(&document, &foreign, source);
        if !findings.is_empty() {
            return Err(self.problems(findings, source));
        }
        let has_root = |definition: &Definition| match definition {
            Definition::OperationDefinition(operation) => {
                self.schema.root_operation(operation.operation_type).is_some()
            }
            _ => true,
        };
        document.definitions.retain(has_root);
        let executable = document.to_executable(&self.schema).map(Valid::assume_valid);
        executable.map_err(|error| vec![unforeseen(&error.errors)])
    }

    /// The tree, and where definitions stand that a request may not hold.
    fn read(source: &str, recursion: usize) -> Result<(Document, Vec<usize>), Vec<Problem>> {
        let Readable { text, foreign } = syntax::read(source, recursion).map_err(|Unreadable { at, message }| {
            let locations = vec![Positions::new(source).of(at)];
            vec![Problem { kind: Kind::Syntax, message, locations }]
        })?;
        // It counts its levels in its own way, and there are several of them to one of ours.
        let mut parser = Parser::new().recursion_limit(recursion.saturating_mul(8).saturating_add(64));
        match parser.parse_ast(text, "request") {
            Ok(document) => Ok((document, foreign)),
            // It does not take a document without operations for one.
            Err(error) if !foreign.is_empty() => Ok((error.partial, foreign)),
            Err(error) => Err(vec![unforeseen(&error.errors)]),
        }
    }

    fn findings<'a>(&'a self, document: &'a Document, foreign: &[usize], source: &'a str) -> Vec<Finding<'a>> {
        let mut walk = Walk::new(&self.schema, source);
        let index = Index::new(document, |definition| walk.definition(definition));
        let mut findings = walk.findings;
        findings.extend(foreign.iter().map(|at| Finding { at: vec![*at], what: What::NotExecutable }));
        findings.extend(index.check(&self.schema));
        let goes_round = findings.iter().any(|finding| matches!(finding.what, What::FragmentCycle(_)));
        if !goes_round {
            findings.extend(Merge::check(&self.schema, source, &index));
        }
        findings.extend(introspection::check(&index));
        findings
    }

    fn problems(&self, mut findings: Vec<Finding<'_>>, source: &str) -> Vec<Problem> {
        findings.sort_by(|left, right| left.at.cmp(&right.at));
        // Two fields that are not one need not also be told to have two types.
        findings.dedup_by(|next, before| next == before || next.at.len() > 1 && next.at == before.at);
        findings.truncate(Self::MAX_PROBLEMS);
        let mut positions = Positions::new(source);
        let mut places = |finding: &Finding<'_>| {
            let Some((first, others)) = finding.at.split_first() else { return Vec::new() };
            let first = positions.of(*first);
            // The next problem may come before the other places of this one.
            let mut ahead = positions;
            std::iter::once(first).chain(others.iter().map(|place| ahead.of(*place))).collect()
        };
        let problem = |finding: Finding<'_>| Problem {
            kind: Kind::Invalid,
            locations: places(&finding),
            message: finding.what.message(&self.schema, self.suggestions),
        };
        findings.into_iter().map(problem).collect()
    }
}

/// What the compiler finds where we found nothing. There should be no such thing; but if there is, the document does not pass.
fn unforeseen(errors: &DiagnosticList) -> Problem {
    let message = errors.iter().next().map(|error| error.error.to_string()).unwrap_or_default();
    Problem { kind: Kind::Invalid, message: cut(&message).into_owned(), locations: Vec::new() }
}

/// Every server has `__Type.isOneOf`; the compiler does not know it yet.
fn add_is_one_of(schema: &mut Schema) {
    let Some(ExtendedType::Object(ty)) = schema.types.get_mut("__Type") else { return };
    let name = Name::new_static("isOneOf").ok();
    let boolean = Name::new_static("Boolean").ok();
    if let (Some(name), Some(boolean)) = (name, boolean) {
        let field = FieldDefinition {
            description: None,
            name: name.clone(),
            arguments: Vec::new(),
            ty: Type::Named(boolean),
            directives: apollo_compiler::ast::DirectiveList::default(),
        };
        ty.make_mut().fields.entry(name).or_insert_with(|| Component::new(field));
    }
}
