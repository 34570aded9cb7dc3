//! How sessions ended, and who got their credits.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::Lives;
use crate::answer::{Answer, Ended, Settled};
use crate::audit::Findings;
use crate::audit::ledger::{self, REFUND, RELEASE};
use crate::audit::persons::Person;
use crate::audit::sessions::{Ending, How, Session, Verdict, cancellation};
use crate::audit::snapshot::{Entry, Snapshot};
use crate::history::{Call, Span};
use crate::operation::{Caller, Operation};
use crate::statements::NO_SHOW_PERCENT;

impl<'a> Lives<'a> {
    pub(super) fn end(&mut self, calls: &'a [Call], snapshot: &Snapshot, findings: &mut Findings) {
        for call in calls {
            self.end_by(call, snapshot, findings);
        }
        // What follows depends on how a session ended before.
        for call in calls {
            self.dispute(call, findings);
        }
        for call in calls {
            self.settle(call, findings);
        }
        self.end_unanswered(calls, snapshot);
        self.divide(snapshot);
        self.expire(calls, snapshot);
    }

    fn end_by(&mut self, call: &'a Call, snapshot: &Snapshot, findings: &mut Findings) {
        let by = call.request.caller;
        let row_reason = |id: Uuid| snapshot.sessions.get(&id).and_then(|row| row.reason.as_deref());
        match (&call.request.operation, &call.answer) {
            (Operation::Refund { session, label }, Answer::Cancelled(reply)) => {
                let reply = Some(*reply);
                self.end_session(call, *session, How::Refunded { by, label, reply }, findings);
            }
            (Operation::CancelDirectly { session, label }, Answer::Changed { rows: 1, .. }) => {
                self.end_session(call, *session, How::Directly { by, label }, findings);
            }
            (Operation::CompleteDirectly { session }, Answer::Changed { rows: 1, .. }) => {
                self.end_session(call, *session, How::Completed, findings);
            }
            (Operation::LetExpire { session }, Answer::Changed { rows: 1, .. }) => {
                if let Some(session) = self.sessions.get_mut(session) {
                    session.lapse = Some(call.span);
                }
            }
            (_, Answer::Settled(told)) if !told.replayed => self.end_told(call, told, findings),
            (Operation::Deactivate(_) | Operation::Delete(_), Answer::Changed { sessions, .. }) => {
                let left_for_good = matches!(call.request.operation, Operation::Delete(_));
                let how = How::Departure { left_for_good };
                for session in sessions {
                    self.end_session(call, *session, how, findings);
                }
            }
            (Operation::CancelOrphans { .. }, Answer::Changed { rows, sessions, .. }) => {
                findings.expect(*rows == sessions.len() as u64, || {
                    format!("{rows} orphans were counted and {} cancelled", sessions.len())
                });
                for session in sessions {
                    self.end_session(call, *session, How::Orphaned, findings);
                }
            }
            // Its own first attempt has done it.
            (operation, _) if call.was_repeated() => match (operation, cancellation(call)) {
                (Operation::Refund { .. }, Some((id, label))) if row_reason(id) == Some(label) => {
                    let how = How::Refunded {
                        by,
                        label,
                        reply: None,
                    };
                    self.end_session(call, id, how, findings);
                }
                (Operation::CancelDirectly { .. }, Some((id, label))) if row_reason(id) == Some(label) => {
                    self.end_session(call, id, How::Directly { by, label }, findings);
                }
                _ => {}
            },
            _ => {}
        }
    }

    /// Somebody was told what became of it by her word.
    fn end_told(&mut self, call: &Call, told: &Settled, findings: &mut Findings) {
        let how = match (&call.request.operation, told.status) {
            (Operation::Complete { .. }, Ended::Completed) => How::Completed,
            (Operation::ReportNoShow { .. }, Ended::NoShow) => How::Missed {
                by_client: told.is_open,
            },
            _ => return,
        };
        self.end_session(call, told.session, how, findings);
    }

    fn end_session(&mut self, call: &Call, id: Uuid, how: How<'a>, findings: &mut Findings) {
        match self.sessions.get_mut(&id) {
            None => findings.of_call(call, "the end of a session that nobody made"),
            Some(session) if session.ending.is_some() => findings.of_call(call, "a session ended twice"),
            Some(session) => session.ending = Some(Ending { span: call.span, how }),
        }
    }

    fn dispute(&mut self, call: &Call, findings: &mut Findings) {
        let Answer::Settled(told) = &call.answer else {
            return;
        };
        if told.status != Ended::Disputed || told.replayed {
            return;
        }
        match self.sessions.get_mut(&told.session) {
            Some(session) if session.dispute.is_none() && session.is_reported_by_client() => {
                session.dispute = Some(call.span);
            }
            _ => findings.of_call(call, "a dispute of what nobody had reported, or one more"),
        }
    }

    /// Time, the application or somebody's leaving has the last word.
    fn settle(&mut self, call: &Call, findings: &mut Findings) {
        match (&call.request.operation, &call.answer) {
            (
                Operation::ResolveDispute { client_percent, .. },
                Answer::Settled(Settled {
                    session,
                    replayed: false,
                    ..
                }),
            ) => {
                let is_disputed = self
                    .sessions
                    .get(session)
                    .is_some_and(|session| session.dispute.is_some());
                match is_disputed {
                    true => self.judge(call, *session, *client_percent, findings),
                    false => findings.of_call(call, "a decision on what was not disputed"),
                }
            }
            (Operation::SettleDueSessions, Answer::Changed { rows, settled, .. }) => {
                findings.expect(*rows == settled.len() as u64, || {
                    format!("{rows} sessions were counted and {} settled", settled.len())
                });
                for id in settled {
                    self.settle_by_time(call, *id, findings);
                }
            }
            (Operation::Delete(who), Answer::Changed { settled, .. }) => {
                for id in settled {
                    self.settle_by_departure(call, *id, *who, findings);
                }
            }
            _ => {}
        }
    }

    fn settle_by_time(&mut self, call: &Call, id: Uuid, findings: &mut Findings) {
        let Some(session) = self.sessions.get(&id) else {
            return findings.of_call(call, "a settlement of a session that nobody made");
        };
        findings.expect(session.dispute.is_none(), || {
            format!("a timeout has beaten the dispute of session {id}")
        });
        match session.ending {
            None => self.end_session(call, id, How::Completed, findings),
            Some(_) if session.is_reported_by_client() => self.judge(call, id, 100, findings),
            Some(_) => findings.of_call(call, "what was over was settled by time"),
        }
    }

    fn settle_by_departure(&mut self, call: &Call, id: Uuid, who: Uuid, findings: &mut Findings) {
        let Some(session) = self.sessions.get(&id) else {
            return findings.of_call(call, "a settlement of a session that nobody made");
        };
        let is_client = session.wanted.client == who;
        match (session.ending, session.dispute) {
            (None, _) => self.end_session(call, id, How::Completed, findings),
            (Some(_), Some(_)) => self.judge(call, id, if is_client { 0 } else { 100 }, findings),
            (Some(_), None) => self.judge(call, id, 100, findings),
        }
    }

    fn judge(&mut self, call: &Call, id: Uuid, client_percent: i64, findings: &mut Findings) {
        let Some(session) = self.sessions.get_mut(&id) else {
            return findings.of_call(call, "a decision on a session that nobody made");
        };
        if session.verdict.is_some() {
            findings.of_call(call, "credits were divided twice");
        }
        session.verdict = Some(Verdict {
            span: call.span,
            client_percent,
        });
    }

    /// What was decided with the end itself.
    fn divide(&mut self, snapshot: &Snapshot) {
        let is_of_division = |entry: &&Entry| [REFUND, RELEASE].contains(&entry.kind.as_str());
        let divided: HashSet<Uuid> = snapshot
            .entries
            .iter()
            .filter(is_of_division)
            .filter_map(|entry| entry.session)
            .collect();
        for session in self.sessions.values_mut() {
            let Some(Ending { span, how }) = session.ending.filter(|_| session.has_credits()) else {
                continue;
            };
            let client_percent = match how {
                How::Missed { by_client: true } => continue,
                How::Missed { by_client: false } => 100 - NO_SHOW_PERCENT,
                how if session.is_request() && how.is_cancellation() => 100,
                // The application has it its way, and nothing moves where one of the two is no more. Who was first,
                // where nobody can tell, the ledger says.
                How::Directly {
                    by: Caller::Service, ..
                } if may_lack_party(&self.people, session, span) && !divided.contains(&session.id) => {
                    continue;
                }
                how => how.percent(session.wanted),
            };
            session.verdict = session.verdict.or(Some(Verdict { span, client_percent }));
        }
    }

    /// Requests that nobody accepted hold nothing any more where the ledger says so: their clients wanted the credits, or
    /// somebody tidied up. When, the transaction tells.
    fn expire(&mut self, calls: &[Call], snapshot: &Snapshot) {
        let moments = self.moments_of_transactions(calls, snapshot);
        let end = calls.iter().map(|call| call.span.to).max().unwrap_or(0);
        for entry in snapshot.entries.iter().filter(|entry| entry.kind == RELEASE) {
            let Some(session) = entry.session.and_then(|id| self.sessions.get_mut(&id)) else {
                continue;
            };
            let Some(lapse) = session.lapse.filter(|_| session.verdict.is_none()) else {
                continue;
            };
            let sometime = Span {
                from: lapse.from,
                to: end,
            };
            session.verdict = Some(Verdict {
                span: moments.get(&entry.transaction).copied().unwrap_or(sometime),
                client_percent: 100,
            });
        }
    }

    /// When the server's transactions were: those that calls have named, and those of which something else is known.
    fn moments_of_transactions(&self, calls: &[Call], snapshot: &Snapshot) -> HashMap<i64, Span> {
        let entries = snapshot.entries.iter();
        let mut moments: HashMap<i64, Span> = entries
            .filter_map(|entry| Some((entry.transaction, ledger::span(entry, self)?)))
            .collect();
        for call in calls {
            if let Answer::Changed { transactions, .. } = &call.answer {
                moments.extend(transactions.iter().map(|transaction| (*transaction, call.span)));
            }
        }
        moments
    }
}

/// Whether one of the two may have left before.
fn may_lack_party(people: &HashMap<Uuid, Person>, session: &Session<'_>, span: Span) -> bool {
    let parties = [session.wanted.client, session.wanted.practitioner];
    parties
        .iter()
        .filter_map(|party| people.get(party)?.left)
        .any(|left| left.may_precede(span))
}

impl Session<'_> {
    pub fn is_reported_by_client(&self) -> bool {
        let how = self.ending.map(|ending| ending.how);
        matches!(how, Some(How::Missed { by_client: true }))
    }
}

/// Whether a call was made for the session's client.
pub fn is_by_client(call: &Call, client: Uuid) -> bool {
    call.request.caller == Caller::Person(client)
}
