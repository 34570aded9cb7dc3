//! From one version of the extension to the next: the script that ALTER EXTENSION runs, and the former
//! version itself, to start from.

mod former;
mod script;
mod statement;

pub use former::FORMER;
pub use script::{ON_THE_WAY, UpgradeScript};
