//! Replies about people's calendars.

use super::{Reply, reply};
use crate::fault::Fault;
use crate::store::calendar_feeds::{NewFeed, OwnFeed};
use peer_exchange_rules::session_time::instant;
use serde::Serialize;
use uuid::Uuid;

#[derive(Serialize)]
struct OfSession<'a> {
    success: bool,
    session_id: Uuid,
    calendar: &'a str,
}

/// A session as an iCalendar object.
pub fn of_session(session_id: Uuid, calendar: &str) -> Result<Reply, Fault> {
    reply(&OfSession {
        success: true,
        session_id,
        calendar,
    })
}

#[derive(Serialize)]
struct Created<'a> {
    success: bool,
    secret: &'a str,
    created_at: String,
}

/// A feed was made.
pub fn new_feed(feed: &NewFeed) -> Result<Reply, Fault> {
    reply(&Created {
        success: true,
        secret: &feed.secret,
        created_at: instant(feed.created_at),
    })
}

#[derive(Serialize)]
struct Revoked {
    success: bool,
    revoked: bool,
}

/// There is none any more.
pub fn revoked_feed(was_there: bool) -> Result<Reply, Fault> {
    reply(&Revoked {
        success: true,
        revoked: was_there,
    })
}

#[derive(Serialize)]
struct Own {
    created_at: Option<String>,
    is_open: bool,
}

/// What a person knows of her feed.
pub fn own_feed(feed: &OwnFeed) -> Result<Reply, Fault> {
    reply(&Own {
        created_at: feed.created_at.map(instant),
        is_open: feed.is_open,
    })
}
