//! What ran beside the load, and when: what the auditor has to make allowance for, and what it must
//! not.

use std::collections::HashMap;

use uuid::Uuid;

use super::triggers::{Reach, Trigger};
use crate::answer::Answer;
use crate::history::{Call, Span};
use crate::operation::{Operation, Period};

const DEADLOCK: &str = "40P01";
/// Classes of errors that nobody raises on purpose: serialization, no resources, an administrator's
/// intervention, the machine, and whatever the server or the library calls internal or corrupted.
const NEVER_PLAIN: [&str; 8] = ["40", "42", "53", "54", "55P03", "57", "58", "XX"];
/// But an application's trigger may be told that it may not.
const NOT_ALLOWED: &str = "42501";

#[derive(Debug, Default)]
pub struct Allowances {
    pub in_force: Vec<(&'static Trigger, Span)>,
    /// Grants to everybody in the order in which they lie in the table: such a transaction takes
    /// locks in an order of its own, and nothing that others do can keep it from a deadlock.
    pub unordered_grants: Vec<Span>,
    /// Ordinary sessions that a trigger has inserted.
    pub mirrors: HashMap<Uuid, Mirror>,
    /// Deadlocks among the disturbers themselves.
    pub own_deadlocks: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mirror {
    pub practitioner: Uuid,
    /// As her clock shows it, and since the run's first midnight in UTC.
    pub local: Period,
    pub period: Period,
}

impl Allowances {
    /// Whether an answer that nothing else explains is that of a call that was disturbed.
    pub fn justifies(&self, call: &Call) -> bool {
        let operation = &call.request.operation;
        match &call.answer {
            Answer::Fault { sqlstate, .. } if sqlstate == DEADLOCK => self.justifies_deadlock(call),
            Answer::Fault { sqlstate, .. } => {
                is_plain(sqlstate) && self.reaches(call.span).any(|reach| reach.may_fail(operation))
            }
            Answer::Refused(_) => {
                matches!(operation, Operation::Book(_))
                    && self
                        .reaches(call.span)
                        .any(|reach| reach == Reach::SuppressedBookings)
            }
            _ => false,
        }
    }

    /// The triggers that were there at some moment of the span.
    pub fn names(&self, span: Span) -> String {
        let there = self.in_force.iter().filter(|(_, time)| time.overlaps(span));
        let names: Vec<&str> = there.map(|(trigger, _)| trigger.name).collect();
        names.join(", ")
    }

    pub fn may_lose_notifications(&self, span: Span) -> bool {
        self.reaches(span)
            .any(|reach| reach == Reach::SuppressedNotifications)
    }

    fn justifies_deadlock(&self, call: &Call) -> bool {
        call.request.operation.writes() && self.unordered_grants.iter().any(|span| span.overlaps(call.span))
    }

    fn reaches(&self, span: Span) -> impl Iterator<Item = Reach> {
        let in_force = self.in_force.iter();
        in_force
            .filter(move |(_, time)| time.overlaps(span))
            .map(|(trigger, _)| trigger.reach)
    }
}

fn is_plain(sqlstate: &str) -> bool {
    sqlstate == NOT_ALLOWED || NEVER_PLAIN.iter().all(|class| !sqlstate.starts_with(class))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disturbance::triggers::TRIGGERS;
    use crate::operation::{Caller, Request};

    fn grant_that_failed(sqlstate: &str, from: u64, to: u64) -> Call {
        let operation = Operation::Grant {
            person: Uuid::nil(),
            amount: 1,
            key: "grant".into(),
        };
        Call {
            client: 0,
            step: 0,
            span: Span { from, to },
            attempts: 1,
            request: Request {
                caller: Caller::Service,
                operation,
            },
            answer: Answer::Fault {
                sqlstate: sqlstate.into(),
                message: String::new(),
            },
        }
    }

    fn with_a_trigger_on_the_ledger() -> Allowances {
        let trigger = TRIGGERS.iter().find(|trigger| trigger.reach == Reach::Credits);
        Allowances {
            in_force: vec![(trigger.unwrap(), Span { from: 10, to: 20 })],
            ..Allowances::default()
        }
    }

    #[test]
    fn a_trigger_justifies_a_fault_while_it_is_there_and_at_no_other_time() {
        let allowances = with_a_trigger_on_the_ledger();
        assert!(allowances.justifies(&grant_that_failed("09000", 19, 30)));
        assert!(!allowances.justifies(&grant_that_failed("09000", 21, 30)));
    }

    #[test]
    fn nothing_justifies_an_internal_error_nor_a_deadlock_of_ordered_calls() {
        let allowances = with_a_trigger_on_the_ledger();
        for sqlstate in ["XX000", "XX001", "40P01", "40001", "57014"] {
            assert!(
                !allowances.justifies(&grant_that_failed(sqlstate, 15, 16)),
                "{sqlstate}"
            );
        }
    }

    #[test]
    fn unordered_locks_justify_a_deadlock_of_calls_beside_them() {
        let allowances = Allowances {
            unordered_grants: vec![Span { from: 10, to: 20 }],
            ..Allowances::default()
        };
        assert!(allowances.justifies(&grant_that_failed("40P01", 20, 30)));
        assert!(!allowances.justifies(&grant_that_failed("40P01", 21, 30)));
    }
}
