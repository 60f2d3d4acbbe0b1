//! An operation for the engine: its values put in, and what is skipped left out.

use super::{Argument, Condition, Document, Field, Operation, Refusal, Rules, Selection, Values, values};
use crate::{
    Error,
    error::{Code, Excess},
};
use async_graphql::{
    Name, Pos, Positioned, Value,
    parser::types::{
        DocumentOperations, ExecutableDocument, Field as EngineField, FragmentDefinition, FragmentSpread,
        InlineFragment, OperationDefinition, Selection as EngineSelection, SelectionSet, TypeCondition,
    },
};
use std::collections::{BTreeSet, HashMap};

/// What is asked of every argument that is given: of which field, which one, and its value.
pub type Check<'a> = &'a dyn Fn(&Field, &Argument, &Value) -> Result<(), Error>;

/// What a request executes: one operation, the fragments that it needs, and values instead of variables.
///
/// # Errors
/// For each argument that does not fit its type, is over a limit, or is refused by `check`.
pub fn fill(
    document: &Document,
    operation: &Operation,
    values: &Values,
    rules: Rules<'_>,
    check: Check<'_>,
) -> Result<ExecutableDocument, Vec<Refusal>> {
    let mut filler = Filler {
        document,
        values,
        rules,
        check,
        room: rules.limits.body_bytes * 8,
        wanted: BTreeSet::new(),
        refusals: Vec::new(),
    };
    let selections = filler.selections(&operation.selections, operation.pos);
    let mut fragments = HashMap::new();
    // Whoever spreads a fragment stands behind it.
    while let Some(place) = filler.wanted.pop_last() {
        let Some(fragment) = document.fragments.get(place) else { continue };
        let definition = FragmentDefinition {
            type_condition: at(TypeCondition { on: at(fragment.on.clone(), fragment.pos) }, fragment.pos),
            directives: Vec::new(),
            selection_set: filler.selections(&fragment.selections, fragment.pos),
        };
        fragments.insert(fragment.name.clone(), at(definition, fragment.pos));
    }
    let definition = OperationDefinition {
        ty: operation.ty,
        variable_definitions: Vec::new(),
        directives: Vec::new(),
        selection_set: selections,
    };
    if !filler.refusals.is_empty() {
        return Err(filler.refusals);
    }
    Ok(ExecutableDocument { operations: DocumentOperations::Single(at(definition, operation.pos)), fragments })
}

struct Filler<'a> {
    document: &'a Document,
    values: &'a Values,
    rules: Rules<'a>,
    check: Check<'a>,
    /// Bytes that values may still take: a variable may stand in many places.
    room: usize,
    /// Fragments that are spread and not filled yet.
    wanted: BTreeSet<usize>,
    refusals: Vec<Refusal>,
}

impl Filler<'_> {
    fn selections(&mut self, selections: &[Selection], pos: Pos) -> Positioned<SelectionSet> {
        let mut items = Vec::with_capacity(selections.len());
        for selection in selections {
            items.extend(self.selection(selection));
        }
        at(SelectionSet { items }, pos)
    }

    fn selection(&mut self, selection: &Selection) -> Option<Positioned<EngineSelection>> {
        match selection {
            Selection::Field(field) if self.is_there(&field.conditions) => {
                Some(at(EngineSelection::Field(self.field(field)), field.pos))
            }
            Selection::Inline(inline) if self.is_there(&inline.conditions) => {
                let fragment = InlineFragment {
                    type_condition: inline
                        .on
                        .clone()
                        .map(|on| at(TypeCondition { on: at(on, inline.pos) }, inline.pos)),
                    directives: Vec::new(),
                    selection_set: self.selections(&inline.selections, inline.pos),
                };
                Some(at(EngineSelection::InlineFragment(at(fragment, inline.pos)), inline.pos))
            }
            Selection::Spread(spread) if self.is_there(&spread.conditions) => {
                self.document.fragments.get(spread.fragment).map(|fragment| {
                    self.wanted.insert(spread.fragment);
                    let fragment_name = at(fragment.name.clone(), spread.pos);
                    let spread_here = FragmentSpread { fragment_name, directives: Vec::new() };
                    at(EngineSelection::FragmentSpread(at(spread_here, spread.pos)), spread.pos)
                })
            }
            _ => None,
        }
    }

    fn field(&mut self, field: &Field) -> Positioned<EngineField> {
        let mut arguments = Vec::with_capacity(field.arguments.len());
        for argument in &field.arguments {
            let name = &argument.name;
            let value = self.value(field, argument).unwrap_or_else(|error| {
                self.refusals.push(Refusal { error, pos: Some(argument.pos) });
                None
            });
            arguments.extend(value.map(|value| (at(name.clone(), argument.pos), at(value.into_value(), argument.pos))));
        }
        let filled = EngineField {
            alias: field.alias.clone().map(|alias: Name| at(alias, field.pos)),
            name: at(field.name.clone(), field.pos),
            arguments,
            directives: Vec::new(),
            selection_set: self.selections(&field.selections, field.pos),
        };
        at(filled, field.pos)
    }

    fn value(&mut self, field: &Field, argument: &Argument) -> Result<Option<Value>, Error> {
        let value = values::with_variables(&argument.value, self.values);
        let Some(value) = value else { return Ok(None) };
        self.room = self.room.checked_sub(values::bytes(&value)).ok_or_else(|| self.no_room())?;
        let value = values::argument(&argument.name, &argument.ty, value, self.rules)?;
        (self.check)(field, argument, &value)?;
        Ok(Some(value))
    }

    fn no_room(&self) -> Error {
        let max = self.rules.limits.body_bytes * 8;
        let excess =
            Excess { limit: "bytes of arguments", asked: max + 1, max, code: Code::QueryTooComplex, field: None };
        Error::OverLimit(Box::new(excess))
    }

    fn is_there(&self, conditions: &[Condition]) -> bool {
        conditions.iter().all(|condition| condition.holds(self.values))
    }
}

fn at<T>(node: T, pos: Pos) -> Positioned<T> {
    Positioned::new(node, pos)
}
