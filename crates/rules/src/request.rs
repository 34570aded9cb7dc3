//! Requests: sessions that their client asks for, and that their practitioner accepts or not.
//!
//! Invariant: what is held for a request goes whole, to the practitioner by the rules of a booking where she accepts, back
//! to the client where anything else becomes of it.

use crate::account::{Account, AccountFull, AccountPair, OutOfRange};
use crate::booking::{self, Booking, BookingRequest, Charge, Facts, NoBooking};
use crate::person::Person;
use crate::refusal::Refusal;
use crate::session_time::SessionTime;
use crate::status;
use crate::terms::{Settlement, Terms};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// The longest that is left to answer in when a practitioner is reminded.
const LATEST_REMINDER: TimeDelta = TimeDelta::hours(12);

/// From when until when a request waits for its practitioner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    pub requested_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

impl Wait {
    /// The one of a request that is made now: at most until the session would begin.
    pub fn of(terms: &Terms, now: DateTime<Utc>, starts_at: DateTime<Utc>) -> Self {
        let latest = now + TimeDelta::hours(terms.request_hours.into());
        Wait {
            requested_at: now,
            expires_at: latest.min(starts_at),
        }
    }

    /// When the practitioner is reminded to answer.
    pub fn reminded_at(&self) -> DateTime<Utc> {
        let left = (self.expires_at - self.requested_at) / 4;
        self.expires_at - left.min(LATEST_REMINDER)
    }
}

/// A session that was asked for, as its row has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    pub is_accepted: bool,
    /// Until when it waits; of one that is accepted, until when it waited.
    pub expires_at: Option<DateTime<Utc>>,
}

impl Request {
    /// Whether it was accepted, and is a session still: then accepting it again is answered as before.
    pub fn is_accepted_still(&self, status: &str) -> bool {
        self.is_accepted && !status::is_given_up(status)
    }

    /// Whether it waits for its practitioner. At the very moment at which it expires it does so no more.
    pub fn check_open(&self, status: &str, held: i32, now: DateTime<Utc>) -> Result<(), Refusal> {
        let is_over = self.expires_at.is_none_or(|expires_at| expires_at <= now);
        match status {
            status::EXPIRED => Err(Refusal::RequestExpired),
            status::PENDING_APPROVAL if is_over => Err(Refusal::RequestExpired),
            status::PENDING_APPROVAL if held > 0 => Ok(()),
            _ => Err(Refusal::RequestClosed {
                status: status.to_owned(),
            }),
        }
    }
}

/// A request to be accepted, which is open.
#[derive(Debug, Clone, Copy)]
pub struct Acceptance<'a> {
    pub terms: &'a Terms,
    pub request: &'a BookingRequest,
    /// What was agreed on when it was made.
    pub held: i32,
}

impl Acceptance<'_> {
    /// Decides on it by the rules of a booking, but for what was settled when it was made: product, price and notice.
    pub fn decide(&self, facts: &Facts, accounts: &AccountPair) -> Result<Booking, NoBooking> {
        let without_notice = Terms {
            min_notice_minutes: 0,
            ..self.terms.clone()
        };
        let enquiry = self.request.enquiry();
        let (client, practitioner) = (facts.client.as_ref(), facts.practitioner.as_ref());
        booking::check_people(self.terms, &enquiry, client, practitioner)?;
        let slot = facts.slot.as_ref().ok_or(Refusal::SessionNotFound)?;
        booking::check_slot_of(&without_notice, &enquiry, slot, facts)
            .map_err(|no_booking| no_booking.at_cost(self.held))?;
        let client = client.ok_or(Refusal::ClientNotFound)?;
        let practitioner = practitioner.ok_or(Refusal::PractitionerNotFound)?;
        Ok(Booking {
            expired_holds: booking::expired_holds(self.terms, facts),
            ..self.booking(client, practitioner, accounts)?
        })
    }

    /// What it becomes once it is accepted.
    pub fn booking(
        &self,
        client: &Person,
        practitioner: &Person,
        accounts: &AccountPair,
    ) -> Result<Booking, AccountFull> {
        Ok(Booking {
            client: client.clone(),
            practitioner: practitioner.clone(),
            credit_cost: self.held,
            duration_minutes: self.request.duration_minutes,
            charge: self.charge(accounts)?,
            expired_holds: Vec::new(),
            expired_requests: Vec::new(),
            wait: None,
        })
    }

    /// What the acceptance makes of what is held: a payment, or, where settlement waits for completion, what a booking now
    /// would hold.
    fn charge(&self, accounts: &AccountPair) -> Result<Charge, AccountFull> {
        let AccountPair { client, practitioner } = *accounts;
        let held = i64::from(self.held);
        Ok(match self.terms.settlement {
            Settlement::Booking => Charge::Paid {
                payment: (client.pay_from_held(held)).map_err(|full| full.of(self.request.client_id))?,
                earning: (practitioner.earn(held)).map_err(|full| full.of(self.request.practitioner_id))?,
            },
            Settlement::Completion => Charge::Held {
                hold: client.hold_that_led_here(held),
                practitioner,
            },
        })
    }
}

/// A request that nobody accepted in time, with what is held for it still. Of several of one client that may be more than she
/// has: entries of an application's own may say anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpiredRequest {
    pub time: SessionTime,
    pub client_id: Uuid,
    pub practitioner_id: Option<Uuid>,
    pub credits: i32,
}

/// What the client has as soon as she wants it.
pub fn released(account: Account, expired: &[ExpiredRequest]) -> Result<Account, OutOfRange> {
    expired.iter().try_fold(account, |account, request| {
        Ok(account.release_at_most(request.credits.into())?.after)
    })
}

#[cfg(test)]
mod tests;
