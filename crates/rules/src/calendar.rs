//! Sessions as calendars read them: an iCalendar object (RFC 5545).
//!
//! The same session has the same UID wherever it is read, so that a calendar changes the event that it has, and what is
//! cancelled stays in it as cancelled.

use crate::person::Person;
use crate::place::Place;
use crate::session_time::SessionTime;
use crate::status;
use chrono::{DateTime, Datelike, Utc};
use content::{Content, email_address, instant, shortened, wall_clock};
use zone::Zones;

mod content;
pub mod zone;

/// The longest name, and the longest note of a client's, that an event shows; nobody reads more of it there.
const MAX_NAME_CHARACTERS: usize = 200;
const MAX_NOTES_CHARACTERS: usize = 2_000;

/// A session in somebody's calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub time: SessionTime,
    /// Whether the one whose calendar it is receives it; else she gives it.
    pub is_client: bool,
    pub status: String,
    /// Whether it waited for its payment or its approval for too long.
    pub is_expired_hold: bool,
    pub place: Option<Place>,
    /// `None` where the person is gone.
    pub counterpart: Option<Person>,
    pub practitioner: Option<Person>,
    pub session_type: Option<String>,
    pub notes: Option<String>,
    pub credit_cost: Option<i64>,
    /// Of its page.
    pub url: Option<String>,
    /// How often it was moved.
    pub moves: i64,
    pub changed_at: Option<DateTime<Utc>>,
}

/// What an event is to whoever has it in her calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Confirmed,
    Tentative,
    Cancelled,
}

impl Standing {
    fn name(self) -> &'static str {
        match self {
            Standing::Confirmed => "CONFIRMED",
            Standing::Tentative => "TENTATIVE",
            Standing::Cancelled => "CANCELLED",
        }
    }
}

/// One session, to be sent or kept as a file. `None` where its row says no time that a calendar could show.
pub fn of_session(event: &Event, zones: &Zones) -> Option<String> {
    event.span()?;
    let mut content = Content::default();
    let method = match event.standing() {
        Standing::Cancelled => "CANCEL",
        Standing::Confirmed | Standing::Tentative => "PUBLISH",
    };
    content.component("VCALENDAR", |content| {
        heading(content);
        content.line("METHOD", method);
        zones.write(content, [event.time.timezone.as_str()]);
        event.write(content, zones, true);
    });
    Some(content.text())
}

/// All of somebody's sessions, for a calendar that asks for them again and again.
pub fn feed(events: &[Event], zones: &Zones) -> String {
    let mut content = Content::default();
    content.component("VCALENDAR", |content| {
        heading(content);
        content.line("NAME", "Peer sessions");
        content.line("X-WR-CALNAME", "Peer sessions");
        content.line("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
        content.line("X-PUBLISHED-TTL", "PT1H");
        zones.write(content, events.iter().map(|event| event.time.timezone.as_str()));
        for event in events {
            event.write(content, zones, false);
        }
    });
    content.text()
}

fn heading(content: &mut Content) {
    content.line("VERSION", "2.0");
    content.line("PRODID", "-//peer_exchange//Peer sessions//EN");
    content.line("CALSCALE", "GREGORIAN");
}

/// Whether a calendar can write it, of whose years each has four digits; its clock may be a day ahead of UTC or behind.
fn is_writable(at: DateTime<Utc>) -> bool {
    (2..9999).contains(&at.year())
}

impl Event {
    /// From when until when it lasts, where both are instants that a calendar can write.
    pub fn span(&self) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let (starts_at, ends_at) = (self.time.starts_at()?, self.time.ends_at()?);
        (is_writable(starts_at) && is_writable(ends_at)).then_some((starts_at, ends_at))
    }

    fn standing(&self) -> Standing {
        if status::is_given_up(&self.status) || self.is_expired_hold {
            Standing::Cancelled
        } else if status::is_pending(&self.status) {
            Standing::Tentative
        } else {
            Standing::Confirmed
        }
    }

    /// It rises with everything that makes an event in somebody's calendar wrong.
    fn sequence(&self) -> i64 {
        self.moves + i64::from(self.standing() == Standing::Cancelled)
    }

    fn write(&self, content: &mut Content, zones: &Zones, has_organizer: bool) {
        let Some((starts_at, ends_at)) = self.span() else {
            return;
        };
        let standing = self.standing();
        content.component("VEVENT", |content| {
            content.line("UID", &format!("{}@peer-exchange", self.time.session_id));
            let changed_at = self.changed_at.filter(|at| is_writable(*at)).unwrap_or(starts_at);
            content.line("DTSTAMP", &instant(changed_at));
            content.line("LAST-MODIFIED", &instant(changed_at));
            content.line("SEQUENCE", &self.sequence().to_string());
            self.write_span(content, zones, starts_at, ends_at);
            content.text_line("SUMMARY", &self.summary());
            content.text_line("DESCRIPTION", &self.description());
            if let Some(place) = &self.place {
                content.text_line("LOCATION", &place.in_one_line());
            }
            if let Some(url) = &self.url {
                content.line("URL", url);
            }
            content.line("STATUS", standing.name());
            let is_free = standing == Standing::Cancelled;
            content.line("TRANSP", if is_free { "TRANSPARENT" } else { "OPAQUE" });
            if has_organizer {
                self.write_organizer(content);
            }
        });
    }

    /// On the clock of its time zone where that says it plainly: a clock that is set back shows an hour twice, of which some
    /// calendars take the first, as they should, and some the second.
    fn write_span(
        &self,
        content: &mut Content,
        zones: &Zones,
        starts_at: DateTime<Utc>,
        ends_at: DateTime<Utc>,
    ) {
        let zone = zones
            .get(&self.time.timezone)
            .filter(|zone| !zone.shows_twice(starts_at) && !zone.shows_twice(ends_at));
        let mut bound = |name: &str, at: DateTime<Utc>| match zone {
            Some(zone) => content.line(
                &format!("{name};TZID={}", self.time.timezone),
                &wall_clock(zone.clock_at(at)),
            ),
            None => content.line(name, &instant(at)),
        };
        bound("DTSTART", starts_at);
        if ends_at > starts_at {
            bound("DTEND", ends_at);
        }
    }

    fn summary(&self) -> String {
        let other = self
            .counterpart
            .as_ref()
            .map_or("a colleague", |other| &other.name);
        let other = shortened(other, MAX_NAME_CHARACTERS);
        match self.standing() {
            Standing::Tentative => format!("Requested session with {other}"),
            Standing::Confirmed | Standing::Cancelled => format!("Session with {other}"),
        }
    }

    fn description(&self) -> String {
        let mut facts = Vec::new();
        let session_type = self.session_type.as_deref().map(str::trim);
        if let Some(session_type) = session_type.filter(|session_type| !session_type.is_empty()) {
            facts.push(shortened(session_type, MAX_NAME_CHARACTERS));
        }
        facts.push(format!("{} minutes", self.time.duration_minutes));
        match self.credit_cost {
            Some(1) => facts.push("1 credit".to_owned()),
            Some(credits) => facts.push(format!("{credits} credits")),
            None => {}
        }
        let side = if self.is_client { "receive" } else { "give" };
        let mut description = format!("You {side} this session: {}.", facts.join(", "));
        let notes = self.notes.as_deref().map(str::trim);
        if let Some(notes) = notes.filter(|notes| !notes.is_empty()) {
            description.push_str("\n\n");
            description.push_str(&shortened(notes, MAX_NOTES_CHARACTERS));
        }
        description
    }

    /// Whoever sends a single event says whose it is; both parties know each other's address.
    fn write_organizer(&self, content: &mut Content) {
        let Some(practitioner) = &self.practitioner else {
            return;
        };
        if let Some(address) = practitioner.email.as_deref().and_then(email_address) {
            let name = shortened(&practitioner.name, MAX_NAME_CHARACTERS);
            content.line(
                &format!("ORGANIZER;CN=\"{}\"", content::quoted(&name)),
                &format!("mailto:{address}"),
            );
        }
    }
}

#[cfg(test)]
mod tests;
