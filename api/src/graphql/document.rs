//! What a parsed document tells before it is known to fit the schema. Pure.

use async_graphql::{
    Name, Number, Value, Variables,
    parser::types::{
        BaseType, DocumentOperations, ExecutableDocument, OperationDefinition, OperationType, VariableDefinition,
    },
};

/// Whether the operation to be executed is another one than a query. Where no operation can be chosen, whether any is.
#[must_use]
pub fn changes_something(document: &ExecutableDocument, operation_name: Option<&str>) -> bool {
    operations(document, operation_name).any(|operation| operation.ty != OperationType::Query)
}

/// A variable of the operation that can not be used, and why. The engine checks the rest before it executes; these it would
/// only find while it does.
#[must_use]
pub fn unusable_variable<'a>(
    document: &'a ExecutableDocument,
    operation_name: Option<&'a str>,
    variables: &Variables,
) -> Option<(&'a Name, &'static str)> {
    let mut chosen = operations(document, operation_name);
    // Where several could be meant, the engine says so.
    let (operation, None) = (chosen.next()?, chosen.next()) else { return None };
    let mut definitions = operation.variable_definitions.iter().map(|definition| &definition.node);
    definitions.find_map(|definition| Some((&definition.name.node, problem(definition, variables)?)))
}

fn problem(definition: &VariableDefinition, variables: &Variables) -> Option<&'static str> {
    let ty = &definition.var_type.node;
    match variables.get(&definition.name.node) {
        None | Some(Value::Null) if !ty.nullable && definition.default_value.is_none() => {
            Some("must be given, and may not be null")
        }
        Some(Value::Number(number)) if is_int(&ty.base) && !fits(number) => Some("is beyond the 32 bits of an Int"),
        _ => None,
    }
}

fn is_int(ty: &BaseType) -> bool {
    matches!(ty, BaseType::Named(name) if name == "Int")
}

/// Of whole numbers; the engine tells others itself.
fn fits(number: &Number) -> bool {
    number.as_i64().map_or(!number.is_u64(), |number| i32::try_from(number).is_ok())
}

fn operations<'a>(
    document: &'a ExecutableDocument,
    operation_name: Option<&'a str>,
) -> impl Iterator<Item = &'a OperationDefinition> {
    let (single, multiple) = match &document.operations {
        DocumentOperations::Single(operation) => (Some(&operation.node), None),
        DocumentOperations::Multiple(operations) => (None, Some(operations)),
    };
    let chosen = multiple
        .into_iter()
        .flatten()
        .filter(move |(name, _)| operation_name.is_none_or(|wanted| name.as_str() == wanted))
        .map(|(_, operation)| &operation.node);
    single.into_iter().chain(chosen)
}
