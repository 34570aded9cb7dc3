//! Whether a peer session may be cancelled, and how much of its payment goes back.
//!
//! What goes back follows from what the ledger says was paid, never from a column that somebody
//! could have raised meanwhile.

use crate::account::{AccountPair, OutOfRange};
use crate::division::{DividedCredits, Division, Stake};
use crate::refusal::Refusal;
use crate::share::FULL_REFUND;
use crate::status;
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

pub mod tiers;

/// The reason of a cancellation that gives none.
pub const DEFAULT_REASON: &str = "Session cancelled";

/// On whose behalf a session is cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CancelledBy {
    Client,
    Practitioner,
    /// The application itself, or a practitioner's leaving: nobody's fault, so all goes back.
    Service,
}

impl CancelledBy {
    /// The side on which somebody acts for a session; nobody in person is the application.
    pub fn side_of(person_id: Option<Uuid>, practitioner_id: Option<Uuid>) -> Self {
        if person_id.is_none() {
            CancelledBy::Service
        } else if person_id == practitioner_id {
            CancelledBy::Practitioner
        } else {
            CancelledBy::Client
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            CancelledBy::Client => "client",
            CancelledBy::Practitioner => "practitioner",
            CancelledBy::Service => "application",
        }
    }
}

/// The practitioner's active cancellation policy, or the one of whoever has set none; hours count back from the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    pub full_refund_hours: i64,
    pub partial_refund_hours: i64,
    pub no_refund_hours: i64,
    /// In hundredths of a percent.
    pub partial_refund: i64,
}

/// A peer session and what the ledger says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    pub now: DateTime<Utc>,
    pub status: String,
    /// `None` where an application has stored no time: then nothing has begun, and nothing is late.
    pub starts_at: Option<DateTime<Utc>>,
    pub stake: Stake,
    pub refunded_before: i64,
    pub policy: Policy,
}

impl Facts {
    /// What was held or paid for the session at first, whatever went back since.
    pub fn credit_cost(&self) -> i64 {
        i64::from(self.stake.credits()) + self.refunded_before
    }

    /// Whether its practitioner has not accepted it yet: only for requests are credits held in this status.
    pub fn is_request(&self) -> bool {
        self.status == status::PENDING_APPROVAL && self.stake.held > 0
    }

    pub fn has_begun(&self) -> bool {
        self.starts_at.is_some_and(|starts_at| starts_at <= self.now)
    }
}

/// What a cancellation gives back, whoever has how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefundTerms {
    pub division: Division,
    /// What does not go back.
    pub kept_credits: i32,
    pub credits_were_deducted: bool,
    /// Whether the session was only asked for: then it is declined or withdrawn.
    pub is_request: bool,
}

impl RefundTerms {
    /// In hundredths of a percent.
    pub fn refund_share(&self) -> i64 {
        self.division.client_share
    }

    pub fn refunded_credits(&self) -> i32 {
        self.division.returned_credits
    }

    /// What the session says of its payment from now on; `None` where that stays as it is.
    pub fn payment_status(&self) -> Option<&'static str> {
        self.credits_were_deducted
            .then(|| self.division.payment_status())
            .flatten()
    }
}

/// What a cancellation is to the two people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    Cancelled,
    /// A request, by its practitioner.
    Declined,
    /// A request, by its client.
    Withdrawn,
}

impl Ending {
    pub fn of(cancelled_by: CancelledBy, terms: &RefundTerms) -> Self {
        match cancelled_by {
            CancelledBy::Practitioner if terms.is_request => Ending::Declined,
            CancelledBy::Client if terms.is_request => Ending::Withdrawn,
            _ => Ending::Cancelled,
        }
    }

    /// The status of the session then.
    pub fn status(self) -> &'static str {
        match self {
            Ending::Declined => status::DECLINED,
            Ending::Cancelled | Ending::Withdrawn => status::CANCELLED,
        }
    }
}

/// The cancellation as it will be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cancellation {
    pub terms: RefundTerms,
    pub credits: DividedCredits,
}

/// Whether this side may cancel the session now, and on which terms.
pub fn terms(cancelled_by: CancelledBy, facts: &Facts) -> Result<RefundTerms, Refusal> {
    check_status(cancelled_by, facts)?;
    let division = facts.stake.divide(refund_share(cancelled_by, facts));
    Ok(RefundTerms {
        division,
        kept_credits: facts.stake.credits() - division.returned_credits,
        credits_were_deducted: facts.stake.credits() > 0,
        is_request: facts.is_request(),
    })
}

/// What a cancellation on these terms moves.
pub fn cancel(terms: RefundTerms, accounts: AccountPair) -> Result<Cancellation, OutOfRange> {
    Ok(Cancellation {
        terms,
        credits: terms.division.on(accounts)?,
    })
}

/// Why this session can't be cancelled by anybody, now that one of its parties is no more.
pub fn refusal_without_a_party(cancelled_by: CancelledBy, facts: &Facts) -> Refusal {
    let status = facts.status.clone();
    check_status(cancelled_by, facts)
        .err()
        .unwrap_or(Refusal::NotCancellable { status })
}

fn check_status(cancelled_by: CancelledBy, facts: &Facts) -> Result<(), Refusal> {
    if [status::CANCELLED, status::DECLINED].contains(&facts.status.as_str()) {
        return Err(Refusal::AlreadyCancelled {
            refunded_credits: facts.refunded_before,
        });
    }
    if !status::is_cancellable(&facts.status) {
        return Err(Refusal::NotCancellable {
            status: facts.status.clone(),
        });
    }
    // Whoever paid can't take the credits back once the treatment has begun; the one who earned
    // them, or the application, may still give them back.
    if cancelled_by == CancelledBy::Client
        && facts.stake.credits() > 0
        && facts.has_begun()
        && !facts.is_request()
    {
        return Err(Refusal::NotCancellable {
            status: "in_progress".into(),
        });
    }
    Ok(())
}

/// How much of what was paid goes back, in hundredths of a percent, when this side cancels.
pub fn refund_share(cancelled_by: CancelledBy, facts: &Facts) -> i64 {
    match cancelled_by {
        CancelledBy::Client => client_share_at(facts, facts.now),
        CancelledBy::Practitioner | CancelledBy::Service => FULL_REFUND,
    }
}

/// The same when the client cancels at this moment, all else being as it is.
fn client_share_at(facts: &Facts, moment: DateTime<Utc>) -> i64 {
    match facts.starts_at {
        Some(starts_at) if !facts.is_request() => facts.policy.share_at(starts_at - moment),
        _ => FULL_REFUND,
    }
}

impl Policy {
    /// Within so many hours before the start nothing goes back.
    pub fn last_refund_hours(&self) -> i64 {
        self.partial_refund_hours.max(self.no_refund_hours)
    }

    fn share_at(&self, until_start: TimeDelta) -> i64 {
        // More hours than there are, before or after the start.
        let beyond = |hours: i64| if hours > 0 { TimeDelta::MAX } else { TimeDelta::MIN };
        let at_least = |hours: i64| until_start >= TimeDelta::try_hours(hours).unwrap_or(beyond(hours));
        if at_least(self.full_refund_hours) {
            FULL_REFUND
        } else if at_least(self.last_refund_hours()) {
            self.partial_refund.clamp(0, FULL_REFUND)
        } else {
            0
        }
    }
}

#[cfg(test)]
mod tests;
