//! What a practitioner is told when her session is rated.

use super::{Notification, at_the_beginning};
use crate::person::Person;
use crate::rating::{MAX_STARS, Rating};
use crate::session_time::SessionTime;
use uuid::Uuid;

pub fn rated_notice(
    session_time: &SessionTime,
    practitioner_id: Uuid,
    balance: i64,
    credits: i32,
    client: &Person,
    rating: &Rating,
) -> Notification {
    let Rating { stars, comment } = rating;
    let said = match comment {
        Some(comment) => format!(": {comment}"),
        None => ".".into(),
    };
    let body = format!(
        "{} gave the session with you{} {stars} of {MAX_STARS} stars{said}",
        at_the_beginning(&client.name),
        session_time.when(),
    );
    let title = "Session rated".into();
    let mut notice = session_time.notify(practitioner_id, title, body, credits, balance, &client.name);
    notice.payload.stars = Some(*stars);
    notice.payload.comment = comment.clone();
    notice
}
