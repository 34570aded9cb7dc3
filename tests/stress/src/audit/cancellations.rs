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
        Caller::Person(person) => percent_for(person, session.wanted),
        _ => 100,
    };
    // A charge may come after: then there is nothing to charge any more.
    let refunded = session.refund().unwrap_or(0);
    let is_told = told.session == session.id
        && told.percent == percent
        && told.was_charged == session.charge.is_some()
        && told.refunded == refunded;
    expect(is_told, &format!("{percent} % are {refunded} credits"))?;
    let had = |person| world.balances(person, call.span);
    match (world.ledger.refund(session.id), world.ledger.reversal(session.id)) {
        (Some(refund), Some(reversal)) => expect(
            told.client_balance == refund.after.balance
                && told.practitioner_balance == reversal.after.balance
                && told.practitioner_owes == reversal.after.owed,
            "the ledger says otherwise",
        ),
        _ => expect(
            had(session.wanted.client)
                .iter()
                .any(|(balance, _)| *balance == told.client_balance)
                && had(session.wanted.practitioner)
                    .contains(&(told.practitioner_balance, told.practitioner_owes)),
            "they never had that then",
        ),
    }
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
    let rules = [
        Rule {
            code: "ALREADY_CANCELLED",
            may_hold: was_cancelled && may,
            must_hold: was_cancelled && must,
        },
        Rule {
            code: "NOT_CANCELLABLE",
            may_hold: !was_cancelled && may,
            must_hold: !was_cancelled && must,
        },
    ];
    weigh(&rules, Some(&refused.code))?;
    if refused.code == "ALREADY_CANCELLED" {
        let refunded = i64::from(session.refund().unwrap_or(0));
        let left = |person| world.lives.person(person).left.is_some();
        // Whose entries they were may be forgotten with a party.
        let is_known = refused.refunded_before == Some(refunded) || left(session.wanted.client);
        return expect(is_known, &format!("{refunded} credits went back then"));
    }
    Ok(())
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
    let is_unpaid = matches!(call.request.operation, Operation::Complete { .. })
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
                may_be_over || may_not_be_there || is_stranger || is_unpaid,
                "there was something to change",
            )
        }
        _ => Err("a plain change failed".into()),
    }
}
