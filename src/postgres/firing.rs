//! What is known already while a trigger fires for the rows of one statement.
//!
//! It is kept with the function of the trigger, which Postgres makes anew for every statement, and holds within the
//! transaction or subtransaction that has found it out alone: what has been locked there stays locked for as long as that goes
//! on, and no savepoint can give it back before.

use pgrx::pg_sys;
use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::ptr::NonNull;
use uuid::Uuid;

#[derive(Default)]
pub struct Known {
    within: pg_sys::TransactionId,
    pub locked_people: HashSet<Uuid>,
    pub time_zones: HashMap<Uuid, String>,
}

thread_local! {
    /// What is known to the trigger that fires right now; `None` outside of any.
    static CURRENT: Cell<Option<NonNull<RefCell<Known>>>> = const { Cell::new(None) };
}

/// Asks or changes what is known; outside of a trigger that is nothing, and is forgotten at once.
pub fn known<T>(ask: impl FnOnce(&mut Known) -> T) -> T {
    let Some(current) = CURRENT.get() else {
        return ask(&mut Known::default());
    };
    // SAFETY: whoever put it there keeps it alive until it is taken away.
    let mut known = unsafe { current.as_ref() }.borrow_mut();
    // SAFETY: inside a transaction or subtransaction, which gets an id where it has none: whoever asks is writing.
    let within = unsafe { pg_sys::GetCurrentTransactionId() };
    if known.within != within {
        *known = Known {
            within,
            ..Known::default()
        };
    }
    ask(&mut known)
}

/// While one of these lives, a trigger fires. Dropped on the way out of an error, too.
pub struct Firing {
    outer: Option<NonNull<RefCell<Known>>>,
}

impl Firing {
    /// # Safety
    /// What is known outlives the value.
    pub unsafe fn begin(known: Option<NonNull<RefCell<Known>>>) -> Self {
        Firing {
            outer: CURRENT.replace(known),
        }
    }
}

impl Drop for Firing {
    fn drop(&mut self) {
        CURRENT.set(self.outer);
    }
}
