//! Numbers that look random and are the same everywhere, for good: `SplitMix64`, by its definition (Steele, Lea, Flood,
//! "Fast splittable pseudorandom number generators", OOPSLA 2014).

/// A stream of numbers.
pub struct Random(u64);

impl Random {
    /// The stream of one article.
    pub const fn of(seed: u64, number: u64) -> Self {
        let mut random = Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ number);
        random.0 = random.next();
        random
    }

    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to `end`, that excluded; 0 where `end` is 0.
    pub const fn below(&mut self, end: usize) -> usize {
        if end == 0 {
            return 0;
        }
        let below = self.next() % end as u64;
        #[expect(clippy::cast_possible_truncation, reason = "it is below `end`")]
        let below = below as usize;
        below
    }

    /// The same, small numbers more often, as some categories and authors have more than others.
    pub fn skewed(&mut self, end: usize) -> usize {
        self.below(end).min(self.below(end))
    }

    /// One of these; nothing where there is none.
    pub fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words.get(self.below(words.len())).copied().unwrap_or_default()
    }
}
