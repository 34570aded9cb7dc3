//! People, locked or only read.

use super::columns;
use crate::fault::Fault;
use crate::postgres::convert::{sql_uuid, sql_uuids, uuid};
use crate::postgres::statement::{Connection, Row, Rows, Statement, run, statements};
use peer_exchange_rules::person::Person;
use pgrx::datum::DatumWithOid;
use std::collections::BTreeMap;
use std::thread::LocalKey;
use uuid::Uuid;

/// People of these ids in their order, so that locks are always taken in it.
macro_rules! people {
    ($ids:expr, $lock:literal) => {
        concat!(
            include_str!("../../sql/query/people.sql"),
            " where person.id = any (",
            $ids,
            ") order by person.id ",
            $lock
        )
    };
}

pub(super) use people;

statements! {
    SEEN_PEOPLE = Reads people!("$1", "");
    LOCK_PEOPLE = Writes people!("$1", "for no key update of person");
    HOLD_PEOPLE = Writes people!("$1", "for key share of person");
    LOCK_PARTIES = Writes people!(include_str!("../../sql/query/parties.sql"), "for no key update of person");
    PHONES = Reads include_str!("../../sql/query/phones.sql");
    HOLD_PARTIES = Writes people!(include_str!("../../sql/query/parties.sql"), "for key share of person");
}

/// Those of these people that exist.
pub type People = BTreeMap<Uuid, Person>;

/// Locks people against other bookings and against being deactivated or deleted meanwhile, but not
/// against foreign keys that point to them.
pub fn lock(connection: &mut Connection<'_>, ids: &[Uuid]) -> Result<People, Fault> {
    select(connection, &LOCK_PEOPLE, ids)
}

/// Keeps people from being deleted meanwhile, and from nothing else.
pub fn hold(connection: &mut Connection<'_>, ids: &[Uuid]) -> Result<People, Fault> {
    select(connection, &HOLD_PEOPLE, ids)
}

/// The same for the parties of a session. Whose session it is can't change, so it says whom to lock before it is
/// locked itself.
pub fn lock_parties(connection: &mut Connection<'_>, session_id: Uuid) -> Result<People, Fault> {
    people_of(run(connection, &LOCK_PARTIES, &[sql_uuid(session_id).into()])?)
}

/// Keeps the parties of a session from being deleted meanwhile. Taken before the session is locked:
/// foreign keys of what a refund writes would otherwise wait for a deletion that waits for the session.
pub fn hold_parties(connection: &mut Connection<'_>, session_id: Uuid) -> Result<People, Fault> {
    people_of(run(connection, &HOLD_PARTIES, &[sql_uuid(session_id).into()])?)
}

/// As they are seen, for what only reads.
pub fn read(connection: &mut Connection<'_>, ids: &[Uuid]) -> Result<People, Fault> {
    select(connection, &SEEN_PEOPLE, ids)
}

/// The telephone numbers of those of these people who have one.
pub fn phones(connection: &mut Connection<'_>, ids: &[Uuid]) -> Result<BTreeMap<Uuid, String>, Fault> {
    run(connection, &PHONES, &[sql_uuids(ids).into()])?
        .filter_map(|row| {
            let phone = row.optional::<String>("phone").transpose()?;
            Some(phone.and_then(|phone| Ok((uuid(row.required("id")?), phone))))
        })
        .collect()
}

fn select(
    connection: &mut Connection<'_>,
    statement: &'static LocalKey<Statement>,
    ids: &[Uuid],
) -> Result<People, Fault> {
    people_of(run(connection, statement, &[DatumWithOid::from(sql_uuids(ids))])?)
}

fn people_of(rows: Rows<'_>) -> Result<People, Fault> {
    rows.map(|row| person(&row)).collect()
}

/// The person in the columns of a row.
pub(super) fn person(row: &Row<'_>) -> Result<(Uuid, Person), Fault> {
    let id = uuid(row.required("id")?);
    let person = Person {
        id,
        name: row.required("name")?,
        email: row.optional("email")?,
        user_role: row.optional("user_role")?,
        is_active: row.required("is_active")?,
        has_opted_in: row.required("has_opted_in")?,
        place: columns::written_place(row)?,
    };
    Ok((id, person))
}
