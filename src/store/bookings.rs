//! The facts that a booking is decided on.

use super::accounts::Accounts;
use super::convert::{instant, sql_date, sql_time, sql_uuid, uuid, wall_clock};
use super::people::People;
use super::statement::{Connection, Row, run, statements};
use crate::domain::booking::{Engagement, Facts, Wish};
use crate::domain::cost::Product;
use crate::domain::schedule::{Period, Slot};
use crate::domain::terms::Terms;
use crate::fault::Fault;
use crate::settings;
use chrono::{NaiveDate, NaiveTime};
use pgrx::datum::TimestampWithTimeZone;
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
    let mut rows = run(
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
    let row = rows
        .next()
        .ok_or_else(|| Fault::broken_promise("a booking has no facts"))?;
    let mut engagements: Vec<Engagement> = engagement(&row)?.into_iter().collect();
    for row in rows {
        engagements.extend(engagement(&row)?);
    }
    Ok(Facts {
        now: instant(row.required("now")?),
        client: people.get(&wish.client_id).cloned(),
        practitioner: people.get(&wish.practitioner_id).cloned(),
        product: product(&row)?,
        slot: slot(&row)?,
        working_hours: working_hours(&row)?,
        blocks: blocks(&row)?,
        engagements,
        client_account: accounts.of(wish.client_id),
        practitioner_account: accounts.of(wish.practitioner_id),
    })
}

/// The product in the columns `has_product` and `product_…` of a row.
pub fn product(row: &Row<'_>) -> Result<Option<Product>, Fault> {
    if !row.required::<bool>("has_product")? {
        return Ok(None);
    }
    Ok(Some(Product {
        credit_cost: row.optional("product_credit_cost")?,
        duration_minutes: row.optional("product_duration_minutes")?,
    }))
}

fn slot(row: &Row<'_>) -> Result<Option<Slot>, Fault> {
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

fn working_hours(row: &Row<'_>) -> Result<Option<serde_json::Value>, Fault> {
    row.optional::<String>("working_hours")?
        .map(|json| serde_json::from_str(&json))
        .transpose()
        .map_err(|error| Fault::invalid_argument(format!("working_hours is no JSON: {error}")))
}

fn blocks(row: &Row<'_>) -> Result<Vec<Period>, Fault> {
    let bounds: Vec<TimestampWithTimeZone> = row.required("block_bounds")?;
    let (periods, _) = bounds.as_chunks::<2>();
    Ok(periods
        .iter()
        .map(|[starts_at, ends_at]| Period {
            starts_at: instant(*starts_at),
            ends_at: instant(*ends_at),
        })
        .collect())
}

fn engagement(row: &Row<'_>) -> Result<Option<Engagement>, Fault> {
    let Some(session_id) = row.optional("engagement_id")? else {
        return Ok(None);
    };
    Ok(Some(Engagement {
        session_id: uuid(session_id),
        practitioner_id: row.optional("engagement_practitioner_id")?.map(uuid),
        client_id: row.optional("engagement_client_id")?.map(uuid),
        period: Period {
            starts_at: instant(row.required("engagement_starts_at")?),
            ends_at: instant(row.required("engagement_ends_at")?),
        },
        is_expired_hold: row.required("is_expired_hold")?,
    }))
}
