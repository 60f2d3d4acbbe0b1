//! In which documents a key stands, packed: the number of documents, the last one's number, then for each document how far it is from
//! the one before and what is known of it. Numbers take as few bytes as they need, seven bits each. Pure.

use super::terms::Kind;

/// What is written of each document behind its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// How many places, and how far each is from the one before.
    Placed,
    /// How often in the text, and up to three times in the title.
    Counted,
    /// Nothing.
    Plain,
}

impl Kind {
    /// What is written of each document under a key of this kind.
    #[must_use]
    pub const fn form(self) -> Form {
        match self {
            Self::Gram => Form::Placed,
            Self::Short | Self::Word => Form::Counted,
            Self::Category | Self::CategoryAlone | Self::Author | Self::Tag | Self::Image | Self::Locale => Form::Plain,
        }
    }
}

/// How often something stands in a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// In the title.
    pub title: u32,
    /// In the text.
    pub body: u32,
}

impl Counts {
    const MAX_TITLE: u32 = 3;

    /// Of places, upwards, where the title has so many characters.
    #[must_use]
    pub fn of_places(places: &[u32], title: usize) -> Self {
        let in_title = places.iter().take_while(|place| (**place as usize) < title).count();
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Self { title: number(in_title), body: number(places.len() - in_title) }
    }

    const fn packed(self) -> u32 {
        let title = if self.title > Self::MAX_TITLE { Self::MAX_TITLE } else { self.title };
        (self.body.saturating_mul(4)) | title
    }

    const fn of(packed: u32) -> Self {
        Self { title: packed & Self::MAX_TITLE, body: packed >> 2 }
    }
}

/// Puts a number behind others.
pub fn put(bytes: &mut Vec<u8>, mut number: u32) {
    loop {
        let [low, ..] = number.to_le_bytes();
        number >>= 7;
        if number == 0 {
            bytes.push(low & 0x7f);
            return;
        }
        bytes.push(low | 0x80);
    }
}

/// Takes the first number; 0 where there is none. Most have one byte, and there are very many of them.
#[inline]
pub fn take(bytes: &mut &[u8]) -> u32 {
    let Some((first, rest)) = bytes.split_first() else {
        return 0;
    };
    *bytes = rest;
    if *first < 0x80 { u32::from(*first) } else { take_more(u32::from(first & 0x7f), bytes) }
}

fn take_more(mut number: u32, bytes: &mut &[u8]) -> u32 {
    let mut shift = 7_u32;
    while let Some((byte, rest)) = bytes.split_first() {
        *bytes = rest;
        number |= u32::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
        if *byte < 0x80 {
            break;
        }
        shift += 7;
    }
    number
}

/// Being written.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    documents: u32,
    last: u32,
    bytes: Vec<u8>,
}

impl Writer {
    fn begin(&mut self, document: u32) {
        put(&mut self.bytes, document.wrapping_sub(self.last));
        self.documents += 1;
        self.last = document;
    }

    /// A document with the places, upwards. Documents come upwards too.
    pub fn placed(&mut self, document: u32, places: &[u32]) {
        self.begin(document);
        put(&mut self.bytes, u32::try_from(places.len()).unwrap_or(u32::MAX));
        places.iter().fold(0, |before, place| {
            put(&mut self.bytes, place.wrapping_sub(before));
            *place
        });
    }

    /// A document with how often.
    pub fn counted(&mut self, document: u32, counts: Counts) {
        self.begin(document);
        put(&mut self.bytes, counts.packed());
    }

    /// A document.
    pub fn plain(&mut self, document: u32) {
        self.begin(document);
    }

    /// What was written of other documents, whose numbers were smaller by `offset`; only those that `keeps` lets pass.
    pub fn append(&mut self, packed: &[u8], form: Form, offset: u32, keeps: Option<&dyn Fn(u32) -> Option<u32>>) {
        let mut postings = Postings::new(packed, form);
        let Some(keeps) = keeps else {
            let (documents, last) = (postings.documents, postings.last);
            if let Some(first) = postings.document() {
                put(&mut self.bytes, (first + offset).wrapping_sub(self.last));
                self.bytes.extend_from_slice(postings.bytes);
                self.documents += documents;
                self.last = last + offset;
            }
            return;
        };
        while let Some(document) = postings.document() {
            let what = postings.packed();
            if let Some(number) = keeps(document) {
                self.begin(number + offset);
                self.bytes.extend_from_slice(what);
            }
        }
    }

    /// Packed; nothing where there is no document.
    #[must_use]
    pub fn finish(self) -> Option<Vec<u8>> {
        if self.documents == 0 {
            return None;
        }
        let mut packed = Vec::with_capacity(self.bytes.len() + 6);
        put(&mut packed, self.documents);
        put(&mut packed, self.last);
        packed.extend_from_slice(&self.bytes);
        Some(packed)
    }
}

/// Being read, document by document: each number, then exactly one of `places`, `counts` and `skip`.
#[derive(Clone, Debug)]
pub struct Postings<'a> {
    /// How many there are.
    pub documents: u32,
    last: u32,
    form: Form,
    before: u32,
    bytes: &'a [u8],
}

impl<'a> Postings<'a> {
    /// Of what was packed.
    #[must_use]
    pub fn new(mut packed: &'a [u8], form: Form) -> Self {
        let (documents, last) = (take(&mut packed), take(&mut packed));
        Self { documents, last, form, before: 0, bytes: packed }
    }

    /// The number of the next document.
    #[inline]
    pub fn document(&mut self) -> Option<u32> {
        if self.bytes.is_empty() {
            return None;
        }
        self.before = self.before.wrapping_add(take(&mut self.bytes));
        Some(self.before)
    }

    /// Its places.
    #[inline]
    pub fn places(&mut self, mut with: impl FnMut(u32)) {
        let (mut bytes, mut place) = (self.bytes, 0_u32);
        for _ in 0..take(&mut bytes) {
            if bytes.is_empty() {
                break;
            }
            place = place.wrapping_add(take(&mut bytes));
            with(place);
        }
        self.bytes = bytes;
    }

    /// How often it has it.
    #[inline]
    pub fn counts(&mut self) -> Counts {
        Counts::of(take(&mut self.bytes))
    }

    /// What is known of it, as it is packed.
    pub fn packed(&mut self) -> &'a [u8] {
        let all = self.bytes;
        self.skip();
        all.get(..all.len() - self.bytes.len()).unwrap_or_default()
    }

    /// Whether the last document was the last one.
    #[must_use]
    pub const fn is_at_end(&self) -> bool {
        self.bytes.is_empty() && self.before == self.last
    }

    /// Passes over what is known of it.
    #[inline]
    pub fn skip(&mut self) {
        match self.form {
            Form::Placed => {
                let mut bytes = self.bytes;
                for _ in 0..take(&mut bytes) {
                    if bytes.is_empty() {
                        break;
                    }
                    take(&mut bytes);
                }
                self.bytes = bytes;
            }
            Form::Counted => {
                take(&mut self.bytes);
            }
            Form::Plain => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Placed = Vec<(u32, Vec<u32>)>;

    fn some() -> impl Strategy<Value = Placed> {
        let places = proptest::collection::btree_set(0_u32..1 << 20, 1..5);
        let documents = proptest::collection::btree_map(0_u32..5_000, places, 1..40);
        documents.prop_map(|documents| {
            documents.into_iter().map(|(document, places)| (document, places.into_iter().collect())).collect()
        })
    }

    fn packed(placed: &Placed) -> Vec<u8> {
        let mut writer = Writer::default();
        for (document, places) in placed {
            writer.placed(*document, places);
        }
        writer.finish().unwrap()
    }

    fn read(packed: &[u8]) -> Placed {
        let mut postings = Postings::new(packed, Form::Placed);
        let mut all = Placed::new();
        while let Some(document) = postings.document() {
            let mut places = Vec::new();
            postings.places(|place| places.push(place));
            all.push((document, places));
        }
        all
    }

    proptest! {
        #[test]
        fn what_was_packed_comes_back(placed in some()) {
            let packed = packed(&placed);
            prop_assert_eq!(read(&packed), placed.clone());
            let mut skipped = Postings::new(&packed, Form::Placed);
            prop_assert_eq!(skipped.documents as usize, placed.len());
            for (document, _) in placed {
                prop_assert_eq!(skipped.document(), Some(document));
                skipped.skip();
            }
            prop_assert_eq!(skipped.document(), None);
        }

        #[test]
        fn appended_is_what_was_written_behind_each_other(one in some(), other in some(), dead in any::<u32>()) {
            let mut whole = Writer::default();
            whole.append(&packed(&one), Form::Placed, 0, None);
            whole.append(&packed(&other), Form::Placed, 5_000, None);
            let mut expected = one.clone();
            expected.extend(other.iter().map(|(document, places)| (document + 5_000, places.clone())));
            prop_assert_eq!(read(&whole.finish().unwrap()), expected);

            let keeps = |document: u32| (dead.rotate_left(document) & 1 == 0).then_some(document / 2);
            let left: Placed = one.iter().filter_map(|(document, places)| Some((keeps(*document)?, places.clone()))).collect();
            let mut writer = Writer::default();
            writer.append(&packed(&one), Form::Placed, 0, Some(&keeps));
            prop_assert_eq!(writer.finish().map(|packed| read(&packed)).unwrap_or_default(), left);
        }

        #[test]
        fn no_bytes_are_a_panic(bytes: Vec<u8>) {
            for form in [Form::Placed, Form::Counted, Form::Plain] {
                let mut postings = Postings::new(&bytes, form);
                let mut read = 0;
                while postings.document().is_some() && read < 1_000 {
                    postings.skip();
                    read += 1;
                }
            }
        }

        #[test]
        fn counts_are_kept_up_to_three_times_in_a_title(title in 0_u32..9, body in 0_u32..1 << 29) {
            let mut writer = Writer::default();
            writer.counted(7, Counts { title, body });
            let packed = writer.finish().unwrap();
            let mut postings = Postings::new(&packed, Form::Counted);
            prop_assert_eq!(postings.document(), Some(7));
            prop_assert_eq!(postings.counts(), Counts { title: title.min(3), body });
        }
    }
}
