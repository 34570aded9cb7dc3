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
    let status = match session.ending.map(|ending| ending.how) {
        None => "scheduled",
        Some(How::Completed) => "completed",
        Some(_) => "cancelled",
    };
    let payment_status = match (session.charge.is_some(), session.refund()) {
        (false, _) => "pending",
        (true, None) => "paid",
        (true, Some(refund)) if refund == session.cost() => "refunded",
        (true, Some(_)) => "partially_refunded",
    };
    let stay = session.last_stay();
    let expected = SessionRow {
        client: there(wanted.client),
        practitioner: there(wanted.practitioner),
        local: Period {
            start: stay.local_start,
            end: stay.local_start + wanted.duration(),
        },
        status: status.to_owned(),
        payment_status: payment_status.to_owned(),
        cost: session.charge.map(|_| session.cost()),
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
        occupied: session.ending.is_none().then_some(stay.period),
    };
    findings.expect(*row == expected, || {
        format!("session {} is {row:?} instead of {expected:?}", session.id)
    });
}
