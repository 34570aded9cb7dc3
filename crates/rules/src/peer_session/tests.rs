use super::*;
use crate::division::Stake;
use crate::refund::{Facts, Policy};
use crate::samples::{person, terms};
use crate::session_time::Start;
use chrono::{TimeDelta, TimeZone};
use uuid::Uuid;

/// A paid session in twenty hours, as this party sees it; half goes back from twelve hours before.
fn session(is_client: bool) -> PeerSession {
    let now = Utc.with_ymd_and_hms(2026, 3, 1, 12, 0, 0).unwrap();
    let starts_at = now + TimeDelta::hours(20);
    PeerSession {
        is_client,
        payment_status: Some("paid".into()),
        time: SessionTime {
            session_id: Uuid::from_u128(7),
            duration_minutes: 60,
            timezone: "UTC".into(),
            start: Some(Start {
                at: starts_at,
                on_the_clock: starts_at.naive_utc(),
            }),
        },
        place: None,
        session_type: None,
        notes: None,
        credit_cost: Some(60),
        request: None,
        cancelled_at: None,
        cancellation_reason: None,
        has_rating: true,
        given: None,
        refund: Facts {
            now,
            status: "scheduled".into(),
            starts_at: Some(starts_at),
            stake: Stake {
                held: 0,
                paid: 60,
                earned: 60,
            },
            refunded_before: 0,
            policy: Policy {
                full_refund_hours: 24,
                partial_refund_hours: 12,
                no_refund_hours: 12,
                partial_refund: 5_000,
            },
        },
        viewer: Some(person(1)),
        counterpart: Some(person(2)),
        counterpart_phone: Some("+44 20 7946 0000".into()),
    }
}

fn refunded(session: &PeerSession) -> Option<i32> {
    session.cancellation().ok().map(|terms| terms.refunded_credits())
}

fn can_be_moved(session: &PeerSession) -> bool {
    session.check_rescheduling(&terms()).is_ok()
}

#[test]
fn each_party_sees_what_her_own_cancellation_would_give_back() {
    assert_eq!(refunded(&session(true)), Some(30));
    assert_eq!(refunded(&session(false)), Some(60));
}

#[test]
fn a_client_in_the_time_of_a_reduced_refund_cancels_and_does_not_move() {
    assert!(!can_be_moved(&session(true)));
    assert!(can_be_moved(&session(false)));
    let mut early = session(true);
    early.refund.now -= TimeDelta::hours(4);
    assert!(can_be_moved(&early));
}

#[test]
fn once_it_has_begun_only_the_practitioner_cancels_and_nobody_moves() {
    for is_client in [true, false] {
        let mut begun = session(is_client);
        begun.refund.now = begun.refund.starts_at.unwrap();
        assert_eq!(refunded(&begun), (!is_client).then_some(60));
        assert!(!can_be_moved(&begun));
    }
}

#[test]
fn a_session_that_was_never_charged_is_cancelled_for_nothing_and_not_moved() {
    let mut unpaid = session(false);
    unpaid.refund.stake.paid = 0;
    assert_eq!(refunded(&unpaid), Some(0));
    assert!(!can_be_moved(&unpaid));
}

#[test]
fn without_the_other_party_nothing_can_be_done() {
    let mut alone = session(false);
    alone.counterpart = None;
    assert_eq!(refunded(&alone), None);
    assert!(!can_be_moved(&alone));
}

#[test]
fn whom_the_rules_keep_from_booking_they_keep_from_moving() {
    let mut with_somebody_inactive = session(false);
    with_somebody_inactive.counterpart = Some(Person {
        is_active: false,
        ..person(2)
    });
    assert_eq!(refunded(&with_somebody_inactive), Some(60));
    assert!(!can_be_moved(&with_somebody_inactive));
}

#[test]
fn a_request_can_be_accepted_by_its_practitioner_until_it_expires() {
    let asked = |is_client: bool, hours_left: i64| {
        let mut asked = session(is_client);
        asked.refund.status = "pending_approval".into();
        asked.refund.stake = Stake {
            held: 60,
            ..Stake::default()
        };
        asked.request = Some(Request {
            is_accepted: false,
            expires_at: Some(asked.refund.now + TimeDelta::hours(hours_left)),
        });
        asked
    };
    assert!(asked(false, 1).can_be_accepted(&terms()));
    assert!(!asked(false, 0).can_be_accepted(&terms()));
    assert!(!asked(true, 1).can_be_accepted(&terms()));
    assert!(!session(false).can_be_accepted(&terms()));
    assert_eq!(session(false).expires_at(), None);
    assert!(asked(true, 1).expires_at().is_some());
}

#[test]
fn a_telephone_number_is_for_those_who_have_agreed_to_meet() {
    for (status, is_told) in [
        ("scheduled", true),
        ("in_progress", true),
        ("completed", true),
        ("pending_approval", false),
        ("pending_payment", false),
        ("cancelled", false),
        ("declined", false),
    ] {
        let mut session = session(true);
        session.refund.status = status.into();
        assert_eq!(session.phone().is_some(), is_told, "{status}");
    }
}

#[test]
fn its_client_alone_rates_what_took_place_for_a_while() {
    let completed = |is_client| {
        let mut session = session(is_client);
        session.refund.status = "completed".into();
        session.refund.now += TimeDelta::days(2);
        session
    };
    assert!(completed(true).can_be_rated());
    assert!(!completed(false).can_be_rated());
    assert!(!session(true).can_be_rated());
    let mut late = completed(true);
    late.refund.now += TimeDelta::days(30);
    assert!(!late.can_be_rated());
    let mut elsewhere = completed(true);
    elsewhere.has_rating = false;
    assert!(!elsewhere.can_be_rated());
}
