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
    /// The parts of a run, in the order in which they are begun. Where nothing was chosen the other versions are tested, too,
    /// as far as they may differ from Debian's.
    pub fn parts(&self) -> Vec<Options> {
        let chosen = |edition| self.part(edition, Scope::Everything);
        if !self.is_open() {
            return self.editions.each().into_iter().map(chosen).collect();
        }
        let of_others = Edition::all()
            .into_iter()
            .filter(|edition| *edition != Edition::DEFAULT)
            .map(|edition| self.part(edition, Scope::Versions));
        [self.part(Edition::DEFAULT, Scope::Beginning)]
            .into_iter()
            .chain(of_others)
            .chain([Scope::Rest, Scope::Loads].map(|scope| self.part(Edition::DEFAULT, scope)))
            .collect()
    }

    /// How many parts may be tested at once. Where nothing was chosen no two have suites that write to the same folder of
    /// the project.
    pub fn lanes(&self) -> usize {
        if self.is_open() { 2 } else { 1 }
    }

    fn is_open(&self) -> bool {
        self.name.is_none() && !self.editions.are_chosen() && !self.bless
    }

    fn part(&self, edition: Edition, scope: Scope) -> Options {
        Options {
            name: self.name.clone(),
            edition,
            scope,
            bless: self.bless,
            release: self.release,
        }
    }
}
