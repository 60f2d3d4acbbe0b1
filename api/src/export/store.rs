//! What an export asks the database of articles.

use super::article::{Stored, StoredFile};
use crate::{
    Error, Result,
    article::{AuthorDraft, Picture},
    db::bulk,
};
use entity::{
    article, article_author, article_category, article_tag, author, body, category, earlier_path, figure, image,
    source_file, tag,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, Query},
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// Which articles are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// Those whose file is there, in this dialect.
    WithFile(&'a str),
    /// All others.
    Without(&'a str),
}

/// The next articles behind this id, at most so many, each with everything.
///
/// # Errors
/// When the database fails, or holds JSON that is none.
pub async fn articles(db: &impl ConnectionTrait, part: Part<'_>, after: i64, most: u64) -> Result<Vec<Stored>> {
    let select = article::Entity::find().filter(article::Column::Id.gt(after)).filter(is_of(part));
    let rows = select.order_by_asc(article::Column::Id).limit(most).all(db).await?;
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut all = Relations::of(db, &ids).await?;
    rows.into_iter().map(|row| all.stored(row)).collect()
}

fn is_of(part: Part) -> Condition {
    let (Part::WithFile(dialect) | Part::Without(dialect)) = part;
    let of_article =
        Expr::col((source_file::Entity, source_file::Column::ArticleId)).equals((article::Entity, article::Column::Id));
    let files = Query::select()
        .expr(Expr::val(1))
        .from(source_file::Entity)
        .and_where(of_article)
        .and_where(Expr::col((source_file::Entity, source_file::Column::Dialect)).eq(dialect))
        .take();
    let has_file = Expr::exists(files);
    Condition::all().add(if matches!(part, Part::WithFile(_)) { has_file } else { has_file.not() })
}

/// What belongs to the articles of a batch, by their ids.
#[derive(Default)]
struct Relations {
    bodies: HashMap<i64, body::Model>,
    files: HashMap<i64, StoredFile>,
    authors: HashMap<i64, Vec<AuthorDraft>>,
    categories: HashMap<i64, Vec<Vec<String>>>,
    tags: HashMap<i64, Vec<String>>,
    earlier_paths: HashMap<i64, Vec<String>>,
    covers: HashMap<i64, Picture>,
    thumbnails: HashMap<i64, Picture>,
}

impl Relations {
    async fn of(db: &impl ConnectionTrait, ids: &[i64]) -> Result<Self> {
        let all = || ids.iter().copied();
        let bodies = bulk::find_all::<body::Entity>(db, body::Column::ArticleId, all()).await?;
        let files = bulk::find_all::<source_file::Entity>(db, source_file::Column::ArticleId, all()).await?;
        let mut relations = Self {
            bodies: bodies.into_iter().map(|body| (body.article_id, body)).collect(),
            files: files
                .into_iter()
                .map(|file| (file.article_id, StoredFile { dialect: file.dialect, content: file.content }))
                .collect(),
            authors: authors(db, ids).await?,
            categories: chains(db, ids).await?,
            tags: tags_of(db, ids).await?,
            earlier_paths: earlier_paths(db, ids).await?,
            ..Self::default()
        };
        relations.pictures(db, ids).await?;
        Ok(relations)
    }

    async fn pictures(&mut self, db: &impl ConnectionTrait, ids: &[i64]) -> Result<()> {
        use figure::Column::{ArticleId, IsCover, IsThumbnail};
        let marked = Condition::any().add(IsCover.eq(true)).add(IsThumbnail.eq(true));
        let select = figure::Entity::find().filter(ArticleId.is_in(ids.iter().copied())).filter(marked);
        let figures = select.all(db).await?;
        let pictures = pictures(db, figures.iter().map(|figure| figure.image_id)).await?;
        for figure in figures {
            let Some(picture) = pictures.get(&figure.image_id) else { continue };
            if figure.is_cover {
                self.covers.insert(figure.article_id, picture.clone());
            }
            if figure.is_thumbnail {
                self.thumbnails.insert(figure.article_id, picture.clone());
            }
        }
        Ok(())
    }

    fn stored(&mut self, row: article::Model) -> Result<Stored> {
        let extra = serde_json::from_str(&row.extra)
            .map_err(|source| Error::Corrupt { what: "front matter", source: Arc::new(source) })?;
        let (html, markdown) = self.bodies.remove(&row.id).map(|body| (body.html, body.markdown)).unwrap_or_default();
        Ok(Stored {
            id: row.id,
            slug: row.slug,
            path: row.path,
            title: row.title,
            excerpt: row.excerpt,
            locale: row.locale,
            is_draft: row.is_draft,
            published_at: row.published_at,
            created_at: row.created_at,
            updated_at: row.updated_at,
            comments_enabled: row.comments_enabled,
            source_url: row.source_url,
            extra,
            html,
            markdown,
            authors: self.authors.remove(&row.id).unwrap_or_default(),
            categories: self.categories.remove(&row.id).unwrap_or_default(),
            tags: self.tags.remove(&row.id).unwrap_or_default(),
            earlier_paths: self.earlier_paths.remove(&row.id).unwrap_or_default(),
            translation_key: row.translation_key,
            cover: self.covers.remove(&row.id),
            thumbnail: self.thumbnails.remove(&row.id),
            source_path: row.source_path,
            file: self.files.remove(&row.id),
        })
    }
}

async fn authors(db: &impl ConnectionTrait, ids: &[i64]) -> Result<HashMap<i64, Vec<AuthorDraft>>> {
    use article_author::Column::{ArticleId, Position};
    let select = article_author::Entity::find().filter(ArticleId.is_in(ids.iter().copied()));
    let rows = select.order_by_asc(Position).all(db).await?;
    let wanted = distinct(rows.iter().map(|row| row.author_id));
    let found = bulk::find_all::<author::Entity>(db, author::Column::Id, wanted).await?;
    let portraits = pictures(db, found.iter().filter_map(|author| author.avatar_id)).await?;
    let drafts: HashMap<i64, AuthorDraft> = found
        .into_iter()
        .map(|author| {
            let avatar = author.avatar_id.and_then(|id| portraits.get(&id)).cloned();
            (author.id, AuthorDraft { name: author.name, bio: author.bio, website: author.website, avatar })
        })
        .collect();
    let mut authors: HashMap<i64, Vec<AuthorDraft>> = HashMap::new();
    for row in rows {
        authors.entry(row.article_id).or_default().extend(drafts.get(&row.author_id).cloned());
    }
    Ok(authors)
}

async fn chains(db: &impl ConnectionTrait, ids: &[i64]) -> Result<HashMap<i64, Vec<Vec<String>>>> {
    use article_category::Column::{ArticleId, IsLeaf, Position};
    let select = article_category::Entity::find().filter(ArticleId.is_in(ids.iter().copied()));
    let rows = select.filter(IsLeaf.eq(true)).order_by_asc(Position).all(db).await?;
    let wanted = distinct(rows.iter().map(|row| row.category_id));
    let found = bulk::find_all::<category::Entity>(db, category::Column::Id, wanted).await?;
    let names: HashMap<i64, Vec<String>> = found
        .into_iter()
        .map(|row| (row.id, row.lineage.split(category::SEPARATOR).map(str::to_owned).collect()))
        .collect();
    let mut chains: HashMap<i64, Vec<Vec<String>>> = HashMap::new();
    for row in rows {
        chains.entry(row.article_id).or_default().extend(names.get(&row.category_id).cloned());
    }
    Ok(chains)
}

async fn tags_of(db: &impl ConnectionTrait, ids: &[i64]) -> Result<HashMap<i64, Vec<String>>> {
    let select = article_tag::Entity::find().filter(article_tag::Column::ArticleId.is_in(ids.iter().copied()));
    let rows = select.all(db).await?;
    let wanted = distinct(rows.iter().map(|row| row.tag_id));
    let found = bulk::find_all::<tag::Entity>(db, tag::Column::Id, wanted).await?;
    let names: HashMap<i64, String> = found.into_iter().map(|tag| (tag.id, tag.name)).collect();
    let mut tags: HashMap<i64, Vec<String>> = HashMap::new();
    for row in rows {
        tags.entry(row.article_id).or_default().extend(names.get(&row.tag_id).cloned());
    }
    for names in tags.values_mut() {
        names.sort_unstable();
    }
    Ok(tags)
}

async fn earlier_paths(db: &impl ConnectionTrait, ids: &[i64]) -> Result<HashMap<i64, Vec<String>>> {
    use earlier_path::Column::{ArticleId, Path};
    let select = earlier_path::Entity::find().filter(ArticleId.is_in(ids.iter().copied())).order_by_asc(Path);
    let mut paths: HashMap<i64, Vec<String>> = HashMap::new();
    for row in select.all(db).await? {
        paths.entry(row.article_id).or_default().push(row.path);
    }
    Ok(paths)
}

async fn pictures(db: &impl ConnectionTrait, ids: impl Iterator<Item = i64>) -> Result<BTreeMap<i64, Picture>> {
    let found = bulk::find_all::<image::Entity>(db, image::Column::Id, distinct(ids)).await?;
    let picture = |image: image::Model| Picture {
        original_url: image.original_url,
        file: image.source_file.filter(|_| image.media.is_some()),
        width: image.width,
        height: image.height,
    };
    Ok(found.into_iter().map(|image| (image.id, picture(image))).collect())
}

fn distinct(ids: impl Iterator<Item = i64>) -> Vec<i64> {
    let mut ids: Vec<i64> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
