use super::zone::ClockChange;
use super::*;
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
        other_party_name: "Ben".into(),
        practitioner_name: "Ben".into(),
        practitioner_email: Some("ben@example.com".into()),
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
    // 01:30 for the first time, and for the second.
    let first = text(&event("2026-10-24 23:30"));
    assert_eq!(
        property(&first, "DTSTART").unwrap(),
        "DTSTART;TZID=Europe/London:20261025T003000"
    );
    let ends_in_second = text(&event("2026-10-25 00:30"));
    assert_eq!(
        property(&ends_in_second, "DTSTART").unwrap(),
        "DTSTART:20261025T003000Z"
    );
    assert_eq!(
        property(&ends_in_second, "DTEND").unwrap(),
        "DTEND:20261025T013000Z"
    );
    let second = text(&event("2026-10-25 01:30"));
    assert_eq!(property(&second, "DTSTART").unwrap(), "DTSTART:20261025T013000Z");
    let after = text(&event("2026-10-25 02:00"));
    assert_eq!(
        property(&after, "DTSTART").unwrap(),
        "DTSTART;TZID=Europe/London:20261025T020000"
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
    event.other_party_name = "Ben; \"the, back\\slash\"\r\nBEGIN:VEVENT\u{7}".into();
    event.notes = Some("n".repeat(1_000_000));
    event.practitioner_name = "Ben \"B\"\r\n".into();
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
    event.practitioner_email = Some("ben@example.com\r\nX:1".into());
    assert_eq!(property(&super::tests::text(&event), "ORGANIZER"), None);
}

#[test]
fn no_line_is_longer_than_seventy_five_octets_and_no_character_is_torn() {
    let mut event = event("2026-06-01 12:00");
    for name in ["é", "漢", "𝄞", "x"] {
        event.other_party_name = name.repeat(190);
        let folded = of_session(&event, &zones()).unwrap();
        assert!(folded.split("\r\n").all(|line| line.len() <= 75));
        assert!(folded.replace("\r\n ", "").contains(&event.other_party_name));
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
