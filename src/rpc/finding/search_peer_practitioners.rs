//! `search_peer_practitioners`: whom the caller could book, and when next.

use crate::argument::{MAX_SEARCH_CHARACTERS, optional_text};
use crate::caller::Caller;
use crate::fault::Fault;
use crate::postgres::as_owner;
use crate::postgres::json::Json;
use crate::reply::Reply;
use crate::reply::finding::{self, FoundPractitioner, NextSlot};
use crate::settings;
use crate::store::Connection;
use crate::store::practitioners::{self, Agendas, Found, Practitioner, Search};
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use peer_exchange_rules::account::OutOfRange;
use peer_exchange_rules::availability::{first_free, grid};
use peer_exchange_rules::booking::{Circumstances, Engagement, Enquiry};
use peer_exchange_rules::cost::credit_cost;
use peer_exchange_rules::schedule::Slot;
use peer_exchange_rules::terms::Terms;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use uuid::Uuid;

const LIMITS: RangeInclusive<i32> = 1..=50;
const OFFSETS: RangeInclusive<i32> = 0..=10_000;
/// How far ahead the next free slot is looked for, and how far apart the starts are that are tried.
const HORIZON: TimeDelta = TimeDelta::days(14);
const STEP_MINUTES: u16 = 30;
/// No wall clock is farther from UTC.
const FARTHEST_ZONE: TimeDelta = TimeDelta::days(1);

/// Finds practitioners; `docs/reference.md` describes arguments, reply and faults.
#[pg_extern(stable)]
fn search_peer_practitioners(
    p_query: default!(Option<&str>, "NULL"),
    p_role: default!(Option<&str>, "NULL"),
    p_location: default!(Option<&str>, "NULL"),
    p_specialization: default!(Option<&str>, "NULL"),
    p_duration_minutes: default!(Option<i32>, "60"),
    p_limit: default!(Option<i32>, "20"),
    p_offset: default!(Option<i32>, "0"),
) -> Result<Json, ErrorReport> {
    let caller_id = Caller::current().map(Caller::person_id)?;
    let terms = settings::terms()?;
    let duration_minutes = p_duration_minutes.ok_or_else(|| Fault::null_argument("p_duration_minutes"))?;
    terms
        .check_duration(duration_minutes)
        .map_err(|refusal| Fault::invalid_argument(refusal.sentence()))?;
    let words = |parameter, text| optional_text(parameter, text, MAX_SEARCH_CHARACTERS);
    let role = words("p_role", p_role)?.map(str::trim);
    let search = Search {
        query: words("p_query", p_query)?,
        location: words("p_location", p_location)?,
        specialization: words("p_specialization", p_specialization)?,
        roles: roles(&terms, role),
        but_for: caller_id,
        limit: within("p_limit", p_limit, LIMITS)?,
        offset: within("p_offset", p_offset, OFFSETS)?,
    };
    let reply = as_owner(|connection| answer(connection, &terms, &search, duration_minutes))?;
    Ok(reply.into())
}

fn answer(
    connection: &mut Connection<'_>,
    terms: &Terms,
    search: &Search<'_>,
    duration_minutes: i32,
) -> Result<Reply, Fault> {
    let credit_cost = credit_cost(duration_minutes, None, terms.credits_per_minute).ok_or(OutOfRange)?;
    let found = practitioners::search(connection, search)?;
    let mut next_slots = next_slots(connection, terms, &found, search.but_for, duration_minutes)?;
    let shown = |practitioner: Practitioner| FoundPractitioner {
        practitioner_id: practitioner.id,
        name: practitioner.name,
        user_role: practitioner.user_role,
        location: practitioner.location,
        specializations: practitioner.specializations,
        credit_cost,
        rating: practitioner.reputation.rating,
        rating_count: practitioner.reputation.rating_count,
        completed_sessions: practitioner.completed_sessions,
        cancellation_policy: practitioner.policy.into(),
        next_free_slot: next_slots
            .remove(&practitioner.id)
            .map(|slot| NextSlot::new(&slot, &practitioner.timezone)),
    };
    finding::found(found.total, found.practitioners.into_iter().map(shown).collect())
}

/// The next slot of each that is free for both, whatever it costs the caller.
fn next_slots(
    connection: &mut Connection<'_>,
    terms: &Terms,
    found: &Found,
    caller_id: Option<Uuid>,
    duration_minutes: i32,
) -> Result<BTreeMap<Uuid, Slot>, Fault> {
    if found.practitioners.is_empty() {
        return Ok(BTreeMap::new());
    }
    let practitioners = found.practitioners.iter();
    let people: Vec<Uuid> = practitioners.clone().map(|one| one.id).chain(caller_id).collect();
    let zones: BTreeSet<&str> = practitioners.clone().map(|one| one.timezone.as_str()).collect();
    let agendas = practitioners::agendas(
        connection,
        terms,
        &people,
        zones.into_iter().map(str::to_owned).collect(),
        &starts_from(found.now),
        duration_minutes,
    )?;
    let next_slot = |practitioner: &Practitioner| {
        let enquiry = Enquiry {
            client_id: caller_id,
            practitioner_id: practitioner.id,
            duration_minutes,
            product_id: None,
        };
        let slot = next_slot(terms, &enquiry, found.now, &agendas, &practitioner.timezone)?;
        Some((practitioner.id, slot))
    };
    Ok(practitioners.filter_map(next_slot).collect())
}

fn next_slot(
    terms: &Terms,
    enquiry: &Enquiry,
    now: DateTime<Utc>,
    agendas: &Agendas,
    timezone: &str,
) -> Option<Slot> {
    let agenda = agendas.of_people.get(&enquiry.practitioner_id)?;
    let callers = enquiry.client_id.and_then(|id| agendas.of_people.get(&id));
    let engagements: Vec<Engagement> = callers
        .iter()
        .flat_map(|caller| &caller.engagements)
        .chain(&agenda.engagements)
        .copied()
        .collect();
    let circumstances = Circumstances {
        now,
        working_hours: &agenda.working_hours,
        blocks: &agenda.blocks,
        client_busy: callers.map_or(&[], |caller| &caller.busy),
        engagements: &engagements,
    };
    let slot = first_free(terms, enquiry, &circumstances, agendas.slots.get(timezone)?)?;
    (slot.period.starts_at <= now + HORIZON).then_some(slot)
}

/// The starts on anybody's wall clock from now on, as far as one looks ahead.
fn starts_from(now: DateTime<Utc>) -> Vec<NaiveDateTime> {
    let first_day = (now - FARTHEST_ZONE).date_naive();
    let last_day = (now + HORIZON + FARTHEST_ZONE).date_naive();
    grid(first_day, last_day, STEP_MINUTES)
}

/// The roles to look for: those that may be booked, or the one of them that is asked for.
fn roles(terms: &Terms, role: Option<&str>) -> Vec<String> {
    let is_asked_for = |offered: &&String| role.is_none_or(|role| role == offered.as_str());
    terms
        .practitioner_roles
        .iter()
        .filter(is_asked_for)
        .cloned()
        .collect()
}

fn within(parameter: &str, argument: Option<i32>, range: RangeInclusive<i32>) -> Result<i32, Fault> {
    let argument = argument.ok_or_else(|| Fault::null_argument(parameter))?;
    if !range.contains(&argument) {
        return Err(Fault::invalid_argument(format!(
            "{parameter} must be between {} and {}",
            range.start(),
            range.end()
        )));
    }
    Ok(argument)
}
