//! Whether a session that is paid for may be moved, and where to.
//!
//! Moving is booking again without paying again: same parties, same duration, same payment. What must
//! not be is that somebody gets by moving what cancelling would have denied her.

use crate::availability;
use crate::booking::{self, BookingRequest, NoBooking};
use crate::person::Person;
use crate::refund::{self, CancelledBy};
use crate::refusal::Refusal;
use crate::schedule::Slot;
use crate::session_time::SessionTime;
use crate::share::FULL_REFUND;
use crate::status;
use crate::terms::Terms;
use chrono::NaiveDateTime;
use uuid::Uuid;

/// A session moved from one start to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// `None` where the application moved it.
    pub moved_by: Option<Uuid>,
    pub before: SessionTime,
    /// What was asked for, on the clock that the session is told on. Where that skips it, it shows something else then.
    pub asked: NaiveDateTime,
    pub after: SessionTime,
    /// The status that the session had then.
    pub status: String,
}

/// Whether the session is one that can be moved at all.
pub fn check_session(facts: &refund::Facts) -> Result<(), Refusal> {
    let not_reschedulable = |status: &str| {
        Err(Refusal::NotReschedulable {
            status: status.to_owned(),
        })
    };
    if facts.status == status::CANCELLED {
        return Err(Refusal::AlreadyCancelled {
            refunded_credits: facts.refunded_before,
        });
    }
    if !status::is_movable(&facts.status) {
        return not_reschedulable(&facts.status);
    }
    if facts.stake.credits() <= 0 {
        return not_reschedulable("unpaid");
    }
    if facts.starts_at.is_none() {
        return not_reschedulable("without a time");
    }
    if facts.has_begun() {
        return not_reschedulable("in_progress");
    }
    Ok(())
}

/// Whether this side may move the session now, and these two may still meet. A client whose
/// cancellation would cost her something could otherwise move the session far ahead and cancel it then.
pub fn check_mover(
    terms: &Terms,
    request: &BookingRequest,
    moved_by: CancelledBy,
    facts: &refund::Facts,
    client: Option<&Person>,
    practitioner: Option<&Person>,
) -> Result<(), Refusal> {
    if moved_by == CancelledBy::Client {
        require_full_refund(facts, false)?;
    }
    booking::check_people(terms, &request.enquiry(), client, practitioner)
}

/// Whether the session may be moved to the slot of `target`; if so, the sessions whose slot it takes
/// over since nobody paid for them in time. Nor does a practitioner take from the client the time in
/// which she could have cancelled.
pub fn check_target(
    terms: &Terms,
    request: &BookingRequest,
    moved_by: CancelledBy,
    facts: &refund::Facts,
    target: &booking::Facts,
) -> Result<Vec<Uuid>, NoBooking> {
    let slot = target.slot.as_ref().ok_or(Refusal::SessionNotFound)?;
    booking::check_slot_of(terms, &request.enquiry(), slot, target)?;
    check_notice(moved_by, facts, slot)?;
    Ok(booking::expired_holds(terms, target))
}

/// The candidates to which this side may move the session, whom `check_mover` let through, in their order: but for where it
/// is already.
pub fn free_targets(
    terms: &Terms,
    request: &BookingRequest,
    moved_by: CancelledBy,
    facts: &refund::Facts,
    target: &booking::Facts,
    candidates: &[Slot],
) -> Result<Vec<Slot>, NoBooking> {
    let moves_it = |slot: &Slot| {
        Some(slot.period.starts_at) != facts.starts_at && check_notice(moved_by, facts, slot).is_ok()
    };
    availability::free(terms, &request.enquiry(), &target.circumstances(), candidates)
        .filter(|slot| slot.as_ref().map_or(true, moves_it))
        .collect()
}

fn check_notice(moved_by: CancelledBy, facts: &refund::Facts, slot: &Slot) -> Result<(), Refusal> {
    if moved_by != CancelledBy::Practitioner {
        return Ok(());
    }
    let moved = refund::Facts {
        starts_at: Some(slot.period.starts_at),
        ..facts.clone()
    };
    require_full_refund(&moved, true)
}

/// Refuses where the client's own cancellation would not give everything back.
fn require_full_refund(facts: &refund::Facts, at_target: bool) -> Result<(), Refusal> {
    match refund::refund_share(CancelledBy::Client, facts) {
        FULL_REFUND => Ok(()),
        refund_share => Err(Refusal::RescheduleTooLate {
            refund_share,
            at_target,
        }),
    }
}

#[cfg(test)]
mod tests;
