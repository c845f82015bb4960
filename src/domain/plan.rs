//! A plan: a named bundle of grants, as a pricing page shows it.
//!
//! Fields and bounds are Astapa's (contract page, *Rules*).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};
use thiserror::Error;

use super::text::{Name, PlanDescription, parsed};

/// A plan without its key and its grants.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// What customers call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<Name>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<PlanDescription>,
    /// What it costs in `currency`, once each `period`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Price>,
    /// The currency of the price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// How often the price is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
}

/// How often a plan's price is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// Each month.
    Monthly,
    /// Each year.
    Yearly,
    /// Once.
    OneTime,
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Monthly => "monthly",
            Self::Yearly => "yearly",
            Self::OneTime => "one_time",
        })
    }
}

/// A text is not a price, currency or period.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PlanError {
    /// Not an amount.
    #[error("`{0}` is not a price: write up to 12 digits and up to 4 decimals, such as 29.00")]
    Price(String),
    /// Not a currency.
    #[error("`{0}` is not a currency: write its three letters of ISO 4217, such as USD")]
    Currency(String),
    /// Not a period.
    #[error("`{0}` is not a period: write monthly, yearly or one_time")]
    Period(String),
}

impl FromStr for Period {
    type Err = PlanError;

    fn from_str(text: &str) -> Result<Self, PlanError> {
        match text {
            "monthly" => Ok(Self::Monthly),
            "yearly" => Ok(Self::Yearly),
            "one_time" | "one-time" => Ok(Self::OneTime),
            _ => Err(PlanError::Period(text.to_owned())),
        }
    }
}

/// A decimal amount, kept as its digits: money never passes through binary fractions.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Price(Box<str>);

impl FromStr for Price {
    type Err = PlanError;

    fn from_str(text: &str) -> Result<Self, PlanError> {
        let digits = |part: &str, most: usize| {
            (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
        };
        let readable = match text.split_once('.') {
            Some((whole, fraction)) => digits(whole, 12) && digits(fraction, 4),
            None => digits(text, 12),
        };
        let padded = text.len() > 1 && text.starts_with('0') && !text.starts_with("0.");
        if readable && !padded {
            Ok(Self(text.into()))
        } else {
            Err(PlanError::Price(text.to_owned()))
        }
    }
}

impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl<'de> Deserialize<'de> for Price {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer)
    }
}

/// Three capital letters of ISO 4217.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Currency(Box<str>);

impl FromStr for Currency {
    type Err = PlanError;

    fn from_str(text: &str) -> Result<Self, PlanError> {
        if text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase()) {
            Ok(Self(text.into()))
        } else {
            Err(PlanError::Currency(text.to_owned()))
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_keeps_its_digits_and_refuses_everything_else() {
        for good in ["0", "29", "29.00", "0.5", "999999999999.9999"] {
            assert_eq!(
                good.parse::<Price>().map(|p| p.to_string()).as_deref(),
                Ok(good)
            );
        }
        for bad in [
            "",
            "-1",
            "029",
            "1.",
            ".5",
            "1.23456",
            "1e3",
            "29,00",
            "1234567890123",
        ] {
            assert!(bad.parse::<Price>().is_err(), "{bad}");
        }
    }
}
