//! Rows found by a unique key and locked, without a statement.
//!
//! A booking locks four rows, and to start a statement takes several times as long as to lock a row;
//! so they are looked up and locked the way that logical replication does it. What comes back is a
//! row's newest version, as a locking clause would return it.

use super::convert::sql_uuid;
use super::record::Record;
use super::relation::{
    close, index_ids, open, position, sees_one_moment, serialization_failure, whole_index,
};
use crate::fault::Fault;
use pgrx::datum::IntoDatum;
use pgrx::pg_sys;
use pgrx::pg_sys::ffi::pg_guard_ffi_boundary;
use std::ffi::CStr;
use std::ptr;
use uuid::Uuid;

/// What a lock keeps others from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// Changing or deleting the row: `for no key update`.
    Change,
    /// Deleting it: `for key share`.
    Deletion,
}

/// Locks the rows with these keys in the order of the keys and reads those that exist; `None` where
/// no unique index says that there is one row a key.
pub fn lock<T>(
    table: &CStr,
    key: &str,
    ids: &[Uuid],
    strength: Strength,
    read: impl Fn(Uuid, &Record<'_>) -> Result<T, Fault>,
) -> Result<Option<Vec<T>>, Fault> {
    let mut ids = ids.to_vec();
    ids.sort();
    ids.dedup();
    let relation = open(table, pg_sys::RowShareLock)?;
    // SAFETY: the relation is open until the end of this function, and its description with it.
    let description = unsafe { &*(*relation).rd_att };
    let key = position(description, key)
        .ok_or_else(|| Fault::broken_promise(format!("a table has no column {key}")))?;
    let Some(index) = unique_index(relation, key) else {
        close(relation);
        return Ok(None);
    };
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        // SAFETY: made for this relation and dropped after its row has been read.
        let slot = unsafe { pg_sys::table_slot_create(relation, ptr::null_mut()) };
        if lock_row(relation, index, (key, id), strength, slot)? {
            found.push(read(id, &record(description, slot))?);
        }
        // SAFETY: see above.
        unsafe { pg_sys::ExecDropSingleTupleTableSlot(slot) };
    }
    close(relation);
    Ok(Some(found))
}

fn record<'a>(description: &'a pg_sys::TupleDescData, slot: *mut pg_sys::TupleTableSlot) -> Record<'a> {
    let width = description.natts as usize;
    // SAFETY: the slot holds a row with these columns until it is dropped.
    unsafe {
        pg_sys::slot_getsomeattrs_int(slot, description.natts);
        Record {
            description,
            values: std::slice::from_raw_parts((*slot).tts_values, width),
            nulls: std::slice::from_raw_parts((*slot).tts_isnull, width),
        }
    }
}

/// A unique index on this column alone, over all rows.
fn unique_index(relation: pg_sys::Relation, key: usize) -> Option<pg_sys::Oid> {
    index_ids(relation)
        .into_iter()
        .find(|id| whole_index(*id).is_some_and(|index| index.is_unique && index.columns == [key]))
}

/// Whether there is such a row; the slot holds it then.
fn lock_row(
    relation: pg_sys::Relation,
    index: pg_sys::Oid,
    (key, id): (usize, Uuid),
    strength: Strength,
    slot: *mut pg_sys::TupleTableSlot,
) -> Result<bool, Fault> {
    // SAFETY: the slot that is searched with has the columns of the relation.
    unsafe {
        let wanted = pg_sys::MakeSingleTupleTableSlot((*relation).rd_att, &raw const pg_sys::TTSOpsVirtual);
        pg_sys::ExecStoreAllNullTuple(wanted);
        *(*wanted).tts_isnull.add(key) = false;
        *(*wanted).tts_values.add(key) = sql_uuid(id).into_datum().unwrap_or(pg_sys::Datum::null());
        let mode = match strength {
            Strength::Change => pg_sys::LockTupleMode::LockTupleNoKeyExclusive,
            Strength::Deletion => pg_sys::LockTupleMode::LockTupleKeyShare,
        };
        let is_found = pg_sys::RelationFindReplTupleByIndex(relation, index, mode, wanted, slot);
        pg_sys::ExecDropSingleTupleTableSlot(wanted);
        if is_found && strength == Strength::Change && sees_one_moment() && !is_visible(relation, slot) {
            return Err(serialization_failure());
        }
        Ok(is_found)
    }
}

/// Whether this transaction sees this version of a row.
unsafe fn is_visible(relation: pg_sys::Relation, slot: *mut pg_sys::TupleTableSlot) -> bool {
    // SAFETY: the slot holds a row of the relation.
    unsafe {
        let snapshot = pg_sys::GetTransactionSnapshot();
        (*(*relation).rd_tableam)
            .tuple_satisfies_snapshot
            .is_none_or(|sees| pg_guard_ffi_boundary(|| sees(relation, slot, snapshot)))
    }
}
