//! A person's peer sessions, a page at a time, with what can be done about each.

use super::columns;
use super::people::{self, People};
use super::ratings;
use super::refunds;
use crate::cursor::Position;
use crate::fault::Fault;
use crate::postgres::convert::{instant, sql_uuid, sql_uuids, uuid};
use crate::postgres::statement::{Connection, Row, run, statements};
use peer_exchange_rules::peer_session::{PeerSession, PeerSessions};
use peer_exchange_rules::place::Place;
use pgrx::datum::TimestampWithTimeZone;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Those of a person's sessions that are wanted.
macro_rules! sessions_of_person {
    ($wanted:literal) => {
        concat!(
            "with mine as (\n  select ",
            columns::session_type!(),
            include_str!("../../sql/query/sessions_of_person.sql"),
            include_str!(concat!("../../sql/query/", $wanted, ".sql"))
        )
    };
}

statements! {
    UPCOMING = Reads sessions_of_person!("upcoming_page");
    EARLIER = Reads sessions_of_person!("earlier_page");
    ONE = Reads sessions_of_person!("one_session");
    REFUND_FACTS = Reads concat!(
        "select session.id, facts.*, ",
        include_str!("../../sql/query/written_places.sql"),
        ", ",
        include_str!("../../sql/query/rating_of_session.sql"),
        " from public.client_sessions as session cross join lateral (",
        include_str!("../../sql/query/refund_facts.sql"),
        ") as facts where session.id = any ($1)");
}

/// Which of her sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Those that are not over and not given up, soonest first.
    Upcoming,
    /// All others, latest first.
    Past,
    /// Both, latest first.
    All,
}

impl Scope {
    /// The letter of this list's cursors.
    pub fn list(self) -> char {
        match self {
            Scope::Upcoming => 'u',
            Scope::Past => 'p',
            Scope::All => 'a',
        }
    }
}

pub fn load(
    connection: &mut Connection<'_>,
    person_id: Uuid,
    scope: Scope,
    before: Option<Position>,
    limit: usize,
) -> Result<PeerSessions, Fault> {
    let mut rows = page(connection, person_id, scope, before, limit + 1)?;
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    let next_before = match rows.last().filter(|_| has_more) {
        Some(row) => Some(position(row)?.cursor(scope.list())),
        None => None,
    };
    Ok(PeerSessions {
        sessions: peer_sessions(connection, person_id, &rows)?,
        next_before,
    })
}

/// One of hers; `None` where she is no party of it.
pub fn find(
    connection: &mut Connection<'_>,
    person_id: Uuid,
    session_id: Uuid,
) -> Result<Option<PeerSession>, Fault> {
    let arguments = [sql_uuid(person_id).into(), sql_uuid(session_id).into()];
    let rows: Rows<'_> = run(connection, &ONE, &arguments)?.collect();
    Ok(peer_sessions(connection, person_id, &rows)?.pop())
}

/// The sessions in these rows, with what is known around them.
fn peer_sessions(
    connection: &mut Connection<'_>,
    person_id: Uuid,
    rows: &Rows<'_>,
) -> Result<Vec<PeerSession>, Fault> {
    let ids: Vec<Uuid> = column(rows, "id")?;
    let mut people_ids = column(rows, "counterpart_id")?;
    people_ids.push(person_id);
    let known = Known {
        facts: facts_by_session(connection, &ids)?,
        people: people::read(connection, &people_ids)?,
        phones: people::phones(connection, &people_ids)?,
    };
    rows.iter()
        .map(|row| peer_session(row, person_id, &known))
        .collect()
}

/// What is known around the sessions of a page.
struct Known<'conn> {
    facts: BTreeMap<Uuid, Row<'conn>>,
    people: People,
    phones: BTreeMap<Uuid, String>,
}

type Rows<'conn> = Vec<Row<'conn>>;

fn page<'conn>(
    connection: &mut Connection<'conn>,
    person_id: Uuid,
    scope: Scope,
    before: Option<Position>,
    limit: usize,
) -> Result<Rows<'conn>, Fault> {
    let beginning = match scope {
        Scope::Upcoming => Position::FIRST,
        Scope::Past | Scope::All => Position::LAST,
    };
    let start = before.unwrap_or(beginning);
    let mut arguments = vec![
        sql_uuid(person_id).into(),
        TimestampWithTimeZone::try_from(start.microseconds)
            .map_err(|_| Fault::invariant_violated("a position that Postgres does not know"))?
            .into(),
        sql_uuid(start.id).into(),
        i64::try_from(limit).expect("a page is small").into(),
    ];
    let statement = match scope {
        Scope::Upcoming => &UPCOMING,
        Scope::Past | Scope::All => {
            arguments.push((scope == Scope::All).into());
            &EARLIER
        }
    };
    Ok(run(connection, statement, &arguments)?.collect())
}

/// What a cancellation of each would be decided on, where it takes place, and how it was rated.
fn facts_by_session<'conn>(
    connection: &mut Connection<'conn>,
    ids: &[Uuid],
) -> Result<BTreeMap<Uuid, Row<'conn>>, Fault> {
    run(connection, &REFUND_FACTS, &[sql_uuids(ids).into()])?
        .map(|row| Ok((uuid(row.required("id")?), row)))
        .collect()
}

/// The ids in a column, but for NULLs.
fn column(rows: &Rows<'_>, name: &str) -> Result<Vec<Uuid>, Fault> {
    rows.iter()
        .filter_map(|row| row.optional(name).transpose())
        .map(|id| id.map(uuid))
        .collect()
}

fn position(row: &Row<'_>) -> Result<Position, Fault> {
    Ok(Position {
        microseconds: row.required::<TimestampWithTimeZone>("starts_at")?.into(),
        id: uuid(row.required("id")?),
    })
}

fn peer_session(row: &Row<'_>, person_id: Uuid, known: &Known<'_>) -> Result<PeerSession, Fault> {
    let id = uuid(row.required("id")?);
    let facts = (known.facts.get(&id))
        .ok_or_else(|| Fault::invariant_violated("a session of a page has no facts"))?;
    let status: String = row.required("status")?;
    let time = columns::session_time(row, id)?;
    let starts_at = time.starts_at();
    let is_client = row.required("is_client")?;
    let counterpart_id = row.optional("counterpart_id")?.map(uuid);
    let rating = ratings::rating(facts)?;
    let viewer = known.people.get(&person_id);
    let counterpart = counterpart_id.and_then(|id| known.people.get(&id));
    let practitioner = if is_client { counterpart } else { viewer };
    Ok(PeerSession {
        is_client,
        payment_status: row.optional("payment_status")?,
        time,
        place: Place::of_session(columns::written_place(facts)?, practitioner),
        session_type: row.optional("session_type")?,
        notes: row.optional("notes")?,
        credit_cost: row.optional("credit_cost")?,
        request: columns::request(row)?,
        cancelled_at: row.optional("cancelled_at")?.map(instant),
        cancellation_reason: row.optional("cancellation_reason")?,
        has_rating: !matches!(rating, ratings::Kept::Nowhere),
        given: rating.given(),
        refund: refunds::facts(facts, &status, starts_at)?,
        viewer: viewer.cloned(),
        counterpart: counterpart.cloned(),
        counterpart_phone: counterpart_id.and_then(|id| known.phones.get(&id)).cloned(),
    })
}
