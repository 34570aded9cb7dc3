//! Time zones as an iCalendar object brings them along: every change of their clocks around its sessions.

use super::content::{Content, wall_clock};
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// The time zone that needs no description.
const UTC: &str = "UTC";

/// From an instant on, clocks are so far ahead of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClockChange {
    pub at: DateTime<Utc>,
    pub offset_seconds: i32,
}

/// What is known of the clocks of a time zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    first: ClockChange,
    changes: Vec<Change>,
}

/// Clocks are set from one distance to UTC to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Change {
    at: DateTime<Utc>,
    from: TimeDelta,
    to: TimeDelta,
}

/// The time zones of some sessions, by their names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Zones {
    by_name: BTreeMap<String, Zone>,
}

impl Zones {
    /// `UTC` is none of them: what is told in it is written so.
    pub fn of(changes_by_name: BTreeMap<String, Vec<ClockChange>>) -> Self {
        let by_name = changes_by_name
            .into_iter()
            .filter(|(name, _)| name != UTC)
            .filter_map(|(name, changes)| Some((name, Zone::of(changes)?)))
            .collect();
        Zones { by_name }
    }

    pub fn get(&self, name: &str) -> Option<&Zone> {
        self.by_name.get(name)
    }

    /// Describes those of these time zones that are known, each once.
    pub fn write<'a>(&self, content: &mut Content, names: impl IntoIterator<Item = &'a str>) {
        let names: BTreeSet<&str> = names.into_iter().collect();
        for (name, zone) in names.into_iter().filter_map(|name| Some((name, self.get(name)?))) {
            zone.write(content, name);
        }
    }
}

impl Zone {
    /// In any order; what comes between is as it was before. `None` of nothing.
    fn of(mut known: Vec<ClockChange>) -> Option<Self> {
        known.sort_unstable();
        let first = *known.first()?;
        let mut offset_seconds = first.offset_seconds;
        let mut changes = Vec::new();
        for change in known {
            if change.offset_seconds != offset_seconds {
                changes.push(Change {
                    at: change.at,
                    from: TimeDelta::seconds(offset_seconds.into()),
                    to: TimeDelta::seconds(change.offset_seconds.into()),
                });
                offset_seconds = change.offset_seconds;
            }
        }
        Some(Zone { first, changes })
    }

    /// What a clock shows at an instant.
    pub fn clock_at(&self, at: DateTime<Utc>) -> NaiveDateTime {
        let first = TimeDelta::seconds(self.first.offset_seconds.into());
        let latest = self.changes.iter().rfind(|change| change.at <= at);
        at.naive_utc() + latest.map_or(first, |change| change.to)
    }

    /// Whether a clock shows at another instant, too, what it shows at this one, since it is set back between them.
    pub fn shows_twice(&self, at: DateTime<Utc>) -> bool {
        self.changes.iter().any(|change| {
            let set_back = change.from - change.to;
            (change.at - set_back..change.at + set_back).contains(&at)
        })
    }

    fn write(&self, content: &mut Content, name: &str) {
        let first = TimeDelta::seconds(self.first.offset_seconds.into());
        content.component("VTIMEZONE", |content| {
            content.line("TZID", name);
            write_observance(content, "STANDARD", self.first.at, first, first);
            for Change { at, from, to } in self.changes.iter().copied() {
                let kind = if to > from { "DAYLIGHT" } else { "STANDARD" };
                write_observance(content, kind, at, from, to);
            }
        });
    }
}

/// It begins when a clock that has not been set yet shows its beginning.
fn write_observance(content: &mut Content, kind: &str, at: DateTime<Utc>, from: TimeDelta, to: TimeDelta) {
    content.component(kind, |content| {
        content.line("DTSTART", &wall_clock(at.naive_utc() + from));
        content.line("TZOFFSETFROM", &offset(from));
        content.line("TZOFFSETTO", &offset(to));
    });
}

fn offset(offset: TimeDelta) -> String {
    let sign = if offset < TimeDelta::zero() { '-' } else { '+' };
    let seconds = offset.num_seconds().unsigned_abs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match seconds {
        0 => format!("{sign}{hours:02}{minutes:02}"),
        _ => format!("{sign}{hours:02}{minutes:02}{seconds:02}"),
    }
}
