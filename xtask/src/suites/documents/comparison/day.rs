//! A day as a page writes it, in figures or in words.

use super::shape::is_shaped;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[derive(PartialEq)]
pub(super) struct Day {
    /// Since 1 January 1970.
    pub(super) number: i64,
    pub(super) in_words: bool,
}

impl Day {
    /// `2026-11-29` or `29 November 2026`.
    pub(super) fn read(text: &str) -> Option<(Day, usize)> {
        if is_shaped(text, "9999-99-99") {
            let number = number_of(
                text[..4].parse().ok()?,
                text[5..7].parse().ok()?,
                text[8..10].parse().ok()?,
            );
            let day = Day {
                number,
                in_words: false,
            };
            return Some((day, 10));
        }
        let mut words = text.splitn(3, ' ');
        let (day, month, year) = (words.next()?, words.next()?, words.next()?);
        let month_number = MONTHS.iter().position(|name| *name == month)? + 1;
        let year = year.get(..4)?;
        let number = number_of(
            year.parse().ok()?,
            i64::try_from(month_number).ok()?,
            day.parse().ok()?,
        );
        let length = day.len() + month.len() + year.len() + 2;
        Some((
            Day {
                number,
                in_words: true,
            },
            length,
        ))
    }

    pub(super) fn earlier(&self, days: i64) -> Day {
        Day {
            number: self.number - days,
            ..*self
        }
    }

    pub(super) fn written(&self) -> String {
        let (year, month, day) = date_of(self.number);
        if self.in_words {
            format!("{day} {} {year}", MONTHS[month - 1])
        } else {
            format!("{year:04}-{month:02}-{day:02}")
        }
    }
}

/// The day's number; the year is counted from March, so that the leap day is its last.
fn number_of(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    365 * year + leap_days + (153 * month + 2) / 5 + day - 719_469
}

/// The date of a day's number: the last one that does not come after it.
fn date_of(number: i64) -> (i64, usize, i64) {
    let mut year = 1970 + number.div_euclid(366);
    while number_of(year + 1, 1, 1) <= number {
        year += 1;
    }
    let mut month = 1;
    while month < 12 && number_of(year, month + 1, 1) <= number {
        month += 1;
    }
    let month_number = usize::try_from(month).unwrap_or(1);
    (year, month_number, number - number_of(year, month, 1) + 1)
}
