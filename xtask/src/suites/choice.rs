//! What the caller of `cargo xtask test` asks for.

use clap::Args;

use crate::postgres::{Edition, Editions};
use crate::suites::{Options, Scope};

#[derive(Args)]
pub struct Choice {
    /// Part of the name of a suite or of a test
    name: Option<String>,
    #[command(flatten)]
    editions: Editions,
    /// Make what the regress and isolation tests and the pages of the documentation print now, on
    /// Debian's Postgres, the expected output
    #[arg(long, conflicts_with_all = ["versions", "assertions"])]
    bless: bool,
    /// Build the extension optimised (slower to build)
    #[arg(long)]
    release: bool,
}

impl Choice {
    /// A run for each Postgres, Debian's own first. Where nothing was chosen the others are run, too, as far as they may
    /// differ from it.
    pub fn runs(&self) -> Vec<Options> {
        let is_open = self.name.is_none() && !self.editions.are_chosen() && !self.bless;
        let editions = if is_open {
            Edition::all()
        } else {
            self.editions.each()
        };
        let run = |edition| Options {
            name: self.name.clone(),
            edition,
            scope: if is_open && edition != Edition::DEFAULT {
                Scope::Versions
            } else {
                Scope::Everything
            },
            bless: self.bless,
            release: self.release,
        };
        editions.into_iter().map(run).collect()
    }
}
