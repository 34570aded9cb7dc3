//! Between Postgres' representation of ids, dates and times and that of the rules.

use crate::domain::schedule::Period;
use crate::fault::Fault;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};
use pgrx::datum::{Date, Range, RangeBound, Time, Timestamp, TimestampWithTimeZone};
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

pub fn sql_period(period: &Period) -> Result<Range<TimestampWithTimeZone>, Fault> {
    Ok(Range::new(
        RangeBound::Inclusive(sql_instant(period.starts_at)?),
        RangeBound::Exclusive(sql_instant(period.ends_at)?),
    ))
}

/// The time of day that it is now, and not, as `now()`, when the transaction began.
pub fn clock_timestamp() -> TimestampWithTimeZone {
    // SAFETY: reads the clock.
    let microseconds = unsafe { pg_sys::GetCurrentTimestamp() };
    TimestampWithTimeZone::try_from(microseconds).expect("the clock shows an instant that Postgres knows")
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

pub fn wall_clock(timestamp: Timestamp) -> NaiveDateTime {
    let microseconds: pg_sys::Timestamp = timestamp.into();
    match POSTGRES_EPOCH.checked_add_signed(TimeDelta::microseconds(microseconds)) {
        Some(wall_clock) => wall_clock,
        None if microseconds < 0 => NaiveDateTime::MIN,
        None => NaiveDateTime::MAX,
    }
}
