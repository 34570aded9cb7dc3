use super::*;
use crate::booking::Engagement;
use crate::division::Stake;
use crate::refund::Policy;
use crate::samples::{hours, now, person, request, terms};
use crate::schedule::{Period, Slot, WorkingHours};
use chrono::TimeDelta;

/// A paid session that begins after so long, and full refunds up to a day before.
fn session(until_start: TimeDelta) -> refund::Facts {
    refund::Facts {
        now: now(),
        status: "scheduled".into(),
        starts_at: Some(now() + until_start),
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
    }
}

fn target(until_start: TimeDelta) -> booking::Facts {
    let starts_at = now() + until_start;
    let ends_at = starts_at + TimeDelta::minutes(60);
    booking::Facts {
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

fn mover_refused(moved_by: CancelledBy, facts: &refund::Facts) -> Option<Refusal> {
    check_mover(
        &terms(),
        &request(),
        moved_by,
        facts,
        Some(&person(1)),
        Some(&person(2)),
    )
    .err()
}

fn target_refused(moved_by: CancelledBy, facts: &refund::Facts, target: &booking::Facts) -> Option<Refusal> {
    match check_target(&terms(), &request(), moved_by, facts, target) {
        Ok(_) => None,
        Err(NoBooking::Refused(refused)) => Some(refused.refusal),
        Err(other) => panic!("{other:?}"),
    }
}

const ALL_SIDES: [CancelledBy; 3] = [
    CancelledBy::Client,
    CancelledBy::Practitioner,
    CancelledBy::Service,
];

#[test]
fn a_session_that_is_paid_for_and_has_not_begun_can_be_moved() {
    for status in ["scheduled", "confirmed"] {
        let facts = refund::Facts {
            status: status.into(),
            ..session(TimeDelta::microseconds(1))
        };
        assert_eq!(check_session(&facts), Ok(()));
    }
}

#[test]
fn a_session_that_is_over_begun_or_unpaid_cannot_be_moved() {
    let refused_as = |facts: refund::Facts| check_session(&facts).unwrap_err().details()["status"].clone();
    let ahead = session(TimeDelta::days(9));
    for status in [
        "completed",
        "in_progress",
        "no_show",
        "declined",
        "expired",
        "pending_payment",
    ] {
        let facts = refund::Facts {
            status: status.into(),
            ..ahead.clone()
        };
        assert_eq!(refused_as(facts), status);
    }
    assert_eq!(refused_as(session(TimeDelta::zero())), "in_progress");
    assert_eq!(
        refused_as(refund::Facts {
            stake: Stake::default(),
            ..ahead
        }),
        "unpaid"
    );
}

#[test]
fn a_cancelled_session_says_what_went_back() {
    let facts = refund::Facts {
        status: "cancelled".into(),
        refunded_before: 60,
        stake: Stake::default(),
        ..session(TimeDelta::days(9))
    };
    let refusal = Refusal::AlreadyCancelled { refunded_credits: 60 };
    assert_eq!(check_session(&facts), Err(refusal));
}

#[test]
fn a_client_moves_only_what_she_could_cancel_for_a_full_refund() {
    let day = TimeDelta::hours(24);
    let too_late = |refund_share| {
        Some(Refusal::RescheduleTooLate {
            refund_share,
            at_target: false,
        })
    };
    assert_eq!(mover_refused(CancelledBy::Client, &session(day)), None);
    assert_eq!(
        mover_refused(CancelledBy::Client, &session(day - TimeDelta::microseconds(1))),
        too_late(5_000)
    );
    assert_eq!(
        mover_refused(CancelledBy::Client, &session(TimeDelta::hours(1))),
        too_late(0)
    );
    for side in [CancelledBy::Practitioner, CancelledBy::Service] {
        assert_eq!(mover_refused(side, &session(TimeDelta::hours(1))), None);
    }
}

#[test]
fn a_practitioner_moves_it_only_to_where_the_client_could_cancel_for_a_full_refund() {
    let facts = session(TimeDelta::hours(1));
    let (in_time, too_soon) = (
        target(TimeDelta::hours(24)),
        target(TimeDelta::hours(24) - TimeDelta::microseconds(1)),
    );
    let refusal = Refusal::RescheduleTooLate {
        refund_share: 5_000,
        at_target: true,
    };
    assert_eq!(target_refused(CancelledBy::Practitioner, &facts, &in_time), None);
    assert_eq!(
        target_refused(CancelledBy::Practitioner, &facts, &too_soon),
        Some(refusal)
    );
    for side in [CancelledBy::Client, CancelledBy::Service] {
        assert_eq!(target_refused(side, &facts, &too_soon), None);
    }
}

#[test]
fn where_all_goes_back_until_the_start_there_is_nothing_to_get_around() {
    let facts = refund::Facts {
        policy: Policy {
            full_refund_hours: 0,
            ..session(TimeDelta::zero()).policy
        },
        ..session(TimeDelta::minutes(1))
    };
    for side in ALL_SIDES {
        assert_eq!(mover_refused(side, &facts), None);
        assert_eq!(target_refused(side, &facts, &target(TimeDelta::minutes(1))), None);
    }
}

/// Each step breaks one more rule, from the last one checked to the first.
#[test]
fn of_several_broken_rules_of_the_target_the_first_is_named() {
    let facts = session(TimeDelta::hours(30));
    let mut there = target(TimeDelta::hours(1));
    let engagement = |practitioner: u128, client: u128, target: &booking::Facts| Engagement {
        session_id: Uuid::from_u128(100),
        practitioner_id: Some(Uuid::from_u128(practitioner)),
        client_id: Some(Uuid::from_u128(client)),
        period: target.slot.unwrap().period,
        is_expired_hold: false,
    };
    type Step<'a> = (&'static str, Box<dyn Fn(&mut booking::Facts) + 'a>);
    let steps: [Step<'_>; 6] = [
        ("RESCHEDULE_TOO_LATE", Box::new(|_| {})),
        (
            "CLIENT_CONFLICT",
            Box::new(|target| target.engagements.push(engagement(9, 1, target))),
        ),
        (
            "SLOT_CONFLICT",
            Box::new(|target| target.engagements.push(engagement(2, 9, target))),
        ),
        (
            "PRACTITIONER_BLOCKED",
            Box::new(|target| target.blocks.push(target.slot.unwrap().period)),
        ),
        (
            "OUTSIDE_WORKING_HOURS",
            Box::new(|target| target.working_hours = hours(&serde_json::json!({"friday": {}}))),
        ),
        (
            "SESSION_IN_PAST",
            Box::new(|target| target.now += TimeDelta::hours(1)),
        ),
    ];
    for (code, step) in steps {
        step(&mut there);
        let refusal = target_refused(CancelledBy::Practitioner, &facts, &there);
        assert_eq!(refusal.map(|refusal| refusal.code()), Some(code));
    }
}

#[test]
fn a_hold_that_has_expired_gives_way() {
    let mut there = target(TimeDelta::hours(30));
    there.engagements.push(Engagement {
        session_id: Uuid::from_u128(100),
        practitioner_id: Some(Uuid::from_u128(2)),
        client_id: Some(Uuid::from_u128(9)),
        period: there.slot.unwrap().period,
        is_expired_hold: true,
    });
    let holds = check_target(
        &terms(),
        &request(),
        CancelledBy::Service,
        &session(TimeDelta::days(2)),
        &there,
    );
    assert_eq!(holds.unwrap(), [Uuid::from_u128(100)]);
}

#[test]
fn two_who_may_not_meet_any_more_move_nothing() {
    let facts = session(TimeDelta::days(9));
    let refused = |client: Option<&Person>, practitioner: Option<&Person>| {
        check_mover(
            &terms(),
            &request(),
            CancelledBy::Service,
            &facts,
            client,
            practitioner,
        )
        .unwrap_err()
        .code()
    };
    let (ann, ben) = (person(1), person(2));
    let inactive = Person {
        is_active: false,
        ..ben.clone()
    };
    let no_practitioner = Person {
        user_role: Some("client".into()),
        ..ann.clone()
    };
    assert_eq!(refused(None, Some(&ben)), "CLIENT_NOT_FOUND");
    assert_eq!(refused(Some(&ann), None), "PRACTITIONER_NOT_FOUND");
    assert_eq!(refused(Some(&ann), Some(&inactive)), "PRACTITIONER_INACTIVE");
    assert_eq!(
        refused(Some(&no_practitioner), Some(&ben)),
        "CLIENT_NOT_PRACTITIONER"
    );
}

/// Every candidate is offered where a move to it would be accepted, and nowhere else; but for where it is already.
#[test]
fn a_start_is_offered_if_and_only_if_the_move_would_be_accepted() {
    let facts = session(TimeDelta::hours(30));
    let around = booking::Facts {
        working_hours: hours(&serde_json::json!({
            "monday": {"start": "06:00", "end": "20:00"}, "tuesday": {"start": "06:00", "end": "20:00"}})),
        blocks: vec![target(TimeDelta::hours(24)).slot.unwrap().period],
        slot: None,
        ..target(TimeDelta::zero())
    };
    let candidates: Vec<Slot> = (0..72)
        .map(|hours| target(TimeDelta::hours(hours)).slot.unwrap())
        .collect();
    for side in ALL_SIDES {
        let offered = free_targets(&terms(), &request(), side, &facts, &around, &candidates).unwrap();
        assert!(!offered.is_empty() && offered.len() < candidates.len());
        for candidate in &candidates {
            let there = booking::Facts {
                slot: Some(*candidate),
                ..around.clone()
            };
            let is_accepted = target_refused(side, &facts, &there).is_none();
            let is_there_already = Some(candidate.period.starts_at) == facts.starts_at;
            assert_eq!(offered.contains(candidate), is_accepted && !is_there_already);
        }
    }
}
