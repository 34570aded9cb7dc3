//! A peer session as one of its parties sees it, and what she can do about it.

use crate::booking::{self, BookingRequest};
use crate::person::Person;
use crate::place::Place;
use crate::rating::{self, Given};
use crate::refund::tiers::{self, Tier};
use crate::refund::{self, CancelledBy, RefundTerms};
use crate::refusal::Refusal;
use crate::request::Request;
use crate::reschedule;
use crate::session_time::SessionTime;
use crate::status;
use crate::terms::Terms;
use chrono::{DateTime, Utc};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeerSession {
    /// Whether the one who looks receives it; else she gives it.
    pub is_client: bool,
    pub payment_status: Option<String>,
    pub time: SessionTime,
    pub place: Option<Place>,
    pub session_type: Option<String>,
    pub notes: Option<String>,
    pub credit_cost: Option<i64>,
    /// `None` where it was booked at once.
    pub request: Option<Request>,
    pub cancelled_at: Option<DateTime<Utc>>,
    pub cancellation_reason: Option<String>,
    /// Whether it can be rated here at all, and how it was.
    pub has_rating: bool,
    pub given: Option<Given>,
    /// Status and start among them.
    pub refund: refund::Facts,
    pub viewer: Option<Person>,
    pub counterpart: Option<Person>,
    /// How else to reach the counterpart.
    pub counterpart_phone: Option<String>,
}

/// One page of somebody's sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeerSessions {
    pub sessions: Vec<PeerSession>,
    /// The cursor of the next page, where there is one.
    pub next_before: Option<String>,
}

impl PeerSession {
    /// On which terms she could cancel it now, or why she can't.
    pub fn cancellation(&self) -> Result<RefundTerms, Refusal> {
        match self.counterpart {
            Some(_) => refund::terms(self.side(), &self.refund),
            None => Err(refund::refusal_without_a_party(self.side(), &self.refund)),
        }
    }

    /// What she gets back by when she cancels, where she is its client and could.
    pub fn refund_tiers(&self) -> Option<Vec<Tier>> {
        let is_hers = self.is_client && self.cancellation().is_ok();
        is_hers.then(|| tiers::from_now_on(&self.refund))
    }

    /// Whether she could move it to a time that suits, or why not.
    pub fn check_rescheduling(&self, terms: &Terms) -> Result<(), Refusal> {
        reschedule::check_session(&self.refund)?;
        let (client, practitioner) = self.people();
        let client = client.ok_or(Refusal::ClientNotFound)?;
        let practitioner = practitioner.ok_or(Refusal::PractitionerNotFound)?;
        let request = self.booking_request(client, practitioner);
        let (side, facts) = (self.side(), &self.refund);
        reschedule::check_mover(terms, &request, side, facts, Some(client), Some(practitioner))
    }

    /// Whether it waits for her to accept it, and these two may meet still.
    pub fn can_be_accepted(&self, terms: &Terms) -> bool {
        let (Some(request), (Some(client), Some(practitioner))) = (self.request, self.people()) else {
            return false;
        };
        let enquiry = self.booking_request(client, practitioner).enquiry();
        let facts = &self.refund;
        !self.is_client
            && (request.check_open(&facts.status, facts.stake.held, facts.now))
                .and_then(|()| booking::check_people(terms, &enquiry, Some(client), Some(practitioner)))
                .is_ok()
    }

    /// Whether she could say, or say otherwise, how it was.
    pub fn can_be_rated(&self) -> bool {
        let facts = rating::Facts {
            now: self.refund.now,
            status: self.refund.status.clone(),
            ends_at: self.time.ends_at(),
            given: None,
        };
        self.is_client && self.has_rating && facts.check_open().is_ok()
    }

    /// How to call the counterpart, once they have agreed to meet.
    pub fn phone(&self) -> Option<&str> {
        let is_agreed = status::takes_place(&self.refund.status) || status::is_over(&self.refund.status);
        self.counterpart_phone.as_deref().filter(|_| is_agreed)
    }

    /// Until when it waits for an answer, where it does.
    pub fn expires_at(&self) -> Option<DateTime<Utc>> {
        let request = self
            .request
            .filter(|_| self.refund.status == status::PENDING_APPROVAL);
        request?.expires_at
    }

    /// Client and practitioner, as far as they are there still.
    fn people(&self) -> (Option<&Person>, Option<&Person>) {
        let (viewer, counterpart) = (self.viewer.as_ref(), self.counterpart.as_ref());
        if self.is_client {
            (viewer, counterpart)
        } else {
            (counterpart, viewer)
        }
    }

    /// What was booked, whatever is offered by now.
    fn booking_request(&self, client: &Person, practitioner: &Person) -> BookingRequest {
        BookingRequest {
            client_id: client.id,
            practitioner_id: practitioner.id,
            duration_minutes: self.time.duration_minutes,
            product_id: None,
        }
    }

    fn side(&self) -> CancelledBy {
        if self.is_client {
            CancelledBy::Client
        } else {
            CancelledBy::Practitioner
        }
    }
}

#[cfg(test)]
mod tests;
