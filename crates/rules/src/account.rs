//! One person's credits and the movements on them.
//!
//! Invariant: a movement of `n` credits changes `balance + held - owed` by exactly `n`, so a pair of
//! opposite movements of one amount neither mints nor loses a credit. A hold and its release change nothing of
//! it: held credits are the person's own still, but can't be spent. A balance is never clamped: what can't be taken
//! from it is written down as owed.
//!
//! Whoever gets new credits keeps room for those that may come back: what she has paid, and what may be taken from her again
//! of what she has earned. So a refund has a place to go to. An account that is fuller, as an application's own may be, makes
//! room by a correction. How much an account holds follows from the columns that it is kept in; where those of
//! the ledger are smaller, nothing new is decided on what it can't tell, and what comes back is told as far as it can.

use crate::width::Widths;
use uuid::Uuid;

/// What a person has, owes and has turned over, in credits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Account {
    /// What can be spent.
    pub balance: i64,
    /// What is kept for sessions that are not settled yet.
    pub held: i64,
    pub owed: i64,
    pub total_earned: i64,
    pub total_spent: i64,
    pub kept_in: Widths,
}

/// The accounts of the two parties of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AccountPair {
    pub client: Account,
    pub practitioner: Account,
}

/// Why a ledger row exists. The direction of the movement follows from it, except for corrections,
/// whose before and after say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MovementKind {
    SessionHold,
    SessionHoldRelease,
    SessionPayment,
    SessionEarning,
    Refund,
    SessionEarningReversal,
    Bonus,
    Adjustment,
}

impl MovementKind {
    /// The name under which the ledger knows this kind.
    pub fn transaction_type(self) -> &'static str {
        match self {
            MovementKind::SessionHold => "session_hold",
            MovementKind::SessionHoldRelease => "session_hold_release",
            MovementKind::SessionPayment => "session_payment",
            MovementKind::SessionEarning => "session_earning",
            MovementKind::Refund => "refund",
            MovementKind::SessionEarningReversal => "session_earning_reversal",
            MovementKind::Bonus => "bonus",
            MovementKind::Adjustment => "adjustment",
        }
    }
}

/// One movement: the account before and after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Movement {
    pub kind: MovementKind,
    pub amount: i64,
    pub before: Account,
    pub after: Account,
}

/// Why a movement that was decided can't be made on an account that has changed since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoMovement {
    /// The balance does not suffice any more.
    Insufficient,
    OutOfRange,
    /// A correction speaks of the very balance that it corrects.
    Correction,
}

impl From<OutOfRange> for NoMovement {
    fn from(_: OutOfRange) -> Self {
        NoMovement::OutOfRange
    }
}

impl Movement {
    /// What of a payment was held before.
    pub fn paid_from_held(&self) -> i64 {
        match self.kind {
            MovementKind::SessionPayment => self.before.held - self.after.held,
            _ => 0,
        }
    }

    /// Admits it where what may come back has room still; an account that has none already must not come to more.
    fn with_room(self) -> Result<Movement, OutOfRange> {
        let room = i128::from(self.after.kept_in.room());
        let has_room = |sum: fn(Account) -> i128| sum(self.after) <= sum(self.before).max(room);
        match has_room(Account::with_what_may_return) && has_room(Account::with_what_may_be_reversed) {
            true => self.to_be_told(),
            false => Err(OutOfRange),
        }
    }

    /// Whether the ledger can say what was there before and after.
    fn can_be_told(&self) -> bool {
        [self.before, self.after].iter().all(|account| {
            let told = |credits| account.kept_in.ledger.hold(credits).is_some();
            told(account.balance) && told(account.held) && told(account.owed)
        })
    }

    /// Admits it where the ledger can tell it, since what is decided now is told by that for ever.
    fn to_be_told(self) -> Result<Movement, OutOfRange> {
        match self.can_be_told() {
            true => Ok(self),
            false => Err(OutOfRange),
        }
    }

    /// The same movement on an account that is another one by now.
    pub fn on(self, account: Account) -> Result<Movement, NoMovement> {
        let amount = self.amount;
        let is_paid_from_held = self.paid_from_held() > 0;
        let moved = match self.kind {
            MovementKind::SessionHold if account.balance < amount => return Err(NoMovement::Insufficient),
            MovementKind::SessionHold => account.hold(amount),
            MovementKind::SessionHoldRelease if account.held < amount => {
                return Err(NoMovement::Insufficient);
            }
            MovementKind::SessionHoldRelease => account.release(amount),
            MovementKind::SessionPayment if is_paid_from_held && account.held < amount => {
                return Err(NoMovement::Insufficient);
            }
            MovementKind::SessionPayment if is_paid_from_held => account.pay_from_held(amount),
            MovementKind::SessionPayment if account.balance < amount => return Err(NoMovement::Insufficient),
            MovementKind::SessionPayment => account.pay(amount),
            MovementKind::SessionEarning => account.earn(amount),
            MovementKind::Refund => account.take_back(amount),
            MovementKind::SessionEarningReversal => account.give_back(amount),
            MovementKind::Bonus => account.receive_grant(amount),
            MovementKind::Adjustment => return Err(NoMovement::Correction),
        };
        Ok(moved?)
    }
}

/// A sum that the columns can't hold, or that would leave no room for what may come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfRange;

/// Whose account has no room for what it would come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountFull {
    pub person_id: Uuid,
}

impl OutOfRange {
    pub fn of(self, person_id: Uuid) -> AccountFull {
        AccountFull { person_id }
    }
}

impl Account {
    /// Credits are kept for a session. That the balance suffices has been decided before.
    pub fn hold(self, amount: i64) -> Result<Movement, OutOfRange> {
        let after = Account {
            balance: self.kept_in.balance.subtract(self.balance, amount)?,
            held: self.kept_in.held.add(self.held, amount)?,
            ..self
        };
        self.moved(MovementKind::SessionHold, amount, after)?.to_be_told()
    }

    /// The hold after which the account is as it is, as it is told; nothing is moved by it.
    pub fn hold_that_led_here(self, amount: i64) -> Movement {
        Movement {
            kind: MovementKind::SessionHold,
            amount,
            before: Account {
                balance: self.balance.saturating_add(amount),
                held: self.held.saturating_sub(amount),
                ..self
            },
            after: self,
        }
    }

    /// What was kept for a session can be spent again.
    pub fn release(self, amount: i64) -> Result<Movement, OutOfRange> {
        let after = Account {
            balance: self.kept_in.balance.add(self.balance, amount)?,
            held: self.kept_in.held.subtract(self.held, amount)?,
            ..self
        };
        self.moved(MovementKind::SessionHoldRelease, amount, after)
    }

    /// The same of what is said to be kept for one of several sessions: what the others have left, at most.
    pub fn release_at_most(self, amount: i64) -> Result<Movement, OutOfRange> {
        self.release(amount.min(self.held).max(0))
    }

    /// The client pays for a session with what was kept for it.
    pub fn pay_from_held(self, amount: i64) -> Result<Movement, OutOfRange> {
        let after = Account {
            held: self.kept_in.held.subtract(self.held, amount)?,
            total_spent: self.kept_in.total_spent.grown(self.total_spent, amount),
            ..self
        };
        self.moved(MovementKind::SessionPayment, amount, after)
    }

    /// The client pays for a session. That the balance suffices has been decided before.
    pub fn pay(self, amount: i64) -> Result<Movement, OutOfRange> {
        let after = Account {
            balance: self.kept_in.balance.subtract(self.balance, amount)?,
            total_spent: self.kept_in.total_spent.add(self.total_spent, amount)?,
            ..self
        };
        self.moved(MovementKind::SessionPayment, amount, after)?
            .to_be_told()
    }

    /// The practitioner earns from a session; what is owed from earlier refunds is settled first.
    pub fn earn(self, amount: i64) -> Result<Movement, OutOfRange> {
        self.kept_in.total_earned.add(self.total_earned, amount)?;
        self.be_paid_out(amount)?.with_room()
    }

    /// The same of a session that was agreed on before, so that it can't be refused any more: a total that is full stays so.
    pub fn be_paid_out(self, amount: i64) -> Result<Movement, OutOfRange> {
        let settled = self.owed.clamp(0, amount);
        let after = Account {
            balance: self.kept_in.balance.add(self.balance, amount - settled)?,
            owed: self.owed - settled,
            total_earned: self.kept_in.total_earned.grown(self.total_earned, amount),
            ..self
        };
        self.moved(MovementKind::SessionEarning, amount, after)
    }

    /// The client gets back what was paid, or a part of it.
    pub fn take_back(self, amount: i64) -> Result<Movement, OutOfRange> {
        let after = Account {
            balance: self.kept_in.balance.add(self.balance, amount)?,
            total_spent: self.kept_in.total_spent.grown(self.total_spent, -amount),
            ..self
        };
        self.moved(MovementKind::Refund, amount, after)
    }

    /// The practitioner gives an earning back; what has been spent meanwhile is owed from now on.
    pub fn give_back(self, amount: i64) -> Result<Movement, OutOfRange> {
        let taken = self.balance.clamp(0, amount);
        let after = Account {
            balance: self.balance - taken,
            owed: self.kept_in.owed.add(self.owed, amount - taken)?,
            total_earned: self.kept_in.total_earned.grown(self.total_earned, -amount),
            ..self
        };
        self.moved(MovementKind::SessionEarningReversal, amount, after)
    }

    /// Credits come into being.
    pub fn receive_grant(self, amount: i64) -> Result<Movement, OutOfRange> {
        let after = Account {
            balance: self.kept_in.balance.add(self.balance, amount)?,
            total_earned: self.kept_in.total_earned.add(self.total_earned, amount)?,
            ..self
        };
        self.moved(MovementKind::Bonus, amount, after)?.with_room()
    }

    /// A correction by hand. What can't be taken from the balance is owed.
    pub fn adjust(self, amount: i64) -> Result<Movement, OutOfRange> {
        let taken = self.balance.min(amount.checked_neg().ok_or(OutOfRange)?).max(0);
        let after = if amount > 0 {
            Account {
                balance: self.kept_in.balance.add(self.balance, amount)?,
                ..self
            }
        } else {
            Account {
                balance: self.balance - taken,
                owed: self.kept_in.owed.add(self.owed, -amount - taken)?,
                ..self
            }
        };
        self.moved(MovementKind::Adjustment, amount.abs(), after)?
            .with_room()
    }

    /// The correction that takes out of circulation what would be too much beside credits that come back; `None` where
    /// there is room.
    pub fn make_room(self, returning: i64) -> Option<Movement> {
        let excess = self.kept_in.balance.excess(self.balance, returning)?;
        let after = Account {
            balance: self.balance - excess,
            ..self
        };
        Some(self.corrected(excess, after))
    }

    /// The correction that writes off what could not be owed besides when this much is given back; `None` where it could.
    pub fn write_off(self, reversed: i64) -> Option<Movement> {
        let excess = self
            .kept_in
            .owed
            .excess(self.owed, reversed - self.balance.clamp(0, reversed))?;
        let after = Account {
            owed: self.owed - excess,
            ..self
        };
        Some(self.corrected(excess, after))
    }

    fn corrected(self, amount: i64, after: Account) -> Movement {
        Movement {
            kind: MovementKind::Adjustment,
            amount,
            before: self,
            after,
        }
    }

    /// What it has and what it may get back of what it has paid.
    fn with_what_may_return(self) -> i128 {
        i128::from(self.balance) + i128::from(self.held) + i128::from(self.total_spent.max(0))
    }

    /// What it owes and what may be taken from it again of what it has earned.
    fn with_what_may_be_reversed(self) -> i128 {
        i128::from(self.owed) + i128::from(self.total_earned.max(0))
    }

    /// The corrections that take a person who leaves out of circulation: first what is left, then what an application has
    /// written down as held for no session, then what is still owed, each as a row of its own so that its direction can be
    /// read from it. Of a balance whose amount the ledger can't say it says what it can.
    pub fn close(self) -> Vec<Movement> {
        let emptied = Account { balance: 0, ..self };
        let released = Account { held: 0, ..emptied };
        let settled = Account { owed: 0, ..released };
        let corrections = [
            (self, emptied, self.balance),
            (emptied, released, self.held),
            (released, settled, self.owed),
        ];
        corrections
            .into_iter()
            .filter(|(_, _, amount)| *amount != 0)
            .map(|(before, after, amount)| Movement {
                kind: MovementKind::Adjustment,
                amount: self.kept_in.ledger.bounded(amount.saturating_abs()),
                before,
                after,
            })
            .collect()
    }

    fn moved(self, kind: MovementKind, amount: i64, after: Account) -> Result<Movement, OutOfRange> {
        Ok(Movement {
            kind,
            amount,
            before: self,
            after,
        })
    }
}

#[cfg(test)]
mod tests;
