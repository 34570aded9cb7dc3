//! What a client of the floor makes up by itself: keys, texts and payloads, so that the server only has to write them.
//! They are as long as those that a contender who decides would write.

use serde_json::json;
use uuid::Uuid;

use super::Paid;
use crate::contender::Contender;
use crate::slots::BookingRequest;
use crate::world::Person;

const START: &str = "2030-03-01T10:00:00+00:00";
const END: &str = "2030-03-01T11:00:00+00:00";
const TIMEZONE: &str = "Europe/London";

/// A booking: two ledger rows and four notifications.
pub struct Booking {
    pub keys: Vec<Uuid>,
    pub titles: [String; 4],
    pub bodies: [String; 4],
    pub payloads: [String; 4],
}

impl Booking {
    pub fn of(
        contender: Contender,
        request: &BookingRequest,
        session_id: Uuid,
        client: &Person,
        practitioner: &Person,
    ) -> Self {
        let cost = request.duration_minutes;
        let to_client = booking_payload(request, session_id, practitioner);
        let to_practitioner = booking_payload(request, session_id, client);
        Self {
            keys: keys(contender, 6),
            titles: [
                "Session booked".to_owned(),
                format!("{cost} credits spent"),
                "New peer booking".to_owned(),
                format!("{cost} credits earned"),
            ],
            bodies: booking_bodies(request, &client.name, &practitioner.name),
            payloads: [
                to_client.clone(),
                to_client,
                to_practitioner.clone(),
                to_practitioner,
            ],
        }
    }
}

fn booking_bodies(request: &BookingRequest, client: &str, practitioner: &str) -> [String; 4] {
    let cost = request.duration_minutes;
    let moment = format!(
        "on {} at {}",
        request.session_date.format("%-d %B %Y"),
        request.start_time.format("%H:%M")
    );
    [
        format!("Your {cost}-minute session with {practitioner} {moment} is booked."),
        format!(
            "{cost} credits paid for your session with {practitioner} {moment}. Your balance is 1000000."
        ),
        format!("{client} has booked a {cost}-minute session with you {moment}."),
        format!("{cost} credits earned from the session with {client} {moment}. Your balance is 1000000."),
    ]
}

fn booking_payload(request: &BookingRequest, session_id: Uuid, other: &Person) -> String {
    json!({
        "session_id": session_id, "credits": request.duration_minutes, "balance_after": 1_000_000,
        "session_date": request.session_date, "start_time": request.start_time.format("%H:%M").to_string(),
        "starts_at": START, "ends_at": END, "timezone": TIMEZONE,
        "duration_minutes": request.duration_minutes, "other_party_name": other.name,
    })
    .to_string()
}

/// A refund: two ledger rows and two notifications.
pub struct Refund {
    pub keys: Vec<Uuid>,
    pub bodies: [String; 2],
    pub payloads: [String; 2],
}

impl Refund {
    pub fn of(contender: Contender, paid: &Paid) -> Self {
        let cost = paid.credit_cost;
        let body = |to_whom: &str| {
            format!(
                "The session with Ada Archer on 1 March 2030 at 10:00 was cancelled. {cost} credits returned to \
                 {to_whom}. Your balance is 1000000."
            )
        };
        let payload = |recipient_role: &str| {
            json!({
                "session_id": paid.id, "credits": cost, "balance_after": 1_000_000, "session_date": "2030-03-01",
                "start_time": "10:00", "starts_at": START, "ends_at": END, "timezone": TIMEZONE, "duration_minutes": 60,
                "other_party_name": "Ada Archer", "reason": "Session cancelled",
                "recipient_role": recipient_role, "cancelled_by": "application", "kept_credits": 0,
            })
            .to_string()
        };
        Self {
            keys: keys(contender, 4),
            bodies: [body("you"), body("Ada Archer")],
            payloads: [payload("client"), payload("practitioner")],
        }
    }
}

fn keys(contender: Contender, count: usize) -> Vec<Uuid> {
    (0..count).map(|_| contender.new_key()).collect()
}

/// The smaller key first: two who write the same two rows never wait for each other.
pub fn in_order(mut movements: [(Uuid, i32); 2]) -> [(Uuid, i32); 2] {
    movements.sort();
    movements
}
