//! What fields are taken to cost, and how many rows lists without a page are taken to have.

use super::Field;

/// Of a field by itself, in values of an answer.
pub fn of(field: &Field) -> u64 {
    match (field.parent.as_str(), field.name.as_str()) {
        // Text of any length.
        ("Body", "html" | "markdown" | "text") => 30,
        ("Article", "extra") => 5,
        // The whole text is looked through for the best piece.
        ("Highlight", "bodyHtml") => 40,
        // Common words stand in every second article. One search serves all owners of nested lists.
        ("Query", _) if is_search(field) => 300,
        _ if is_search(field) => 50,
        // Some fifty terms are looked up.
        ("Article", "related") => 300,
        // Counted over the whole list.
        ("ArticleFacets", _) => 100,
        // Statements of their own.
        ("Query", _) | (_, "totalCount") => 20,
        _ if is_connection(field) => 20,
        _ => 1,
    }
}

fn is_search(field: &Field) -> bool {
    is_connection(field) && field.arguments.iter().any(|argument| argument.name == "search")
}

/// How many rows a list has, where no argument says so. Measured on the sample and on blogs, rounded up.
pub fn rows(field: &Field) -> u64 {
    match (field.parent.as_str(), field.name.as_str()) {
        ("Article", "authors") => 3,
        ("Article", "categories" | "translations") | (_, "ancestors" | "names") => 4,
        ("Category", "children") | ("ArticleFacets", "years") => 20,
        ("YearFacet", "months") => 12,
        ("__Schema", "types") => 80,
        ("Article", "tags") => 8,
        // About what our own schema has, so that the questions of GraphiQL are within the limit.
        ("__Type", "fields" | "inputFields") => 5,
        ("__Field" | "__Directive", "args") => 1,
        (parent, _) if parent.starts_with("__") => 2,
        _ => 10,
    }
}

/// Whether a page of a list is the field's value.
pub fn is_connection(field: &Field) -> bool {
    field.ty.inner_named_type().as_str().ends_with("Connection")
}

/// Whether the field stands for the rows of the page that it is selected on.
pub fn is_rows(field: &Field) -> bool {
    field.parent.ends_with("Connection") && matches!(field.name.as_str(), "nodes" | "edges")
}
