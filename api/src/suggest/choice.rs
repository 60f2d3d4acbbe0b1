//! Which of what was found is told, and in which order. Pure.

use super::{Kind, store::Candidate};
use std::cmp::Reverse;

/// What is wholly typed first; then categories, authors, tags and articles, each in the order of their keys, so that a name stands
/// before longer ones that begin with it; of equal keys the newest article first. Where titles are found, half of the places are
/// theirs: else a letter would find nothing but tags.
pub(super) fn choose(mut found: Vec<Candidate>, prefix: &str, first: usize) -> Vec<Candidate> {
    found.sort_by(|one, other| order(one, prefix).cmp(&order(other, prefix)));
    let titles = found.iter().filter(|candidate| candidate.kind == Kind::Article).count();
    let mut names = (found.len() - titles).min(first - titles.min(first / 2));
    let mut titles = first - names;
    found.retain(|candidate| {
        let room = if candidate.kind == Kind::Article { &mut titles } else { &mut names };
        let has_room = *room > 0;
        *room = room.saturating_sub(1);
        has_room
    });
    found
}

fn order<'a>(candidate: &'a Candidate, prefix: &str) -> (bool, Kind, &'a str, Reverse<(i64, i64)>) {
    let Candidate { kind, owner_id, key, published_at } = candidate;
    (key != prefix, *kind, key, Reverse((*published_at, *owner_id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(kind: Kind, owner_id: i64, key: &str, published_at: i64) -> Candidate {
        Candidate { kind, owner_id, key: key.to_owned(), published_at }
    }

    fn chosen(found: &[Candidate], prefix: &str, first: usize) -> Vec<i64> {
        choose(found.to_vec(), prefix, first).into_iter().map(|candidate| candidate.owner_id).collect()
    }

    #[test]
    fn what_is_wholly_typed_stands_first_then_names_by_their_kind_then_titles() {
        let all = [
            found(Kind::Article, 1, "rust", 5),
            found(Kind::Article, 2, "rusted", 6),
            found(Kind::Article, 3, "rusted", 7),
            found(Kind::Tag, 4, "rust", 0),
            found(Kind::Tag, 5, "rusty", 0),
            found(Kind::Author, 6, "rustam", 0),
            found(Kind::Category, 7, "rusts", 0),
        ];
        assert_eq!(chosen(&all, "rust", 8), [4, 1, 7, 6, 5, 3, 2]);
    }

    #[test]
    fn half_of_the_places_are_for_titles() {
        let mut all: Vec<Candidate> = (0..8).map(|id| found(Kind::Tag, id, &format!("a{id}"), 0)).collect();
        all.extend((10..18).map(|id| found(Kind::Article, id, &format!("b{id}"), 0)));
        assert_eq!(chosen(&all, "", 5), [0, 1, 2, 10, 11]);
        assert_eq!(chosen(&all, "", 1), [0]);
        assert_eq!(chosen(&all[..9], "", 5), [0, 1, 2, 3, 10]);
        assert_eq!(chosen(&all[7..], "", 5), [7, 10, 11, 12, 13]);
        assert_eq!(chosen(&all[..8], "", 5), [0, 1, 2, 3, 4]);
        assert_eq!(chosen(&all, "", 0), [0_i64; 0]);
    }
}
