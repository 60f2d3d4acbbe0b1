//! Titles and pieces of text in which the terms of a search are marked, as HTML. Pure; the terms come folded.
//!
//! All is counted in clusters (extended grapheme clusters), and no mark begins or ends inside of one. Of places where one term
//! overlaps itself, such as `aa` in `aaa`, the first counts.

use super::fold::{Folded, clusters};
use std::ops::{Range, RangeInclusive};
use unicode_segmentation::UnicodeSegmentation;

/// The whole title, with `<mark>` around what the terms match. Places that overlap or touch share a mark.
#[must_use]
pub fn title(title: &str, terms: &[&str]) -> String {
    marked(title, 0..title.len(), places(title, terms).into_iter().map(|place| place.range))
}

/// The piece of a text that tells most about the terms, with `<mark>` around what they match; nothing where none of them stands.
///
/// It is the one with the most different terms, then with the most places, then the first, about `chars` clusters long: from
/// half of that to one and a half, unless the text is shorter or a single match longer. It begins and ends with a sentence where
/// it can, else with a word and an ellipsis. It stays in one paragraph, and those shorter than half a piece count as one with
/// what follows; line feeds become spaces.
#[must_use]
pub fn piece(text: &str, terms: &[&str], chars: usize) -> Option<String> {
    let size = Size::of(chars);
    let layout = Layout::of(text);
    let places = layout.counted(places(text, terms));
    let window = best_window(&layout, &places, terms.len(), &size)?;
    let piece = layout.piece(&window, &size);
    let marks = places.iter().map(|place| layout.bytes(&place.range));
    let html = marked(text, piece.bytes, marks).replace(['\n', '\r'], " ");
    let sign = |is_cut| if is_cut { "…" } else { "" };
    Some(format!("{}{html}{}", sign(piece.is_cut_before), sign(piece.is_cut_after)))
}

/// Where a term stands, in bytes or in clusters.
struct Place {
    range: Range<usize>,
    term: usize,
}

/// All places of all terms, by where they begin.
fn places(text: &str, terms: &[&str]) -> Vec<Place> {
    let folded = Folded::of(text);
    let mut places = Vec::new();
    // No piece begins or ends with white space.
    let trimmed = terms.iter().map(|term| term.trim_matches(' ')).enumerate();
    for (index, term) in trimmed.filter(|(_, term)| !term.is_empty()) {
        let found = folded.text.match_indices(term).map(|(at, _)| folded.origin(at..at + term.len()));
        places.extend(found.map(|range| Place { range, term: index }));
    }
    places.sort_by_key(|place| (place.range.start, place.range.end));
    places
}

/// A part of the text, escaped, with marks around the places that lie inside of it. They come by where they begin.
fn marked(text: &str, part: Range<usize>, places: impl Iterator<Item = Range<usize>>) -> String {
    let mut html = String::new();
    let mut at = part.start;
    for mark in merged(places.filter(|place| part.start <= place.start && place.end <= part.end)) {
        escape(&mut html, text.get(at..mark.start).unwrap_or_default());
        html.push_str("<mark>");
        escape(&mut html, text.get(mark.clone()).unwrap_or_default());
        html.push_str("</mark>");
        at = mark.end;
    }
    escape(&mut html, text.get(at..part.end).unwrap_or_default());
    html
}

fn merged(places: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut marks: Vec<Range<usize>> = Vec::new();
    for place in places {
        match marks.last_mut().filter(|last| place.start <= last.end) {
            Some(last) => last.end = last.end.max(place.end),
            None => marks.push(place),
        }
    }
    marks
}

fn escape(html: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
}

/// How many clusters a piece has.
struct Size {
    least: usize,
    usual: usize,
    most: usize,
}

impl Size {
    const fn of(chars: usize) -> Self {
        Self { least: chars / 2, usual: chars, most: chars.saturating_add(chars / 2) }
    }
}

/// The best places to show together.
struct Window {
    /// The first of them begins it, and it ends where the last of them ends.
    clusters: Range<usize>,
    /// The paragraphs that the piece may come from.
    section: Range<usize>,
}

fn best_window(layout: &Layout, places: &[Place], terms: usize, size: &Size) -> Option<Window> {
    let mut best = None;
    let mut rest = places;
    for section in layout.sections(places, size.least) {
        let (inside, after) = rest.split_at(rest.partition_point(|place| place.range.start < section.end));
        rest = after;
        let Some((score, clusters)) = densest(inside, terms, size.usual) else { continue };
        if best.as_ref().is_none_or(|(most, _)| score > *most) {
            best = Some((score, Window { clusters, section }));
        }
    }
    best.map(|(_, window)| window)
}

/// The first run of places no wider than `width` with the most different terms and then the most places, and these numbers.
fn densest(places: &[Place], terms: usize, width: usize) -> Option<((usize, usize), Range<usize>)> {
    let mut tally = Tally { counts: vec![0; terms], different: 0 };
    let mut best: Option<((usize, usize), Range<usize>)> = None;
    let mut next = 0;
    for (index, first) in places.iter().enumerate() {
        let limit = first.range.start.saturating_add(width);
        while let Some(place) = places.get(next).filter(|place| next == index || place.range.end <= limit) {
            tally.add(place.term);
            next += 1;
        }
        let score = (tally.different, next - index);
        if best.as_ref().is_none_or(|(most, _)| score > *most) {
            best = Some((score, index..next));
        }
        tally.remove(first.term);
    }
    let (score, run) = best?;
    let run = places.get(run)?;
    let end = run.iter().map(|place| place.range.end).max()?;
    Some((score, run.first()?.range.start..end))
}

/// How often each term stands in a run of places.
struct Tally {
    counts: Vec<usize>,
    different: usize,
}

impl Tally {
    fn add(&mut self, term: usize) {
        let Some(count) = self.counts.get_mut(term) else { return };
        self.different += usize::from(*count == 0);
        *count += 1;
    }

    fn remove(&mut self, term: usize) {
        let Some(count) = self.counts.get_mut(term) else { return };
        *count -= 1;
        self.different -= usize::from(*count == 0);
    }
}

/// Where the clusters of a text stand.
struct Layout<'a> {
    text: &'a str,
    /// Where each cluster begins, and last the end of the text.
    bounds: Vec<usize>,
}

struct Piece {
    bytes: Range<usize>,
    is_cut_before: bool,
    is_cut_after: bool,
}

impl<'a> Layout<'a> {
    fn of(text: &'a str) -> Self {
        let ends = clusters(text).scan(0, |end, cluster| {
            *end += cluster.len();
            Some(*end)
        });
        Self { text, bounds: std::iter::once(0).chain(ends).collect() }
    }

    const fn len(&self) -> usize {
        self.bounds.len() - 1
    }

    /// The first byte of a cluster.
    fn byte(&self, cluster: usize) -> usize {
        self.bounds.get(cluster).copied().unwrap_or(self.text.len())
    }

    fn bytes(&self, clusters: &Range<usize>) -> Range<usize> {
        self.byte(clusters.start)..self.byte(clusters.end)
    }

    fn part(&self, clusters: &Range<usize>) -> &'a str {
        self.text.get(self.bytes(clusters)).unwrap_or_default()
    }

    /// The cluster that begins at a byte, if one does.
    fn cluster(&self, byte: usize) -> Option<usize> {
        self.bounds.binary_search(&byte).ok()
    }

    /// Places in clusters for places in bytes.
    fn counted(&self, places: Vec<Place>) -> Vec<Place> {
        let counted = |place: Place| {
            let range = self.cluster(place.range.start)?..self.cluster(place.range.end)?;
            Some(Place { range, ..place })
        };
        places.into_iter().filter_map(counted).collect()
    }

    /// The paragraphs, each joined with those after it until it is long enough and no place reaches out of it. What is left at the
    /// end belongs to the last.
    fn sections(&self, places: &[Place], least: usize) -> Vec<Range<usize>> {
        let mut sections: Vec<Range<usize>> = Vec::new();
        let (mut start, mut reach, mut rest) = (0, 0, places.iter().peekable());
        for end in self.text.match_indices('\n').filter_map(|(at, _)| self.cluster(at + 1)) {
            while let Some(place) = rest.next_if(|place| place.range.start < end) {
                reach = reach.max(place.range.end);
            }
            if reach <= end && end - start >= least.max(1) {
                sections.push(start..end);
                start = end;
            }
        }
        match sections.last_mut().filter(|_| self.len() - start < least) {
            Some(section) => section.end = self.len(),
            None => sections.push(start..self.len()),
        }
        sections
    }

    fn piece(&self, window: &Window, size: &Size) -> Piece {
        let section = &window.section;
        if section.len() <= size.usual {
            return Piece { bytes: self.trimmed(section), is_cut_before: false, is_cut_after: false };
        }
        let cuts = Cuts::around(self, window, size);
        let start = cuts.start(window, size);
        let end = cuts.end(start, window, size);
        Piece {
            bytes: self.trimmed(&(start..end)),
            is_cut_before: start != section.start && !cuts.sentence_starts.contains(&start),
            is_cut_after: end != section.end && !cuts.sentence_ends.contains(&end),
        }
    }

    /// The bytes without white space at both ends.
    fn trimmed(&self, clusters: &Range<usize>) -> Range<usize> {
        let part = self.part(clusters);
        let start = self.byte(clusters.start) + part.len() - part.trim_start().len();
        start..start + part.trim().len()
    }
}

/// Where the text around a window may be cut, in ascending order.
#[derive(Default)]
struct Cuts {
    sentence_starts: Vec<usize>,
    sentence_ends: Vec<usize>,
    clause_starts: Vec<usize>,
    word_starts: Vec<usize>,
    word_ends: Vec<usize>,
}

impl Cuts {
    /// The cuts in the part of the section that a piece may reach. Where that part itself is cut off is none.
    fn around(layout: &Layout, window: &Window, size: &Size) -> Self {
        let (section, clusters) = (&window.section, &window.clusters);
        let start = clusters.start.saturating_sub(size.most + 1).max(section.start);
        let end = clusters.end.saturating_add(size.most + 1).min(section.end);
        let part = layout.part(&(start..end));
        let mut cuts = Self::default();
        cuts.add_sentences(layout, part, layout.byte(start));
        cuts.add_words(layout, part, layout.byte(start));
        for cuts in [&mut cuts.sentence_starts, &mut cuts.clause_starts, &mut cuts.word_starts] {
            cuts.retain(|cut| *cut != start || start == section.start);
        }
        for cuts in [&mut cuts.sentence_ends, &mut cuts.word_ends] {
            cuts.retain(|cut| *cut != end || end == section.end);
        }
        cuts
    }

    fn add_sentences(&mut self, layout: &Layout, part: &str, offset: usize) {
        for (at, sentence) in part.split_sentence_bound_indices().filter(|(_, sentence)| !sentence.trim().is_empty()) {
            let start = offset + at + sentence.len() - sentence.trim_start().len();
            self.sentence_starts.extend(layout.cluster(start));
            self.sentence_ends.extend(layout.cluster(start + sentence.trim().len()));
        }
    }

    fn add_words(&mut self, layout: &Layout, part: &str, offset: usize) {
        let (mut is_after_clause, mut is_after_hyphen) = (false, false);
        for (at, word) in part.split_word_bound_indices() {
            let at = offset + at;
            if is_hyphen(word) {
                self.word_ends.pop_if(|end| layout.byte(*end) == at);
            } else if word.contains(char::is_alphanumeric) {
                let start = layout.cluster(at).filter(|_| !is_after_hyphen);
                self.word_starts.extend(start);
                self.clause_starts.extend(start.filter(|_| is_after_clause));
                self.word_ends.extend(layout.cluster(at + word.len()));
            }
            is_after_hyphen = is_hyphen(word);
            if !word.trim().is_empty() {
                is_after_clause = word.ends_with(ends_clause);
            }
        }
    }

    /// Where the piece begins: with the sentence of the first place if that is near, else with an earlier one, a clause or a word,
    /// so that there is about as much text before the places as after them, and enough in all.
    fn start(&self, window: &Window, size: &Size) -> usize {
        let (section, first) = (&window.section, window.clusters.start);
        let slack = size.usual.saturating_sub(window.clusters.len());
        let earliest = first.saturating_sub(slack).max(section.start);
        let latest = first.min(section.end.saturating_sub(size.usual));
        let latest_short = first.min(section.end.saturating_sub(size.least));
        let goal = first.saturating_sub(slack / 2).min(latest).max(earliest);
        let spare = size.most.saturating_sub(window.clusters.len()) / 2;
        let farthest = first.saturating_sub(slack.max(spare)).max(section.start);
        nearest(&self.sentence_starts, earliest..=latest, first)
            .or_else(|| nearest(&self.sentence_starts, earliest..=latest_short, earliest))
            .or_else(|| nearest(&self.clause_starts, earliest..=latest, goal))
            .or_else(|| nearest(&self.word_starts, earliest..=latest, goal))
            .or_else(|| nearest(&self.word_starts, farthest..=latest, goal))
            .unwrap_or(goal)
    }

    /// Where the piece ends: with a sentence if one ends near the usual size, else with a word.
    fn end(&self, start: usize, window: &Window, size: &Size) -> usize {
        let last = window.clusters.end;
        let goal = start.saturating_add(size.usual);
        let latest = start.saturating_add(size.most).min(window.section.end).max(last);
        let earliest = start.saturating_add(size.least).min(latest).max(last);
        let latest_sentence = goal.saturating_add(size.usual / 4).min(latest);
        nearest(&self.sentence_ends, earliest..=latest_sentence, goal)
            .or_else(|| nearest(&self.word_ends, earliest..=goal, goal))
            .or_else(|| nearest(&self.word_ends, goal.max(earliest)..=latest, goal))
            .unwrap_or_else(|| goal.min(latest).max(earliest))
    }
}

fn nearest(cuts: &[usize], range: RangeInclusive<usize>, goal: usize) -> Option<usize> {
    cuts.iter().copied().filter(|cut| range.contains(cut)).min_by_key(|cut| cut.abs_diff(goal))
}

/// Whether what stands on both sides reads as one word.
fn is_hyphen(word: &str) -> bool {
    matches!(word, "-" | "\u{2010}" | "\u{2011}")
}

const fn ends_clause(character: char) -> bool {
    matches!(
        character,
        ',' | ';'
            | ':'
            | '.'
            | '!'
            | '?'
            | '—'
            | '–'
            | '…'
            | '，'
            | '、'
            | '；'
            | '：'
            | '。'
            | '！'
            | '？'
            | '”'
            | '」'
            | '』'
            | '》'
    )
}

#[cfg(test)]
mod tests {
    use super::{super::fold::folded, *};
    use proptest::prelude::*;

    /// What a reader sees, without the ellipses.
    fn plain(html: &str) -> String {
        let text = html.replace("<mark>", "").replace("</mark>", "");
        assert!(!text.contains(['<', '>', '"', '\'']), "{html}");
        let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
        text.replace("&amp;", "&")
    }

    fn marks(html: &str) -> Vec<String> {
        let parts = html.split("<mark>").skip(1);
        parts.map(|part| plain(part.split_once("</mark>").expect("balanced").0)).collect()
    }

    fn length(html: &str) -> usize {
        plain(html).trim_matches('…').graphemes(true).count()
    }

    #[test]
    fn a_title_is_marked_and_escaped() {
        assert_eq!(
            title("The Light & the Lighthouse", &["light"]),
            "The <mark>Light</mark> &amp; the <mark>Light</mark>house"
        );
        assert_eq!(
            title("a < \"b\" > 'c' &amp;", &["amp", "zz"]),
            "a &lt; &quot;b&quot; &gt; &#39;c&#39; &amp;<mark>amp</mark>;"
        );
        assert_eq!(title("<b>", &["<"]), "<mark>&lt;</mark>b&gt;");
        assert_eq!(title("", &["a"]), "");
        assert_eq!(title("nothing", &[""]), "nothing");
    }

    #[test]
    fn places_that_overlap_or_touch_share_a_mark() {
        assert_eq!(title("lighthouse keeper", &["house", "light"]), "<mark>lighthouse</mark> keeper");
        assert_eq!(title("lighthouse", &["ghth", "light", "thou"]), "<mark>lighthou</mark>se");
        assert_eq!(title("臺灣的燈塔", &["台湾", "灯塔"]), "<mark>臺灣</mark>的<mark>燈塔</mark>");
    }

    #[test]
    fn marks_hold_whole_clusters() {
        assert_eq!(title("👩‍👩‍👧 x", &["👧"]), "<mark>👩‍👩‍👧</mark> x");
        assert_eq!(title("ﬁn", &["i"]), "<mark>ﬁ</mark>n");
        assert_eq!(title("Straße", &["s"]), "<mark>S</mark>tra<mark>ß</mark>e");
        assert_eq!(title("Ｅ\u{301}té", &["e"]), "<mark>Ｅ\u{301}</mark>t<mark>é</mark>");
        assert_eq!(title("co\u{ad}op", &["coop"]), "<mark>co\u{ad}op</mark>");
        assert_eq!(title("𠀀𝒜b", &["a"]), "𠀀<mark>𝒜</mark>b");
        assert_eq!(title("the  \n keeper", &["the keeper"]), "<mark>the  \n keeper</mark>");
    }

    #[test]
    fn a_short_text_is_its_own_piece() {
        assert_eq!(piece(" The lamp\nturns. ", &["lamp"], 120).as_deref(), Some("The <mark>lamp</mark> turns."));
        assert_eq!(piece("The lamp", &["night"], 120), None);
        assert_eq!(piece("The lamp", &[], 120), None);
        assert_eq!(piece("The lamp", &[""], 120), None);
        assert_eq!(piece("", &["a"], 120), None);
    }

    #[test]
    fn a_piece_begins_and_ends_with_sentences() {
        let text = "Nobody came that year. The keeper lit the lamp at dusk. He slept by day. Ships went by far out, one after \
                    the other, and none of them ever called at the island. The winter was long.";
        let found = piece(text, &["lamp"], 60).unwrap();
        assert_eq!(found, "The keeper lit the <mark>lamp</mark> at dusk. He slept by day.");
        let found = piece(text, &["winter"], 60).unwrap();
        assert_eq!(found, "…and none of them ever called at the island. The <mark>winter</mark> was long.");
    }

    #[test]
    fn a_piece_of_a_long_sentence_has_whole_words() {
        let text = "every evening ".repeat(20) + "the well-known lighthouse shines " + &"over the water ".repeat(20);
        let found = piece(&text, &["house"], 60).unwrap();
        assert_eq!(found, "…evening the well-known light<mark>house</mark> shines over the water over…");
    }

    #[test]
    fn a_chinese_piece_begins_after_punctuation() {
        let text = "从前海上有一座很高的灯塔".repeat(8)
            + "，守灯的人每天晚上都要上去点灯，看着远处的船慢慢地走过去，"
            + &"一年又一年都是这样过去的".repeat(8);
        let found = piece(&text, &["点灯"], 40).unwrap();
        assert!(found.starts_with("…守灯的人每天晚上都要上去<mark>点灯</mark>，看着远处的船"), "{found}");
        assert!(found.ends_with('…'));
        let text = "第一句话在这里说完了。第二句话说到了守灯的人。第三句话也不长。第四句话又说了别的事情。";
        let found = piece(text, &["守灯"], 16).unwrap();
        assert_eq!(found, "第二句话说到了<mark>守灯</mark>的人。");
    }

    #[test]
    fn the_best_piece_has_most_terms_then_most_places_then_comes_first() {
        let gap = "nothing to see here at all. ".repeat(10);
        let text = format!("One lamp. {gap}Two lamp lamp. {gap}Three lamp keeper. {gap}Four keeper lamp. {gap}");
        assert!(piece(&text, &["lamp", "keeper"], 40).unwrap().starts_with("Three "));
        assert!(piece(&text, &["lamp"], 40).unwrap().starts_with("Two "));
        assert!(piece(&text, &["keeper"], 40).unwrap().starts_with("Three "));
    }

    #[test]
    fn a_piece_stays_in_its_paragraph_unless_that_is_short() {
        let long = "The water rose and fell and rose again without end and nobody saw it.";
        let text = format!("{long}\nThe lamp burned all through that night, and all through the next.\n{long}");
        let found = piece(&text, &["lamp"], 120).unwrap();
        assert_eq!(found, "The <mark>lamp</mark> burned all through that night, and all through the next.");
        let found = piece(&format!("Lamp\n{long}\n{long}"), &["lamp"], 60).unwrap();
        assert_eq!(found, format!("<mark>Lamp</mark> {long}"));
        let found = piece(&format!("{long}\n{long}"), &["it. the"], 60).unwrap();
        assert!(found.contains("saw <mark>it. The</mark> water"), "{found}");
    }

    #[test]
    fn a_match_longer_than_a_piece_stays_whole() {
        let text = "before it ".repeat(30) + &"abc".repeat(50) + &" after it".repeat(30);
        let found = piece(&text, &[&"abc".repeat(50)], 20).unwrap();
        assert_eq!(marks(&found), ["abc".repeat(50)]);
        assert!(length(&found) <= 170);
        assert_eq!(piece("灣c", &["c"], 0).as_deref(), Some("…<mark>c</mark>"));
        assert_eq!(length(&piece(&"a".repeat(900), &["a"], 120).unwrap()), 120);
    }

    fn check(text: &str, terms: &[&str], chars: usize) -> Result<(), TestCaseError> {
        let whole = title(text, terms);
        prop_assert_eq!(plain(&whole), text);
        let stands = terms.iter().map(|term| term.trim()).any(|term| !term.is_empty() && folded(text).contains(term));
        prop_assert_eq!(whole.contains("<mark>"), stands);
        let Some(html) = piece(text, terms, chars) else {
            prop_assert!(!stands);
            return Ok(());
        };
        prop_assert!(stands);
        let shown = plain(&html);
        let line = text.replace(['\n', '\r'], " ");
        let begun = [shown.as_str(), shown.strip_prefix('…').unwrap_or(&shown)];
        let parts = begun.into_iter().flat_map(|part| [part, part.strip_suffix('…').unwrap_or(part)]);
        prop_assert!(parts.into_iter().any(|part| line.contains(part)), "{}", html);
        prop_assert!(!marks(&html).is_empty());
        for html in [whole, html] {
            prop_assert_eq!(html.matches("<mark>").count(), html.matches("</mark>").count());
            for mark in marks(&html) {
                prop_assert!(
                    terms.iter().map(|term| term.trim()).any(|term| !term.is_empty() && folded(&mark).contains(term)),
                    "{}",
                    mark
                );
            }
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn any_text_can_be_marked(text: String, terms: [String; 3], chars in 0..200_usize) {
            let terms = terms.map(|term| folded(&term));
            check(&text, &terms.each_ref().map(String::as_str), chars)?;
        }

        #[test]
        fn hard_text_can_be_marked(
            text in "[a-dA-C .,<&\"'\n\r\u{3000}éßﬁ臺灣台。，👩🚀\u{200d}\u{301}\u{ad}\u{fe0f}🇩🇪가ᅡกำ-]{0,120}",
            terms in "[a-d]( ?[a-d])?|[a-d]|[台湾]|[<&]|ss|[。,]|👩",
            more in "[a-c]",
            chars in 0..40_usize,
        ) {
            check(&text, &[folded(&terms).as_str(), &more, ""], chars)?;
        }

        #[test]
        fn no_other_piece_has_more_terms(text in "[a-d]( [a-dx-z,]{1,6}){0,60}", chars in 8..60_usize) {
            let terms = ["a", "b", "c", "d"];
            let different = |part: &str| terms.iter().filter(|term| part.contains(**term)).count();
            let best = text.as_bytes().windows(chars.min(text.len())).map(|part| different(str::from_utf8(part).unwrap())).max();
            let html = piece(&text, &terms, chars).unwrap();
            prop_assert!(different(&marks(&html).concat()) >= best.unwrap(), "{}", html);
        }

        #[test]
        fn pieces_of_words_have_their_length(
            words in proptest::collection::vec("[a-c]{1,9}[.,]?|[台湾灯塔]{1,6}[，。]?", 1..120),
            joint in "[ \n]",
            chars in 24..80_usize,
        ) {
            let text = words.join(" ").replacen(' ', &joint, 40);
            for term in ["a", "bc", "灯", "b c"] {
                let Some(html) = piece(&text, &[term], chars) else { continue };
                let (length, total) = (length(&html), text.chars().count());
                prop_assert!(length <= chars * 3 / 2, "{} {}", length, html);
                prop_assert!(length >= (chars / 2).min(total) - 1, "{} {}", length, html);
                for edge in [plain(&html).strip_prefix('…'), plain(&html).strip_suffix('…')].into_iter().flatten() {
                    prop_assert_eq!(edge.trim(), edge);
                }
            }
        }
    }
}
