//! Who books whom when, so that no booking that is meant to be accepted meets another one.
//!
//! The people stand in a circle. At any one time those are paired who stand as far to the left as to the right
//! of the time's own place: everybody is in one pair at most, given or received. The slots of loaded sessions are the odd
//! hours (`sql/world.sql`), those of bookings the even ones.

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta, Utc};

/// What is to be booked; people by their numbers.
#[derive(Debug, Clone, Copy)]
pub struct BookingRequest {
    pub client: usize,
    pub practitioner: usize,
    pub session_date: NaiveDate,
    pub start_time: NaiveTime,
    pub duration_minutes: i32,
}

/// Days that can be booked: from the day after tomorrow to within a year.
const DAYS: u64 = 350;
/// A prime larger than all the rest, to scatter consecutive bookings over people and days.
const STRIDE: u128 = 2_654_435_761;

/// An endless enough supply of free slots among a circle of people.
#[derive(Debug, Clone, Copy)]
pub struct Slots {
    first_person: usize,
    people: u64,
    first_minute: i64,
    slots_a_day: u64,
    minutes_between: i64,
    duration_minutes: i32,
}

impl Slots {
    /// Hours at 8, 10, … 18 o'clock among all the practitioners.
    pub fn of_practitioners(people: usize) -> Self {
        Self {
            first_person: 0,
            people: people as u64,
            first_minute: 8 * 60,
            slots_a_day: 6,
            minutes_between: 120,
            duration_minutes: 60,
        }
    }

    /// Five minutes each, back to back, among a few.
    pub fn of_few(first_person: usize, people: usize) -> Self {
        Self {
            first_person,
            people: people as u64,
            first_minute: 8 * 60,
            slots_a_day: 144,
            minutes_between: 5,
            duration_minutes: 5,
        }
    }

    pub fn count(&self) -> u64 {
        DAYS * self.slots_a_day * self.pairs()
    }

    /// The request of this number; numbers from 0 to `count()` give requests that never meet.
    pub fn request(&self, number: u64) -> BookingRequest {
        let times = DAYS * self.slots_a_day;
        let place = (u128::from(number % self.count()) * STRIDE % u128::from(self.count())) as u64;
        let (time, pair) = (place % times, place / times + 1);
        let circle = self.people;
        let (one, other) = ((time + pair) % circle, (time + circle - pair) % circle);
        let (client, practitioner) = if place.is_multiple_of(2) {
            (one, other)
        } else {
            (other, one)
        };
        BookingRequest {
            client: self.first_person + client as usize,
            practitioner: self.first_person + practitioner as usize,
            ..self.at(time)
        }
    }

    /// The slot of this number, wanted of one practitioner by one client.
    pub fn request_of(&self, time: u64, client: usize, practitioner: usize) -> BookingRequest {
        BookingRequest {
            client,
            practitioner,
            ..self.at(time % (DAYS * self.slots_a_day))
        }
    }

    fn at(&self, time: u64) -> BookingRequest {
        let minute = self.first_minute + (time % self.slots_a_day) as i64 * self.minutes_between;
        BookingRequest {
            client: 0,
            practitioner: 0,
            session_date: first_day() + Days::new(time / self.slots_a_day),
            start_time: NaiveTime::MIN + TimeDelta::minutes(minute),
            duration_minutes: self.duration_minutes,
        }
    }

    fn pairs(&self) -> u64 {
        (self.people - 1) / 2
    }
}

fn first_day() -> NaiveDate {
    // A run over midnight keeps the day it began with.
    static FIRST: std::sync::OnceLock<NaiveDate> = std::sync::OnceLock::new();
    *FIRST.get_or_init(|| Utc::now().date_naive() + Days::new(2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn nobody_is_in_two_sessions_at_once() {
        for people in [10, 11] {
            let slots = Slots::of_few(3, people);
            let mut taken = HashSet::new();
            for number in 0..slots.count() {
                let request = slots.request(number);
                let moment = (request.session_date, request.start_time);
                assert!(taken.insert((moment, request.client)), "{request:?}");
                assert!(taken.insert((moment, request.practitioner)), "{request:?}");
            }
        }
    }

    #[test]
    fn everybody_in_a_circle_takes_part() {
        let slots = Slots::of_practitioners(20);
        let people: HashSet<usize> = (0..slots.count())
            .flat_map(|number| {
                let request = slots.request(number);
                [request.client, request.practitioner]
            })
            .collect();
        assert_eq!(people.len(), 20);
    }
}
