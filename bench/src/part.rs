//! The parts of the benchmark, one file each.

mod booking;
mod costs;
mod growth;
mod hot_set;
mod jobs;
mod ledger;
mod postgrest;
mod quote;
mod refund;
mod rls;

use std::ops::Range;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::ValueEnum;
use tokio_postgres::Config;

use crate::contest::Plan;
use crate::results::Results;
use crate::round_progress::RoundProgress;
use crate::world::{Load, Population};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    Booking,
    Refund,
    Quote,
    Postgrest,
    HotSet,
    Growth,
    Rls,
    Ledger,
    Jobs,
}

/// The practitioners of the hot set, shared out among the parts: their calendars are empty.
const HOT_RING: Range<usize> = 0..10;
/// The 32 after her are her clients.
const ONE_PRACTITIONER: usize = 10;
const LEDGER_FIFTY: Range<usize> = 44..94;
const LEDGER_TEN: Range<usize> = 94..104;

/// How much is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Pace {
    /// What the report is made of.
    Full,
    /// A reduced form of everything.
    Quick,
    /// Everything once: whether it works, not how fast.
    Smoke,
}

impl Pace {
    pub fn population(self) -> Population {
        match self {
            Pace::Smoke => Population::SMALL,
            _ => Population::FULL,
        }
    }

    /// What the tables of the contenders begin with.
    pub fn load(self) -> Load {
        Load {
            sessions: if self == Pace::Smoke { 200 } else { 10_000 },
            peer_percent: 100,
            notifications: 4,
        }
    }

    pub fn sizes(self) -> &'static [u64] {
        match self {
            Pace::Full => &[10_000, 1_000_000, 5_000_000],
            Pace::Quick => &[10_000, 50_000],
            Pace::Smoke => &[200, 400],
        }
    }
}

/// What every part is given.
pub struct Bench {
    pub config: Config,
    pub results: Results,
    pub progress: RoundProgress,
    pub pace: Pace,
    /// Sessions in the tables, for growth.
    pub sizes: Vec<u64>,
}

impl Bench {
    /// So many rounds of so long, or a glance.
    fn plan(&self, rounds: u32, round: Duration) -> Plan {
        match self.pace {
            Pace::Full => Plan { rounds, round },
            Pace::Quick => Plan {
                rounds: 2,
                round: Duration::from_millis(300),
            },
            Pace::Smoke => Plan {
                rounds: 1,
                round: Duration::from_millis(30),
            },
        }
    }

    fn pick<T>(&self, full: T, quick: T, smoke: T) -> T {
        match self.pace {
            Pace::Full => full,
            Pace::Quick => quick,
            Pace::Smoke => smoke,
        }
    }

    /// How many clients at once are measured.
    fn clients(&self) -> &'static [usize] {
        match self.pace {
            Pace::Smoke => &[3],
            _ => &[1, 8, 32],
        }
    }

    /// Measures these parts; all of them where none is named.
    pub async fn measure(&mut self, only: &[Part]) -> Result<()> {
        let chosen: Vec<Part> = Part::value_variants()
            .iter()
            .copied()
            .filter(|part| only.is_empty() || only.contains(part))
            .collect();
        self.progress = RoundProgress::start(chosen.iter().map(|part| self.steps(*part)).sum());
        for part in chosen {
            self.measure_part(part)
                .await
                .with_context(|| format!("{part:?}"))?;
            self.results.finish_part()?;
        }
        self.progress.finish();
        Ok(())
    }

    fn steps(&self, part: Part) -> u64 {
        match part {
            Part::Booking => booking::steps(self),
            Part::Refund => refund::steps(self),
            Part::Quote => quote::steps(self),
            Part::Postgrest => postgrest::steps(self),
            Part::HotSet => hot_set::steps(self),
            Part::Growth => growth::steps(self),
            Part::Rls => rls::steps(self),
            Part::Ledger => ledger::steps(self),
            Part::Jobs => jobs::steps(self),
        }
    }

    async fn measure_part(&self, part: Part) -> Result<()> {
        match part {
            Part::Booking => booking::measure(self).await,
            Part::Refund => refund::measure(self).await,
            Part::Quote => quote::measure(self).await,
            Part::Postgrest => postgrest::measure(self).await,
            Part::HotSet => hot_set::measure(self).await,
            Part::Growth => growth::measure(self).await,
            Part::Rls => rls::measure(self).await,
            Part::Ledger => ledger::measure(self).await,
            Part::Jobs => jobs::measure(self).await,
        }
    }
}

/// "1 client" or "8 clients".
fn clients_in_words(clients: usize) -> String {
    match clients {
        1 => "1 client".to_owned(),
        many => format!("{many} clients"),
    }
}

/// 1000000 as 1,000,000.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
