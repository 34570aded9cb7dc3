//! A row of an application's table, read by the names of its columns.

use super::convert::{instant, uuid};
use super::relation::{columns, position};
use crate::domain::account::OutOfRange;
use crate::domain::schedule::Period;
use crate::fault::Fault;
use chrono::{DateTime, Utc};
use pgrx::datum::{FromDatum, IntoDatum, Range, RangeBound, Timestamp, TimestampWithTimeZone};
use pgrx::{direct_function_call, pg_sys};
use std::ffi::CStr;
use uuid::Uuid;

/// A row, while its reader looks at it.
pub struct Record<'a> {
    pub description: &'a pg_sys::TupleDescData,
    pub values: &'a [pg_sys::Datum],
    pub nulls: &'a [bool],
}

impl Record<'_> {
    /// A column of any type that reads as text.
    pub fn text(&self, column: &str) -> Result<Option<String>, Fault> {
        let Some((value, type_oid)) = self.value(column)? else {
            return Ok(None);
        };
        // SAFETY: the value is of this type.
        unsafe {
            if matches!(type_oid, pg_sys::TEXTOID | pg_sys::VARCHAROID) {
                return Ok(String::from_datum(value, false));
            }
            let (mut output, mut is_varlena) = (pg_sys::InvalidOid, false);
            pg_sys::getTypeOutputInfo(type_oid, &mut output, &mut is_varlena);
            let written = CStr::from_ptr(pg_sys::OidOutputFunctionCall(output, value)).to_string_lossy();
            Ok(Some(match type_oid {
                // As a cast to text would have it.
                pg_sys::BPCHAROID => written.trim_end_matches(' ').to_owned(),
                _ => written.into_owned(),
            }))
        }
    }

    pub fn integer(&self, column: &str) -> Result<Option<i32>, Fault> {
        let Some((value, type_oid)) = self.value(column)? else {
            return Ok(None);
        };
        // SAFETY: the value is of this type.
        let number = match type_oid {
            pg_sys::INT8OID => unsafe { i64::from_datum(value, false) },
            _ => unsafe { i32::from_datum(value, false) }.map(i64::from),
        };
        match number.map(i32::try_from) {
            Some(Ok(number)) => Ok(Some(number)),
            _ => Err(OutOfRange.into()),
        }
    }

    pub fn boolean(&self, column: &str) -> Result<Option<bool>, Fault> {
        self.of_its_type(column)
    }

    pub fn uuid(&self, column: &str) -> Result<Option<Uuid>, Fault> {
        Ok(self.of_its_type(column)?.map(uuid))
    }

    /// An instant; one without a time zone is one of the connection's, as in a cast.
    pub fn instant(&self, column: &str) -> Result<Option<DateTime<Utc>>, Fault> {
        let Some((value, type_oid)) = self.value(column)? else {
            return Ok(None);
        };
        // SAFETY: the value is of this type, and the function takes such a value.
        let found: Option<TimestampWithTimeZone> = unsafe {
            match type_oid {
                pg_sys::TIMESTAMPOID => {
                    let local = Timestamp::from_datum(value, false).and_then(IntoDatum::into_datum);
                    direct_function_call(pg_sys::timestamp_timestamptz, &[local])
                }
                _ => TimestampWithTimeZone::from_datum(value, false),
            }
        };
        Ok(found.map(instant))
    }

    /// A period with both its ends.
    pub fn period(&self, column: &str) -> Result<Option<Period>, Fault> {
        let range: Option<Range<TimestampWithTimeZone>> = self.of_its_type(column)?;
        Ok(range.and_then(|range| match (range.lower()?, range.upper()?) {
            (
                RangeBound::Inclusive(start) | RangeBound::Exclusive(start),
                RangeBound::Inclusive(end) | RangeBound::Exclusive(end),
            ) => Some(Period {
                starts_at: instant(*start),
                ends_at: instant(*end),
            }),
            _ => None,
        }))
    }

    /// A column whose type setup() insists on.
    fn of_its_type<T: FromDatum>(&self, column: &str) -> Result<Option<T>, Fault> {
        let value = self.value(column)?;
        // SAFETY: the value is of this type.
        Ok(value.and_then(|(value, _)| unsafe { T::from_datum(value, false) }))
    }

    fn value(&self, column: &str) -> Result<Option<(pg_sys::Datum, pg_sys::Oid)>, Fault> {
        let index = position(self.description, column).ok_or_else(|| {
            Fault::broken_promise(format!("a table lacks its column {column}"))
                .with_hint("Run peer_exchange.setup().")
        })?;
        // SAFETY: asks the catalog for what a domain is based on.
        let type_oid = unsafe { pg_sys::getBaseType(columns(self.description)[index].atttypid) };
        Ok((!self.nulls[index]).then_some((self.values[index], type_oid)))
    }
}
