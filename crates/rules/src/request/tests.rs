use super::*;
use crate::samples::{accounts, now, person, request, terms};
use crate::schedule::{Period, Slot, WorkingHours};

fn hours(hours: i64) -> TimeDelta {
    TimeDelta::hours(hours)
}

fn open() -> Request {
    Request {
        is_accepted: false,
        expires_at: Some(now() + hours(1)),
    }
}

fn code(outcome: Result<(), Refusal>) -> &'static str {
    outcome.map_or_else(|refusal| refusal.code(), |()| "open")
}

/// The session is to begin an hour from now; both are fit to book.
fn facts() -> Facts {
    let starts_at = now() + hours(1);
    let ends_at = starts_at + hours(1);
    Facts {
        now: now(),
        client: Some(person(1)),
        practitioner: Some(person(2)),
        product: None,
        slot: Some(Slot {
            period: Period { starts_at, ends_at },
            local_start: starts_at.naive_utc(),
            local_end: ends_at.naive_utc(),
        }),
        working_hours: WorkingHours::UNLIMITED,
        blocks: vec![],
        client_busy: vec![],
        engagements: vec![],
    }
}

/// Of forty credits 60 more are held.
fn holding() -> AccountPair {
    let mut accounts = accounts(40);
    accounts.client.held = 60;
    accounts
}

fn accepted(terms: &Terms, facts: &Facts) -> Result<Booking, NoBooking> {
    let acceptance = Acceptance {
        terms,
        request: &request(),
        held: 60,
    };
    acceptance.decide(facts, &holding())
}

fn refused(terms: &Terms, facts: &Facts) -> &'static str {
    match accepted(terms, facts) {
        Err(NoBooking::Refused(refused)) => refused.refusal.code(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_request_waits_so_many_hours_but_not_beyond_its_start() {
    for (until_start, waits) in [(100, 48), (48, 48), (47, 47), (1, 1)] {
        let wait = Wait::of(&terms(), now(), now() + hours(until_start));
        assert_eq!(wait.requested_at, now());
        assert_eq!(wait.expires_at, now() + hours(waits), "{until_start} hours ahead");
    }
}

#[test]
fn a_reminder_leaves_a_quarter_of_the_time_and_twelve_hours_at_most() {
    for (waits, left) in [(4, 1), (40, 10), (48, 12), (480, 12)] {
        let wait = Wait {
            requested_at: now(),
            expires_at: now() + hours(waits),
        };
        assert_eq!(
            wait.expires_at - wait.reminded_at(),
            hours(left),
            "of {waits} hours"
        );
    }
}

#[test]
fn a_request_is_open_until_the_moment_at_which_it_expires() {
    let expiring = |in_microseconds: i64| Request {
        expires_at: Some(now() + TimeDelta::microseconds(in_microseconds)),
        ..open()
    };
    let asked = |request: Request| code(request.check_open("pending_approval", 60, now()));
    assert_eq!(asked(expiring(1)), "open");
    assert_eq!(asked(expiring(0)), "REQUEST_EXPIRED");
    assert_eq!(asked(expiring(-1)), "REQUEST_EXPIRED");
    let for_ever = Request {
        expires_at: None,
        ..open()
    };
    assert_eq!(asked(for_ever), "REQUEST_EXPIRED");
}

#[test]
fn what_became_of_a_request_says_why_it_cannot_be_accepted() {
    for (status, held, expected) in [
        ("pending_approval", 60, "open"),
        ("pending_approval", 0, "REQUEST_CLOSED"),
        ("expired", 60, "REQUEST_EXPIRED"),
        ("expired", 0, "REQUEST_EXPIRED"),
        ("declined", 0, "REQUEST_CLOSED"),
        ("cancelled", 0, "REQUEST_CLOSED"),
        ("completed", 0, "REQUEST_CLOSED"),
    ] {
        assert_eq!(code(open().check_open(status, held, now())), expected, "{status}");
    }
}

#[test]
fn only_what_was_accepted_and_is_not_given_up_is_a_replay() {
    let accepted = Request {
        is_accepted: true,
        ..open()
    };
    for (status, is_replay) in [
        ("scheduled", true),
        ("completed", true),
        ("no_show", true),
        ("cancelled", false),
    ] {
        assert_eq!(accepted.is_accepted_still(status), is_replay, "{status}");
        assert!(!open().is_accepted_still(status));
    }
}

#[test]
fn an_acceptance_pays_what_was_held_and_takes_nothing_more() {
    let booking = accepted(&terms(), &facts()).unwrap();
    let receipt = booking.receipt();
    assert_eq!(receipt.client_balance_before, Some(100));
    assert_eq!(receipt.client_balance_after, Some(40));
    assert_eq!(receipt.practitioner_balance_after, Some(60));
    assert_eq!(booking.charge.of_client().after.held, 0);
    assert_eq!(booking.held_credits(), None);
}

#[test]
fn where_settlement_waits_an_acceptance_holds_on() {
    let terms = Terms {
        settlement: Settlement::Completion,
        ..terms()
    };
    let booking = accepted(&terms, &facts()).unwrap();
    assert_eq!(booking.charge.of_client().after, holding().client);
    assert_eq!(booking.held_credits(), Some(60));
    assert_eq!(booking.receipt().client_balance_before, Some(100));
}

#[test]
fn an_acceptance_asks_neither_for_notice_nor_for_what_is_offered() {
    let long_notice = Terms {
        min_notice_minutes: 24 * 60,
        credits_per_minute: 100.0,
        ..terms()
    };
    assert!(accepted(&long_notice, &facts()).is_ok());
}

#[test]
fn an_acceptance_obeys_every_other_rule_of_a_booking() {
    let inactive = |id| {
        Some(Person {
            is_active: false,
            ..person(id)
        })
    };
    let slot = facts().slot.unwrap();
    let over = Facts {
        now: slot.period.starts_at,
        ..facts()
    };
    let blocked = Facts {
        blocks: vec![slot.period],
        ..facts()
    };
    let client_inactive = Facts {
        client: inactive(1),
        ..facts()
    };
    let practitioner_inactive = Facts {
        practitioner: inactive(2),
        ..facts()
    };
    for (facts, expected) in [
        (over, "SESSION_IN_PAST"),
        (blocked, "PRACTITIONER_BLOCKED"),
        (client_inactive, "CLIENT_INACTIVE"),
        (practitioner_inactive, "PRACTITIONER_INACTIVE"),
    ] {
        assert_eq!(refused(&terms(), &facts), expected);
    }
}

#[test]
fn credits_of_expired_requests_are_the_clients_again() {
    let expired = |credits| ExpiredRequest {
        time: SessionTime {
            session_id: Uuid::from_u128(7),
            duration_minutes: 60,
            timezone: "UTC".into(),
            start: None,
        },
        client_id: Uuid::from_u128(1),
        practitioner_id: Some(Uuid::from_u128(2)),
        credits,
    };
    let client = holding().client;
    let has = released(client, &[expired(45), expired(15)]).unwrap();
    assert_eq!((has.balance, has.held), (100, 0));
    assert_eq!(released(client, &[]).unwrap(), client);
    let has = released(client, &[expired(45), expired(45)]).unwrap();
    assert_eq!((has.balance, has.held), (100, 0));
}
