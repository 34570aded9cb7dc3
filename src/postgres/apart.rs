//! What is done for many, each apart from the others: where one can't be done, the others are.

use super::statement::Connection;
use crate::fault::Fault;
use pgrx::pg_sys;
use pgrx::pg_sys::panic::{CaughtError, ErrorReport};
use pgrx::{PgLogLevel, PgSqlErrorCode, PgTryBuilder};
use std::panic::AssertUnwindSafe;
use uuid::Uuid;

/// What concerns all of them, by its class: the transaction has to be tried again, something is used up, somebody has put an
/// end to it, or the system has failed.
const CLASSES_OF_ALL: [PgSqlErrorCode; 4] = [
    PgSqlErrorCode::ERRCODE_TRANSACTION_ROLLBACK,
    PgSqlErrorCode::ERRCODE_INSUFFICIENT_RESOURCES,
    PgSqlErrorCode::ERRCODE_OPERATOR_INTERVENTION,
    PgSqlErrorCode::ERRCODE_SYSTEM_ERROR,
];

/// Why one was not done. Nothing of it is left.
enum Failure {
    Fault(Fault),
    Error(CaughtError),
}

impl Failure {
    fn message(&self) -> &str {
        match self {
            Failure::Fault(fault) => fault.message(),
            Failure::Error(
                CaughtError::PostgresError(report)
                | CaughtError::ErrorReport(report)
                | CaughtError::RustPanic { ereport: report, .. },
            ) => report.message(),
        }
    }

    /// The same error, as if nobody had caught it.
    fn raise(self) -> Fault {
        match self {
            Failure::Fault(fault) => fault,
            Failure::Error(error) => error.rethrow(),
        }
    }
}

/// Does something for each of these and returns the sum of what it counts. One for which it fails leaves nothing, is passed
/// over, and told in a warning: `what` it is, its id, and why. Where there was nothing but failures, the first is the outcome.
pub fn sum_of_each<Item>(
    connection: &mut Connection<'_>,
    what: &str,
    items: impl IntoIterator<Item = Item>,
    mut work: impl FnMut(&mut Connection<'_>, &Item) -> Result<i32, Fault>,
    id: impl Fn(&Item) -> Uuid,
) -> Result<i32, Fault> {
    let (mut sum, mut is_any_done, mut failures) = (0, false, Vec::new());
    for item in items {
        match apart(|| work(connection, &item)) {
            Ok(count) => (sum, is_any_done) = (sum + count, true),
            Err(failure) => failures.push((id(&item), failure)),
        }
    }
    if !is_any_done && !failures.is_empty() {
        return Err(failures.swap_remove(0).1.raise());
    }
    for (id, failure) in failures {
        let message = format!("{what} {id} is passed over: {}", failure.message());
        ErrorReport::new(PgSqlErrorCode::ERRCODE_WARNING, message, "peer_exchange")
            .report(PgLogLevel::WARNING);
    }
    Ok(sum)
}

/// Does something for all of these at once, or where that fails, for each as above.
pub fn sum_of_all_or_each<Item>(
    connection: &mut Connection<'_>,
    what: &str,
    items: &[Item],
    mut work: impl FnMut(&mut Connection<'_>, &[Item]) -> Result<i32, Fault>,
    id: impl Fn(&Item) -> Uuid,
) -> Result<i32, Fault> {
    if items.is_empty() {
        return Ok(0);
    }
    match apart(|| work(connection, items)) {
        Ok(count) => Ok(count),
        Err(_) => {
            let alone =
                |connection: &mut Connection<'_>, item: &&Item| work(connection, std::slice::from_ref(*item));
            sum_of_each(connection, what, items, alone, |item| id(item))
        }
    }
}

/// Does something in a subtransaction of its own, which is undone where it fails. What concerns others as well is raised
/// then, when the subtransaction is ended: whoever catches it further out ends one of its own.
fn apart<T>(work: impl FnOnce() -> Result<T, Fault>) -> Result<T, Failure> {
    // SAFETY: as PL/pgSQL does for a block with an exception clause: whatever happens in between, the subtransaction is
    // ended here, and memory and resources are those of before.
    let outcome = unsafe {
        let (context, owner) = (pg_sys::CurrentMemoryContext, pg_sys::CurrentResourceOwner);
        pg_sys::BeginInternalSubTransaction(std::ptr::null());
        pg_sys::MemoryContextSwitchTo(context);
        let outcome = PgTryBuilder::new(AssertUnwindSafe(|| work().map_err(Failure::Fault)))
            .catch_others(|error| Err(Failure::Error(error)))
            .execute();
        match &outcome {
            Ok(_) => pg_sys::ReleaseCurrentSubTransaction(),
            Err(_) => pg_sys::RollbackAndReleaseCurrentSubTransaction(),
        }
        pg_sys::MemoryContextSwitchTo(context);
        pg_sys::CurrentResourceOwner = owner;
        outcome
    };
    match outcome {
        Err(Failure::Error(error)) if concerns_all(&error) => error.rethrow(),
        outcome => outcome,
    }
}

fn concerns_all(error: &CaughtError) -> bool {
    /// The bits of the two characters that name a class.
    const CLASS: isize = 0xfff;
    let code = match error {
        CaughtError::PostgresError(report) | CaughtError::ErrorReport(report) => report.sql_error_code(),
        CaughtError::RustPanic { .. } => return true,
    };
    let class = code as isize & CLASS;
    code == PgSqlErrorCode::ERRCODE_LOCK_NOT_AVAILABLE
        || CLASSES_OF_ALL.iter().any(|of_all| *of_all as isize == class)
}
