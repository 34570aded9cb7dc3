//! The facts that a booking is decided on.

use super::accounts::Accounts;
use super::columns::{LONGEST_SESSION_DAYS, offered, published_hours};
use super::convert::{instant_of, transaction_start, wall_clock_at};
use super::people::People;
use super::record::Record;
use super::scan::{Near, Search};
use crate::domain::booking::{Engagement, Facts, Wish};
use crate::domain::cost::{Product, session_duration_minutes};
use crate::domain::schedule::{Period, Slot};
use crate::domain::terms::Terms;
use crate::fault::Fault;
use crate::settings;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde_json::Value;
use uuid::Uuid;

/// When the session shall begin, on the practitioner's wall clock.
#[derive(Debug, Clone, Copy)]
pub struct LocalStart {
    pub session_date: NaiveDate,
    pub start_time: NaiveTime,
}

/// Loads the facts. No start: no slot. `own_session_id` is the session itself where it is inserted.
pub fn load_facts(
    terms: &Terms,
    wish: &Wish,
    start: Option<LocalStart>,
    own_session_id: Option<Uuid>,
    people: &People,
    accounts: &Accounts,
) -> Result<Facts, Fault> {
    let published = published(wish.practitioner_id)?;
    let product = match wish.product_id {
        Some(product_id) => product(product_id, wish.practitioner_id)?,
        None => None,
    };
    let now = transaction_start();
    let duration_minutes = session_duration_minutes(wish.duration_minutes, product);
    let slot = start
        .map(|start| slot(start, duration_minutes, &published.time_zone))
        .transpose()?;
    let mut engagements = Vec::new();
    let mut blocks = Vec::new();
    if let Some(slot) = &slot {
        blocks = load_blocks(wish.practitioner_id, &slot.period)?;
        let nearby = slot.period.widened_by(terms.buffer());
        for person_id in [wish.client_id, wish.practitioner_id] {
            engagements.extend(load_engagements(person_id, &nearby, now)?);
        }
        engagements.retain(|engagement| Some(engagement.session_id) != own_session_id);
    }
    Ok(Facts {
        now,
        client: people.get(&wish.client_id).cloned(),
        practitioner: people.get(&wish.practitioner_id).cloned(),
        product,
        slot,
        working_hours: published.working_hours,
        blocks,
        engagements,
        client_account: accounts.of(wish.client_id),
        practitioner_account: accounts.of(wish.practitioner_id),
    })
}

/// What a practitioner has published of her hours.
struct Published {
    working_hours: Option<Value>,
    time_zone: String,
}

fn published(practitioner_id: Uuid) -> Result<Published, Fault> {
    let search = Search {
        table: c"practitioner_availability",
        belonging_to: ("user_id", practitioner_id),
        near: None,
        index: None,
    };
    let rows = search.read(|row| Ok(Some((row.text("working_hours")?, row.text("timezone")?))))?;
    let (working_hours, time_zone) = rows.into_iter().next().unwrap_or_default();
    Ok(Published {
        working_hours: published_hours(working_hours)?,
        time_zone: match time_zone.as_deref().map(|zone| zone.trim_matches(' ')) {
            None | Some("") => settings::default_time_zone()?,
            Some(zone) => zone.to_owned(),
        },
    })
}

fn product(product_id: Uuid, practitioner_id: Uuid) -> Result<Option<Product>, Fault> {
    let search = Search {
        table: c"practitioner_products",
        belonging_to: ("id", product_id),
        near: None,
        index: None,
    };
    let found = search.read(|row| {
        if row.uuid("practitioner_id")? != Some(practitioner_id) || row.boolean("is_active")? != Some(true) {
            return Ok(None);
        }
        offered(row.integer("credit_cost")?, row.integer("duration_minutes")?).map(Some)
    })?;
    Ok(found.into_iter().next())
}

/// Confirmed blocks of a practitioner during a period.
fn load_blocks(practitioner_id: Uuid, period: &Period) -> Result<Vec<Period>, Fault> {
    let search = Search {
        table: c"calendar_events",
        belonging_to: ("user_id", practitioner_id),
        near: Some(Near::EndingAfter("end_time", period.starts_at)),
        index: None,
    };
    search.read(|row| {
        let (Some(starts_at), Some(ends_at)) = (row.instant("start_time")?, row.instant("end_time")?) else {
            return Ok(None);
        };
        let block = Period { starts_at, ends_at };
        let keeps_away = block.overlaps(period, TimeDelta::zero())
            && row.text("status")?.as_deref() == Some("confirmed")
            && matches!(row.text("event_type")?.as_deref(), Some("block" | "unavailable"));
        Ok(keeps_away.then_some(block))
    })
}

/// Active sessions of a person during a period, given and received.
fn load_engagements(person_id: Uuid, period: &Period, now: DateTime<Utc>) -> Result<Vec<Engagement>, Fault> {
    let engagement = |row: &Record<'_>| engagement(row, period, now);
    let given = Search {
        table: c"client_sessions",
        belonging_to: ("therapist_id", person_id),
        near: Some(Near::Overlapping("occupied_during", *period)),
        index: Some((
            c"client_sessions_no_overlap",
            &["therapist_id", "occupied_during"],
        )),
    };
    let received = Search {
        table: c"client_sessions",
        belonging_to: ("client_id", person_id),
        near: Some(days_around(period)),
        index: Some((
            c"client_sessions_client_occupied_idx",
            &["client_id", "session_date"],
        )),
    };
    let mut engagements = given.read(engagement)?;
    engagements.extend(received.read(engagement)?);
    Ok(engagements)
}

/// The days on which a session can begin that takes place during the period. It lasts a week at most,
/// and its practitioner's date is another one than that of UTC by a day at most.
fn days_around(period: &Period) -> Near<'static> {
    let first = period.starts_at.date_naive() - Days::new(LONGEST_SESSION_DAYS + 1);
    let last = period.ends_at.date_naive() + Days::new(1);
    Near::OnDays("session_date", first, last)
}

fn engagement(row: &Record<'_>, period: &Period, now: DateTime<Utc>) -> Result<Option<Engagement>, Fault> {
    let is_near = |occupied: &Period| occupied.overlaps(period, TimeDelta::zero());
    let Some(occupied) = row.period("occupied_during")?.filter(is_near) else {
        return Ok(None);
    };
    let is_hold = row.text("status")?.as_deref() == Some("pending_payment");
    Ok(Some(Engagement {
        session_id: row
            .uuid("id")?
            .ok_or_else(|| Fault::broken_promise("a session without an id"))?,
        practitioner_id: row.uuid("therapist_id")?,
        client_id: row.uuid("client_id")?,
        period: occupied,
        is_expired_hold: is_hold
            && row
                .instant("expires_at")?
                .is_some_and(|expires_at| expires_at <= now),
    }))
}

/// The slot as instants and as the practitioner's wall clock shows it. Time zones are Postgres'.
fn slot(start: LocalStart, duration_minutes: i32, time_zone: &str) -> Result<Slot, Fault> {
    let local_start = start.session_date.and_time(start.start_time);
    let starts_at = instant_of(local_start, time_zone)?;
    let ends_at = starts_at + TimeDelta::minutes(i64::from(duration_minutes));
    Ok(Slot {
        period: Period { starts_at, ends_at },
        local_start,
        local_end: wall_clock_at(ends_at, time_zone)?,
    })
}
