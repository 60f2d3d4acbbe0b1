//! The documents of a segment: which article each is, who may see it, and how long it is. Pure.

use crate::audience::Audience;
use entity::Timestamp;

/// Bytes of one document.
pub const SIZE: usize = 23;

/// What is known of one document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The article.
    pub article: i64,
    /// When it is or was published, in microseconds.
    pub published_at: i64,
    /// Whether it is a draft.
    pub is_draft: bool,
    /// Characters of its folded title.
    pub title: u16,
    /// Characters of its folded text.
    pub body: u32,
}

impl Document {
    /// Whether it is shown in lists.
    #[must_use]
    pub fn is_published(&self, audience: Audience) -> bool {
        audience.shows(self.is_draft, Timestamp(self.published_at))
    }

    fn pack(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&self.article.to_le_bytes());
        bytes.extend_from_slice(&self.published_at.to_le_bytes());
        bytes.push(u8::from(self.is_draft));
        bytes.extend_from_slice(&self.title.to_le_bytes());
        bytes.extend_from_slice(&self.body.to_le_bytes());
    }

    fn unpack(bytes: &[u8]) -> Option<Self> {
        let (article, bytes) = bytes.split_first_chunk()?;
        let (published_at, bytes) = bytes.split_first_chunk()?;
        let (is_draft, bytes) = bytes.split_first()?;
        let (title, bytes) = bytes.split_first_chunk()?;
        let (body, _) = bytes.split_first_chunk()?;
        Some(Self {
            article: i64::from_le_bytes(*article),
            published_at: i64::from_le_bytes(*published_at),
            is_draft: *is_draft != 0,
            title: u16::from_le_bytes(*title),
            body: u32::from_le_bytes(*body),
        })
    }
}

/// All of them, for the database.
#[must_use]
pub fn pack(documents: &[Document]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(documents.len() * SIZE);
    for document in documents {
        document.pack(&mut bytes);
    }
    bytes
}

/// As they were packed.
#[must_use]
pub fn unpack(bytes: &[u8]) -> Vec<Document> {
    bytes.chunks_exact(SIZE).filter_map(Document::unpack).collect()
}

/// A set of numbers of documents: a bit for each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bits(pub Vec<u8>);

impl Bits {
    /// Adds a number.
    pub fn insert(&mut self, number: u32) {
        let at = number as usize / 8;
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        if let Some(byte) = self.0.get_mut(at) {
            *byte |= 1 << (number % 8);
        }
    }

    /// Whether it is there.
    #[must_use]
    pub fn contains(&self, number: u32) -> bool {
        self.0.get(number as usize / 8).is_some_and(|byte| byte & (1 << (number % 8)) != 0)
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.0.iter().map(|byte| byte.count_ones()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_come_back_as_they_were() {
        let one = Document { article: i64::MAX, published_at: -1, is_draft: true, title: 9, body: u32::MAX };
        let documents = [one, Document::default()];
        assert_eq!(unpack(&pack(&documents)), documents);
    }

    #[test]
    fn a_set_has_what_was_put_into_it() {
        let mut bits = Bits::default();
        for number in [3, 8, 1_000] {
            bits.insert(number);
        }
        assert!(bits.contains(8) && bits.contains(1_000) && !bits.contains(9) && !bits.contains(9_000));
        assert_eq!(bits.count(), 3);
    }
}
