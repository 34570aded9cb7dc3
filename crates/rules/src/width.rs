//! How large the columns are in which an application keeps credits.

use crate::account::OutOfRange;

/// How large a column is in which credits are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Width {
    #[default]
    Integer,
    Bigint,
}

impl Width {
    pub fn largest(self) -> i64 {
        match self {
            Width::Integer => i32::MAX.into(),
            Width::Bigint => i64::MAX,
        }
    }

    fn smallest(self) -> i64 {
        match self {
            Width::Integer => i32::MIN.into(),
            Width::Bigint => i64::MIN,
        }
    }

    pub fn hold(self, credits: i64) -> Option<i64> {
        (self.smallest()..=self.largest())
            .contains(&credits)
            .then_some(credits)
    }

    pub fn add(self, left: i64, right: i64) -> Result<i64, OutOfRange> {
        let sum = left.checked_add(right);
        sum.and_then(|sum| self.hold(sum)).ok_or(OutOfRange)
    }

    pub fn subtract(self, left: i64, right: i64) -> Result<i64, OutOfRange> {
        let difference = left.checked_sub(right);
        difference
            .and_then(|difference| self.hold(difference))
            .ok_or(OutOfRange)
    }

    /// As much of it as the column can say.
    pub fn bounded(self, credits: i64) -> i64 {
        credits.clamp(self.smallest(), self.largest())
    }

    /// A total after it has grown: one that is full stays so.
    pub fn grown(self, total: i64, by: i64) -> i64 {
        self.bounded(total.saturating_add(by))
    }

    /// By how much a sum is more than the column can hold.
    pub fn excess(self, left: i64, right: i64) -> Option<i64> {
        let excess = i128::from(left) + i128::from(right) - i128::from(self.largest());
        i64::try_from(excess).ok().filter(|excess| *excess > 0)
    }
}

/// How large the columns of accounts are, and the smallest one of the ledger's: an application may keep its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Widths {
    pub balance: Width,
    pub held: Width,
    pub owed: Width,
    pub total_earned: Width,
    pub total_spent: Width,
    pub ledger: Width,
}

impl Widths {
    /// Up to where credits are newly given to an account: what comes of it has a place in every column.
    pub fn room(self) -> i64 {
        let Widths {
            balance,
            held,
            owed,
            total_earned,
            total_spent,
            ledger,
        } = self;
        let smallest = balance
            .min(held)
            .min(owed)
            .min(total_earned)
            .min(total_spent)
            .min(ledger);
        smallest.largest()
    }
}
