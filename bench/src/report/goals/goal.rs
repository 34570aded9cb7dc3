//! One goal, and how it is held against what was measured of it. What was not measured stands there as that.

use crate::part::thousands;
use crate::report::tables::duration;
use crate::statistics::Spread;

pub struct Goal {
    what: String,
    goal: String,
    verdict: Option<Verdict>,
}

struct Verdict {
    measured: String,
    is_met: bool,
}

impl Goal {
    /// Of ratios, the median is judged.
    pub fn at_most(what: &str, most: f64, ratio: Option<Spread>) -> Self {
        Self {
            what: what.to_owned(),
            goal: format!("at most {most} ×"),
            verdict: ratio.map(|ratio| Verdict {
                measured: times(ratio),
                is_met: ratio.median <= most,
            }),
        }
    }

    pub fn at_least(what: &str, least: f64, ratio: Option<Spread>) -> Self {
        Self {
            what: what.to_owned(),
            goal: format!("at least {least} ×"),
            verdict: ratio.map(|ratio| Verdict {
                measured: times(ratio),
                is_met: ratio.median >= least,
            }),
        }
    }

    pub fn at_most_us(what: &str, most: f64, measured: Option<Spread>) -> Self {
        Self {
            what: what.to_owned(),
            goal: format!("at most {}", duration(most)),
            verdict: measured.map(|spread| Verdict {
                measured: format!(
                    "{} ({} – {})",
                    duration(spread.median),
                    duration(spread.lower_quartile),
                    duration(spread.upper_quartile)
                ),
                is_met: spread.median <= most,
            }),
        }
    }

    pub fn at_most_bytes(what: &str, most: f64, measured: Option<f64>) -> Self {
        let in_words = |bytes: f64| format!("{} B", thousands(bytes.round() as u64));
        Self {
            what: what.to_owned(),
            goal: format!("at most {}", in_words(most)),
            verdict: measured.map(|bytes| Verdict {
                measured: in_words(bytes),
                is_met: bytes <= most,
            }),
        }
    }

    pub fn none(what: &str, counted: Option<u64>) -> Self {
        Self {
            what: what.to_owned(),
            goal: "none".to_owned(),
            verdict: counted.map(|count| Verdict {
                measured: count.to_string(),
                is_met: count == 0,
            }),
        }
    }

    pub fn line(&self) -> String {
        let (measured, is_met) = match &self.verdict {
            Some(verdict) => (
                verdict.measured.as_str(),
                if verdict.is_met { "yes" } else { "**no**" },
            ),
            None => ("not measured", "–"),
        };
        format!("| {} | {} | {measured} | {is_met} |", self.what, self.goal)
    }
}

fn times(ratio: Spread) -> String {
    format!(
        "{:.2} × ({:.2} – {:.2})",
        ratio.median, ratio.lower_quartile, ratio.upper_quartile
    )
}
