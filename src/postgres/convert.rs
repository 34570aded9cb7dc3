//! Between Postgres' representation of ids, dates and times and that of the rules.

use crate::fault::Fault;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};
use pgrx::datum::{Date, Time, Timestamp, TimestampWithTimeZone};
use pgrx::pg_sys;
use uuid::Uuid;

const POSTGRES_EPOCH: NaiveDateTime = NaiveDate::from_ymd_opt(2000, 1, 1)
    .expect("a date")
    .and_time(NaiveTime::MIN);

pub fn sql_uuid(id: Uuid) -> pgrx::Uuid {
    pgrx::Uuid::from_bytes(id.into_bytes())
}

pub fn sql_uuids(ids: &[Uuid]) -> Vec<pgrx::Uuid> {
    ids.iter().copied().map(sql_uuid).collect()
}

pub fn uuid(id: pgrx::Uuid) -> Uuid {
    Uuid::from_bytes(*id.as_bytes())
}

pub fn sql_date(date: NaiveDate) -> Result<Date, Fault> {
    let days = (date - POSTGRES_EPOCH.date()).num_days();
    i32::try_from(days)
        .ok()
        .and_then(|days| Date::try_from(days).ok())
        .ok_or_else(|| Fault::broken_promise("a date that Postgres does not know"))
}

pub fn date(date: Date) -> NaiveDate {
    crate::argument::calendar_date(date)
}

pub fn sql_time(time: NaiveTime) -> Result<Time, Fault> {
    let microseconds =
        i64::from(time.num_seconds_from_midnight()) * 1_000_000 + i64::from(time.nanosecond() / 1_000);
    Time::try_from(microseconds).map_err(|_| Fault::broken_promise("a time that Postgres does not know"))
}

pub fn time(time: Time) -> NaiveTime {
    let microseconds: pg_sys::TimeADT = time.into();
    // 24:00 is the last moment of its day, which chrono can't say.
    NaiveTime::MIN
        .overflowing_add_signed(TimeDelta::microseconds(microseconds))
        .0
}

pub fn sql_instant(instant: DateTime<Utc>) -> Result<TimestampWithTimeZone, Fault> {
    let microseconds = (instant - POSTGRES_EPOCH.and_utc())
        .num_microseconds()
        .ok_or_else(|| Fault::broken_promise("an instant that Postgres does not know"))?;
    TimestampWithTimeZone::try_from(microseconds)
        .map_err(|_| Fault::broken_promise("an instant that Postgres does not know"))
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
        .ok_or_else(|| Fault::broken_promise("a wall clock that Postgres does not know"))
}

pub fn wall_clock(timestamp: Timestamp) -> NaiveDateTime {
    let microseconds: pg_sys::Timestamp = timestamp.into();
    match POSTGRES_EPOCH.checked_add_signed(TimeDelta::microseconds(microseconds)) {
        Some(wall_clock) => wall_clock,
        None if microseconds < 0 => NaiveDateTime::MIN,
        None => NaiveDateTime::MAX,
    }
}
