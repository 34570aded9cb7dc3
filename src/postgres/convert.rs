//! Between Postgres' representation of ids, dates and times and that of the rules.

use crate::fault::Fault;
use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};
use pgrx::datum::{Date, Time, Timestamp, TimestampWithTimeZone};
use pgrx::pg_sys;
use uuid::Uuid;

const POSTGRES_EPOCH: NaiveDateTime = NaiveDate::from_ymd_opt(2000, 1, 1)
    .expect("a date")
    .and_time(NaiveTime::MIN);

/// The dates within which Postgres' time zones can be asked; whatever lies beyond, `infinity` included, is as far in
/// the past or in the future as one of them.
const FIRST_DATE: NaiveDate = NaiveDate::from_ymd_opt(1, 1, 1).expect("a date");
const LAST_DATE: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a date");

pub fn sql_uuid(id: Uuid) -> pgrx::Uuid {
    pgrx::Uuid::from_bytes(id.into_bytes())
}

pub fn sql_uuids(ids: &[Uuid]) -> Vec<pgrx::Uuid> {
    ids.iter().copied().map(sql_uuid).collect()
}

pub fn uuid(id: pgrx::Uuid) -> Uuid {
    Uuid::from_bytes(*id.as_bytes())
}

/// The ids of an array argument, but for NULLs.
pub fn uuids(ids: Vec<Option<pgrx::Uuid>>) -> Vec<Uuid> {
    ids.into_iter().flatten().map(uuid).collect()
}

pub fn sql_date(date: NaiveDate) -> Result<Date, Fault> {
    let days = (date - POSTGRES_EPOCH.date()).num_days();
    i32::try_from(days)
        .ok()
        .and_then(|days| Date::try_from(days).ok())
        .ok_or_else(|| Fault::invariant_violated("a date that Postgres does not know"))
}

/// A date as the calendar knows it, `infinity` and the like drawn to the nearest such date.
pub fn date(date: Date) -> NaiveDate {
    let days_since_epoch: pg_sys::DateADT = date.into();
    let days = Days::new(u64::from(days_since_epoch.unsigned_abs()));
    if days_since_epoch < 0 {
        POSTGRES_EPOCH
            .date()
            .checked_sub_days(days)
            .map_or(FIRST_DATE, |date| date.max(FIRST_DATE))
    } else {
        POSTGRES_EPOCH
            .date()
            .checked_add_days(days)
            .map_or(LAST_DATE, |date| date.min(LAST_DATE))
    }
}

pub fn sql_time(time: NaiveTime) -> Result<Time, Fault> {
    let microseconds =
        i64::from(time.num_seconds_from_midnight()) * 1_000_000 + i64::from(time.nanosecond() / 1_000);
    Time::try_from(microseconds).map_err(|_| Fault::invariant_violated("a time that Postgres does not know"))
}

pub fn sql_instant(instant: DateTime<Utc>) -> Result<TimestampWithTimeZone, Fault> {
    let microseconds = (instant - POSTGRES_EPOCH.and_utc())
        .num_microseconds()
        .ok_or_else(|| Fault::invariant_violated("an instant that Postgres does not know"))?;
    TimestampWithTimeZone::try_from(microseconds)
        .map_err(|_| Fault::invariant_violated("an instant that Postgres does not know"))
}

/// `infinity` becomes the farthest instant there is.
pub fn instant(instant: TimestampWithTimeZone) -> DateTime<Utc> {
    let microseconds: pg_sys::TimestampTz = instant.into();
    match POSTGRES_EPOCH
        .and_utc()
        .checked_add_signed(TimeDelta::microseconds(microseconds))
    {
        Some(instant) => instant,
        None if microseconds < 0 => DateTime::<Utc>::MIN_UTC,
        None => DateTime::<Utc>::MAX_UTC,
    }
}

pub fn sql_wall_clocks(wall_clocks: &[NaiveDateTime]) -> Result<Vec<Timestamp>, Fault> {
    wall_clocks.iter().copied().map(sql_wall_clock).collect()
}

pub fn sql_wall_clock(wall_clock: NaiveDateTime) -> Result<Timestamp, Fault> {
    (wall_clock - POSTGRES_EPOCH)
        .num_microseconds()
        .and_then(|microseconds| Timestamp::try_from(microseconds).ok())
        .ok_or_else(|| Fault::invariant_violated("a wall clock that Postgres does not know"))
}

pub fn wall_clock(timestamp: Timestamp) -> NaiveDateTime {
    let microseconds: pg_sys::Timestamp = timestamp.into();
    match POSTGRES_EPOCH.checked_add_signed(TimeDelta::microseconds(microseconds)) {
        Some(wall_clock) => wall_clock,
        None if microseconds < 0 => NaiveDateTime::MIN,
        None => NaiveDateTime::MAX,
    }
}
