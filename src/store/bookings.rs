//! The facts that a booking is decided on.

use super::accounts::Accounts;
use super::convert::{instant, sql_date, sql_time, sql_uuid, uuid, wall_clock};
use super::people::People;
use super::statement::{Connection, Row, first_row, run, statements};
use crate::domain::booking::{Engagement, Facts, Wish};
use crate::domain::cost::Product;
use crate::domain::schedule::{Period, Slot};
use crate::domain::terms::Terms;
use crate::fault::Fault;
use crate::settings;
use chrono::{NaiveDate, NaiveTime};
use pgrx::datum::TimestampWithTimeZone;
use pgrx::spi::SpiHeapTupleData;
use uuid::Uuid;

statements! {
    BOOKING_FACTS = Writes include_str!("../../sql/query/booking_facts.sql");
}

/// When the session shall begin, on the practitioner's wall clock.
#[derive(Debug, Clone, Copy)]
pub struct LocalStart {
    pub session_date: NaiveDate,
    pub start_time: NaiveTime,
}

/// Loads the facts. No start: no slot. `own_session_id` is the session itself where it is inserted.
pub fn load_facts(
    connection: &mut Connection<'_>,
    terms: &Terms,
    wish: &Wish,
    start: Option<LocalStart>,
    own_session_id: Option<Uuid>,
    people: &People,
    accounts: &Accounts,
) -> Result<Facts, Fault> {
    let table = run(
        connection,
        &BOOKING_FACTS,
        &[
            sql_uuid(wish.client_id).into(),
            sql_uuid(wish.practitioner_id).into(),
            start
                .map(|start| sql_date(start.session_date))
                .transpose()?
                .into(),
            start.map(|start| sql_time(start.start_time)).transpose()?.into(),
            wish.duration_minutes.into(),
            wish.product_id.map(sql_uuid).into(),
            settings::default_time_zone()?.into(),
            terms.buffer_minutes.into(),
            own_session_id.map(sql_uuid).into(),
        ],
    )?;
    let row = first_row(table)?.ok_or_else(|| Fault::broken_promise("a booking has no facts"))?;
    Ok(Facts {
        now: instant(row.required("now")?),
        client: people.get(&wish.client_id).cloned(),
        practitioner: people.get(&wish.practitioner_id).cloned(),
        product: product(&row)?,
        slot: slot(&row)?,
        working_hours: working_hours(&row)?,
        blocks: periods(&row, "block_starts_at", "block_ends_at")?,
        engagements: engagements(&row)?,
        client_account: accounts.of(wish.client_id),
        practitioner_account: accounts.of(wish.practitioner_id),
    })
}

/// The product in the columns `has_product` and `product_…` of a row.
pub fn product(row: &SpiHeapTupleData<'_>) -> Result<Option<Product>, Fault> {
    if !row.required::<bool>("has_product")? {
        return Ok(None);
    }
    Ok(Some(Product {
        credit_cost: row.optional("product_credit_cost")?,
        duration_minutes: row.optional("product_duration_minutes")?,
    }))
}

fn slot(row: &SpiHeapTupleData<'_>) -> Result<Option<Slot>, Fault> {
    let Some(starts_at) = row.optional("starts_at")? else {
        return Ok(None);
    };
    Ok(Some(Slot {
        period: Period {
            starts_at: instant(starts_at),
            ends_at: instant(row.required("ends_at")?),
        },
        local_start: wall_clock(row.required("local_start")?),
        local_end: wall_clock(row.required("local_end")?),
    }))
}

pub(super) fn working_hours(row: &SpiHeapTupleData<'_>) -> Result<Option<serde_json::Value>, Fault> {
    row.optional::<String>("working_hours")?
        .map(|json| serde_json::from_str(&json))
        .transpose()
        .map_err(|error| Fault::invalid_argument(format!("working_hours is no JSON: {error}")))
}

pub(super) fn engagements(row: &SpiHeapTupleData<'_>) -> Result<Vec<Engagement>, Fault> {
    let ids = list::<pgrx::Uuid>(row, "session_ids")?;
    let practitioners = list::<pgrx::Uuid>(row, "practitioner_ids")?;
    let clients = list::<pgrx::Uuid>(row, "client_ids")?;
    let periods = periods(row, "engagement_starts_at", "engagement_ends_at")?;
    let expired = list::<bool>(row, "are_expired_holds")?;
    let engagements = ids
        .into_iter()
        .zip(practitioners)
        .zip(clients)
        .zip(periods)
        .zip(expired);
    engagements
        .map(|((((id, practitioner), client), period), is_expired)| {
            Ok(Engagement {
                session_id: uuid(id.ok_or_else(|| Fault::broken_promise("a session without an id"))?),
                practitioner_id: practitioner.map(uuid),
                client_id: client.map(uuid),
                period,
                is_expired_hold: is_expired.unwrap_or(false),
            })
        })
        .collect()
}

pub(super) fn periods(row: &SpiHeapTupleData<'_>, starts: &str, ends: &str) -> Result<Vec<Period>, Fault> {
    let starts = list::<TimestampWithTimeZone>(row, starts)?;
    let ends = list::<TimestampWithTimeZone>(row, ends)?;
    starts
        .into_iter()
        .zip(ends)
        .map(|bounds| match bounds {
            (Some(starts_at), Some(ends_at)) => Ok(Period {
                starts_at: instant(starts_at),
                ends_at: instant(ends_at),
            }),
            _ => Err(Fault::broken_promise("a period without a bound")),
        })
        .collect()
}

/// An array column; NULL, which is what an aggregate over nothing yields, is empty.
pub(super) fn list<T>(row: &SpiHeapTupleData<'_>, column: &str) -> Result<Vec<Option<T>>, Fault>
where
    Vec<Option<T>>: pgrx::datum::FromDatum + pgrx::datum::IntoDatum,
{
    Ok(row.optional::<Vec<Option<T>>>(column)?.unwrap_or_default())
}
