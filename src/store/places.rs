//! Where a session takes place, as far as its own row says so.

use super::columns;
use crate::fault::Fault;
use crate::postgres::convert::sql_uuid;
use crate::postgres::statement::{Connection, first_row, run, statements};
use peer_exchange_rules::place::Place;
use uuid::Uuid;

statements! {
    WRITTEN_PLACES = Reads concat!(
        "select ",
        include_str!("../../sql/query/written_places.sql"),
        " from public.client_sessions as session where session.id = $1");
}

pub fn written(connection: &mut Connection<'_>, session_id: Uuid) -> Result<Option<Place>, Fault> {
    match first_row(run(connection, &WRITTEN_PLACES, &[sql_uuid(session_id).into()])?) {
        Some(row) => columns::written_place(&row),
        None => Ok(None),
    }
}
