//! Replies to bookings of both flows.

use super::replies::{Rule, World, expect, weigh};
use crate::answer::{Answer, Booked, Refused};
use crate::history::{Call, Span};
use crate::operation::{Insertion, Wish};

const FOREIGN_KEY_VIOLATION: &str = "23503";
const UNIQUE_VIOLATION: &str = "23505";
const EXCLUSION_VIOLATION: &str = "23P01";

pub fn check_booking(call: &Call, wish: &Wish, world: &World<'_>) -> Result<(), String> {
    match &call.answer {
        Answer::Booked(booked) => {
            expect(
                world.lives.by_label.get(wish.label.as_str()) == Some(&booked.session),
                "the booking of another wish",
            )?;
            if booked.replayed {
                return check_replay(call, wish, booked, world);
            }
            check_not_replayed(call, wish, world)?;
            weigh(&rules(call.span, wish, Some(booked.session), world), None)
        }
        Answer::Refused(refused) => {
            check_not_replayed(call, wish, world)?;
            check_details(refused, wish)?;
            let mut rules = rules(call.span, wish, None, world);
            let at = rules.iter().position(|rule| rule.code == "INSUFFICIENT_CREDITS");
            check_available(refused, wish, call.span, world)?;
            rules.truncate(at.map_or(rules.len(), |at| at + 1));
            weigh(&rules, Some(&refused.code))
        }
        _ => Err("no answer to a booking".into()),
    }
}

/// The original reply, but for the mark.
fn check_replay(call: &Call, wish: &Wish, booked: &Booked, world: &World<'_>) -> Result<(), String> {
    let session = world.lives.sessions.get(&booked.session).ok_or("of no session")?;
    let charge = session.charge.ok_or("of a session that was never charged")?;
    let original = Booked {
        replayed: true,
        ..charge.receipt
    };
    expect(
        *booked == original,
        &format!("the original reply was {:?}", charge.receipt),
    )?;
    expect(charge.span.may_precede(call.span), "before the original")?;
    expect(
        !world.lives.person(wish.client).must_be_absent(call.span),
        "its client has left",
    )
}

/// Once a wish has led to a session, its key yields that session, as long as its client is there.
fn check_not_replayed(call: &Call, wish: &Wish, world: &World<'_>) -> Result<(), String> {
    if wish.key.is_none() {
        return Ok(());
    }
    let session = world.lives.by_label.get(wish.label.as_str());
    let charge = session.and_then(|id| world.lives.sessions[id].charge);
    let was_made = charge.is_some_and(|charge| charge.span.precedes(call.span));
    expect(
        !was_made || world.lives.person(wish.client).may_be_absent(call.span),
        "it had been booked under its key before",
    )
}

pub fn check_charge(call: &Call, insertion: &Insertion, world: &World<'_>) -> Result<(), String> {
    let wish = &insertion.wish;
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
            let mut rules = rules(call.span, wish, Some(insertion.session), world);
            rules.push(cancelled(call.span, insertion, world));
            weigh(&rules, None)
        }
        Answer::Refused(refused) => {
            check_details(refused, wish)?;
            check_available(refused, wish, call.span, world)?;
            let mut rules = rules(call.span, wish, Some(insertion.session), world);
            let life = |person| world.lives.person(person);
            let is_unlinked = life(wish.client).may_be_absent(call.span)
                || life(wish.practitioner).may_be_absent(call.span);
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
    let wish = &insertion.wish;
    let parties = [wish.client, wish.practitioner];
    let engagements =
        parties.map(|person| world.engagement(person, wish.period(), call.span, Some(insertion.session)));
    let absent = |person| world.lives.person(person).may_be_absent(call.span);
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
                engagements.iter().any(|(may, _)| *may) || absent(wish.practitioner),
                "the time was free",
            ),
            FOREIGN_KEY_VIOLATION => expect(parties.into_iter().any(absent), "both parties are there"),
            // The row of its own first attempt, or the time that it takes.
            UNIQUE_VIOLATION => expect(call.was_repeated(), "its id was used before"),
            _ => Err("nobody expects this fault".into()),
        },
        _ => Err("no answer to an insertion".into()),
    }
}

/// Everything that may turn a booking down, in the order of the contract.
fn rules(span: Span, wish: &Wish, own: Option<uuid::Uuid>, world: &World<'_>) -> Vec<Rule> {
    let client = world.lives.person(wish.client);
    let practitioner = world.lives.person(wish.practitioner);
    let (slot_may, slot_must) = world.engagement(wish.practitioner, wish.period(), span, own);
    let (client_may, client_must) = world.engagement(wish.client, wish.period(), span, own);
    let balances = world.balances(wish.client, span);
    let too_little = |(balance, _): &(i32, i32)| *balance < wish.cost();
    let (reused_may, reused_must) = key_reused(span, wish, world);
    let rule = |code, may_hold, must_hold| Rule {
        code,
        may_hold,
        must_hold,
    };
    vec![
        rule("IDEMPOTENCY_KEY_REUSED", reused_may, reused_must),
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
        rule("SLOT_CONFLICT", slot_may, slot_must),
        rule("CLIENT_CONFLICT", client_may, client_must),
        rule(
            "INSUFFICIENT_CREDITS",
            balances.iter().any(too_little),
            balances.iter().all(too_little),
        ),
    ]
}

/// Whether another wish of the client had taken the key.
fn key_reused(span: Span, wish: &Wish, world: &World<'_>) -> (bool, bool) {
    let Some(key) = &wish.key else {
        return (false, false);
    };
    let others = world.lives.by_key.get(&(wish.client, key.as_str()));
    let mut charges = others
        .into_iter()
        .flatten()
        .filter(|label| **label != wish.label)
        .filter_map(|label| world.lives.sessions[world.lives.by_label.get(label)?].charge)
        .peekable();
    let is_there = !world.lives.person(wish.client).may_be_absent(span);
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
fn check_details(refused: &Refused, wish: &Wish) -> Result<(), String> {
    let knows_cost = [
        "SLOT_CONFLICT",
        "CLIENT_CONFLICT",
        "INSUFFICIENT_CREDITS",
        "PARTICIPANT_MISMATCH",
        "ALREADY_CANCELLED",
    ]
    .contains(&refused.code.as_str());
    expect(
        refused.cost == knows_cost.then(|| wish.cost()),
        &format!("it costs {}", wish.cost()),
    )
}

/// What was said to be available was so at that time, and too little.
fn check_available(refused: &Refused, wish: &Wish, span: Span, world: &World<'_>) -> Result<(), String> {
    if refused.code != "INSUFFICIENT_CREDITS" {
        return Ok(());
    }
    let cost = i64::from(wish.cost());
    let (Some(required), Some(available)) = (refused.required, refused.available) else {
        return Err("no details".into());
    };
    let had = world.balances(wish.client, span);
    let is_true = had.iter().any(|(balance, _)| i64::from(*balance) == available);
    expect(
        is_true && required == cost && available < cost,
        "the details are wrong",
    )
}
