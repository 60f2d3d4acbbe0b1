//! Served HTML is inert, whatever an importer found in any field of a file.

use api::import::{normalise::normalise, place::Place};
use serde_json::{Value, json};
use tests::{
    app::{self, NOW, TestApp, TestClock},
    db::TestDb,
    inert,
    seed::{self, Folder},
    vectors::{self, FRAME_HOST},
};

const PAGE: &str = "query($after: String) {
  articles(first: 500, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes {
      path locale sourceUrl title excerpt
      authors { name bio path website avatar { url originalUrl } }
      categories { name path } tags { name path }
      cover { caption credit alt image { url originalUrl } } thumbnail { image { url originalUrl } }
      figures { caption credit alt image { url originalUrl } }
      body { html copies: html(images: PROXIED) bare: html(withoutCover: true) headings { anchor } }
    }
  }
}";

/// Fields that a page follows.
const ADDRESSES: [&str; 5] = ["path", "url", "sourceUrl", "website", "originalUrl"];

/// Holds each address below a value against what a page may follow; gives how many there are.
fn addresses(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(addresses).sum(),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| match value.as_str().filter(|_| ADDRESSES.contains(&name.as_str())) {
                Some(address) => {
                    assert_eq!(inert::scheme(address), Ok(()), "{name}: {address}");
                    let stays = address.starts_with('/') && !address.starts_with("//") && !address.contains('\\');
                    assert!(name != "path" || stays, "{name}: {address}");
                    1
                }
                None => addresses(value),
            })
            .sum(),
        _ => 0,
    }
}

/// The forms of a body, each held against what may be served.
fn bodies(article: &Value) {
    let path = &article["path"];
    for form in ["html", "copies", "bare"] {
        let html = article["body"][form].as_str().unwrap();
        assert_eq!(inert::check(html, &[FRAME_HOST]), Ok(()), "{path} {form}: {html}");
    }
    let html = article["body"]["html"].as_str().unwrap();
    let hosts = [FRAME_HOST.to_owned()];
    let cover = article["cover"]["image"]["originalUrl"].as_str();
    let again = normalise(html, &Place::unknown().with_frames(&hosts), cover).unwrap();
    assert_eq!(again.html, html, "{path}");
}

tests::on_both_databases! {
    async fn vectors_in_every_field_of_every_importer_come_out_inert(db: TestDb) {
        let folder = Folder::new();
        let posts = vectors::write(&folder.path());
        let flags = [format!("--iframe-hosts={FRAME_HOST}")];
        let app = app::open(&db, &TestClock::at(NOW), &flags.each_ref().map(String::as_str)).await;
        let imported = seed::import(&app, &folder.path()).await;
        assert_eq!((imported.outcome.created, imported.refusals().as_slice()), (posts, &[][..]));
        let app = TestApp::start(db, &["--max-cost=1000000"]);
        let (mut after, mut read, mut links, mut frames) = (Value::Null, 0, 0, 0);
        loop {
            let page = app.query(PAGE, json!({ "after": after }))["articles"].clone();
            for article in page["nodes"].as_array().unwrap() {
                links += addresses(article);
                bodies(article);
                read += 1;
                frames += article["body"]["html"].as_str().unwrap().matches("<iframe").count();
            }
            after = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        assert_eq!(read, posts);
        assert!(links > 10 * posts && frames > 50, "{links} addresses and {frames} frames are too few to have been looked at");
    }
}

#[test]
fn what_is_bred_of_them_comes_out_inert_and_stays_as_it_is() {
    let hosts = [FRAME_HOST.to_owned()];
    let place = Place::unknown().with_frames(&hosts);
    for (number, vector) in vectors::by_hand().iter().enumerate() {
        for mutation in vectors::mutations(vector, number) {
            let once = normalise(&mutation, &place, None).unwrap().html;
            assert_eq!(inert::check(&once, &[FRAME_HOST]), Ok(()), "{mutation:?}: {once}");
            assert_eq!(normalise(&once, &place, None).unwrap().html, once, "{mutation:?}");
        }
    }
}

#[test]
fn there_are_vectors_enough() {
    let by_hand = vectors::by_hand();
    assert!(by_hand.len() >= 500 && vectors::addresses().len() >= 30, "{}", by_hand.len());
    let mutations = by_hand.iter().enumerate().flat_map(|(number, vector)| vectors::mutations(vector, number));
    let mut distinct: Vec<String> = mutations.chain(by_hand.iter().cloned()).collect();
    distinct.sort_unstable();
    distinct.dedup();
    assert!(distinct.len() > 2_500, "{}", distinct.len());
}
