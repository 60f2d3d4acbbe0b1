//! What of the schema the cases show: the fields and arguments that their operations use, told by name and type.

use async_graphql::{
    Positioned,
    parser::{
        parse_query, parse_schema,
        types::{
            BaseType, ExecutableDocument, FieldDefinition, OperationType, Selection, SelectionSet, Type, TypeKind,
            TypeSystemDefinition,
        },
    },
};
use std::collections::{BTreeMap, BTreeSet};

/// Every field of the schema and its arguments, and those that were used.
pub struct Coverage {
    fields: BTreeMap<(String, String), Field>,
    used: BTreeSet<String>,
}

struct Field {
    gives: String,
    arguments: Vec<String>,
}

impl Coverage {
    /// Of this schema, with nothing used.
    #[must_use]
    pub fn of(sdl: &str) -> Self {
        let schema = parse_schema(sdl).expect("the schema can be parsed");
        let mut fields = BTreeMap::new();
        for definition in schema.definitions {
            let TypeSystemDefinition::Type(definition) = definition else {
                continue;
            };
            let definition = definition.node;
            let owned = match definition.kind {
                TypeKind::Object(object) => object.fields,
                TypeKind::Interface(interface) => interface.fields,
                _ => continue,
            };
            for field in owned {
                let key = (definition.name.node.to_string(), field.node.name.node.to_string());
                fields.insert(key, Field::from(&field.node));
            }
        }
        Self { fields, used: BTreeSet::new() }
    }

    /// Notes what an operation uses. One that does not parse uses nothing.
    pub fn note(&mut self, document: &str) {
        let Ok(document) = parse_query(document) else {
            return;
        };
        let operations: Vec<_> = document.operations.iter().map(|(_, operation)| operation).collect();
        for operation in operations {
            assert_eq!(operation.node.ty, OperationType::Query, "there is nothing else yet");
            self.note_selections("Query", &operation.node.selection_set.node, &document);
        }
    }

    fn note_selections(&mut self, on: &str, selections: &SelectionSet, document: &ExecutableDocument) {
        for selection in &selections.items {
            match &selection.node {
                Selection::Field(field) => {
                    let field = &field.node;
                    let name = field.name.node.to_string();
                    let Some(known) = self.fields.get(&(on.to_owned(), name.clone())) else {
                        continue;
                    };
                    let gives = known.gives.clone();
                    self.used.insert(format!("{on}.{name}"));
                    for (argument, _) in &field.arguments {
                        self.used.insert(format!("{on}.{name}({})", argument.node));
                    }
                    self.note_selections(&gives, &field.selection_set.node, document);
                }
                Selection::FragmentSpread(spread) => {
                    let fragment = document.fragments.get(&spread.node.fragment_name.node);
                    if let Some(fragment) = fragment {
                        let on = fragment.node.type_condition.node.on.node.to_string();
                        self.note_selections(&on, &fragment.node.selection_set.node, document);
                    }
                }
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref();
                    let on = condition.map_or_else(|| on.to_owned(), |condition| condition.node.on.node.to_string());
                    self.note_selections(&on, &fragment.node.selection_set.node, document);
                }
            }
        }
    }

    /// The fields and arguments that nothing used.
    #[must_use]
    pub fn unused(&self) -> Vec<String> {
        let all = self.fields.iter().flat_map(|((on, name), field)| {
            let place = format!("{on}.{name}");
            let arguments = field.arguments.iter().map(|argument| format!("{place}({argument})"));
            std::iter::once(place.clone()).chain(arguments.collect::<Vec<_>>())
        });
        all.filter(|place| !self.used.contains(place)).collect()
    }
}

impl From<&FieldDefinition> for Field {
    fn from(field: &FieldDefinition) -> Self {
        let argument = |argument: &Positioned<async_graphql::parser::types::InputValueDefinition>| {
            argument.node.name.node.to_string()
        };
        Self { gives: named(&field.ty.node), arguments: field.arguments.iter().map(argument).collect() }
    }
}

/// The type without lists and exclamation marks.
fn named(ty: &Type) -> String {
    match &ty.base {
        BaseType::Named(name) => name.to_string(),
        BaseType::List(inner) => named(inner),
    }
}
