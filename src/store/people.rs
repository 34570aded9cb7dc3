//! People, locked or only read.

use super::convert::{sql_uuid, sql_uuids, uuid};
use super::statement::{Connection, Row, Statement, run, statements};
use crate::domain::person::Person;
use crate::fault::Fault;
use pgrx::datum::DatumWithOid;
use std::collections::BTreeMap;
use std::thread::LocalKey;
use uuid::Uuid;

statements! {
    PEOPLE = Writes include_str!("../../sql/query/people.sql");
    SEEN_PEOPLE = Reads include_str!("../../sql/query/people.sql");
    HOLD_PARTIES = Writes include_str!("../../sql/query/hold_parties.sql");
    LOCKED_PEOPLE = Writes concat!(include_str!("../../sql/query/people.sql"), " for no key update");
}

/// Those of these people that exist.
pub type People = BTreeMap<Uuid, Person>;

/// Locks people against other bookings and against being deactivated or deleted meanwhile, but not
/// against foreign keys that point to them.
pub fn lock(connection: &mut Connection<'_>, ids: &[Uuid]) -> Result<People, Fault> {
    select(connection, &LOCKED_PEOPLE, ids)
}

/// Keeps the parties of a session from being deleted meanwhile.
pub fn hold_parties(connection: &mut Connection<'_>, session_id: Uuid) -> Result<(), Fault> {
    run(connection, &HOLD_PARTIES, &[sql_uuid(session_id).into()])?;
    Ok(())
}

pub fn load(connection: &mut Connection<'_>, ids: &[Uuid]) -> Result<People, Fault> {
    select(connection, &PEOPLE, ids)
}

/// As `load`, on the caller's own view of the data, for what only reads.
pub fn read(connection: &mut Connection<'_>, ids: &[Uuid]) -> Result<People, Fault> {
    select(connection, &SEEN_PEOPLE, ids)
}

fn select(
    connection: &mut Connection<'_>,
    statement: &'static LocalKey<Statement>,
    ids: &[Uuid],
) -> Result<People, Fault> {
    let mut people = People::new();
    for row in run(connection, statement, &[DatumWithOid::from(sql_uuids(ids))])? {
        let id = uuid(row.required("id")?);
        let person = Person {
            id,
            name: row.required("name")?,
            email: row.optional("email")?,
            user_role: row.optional("user_role")?,
            is_active: row.required("is_active")?,
        };
        people.insert(id, person);
    }
    Ok(people)
}
