//! What columns of the host tables are made of, told from the caches of the catalog.
//!
//! It only decides how large a number may become; whether a column holds it, the server checks when it is written.

use pgrx::pg_sys;
use std::ffi::CStr;

/// Which of these columns of a table of schema public are an `integer`, or a domain of that, or are not there.
pub fn are_integers<const COLUMNS: usize>(table: &CStr, columns: [&CStr; COLUMNS]) -> [bool; COLUMNS] {
    // SAFETY: names that end with a nul; what is not there has the id and the number of nothing.
    let table = unsafe {
        let schema = pg_sys::get_namespace_oid(c"public".as_ptr(), true);
        pg_sys::get_relname_relid(table.as_ptr(), schema)
    };
    // SAFETY: the same; the type of a column that is there is one that is there.
    columns.map(|column| unsafe {
        let column = pg_sys::get_attnum(table, column.as_ptr());
        column == pg_sys::InvalidAttrNumber as pg_sys::AttrNumber
            || pg_sys::getBaseType(pg_sys::get_atttype(table, column)) == pg_sys::INT4OID
    })
}
