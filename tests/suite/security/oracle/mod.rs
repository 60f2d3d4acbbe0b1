//! Whether what is hidden can be found out: every question is asked of sites that differ in what is hidden alone.

mod cursors;
mod judge;
mod questions;
mod worlds;

use super::asking::{Schema, values::Values};
use judge::Judge;
pub use questions::{Asker, Question};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use tests::{app::PREVIEW_TOKEN, db::TestDb};
pub use worlds::World;

/// Everything that is not published, as a preview reader asks for it.
const HIDDEN: &str = "{status: {in: [DRAFT, SCHEDULED]}}";

/// What stands in these worlds: what is hidden in them by turns, then what is public.
fn values(schema: &Schema, worlds: &[World]) -> Values {
    let mut values = Values::default();
    let everything = schema.everything("ArticleConnection", 1);
    let hidden: Vec<&World> = worlds.iter().filter(|world| world.count_hidden() > 0).collect();
    let most = hidden.iter().map(|world| world.count_hidden()).max().unwrap();
    for number in 0..most {
        for world in hidden.iter().filter(|world| number < world.count_hidden()) {
            let page = format!("{{ articles(where: {HIDDEN}, first: 1, offset: {number}) {everything} }}");
            values.collect(&world.app.ask(&page, json!({}), Some(PREVIEW_TOKEN)));
        }
    }
    for field in schema.roots().iter().filter(|field| field.is_free()) {
        let all = format!("{{ {} {} }}", field.name, schema.everything(&field.ty.name, 1));
        values.collect(&worlds[0].app.ask(&all, json!({}), None));
    }
    for name in [values.of("title"), values.of("name")].concat() {
        let name = name.as_str().unwrap_or_default();
        for length in [1, 3, name.chars().count()] {
            values.add("prefix", Value::from(name.chars().take(length).collect::<String>()));
        }
    }
    values
}

tests::on_both_databases! {
    async fn nothing_that_is_hidden_makes_a_difference_to_a_public_reader(db: TestDb) {
        let worlds = worlds::all(db).await;
        let schema = Schema::read(&worlds[0].app);
        let mut values = values(&schema, &worlds);
        for world in &worlds {
            world.earlier_paths().await.into_iter().for_each(|path| values.add("path", Value::from(path)));
        }
        let asker = Asker { schema: &schema, values: &values };
        let mut judge = Judge::new(&worlds, None);
        for questions in [asker.trees(), asker.arguments(), cursors::questions(asker, &worlds)] {
            judge.hear(&questions);
        }
        judge.assert_alike();
        assert!(judge.asked() > 4_000, "only {} questions were asked", judge.asked());
    }

    /// Else it would be no wonder that a public reader can not.
    async fn a_preview_reader_tells_the_sites_apart_by_every_filter_and_name_of_an_article(db: TestDb) {
        let worlds = worlds::all(db).await;
        let schema = Schema::read(&worlds[0].app);
        let values = values(&schema, &worlds);
        let asker = Asker { schema: &schema, values: &values };
        let judge = Judge::new(&worlds, Some(PREVIEW_TOKEN));
        let questions = [asker.filters_of_hidden(), asker.trees()].concat();
        let mut by_about: BTreeMap<&str, Vec<&Question>> = BTreeMap::new();
        for question in &questions {
            by_about.entry(&question.about).or_default().push(question);
        }
        let filters = schema.get("ArticleWhere").inputs.iter().map(|input| format!("ArticleWhere.{}", input.name));
        let names = ["node", "nodes", "resolve", "article", "tag", "tags", "images", "suggest"].map(|name| format!("tree of {name}"));
        let is_told = |about: &String| by_about.get(about.as_str()).is_some_and(|about| judge.tells_apart(about));
        let untold: Vec<String> = filters.chain(names).filter(|about| !is_told(about)).collect();
        assert_eq!(untold, [""; 0], "the values that are tried do not reach what is hidden");
    }
}
