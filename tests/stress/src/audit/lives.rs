//! The model: what became of every person, session and grant, from the calls alone. Rows are asked
//! only where an answer was lost: which of the attempts it was that took effect.

mod endings;
mod unanswered;

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::Findings;
use super::persons::{Change, Person};
use super::sessions::{Charge, Session};
use super::snapshot::Snapshot;
use super::stays::{self, Relocated};
use crate::answer::{Answer, Booked, Moved};
use crate::history::{Call, Span};
use crate::operation::{Insertion, MINUTES_PER_DAY, Operation, SessionRequest};

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
        lives.make(calls, findings);
        lives.accept(calls, snapshot, findings);
        lives.relocate(calls, snapshot, findings);
        lives.end(calls, snapshot, findings);
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
                request: None,
                charge: None,
                moves: Vec::new(),
                lapse: None,
                ending: None,
                dispute: None,
                verdict: None,
            },
        );
    }

    /// Bookings, requests and charges: of all calls that were told of one, exactly one made it.
    fn make(&mut self, calls: &'a [Call], findings: &mut Findings) {
        let is_making =
            |operation: &Operation| matches!(operation, Operation::Book(_) | Operation::Charge(_));
        for (id, told) in told(calls, is_making) {
            let Some((first, charge)) = maker(&told, findings) else {
                continue;
            };
            if let Operation::Book(wanted) = &first.request.operation {
                self.begin_session(id, wanted, charge.span);
            }
            match self.sessions.get_mut(&id) {
                Some(session) if session.wanted.asks_first => session.request = Some(charge),
                Some(session) => session.charge = Some(charge),
                None => findings.of_call(first, "a charge of a session that nobody made"),
            }
        }
    }

    /// Of all calls that were told of an acceptance, exactly one was it.
    fn accept(&mut self, calls: &'a [Call], snapshot: &Snapshot, findings: &mut Findings) {
        let is_acceptance = |operation: &Operation| matches!(operation, Operation::Accept { .. });
        for (id, told) in told(calls, is_acceptance) {
            let Some((first, charge)) = maker(&told, findings) else {
                continue;
            };
            match self
                .sessions
                .get_mut(&id)
                .filter(|session| session.request.is_some())
            {
                Some(session) => session.charge = Some(charge),
                None => findings.of_call(first, "an acceptance of what nobody asked for"),
            }
        }
        self.accept_unanswered(calls, snapshot);
    }

    /// Every move that took effect. What is told again is another answer of the same call, whose first one was lost.
    fn relocate(&mut self, calls: &'a [Call], snapshot: &Snapshot, findings: &mut Findings) {
        for call in calls {
            let (id, relocated) = match (&call.request.operation, &call.answer) {
                (Operation::Move(wanted), Answer::Moved(told)) => (wanted.session, by_call(call, *told)),
                (Operation::LetTakePlace { session, days }, Answer::Began(start)) => (
                    *session,
                    by_time(*session, start + days * MINUTES_PER_DAY, *start, call.span),
                ),
                _ => continue,
            };
            match self.sessions.get_mut(&id) {
                Some(session) => session.moves.push(relocated),
                None => findings.of_call(call, "a move of a session that nobody made"),
            }
        }
        for session in self.sessions.values_mut() {
            let are_in_order = stays::put_in_order(&mut session.moves, session.wanted.start());
            findings.expect(are_in_order, || {
                format!(
                    "no order explains the moves of session {}: {:?}",
                    session.id, session.moves
                )
            });
        }
        self.relocate_unanswered(calls, snapshot);
    }

    /// The session that a charge speaks of.
    pub fn inserted(&self, insertion: &Insertion) -> Option<&Session<'a>> {
        self.sessions.get(&insertion.session)
    }
}

/// What calls of a kind were told of each session.
fn told<'a>(
    calls: &'a [Call],
    is_of_kind: impl Fn(&Operation) -> bool,
) -> HashMap<Uuid, Vec<(&'a Call, Booked)>> {
    let mut told: HashMap<Uuid, Vec<(&'a Call, Booked)>> = HashMap::new();
    for call in calls.iter().filter(|call| is_of_kind(&call.request.operation)) {
        if let Answer::Booked(booked) = &call.answer {
            told.entry(booked.session).or_default().push((call, *booked));
        }
    }
    told
}

/// The one of them that did it, or one of those that may have, since the answer of the one that did was lost.
fn maker<'a>(told: &[(&'a Call, Booked)], findings: &mut Findings) -> Option<(&'a Call, Charge)> {
    let makers: Vec<_> = told.iter().filter(|(_, booked)| !booked.replayed).collect();
    findings.expect(makers.len() < 2, || {
        let (call, booked) = makers[0];
        let what = call.request.operation.name();
        format!(
            "{what} of session {} was done {} times",
            booked.session,
            makers.len()
        )
    });
    let suspects: Vec<_> = match makers.first() {
        Some(maker) => vec![**maker],
        None => told
            .iter()
            .filter(|(call, _)| call.was_repeated())
            .copied()
            .collect(),
    };
    let Some((first, receipt)) = suspects.first().copied() else {
        findings.of_call(told[0].0, "a replay of what nobody was told of");
        return None;
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
    Some((first, Charge::told(span, receipt)))
}

fn by_call(call: &Call, told: Moved) -> Relocated {
    Relocated {
        span: call.span,
        told,
        is_by_time: false,
    }
}

/// Nobody is told when time passes.
fn by_time(session: Uuid, from: i32, to: i32, span: Span) -> Relocated {
    Relocated {
        span,
        told: Moved {
            session,
            from,
            to,
            duration: 0,
            cost: 0,
            replayed: false,
        },
        is_by_time: true,
    }
}
