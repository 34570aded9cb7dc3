//! Whether a peer booking may be made, and what it moves.
//!
//! Both flows come through here: the one call that makes the whole booking, and the older one that
//! charges a session which its client inserted. The order of the checks is the order of the
//! contract; the first rule broken is the refusal.

use crate::account::{Account, AccountFull, AccountPair, Movement, OutOfRange};
use crate::cost::{Product, credit_cost, session_duration_minutes};
use crate::person::Person;
use crate::refusal::Refusal;
use crate::request::{ExpiredRequest, Wait};
use crate::schedule::{Period, Slot, UnreadableHours, WorkingHours};
use crate::status;
use crate::terms::{Settlement, Terms};
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
    /// A session that this makes, and that its practitioner is to accept first.
    Request,
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

impl Facts {
    pub fn circumstances(&self) -> Circumstances<'_> {
        Circumstances {
            now: self.now,
            working_hours: &self.working_hours,
            blocks: &self.blocks,
            client_busy: &self.client_busy,
            engagements: &self.engagements,
        }
    }
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
    pub charge: Charge,
    /// Sessions whose slot this booking takes over since nobody paid for them in time.
    pub expired_holds: Vec<Uuid>,
    /// Requests of the client's whose credits this booking sets free first, since nobody accepted them in time.
    pub expired_requests: Vec<ExpiredRequest>,
    /// `None` where it is no request.
    pub wait: Option<Wait>,
}

/// What a booking takes of the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charge {
    /// The practitioner has earned it.
    Paid { payment: Movement, earning: Movement },
    /// It is kept until the session is settled; the practitioner has what she had.
    Held { hold: Movement, practitioner: Account },
}

impl Charge {
    /// The movement of the client's credits.
    pub fn of_client(&self) -> Movement {
        match self {
            Charge::Paid {
                payment: movement, ..
            }
            | Charge::Held { hold: movement, .. } => *movement,
        }
    }

    /// What the practitioner has before and after.
    pub fn practitioner(&self) -> (Account, Account) {
        match self {
            Charge::Paid { earning, .. } => (earning.before, earning.after),
            Charge::Held { practitioner, .. } => (*practitioner, *practitioner),
        }
    }

    pub fn is_held(&self) -> bool {
        matches!(self, Charge::Held { .. })
    }
}

/// How a booking moved both balances. A charge of an older generation may have left no record of
/// the practitioner's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    pub credit_cost: i32,
    /// Whether it is paid only when the session has taken place.
    pub is_held: bool,
    pub client_balance_before: Option<i64>,
    pub client_balance_after: Option<i64>,
    pub practitioner_balance_before: Option<i64>,
    pub practitioner_balance_after: Option<i64>,
}

impl Booking {
    /// What the session itself says is held for it.
    pub fn held_credits(&self) -> Option<i32> {
        self.charge.is_held().then_some(self.credit_cost)
    }

    pub fn receipt(&self) -> Receipt {
        let client = self.charge.of_client();
        let (practitioner_before, practitioner_after) = self.charge.practitioner();
        Receipt {
            credit_cost: self.credit_cost,
            is_held: self.charge.is_held(),
            client_balance_before: Some(client.before.balance.saturating_add(client.paid_from_held())),
            client_balance_after: Some(client.after.balance),
            practitioner_balance_before: Some(practitioner_before.balance),
            practitioner_balance_after: Some(practitioner_after.balance),
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
    AccountFull(AccountFull),
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

impl From<AccountFull> for NoBooking {
    fn from(full: AccountFull) -> Self {
        NoBooking::AccountFull(full)
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
    let parties = (request.client_id, request.practitioner_id);
    let charge = charge(credit_cost, is_held(terms, target), parties, accounts)?;
    Ok(Booking {
        client: facts.client.clone().ok_or(Refusal::ClientNotFound)?,
        practitioner: facts.practitioner.clone().ok_or(Refusal::PractitionerNotFound)?,
        credit_cost,
        duration_minutes: session_duration_minutes(request.duration_minutes, facts.product),
        charge,
        expired_holds: expired_holds(terms, facts),
        expired_requests: Vec::new(),
        wait: wait(terms, target, facts),
    })
}

/// How long the practitioner may take to answer, where she is asked.
fn wait(terms: &Terms, target: &Target, facts: &Facts) -> Option<Wait> {
    let slot = facts.slot.filter(|_| *target == Target::Request)?;
    Some(Wait::of(terms, facts.now, slot.period.starts_at))
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
    check_slot(terms, enquiry, slot, &facts.circumstances())
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
    if available < i64::from(credit_cost) {
        return Err(Refusal::InsufficientCredits {
            required: credit_cost,
            available,
        }
        .into());
    }
    Ok(())
}

/// Whether the credits are held until the session is settled: what has taken place already is paid at once.
pub(super) fn is_held(terms: &Terms, target: &Target) -> bool {
    let is_over = match target {
        Target::Request => return true,
        Target::NewSession | Target::InsertedSession(None) => false,
        Target::InsertedSession(Some(session)) | Target::ArrangedSession(session) => {
            status::is_over(&session.status)
        }
    };
    terms.settlement == Settlement::Completion && !is_over
}

/// What the client is charged, and what the practitioner earns of it, now or once it is settled.
pub fn charge(
    credit_cost: i32,
    is_held: bool,
    (client_id, practitioner_id): (Uuid, Uuid),
    accounts: &AccountPair,
) -> Result<Charge, AccountFull> {
    let AccountPair { client, practitioner } = *accounts;
    let credits = i64::from(credit_cost);
    let of_client = |full: OutOfRange| full.of(client_id);
    let earning = (practitioner.earn(credits)).map_err(|full| full.of(practitioner_id))?;
    Ok(if is_held {
        let hold = client.hold(credits).map_err(of_client)?;
        Charge::Held { hold, practitioner }
    } else {
        let payment = client.pay(credits).map_err(of_client)?;
        Charge::Paid { payment, earning }
    })
}

fn check_target(request: &BookingRequest, target: &Target) -> Result<(), Refusal> {
    let session = match target {
        Target::NewSession | Target::Request => return Ok(()),
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
