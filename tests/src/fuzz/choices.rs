//! Bytes as decisions: whoever changes a byte changes one of them.

/// What is left of the bytes. Where nothing is left, every decision is the first one.
pub struct Choices<'a>(&'a [u8]);

impl<'a> Choices<'a> {
    /// All of these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    /// Below a number that is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        usize::from(self.byte()) % end
    }

    /// The chance of one in so many; never where nothing is left.
    pub fn one_in(&mut self, chances: u8) -> bool {
        self.byte() % chances == chances - 1
    }

    /// One of these.
    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// Any number.
    pub fn number(&mut self) -> i64 {
        i64::from_le_bytes(std::array::from_fn(|_| self.byte()))
    }

    /// Any text of at most so many bytes.
    pub fn text(&mut self, most: usize) -> String {
        let length = self.below(most + 1).min(self.0.len());
        let (text, rest) = self.0.split_at(length);
        self.0 = rest;
        String::from_utf8_lossy(text).into_owned()
    }
}
