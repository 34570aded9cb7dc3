//! People, locked or only read.

use super::convert::{sql_uuids, uuid};
use super::locked_row::{self, Strength};
use super::record::Record;
use super::scan::Search;
use super::statement::{Connection, Statement, run, statements};
use crate::domain::person::{Person, display_name};
use crate::fault::Fault;
use pgrx::datum::DatumWithOid;
use std::collections::BTreeMap;
use std::thread::LocalKey;
use uuid::Uuid;

statements! {
    SEEN_PEOPLE = Reads include_str!("../../sql/query/people.sql");
    LOCK_PEOPLE = Writes concat!(include_str!("../../sql/query/people.sql"), " for no key update");
}

/// Those of these people that exist.
pub type People = BTreeMap<Uuid, Person>;

/// Locks people against other bookings and against being deactivated or deleted meanwhile, but not
/// against foreign keys that point to them.
pub fn lock(connection: &mut Connection<'_>, ids: &[Uuid]) -> Result<People, Fault> {
    match locked_row::lock(c"users", "id", ids, Strength::Change, person)? {
        Some(people) => Ok(by_id(people)),
        None => select(connection, &LOCK_PEOPLE, ids),
    }
}

/// Keeps the parties of a session from being deleted meanwhile. Taken before the session is locked:
/// foreign keys of what a refund writes would otherwise wait for a deletion that waits for the session.
pub fn hold_parties(connection: &mut Connection<'_>, session_id: Uuid) -> Result<(), Fault> {
    let session = Search {
        table: c"client_sessions",
        belonging_to: ("id", session_id),
        near: None,
        index: None,
    };
    let parties = session.read(|row| Ok(Some([row.uuid("therapist_id")?, row.uuid("client_id")?])))?;
    let ids: Vec<Uuid> = parties.into_iter().flatten().flatten().collect();
    if locked_row::lock(c"users", "id", &ids, Strength::Deletion, |_, _| Ok(()))?.is_none() {
        select(connection, &LOCK_PEOPLE, &ids)?;
    }
    Ok(())
}

pub fn load(ids: &[Uuid]) -> Result<People, Fault> {
    let mut people = People::new();
    for id in ids {
        let search = Search {
            table: c"users",
            belonging_to: ("id", *id),
            near: None,
            index: None,
        };
        people.extend(by_id(search.read(|row| person(*id, row).map(Some))?));
    }
    Ok(people)
}

fn person(id: Uuid, row: &Record<'_>) -> Result<Person, Fault> {
    let email = row.text("email")?;
    Ok(Person {
        id,
        name: display_name(row.text("first_name")?, row.text("last_name")?, email.as_deref()),
        email,
        user_role: row.text("user_role")?,
        is_active: row.boolean("is_active")?.unwrap_or(false),
    })
}

fn by_id(people: Vec<Person>) -> People {
    people.into_iter().map(|person| (person.id, person)).collect()
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
