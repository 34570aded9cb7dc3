//! The model: what became of every person, session and grant, from the calls alone. Rows are asked
//! only where an answer was lost: which of the attempts it was that took effect.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::Findings;
use super::persons::{Change, Person};
use super::sessions::{Charge, Ending, How, Session, cancellation};
use super::snapshot::Snapshot;
use super::stays::{self, Relocated};
use crate::answer::{Answer, Booked};
use crate::history::{Call, Span};
use crate::operation::{Insertion, Operation, SessionRequest};

#[derive(Default)]
pub struct Lives<'a> {
    pub people: HashMap<Uuid, Person>,
    pub sessions: HashMap<Uuid, Session<'a>>,
    /// The session that a request led to.
    pub by_label: HashMap<&'a str, Uuid>,
    /// The requests that came under a client's key.
    pub by_key: HashMap<(Uuid, &'a str), HashSet<&'a str>>,
    pub grants: HashMap<(Uuid, &'a str), Grant>,
}

pub struct Grant {
    pub amount: i32,
    pub span: Span,
}

impl<'a> Lives<'a> {
    pub fn of(calls: &'a [Call], snapshot: &Snapshot, findings: &mut Findings) -> Self {
        let mut lives = Self::default();
        for call in calls {
            lives.begin(call, snapshot, findings);
        }
        lives.charge(calls, findings);
        lives.relocate(calls, findings);
        for call in calls {
            lives.end(call, snapshot, findings);
        }
        lives.end_unanswered(calls, snapshot);
        lives
    }

    pub fn person(&self, id: Uuid) -> &Person {
        static NOBODY: Person = Person {
            arrived: None,
            left: None,
            changes: Vec::new(),
        };
        self.people.get(&id).unwrap_or(&NOBODY)
    }

    /// Arrivals, changes, departures, grants, requests and insertions.
    fn begin(&mut self, call: &'a Call, snapshot: &Snapshot, findings: &mut Findings) {
        let changed = matches!(call.answer, Answer::Changed { rows: 1.., .. });
        match &call.request.operation {
            Operation::Arrive(person) => {
                let arrived = &mut self.people.entry(*person).or_default().arrived;
                findings.expect(arrived.is_none(), || format!("{person} arrived twice"));
                *arrived = Some(call.span);
            }
            Operation::Deactivate(person) | Operation::Reactivate(person)
                if changed || call.was_repeated() =>
            {
                self.people.entry(*person).or_default().changes.push(Change {
                    span: call.span,
                    to_active: matches!(call.request.operation, Operation::Reactivate(_)),
                    is_certain: changed,
                });
            }
            Operation::Delete(person) => {
                let is_gone = !snapshot.people.contains_key(person);
                let left = &mut self.people.entry(*person).or_default().left;
                if changed {
                    let repeated = left.is_some() && !call.was_repeated();
                    findings.expect(!repeated, || format!("{person} was deleted twice"));
                    *left = Some(call.span);
                } else if call.was_repeated() && is_gone && left.is_none() {
                    *left = Some(call.span);
                }
            }
            Operation::Grant { person, amount, key } => {
                if matches!(call.answer, Answer::Granted(_)) {
                    let grant = Grant {
                        amount: *amount,
                        span: call.span,
                    };
                    self.grants.insert((*person, key), grant);
                }
            }
            Operation::Insert(insertion) => {
                // The row of a first attempt whose answer was lost.
                let is_there = snapshot.sessions.contains_key(&insertion.session);
                if changed || (call.was_repeated() && is_there) {
                    self.begin_session(insertion.session, &insertion.wanted, call.span);
                }
            }
            Operation::Book(wanted) => {
                if let Some(key) = &wanted.key {
                    self.by_key
                        .entry((wanted.client, key))
                        .or_default()
                        .insert(&wanted.label);
                }
            }
            _ => {}
        }
    }

    fn begin_session(&mut self, id: Uuid, wanted: &'a SessionRequest, began: Span) {
        self.by_label.insert(&wanted.label, id);
        self.sessions.insert(
            id,
            Session {
                id,
                wanted,
                began,
                charge: None,
                moves: Vec::new(),
                ending: None,
            },
        );
    }

    /// Bookings and charges: of all calls that were told of one, exactly one made it.
    fn charge(&mut self, calls: &'a [Call], findings: &mut Findings) {
        let mut told: HashMap<Uuid, Vec<(&'a Call, Booked)>> = HashMap::new();
        for call in calls {
            if let (Operation::Book(_) | Operation::Charge(_), Answer::Booked(booked)) =
                (&call.request.operation, &call.answer)
            {
                told.entry(booked.session).or_default().push((call, *booked));
            }
        }
        for (id, told) in told {
            let makers: Vec<_> = told.iter().filter(|(_, booked)| !booked.replayed).collect();
            findings.expect(makers.len() < 2, || {
                format!("session {id} was made {} times", makers.len())
            });
            let suspects: Vec<_> = match makers.first() {
                Some(maker) => vec![**maker],
                // The answer of the one that made it was lost: it was repeated.
                None => told
                    .iter()
                    .filter(|(call, _)| call.was_repeated())
                    .copied()
                    .collect(),
            };
            let Some((first, receipt)) = suspects.first().copied() else {
                findings.of_call(told[0].0, "a replay of what nobody was told of");
                continue;
            };
            let from = suspects
                .iter()
                .map(|(call, _)| call.span.from)
                .min()
                .expect("one");
            let to = told.iter().map(|(call, _)| call.span.to).min().expect("one");
            let span = Span {
                from: from.min(to),
                to,
            };
            if let Operation::Book(wanted) = &first.request.operation {
                self.begin_session(id, wanted, span);
            }
            match self.sessions.get_mut(&id) {
                Some(session) => session.charge = Some(Charge { span, receipt }),
                None => findings.of_call(first, "a charge of a session that nobody made"),
            }
        }
    }

    /// Every move that took effect. What is told again is another answer of the same call, whose first one was lost.
    fn relocate(&mut self, calls: &'a [Call], findings: &mut Findings) {
        for call in calls {
            let (Operation::Move(wanted), Answer::Moved(told)) = (&call.request.operation, &call.answer) else {
                continue;
            };
            match self.sessions.get_mut(&wanted.session) {
                Some(session) => session.moves.push(Relocated {
                    span: call.span,
                    told: *told,
                }),
                None => findings.of_call(call, "a move of a session that nobody made"),
            }
        }
        for session in self.sessions.values_mut() {
            let are_in_order = stays::put_in_order(&mut session.moves, session.wanted.start());
            findings.expect(are_in_order, || {
                format!("no order explains the moves of session {}: {:?}", session.id, session.moves)
            });
        }
    }

    fn end(&mut self, call: &'a Call, snapshot: &Snapshot, findings: &mut Findings) {
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
            (Operation::Complete { session }, Answer::Changed { rows: 1, .. }) => {
                self.end_session(call, *session, How::Completed, findings);
            }
            (Operation::Deactivate(who) | Operation::Delete(who), Answer::Changed { sessions, .. }) => {
                let left_for_good = matches!(call.request.operation, Operation::Delete(_));
                let how = How::Departure {
                    who: *who,
                    left_for_good,
                };
                for session in sessions {
                    self.end_session(call, *session, how, findings);
                }
            }
            (Operation::CancelOrphans { .. }, Answer::Changed { rows, sessions }) => {
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

    fn end_session(&mut self, call: &Call, id: Uuid, how: How<'a>, findings: &mut Findings) {
        match self.sessions.get_mut(&id) {
            None => findings.of_call(call, "the end of a session that nobody made"),
            Some(session) if session.ending.is_some() => findings.of_call(call, "a session ended twice"),
            Some(session) => session.ending = Some(Ending { span: call.span, how }),
        }
    }

    /// Sessions that are over though nobody was told so: a lost answer of somebody did it.
    fn end_unanswered(&mut self, calls: &'a [Call], snapshot: &Snapshot) {
        let unanswered: Vec<_> = calls.iter().filter(|call| call.was_repeated()).collect();
        for session in self
            .sessions
            .values_mut()
            .filter(|session| session.ending.is_none())
        {
            let Some(row) = snapshot
                .sessions
                .get(&session.id)
                .filter(|row| row.status != "scheduled")
            else {
                continue;
            };
            let reason = row.reason.as_deref();
            let how = |call: &Call| match &call.request.operation {
                Operation::Complete { session: id } if *id == session.id => Some(How::Completed),
                Operation::CancelOrphans { .. } => Some(How::Orphaned),
                Operation::Deactivate(who) if session.involves(*who) => Some(How::Departure {
                    who: *who,
                    left_for_good: false,
                }),
                Operation::Delete(who) if session.involves(*who) => Some(How::Departure {
                    who: *who,
                    left_for_good: true,
                }),
                _ => None,
            };
            let mut suspects = unanswered
                .iter()
                .filter(|call| session.began.may_precede(call.span));
            let mut endings = suspects.by_ref().filter_map(|call| {
                let how = how(call).filter(|how| how.reason() == reason)?;
                Some(Ending { span: call.span, how })
            });
            session.ending = endings.next().map(|first| {
                endings.fold(first, |ending, other| Ending {
                    span: ending.span.hull(other.span),
                    ..ending
                })
            });
        }
    }

    /// The session that a charge speaks of.
    pub fn inserted(&self, insertion: &Insertion) -> Option<&Session<'a>> {
        self.sessions.get(&insertion.session)
    }
}
