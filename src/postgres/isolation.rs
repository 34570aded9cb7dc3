//! How strictly the transaction is isolated from others.

use pgrx::pg_sys;

/// Whether this transaction sees one moment of the database throughout.
pub fn uses_transaction_snapshot() -> bool {
    // SAFETY: Postgres' own variable; nobody else runs in this backend.
    unsafe { pg_sys::XactIsoLevel >= pg_sys::XACT_REPEATABLE_READ as i32 }
}
