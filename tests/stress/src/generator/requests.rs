//! Each kind of request, from what a client knows.

use rand::Rng;
use rand::seq::{IndexedRandom, IteratorRandom};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

use super::{Generator, by_service, request, rng};
use crate::answer::SeenSession;
use crate::knowledge::Knowledge;
use crate::operation::{Caller, Insertion, Operation, Relocation, Request, SessionRequest, Settlement, Slot};
use crate::people;

const DAYS: i32 = 3;
const FIRST_MINUTE: i32 = 9 * 60;
const STARTS_A_DAY: i32 = 12;
const MINUTES_BETWEEN_STARTS: i32 = 30;
const DURATIONS: [i32; 4] = [30, 45, 60, 90];

impl Generator {
    pub(super) fn book(&self, rng: &mut ChaCha8Rng, known: &Knowledge, label: String) -> Request {
        let mut wanted = self.wanted(rng, known, label);
        let has_key = self.habits.keys_always || rng.random_bool(0.85);
        wanted.key = has_key.then(|| format!("key {}", wanted.label));
        request(
            self.client_or_service(rng, wanted.client),
            Operation::Book(wanted),
        )
    }

    pub(super) fn ask_again(&self, rng: &mut ChaCha8Rng, known: &Knowledge, label: String) -> Request {
        match known
            .requests
            .iter()
            .filter(|wanted| wanted.key.is_some())
            .choose(rng)
        {
            Some(wanted) => request(
                self.client_or_service(rng, wanted.client),
                Operation::Book(wanted.clone()),
            ),
            None => self.book(rng, known, label),
        }
    }

    pub(super) fn reuse_key(&self, rng: &mut ChaCha8Rng, known: &Knowledge, label: String) -> Request {
        let Some(former) = known
            .requests
            .iter()
            .filter(|wanted| wanted.key.is_some())
            .choose(rng)
        else {
            return self.book(rng, known, label);
        };
        let wanted = SessionRequest {
            label,
            slot: slot(rng),
            ..former.clone()
        };
        request(
            self.client_or_service(rng, wanted.client),
            Operation::Book(wanted),
        )
    }

    pub(super) fn insert(&self, rng: &mut ChaCha8Rng, known: &Knowledge, label: String) -> Request {
        let wanted = SessionRequest {
            product: None,
            ..self.wanted(rng, known, label)
        };
        let session = people::new_id(rng);
        request(
            Caller::Person(wanted.client),
            Operation::Insert(Insertion { session, wanted }),
        )
    }

    pub(super) fn refund(&self, rng: &mut ChaCha8Rng, known: &Knowledge, label: String) -> Request {
        let Some(session) = known.sessions.iter().choose(rng).copied() else {
            return request(
                Caller::Person(self.somebody(rng, known)),
                Operation::LookAtSessions,
            );
        };
        let caller = match rng.random_range(0..10) {
            0 => Caller::Person(self.somebody(rng, known)),
            1..3 => Caller::Service,
            _ => party(rng, session),
        };
        request(
            caller,
            Operation::Refund {
                session: session.id,
                label,
            },
        )
    }

    pub(super) fn relocate(&self, rng: &mut ChaCha8Rng, known: &Knowledge, label: String) -> Request {
        let Some(session) = known.sessions.iter().choose(rng).copied() else {
            return self.book(rng, known, label);
        };
        let caller = match rng.random_range(0..10) {
            0 => Caller::Person(self.somebody(rng, known)),
            1..4 => Caller::Service,
            _ => party(rng, session),
        };
        let Slot { day, minute, .. } = slot(rng);
        request(
            caller,
            Operation::Move(Relocation {
                session: session.id,
                day,
                minute,
                key: format!("move {label}"),
            }),
        )
    }

    pub(super) fn cancel_directly(&self, rng: &mut ChaCha8Rng, known: &Knowledge, label: String) -> Request {
        let Some(session) = known.sessions.iter().choose(rng).copied() else {
            return request(
                Caller::Person(self.somebody(rng, known)),
                Operation::LookAtSessions,
            );
        };
        let caller = match rng.random_range(0..10) {
            0 => Caller::Person(self.somebody(rng, known)),
            1 => Caller::Service,
            _ => party(rng, session),
        };
        request(
            caller,
            Operation::CancelDirectly {
                session: session.id,
                label,
            },
        )
    }

    pub(super) fn complete_directly(&self, rng: &mut ChaCha8Rng, known: &Knowledge) -> Request {
        match known.sessions.iter().choose(rng) {
            Some(session) => by_service(Operation::CompleteDirectly { session: session.id }),
            None => by_service(Operation::ReadBalance(self.somebody(rng, known))),
        }
    }

    /// Credits for those who lacked them, so that lacking them stays one outcome of many.
    pub(super) fn grant(&self, rng: &mut ChaCha8Rng, known: &Knowledge, label: String) -> Request {
        match known.poor.iter().choose(rng) {
            Some(person) => by_service(Operation::Grant {
                person: *person,
                amount: rng.random_range(1..=150),
                key: format!("grant {label}"),
            }),
            None => self.book(rng, known, label),
        }
    }

    pub(super) fn delete(&self, rng: &mut ChaCha8Rng, known: &Knowledge) -> Request {
        let stays = &self.founders[..self.founders.len() / 2];
        match known
            .people
            .iter()
            .filter(|person| !stays.contains(person))
            .choose(rng)
        {
            Some(person) => by_service(Operation::Delete(*person)),
            None => request(Caller::Person(stays[0]), Operation::LookAtPeople),
        }
    }

    /// The same request for two neighbours: two devices of one client that do not know of each other.
    pub(super) fn twin(&self, step: u64) -> Request {
        let pair = self.client / 2;
        let rng = &mut rng(&[self.seed, u64::MAX - 1, pair, step]);
        let label = format!("twin {pair}.{step}");
        let parties: Vec<Uuid> = self.founders[..self.founders.len() / 2]
            .choose_multiple(rng, 2)
            .copied()
            .collect();
        let wanted = SessionRequest {
            key: Some(format!("key {label}")),
            label,
            client: parties[0],
            practitioner: parties[1],
            slot: slot(rng),
            product: None,
            settlement: self.settlement(rng),
            asks_first: self.habits.holds_credits && rng.random_bool(0.3),
        };
        request(Caller::Person(wanted.client), Operation::Book(wanted))
    }

    pub(super) fn wanted(&self, rng: &mut ChaCha8Rng, known: &Knowledge, label: String) -> SessionRequest {
        let client = self.somebody(rng, known);
        let others = known.people.iter().filter(|person| **person != client);
        let practitioner = others.choose(rng).copied().unwrap_or(self.founders[0]);
        let product = people::product(practitioner).filter(|_| rng.random_bool(0.5));
        SessionRequest {
            label,
            key: None,
            client,
            practitioner,
            slot: slot(rng),
            product: product.map(|product| product.id),
            settlement: self.settlement(rng),
            asks_first: false,
        }
    }

    /// Half of the bookings under the one setting, half under the other.
    fn settlement(&self, rng: &mut ChaCha8Rng) -> Settlement {
        match self.habits.holds_credits && rng.random_bool(0.5) {
            true => Settlement::Completion,
            false => Settlement::Booking,
        }
    }

    pub(super) fn somebody(&self, rng: &mut ChaCha8Rng, known: &Knowledge) -> Uuid {
        known.people.choose(rng).copied().unwrap_or(self.founders[0])
    }

    pub(super) fn client_or_service(&self, rng: &mut ChaCha8Rng, person: Uuid) -> Caller {
        match rng.random_bool(0.9) {
            true => Caller::Person(person),
            false => Caller::Service,
        }
    }
}

fn slot(rng: &mut ChaCha8Rng) -> Slot {
    Slot {
        day: rng.random_range(0..DAYS),
        minute: FIRST_MINUTE + MINUTES_BETWEEN_STARTS * rng.random_range(0..STARTS_A_DAY),
        duration: *DURATIONS.choose(rng).expect("four"),
    }
}

pub(super) fn party(rng: &mut ChaCha8Rng, session: SeenSession) -> Caller {
    let parties = [session.client, session.practitioner];
    match parties.into_iter().flatten().choose(rng) {
        Some(person) => Caller::Person(person),
        None => Caller::Service,
    }
}
