//! What a client has seen so far: all that its next request may depend on, besides the seed.

use std::collections::VecDeque;

use uuid::Uuid;

use crate::answer::{Answer, Ended, SeenSession, Settled};
use crate::operation::{Insertion, Operation, Request, SessionRequest};

const REMEMBERED_WISHES: usize = 12;
const REMEMBERED_SESSIONS: usize = 60;
const REMEMBERED_REQUESTS: usize = 12;
const REMEMBERED_POOR: usize = 4;

#[derive(Default)]
pub struct Knowledge {
    pub people: Vec<Uuid>,
    pub requests: VecDeque<SessionRequest>,
    pub sessions: VecDeque<SeenSession>,
    /// Of those, what nobody has accepted yet, and what has begun.
    pub asked: VecDeque<SeenSession>,
    pub begun: VecDeque<SeenSession>,
    /// What its client has reported as missed, and what is disputed.
    pub reported: VecDeque<SeenSession>,
    pub disputed: VecDeque<SeenSession>,
    /// A session that it has inserted and not yet charged.
    pub uncharged: Option<Insertion>,
    /// People that it has deactivated.
    pub inactive: VecDeque<Uuid>,
    /// People that it has deleted, and nobody come in their place.
    pub vacancies: u32,
    pub poor: VecDeque<Uuid>,
}

impl Knowledge {
    pub fn of(people: &[Uuid]) -> Self {
        Self {
            people: people.to_vec(),
            ..Self::default()
        }
    }

    pub fn learn(&mut self, request: &Request, answer: &Answer) {
        match (&request.operation, answer) {
            (Operation::Book(wanted), answer) => {
                self.learn_of_booking(wanted, answer);
                remember(&mut self.requests, wanted.clone(), REMEMBERED_WISHES);
            }
            (Operation::Insert(insertion), Answer::Changed { rows: 1, .. }) => {
                self.uncharged = Some(insertion.clone());
                self.see_session(insertion.session, &insertion.wanted);
            }
            (Operation::Charge(insertion), answer) => self.learn_of_booking(&insertion.wanted, answer),
            (Operation::Move(wanted), Answer::Refused(refused)) if refused.code == "ALREADY_CANCELLED" => {
                self.sessions.retain(|known| known.id != wanted.session);
            }
            (Operation::Refund { session, .. }, Answer::Refused(_)) => {
                self.sessions.retain(|known| known.id != *session);
            }
            (Operation::Accept { session }, Answer::Refused(_)) => {
                self.asked.retain(|known| known.id != *session);
            }
            (Operation::LetTakePlace { session, .. }, Answer::Began(_)) => {
                let begun = self.sessions.iter().find(|known| known.id == *session).copied();
                if let Some(begun) = begun {
                    self.sessions.retain(|known| known.id != *session);
                    remember(&mut self.begun, begun, REMEMBERED_REQUESTS);
                }
            }
            (Operation::Complete { session }, Answer::Refused(refused))
                if refused.code != "SESSION_NOT_BEGUN" =>
            {
                self.begun.retain(|known| known.id != *session);
            }
            (Operation::ResolveDispute { session, .. }, Answer::Refused(_)) => {
                self.disputed.retain(|known| known.id != *session);
            }
            (Operation::Deactivate(person), Answer::Changed { .. }) => self.inactive.push_back(*person),
            (Operation::Delete(person), Answer::Changed { rows, .. }) => {
                self.people.retain(|known| known != person);
                self.vacancies += u32::from(*rows > 0);
            }
            (Operation::Arrive(person), _) => self.people.push(*person),
            (_, Answer::Settled(settled)) => self.learn_of_settlement(settled),
            (_, Answer::Sessions(sessions)) => {
                for session in sessions {
                    remember(&mut self.sessions, *session, REMEMBERED_SESSIONS);
                }
            }
            (_, Answer::People(people)) if people.len() > 1 => self.people.clone_from(people),
            _ => {}
        }
    }

    /// What became of a session that had begun.
    fn learn_of_settlement(&mut self, settled: &Settled) {
        let mut known = self.begun.iter().chain(&self.reported).chain(&self.sessions);
        let found = known.find(|known| known.id == settled.session).copied();
        let Some(session) = found else {
            return;
        };
        self.begun.retain(|known| known.id != session.id);
        self.reported.retain(|known| known.id != session.id);
        match settled.status {
            Ended::Disputed => remember(&mut self.disputed, session, REMEMBERED_REQUESTS),
            Ended::NoShow if settled.is_open => remember(&mut self.reported, session, REMEMBERED_REQUESTS),
            _ => self.disputed.retain(|known| known.id != session.id),
        }
    }

    fn learn_of_booking(&mut self, wanted: &SessionRequest, answer: &Answer) {
        match answer {
            Answer::Booked(booked) => {
                self.see_session(booked.session, wanted);
                let seen = self.sessions.back().copied().filter(|_| wanted.asks_first);
                if let Some(seen) = seen {
                    remember(&mut self.asked, seen, REMEMBERED_REQUESTS);
                }
            }
            Answer::Refused(refused) if refused.code == "INSUFFICIENT_CREDITS" => {
                remember(&mut self.poor, wanted.client, REMEMBERED_POOR);
            }
            Answer::Refused(refused) if refused.code == "CLIENT_NOT_FOUND" => self.forget(wanted.client),
            Answer::Refused(refused) if refused.code == "PRACTITIONER_NOT_FOUND" => {
                self.forget(wanted.practitioner);
            }
            _ => {}
        }
    }

    /// But for the last few, so that there is always somebody to ask for.
    fn forget(&mut self, person: Uuid) {
        if self.people.len() > 4 {
            self.people.retain(|known| *known != person);
        }
        self.poor.retain(|known| *known != person);
    }

    fn see_session(&mut self, id: Uuid, wanted: &SessionRequest) {
        let session = SeenSession {
            id,
            client: Some(wanted.client),
            practitioner: Some(wanted.practitioner),
        };
        remember(&mut self.sessions, session, REMEMBERED_SESSIONS);
    }
}

fn remember<T>(memory: &mut VecDeque<T>, item: T, limit: usize) {
    if memory.len() >= limit {
        memory.pop_front();
    }
    memory.push_back(item);
}
