//! Whether a peer booking may be made, and what it moves.
//!
//! Both flows come through here: the one call that makes the whole booking, and the older one that
//! charges a session which its client inserted. The order of the checks is the order of the
//! contract; the first rule broken is the refusal.

use crate::account::{AccountPair, Movement, OutOfRange};
use crate::cost::{Product, credit_cost, session_duration_minutes};
use crate::person::Person;
use crate::refusal::Refusal;
use crate::schedule::{Period, Slot, UnreadableHours, WorkingHours};
use crate::status;
use crate::terms::Terms;
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// What is asked for, beyond who asks it of whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BookingRequest {
    pub client_id: Uuid,
    pub practitioner_id: Uuid,
    pub duration_minutes: i32,
    pub product_id: Option<Uuid>,
}

impl BookingRequest {
    pub fn parties(&self) -> [Uuid; 2] {
        [self.client_id, self.practitioner_id]
    }

    /// The same without anybody's intention to book.
    pub fn enquiry(&self) -> Enquiry {
        Enquiry {
            client_id: Some(self.client_id),
            practitioner_id: self.practitioner_id,
            duration_minutes: self.duration_minutes,
            product_id: self.product_id,
        }
    }
}

/// What is asked about: a booking by a client, or the practitioner's side alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Enquiry {
    pub client_id: Option<Uuid>,
    pub practitioner_id: Uuid,
    pub duration_minutes: i32,
    pub product_id: Option<Uuid>,
}

/// Another active session of one of the two, given or received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Engagement {
    pub session_id: Uuid,
    pub practitioner_id: Option<Uuid>,
    pub client_id: Option<Uuid>,
    pub period: Period,
    /// It waits for a payment whose time has run out, and so holds its slot no longer.
    pub is_expired_hold: bool,
}

impl Engagement {
    fn involves(&self, person_id: Uuid) -> bool {
        self.practitioner_id == Some(person_id) || self.client_id == Some(person_id)
    }
}

/// What the booking is made on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A session that this booking makes.
    NewSession,
    /// The session that the client says she has inserted; `None` where there is no such session.
    InsertedSession(Option<InsertedSession>),
    /// A session that the application has charged. It has its time already, which may be over.
    ArrangedSession(InsertedSession),
}

/// A session that waits to be charged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InsertedSession {
    pub practitioner_id: Option<Uuid>,
    pub client_id: Option<Uuid>,
    pub is_peer_booking: bool,
    pub status: String,
}

/// All that has to be known of the world to decide.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    pub now: DateTime<Utc>,
    pub client: Option<Person>,
    pub practitioner: Option<Person>,
    pub product: Option<Product>,
    /// When the session would be; `None` where it is inserted and there is no such session.
    pub slot: Option<Slot>,
    pub working_hours: WorkingHours,
    /// Confirmed blocks of the practitioner near the slot, and other times at which she is taken.
    pub blocks: Vec<Period>,
    /// Times besides sessions at which the client is taken.
    pub client_busy: Vec<Period>,
    /// Active sessions of either near the slot, but the one that is being charged; one between the two
    /// of them may come twice.
    pub engagements: Vec<Engagement>,
}

/// What decides whether a session may take place at a time.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    pub now: DateTime<Utc>,
    pub working_hours: &'a WorkingHours,
    pub blocks: &'a [Period],
    pub client_busy: &'a [Period],
    pub engagements: &'a [Engagement],
}

/// The booking as it will be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    pub client: Person,
    pub practitioner: Person,
    pub credit_cost: i32,
    pub duration_minutes: i32,
    pub payment: Movement,
    pub earning: Movement,
    /// Sessions whose slot this booking takes over since nobody paid for them in time.
    pub expired_holds: Vec<Uuid>,
}

/// How a booking moved both balances. A charge of an older generation may have left no record of
/// the practitioner's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    pub credit_cost: i32,
    pub client_balance_before: Option<i32>,
    pub client_balance_after: Option<i32>,
    pub practitioner_balance_before: Option<i32>,
    pub practitioner_balance_after: Option<i32>,
}

impl Booking {
    pub fn receipt(&self) -> Receipt {
        Receipt {
            credit_cost: self.credit_cost,
            client_balance_before: Some(self.payment.before.balance),
            client_balance_after: Some(self.payment.after.balance),
            practitioner_balance_before: Some(self.earning.before.balance),
            practitioner_balance_after: Some(self.earning.after.balance),
        }
    }
}

/// A booking turned down, with its cost where that was known already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    pub refusal: Refusal,
    pub credit_cost: Option<i32>,
}

/// Why there is no booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoBooking {
    Refused(Refused),
    OutOfRange,
    UnreadableHours(UnreadableHours),
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Refused {
            refusal,
            credit_cost: None,
        }
    }
}

impl From<Refusal> for NoBooking {
    fn from(refusal: Refusal) -> Self {
        NoBooking::Refused(refusal.into())
    }
}

impl NoBooking {
    /// A refusal names the cost as soon as it is known.
    pub fn at_cost(self, credit_cost: i32) -> NoBooking {
        match self {
            NoBooking::Refused(refused) => NoBooking::Refused(Refused {
                credit_cost: Some(credit_cost),
                ..refused
            }),
            fault => fault,
        }
    }
}

impl From<OutOfRange> for NoBooking {
    fn from(_: OutOfRange) -> Self {
        NoBooking::OutOfRange
    }
}

/// Decides on a booking.
pub fn decide(
    terms: &Terms,
    request: &BookingRequest,
    target: &Target,
    facts: &Facts,
    accounts: &AccountPair,
) -> Result<Booking, NoBooking> {
    let enquiry = request.enquiry();
    let credit_cost = check_parties_and_price(terms, &enquiry, facts)?;
    let at_cost = |no_booking: NoBooking| no_booking.at_cost(credit_cost);
    if let Some(slot) = &facts.slot
        && !matches!(target, Target::ArrangedSession(_))
    {
        check_slot_of(terms, &enquiry, slot, facts).map_err(at_cost)?;
    }
    check_balance(credit_cost, accounts).map_err(at_cost)?;
    check_target(request, target).map_err(|refusal| at_cost(refusal.into()))?;
    let (payment, earning) = movements(credit_cost, accounts)?;
    Ok(Booking {
        client: facts.client.clone().ok_or(Refusal::ClientNotFound)?,
        practitioner: facts.practitioner.clone().ok_or(Refusal::PractitionerNotFound)?,
        credit_cost,
        duration_minutes: session_duration_minutes(request.duration_minutes, facts.product),
        payment,
        earning,
        expired_holds: expired_holds(terms, facts),
    })
}

/// Who and what, at which price: all that can be said before the time is known.
pub fn check_parties_and_price(terms: &Terms, enquiry: &Enquiry, facts: &Facts) -> Result<i32, NoBooking> {
    check_people(terms, enquiry, facts.client.as_ref(), facts.practitioner.as_ref())?;
    if enquiry.product_id.is_some() && facts.product.is_none() {
        return Err(Refusal::ProductNotFound.into());
    }
    credit_cost(enquiry.duration_minutes, facts.product, terms.credits_per_minute)
        .ok_or(NoBooking::OutOfRange)
}

pub(super) fn check_people(
    terms: &Terms,
    enquiry: &Enquiry,
    client: Option<&Person>,
    practitioner: Option<&Person>,
) -> Result<(), Refusal> {
    if enquiry.client_id == Some(enquiry.practitioner_id) {
        return Err(Refusal::SelfBooking);
    }
    let client = match enquiry.client_id {
        Some(_) => Some(client.ok_or(Refusal::ClientNotFound)?),
        None => None,
    };
    let practitioner = practitioner.ok_or(Refusal::PractitionerNotFound)?;
    if client.is_some_and(|client| !client.is_practitioner(&terms.practitioner_roles)) {
        return Err(Refusal::ClientNotPractitioner);
    }
    if !practitioner.is_practitioner(&terms.practitioner_roles) {
        return Err(Refusal::PractitionerNotEligible);
    }
    if client.is_some_and(|client| !client.is_active) {
        return Err(Refusal::ClientInactive);
    }
    if !practitioner.is_active {
        return Err(Refusal::PractitionerInactive);
    }
    Ok(())
}

/// Whether a session may take place then, as far as these facts go.
pub(super) fn check_slot_of(
    terms: &Terms,
    enquiry: &Enquiry,
    slot: &Slot,
    facts: &Facts,
) -> Result<(), NoBooking> {
    let circumstances = Circumstances {
        now: facts.now,
        working_hours: &facts.working_hours,
        blocks: &facts.blocks,
        client_busy: &facts.client_busy,
        engagements: &facts.engagements,
    };
    check_slot(terms, enquiry, slot, &circumstances)
}

/// Whether a session may take place then, whoever pays for it.
pub fn check_slot(
    terms: &Terms,
    enquiry: &Enquiry,
    slot: &Slot,
    circumstances: &Circumstances<'_>,
) -> Result<(), NoBooking> {
    check_time(terms, slot, circumstances)?;
    Ok(check_overlaps(terms, enquiry, slot, circumstances)?)
}

fn check_time(terms: &Terms, slot: &Slot, circumstances: &Circumstances<'_>) -> Result<(), NoBooking> {
    let starts_at = slot.period.starts_at;
    if starts_at <= circumstances.now + terms.min_notice() {
        return Err(Refusal::SessionInPast {
            min_notice_minutes: terms.min_notice_minutes,
        }
        .into());
    }
    if starts_at > circumstances.now + terms.max_advance() {
        return Err(Refusal::TooFarAhead {
            max_advance_days: terms.max_advance_days,
        }
        .into());
    }
    // Hours that nobody can read decide nothing: they are a fault.
    let is_open = circumstances.working_hours.cover(slot);
    if !is_open.map_err(NoBooking::UnreadableHours)? {
        return Err(Refusal::OutsideWorkingHours.into());
    }
    Ok(())
}

fn check_overlaps(
    terms: &Terms,
    enquiry: &Enquiry,
    slot: &Slot,
    circumstances: &Circumstances<'_>,
) -> Result<(), Refusal> {
    let wanted = &slot.period;
    let overlaps = |period: &Period| period.overlaps(wanted, TimeDelta::zero());
    if circumstances.blocks.iter().any(overlaps) {
        return Err(Refusal::PractitionerBlocked);
    }
    let in_the_way = |person_id| {
        circumstances.engagements.iter().any(|engagement| {
            engagement.involves(person_id)
                && !engagement.is_expired_hold
                && engagement.period.overlaps(wanted, terms.buffer())
        })
    };
    if in_the_way(enquiry.practitioner_id) {
        return Err(Refusal::SlotConflict);
    }
    let is_client_busy = || circumstances.client_busy.iter().any(overlaps);
    if enquiry
        .client_id
        .is_some_and(|client_id| in_the_way(client_id) || is_client_busy())
    {
        return Err(Refusal::ClientConflict);
    }
    Ok(())
}

pub fn check_balance(credit_cost: i32, accounts: &AccountPair) -> Result<(), NoBooking> {
    let available = accounts.client.balance;
    if available < credit_cost {
        return Err(Refusal::InsufficientCredits {
            required: credit_cost,
            available,
        }
        .into());
    }
    Ok(())
}

/// The client's payment and the practitioner's earning.
pub fn movements(credit_cost: i32, accounts: &AccountPair) -> Result<(Movement, Movement), OutOfRange> {
    Ok((
        accounts.client.pay(credit_cost)?,
        accounts.practitioner.earn(credit_cost)?,
    ))
}

fn check_target(request: &BookingRequest, target: &Target) -> Result<(), Refusal> {
    let session = match target {
        Target::NewSession => return Ok(()),
        Target::InsertedSession(session) => session.as_ref().ok_or(Refusal::SessionNotFound)?,
        Target::ArrangedSession(session) => session,
    };
    if !session.is_peer_booking {
        return Err(Refusal::NotPeerBooking);
    }
    if session.client_id != Some(request.client_id)
        || session.practitioner_id != Some(request.practitioner_id)
    {
        return Err(Refusal::ParticipantMismatch);
    }
    if !status::is_chargeable(&session.status) {
        return Err(Refusal::AlreadyCancelled { refunded_credits: 0 });
    }
    Ok(())
}

pub(super) fn expired_holds(terms: &Terms, facts: &Facts) -> Vec<Uuid> {
    let takes_its_slot = |engagement: &&Engagement| {
        facts
            .slot
            .is_some_and(|slot| engagement.period.overlaps(&slot.period, terms.buffer()))
    };
    let mut holds: Vec<Uuid> = facts
        .engagements
        .iter()
        .filter(|engagement| engagement.is_expired_hold)
        .filter(takes_its_slot)
        .map(|engagement| engagement.session_id)
        .collect();
    holds.sort();
    holds.dedup();
    holds
}

#[cfg(test)]
mod tests;
