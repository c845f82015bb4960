//! Sizes of memory as an operator types them.

use std::str::FromStr;

/// So many bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size(pub(super) usize);

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let end = text.find(|c: char| !c.is_ascii_digit());
        let (number, unit) = text.split_at(end.unwrap_or(text.len()));
        let shift = match unit.trim().to_ascii_lowercase().as_str() {
            "" | "b" => Some(0),
            "k" | "kib" => Some(10),
            "m" | "mib" => Some(20),
            "g" | "gib" => Some(30),
            _ => None,
        };
        let bytes =
            shift.and_then(|shift: u32| number.parse::<usize>().ok()?.checked_mul(1 << shift));
        let bytes = bytes.ok_or("a size is a number of bytes, KiB, MiB or GiB, such as 512MiB")?;
        Ok(Self(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_a_number_with_or_without_a_unit() {
        for (text, bytes) in [
            ("0", 0),
            ("1024", 1 << 10),
            ("1KiB", 1 << 10),
            ("512MiB", 512 << 20),
            ("512 m", 512 << 20),
            ("2g", 2 << 30),
        ] {
            let read = text.parse::<Size>().map(|size| size.0);
            assert_eq!(read, Ok(bytes), "{text}");
        }
        for bad in [
            "",
            "MiB",
            "-1",
            "1.5GiB",
            "1MB",
            "99999999999999999999",
            "9999999999999GiB",
        ] {
            assert!(bad.parse::<Size>().is_err(), "{bad}");
        }
    }
}
