//! The people of a run. What is special about one follows from her id, so that whoever sees the id
//! knows it: the generator, the auditor, and a reader of a finding.

use rand::RngCore;
use rand_chacha::ChaCha8Rng;
use uuid::{Builder, Uuid};

/// What the policy of those who have one gives back, in percent, when their client cancels.
pub const PARTIAL_REFUND_PERCENT: i64 = 50;

/// A product with a price and a duration of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Product {
    pub id: Uuid,
    pub minutes: i32,
    pub credits: i32,
}

pub fn new_id(rng: &mut ChaCha8Rng) -> Uuid {
    let mut bytes = [0; 16];
    rng.fill_bytes(&mut bytes);
    Builder::from_random_bytes(bytes).into_uuid()
}

/// How far a person's clock is ahead of UTC.
pub fn hours_ahead(person: Uuid) -> i32 {
    match trait_of(person) % 4 {
        3 => 3,
        _ => 0,
    }
}

pub fn time_zone(person: Uuid) -> &'static str {
    match hours_ahead(person) {
        3 => "Etc/GMT-3",
        _ => "UTC",
    }
}

/// Whether her clients get a part back only.
pub fn has_policy(person: Uuid) -> bool {
    trait_of(person) % 5 == 1
}

pub fn product(person: Uuid) -> Option<Product> {
    let mut bytes = *person.as_bytes();
    bytes[0] ^= 0xff;
    trait_of(person).is_multiple_of(3).then(|| Product {
        id: Uuid::from_bytes(bytes),
        minutes: 45,
        credits: 25,
    })
}

fn trait_of(person: Uuid) -> u8 {
    person.as_bytes()[15]
}
