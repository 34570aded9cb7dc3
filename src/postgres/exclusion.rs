//! An exclusion constraint of an index that is there already, as `ALTER TABLE … ADD CONSTRAINT … USING INDEX` makes a unique
//! one of a unique index. Postgres has no statement for it, and would otherwise read the whole table while nobody else may.

use super::roles;
use crate::fault::Fault;
use pgrx::pg_sys;
use std::ffi::CString;

/// Makes the constraint, which bears the name of the index; that nothing in the index breaks it is the caller's to know. As
/// with ALTER TABLE, the table has to be the caller's own, and the operators, one for each column, have to fit the index.
pub fn constrain(index: pg_sys::Oid, name: &str, operators: &[pg_sys::Oid]) -> Result<(), Fault> {
    let name = CString::new(name).map_err(|_| Fault::invariant_violated("a name contains a zero byte"))?;
    let mut operators = operators.to_vec();
    let lock = pg_sys::AccessExclusiveLock as pg_sys::LOCKMODE;
    // Asked before the table is locked, and once more when nobody can give it away any more: whoever may not would
    // otherwise wait for it, and have everybody else wait.
    require_owner(index)?;
    // SAFETY: both relations are open until the constraint is made, and the operators and the name outlive it.
    unsafe {
        let table = pg_sys::table_open(pg_sys::IndexGetRelation(index, false), lock);
        let relation = pg_sys::index_open(index, lock);
        require_owner(index)?;
        let information = pg_sys::BuildIndexInfo(relation);
        if !fit(relation, (*information).ii_NumIndexKeyAttrs as usize, &operators) {
            return Err(Fault::invalid_argument(
                "there must be one operator for each column of the index, and one that it knows",
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

/// A fault unless the table of this index is the caller's own.
fn require_owner(index: pg_sys::Oid) -> Result<(), Fault> {
    // SAFETY: asks the catalog, where there may be no such index; inside a statement the current user is set.
    let (table, caller) = unsafe { (pg_sys::IndexGetRelation(index, true), pg_sys::GetUserId()) };
    match roles::owner_of(table) {
        None => Err(Fault::invalid_argument("there is no such index")),
        Some(owner) if roles::has_rights_of(caller, owner) => Ok(()),
        Some(_) => Err(Fault::not_allowed("only the owner of the table may do this")),
    }
}

/// Whether these are operators by which the index is searched, for the very type of each of its columns.
///
/// # Safety
/// The index is open and has so many columns.
unsafe fn fit(index: pg_sys::Relation, columns: usize, operators: &[pg_sys::Oid]) -> bool {
    // SAFETY: the caller promises an open index, which keeps a family and a type for each of its columns; the types of an
    // operator are written where they are asked for.
    let fits = |column: usize, operator: pg_sys::Oid| unsafe {
        let (mut left, mut right) = (pg_sys::InvalidOid, pg_sys::InvalidOid);
        pg_sys::get_op_opfamily_strategy(operator, *(*index).rd_opfamily.add(column)) != 0 && {
            pg_sys::op_input_types(operator, &mut left, &mut right);
            let of_column = *(*index).rd_opcintype.add(column);
            left == of_column && right == of_column
        }
    };
    operators.len() == columns
        && operators
            .iter()
            .enumerate()
            .all(|(column, operator)| fits(column, *operator))
}

/// As `pg_constraint.contype` has it.
const EXCLUSION: std::ffi::c_char = b'x' as std::ffi::c_char;
