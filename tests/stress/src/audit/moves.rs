//! Replies to moves.

use super::bookings::{of_people, of_time};
use super::replies::{Rule, World, check_party, expect, weigh};
use super::sessions::{Session, percent_for};
use crate::answer::{Answer, Moved};
use crate::history::Call;
use crate::operation::{Caller, Relocation};

pub fn check_move(call: &Call, wanted: &Relocation, world: &World<'_>) -> Result<(), String> {
    let session = world
        .lives
        .sessions
        .get(&wanted.session)
        .ok_or("of a session that nobody made")?;
    if let Some(verdict) = check_party(call, session, world) {
        return verdict;
    }
    match &call.answer {
        Answer::Moved(told) => check_success(call, wanted, session, told, world),
        Answer::Refused(refused) => weigh(&rules(call, wanted, session, world), Some(&refused.code)),
        Answer::Fault { sqlstate, .. } if sqlstate == "23P01" => {
            let period = session.wanted.period_from(wanted.start());
            expect(
                world.may_meet_expired_request(session.wanted, period, call.span),
                "the time was free",
            )
        }
        _ => Err("no answer to a move".into()),
    }
}

fn check_success(
    call: &Call,
    wanted: &Relocation,
    session: &Session<'_>,
    told: &Moved,
    world: &World<'_>,
) -> Result<(), String> {
    let right = Moved {
        session: session.id,
        from: told.from,
        to: wanted.start(),
        duration: session.wanted.duration(),
        cost: session.cost(),
        replayed: told.replayed && call.was_repeated(),
    };
    expect(*told == right, &format!("it is {right:?}"))?;
    let mut rules = rules(call, wanted, session, world);
    if told.from == told.to || told.replayed {
        // Where it is already, nobody asks whether it may go there; and what is told again was decided before.
        rules.truncate(if told.replayed { 0 } else { STATE_RULES });
    }
    weigh(&rules, None)
}

/// How many rules speak of the session as it is.
const STATE_RULES: usize = 2;

/// Everything that may turn a move down, in the order of the contract.
fn rules(call: &Call, wanted: &Relocation, session: &Session<'_>, world: &World<'_>) -> Vec<Rule> {
    let span = call.span;
    let ending = session.ending.filter(|_| session.was_cancelled());
    let completion = session.ending.filter(|_| !session.was_cancelled());
    // The policies of the run give no session back in full: the client moves none of them, the practitioner to no time.
    let is_too_late = percent_for(session.wanted.client, session.wanted) < 100;
    let too_late_for = |party| {
        let is_hers = call.request.caller == Caller::Person(party);
        (is_hers && is_too_late).then_some(Rule {
            code: "RESCHEDULE_TOO_LATE",
            may_hold: true,
            must_hold: true,
        })
    };
    let mut rules = vec![
        Rule {
            code: "ALREADY_CANCELLED",
            may_hold: ending.is_some_and(|ending| ending.span.may_precede(span)),
            // One that was declined is told of as such.
            must_hold: ending.is_some_and(|ending| !session.is_request() && ending.span.precedes(span)),
        },
        Rule {
            code: "NOT_RESCHEDULABLE",
            may_hold: completion.is_some_and(|ending| ending.span.may_precede(span))
                || ending.is_some_and(|ending| session.is_request() && ending.span.may_precede(span))
                || session.lapse.is_some_and(|lapse| lapse.may_precede(span))
                || session.took_place().is_some_and(|began| began.may_precede(span))
                || session.charge.is_none_or(|charge| span.may_precede(charge.span)),
            must_hold: completion.is_some_and(|ending| ending.span.precedes(span))
                || session.took_place().is_some_and(|began| began.precedes(span))
                || session.charge.is_none_or(|charge| span.precedes(charge.span)),
        },
    ];
    rules.extend(too_late_for(session.wanted.client));
    rules.extend(of_people(span, session.wanted, world));
    let period = session.wanted.period_from(wanted.start());
    rules.extend(of_time(span, session.wanted, period, Some(session.id), world));
    rules.extend(too_late_for(session.wanted.practitioner));
    rules
}
