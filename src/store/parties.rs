//! The two people of a booking with their balances, locked at once.

use super::accounts::{self, Accounts, accounts};
use super::people::{self, People, people};
use crate::fault::Fault;
use crate::postgres::convert::sql_uuids;
use crate::postgres::statement::{Connection, statements};
use uuid::Uuid;

statements! {
    LOCK_PARTIES = Writes concat!(
        "with person as materialized (",
        people!("$1", "for no key update of person"),
        // Asked before the first balance is looked at.
        "), account as materialized (",
        accounts!("$1", "and (select count(*) from person) > 0", "for no key update"),
        ")",
        include_str!("../../sql/query/lock_parties.sql"));
}

/// Those of these people that exist, and what they have.
pub struct Parties {
    pub people: People,
    pub accounts: Accounts,
}

/// Locks people, as `people::lock`, and then their balances, as `accounts::lock`.
pub fn lock(connection: &mut Connection<'_>, ids: &[Uuid]) -> Result<Parties, Fault> {
    let mut people = People::new();
    let accounts = accounts::load_beside(connection, &LOCK_PARTIES, &[sql_uuids(ids).into()], |row| {
        people.extend([people::person(row)?]);
        Ok(())
    })?;
    Ok(Parties { people, accounts })
}
