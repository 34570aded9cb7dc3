//! What people have been told, as they read it.

use crate::fault::Fault;
use crate::postgres::convert::{sql_uuid, sql_uuids};
use crate::postgres::statement::{Connection, run, statements};
use uuid::Uuid;

statements! {
    MARK_READ = Writes include_str!("../../sql/query/mark_notifications_read.sql");
}

/// Marks those of these notifications as read that are this person's and unread, and counts them.
pub fn mark_read(
    connection: &mut Connection<'_>,
    recipient_id: Uuid,
    notification_ids: &[Uuid],
) -> Result<usize, Fault> {
    let arguments = [sql_uuid(recipient_id).into(), sql_uuids(notification_ids).into()];
    Ok(run(connection, &MARK_READ, &arguments)?.len())
}
