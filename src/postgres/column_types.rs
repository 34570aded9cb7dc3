//! What columns of the host tables are made of, told from the caches of the catalog.
//!
//! It only decides how large a number may become; whether a column holds it, the server checks when it is written.

use pgrx::pg_sys;
use std::ffi::CStr;

/// Whether one of these columns of a table of schema public is an `integer`, or a domain of that, or is not there.
pub fn has_integer_among(table: &CStr, columns: &[&CStr]) -> bool {
    // SAFETY: names that end with a nul; ids of what is not there are answered by those of nothing.
    unsafe {
        let schema = pg_sys::get_namespace_oid(c"public".as_ptr(), true);
        let table = pg_sys::get_relname_relid(table.as_ptr(), schema);
        columns.iter().any(|column| {
            let column = pg_sys::get_attnum(table, column.as_ptr());
            column == pg_sys::InvalidAttrNumber as pg_sys::AttrNumber
                || pg_sys::getBaseType(pg_sys::get_atttype(table, column)) == pg_sys::INT4OID
        })
    }
}
