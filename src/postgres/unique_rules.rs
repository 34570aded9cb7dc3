//! Which unique and exclusion rules a table has, told from the relation cache.
//!
//! It only decides *how* a row is inserted, never whether it may be: the server checks every rule in either way.
//! Asked of the catalog by a statement it would take a tenth of a booking.

use crate::fault::Fault;
use pgrx::pg_sys;
use std::ffi::CStr;

/// The unique and exclusion rules of a table beside its primary key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UniqueRules {
    /// Whether there are others than those that were named.
    pub has_others: bool,
    /// Whether ON CONFLICT can't be asked: one is deferrable, or a rule of the application (CREATE RULE) rewrites what is written.
    pub forbid_on_conflict: bool,
}

/// The rules of a table of schema public; `known` are the names of indexes that one knows of. The lock that is
/// taken lasts as long as the transaction, so that no rule comes to be meanwhile.
pub fn of(table: &CStr, known: &[&CStr]) -> Result<UniqueRules, Fault> {
    let lock = pg_sys::AccessShareLock as pg_sys::LOCKMODE;
    let mut rules = UniqueRules::default();
    // SAFETY: the relation is open while its list is read, which has as many elements as it says; a row of the
    // catalog lives until it is released and has the form that is read.
    unsafe {
        let schema = pg_sys::get_namespace_oid(c"public".as_ptr(), false);
        let id = pg_sys::get_relname_relid(table.as_ptr(), schema);
        if id == pg_sys::InvalidOid {
            return Err(Fault::no_table(table));
        }
        let relation = pg_sys::table_open(id, lock);
        rules.forbid_on_conflict = rewrites_writes((*relation).rd_rules);
        for index in ids(pg_sys::RelationGetIndexList(relation)) {
            let row = pg_sys::SearchSysCache1(pg_sys::SysCacheIdentifier::INDEXRELID as i32, index.into());
            if row.is_null() {
                continue;
            }
            let form = &*pg_sys::GETSTRUCT(row).cast::<pg_sys::FormData_pg_index>();
            if form.indisunique || form.indisexclusion {
                rules.forbid_on_conflict |= !form.indimmediate;
                rules.has_others |= !form.indisprimary && !known.contains(&name_of(index));
            }
            pg_sys::ReleaseSysCache(row);
        }
        pg_sys::table_close(relation, pg_sys::NoLock as pg_sys::LOCKMODE);
    }
    Ok(rules)
}

/// Whether a CREATE RULE of the application is about INSERT or UPDATE.
///
/// # Safety
/// The rules of an open relation, or the null pointer where it has none.
unsafe fn rewrites_writes(rules: *const pg_sys::RuleLock) -> bool {
    if rules.is_null() {
        return false;
    }
    // SAFETY: the caller promises rules, which are as many as they say.
    let rules = unsafe { std::slice::from_raw_parts((*rules).rules, (*rules).numLocks as usize) };
    rules.iter().any(|rule| {
        // SAFETY: each of them is a rule.
        let event = unsafe { (**rule).event };
        matches!(event, pg_sys::CmdType::CMD_INSERT | pg_sys::CmdType::CMD_UPDATE)
    })
}

/// # Safety
/// A list of ids, or the null pointer that an empty list is.
unsafe fn ids(list: *mut pg_sys::List) -> Vec<pg_sys::Oid> {
    if list.is_null() {
        return Vec::new();
    }
    // SAFETY: the caller promises a list, which has as many elements as it says.
    let elements = unsafe { std::slice::from_raw_parts((*list).elements, (*list).length as usize) };
    // SAFETY: each of them is an id.
    elements
        .iter()
        .map(|element| unsafe { element.oid_value })
        .collect()
}

/// # Safety
/// An index that exists, and a name that is used before the memory context ends.
unsafe fn name_of<'a>(index: pg_sys::Oid) -> &'a CStr {
    // SAFETY: the name of an index is palloc'd and nul-terminated; a null pointer where there is no such index.
    unsafe {
        let name = pg_sys::get_rel_name(index);
        if name.is_null() { c"" } else { CStr::from_ptr(name) }
    }
}
