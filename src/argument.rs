//! Argument types of the functions that SQL calls, and the limits of their texts.

use crate::fault::Fault;
use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};
use pgrx::callconv::{Arg, ArgAbi};
use pgrx::nullable::Nullable;
use pgrx::pg_sys;
use pgrx::pgrx_sql_entity_graph::metadata::{
    ArgumentError, ReturnsError, ReturnsRef, SqlMappingRef, SqlTranslatable, TypeOrigin,
};
use uuid::Uuid;

pub const MAX_IDEMPOTENCY_KEY_CHARACTERS: usize = 255;
pub const MAX_NOTES_CHARACTERS: usize = 10_000;
pub const MAX_REASON_CHARACTERS: usize = 2_000;
pub const MAX_SEARCH_CHARACTERS: usize = 200;
pub const MAX_SESSION_TYPE_CHARACTERS: usize = 200;

/// The dates within which Postgres' time zones can be asked; whatever lies beyond, `infinity`
/// included, is as far in the past or in the future as one of them.
const FIRST_DATE: NaiveDate = NaiveDate::from_ymd_opt(1, 1, 1).expect("a date");
const LAST_DATE: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a date");
const POSTGRES_EPOCH: NaiveDate = NaiveDate::from_ymd_opt(2000, 1, 1).expect("a date");

/// A `time`, `24:00:00` included, which pgrx's own type turns into midnight.
#[derive(Debug, Clone, Copy)]
pub struct TimeOfDay {
    microseconds: i64,
}

impl TimeOfDay {
    /// The time of day; a fault for `24:00:00`, which is a time of the next day.
    pub fn checked(self, parameter: &str) -> Result<NaiveTime, Fault> {
        let since_midnight = TimeDelta::microseconds(self.microseconds);
        if since_midnight >= TimeDelta::days(1) {
            return Err(
                Fault::invalid_argument(format!("{parameter} must be before 24:00"))
                    .with_hint("Midnight is 00:00 of the next day."),
            );
        }
        Ok(NaiveTime::MIN + since_midnight)
    }
}

// SAFETY: a `time` is passed by value, as microseconds since midnight.
unsafe impl<'fcx> ArgAbi<'fcx> for TimeOfDay {
    unsafe fn unbox_arg_unchecked(arg: Arg<'_, 'fcx>) -> Self {
        // SAFETY: the argument is declared as a `time` and has been checked not to be null.
        unsafe { arg.unbox_arg_using_from_datum::<i64>() }
            .map(|microseconds| TimeOfDay { microseconds })
            .expect("a time that is not null")
    }

    unsafe fn unbox_nullable_arg(arg: Arg<'_, 'fcx>) -> Nullable<Self> {
        // SAFETY: the argument is declared as a `time`.
        unsafe { arg.unbox_arg_using_from_datum::<i64>() }
            .map(|microseconds| TimeOfDay { microseconds })
            .into()
    }
}

// SAFETY: names the SQL type whose representation the implementation above reads.
unsafe impl SqlTranslatable for TimeOfDay {
    const TYPE_IDENT: &'static str = pgrx::pgrx_resolved_type!(TimeOfDay);
    const TYPE_ORIGIN: TypeOrigin = TypeOrigin::External;
    const ARGUMENT_SQL: Result<SqlMappingRef, ArgumentError> = Ok(SqlMappingRef::literal("time"));
    const RETURN_SQL: Result<ReturnsRef, ReturnsError> = Ok(ReturnsRef::One(SqlMappingRef::literal("time")));
}

/// A `date` as the calendar knows it, `infinity` and the like drawn to the nearest such date.
pub fn calendar_date(date: pgrx::datum::Date) -> NaiveDate {
    let days_since_epoch: pg_sys::DateADT = date.into();
    let days = Days::new(u64::from(days_since_epoch.unsigned_abs()));
    if days_since_epoch < 0 {
        POSTGRES_EPOCH
            .checked_sub_days(days)
            .map_or(FIRST_DATE, |date| date.max(FIRST_DATE))
    } else {
        POSTGRES_EPOCH
            .checked_add_days(days)
            .map_or(LAST_DATE, |date| date.min(LAST_DATE))
    }
}

pub fn person_id(id: Option<pgrx::Uuid>) -> Option<Uuid> {
    id.map(|id| Uuid::from_bytes(*id.as_bytes()))
}

/// How many elements a page shall have; a fault where that is out of bounds.
pub fn page_size(parameter: &str, size: i32, max: i32) -> Result<usize, Fault> {
    usize::try_from(size)
        .ok()
        .filter(|_| (1..=max).contains(&size))
        .ok_or_else(|| Fault::invalid_argument(format!("{parameter} must be between 1 and {max}")))
}

/// A text within its limit; a fault beyond it, before anything is looked up or written.
pub fn limited_text<'a>(parameter: &str, text: &'a str, max_characters: usize) -> Result<&'a str, Fault> {
    // The bytes alone settle nearly every case.
    if text.len() > max_characters && text.chars().count() > max_characters {
        return Err(Fault::invalid_argument(format!(
            "{parameter} must not be longer than {max_characters} characters"
        )));
    }
    Ok(text)
}

/// A text within its limit that must say something.
pub fn required_text<'a>(
    parameter: &str,
    text: Option<&'a str>,
    max_characters: usize,
) -> Result<&'a str, Fault> {
    let text = text.ok_or_else(|| Fault::null_argument(parameter))?;
    optional_text(parameter, Some(text), max_characters)?
        .ok_or_else(|| Fault::invalid_argument(format!("{parameter} must say something")))
}

/// A text within its limit that says something; blank counts as not given.
pub fn optional_text<'a>(
    parameter: &str,
    text: Option<&'a str>,
    max_characters: usize,
) -> Result<Option<&'a str>, Fault> {
    match text.filter(|text| !text.trim().is_empty()) {
        Some(text) => limited_text(parameter, text, max_characters).map(Some),
        None => Ok(None),
    }
}
