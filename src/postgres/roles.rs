//! Roles of the database: who calls, and who owns the application's tables.

use super::statement::{first_row, run, statements};
use crate::fault::Fault;
use pgrx::datum::FromDatum;
use pgrx::pg_sys;
use pgrx::spi::Spi;
use std::ffi::CStr;

statements! {
    HOST_OWNER = Reads "select peer_exchange.host_owner() as owner";
}

/// The role outside of every security-definer function: what SET ROLE chose, else the login role.
pub fn outer_role() -> pg_sys::Oid {
    // SAFETY: inside a statement the outer user is set.
    unsafe { pg_sys::GetOuterUserId() }
}

/// Whether a role is this one or has been granted it; never where there is no role of that name. A superuser
/// has been granted nothing by being one.
pub fn belongs_to(role: pg_sys::Oid, name: &CStr) -> bool {
    // SAFETY: the name is nul-terminated; a role that is missing has no id.
    unsafe {
        let wanted = pg_sys::get_role_oid(name.as_ptr(), true);
        wanted != pg_sys::InvalidOid && pg_sys::is_member_of_role_nosuper(role, wanted)
    }
}

/// Whether a role may do whatever another one may, as superusers may.
pub fn has_rights_of(role: pg_sys::Oid, other: pg_sys::Oid) -> bool {
    // SAFETY: both are roles.
    unsafe { pg_sys::has_privs_of_role(role, other) }
}

pub fn is_superuser(role: pg_sys::Oid) -> bool {
    // SAFETY: asks the catalog.
    unsafe { pg_sys::superuser_arg(role) }
}

pub fn name_of(role: pg_sys::Oid) -> String {
    // SAFETY: the name is palloc'd and nul-terminated.
    unsafe { CStr::from_ptr(pg_sys::GetUserNameFromId(role, false)) }
        .to_string_lossy()
        .into_owned()
}

/// Who owns the application's tables; `None` before there are any of sessions.
pub fn host_owner() -> Option<pg_sys::Oid> {
    host_table(c"client_sessions").and_then(owner_of)
}

/// A table of the application; `None` where there is none of that name.
pub fn host_table(name: &CStr) -> Option<pg_sys::Oid> {
    // SAFETY: asks the catalog; the names are nul-terminated.
    let table = unsafe {
        let schema = pg_sys::get_namespace_oid(c"public".as_ptr(), true);
        pg_sys::get_relname_relid(name.as_ptr(), schema)
    };
    (table != pg_sys::InvalidOid).then_some(table)
}

/// Who owns those of them that are there, where there may be none of sessions yet.
pub fn owner_of_what_is_there() -> Result<Option<pg_sys::Oid>, Fault> {
    Spi::connect_mut(|connection| match first_row(run(connection, &HOST_OWNER, &[])?) {
        Some(row) => row.optional("owner"),
        None => Ok(None),
    })
}

/// Who owns a table; `None` where there is none of that id.
pub fn owner_of(table: pg_sys::Oid) -> Option<pg_sys::Oid> {
    // SAFETY: asks the catalog; the row lives until it is released, and has the form that is read.
    unsafe {
        let row = pg_sys::SearchSysCache1(pg_sys::SysCacheIdentifier::RELOID as i32, table.into());
        if row.is_null() {
            return None;
        }
        let owner = (*pg_sys::GETSTRUCT(row).cast::<pg_sys::FormData_pg_class>()).relowner;
        pg_sys::ReleaseSysCache(row);
        Some(owner)
    }
}

/// The same for what can't work without them.
pub fn require_host_owner() -> Result<pg_sys::Oid, Fault> {
    host_owner().ok_or_else(|| Fault::no_table(c"client_sessions"))
}

/// Whether a function is defined with a search_path of its own.
pub fn fixes_search_path(function: pg_sys::Oid) -> bool {
    // SAFETY: asks the catalog; the row lives until it is released, and its settings are copied before.
    unsafe {
        let cache = pg_sys::SysCacheIdentifier::PROCOID as i32;
        let row = pg_sys::SearchSysCache1(cache, function.into());
        if row.is_null() {
            return false;
        }
        let mut is_null = false;
        let column = pg_sys::Anum_pg_proc_proconfig as pg_sys::AttrNumber;
        let settings = pg_sys::SysCacheGetAttr(cache, row, column, &mut is_null);
        let settings = Vec::<String>::from_datum(settings, is_null).unwrap_or_default();
        pg_sys::ReleaseSysCache(row);
        settings.iter().any(|setting| setting.starts_with("search_path="))
    }
}
