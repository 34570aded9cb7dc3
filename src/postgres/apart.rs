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

/// What became of many. One for which it failed has left nothing.
#[derive(Default)]
pub struct Outcome {
    sum: i32,
    /// Those for which nothing was done, and why where it failed.
    undone: Vec<(Uuid, Option<Failure>)>,
}

impl Outcome {
    /// It was done for all, and this was counted.
    pub fn all(sum: i32) -> Self {
        Outcome {
            sum,
            undone: Vec::new(),
        }
    }

    /// Adds what became of others.
    pub fn add(&mut self, of_others: Outcome) {
        self.sum += of_others.sum;
        self.undone.extend(of_others.undone);
    }

    pub fn is_any_done(&self) -> bool {
        self.sum > 0
    }

    /// Those for which nothing was done.
    pub fn undone(&self) -> Vec<Uuid> {
        self.undone.iter().map(|(id, _)| *id).collect()
    }

    /// The sum of what was counted. Failures are told in warnings: `what` it was for, its id, and why.
    pub fn sum(self, what: &str) -> i32 {
        for (id, failure) in self.undone {
            if let Some(failure) = failure {
                let message = format!("{what} {id} is passed over: {}", failure.message());
                ErrorReport::new(PgSqlErrorCode::ERRCODE_WARNING, message, "peer_exchange")
                    .report(PgLogLevel::WARNING);
            }
        }
        self.sum
    }

    /// The same, but where nothing was done for any and something failed, the first failure.
    pub fn sum_or_failure(mut self, what: &str) -> Result<i32, Fault> {
        if !self.is_any_done()
            && let Some(failure) = self.undone.iter_mut().find_map(|(_, failure)| failure.take())
        {
            return Err(failure.raise());
        }
        Ok(self.sum(what))
    }
}

/// Does something for each of these, and counts what it does; `None` where nothing is to be done for one.
pub fn each<Item>(
    connection: &mut Connection<'_>,
    items: impl IntoIterator<Item = Item>,
    mut work: impl FnMut(&mut Connection<'_>, &Item) -> Result<Option<i32>, Fault>,
    id: impl Fn(&Item) -> Uuid,
) -> Outcome {
    let mut outcome = Outcome::default();
    for item in items {
        match apart(|| work(connection, &item)) {
            Ok(Some(count)) => outcome.sum += count,
            Ok(None) => outcome.undone.push((id(&item), None)),
            Err(failure) => outcome.undone.push((id(&item), Some(failure))),
        }
    }
    outcome
}

/// Does something for all of these at once, or where that fails, for each as above.
pub fn all_or_each<Item>(
    connection: &mut Connection<'_>,
    items: &[Item],
    mut work: impl FnMut(&mut Connection<'_>, &[Item]) -> Result<i32, Fault>,
    id: impl Fn(&Item) -> Uuid,
) -> Outcome {
    if items.is_empty() {
        return Outcome::default();
    }
    match apart(|| work(connection, items)) {
        Ok(sum) => Outcome::all(sum),
        Err(_) => {
            let alone = |connection: &mut Connection<'_>, item: &&Item| {
                work(connection, std::slice::from_ref(*item)).map(Some)
            };
            each(connection, items, alone, |item| id(item))
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
