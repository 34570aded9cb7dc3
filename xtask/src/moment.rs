//! Moments at which something that depends on the clock might go wrong.
//!
//! Usually each is the next of its kind, and so never past: PostgREST is linked statically and can't be deceived, and what is
//! signed at a moment must not have expired for it. Where servers run into timeouts it is the last one: what interrupts a
//! server that waits sees the true time, in which a timeout that ends in a later year has not come.

use chrono::{DateTime, Datelike, Days, Month, NaiveDate, NaiveTime, Utc, Weekday};

pub struct Moment {
    pub name: &'static str,
    falls_on: fn(NaiveDate) -> bool,
    /// Hour and minute, in UTC.
    time: (u32, u32),
}

/// The last minutes before something changes, and times of a week at which tests have failed.
pub static MOMENTS: [Moment; 10] = [
    Moment::at("monday-begins", |day| is(day, Weekday::Mon), (0, 1)),
    Moment::at("thursday-noon", |day| is(day, Weekday::Thu), (11, 21)),
    Moment::at("friday-ends", |day| is(day, Weekday::Fri), (23, 58)),
    Moment::at(
        "sunday-ends-the-year",
        |day| is(day, Weekday::Sun) && is_date(day, Month::December, 31),
        (23, 59),
    ),
    Moment::at("leap-day-begins", |day| is_date(day, Month::February, 29), (0, 0)),
    // The drivers of Postgres' tests live in California.
    Moment::at("month-ends-in-california", |day| day.day() == 1, (7, 59)),
    // Sundays on which clocks change: the last one of the month in London, the first or second one in New York.
    Moment::at(
        "london-goes-forward",
        |day| is_sunday(day, Month::March, 25),
        (0, 59),
    ),
    Moment::at(
        "london-goes-back",
        |day| is_sunday(day, Month::October, 25),
        (0, 59),
    ),
    Moment::at(
        "new-york-goes-forward",
        |day| is_sunday(day, Month::March, 8),
        (6, 59),
    ),
    Moment::at(
        "new-york-goes-back",
        |day| is_sunday(day, Month::November, 1),
        (5, 59),
    ),
];

impl Moment {
    const fn at(name: &'static str, falls_on: fn(NaiveDate) -> bool, time: (u32, u32)) -> Self {
        Self { name, falls_on, time }
    }

    /// The one whose turn it is on this day.
    pub fn of(day: NaiveDate) -> &'static Self {
        &MOMENTS[day.num_days_from_ce().unsigned_abs() as usize % MOMENTS.len()]
    }

    /// When it is next, seen from this day.
    pub fn after(&self, today: NaiveDate) -> DateTime<Utc> {
        self.first_of((1..).map(|days| today + Days::new(days)))
    }

    /// When it was last.
    pub fn before(&self, today: NaiveDate) -> DateTime<Utc> {
        self.first_of((1..).map(|days| today - Days::new(days)))
    }

    fn first_of(&self, mut days: impl Iterator<Item = NaiveDate>) -> DateTime<Utc> {
        let (hour, minute) = self.time;
        let day = days
            .find(|day| (self.falls_on)(*day))
            .expect("every moment comes again");
        let time = NaiveTime::from_hms_opt(hour, minute, 0).expect("a time of day");
        day.and_time(time).and_utc()
    }
}

fn is(day: NaiveDate, weekday: Weekday) -> bool {
    day.weekday() == weekday
}

fn is_date(day: NaiveDate, month: Month, day_of_month: u32) -> bool {
    (day.month(), day.day()) == (month.number_from_month(), day_of_month)
}

/// The Sunday among the seven days of a month that begin with this one.
fn is_sunday(day: NaiveDate, month: Month, first: u32) -> bool {
    is(day, Weekday::Sun)
        && day.month() == month.number_from_month()
        && (first..first + 7).contains(&day.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 27).unwrap();

    fn moment(name: &str) -> &'static Moment {
        MOMENTS.iter().find(|moment| moment.name == name).unwrap()
    }

    fn next(name: &str) -> String {
        moment(name).after(TODAY).format("%a %F %R").to_string()
    }

    fn last(name: &str) -> String {
        moment(name).before(TODAY).format("%a %F %R").to_string()
    }

    #[test]
    fn moments_are_when_they_are_said_to_be() {
        assert_eq!(next("monday-begins"), "Mon 2026-11-30 00:01");
        assert_eq!(next("friday-ends"), "Fri 2026-12-04 23:58");
        assert_eq!(next("sunday-ends-the-year"), "Sun 2028-12-31 23:59");
        assert_eq!(next("leap-day-begins"), "Tue 2028-02-29 00:00");
        assert_eq!(next("month-ends-in-california"), "Tue 2026-12-01 07:59");
        assert_eq!(next("london-goes-forward"), "Sun 2027-03-28 00:59");
        assert_eq!(next("london-goes-back"), "Sun 2027-10-31 00:59");
        assert_eq!(next("new-york-goes-forward"), "Sun 2027-03-14 06:59");
        assert_eq!(next("new-york-goes-back"), "Sun 2027-11-07 05:59");
        assert_eq!(last("friday-ends"), "Fri 2026-11-20 23:58");
        assert_eq!(last("sunday-ends-the-year"), "Sun 2023-12-31 23:59");
        assert_eq!(last("leap-day-begins"), "Thu 2024-02-29 00:00");
        assert_eq!(last("london-goes-back"), "Sun 2026-10-25 00:59");
    }
}
