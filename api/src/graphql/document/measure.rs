//! What an operation asks for, in one pass over it and each of its fragments.

use super::{Document, Field, Operation, Refusal, Selection, Template, Values, ages, weights};
use crate::{
    Error,
    cache::tags::Kinds,
    config::Limits,
    error::{Code, Excess},
};
use async_graphql::{Pos, Value};
use std::time::Duration;

/// What a selection asks for. A fragment counts wherever it is spread.
#[derive(Clone, Copy, Debug, Default)]
pub struct Measure {
    /// Levels of fields.
    pub depth: usize,
    /// Levels of selections: of fields, inline fragments and spreads.
    levels: usize,
    /// Fields that stand at this level.
    fields: usize,
    aliases: usize,
    directives: usize,
    /// Of what is there once.
    fixed: u64,
    /// Of what is there for each row of the page around it.
    per_row: u64,
    /// Where it asks about the schema.
    schema: Option<Pos>,
    /// How long an answer may be kept by those who are not told of changes.
    pub max_age: Option<Duration>,
    /// What it shows.
    pub kinds: Kinds,
}

impl Measure {
    /// About the number of values in the largest answer.
    #[must_use]
    pub fn cost(&self) -> usize {
        usize::try_from(self.fixed.saturating_add(self.per_row)).unwrap_or(usize::MAX)
    }

    /// Adds what stands beside it.
    fn beside(&mut self, other: Self) {
        self.depth = self.depth.max(other.depth);
        self.levels = self.levels.max(other.levels);
        self.fields = self.fields.saturating_add(other.fields);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.directives = self.directives.saturating_add(other.directives);
        self.fixed = self.fixed.saturating_add(other.fixed);
        self.per_row = self.per_row.saturating_add(other.per_row);
        self.schema = self.schema.or(other.schema);
        self.max_age = shorter(self.max_age, other.max_age);
        self.kinds = self.kinds.and(other.kinds);
    }

    /// As the content of a fragment that bears so many directives.
    fn within(self, directives: usize) -> Self {
        Self { levels: self.levels + 1, directives: self.directives.saturating_add(directives), ..self }
    }
}

/// Measures an operation, and refuses it where it asks for more than is allowed.
///
/// # Errors
/// For the first limit that it is over.
pub fn check(document: &Document, operation: &Operation, values: &Values, limits: &Limits) -> Result<Measure, Refusal> {
    let measurer = Measurer::new(document, values, limits);
    let all = measurer.selections(&operation.selections);
    let deep = Code::QueryTooDeep;
    let complex = Code::QueryTooComplex;
    let bounds = [
        ("depth", all.depth, limits.depth, deep),
        // Fragments in one another go without fields, and still make the engine descend.
        ("depth of fragments", all.levels, limits.depth * 4, deep),
        ("variables", operation.variables.len(), limits.variables, complex),
        ("root fields", all.fields, limits.root_fields, complex),
        ("aliases", all.aliases, limits.aliases, complex),
        ("directives", all.directives.saturating_add(operation.directives), limits.directives, complex),
    ];
    for (limit, asked, max, code) in bounds {
        if asked > max {
            return Err(refusal(Excess { limit, asked, max, code, field: None }, operation.pos));
        }
    }
    if all.cost() > limits.cost {
        let (field, pos) = measurer.costliest(&operation.selections).unwrap_or_default();
        let excess = Excess { limit: "cost", asked: all.cost(), max: limits.cost, code: complex, field: Some(field) };
        return Err(refusal(excess, pos));
    }
    Ok(all)
}

/// Refuses an operation that asks about the schema.
///
/// # Errors
/// Where it does.
pub fn refuse_introspection(measure: &Measure) -> Result<(), Refusal> {
    measure.schema.map_or(Ok(()), |pos| Err(Refusal { error: Error::IntrospectionDisabled, pos: Some(pos) }))
}

fn refusal(excess: Excess, pos: Pos) -> Refusal {
    Refusal { error: Error::OverLimit(Box::new(excess)), pos: Some(pos) }
}

fn shorter(one: Option<Duration>, other: Option<Duration>) -> Option<Duration> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        _ => one.or(other),
    }
}

struct Measurer<'a> {
    values: &'a Values,
    limits: &'a Limits,
    /// Of the document's fragments, in their order: what they ask for, and the field in them that costs most.
    fragments: Vec<(Measure, Option<Share<'a>>)>,
}

/// A field, and what it costs for each row of the page around it.
#[derive(Clone, Copy)]
struct Share<'a> {
    field: &'a Field,
    cost: u64,
}

impl<'a> Measurer<'a> {
    fn new(document: &'a Document, values: &'a Values, limits: &'a Limits) -> Self {
        let mut measurer = Self { values, limits, fragments: Vec::with_capacity(document.fragments.len()) };
        for fragment in &document.fragments {
            let mut content = measurer.selections(&fragment.selections);
            content.directives = content.directives.saturating_add(fragment.directives);
            let most = measurer.most(&fragment.selections);
            measurer.fragments.push((content, most));
        }
        measurer
    }

    fn selections(&self, selections: &[Selection]) -> Measure {
        let mut all = Measure::default();
        for selection in selections {
            all.beside(self.selection(selection));
        }
        all
    }

    fn selection(&self, selection: &Selection) -> Measure {
        match selection {
            Selection::Field(field) => self.field(field),
            Selection::Inline(inline) => self.selections(&inline.selections).within(inline.directives),
            Selection::Spread(spread) => {
                let content = self.fragments.get(spread.fragment).map(|(content, _)| *content).unwrap_or_default();
                content.within(spread.directives)
            }
        }
    }

    fn field(&self, field: &Field) -> Measure {
        let inner = self.selections(&field.selections);
        let own = weights::of(field);
        let each = inner.fixed.saturating_add(inner.per_row);
        let (fixed, per_row) = if weights::is_rows(field) {
            (0, own.saturating_add(each))
        } else if weights::is_connection(field) {
            (own.saturating_add(inner.fixed).saturating_add(inner.per_row.saturating_mul(self.rows(field))), 0)
        } else if field.ty.is_list() {
            (own.saturating_add(each.saturating_mul(self.rows(field))), 0)
        } else {
            (own.saturating_add(each), 0)
        };
        let asks_for_schema = field.parent == "Query" && field.name.starts_with("__") && field.name != "__typename";
        Measure {
            depth: inner.depth + 1,
            levels: inner.levels + 1,
            fields: 1,
            aliases: inner.aliases.saturating_add(usize::from(field.alias.is_some())),
            directives: inner.directives.saturating_add(field.directives),
            fixed,
            per_row,
            schema: asks_for_schema.then_some(field.pos).or(inner.schema),
            max_age: shorter(inner.max_age, ages::of(&field.parent)),
            kinds: inner.kinds.and(Kinds::of(field.ty.inner_named_type())),
        }
    }

    /// How many rows the field's list may have.
    fn rows(&self, field: &Field) -> u64 {
        let argument = |name: &str| field.arguments.iter().find(|argument| argument.name == name);
        let given = |name: &str| argument(name).and_then(|argument| self.number(&argument.value));
        if let Some(ids) = argument("ids") {
            return self.length(&ids.value);
        }
        let asked = given("first").or_else(|| given("last")).or(field.default_first.map(|first| first as u64));
        match asked {
            Some(rows) => rows,
            None if weights::is_connection(field) => self.limits.default_page as u64,
            None => weights::rows(field),
        }
    }

    /// A number of rows; less than none is refused later.
    fn number(&self, value: &Template) -> Option<u64> {
        match self.value(value)? {
            Value::Number(number) => Some(number.as_u64().unwrap_or(0)),
            _ => None,
        }
    }

    fn length(&self, value: &Template) -> u64 {
        match value {
            Template::List(items) => items.len() as u64,
            value => match self.value(value) {
                Some(Value::List(items)) => items.len() as u64,
                _ => 1,
            },
        }
    }

    fn value<'b>(&'b self, value: &'b Template) -> Option<&'b Value> {
        match value {
            Template::Constant(value) => Some(value),
            Template::Variable(name) => self.values.get(name),
            Template::List(_) | Template::Object(_) => None,
        }
    }

    /// The field that most of the cost comes from, by the keys that lead to it: the last one with fields of its own that is
    /// half of what stands around it.
    fn costliest(&self, selections: &'a [Selection]) -> Option<(String, Pos)> {
        let mut here = self.most(selections)?;
        let mut keys = Vec::new();
        loop {
            let field = here.field;
            keys.push(field.alias.as_ref().unwrap_or(&field.name).as_str());
            let is_half = |next: &Share| next.cost.saturating_mul(self.times(field)).saturating_mul(2) >= here.cost;
            match self.most(&field.selections).filter(|next| is_half(next) && !next.field.selections.is_empty()) {
                Some(next) => here = next,
                None => return Some((keys.join("."), field.pos)),
            }
        }
    }

    /// How often what is selected of a field is there.
    fn times(&self, field: &Field) -> u64 {
        let has_rows = weights::is_connection(field) || (field.ty.is_list() && !weights::is_rows(field));
        if has_rows { self.rows(field) } else { 1 }
    }

    fn most(&self, selections: &'a [Selection]) -> Option<Share<'a>> {
        let of = |selection: &'a Selection| match selection {
            Selection::Field(field) => Some(Share { field, cost: self.field(field).cost() as u64 }),
            Selection::Inline(inline) => self.most(&inline.selections),
            Selection::Spread(spread) => self.fragments.get(spread.fragment).and_then(|(_, most)| *most),
        };
        selections.iter().filter_map(of).max_by_key(|share| share.cost)
    }
}
