//! What bookings would be decided on at many starts. It only reads, and so works in a read-only transaction.

use super::columns::{blocks, client_busy, engagements, list, periods, product, receipt, working_hours};
use super::{accounts, people, requests};
use crate::fault::Fault;
use crate::postgres::convert::{instant, sql_uuid, sql_wall_clocks, uuid, wall_clock};
use crate::postgres::statement::{Connection, Row, first_row, run, statements};
use chrono::NaiveDateTime;
use peer_exchange_rules::account::AccountPair;
use peer_exchange_rules::booking::{Enquiry, Facts, Receipt};
use peer_exchange_rules::schedule::Slot;
use peer_exchange_rules::terms::Terms;
use pgrx::datum::Timestamp;
use uuid::Uuid;

statements! {
    EARLIER_BOOKING = Reads include_str!("../../sql/query/earlier_booking.sql");
    PROSPECTS = Reads include_str!("../../sql/query/prospects.sql");
}

/// The slots that begin at the starts asked for, and the facts around all of them.
pub struct Prospects {
    pub timezone: String,
    pub slots: Vec<Slot>,
    /// Without a slot of their own.
    pub facts: Facts,
    /// Those of the two, where there is a client.
    pub accounts: Option<AccountPair>,
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

pub fn load(
    connection: &mut Connection<'_>,
    terms: &Terms,
    enquiry: &Enquiry,
    starts: &[NaiveDateTime],
) -> Result<Prospects, Fault> {
    let arguments = [
        enquiry.client_id.map(sql_uuid).into(),
        sql_uuid(enquiry.practitioner_id).into(),
        sql_wall_clocks(starts)?.into(),
        enquiry.duration_minutes.into(),
        enquiry.product_id.map(sql_uuid).into(),
        terms.buffer_minutes.into(),
    ];
    let parties: Vec<Uuid> = enquiry
        .client_id
        .into_iter()
        .chain([enquiry.practitioner_id])
        .collect();
    let people = people::read(connection, &parties)?;
    let accounts = accounts_of(connection, enquiry, &parties)?;
    let row = first_row(run(connection, &PROSPECTS, &arguments)?)
        .ok_or_else(|| Fault::invariant_violated("a booking has no prospects"))?;
    Ok(Prospects {
        timezone: row.required("timezone")?,
        slots: slots(&row, starts)?,
        facts: Facts {
            now: instant(row.required("now")?),
            client: enquiry.client_id.and_then(|id| people.get(&id).cloned()),
            practitioner: people.get(&enquiry.practitioner_id).cloned(),
            product: product(&row)?,
            slot: None,
            working_hours: working_hours(&row)?,
            blocks: blocks(&row)?,
            client_busy: client_busy(&row)?,
            engagements: engagements(&row)?,
        },
        accounts,
    })
}

/// What the two have, where there is a client, for a booking now.
fn accounts_of(
    connection: &mut Connection<'_>,
    enquiry: &Enquiry,
    parties: &[Uuid],
) -> Result<Option<AccountPair>, Fault> {
    let Some(client_id) = enquiry.client_id else {
        return Ok(None);
    };
    let mut accounts = accounts::read(connection, parties)?.pair(client_id, enquiry.practitioner_id);
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

/// The slots in the columns `slot_…` of a row, which begin at these starts, but for starts that the clock skips: they are
/// others by another name.
pub(super) fn slots(row: &Row<'_>, starts: &[NaiveDateTime]) -> Result<Vec<Slot>, Fault> {
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
    let slots = starts.iter().zip(periods).zip(on_the_clock);
    Ok(slots
        .filter(|((start, _), (local_start, _))| *start == local_start)
        .map(|((_, period), (local_start, local_end))| Slot {
            period,
            local_start,
            local_end,
        })
        .collect())
}
