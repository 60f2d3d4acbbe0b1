//! Values for what an operation asks, and the operation for the engine: its values put in, and what is skipped left out.

use super::{Argument, Document, Field, Operation, Refusal, Rules, Selection, Values, values};
use crate::{
    Error,
    cache::tags,
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

/// The arguments that fields are given, with values instead of variables.
#[derive(Debug)]
pub struct Arguments(Vec<Vec<(Name, Value)>>);

impl Arguments {
    /// Those of the field with this number in its document; none where it is skipped.
    #[must_use]
    pub fn of(&self, field: usize) -> &[(Name, Value)] {
        self.0.get(field).map_or(&[], Vec::as_slice)
    }
}

/// The arguments of everything that an operation asks for.
///
/// # Errors
/// For each that does not fit its type, is over a limit, or is refused by `check`.
pub fn arguments(
    document: &Document,
    operation: &Operation,
    values: &Values,
    rules: Rules<'_>,
    check: Check<'_>,
) -> Result<Arguments, Vec<Refusal>> {
    let mut filler = Filler {
        values,
        rules,
        check,
        room: rules.limits.body_bytes * 8,
        wanted: BTreeSet::new(),
        filled: vec![Vec::new(); document.fields],
        refusals: Vec::new(),
    };
    filler.fill(&operation.selections);
    // Whoever spreads a fragment stands behind it.
    while let Some(fragment) = filler.wanted.pop_last() {
        filler.fill(document.fragments.get(fragment).map_or(&[], |fragment| fragment.selections.as_slice()));
    }
    if filler.refusals.is_empty() { Ok(Arguments(filler.filled)) } else { Err(filler.refusals) }
}

struct Filler<'a> {
    values: &'a Values,
    rules: Rules<'a>,
    check: Check<'a>,
    /// Bytes that values may still take: a variable may stand in many places.
    room: usize,
    /// Fragments that are spread and not filled yet.
    wanted: BTreeSet<usize>,
    filled: Vec<Vec<(Name, Value)>>,
    refusals: Vec<Refusal>,
}

impl Filler<'_> {
    fn fill(&mut self, selections: &[Selection]) {
        for selection in selections.iter().filter(|selection| selection.is_there(self.values)) {
            match selection {
                Selection::Field(field) => {
                    self.field(field);
                    self.fill(&field.selections);
                }
                Selection::Inline(inline) => self.fill(&inline.selections),
                Selection::Spread(spread) => drop(self.wanted.insert(spread.fragment)),
            }
        }
    }

    fn field(&mut self, field: &Field) {
        let mut filled = Vec::with_capacity(field.arguments.len());
        for argument in &field.arguments {
            match self.value(field, argument) {
                Ok(value) => filled.extend(value.map(|value| (argument.name.clone(), value))),
                Err(error) => self.refusals.push(Refusal { error, pos: Some(argument.pos) }),
            }
        }
        if let Some(place) = self.filled.get_mut(field.number) {
            *place = filled;
        }
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
}

/// What the engine executes: one operation, the fragments that it needs, and values instead of variables. Where it is to be `tagged`,
/// it also asks for the id of each object that has one.
#[must_use]
pub fn fill(
    document: &Document,
    operation: &Operation,
    values: &Values,
    arguments: &Arguments,
    tagged: bool,
) -> ExecutableDocument {
    let mut maker = Maker { document, values, arguments, tagged, wanted: BTreeSet::new() };
    let selection_set = maker.selections(&operation.selections, "Query", operation.pos);
    let mut fragments = HashMap::new();
    while let Some(place) = maker.wanted.pop_last() {
        let Some(fragment) = document.fragments.get(place) else { continue };
        let definition = FragmentDefinition {
            type_condition: at(TypeCondition { on: at(fragment.on.clone(), fragment.pos) }, fragment.pos),
            directives: Vec::new(),
            selection_set: maker.selections(&fragment.selections, &fragment.on, fragment.pos),
        };
        fragments.insert(fragment.name.clone(), at(definition, fragment.pos));
    }
    let definition = OperationDefinition {
        ty: operation.ty,
        variable_definitions: Vec::new(),
        directives: Vec::new(),
        selection_set,
    };
    ExecutableDocument { operations: DocumentOperations::Single(at(definition, operation.pos)), fragments }
}

struct Maker<'a> {
    document: &'a Document,
    values: &'a Values,
    arguments: &'a Arguments,
    tagged: bool,
    /// Fragments that are spread and not made yet.
    wanted: BTreeSet<usize>,
}

impl Maker<'_> {
    /// `parent` is the type that is selected on.
    fn selections(&mut self, selections: &[Selection], parent: &str, pos: Pos) -> Positioned<SelectionSet> {
        let mut items = Vec::with_capacity(selections.len() + 1);
        for selection in selections.iter().filter(|selection| selection.is_there(self.values)) {
            items.extend(self.selection(selection, parent));
        }
        if self.tagged && tags::is_tagged(parent) {
            items.push(at(EngineSelection::Field(id(pos)), pos));
        }
        at(SelectionSet { items }, pos)
    }

    fn selection(&mut self, selection: &Selection, parent: &str) -> Option<Positioned<EngineSelection>> {
        match selection {
            Selection::Field(field) => Some(at(EngineSelection::Field(self.field(field)), field.pos)),
            Selection::Inline(inline) => {
                let fragment = InlineFragment {
                    type_condition: inline
                        .on
                        .clone()
                        .map(|on| at(TypeCondition { on: at(on, inline.pos) }, inline.pos)),
                    directives: Vec::new(),
                    selection_set: self.selections(
                        &inline.selections,
                        inline.on.as_deref().unwrap_or(parent),
                        inline.pos,
                    ),
                };
                Some(at(EngineSelection::InlineFragment(at(fragment, inline.pos)), inline.pos))
            }
            Selection::Spread(spread) => {
                let fragment = self.document.fragments.get(spread.fragment)?;
                self.wanted.insert(spread.fragment);
                let fragment_name = at(fragment.name.clone(), spread.pos);
                let spread_here = FragmentSpread { fragment_name, directives: Vec::new() };
                Some(at(EngineSelection::FragmentSpread(at(spread_here, spread.pos)), spread.pos))
            }
        }
    }

    fn field(&mut self, field: &Field) -> Positioned<EngineField> {
        // An argument is told at where it stands, and one that is not given has no place.
        let pos = |name: &Name| field.arguments.iter().find(|given| given.name == *name).map_or(field.pos, |it| it.pos);
        let given = self.arguments.of(field.number).iter();
        let given = given.map(|(name, value)| (at(name.clone(), pos(name)), at(value.clone().into_value(), pos(name))));
        let filled = EngineField {
            alias: field.alias.clone().map(|alias: Name| at(alias, field.pos)),
            name: at(field.name.clone(), field.pos),
            arguments: given.collect(),
            directives: Vec::new(),
            selection_set: self.selections(&field.selections, field.ty.inner_named_type(), field.pos),
        };
        at(filled, field.pos)
    }
}

/// By which an object is tagged.
fn id(pos: Pos) -> Positioned<EngineField> {
    let field = EngineField {
        alias: Some(at(Name::new(tags::ID), pos)),
        name: at(Name::new("id"), pos),
        arguments: Vec::new(),
        directives: Vec::new(),
        selection_set: at(SelectionSet::default(), pos),
    };
    at(field, pos)
}

fn at<T>(node: T, pos: Pos) -> Positioned<T> {
    Positioned::new(node, pos)
}
