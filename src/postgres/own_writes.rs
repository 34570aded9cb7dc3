//! The mark that a write to `client_sessions` is our own, for its guard triggers to let it pass.
//!
//! It names the rows that the statement under way is for, what becomes of their payment, and how deep in triggers that
//! statement runs. The payment is not written by the statement but by a trigger of ours, which fires last: triggers of
//! the application that keep people from writing those columns would otherwise stop whoever books or cancels.
//! What
//! an application's trigger writes meanwhile runs deeper, what a default of its own writes is another row:
//! neither is ours. The mark lives in the library and not in a setting, so that no SQL user can make it.

use super::firing;
use pgrx::{direct_function_call, pg_sys};
use std::cell::RefCell;
use std::collections::BTreeSet;
use uuid::Uuid;

thread_local! {
    static MARKS: RefCell<Vec<Mark>> = const { RefCell::new(Vec::new()) };
}

struct Mark {
    rows: Rows,
    payment: Payment,
    trigger_depth: i32,
    /// What other statements have written meanwhile: the application's, and ours that it has called.
    written_by_others: BTreeSet<Uuid>,
}

/// What the rows shall say of their payment; `None` leaves a column as it is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Payment {
    pub payment_status: Option<&'static str>,
    pub credit_cost: Option<i32>,
}

impl Payment {
    /// What a booking at this price says: whether it is paid, or held until the session is settled.
    pub fn charged(credit_cost: i32, is_held: bool) -> Self {
        Payment {
            payment_status: Some(if is_held { "held" } else { "paid" }),
            credit_cost: Some(credit_cost),
        }
    }
}

enum Rows {
    /// A session of these two that is being made, with the time that it takes. Not known by its id, which a
    /// trigger may set.
    New {
        practitioner_id: Uuid,
        client_id: Uuid,
    },
    Changed(BTreeSet<Uuid>),
    /// Whose credits are moved by whoever writes them, not by the trigger after the statement.
    Settled(BTreeSet<Uuid>),
}

/// A row as a trigger sees it.
pub struct Row {
    pub id: Option<Uuid>,
    pub practitioner_id: Option<Uuid>,
    pub client_id: Option<Uuid>,
    /// Whether it says what time it takes, which nobody else writes.
    pub has_time: bool,
}

/// While one of these lives, a statement of ours is under way. Dropped on the way out of an error, too.
pub struct OwnWrite(());

impl OwnWrite {
    pub fn making(practitioner_id: Uuid, client_id: Uuid, payment: Payment) -> Self {
        let rows = Rows::New {
            practitioner_id,
            client_id,
        };
        Self::begin(rows, payment)
    }

    pub fn changing(session_ids: &[Uuid], payment: Payment) -> Self {
        Self::begin(Rows::Changed(session_ids.iter().copied().collect()), payment)
    }

    /// A change whose credits are moved by whoever makes it: a cancellation, an acceptance, a settlement.
    pub fn settling(session_ids: &[Uuid], payment: Payment) -> Self {
        Self::begin(Rows::Settled(session_ids.iter().copied().collect()), payment)
    }

    fn begin(rows: Rows, payment: Payment) -> Self {
        let mark = Mark {
            rows,
            payment,
            trigger_depth: trigger_depth(),
            written_by_others: BTreeSet::new(),
        };
        MARKS.with_borrow_mut(|marks| marks.push(mark));
        firing::note_write();
        OwnWrite(())
    }

    /// Whether a trigger has written this row, too, while the statement ran: what that returned says nothing of it.
    pub fn was_followed_by_another(&self, session_id: Uuid) -> bool {
        MARKS.with_borrow(|marks| {
            (marks.last()).is_some_and(|mark| mark.written_by_others.contains(&session_id))
        })
    }
}

impl Drop for OwnWrite {
    fn drop(&mut self) {
        MARKS.with_borrow_mut(|marks| marks.pop());
    }
}

/// Whether any statement of ours is under way, however deep.
pub fn are_any_under_way() -> bool {
    MARKS.with_borrow(|marks| !marks.is_empty())
}

/// Whether the row that a trigger looks at is written by the statement of ours that is under way. Whichever else is under way is
/// told that others write it.
pub fn covers(row: &Row) -> bool {
    let is_covered = is_covered(row);
    if let Some(id) = row.id {
        MARKS.with_borrow_mut(|marks| {
            let others = marks.len() - usize::from(is_covered);
            for mark in marks.iter_mut().take(others) {
                mark.written_by_others.insert(id);
            }
        });
    }
    is_covered
}

fn is_covered(row: &Row) -> bool {
    is_under_way(|rows| match rows {
        Rows::New {
            practitioner_id,
            client_id,
        } => {
            row.has_time && row.practitioner_id == Some(*practitioner_id) && row.client_id == Some(*client_id)
        }
        Rows::Changed(ids) | Rows::Settled(ids) => row.id.is_some_and(|id| ids.contains(&id)),
    })
}

/// What becomes of the payment of the row that a trigger looks at, which is one of ours.
pub fn payment() -> Payment {
    MARKS.with_borrow(|marks| marks.last().map(|mark| mark.payment).unwrap_or_default())
}

/// Whether the statement that a trigger follows makes a session of ours, for which everything was asked before.
pub fn is_making() -> bool {
    is_under_way(|rows| matches!(rows, Rows::New { .. }))
}

/// Whether the statement that a trigger follows is a cancellation or an acceptance of ours, which moves credits by itself.
pub fn is_settling() -> bool {
    is_under_way(|rows| matches!(rows, Rows::Settled(_)))
}

fn is_under_way(is_meant: impl Fn(&Rows) -> bool) -> bool {
    MARKS.with_borrow(|marks| {
        marks
            .last()
            // The trigger that asks is the one trigger between the statement and here.
            .is_some_and(|mark| is_meant(&mark.rows) && trigger_depth() == mark.trigger_depth + 1)
    })
}

fn trigger_depth() -> i32 {
    // SAFETY: the function takes no argument and returns an integer.
    unsafe { direct_function_call(pg_sys::pg_trigger_depth, &[]) }.unwrap_or(0)
}
