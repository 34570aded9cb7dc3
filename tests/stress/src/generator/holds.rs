//! Requests, and what becomes of sessions that have had their time.

use rand::Rng;
use rand::seq::{IndexedRandom, IteratorRandom};
use rand_chacha::ChaCha8Rng;

use super::requests::party;
use super::{Generator, by_service, request};
use crate::answer::SeenSession;
use crate::knowledge::Knowledge;
use crate::operation::{Caller, Operation, Request, SessionRequest};

/// By how many days a session of the next fortnight is put back: it has begun, or it is long over.
const BEGUN: std::ops::Range<i32> = 16..34;
const LONG_OVER: std::ops::Range<i32> = 50..400;

impl Generator {
    pub(super) fn about_holds(&self, step: u64, known: &Knowledge, rng: &mut ChaCha8Rng) -> Request {
        let label = format!("{}.{step}", self.client);
        if let Some(request) = self.about_reports(rng, known, &label) {
            return request;
        }
        let asked = known.asked.iter().choose(rng).copied();
        let any = known.sessions.iter().choose(rng).copied();
        let begun = known.begun.iter().choose(rng).copied();
        match (rng.random_range(0..100), asked, any, begun) {
            (0..28, ..) => self.ask(rng, known, label),
            (28..46, Some(session), ..) => {
                let accept = Operation::Accept { session: session.id };
                request(self.practitioner(rng, known, session), accept)
            }
            (46..52, Some(session), ..) => {
                let session_id = session.id;
                request(
                    party(rng, session),
                    Operation::Refund {
                        session: session_id,
                        label,
                    },
                )
            }
            (52..58, Some(session), ..) => by_owner(Operation::LetExpire { session: session.id }),
            (58..73, _, Some(session), _) => {
                let past = if rng.random_bool(0.7) { BEGUN } else { LONG_OVER };
                by_owner(Operation::LetTakePlace {
                    session: session.id,
                    days: rng.random_range(past),
                })
            }
            (73..80, _, _, Some(session)) => {
                let complete = Operation::Complete { session: session.id };
                request(self.practitioner(rng, known, session), complete)
            }
            (80..89, _, _, Some(session)) => {
                let report = Operation::ReportNoShow {
                    session: session.id,
                    label,
                };
                request(self.caller(rng, known, session), report)
            }
            (89..92, _, _, Some(session)) => by_owner(Operation::LetReportStand { session: session.id }),
            (92..96, _, _, Some(session)) => by_service(Operation::ResolveDispute {
                session: session.id,
                client_percent: *[0, 33, 100].choose(rng).expect("three"),
                label,
            }),
            (96..98, ..) => by_service(Operation::SettleDueSessions),
            (98..100, ..) => by_service(Operation::ExpireRequests),
            _ => self.ask(rng, known, label),
        }
    }

    /// Those that are open are few: they come first.
    fn about_reports(&self, rng: &mut ChaCha8Rng, known: &Knowledge, label: &str) -> Option<Request> {
        if let Some(session) = known.disputed.iter().choose(rng).filter(|_| rng.random_bool(0.4)) {
            return Some(by_service(Operation::ResolveDispute {
                session: session.id,
                client_percent: *[0, 33, 100].choose(rng).expect("three"),
                label: label.to_owned(),
            }));
        }
        let reported = known.reported.iter().choose(rng).copied();
        let session = reported.filter(|_| rng.random_bool(0.4))?;
        let caller = self.practitioner(rng, known, session);
        Some(match rng.random_range(0..4) {
            0 => by_owner(Operation::LetReportStand { session: session.id }),
            1 => request(caller, Operation::Complete { session: session.id }),
            _ => {
                let label = label.to_owned();
                request(
                    caller,
                    Operation::ReportNoShow {
                        session: session.id,
                        label,
                    },
                )
            }
        })
    }

    fn ask(&self, rng: &mut ChaCha8Rng, known: &Knowledge, label: String) -> Request {
        let wanted = SessionRequest {
            key: Some(format!("key {label}")),
            asks_first: true,
            ..self.wanted(rng, known, label)
        };
        request(
            self.client_or_service(rng, wanted.client),
            Operation::Book(wanted),
        )
    }

    /// Mostly; else the client, who may not, or somebody.
    fn practitioner(&self, rng: &mut ChaCha8Rng, known: &Knowledge, session: SeenSession) -> Caller {
        match (rng.random_range(0..10), session.practitioner) {
            (0..8, Some(practitioner)) => Caller::Person(practitioner),
            (8, _) => self.caller(rng, known, session),
            _ => Caller::Service,
        }
    }

    fn caller(&self, rng: &mut ChaCha8Rng, known: &Knowledge, session: SeenSession) -> Caller {
        match rng.random_range(0..12) {
            0 => Caller::Person(self.somebody(rng, known)),
            1 => Caller::Service,
            _ => party(rng, session),
        }
    }
}

fn by_owner(operation: Operation) -> Request {
    request(Caller::Owner, operation)
}
