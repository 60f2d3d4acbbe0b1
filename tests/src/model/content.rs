//! Random content: made, stored as every source of articles stores it, and remembered.

use super::{
    Article, Author, Category, Content, Image, Tag,
    random::Random,
    words::{AUTHORS, CHAINS, IMAGES, INSTANTS, LOCALES, PATHS, SLUGS, SOURCES, TAGS, TITLES},
};
use crate::{
    app::{self, NOW, TestClock, instant},
    db::TestDb,
};
use api::{
    article::{AuthorDraft, BodyDraft, Draft, FigureDraft, Naming, Picture, Save, service},
    fold,
    media::{Kept, LocalPicture, LocalPictures},
};
use entity::{Timestamp, category::SEPARATOR};
use std::collections::BTreeSet;

const DAY: i64 = 86_400_000_000;

/// Makes up content of this seed, stores it and tells what it is.
pub async fn plant(db: &TestDb, seed: u64) -> Content {
    let app = app::open(db, &TestClock::at(NOW), &[]).await;
    let mut random = Random::of(seed, 0);
    let count = 40 + random.below(41);
    let drafts: Vec<Draft> = (0..count).map(|number| draft(&mut random, number)).collect();
    for (number, batch) in drafts.chunks(25).enumerate() {
        let saves: Vec<Save> = batch.iter().map(|draft| Save { replaces: None, draft: draft.clone() }).collect();
        let came = Timestamp(instant(NOW).0 + i64::try_from(number % 2).expect("it is 0 or 1") * DAY);
        let transaction = app.db.begin().await.expect("the database answers");
        let stored = service::save(&transaction, &saves, &copies(), &Naming::default(), came).await;
        stored.expect("what is made up can be stored");
        transaction.commit().await.expect("the database answers");
    }
    read(db, &drafts).await
}

/// Pictures of which there are copies.
fn copies() -> LocalPictures {
    let kept = |(number, (url, _)): (usize, &(&str, bool))| {
        let bytes = [None, Some(1), Some(70_000), Some(1)][number % 4]?;
        let file = format!("{number}.png");
        let kept = Kept { name: format!("ab/{file}"), mime_type: "image/png", bytes, width: Some(640), height: None };
        let picture = LocalPicture { root: "/made-up".to_owned(), file, stamp: None, kept: Some(kept) };
        Some(((*url).to_owned(), picture))
    };
    IMAGES.iter().enumerate().filter_map(kept).collect()
}

fn draft(random: &mut Random, number: usize) -> Draft {
    let published_at = any_instant(random);
    let figures: Vec<FigureDraft> = random.some(&IMAGES[..10], 4).into_iter().map(figure).collect();
    let figures = if random.one_in(4) { [figures.clone(), figures].concat() } else { figures };
    let own = figures.first().map(|figure| figure.image.clone());
    let other = Some(figure(*random.pick(&IMAGES[..10])).image);
    let words = [0, 1, 1, 2, 100, 100_000][random.below(6)];
    let cover = [None, None, own, other.clone()][random.below(4)].clone();
    Draft {
        title: title(random),
        slug: (*random.pick(&SLUGS)).to_owned(),
        path: random.pick(&PATHS).replace("{}", &number.to_string()),
        locale: (*random.pick(&LOCALES)).to_owned(),
        is_draft: random.one_in(6),
        published_at,
        created_at: if random.one_in(2) { published_at } else { any_instant(random) },
        updated_at: if random.one_in(2) { published_at } else { any_instant(random) },
        comments_enabled: random.one_in(2),
        source_url: random.one_in(2).then(|| (*random.pick(&SOURCES)).to_owned()),
        excerpt: None,
        authors: random.some(&AUTHORS, 3).into_iter().map(author).collect(),
        categories: random.some(&CHAINS, 3).into_iter().map(chain).collect(),
        tags: random.some(&TAGS, 4).into_iter().map(str::to_owned).collect(),
        cover,
        thumbnail: if random.one_in(4) { other } else { None },
        body: BodyDraft { figures, word_count: words, ..BodyDraft::default() },
        markdown: String::new(),
        extra: "{}".to_owned(),
        earlier_paths: vec![format!("/earlier/{number}/")],
        translation_key: None,
        origin: None,
        file: None,
    }
}

fn title(random: &mut Random) -> String {
    let first = *random.pick(&TITLES);
    match random.below(8) {
        0 => format!("{first} {}", random.pick(&TITLES)),
        // Equal as far as titles are ordered by, and not behind.
        1 => format!("{}{first}", "長".repeat(160)),
        _ => first.to_owned(),
    }
}

/// Often one of few, so that many are equal.
fn any_instant(random: &mut Random) -> Timestamp {
    let edge = instant(INSTANTS[random.below(INSTANTS.len())]);
    match random.below(4) {
        0 => edge,
        1 => instant("2022-08-16T02:50:37Z"),
        2 => Timestamp(instant(NOW).0 - i64::try_from(random.below(900)).expect("it is below 900") * DAY),
        _ => instant(INSTANTS[8 + random.below(12)]),
    }
}

fn figure((url, has_size): (&str, bool)) -> FigureDraft {
    let length = i32::try_from(url.chars().count() % 3).expect("it is below 3");
    let size = has_size.then_some(100 * (length + 1));
    let image = Picture { original_url: url.to_owned(), file: None, width: size, height: size.map(|size| size / 2) };
    FigureDraft { image, alt: String::new(), caption: None, credit: None, is_cover: false }
}

fn author(name: &str) -> AuthorDraft {
    let portrait = ["Ada Anker", "阿達"].iter().position(|other| *other == name);
    let avatar = portrait.map(|number| figure(IMAGES[10 + number]).image);
    AuthorDraft { name: name.to_owned(), avatar, ..AuthorDraft::default() }
}

fn chain(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// What was made, with the numbers and names that it was given.
async fn read(db: &TestDb, drafts: &[Draft]) -> Content {
    let mut content = Content { images: images(db).await, ..Content::default() };
    content.authors = authors(db, &content.images).await;
    content.categories = categories(db, drafts).await;
    let tags: Vec<(i64, String, String)> = db.rows("SELECT id, slug, name FROM tag").await;
    content.tags = tags.into_iter().map(|(id, slug, name)| Tag { id, slug, name }).collect();
    let rows: Vec<(i64, String, String)> = db.rows("SELECT id, slug, path FROM article").await;
    for (id, slug, path) in rows {
        let draft = drafts.iter().find(|draft| draft.path == path).expect("nothing else is stored");
        content.articles.push(article(&content, id, slug, draft));
    }
    assert_eq!(content.articles.len(), drafts.len());
    content
}

fn article(content: &Content, id: i64, slug: String, draft: &Draft) -> Article {
    let place_of = |url: &str| content.images.iter().position(|image| image.original_url == url);
    let shown = draft.body.figures.iter().map(|figure| &figure.image).chain(&draft.cover).chain(&draft.thumbnail);
    let images: BTreeSet<usize> = shown.filter_map(|picture| place_of(&picture.original_url)).collect();
    let authors = draft.authors.iter().map(|author| content.authors.iter().position(|row| row.name == author.name));
    let categories = draft.categories.iter().map(|chain| content.categories.iter().position(|row| row.names == *chain));
    let tags = draft.tags.iter().map(|tag| content.tags.iter().position(|row| row.name == *tag));
    Article {
        id,
        slug,
        path: draft.path.clone(),
        title: draft.title.clone(),
        title_keys: [fold::title_sort(&fold::loose(&draft.title)), fold::pinyin(&draft.title)],
        locale: draft.locale.clone(),
        source_url: draft.source_url.clone(),
        is_draft: draft.is_draft,
        published_at: draft.published_at.0,
        created_at: draft.created_at.0,
        updated_at: draft.updated_at.0,
        comments_enabled: draft.comments_enabled,
        word_count: draft.body.word_count.into(),
        has_cover: draft.cover.is_some(),
        authors: authors.map(|place| place.expect("its authors are stored")).collect(),
        categories: categories.map(|place| place.expect("its categories are stored")).collect(),
        tags: tags.map(|place| place.expect("its tags are stored")).collect(),
        images: images.into_iter().collect(),
    }
}

type ImageColumns = (i64, String, Option<String>, Option<i32>, Option<i32>, Option<i32>, i64);

async fn images(db: &TestDb) -> Vec<Image> {
    let columns = "id, original_url, mime_type, width, height, bytes, created_at";
    let rows: Vec<ImageColumns> = db.rows(&format!("SELECT {columns} FROM image")).await;
    let image = |(id, original_url, mime_type, width, height, bytes, created_at): ImageColumns| Image {
        id,
        original_url,
        mime_type,
        width: width.map(i64::from),
        height: height.map(i64::from),
        bytes: bytes.map(i64::from),
        created_at,
    };
    rows.into_iter().map(image).collect()
}

async fn authors(db: &TestDb, images: &[Image]) -> Vec<Author> {
    let rows: Vec<(i64, String, String)> = db.rows("SELECT id, slug, name FROM author").await;
    let avatar = |name: &str| {
        let url = author(name).avatar?.original_url;
        images.iter().position(|image| image.original_url == url)
    };
    rows.into_iter().map(|(id, slug, name)| Author { id, slug, avatar: avatar(&name), name }).collect()
}

async fn categories(db: &TestDb, drafts: &[Draft]) -> Vec<Category> {
    let rows: Vec<(i64, String, String, String)> = db.rows("SELECT id, slug, path, lineage FROM category").await;
    let chains: BTreeSet<&[String]> = drafts.iter().flat_map(|draft| &draft.categories).map(Vec::as_slice).collect();
    let wanted: BTreeSet<&[String]> =
        chains.into_iter().flat_map(|chain| (1..=chain.len()).map(move |length| &chain[..length])).collect();
    assert_eq!(rows.len(), wanted.len(), "each category is stored once");
    let names = |lineage: &str| lineage.split(SEPARATOR).map(str::to_owned).collect::<Vec<_>>();
    let all: Vec<Vec<String>> = rows.iter().map(|(.., lineage)| names(lineage)).collect();
    let parent = |names: &[String]| all.iter().position(|other| other.as_slice() == &names[..names.len() - 1]);
    let category = |(id, slug, path, lineage): (i64, String, String, String)| {
        let names = names(&lineage);
        Category { id, slug, path, parent: parent(&names), names }
    };
    rows.into_iter().map(category).collect()
}
