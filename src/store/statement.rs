//! Statements that are prepared once a backend and kept, and typed access to their rows.

use crate::fault::Fault;
use pgrx::datum::{DatumWithOid, FromDatum, IntoDatum};
use pgrx::pg_sys::PgOid;
use pgrx::spi::{OwnedPreparedStatement, PreparedStatement, SpiClient, SpiHeapTupleData, SpiTupleTable};
use std::cell::OnceCell;
use std::thread::LocalKey;

/// A connection to the server that this library runs in.
pub type Connection<'conn> = SpiClient<'conn>;

/// Whether a statement may change data or lock rows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Sees what its caller sees and works in a read-only transaction.
    Reads,
    /// Sees everything that was committed before it began.
    Writes,
}

/// One statement; Postgres keeps its plan and revalidates it when a table changes.
pub struct Statement {
    text: &'static str,
    access: Access,
    plan: OnceCell<OwnedPreparedStatement>,
}

impl Statement {
    pub const fn new(text: &'static str, access: Access) -> Self {
        Statement {
            text,
            access,
            plan: OnceCell::new(),
        }
    }

    fn plan(
        &self,
        connection: &Connection<'_>,
        arguments: &[DatumWithOid<'_>],
    ) -> Result<&OwnedPreparedStatement, Fault> {
        if self.plan.get().is_none() {
            let types: Vec<PgOid> = arguments
                .iter()
                .map(|argument| PgOid::from(argument.oid()))
                .collect();
            let prepared: PreparedStatement<'_> = match self.access {
                Access::Reads => connection.prepare(self.text, &types)?,
                Access::Writes => connection.prepare_mut(self.text, &types)?,
            };
            let _ = self.plan.set(prepared.keep());
        }
        self.plan
            .get()
            .ok_or_else(|| Fault::broken_promise("a statement was prepared and is not there"))
    }
}

/// Declares the statements of a module, each from its file in `sql/query/`.
macro_rules! statements {
    ($($name:ident = $access:ident $text:expr;)+) => {
        thread_local! {
            $(static $name: $crate::store::statement::Statement = const {
                $crate::store::statement::Statement::new($text, $crate::store::statement::Access::$access)
            };)+
        }
    };
}
pub(super) use statements;

/// Runs a statement and hands over what it returned.
pub fn run<'conn>(
    connection: &mut Connection<'conn>,
    statement: &'static LocalKey<Statement>,
    arguments: &[DatumWithOid<'_>],
) -> Result<SpiTupleTable<'conn>, Fault> {
    statement.with(|statement| {
        let plan = statement.plan(connection, arguments)?;
        let table = match statement.access {
            Access::Reads => connection.select(plan, None, arguments)?,
            Access::Writes => connection.update(plan, None, arguments)?,
        };
        Ok(table)
    })
}

/// The first row of what a statement returned, if it returned any.
pub fn first_row<'conn>(table: SpiTupleTable<'conn>) -> Result<Option<SpiHeapTupleData<'conn>>, Fault> {
    match table.is_empty() {
        true => Ok(None),
        false => Ok(table.first().get_heap_tuple()?),
    }
}

/// Named access to the columns of a row.
pub trait Row {
    /// A column that may be NULL.
    fn optional<T: IntoDatum + FromDatum>(&self, column: &str) -> Result<Option<T>, Fault>;

    /// A column that the statement promises not to be NULL.
    fn required<T: IntoDatum + FromDatum>(&self, column: &str) -> Result<T, Fault> {
        self.optional(column)?
            .ok_or_else(|| Fault::broken_promise(format!("column {column} must not be NULL")))
    }
}

impl Row for SpiHeapTupleData<'_> {
    fn optional<T: IntoDatum + FromDatum>(&self, column: &str) -> Result<Option<T>, Fault> {
        Ok(self.get_by_name(column)?)
    }
}
