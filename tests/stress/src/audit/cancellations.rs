//! Replies to refunds, and to sessions changed directly.

use uuid::Uuid;

use super::replies::{Rule, World, check_party, expect, weigh};
use super::sessions::{How, Session, percent_for};
use crate::answer::{Answer, Cancelled, Refused};
use crate::history::Call;
use crate::operation::{Caller, Operation};

pub fn check_refund(call: &Call, id: Uuid, world: &World<'_>) -> Result<(), String> {
    let session = world
        .lives
        .sessions
        .get(&id)
        .ok_or("of a session that nobody made")?;
    if let Some(verdict) = check_party(call, session, world) {
        return verdict;
    }
    match &call.answer {
        Answer::Cancelled(cancelled) => check_success(call, session, cancelled, world),
        Answer::Refused(refused) => check_refusal(call, session, refused, world),
        _ => Err("no answer to a refund".into()),
    }
}

fn check_success(
    call: &Call,
    session: &Session<'_>,
    told: &Cancelled,
    world: &World<'_>,
) -> Result<(), String> {
    let is_its_own = matches!(
        (&call.request.operation, session.ending.map(|ending| ending.how)),
        (Operation::Refund { label, .. }, Some(How::Refunded { label: by, reply: Some(_), .. })) if label == by
    );
    expect(is_its_own, "another call has cancelled it")?;
    expect(session.began.may_precede(call.span), "before it was made")?;
    let percent = match call.request.caller {
        Caller::Person(person) if !session.is_request() => percent_for(person, session.wanted),
        _ => 100,
    };
    // A charge may come after: then there is nothing to charge any more.
    let refunded = session.returned().unwrap_or(0);
    let is_told = told.session == session.id
        && told.percent == percent
        && told.was_charged == session.has_credits()
        && told.refunded == refunded;
    expect(is_told, &format!("{percent} % are {refunded} credits"))?;
    let (client, practitioner) = world.after_verdict(session, call.span);
    let has_client = client
        .iter()
        .any(|standing| standing.balance == told.client_balance);
    let has_practitioner = practitioner.iter().any(|standing| {
        (standing.balance, standing.owed) == (told.practitioner_balance, told.practitioner_owes)
    });
    expect(has_client && has_practitioner, "they never had that then")
}

fn check_refusal(
    call: &Call,
    session: &Session<'_>,
    refused: &Refused,
    world: &World<'_>,
) -> Result<(), String> {
    let ending = session.ending;
    let (may, must) = ending.map_or((false, false), |ending| {
        (
            ending.span.may_precede(call.span),
            ending.span.precedes(call.span),
        )
    });
    let was_cancelled = session.was_cancelled();
    let is_over_for_client = call.request.caller == Caller::Person(session.wanted.client)
        && session
            .took_place()
            .is_some_and(|began| began.may_precede(call.span));
    let has_lost_party = session.took_place().is_some() && may_lack_party(session, call, world);
    let has_lapsed = session.lapse.is_some_and(|lapse| lapse.may_precede(call.span));
    let rules = [
        Rule {
            code: "ALREADY_CANCELLED",
            may_hold: was_cancelled && may,
            must_hold: was_cancelled && must,
        },
        Rule {
            code: "NOT_CANCELLABLE",
            may_hold: !was_cancelled && may || is_over_for_client || has_lapsed || has_lost_party,
            must_hold: !was_cancelled && must,
        },
    ];
    weigh(&rules, Some(&refused.code))?;
    if refused.code == "ALREADY_CANCELLED" {
        let refunded = i64::from(session.returned().unwrap_or(0));
        let left = |person| world.lives.person(person).left.is_some();
        // Whose entries they were may be forgotten with a party.
        let is_known = refused.refunded_before == Some(refunded) || left(session.wanted.client);
        return expect(is_known, &format!("{refunded} credits went back then"));
    }
    Ok(())
}

pub fn may_lack_party(session: &Session<'_>, call: &Call, world: &World<'_>) -> bool {
    let parties = [session.wanted.client, session.wanted.practitioner];
    parties
        .into_iter()
        .any(|person| world.lives.person(person).may_be_absent(call.span))
}

/// A plain UPDATE changes the session or finds nothing to change; which of the two, the other calls
/// have to bear out.
pub fn check_change(call: &Call, id: Uuid, world: &World<'_>) -> Result<(), String> {
    let session = world
        .lives
        .sessions
        .get(&id)
        .ok_or("of a session that nobody made")?;
    let is_stranger = match call.request.caller {
        Caller::Person(person) => {
            !session.involves(person) || world.lives.person(person).may_be_absent(call.span)
        }
        _ => false,
    };
    let may_wait = session.request.is_some()
        && session
            .charge
            .is_none_or(|charge| call.span.may_precede(charge.span));
    let is_unpaid = matches!(call.request.operation, Operation::CompleteDirectly { .. })
        && session
            .charge
            .is_none_or(|charge| call.span.may_precede(charge.span));
    match call.answer {
        Answer::Changed { rows: 1, .. } => {
            let must_have_left = match call.request.caller {
                Caller::Person(person) => !session.involves(person),
                _ => false,
            };
            expect(!must_have_left, "she is no party")
        }
        Answer::Changed { rows: 0, .. } => {
            let may_be_over = session
                .ending
                .is_some_and(|ending| ending.span.may_precede(call.span));
            let may_not_be_there = call.span.may_precede(session.began);
            expect(
                may_be_over || may_not_be_there || may_wait || is_stranger || is_unpaid,
                "there was something to change",
            )
        }
        // Who paid takes nothing back once it has begun, and nobody what one of the two has left.
        Answer::Fault { ref sqlstate, .. } if sqlstate == "23514" => {
            let is_client = call.request.caller == Caller::Person(session.wanted.client);
            let may_have_begun = session
                .took_place()
                .is_some_and(|began| began.may_precede(call.span));
            expect(
                may_have_begun && (is_client || may_lack_party(session, call, world)),
                "a plain change was refused",
            )
        }
        _ => Err("a plain change failed".into()),
    }
}
