use super::*;
use crate::booking::{self, Target};
use crate::refusal::Refusal;
use crate::samples::{self, accounts, hours, person, request};
use chrono::{TimeZone, Utc};
use serde_json::json;
use uuid::Uuid;

const ANN: Uuid = Uuid::from_u128(1);
const BEN: Uuid = Uuid::from_u128(2);

fn terms() -> Terms {
    Terms {
        min_notice_minutes: 90,
        max_advance_days: 3,
        buffer_minutes: 10,
        ..samples::terms()
    }
}

/// Monday, 2 March 2026, in a zone without any change of the clock.
fn monday() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).unwrap()
}

fn period(day: u32, from: (u32, u32), minutes: i64) -> Period {
    let starts_at = Utc.with_ymd_and_hms(2026, 3, day, from.0, from.1, 0).unwrap();
    Period {
        starts_at,
        ends_at: starts_at + TimeDelta::minutes(minutes),
    }
}

fn engagement(practitioner_id: Uuid, client_id: Uuid, period: Period) -> Engagement {
    Engagement {
        session_id: Uuid::from_u128(100),
        practitioner_id: Some(practitioner_id),
        client_id: Some(client_id),
        period,
        is_expired_hold: false,
    }
}

/// Both give and receive; Ben has two ranges on Monday, works across Tuesday's midnight, and is away
/// on Wednesday morning. It is Monday, seven o'clock.
fn facts() -> Facts {
    let stranger = Uuid::from_u128(9);
    Facts {
        now: Utc.with_ymd_and_hms(2026, 3, 2, 7, 0, 0).unwrap(),
        client: Some(person(1)),
        practitioner: Some(person(2)),
        product: None,
        slot: None,
        working_hours: hours(&json!({
            "monday": {"hours": [{"start": "08:00", "end": "12:00"}, {"start": "13:00", "end": "17:00"}]},
            "tuesday": {"start": "20:00", "end": "02:00"},
            "wednesday": {"start": "09:00", "end": "15:00"},
            "thursday": {"start": "00:00", "end": "24:00"}})),
        blocks: vec![period(4, (9, 0), 90)],
        client_busy: vec![],
        engagements: vec![
            engagement(BEN, stranger, period(2, (10, 0), 60)),
            engagement(stranger, BEN, period(2, (14, 0), 30)),
            engagement(ANN, stranger, period(2, (16, 0), 30)),
            engagement(stranger, ANN, period(3, (23, 30), 60)),
            engagement(stranger, Uuid::from_u128(8), period(4, (12, 0), 60)),
        ],
    }
}

fn slot(local_start: NaiveDateTime) -> Slot {
    let local_end = local_start + TimeDelta::minutes(60);
    Slot {
        period: Period {
            starts_at: local_start.and_utc(),
            ends_at: local_end.and_utc(),
        },
        local_start,
        local_end,
    }
}

fn candidates() -> Vec<Slot> {
    let days = grid(monday(), monday() + TimeDelta::days(3), 15);
    days.into_iter().map(slot).collect()
}

fn offered(enquiry: &Enquiry, facts: &Facts) -> Vec<Slot> {
    let accounts = enquiry.client_id.map(|_| accounts(60));
    decide(&terms(), enquiry, facts, accounts.as_ref(), &candidates())
        .unwrap()
        .slots
}

#[test]
fn candidates_lie_on_every_day_from_midnight_on() {
    let grid = grid(monday(), monday() + TimeDelta::days(1), 480);
    let texts: Vec<String> = grid.iter().map(NaiveDateTime::to_string).collect();
    assert_eq!(
        texts,
        [
            "2026-03-02 00:00:00",
            "2026-03-02 08:00:00",
            "2026-03-02 16:00:00",
            "2026-03-03 00:00:00",
            "2026-03-03 08:00:00",
            "2026-03-03 16:00:00",
        ]
    );
    assert!(super::grid(monday(), monday() - TimeDelta::days(1), 15).is_empty());
}

#[test]
fn a_slot_is_offered_if_and_only_if_its_booking_would_be_accepted() {
    let facts = facts();
    let offered = offered(&request().enquiry(), &facts);
    assert!(!offered.is_empty() && offered.len() < candidates().len());
    for candidate in candidates() {
        let at_this_time = Facts {
            slot: Some(candidate),
            ..facts.clone()
        };
        let decision = booking::decide(
            &terms(),
            &request(),
            &Target::NewSession,
            &at_this_time,
            &accounts(60),
        );
        assert_eq!(
            offered.contains(&candidate),
            decision.is_ok(),
            "{candidate:?}: {decision:?}"
        );
    }
}

#[test]
fn without_a_client_the_practitioners_side_alone_decides() {
    let anybody = Enquiry {
        client_id: None,
        ..request().enquiry()
    };
    let nobody_pays = Facts {
        client: None,
        ..facts()
    };
    let to_anybody = offered(&anybody, &nobody_pays);
    let to_ann = offered(&request().enquiry(), &facts());
    assert!(to_ann.iter().all(|slot| to_anybody.contains(slot)));
    let ann_gives = slot(monday().and_hms_opt(16, 0, 0).unwrap());
    assert!(to_anybody.contains(&ann_gives) && !to_ann.contains(&ann_gives));
    let ben_gives = slot(monday().and_hms_opt(10, 0, 0).unwrap());
    assert!(!to_anybody.contains(&ben_gives));
}

#[test]
fn what_every_start_would_be_refused_for_is_the_answer() {
    let decision = decide(
        &terms(),
        &request().enquiry(),
        &facts(),
        Some(&accounts(59)),
        &candidates(),
    );
    let NoBooking::Refused(refused) = decision.unwrap_err() else {
        panic!()
    };
    assert_eq!(
        refused.refusal,
        Refusal::InsufficientCredits {
            required: 60,
            available: 59
        }
    );
    assert_eq!(refused.credit_cost, Some(60));
}

#[test]
fn a_product_says_how_long_a_slot_is_and_what_it_costs() {
    let product = crate::cost::Product {
        credit_cost: Some(25),
        duration_minutes: Some(45),
    };
    let with_product = Facts {
        product: Some(product),
        ..facts()
    };
    let availability = decide(
        &terms(),
        &request().enquiry(),
        &with_product,
        Some(&accounts(60)),
        &candidates(),
    )
    .unwrap();
    assert_eq!(
        (availability.credit_cost, availability.duration_minutes),
        (25, 45)
    );
}

#[test]
fn hours_that_cannot_be_read_are_a_fault_where_they_matter() {
    let unreadable = Facts {
        working_hours: hours(
            &json!({"thursday": {"start": "nine"}, "monday": {"start": "09:00", "end": "17:00"}}),
        ),
        ..facts()
    };
    let enquiry = request().enquiry();
    let decision = decide(
        &terms(),
        &enquiry,
        &unreadable,
        Some(&accounts(60)),
        &candidates(),
    );
    assert!(matches!(decision, Err(NoBooking::UnreadableHours(_))));
    let on_monday = &candidates()[..96];
    assert!(decide(&terms(), &enquiry, &unreadable, Some(&accounts(60)), on_monday).is_ok());
}

#[test]
fn a_block_without_an_end_is_no_trouble() {
    let away = Facts {
        blocks: vec![Period {
            starts_at: DateTime::<Utc>::MIN_UTC,
            ends_at: DateTime::<Utc>::MAX_UTC,
        }],
        ..facts()
    };
    assert!(offered(&request().enquiry(), &away).is_empty());
}
