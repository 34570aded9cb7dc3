//! What bookings would be decided on at many starts. It only reads, and so works in a read-only transaction.

use super::columns::{
    blocks, client_busy, engagements, hours_to_offer, list, periods, policy, product, receipt,
};
use super::sessions::Session;
use super::{accounts, people, requests};
use crate::fault::Fault;
use crate::postgres::convert::{instant, sql_uuid, sql_wall_clocks, uuid, wall_clock};
use crate::postgres::statement::{Connection, Row, first_row, run, statements};
use chrono::{DateTime, NaiveDateTime, Utc};
use peer_exchange_rules::account::AccountPair;
use peer_exchange_rules::booking::{Enquiry, Facts, Receipt};
use peer_exchange_rules::refund::Policy;
use peer_exchange_rules::schedule::Slot;
use peer_exchange_rules::terms::Terms;
use pgrx::datum::Timestamp;
use std::collections::BTreeMap;
use uuid::Uuid;

statements! {
    EARLIER_BOOKING = Reads include_str!("../../sql/query/earlier_booking.sql");
    PROSPECTS = Reads include_str!("../../sql/query/prospects.sql");
}

/// What is asked about: a session of this kind, at any of these starts.
pub struct Question<'a> {
    pub terms: &'a Terms,
    pub enquiry: &'a Enquiry,
    pub starts: &'a [NaiveDateTime],
    /// The session that would be moved there, on whose clock the starts are then; else they are on the practitioner's.
    pub moved: Option<&'a Session>,
}

/// The slots that begin at the starts asked for, and the facts around all of them.
pub struct Prospects {
    pub timezone: String,
    pub slots: Vec<Slot>,
    /// What the clock of that zone shows at the start of each.
    told_starts: BTreeMap<DateTime<Utc>, NaiveDateTime>,
    /// Without a slot of their own.
    pub facts: Facts,
    /// On which terms a client cancels.
    pub policy: Policy,
}

impl Prospects {
    /// The start of one of these slots as it was asked about.
    pub fn told_start(&self, slot: &Slot) -> NaiveDateTime {
        let told_start = self.told_starts.get(&slot.period.starts_at);
        told_start.copied().unwrap_or(slot.local_start)
    }
}

/// What a client has booked under a key before.
pub struct EarlierBooking {
    pub session_id: Uuid,
    /// What was asked for then.
    pub digest: Option<Uuid>,
    /// Whether the client was deleted since, so that it was somebody else of this id.
    pub is_of_former_client: bool,
    /// How it was charged; `None` where it never was.
    pub receipt: Option<Receipt>,
}

pub fn load(connection: &mut Connection<'_>, question: &Question<'_>) -> Result<Prospects, Fault> {
    let enquiry = question.enquiry;
    let arguments = [
        enquiry.client_id.map(sql_uuid).into(),
        sql_uuid(enquiry.practitioner_id).into(),
        sql_wall_clocks(question.starts)?.into(),
        enquiry.duration_minutes.into(),
        enquiry.product_id.map(sql_uuid).into(),
        question.terms.buffer_minutes.into(),
        question
            .moved
            .map(|session| session.time.timezone.as_str())
            .into(),
        question.moved.map(|session| sql_uuid(session.id)).into(),
    ];
    let people = people::read(connection, &parties(enquiry))?;
    let row = first_row(run(connection, &PROSPECTS, &arguments)?)
        .ok_or_else(|| Fault::invariant_violated("a booking has no prospects"))?;
    let slots = slots(&row, question.starts, "slot_told_starts")?;
    Ok(Prospects {
        timezone: row.required("timezone")?,
        told_starts: (slots.iter())
            .map(|(told_start, slot)| (slot.period.starts_at, *told_start))
            .collect(),
        slots: slots.into_iter().map(|(_, slot)| slot).collect(),
        facts: Facts {
            now: instant(row.required("now")?),
            client: enquiry.client_id.and_then(|id| people.get(&id).cloned()),
            practitioner: people.get(&enquiry.practitioner_id).cloned(),
            product: product(&row)?,
            slot: None,
            working_hours: hours_to_offer(&row)?,
            blocks: blocks(&row)?,
            client_busy: client_busy(&row)?,
            engagements: engagements(&row)?,
        },
        policy: policy(&row)?,
    })
}

fn parties(enquiry: &Enquiry) -> Vec<Uuid> {
    enquiry
        .client_id
        .into_iter()
        .chain([enquiry.practitioner_id])
        .collect()
}

/// What the two have, where there is a client, for a booking now.
pub fn accounts(connection: &mut Connection<'_>, enquiry: &Enquiry) -> Result<Option<AccountPair>, Fault> {
    let Some(client_id) = enquiry.client_id else {
        return Ok(None);
    };
    let mut accounts =
        accounts::read(connection, &parties(enquiry))?.pair(client_id, enquiry.practitioner_id);
    accounts.client = requests::available_to(connection, client_id, accounts.client)?;
    Ok(Some(accounts))
}

/// The booking that this client made under this key; `None` where she made none.
pub fn earlier_booking(
    connection: &mut Connection<'_>,
    client_id: Uuid,
    idempotency_key: &str,
) -> Result<Option<EarlierBooking>, Fault> {
    let arguments = [sql_uuid(client_id).into(), idempotency_key.into()];
    let Some(row) = first_row(run(connection, &EARLIER_BOOKING, &arguments)?) else {
        return Ok(None);
    };
    let is_charged: bool = row.required("is_charged")?;
    Ok(Some(EarlierBooking {
        session_id: uuid(row.required("id")?),
        digest: row.optional("idempotency_digest")?.map(uuid),
        is_of_former_client: row.required("is_of_former_client")?,
        receipt: is_charged.then(|| receipt(&row)).transpose()?,
    }))
}

/// The slots in the columns `slot_…` of a row, each with its start as this column tells it. They begin at these starts, but
/// for starts that the clock skips: they are others by another name.
pub(super) fn slots(
    row: &Row<'_>,
    starts: &[NaiveDateTime],
    told_starts: &str,
) -> Result<Vec<(NaiveDateTime, Slot)>, Fault> {
    let periods = periods(row, "slot_starts_at", "slot_ends_at")?;
    let shown = |column| -> Result<Vec<NaiveDateTime>, Fault> {
        let no_clock = || Fault::invariant_violated("a slot that no clock shows");
        list::<Timestamp>(row, column)?
            .into_iter()
            .map(|shown| shown.map(wall_clock).ok_or_else(no_clock))
            .collect()
    };
    let on_the_clock = shown("slot_local_starts")?
        .into_iter()
        .zip(shown("slot_local_ends")?);
    let told_starts = shown(told_starts)?;
    let slots = (starts.iter().zip(told_starts)).zip(periods.into_iter().zip(on_the_clock));
    Ok(slots
        .filter(|((start, told_start), _)| *start == told_start)
        .map(|((_, told_start), (period, (local_start, local_end)))| {
            let slot = Slot {
                period,
                local_start,
                local_end,
            };
            (told_start, slot)
        })
        .collect())
}
