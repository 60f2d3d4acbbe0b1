//! The statements by which articles are stored. Rules stand in [`service`](super::service).

use super::draft::{Draft, Figure, Picture, Save};
use crate::{
    Error, Result, category,
    db::{bulk, free_slugs},
    fold,
    image::Sighting,
};
use entity::{
    Timestamp, article, article_author, article_category, article_tag, body, earlier_path, figure, source_file,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
};

/// The rows that drafts refer to, by what identifies them.
pub(super) struct Rows {
    pub(super) images: HashMap<String, i64>,
    pub(super) authors: HashMap<String, i64>,
    pub(super) tags: HashMap<String, i64>,
    pub(super) categories: HashMap<String, i64>,
}

/// The slug of each article: the one it has, where that is or was made from the one asked for; else a free one.
pub(super) async fn slugs(db: &impl ConnectionTrait, saves: &[Save]) -> Result<Vec<String>> {
    let wanted: Vec<String> =
        saves.iter().filter(|save| kept(save).is_none()).map(|save| save.draft.slug.clone()).collect();
    let mut free = free_slugs::<article::Entity>(db, article::Column::Slug, &wanted).await?.into_iter();
    Ok(saves.iter().map(|save| kept(save).or_else(|| free.next()).unwrap_or_default()).collect())
}

fn kept(save: &Save) -> Option<String> {
    let stored = &save.replaces.as_ref()?.slug;
    let rest = stored.strip_prefix(&save.draft.slug)?;
    let is_numbered = rest.strip_prefix('-').is_some_and(|number| number.parse::<u32>().is_ok());
    (rest.is_empty() || is_numbered).then(|| stored.clone())
}

/// The rows of `article`; their ids, in order.
pub(super) async fn articles(
    db: &impl ConnectionTrait,
    saves: &[Save],
    slugs: &[String],
    rows: &Rows,
) -> Result<Vec<i64>> {
    leave_paths(db, saves).await?;
    let mut new = Vec::new();
    for (save, slug) in saves.iter().zip(slugs) {
        let row = row(&save.draft, slug, rows);
        match &save.replaces {
            None => new.push(article::ActiveModel { version: Set(1), ..row }),
            Some(stored) => {
                let version = Set(stored.version.saturating_add(1));
                article::ActiveModel { id: Unchanged(stored.id), version, ..row }.update(db).await?;
            }
        }
    }
    bulk::insert_all(db, new).await?;
    let mut ids: HashMap<String, i64> = HashMap::with_capacity(slugs.len());
    for slugs in bulk::chunks(slugs) {
        let select = article::Entity::find().select_only().columns([article::Column::Slug, article::Column::Id]);
        let rows = select.filter(article::Column::Slug.is_in(slugs)).into_tuple::<(String, i64)>().all(db).await?;
        ids.extend(rows);
    }
    Ok(slugs.iter().filter_map(|slug| ids.get(slug).copied()).collect())
}

/// Articles that change places would meet at one path, which is unique at every moment.
async fn leave_paths(db: &impl ConnectionTrait, saves: &[Save]) -> Result<()> {
    let moving = saves.iter().filter_map(|save| save.replaces.as_ref().filter(|stored| stored.path != save.draft.path));
    for ids in bulk::chunks(moving.map(|stored| stored.id)) {
        // No path begins so; both databases turn the number into text.
        let nowhere = Expr::cust("'//' || id");
        let leave = article::Entity::update_many().col_expr(article::Column::Path, nowhere);
        leave.filter(article::Column::Id.is_in(ids)).exec(db).await?;
    }
    Ok(())
}

fn row(draft: &Draft, slug: &str, rows: &Rows) -> article::ActiveModel {
    let origin = draft.origin.as_ref();
    let title_folded = fold::loose(&draft.title);
    article::ActiveModel {
        slug_folded: Set(fold::loose(slug)),
        path_folded: Set(fold::loose(&draft.path)),
        title_sort: Set(fold::title_sort(&title_folded)),
        title_pinyin: Set(fold::pinyin(&draft.title)),
        title_folded: Set(title_folded),
        locale_folded: Set(fold::loose(&draft.locale)),
        source_url_folded: Set(draft.source_url.as_deref().map(fold::loose)),
        slug: Set(slug.to_owned()),
        path: Set(draft.path.clone()),
        title: Set(draft.title.clone()),
        excerpt: Set(draft.excerpt.clone()),
        opening: Set(draft.body.opening.clone()),
        locale: Set(draft.locale.clone()),
        is_draft: Set(draft.is_draft),
        published_at: Set(draft.published_at),
        created_at: Set(draft.created_at),
        updated_at: Set(draft.updated_at),
        comments_enabled: Set(draft.comments_enabled),
        source_url: Set(draft.source_url.clone()),
        word_count: Set(draft.body.word_count),
        extra: Set(draft.extra.clone()),
        translation_key: Set(draft.translation_key.clone()),
        source_root: Set(origin.map(|origin| origin.root.clone())),
        source_path: Set(origin.map(|origin| origin.path.clone())),
        source_digest: Set(origin.map(|origin| origin.digest.clone())),
        author_ids: Set(joined(authors(draft, rows))),
        category_ids: Set(joined(leaves(draft, rows))),
        tag_ids: Set(joined(tags(draft, rows))),
        ..Default::default()
    }
}

/// As JSON.
fn joined(ids: impl IntoIterator<Item = i64>) -> String {
    let ids: Vec<String> = ids.into_iter().map(|id| id.to_string()).collect();
    format!("[{}]", ids.join(","))
}

/// The authors of an article, in its order.
fn authors(draft: &Draft, rows: &Rows) -> impl Iterator<Item = i64> {
    draft.authors.iter().filter_map(|author| rows.authors.get(&author.name).copied())
}

/// Its tags, by name.
fn tags(draft: &Draft, rows: &Rows) -> impl Iterator<Item = i64> {
    let names: BTreeSet<&String> = draft.tags.iter().collect();
    names.into_iter().filter_map(|name| rows.tags.get(name).copied())
}

/// Its own categories, in its order.
fn leaves(draft: &Draft, rows: &Rows) -> impl Iterator<Item = i64> {
    let places = places(draft, &rows.categories).into_iter();
    let mut leaves: Vec<(usize, i64)> =
        places.filter(|(_, (is_leaf, _))| *is_leaf).map(|(id, (_, position))| (position, id)).collect();
    leaves.sort_unstable();
    leaves.into_iter().map(|(_, id)| id)
}

/// The rows of `body`, new or replaced.
pub(super) async fn bodies(db: &impl ConnectionTrait, placed: &[(i64, &Draft)]) -> Result<()> {
    use body::Column::{ArticleId, Headings, Html, Markdown, Text};
    let mut rows = Vec::with_capacity(placed.len());
    for (id, draft) in placed {
        let headings = serde_json::to_string(&draft.body.headings)
            .map_err(|source| Error::Corrupt { what: "headings", source: Arc::new(source) })?;
        rows.push(body::ActiveModel {
            article_id: Set(*id),
            html: Set(draft.body.html.clone()),
            markdown: Set(draft.markdown.clone()),
            text: Set(draft.body.text.clone()),
            headings: Set(headings),
        });
    }
    let replace = OnConflict::column(ArticleId).update_columns([Html, Markdown, Text, Headings]).to_owned();
    bulk::upsert_all(db, rows, &replace).await
}

/// The rows of `source_file`: what an article was before says nothing of what it is now.
pub(super) async fn source_files(db: &impl ConnectionTrait, placed: &[(i64, &Draft)], replaced: &[i64]) -> Result<()> {
    bulk::delete_all::<source_file::Entity>(db, source_file::Column::ArticleId, replaced.iter().copied()).await?;
    let rows = placed.iter().filter_map(|(id, draft)| {
        let file = draft.file.as_ref()?;
        Some(source_file::ActiveModel {
            article_id: Set(*id),
            dialect: Set(file.dialect.to_owned()),
            content: Set(file.content.clone()),
        })
    });
    bulk::insert_all(db, rows).await
}

/// Takes replaced articles out of their categories, authors and tags.
pub(super) async fn clear_relations(db: &impl ConnectionTrait, replaced: &[i64]) -> Result<()> {
    let replaced = || replaced.iter().copied();
    bulk::delete_all::<article_category::Entity>(db, article_category::Column::ArticleId, replaced()).await?;
    bulk::delete_all::<article_author::Entity>(db, article_author::Column::ArticleId, replaced()).await?;
    bulk::delete_all::<article_tag::Entity>(db, article_tag::Column::ArticleId, replaced()).await
}

/// Puts articles into their categories, authors and tags.
pub(super) async fn relations(db: &impl ConnectionTrait, placed: &[(i64, &Draft)], rows: &Rows) -> Result<()> {
    let categories = placed.iter().flat_map(|(id, draft)| in_categories(*id, draft, &rows.categories));
    bulk::insert_all(db, categories).await?;
    let authors = placed.iter().flat_map(|(id, draft)| {
        authors(draft, rows).enumerate().map(|(position, author)| article_author::ActiveModel {
            author_id: Set(author),
            article_id: Set(*id),
            position: Set(index(position)),
            is_draft: Set(draft.is_draft),
            published_at: Set(draft.published_at),
        })
    });
    bulk::insert_all(db, authors).await?;
    let tags = placed.iter().flat_map(|(id, draft)| {
        tags(draft, rows).map(|tag| article_tag::ActiveModel {
            tag_id: Set(tag),
            article_id: Set(*id),
            is_draft: Set(draft.is_draft),
            published_at: Set(draft.published_at),
        })
    });
    bulk::insert_all(db, tags).await
}

/// The leaves of an article's chains, and once each category above them: whether it is a leaf, and of which chain.
fn places(draft: &Draft, ids: &HashMap<String, i64>) -> BTreeMap<i64, (bool, usize)> {
    let mut places: BTreeMap<i64, (bool, usize)> = BTreeMap::new();
    for (position, chain) in draft.categories.iter().enumerate() {
        for prefix in category::prefixes(chain) {
            let Some(category) = ids.get(&category::lineage(prefix)) else {
                continue;
            };
            let is_leaf = prefix.len() == chain.len();
            let place = places.entry(*category).or_insert((is_leaf, position));
            if is_leaf && !place.0 {
                *place = (true, position);
            }
        }
    }
    places
}

fn in_categories(id: i64, draft: &Draft, ids: &HashMap<String, i64>) -> Vec<article_category::ActiveModel> {
    let row = |(category, (is_leaf, position))| article_category::ActiveModel {
        category_id: Set(category),
        article_id: Set(id),
        is_leaf: Set(is_leaf),
        position: Set(index(position)),
        is_draft: Set(draft.is_draft),
        published_at: Set(draft.published_at),
    };
    places(draft, ids).into_iter().map(row).collect()
}

/// Every picture of these articles and of their authors, with the first alternative text that is given.
pub(super) fn sightings<'a>(
    drafts: impl Iterator<Item = &'a Draft>,
    portraits: &[&'a Picture],
    now: Timestamp,
) -> BTreeMap<&'a str, Sighting<'a>> {
    let mut seen: BTreeMap<&str, Sighting<'_>> = BTreeMap::new();
    let mut see = |picture: &'a Picture, alt: &'a str| {
        let sighting = seen.entry(&picture.original_url).or_insert(Sighting { picture, alt });
        if sighting.picture.width.is_none() || sighting.picture.file.is_none() && picture.file.is_some() {
            sighting.picture = picture;
        }
        if sighting.alt.is_empty() {
            sighting.alt = alt;
        }
    };
    for draft in drafts {
        // What a hidden article says of an image is not for everyone who sees the image elsewhere.
        let alt = |figure: &'a Figure| if draft.is_hidden(now) { "" } else { &figure.alt };
        draft.body.figures.iter().for_each(|figure| see(&figure.image, alt(figure)));
        draft.cover.iter().chain(&draft.thumbnail).for_each(|picture| see(picture, ""));
    }
    for picture in portraits {
        see(picture, "");
    }
    seen
}

/// The rows of `figure`: figures that keep their place keep their id.
pub(super) async fn figures(
    db: &impl ConnectionTrait,
    placed: &[(i64, &Draft)],
    replaced: &[i64],
    images: &HashMap<String, i64>,
) -> Result<()> {
    use figure::Column::{
        Alt, ArticleId, Caption, Credit, ImageId, IsCover, IsDraft, IsThumbnail, Position, PublishedAt,
    };
    for (id, draft) in placed.iter().filter(|(id, _)| replaced.contains(id)) {
        let positions: Vec<i32> = standing(draft).map(|(position, ..)| position).collect();
        let delete = figure::Entity::delete_many().filter(ArticleId.eq(*id)).filter(Position.is_not_in(positions));
        delete.exec(db).await?;
    }
    let rows = placed.iter().flat_map(|(id, draft)| {
        standing(draft).filter_map(|(position, picture, figure)| {
            let marked = |mark: Option<&Picture>| mark.is_some_and(|mark| mark.original_url == picture.original_url);
            let is_first = first_place(draft, picture) == Some(position);
            Some(figure::ActiveModel {
                article_id: Set(*id),
                position: Set(position),
                image_id: Set(*images.get(&picture.original_url)?),
                alt: Set(figure.map(|figure| figure.alt.clone()).unwrap_or_default()),
                caption: Set(figure.and_then(|figure| figure.caption.clone())),
                credit: Set(figure.and_then(|figure| figure.credit.clone())),
                is_cover: Set(is_first && marked(draft.cover.as_ref())),
                is_thumbnail: Set(is_first && marked(draft.thumbnail.as_ref())),
                is_draft: Set(draft.is_draft),
                published_at: Set(draft.published_at),
                ..Default::default()
            })
        })
    });
    let replace = OnConflict::columns([ArticleId, Position])
        .update_columns([ImageId, Alt, Caption, Credit, IsCover, IsThumbnail, IsDraft, PublishedAt])
        .to_owned();
    bulk::upsert_all(db, rows, &replace).await
}

/// Every place at which a picture stands: those of the body from 0, a cover or thumbnail that is not among them before.
fn standing(draft: &Draft) -> impl Iterator<Item = (i32, &Picture, Option<&Figure>)> {
    let body = draft.body.figures.iter().enumerate().map(|(at, figure)| (index(at), &figure.image, Some(figure)));
    let outside =
        |picture: &&Picture| !draft.body.figures.iter().any(|figure| figure.image.original_url == picture.original_url);
    let cover = draft.cover.as_ref().filter(outside);
    let thumbnail = draft.thumbnail.as_ref().filter(outside);
    let thumbnail = thumbnail.filter(|picture| cover.is_none_or(|cover| cover.original_url != picture.original_url));
    let before = cover.map(|picture| (-1, picture, None)).into_iter();
    before.chain(thumbnail.map(|picture| (-2, picture, None))).chain(body)
}

/// A picture that stands twice is cover or thumbnail where it stands first.
fn first_place(draft: &Draft, picture: &Picture) -> Option<i32> {
    standing(draft).find(|(_, other, _)| other.original_url == picture.original_url).map(|(position, ..)| position)
}

/// Remembers the paths that articles leave and those that their sources name, and forgets those that articles now have. What is
/// hidden takes no path away from what is shown: an old link must not tell that it is there.
pub(super) async fn earlier_paths(
    db: &impl ConnectionTrait,
    saves: &[Save],
    placed: &[(i64, &Draft)],
    now: Timestamp,
) -> Result<()> {
    use earlier_path::Column::{ArticleId, Path};
    let all: HashSet<&str> = saves.iter().map(|save| save.draft.path.as_str()).collect();
    let shown = saves.iter().filter(|save| !save.draft.is_hidden(now)).map(|save| save.draft.path.as_str());
    let shown: HashSet<&str> = shown.collect();
    bulk::delete_all::<earlier_path::Entity>(db, Path, shown.iter().copied()).await?;
    // Two articles may have had one path; it leads to the one that had it last.
    let replace = OnConflict::column(Path).update_column(ArticleId).to_owned();
    let keep = OnConflict::column(Path).do_nothing().to_owned();
    for (is_hidden, taken, conflict) in [(false, &shown, &replace), (true, &all, &keep)] {
        let of = |draft: &Draft| draft.is_hidden(now) == is_hidden;
        let left = saves.iter().filter(|save| of(&save.draft));
        let left = left.filter_map(|save| save.replaces.as_ref().map(|stored| (stored.path.as_str(), stored.id)));
        let named = placed.iter().filter(|(_, draft)| of(draft));
        let named = named.flat_map(|(id, draft)| draft.earlier_paths.iter().map(|path| (path.as_str(), *id)));
        // One statement can not write a row twice.
        let earlier: BTreeMap<&str, i64> = named.chain(left).filter(|(path, _)| !taken.contains(path)).collect();
        let rows = earlier
            .into_iter()
            .map(|(path, id)| earlier_path::ActiveModel { path: Set(path.to_owned()), article_id: Set(id) });
        bulk::upsert_all(db, rows, conflict).await?;
    }
    Ok(())
}

fn index(position: usize) -> i32 {
    i32::try_from(position).unwrap_or(i32::MAX)
}
