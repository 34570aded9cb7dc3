//! What somebody had at the end of each day, as her ledger says.

use chrono::{Days, NaiveDate};

/// As many days as one reply tells.
pub const MOST_DAYS: i64 = 400;
/// Who names no first day means these, the last one included.
const USUAL_DAYS: u64 = 90;

/// Whoever asks for days before it is told of this one.
const FIRST_DAY_OF_THE_CALENDAR: NaiveDate = NaiveDate::from_ymd_opt(1, 1, 1).expect("a date");

/// From one day to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
}

impl Period {
    /// The days asked for, the last one today where none is named; nothing for none, or for more than are told at a time.
    pub fn of(from: Option<NaiveDate>, to: Option<NaiveDate>, today: NaiveDate) -> Option<Self> {
        let last_day = to.unwrap_or(today);
        let usual = last_day.checked_sub_days(Days::new(USUAL_DAYS - 1));
        let first_day = from.or(usual)?.max(FIRST_DAY_OF_THE_CALENDAR);
        let days = (last_day - first_day).num_days() + 1;
        (1..=MOST_DAYS)
            .contains(&days)
            .then_some(Period { first_day, last_day })
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BalanceHistory {
    /// Whose midnight the days end at.
    pub timezone: String,
    pub period: Period,
    pub days: Vec<DayOfBalance>,
}

/// `balance + held - owed` is by `earned - spent + other` more than on the day before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayOfBalance {
    pub day: NaiveDate,
    pub balance: i64,
    pub held: i64,
    pub owed: i64,
    /// By sessions given, less what was taken back for them.
    pub earned: i64,
    /// On sessions received, less what came back for them.
    pub spent: i64,
    /// Grants, corrections, and what an application does by types of its own.
    pub other: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn period(from: Option<&str>, to: Option<&str>) -> Option<(String, String)> {
        Period::of(from.map(day), to.map(day), day("2027-03-31"))
            .map(|period| (period.first_day.to_string(), period.last_day.to_string()))
    }

    #[test]
    fn who_names_no_days_means_the_last_ninety() {
        let until_today = Some(("2027-01-01".into(), "2027-03-31".into()));
        assert_eq!(period(None, None), until_today);
        assert_eq!(period(Some("2027-01-01"), None), until_today);
        assert_eq!(
            period(None, Some("2026-12-31")),
            Some(("2026-10-03".into(), "2026-12-31".into()))
        );
        assert_eq!(
            period(None, Some("0001-01-05")),
            Some(("0001-01-01".into(), "0001-01-05".into()))
        );
    }

    #[test]
    fn a_period_has_a_day_at_least_and_400_at_most() {
        assert!(period(Some("2027-03-31"), Some("2027-03-31")).is_some());
        assert!(period(Some("2027-04-01"), Some("2027-03-31")).is_none());
        assert!(period(Some("2027-04-01"), None).is_none());
        assert!(period(Some("2026-02-25"), None).is_some());
        assert!(period(Some("2026-02-24"), None).is_none());
        assert!(period(Some("0001-01-01"), Some("9999-12-31")).is_none());
    }
}
