//! The mark that a write is our own, for the guard triggers to let it pass.
//!
//! It lives in the library and not in a setting, so that no SQL user can make it.

use std::cell::Cell;

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// While one of these lives, writes are our own. Dropped on the way out of an error, too.
pub struct OwnWrites(());

impl OwnWrites {
    pub fn begin() -> Self {
        DEPTH.with(|depth| depth.set(depth.get() + 1));
        OwnWrites(())
    }
}

impl Drop for OwnWrites {
    fn drop(&mut self) {
        DEPTH.with(|depth| depth.set(depth.get() - 1));
    }
}

/// Whether the write that a trigger looks at is our own.
pub fn are_under_way() -> bool {
    DEPTH.with(|depth| depth.get() > 0)
}
