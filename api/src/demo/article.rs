//! One made-up article.

use super::{
    random::Random,
    words::{EN_DEEDS, EN_QUALITIES, EN_THINGS, FAMILY, FIELDS, GIVEN, ZH_DEEDS, ZH_QUALITIES, ZH_THINGS},
};
use crate::{
    article::{AuthorDraft, BodyDraft, Draft, FigureDraft, Heading, Origin, Picture},
    import::words::Census,
    slug::slugify,
    text,
};
use entity::Timestamp;
use std::fmt::Write;

/// Characters of an opening.
const OPENING: usize = 1_000;
const SECOND: i64 = 1_000_000;
/// 2026-11-01T00:00:00Z, the end of the five years.
const END: i64 = 1_793_491_200 * SECOND;
const FIVE_YEARS: usize = 5 * 365 * 24 * 3_600;

/// 12 roots with 4 categories each, which have 5 each: 300 in three levels.
const TREE: [usize; 3] = [12, 4, 5];
const AUTHORS: usize = 200;
const TAGS: usize = 100;

/// Words of each sort in one article.
const WORDS: usize = 7;

/// Makes the articles of one seed.
pub struct Maker {
    seed: u64,
    body_bytes: usize,
}

impl Maker {
    /// Of this seed and length.
    pub const fn new(seed: u64, body_bytes: usize) -> Self {
        Self { seed, body_bytes }
    }

    /// What all articles of the seed come from.
    pub fn root(&self) -> String {
        format!("masthead:demo:{}", self.seed)
    }

    /// The article with this number.
    pub fn article(&self, number: u64) -> Draft {
        let mut random = Random::of(self.seed, number);
        let is_chinese = random.below(3) > 0;
        let slug = format!("demo-{}-{number}", self.seed);
        let subject = Subject::new(&mut random, is_chinese);
        let title = subject.sentence(&mut random);
        let body = self.body(&mut random, &subject, number);
        let age = i64::try_from(random.below(FIVE_YEARS)).unwrap_or(0);
        let published_at = Timestamp(END - age * SECOND);
        Draft {
            path: format!("/{slug}/"),
            title: format!("{} {number}", title.trim_end_matches(['.', '。'])),
            locale: if is_chinese { "zh" } else { "en" }.to_owned(),
            is_draft: false,
            published_at,
            created_at: published_at,
            updated_at: published_at,
            comments_enabled: random.below(4) > 0,
            source_url: None,
            excerpt: (random.below(4) == 0).then(|| subject.sentence(&mut random)),
            authors: authors(&mut random),
            categories: chains(&mut random),
            tags: tags(&mut random),
            cover: body.figures.first().map(|figure| figure.image.clone()),
            thumbnail: None,
            markdown: format!("{}\n", body.html),
            body,
            extra: format!("{{\"demo\":{number}}}"),
            earlier_paths: Vec::new(),
            translation_key: None,
            origin: Some(Origin { root: self.root(), path: number.to_string(), digest: slug.clone() }),
            file: None,
            slug,
        }
    }

    /// In the form that the normaliser gives: paragraphs, a heading every few of them, figures between.
    fn body(&self, random: &mut Random, subject: &Subject, number: u64) -> BodyDraft {
        let mut body = BodyDraft::default();
        let figures = random.below(6);
        let mut paragraphs = 0;
        let mut prose = String::new();
        while body.text.len() < self.body_bytes {
            let figure = body.figures.len();
            if figure < figures && paragraphs == figure * 2 {
                self.add_figure(&mut body, random, subject, number);
            }
            if paragraphs % 4 == 3 {
                add_heading(&mut body, &subject.sentence(random));
            }
            let sentences = 3 + random.below(4);
            let text = (0..sentences).map(|_| subject.sentence(random)).collect::<Vec<_>>();
            let text = text.join(if subject.is_chinese { "" } else { " " });
            let _ = writeln!(body.html, "<p>{text}</p>");
            add_line(&mut body.text, &text);
            add_line(&mut prose, &text);
            paragraphs += 1;
        }
        body.html.truncate(body.html.trim_end().len());
        body.opening = text::cut(&prose, OPENING);
        body.word_count = i32::try_from(Census::of(&body.text).total()).unwrap_or(i32::MAX);
        body
    }

    fn add_figure(&self, body: &mut BodyDraft, random: &mut Random, subject: &Subject, number: u64) {
        let position = body.figures.len();
        let original_url = format!("https://images.example.com/demo/{}/{number}-{position}.jpg", self.seed);
        let caption = subject.sentence(random);
        let mark = if position == 0 { " data-cover=\"\"" } else { "" };
        let _ = writeln!(
            body.html,
            "<figure{mark}><img src=\"{original_url}\" alt=\"\" width=\"770\" height=\"513\" data-figure=\"{position}\">\
             <figcaption>{caption}</figcaption></figure>",
        );
        add_line(&mut body.text, &caption);
        body.figures.push(FigureDraft {
            image: Picture { original_url, file: None, width: Some(770), height: Some(513) },
            alt: String::new(),
            caption: Some(caption),
            credit: None,
            is_cover: position == 0,
        });
    }
}

fn add_heading(body: &mut BodyDraft, text: &str) {
    let slug = slugify(text);
    let same = body.headings.iter().filter(|heading| heading.text == text).count();
    let anchor = if same == 0 { slug } else { format!("{slug}-{}", same + 1) };
    let _ = writeln!(body.html, "<h3 id=\"{anchor}\">{text}</h3>");
    add_line(&mut body.text, text);
    body.headings.push(Heading { level: 3, text: text.to_owned(), anchor });
}

fn add_line(text: &mut String, line: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}

/// What one article is about: some of the words, so that common ones stand in a third of all articles and rare ones in few.
struct Subject {
    is_chinese: bool,
    qualities: Vec<&'static str>,
    things: Vec<&'static str>,
    deeds: Vec<&'static str>,
}

impl Subject {
    fn new(random: &mut Random, is_chinese: bool) -> Self {
        let (qualities, things, deeds) = if is_chinese {
            (&ZH_QUALITIES[..], &ZH_THINGS[..], &ZH_DEEDS[..])
        } else {
            (&EN_QUALITIES[..], &EN_THINGS[..], &EN_DEEDS[..])
        };
        let mut some = |words: &[&'static str]| -> Vec<&'static str> {
            (0..WORDS).filter_map(|_| words.get(random.skewed(words.len())).copied()).collect()
        };
        Self { is_chinese, qualities: some(qualities), things: some(things), deeds: some(deeds) }
    }

    fn sentence(&self, random: &mut Random) -> String {
        let [quality, other_quality] = [0; 2].map(|_| random.pick(&self.qualities));
        let [thing, other_thing] = [0; 2].map(|_| random.pick(&self.things));
        let deed = random.pick(&self.deeds);
        if self.is_chinese {
            format!("{quality}{thing}{deed}{other_quality}{other_thing}。")
        } else {
            format!("The {quality} {thing} {deed} the {other_quality} {other_thing}.")
        }
    }
}

fn authors(random: &mut Random) -> Vec<AuthorDraft> {
    let first = random.skewed(AUTHORS);
    let second = (random.below(5) == 0).then(|| random.skewed(AUTHORS)).filter(|second| *second != first);
    let name = |number: usize| {
        let part = |words: &[&str], at: usize| words.get(at % words.len()).copied().unwrap_or_default().to_owned();
        format!("{} {}", part(&GIVEN, number), part(&FAMILY, number / GIVEN.len()))
    };
    let author = |number| AuthorDraft { name: name(number), ..AuthorDraft::default() };
    [Some(first), second].into_iter().flatten().map(author).collect()
}

/// One chain, sometimes two; most reach the third level.
fn chains(random: &mut Random) -> Vec<Vec<String>> {
    let count = 1 + usize::from(random.below(5) == 0);
    let mut chains: Vec<Vec<String>> = Vec::new();
    for _ in 0..count {
        let [roots, middles, leaves] = TREE;
        let (root, middle, leaf) = (random.skewed(roots), random.below(middles), random.below(leaves));
        let field = FIELDS.get(root).copied().unwrap_or_default();
        let mut chain =
            vec![field.to_owned(), format!("{field} {}", middle + 1), format!("{field} {}.{}", middle + 1, leaf + 1)];
        if random.below(8) == 0 {
            chain.pop();
        }
        if !chains.contains(&chain) {
            chains.push(chain);
        }
    }
    chains
}

fn tags(random: &mut Random) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for _ in 0..random.below(5) {
        let number = random.skewed(TAGS);
        let field = FIELDS.get(number % FIELDS.len()).copied().unwrap_or_default();
        let tag = format!("{field} #{}", number / FIELDS.len() + 1);
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{normalise::normalise, place::Place};

    #[test]
    fn bodies_are_in_the_form_that_the_normaliser_gives() {
        for number in 0..50 {
            let draft = Maker::new(1, 2_000).article(number);
            let cover = draft.cover.map(|cover| cover.original_url);
            let body = normalise(&draft.body.html, &Place::unknown(), cover.as_deref()).unwrap();
            assert_eq!(body, draft.body);
        }
    }
}
