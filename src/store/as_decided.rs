//! What a statement of ours leaves of a session, compared with what was decided.
//!
//! A trigger of the application may write its own beside it. What our statement is for must be stored as we wrote it, and what was
//! decided of the session before must stay: the guards let our own statements pass, so nobody else looks.

use crate::fault::Fault;
use crate::postgres::statement::{Row, Rows};

/// Completes a statement that ends with its own `returning … and` with what it has to keep, as column `is_as_decided`.
macro_rules! keeps {
    ($statement:expr, $first:literal $(, $kept:literal)*) => {
        concat!(
            $statement,
            include_str!(concat!("../../sql/query/kept_", $first, ".sql")),
            $("and\n", include_str!(concat!("../../sql/query/kept_", $kept, ".sql")),)*
            "as is_as_decided\n"
        )
    };
}
pub(super) use keeps;

/// The same of a statement that changes the status, which it tells besides: what `require` asks for.
macro_rules! keeps_but_for_status {
    ($statement:expr, $($kept:literal),+) => {
        concat!($crate::store::as_decided::keeps!($statement, $($kept),+), ", session.status::text as status")
    };
}
pub(super) use keeps_but_for_status;

/// A fault where one of these sessions, so many, has not got this status, or anything else of it is not as it was decided; or
/// where a trigger of the application has suppressed its row.
pub fn require(
    mut written: Rows<'_>,
    count: usize,
    status: &str,
    otherwise: &'static str,
) -> Result<(), Fault> {
    let are_all = written.len() == count;
    match are_all && written.try_fold(true, |are_so, row| Ok::<_, Fault>(are_so && is_so(&row, status)?))? {
        true => Ok(()),
        false => Err(Fault::changed_by_trigger(otherwise)),
    }
}

fn is_so(row: &Row<'_>, status: &str) -> Result<bool, Fault> {
    let stored: Option<String> = row.optional("status")?;
    Ok(stored.as_deref() == Some(status) && is_kept(row)?)
}

/// Whether a statement that compares by itself says so.
pub fn is_kept(row: &Row<'_>) -> Result<bool, Fault> {
    Ok(row.optional("is_as_decided")? == Some(true))
}
