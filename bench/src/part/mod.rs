//! The parts of the benchmark, one file each.

pub mod booking;

use std::time::Duration;

use clap::ValueEnum;
use tokio_postgres::Config;

use crate::contest::Plan;
use crate::progress::Progress;
use crate::record::Shelf;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    Booking,
}

/// What every part is given.
pub struct Bench {
    pub config: Config,
    pub shelf: Shelf,
    pub progress: Progress,
    pub is_quick: bool,
}

impl Bench {
    /// So many rounds of so long, or a glance.
    pub fn plan(&self, rounds: u32, round: Duration) -> Plan {
        match self.is_quick {
            true => Plan {
                rounds: 2,
                round: Duration::from_millis(300),
            },
            false => Plan { rounds, round },
        }
    }

    pub fn either<T>(&self, full: T, quick: T) -> T {
        if self.is_quick { quick } else { full }
    }
}

/// How many clients at once are measured.
pub const CLIENTS: [usize; 3] = [1, 8, 32];
