//! Cursors of what is public, and forged ones that point to where something hidden stands.

use super::{Asker, BTreeSet, HIDDEN, Question, Value, World, json, questions::BREADTH};
use tests::app::PREVIEW_TOKEN;
use tests::base64;

/// How many rows stand behind or before a cursor in an answer: fewer than there are.
const PAGE: usize = 2;

/// Every list under every order, behind and before every cursor.
pub fn questions(asker: Asker<'_>, worlds: &[World]) -> Vec<Question> {
    let mut questions = Vec::new();
    for (name, ty) in asker.schema.objects() {
        for field in &ty.fields {
            let named = |name: &str| field.arguments.iter().find(|argument| argument.name == name);
            let (Some(_), Some(_), Some(order)) = (named("after"), named("before"), named("orderBy")) else { continue };
            let is_root = name == asker.schema.query;
            let place = Place {
                way: asker.schema.way_to(name).expect("it was asked before"),
                field: field.name.clone(),
                has_status: named("where").is_some_and(|filter| {
                    asker.schema.get(&filter.ty.name).inputs.iter().any(|input| input.name == "status")
                }),
                about: format!("{name}.{} behind a cursor", field.name),
                rows: format!(
                    " {{ pageInfo {{ hasNextPage hasPreviousPage }} {}",
                    asker.schema.briefly(&field.ty.name).trim_start_matches(" {")
                ),
                most: if is_root { 9 } else { 2 },
            };
            // The last ones are no order and all of them at once.
            let mut orders = asker.given().literals(order, &order.name, BREADTH);
            // It orders searches alone.
            orders.retain(|order| !order.contains("RELEVANCE"));
            let step = if is_root { 1 } else { 5 };
            questions.extend(orders.iter().step_by(step).flat_map(|order| place.questions(order, worlds)));
        }
    }
    questions
}

struct Place {
    way: String,
    field: String,
    has_status: bool,
    about: String,
    rows: String,
    most: usize,
}

impl Place {
    fn questions(&self, order: &str, worlds: &[World]) -> Vec<Question> {
        let genuine = self.cursors(&worlds[0], &format!("orderBy: {order}"), None);
        let list = read(&genuine[0])[0].clone();
        let all =
            if self.has_status { format!("orderBy: {order}, where: {HIDDEN}") } else { format!("orderBy: {order}") };
        let hidden = worlds.iter().flat_map(|world| self.cursors(world, &all, Some(PREVIEW_TOKEN)));
        let forged: Vec<String> =
            hidden.map(|cursor| base64::encode(json!([list, read(&cursor)[1]]).to_string())).collect();
        let forged = forged.into_iter().filter(|cursor| !genuine.contains(cursor)).collect::<BTreeSet<_>>();
        let cursors = genuine.iter().take(self.most).cloned().chain(forged.into_iter().take(2 * self.most));
        let pages = cursors.flat_map(|cursor| {
            [format!("first: {PAGE}, after: {cursor:?}"), format!("last: {PAGE}, before: {cursor:?}")]
        });
        pages
            .map(|page| {
                let asked = format!("{}(orderBy: {order}, {page}){}", self.field, self.rows);
                Question { about: self.about.clone(), text: self.way.replace('@', &asked) }
            })
            .collect()
    }

    /// Those of all rows that are shown.
    fn cursors(&self, world: &World, arguments: &str, token: Option<&str>) -> Vec<String> {
        let edges = format!("{}({arguments}) {{ edges {{ cursor }} }}", self.field);
        let answer = world.app.ask(&format!("{{ {} }}", self.way.replace('@', &edges)), json!({}), token).json();
        assert!(answer.get("errors").is_none(), "{answer:#}");
        let mut cursors = Vec::new();
        collect(&answer["data"], &mut cursors);
        cursors
    }
}

fn read(cursor: &str) -> Value {
    serde_json::from_slice(&base64::decode(cursor)).expect("a cursor holds JSON")
}

fn collect(value: &Value, cursors: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value.as_str() {
                    Some(cursor) if name == "cursor" && !cursors.iter().any(|known| known == cursor) => {
                        cursors.push(cursor.to_owned());
                    }
                    _ => collect(value, cursors),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, cursors)),
        _ => {}
    }
}
