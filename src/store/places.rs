//! Where sessions take place, as far as their own rows say so.

use super::columns;
use crate::fault::Fault;
use crate::postgres::convert::{sql_uuids, uuid};
use crate::postgres::statement::{Connection, run, statements};
use peer_exchange_rules::place::Place;
use std::collections::BTreeMap;
use uuid::Uuid;

statements! {
    WRITTEN_PLACES = Reads concat!(
        "select session.id, ",
        include_str!("../../sql/query/written_places.sql"),
        " from public.client_sessions as session where session.id = any ($1)");
}

/// What is written of this session.
pub fn written_of(connection: &mut Connection<'_>, session_id: Uuid) -> Result<Option<Place>, Fault> {
    Ok(written(connection, &[session_id])?.remove(&session_id))
}

/// Those of these sessions that say where they take place.
pub fn written(
    connection: &mut Connection<'_>,
    session_ids: &[Uuid],
) -> Result<BTreeMap<Uuid, Place>, Fault> {
    let rows = run(connection, &WRITTEN_PLACES, &[sql_uuids(session_ids).into()])?;
    rows.filter_map(|row| {
        let place = columns::written_place(&row).transpose()?;
        Some(place.and_then(|place| Ok((uuid(row.required("id")?), place))))
    })
    .collect()
}
