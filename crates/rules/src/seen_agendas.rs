//! What the people of one statement have, as far as that statement has looked it up: whoever copies many sessions would
//! otherwise ask the tables for each.
//!
//! Its people are locked, so nobody else gives them a session meanwhile. What the statement writes itself is added; once
//! anything else has been written in between, all is forgotten. It only ever says that somebody is free: where it knows of
//! anything in the way, or knows too little, the tables are asked.

use crate::schedule::Period;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// What is looked up around a session: those that are copied together lie within a year or so.
pub fn surroundings(session: Period) -> Period {
    let (before, after) = (TimeDelta::days(100), TimeDelta::days(400));
    Period {
        starts_at: earlier(session.starts_at, before),
        ends_at: (session.ends_at.checked_add_signed(after)).unwrap_or(DateTime::<Utc>::MAX_UTC),
    }
}

fn earlier(instant: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    instant.checked_sub_signed(by).unwrap_or(DateTime::<Utc>::MIN_UTC)
}

/// One person's sessions within some time.
struct Agenda {
    within: Period,
    /// Ends by starts; of several that start at once the last end.
    taken: BTreeMap<DateTime<Utc>, DateTime<Utc>>,
    longest: TimeDelta,
}

impl Agenda {
    fn add(&mut self, session: Period) {
        let end = self.taken.entry(session.starts_at).or_insert(session.ends_at);
        *end = session.ends_at.max(*end);
        self.longest = self.longest.max(session.ends_at - session.starts_at);
    }

    fn is_free_at(&self, time: Period) -> bool {
        let lies_within = self.within.starts_at <= time.starts_at && time.ends_at <= self.within.ends_at;
        let earliest = earlier(time.starts_at, self.longest);
        lies_within
            && (self.taken.range(earliest..time.ends_at)).all(|(_, ends_at)| *ends_at <= time.starts_at)
    }
}

#[derive(Default)]
pub struct SeenAgendas(HashMap<Uuid, Agenda>);

impl SeenAgendas {
    pub fn has(&self, person_id: Uuid) -> bool {
        self.0.contains_key(&person_id)
    }

    pub fn insert(&mut self, person_id: Uuid, within: Period, sessions: impl IntoIterator<Item = Period>) {
        let mut agenda = Agenda {
            within,
            taken: BTreeMap::new(),
            longest: TimeDelta::zero(),
        };
        sessions.into_iter().for_each(|session| agenda.add(session));
        self.0.insert(person_id, agenda);
    }

    /// Whether all of these are known to be free at that time, which is theirs from now on.
    pub fn take(&mut self, people: &[Uuid], time: Period) -> bool {
        let are_free = people
            .iter()
            .all(|id| self.0.get(id).is_some_and(|agenda| agenda.is_free_at(time)));
        for id in people {
            if let Some(agenda) = self.0.get_mut(id) {
                agenda.add(time);
            }
        }
        are_free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANN: Uuid = Uuid::from_u128(1);
    const BEN: Uuid = Uuid::from_u128(2);

    fn time(starts_at: i64, ends_at: i64) -> Period {
        let instant = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
        Period {
            starts_at: instant(starts_at),
            ends_at: instant(ends_at),
        }
    }

    fn seen(sessions: &[Period]) -> SeenAgendas {
        let mut seen = SeenAgendas::default();
        seen.insert(ANN, time(0, 1000), sessions.iter().copied());
        seen.insert(BEN, time(0, 1000), []);
        seen
    }

    #[test]
    fn sessions_that_touch_leave_somebody_free() {
        let sessions = [time(100, 200), time(300, 400)];
        assert!(seen(&sessions).take(&[ANN, BEN], time(200, 300)));
        assert!(!seen(&sessions).take(&[ANN, BEN], time(199, 300)));
        assert!(!seen(&sessions).take(&[BEN, ANN], time(200, 301)));
    }

    #[test]
    fn a_long_session_is_in_the_way_of_what_begins_much_later() {
        let sessions = [time(100, 900), time(110, 120), time(100, 130)];
        assert!(!seen(&sessions).take(&[ANN], time(800, 850)));
        assert!(seen(&sessions).take(&[ANN], time(900, 950)));
    }

    #[test]
    fn what_was_taken_is_taken() {
        let mut seen = seen(&[]);
        assert!(seen.take(&[ANN, BEN], time(100, 200)));
        assert!(!seen.take(&[BEN], time(150, 160)));
        // Also where it had to be asked for.
        assert!(!seen.take(&[ANN], time(900, 1100)));
        assert!(!seen.take(&[ANN], time(950, 960)));
    }

    #[test]
    fn nothing_is_known_of_other_people_and_times() {
        let mut seen = seen(&[]);
        assert!(!seen.take(&[Uuid::from_u128(3)], time(100, 200)));
        assert!(!seen.take(&[ANN], time(-10, 10)));
    }
}
