//! Balance rows and the ledger: every movement is written to both at once.
//!
//! A balance is changed by a difference, and only where it is still what the movement was decided on. What a
//! trigger of the application has moved meanwhile, in this very transaction, is never written over: the
//! movement is decided once more, on what is there then.

pub mod many;

use super::as_decided;
use crate::fault::Fault;
use crate::postgres::apart;
use crate::postgres::column_types;
use crate::postgres::convert::{sql_uuid, sql_uuids, uuid};
use crate::postgres::statement::{Connection, Row, Statement, run, statements};
use crate::postgres::unique_rules;
use peer_exchange_rules::account::{Account, AccountPair, Movement};
use peer_exchange_rules::booking::Charge;
use peer_exchange_rules::division::{DividedCredits, ROOM_DESCRIPTION, Step};
use peer_exchange_rules::width::{Width, Widths};
use pgrx::datum::DatumWithOid;
use std::collections::{BTreeMap, BTreeSet};
use std::thread::LocalKey;
use uuid::Uuid;

/// Accounts of these people in the order of their ids, so that no two transactions wait for each other.
macro_rules! accounts {
    ($ids:expr, $condition:literal, $lock:literal) => {
        concat!(
            include_str!("../../sql/query/accounts.sql"),
            " where account.user_id = any (",
            $ids,
            ") ",
            $condition,
            " order by account.user_id ",
            $lock
        )
    };
}
pub(super) use accounts;

/// Facts beside the accounts of the people $1, which are locked before.
macro_rules! beside_locked_accounts {
    ($facts:expr) => {
        concat!(
            "with account as materialized (",
            $crate::store::accounts::accounts!("$1", "", "for no key update"),
            ") select facts.*, account.* from (",
            $facts,
            ") as facts left join account on true"
        )
    };
}
pub(super) use beside_locked_accounts;

macro_rules! open_accounts {
    ($on_conflict:literal) => {
        concat!(
            include_str!("../../sql/query/open_accounts.sql"),
            $on_conflict,
            " returning (balance, held, owed) is not distinct from (0, 0, 0) as is_as_decided"
        )
    };
}

statements! {
    SEEN_ACCOUNTS = Reads accounts!("$1", "", "");
    LOCK_ACCOUNTS = Writes accounts!("$1", "", "for no key update");
    OPEN_ACCOUNTS = Writes open_accounts!("");
    OPEN_ACCOUNTS_UNLESS_OPEN = Writes open_accounts!(" on conflict do nothing");
    MOVE_CREDITS = Writes include_str!("../../sql/query/move_credits.sql");
    CLOSE_ACCOUNT = Writes include_str!("../../sql/query/close_account.sql");
}

/// The locked balance rows of some people.
#[derive(Default)]
pub struct Accounts(BTreeMap<Uuid, Account>);

impl Accounts {
    /// A person's account; empty where there is no row yet.
    pub fn of(&self, person_id: Uuid) -> Account {
        self.0.get(&person_id).copied().unwrap_or_default()
    }

    /// Those of the two parties of a session.
    pub fn pair(&self, client_id: Uuid, practitioner_id: Uuid) -> AccountPair {
        AccountPair {
            client: self.of(client_id),
            practitioner: self.of(practitioner_id),
        }
    }

    /// Puts what the two have by now in the place of what they had.
    pub fn set_pair(&mut self, client_id: Uuid, practitioner_id: Uuid, accounts: AccountPair) {
        self.0.insert(client_id, accounts.client);
        self.0.insert(practitioner_id, accounts.practitioner);
    }

    /// Adds the one in the columns of a row.
    fn add(&mut self, row: &Row<'_>, kept_in: Widths) -> Result<(), Fault> {
        let user_id = uuid(row.required("user_id")?);
        match self.0.insert(user_id, account(row, kept_in)?) {
            None => Ok(()),
            Some(_) => Err(several_rows(user_id)),
        }
    }

    fn missing(&self, ids: &[Uuid]) -> Vec<Uuid> {
        ids.iter()
            .copied()
            .filter(|id| !self.0.contains_key(id))
            .collect()
    }
}

/// How large the columns of accounts and of the ledger are.
pub(super) fn widths() -> Widths {
    let width = |is_integer| match is_integer {
        true => Width::Integer,
        false => Width::Bigint,
    };
    let [balance, held, owed, total_earned, total_spent] = column_types::are_integers(
        c"credits",
        [c"balance", c"held", c"owed", c"total_earned", c"total_spent"],
    )
    .map(width);
    let of_ledger = column_types::are_integers(
        c"credit_transactions",
        [
            c"amount",
            c"balance_before",
            c"balance_after",
            c"held_before",
            c"held_after",
            c"owed_before",
            c"owed_after",
        ],
    );
    Widths {
        balance,
        held,
        owed,
        total_earned,
        total_spent,
        ledger: width(of_ledger.contains(&true)),
    }
}

/// A person's account in the columns of a row.
pub(super) fn account(row: &Row<'_>, kept_in: Widths) -> Result<Account, Fault> {
    let credits = |column| Ok::<i64, Fault>(row.optional(column)?.unwrap_or_default());
    Ok(Account {
        balance: credits("balance")?,
        held: credits("held")?,
        owed: credits("owed")?,
        total_earned: credits("total_earned")?,
        total_spent: credits("total_spent")?,
        kept_in,
    })
}

/// Why a movement exists.
#[derive(Clone, Copy)]
pub struct Purpose<'a> {
    pub description: &'a str,
    pub session_id: Option<Uuid>,
    pub idempotency_key: Option<&'a str>,
}

/// Locks the balance rows of these people, in the order of their ids.
pub fn lock(connection: &mut Connection<'_>, ids: &[Uuid]) -> Result<Accounts, Fault> {
    select(connection, &LOCK_ACCOUNTS, ids)
}

/// The same without a lock, for what only reads.
pub fn read(connection: &mut Connection<'_>, ids: &[Uuid]) -> Result<Accounts, Fault> {
    select(connection, &SEEN_ACCOUNTS, ids)
}

fn select(
    connection: &mut Connection<'_>,
    statement: &'static LocalKey<Statement>,
    ids: &[Uuid],
) -> Result<Accounts, Fault> {
    load_beside(connection, statement, &[sql_uuids(ids).into()], |_| Ok(()))
}

/// The accounts in the rows of a statement; `load` takes what else these say. Where somebody has none, a row
/// says but that.
pub(super) fn load_beside(
    connection: &mut Connection<'_>,
    statement: &'static LocalKey<Statement>,
    arguments: &[DatumWithOid<'_>],
    mut load: impl FnMut(&Row<'_>) -> Result<(), Fault>,
) -> Result<Accounts, Fault> {
    let mut accounts = Accounts::default();
    let rows = run(connection, statement, arguments)?;
    let kept_in = widths();
    for row in rows {
        if row.optional::<pgrx::Uuid>("user_id")?.is_some() {
            accounts.add(&row, kept_in)?;
        }
        load(&row)?;
    }
    Ok(accounts)
}

/// No balance can be told from several.
fn several_rows(user_id: Uuid) -> Fault {
    Fault::not_set_up(format!("user {user_id} has several rows in public.credits"))
        .with_hint("Join them into one and run peer_exchange.setup().")
}

/// Opens and locks the balance rows that were missing, or returns `None` where none was: somebody
/// else may have opened one meanwhile, so what was decided on an empty one is to be decided again.
pub fn open_missing(
    connection: &mut Connection<'_>,
    accounts: &Accounts,
    ids: &[Uuid],
) -> Result<Option<Accounts>, Fault> {
    let missing = accounts.missing(ids);
    if missing.is_empty() {
        return Ok(None);
    }
    open(connection, &missing)?;
    let opened = lock(connection, ids)?;
    match opened.missing(ids).first() {
        None => Ok(Some(opened)),
        Some(user_id) => Err(Fault::changed_by_trigger(format!(
            "user {user_id} gets no row in public.credits"
        ))),
    }
}

/// Locks the balance rows of these people as `lock` does, and opens those that are missing, whatever they say: for what looks
/// at each of them later, and says then whose can't be opened.
pub fn hold(connection: &mut Connection<'_>, ids: &[Uuid]) -> Result<(), Fault> {
    let mut missing: BTreeSet<Uuid> = ids.iter().copied().collect();
    for row in run(connection, &LOCK_ACCOUNTS, &[sql_uuids(ids).into()])? {
        missing.remove(&uuid(row.required("user_id")?));
    }
    let missing: Vec<Uuid> = missing.into_iter().collect();
    let open = |connection: &mut Connection<'_>, ids: &[Uuid]| open(connection, ids).map(|()| 1);
    apart::all_or_each(connection, &missing, open, |id| *id);
    Ok(())
}

fn open(connection: &mut Connection<'_>, missing: &[Uuid]) -> Result<(), Fault> {
    let statement = if unique_rules::of(c"credits", &[])?.forbid_on_conflict {
        &OPEN_ACCOUNTS
    } else {
        &OPEN_ACCOUNTS_UNLESS_OPEN
    };
    for row in run(connection, statement, &[DatumWithOid::from(sql_uuids(missing))])? {
        if !as_decided::is_kept(&row)? {
            return Err(Fault::changed_by_trigger("an account was not opened empty"));
        }
    }
    Ok(())
}

/// Writes a movement, or the two sides of one, to the balance rows and to the ledger, and returns what was
/// written: decided anew, once, where a trigger of the application has moved credits since.
pub fn record<const SIDES: usize>(
    connection: &mut Connection<'_>,
    movements: [(Uuid, Movement); SIDES],
    purpose: Purpose<'_>,
) -> Result<[(Uuid, Movement); SIDES], Fault> {
    let stale = move_credits(connection, &movements, purpose)?;
    if stale.is_empty() {
        return Ok(movements);
    }
    let movements = decide_again(connection, movements, &stale)?;
    let decided_again: Vec<_> = (movements.iter().copied())
        .filter(|(id, _)| stale.contains(id))
        .collect();
    if !move_credits(connection, &decided_again, purpose)?.is_empty() {
        return Err(Fault::changed_by_trigger(
            "a balance can't be written as it was decided",
        ));
    }
    Ok(movements)
}

/// Writes what a booking takes of the client, named before the practitioner, and returns what was written.
pub fn record_charge(
    connection: &mut Connection<'_>,
    (client_id, practitioner_id): (Uuid, Uuid),
    charge: Charge,
    purpose: Purpose<'_>,
) -> Result<Charge, Fault> {
    match charge {
        Charge::Paid { payment, earning } => {
            let sides = [(client_id, payment), (practitioner_id, earning)];
            let [(_, payment), (_, earning)] = record(connection, sides, purpose)?;
            Ok(Charge::Paid { payment, earning })
        }
        Charge::Held { hold, practitioner } => {
            let [(_, hold)] = record(connection, [(client_id, hold)], purpose)?;
            Ok(Charge::Held { hold, practitioner })
        }
    }
}

/// Writes what becomes of a session's credits, client and practitioner named in this order; `divided` says then what was
/// written.
pub fn record_division(
    connection: &mut Connection<'_>,
    (client_id, practitioner_id): (Uuid, Uuid),
    divided: &mut DividedCredits,
    purpose: Purpose<'_>,
) -> Result<(), Fault> {
    let accounts_after = &mut divided.accounts_after;
    for step in &mut divided.steps {
        match step {
            Step::ByClient(movement) => {
                let [(_, written)] = record(connection, [(client_id, *movement)], purpose)?;
                *movement = written;
                accounts_after.client = written.after;
            }
            Step::ByBoth { client, practitioner } => {
                let sides = [(client_id, *client), (practitioner_id, *practitioner)];
                let [(_, paying), (_, earning)] = record(connection, sides, purpose)?;
                (*client, *practitioner) = (paying, earning);
                *accounts_after = AccountPair {
                    client: paying.after,
                    practitioner: earning.after,
                };
            }
            Step::RoomOfClient(room) => make_room(connection, client_id, *room)?,
            Step::RoomOfPractitioner(room) => make_room(connection, practitioner_id, *room)?,
        }
    }
    Ok(())
}

/// Writes a correction that makes room for credits that come back.
pub fn make_room(connection: &mut Connection<'_>, person_id: Uuid, room: Movement) -> Result<(), Fault> {
    let purpose = Purpose {
        description: ROOM_DESCRIPTION,
        session_id: None,
        idempotency_key: None,
    };
    record(connection, [(person_id, room)], purpose).map(drop)
}

/// Moves the credits of those who have what it was decided on, and returns the others.
fn move_credits(
    connection: &mut Connection<'_>,
    movements: &[(Uuid, Movement)],
    purpose: Purpose<'_>,
) -> Result<Vec<Uuid>, Fault> {
    let mut arguments: Vec<DatumWithOid<'_>> = vec![
        purpose.description.into(),
        purpose.session_id.map(sql_uuid).into(),
        purpose.idempotency_key.into(),
    ];
    let (one, other) = match movements {
        [one] => (Some(one), None),
        [one, other] => (Some(one), Some(other)),
        _ => return Err(Fault::invariant_violated("a movement has one side or two")),
    };
    arguments.extend(change(one));
    arguments.extend(change(other));
    arguments.push(
        one.map(|(_, movement)| movement.before.kept_in.ledger.largest())
            .into(),
    );
    let mut stale: BTreeMap<Uuid, Movement> = movements.iter().copied().collect();
    let (mut are_as_decided, mut unwritten) = (true, BTreeMap::new());
    for row in run(connection, &MOVE_CREDITS, &arguments)? {
        let person_id = uuid(row.required("user_id")?);
        are_as_decided &= match (written_entry(&row)?, stale.remove(&person_id)) {
            (None, Some(moved)) => unwritten.insert(person_id, entry(moved)).is_none(),
            (Some(written), None) => {
                unwritten.remove(&person_id) == Some(written) && as_decided::is_kept(&row)?
            }
            _ => false,
        };
    }
    if !are_as_decided || !unwritten.is_empty() {
        return Err(Fault::changed_by_trigger(
            "a movement of credits was not written as it was decided",
        ));
    }
    Ok(stale.into_keys().collect())
}

/// One side of a movement as the statement takes it.
fn change(side: Option<&(Uuid, Movement)>) -> [DatumWithOid<'static>; 12] {
    let movement = side.map(|(_, movement)| movement);
    let changed = |value: fn(&Account) -> i64| {
        movement.map(|movement| difference(movement.before, movement.after, value))
    };
    [
        side.map(|_| sql_uuid(Uuid::now_v7())).into(),
        side.map(|(person_id, _)| sql_uuid(*person_id)).into(),
        movement.map(|movement| movement.kind.transaction_type()).into(),
        movement.map(|movement| movement.amount).into(),
        changed(|account| account.balance).into(),
        changed(|account| account.held).into(),
        changed(|account| account.owed).into(),
        changed(|account| account.total_earned).into(),
        changed(|account| account.total_spent).into(),
        movement.map(|movement| movement.before.balance).into(),
        movement.map(|movement| movement.before.held).into(),
        movement.map(|movement| movement.before.owed).into(),
    ]
}

/// By how much a figure changes. Where no bigint holds that, the server refuses the sum of it and what was there.
fn difference(before: Account, after: Account, value: fn(&Account) -> i64) -> i64 {
    value(&after).wrapping_sub(value(&before))
}

/// What the ledger shall say, as far as it can: amount; before and after: balance, what is held, what is owed.
pub(super) fn entry(movement: Movement) -> [i64; 7] {
    let (before, after) = (movement.before, movement.after);
    [
        movement.amount,
        before.balance,
        after.balance,
        before.held,
        after.held,
        before.owed,
        after.owed,
    ]
    .map(|credits| before.kept_in.ledger.bounded(credits))
}

/// What it says; `None` in a row that says no more than whose balance was moved, and where a trigger has suppressed the entry.
pub(super) fn written_entry(row: &Row<'_>) -> Result<Option<[i64; 7]>, Fault> {
    let Some(amount) = row.optional("amount")? else {
        return Ok(None);
    };
    Ok(Some([
        amount,
        row.required("balance_before")?,
        row.required("balance_after")?,
        row.required("held_before")?,
        row.required("held_after")?,
        row.required("owed_before")?,
        row.required("owed_after")?,
    ]))
}

/// The movements of these people anew, on what they have now.
fn decide_again<const SIDES: usize>(
    connection: &mut Connection<'_>,
    mut movements: [(Uuid, Movement); SIDES],
    stale: &[Uuid],
) -> Result<[(Uuid, Movement); SIDES], Fault> {
    let accounts = lock(connection, stale)?;
    for (person_id, movement) in movements.iter_mut().filter(|(id, _)| stale.contains(id)) {
        let account = accounts
            .0
            .get(person_id)
            .ok_or_else(|| Fault::changed_by_trigger("a balance row that was locked is gone"))?;
        *movement = movement.on(*account)?;
    }
    Ok(movements)
}

/// Takes away the balance row of a person who leaves, once there is nothing left in it.
pub fn close(connection: &mut Connection<'_>, person_id: Uuid) -> Result<(), Fault> {
    run(connection, &CLOSE_ACCOUNT, &[sql_uuid(person_id).into()])?;
    if !lock(connection, &[person_id])?.0.is_empty() {
        return Err(Fault::changed_by_trigger(
            "the balance of a person who leaves can't be closed",
        ));
    }
    Ok(())
}
