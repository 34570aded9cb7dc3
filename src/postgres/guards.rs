//! Whether the guards are on the tables: what is written behind them is refused where they are missing.

use super::roles;
use crate::fault::Fault;
use pgrx::pg_sys;
use std::ffi::CStr;

/// The trigger that `setup()` puts on `client_sessions` after all others: where it is, they are.
const LAST_GUARD: &CStr = c"zzzz_peer_exchange_2_write_payment";

/// A fault unless `setup()` has put the guards on the tables. Told from the relation cache: asked of the catalog by a
/// statement it would take a tenth of a booking.
pub fn require() -> Result<(), Fault> {
    let sessions =
        roles::host_table(c"client_sessions").ok_or_else(|| Fault::no_table(c"client_sessions"))?;
    if has_trigger(sessions, LAST_GUARD) {
        return Ok(());
    }
    Err(Fault::not_set_up(
        "the guards are not on the tables of the application",
    ))
}

/// Whether a table has a trigger of this name that fires for ordinary writes.
fn has_trigger(table: pg_sys::Oid, name: &CStr) -> bool {
    // SAFETY: the relation is open while its triggers are read, of which there are as many as it says, each with a
    // nul-terminated name.
    unsafe {
        let relation = pg_sys::table_open(table, pg_sys::AccessShareLock as pg_sys::LOCKMODE);
        let triggers = (*relation).trigdesc;
        let found = !triggers.is_null()
            && std::slice::from_raw_parts((*triggers).triggers, (*triggers).numtriggers as usize)
                .iter()
                .any(|trigger| {
                    CStr::from_ptr(trigger.tgname) == name
                        && matches!(
                            trigger.tgenabled as u8,
                            pg_sys::TRIGGER_FIRES_ON_ORIGIN | pg_sys::TRIGGER_FIRES_ALWAYS
                        )
                });
        pg_sys::table_close(relation, pg_sys::NoLock as pg_sys::LOCKMODE);
        found
    }
}
