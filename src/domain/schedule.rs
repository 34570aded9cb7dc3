//! When a session may take place: its slot, published working hours and overlaps.
//!
//! Time zones are Postgres' business: a slot arrives both as instants and as the wall clock of the
//! practitioner shows them. Overlaps are decided by instants, which no change of the clock moves;
//! working hours by the wall clock, because that is what a practitioner publishes.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc, Weekday};
use serde_json::{Map, Value};

/// A stretch of time that a session takes or would take, end excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
}

impl Period {
    /// Whether less than `buffer` lies between the two. Periods that touch do not overlap.
    pub fn overlaps(&self, other: &Period, buffer: TimeDelta) -> bool {
        self.starts_at < other.ends_at + buffer && other.starts_at < self.ends_at + buffer
    }

    /// The period and as much before and after it.
    pub fn widened_by(&self, margin: TimeDelta) -> Period {
        Period {
            starts_at: self.starts_at - margin,
            ends_at: self.ends_at + margin,
        }
    }
}

/// The slot that a client asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    pub period: Period,
    /// What the practitioner's wall clock shows at the start and at the end.
    pub local_start: NaiveDateTime,
    pub local_end: NaiveDateTime,
}

/// What can't be read in somebody's `working_hours`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableHours {
    pub weekday: &'static str,
    pub value: String,
}

/// The keys of `working_hours`, from Monday on.
const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Whether the slot lies within the published working hours. Hours that touch, on one day or
/// across midnight, count as one stretch; hours whose end is not after their start run into the
/// next day; an object without any weekday publishes nothing and so limits nothing.
pub fn is_within_working_hours(working_hours: &Value, slot: &Slot) -> Result<bool, UnreadableHours> {
    let publishes_a_day =
        |days: &&Map<String, Value>| days.keys().any(|day| WEEKDAYS.contains(&day.as_str()));
    let Some(published) = working_hours.as_object().filter(publishes_a_day) else {
        return Ok(true);
    };
    let first_day = slot.local_start.date() - Days::new(1);
    let mut stretches = Vec::new();
    for day in first_day
        .iter_days()
        .take_while(|day| *day <= slot.local_end.date())
    {
        if let Some(hours) = published.get(weekday_name(day.weekday())) {
            stretches.extend(stretches_of_day(day, hours)?);
        }
    }
    Ok(is_covered(slot, stretches))
}

/// Whether stretches, joined where they touch, cover the slot without a gap.
fn is_covered(slot: &Slot, mut stretches: Vec<(NaiveDateTime, NaiveDateTime)>) -> bool {
    stretches.sort();
    let mut covered_until: Option<NaiveDateTime> = None;
    for (start, end) in stretches {
        let reached = covered_until.unwrap_or(slot.local_start);
        if start <= reached && end > reached {
            covered_until = Some(end);
        }
    }
    covered_until.is_some_and(|until| until >= slot.local_end)
}

/// The stretches that one weekday's entry publishes for a date, in either of its two shapes.
fn stretches_of_day(
    day: NaiveDate,
    entry: &Value,
) -> Result<Vec<(NaiveDateTime, NaiveDateTime)>, UnreadableHours> {
    if entry.is_null()
        || entry
            .get("enabled")
            .is_some_and(|enabled| enabled == &Value::Bool(false))
    {
        return Ok(Vec::new());
    }
    let ranges: Vec<&Value> = match entry.get("hours").and_then(Value::as_array) {
        Some(hours) => hours.iter().collect(),
        None => vec![entry],
    };
    ranges.into_iter().map(|range| stretch(day, range)).collect()
}

fn stretch(day: NaiveDate, range: &Value) -> Result<(NaiveDateTime, NaiveDateTime), UnreadableHours> {
    let unreadable = || UnreadableHours {
        weekday: weekday_name(day.weekday()),
        value: range.to_string(),
    };
    let start = clock(range.get("start")).ok_or_else(unreadable)?;
    let end = clock(range.get("end")).ok_or_else(unreadable)?;
    let midnight = day.and_time(NaiveTime::MIN);
    let runs_into_next_day = if end <= start {
        TimeDelta::days(1)
    } else {
        TimeDelta::zero()
    };
    Ok((midnight + start, midnight + end + runs_into_next_day))
}

/// A time of day as the span since midnight, which also says `24:00`.
fn clock(value: Option<&Value>) -> Option<TimeDelta> {
    let text = value?.as_str()?.trim();
    if matches!(text, "24:00" | "24:00:00") {
        return Some(TimeDelta::days(1));
    }
    let time = NaiveTime::parse_from_str(text, "%H:%M")
        .or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S"))
        .ok()?;
    Some(time - NaiveTime::MIN)
}

fn weekday_name(weekday: Weekday) -> &'static str {
    WEEKDAYS[weekday.num_days_from_monday() as usize]
}

#[cfg(test)]
mod tests;
