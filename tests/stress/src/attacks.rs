//! What nobody may do, and what makes no sense: each with the right answers.

mod attempts;

use rand::Rng;
use rand::seq::{IndexedRandom, IteratorRandom};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

use crate::generator::request;
use crate::knowledge::Knowledge;
use crate::operation::{Attack, Caller, Operation, Request, SessionRequest};
use crate::people;
use crate::statements::{BOOK, booking_arguments};
use attempts::{ATTEMPTS, Attempt, By, NOT_ALLOWED, PARTY_GONE, SPOILT_BOOKINGS};

/// The day on which every practitioner is away.
pub const HOLIDAY: i32 = 40;

const FORGED_CLAIMS: [&str; 4] = [
    r#"{"role": "authenticated"}"#,
    r#"{"sub": "no uuid", "role": "authenticated"}"#,
    "no JSON",
    "[]",
];

pub fn choose(rng: &mut ChaCha8Rng, known: &Knowledge, person: Uuid, wanted: SessionRequest) -> Request {
    match rng.random_range(0..8) {
        0..4 => spoil(rng, &wanted),
        4 => whole_booking(rng, known, wanted),
        _ => {
            let session = known.sessions.iter().choose(rng).map(|session| session.id);
            try_out(
                ATTEMPTS.choose(rng).expect("some"),
                person,
                people::new_id(rng),
                session,
            )
        }
    }
}

fn spoil(rng: &mut ChaCha8Rng, wanted: &SessionRequest) -> Request {
    let (name, place, value, right_answers, after_people) = SPOILT_BOOKINGS.choose(rng).expect("some");
    let mut arguments = booking_arguments(wanted);
    // A product of somebody else would be found out first.
    arguments[7] = None;
    arguments[*place] = value.map(str::to_owned);
    let people: &[&str] = if *after_people { &PARTY_GONE } else { &[] };
    attack(
        Caller::Person(wanted.client),
        Attack {
            name,
            statement: BOOK,
            arguments,
            right_answers: [right_answers, people].concat(),
            forged_claims: None,
        },
    )
}

/// Bookings that are wrong as a whole.
fn whole_booking(rng: &mut ChaCha8Rng, known: &Knowledge, wanted: SessionRequest) -> Request {
    let mut wanted = SessionRequest {
        product: None,
        ..wanted
    };
    let (name, caller, right_answers, forged_claims) = match rng.random_range(0..5) {
        0 => {
            wanted.practitioner = wanted.client;
            (
                "with oneself",
                Caller::Person(wanted.client),
                vec!["SELF_BOOKING"],
                None,
            )
        }
        1 => {
            let others = known.people.iter().filter(|other| **other != wanted.client);
            let stranger = others.choose(rng).copied().unwrap_or(wanted.practitioner);
            (
                "in somebody's name",
                Caller::Person(stranger),
                NOT_ALLOWED.to_vec(),
                None,
            )
        }
        2 => ("by nobody", Caller::Anonymous, NOT_ALLOWED.to_vec(), None),
        3 => {
            wanted.slot.day = HOLIDAY;
            let right = [&["PRACTITIONER_BLOCKED"], &PARTY_GONE[..]].concat();
            ("on a holiday", Caller::Person(wanted.client), right, None)
        }
        _ => {
            let claims = *FORGED_CLAIMS.choose(rng).expect("some");
            (
                "with forged claims",
                Caller::Person(wanted.client),
                NOT_ALLOWED.to_vec(),
                Some(claims),
            )
        }
    };
    attack(
        caller,
        Attack {
            name,
            statement: BOOK,
            arguments: booking_arguments(&wanted),
            right_answers,
            forged_claims,
        },
    )
}

fn try_out(attempt: &Attempt, person: Uuid, other: Uuid, session: Option<Uuid>) -> Request {
    let session = session.unwrap_or(other);
    let put_in = |template: &&str| match *template {
        "{person}" => person.to_string(),
        "{other}" => other.to_string(),
        "{session}" => session.to_string(),
        text => text.to_owned(),
    };
    let caller = match attempt.by {
        By::Person => Caller::Person(person),
        By::Service => Caller::Service,
        By::Anonymous => Caller::Anonymous,
    };
    attack(
        caller,
        Attack {
            name: attempt.name,
            statement: attempt.statement,
            arguments: attempt
                .arguments
                .iter()
                .map(|argument| argument.as_ref().map(put_in))
                .collect(),
            right_answers: attempt.right_answers.to_vec(),
            forged_claims: None,
        },
    )
}

fn attack(caller: Caller, attack: Attack) -> Request {
    request(caller, Operation::Attack(attack))
}
