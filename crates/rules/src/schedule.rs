//! When a session may take place: its slot, published working hours and overlaps.
//!
//! Time zones are Postgres' business: a slot arrives both as instants and as the wall clock of the
//! practitioner shows them. Overlaps are decided by instants, which no change of the clock moves;
//! working hours by the wall clock, because that is what a practitioner publishes.

use crate::written_json::{self, beginning};
use chrono::{DateTime, Datelike, Days, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use serde_json::Value;

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
    /// Its beginning, where it is long.
    pub value: String,
}

impl UnreadableHours {
    fn new(weekday: &'static str, value: &str) -> Self {
        UnreadableHours {
            weekday,
            value: beginning(value),
        }
    }
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

/// Hours repeat every week: what is open for so long is always open.
const LONGEST_CLOSING_CYCLE: TimeDelta = TimeDelta::days(8);

/// From when to when a weekday is open, since its midnight.
type Stretch = (TimeDelta, TimeDelta);

/// Published working hours, read once. An entry that can't be read is a fault as soon as its weekday
/// matters, and no sooner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingHours {
    /// From Monday on; `None` where nothing is published and so nothing is limited.
    days: Option<[Result<Vec<Stretch>, UnreadableHours>; 7]>,
}

impl WorkingHours {
    /// Nothing is limited.
    pub const UNLIMITED: WorkingHours = WorkingHours { days: None };

    /// Reads the JSON that is published, if any is. An object without any weekday publishes nothing.
    pub fn read(published: Option<&str>) -> WorkingHours {
        let Some(json) = published.filter(|json| written_json::is_object(json)) else {
            return WorkingHours::UNLIMITED;
        };
        let Some(entries) = written_json::members(json) else {
            // Names that can't be read may be those of weekdays.
            return WorkingHours {
                days: Some(WEEKDAYS.map(|weekday| Err(UnreadableHours::new(weekday, json)))),
            };
        };
        if !entries.keys().any(|day| WEEKDAYS.contains(&day.as_str())) {
            return WorkingHours::UNLIMITED;
        }
        let of_weekday = |weekday| match entries.get(weekday) {
            Some(entry) => stretches(weekday, entry.get()),
            None => Ok(Vec::new()),
        };
        WorkingHours {
            days: Some(WEEKDAYS.map(of_weekday)),
        }
    }

    /// The first weekday that can't be read, from Monday on.
    pub fn unreadable(&self) -> Option<&UnreadableHours> {
        self.days.iter().flatten().find_map(|day| day.as_ref().err())
    }

    /// Whether the slot lies within them. Hours that touch, on one day or across midnight, count as
    /// one stretch; hours whose end is not after their start run into the next day.
    pub fn cover(&self, slot: &Slot) -> Result<bool, UnreadableHours> {
        let Some(days) = &self.days else {
            return Ok(true);
        };
        let needed_until = slot.local_end.min(slot.local_start + LONGEST_CLOSING_CYCLE);
        let first_day = slot.local_start.date() - Days::new(1);
        let mut open = Vec::new();
        for day in first_day
            .iter_days()
            .take_while(|day| *day <= needed_until.date())
        {
            let midnight = day.and_time(NaiveTime::MIN);
            let stretches = days[day.weekday().num_days_from_monday() as usize].as_ref();
            for (start, end) in stretches.map_err(UnreadableHours::clone)? {
                open.push((midnight + *start, midnight + *end));
            }
        }
        Ok(is_covered(slot.local_start, needed_until, open))
    }
}

/// Whether stretches, joined where they touch, cover this time without a gap.
fn is_covered(
    from: NaiveDateTime,
    until: NaiveDateTime,
    mut stretches: Vec<(NaiveDateTime, NaiveDateTime)>,
) -> bool {
    stretches.sort();
    let mut covered_until: Option<NaiveDateTime> = None;
    for (start, end) in stretches {
        let reached = covered_until.unwrap_or(from);
        if start <= reached && end > reached {
            covered_until = Some(end);
        }
    }
    covered_until.is_some_and(|covered_until| covered_until >= until)
}

/// The stretches that one weekday's entry publishes, in either of its two shapes.
fn stretches(weekday: &'static str, entry: &str) -> Result<Vec<Stretch>, UnreadableHours> {
    let entry = &written_json::value(entry).ok_or_else(|| UnreadableHours::new(weekday, entry))?;
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
    ranges.into_iter().map(|range| stretch(weekday, range)).collect()
}

fn stretch(weekday: &'static str, range: &Value) -> Result<Stretch, UnreadableHours> {
    let unreadable = || UnreadableHours::new(weekday, &range.to_string());
    let start = clock(range.get("start")).ok_or_else(unreadable)?;
    let end = clock(range.get("end")).ok_or_else(unreadable)?;
    let runs_into_next_day = if end <= start {
        TimeDelta::days(1)
    } else {
        TimeDelta::zero()
    };
    Ok((start, end + runs_into_next_day))
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

#[cfg(test)]
mod tests;
