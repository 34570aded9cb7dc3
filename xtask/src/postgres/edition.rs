//! Which PostgreSQL a task works with, as its caller chose.

use std::fmt::{self, Display, Formatter};
use std::path::PathBuf;

use clap::Args;

use super::version::Versions;
use crate::postgres::Version;
use crate::workspace::Workspace;

#[derive(Args, Clone, Copy, PartialEq, Eq)]
pub struct Edition {
    /// The major version of PostgreSQL, 15 to 18
    #[arg(long = "pg", value_name = "MAJOR", default_value_t = Version::DEFAULT)]
    pub version: Version,
    /// Use a PostgreSQL 15 with its own assertions on; building it the first time takes six to nine minutes
    #[arg(long, conflicts_with = "version")]
    pub assertions: bool,
}

/// Which of them a task goes through, one after the other.
#[derive(Args, Clone, Copy)]
pub struct Editions {
    /// The major version of PostgreSQL, 15 to 18, or `all`
    #[arg(long = "pg", value_name = "MAJOR")]
    versions: Option<Versions>,
    /// Use a PostgreSQL 15 with its own assertions on; building it the first time takes six to nine minutes
    #[arg(long, conflicts_with = "versions")]
    assertions: bool,
}

impl Editions {
    /// Whether the caller has said which.
    pub fn are_chosen(self) -> bool {
        self.versions.is_some() || self.assertions
    }

    /// Debian's own where the caller has said nothing.
    pub fn each(self) -> Vec<Edition> {
        let versions = match self.versions {
            None => vec![Version::DEFAULT],
            Some(Versions::One(version)) => vec![version],
            Some(Versions::All) => Version::all().collect(),
        };
        let edition = |version| Edition {
            version,
            assertions: self.assertions,
        };
        versions.into_iter().map(edition).collect()
    }
}

impl Edition {
    /// Debian's own.
    pub const DEFAULT: Self = Self {
        version: Version::DEFAULT,
        assertions: false,
    };

    /// Each version as it is distributed, Debian's own first.
    pub fn all() -> Vec<Self> {
        let edition = |version| Self {
            version,
            assertions: false,
        };
        Version::all().map(edition).collect()
    }

    /// As somebody would type it.
    pub fn in_words(self) -> Vec<String> {
        if self.assertions {
            vec!["--assertions".to_owned()]
        } else {
            vec!["--pg".to_owned(), self.version.to_string()]
        }
    }

    /// Where pgrx notes which Postgres a version is.
    pub fn pgrx_home(self, workspace: &Workspace) -> PathBuf {
        if self.assertions {
            self.target(workspace).join("pgrx")
        } else {
            workspace.pgrx_home()
        }
    }

    /// A name for files that are made for it.
    pub fn file_name(self) -> String {
        let suffix = if self.assertions { "-assertions" } else { "" };
        format!("{}{suffix}", self.version.label())
    }

    /// What cargo has to know to build the extension for it.
    pub fn environment(self, workspace: &Workspace) -> Vec<(&'static str, PathBuf)> {
        let mut variables = vec![("PGRX_HOME", self.pgrx_home(workspace))];
        if self.assertions {
            variables.push(("CARGO_TARGET_DIR", self.target(workspace)));
        }
        variables
    }

    /// Where cargo builds: a folder apart for assertions. To cargo both are PostgreSQL 15, and in one folder it would
    /// recompile all of pgrx whenever one follows the other. Versions are told apart by their
    /// features.
    fn target(self, workspace: &Workspace) -> PathBuf {
        workspace.path(if self.assertions {
            "target/assertions"
        } else {
            "target"
        })
    }
}

impl Display for Edition {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        write!(formatter, "PostgreSQL {}", self.version)?;
        if self.assertions {
            write!(formatter, " with assertions")?;
        }
        Ok(())
    }
}
