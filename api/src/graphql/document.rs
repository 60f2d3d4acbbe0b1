//! What a parsed document tells before it is known to fit the schema. Pure.

use async_graphql::{
    Name, Variables,
    parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType},
};

/// Whether the operation to be executed is another one than a query. Where no operation can be chosen, whether any is.
#[must_use]
pub fn changes_something(document: &ExecutableDocument, operation_name: Option<&str>) -> bool {
    operations(document, operation_name).any(|operation| operation.ty != OperationType::Query)
}

/// A variable of the operation that must be given and is not, or is null.
#[must_use]
pub fn missing_variable<'a>(
    document: &'a ExecutableDocument,
    operation_name: Option<&'a str>,
    variables: &Variables,
) -> Option<&'a Name> {
    let is_given = |name: &Name| variables.get(name).is_some_and(|value| *value != async_graphql::Value::Null);
    let mut chosen = operations(document, operation_name);
    // Where several could be meant, the engine says so.
    let (operation, None) = (chosen.next()?, chosen.next()) else { return None };
    operation
        .variable_definitions
        .iter()
        .filter(|variable| !variable.node.var_type.node.nullable && variable.node.default_value.is_none())
        .map(|variable| &variable.node.name.node)
        .find(|name| !is_given(name))
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
