//! Replies to bookings of both flows.

use uuid::Uuid;

use super::replies::{Rule, World, expect, weigh};
use super::sessions::{Charge, Session};
use super::snapshot::Standing;
use crate::answer::{Answer, Booked, Kind, Refused};
use crate::history::{Call, Span};
use crate::operation::{Insertion, Period, SessionRequest, Settlement};

const FOREIGN_KEY_VIOLATION: &str = "23503";
const UNIQUE_VIOLATION: &str = "23505";
const EXCLUSION_VIOLATION: &str = "23P01";

pub fn check_booking(call: &Call, wanted: &SessionRequest, world: &World<'_>) -> Result<(), String> {
    match &call.answer {
        Answer::Booked(booked) => {
            expect(
                world.lives.by_label.get(wanted.label.as_str()) == Some(&booked.session),
                "the booking of another request",
            )?;
            if booked.replayed {
                return check_replay(call, wanted, booked, world);
            }
            check_not_replayed(call, wanted, world)?;
            let kind = match (wanted.asks_first, wanted.settlement) {
                (true, _) => Kind::Requested,
                (false, Settlement::Completion) => Kind::Held,
                (false, Settlement::Booking) => Kind::Paid,
            };
            expect(booked.kind == kind, &format!("its credits are {kind:?}"))?;
            weigh(&rules(call.span, wanted, Some(booked.session), world), None)
        }
        Answer::Refused(refused) => {
            check_not_replayed(call, wanted, world)?;
            check_details(refused, wanted)?;
            let mut rules = rules(call.span, wanted, None, world);
            let at = rules.iter().position(|rule| rule.code == "INSUFFICIENT_CREDITS");
            check_available(refused, wanted, call.span, world)?;
            rules.truncate(at.map_or(rules.len(), |at| at + 1));
            weigh(&rules, Some(&refused.code))
        }
        Answer::Fault { sqlstate, .. } if sqlstate == EXCLUSION_VIOLATION => expect(
            world.may_meet_expired_request(wanted, wanted.period(), call.span),
            "the time was free",
        ),
        _ => Err("no answer to a booking".into()),
    }
}

/// The original reply, but for the mark.
fn check_replay(
    call: &Call,
    wanted: &SessionRequest,
    booked: &Booked,
    world: &World<'_>,
) -> Result<(), String> {
    let session = world.lives.sessions.get(&booked.session).ok_or("of no session")?;
    let charge = session.made().ok_or("of a session that was never charged")?;
    check_repeated(call, booked, session, charge, world)?;
    expect(charge.span.may_precede(call.span), "before the original")?;
    expect(
        !world.lives.person(wanted.client).must_be_absent(call.span),
        "its client has left",
    )
}

/// It is what was told before, but for the mark.
pub fn check_repeated(
    call: &Call,
    told: &Booked,
    session: &Session<'_>,
    charge: Charge,
    world: &World<'_>,
) -> Result<(), String> {
    let Some(receipt) = charge.receipt else {
        return Ok(());
    };
    let mut original = Booked {
        replayed: true,
        ..receipt
    };
    // Of a practitioner who has left nobody knows what she had while nothing was paid.
    let may_be_forgotten = world
        .lives
        .person(session.wanted.practitioner)
        .may_be_absent(call.span);
    if charge.is_held && may_be_forgotten {
        original.practitioner_before = told.practitioner_before;
        original.practitioner_after = told.practitioner_after;
    }
    expect(*told == original, &format!("the original reply was {receipt:?}"))
}

/// Once a request has led to a session, its key yields that session, as long as its client is there.
fn check_not_replayed(call: &Call, wanted: &SessionRequest, world: &World<'_>) -> Result<(), String> {
    if wanted.key.is_none() {
        return Ok(());
    }
    let session = world.lives.by_label.get(wanted.label.as_str());
    let charge = session.and_then(|id| world.lives.sessions[id].made());
    let was_made = charge.is_some_and(|charge| charge.span.precedes(call.span));
    expect(
        !was_made || world.lives.person(wanted.client).may_be_absent(call.span),
        "it had been booked under its key before",
    )
}

pub fn check_charge(call: &Call, insertion: &Insertion, world: &World<'_>) -> Result<(), String> {
    let wanted = &insertion.wanted;
    let session = world.lives.inserted(insertion);
    match &call.answer {
        Answer::Booked(booked) => {
            expect(booked.session == insertion.session, "another session")?;
            let was_charged = session.and_then(|session| session.charge).is_some();
            expect(
                was_charged && (!booked.replayed || call.was_repeated()),
                "it was charged once only",
            )?;
            if booked.replayed {
                return Ok(());
            }
            let mut rules = rules(call.span, wanted, Some(insertion.session), world);
            rules.push(cancelled(call.span, insertion, world));
            weigh(&rules, None)
        }
        Answer::Refused(refused) => {
            check_details(refused, wanted)?;
            check_available(refused, wanted, call.span, world)?;
            let mut rules = rules(call.span, wanted, Some(insertion.session), world);
            let life = |person| world.lives.person(person);
            let is_unlinked = life(wanted.client).may_be_absent(call.span)
                || life(wanted.practitioner).may_be_absent(call.span);
            rules.push(possible("PARTICIPANT_MISMATCH", is_unlinked));
            rules.push(cancelled(call.span, insertion, world));
            weigh(&rules, Some(&refused.code))
        }
        _ => Err("no answer to a charge".into()),
    }
}

fn cancelled(span: Span, insertion: &Insertion, world: &World<'_>) -> Rule {
    let session = world
        .lives
        .inserted(insertion)
        .filter(|session| session.was_cancelled());
    let ending = session.and_then(|session| session.ending);
    Rule {
        code: "ALREADY_CANCELLED",
        may_hold: ending.is_some_and(|ending| ending.span.may_precede(span)),
        must_hold: ending.is_some_and(|ending| ending.span.precedes(span)),
    }
}

/// A session inserted directly: kept apart from others, and its parties must exist.
pub fn check_insertion(call: &Call, insertion: &Insertion, world: &World<'_>) -> Result<(), String> {
    let wanted = &insertion.wanted;
    let parties = [wanted.client, wanted.practitioner];
    let engagements =
        parties.map(|person| world.engagement(person, wanted.period(), call.span, Some(insertion.session)));
    let absent = |person| world.lives.person(person).may_be_absent(call.span);
    let is_engaged = engagements.iter().any(|(may, _)| *may);
    match &call.answer {
        Answer::Changed { rows: 1, .. } => {
            let is_free = engagements.iter().all(|(_, must)| !must);
            let are_there = parties
                .iter()
                .all(|person| !world.lives.person(*person).must_be_absent(call.span));
            expect(is_free, "the time was taken")?;
            expect(are_there, "a party has left")
        }
        Answer::Fault { sqlstate, .. } => match sqlstate.as_str() {
            // With a practitioner who has left goes her time zone.
            EXCLUSION_VIOLATION => expect(
                is_engaged
                    || absent(wanted.practitioner)
                    || world.may_meet_expired_request(wanted, wanted.period(), call.span),
                "the time was free",
            ),
            FOREIGN_KEY_VIOLATION => expect(parties.into_iter().any(absent), "both parties are there"),
            // The row of its own first attempt, or an application's word for a time that is taken.
            UNIQUE_VIOLATION => expect(
                call.was_repeated() || is_engaged,
                "neither its id nor its time was used",
            ),
            _ => Err("nobody expects this fault".into()),
        },
        _ => Err("no answer to an insertion".into()),
    }
}

/// Everything that may turn a booking down, in the order of the contract.
fn rules(span: Span, wanted: &SessionRequest, own: Option<Uuid>, world: &World<'_>) -> Vec<Rule> {
    let standings = world.standings(wanted.client, span);
    // What is held for requests that have expired is hers; unless somebody is at work on it just then.
    let expired = world.expired_credits(wanted.client, span);
    let may_lack = |standing: &Standing| standing.balance < wanted.cost();
    let must_lack = |standing: &Standing| standing.balance + expired < wanted.cost();
    let (reused_may, reused_must) = key_reused(span, wanted, world);
    let mut rules = vec![rule("IDEMPOTENCY_KEY_REUSED", reused_may, reused_must)];
    rules.extend(of_people(span, wanted, world));
    rules.extend(of_time(span, wanted, wanted.period(), own, world));
    rules.push(rule(
        "INSUFFICIENT_CREDITS",
        standings.iter().any(may_lack),
        standings.iter().all(must_lack),
    ));
    rules
}

fn rule(code: &'static str, may_hold: bool, must_hold: bool) -> Rule {
    Rule {
        code,
        may_hold,
        must_hold,
    }
}

/// Whether the two are there and active.
pub fn of_people(span: Span, wanted: &SessionRequest, world: &World<'_>) -> [Rule; 4] {
    let client = world.lives.person(wanted.client);
    let practitioner = world.lives.person(wanted.practitioner);
    [
        rule(
            "CLIENT_NOT_FOUND",
            client.may_be_absent(span),
            client.must_be_absent(span),
        ),
        rule(
            "PRACTITIONER_NOT_FOUND",
            practitioner.may_be_absent(span),
            practitioner.must_be_absent(span),
        ),
        rule(
            "CLIENT_INACTIVE",
            client.may_be_inactive(span),
            client.must_be_inactive(span),
        ),
        rule(
            "PRACTITIONER_INACTIVE",
            practitioner.may_be_inactive(span),
            practitioner.must_be_inactive(span),
        ),
    ]
}

/// Whether both have time.
pub fn of_time(
    span: Span,
    parties: &SessionRequest,
    period: Period,
    own: Option<Uuid>,
    world: &World<'_>,
) -> [Rule; 2] {
    let (slot_may, slot_must) = world.engagement(parties.practitioner, period, span, own);
    let (client_may, client_must) = world.engagement(parties.client, period, span, own);
    [
        rule("SLOT_CONFLICT", slot_may, slot_must),
        rule("CLIENT_CONFLICT", client_may, client_must),
    ]
}

/// Whether another request of the client had taken the key.
fn key_reused(span: Span, wanted: &SessionRequest, world: &World<'_>) -> (bool, bool) {
    let Some(key) = &wanted.key else {
        return (false, false);
    };
    let others = world.lives.by_key.get(&(wanted.client, key.as_str()));
    let mut charges = others
        .into_iter()
        .flatten()
        .filter(|label| **label != wanted.label)
        .filter_map(|label| world.lives.sessions[world.lives.by_label.get(label)?].made())
        .peekable();
    let is_there = !world.lives.person(wanted.client).may_be_absent(span);
    let may = charges.peek().is_some();
    let charges: Vec<_> = charges.collect();
    (
        may && charges.iter().any(|charge| charge.span.may_precede(span)),
        is_there && charges.iter().any(|charge| charge.span.precedes(span)),
    )
}

fn possible(code: &'static str, may_hold: bool) -> Rule {
    Rule {
        code,
        may_hold,
        must_hold: false,
    }
}

/// The cost is named as soon as it is known, and it is the right one.
fn check_details(refused: &Refused, wanted: &SessionRequest) -> Result<(), String> {
    let knows_cost = [
        "SLOT_CONFLICT",
        "CLIENT_CONFLICT",
        "INSUFFICIENT_CREDITS",
        "PARTICIPANT_MISMATCH",
        "ALREADY_CANCELLED",
    ]
    .contains(&refused.code.as_str());
    expect(
        refused.cost == knows_cost.then(|| wanted.cost()),
        &format!("it costs {}", wanted.cost()),
    )
}

/// What was said to be available was so at that time, and too little.
fn check_available(
    refused: &Refused,
    wanted: &SessionRequest,
    span: Span,
    world: &World<'_>,
) -> Result<(), String> {
    if refused.code != "INSUFFICIENT_CREDITS" {
        return Ok(());
    }
    let cost = i64::from(wanted.cost());
    let (Some(required), Some(available)) = (refused.required, refused.available) else {
        return Err("no details".into());
    };
    let expired = i64::from(world.expired_credits(wanted.client, span));
    let standings = world.standings(wanted.client, span);
    let is_true = standings.iter().any(|standing| {
        let balance = i64::from(standing.balance);
        (balance..=balance + expired).contains(&available)
    });
    expect(
        is_true && required == cost && available < cost,
        "the details are wrong",
    )
}
