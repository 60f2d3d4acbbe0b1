//! One walk over a definition, by its types: what is wrong in itself, and what it refers to.

use super::{
    finding::{Finding, What, place_of},
    text::Place,
};
use apollo_compiler::{
    Name, Node, Schema,
    ast::{
        Argument, Definition, Directive, DirectiveList, DirectiveLocation, Field, FragmentDefinition, InlineFragment,
        InputValueDefinition, OperationDefinition, Selection, Type, Value, VariableDefinition,
    },
    schema::ExtendedType,
};
use std::collections::HashSet;

/// A selection set, and the type that it selects from where that is known.
#[derive(Clone, Copy)]
pub struct Set<'a> {
    /// The type around.
    pub parent: Option<&'a ExtendedType>,
    /// What is selected.
    pub selections: &'a [Selection],
}

/// A variable where it is used.
pub struct Usage<'a> {
    /// Its name.
    pub name: &'a Name,
    /// Where it stands.
    pub at: usize,
    /// What is expected there, where that is known.
    pub expected: Option<&'a Type>,
    /// Whether that place has a default value.
    pub has_default: bool,
    /// Whether it is the one field of an input object of which exactly one must be given, and may not be nullable therefore.
    pub is_one_of: bool,
}

/// A named fragment where it is spread.
pub struct Spread<'a> {
    /// The fragment.
    pub name: &'a Name,
    /// Where it stands.
    pub at: usize,
    /// The type around.
    pub parent: Option<&'a ExtendedType>,
}

/// What one definition refers to.
#[derive(Default)]
pub struct Uses<'a> {
    /// Named fragments.
    pub spreads: Vec<Spread<'a>>,
    /// Variables.
    pub variables: Vec<Usage<'a>>,
}

/// What a value is checked against.
#[derive(Clone, Copy, Default)]
pub struct Expected<'a> {
    /// The type; where it is not known, anything goes.
    pub ty: Option<&'a Type>,
    /// Whether the place has a default value.
    pub has_default: bool,
    /// Whether it is the one field of an input object of which exactly one must be given, and may not be nullable therefore.
    pub is_one_of: bool,
}

/// The walk.
pub struct Walk<'a> {
    pub(super) schema: &'a Schema,
    pub(super) source: &'a str,
    /// What was wrong so far.
    pub findings: Vec<Finding<'a>>,
    pub(super) uses: Uses<'a>,
    /// Selection sets that are still to be walked. There is no recursion, however deep a document is.
    pending: Vec<Set<'a>>,
}

impl<'a> Walk<'a> {
    /// Before the first definition.
    pub fn new(schema: &'a Schema, source: &'a str) -> Self {
        Self { schema, source, findings: Vec::new(), uses: Uses::default(), pending: Vec::new() }
    }

    /// What a definition refers to. Its mistakes are among the findings then.
    pub fn definition(&mut self, definition: &'a Definition) -> Uses<'a> {
        match definition {
            Definition::OperationDefinition(operation) => self.operation(operation),
            Definition::FragmentDefinition(fragment) => self.fragment(fragment),
            _ => {}
        }
        while let Some(set) = self.pending.pop() {
            for selection in set.selections {
                self.selection(selection, set.parent);
            }
        }
        std::mem::take(&mut self.uses)
    }

    pub(super) fn find(&mut self, at: usize, what: What<'a>) {
        self.findings.push(Finding { at: vec![at], what });
    }

    fn operation(&mut self, operation: &'a Node<OperationDefinition>) {
        self.directives(&operation.directives, place_of(operation.operation_type));
        for variable in &operation.variables {
            self.variable(variable);
        }
        let root = self.schema.root_operation(operation.operation_type).and_then(|name| self.schema.types.get(name));
        self.pending.push(Set { parent: root, selections: &operation.selection_set });
    }

    fn variable(&mut self, variable: &'a Node<VariableDefinition>) {
        self.directives(&variable.directives, DirectiveLocation::VariableDefinition);
        let name = variable.ty.inner_named_type();
        let ty = self.schema.types.get(name);
        match ty {
            None => self.find(name.at(), What::NoType(name)),
            Some(ty) if !ty.is_input_type() => {
                self.find(variable.ty.at(), What::NotInput { name: &variable.name, ty: &variable.ty });
            }
            Some(_) => {}
        }
        if let Some(value) = &variable.default_value {
            let ty = ty.filter(|ty| ty.is_input_type()).map(|_| &*variable.ty);
            self.value(value, Expected { ty, ..Expected::default() });
        }
    }

    fn fragment(&mut self, fragment: &'a Node<FragmentDefinition>) {
        self.directives(&fragment.directives, DirectiveLocation::FragmentDefinition);
        let parent = self.condition(&fragment.type_condition);
        self.pending.push(Set { parent, selections: &fragment.selection_set });
    }

    /// The type of a fragment, if it is one that a fragment can have.
    fn condition(&mut self, name: &'a Name) -> Option<&'a ExtendedType> {
        let Some(ty) = self.schema.types.get(name) else {
            self.find(name.at(), What::NoType(name));
            return None;
        };
        if !is_composite(ty) {
            self.find(name.at(), What::NoFieldsOn(name));
            return None;
        }
        Some(ty)
    }

    fn selection(&mut self, selection: &'a Selection, parent: Option<&'a ExtendedType>) {
        match selection {
            Selection::Field(field) => self.field(field, parent),
            Selection::FragmentSpread(spread) => {
                self.directives(&spread.directives, DirectiveLocation::FragmentSpread);
                self.uses.spreads.push(Spread { name: &spread.fragment_name, at: spread.at(), parent });
            }
            Selection::InlineFragment(inline) => self.inline(inline, parent),
        }
    }

    fn inline(&mut self, inline: &'a Node<InlineFragment>, parent: Option<&'a ExtendedType>) {
        self.directives(&inline.directives, DirectiveLocation::InlineFragment);
        let inner = match &inline.type_condition {
            None => parent,
            Some(name) => {
                let ty = self.condition(name);
                if let (Some(ty), Some(parent)) = (ty, parent)
                    && !overlap(self.schema, ty, parent)
                {
                    self.find(inline.at(), What::NeverApplies { on: name, parent: parent.name() });
                }
                ty
            }
        };
        self.pending.push(Set { parent: inner, selections: &inline.selection_set });
    }

    fn field(&mut self, field: &'a Node<Field>, parent: Option<&'a ExtendedType>) {
        self.directives(&field.directives, DirectiveLocation::Field);
        let definition = parent.and_then(|ty| self.schema.type_field(ty.name(), &field.name).ok());
        let Some(definition) = definition else {
            if let Some(parent) = parent {
                self.find(field.name.at(), What::NoField { name: &field.name, parent });
            }
            self.untyped(&field.arguments);
            self.pending.push(Set { parent: None, selections: &field.selection_set });
            return;
        };
        self.arguments(&field.arguments, &definition.arguments, &field.name);
        let ty = self.schema.types.get(definition.ty.inner_named_type());
        let is_leaf = field.selection_set.is_empty();
        match ty.map(is_composite) {
            Some(true) if is_leaf => {
                self.find(field.at(), What::NoSelections { name: &field.name, ty: &definition.ty });
            }
            Some(false) if !is_leaf => {
                self.find(field.at(), What::LeafWithSelections { name: &field.name, ty: &definition.ty });
            }
            _ => {}
        }
        self.pending.push(Set { parent: ty.filter(|ty| is_composite(ty)), selections: &field.selection_set });
    }

    fn directives(&mut self, directives: &'a DirectiveList, place: DirectiveLocation) {
        let mut seen = HashSet::new();
        for directive in directives {
            let is_repeatable = self.directive(directive, place);
            if !seen.insert(&directive.name) && !is_repeatable {
                self.find(directive.at(), What::DirectiveTwice(&directive.name));
            }
        }
    }

    /// Whether it may be given twice.
    fn directive(&mut self, directive: &'a Node<Directive>, place: DirectiveLocation) -> bool {
        let Some(definition) = self.schema.directive_definitions.get(&directive.name) else {
            self.find(directive.at(), What::NoDirective(&directive.name));
            self.untyped(&directive.arguments);
            return true;
        };
        if !definition.locations.contains(&place) {
            self.find(directive.at(), What::DirectiveMisplaced(&directive.name, place));
        }
        self.arguments(&directive.arguments, &definition.arguments, &directive.name);
        definition.repeatable
    }

    /// Arguments of something that there is not.
    fn untyped(&mut self, arguments: &'a [Node<Argument>]) {
        self.twice(arguments);
        for argument in arguments {
            self.value(&argument.value, Expected::default());
        }
    }

    fn twice(&mut self, arguments: &'a [Node<Argument>]) {
        let mut seen = HashSet::new();
        for argument in arguments {
            if !seen.insert(&argument.name) {
                self.find(argument.at(), What::ArgumentTwice(&argument.name));
            }
        }
    }

    fn arguments(&mut self, given: &'a [Node<Argument>], known: &'a [Node<InputValueDefinition>], owner: &'a Name) {
        self.twice(given);
        for argument in given {
            let definition = known.iter().find(|definition| definition.name == argument.name);
            if definition.is_none() {
                self.find(argument.at(), What::NoArgument { name: &argument.name, owner, known });
            }
            let expected = definition.map(|definition| Expected::of(definition)).unwrap_or_default();
            self.value(&argument.value, expected);
        }
        for definition in known.iter().filter(|definition| definition.is_required()) {
            if !given.iter().any(|argument| argument.name == definition.name) {
                self.find(owner.at(), What::ArgumentMissing { name: &definition.name, ty: &definition.ty, owner });
            }
        }
    }

    pub(super) fn uses_variable(&mut self, name: &'a Name, value: &Node<Value>, expected: Expected<'a>) {
        let Expected { ty, has_default, is_one_of } = expected;
        self.uses.variables.push(Usage { name, at: value.at(), expected: ty, has_default, is_one_of });
    }
}

impl<'a> Expected<'a> {
    /// Of an argument.
    pub fn of(definition: &'a InputValueDefinition) -> Self {
        Self { ty: Some(&definition.ty), has_default: definition.default_value.is_some(), is_one_of: false }
    }
}

/// Whether it has fields.
pub fn is_composite(ty: &ExtendedType) -> bool {
    matches!(ty, ExtendedType::Object(_) | ExtendedType::Interface(_) | ExtendedType::Union(_))
}

/// Whether something can be of both types.
pub fn overlap(schema: &Schema, left: &ExtendedType, right: &ExtendedType) -> bool {
    let is = |object: &Name, ty: &ExtendedType| object == ty.name() || schema.is_subtype(ty.name(), object);
    match (left, right) {
        (ExtendedType::Object(object), ty) | (ty, ExtendedType::Object(object)) => is(&object.name, ty),
        _ => {
            let mut objects = schema.types.iter().filter(|(_, ty)| matches!(ty, ExtendedType::Object(_)));
            left.name() == right.name() || objects.any(|(name, _)| is(name, left) && is(name, right))
        }
    }
}
