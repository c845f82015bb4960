//! "Did you mean …?": the known word closest to a mistyped one.

/// The candidate that `word` is most likely a slip of, if any is close enough to be worth
/// saying. A long word may differ by more letters than a short one.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = 1 + word.chars().count() / 4;
    candidates
        .into_iter()
        // Nothing that differs more in length can be near: no need to compare letters.
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= 4 * allowed)
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_finds_its_word_and_a_stranger_does_not() {
        let known = ["key", "value", "analytics"];
        assert_eq!(nearest("kye", known), Some("key"));
        assert_eq!(nearest("anlytic", known), Some("analytics"));
        assert_eq!(nearest("zebra", known), None);
        assert_eq!(nearest("", []), None);
    }
}
