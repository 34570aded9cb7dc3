//! Acting as the owner of the application's tables.
//!
//! Functions of this library need rights that their callers have not: they write balances. They take those
//! of whoever owns the tables, as referential integrity does, and not those of whoever installed the
//! extension: a trigger, a default, a cast or a constraint of the application that runs meanwhile can do
//! what its owner could do anyway. The abort of a transaction or subtransaction puts everything back, too.
//!
//! Settings are the owner's meanwhile, too: see `acting_settings`.

use super::statement::{Connection, first_row, run, statements};
use super::{acting_settings, guards, roles};
use crate::fault::Fault;
use pgrx::pg_sys;
use pgrx::spi::Spi;
use std::cell::RefCell;

statements! {
    CURSORS_LEFT_BEHIND = Reads include_str!("../../sql/query/cursors_left_behind.sql");
    MAY_GRANT = Reads include_str!("../../sql/query/may_grant.sql");
}

thread_local! {
    /// Those for whom this backend acts as the owner right now, the innermost last.
    static ACTING_FOR: RefCell<Vec<pg_sys::Oid>> = const { RefCell::new(Vec::new()) };
}

/// Does something as the owner of the tables.
pub fn as_owner<T>(work: impl FnOnce(&mut Connection<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
    let acting = ActingOwner::begin()?;
    let result = Spi::connect_mut(work)?;
    acting.finish()?;
    Ok(result)
}

/// The same for what writes, which nobody does without the guards; an address that is taken back needs none.
pub fn as_guarded_owner<T>(work: impl FnOnce(&mut Connection<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
    guards::require()?;
    as_owner(work)
}

/// Has statements planned by index until the acting ends, whatever tables are like then: plans are kept, and tables grow.
pub fn plan_by_index(_connection: &mut Connection<'_>) {
    acting_settings::set(c"enable_seqscan", c"off", pg_sys::GucContext::PGC_USERSET);
}

/// The role with whose rights the statement was given that led here: the one for whom we act, or else the current one.
pub fn effective_role() -> pg_sys::Oid {
    let acting_for = ACTING_FOR.with_borrow(|roles| roles.last().copied());
    // SAFETY: inside a statement the current user is set.
    acting_for.unwrap_or_else(|| unsafe { pg_sys::GetUserId() })
}

/// Whether the current role may hand a function on to others, as a superuser may, and whoever administers the extension in
/// the place of one.
fn may_grant(function: pg_sys::Oid) -> Result<bool, Fault> {
    Spi::connect_mut(|connection| {
        first_row(run(connection, &MAY_GRANT, &[function.into()])?)
            .ok_or_else(|| Fault::invariant_violated("nobody knows who may grant a function"))?
            .required("may_grant")
    })
}

/// While one of these lives, this backend acts as the owner.
pub struct ActingOwner {
    owner: pg_sys::Oid,
    former_role: pg_sys::Oid,
    former_context: i32,
    settings_level: i32,
    /// Whether a superuser has called, and the owner is none: then nothing of the owner's may outlive this.
    guards_superuser: bool,
}

impl ActingOwner {
    /// For statements of the library's own.
    pub fn begin() -> Result<Self, Fault> {
        let acting = Self::begin_for_function()?;
        acting.assume_search_path()?;
        Ok(acting)
    }

    /// For a function, which may have a search_path of its own.
    pub fn begin_for_function() -> Result<Self, Fault> {
        Self::begin_as(roles::require_host_owner()?)
    }

    pub fn begin_as(owner: pg_sys::Oid) -> Result<Self, Fault> {
        let mut acting = ActingOwner {
            owner,
            former_role: pg_sys::InvalidOid,
            former_context: 0,
            settings_level: 0,
            guards_superuser: false,
        };
        // As referential integrity: no SET ROLE meanwhile, and no policy that is forced upon owners.
        let context = (pg_sys::SECURITY_LOCAL_USERID_CHANGE | pg_sys::SECURITY_NOFORCE_RLS) as i32;
        // SAFETY: what is overwritten is kept in the value, whose drop puts it back.
        unsafe {
            pg_sys::GetUserIdAndSecContext(&mut acting.former_role, &mut acting.former_context);
            pg_sys::SetUserIdAndSecContext(owner, acting.former_context | context);
            acting.settings_level = pg_sys::NewGUCNestLevel();
        }
        ACTING_FOR.with_borrow_mut(|roles| roles.push(acting.former_role));
        acting.guards_superuser = roles::is_superuser(acting.former_role) && !roles::is_superuser(owner);
        acting_settings::assume_but_for_search_path(owner)?;
        Ok(acting)
    }

    /// Has names looked up where the owner's own statements would look.
    pub fn assume_search_path(&self) -> Result<(), Fault> {
        acting_settings::assume(self.owner)
    }

    /// The same, so that what is written meanwhile fires no trigger and no rule but those that always fire, and those for
    /// replicas. It is for an administrator to ask for, who is told by that she may grant the function to others: what
    /// runs of the owner's code meanwhile would otherwise write past foreign keys, and past triggers of others, whenever
    /// she liked.
    pub fn begin_unnoticed(function: pg_sys::Oid) -> Result<Self, Fault> {
        if !may_grant(function)? {
            return Err(Fault::not_allowed(
                "only an administrator may write without triggers",
            ));
        }
        let acting = Self::begin_for_function()?;
        acting_settings::set(
            c"session_replication_role",
            c"replica",
            pg_sys::GucContext::PGC_SUSET,
        );
        Ok(acting)
    }

    /// Leaves nothing of the owner's to be done later with the rights of a superuser who has called: what waits for
    /// the end of the transaction happens now, and no cursor outlives it. From then on constraints are checked
    /// at once in this transaction.
    pub fn finish(self) -> Result<(), Fault> {
        if !self.guards_superuser {
            return Ok(());
        }
        let mut immediate = pg_sys::ConstraintsSetStmt {
            type_: pg_sys::NodeTag::T_ConstraintsSetStmt,
            constraints: std::ptr::null_mut(),
            deferred: false,
        };
        // SAFETY: as SET CONSTRAINTS ALL IMMEDIATE; the statement outlives the call.
        unsafe { pg_sys::AfterTriggerSetState(&mut immediate) };
        let are_left_behind = Spi::connect_mut(|connection| -> Result<bool, Fault> {
            first_row(run(connection, &CURSORS_LEFT_BEHIND, &[])?)
                .ok_or_else(|| Fault::invariant_violated("nobody knows which cursors there are"))?
                .required("are_left_behind")
        })?;
        if are_left_behind {
            return Err(Fault::not_allowed(
                "a trigger of the application leaves a cursor behind that would be read with a superuser's rights",
            ));
        }
        Ok(())
    }
}

impl Drop for ActingOwner {
    fn drop(&mut self) {
        ACTING_FOR.with_borrow_mut(|roles| roles.pop());
        // SAFETY: what was there before. After an error Postgres puts settings back by itself, and can't
        // do it twice. A superuser finds her settings, the search_path among them, as they were.
        unsafe {
            if !std::thread::panicking() {
                pg_sys::AtEOXact_GUC(!self.guards_superuser, self.settings_level);
            }
            pg_sys::SetUserIdAndSecContext(self.former_role, self.former_context);
        }
    }
}
