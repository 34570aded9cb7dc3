//! What `create_peer_booking`, `request_peer_booking` and `quote_peer_booking` are asked for, checked as far as that needs no
//! database.

use crate::argument::{
    MAX_IDEMPOTENCY_KEY_CHARACTERS, MAX_NOTES_CHARACTERS, MAX_SESSION_TYPE_CHARACTERS, before_midnight,
    limited_text, optional_text, required,
};
use crate::postgres::convert::date;
use crate::postgres::time_of_day::TimeOfDay;
use crate::rpc::error::Error;
use crate::store::bookings::LocalStart;
use crate::store::sessions::Particulars;
use peer_exchange_rules::booking::{BookingRequest, Target};
use peer_exchange_rules::refusal::Refusal;
use peer_exchange_rules::terms::Terms;
use pgrx::datum::Date;
use serde_json::{Value, json};
use uuid::Uuid;

/// The arguments as they came.
pub struct Arguments<'a> {
    pub client_id: Option<Uuid>,
    pub practitioner_id: Option<Uuid>,
    pub session_date: Option<Date>,
    pub start_time: Option<TimeOfDay>,
    pub duration_minutes: Option<i32>,
    pub session_type: Option<&'a str>,
    pub notes: Option<&'a str>,
    pub product_id: Option<Uuid>,
    pub idempotency_key: Option<&'a str>,
}

/// What the session shall be that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Booking,
    /// Its practitioner is to accept it first.
    Request,
}

impl Kind {
    pub fn target(self) -> Target {
        match self {
            Kind::Booking => Target::NewSession,
            Kind::Request => Target::Request,
        }
    }
}

/// What is asked for, with everything that it needs.
pub struct Asked<'a> {
    pub kind: Kind,
    pub request: BookingRequest,
    pub start: LocalStart,
    pub particulars: Particulars<'a>,
}

impl<'a> Arguments<'a> {
    /// What is asked for; a refusal where something is missing, a fault for what makes no sense.
    pub fn checked(&self, kind: Kind, terms: &Terms) -> Result<Asked<'a>, Error> {
        let (request, session_date, start_time, session_type) = self.complete(terms)?;
        let start = LocalStart {
            session_date: date(session_date),
            start_time: before_midnight("p_start_time", start_time)?,
        };
        let mut particulars = Particulars {
            session_type: limited_text("p_session_type", session_type, MAX_SESSION_TYPE_CHARACTERS)?,
            notes: self
                .notes
                .map(|notes| limited_text("p_notes", notes, MAX_NOTES_CHARACTERS))
                .transpose()?,
            product_id: self.product_id,
            idempotency_key: optional_text(
                "p_idempotency_key",
                self.idempotency_key,
                MAX_IDEMPOTENCY_KEY_CHARACTERS,
            )?,
            idempotency_digest: None,
        };
        particulars.idempotency_digest = particulars
            .idempotency_key
            .map(|_| digest(kind, &request, start, &particulars));
        Ok(Asked {
            kind,
            request,
            start,
            particulars,
        })
    }

    /// Everything that a booking can't do without, in the order of the arguments.
    fn complete(&self, terms: &Terms) -> Result<(BookingRequest, Date, TimeOfDay, &'a str), Refusal> {
        let client_id = required("p_client_id", self.client_id)?;
        let practitioner_id = required("p_practitioner_id", self.practitioner_id)?;
        let session_date = required("p_session_date", self.session_date)?;
        let start_time = required("p_start_time", self.start_time)?;
        let duration_minutes = required("p_duration_minutes", self.duration_minutes)?;
        let says_something = |text: &&str| !text.trim().is_empty();
        let session_type = required("p_session_type", self.session_type.filter(says_something))?;
        terms.check_duration(duration_minutes)?;
        let request = BookingRequest {
            client_id,
            practitioner_id,
            duration_minutes,
            product_id: self.product_id,
        };
        Ok((request, session_date, start_time, session_type))
    }
}

/// Tells whether two requests under one key ask for the same; an id of version 5 is a SHA-1 of
/// its text, and this needs no more than that.
fn digest(kind: Kind, request: &BookingRequest, start: LocalStart, particulars: &Particulars<'_>) -> Uuid {
    let mut asked_for = vec![
        json!(request.practitioner_id),
        json!(start.session_date),
        json!(start.start_time),
        json!(request.duration_minutes),
        json!(particulars.session_type),
        json!(particulars.notes),
        json!(request.product_id),
    ];
    // Bookings were made before there were requests, and are to be found again.
    if kind == Kind::Request {
        asked_for.push(json!("request"));
    }
    let asked_for = Value::Array(asked_for);
    Uuid::new_v5(&request.client_id, asked_for.to_string().as_bytes())
}
