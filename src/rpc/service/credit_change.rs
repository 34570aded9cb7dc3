//! What grants and adjustments share: one person's credits change outside of any session.

use crate::argument::{MAX_IDEMPOTENCY_KEY_CHARACTERS, MAX_REASON_CHARACTERS, optional_text, required_text};
use crate::fault::Fault;
use crate::reply::Reply;
use crate::reply::service::changed;
use crate::store::accounts::{self, Accounts, Purpose};
use crate::store::{Connection, departures, grants, people};
use peer_exchange_rules::account::{Movement, MovementKind, OutOfRange};
use uuid::Uuid;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Grant,
    Adjustment,
}

/// A change that is asked for; an adjustment's amount has either sign.
pub struct Change<'a> {
    kind: Kind,
    person_id: Uuid,
    pub amount: i32,
    reason: &'a str,
    idempotency_key: Option<&'a str>,
}

impl<'a> Change<'a> {
    /// The arguments of both functions; a fault where one is missing or too long.
    pub fn checked(
        kind: Kind,
        person_id: Option<Uuid>,
        amount: Option<i32>,
        reason: Option<&'a str>,
        idempotency_key: Option<&'a str>,
    ) -> Result<Self, Fault> {
        Ok(Change {
            kind,
            person_id: person_id.ok_or_else(|| Fault::null_argument("p_user_id"))?,
            amount: amount.ok_or_else(|| Fault::null_argument("p_amount"))?,
            reason: required_text("p_reason", reason, MAX_REASON_CHARACTERS)?,
            idempotency_key: optional_text(
                "p_idempotency_key",
                idempotency_key,
                MAX_IDEMPOTENCY_KEY_CHARACTERS,
            )?,
        })
    }

    fn movement(&self, accounts: &Accounts) -> Result<Movement, OutOfRange> {
        let account = accounts.of(self.person_id);
        match self.kind {
            Kind::Grant => account.receive_grant(self.amount.into()),
            Kind::Adjustment => account.adjust(self.amount.into()),
        }
    }

    fn movement_kind(&self) -> MovementKind {
        match self.kind {
            Kind::Grant => MovementKind::Bonus,
            Kind::Adjustment => MovementKind::Adjustment,
        }
    }
}

/// Makes the change, or answers as when it was made under this key.
pub fn make(connection: &mut Connection<'_>, change: &Change<'_>) -> Result<Reply, Fault> {
    let person_id = change.person_id;
    // Kept from being deleted and no more, so that grants in the order of people wait for no booking.
    if people::hold(connection, &[person_id])?.is_empty() {
        return Err(Fault::invalid_argument(format!("there is no user {person_id}")));
    }
    let mut accounts = accounts::lock(connection, &[person_id])?;
    if let Some(opened) = accounts::open_missing(connection, &accounts, &[person_id])? {
        accounts = opened;
    }
    if let Some(key) = change.idempotency_key
        && let Some(earlier) = grants::find_by_key(connection, person_id, key)?
    {
        let kind = change.movement_kind().transaction_type();
        if (earlier.transaction_type.as_str(), earlier.amount) != (kind, change.amount.into()) {
            return Err(Fault::invalid_argument(
                "this idempotency key was used for something else",
            ));
        }
        if departures::have_been_since(connection, person_id, earlier.made_at)? {
            return Err(Fault::invalid_argument(
                "this idempotency key was used for a person of this id who was deleted since",
            )
            .with_hint("Use another key for the one who is there now."));
        }
        let (before, after) = (earlier.balance_before, earlier.balance_after);
        return changed(person_id, change.amount, before, after, true);
    }
    let purpose = Purpose {
        description: change.reason,
        session_id: None,
        idempotency_key: change.idempotency_key,
    };
    let movement = (change.movement(&accounts)).map_err(|full| full.of(person_id))?;
    let [(_, movement)] = accounts::record(connection, [(person_id, movement)], purpose)?;
    let (before, after) = (movement.before.balance, movement.after.balance);
    changed(person_id, change.amount, before, after, false)
}
