//! Rows inserted by the executor's own routines, without a statement.
//!
//! A booking writes seven rows, and starting a statement for them would cost more than writing them.
//! What INSERT does is done here step by step: defaults, casts as in an assignment, triggers of the
//! row and of the statement with their transition tables, generated columns, constraints, indexes and
//! foreign keys. It is done for ordinary tables, which is all that setup() works with.
//!
//! Postgres raises its errors through every call below, and the abort of the transaction (or of the
//! subtransaction) releases whatever was open by then, as it does for a statement.

use super::assignment::{Source, Value, sources};
use super::foregone::{arbiters, silence};
use super::relation::{close, columns, open, sees_one_moment, serialization_failure};
use super::statement::Connection;
use crate::fault::Fault;
use pgrx::pg_sys;
use pgrx::pg_sys::ffi::pg_guard_ffi_boundary;
use std::ffi::CStr;
use std::ptr;

/// Where rows go, and which of its columns are given.
pub struct Table {
    pub name: &'static CStr,
    pub columns: &'static [&'static str],
    /// Guards that let our own writes pass, and so need not be asked.
    pub own_guards: &'static [&'static CStr],
    /// Columns that refer to people whose rows are locked, so that no foreign key need look for them.
    pub locked_people: &'static [&'static str],
    /// Unique indexes and exclusion constraints whose rule has been checked before, under locks.
    pub own_rules: &'static [&'static CStr],
}

/// Inserts rows; each has one value for every column of the table that is given.
pub fn insert<const COLUMNS: usize>(
    _connection: &mut Connection<'_>,
    table: &Table,
    rows: Vec<[Value<'_>; COLUMNS]>,
) -> Result<(), Fault> {
    let insertion = Insertion::begin(table, false)?;
    match insertion.asks_before_each_row() {
        false => insertion.insert_together(&rows)?,
        true => {
            for row in &rows {
                insertion.insert(row)?;
            }
        }
    }
    insertion.finish();
    Ok(())
}

/// Inserts one row; `false` where an index of the application's own has its place, or a trigger of
/// the application's own turns it away.
pub fn insert_unless_taken<const COLUMNS: usize>(
    _connection: &mut Connection<'_>,
    table: &Table,
    row: [Value<'_>; COLUMNS],
) -> Result<bool, Fault> {
    let insertion = Insertion::begin(table, true)?;
    let is_inserted = insertion.insert(&row)?;
    insertion.finish();
    Ok(is_inserted)
}

/// An insertion under way.
struct Insertion {
    relation: pg_sys::Relation,
    state: *mut pg_sys::EState,
    result: *mut pg_sys::ResultRelInfo,
    transition: *mut pg_sys::TransitionCaptureState,
    sources: Vec<Source>,
    /// Indexes of the application's own that may have the row's place.
    arbiters: *mut pg_sys::List,
}

impl Insertion {
    fn begin(table: &Table, may_be_taken: bool) -> Result<Self, Fault> {
        let relation = open(table.name, pg_sys::RowExclusiveLock)?;
        // SAFETY: the relation is open and locked; everything made here lives in the current memory
        // context or in the executor state, both of which outlive the insertion.
        unsafe {
            let state = pg_sys::CreateExecutorState();
            let result: *mut pg_sys::ResultRelInfo =
                pg_sys::palloc0(size_of::<pg_sys::ResultRelInfo>()).cast();
            pg_sys::InitResultRelInfo(result, relation, 0, ptr::null_mut(), 0);
            (*state).es_opened_result_relations =
                pg_sys::lappend((*state).es_opened_result_relations, result.cast());
            (*state).es_output_cid = pg_sys::GetCurrentCommandId(true);
            pg_sys::PushActiveSnapshot(pg_sys::GetTransactionSnapshot());
            silence(relation, (*result).ri_TrigDesc, table);
            pg_sys::ExecOpenIndices(result, false);
            let arbiters = match may_be_taken {
                // What such a transaction has checked may have changed since.
                true if sees_one_moment() => arbiters(result, &[]),
                true => arbiters(result, table.own_rules),
                false => ptr::null_mut(),
            };
            pg_sys::AfterTriggerBeginQuery();
            let transition = pg_sys::MakeTransitionCaptureState(
                (*result).ri_TrigDesc,
                (*relation).rd_id,
                pg_sys::CmdType::CMD_INSERT,
            );
            pg_sys::ExecBSInsertTriggers(state, result);
            let sources = sources(table, relation, state)?;
            Ok(Insertion {
                relation,
                state,
                result,
                transition,
                sources,
                arbiters,
            })
        }
    }

    fn asks_before_each_row(&self) -> bool {
        // SAFETY: the triggers live as long as the insertion.
        unsafe { (*self.result).ri_TrigDesc.as_ref() }.is_some_and(|triggers| triggers.trig_insert_before_row)
    }

    /// Inserts one row, and says whether it did.
    fn insert(&self, values: &[Value<'_>]) -> Result<bool, Fault> {
        // SAFETY: the slot holds a row of the relation, which is open with its indexes.
        unsafe {
            let relation = self.relation;
            let slot = self.slot(values)?;
            let is_admitted = self.is_admitted(slot)?;
            if is_admitted {
                let command = (*self.state).es_output_cid;
                let insert = (*(*relation).rd_tableam).tuple_insert;
                let insert = insert.ok_or_else(|| Fault::broken_promise("a table that takes no rows"))?;
                pg_guard_ffi_boundary(|| insert(relation, slot, command, 0, ptr::null_mut()));
                self.complete(slot);
            }
            pg_sys::ExecDropSingleTupleTableSlot(slot);
            Ok(is_admitted)
        }
    }

    /// Whether triggers let the row pass and its place is free. What breaks a constraint is a fault.
    unsafe fn is_admitted(&self, slot: *mut pg_sys::TupleTableSlot) -> Result<bool, Fault> {
        // SAFETY: see insert().
        unsafe {
            if self.asks_before_each_row() && !pg_sys::ExecBRInsertTriggers(self.state, self.result, slot) {
                return Ok(false);
            }
            self.check_constraints(slot);
            match self.arbiters.is_null() {
                true => Ok(true),
                false => has_place(self.relation, self.result, slot, self.state, self.arbiters),
            }
        }
    }

    /// Inserts rows page by page, which costs less of the write-ahead log than one by one.
    fn insert_together<const COLUMNS: usize>(&self, rows: &[[Value<'_>; COLUMNS]]) -> Result<(), Fault> {
        // SAFETY: as for one row.
        unsafe {
            let relation = self.relation;
            let mut slots = Vec::with_capacity(rows.len());
            for row in rows {
                let slot = self.slot(row)?;
                self.check_constraints(slot);
                slots.push(slot);
            }
            let command = (*self.state).es_output_cid;
            let insert = (*(*relation).rd_tableam).multi_insert;
            let insert = insert.ok_or_else(|| Fault::broken_promise("a table that takes no rows"))?;
            let (first, count) = (slots.as_mut_ptr(), slots.len() as i32);
            pg_guard_ffi_boundary(|| insert(relation, first, count, command, 0, ptr::null_mut()));
            for slot in slots {
                self.complete(slot);
                pg_sys::ExecDropSingleTupleTableSlot(slot);
            }
        }
        Ok(())
    }

    unsafe fn check_constraints(&self, slot: *mut pg_sys::TupleTableSlot) {
        // SAFETY: see insert().
        unsafe {
            let rules = (*(*self.relation).rd_att).constr;
            if !rules.is_null() && (*rules).has_generated_stored {
                compute_generated(self.result, self.state, slot);
            }
            if !rules.is_null() {
                pg_sys::ExecConstraints(self.result, slot, self.state);
            }
            if (*(*self.relation).rd_rel).relispartition {
                pg_sys::ExecPartitionCheck(self.result, slot, self.state, true);
            }
        }
    }

    /// What follows a row that has been inserted: indexes, and triggers after it.
    unsafe fn complete(&self, slot: *mut pg_sys::TupleTableSlot) {
        // SAFETY: see insert().
        unsafe {
            let recheck = match (*self.result).ri_NumIndices {
                0 => ptr::null_mut(),
                _ => insert_index_entries(self.result, slot, self.state),
            };
            pg_sys::ExecARInsertTriggers(self.state, self.result, slot, recheck, self.transition);
        }
    }

    /// A row of the relation made of the values.
    unsafe fn slot(&self, values: &[Value<'_>]) -> Result<*mut pg_sys::TupleTableSlot, Fault> {
        // SAFETY: the slot has as many columns as there are sources.
        unsafe {
            let description = (*self.relation).rd_att;
            let slot = pg_sys::MakeSingleTupleTableSlot(description, &raw const pg_sys::TTSOpsVirtual);
            (*slot).tts_tableOid = (*self.relation).rd_id;
            for (index, source) in self.sources.iter().enumerate() {
                let value = source.value(values, &columns(&*description)[index], self.state)?;
                *(*slot).tts_isnull.add(index) = value.is_none();
                *(*slot).tts_values.add(index) = value.unwrap_or(pg_sys::Datum::null());
            }
            pg_sys::ExecStoreVirtualTuple(slot);
            Ok(slot)
        }
    }

    /// Fires what waits for the end of the statement, foreign keys among it.
    fn finish(self) {
        // SAFETY: all of it was made by begin() and is used no more.
        unsafe {
            pg_sys::ExecASInsertTriggers(self.state, self.result, self.transition);
            pg_sys::AfterTriggerEndQuery(self.state);
            pg_sys::PopActiveSnapshot();
            pg_sys::ExecCloseIndices(self.result);
            pg_sys::ExecResetTupleTable((*self.state).es_tupleTable, false);
            pg_sys::FreeExecutorState(self.state);
            close(self.relation);
            pg_sys::CommandCounterIncrement();
        }
    }
}

unsafe fn insert_index_entries(
    result: *mut pg_sys::ResultRelInfo,
    slot: *mut pg_sys::TupleTableSlot,
    state: *mut pg_sys::EState,
) -> *mut pg_sys::List {
    // SAFETY: the row has just been inserted, and the indexes are open.
    unsafe {
        pg_sys::ExecInsertIndexTuples(
            result,
            slot,
            state,
            false,
            false,
            ptr::null_mut(),
            ptr::null_mut(),
            #[cfg(not(feature = "pg15"))]
            false,
        )
    }
}

/// Whether no row has the place of this one. A transaction that can't see the row which has it fails,
/// as it would with `on conflict do nothing`.
unsafe fn has_place(
    relation: pg_sys::Relation,
    result: *mut pg_sys::ResultRelInfo,
    slot: *mut pg_sys::TupleTableSlot,
    state: *mut pg_sys::EState,
    arbiters: *mut pg_sys::List,
) -> Result<bool, Fault> {
    let mut taken_by = pg_sys::ItemPointerData::default();
    // SAFETY: the indexes are open for speculation.
    let is_free = unsafe {
        pg_sys::ExecCheckIndexConstraints(
            result,
            slot,
            state,
            &mut taken_by,
            #[cfg(feature = "pg18")]
            &mut (*slot).tts_tid,
            arbiters,
        )
    };
    match !is_free && sees_one_moment() && !is_visible(relation, &mut taken_by) {
        true => Err(serialization_failure()),
        false => Ok(is_free),
    }
}

fn is_visible(relation: pg_sys::Relation, row: pg_sys::ItemPointer) -> bool {
    // SAFETY: the relation is open; the slot is made for it and dropped again.
    unsafe {
        let slot = pg_sys::table_slot_create(relation, ptr::null_mut());
        let snapshot = pg_sys::GetTransactionSnapshot();
        let is_visible = (*(*relation).rd_tableam)
            .tuple_fetch_row_version
            .is_some_and(|fetch| pg_guard_ffi_boundary(|| fetch(relation, row, snapshot, slot)));
        pg_sys::ExecDropSingleTupleTableSlot(slot);
        is_visible
    }
}

unsafe fn compute_generated(
    result: *mut pg_sys::ResultRelInfo,
    state: *mut pg_sys::EState,
    slot: *mut pg_sys::TupleTableSlot,
) {
    // Postgres exports it, but pgrx does not name it.
    unsafe extern "C-unwind" {
        fn ExecComputeStoredGenerated(
            result: *mut pg_sys::ResultRelInfo,
            state: *mut pg_sys::EState,
            slot: *mut pg_sys::TupleTableSlot,
            command: pg_sys::CmdType::Type,
        );
    }
    // SAFETY: the slot holds a row of the relation.
    unsafe {
        pg_guard_ffi_boundary(|| {
            ExecComputeStoredGenerated(result, state, slot, pg_sys::CmdType::CMD_INSERT)
        });
    }
}
