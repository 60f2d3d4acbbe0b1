//! Questions as operations, and the answers that they have to get.

use super::{Kind, Owner, View, facets::FACETS, page::Page, random::Random};
use serde_json::{Map, Value, json};
use std::{collections::HashMap, fmt::Write};

/// A list, and how it is filtered and ordered.
#[derive(Clone, Debug)]
pub struct Question {
    /// What the list has.
    pub kind: Kind,
    /// Whose lists are asked for: those of all rows of a type, and of categories with or without those below them.
    pub owners: Option<(Kind, bool)>,
    /// `where`.
    pub filter: Value,
    /// `orderBy`.
    pub order: Value,
}

/// A page of it, and what of the page is selected.
#[derive(Clone, Debug)]
pub struct Part {
    /// Which page.
    pub page: Page,
    /// The fields of the connection.
    pub selected: Vec<Selected>,
}

/// Something of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selected {
    /// `nodes`.
    Nodes,
    /// `edges`, with cursors or without.
    Edges(bool),
    /// `totalCount`.
    Total,
    /// `hasNextPage`.
    Next,
    /// `hasPreviousPage`.
    Previous,
    /// `startCursor` and `endCursor`.
    Ends,
    /// One of the facets, and how many groups of it.
    Facet(&'static str, usize),
}

/// The cursors of rows, by id.
pub type Cursors = HashMap<String, String>;

impl Selected {
    const PLAIN: [Self; 7] =
        [Self::Nodes, Self::Edges(true), Self::Edges(false), Self::Total, Self::Next, Self::Previous, Self::Ends];

    /// Everything.
    #[must_use]
    pub fn all(kind: Kind) -> Vec<Self> {
        let plain = Self::PLAIN.into_iter().filter(|selected| *selected != Self::Edges(false));
        let facets = FACETS.iter().map(|(facet, _)| Self::Facet(facet, 1_000)).filter(|_| kind == Kind::Article);
        plain.chain(facets).collect()
    }

    /// Some of it.
    #[must_use]
    pub fn some(random: &mut Random, kind: Kind) -> Vec<Self> {
        let mut selected = random.some(&Self::PLAIN, 4);
        if selected.contains(&Self::Edges(true)) {
            selected.retain(|selected| *selected != Self::Edges(false));
        }
        if kind == Kind::Article && random.one_in(3) {
            let (facet, _) = *random.pick(&FACETS);
            selected.push(Self::Facet(facet, [0, 1, 3, 50][random.below(4)]));
        }
        if selected.is_empty() { vec![Self::Nodes] } else { selected }
    }

    fn text(self) -> String {
        match self {
            Self::Nodes => "nodes { id }".to_owned(),
            Self::Edges(true) => "edges { cursor node { id } }".to_owned(),
            Self::Edges(false) => "edges { node { id } }".to_owned(),
            Self::Total => "totalCount".to_owned(),
            Self::Next => "pageInfo { hasNextPage }".to_owned(),
            Self::Previous => "pageInfo { hasPreviousPage }".to_owned(),
            Self::Ends => "pageInfo { startCursor endCursor }".to_owned(),
            Self::Facet("locales", _) => "facets { locales { locale count } }".to_owned(),
            Self::Facet("years", _) => "facets { years { year count months { month count } } }".to_owned(),
            Self::Facet(facet, first) => format!("facets {{ {facet}(first: {first}) {{ node {{ id }} count }} }}"),
        }
    }
}

impl Question {
    /// The operation that asks for these parts.
    #[must_use]
    pub fn text(&self, view: View<'_>, cursors: &Cursors, parts: &[Part]) -> String {
        let cursor = |row: usize| cursors[&view.id(self.kind, row)].clone();
        let mut lists = String::new();
        for (number, part) in parts.iter().enumerate() {
            let mut arguments = "where: $where, orderBy: $orderBy".to_owned();
            if let Some((Kind::Category, descendants)) = self.owners {
                let _ = write!(arguments, ", descendants: {descendants}");
            }
            for (name, value) in part.page.arguments(cursor) {
                let _ = write!(arguments, ", {name}: {value}");
            }
            let selected: Vec<String> = part.selected.iter().map(|selected| selected.text()).collect();
            let _ = write!(lists, "p{number}: {}({arguments}) {{ {} }} ", self.kind.list(), selected.join(" "));
        }
        let name = self.kind.name();
        let head = format!("query($where: {name}Where, $orderBy: [{name}OrderBy!])");
        match self.owners {
            None => format!("{head} {{ {lists}}}"),
            Some((owners, _)) => format!("{head} {{ {}(first: 1000) {{ nodes {{ id {lists}}} }} }}", owners.list()),
        }
    }

    /// Its variables.
    #[must_use]
    pub fn variables(&self) -> Value {
        json!({ "where": self.filter, "orderBy": self.order })
    }

    /// What has to come back.
    #[must_use]
    pub fn answer(&self, view: View<'_>, cursors: &Cursors, parts: &[Part]) -> Value {
        let answering = Answering::new(self, view, cursors, parts);
        let Some((owners, descendants)) = self.owners else {
            return Value::Object(answering.parts(Owner::Site));
        };
        let node = |row: usize| {
            let owner = match View::owner(owners, row) {
                Owner::Category(category, _) => Owner::Category(category, descendants),
                owner => owner,
            };
            let mut node = answering.parts(owner);
            node.insert("id".to_owned(), json!(view.id(owners, row)));
            Value::Object(node)
        };
        let rows = view.list(owners, &Value::Null, &Value::Null);
        let nodes: Value = rows.into_iter().map(node).collect();
        Value::Object(Map::from_iter([(owners.list().to_owned(), json!({ "nodes": nodes }))]))
    }
}

/// What does not depend on whose list it is.
struct Answering<'a> {
    question: &'a Question,
    view: View<'a>,
    cursors: &'a Cursors,
    parts: &'a [Part],
    list: Vec<usize>,
    counted: HashMap<&'static str, Vec<usize>>,
}

impl<'a> Answering<'a> {
    fn new(question: &'a Question, view: View<'a>, cursors: &'a Cursors, parts: &'a [Part]) -> Self {
        let list = view.list(question.kind, &question.filter, &question.order);
        let counted = parts.iter().flat_map(|part| &part.selected).filter_map(|selected| match selected {
            Selected::Facet(facet, _) => Some((*facet, view.counted(facet, &question.filter))),
            _ => None,
        });
        Self { question, view, cursors, parts, list, counted: counted.collect() }
    }

    fn parts(&self, owner: Owner) -> Map<String, Value> {
        let list = if owner == Owner::Site { self.list.clone() } else { self.view.owned(&self.list, owner) };
        let part = |(number, part): (usize, &Part)| (format!("p{number}"), self.connection(owner, &list, part));
        self.parts.iter().enumerate().map(part).collect()
    }

    fn connection(&self, owner: Owner, list: &[usize], part: &Part) -> Value {
        let Question { kind, order, .. } = self.question;
        let cut = part.page.cut(self.view, *kind, order, list);
        let id = |row: &usize| self.view.id(*kind, *row);
        let cursor = |row: Option<&usize>| row.and_then(|row| self.cursors.get(&id(row)));
        let mut answer = json!({});
        for selected in &part.selected {
            match selected {
                Selected::Nodes => answer["nodes"] = cut.rows.iter().map(|row| json!({ "id": id(row) })).collect(),
                Selected::Edges(false) => {
                    answer["edges"] = cut.rows.iter().map(|row| json!({ "node": { "id": id(row) } })).collect();
                }
                Selected::Edges(true) => {
                    let edge = |row: &usize| json!({ "cursor": cursor(Some(row)), "node": { "id": id(row) } });
                    answer["edges"] = cut.rows.iter().map(edge).collect();
                }
                Selected::Total => answer["totalCount"] = json!(list.len()),
                Selected::Next => answer["pageInfo"]["hasNextPage"] = json!(cut.has_next),
                Selected::Previous => answer["pageInfo"]["hasPreviousPage"] = json!(cut.has_previous),
                Selected::Ends => {
                    answer["pageInfo"]["startCursor"] = json!(cursor(cut.rows.first()));
                    answer["pageInfo"]["endCursor"] = json!(cursor(cut.rows.last()));
                }
                Selected::Facet(facet, first) => {
                    let articles = self.view.owned(&self.counted[facet], owner);
                    answer["facets"][*facet] = self.view.facet(facet, &articles, *first);
                }
            }
        }
        answer
    }
}

/// The cursors of every row that an answer tells of.
#[must_use]
pub fn cursors(answer: &Value) -> Cursors {
    fn collect(value: &Value, found: &mut Cursors) {
        if let (Some(cursor), Some(id)) = (value["cursor"].as_str(), value["node"]["id"].as_str()) {
            found.insert(id.to_owned(), cursor.to_owned());
        }
        value.as_array().into_iter().flatten().for_each(|value| collect(value, found));
        value.as_object().into_iter().flatten().for_each(|(_, value)| collect(value, found));
    }
    let mut found = Cursors::new();
    collect(answer, &mut found);
    found
}
