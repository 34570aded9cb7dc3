//! The end of a request that nobody accepted in time: its client has her credits again, and both are told.

use crate::fault::Fault;
use crate::store::accounts::{self, Purpose};
use crate::store::sessions::Session;
use crate::store::{Connection, moves, notifications, people, requests};
use peer_exchange_rules::notification::Notification;
use peer_exchange_rules::notification::request::{expired_notice_to_client, expired_notice_to_practitioner};
use peer_exchange_rules::request::ExpiredRequest;
use uuid::Uuid;

/// Those of a person who is deleted, all of whose sessions are locked, but for those that are cancelled now.
pub fn of_departing_person(
    connection: &mut Connection<'_>,
    person_id: Uuid,
    upcoming: &[Session],
) -> Result<Vec<ExpiredRequest>, Fault> {
    let mut expired = requests::of_departing_person(connection, person_id)?;
    expired.retain(|request| {
        upcoming
            .iter()
            .all(|session| session.id != request.time.session_id)
    });
    Ok(expired)
}

/// Sets free what is held for this request. Session and account are locked; a person who departs is told nothing any more.
pub fn expire(
    connection: &mut Connection<'_>,
    request: &ExpiredRequest,
    departing_id: Option<Uuid>,
) -> Result<(), Fault> {
    let (session_id, client_id) = (request.time.session_id, request.client_id);
    requests::expire(connection, session_id)?;
    let mut account = accounts::lock(connection, &[client_id])?.of(client_id);
    let credits = i64::from(request.credits);
    if let Some(room) = account.make_room(credits.min(account.held)) {
        accounts::make_room(connection, client_id, room)?;
        account = room.after;
    }
    let release = account.release_at_most(credits)?;
    if release.amount > 0 {
        let purpose = Purpose {
            description: "Request expired",
            session_id: Some(session_id),
            idempotency_key: None,
        };
        accounts::record(connection, [(client_id, release)], purpose)?;
    }
    notify(connection, request, release.amount, departing_id)
}

fn notify(
    connection: &mut Connection<'_>,
    request: &ExpiredRequest,
    credits: i64,
    departing_id: Option<Uuid>,
) -> Result<(), Fault> {
    let Some(practitioner_id) = request.practitioner_id else {
        return Ok(());
    };
    let ids = [request.client_id, practitioner_id];
    let people = people::read(connection, &ids)?;
    let (Some(client), Some(practitioner)) = (people.get(&ids[0]), people.get(&ids[1])) else {
        return Ok(());
    };
    let balances = moves::balances(connection, &ids)?;
    let balance = |id| balances.get(&id).copied().unwrap_or_default();
    let time = &request.time;
    let notices: Vec<Notification> = [
        expired_notice_to_client(time, client.id, practitioner, credits, balance(client.id)),
        expired_notice_to_practitioner(time, practitioner.id, client, credits, balance(practitioner.id)),
    ]
    .into_iter()
    .filter(|notice| departing_id != Some(notice.recipient_id))
    .collect();
    notifications::notify_expiry(connection, &notices)
}
