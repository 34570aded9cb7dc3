//! The time that programs live in: that of the machine, or another one by Debian's `faketime`.

use std::path::Path;

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};

/// Set apart by a distance and not by an instant: programs that start one after the other agree on the time.
#[derive(Clone, Default)]
pub struct Clock {
    environment: Vec<(&'static str, String)>,
}

impl Clock {
    /// It is this moment now, and time goes on. Durations are measured as ever, and files are as old as they are.
    pub fn set_to(moment: DateTime<Utc>, library: &Path) -> Result<Self> {
        let seconds = (moment - Utc::now()).num_seconds();
        let library = library.to_str().context("a path that is no text")?;
        Ok(Self {
            environment: vec![
                ("LD_PRELOAD", library.to_owned()),
                ("FAKETIME", format!("{seconds:+}")),
                ("FAKETIME_DONT_FAKE_MONOTONIC", "1".to_owned()),
                ("NO_FAKE_STAT", "1".to_owned()),
            ],
        })
    }

    /// What a program that is to live in it has to find in its environment.
    pub fn environment(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.environment
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
    }
}
