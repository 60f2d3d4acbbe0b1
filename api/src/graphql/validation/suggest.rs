//! Names that may have been meant. Pure.

/// Names longer than this are not compared: the schema has none that is.
const LONGEST: usize = 64;
/// The most names that are told.
const MOST: usize = 5;

/// ` Did you mean …?`, or nothing where no known name is near.
pub fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    if name.len() > LONGEST {
        return String::new();
    }
    // As far away as two typing mistakes in five letters.
    let farthest = name.len() * 2 / 5 + 1;
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .filter(|other| other.len() <= LONGEST && other.len().abs_diff(name.len()) <= farthest)
        .filter(|other| !other.starts_with("__"))
        .map(|other| (distance(name, other), other))
        .filter(|(distance, _)| *distance <= farthest)
        .collect();
    near.sort_unstable();
    let near: Vec<String> = near.into_iter().take(MOST).map(|(_, other)| format!("`{other}`")).collect();
    match near.split_last() {
        None => String::new(),
        Some((one, [])) => format!(". Did you mean {one}?"),
        Some((last, rest)) => format!(". Did you mean {} or {last}?", rest.join(", ")),
    }
}

/// How many letters must be put in, taken away, changed, or exchanged with their neighbours. Case counts as one change.
fn distance(left: &str, right: &str) -> usize {
    let (lower_left, lower_right) = (left.to_ascii_lowercase(), right.to_ascii_lowercase());
    if lower_left == lower_right {
        return usize::from(left != right);
    }
    let (left, right) = (lower_left.as_bytes(), lower_right.as_bytes());
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    let mut letter_above = None;
    for (row, letter) in left.iter().enumerate() {
        let mut line = vec![row + 1];
        let mut beside = None;
        for (column, other) in right.iter().enumerate() {
            let at = |line: &[usize], column: usize| line.get(column).copied().unwrap_or(usize::MAX - 1);
            let mut least = (at(&above, column) + usize::from(letter != other))
                .min(at(&above, column + 1) + 1)
                .min(at(&line, column) + 1);
            if column > 0 && beside == Some(letter) && letter_above == Some(other) {
                least = least.min(at(&before, column - 1).saturating_add(1));
            }
            line.push(least);
            beside = Some(other);
        }
        before = std::mem::replace(&mut above, line);
        letter_above = Some(letter);
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_near_is_told_nearest_first() {
        let known = ["title", "titles", "slug", "path", "tilte"];
        assert_eq!(did_you_mean("titel", known), ". Did you mean `title`, `tilte` or `titles`?");
        assert_eq!(did_you_mean("Slug", known), ". Did you mean `slug`?");
        assert_eq!(did_you_mean("body", known), "");
    }

    #[test]
    fn a_name_of_a_megabyte_costs_nothing() {
        assert_eq!(did_you_mean(&"a".repeat(1 << 20), ["title"]), "");
    }

    #[test]
    fn letters_are_counted_once_each() {
        for (left, right, expected) in
            [("", "", 0), ("a", "", 1), ("ab", "ba", 1), ("abc", "ABC", 1), ("kitten", "sitting", 3)]
        {
            assert_eq!(distance(left, right), expected, "{left} {right}");
            assert_eq!(distance(right, left), expected, "{right} {left}");
        }
    }
}
