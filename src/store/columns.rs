//! Groups of columns that several statements return alike.

use crate::fault::Fault;
use crate::postgres::convert::{instant, uuid, wall_clock};
use crate::postgres::statement::Row;
use crate::settings;
use peer_exchange_rules::booking::{Engagement, Receipt};
use peer_exchange_rules::cost::Product;
use peer_exchange_rules::place::Place;
use peer_exchange_rules::refund::Policy;
use peer_exchange_rules::request::Request;
use peer_exchange_rules::schedule::{Period, WorkingHours};
use peer_exchange_rules::session_time::{SessionTime, Start};
use peer_exchange_rules::terms::LONGEST_SESSION_MINUTES;
use pgrx::datum::{Timestamp, TimestampWithTimeZone};
use serde_json::Value;
use uuid::Uuid;

/// What the row of a session calls it, as `session_type`, no longer than a booking can. Other columns follow.
macro_rules! session_type {
    () => {
        concat!(
            "left(session.session_type::text, ",
            $crate::argument::max_session_type_characters!(),
            ") as session_type,\n"
        )
    };
}
pub(super) use session_type;

/// The product in the columns `has_product` and `product_…` of a row.
pub fn product(row: &Row<'_>) -> Result<Option<Product>, Fault> {
    if !row.required::<bool>("has_product")? {
        return Ok(None);
    }
    offered(
        row.optional("product_credit_cost")?,
        row.optional("product_duration_minutes")?,
    )
    .map(Some)
}

/// A cancellation policy in the columns of `peer_exchange.policy_of`.
pub fn policy(row: &Row<'_>) -> Result<Policy, Fault> {
    Ok(Policy {
        full_refund_hours: row.required("full_refund_hours")?,
        partial_refund_hours: row.required("partial_refund_hours")?,
        no_refund_hours: row.required("no_refund_hours")?,
        partial_refund: row.required("partial_refund")?,
    })
}

/// How a session was charged, in the columns `credit_cost` and `…_balance_…` of a row.
pub fn receipt(row: &Row<'_>) -> Result<Receipt, Fault> {
    Ok(Receipt {
        credit_cost: row.required("credit_cost")?,
        is_held: row.required("is_held")?,
        client_balance_before: row.optional("client_balance_before")?,
        client_balance_after: row.optional("client_balance_after")?,
        practitioner_balance_before: row.optional("practitioner_balance_before")?,
        practitioner_balance_after: row.optional("practitioner_balance_after")?,
    })
}

/// When a session is, in the columns of `peer_exchange.time_of_session`.
pub fn session_time(row: &Row<'_>, session_id: Uuid) -> Result<SessionTime, Fault> {
    Ok(SessionTime {
        session_id,
        duration_minutes: row.required("duration_minutes")?,
        timezone: row.required("timezone")?,
        start: start(row, "starts_at", "local_start")?,
    })
}

/// Where a session takes place, as far as a row says so that was written by somebody.
pub fn written_place(row: &Row<'_>) -> Result<Option<Place>, Fault> {
    let written = list::<String>(row, "written_places")?;
    Ok(Place::first_of(written.into_iter().flatten()))
}

/// What is known of a session as a request, in the columns `is_request`, `is_accepted` and `expires_at` of a row.
pub fn request(row: &Row<'_>) -> Result<Option<Request>, Fault> {
    if !row.required::<bool>("is_request")? {
        return Ok(None);
    }
    Ok(Some(Request {
        is_accepted: row.required("is_accepted")?,
        expires_at: row.optional("expires_at")?.map(instant),
    }))
}

/// A start in these two columns, if there is one.
pub fn start(row: &Row<'_>, at: &str, on_the_clock: &str) -> Result<Option<Start>, Fault> {
    let at = row.optional::<TimestampWithTimeZone>(at)?;
    let on_the_clock = row.optional::<Timestamp>(on_the_clock)?;
    Ok(at.zip(on_the_clock).map(|(at, on_the_clock)| Start {
        at: instant(at),
        on_the_clock: wall_clock(on_the_clock),
    }))
}

/// What a practitioner has published of her hours.
pub fn working_hours(row: &Row<'_>) -> Result<WorkingHours, Fault> {
    let published: Option<String> = row.optional("working_hours")?;
    Ok(WorkingHours::read(published.as_deref()))
}

/// The hours in which a practitioner is offered.
pub fn hours_to_offer(row: &Row<'_>) -> Result<WorkingHours, Fault> {
    let unpublished = settings::hours_to_offer(row.required("is_table_of_setup")?)?;
    Ok(working_hours(row)?.to_offer(&unpublished))
}

/// A product as it is offered; a fault where its sessions would be longer than a session can be.
pub fn offered(credit_cost: Option<i64>, duration_minutes: Option<i32>) -> Result<Product, Fault> {
    let duration_minutes = duration_minutes.filter(|minutes| *minutes > 0);
    if duration_minutes.is_some_and(|minutes| minutes > LONGEST_SESSION_MINUTES) {
        return Err(Fault::invalid_argument("the product lasts longer than a week"));
    }
    Ok(Product {
        credit_cost,
        duration_minutes,
    })
}

/// The sessions in an agenda.
pub fn engagements(row: &Row<'_>) -> Result<Vec<Engagement>, Fault> {
    let ids = list::<pgrx::Uuid>(row, "engagement_ids")?;
    let periods = periods_by_turns(row, "engagement_times")?;
    let expired = list::<bool>(row, "are_expired_holds")?;
    let (ids, _) = ids.as_chunks();
    ids.iter()
        .zip(periods)
        .zip(expired)
        .map(|((&[id, practitioner, client], period), is_expired)| {
            Ok(Engagement {
                session_id: uuid(id.ok_or_else(|| Fault::invariant_violated("a session without an id"))?),
                practitioner_id: practitioner.map(uuid),
                client_id: client.map(uuid),
                period,
                is_expired_hold: is_expired.unwrap_or(false),
            })
        })
        .collect()
}

/// When a practitioner can give no session: her blocks, and the other times at which she is taken.
pub fn blocks(row: &Row<'_>) -> Result<Vec<Period>, Fault> {
    let mut blocks = periods_by_turns(row, "block_times")?;
    blocks.extend(busy(row)?);
    Ok(blocks)
}

/// When the person of an agenda is taken besides.
pub fn busy(row: &Row<'_>) -> Result<Vec<Period>, Fault> {
    periods_by_turns(row, "busy_times")
}

/// When the client of an agenda is.
pub fn client_busy(row: &Row<'_>) -> Result<Vec<Period>, Fault> {
    periods_by_turns(row, "client_busy_times")
}

/// Periods whose starts and ends stand in a column each.
pub fn periods(row: &Row<'_>, starts: &str, ends: &str) -> Result<Vec<Period>, Fault> {
    let starts = list::<TimestampWithTimeZone>(row, starts)?;
    let ends = list::<TimestampWithTimeZone>(row, ends)?;
    starts
        .into_iter()
        .zip(ends)
        .map(|(starts_at, ends_at)| period(starts_at, ends_at))
        .collect()
}

/// Periods whose starts and ends stand by turns in one column.
fn periods_by_turns(row: &Row<'_>, column: &str) -> Result<Vec<Period>, Fault> {
    let times = list::<TimestampWithTimeZone>(row, column)?;
    let (periods, _) = times.as_chunks();
    periods
        .iter()
        .map(|&[starts_at, ends_at]| period(starts_at, ends_at))
        .collect()
}

fn period(
    starts_at: Option<TimestampWithTimeZone>,
    ends_at: Option<TimestampWithTimeZone>,
) -> Result<Period, Fault> {
    let (Some(starts_at), Some(ends_at)) = (starts_at, ends_at) else {
        return Err(Fault::invariant_violated("a period without a bound"));
    };
    Ok(Period {
        starts_at: instant(starts_at),
        ends_at: instant(ends_at),
    })
}

/// What an application may know of a person, in columns of its own of whatever type it gave them.
pub fn profile(row: &Row<'_>) -> Result<Value, Fault> {
    serde_json::from_str(&row.required::<String>("profile")?)
        .map_err(|error| Fault::invariant_violated(format!("a profile is not valid JSON: {error}")))
}

/// What of such a list is told to others: as much as is searched for.
const MAX_TEXTS: usize = 50;
const MAX_TEXT_CHARACTERS: usize = 1_000;

/// A list of texts, or a single one, as an application may keep it.
pub fn texts(value: &Value) -> Vec<String> {
    let text = |value: &Value| Some(value.as_str()?.chars().take(MAX_TEXT_CHARACTERS).collect());
    match value {
        Value::Array(list) => list.iter().filter_map(text).take(MAX_TEXTS).collect(),
        single => text(single).into_iter().collect(),
    }
}

/// An array column; NULL, which is what an aggregate over nothing yields, is empty.
pub fn list<T>(row: &Row<'_>, column: &str) -> Result<Vec<Option<T>>, Fault>
where
    Vec<Option<T>>: pgrx::datum::FromDatum + pgrx::datum::IntoDatum,
{
    Ok(row.optional::<Vec<Option<T>>>(column)?.unwrap_or_default())
}
