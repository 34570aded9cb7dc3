//! People, locked or only read.

use super::convert::{sql_uuid, sql_uuids, uuid};
use super::locked_row;
use super::record::Record;
use super::statement::{Connection, Statement, run, statements};
use crate::domain::person::{Person, display_name};
use crate::fault::Fault;
use pgrx::datum::DatumWithOid;
use std::collections::BTreeMap;
use std::thread::LocalKey;
use uuid::Uuid;

statements! {
    PEOPLE = Writes include_str!("../../sql/query/people.sql");
    SEEN_PEOPLE = Reads include_str!("../../sql/query/people.sql");
    HOLD_PARTIES = Writes include_str!("../../sql/query/hold_parties.sql");
    LOCK_PEOPLE = Writes concat!(include_str!("../../sql/query/people.sql"), " for no key update");
}

/// Those of these people that exist.
pub type People = BTreeMap<Uuid, Person>;

/// Locks people against other bookings and against being deactivated or deleted meanwhile, but not
/// against foreign keys that point to them.
pub fn lock(connection: &mut Connection<'_>, ids: &[Uuid]) -> Result<People, Fault> {
    match locked_row::lock(c"users", "id", ids, locked_person)? {
        Some(people) => Ok(people.into_iter().collect()),
        None => select(connection, &LOCK_PEOPLE, ids),
    }
}

fn locked_person(id: Uuid, row: &Record<'_>) -> Result<(Uuid, Person), Fault> {
    let email = row.text("email")?;
    let person = Person {
        id,
        name: display_name(row.text("first_name")?, row.text("last_name")?, email.as_deref()),
        email,
        user_role: row.text("user_role")?,
        is_active: row.boolean("is_active")?.unwrap_or(false),
    };
    Ok((id, person))
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
        let email: Option<String> = row.optional("email")?;
        let person = Person {
            id,
            name: display_name(
                row.optional("first_name")?,
                row.optional("last_name")?,
                email.as_deref(),
            ),
            email,
            user_role: row.optional("user_role")?,
            is_active: row.required("is_active")?,
        };
        people.insert(id, person);
    }
    Ok(people)
}
