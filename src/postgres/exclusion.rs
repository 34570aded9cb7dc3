//! An exclusion constraint of an index that is there already, as `ALTER TABLE … ADD CONSTRAINT … USING INDEX` makes a unique
//! one of a unique index. Postgres has no statement for it, and would otherwise read the whole table while nobody else may.

use crate::fault::Fault;
use pgrx::pg_sys;
use std::ffi::CString;

/// Makes the constraint, which bears the name of the index; that nothing in the index breaks it is the caller's to know, and
/// so are the operators, one for each column.
pub fn constrain(index: pg_sys::Oid, name: &str, operators: &[pg_sys::Oid]) -> Result<(), Fault> {
    let name = CString::new(name).map_err(|_| Fault::invariant_violated("a name contains a zero byte"))?;
    let mut operators = operators.to_vec();
    let lock = pg_sys::AccessExclusiveLock as pg_sys::LOCKMODE;
    // SAFETY: both relations are open until the constraint is made, and the operators and the name outlive it.
    unsafe {
        let table = pg_sys::table_open(pg_sys::IndexGetRelation(index, false), lock);
        let relation = pg_sys::index_open(index, lock);
        let information = pg_sys::BuildIndexInfo(relation);
        if operators.len() != (*information).ii_NumIndexKeyAttrs as usize {
            return Err(Fault::invalid_argument(
                "there must be one operator for each column of the index",
            ));
        }
        (*information).ii_ExclusionOps = operators.as_mut_ptr();
        pg_sys::index_constraint_create(
            table,
            index,
            pg_sys::InvalidOid,
            information,
            name.as_ptr(),
            EXCLUSION,
            pg_sys::INDEX_CONSTR_CREATE_REMOVE_OLD_DEPS as pg_sys::bits16,
            false,
            false,
        );
        pg_sys::index_close(relation, pg_sys::NoLock as pg_sys::LOCKMODE);
        pg_sys::table_close(table, pg_sys::NoLock as pg_sys::LOCKMODE);
    }
    Ok(())
}

/// As `pg_constraint.contype` has it.
const EXCLUSION: std::ffi::c_char = b'x' as std::ffi::c_char;
