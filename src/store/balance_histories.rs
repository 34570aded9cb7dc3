//! What a person's ledger rows say of her balance, day by day.

use crate::fault::Fault;
use crate::postgres::convert::{date, sql_date, sql_uuid};
use crate::postgres::statement::{Connection, Row, first_row, run, statements};
use chrono::NaiveDate;
use peer_exchange_rules::balance_history::{BalanceHistory, DayOfBalance, Period};
use uuid::Uuid;

statements! {
    CALENDAR = Reads include_str!("../../sql/query/calendar_of_person.sql");
    HISTORY = Reads include_str!("../../sql/query/balance_history.sql");
}

/// Whose days are meant when somebody speaks of days.
pub struct Calendar {
    pub timezone: String,
    pub today: NaiveDate,
}

pub fn calendar(connection: &mut Connection<'_>, person_id: Uuid) -> Result<Calendar, Fault> {
    let row = first_row(run(connection, &CALENDAR, &[sql_uuid(person_id).into()])?)
        .ok_or_else(|| Fault::invariant_violated("a person has no time zone, not even the setting's"))?;
    Ok(Calendar {
        timezone: row.required("timezone")?,
        today: date(row.required("today")?),
    })
}

pub fn load(
    connection: &mut Connection<'_>,
    person_id: Uuid,
    period: Period,
    timezone: String,
) -> Result<BalanceHistory, Fault> {
    let arguments = [
        sql_uuid(person_id).into(),
        sql_date(period.first_day)?.into(),
        sql_date(period.last_day)?.into(),
        timezone.as_str().into(),
    ];
    let days = run(connection, &HISTORY, &arguments)?
        .map(|row| day(&row))
        .collect::<Result<_, _>>()?;
    Ok(BalanceHistory {
        timezone,
        period,
        days,
    })
}

fn day(row: &Row<'_>) -> Result<DayOfBalance, Fault> {
    Ok(DayOfBalance {
        day: date(row.required("day")?),
        balance: row.required("balance")?,
        held: row.required("held")?,
        owed: row.required("owed")?,
        earned: row.required("earned")?,
        spent: row.required("spent")?,
        other: row.required("other")?,
    })
}
