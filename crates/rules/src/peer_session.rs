//! A peer session as one of its parties sees it, and what she can do about it.

use crate::booking::BookingRequest;
use crate::person::Person;
use crate::refund::{self, CancelledBy, RefundTerms};
use crate::reschedule;
use crate::session_time::SessionTime;
use crate::terms::Terms;
use chrono::{DateTime, Utc};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeerSession {
    /// Whether the one who looks receives it; else she gives it.
    pub is_client: bool,
    pub payment_status: Option<String>,
    pub time: SessionTime,
    pub session_type: Option<String>,
    pub notes: Option<String>,
    pub credit_cost: Option<i64>,
    pub cancelled_at: Option<DateTime<Utc>>,
    pub cancellation_reason: Option<String>,
    /// Status and start among them.
    pub refund: refund::Facts,
    pub viewer: Option<Person>,
    pub counterpart: Option<Person>,
}

/// One page of somebody's sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeerSessions {
    pub sessions: Vec<PeerSession>,
    /// The cursor of the next page, where there is one.
    pub next_before: Option<String>,
}

impl PeerSession {
    /// On which terms she could cancel it now, if she could.
    pub fn refund_terms(&self) -> Option<RefundTerms> {
        self.counterpart.as_ref()?;
        refund::terms(self.side(), &self.refund).ok()
    }

    /// Whether she could move it to a time that suits.
    pub fn can_be_rescheduled(&self, terms: &Terms) -> bool {
        let (Some(viewer), Some(counterpart)) = (&self.viewer, &self.counterpart) else {
            return false;
        };
        let (client, practitioner) = if self.is_client {
            (viewer, counterpart)
        } else {
            (counterpart, viewer)
        };
        let request = BookingRequest {
            client_id: client.id,
            practitioner_id: practitioner.id,
            duration_minutes: self.time.duration_minutes,
            product_id: None,
        };
        let (side, facts) = (self.side(), &self.refund);
        reschedule::check_session(facts)
            .and_then(|()| {
                reschedule::check_mover(terms, &request, side, facts, Some(client), Some(practitioner))
            })
            .is_ok()
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
