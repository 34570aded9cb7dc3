//! An installed Postgres, with everything that is built against and taken from it.

use std::path::PathBuf;

use anyhow::{Context, Result, bail, ensure};

use crate::postgres::Edition;
use crate::process;

pub struct Installation {
    pub edition: Edition,
    pub pg_config: PathBuf,
    pub programs: PathBuf,
    pub libraries: PathBuf,
    pub shared_files: PathBuf,
    /// Where the drivers of Postgres's own tests are.
    test_drivers: PathBuf,
}

impl Installation {
    /// The one that the system has: `$PG_CONFIG` if set, else Debian's place, else the one on the PATH.
    pub fn locate(edition: Edition) -> Result<Self> {
        let version = edition.version;
        let chosen = std::env::var_os("PG_CONFIG").map(PathBuf::from);
        let debian = PathBuf::from(format!("/usr/lib/postgresql/{version}/bin/pg_config"));
        let on_path = PathBuf::from("pg_config");
        for pg_config in chosen.into_iter().chain([debian, on_path]) {
            let found = process::capture(process::command(&pg_config).arg("--version"));
            if found.is_ok_and(|text| version.is_told_by(&text)) {
                return Self::describe(edition, pg_config);
            }
        }
        bail!(
            "there is no PostgreSQL {version} with its server headers (set PG_CONFIG to its pg_config if \
             it is not on the PATH)"
        )
    }

    /// The one that this pg_config belongs to.
    pub fn describe(edition: Edition, pg_config: PathBuf) -> Result<Self> {
        let ask = |what: &str| -> Result<PathBuf> {
            let answer = process::capture(process::command(&pg_config).arg(what))?;
            Ok(PathBuf::from(answer.trim()))
        };
        let makefiles = ask("--pgxs")?;
        let source = makefiles
            .ancestors()
            .nth(2)
            .context("pg_config --pgxs gives no path")?;
        let installation = Self {
            edition,
            programs: ask("--bindir")?,
            libraries: ask("--pkglibdir")?,
            shared_files: ask("--sharedir")?,
            test_drivers: source.join("test"),
            pg_config,
        };
        for needed in [
            installation.programs.join("postgres"),
            installation.pg_regress(),
            makefiles,
        ] {
            ensure!(needed.exists(), "{edition} lacks {}", needed.display());
        }
        Ok(installation)
    }

    /// The driver of tests that compare what psql prints.
    pub fn pg_regress(&self) -> PathBuf {
        self.test_drivers.join("regress/pg_regress")
    }

    /// The driver of tests that interleave sessions.
    pub fn pg_isolation_regress(&self) -> PathBuf {
        self.test_drivers.join("isolation/pg_isolation_regress")
    }
}
