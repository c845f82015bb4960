//! Words as a shell takes them, for command lines that are shown to be typed.

/// The command line as one would type it.
pub fn typed(line: &[String]) -> String {
    let words = line.iter().map(|word| quoted(word));
    std::iter::once("flags".to_owned())
        .chain(words)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Quotes what a shell would take apart.
pub fn quoted(word: &str) -> String {
    let safe = |b: u8| b.is_ascii_alphanumeric() || b"-_./:@%+,".contains(&b);
    match !word.is_empty() && word.bytes().all(safe) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_shell_would_take_apart_is_quoted() {
        let line = ["get", "a$(reboot);'b", ""].map(str::to_owned);
        assert_eq!(typed(&line), r"flags get 'a$(reboot);'\''b' ''");
    }
}
