//! Where Markdown has code: fenced blocks, and spans between backticks.

use std::{collections::HashMap, ops::Range};

/// The stretches of code, in order.
pub(super) fn ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut fence: Option<(usize, u8, usize)> = None;
    let mut paragraph = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start_matches([' ', '\t', '>']).trim_end();
        let run = fence_of(bare);
        match (fence, run) {
            (Some((start, mark, length)), Some((own, count)))
                if own == mark && count >= length && bare.len() == count =>
            {
                ranges.push(start..at + line.len());
                fence = None;
                paragraph = at + line.len();
            }
            (None, Some((mark, count))) => {
                spans(text, paragraph..at, &mut ranges);
                fence = Some((at, mark, count));
            }
            (None, None) if bare.is_empty() => {
                spans(text, paragraph..at, &mut ranges);
                paragraph = at;
            }
            _ => {}
        }
        at += line.len();
    }
    match fence {
        Some((start, ..)) => ranges.push(start..text.len()),
        None => spans(text, paragraph..text.len(), &mut ranges),
    }
    ranges
}

/// The mark of a fence and how often it stands there.
fn fence_of(line: &str) -> Option<(u8, usize)> {
    let mark = *line.as_bytes().first().filter(|mark| matches!(mark, b'`' | b'~'))?;
    let count = line.bytes().take_while(|byte| *byte == mark).count();
    let is_span = mark == b'`' && line.get(count..).is_some_and(|info| info.contains('`'));
    (count >= 3 && !is_span).then_some((mark, count))
}

/// The spans of one paragraph: a run of backticks up to the next run of the same length.
fn spans(text: &str, paragraph: Range<usize>, ranges: &mut Vec<Range<usize>>) {
    let start = paragraph.start;
    let Some(paragraph) = text.get(paragraph) else { return };
    let runs = runs(paragraph);
    // The next run of the same length, found from behind so that each is looked at once.
    let mut latest: HashMap<usize, usize> = HashMap::new();
    let mut next = vec![None; runs.len()];
    for (index, run) in runs.iter().enumerate().rev() {
        if let Some(slot) = next.get_mut(index) {
            *slot = latest.insert(run.len(), index);
        }
    }
    let mut index = 0;
    while let Some(run) = runs.get(index) {
        let closer = next.get(index).copied().flatten();
        if let Some((closer, end)) = closer.and_then(|closer| Some((closer, runs.get(closer)?.end))) {
            ranges.push(start + run.start..start + end);
            index = closer;
        }
        index += 1;
    }
}

fn runs(paragraph: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, _) in paragraph.match_indices('`') {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Vec<&str> {
        ranges(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn fences_and_spans_are_code() {
        assert_eq!(code("a `b` c\n\n```x\nd `e`\n```\nf ``g ` h`` i"), ["`b`", "```x\nd `e`\n```\n", "``g ` h``"]);
        assert_eq!(code("> ~~~\n> a\n> ~~~~\nb"), ["> ~~~\n> a\n> ~~~~\n"]);
        assert_eq!(code("```\nnever closed"), ["```\nnever closed"]);
        assert_eq!(code("a ` b\n\nc ` d `` e"), [""; 0]);
        assert_eq!(code("```a``` b"), ["```a```"]);
    }
}
