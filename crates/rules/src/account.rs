//! One person's credits and the movements on them.
//!
//! Invariant: a movement of `n` credits changes `balance + held - owed` by exactly `n`, so a pair of
//! opposite movements of one amount neither mints nor loses a credit. A hold and its release change nothing of
//! it: held credits are the person's own still, but can't be spent. A balance is never clamped: what can't be taken
//! from it is written down as owed.
//!
//! Whoever gets new credits keeps room for those that may come back: what she has paid, and what may be taken from her again
//! of what she has earned. So a refund has a place to go to. An account that is fuller, as an application's own may be, makes
//! room by a correction. How much an account holds follows from the columns that it is kept in.

/// How large the columns are in which accounts and the ledger are kept: the smallest of them counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Columns {
    #[default]
    Integer,
    Bigint,
}

impl Columns {
    /// What they hold at most.
    pub fn largest(self) -> i64 {
        match self {
            Columns::Integer => i32::MAX.into(),
            Columns::Bigint => i64::MAX,
        }
    }

    /// Whether they hold so many, or so many less than none.
    pub fn hold(self, credits: i64) -> bool {
        (self.smallest()..=self.largest()).contains(&credits)
    }

    fn smallest(self) -> i64 {
        match self {
            Columns::Integer => i32::MIN.into(),
            Columns::Bigint => i64::MIN,
        }
    }
}

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
    pub kept_in: Columns,
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
        let largest = i128::from(self.after.kept_in.largest());
        let has_room = |sum: fn(Account) -> i128| sum(self.after) <= sum(self.before).max(largest);
        match has_room(Account::with_what_may_return) && has_room(Account::with_what_may_be_reversed) {
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

impl Account {
    /// Credits are kept for a session. That the balance suffices has been decided before.
    pub fn hold(self, amount: i64) -> Result<Movement, OutOfRange> {
        let after = Account {
            balance: self.subtract(self.balance, amount)?,
            held: self.add(self.held, amount)?,
            ..self
        };
        self.moved(MovementKind::SessionHold, amount, after)
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
            balance: self.add(self.balance, amount)?,
            held: self.subtract(self.held, amount)?,
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
            held: self.subtract(self.held, amount)?,
            total_spent: self.bounded(self.total_spent, amount),
            ..self
        };
        self.moved(MovementKind::SessionPayment, amount, after)
    }

    /// The client pays for a session. That the balance suffices has been decided before.
    pub fn pay(self, amount: i64) -> Result<Movement, OutOfRange> {
        let after = Account {
            balance: self.subtract(self.balance, amount)?,
            total_spent: self.add(self.total_spent, amount)?,
            ..self
        };
        self.moved(MovementKind::SessionPayment, amount, after)
    }

    /// The practitioner earns from a session; what is owed from earlier refunds is settled first.
    pub fn earn(self, amount: i64) -> Result<Movement, OutOfRange> {
        self.add(self.total_earned, amount)?;
        self.be_paid_out(amount)?.with_room()
    }

    /// The same of a session that was agreed on before, so that it can't be refused any more: a total that is full stays so.
    pub fn be_paid_out(self, amount: i64) -> Result<Movement, OutOfRange> {
        let settled = self.owed.clamp(0, amount);
        let after = Account {
            balance: self.add(self.balance, amount - settled)?,
            owed: self.owed - settled,
            total_earned: self.bounded(self.total_earned, amount),
            ..self
        };
        self.moved(MovementKind::SessionEarning, amount, after)
    }

    /// The client gets back what was paid, or a part of it.
    pub fn take_back(self, amount: i64) -> Result<Movement, OutOfRange> {
        let after = Account {
            balance: self.add(self.balance, amount)?,
            total_spent: self.bounded(self.total_spent, -amount),
            ..self
        };
        self.moved(MovementKind::Refund, amount, after)
    }

    /// The practitioner gives an earning back; what has been spent meanwhile is owed from now on.
    pub fn give_back(self, amount: i64) -> Result<Movement, OutOfRange> {
        let taken = self.balance.clamp(0, amount);
        let after = Account {
            balance: self.balance - taken,
            owed: self.add(self.owed, amount - taken)?,
            total_earned: self.bounded(self.total_earned, -amount),
            ..self
        };
        self.moved(MovementKind::SessionEarningReversal, amount, after)
    }

    /// Credits come into being.
    pub fn receive_grant(self, amount: i64) -> Result<Movement, OutOfRange> {
        let after = Account {
            balance: self.add(self.balance, amount)?,
            total_earned: self.add(self.total_earned, amount)?,
            ..self
        };
        self.moved(MovementKind::Bonus, amount, after)?.with_room()
    }

    /// A correction by hand. What can't be taken from the balance is owed.
    pub fn adjust(self, amount: i64) -> Result<Movement, OutOfRange> {
        let taken = self.balance.min(amount.checked_neg().ok_or(OutOfRange)?).max(0);
        let after = if amount > 0 {
            Account {
                balance: self.add(self.balance, amount)?,
                ..self
            }
        } else {
            Account {
                balance: self.balance - taken,
                owed: self.add(self.owed, -amount - taken)?,
                ..self
            }
        };
        self.moved(MovementKind::Adjustment, amount.abs(), after)?
            .with_room()
    }

    /// The correction that takes out of circulation what would be too much beside credits that come back; `None` where
    /// there is room.
    pub fn make_room(self, returning: i64) -> Option<Movement> {
        let excess = self.excess(self.balance, returning)?;
        let after = Account {
            balance: self.balance - excess,
            ..self
        };
        Some(self.corrected(excess, after))
    }

    /// The correction that writes off what could not be owed besides when this much is given back; `None` where it could.
    pub fn write_off(self, reversed: i64) -> Option<Movement> {
        let excess = self.excess(self.owed, reversed - self.balance.clamp(0, reversed))?;
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
    /// read from it. Of the one balance whose amount the columns can't hold it names what they do.
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
                amount: amount.saturating_abs().min(self.kept_in.largest()),
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

    fn add(self, left: i64, right: i64) -> Result<i64, OutOfRange> {
        self.bound(left.checked_add(right))
    }

    fn subtract(self, left: i64, right: i64) -> Result<i64, OutOfRange> {
        self.bound(left.checked_sub(right))
    }

    fn bound(self, credits: Option<i64>) -> Result<i64, OutOfRange> {
        credits
            .filter(|credits| self.kept_in.hold(*credits))
            .ok_or(OutOfRange)
    }

    /// A sum drawn to what the columns hold.
    fn bounded(self, left: i64, right: i64) -> i64 {
        left.saturating_add(right)
            .clamp(self.kept_in.smallest(), self.kept_in.largest())
    }

    /// By how much a sum is more than the columns can hold.
    fn excess(self, left: i64, right: i64) -> Option<i64> {
        let excess = i128::from(left) + i128::from(right) - i128::from(self.kept_in.largest());
        i64::try_from(excess).ok().filter(|excess| *excess > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FULL: i64 = i32::MAX as i64;
    const EMPTY: i64 = i32::MIN as i64;

    fn account(balance: i64, owed: i64) -> Account {
        Account {
            balance,
            held: 20,
            owed,
            total_earned: 500,
            total_spent: 400,
            kept_in: Columns::Integer,
        }
    }

    fn net(account: Account) -> i64 {
        account.balance + account.held - account.owed
    }

    #[test]
    fn paying_and_earning_move_the_same_amount_in_opposite_directions() {
        let paid = account(100, 0).pay(60).unwrap();
        let earned = account(5, 0).earn(60).unwrap();
        assert_eq!(
            paid.after,
            Account {
                balance: 40,
                total_spent: 460,
                ..account(100, 0)
            }
        );
        assert_eq!(
            earned.after,
            Account {
                balance: 65,
                total_earned: 560,
                ..account(5, 0)
            }
        );
        assert_eq!(net(paid.after) - net(paid.before), -60);
        assert_eq!(net(earned.after) - net(earned.before), 60);
    }

    #[test]
    fn a_hold_and_its_release_leave_what_a_person_has() {
        let held = account(100, 5).hold(60).unwrap();
        assert_eq!((held.after.balance, held.after.held), (40, 80));
        assert_eq!(net(held.after), net(held.before));
        assert_eq!(held.after.total_spent, held.before.total_spent);
        assert_eq!(held.after.release(60).unwrap().after, account(100, 5));
        assert_eq!(held.after.hold_that_led_here(60), held);
    }

    #[test]
    fn a_payment_from_held_credits_leaves_the_balance() {
        let held = account(100, 0).hold(60).unwrap().after;
        let paid = held.pay_from_held(60).unwrap();
        assert_eq!((paid.after.balance, paid.after.held), (40, 20));
        assert_eq!(paid.after.total_spent, paid.before.total_spent + 60);
        assert_eq!(net(paid.after) - net(paid.before), -60);
    }

    #[test]
    fn an_earning_settles_what_is_owed_before_it_raises_the_balance() {
        assert_eq!(account(0, 40).earn(60).unwrap().after.balance, 20);
        assert_eq!(account(0, 40).earn(60).unwrap().after.owed, 0);
        assert_eq!(account(0, 60).earn(60).unwrap().after.balance, 0);
        let still_owing = account(0, 61).earn(60).unwrap();
        assert_eq!((still_owing.after.balance, still_owing.after.owed), (0, 1));
        assert_eq!(net(still_owing.after) - net(still_owing.before), 60);
    }

    #[test]
    fn a_reversal_beyond_the_balance_is_owed_and_never_clamped() {
        let enough = account(60, 0).give_back(60).unwrap();
        assert_eq!((enough.after.balance, enough.after.owed), (0, 0));
        let short = account(59, 0).give_back(60).unwrap();
        assert_eq!((short.after.balance, short.after.owed), (0, 1));
        assert_eq!(net(short.after) - net(short.before), -60);
    }

    #[test]
    fn a_reversal_on_a_balance_below_zero_is_owed_whole() {
        let negative = account(-10, 0).give_back(60).unwrap();
        assert_eq!((negative.after.balance, negative.after.owed), (-10, 60));
    }

    #[test]
    fn a_refund_undoes_the_payment_to_the_credit() {
        let paid = account(100, 0).pay(60).unwrap();
        assert_eq!(paid.after.take_back(60).unwrap().after, account(100, 0));
        let earned = account(5, 0).earn(60).unwrap();
        assert_eq!(earned.after.give_back(60).unwrap().after, account(5, 0));
    }

    #[test]
    fn a_grant_raises_the_balance_and_leaves_what_is_owed() {
        let granted = account(0, 30).receive_grant(50).unwrap();
        assert_eq!((granted.after.balance, granted.after.owed), (50, 30));
    }

    #[test]
    fn a_correction_by_hand_takes_what_is_there_and_has_the_rest_owed() {
        let corrected = |amount| {
            let after = account(40, 5).adjust(amount).unwrap().after;
            (after.balance, after.owed)
        };
        assert_eq!(corrected(10), (50, 5));
        assert_eq!(corrected(-40), (0, 5));
        assert_eq!(corrected(-41), (0, 6));
        for amount in [10, -40, -41] {
            let movement = account(40, 5).adjust(amount).unwrap();
            assert_eq!(net(movement.after) - net(movement.before), amount);
            assert_eq!(movement.amount, amount.abs());
            assert_eq!(movement.after.total_earned, movement.before.total_earned);
        }
        assert_eq!(account(-10, 0).adjust(-5).unwrap().after.owed, 5);
        assert_eq!(account(0, 0).adjust(EMPTY), Err(OutOfRange));
    }

    #[test]
    fn closing_an_account_takes_out_the_balance_and_writes_off_the_debt() {
        let nothing = Account {
            held: 0,
            ..account(0, 0)
        };
        assert!(nothing.close().is_empty());
        let corrections = account(30, 10).close();
        assert_eq!(
            corrections.iter().map(|m| m.amount).collect::<Vec<_>>(),
            [30, 20, 10]
        );
        let last = corrections.last().unwrap().after;
        assert_eq!((last.balance, last.held, last.owed), (0, 0, 0));
    }

    #[test]
    fn a_movement_on_an_account_that_has_changed_is_decided_on_what_is_there() {
        let paid = account(100, 0).pay(60).unwrap();
        assert_eq!(paid.on(account(105, 0)), Ok(account(105, 0).pay(60).unwrap()));
        assert_eq!(paid.on(account(60, 0)), Ok(account(60, 0).pay(60).unwrap()));
        assert_eq!(paid.on(account(59, 0)), Err(NoMovement::Insufficient));
        let earned = account(0, 0).earn(60).unwrap();
        assert_eq!(earned.on(account(0, 70)), Ok(account(0, 70).earn(60).unwrap()));
        let held = account(100, 0).hold(60).unwrap();
        assert_eq!(held.on(account(60, 0)), Ok(account(60, 0).hold(60).unwrap()));
        assert_eq!(held.on(account(59, 0)), Err(NoMovement::Insufficient));
        let released = held.after.release(60).unwrap();
        let paid_from_held = held.after.pay_from_held(60).unwrap();
        for movement in [released, paid_from_held] {
            let enough = Account {
                held: 60,
                ..account(7, 0)
            };
            assert_eq!(movement.on(enough).unwrap().after.held, 0);
            assert_eq!(
                movement.on(Account { held: 59, ..enough }),
                Err(NoMovement::Insufficient)
            );
        }
        let corrected = account(30, 0).close()[0];
        assert_eq!(corrected.on(account(20, 0)), Err(NoMovement::Correction));
    }

    #[test]
    fn whoever_gets_credits_keeps_room_for_those_that_may_come_back() {
        let room = FULL - 20 - 400 - 100;
        assert_eq!(account(100, 0).receive_grant(room + 1), Err(OutOfRange));
        assert_eq!(account(100, 0).earn(room + 1), Err(OutOfRange));
        assert_eq!(account(100, 0).adjust(room + 1), Err(OutOfRange));
        let granted = account(100, 0).adjust(room).unwrap().after;
        let paid = granted.pay(60).unwrap().after;
        assert_eq!(paid.adjust(1), Err(OutOfRange));
        assert_eq!(paid.take_back(460).unwrap().after.balance, FULL - 20);
        assert_eq!(paid.make_room(460), None);
    }

    #[test]
    fn whoever_is_to_owe_more_keeps_room_for_what_may_be_taken_from_her_again() {
        let room = FULL - 500;
        assert_eq!(account(0, 0).adjust(-room - 1), Err(OutOfRange));
        let owing = account(0, 0).adjust(-room).unwrap().after;
        assert_eq!(owing.earn(60).unwrap().after.owed, room - 60);
        assert_eq!(owing.give_back(500).unwrap().after.owed, FULL);
        assert_eq!(owing.write_off(500), None);
    }

    #[test]
    fn an_account_that_is_too_full_already_takes_what_makes_it_less_so() {
        let full = account(FULL, 0);
        assert_eq!(full.receive_grant(1), Err(OutOfRange));
        assert_eq!(full.adjust(-5).unwrap().after.balance, FULL - 5);
        assert_eq!(account(FULL - 5, 9).earn(9).unwrap().after.owed, 0);
        assert_eq!(account(FULL - 5, 9).earn(10), Err(OutOfRange));
    }

    #[test]
    fn an_account_that_is_too_full_for_what_comes_back_makes_room_by_a_correction() {
        let full = account(FULL - 40, 0);
        let room = full.make_room(60).unwrap();
        assert_eq!((room.kind, room.amount), (MovementKind::Adjustment, 20));
        assert_eq!(room.after.take_back(60).unwrap().after.balance, FULL);
        assert_eq!(net(room.after) - net(full), -20);
        let owing = account(10, FULL - 40);
        let room = owing.write_off(60).unwrap();
        assert_eq!((room.kind, room.amount), (MovementKind::Adjustment, 10));
        assert_eq!(room.after.give_back(60).unwrap().after.owed, FULL);
        assert_eq!(net(room.after) - net(owing), 10);
    }

    #[test]
    fn a_total_that_is_full_keeps_nothing_from_coming_back() {
        let turned_over = Account {
            total_earned: FULL,
            total_spent: EMPTY,
            held: 60,
            ..Account::default()
        };
        assert_eq!(turned_over.be_paid_out(60).unwrap().after.balance, 60);
        assert_eq!(turned_over.take_back(60).unwrap().after.balance, 60);
        let spent = Account {
            total_spent: FULL,
            total_earned: EMPTY,
            ..turned_over
        };
        assert_eq!(spent.pay_from_held(60).unwrap().after.held, 0);
        assert_eq!(spent.give_back(60).unwrap().after.owed, 60);
    }

    #[test]
    fn a_sum_that_no_integer_holds_is_out_of_range() {
        assert_eq!(account(FULL, 0).receive_grant(1), Err(OutOfRange));
        let well_travelled = Account {
            total_earned: FULL,
            ..Account::default()
        };
        assert_eq!(well_travelled.earn(1), Err(OutOfRange));
    }

    #[test]
    fn larger_columns_hold_what_integers_cannot() {
        let large = |balance, owed| Account {
            kept_in: Columns::Bigint,
            ..account(balance, owed)
        };
        let rich = large(FULL, FULL);
        assert_eq!(rich.make_room(60), None);
        assert_eq!(rich.write_off(2 * FULL), None);
        assert_eq!(rich.earn(1).unwrap().after.owed, FULL - 1);
        assert_eq!(rich.receive_grant(FULL).unwrap().after.balance, 2 * FULL);
        assert_eq!(rich.take_back(60).unwrap().after.balance, FULL + 60);
        assert_eq!(large(0, FULL).give_back(60).unwrap().after.owed, FULL + 60);
        assert_eq!(large(3 * FULL, 0).close()[0].amount, 3 * FULL);
        let full = large(i64::MAX - 40, 0);
        assert_eq!(full.receive_grant(1), Err(OutOfRange));
        assert_eq!(full.take_back(60), Err(OutOfRange));
        assert_eq!(full.make_room(60).map(|room| room.amount), Some(20));
    }
}
