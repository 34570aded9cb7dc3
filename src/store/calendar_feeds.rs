//! The feeds by which people's calendars read their sessions.

use crate::fault::Fault;
use crate::postgres::convert::{instant, sql_uuid, uuid};
use crate::postgres::statement::{Connection, Row, first_row, run, statements};
use chrono::{DateTime, Utc};
use pgrx::datum::TimestampWithTimeZone;
use uuid::Uuid;

statements! {
    CREATE_FEED = Writes include_str!("../../sql/query/create_calendar_feed.sql");
    REVOKE_FEED = Writes include_str!("../../sql/query/revoke_calendar_feed.sql");
    FEED_OF_PERSON = Reads include_str!("../../sql/query/calendar_feed_of_person.sql");
    PERSON_OF_FEED = Reads include_str!("../../sql/query/person_of_calendar_feed.sql");
}

/// A feed that has just been made.
pub struct NewFeed {
    /// By which it is read; nobody can say it again.
    pub secret: String,
    pub created_at: DateTime<Utc>,
}

/// What a person knows of her own.
pub struct OwnFeed {
    pub created_at: Option<DateTime<Utc>>,
    /// Whether feeds are read without signing in.
    pub is_open: bool,
}

/// Makes a feed in the place of a former one; `None` where the person is not active.
pub fn create(connection: &mut Connection<'_>, person_id: Uuid) -> Result<Option<NewFeed>, Fault> {
    first_row(run(connection, &CREATE_FEED, &[sql_uuid(person_id).into()])?)
        .map(|row| {
            Ok(NewFeed {
                secret: row.required("secret")?,
                created_at: instant(row.required("created_at")?),
            })
        })
        .transpose()
}

/// Whether there was one.
pub fn revoke(connection: &mut Connection<'_>, person_id: Uuid) -> Result<bool, Fault> {
    Ok(run(connection, &REVOKE_FEED, &[sql_uuid(person_id).into()])?.len() > 0)
}

pub fn of_person(connection: &mut Connection<'_>, person_id: Uuid) -> Result<OwnFeed, Fault> {
    let row = first_row(run(connection, &FEED_OF_PERSON, &[sql_uuid(person_id).into()])?)
        .ok_or_else(|| Fault::invariant_violated("nobody knows whether there is a feed"))?;
    let created_at: Option<TimestampWithTimeZone> = row.optional("created_at")?;
    Ok(OwnFeed {
        created_at: created_at.map(instant),
        is_open: row.required("is_open")?,
    })
}

/// Whose feed is read by this secret.
pub fn person(connection: &mut Connection<'_>, secret: &str) -> Result<Option<Uuid>, Fault> {
    let person_id = |row: Row<'_>| Ok(uuid(row.required("person_id")?));
    first_row(run(connection, &PERSON_OF_FEED, &[secret.into()])?)
        .map(person_id)
        .transpose()
}
