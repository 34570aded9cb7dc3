//! The application's tables as the executor knows them.

use crate::fault::Fault;
use pgrx::{PgSqlErrorCode, pg_sys};
use std::ffi::{CStr, c_char};
use std::ptr;

/// Opens and locks an ordinary table of schema public; the lock is kept until the transaction ends.
pub fn open(name: &CStr, lock: u32) -> Result<pg_sys::Relation, Fault> {
    // SAFETY: names are nul-terminated; a table that is gone by now is an error of Postgres'.
    unsafe {
        let schema = pg_sys::get_namespace_oid(c"public".as_ptr(), false);
        let id = pg_sys::get_relname_relid(name.as_ptr(), schema);
        let relation = match id == pg_sys::InvalidOid {
            true => ptr::null_mut(),
            false => pg_sys::table_open(id, lock as pg_sys::LOCKMODE),
        };
        if relation.is_null() || (*(*relation).rd_rel).relkind != pg_sys::RELKIND_RELATION as c_char {
            return Err(Fault::broken_promise(format!(
                "public.{} is no ordinary table",
                name.to_string_lossy()
            ))
            .with_hint("Run peer_exchange.setup(); it says what stands in the way."));
        }
        Ok(relation)
    }
}

/// Closes a table and keeps its lock.
pub fn close(relation: pg_sys::Relation) {
    // SAFETY: it was opened by open().
    unsafe { pg_sys::table_close(relation, pg_sys::NoLock as pg_sys::LOCKMODE) };
}

/// The columns, dropped ones included.
pub fn columns(description: &pg_sys::TupleDescData) -> &[pg_sys::FormData_pg_attribute] {
    // SAFETY: there are as many as the description says.
    unsafe { description.attrs.as_slice(description.natts as usize) }
}

/// The place of a column, told without checking that names are UTF-8.
pub fn position(description: &pg_sys::TupleDescData, name: &str) -> Option<usize> {
    columns(description)
        .iter()
        .position(|column| !column.attisdropped && is_named(column, name))
}

pub fn is_named(column: &pg_sys::FormData_pg_attribute, name: &str) -> bool {
    let letters = column.attname.data.iter().map(|letter| *letter as u8);
    letters.take_while(|letter| *letter != 0).eq(name.bytes())
}

/// The indexes of a table.
pub fn index_ids(relation: pg_sys::Relation) -> Vec<pg_sys::Oid> {
    // SAFETY: the relation is open; the list has as many elements as it says.
    unsafe {
        let list = pg_sys::RelationGetIndexList(relation);
        match list.is_null() {
            true => Vec::new(),
            false => std::slice::from_raw_parts((*list).elements, (*list).length as usize)
                .iter()
                .map(|element| element.oid_value)
                .collect(),
        }
    }
}

/// An index over all rows of a table.
pub struct WholeIndex {
    /// The places of its columns in the table.
    pub columns: Vec<usize>,
    pub is_unique: bool,
}

/// A B-tree over all rows and columns alone; `None` for any other index.
pub fn whole_index(id: pg_sys::Oid) -> Option<WholeIndex> {
    let lock = pg_sys::AccessShareLock as pg_sys::LOCKMODE;
    // SAFETY: the index is open while it is looked at, and has as many key columns as it says.
    unsafe {
        let opened = pg_sys::index_open(id, lock);
        let rule = &*(*opened).rd_index;
        let numbers = rule.indkey.values.as_slice(rule.indnkeyatts as usize);
        let is_plain = numbers.iter().all(|number| *number > 0);
        let is_whole = pg_sys::RelationGetIndexPredicate(opened).is_null();
        let is_btree = (*(*opened).rd_rel).relam == pg_sys::BTREE_AM_OID;
        let found = (is_plain && is_whole && is_btree && rule.indisvalid).then(|| WholeIndex {
            columns: numbers.iter().map(|number| *number as usize - 1).collect(),
            is_unique: rule.indisunique && rule.indimmediate,
        });
        pg_sys::index_close(opened, lock);
        found
    }
}

/// Whether this transaction sees one moment of the database throughout.
pub fn sees_one_moment() -> bool {
    // SAFETY: Postgres' own variable; nobody else runs in this backend.
    unsafe { pg_sys::XactIsoLevel >= pg_sys::XACT_REPEATABLE_READ as i32 }
}

/// For such a transaction: what it needs has changed since that moment.
pub fn serialization_failure() -> Fault {
    Fault::new(
        PgSqlErrorCode::ERRCODE_T_R_SERIALIZATION_FAILURE,
        "could not serialize access due to concurrent update",
    )
}
