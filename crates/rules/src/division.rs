//! How the credits of a session are divided between its two people: once, when it is cancelled, settled or decided on.
//!
//! Invariant: what the client gets and what the practitioner gets add up to what is at stake, to the credit; what an older
//! generation burned of a payment comes into circulation anew where it goes back. What an account has no room for leaves
//! circulation by a correction of its own.

use crate::account::{Account, AccountPair, Movement, OutOfRange};
use crate::share::{self, FULL_REFUND};

/// What the ledger says of a session's credits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stake {
    /// Kept for it, the client's own still.
    pub held: i32,
    pub paid: i32,
    /// What the practitioner has of it: an older generation may have burned a payment, or a part of it.
    pub earned: i32,
}

impl Stake {
    pub fn credits(&self) -> i32 {
        if self.held > 0 { self.held } else { self.paid }
    }

    /// Gives the client this share, in hundredths of a percent, and the practitioner the rest.
    pub fn divide(&self, client_share: i64) -> Division {
        let returned_credits = share::of(self.credits(), client_share);
        if self.held > 0 {
            return Division {
                client_share,
                returned_credits,
                released: returned_credits,
                paid_out: self.held - returned_credits,
                ..Division::default()
            };
        }
        Division {
            client_share,
            returned_credits,
            refunded: returned_credits,
            reversed: returned_credits.min(self.earned).max(0),
            ..Division::default()
        }
    }
}

/// Who gets how much of a session's credits, and by which movements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Division {
    /// What the client gets, in hundredths of a percent.
    pub client_share: i64,
    pub returned_credits: i32,
    released: i32,
    paid_out: i32,
    refunded: i32,
    reversed: i32,
}

/// A division as it will be written: a step is what is written at once, one person's movement or both people's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DividedCredits {
    pub steps: Vec<Step>,
    pub accounts_after: AccountPair,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    ByClient(Movement),
    ByBoth {
        client: Movement,
        practitioner: Movement,
    },
    /// Corrections that make room for what follows, on accounts that are too full for it.
    RoomOfClient(Movement),
    RoomOfPractitioner(Movement),
}

/// What the ledger says of a correction that makes room.
pub const ROOM_DESCRIPTION: &str = "More than an account can hold";

impl Division {
    /// What the practitioner gets of what was held.
    pub fn paid_out(&self) -> i32 {
        self.paid_out
    }

    /// What the session says of its payment from now on; `None` where that stays as it is.
    pub fn payment_status(&self) -> Option<&'static str> {
        match self.client_share {
            FULL_REFUND => Some("refunded"),
            1.. => Some("partially_refunded"),
            _ => (self.paid_out > 0).then_some("paid"),
        }
    }

    /// What the division moves on these accounts. The payment comes before the release, so that what goes back is the
    /// last that the ledger says of a session.
    pub fn on(&self, accounts: AccountPair) -> Result<DividedCredits, OutOfRange> {
        let mut divided = DividedCredits::none(accounts);
        let [paid_out, released, refunded, reversed] =
            [self.paid_out, self.released, self.refunded, self.reversed].map(i64::from);
        if paid_out > 0 {
            let settled = divided.accounts_after.practitioner.owed.clamp(0, paid_out);
            divided.practitioner_makes_room(|account| account.make_room(paid_out - settled));
            let AccountPair { client, practitioner } = divided.accounts_after;
            divided.by_both(
                client.pay_from_held(paid_out)?,
                practitioner.be_paid_out(paid_out)?,
            );
        }
        if released > 0 {
            divided.client_makes_room(released);
            divided.by_client(divided.accounts_after.client.release(released)?);
        }
        if refunded > 0 {
            divided.client_makes_room(refunded);
            divided.practitioner_makes_room(|account| account.write_off(reversed));
            let refund = divided.accounts_after.client.take_back(refunded)?;
            match reversed {
                0 => divided.by_client(refund),
                _ => divided.by_both(refund, divided.accounts_after.practitioner.give_back(reversed)?),
            }
        }
        Ok(divided)
    }
}

impl DividedCredits {
    fn none(accounts: AccountPair) -> Self {
        DividedCredits {
            steps: Vec::new(),
            accounts_after: accounts,
        }
    }

    fn client_makes_room(&mut self, returning: i64) {
        if let Some(room) = self.accounts_after.client.make_room(returning) {
            self.steps.push(Step::RoomOfClient(room));
            self.accounts_after.client = room.after;
        }
    }

    fn practitioner_makes_room(&mut self, room: impl FnOnce(Account) -> Option<Movement>) {
        if let Some(room) = room(self.accounts_after.practitioner) {
            self.steps.push(Step::RoomOfPractitioner(room));
            self.accounts_after.practitioner = room.after;
        }
    }

    fn by_client(&mut self, movement: Movement) {
        self.steps.push(Step::ByClient(movement));
        self.accounts_after.client = movement.after;
    }

    fn by_both(&mut self, client: Movement, practitioner: Movement) {
        self.steps.push(Step::ByBoth { client, practitioner });
        self.accounts_after = AccountPair {
            client: client.after,
            practitioner: practitioner.after,
        };
    }
}

#[cfg(test)]
mod tests;
