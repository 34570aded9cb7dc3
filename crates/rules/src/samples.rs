//! People, terms and a request for the tests of the rules.

use crate::account::{Account, AccountPair};
use crate::booking::BookingRequest;
use crate::person::Person;
use crate::schedule::WorkingHours;
use crate::terms::{Settlement, Terms};
use chrono::{DateTime, TimeZone, Utc};
use uuid::Uuid;

/// The first of March 2026, a Sunday, at noon.
pub fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 1, 12, 0, 0).unwrap()
}

pub fn person(number: u128) -> Person {
    Person {
        id: Uuid::from_u128(number),
        name: format!("Person {number}"),
        email: None,
        user_role: Some("osteopath".into()),
        is_active: true,
        has_opted_in: true,
        place: None,
    }
}

pub fn terms() -> Terms {
    Terms {
        credits_per_minute: 1.0,
        max_duration_minutes: 480,
        min_notice_minutes: 0,
        max_advance_days: 365,
        buffer_minutes: 0,
        practitioner_roles: vec!["osteopath".into(), "massage_therapist".into()],
        settlement: Settlement::Booking,
        request_hours: 48,
    }
}

pub fn hours(published: &serde_json::Value) -> WorkingHours {
    WorkingHours::read(Some(&published.to_string()))
}

/// The client has so much, the practitioner nothing.
pub fn accounts(client_balance: i64) -> AccountPair {
    let client = Account {
        balance: client_balance,
        ..Account::default()
    };
    AccountPair {
        client,
        practitioner: Account::default(),
    }
}

/// Person 1 wants to be treated by person 2.
pub fn request() -> BookingRequest {
    BookingRequest {
        client_id: Uuid::from_u128(1),
        practitioner_id: Uuid::from_u128(2),
        duration_minutes: 60,
        product_id: None,
    }
}
