//! Replies to who says what became of a session that has had its time, or decides it.

use uuid::Uuid;

use super::acceptances::check_practitioner;
use super::cancellations::may_lack_party;
use super::replies::{World, check_party, expect};
use super::sessions::Session;
use crate::answer::{Answer, Refused, Settled};
use crate::history::{Call, Span};
use crate::operation::{MINUTES_PER_DAY, Operation};
use crate::statements::SETTLE_AFTER_HOURS;

/// The run's first day is a week ahead, and the run is over in less than one.
const LATEST_NOW: i32 = -6 * MINUTES_PER_DAY;

pub fn check(call: &Call, id: Uuid, world: &World<'_>) -> Result<(), String> {
    let session = world
        .lives
        .sessions
        .get(&id)
        .ok_or("of a session that nobody made")?;
    let verdict = match call.request.operation {
        Operation::Complete { .. } => check_practitioner(call, session, world),
        Operation::ReportNoShow { .. } => check_party(call, session, world),
        _ => None,
    };
    if let Some(verdict) = verdict {
        return verdict;
    }
    match &call.answer {
        Answer::Settled(told) if told.replayed => check_repeated(call, session, told),
        Answer::Settled(told) => check_success(call, session, told, world),
        Answer::Refused(refused) => check_refusal(call, session, refused, world),
        _ => Err("no answer to a settlement".into()),
    }
}

/// How the session ended and what followed, its life tells; here it is asked what was told of it.
fn check_success(
    call: &Call,
    session: &Session<'_>,
    told: &Settled,
    world: &World<'_>,
) -> Result<(), String> {
    let has_begun = session
        .took_place()
        .is_some_and(|began| began.may_precede(call.span));
    expect(has_begun, "it had not begun")?;
    let is_settled = session.verdict.is_some_and(|verdict| verdict.span == call.span);
    let returned = session.returned().filter(|_| is_settled).unwrap_or(0);
    let was_held = session.charge.is_some_and(|charge| charge.is_held);
    let settled = if is_settled && was_held {
        session.cost() - returned
    } else {
        0
    };
    let right = Settled {
        session: session.id,
        cost: session.cost(),
        settled,
        returned,
        ..*told
    };
    expect(*told == right, &format!("it is {right:?}"))?;
    let had = |person| world.standings(person, call.span);
    let has_client = had(session.wanted.client)
        .iter()
        .any(|standing| (standing.balance, standing.held) == (told.client_balance, told.client_held));
    let has_practitioner = had(session.wanted.practitioner).iter().any(|standing| {
        (standing.balance, standing.owed) == (told.practitioner_balance, told.practitioner_owes)
    });
    expect(
        has_client && has_practitioner,
        &format!(
            "they never had that then; possible are {:?} and {:?}",
            had(session.wanted.client),
            had(session.wanted.practitioner)
        ),
    )
}

/// It had been said before.
fn check_repeated(call: &Call, session: &Session<'_>, told: &Settled) -> Result<(), String> {
    let ending = session.ending.ok_or("nobody had said it")?;
    expect(
        ending.span.may_precede(call.span) && told.session == session.id && told.cost == session.cost(),
        "nobody had said it then",
    )
}

fn check_refusal(
    call: &Call,
    session: &Session<'_>,
    refused: &Refused,
    world: &World<'_>,
) -> Result<(), String> {
    let span = call.span;
    let may_be_over = session.ending.is_some_and(|ending| ending.span.may_precede(span))
        || session.lapse.is_some_and(|lapse| lapse.may_precede(span));
    let may_be_unpaid = session.charge.is_none_or(|charge| span.may_precede(charge.span));
    let may_lack_party = may_lack_party(session, call, world);
    let may_not_have_begun = session.took_place().is_none_or(|began| span.may_precede(began));
    let may_be_undisputed = session.dispute.is_none_or(|dispute| span.may_precede(dispute))
        || session
            .verdict
            .is_some_and(|verdict| verdict.span.may_precede(span));
    let is_explained = match (&call.request.operation, refused.code.as_str()) {
        (Operation::Complete { .. }, "NOT_COMPLETABLE")
        | (Operation::ReportNoShow { .. }, "NOT_REPORTABLE") => {
            may_be_over || may_be_unpaid || may_lack_party
        }
        (Operation::Complete { .. } | Operation::ReportNoShow { .. }, "SESSION_NOT_BEGUN") => {
            may_not_have_begun
        }
        (Operation::ResolveDispute { .. }, "NOT_DISPUTED") => may_be_undisputed || may_lack_party,
        (_, code) => return Err(format!("nobody expects {code} here")),
    };
    expect(is_explained, "no order of the operations explains it")
}

/// Nothing is settled before it is due.
pub fn check_job(call: &Call, world: &World<'_>) -> Result<(), String> {
    let Answer::Changed { settled, .. } = &call.answer else {
        return Err("it failed".into());
    };
    let is_due = |id: &Uuid| {
        let session = world.lives.sessions.get(id);
        session.is_some_and(|session| session.is_reported_by_client() || is_long_over(session, call.span))
    };
    expect(settled.iter().all(is_due), "it settled what was not due")
}

fn is_long_over(session: &Session<'_>, span: Span) -> bool {
    let due = session.last_stay().period.end + 60 * SETTLE_AFTER_HOURS;
    session.took_place().is_some_and(|began| began.may_precede(span)) && due <= LATEST_NOW
}
