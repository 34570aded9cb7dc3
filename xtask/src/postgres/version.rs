//! The major versions of PostgreSQL that the extension is built for.

use std::fmt::{self, Display, Formatter};
use std::ops::RangeInclusive;
use std::str::FromStr;

use anyhow::{Context, Result, ensure};

/// Each is a feature of the extension.
const SUPPORTED: RangeInclusive<u32> = 15..=18;

const ALL: &str = "all";

#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Version(u32);

impl Version {
    /// The one that Debian has, and that the extension's default feature names.
    pub const DEFAULT: Self = Self(15);
    pub const OLDEST: Self = Self(*SUPPORTED.start());
    /// A stop on the way from the oldest to the newest.
    pub const BETWEEN: Self = Self(17);
    pub const NEWEST: Self = Self(*SUPPORTED.end());

    pub fn all() -> impl Iterator<Item = Self> {
        SUPPORTED.map(Self)
    }

    pub fn major(self) -> u32 {
        self.0
    }

    /// What pgrx calls it, as a feature of the extension and in its own settings.
    pub fn label(self) -> String {
        format!("pg{self}")
    }

    /// Whether a program's `--version` names this one.
    pub fn is_told_by(self, text: &str) -> bool {
        text.starts_with(&format!("PostgreSQL {self}."))
    }
}

impl FromStr for Version {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let number = text.parse().context("it is not a number")?;
        let (first, last) = (SUPPORTED.start(), SUPPORTED.end());
        ensure!(
            SUPPORTED.contains(&number),
            "the extension is built for {first} to {last}"
        );
        Ok(Self(number))
    }
}

impl Display for Version {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// One of them, or each.
#[derive(Clone, Copy)]
pub enum Versions {
    One(Version),
    All,
}

impl FromStr for Versions {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        if text == ALL {
            return Ok(Self::All);
        }
        text.parse().map(Self::One)
    }
}
