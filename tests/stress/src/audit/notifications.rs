//! Notifications, one for one: four for a booking that is paid, two for one that is held, and what follows from what became
//! of a session.

use std::collections::HashMap;

use uuid::Uuid;

use super::Findings;
use super::ledger::{EARNING, Ledger, PAYMENT};
use super::lives::Lives;
use super::pairs;
use super::sessions::{Ending, How, Session};
use super::snapshot::{Notice, Snapshot};
use crate::disturbance::Allowances;
use crate::history::Span;
use crate::operation::Caller;

const CANCELLED: &str = "peer_booking_cancelled_refunded";
const MOVED: &str = "peer_booking_rescheduled";

/// What somebody has to be told.
struct Due {
    recipient: Uuid,
    kind: &'static str,
    credits: i32,
    /// When; and what she had then, where an entry of the ledger says it.
    span: Span,
    balance: Option<i32>,
}

pub fn audit(
    snapshot: &Snapshot,
    lives: &Lives<'_>,
    ledger: &Ledger<'_>,
    allowances: &Allowances,
    findings: &mut Findings,
) {
    let mut due: HashMap<Uuid, Vec<Due>> = HashMap::new();
    for session in lives.sessions.values() {
        let mut dues = due_for(session, ledger);
        // Whoever leaves is told nothing more.
        dues.retain(|due| lives.person(due.recipient).left != Some(due.span));
        due.insert(session.id, dues);
    }
    let mut told: HashMap<Uuid, Vec<&Notice>> = HashMap::new();
    for notice in &snapshot.notices {
        told.entry(notice.session).or_default().push(notice);
        due.entry(notice.session).or_default();
    }
    for (session, dues) in due {
        let told = told.remove(&session).unwrap_or_default();
        let (alone, missing) = pairs::left_over(&told, &dues, |notice, due| is_told(due, notice, ledger));
        for place in alone {
            findings.add(format_args!("told too often, or wrong: {:?}", told[place]));
        }
        let missing = missing.into_iter().map(|place| &dues[place]);
        for due in missing.filter(|due| !allowances.may_lose_notifications(due.span)) {
            add_missing(session, due, lives, findings);
        }
    }
}

fn add_missing(session: Uuid, due: &Due, lives: &Lives<'_>, findings: &mut Findings) {
    let Due {
        recipient,
        kind,
        credits,
        ..
    } = due;
    let life = lives.sessions.get(&session);
    let ending = life.and_then(|session| session.ending).map(|ending| ending.how);
    let verdict = life.and_then(|session| session.verdict);
    findings.add(format_args!(
        "missing: {kind} of {credits} to {recipient} about session {session} (ended {ending:?}, {verdict:?})"
    ));
}

fn is_told(due: &Due, notice: &Notice, ledger: &Ledger<'_>) -> bool {
    notice.recipient == Some(due.recipient)
        && notice.kind == due.kind
        && notice.credits == due.credits
        && match due.balance {
            Some(balance) => notice.balance_after == balance,
            None => ledger.may_have_had(due.recipient, notice.balance_after, due.span),
        }
}

fn due_for(session: &Session<'_>, ledger: &Ledger<'_>) -> Vec<Due> {
    let mut due = Vec::new();
    if let Some(request) = session.request {
        let practitioner = session.wanted.practitioner;
        due.push(told(
            practitioner,
            "peer_booking_requested",
            session.cost(),
            request.span,
        ));
    }
    due.extend(of_charge(session, ledger));
    for span in session.moved() {
        due.extend(to_both(session, MOVED, session.cost(), span));
    }
    due.extend(
        session
            .ending
            .iter()
            .flat_map(|ending| of_ending(session, ending)),
    );
    if session.ending.is_none() && session.lapse.is_some() {
        let expired = session.verdict.iter();
        due.extend(
            expired
                .flat_map(|verdict| to_both(session, "peer_booking_expired", session.cost(), verdict.span)),
        );
    }
    if let Some(span) = session.dispute {
        let kept = session.cost();
        due.extend(to_both(session, "peer_session_disputed", kept, span));
    }
    due.extend(of_verdict(session));
    due
}

fn told(recipient: Uuid, kind: &'static str, credits: i32, span: Span) -> Due {
    Due {
        recipient,
        kind,
        credits,
        span,
        balance: None,
    }
}

fn to_both(session: &Session<'_>, kind: &'static str, credits: i32, span: Span) -> [Due; 2] {
    [session.wanted.client, session.wanted.practitioner].map(|person| told(person, kind, credits, span))
}

fn of_charge(session: &Session<'_>, ledger: &Ledger<'_>) -> Vec<Due> {
    let Some(charge) = session.charge else {
        return Vec::new();
    };
    let (client, practitioner, cost) = (session.wanted.client, session.wanted.practitioner, session.cost());
    let mut due = vec![
        told(client, "peer_booking_confirmed_client", cost, charge.span),
        told(
            practitioner,
            "peer_booking_confirmed_practitioner",
            cost,
            charge.span,
        ),
    ];
    if !charge.is_held {
        due.push(told(client, "peer_credits_deducted", cost, charge.span));
        due.push(told(practitioner, "peer_credits_earned", cost, charge.span));
        for due in &mut due {
            let kind = if due.recipient == client { PAYMENT } else { EARNING };
            due.balance = ledger.entry(session.id, kind).map(|entry| entry.after.balance);
        }
    }
    due
}

fn of_ending(session: &Session<'_>, ending: &Ending<'_>) -> Vec<Due> {
    if !session.has_credits() {
        return Vec::new();
    }
    let returned = session.returned().unwrap_or(0);
    let Ending { span, how } = *ending;
    match how {
        How::Completed if session.charge.is_some_and(|charge| charge.is_held) => {
            to_both(session, "peer_session_settled", session.cost(), span).into()
        }
        How::Completed => Vec::new(),
        How::Missed { by_client } => {
            let kept = if by_client {
                session.cost()
            } else {
                session.cost() - returned
            };
            to_both(session, "peer_session_no_show", kept, span).into()
        }
        How::Refunded {
            by: Caller::Person(person),
            ..
        } if session.is_request() => {
            let (client, practitioner) = (session.wanted.client, session.wanted.practitioner);
            vec![match person == practitioner {
                true => told(client, "peer_booking_declined", returned, span),
                false => told(practitioner, "peer_booking_withdrawn", returned, span),
            }]
        }
        // Credits that stayed where they were.
        _ if session.verdict.is_none() => Vec::new(),
        _ => to_both(session, CANCELLED, returned, span).into(),
    }
}

/// Of a report that stood or of a decision on a dispute.
fn of_verdict(session: &Session<'_>) -> Vec<Due> {
    let (Some(verdict), Some(returned)) = (session.verdict, session.returned()) else {
        return Vec::new();
    };
    match session.is_reported_by_client() {
        true => to_both(
            session,
            "peer_session_settled",
            session.cost() - returned,
            verdict.span,
        )
        .into(),
        false => Vec::new(),
    }
}
