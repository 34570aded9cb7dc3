//! Rows found by an index and read without a statement: a booking looks into five tables, and to
//! start a statement that joins them takes longer than to look.

use super::convert::{sql_date, sql_instant, sql_period, sql_uuid};
use super::record::Record;
use super::relation::{close, columns, index_ids, open, position, whole_index};
use crate::domain::schedule::Period;
use crate::fault::Fault;
use chrono::{DateTime, NaiveDate, Utc};
use pgrx::datum::IntoDatum;
use pgrx::pg_sys;
use std::ffi::CStr;
use uuid::Uuid;

/// What is looked for: rows that belong to an id, and near a time if that narrows them down.
pub struct Search<'a> {
    pub table: &'a CStr,
    pub belonging_to: (&'a str, Uuid),
    pub near: Option<Near<'a>>,
    /// The index of ours that finds them, and its columns. It may hold some rows alone, but holds all
    /// that are looked for.
    pub index: Option<(&'a CStr, &'a [&'a str])>,
}

pub enum Near<'a> {
    Overlapping(&'a str, Period),
    EndingAfter(&'a str, DateTime<Utc>),
    /// On days from one to another, both included.
    OnDays(&'a str, NaiveDate, NaiveDate),
}

impl Search<'_> {
    /// Reads the rows that belong to the id; of those that are not near, some may be among them.
    pub fn read<T>(&self, read: impl Fn(&Record<'_>) -> Result<Option<T>, Fault>) -> Result<Vec<T>, Fault> {
        let relation = open(self.table, pg_sys::AccessShareLock)?;
        // SAFETY: the relation is open until the end of this function, and its description with it.
        let description = unsafe { &*(*relation).rd_att };
        let mut conditions = self.conditions(description)?;
        let index = self.index(relation, description, conditions[0].column);
        if let Some((_, indexed)) = &index {
            conditions.retain(|condition| indexed.contains(&condition.column));
        }
        let mut keys: Vec<pg_sys::ScanKeyData> = conditions.iter().map(Condition::key).collect();
        let found = scan(relation, description, index.map(|(id, _)| id), &mut keys, read);
        close(relation);
        found
    }

    fn conditions(&self, description: &pg_sys::TupleDescData) -> Result<Vec<Condition>, Fault> {
        let (column, id) = self.belonging_to;
        let is_same = (pg_sys::BTEqualStrategyNumber, pg_sys::F_UUID_EQ);
        let mut conditions = vec![condition(description, column, is_same, sql_uuid(id))?];
        match &self.near {
            None => (),
            Some(Near::Overlapping(column, period)) => {
                let overlaps = (pg_sys::RTOverlapStrategyNumber, pg_sys::F_RANGE_OVERLAPS);
                conditions.push(condition(description, column, overlaps, sql_period(period)?)?);
            }
            Some(Near::EndingAfter(column, instant)) => {
                let is_later = (pg_sys::BTGreaterStrategyNumber, pg_sys::F_TIMESTAMPTZ_GT);
                let later = condition(description, column, is_later, sql_instant(*instant)?)?;
                // An application may keep its calendar without time zones; the reader knows.
                if columns(description)[later.column].atttypid == pg_sys::TIMESTAMPTZOID {
                    conditions.push(later);
                }
            }
            Some(Near::OnDays(column, first, last)) => {
                let is_not_before = (pg_sys::BTGreaterEqualStrategyNumber, pg_sys::F_DATE_GE);
                let is_not_after = (pg_sys::BTLessEqualStrategyNumber, pg_sys::F_DATE_LE);
                conditions.push(condition(description, column, is_not_before, sql_date(*first)?)?);
                conditions.push(condition(description, column, is_not_after, sql_date(*last)?)?);
            }
        }
        Ok(conditions)
    }

    /// The index to look into, and its columns: ours, else one that begins with the id. Without one
    /// the whole table is looked through.
    fn index(
        &self,
        relation: pg_sys::Relation,
        description: &pg_sys::TupleDescData,
        column: usize,
    ) -> Option<(pg_sys::Oid, Vec<usize>)> {
        let ids = index_ids(relation);
        if let Some((name, names)) = self.index {
            // SAFETY: asks the catalog.
            let ours =
                unsafe { pg_sys::get_relname_relid(name.as_ptr(), (*(*relation).rd_rel).relnamespace) };
            if ids.contains(&ours) {
                let indexed = names.iter().filter_map(|name| position(description, name));
                return Some((ours, indexed.collect()));
            }
        }
        ids.into_iter()
            .filter_map(|id| Some((id, whole_index(id)?.columns)))
            .find(|(_, indexed)| indexed.first() == Some(&column))
    }
}

/// A condition on a column, as an index or a scan of the whole table checks it.
struct Condition {
    column: usize,
    strategy: u32,
    function: u32,
    value: pg_sys::Datum,
}

fn condition(
    description: &pg_sys::TupleDescData,
    column: &str,
    (strategy, function): (u32, u32),
    value: impl IntoDatum,
) -> Result<Condition, Fault> {
    match (position(description, column), value.into_datum()) {
        (Some(column), Some(value)) => Ok(Condition {
            column,
            strategy,
            function,
            value,
        }),
        _ => Err(
            Fault::broken_promise(format!("a table lacks its column {column}"))
                .with_hint("Run peer_exchange.setup()."),
        ),
    }
}

impl Condition {
    fn key(&self) -> pg_sys::ScanKeyData {
        let mut key = pg_sys::ScanKeyData::default();
        // SAFETY: fills the key with a column, a strategy and the function that belongs to it.
        unsafe {
            pg_sys::ScanKeyInit(
                &mut key,
                self.column as i16 + 1,
                self.strategy as u16,
                pg_sys::Oid::from(self.function),
                self.value,
            );
        }
        key
    }
}

fn scan<T>(
    relation: pg_sys::Relation,
    description: &pg_sys::TupleDescData,
    index: Option<pg_sys::Oid>,
    keys: &mut [pg_sys::ScanKeyData],
    read: impl Fn(&Record<'_>) -> Result<Option<T>, Fault>,
) -> Result<Vec<T>, Fault> {
    let width = description.natts as usize;
    let (mut values, mut nulls) = (vec![pg_sys::Datum::null(); width], vec![true; width]);
    let mut found = Vec::new();
    // SAFETY: the keys are conditions on columns of the relation and, with an index, of the index. The
    // snapshot is younger than every lock that was taken before.
    unsafe {
        pg_sys::PushActiveSnapshot(pg_sys::GetTransactionSnapshot());
        let scan = pg_sys::systable_beginscan(
            relation,
            index.unwrap_or(pg_sys::InvalidOid),
            index.is_some(),
            pg_sys::GetActiveSnapshot(),
            keys.len() as i32,
            keys.as_mut_ptr(),
        );
        loop {
            let row = pg_sys::systable_getnext(scan);
            if row.is_null() {
                break;
            }
            let description = (*relation).rd_att;
            pg_sys::heap_deform_tuple(row, description, values.as_mut_ptr(), nulls.as_mut_ptr());
            found.extend(read(&Record {
                description: &*description,
                values: &values,
                nulls: &nulls,
            })?);
        }
        pg_sys::systable_endscan(scan);
        pg_sys::PopActiveSnapshot();
    }
    Ok(found)
}
