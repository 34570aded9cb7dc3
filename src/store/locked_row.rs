//! Rows found by a unique key and locked, without a statement.
//!
//! A booking locks four rows, and to start a statement takes several times as long as to lock a row;
//! so they are looked up and locked the way that logical replication does it. What comes back is a
//! row's newest version, as `for no key update` would return it.

use super::convert::sql_uuid;
use super::relation::{close, columns, open, position, sees_one_moment, serialization_failure};
use crate::fault::Fault;
use pgrx::datum::{FromDatum, IntoDatum};
use pgrx::pg_sys;
use pgrx::pg_sys::ffi::pg_guard_ffi_boundary;
use std::ffi::CStr;
use std::ptr;
use uuid::Uuid;

/// A locked row, while its reader looks at it.
pub struct LockedRow {
    columns: *const pg_sys::TupleDescData,
    slot: *mut pg_sys::TupleTableSlot,
}

/// Locks the rows with these keys in the order of the keys and reads those that exist; `None` where
/// no unique index says that there is one row a key.
pub fn lock<T>(
    table: &CStr,
    key: &str,
    ids: &[Uuid],
    read: impl Fn(Uuid, &LockedRow) -> Result<T, Fault>,
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
        if lock_row(relation, index, key, id, slot)? {
            let columns = description;
            found.push(read(id, &LockedRow { columns, slot })?);
        }
        // SAFETY: see above.
        unsafe { pg_sys::ExecDropSingleTupleTableSlot(slot) };
    }
    close(relation);
    Ok(Some(found))
}

/// A unique index on this column alone, over all rows.
fn unique_index(relation: pg_sys::Relation, key: usize) -> Option<pg_sys::Oid> {
    // SAFETY: the relation is open, and so is each index while it is looked at.
    unsafe {
        let list = pg_sys::RelationGetIndexList(relation);
        if list.is_null() {
            return None;
        }
        let indexes = std::slice::from_raw_parts((*list).elements, (*list).length as usize);
        indexes.iter().map(|index| index.oid_value).find(|index| {
            let lock = pg_sys::AccessShareLock as pg_sys::LOCKMODE;
            let opened = pg_sys::index_open(*index, lock);
            let rule = &*(*opened).rd_index;
            let is_on_key = rule.indnkeyatts == 1 && rule.indkey.values.as_slice(1)[0] == key as i16 + 1;
            let is_whole = pg_sys::RelationGetIndexPredicate(opened).is_null();
            let is_unique = rule.indisunique && rule.indisvalid && rule.indimmediate;
            pg_sys::index_close(opened, lock);
            is_on_key && is_whole && is_unique
        })
    }
}

/// Whether there is such a row; the slot holds it then.
fn lock_row(
    relation: pg_sys::Relation,
    index: pg_sys::Oid,
    key: usize,
    id: Uuid,
    slot: *mut pg_sys::TupleTableSlot,
) -> Result<bool, Fault> {
    // SAFETY: the slot that is searched with has the columns of the relation.
    unsafe {
        let wanted = pg_sys::MakeSingleTupleTableSlot((*relation).rd_att, &raw const pg_sys::TTSOpsVirtual);
        pg_sys::ExecStoreAllNullTuple(wanted);
        *(*wanted).tts_isnull.add(key) = false;
        *(*wanted).tts_values.add(key) = sql_uuid(id).into_datum().unwrap_or(pg_sys::Datum::null());
        let mode = pg_sys::LockTupleMode::LockTupleNoKeyExclusive;
        let is_found = pg_sys::RelationFindReplTupleByIndex(relation, index, mode, wanted, slot);
        pg_sys::ExecDropSingleTupleTableSlot(wanted);
        if is_found && sees_one_moment() && !is_visible(relation, slot) {
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

impl LockedRow {
    /// A column of any type that reads as text.
    pub fn text(&self, column: &str) -> Result<Option<String>, Fault> {
        let Some((value, type_oid)) = self.value(column)? else {
            return Ok(None);
        };
        // SAFETY: the value is of this type.
        unsafe {
            if matches!(type_oid, pg_sys::TEXTOID | pg_sys::VARCHAROID) {
                return Ok(String::from_datum(value, false));
            }
            let (mut output, mut is_varlena) = (pg_sys::InvalidOid, false);
            pg_sys::getTypeOutputInfo(type_oid, &mut output, &mut is_varlena);
            let written = CStr::from_ptr(pg_sys::OidOutputFunctionCall(output, value)).to_string_lossy();
            Ok(Some(match type_oid {
                // As a cast to text would have it.
                pg_sys::BPCHAROID => written.trim_end_matches(' ').to_owned(),
                _ => written.into_owned(),
            }))
        }
    }

    /// An integer column; 0 where it is NULL.
    pub fn integer(&self, column: &str) -> Result<i32, Fault> {
        let Some((value, type_oid)) = self.value(column)? else {
            return Ok(0);
        };
        // SAFETY: the value is of this type.
        let number = match type_oid {
            pg_sys::INT8OID => unsafe { i64::from_datum(value, false) },
            _ => unsafe { i32::from_datum(value, false) }.map(i64::from),
        };
        number
            .and_then(|number| i32::try_from(number).ok())
            .ok_or_else(|| crate::domain::account::OutOfRange.into())
    }

    /// A boolean column; false where it is NULL.
    pub fn boolean(&self, column: &str) -> Result<bool, Fault> {
        let value = self.value(column)?;
        // SAFETY: setup() takes no other type for such a column.
        Ok(value.is_some_and(|(value, _)| unsafe { bool::from_datum(value, false) }.unwrap_or(false)))
    }

    fn value(&self, column: &str) -> Result<Option<(pg_sys::Datum, pg_sys::Oid)>, Fault> {
        // SAFETY: the slot holds a row with these columns.
        unsafe {
            let index = position(&*self.columns, column).ok_or_else(|| {
                Fault::broken_promise(format!("a table lacks its column {column}"))
                    .with_hint("Run peer_exchange.setup().")
            })?;
            let number = index as i32 + 1;
            if i32::from((*self.slot).tts_nvalid) < number {
                pg_sys::slot_getsomeattrs_int(self.slot, number);
            }
            if *(*self.slot).tts_isnull.add(index) {
                return Ok(None);
            }
            let type_oid = pg_sys::getBaseType(columns(&*self.columns)[index].atttypid);
            Ok(Some((*(*self.slot).tts_values.add(index), type_oid)))
        }
    }
}
