//! What is known already while a trigger fires for the rows of one statement.
//!
//! It is kept with the function of the trigger, which Postgres makes anew for every statement, and holds within the
//! transaction or subtransaction that has found it out alone: what has been locked there stays locked for as long as that goes
//! on, and no savepoint can give it back before.

use peer_exchange_rules::seen_agendas::SeenAgendas;
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
    pub agendas: SeenAgendas,
    /// How many rows were written, nothing else between them.
    rows: usize,
    /// Which write of sessions the last of them was.
    write: u64,
}

impl Known {
    /// Says that a row is being written, and how many there were before. What people have is not known any more where anything
    /// else has been written since the last one, and its rows are counted anew.
    pub fn rows_before_this_write(&mut self) -> usize {
        let last = self.write;
        self.write = note_write();
        if self.write != last + 1 {
            self.agendas = SeenAgendas::default();
            self.rows = 0;
        }
        self.rows += 1;
        self.rows - 1
    }
}

thread_local! {
    /// What is known to the trigger that fires right now; `None` outside of any.
    static CURRENT: Cell<Option<NonNull<RefCell<Known>>>> = const { Cell::new(None) };
    /// Whether no trigger sees its row after it, before the row is stored.
    static IS_LAST_BEFORE_STORAGE: Cell<bool> = const { Cell::new(false) };
    /// How often this connection has written a session that may take somebody's time.
    static WRITES: Cell<u64> = const { Cell::new(0) };
}

/// Says that a session is being written, and the how manieth time that is.
pub fn note_write() -> u64 {
    WRITES.set(WRITES.get() + 1);
    WRITES.get()
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

/// Whether the row that the trigger which fires right now looks at will be stored as that trigger leaves it.
pub fn is_last_before_storage() -> bool {
    IS_LAST_BEFORE_STORAGE.get()
}

/// While one of these lives, a trigger fires. Dropped on the way out of an error, too.
pub struct Firing {
    outer: Option<NonNull<RefCell<Known>>>,
    outer_is_last: bool,
}

impl Firing {
    /// # Safety
    /// What is known outlives the value.
    pub unsafe fn begin(known: Option<NonNull<RefCell<Known>>>, is_last_before_storage: bool) -> Self {
        Firing {
            outer: CURRENT.replace(known),
            outer_is_last: IS_LAST_BEFORE_STORAGE.replace(is_last_before_storage),
        }
    }
}

impl Drop for Firing {
    fn drop(&mut self) {
        CURRENT.set(self.outer);
        IS_LAST_BEFORE_STORAGE.set(self.outer_is_last);
    }
}
