use super::zone::ClockChange;
use super::*;
use crate::samples::person;
use crate::session_time::Start;
use chrono::{NaiveDateTime, TimeZone};
use std::collections::BTreeMap;
use uuid::Uuid;

fn at(text: &str) -> DateTime<Utc> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M")
        .unwrap()
        .and_utc()
}

/// London's clocks in 2026.
fn zones() -> Zones {
    let change = |text, offset_seconds| ClockChange {
        at: at(text),
        offset_seconds,
    };
    Zones::of(BTreeMap::from([(
        "Europe/London".to_owned(),
        vec![
            change("2025-12-31 00:00", 0),
            change("2026-03-29 01:00", 3600),
            change("2026-10-25 01:00", 0),
        ],
    )]))
}

fn ben() -> Person {
    Person {
        name: "Ben".into(),
        email: Some("ben@example.com".into()),
        ..person(2)
    }
}

/// An hour with Ben, at this instant.
fn event(starts_at: &str) -> Event {
    let starts_at = at(starts_at);
    Event {
        time: SessionTime {
            session_id: Uuid::from_u128(7),
            duration_minutes: 60,
            timezone: "Europe/London".into(),
            start: Some(Start {
                at: starts_at,
                on_the_clock: starts_at.naive_utc(),
            }),
        },
        is_client: true,
        status: "scheduled".into(),
        is_expired_hold: false,
        place: None,
        counterpart: Some(ben()),
        practitioner: Some(ben()),
        session_type: Some("massage".into()),
        notes: None,
        credit_cost: Some(60),
        url: None,
        moves: 0,
        changed_at: Some(at("2026-03-01 12:00")),
    }
}

fn text(event: &Event) -> String {
    of_session(event, &zones()).unwrap().replace("\r\n ", "")
}

fn property(text: &str, name: &str) -> Option<String> {
    let begins = |line: &&str| line.starts_with(&format!("{name}:")) || line.starts_with(&format!("{name};"));
    // Those of the event stand behind those of its time zone.
    text.split("\r\n").filter(begins).last().map(str::to_owned)
}

#[test]
fn a_session_is_told_on_the_clock_of_its_time_zone() {
    let winter = text(&event("2026-03-28 19:30"));
    assert_eq!(
        property(&winter, "DTSTART").unwrap(),
        "DTSTART;TZID=Europe/London:20260328T193000"
    );
    assert_eq!(
        property(&winter, "DTEND").unwrap(),
        "DTEND;TZID=Europe/London:20260328T203000"
    );
    let summer = text(&event("2026-03-29 19:30"));
    assert_eq!(
        property(&summer, "DTSTART").unwrap(),
        "DTSTART;TZID=Europe/London:20260329T203000"
    );
}

#[test]
fn changes_of_clocks_are_described_by_the_clock_before() {
    let described = text(&event("2026-06-01 12:00"));
    let zone = "BEGIN:VTIMEZONE\r\nTZID:Europe/London\r\n\
                BEGIN:STANDARD\r\nDTSTART:20251231T000000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\n\
                BEGIN:DAYLIGHT\r\nDTSTART:20260329T010000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nEND:DAYLIGHT\r\n\
                BEGIN:STANDARD\r\nDTSTART:20261025T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\n\
                END:VTIMEZONE\r\n";
    assert!(described.contains(zone), "{described}");
}

#[test]
fn an_hour_that_a_clock_shows_twice_is_told_in_utc() {
    let bounds = |starts_at| {
        let text = text(&event(starts_at));
        (
            property(&text, "DTSTART").unwrap(),
            property(&text, "DTEND").unwrap(),
        )
    };
    let on_the_clock = |start: &str, end: &str| {
        (
            format!("DTSTART;TZID=Europe/London:{start}"),
            format!("DTEND;TZID=Europe/London:{end}"),
        )
    };
    let in_utc = |start: &str, end: &str| (format!("DTSTART:{start}"), format!("DTEND:{end}"));
    // Clocks are set back at one in UTC, when they show two, and show one again.
    assert_eq!(
        bounds("2026-10-24 22:59"),
        on_the_clock("20261024T235900", "20261025T005900")
    );
    assert_eq!(
        bounds("2026-10-24 23:00"),
        in_utc("20261024T230000Z", "20261025T000000Z")
    );
    assert_eq!(
        bounds("2026-10-25 01:59"),
        in_utc("20261025T015900Z", "20261025T025900Z")
    );
    assert_eq!(
        bounds("2026-10-25 02:00"),
        on_the_clock("20261025T020000", "20261025T030000")
    );
}

#[test]
fn a_zone_of_which_nothing_is_known_is_told_in_utc() {
    let mut event = event("2026-06-01 12:00");
    for name in ["UTC", "Mars/Olympus_Mons"] {
        event.time.timezone = name.into();
        let text = text(&event);
        assert_eq!(property(&text, "DTSTART").unwrap(), "DTSTART:20260601T120000Z");
        assert!(!text.contains("VTIMEZONE"));
    }
}

#[test]
fn the_status_says_what_became_of_it() {
    let status = |status: &str, is_expired_hold| {
        let event = Event {
            status: status.into(),
            is_expired_hold,
            ..event("2026-06-01 12:00")
        };
        let text = text(&event);
        let of = |name| property(&text, name).unwrap();
        (of("METHOD"), of("STATUS"), of("SEQUENCE"), of("TRANSP"))
    };
    let expected = |method: &str, status: &str, sequence: u8, transparency: &str| {
        (
            format!("METHOD:{method}"),
            format!("STATUS:{status}"),
            format!("SEQUENCE:{sequence}"),
            format!("TRANSP:{transparency}"),
        )
    };
    let confirmed = expected("PUBLISH", "CONFIRMED", 0, "OPAQUE");
    for name in [
        "scheduled",
        "confirmed",
        "in_progress",
        "completed",
        "no_show",
        "disputed",
    ] {
        assert_eq!(status(name, false), confirmed, "{name}");
    }
    for name in ["pending_payment", "pending_approval"] {
        assert_eq!(
            status(name, false),
            expected("PUBLISH", "TENTATIVE", 0, "OPAQUE"),
            "{name}"
        );
        assert_eq!(
            status(name, true),
            expected("CANCEL", "CANCELLED", 1, "TRANSPARENT"),
            "{name}"
        );
    }
    for name in ["cancelled", "declined", "expired"] {
        assert_eq!(
            status(name, false),
            expected("CANCEL", "CANCELLED", 1, "TRANSPARENT"),
            "{name}"
        );
    }
}

#[test]
fn every_move_and_the_cancellation_raise_the_sequence() {
    let mut event = Event {
        moves: 2,
        ..event("2026-06-01 12:00")
    };
    assert_eq!(property(&text(&event), "SEQUENCE").unwrap(), "SEQUENCE:2");
    event.status = "cancelled".into();
    assert_eq!(property(&text(&event), "SEQUENCE").unwrap(), "SEQUENCE:3");
}

#[test]
fn what_people_have_written_is_escaped_and_shortened() {
    let mut event = event("2026-06-01 12:00");
    event.counterpart.as_mut().unwrap().name = "Ben; \"the, back\\slash\"\r\nBEGIN:VEVENT\u{7}".into();
    event.notes = Some("n".repeat(1_000_000));
    event.practitioner.as_mut().unwrap().name = "Ben \"B\"\r\n".into();
    let text = text(&event);
    assert_eq!(
        property(&text, "SUMMARY").unwrap(),
        "SUMMARY:Session with Ben\\; \"the\\, back\\\\slash\"\\nBEGIN:VEVENT"
    );
    assert_eq!(
        property(&text, "ORGANIZER").unwrap(),
        "ORGANIZER;CN=\"Ben 'B'\":mailto:ben@example.com"
    );
    assert!(text.len() < 10_000);
    event.practitioner.as_mut().unwrap().email = Some("ben@example.com\r\nX:1".into());
    assert_eq!(property(&super::tests::text(&event), "ORGANIZER"), None);
}

#[test]
fn no_line_is_longer_than_seventy_five_octets_and_no_character_is_torn() {
    let mut event = event("2026-06-01 12:00");
    for name in ["é", "漢", "𝄞", "x"] {
        let name = name.repeat(190);
        event.counterpart.as_mut().unwrap().name.clone_from(&name);
        let folded = of_session(&event, &zones()).unwrap();
        assert!(folded.split("\r\n").all(|line| line.len() <= 75));
        assert!(folded.replace("\r\n ", "").contains(&name));
        assert!(!folded.replace("\r\n", "").contains(['\r', '\n']));
    }
}

#[test]
fn a_session_out_of_the_calendars_reach_is_left_out() {
    let mut event = event("2026-06-01 12:00");
    let far = Utc.with_ymd_and_hms(9999, 12, 31, 23, 59, 0).unwrap();
    event.time.start = Some(Start {
        at: far,
        on_the_clock: far.naive_utc(),
    });
    assert_eq!(of_session(&event, &zones()), None);
    assert!(!feed(&[event.clone()], &zones()).contains("VEVENT"));
    event.time.start = None;
    assert_eq!(of_session(&event, &zones()), None);
}

#[test]
fn a_feed_describes_each_zone_once_and_sends_nothing() {
    let feed = feed(&[event("2026-06-01 12:00"), event("2026-12-01 12:00")], &zones());
    assert_eq!(feed.matches("BEGIN:VTIMEZONE").count(), 1);
    assert_eq!(feed.matches("BEGIN:VEVENT").count(), 2);
    assert!(!feed.contains("METHOD"));
    assert!(!feed.contains("ORGANIZER"));
}

#[test]
fn a_place_is_said_where_one_is_known() {
    let mut event = event("2026-06-01 12:00");
    assert_eq!(property(&text(&event), "LOCATION"), None);
    event.place = Place::read("12 Mill Lane, Leeds");
    assert_eq!(
        property(&text(&event), "LOCATION").unwrap(),
        "LOCATION:12 Mill Lane\\, Leeds"
    );
    event.place = Place::read("https://meet.example.com/a");
    assert_eq!(
        property(&text(&event), "LOCATION").unwrap(),
        "LOCATION:https://meet.example.com/a"
    );
}

#[test]
fn who_is_gone_is_a_colleague() {
    let event = Event {
        counterpart: None,
        practitioner: None,
        ..event("2026-06-01 12:00")
    };
    assert_eq!(
        property(&text(&event), "SUMMARY").unwrap(),
        "SUMMARY:Session with a colleague"
    );
    assert_eq!(property(&text(&event), "ORGANIZER"), None);
}
