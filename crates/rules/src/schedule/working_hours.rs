//! Published working hours: for every weekday, and on single dates instead of those of their weekday.

use super::Slot;
use crate::written_json::{self, beginning};
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What can't be read in somebody's `working_hours`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableHours {
    /// A weekday, a date, or `exceptions` where it is no date's entry.
    pub day: String,
    /// Its beginning, where it is long.
    pub value: String,
}

impl UnreadableHours {
    fn new(day: &str, value: &str) -> Self {
        UnreadableHours {
            day: beginning(day),
            value: beginning(value),
        }
    }
}

/// The keys of `working_hours`, from Monday on.
pub(super) const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// The key beside them under which dates have hours of their own.
const EXCEPTIONS: &str = "exceptions";

/// Weekly hours repeat: what is open for so long is always open but for exceptions, and no session lasts so long.
const LONGEST_CLOSING_CYCLE: TimeDelta = TimeDelta::days(8);

/// From when to when a day is open, since its midnight.
type Stretch = (TimeDelta, TimeDelta);

/// A day on which nothing is limited.
const ALL_DAY: [Stretch; 1] = [(TimeDelta::zero(), TimeDelta::days(1))];

/// The hours of a day, if they can be read.
type HoursOfDay = Result<Vec<Stretch>, UnreadableHours>;

/// Published working hours, read once. An entry that can't be read is a fault as soon as its day matters, and no sooner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingHours {
    /// From Monday on; `None` where nothing is published for weekdays and so nothing is limited.
    weekly: Option<[HoursOfDay; 7]>,
    exceptions: BTreeMap<NaiveDate, HoursOfDay>,
    /// The first of those exceptions that nobody knows the date of.
    misplaced: Option<UnreadableHours>,
}

impl WorkingHours {
    /// Nothing is limited.
    pub const UNLIMITED: WorkingHours = WorkingHours {
        weekly: None,
        exceptions: BTreeMap::new(),
        misplaced: None,
    };

    /// Reads the JSON that is published, if any is. An object without any weekday publishes nothing for weekdays.
    pub fn read(published: Option<&str>) -> WorkingHours {
        let Some(json) = published.filter(|json| written_json::is_object(json)) else {
            return WorkingHours::UNLIMITED;
        };
        let Some(entries) = written_json::members(json) else {
            // Names that can't be read may be those of weekdays.
            return WorkingHours {
                weekly: Some(WEEKDAYS.map(|weekday| Err(UnreadableHours::new(weekday, json)))),
                ..WorkingHours::UNLIMITED
            };
        };
        let (exceptions, misplaced) = match entries.get(EXCEPTIONS) {
            Some(entry) => exceptions(entry.get()),
            None => (BTreeMap::new(), None),
        };
        WorkingHours {
            weekly: weekly(&entries),
            exceptions,
            misplaced,
        }
    }

    /// The first entry that can't be read: a weekday from Monday on, then an exception.
    pub fn unreadable(&self) -> Option<&UnreadableHours> {
        let weekly = self.weekly.iter().flatten();
        let unread = weekly
            .chain(self.exceptions.values())
            .find_map(|day| day.as_ref().err());
        unread.or(self.misplaced.as_ref())
    }

    /// Whether hours are published for weekdays.
    pub fn are_weekly(&self) -> bool {
        self.weekly.is_some()
    }

    /// The hours in which somebody is offered, who may have published none for weekdays.
    pub fn to_offer(self, unpublished: &HoursToOffer) -> WorkingHours {
        let stand_in = || match unpublished {
            HoursToOffer::Any => None,
            HoursToOffer::Never => Some(WEEKDAYS.map(|_| Ok(Vec::new()))),
            HoursToOffer::Daily(stretch) => Some(WEEKDAYS.map(|_| Ok(vec![*stretch]))),
        };
        WorkingHours {
            weekly: self.weekly.or_else(stand_in),
            ..self
        }
    }

    /// Whether the slot lies within them. Hours that touch, on one day or across midnight, count as
    /// one stretch; hours whose end is not after their start run into the next day.
    pub fn cover(&self, slot: &Slot) -> Result<bool, UnreadableHours> {
        if self.weekly.is_none() && self.exceptions.is_empty() {
            return Ok(true);
        }
        let needed_until = slot.local_end.min(slot.local_start + LONGEST_CLOSING_CYCLE);
        let first_day = slot.local_start.date() - Days::new(1);
        let mut open = Vec::new();
        for day in first_day
            .iter_days()
            .take_while(|day| *day <= needed_until.date())
        {
            let midnight = day.and_time(NaiveTime::MIN);
            for (start, end) in self.on(day)? {
                open.push((midnight + *start, midnight + *end));
            }
        }
        Ok(is_covered(slot.local_start, needed_until, open))
    }

    /// What counts on a day.
    fn on(&self, day: NaiveDate) -> Result<&[Stretch], UnreadableHours> {
        let of_weekday = || {
            let weekly = self.weekly.as_ref()?;
            weekly.get(day.weekday().num_days_from_monday() as usize)
        };
        match self.exceptions.get(&day).or_else(of_weekday) {
            Some(hours) => hours.as_deref().map_err(UnreadableHours::clone),
            None => Ok(&ALL_DAY),
        }
    }
}

/// As they may be published again; what can't be read is left out.
impl Serialize for WorkingHours {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entries = serializer.serialize_map(None)?;
        let days = self.weekly.iter().flatten().zip(WEEKDAYS);
        for (hours, weekday) in days.filter_map(|(day, weekday)| Some((day.as_ref().ok()?, weekday))) {
            let ranges = ranges(hours);
            entries.serialize_entry(
                weekday,
                &json!({ "enabled": !ranges.is_empty(), "hours": ranges }),
            )?;
        }
        let exceptions: BTreeMap<String, Vec<Value>> = (self.exceptions.iter())
            .filter_map(|(date, hours)| Some((date.to_string(), ranges(hours.as_ref().ok()?))))
            .collect();
        if !exceptions.is_empty() {
            entries.serialize_entry(EXCEPTIONS, &exceptions)?;
        }
        entries.end()
    }
}

fn ranges(hours: &[Stretch]) -> Vec<Value> {
    let range = |(start, end): &Stretch| json!({ "start": told(*start), "end": told(*end) });
    hours.iter().map(range).collect()
}

/// A time of day as it is written; one of the next day by its own clock.
fn told(since_midnight: TimeDelta) -> String {
    let days = since_midnight.num_days();
    if days > 0 && since_midnight == TimeDelta::days(days) {
        return "24:00".into();
    }
    let (time, _) = NaiveTime::MIN.overflowing_add_signed(since_midnight);
    let whole_minutes = since_midnight.num_seconds() % 60 == 0;
    time.format(if whole_minutes { "%H:%M" } else { "%H:%M:%S" })
        .to_string()
}

/// In which hours somebody is offered who has published none for weekdays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoursToOffer {
    Any,
    Never,
    Daily(Stretch),
}

impl HoursToOffer {
    /// Reads `any`, `none` or a range such as `08:00-20:00`; `None` where it is neither.
    pub fn read(text: &str) -> Option<HoursToOffer> {
        match text.trim() {
            "any" => Some(HoursToOffer::Any),
            "none" => Some(HoursToOffer::Never),
            range => {
                let (start, end) = range.split_once('-')?;
                between(start, end).map(HoursToOffer::Daily)
            }
        }
    }

    /// The same as it would be written.
    pub fn told(&self) -> String {
        match self {
            HoursToOffer::Any => "any".into(),
            HoursToOffer::Never => "none".into(),
            HoursToOffer::Daily((start, end)) => format!("{}-{}", told(*start), told(*end)),
        }
    }
}

/// No more exceptions are published at a time: more than a year of them.
const MAX_EXCEPTIONS: usize = 400;

/// Why hours are not published as they were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotPublishable {
    NoObject,
    UnknownKey(String),
    TooManyExceptions,
    Unreadable(UnreadableHours),
}

impl NotPublishable {
    pub fn sentence(&self) -> String {
        match self {
            NotPublishable::NoObject => {
                "working hours must be an object with an entry for each weekday".into()
            }
            NotPublishable::UnknownKey(key) => {
                format!("{key:?} is no weekday: write monday to sunday, or {EXCEPTIONS}")
            }
            NotPublishable::TooManyExceptions => {
                format!("working hours must have at most {MAX_EXCEPTIONS} {EXCEPTIONS}")
            }
            NotPublishable::Unreadable(UnreadableHours { day, value }) => {
                format!("the hours for {day} can't be read: {value}")
            }
        }
    }
}

/// Reads what somebody wants to publish: all of it has to mean something.
pub fn publishable(json: &str) -> Result<WorkingHours, NotPublishable> {
    let entries = written_json::members(json).ok_or(NotPublishable::NoObject)?;
    let is_known = |key: &str| key == EXCEPTIONS || WEEKDAYS.contains(&key);
    if let Some(key) = entries.keys().find(|key| !is_known(key)) {
        return Err(NotPublishable::UnknownKey(beginning(key)));
    }
    let hours = WorkingHours::read(Some(json));
    if hours.exceptions.len() > MAX_EXCEPTIONS {
        return Err(NotPublishable::TooManyExceptions);
    }
    match hours.unreadable() {
        Some(unreadable) => Err(NotPublishable::Unreadable(unreadable.clone())),
        None => Ok(hours),
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

/// What the entries say of weekdays, if they name any.
fn weekly(entries: &BTreeMap<String, &RawValue>) -> Option<[HoursOfDay; 7]> {
    // Most weekdays say what the one before them says, and reading it is a noticeable part of a booking.
    let mut before: Option<(&str, Vec<Stretch>)> = None;
    let of_weekday = |weekday| {
        let Some(entry) = entries.get(weekday) else {
            return Ok(Vec::new());
        };
        let entry = entry.get();
        match &before {
            Some((same, hours)) if *same == entry => Ok(hours.clone()),
            _ => {
                let hours = stretches(weekday, entry)?;
                before = Some((entry, hours.clone()));
                Ok(hours)
            }
        }
    };
    let names_any = entries.keys().any(|key| WEEKDAYS.contains(&key.as_str()));
    names_any.then(|| WEEKDAYS.map(of_weekday))
}

/// The dates that have hours of their own, and the first entry that is no date's.
fn exceptions(entry: &str) -> (BTreeMap<NaiveDate, HoursOfDay>, Option<UnreadableHours>) {
    let mut of_dates = BTreeMap::new();
    if entry == "null" {
        return (of_dates, None);
    }
    let Some(entries) = written_json::members(entry) else {
        return (of_dates, Some(UnreadableHours::new(EXCEPTIONS, entry)));
    };
    let mut misplaced = None;
    for (key, entry) in entries {
        match date(&key) {
            Some(date) => {
                of_dates.insert(date, ranges_of(&key, entry.get()));
            }
            None => {
                misplaced.get_or_insert_with(|| UnreadableHours::new(EXCEPTIONS, &key));
            }
        }
    }
    (of_dates, misplaced)
}

/// A date as it is written for good: `2026-12-24`.
fn date(key: &str) -> Option<NaiveDate> {
    let date = NaiveDate::parse_from_str(key, "%Y-%m-%d").ok()?;
    (date.to_string() == key).then_some(date)
}

/// The list of ranges that a date's entry is.
fn ranges_of(date: &str, entry: &str) -> HoursOfDay {
    let unreadable = || UnreadableHours::new(date, entry);
    let ranges = written_json::value(entry).ok_or_else(unreadable)?;
    let ranges = ranges.as_array().ok_or_else(unreadable)?;
    ranges.iter().map(|range| stretch(date, range)).collect()
}

/// The stretches that one weekday's entry publishes, in either of its two shapes.
fn stretches(weekday: &str, entry: &str) -> HoursOfDay {
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

fn stretch(day: &str, range: &Value) -> Result<Stretch, UnreadableHours> {
    let clock = |key| range.get(key).and_then(Value::as_str);
    clock("start")
        .zip(clock("end"))
        .and_then(|(start, end)| between(start, end))
        .ok_or_else(|| UnreadableHours::new(day, &range.to_string()))
}

/// From one time of day to another; to that of the next day where it is not later.
fn between(start: &str, end: &str) -> Option<Stretch> {
    let (start, end) = (clock(start)?, clock(end)?);
    let runs_into_next_day = if end <= start {
        TimeDelta::days(1)
    } else {
        TimeDelta::zero()
    };
    Some((start, end + runs_into_next_day))
}

/// A time of day as the span since midnight, which also says `24:00`.
fn clock(text: &str) -> Option<TimeDelta> {
    let text = text.trim();
    if matches!(text, "24:00" | "24:00:00") {
        return Some(TimeDelta::days(1));
    }
    let time = NaiveTime::parse_from_str(text, "%H:%M")
        .or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S"))
        .ok()?;
    Some(time - NaiveTime::MIN)
}
