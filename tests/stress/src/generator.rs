//! What a client does next: a function of the seed, the client, how many operations it has done,
//! and what it has seen. So a seed reproduces the operations as far as the server answers alike.

mod holds;
mod requests;

use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

use crate::attacks;
use crate::knowledge::Knowledge;
use crate::operation::{Caller, Operation, Request};
use crate::people;

/// Every so many operations two neighbours send the same request, under one key, at about one time.
const TWIN_EVERY: u64 = 40;

pub struct Generator {
    seed: u64,
    client: u64,
    habits: Habits,
    /// Of whom the first half stays to the end.
    founders: Vec<Uuid>,
}

/// The people that a run begins with.
pub fn founders(seed: u64, count: usize) -> Vec<Uuid> {
    let mut rng = rng(&[seed, u64::MAX]);
    (0..count).map(|_| people::new_id(&mut rng)).collect()
}

/// After how many operations something happens to the server: one moment in each of so many equal
/// parts of the run, but for its last operations.
pub fn milestones(seed: u64, operations: u64, count: u64) -> Vec<u64> {
    let mut rng = rng(&[seed, u64::MAX - 2]);
    let part = operations * 9 / 10 / count.max(1);
    (0..count)
        .map(|number| number * part + rng.random_range(0..part.max(1)))
        .collect()
}

/// A source of randomness that depends on these numbers alone.
pub fn rng(numbers: &[u64]) -> ChaCha8Rng {
    let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
    for number in numbers {
        state = (state ^ number)
            .wrapping_mul(0xbf58_476d_1ce4_e5b9)
            .rotate_left(29)
            .wrapping_add(0x94d0_49bb_1331_11eb);
    }
    ChaCha8Rng::seed_from_u64(state)
}

/// What every client does or leaves.
#[derive(Clone, Copy, Default)]
pub struct Habits {
    /// Every booking bears a key, since answers may get lost.
    pub keys_always: bool,
    /// Nobody is deleted: where notifications have a foreign key to people, that may deadlock with a cancellation by a plain
    /// UPDATE, which has its session before it tells people.
    pub nobody_leaves: bool,
    /// Some bookings are paid for when they have taken place; version 0.1.0 knows none.
    pub holds_credits: bool,
}

impl Generator {
    pub fn new(seed: u64, client: u64, habits: Habits, founders: &[Uuid]) -> Self {
        Self {
            seed,
            client,
            habits,
            founders: founders.to_vec(),
        }
    }

    pub fn next(&self, step: u64, known: &mut Knowledge) -> Request {
        if step % TWIN_EVERY == TWIN_EVERY - 1 {
            return self.twin(step);
        }
        let rng = &mut rng(&[self.seed, self.client, step]);
        if known.vacancies > 0 && rng.random_bool(0.5) {
            known.vacancies -= 1;
            return by_service(Operation::Arrive(people::new_id(rng)));
        }
        if !known.inactive.is_empty() && rng.random_bool(0.2) {
            let person = known.inactive.pop_front().expect("not empty");
            return by_service(Operation::Reactivate(person));
        }
        if known.uncharged.is_some() && rng.random_bool(0.4) {
            let insertion = known.uncharged.take().expect("not empty");
            return request(
                self.client_or_service(rng, insertion.wanted.client),
                Operation::Charge(insertion),
            );
        }
        if self.habits.holds_credits && rng.random_bool(0.3) {
            return self.about_holds(step, known, rng);
        }
        self.any(step, known, rng)
    }

    fn any(&self, step: u64, known: &Knowledge, rng: &mut ChaCha8Rng) -> Request {
        let label = format!("{}.{step}", self.client);
        match rng.random_range(0..1000) {
            0..290 => self.book(rng, known, label),
            290..340 => self.relocate(rng, known, label),
            340..400 => self.ask_again(rng, known, label),
            400..425 => self.reuse_key(rng, known, label),
            425..505 => self.insert(rng, known, label),
            505..680 => self.refund(rng, known, label),
            680..740 => self.cancel_directly(rng, known, label),
            740..765 => self.complete_directly(rng, known),
            765..795 => self.grant(rng, known, label),
            795..801 => by_service(Operation::Deactivate(self.somebody(rng, known))),
            801..804 if !self.habits.nobody_leaves => self.delete(rng, known),
            804..809 => by_service(Operation::CancelOrphans {
                older_than: ["0 seconds", "1 hour"].choose(rng).expect("two"),
            }),
            809..840 => {
                let person = self.somebody(rng, known);
                request(
                    self.client_or_service(rng, person),
                    Operation::ReadBalance(person),
                )
            }
            840..860 => by_service(Operation::ReadAllBalances),
            860..880 => request(
                Caller::Person(self.somebody(rng, known)),
                Operation::LookAtSessions,
            ),
            880..905 => request(Caller::Person(self.somebody(rng, known)), Operation::LookAtPeople),
            _ => {
                let person = self.somebody(rng, known);
                let wanted = self.wanted(rng, known, label);
                attacks::choose(rng, known, person, wanted)
            }
        }
    }
}

fn by_service(operation: Operation) -> Request {
    request(Caller::Service, operation)
}

pub fn request(caller: Caller, operation: Operation) -> Request {
    Request { caller, operation }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_yields_the_same_operations() {
        let operations = |seed| -> Vec<Request> {
            let people = founders(seed, 20);
            let generator = Generator::new(seed, 3, Habits::default(), &people);
            let mut known = Knowledge::of(&people);
            (0..200).map(|step| generator.next(step, &mut known)).collect()
        };
        assert_eq!(operations(7), operations(7));
        assert_ne!(operations(7), operations(8));
    }

    #[test]
    fn two_neighbours_make_the_same_request_under_one_key() {
        let people = founders(7, 20);
        let twin = |client| Generator::new(7, client, Habits::default(), &people).twin(39);
        assert_eq!(twin(2), twin(3));
        assert_ne!(twin(2), twin(4));
    }
}
