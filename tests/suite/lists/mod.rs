//! Lists as they are filtered, ordered and cut: against a model of them, along every order, and at the edges of what can be
//! asked.

mod counts;
mod cursors;
mod differential;
mod filters;
mod orders;
mod refusals;
mod sizes;
mod statements;
mod texts;
mod walking;

use serde_json::{Value, json};
use tests::{
    app::{Answer, NOW, TestApp, instant},
    db::TestDb,
    model::{Content, Kind, Owner, View, content},
};

/// These tests ask for everything at once, in all the lengths that there are.
const ASKING_MUCH: [&str; 2] = ["--max-cost=1000000000", "--max-text-characters=1000000"];

/// A server over made-up content.
struct Site {
    app: TestApp,
    content: Content,
}

/// A list that a client can reach, with `$where` and `$orderBy` as variables.
#[derive(Clone, Debug)]
struct Place {
    kind: Kind,
    owner: Owner,
    /// What stands before the list.
    before: String,
    /// Its arguments besides those that all have.
    arguments: &'static str,
}

impl Site {
    async fn new(db: TestDb, seed: u64) -> Self {
        let content = content::plant(&db, seed).await;
        Self { app: TestApp::start(db, &ASKING_MUCH), content }
    }

    /// One that reads everything for each request, also what was asked before.
    async fn reading(db: TestDb, seed: u64) -> Self {
        let content = content::plant(&db, seed).await;
        let flags = [&ASKING_MUCH[..], &["--response-cache-bytes=0", "--shortcuts=false"]].concat();
        Self { app: TestApp::start(db, &flags), content }
    }

    /// As everyone sees it.
    fn view(&self) -> View<'_> {
        View { content: &self.content, now: instant(NOW).0, is_preview: false }
    }

    /// The lists of the site, then the longest list of articles of each kind of owner.
    fn places(&self) -> Vec<Place> {
        let root = |kind| Place { kind, owner: Owner::Site, before: String::new(), arguments: "" };
        let nested = |owners: Kind, with_descendants: bool| {
            let owner = |row| match View::owner(owners, row) {
                Owner::Category(row, _) => Owner::Category(row, with_descendants),
                owner => owner,
            };
            let rows = 0..self.view().count(owners);
            let longest = rows.max_by_key(|row| self.view().article_count(owner(*row))).unwrap();
            let before = format!("node(id: \"{}\") {{ ... on {} {{ ", self.view().id(owners, longest), owners.name());
            let arguments = if owners == Kind::Category && !with_descendants { "descendants: false, " } else { "" };
            Place { kind: Kind::Article, owner: owner(longest), before, arguments }
        };
        let owned = [(Kind::Category, true), (Kind::Category, false), (Kind::Author, true), (Kind::Tag, true)];
        let owned = owned.into_iter().chain([(Kind::Image, true)]).map(|(owners, below)| nested(owners, below));
        Kind::ALL.map(root).into_iter().chain(owned).collect()
    }

    /// What the model has on a list.
    fn rows(&self, place: &Place, filter: &Value, order: &Value) -> Vec<String> {
        let rows = self.view().list(place.kind, filter, order);
        let rows = if place.owner == Owner::Site { rows } else { self.view().owned(&rows, place.owner) };
        rows.into_iter().map(|row| self.view().id(place.kind, row)).collect()
    }

    /// What is answered to these arguments of a list.
    fn ask(&self, place: &Place, arguments: &str, selection: &str, variables: &Value) -> Answer {
        self.app.ask(&place.query(arguments, selection), variables.clone(), None)
    }

    /// A connection that must be answered.
    fn list(&self, place: &Place, arguments: &str, selection: &str, variables: &Value) -> Value {
        let query = place.query(arguments, selection);
        let data = self.app.query(&query, variables.clone());
        if place.before.is_empty() { data["list"].clone() } else { data["node"]["list"].clone() }
    }

    /// The cursors of a list, in its order.
    fn cursors(&self, place: &Place, variables: &Value) -> Vec<String> {
        let list = self.list(place, "where: $where, orderBy: $orderBy, first: 1000", "edges { cursor }", variables);
        tests::app::strings(&list["edges"], "cursor")
    }
}

impl Place {
    fn query(&self, arguments: &str, selection: &str) -> String {
        let Self { before, arguments: own, .. } = self;
        let (name, list) = (self.kind.name(), self.kind.list());
        let used = |variable: &str, ty: String| if arguments.contains(variable) { ty } else { String::new() };
        let filter = used("$where", format!("$where: {name}Where "));
        let order = used("$orderBy", format!("$orderBy: [{name}OrderBy!] "));
        let page = used("$first", "$first: Int ".to_owned());
        let cursor = used("$cursor", "$cursor: String".to_owned());
        let variables = format!("{filter}{order}{page}{cursor}");
        let head = if variables.is_empty() { String::new() } else { format!("query({variables}) ") };
        let close = " }".repeat(before.matches('{').count());
        format!("{head}{{ {before}list: {list}({own}{arguments}) {{ {selection} }}{close} }}")
    }
}

/// Every order by one field, in both directions.
fn orders_by_one(kind: Kind) -> Vec<Value> {
    let both = |field: &&str| ["ASC", "DESC"].map(|direction| json!([{ "field": field, "direction": direction }]));
    kind.orders().iter().flat_map(both).collect()
}

/// Refused with this code, before anything was read.
fn assert_refused(answer: &Answer, code: &str, what: &str) {
    assert_refused_after(answer, code, 0, what);
}

/// Refused with this code, after at most so many statements: the owner of a list is read before its arguments are.
fn assert_refused_after(answer: &Answer, code: &str, most: u64, what: &str) {
    let json = answer.json();
    assert_eq!(answer.code(), code, "{what}: {json}");
    let statements = json["extensions"]["receipt"]["statements"].as_u64().unwrap_or_default();
    assert!(statements <= most, "{what} is refused after {statements} statements: {json}");
}
