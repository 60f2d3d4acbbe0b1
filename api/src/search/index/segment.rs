//! A segment of the index: some documents, and the keys that stand in them, in pages. Pure.

use super::{
    documents::Document,
    postings::{Counts, Writer, put, take},
    terms::{self, END, Key, Kind, Packed},
};
use std::{
    collections::{BTreeMap, HashMap},
    mem,
};

/// Bytes at which a page is full. PostgreSQL keeps as much in the row itself.
const PAGE: usize = 1_900;

/// An article as it is indexed.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// Its id.
    pub article: i64,
    /// Whether it is a draft.
    pub is_draft: bool,
    /// When it is or was published, in microseconds.
    pub published_at: i64,
    /// Folded.
    pub title: String,
    /// Folded.
    pub body: String,
    /// The keys of what lists it.
    pub links: Vec<Key>,
}

/// Makes a segment.
#[derive(Debug, Default)]
pub struct Builder {
    documents: Vec<Document>,
    grams: HashMap<Packed, Writer>,
    others: HashMap<Key, Writer>,
}

impl Builder {
    /// Adds an article.
    pub fn add(&mut self, source: &Source) {
        let number = u32::try_from(self.documents.len()).unwrap_or(u32::MAX);
        let title: Vec<char> = source.title.chars().collect();
        let body: Vec<char> = source.body.chars().collect();
        self.grams(number, &title, &body);
        self.words(number, source);
        for link in &source.links {
            self.others.entry(link.clone()).or_default().plain(number);
        }
        self.documents.push(Document {
            article: source.article,
            published_at: source.published_at,
            is_draft: source.is_draft,
            title: u16::try_from(title.len()).unwrap_or(u16::MAX),
            body: u32::try_from(body.len()).unwrap_or(u32::MAX),
        });
    }

    fn grams(&mut self, number: u32, title: &[char], body: &[char]) {
        let all: Vec<char> = [title, &[END, END], body, &[END, END]].concat();
        let mut grams: Vec<u128> = Vec::with_capacity(all.len() + all.len() / 8);
        terms::each(&all, |gram, place| grams.push(gram.with_place(u32::try_from(place).unwrap_or(u32::MAX))));
        grams.sort_unstable();
        let grams: Vec<(Packed, u32)> = grams.into_iter().map(Packed::and_place).collect();
        let mut places = Vec::new();
        for same in grams.chunk_by(|(one, _), (other, _)| one == other) {
            if let Some((gram, _)) = same.first() {
                places.clear();
                places.extend(same.iter().map(|(_, place)| *place));
                self.grams.entry(*gram).or_default().placed(number, &places);
            }
        }
        // Grams in order are also in the order of what they begin with.
        self.shorts(number, title.len(), grams.iter().map(|(gram, place)| (gram.shorts()[0], *place)));
        self.shorts(number, title.len(), grams.iter().map(|(gram, place)| (gram.shorts()[1], *place)));
    }

    fn shorts(&mut self, number: u32, title: usize, shorts: impl Iterator<Item = (Option<Packed>, u32)>) {
        let mut open: Option<(Packed, Counts)> = None;
        for (short, place) in shorts.filter_map(|(short, place)| Some((short?, place))) {
            if open.is_some_and(|(last, _)| last != short) {
                self.close(number, open.take());
            }
            let (_, counts) = open.get_or_insert((short, Counts::default()));
            if (place as usize) < title { counts.title += 1 } else { counts.body += 1 }
        }
        self.close(number, open);
    }

    fn close(&mut self, number: u32, short: Option<(Packed, Counts)>) {
        if let Some((short, counts)) = short {
            self.grams.entry(short).or_default().counted(number, counts);
        }
    }

    fn words(&mut self, number: u32, source: &Source) {
        let mut words: BTreeMap<&str, Counts> = BTreeMap::new();
        for word in terms::words(&source.title) {
            words.entry(word).or_default().title += 1;
        }
        for word in terms::words(&source.body) {
            words.entry(word).or_default().body += 1;
        }
        for (word, counts) in words {
            self.others.entry(Key::text(Kind::Word, word)).or_default().counted(number, counts);
        }
    }

    /// Its documents, and its keys with the packed postings of each, in order.
    #[must_use]
    pub fn finish(self) -> (Vec<Document>, Vec<Entry>) {
        let grams = self.grams.into_iter().map(|(gram, writer)| (gram.key(), writer));
        let entries =
            grams.chain(self.others).filter_map(|(key, writer)| Some(Entry { key, postings: writer.finish()? }));
        let mut entries: Vec<Entry> = entries.collect();
        entries.sort_unstable_by(|one, other| one.key.cmp(&other.key));
        (self.documents, entries)
    }
}

/// A key and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: Key,
    /// Packed as its kind says.
    pub postings: Vec<u8>,
}

/// Entries that follow each other, packed into one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The first key.
    pub first: Key,
    /// The last key.
    pub last: Key,
    /// All of them with their postings.
    pub data: Vec<u8>,
}

/// Puts entries into pages.
#[derive(Debug, Default)]
pub struct Pages {
    open: Option<Page>,
    full: Vec<Page>,
    bytes: usize,
}

impl Pages {
    /// The entry behind those that came before.
    pub fn add(&mut self, Entry { key, postings }: Entry) {
        let size = key.0.len() + postings.len();
        if self.open.as_ref().is_some_and(|page| page.data.len() + size > PAGE) {
            self.close();
        }
        let page = self.open.get_or_insert_with(|| Page {
            first: key.clone(),
            last: key.clone(),
            data: Vec::with_capacity(PAGE),
        });
        put_bytes(&mut page.data, &key.0);
        put_bytes(&mut page.data, &postings);
        page.last = key;
    }

    fn close(&mut self) {
        if let Some(page) = self.open.take() {
            self.bytes += page.data.len();
            self.full.push(page);
        }
    }

    /// Those that are full by now.
    pub fn take(&mut self) -> Vec<Page> {
        self.bytes = 0;
        mem::take(&mut self.full)
    }

    /// How many bytes those have that are full by now.
    #[must_use]
    pub const fn bytes(&self) -> usize {
        self.bytes
    }

    /// The rest.
    #[must_use]
    pub fn finish(mut self) -> Vec<Page> {
        self.full.extend(self.open);
        self.full
    }
}

fn put_bytes(data: &mut Vec<u8>, bytes: &[u8]) {
    put(data, u32::try_from(bytes.len()).unwrap_or(u32::MAX));
    data.extend_from_slice(bytes);
}

/// The entries of a page, in order: key, postings.
pub fn entries(mut data: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> + Clone {
    std::iter::from_fn(move || {
        if data.is_empty() {
            return None;
        }
        Some((take_bytes(&mut data)?, take_bytes(&mut data)?))
    })
}

/// Whether a page ends with its last entry.
#[must_use]
pub fn is_whole(mut data: &[u8]) -> bool {
    while !data.is_empty() {
        let has_key = take_bytes(&mut data).is_some();
        // A page may end behind a key: no number is none, not that of no postings.
        if !has_key || data.is_empty() || take_bytes(&mut data).is_none() {
            return false;
        }
    }
    true
}

fn take_bytes<'a>(data: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = take(data) as usize;
    let (bytes, rest) = data.split_at_checked(length)?;
    *data = rest;
    Some(bytes)
}

/// The postings of a key in a page.
#[must_use]
pub fn find<'a>(data: &'a [u8], key: &Key) -> Option<&'a [u8]> {
    entries(data).find(|(found, _)| *found == key.0).map(|(_, postings)| postings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_found_in_the_page_of_its_key() {
        let mut builder = Builder::default();
        for article in 0..40 {
            let body = format!("灯塔与海 number {article} {}", "潮水".repeat(article));
            builder.add(&Source { article: 7, title: format!("第{article}号"), body, ..Source::default() });
        }
        let (documents, entries) = builder.finish();
        assert_eq!(documents.len(), 40);
        let mut pages = Pages::default();
        for entry in entries.clone() {
            pages.add(entry);
        }
        let pages = pages.finish();
        assert!(pages.len() > 2 && pages.windows(2).all(|pair| pair[0].last < pair[1].first));
        for entry in entries {
            let page = pages.iter().rfind(|page| page.first <= entry.key).unwrap();
            assert!(page.last >= entry.key);
            assert_eq!(find(&page.data, &entry.key), Some(entry.postings.as_slice()));
        }
    }

    #[test]
    fn damaged_pages_end_early() {
        assert_eq!(entries(&[200, 1, 2]).count(), 0);
        assert!(!is_whole(&[200, 1, 2]) && !is_whole(&[1, b'g']) && is_whole(&[1, b'g', 0]));
        assert_eq!(find(&[1, b'g', 9, 1], &Key(vec![b'g'])), None);
    }
}
