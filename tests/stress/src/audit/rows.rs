//! The rows of sessions and of people, one by one.

use super::Findings;
use super::lives::Lives;
use super::sessions::{How, Session};
use super::snapshot::{SessionRow, Snapshot};
use crate::disturbance::{Allowances, Mirror};
use crate::operation::{Caller, Period};

pub fn audit(snapshot: &Snapshot, lives: &Lives<'_>, allowances: &Allowances, findings: &mut Findings) {
    for (id, session) in &lives.sessions {
        match snapshot.sessions.get(id) {
            Some(row) => check(session, row, lives, findings),
            None => findings.add(format_args!("session {id} of {:?} is lost", session.wanted)),
        }
    }
    for (id, row) in &snapshot.sessions {
        let is_known = lives.sessions.contains_key(id) || allowances.mirrors.contains_key(id);
        findings.expect(is_known, || format!("nobody was told of session {id}: {row:?}"));
    }
    for (id, mirror) in &allowances.mirrors {
        match snapshot.sessions.get(id) {
            Some(row) => check_mirror(mirror, row, findings),
            None => findings.add(format_args!("{id} is lost: {mirror:?}")),
        }
    }
    for (id, person) in &lives.people {
        let is_there = snapshot.people.contains_key(id);
        findings.expect(is_there == person.left.is_none(), || {
            format!("{id} is there: {is_there}")
        });
    }
    for id in snapshot.people.keys() {
        findings.expect(lives.people.contains_key(id), || format!("nobody knows {id}"));
    }
}

/// An ordinary session takes its practitioner's time like any other, whoever has inserted it.
fn check_mirror(mirror: &Mirror, row: &SessionRow, findings: &mut Findings) {
    let expected = SessionRow {
        practitioner: Some(mirror.practitioner),
        local: mirror.local,
        occupied: Some(mirror.period),
        ..row.clone()
    };
    // It may outlive its practitioner.
    findings.expect(row.practitioner.is_none() || *row == expected, || {
        format!("{row:?} is not {mirror:?}")
    });
}

fn check(session: &Session<'_>, row: &SessionRow, lives: &Lives<'_>, findings: &mut Findings) {
    let wanted = session.wanted;
    let there = |person| lives.person(person).left.is_none().then_some(person);
    let payment_status = match (session.has_credits(), session.returned(), session.verdict) {
        (false, ..) => "pending",
        (true, None, _) if session.held().is_some() => "held",
        (true, None | Some(0), _) => "paid",
        (true, Some(_), Some(verdict)) if verdict.client_percent == 100 => "refunded",
        (true, Some(_), _) => "partially_refunded",
    };
    let stay = session.last_stay();
    let expected = SessionRow {
        client: there(wanted.client),
        practitioner: there(wanted.practitioner),
        local: Period {
            start: stay.local_start,
            end: stay.local_start + wanted.duration(),
        },
        status: status(session, row).to_owned(),
        payment_status: payment_status.to_owned(),
        held: session.held(),
        is_accepted: session.request.is_some() && session.charge.is_some(),
        is_lapsed: session.lapse.is_some(),
        is_disputed: session.dispute.is_some(),
        cost: session.has_credits().then(|| session.cost()),
        notes: Some(wanted.label.clone()),
        // The older flow's sessions have none.
        key: wanted.key.clone(),
        reason: session
            .ending
            .and_then(|ending| ending.how.reason().map(str::to_owned)),
        cancelled_by: match session.ending.and_then(|ending| ending.how.caller()) {
            Some(Caller::Person(person)) => Some(person),
            _ => None,
        },
        is_peer: true,
        occupied: match session.freed() {
            // What has begun outlives its practitioner, but takes nobody's time.
            None if there(wanted.practitioner).is_none() => row.occupied,
            None => Some(stay.period),
            // Until somebody wants its time.
            Some(_) if row.status == "pending_approval" => row.occupied,
            Some(_) => None,
        },
        ..row.clone()
    };
    findings.expect(*row == expected, || {
        format!("session {} is {row:?} instead of {expected:?}", session.id)
    });
}

fn status(session: &Session<'_>, row: &SessionRow) -> &'static str {
    let how = session.ending.map(|ending| ending.how);
    match how {
        // Told so as soon as somebody wants its time or its credits, or tidies up.
        None if session.lapse.is_some() && (row.status == "expired" || session.verdict.is_some()) => {
            "expired"
        }
        None if session.is_request() => "pending_approval",
        None => "scheduled",
        Some(How::Completed) => "completed",
        Some(How::Missed { .. }) => match (session.dispute, session.returned()) {
            (None, _) => "no_show",
            (Some(_), None) => "disputed",
            (Some(_), Some(returned)) if returned < session.cost() => "completed",
            (Some(_), Some(_)) => "no_show",
        },
        Some(How::Refunded {
            by: Caller::Person(person),
            ..
        }) if session.is_request() && person == session.wanted.practitioner => "declined",
        Some(_) => "cancelled",
    }
}
