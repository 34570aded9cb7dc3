//! Statements that are prepared once a backend and kept, and typed access to their rows.
//!
//! Every statement has one generic plan: Postgres would otherwise plan some of them anew at every
//! call, at a fifth of what a booking costs. That is why this does not go through pgrx's own
//! interface, which has no way to ask for it, and which copies each column of each row.

use crate::fault::Fault;
use pgrx::datum::{DatumWithOid, FromDatum, IntoDatum};
use pgrx::pg_sys;
use pgrx::pg_sys::panic::CaughtError;
use pgrx::spi::{Spi, SpiClient};
use pgrx::{PgSqlErrorCode, PgTryBuilder};
use std::cell::{Cell, OnceCell};
use std::ffi::{CStr, CString, c_char, c_int};
use std::marker::PhantomData;
use std::panic::AssertUnwindSafe;
use std::ptr::NonNull;
use std::thread::LocalKey;

/// A connection to the server that this library runs in.
pub type Connection<'conn> = SpiClient<'conn>;

/// Whether a statement may change data or lock rows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Sees what its caller sees and works in a read-only transaction.
    Reads,
    /// Sees everything that was committed before it began, unless the transaction sees one moment throughout.
    Writes,
    /// Reads what was committed before it began even then, as referential integrity does.
    ReadsLatest,
}

/// One statement; Postgres keeps its plan and revalidates it when a table changes.
pub struct Statement {
    text: &'static str,
    access: Access,
    plan: OnceCell<Plan>,
}

type Plan = NonNull<pg_sys::_SPI_plan>;

impl Statement {
    pub const fn new(text: &'static str, access: Access) -> Self {
        Statement {
            text,
            access,
            plan: OnceCell::new(),
        }
    }

    /// The plan, prepared at the first call and kept for as long as the backend lives.
    fn plan(&self, arguments: &[DatumWithOid<'_>]) -> Result<Plan, Fault> {
        let Some(plan) = self.plan.get() else {
            let plan = prepare(self.text, arguments)?;
            // SAFETY: a plan that has just been prepared and has not been kept yet.
            unsafe { pg_sys::SPI_keepplan(plan.as_ptr()) };
            return Ok(*self.plan.get_or_init(|| plan));
        };
        // SAFETY: a plan that is kept.
        if !unsafe { pg_sys::SPI_plan_is_valid(plan.as_ptr()) } {
            // A table has changed. Asked apart from the execution, in which a trigger of the application may lack something.
            let attempt = prepare(self.text, arguments)?;
            // SAFETY: a plan that has just been prepared and that nobody else knows.
            unsafe { pg_sys::SPI_freeplan(attempt.as_ptr()) };
        }
        Ok(*plan)
    }
}

/// Prepares a statement; a fault that says what to do where a table or a column is missing.
fn prepare(text: &'static str, arguments: &[DatumWithOid<'_>]) -> Result<Plan, Fault> {
    let text =
        CString::new(text).map_err(|_| Fault::invariant_violated("a statement contains a zero byte"))?;
    let mut types: Vec<pg_sys::Oid> = arguments.iter().map(DatumWithOid::oid).collect();
    let (count, options) = (arguments.len() as c_int, pg_sys::CURSOR_OPT_GENERIC_PLAN as c_int);
    let prepared = PgTryBuilder::new(AssertUnwindSafe(|| {
        // SAFETY: the text is nul-terminated, and there are as many types as are announced.
        Ok(unsafe { pg_sys::SPI_prepare_cursor(text.as_ptr(), count, types.as_mut_ptr(), options) })
    }))
    .catch_when(PgSqlErrorCode::ERRCODE_UNDEFINED_COLUMN, not_set_up)
    .catch_when(PgSqlErrorCode::ERRCODE_UNDEFINED_TABLE, not_set_up)
    .execute()?;
    NonNull::new(prepared).ok_or_else(|| {
        // SAFETY: Postgres' own variable; nobody else runs in this backend.
        let status = unsafe { pg_sys::SPI_result };
        Fault::invariant_violated(format!("a statement can't be prepared: {status}"))
    })
}

/// The same error, raised once more by whoever gets it, as what it means here.
fn not_set_up<T>(error: CaughtError) -> Result<T, Fault> {
    match &error {
        CaughtError::PostgresError(report) | CaughtError::ErrorReport(report) => {
            Err(Fault::not_set_up(report.message()))
        }
        CaughtError::RustPanic { .. } => error.rethrow(),
    }
}

/// Declares the statements of a module, each from its file in `sql/query/`.
macro_rules! statements {
    ($($name:ident = $access:ident $text:expr;)+) => {
        thread_local! {
            $(static $name: $crate::postgres::statement::Statement = const {
                $crate::postgres::statement::Statement::new($text, $crate::postgres::statement::Access::$access)
            };)+
        }
    };
}
pub(crate) use statements;

/// Runs a statement and hands over what it returned.
pub fn run<'conn>(
    _connection: &mut Connection<'conn>,
    statement: &'static LocalKey<Statement>,
    arguments: &[DatumWithOid<'_>],
) -> Result<Rows<'conn>, Fault> {
    statement.with(|statement| {
        let plan = statement.plan(arguments)?;
        let null = |argument: &DatumWithOid<'_>| match argument.datum() {
            Some(_) => b' ' as c_char,
            None => b'n' as c_char,
        };
        let mut nulls: Vec<c_char> = arguments.iter().map(null).collect();
        let mut values: Vec<pg_sys::Datum> = arguments
            .iter()
            .map(|argument| {
                argument
                    .datum()
                    .map_or(pg_sys::Datum::null(), |datum| datum.sans_lifetime())
            })
            .collect();
        let (plan, values, nulls) = (plan.as_ptr(), values.as_mut_ptr(), nulls.as_mut_ptr());
        // SAFETY: the connection is open, and the values are those that the plan was prepared for. The snapshot is
        // copied before anything runs.
        let status = unsafe {
            pg_sys::SPI_tuptable = std::ptr::null_mut();
            match statement.access {
                Access::Reads => pg_sys::SPI_execute_plan(plan, values, nulls, true, 0),
                Access::Writes => pg_sys::SPI_execute_plan(plan, values, nulls, false, 0),
                Access::ReadsLatest => {
                    let (latest, no_crosscheck) = (pg_sys::GetLatestSnapshot(), std::ptr::null_mut());
                    pg_sys::SPI_execute_snapshot(plan, values, nulls, latest, no_crosscheck, true, false, 0)
                }
            }
        };
        Spi::check_status(status)?;
        // SAFETY: Postgres' own variables, set by the call above.
        let (table, count) = unsafe { (pg_sys::SPI_tuptable, pg_sys::SPI_processed as usize) };
        Ok(Rows {
            table: NonNull::new(table),
            count,
            next: 0,
            connection: PhantomData,
        })
    })
}

/// The rows that a statement returned, or the number of those that it changed where it returns none.
pub struct Rows<'conn> {
    table: Option<NonNull<pg_sys::SPITupleTable>>,
    count: usize,
    next: usize,
    connection: PhantomData<&'conn ()>,
}

impl Rows<'_> {
    pub fn len(&self) -> usize {
        self.count
    }
}

impl<'conn> Iterator for Rows<'conn> {
    type Item = Row<'conn>;

    fn next(&mut self) -> Option<Row<'conn>> {
        let table = self.table?;
        // SAFETY: the table lives until the connection is closed and has `numvals` rows.
        let (values, row_count, columns) = unsafe {
            let table = table.as_ref();
            (table.vals, table.numvals as usize, table.tupdesc)
        };
        if self.next >= row_count {
            return None;
        }
        // SAFETY: within the bounds that have just been checked.
        let tuple = unsafe { *values.add(self.next) };
        self.next += 1;
        Some(Row {
            tuple,
            columns,
            next_column: Cell::new(0),
            connection: PhantomData,
        })
    }
}

/// The first row of what a statement returned, if it returned any.
pub fn first_row<'conn>(mut rows: Rows<'conn>) -> Option<Row<'conn>> {
    rows.next()
}

/// One row, whose columns are asked for by name.
pub struct Row<'conn> {
    tuple: pg_sys::HeapTuple,
    columns: pg_sys::TupleDesc,
    /// Where the column after the one asked for last stands: they are mostly asked for in their order.
    next_column: Cell<usize>,
    connection: PhantomData<&'conn ()>,
}

impl Row<'_> {
    /// A column that may be NULL.
    pub fn optional<T: IntoDatum + FromDatum>(&self, column: &str) -> Result<Option<T>, Fault> {
        let number = self.number_of(column)?;
        let mut is_null = false;
        // SAFETY: the row is alive, and the column is one of its own.
        unsafe {
            let value = pg_sys::SPI_getbinval(self.tuple, self.columns, number, &mut is_null);
            let type_oid = pg_sys::SPI_gettypeid(self.columns, number);
            T::try_from_datum(value, is_null, type_oid)
        }
        .map_err(|error| Fault::invariant_violated(format!("column {column}: {error}")))
    }

    /// A column that the statement promises not to be NULL.
    pub fn required<T: IntoDatum + FromDatum>(&self, column: &str) -> Result<T, Fault> {
        self.optional(column)?
            .ok_or_else(|| Fault::invariant_violated(format!("column {column} must not be NULL")))
    }

    /// The number of a column, counted from one.
    fn number_of(&self, column: &str) -> Result<c_int, Fault> {
        // SAFETY: the description lives as long as the row.
        let count = unsafe { (*self.columns).natts } as usize;
        let next = self.next_column.get();
        let found = (next..count)
            .chain(0..next)
            .find(|index| self.name_of(*index) == column.as_bytes());
        let index = found
            .ok_or_else(|| Fault::invariant_violated(format!("a statement returns no column {column}")))?;
        self.next_column.set(index + 1);
        Ok(index as c_int + 1)
    }

    /// The name of a column, counted from zero.
    fn name_of(&self, index: usize) -> &[u8] {
        // SAFETY: the description lives as long as the row and has so many columns; a name is nul-terminated.
        let name = unsafe { CStr::from_ptr((*attributes(self.columns).add(index)).attname.data.as_ptr()) };
        name.to_bytes()
    }
}

/// What a description says of its columns, one after the other.
///
/// # Safety
/// The description is one of Postgres' own.
#[cfg(not(feature = "pg18"))]
unsafe fn attributes(columns: pg_sys::TupleDesc) -> *const pg_sys::FormData_pg_attribute {
    // SAFETY: a description, as the caller promises.
    unsafe { (*columns).attrs.as_ptr() }
}

/// The same; since version 18 they stand behind a shorter form of themselves.
///
/// # Safety
/// The description is one of Postgres' own.
#[cfg(feature = "pg18")]
unsafe fn attributes(columns: pg_sys::TupleDesc) -> *const pg_sys::FormData_pg_attribute {
    unsafe {
        (*columns)
            .compact_attrs
            .as_ptr()
            .add((*columns).natts as usize)
            .cast()
    }
}
