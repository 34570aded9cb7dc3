use super::*;
use crate::samples::{accounts, hours, now, person, request, terms};
use chrono::{TimeDelta, TimeZone};
use serde_json::json;

fn monday_at_ten() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 2, 10, 0, 0).unwrap()
}

fn slot_at(starts_at: DateTime<Utc>) -> Slot {
    let ends_at = starts_at + TimeDelta::minutes(60);
    Slot {
        period: Period { starts_at, ends_at },
        local_start: starts_at.naive_utc(),
        local_end: ends_at.naive_utc(),
    }
}

/// A Monday at ten; both are fit to book.
fn facts() -> Facts {
    Facts {
        now: now(),
        client: Some(person(1)),
        practitioner: Some(person(2)),
        product: None,
        slot: Some(slot_at(monday_at_ten())),
        working_hours: WorkingHours::UNLIMITED,
        blocks: vec![],
        client_busy: vec![],
        engagements: vec![],
    }
}

fn engagement(practitioner: u128, client: u128) -> Engagement {
    Engagement {
        session_id: Uuid::from_u128(100),
        practitioner_id: Some(Uuid::from_u128(practitioner)),
        client_id: Some(Uuid::from_u128(client)),
        period: slot_at(monday_at_ten()).period,
        is_expired_hold: false,
    }
}

/// Where the client has just enough.
fn refusal_code(terms: &Terms, request: &BookingRequest, facts: Facts) -> Option<&'static str> {
    code(terms, request, &Target::NewSession, &facts, &accounts(60))
}

fn code(
    terms: &Terms,
    request: &BookingRequest,
    target: &Target,
    facts: &Facts,
    accounts: &AccountPair,
) -> Option<&'static str> {
    match decide(terms, request, target, facts, accounts) {
        Err(NoBooking::Refused(refused)) => Some(refused.refusal.code()),
        Ok(_) => None,
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn a_booking_moves_its_cost_from_the_client_to_the_practitioner() {
    let booking = decide(&terms(), &request(), &Target::NewSession, &facts(), &accounts(60)).unwrap();
    assert_eq!(booking.credit_cost, 60);
    let Charge::Paid { payment, earning } = booking.charge else {
        panic!("a booking pays at once");
    };
    assert_eq!(payment.after.balance, 0);
    assert_eq!(earning.after.balance, 60);
}

/// Each step breaks one more rule, from the last in the contract's order to the first: whatever is
/// broken besides, the earliest rule is the one that is named.
#[test]
fn of_several_broken_rules_the_first_of_the_contracts_order_is_named() {
    let mut request = request();
    let mut facts = facts();
    type Step = (
        &'static str,
        fn(&mut BookingRequest, &mut Facts, &mut AccountPair),
    );
    let steps: [Step; 15] = [
        ("INSUFFICIENT_CREDITS", |_, _, accounts| {
            accounts.client.balance = 59
        }),
        ("CLIENT_CONFLICT", |_, facts, _| {
            facts.engagements.push(engagement(9, 1))
        }),
        ("SLOT_CONFLICT", |_, facts, _| {
            facts.engagements.push(engagement(2, 9))
        }),
        ("PRACTITIONER_BLOCKED", |_, facts, _| {
            facts.blocks.push(slot_at(monday_at_ten()).period)
        }),
        ("OUTSIDE_WORKING_HOURS", |_, facts, _| {
            facts.working_hours = hours(&json!({"friday": {}}))
        }),
        ("TOO_FAR_AHEAD", |_, facts, _| facts.now -= TimeDelta::days(366)),
        ("SESSION_IN_PAST", |_, facts, _| facts.now = monday_at_ten()),
        ("PRODUCT_NOT_FOUND", |request, _, _| {
            request.product_id = Some(Uuid::from_u128(7))
        }),
        ("PRACTITIONER_INACTIVE", |_, facts, _| {
            facts.practitioner.as_mut().unwrap().is_active = false
        }),
        ("CLIENT_INACTIVE", |_, facts, _| {
            facts.client.as_mut().unwrap().is_active = false
        }),
        ("PRACTITIONER_NOT_ELIGIBLE", |_, facts, _| {
            facts.practitioner.as_mut().unwrap().user_role = None
        }),
        ("CLIENT_NOT_PRACTITIONER", |_, facts, _| {
            facts.client.as_mut().unwrap().user_role = Some("client".into())
        }),
        ("PRACTITIONER_NOT_FOUND", |_, facts, _| facts.practitioner = None),
        ("CLIENT_NOT_FOUND", |_, facts, _| facts.client = None),
        ("SELF_BOOKING", |request, _, _| {
            request.practitioner_id = request.client_id
        }),
    ];
    let mut accounts = accounts(60);
    let code_of = |request: &BookingRequest, facts: &Facts, accounts: &AccountPair| {
        code(&terms(), request, &Target::NewSession, facts, accounts)
    };
    assert_eq!(code_of(&request, &facts, &accounts), None);
    for (code, break_rule) in steps {
        break_rule(&mut request, &mut facts, &mut accounts);
        assert_eq!(code_of(&request, &facts, &accounts), Some(code));
    }
}

#[test]
fn a_refusal_names_the_cost_as_soon_as_it_is_known() {
    let refused_with = |facts, balance| {
        decide(
            &terms(),
            &request(),
            &Target::NewSession,
            &facts,
            &accounts(balance),
        )
        .unwrap_err()
    };
    let NoBooking::Refused(refused) = refused_with(facts(), 0) else {
        panic!()
    };
    assert_eq!(refused.credit_cost, Some(60));
    let nobody = Facts {
        client: None,
        ..facts()
    };
    let NoBooking::Refused(refused) = refused_with(nobody, 60) else {
        panic!()
    };
    assert_eq!(refused.credit_cost, None);
}

#[test]
fn a_client_who_is_taken_elsewhere_has_a_conflict_from_the_first_minute_to_the_last() {
    let taken = |from: i64, minutes: i64| {
        let starts_at = monday_at_ten() + TimeDelta::minutes(from);
        let ends_at = starts_at + TimeDelta::minutes(minutes);
        Facts {
            client_busy: vec![Period { starts_at, ends_at }],
            ..facts()
        }
    };
    let code = |facts| refusal_code(&terms(), &request(), facts);
    assert_eq!(code(taken(-30, 30)), None);
    assert_eq!(code(taken(-30, 31)), Some("CLIENT_CONFLICT"));
    assert_eq!(code(taken(59, 30)), Some("CLIENT_CONFLICT"));
    assert_eq!(code(taken(60, 30)), None);
}

#[test]
fn who_has_not_opted_in_neither_books_nor_is_booked() {
    let out = |person: u128| {
        Some(Person {
            has_opted_in: false,
            ..crate::samples::person(person)
        })
    };
    let client_is_out = Facts {
        client: out(1),
        ..facts()
    };
    let practitioner_is_out = Facts {
        practitioner: out(2),
        ..facts()
    };
    assert_eq!(
        refusal_code(&terms(), &request(), client_is_out),
        Some("CLIENT_NOT_PRACTITIONER")
    );
    assert_eq!(
        refusal_code(&terms(), &request(), practitioner_is_out),
        Some("PRACTITIONER_NOT_ELIGIBLE")
    );
}

#[test]
fn the_start_must_be_after_now_and_the_notice() {
    let starts_at = |starts_at| Facts {
        slot: Some(slot_at(starts_at)),
        ..facts()
    };
    let second = TimeDelta::seconds(1);
    assert_eq!(
        refusal_code(&terms(), &request(), starts_at(now())),
        Some("SESSION_IN_PAST")
    );
    assert_eq!(
        refusal_code(&terms(), &request(), starts_at(now() + second)),
        None
    );
    let with_notice = Terms {
        min_notice_minutes: 30,
        ..terms()
    };
    let noticed = now() + TimeDelta::minutes(30);
    assert_eq!(
        refusal_code(&with_notice, &request(), starts_at(noticed)),
        Some("SESSION_IN_PAST")
    );
    assert_eq!(
        refusal_code(&with_notice, &request(), starts_at(noticed + second)),
        None
    );
}

#[test]
fn the_start_must_be_within_the_days_that_can_be_booked_ahead() {
    let starts_at = |starts_at| Facts {
        slot: Some(slot_at(starts_at)),
        ..facts()
    };
    let last = now() + TimeDelta::days(365);
    assert_eq!(refusal_code(&terms(), &request(), starts_at(last)), None);
    let beyond = last + TimeDelta::seconds(1);
    assert_eq!(
        refusal_code(&terms(), &request(), starts_at(beyond)),
        Some("TOO_FAR_AHEAD")
    );
}

#[test]
fn a_person_cannot_give_and_receive_at_the_same_time() {
    let with = |engagement| Facts {
        engagements: vec![engagement],
        ..facts()
    };
    assert_eq!(
        refusal_code(&terms(), &request(), with(engagement(9, 2))),
        Some("SLOT_CONFLICT"),
        "receives"
    );
    assert_eq!(
        refusal_code(&terms(), &request(), with(engagement(1, 9))),
        Some("CLIENT_CONFLICT"),
        "gives"
    );
    assert_eq!(
        refusal_code(&terms(), &request(), with(engagement(8, 9))),
        None,
        "strangers"
    );
}

#[test]
fn the_buffer_keeps_sessions_apart_but_not_blocks() {
    let hour = TimeDelta::hours(1);
    let next = |period: Period| Period {
        starts_at: period.starts_at + hour,
        ends_at: period.ends_at + hour,
    };
    let touching = Engagement {
        period: next(slot_at(monday_at_ten()).period),
        ..engagement(2, 9)
    };
    let busy = Facts {
        engagements: vec![touching],
        ..facts()
    };
    let with_buffer = Terms {
        buffer_minutes: 5,
        ..terms()
    };
    assert_eq!(refusal_code(&terms(), &request(), busy.clone()), None);
    assert_eq!(
        refusal_code(&with_buffer, &request(), busy),
        Some("SLOT_CONFLICT")
    );
    let blocked_after = Facts {
        blocks: vec![next(slot_at(monday_at_ten()).period)],
        ..facts()
    };
    assert_eq!(refusal_code(&with_buffer, &request(), blocked_after), None);
}

#[test]
fn a_hold_whose_payment_is_overdue_gives_its_slot_away() {
    let overdue = Engagement {
        is_expired_hold: true,
        ..engagement(2, 9)
    };
    let held = Facts {
        engagements: vec![overdue],
        ..facts()
    };
    let booking = decide(&terms(), &request(), &Target::NewSession, &held, &accounts(60)).unwrap();
    assert_eq!(booking.expired_holds, [overdue.session_id]);
}

#[test]
fn hours_that_cannot_be_read_are_a_fault_and_no_refusal() {
    let unreadable = json!({"monday": {"start": "nine", "end": "five"}});
    let facts = Facts {
        working_hours: hours(&unreadable),
        ..facts()
    };
    let decision = decide(&terms(), &request(), &Target::NewSession, &facts, &accounts(60));
    assert!(matches!(decision, Err(NoBooking::UnreadableHours(_))));
}

#[test]
fn the_balance_must_reach_the_cost_exactly() {
    let with_balance = |balance| {
        code(
            &terms(),
            &request(),
            &Target::NewSession,
            &facts(),
            &accounts(balance),
        )
    };
    assert_eq!(with_balance(59), Some("INSUFFICIENT_CREDITS"));
    assert_eq!(with_balance(60), None);
    assert_eq!(with_balance(-60), Some("INSUFFICIENT_CREDITS"));
}

fn inserted(change: fn(&mut InsertedSession)) -> Target {
    let mut session = InsertedSession {
        practitioner_id: Some(request().practitioner_id),
        client_id: Some(request().client_id),
        is_peer_booking: true,
        status: "scheduled".into(),
    };
    change(&mut session);
    Target::InsertedSession(Some(session))
}

fn charge_refusal_code(target: Target, facts: Facts) -> Option<&'static str> {
    code(&terms(), &request(), &target, &facts, &accounts(60))
}

#[test]
fn an_inserted_session_is_charged_only_to_its_own_parties_and_while_it_stands() {
    assert_eq!(charge_refusal_code(inserted(|_| ()), facts()), None);
    let nowhere = Facts {
        slot: None,
        ..facts()
    };
    assert_eq!(
        charge_refusal_code(Target::InsertedSession(None), nowhere),
        Some("SESSION_NOT_FOUND")
    );
    let ordinary = inserted(|session| session.is_peer_booking = false);
    assert_eq!(charge_refusal_code(ordinary, facts()), Some("NOT_PEER_BOOKING"));
    let of_another = inserted(|session| session.client_id = Some(Uuid::from_u128(9)));
    assert_eq!(
        charge_refusal_code(of_another, facts()),
        Some("PARTICIPANT_MISMATCH")
    );
    let with_another = inserted(|session| session.practitioner_id = None);
    assert_eq!(
        charge_refusal_code(with_another, facts()),
        Some("PARTICIPANT_MISMATCH")
    );
    let cancelled = inserted(|session| session.status = "cancelled".into());
    assert_eq!(charge_refusal_code(cancelled, facts()), Some("ALREADY_CANCELLED"));
}

#[test]
fn a_session_that_the_application_charges_may_be_over() {
    let over = Facts {
        now: monday_at_ten() + TimeDelta::days(3),
        blocks: vec![slot_at(monday_at_ten()).period],
        ..facts()
    };
    let Target::InsertedSession(Some(session)) = inserted(|session| session.status = "completed".into())
    else {
        panic!()
    };
    let charged = |target| charge_refusal_code(target, over.clone());
    assert_eq!(charged(Target::ArrangedSession(session.clone())), None);
    assert_eq!(
        charged(Target::InsertedSession(Some(session))),
        Some("SESSION_IN_PAST")
    );
    let Target::InsertedSession(Some(ended)) = inserted(|session| session.status = "declined".into()) else {
        panic!()
    };
    assert_eq!(charged(Target::ArrangedSession(ended)), Some("ALREADY_CANCELLED"));
}

#[test]
fn that_an_inserted_session_is_unknown_is_named_after_what_is_wrong_with_its_parties() {
    let nowhere = Facts {
        slot: None,
        ..facts()
    };
    let unknown = Target::InsertedSession(None);
    assert_eq!(
        code(&terms(), &request(), &unknown, &nowhere, &accounts(0)),
        Some("INSUFFICIENT_CREDITS")
    );
}
