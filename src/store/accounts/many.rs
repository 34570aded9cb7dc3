//! Movements of many sessions at once: all balances and all entries in one statement.
//!
//! A person may be moved several times: her entries follow one another, and her balance is changed by the sum, where it is
//! what the first of them was decided on.

use super::{difference, entry, written_entry};
use crate::fault::Fault;
use crate::postgres::convert::{sql_uuid, sql_uuids, uuid};
use crate::postgres::statement::{Connection, run, statements};
use peer_exchange_rules::account::{Account, Movement};
use pgrx::datum::DatumWithOid;
use std::collections::BTreeMap;
use uuid::Uuid;

statements! {
    MOVE_MANY_CREDITS = Writes include_str!("../../../sql/query/move_many_credits.sql");
}

/// One movement: whose it is, and what for.
#[derive(Clone, Copy)]
pub struct Posting<'a> {
    pub person_id: Uuid,
    pub movement: Movement,
    /// `None` where it only makes room for what follows.
    pub session_id: Option<Uuid>,
    pub description: &'a str,
}

/// Writes these in their order. Nothing runs between the decision and this, so whoever has something else by then is a
/// fault.
pub fn record(connection: &mut Connection<'_>, postings: &[Posting<'_>]) -> Result<(), Fault> {
    if postings.is_empty() {
        return Ok(());
    }
    let changes = changes(postings);
    let mut arguments = of_people(&changes);
    arguments.extend(of_entries(postings));
    let (mut people, mut entries) = (BTreeMap::new(), Vec::new());
    for row in run(connection, &MOVE_MANY_CREDITS, &arguments)? {
        let person_id = uuid(row.required("user_id")?);
        match written_entry(&row)? {
            Some(entry) => entries.push((
                person_id,
                entry,
                row.optional::<String>("transaction_type")?,
                row.optional("session_id")?.map(uuid),
                row.optional::<String>("idempotency_key")?,
            )),
            None => {
                people.insert(
                    person_id,
                    [
                        row.required("balance_after")?,
                        row.required("held_after")?,
                        row.required("owed_after")?,
                    ],
                );
            }
        }
    }
    let decided_people =
        (changes.iter()).map(|(id, (_, after))| (*id, [after.balance, after.held, after.owed]));
    let mut decided_entries: Vec<_> = (postings.iter())
        .map(|posting| {
            let kind = posting.movement.kind.transaction_type().to_owned();
            (
                posting.person_id,
                entry(posting.movement),
                Some(kind),
                posting.session_id,
                None,
            )
        })
        .collect();
    entries.sort_unstable();
    decided_entries.sort_unstable();
    if people != decided_people.collect() || entries != decided_entries {
        return Err(Fault::changed_by_trigger(
            "a movement of credits was not written as it was decided",
        ));
    }
    Ok(())
}

/// What each of these people has before the first of her movements, and after the last.
fn changes(postings: &[Posting<'_>]) -> BTreeMap<Uuid, (Account, Account)> {
    let mut changes = BTreeMap::new();
    for Posting {
        person_id, movement, ..
    } in postings
    {
        let (_, after) = changes
            .entry(*person_id)
            .or_insert((movement.before, movement.after));
        *after = movement.after;
    }
    changes
}

/// The changes as the statement takes them.
fn of_people(changes: &BTreeMap<Uuid, (Account, Account)>) -> Vec<DatumWithOid<'static>> {
    let people: Vec<Uuid> = changes.keys().copied().collect();
    let differences = |value: fn(&Account) -> i64| -> Vec<i64> {
        (changes.values())
            .map(|(before, after)| difference(*before, *after, value))
            .collect()
    };
    let before = |value: fn(&Account) -> i64| -> Vec<i64> {
        changes.values().map(|(before, _)| value(before)).collect()
    };
    vec![
        sql_uuids(&people).into(),
        differences(|account| account.balance).into(),
        differences(|account| account.held).into(),
        differences(|account| account.owed).into(),
        differences(|account| account.total_earned).into(),
        differences(|account| account.total_spent).into(),
        before(|account| account.balance).into(),
        before(|account| account.held).into(),
        before(|account| account.owed).into(),
    ]
}

/// The entries as the statement takes them.
fn of_entries(postings: &[Posting<'_>]) -> Vec<DatumWithOid<'static>> {
    let ids = |id: fn(&Posting<'_>) -> Uuid| -> Vec<pgrx::Uuid> {
        postings.iter().map(|posting| sql_uuid(id(posting))).collect()
    };
    let texts = |text: fn(&Posting<'_>) -> String| -> Vec<String> { postings.iter().map(text).collect() };
    let number = |place: usize| -> Vec<i64> {
        (postings.iter())
            .filter_map(|posting| entry(posting.movement).get(place).copied())
            .collect()
    };
    vec![
        ids(|_| Uuid::now_v7()).into(),
        ids(|posting| posting.person_id).into(),
        texts(|posting| posting.movement.kind.transaction_type().to_owned()).into(),
        number(0).into(),
        number(1).into(),
        number(2).into(),
        number(3).into(),
        number(4).into(),
        number(5).into(),
        number(6).into(),
        texts(|posting| posting.description.to_owned()).into(),
        (postings.iter())
            .map(|posting| posting.session_id.map(sql_uuid))
            .collect::<Vec<_>>()
            .into(),
    ]
}
