//! Notifications, one for one: four for a booking, two for a move and for the cancellation of one that was paid.

use std::collections::HashMap;

use uuid::Uuid;

use super::Findings;
use super::ledger::Ledger;
use super::lives::Lives;
use super::sessions::{How, Session};
use super::snapshot::{Notice, Snapshot};
use crate::disturbance::Allowances;
use crate::history::Span;

const CANCELLED: &str = "peer_booking_cancelled_refunded";
const MOVED: &str = "peer_booking_rescheduled";

pub fn audit(
    snapshot: &Snapshot,
    lives: &Lives<'_>,
    ledger: &Ledger<'_>,
    allowances: &Allowances,
    findings: &mut Findings,
) {
    let mut due: HashMap<Notice, i32> = HashMap::new();
    for session in lives.sessions.values() {
        for notice in due_for(session, ledger) {
            *due.entry(notice).or_default() += 1;
        }
    }
    for notice in &snapshot.notices {
        let told = match notice.kind.as_str() {
            MOVED => told_of_move(notice, lives, ledger, findings),
            _ => notice.clone(),
        };
        *due.entry(told).or_default() -= 1;
    }
    for (notice, missing) in due {
        let may_be_missing = || {
            lives
                .sessions
                .get(&notice.session)
                .is_some_and(|session| may_lose(session, &notice, allowances))
        };
        findings.expect(missing <= 0 || may_be_missing(), || {
            format!("{missing} times missing: {notice:?}")
        });
        findings.expect(missing >= 0, || {
            format!("{} times too many: {notice:?}", -missing)
        });
    }
}

/// A move changes no balance; which one was told depends on when it was. Once it was a possible one, it counts for nothing.
fn told_of_move(notice: &Notice, lives: &Lives<'_>, ledger: &Ledger<'_>, findings: &mut Findings) -> Notice {
    let moves = lives.sessions.get(&notice.session).into_iter();
    let mut moments = moves.flat_map(|session| session.stays().skip(1).map(|stay| stay.began));
    let balances = notice.recipient.and_then(|person| ledger.balances.get(&person));
    let had = |span| match balances {
        Some(balances) => balances
            .possible(span)
            .any(|standing| standing.balance == notice.balance_after),
        None => notice.balance_after == 0,
    };
    findings.expect(moments.any(had), || format!("nobody ever had that then: {notice:?}"));
    Notice {
        balance_after: 0,
        ..notice.clone()
    }
}

/// Whether the application may have suppressed it when it was due.
fn may_lose(session: &Session<'_>, notice: &Notice, allowances: &Allowances) -> bool {
    let due: Vec<Span> = match notice.kind.as_str() {
        CANCELLED => session.ending.iter().map(|ending| ending.span).collect(),
        MOVED => session.stays().skip(1).map(|stay| stay.began).collect(),
        _ => session.charge.iter().map(|charge| charge.span).collect(),
    };
    due.into_iter().any(|span| allowances.may_lose_notifications(span))
}

fn due_for(session: &Session<'_>, ledger: &Ledger<'_>) -> Vec<Notice> {
    let (Some(payment), Some(earning)) = (ledger.payment(session.id), ledger.earning(session.id)) else {
        return Vec::new();
    };
    let (client, practitioner) = (session.wanted.client, session.wanted.practitioner);
    let notice = |recipient: Uuid, kind: &str, credits, balance_after| Notice {
        recipient: Some(recipient),
        kind: kind.to_owned(),
        session: session.id,
        credits,
        balance_after,
    };
    let (paid, had, earned) = (payment.amount, payment.after.balance, earning.after.balance);
    let mut due = vec![
        notice(client, "peer_booking_confirmed_client", paid, had),
        notice(client, "peer_credits_deducted", paid, had),
        notice(practitioner, "peer_booking_confirmed_practitioner", paid, earned),
        notice(practitioner, "peer_credits_earned", paid, earned),
    ];
    for _ in session.stays().skip(1) {
        due.extend([client, practitioner].map(|person| notice(person, MOVED, paid, 0)));
    }
    if let (Some(refund), Some(reversal)) = (ledger.refund(session.id), ledger.reversal(session.id)) {
        let departing = match session.ending.map(|ending| ending.how) {
            Some(How::Departure {
                who,
                left_for_good: true,
            }) => Some(who),
            _ => None,
        };
        for (person, entry) in [(client, refund), (practitioner, reversal)] {
            // Whoever leaves is told nothing more.
            if departing != Some(person) {
                due.push(notice(person, CANCELLED, refund.amount, entry.after.balance));
            }
        }
    }
    due
}
