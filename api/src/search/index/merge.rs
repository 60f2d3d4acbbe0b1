//! Making one segment of several: their pages are read and written in the order of their keys, some at a time.

use super::{
    documents::{self, Bits, Document},
    postings::Writer,
    segment::{Entry, Pages, entries},
    terms::Key,
    write::{begin, drop_segment, insert_pages, place},
};
use crate::Result;
use entity::{search_document, search_page, search_segment};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use std::collections::VecDeque;

/// Pages that are read at once. One of a common term is long.
const READ: u64 = 32;

/// Bytes of pages that are written at once.
const WRITTEN: usize = 1024 * 1024;

/// One of the segments that become one.
struct Part {
    id: i64,
    /// How many documents of the others come before its own.
    offset: u32,
    /// Where each document is among those that are left; nothing where all are.
    left: Option<Vec<Option<u32>>>,
    read: VecDeque<Entry>,
    last: Option<Key>,
    /// Whether there is nothing more to read.
    is_read: bool,
}

/// One segment of these of one epoch, in their order, and without what is dead.
pub async fn run(db: &impl ConnectionTrait, epoch: i32, segments: &[i64]) -> Result<()> {
    let mut parts = Vec::with_capacity(segments.len());
    let mut documents: Vec<Document> = Vec::new();
    for id in segments {
        parts.extend(part(db, *id, &mut documents).await?);
    }
    let merged = begin(db, epoch, &documents).await?;
    let mut pages = Pages::default();
    while let Some(entry) = next(db, &mut parts).await? {
        pages.add(entry);
        if pages.bytes() >= WRITTEN {
            insert_pages(db, merged, pages.take()).await?;
        }
    }
    insert_pages(db, merged, pages.finish()).await?;
    if parts.iter().any(|part| part.left.is_some()) {
        place(db, merged, documents.iter().map(|document| document.article)).await?;
    } else {
        for part in &parts {
            renumber(db, part, merged).await?;
        }
    }
    for part in &parts {
        drop_segment(db, part.id).await?;
    }
    Ok(())
}

async fn part(db: &impl ConnectionTrait, id: i64, documents: &mut Vec<Document>) -> Result<Option<Part>> {
    let Some(segment) = search_segment::Entity::find_by_id(id).one(db).await? else {
        return Ok(None);
    };
    let offset = number(documents.len());
    let mut part = Part { id, offset, left: None, read: VecDeque::new(), last: None, is_read: false };
    let all = documents::unpack(&segment.data);
    match segment.dead.map(Bits) {
        None => documents.extend(all),
        Some(dead) => {
            let is_left = (0..number(all.len())).map(|number| !dead.contains(number));
            let mut next = 0..;
            part.left = Some(is_left.clone().map(|is_left| if is_left { next.next() } else { None }).collect());
            documents
                .extend(all.into_iter().zip(is_left).filter(|(_, is_left)| *is_left).map(|(document, _)| document));
        }
    }
    Ok(Some(part))
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The next key of all parts, with the postings of all of them.
async fn next(db: &impl ConnectionTrait, parts: &mut [Part]) -> Result<Option<Entry>> {
    loop {
        for part in parts.iter_mut().filter(|part| part.read.is_empty() && !part.is_read) {
            part.read_more(db).await?;
        }
        let Some(key) = parts.iter().filter_map(|part| Some(&part.read.front()?.key)).min().cloned() else {
            return Ok(None);
        };
        let mut writer = Writer::default();
        for part in parts.iter_mut() {
            part.move_to(&mut writer, &key);
        }
        // All documents of a key may be dead.
        if let Some(postings) = writer.finish() {
            return Ok(Some(Entry { key, postings }));
        }
    }
}

impl Part {
    async fn read_more(&mut self, db: &impl ConnectionTrait) -> Result<()> {
        use search_page::{
            Column::{Data, FirstKey, SegmentId},
            Entity,
        };
        let mut select = Entity::find().select_only().columns([FirstKey, Data]).filter(SegmentId.eq(self.id));
        if let Some(Key(last)) = &self.last {
            select = select.filter(FirstKey.gt(last.clone()));
        }
        let pages: Vec<(Vec<u8>, Vec<u8>)> = select.order_by_asc(FirstKey).limit(READ).into_tuple().all(db).await?;
        self.is_read = (pages.len() as u64) < READ;
        for (first, data) in pages {
            let entry = |(key, postings): (&[u8], &[u8])| Entry { key: Key(key.to_vec()), postings: postings.to_vec() };
            self.read.extend(entries(&data).map(entry));
            self.last = Some(Key(first));
        }
        Ok(())
    }

    fn move_to(&mut self, writer: &mut Writer, key: &Key) {
        let Some(entry) = self.read.pop_front_if(|entry| entry.key == *key) else {
            return;
        };
        let Some(kind) = key.kind() else {
            return;
        };
        match &self.left {
            None => writer.append(&entry.postings, kind.form(), self.offset, None),
            Some(left) => {
                let keeps = |number: u32| left.get(number as usize).copied().flatten();
                writer.append(&entry.postings, kind.form(), self.offset, Some(&keeps));
            }
        }
    }
}

async fn renumber(db: &impl ConnectionTrait, part: &Part, merged: i64) -> Result<()> {
    use search_document::{
        Column::{Number, SegmentId},
        Entity,
    };
    let offset = i32::try_from(part.offset).unwrap_or(i32::MAX);
    let moved = Entity::update_many().filter(SegmentId.eq(part.id));
    let moved = moved.col_expr(Number, Expr::col(Number).add(offset)).col_expr(SegmentId, merged.into());
    moved.exec(db).await?;
    Ok(())
}
