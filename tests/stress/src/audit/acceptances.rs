//! Replies to who accepts a request.

use uuid::Uuid;

use super::bookings::{check_repeated, of_people, of_time};
use super::replies::{Rule, World, check_party, expect, weigh};
use super::sessions::Session;
use crate::answer::{Answer, Kind};
use crate::history::Call;
use crate::operation::{Caller, Settlement};

pub fn check(call: &Call, id: Uuid, world: &World<'_>) -> Result<(), String> {
    let session = world
        .lives
        .sessions
        .get(&id)
        .ok_or("of a session that nobody made")?;
    if let Some(verdict) = check_practitioner(call, session, world) {
        return verdict;
    }
    match &call.answer {
        Answer::Booked(told) if told.replayed => {
            let charge = session.charge.ok_or("nobody had accepted it")?;
            expect(charge.span.may_precede(call.span), "before it was accepted")?;
            check_repeated(call, told, session, charge, world)
        }
        Answer::Booked(told) => {
            let kind = match Settlement::of_acceptance(id) {
                Settlement::Booking => Kind::Paid,
                Settlement::Completion => Kind::Held,
            };
            expect(told.kind == kind, &format!("its credits are {kind:?}"))?;
            weigh(&rules(call, session, world), None)
        }
        Answer::Refused(refused) => weigh(&rules(call, session, world), Some(&refused.code)),
        _ => Err("no answer to an acceptance".into()),
    }
}

/// What only the practitioner of a session may do, and the application for her.
pub fn check_practitioner(
    call: &Call,
    session: &Session<'_>,
    world: &World<'_>,
) -> Option<Result<(), String>> {
    if call.request.caller != Caller::Person(session.wanted.client) {
        return check_party(call, session, world);
    }
    let is_turned_away = matches!(&call.answer, Answer::Fault { sqlstate, .. } if sqlstate == "42501");
    Some(expect(is_turned_away, "she is its client"))
}

/// Everything that may turn it down, in the order of the contract.
fn rules(call: &Call, session: &Session<'_>, world: &World<'_>) -> Vec<Rule> {
    let span = call.span;
    let ending = session.ending.filter(|_| session.was_cancelled());
    let mut rules = vec![
        Rule {
            code: "NOT_A_REQUEST",
            may_hold: session.request.is_none(),
            must_hold: session.request.is_none(),
        },
        Rule {
            code: "REQUEST_CLOSED",
            may_hold: ending.is_some_and(|ending| ending.span.may_precede(span)),
            must_hold: ending.is_some_and(|ending| ending.span.precedes(span)),
        },
        Rule {
            code: "REQUEST_EXPIRED",
            may_hold: session.lapse.is_some_and(|lapse| lapse.may_precede(span)),
            must_hold: session.lapse.is_some_and(|lapse| lapse.precedes(span)),
        },
    ];
    rules.extend(of_people(span, session.wanted, world));
    rules.extend(of_time(
        span,
        session.wanted,
        session.wanted.period(),
        Some(session.id),
        world,
    ));
    rules
}
