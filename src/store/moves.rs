//! Sessions that are moved, and the record of it.

use super::columns;
use crate::fault::Fault;
use crate::postgres::convert::{sql_date, sql_instant, sql_time, sql_uuid, sql_uuids, uuid, wall_clock};
use crate::postgres::statement::{Connection, first_row, run, statements};
use peer_exchange_rules::reschedule::Move;
use peer_exchange_rules::session_time::SessionTime;
use pgrx::datum::TimestampWithTimeZone;
use std::collections::BTreeMap;
use uuid::Uuid;

statements! {
    MOVE_BY_KEY = Writes include_str!("../../sql/query/move_by_key.sql");
    RECORD_MOVE = Writes include_str!("../../sql/query/record_move.sql");
    BALANCES = Writes include_str!("../../sql/query/balances.sql");
}

/// The move of this session that was made under this key, and when.
pub fn find_by_key(
    connection: &mut Connection<'_>,
    session: &SessionTime,
    idempotency_key: &str,
) -> Result<Option<(Move, TimestampWithTimeZone)>, Fault> {
    let arguments = [
        sql_uuid(session.session_id).into(),
        idempotency_key.into(),
        session.timezone.as_str().into(),
    ];
    let Some(row) = first_row(run(connection, &MOVE_BY_KEY, &arguments)?) else {
        return Ok(None);
    };
    let former = Move {
        moved_by: row.optional("moved_by")?.map(uuid),
        before: SessionTime {
            timezone: row.required("previous_timezone")?,
            start: columns::start(&row, "previous_starts_at", "previous_local_start")?,
            ..session.clone()
        },
        asked: wall_clock(row.required("asked")?),
        after: SessionTime {
            timezone: row.required("timezone")?,
            start: columns::start(&row, "starts_at", "local_start")?,
            ..session.clone()
        },
        status: row.required("status")?,
    };
    Ok(Some((former, row.required("moved_at")?)))
}

/// Writes down that it was moved.
pub fn record(
    connection: &mut Connection<'_>,
    moved: &Move,
    idempotency_key: Option<&str>,
) -> Result<(), Fault> {
    let known = |time: &SessionTime| {
        time.start
            .ok_or_else(|| Fault::invariant_violated("a session was moved from or to no time"))
    };
    let (before, after) = (known(&moved.before)?, known(&moved.after)?);
    let arguments = [
        sql_uuid(Uuid::now_v7()).into(),
        sql_uuid(moved.after.session_id).into(),
        moved.moved_by.map(sql_uuid).into(),
        sql_date(before.date())?.into(),
        sql_time(before.time())?.into(),
        sql_instant(before.at)?.into(),
        moved.before.timezone.as_str().into(),
        sql_date(moved.asked.date())?.into(),
        sql_time(moved.asked.time())?.into(),
        sql_instant(after.at)?.into(),
        moved.after.timezone.as_str().into(),
        moved.status.as_str().into(),
        idempotency_key.into(),
    ];
    run(connection, &RECORD_MOVE, &arguments)?;
    Ok(())
}

/// What these people have, to be told with the news.
pub fn balances(connection: &mut Connection<'_>, ids: &[Uuid]) -> Result<BTreeMap<Uuid, i64>, Fault> {
    run(connection, &BALANCES, &[sql_uuids(ids).into()])?
        .map(|row| Ok((uuid(row.required("user_id")?), row.required("balance")?)))
        .collect()
}
