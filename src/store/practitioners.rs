//! Practitioners as a search finds them, and what keeps them busy. It only reads.

use super::columns::{self, blocks, busy, engagements, hours_to_offer, policy};
use super::prospects::slots;
use super::ratings::{self, Reputation};
use crate::fault::Fault;
use crate::folding::fold;
use crate::postgres::convert::{instant, sql_uuid, sql_uuids, sql_wall_clocks, uuid};
use crate::postgres::statement::{Connection, Row, run, statements};
use chrono::{DateTime, NaiveDateTime, Utc};
use peer_exchange_rules::booking::Engagement;
use peer_exchange_rules::refund::Policy;
use peer_exchange_rules::schedule::{Period, Slot, WorkingHours};
use peer_exchange_rules::terms::Terms;
use std::collections::BTreeMap;
use uuid::Uuid;

statements! {
    SEARCH_BY_WORDS = Reads concat!(
        include_str!("../../sql/query/people_with_words.sql"),
        include_str!("../../sql/query/search.sql"),
        include_str!("../../sql/query/completed_sessions.sql"),
        " order by practitioner.name, practitioner.id",
    );
    SEARCH_EVERYBODY = Reads concat!(
        include_str!("../../sql/query/everybody.sql"),
        include_str!("../../sql/query/search.sql"),
        include_str!("../../sql/query/completed_sessions.sql"),
        " order by practitioner.name, practitioner.id",
    );
    AGENDAS = Reads include_str!("../../sql/query/agendas.sql");
}

/// Shorter words have no trigram, and no index knows them.
const MIN_INDEXED_CHARACTERS: usize = 3;

/// Whom to look for.
pub struct Search<'a> {
    /// A part of the name, the location or a specialization.
    pub query: Option<&'a str>,
    pub location: Option<&'a str>,
    pub specialization: Option<&'a str>,
    pub roles: Vec<String>,
    pub but_for: Option<Uuid>,
    pub limit: i32,
    pub offset: i32,
}

/// How many there are, and those at the place in their order that was asked for.
pub struct Found {
    pub now: DateTime<Utc>,
    pub total: i64,
    pub practitioners: Vec<Practitioner>,
}

pub struct Practitioner {
    pub id: Uuid,
    pub name: String,
    pub user_role: String,
    pub location: Option<String>,
    pub specializations: Vec<String>,
    pub reputation: Reputation,
    pub completed_sessions: i64,
    pub timezone: String,
    pub policy: Policy,
}

pub fn search(connection: &mut Connection<'_>, search: &Search<'_>) -> Result<Found, Fault> {
    let words = [search.query, search.location, search.specialization];
    let is_indexed = |words: &&str| fold(words).chars().count() >= MIN_INDEXED_CHARACTERS;
    let statement = if words.iter().flatten().any(is_indexed) {
        &SEARCH_BY_WORDS
    } else {
        &SEARCH_EVERYBODY
    };
    let arguments = [
        search.query.into(),
        search.location.into(),
        search.specialization.into(),
        search.roles.clone().into(),
        search.but_for.map(sql_uuid).into(),
        search.limit.into(),
        search.offset.into(),
    ];
    let table = run(connection, statement, &arguments)?;
    let mut found: Option<Found> = None;
    for row in table {
        let found = match &mut found {
            Some(found) => found,
            None => found.insert(Found {
                now: instant(row.required("now")?),
                total: row.required("total")?,
                practitioners: Vec::new(),
            }),
        };
        if let Some(id) = row.optional("id")? {
            found.practitioners.push(practitioner(&row, uuid(id))?);
        }
    }
    found.ok_or_else(|| Fault::invariant_violated("a search has no total"))
}

fn practitioner(row: &Row<'_>, id: Uuid) -> Result<Practitioner, Fault> {
    let profile = columns::profile(row)?;
    Ok(Practitioner {
        id,
        name: row.required("name")?,
        user_role: row.required("user_role")?,
        location: row.optional("location")?,
        specializations: columns::texts(&profile["specializations"]),
        reputation: ratings::reputation(row, &profile)?,
        completed_sessions: row.required("completed_sessions")?,
        timezone: row.required("timezone")?,
        policy: policy(row)?,
    })
}

/// When people could give sessions, and what keeps them from it.
pub struct Agendas {
    /// The starts asked for, by time zone.
    pub slots: BTreeMap<String, Vec<Slot>>,
    pub of_people: BTreeMap<Uuid, Agenda>,
}

pub struct Agenda {
    /// Those in which she is offered.
    pub working_hours: WorkingHours,
    pub blocks: Vec<Period>,
    /// Those among them that are no blocks of her calendar.
    pub busy: Vec<Period>,
    pub engagements: Vec<Engagement>,
}

/// The agendas of these people around these starts, which are read in each of the time zones.
pub fn agendas(
    connection: &mut Connection<'_>,
    terms: &Terms,
    people: &[Uuid],
    timezones: Vec<String>,
    starts: &[NaiveDateTime],
    duration_minutes: i32,
) -> Result<Agendas, Fault> {
    let arguments = [
        sql_uuids(people).into(),
        timezones.into(),
        sql_wall_clocks(starts)?.into(),
        duration_minutes.into(),
        terms.buffer_minutes.into(),
    ];
    let mut agendas = Agendas {
        slots: BTreeMap::new(),
        of_people: BTreeMap::new(),
    };
    for row in run(connection, &AGENDAS, &arguments)? {
        if let Some(timezone) = row.optional::<String>("timezone")?
            && !agendas.slots.contains_key(&timezone)
        {
            let slots = slots(&row, starts, "slot_local_starts")?;
            agendas
                .slots
                .insert(timezone, slots.into_iter().map(|(_, slot)| slot).collect());
        }
        agendas.of_people.insert(uuid(row.required("id")?), agenda(&row)?);
    }
    Ok(agendas)
}

fn agenda(row: &Row<'_>) -> Result<Agenda, Fault> {
    Ok(Agenda {
        working_hours: hours_to_offer(row)?,
        blocks: blocks(row)?,
        busy: busy(row)?,
        engagements: engagements(row)?,
    })
}
