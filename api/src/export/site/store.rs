//! What an export asks the database of the site as a whole.

use crate::{
    Result,
    export::{form::Form, naming::Term, pictures::Kept},
    import::document::PostLink,
};
use entity::{Timestamp, article, author, body, category, image, site_file, source_file, tag};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, sea_query::LikeExpr,
};
use std::collections::HashSet;

/// Images that are read together.
const PAGE: u64 = 1_000;

/// How many articles came from files of each dialect.
///
/// # Errors
/// When the database fails.
pub async fn dialects(db: &impl ConnectionTrait) -> Result<Vec<(String, i64)>> {
    let select = source_file::Entity::find().select_only().column(source_file::Column::Dialect);
    let select = select.column_as(source_file::Column::ArticleId.count(), "articles");
    Ok(select.group_by(source_file::Column::Dialect).into_tuple().all(db).await?)
}

/// How many articles there are.
///
/// # Errors
/// When the database fails.
pub async fn count(db: &impl ConnectionTrait) -> Result<usize> {
    Ok(usize::try_from(article::Entity::find().count(db).await?).unwrap_or(usize::MAX))
}

/// Slug, path and date of the newest articles, for finding what their paths have in common.
///
/// # Errors
/// When the database fails.
pub async fn paths(db: &impl ConnectionTrait, most: u64) -> Result<Vec<(String, String, Timestamp)>> {
    use article::Column::{Id, Path, PublishedAt, Slug};
    let select = article::Entity::find().select_only().columns([Slug, Path, PublishedAt]);
    Ok(select.order_by_desc(Id).limit(most).into_tuple().all(db).await?)
}

/// All tags, by name.
///
/// # Errors
/// When the database fails.
pub async fn tags(db: &impl ConnectionTrait) -> Result<Vec<Term>> {
    use tag::Column::{Name, Path, Slug};
    let select = tag::Entity::find().select_only().columns([Name, Slug, Path]).order_by_asc(Name);
    let rows: Vec<(String, String, String)> = select.into_tuple().all(db).await?;
    Ok(rows.into_iter().map(|(name, slug, path)| Term { names: vec![name], slug, path }).collect())
}

/// All categories, in the order of the tree.
///
/// # Errors
/// When the database fails.
pub async fn categories(db: &impl ConnectionTrait) -> Result<Vec<Term>> {
    use category::Column::{Lineage, Path, Slug};
    let select = category::Entity::find().select_only().columns([Lineage, Slug, Path]).order_by_asc(Lineage);
    let rows: Vec<(String, String, String)> = select.into_tuple().all(db).await?;
    let names = |lineage: &str| lineage.split(category::SEPARATOR).map(str::to_owned).collect();
    Ok(rows.into_iter().map(|(lineage, slug, path)| Term { names: names(&lineage), slug, path }).collect())
}

/// Where the pages of authors stand, each with the slug of its author.
///
/// # Errors
/// When the database fails.
pub async fn authors(db: &impl ConnectionTrait) -> Result<Vec<Term>> {
    use author::Column::{Name, Path, Slug};
    let select = author::Entity::find().select_only().columns([Name, Slug, Path]).order_by_asc(Name);
    let rows: Vec<(String, String, String)> = select.into_tuple().all(db).await?;
    Ok(rows.into_iter().map(|(name, slug, path)| Term { names: vec![name], slug, path }).collect())
}

/// The pictures that are shown and were files, oldest first. Those that came from a site of this form tell their files.
///
/// # Errors
/// When the database fails.
pub async fn pictures(db: &impl ConnectionTrait, form: Form) -> Result<Vec<Kept>> {
    let roots = roots_of(db, form).await?;
    let was_file =
        Condition::any().add(image::Column::Media.is_not_null()).add(image::Column::SourceFile.is_not_null());
    let mut after = 0;
    let mut pictures = Vec::new();
    loop {
        let select = image::Entity::find().filter(was_file.clone()).filter(crate::image::is_shown());
        let select = select.filter(image::Column::Id.gt(after)).order_by_asc(image::Column::Id).limit(PAGE);
        let page = select.all(db).await?;
        let Some(last) = page.last() else { return Ok(pictures) };
        after = last.id;
        pictures.extend(page.into_iter().map(|image| {
            let is_of_form = image.source_root.is_some_and(|root| roots.contains(&root));
            let source_file = image.source_file.filter(|_| is_of_form);
            Kept { original_url: image.original_url, media: image.media, source_file }
        }));
    }
}

/// The folders from which files of this form came.
async fn roots_of(db: &impl ConnectionTrait, form: Form) -> Result<HashSet<String>> {
    let of_form = source_file::Entity::find().filter(source_file::Column::Dialect.eq(form.name()));
    let select = of_form.select_only().column(article::Column::SourceRoot).distinct();
    let joined = select.inner_join(article::Entity);
    let roots: Vec<Option<String>> = joined.into_tuple().all(db).await?;
    Ok(roots.into_iter().flatten().collect())
}

/// An article that others may link to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// The file that it came from, and that file's dialect where the file is there.
    pub source: (Option<String>, Option<String>),
    /// Unique.
    pub slug: String,
    /// Whether its file lies among drafts.
    pub is_draft: bool,
    /// Where it stands.
    pub link: PostLink,
    /// What its file may be named by.
    pub published_at: Timestamp,
}

/// All articles, if the body of one may refer to another by a tag.
///
/// # Errors
/// When the database fails.
pub async fn linked(db: &impl ConnectionTrait) -> Result<Vec<Linked>> {
    use article::Column::{IsDraft, Path, PublishedAt, Slug, SourcePath, Title};
    type Row = (Option<String>, Option<String>, String, bool, String, String, Timestamp);
    if !has_tags(db).await? {
        return Ok(Vec::new());
    }
    let file = source_file::Entity::belongs_to(article::Entity)
        .from(source_file::Column::ArticleId)
        .to(article::Column::Id)
        .into();
    let select = article::Entity::find().join_rev(JoinType::LeftJoin, file).select_only().column(SourcePath);
    let select = select.column(source_file::Column::Dialect).columns([Slug, IsDraft, Path, Title, PublishedAt]);
    let rows: Vec<Row> = select.order_by_asc(article::Column::Id).into_tuple().all(db).await?;
    let linked = |(file, dialect, slug, is_draft, path, title, published_at): Row| Linked {
        source: (file, dialect),
        slug,
        is_draft,
        link: PostLink { path, title },
        published_at,
    };
    Ok(rows.into_iter().map(linked).collect())
}

/// Whether a body holds what may be a tag of one of the tools.
async fn has_tags(db: &impl ConnectionTrait) -> Result<bool> {
    let tag = |opener: &str| body::Column::Markdown.like(LikeExpr::new(format!("%{opener}%")).escape('!'));
    let select = body::Entity::find().select_only().column(body::Column::ArticleId);
    let select = select.filter(Condition::any().add(tag("{!%")).add(tag("{{")));
    let found: Option<i64> = select.limit(1).into_tuple().one(db).await?;
    Ok(found.is_some())
}

/// The files of the configuration by which all articles came in, each with its path; none where they came from several sites,
/// from none, or from one of another form.
///
/// # Errors
/// When the database fails.
pub async fn configuration(db: &impl ConnectionTrait, form: Form) -> Result<Vec<(String, Vec<u8>)>> {
    let select = article::Entity::find().select_only().column(article::Column::SourceRoot).distinct().limit(2);
    let roots: Vec<Option<String>> = select.into_tuple().all(db).await?;
    let [Some(root)] = roots.as_slice() else { return Ok(Vec::new()) };
    let of_root = site_file::Entity::find().filter(site_file::Column::Root.eq(root));
    let of_form = of_root.filter(site_file::Column::Dialect.eq(form.name()));
    let files = of_form.order_by_asc(site_file::Column::Position).all(db).await?;
    Ok(files.into_iter().map(|file| (file.path, file.content)).collect())
}
