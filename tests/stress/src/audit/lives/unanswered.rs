//! What was done though nobody was told so: an answer was lost, and the row says that it happened.

use uuid::Uuid;

use super::endings::is_by_client;
use super::{Lives, by_time};
use crate::audit::sessions::{Charge, Ending, How, Session, Verdict};
use crate::audit::snapshot::{SessionRow, Snapshot};
use crate::history::{Call, Span};
use crate::operation::{Operation, Settlement};

impl<'a> Lives<'a> {
    pub(super) fn accept_unanswered(&mut self, calls: &'a [Call], snapshot: &Snapshot) {
        for (session, row) in with_rows(&mut self.sessions, snapshot) {
            if !(session.is_request() && row.is_accepted) {
                continue;
            }
            let is_suspect = |operation: &Operation| matches!(operation, Operation::Accept { session: id } if *id == session.id);
            session.charge = suspected(calls, is_suspect).map(|span| Charge {
                span,
                receipt: None,
                is_held: Settlement::of_acceptance(session.id) == Settlement::Completion,
            });
        }
    }

    pub(super) fn relocate_unanswered(&mut self, calls: &'a [Call], snapshot: &Snapshot) {
        for (session, row) in with_rows(&mut self.sessions, snapshot) {
            if session.took_place().is_some() || row.local.start >= 0 {
                continue;
            }
            let is_suspect = |operation: &Operation| matches!(operation, Operation::LetTakePlace { session: id, .. } if *id == session.id);
            if let Some(span) = suspected(calls, is_suspect) {
                let from = session.last_stay().local_start;
                session
                    .moves
                    .push(by_time(session.id, from, row.local.start, span));
            }
        }
    }

    pub(super) fn end_unanswered(&mut self, calls: &'a [Call], snapshot: &Snapshot) {
        for (session, row) in with_rows(&mut self.sessions, snapshot) {
            if session.lapse.is_none() && row.is_lapsed {
                let is_suspect = |operation: &Operation| matches!(operation, Operation::LetExpire { session: id } if *id == session.id);
                session.lapse = suspected(calls, is_suspect);
            }
            if session.ending.is_none() {
                session.ending = lost_ending(session, row, calls);
            }
            if session.dispute.is_none() && row.is_disputed {
                session.dispute = suspected(calls, |operation| contradicts(operation, session.id));
            }
            if session.verdict.is_none() && row.is_settled {
                session.verdict = lost_verdict(session, calls);
            }
        }
    }
}

fn with_rows<'s, 'a>(
    sessions: &'s mut std::collections::HashMap<Uuid, Session<'a>>,
    snapshot: &'s Snapshot,
) -> impl Iterator<Item = (&'s mut Session<'a>, &'s SessionRow)> {
    let sessions = sessions.values_mut();
    sessions.filter_map(|session| {
        let row = snapshot.sessions.get(&session.id)?;
        Some((session, row))
    })
}

/// When one of the calls of a kind that were repeated may have done it at its first attempt.
fn suspected(calls: &[Call], is_suspect: impl Fn(&Operation) -> bool) -> Option<Span> {
    let suspects = calls
        .iter()
        .filter(|call| call.was_repeated() && is_suspect(&call.request.operation));
    suspects.map(|call| call.span).reduce(Span::hull)
}

fn contradicts(operation: &Operation, session: Uuid) -> bool {
    match operation {
        Operation::Complete { session: id } | Operation::ReportNoShow { session: id, .. } => *id == session,
        _ => false,
    }
}

fn lost_ending<'a>(session: &Session<'a>, row: &SessionRow, calls: &'a [Call]) -> Option<Ending<'a>> {
    if row.status == "scheduled" || row.status == "pending_approval" {
        return None;
    }
    let how = |call: &Call| match &call.request.operation {
        Operation::CompleteDirectly { session: id } | Operation::Complete { session: id }
            if *id == session.id && row.status == "completed" =>
        {
            Some(How::Completed)
        }
        Operation::ReportNoShow { session: id, label }
            if *id == session.id && row.report.as_deref() == Some(label) =>
        {
            Some(How::Missed {
                by_client: is_by_client(call, session.wanted.client),
            })
        }
        Operation::SettleDueSessions if row.status == "completed" => Some(How::Completed),
        Operation::CancelOrphans { .. } => Some(How::Orphaned),
        Operation::Delete(who) if session.involves(*who) && row.status == "completed" => Some(How::Completed),
        Operation::Deactivate(who) if session.involves(*who) => Some(How::Departure { left_for_good: false }),
        Operation::Delete(who) if session.involves(*who) => Some(How::Departure { left_for_good: true }),
        _ => None,
    };
    let reason = row.reason.as_deref();
    let suspects = calls
        .iter()
        .filter(|call| call.was_repeated() && session.began.may_precede(call.span));
    let mut endings = suspects.filter_map(|call| {
        let how = how(call).filter(|how| how.reason() == reason)?;
        Some(Ending { span: call.span, how })
    });
    let first = endings.next()?;
    Some(endings.fold(first, |ending, other| Ending {
        span: ending.span.hull(other.span),
        ..ending
    }))
}

/// Of a report that stood, or of a dispute.
fn lost_verdict(session: &Session<'_>, calls: &[Call]) -> Option<Verdict> {
    if !session.is_reported_by_client() {
        return None;
    }
    let percent = |call: &Call| match &call.request.operation {
        Operation::ResolveDispute {
            session: id,
            client_percent,
            ..
        } if *id == session.id => Some(*client_percent),
        Operation::SettleDueSessions if session.dispute.is_none() => Some(100),
        Operation::Delete(who) if session.involves(*who) => {
            let is_hers = session.dispute.is_some() && session.wanted.client == *who;
            Some(if is_hers { 0 } else { 100 })
        }
        _ => None,
    };
    let mut verdicts = calls
        .iter()
        .filter(|call| call.was_repeated())
        .filter_map(|call| {
            Some(Verdict {
                span: call.span,
                client_percent: percent(call)?,
            })
        });
    let first = verdicts.next()?;
    Some(verdicts.fold(first, |verdict, other| Verdict {
        span: verdict.span.hull(other.span),
        ..verdict
    }))
}
