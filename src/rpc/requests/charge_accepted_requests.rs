//! What a plain `UPDATE` of `status` sets off by which a request is accepted, as older clients accept.
//!
//! The trigger before each row has said who may and that the request is accepted; this moves the credits, with all balances
//! locked in order.

use super::acceptance;
use crate::fault::Fault;
use crate::postgres::as_owner;
use crate::postgres::convert::uuids;
use crate::settings;
use crate::store::people::People;
use crate::store::sessions::{self, Session};
use crate::store::{Connection, accounts, people, refunds};
use peer_exchange_rules::booking::BookingRequest;
use peer_exchange_rules::request::Acceptance;
use peer_exchange_rules::terms::Terms;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use uuid::Uuid;

/// Pays or holds on what was held for requests that were accepted directly, and tells their parties.
#[pg_extern(volatile)]
fn charge_accepted_requests(p_session_ids: Option<Vec<Option<pgrx::Uuid>>>) -> Result<(), ErrorReport> {
    let mut session_ids = uuids(p_session_ids.unwrap_or_default());
    session_ids.sort();
    Ok(charge(&session_ids)?)
}

fn charge(session_ids: &[Uuid]) -> Result<(), Fault> {
    let terms = settings::terms()?;
    as_owner(|connection| {
        let mut accepted = Vec::new();
        for id in session_ids {
            accepted.extend(sessions::load(connection, *id)?);
        }
        let parties: Vec<Uuid> = (accepted.iter())
            .flat_map(|session| [session.client_id, session.practitioner_id])
            .flatten()
            .collect();
        let people = people::read(connection, &parties)?;
        let accounts = accounts::lock(connection, &parties)?;
        accounts::open_missing(connection, &accounts, &parties)?;
        accepted
            .iter()
            .try_for_each(|session| charge_one(connection, &terms, session, &people))
    })
}

fn charge_one(
    connection: &mut Connection<'_>,
    terms: &Terms,
    session: &Session,
    people: &People,
) -> Result<(), Fault> {
    let (Some(client_id), Some(practitioner_id)) = (session.client_id, session.practitioner_id) else {
        return Ok(());
    };
    let (Some(client), Some(practitioner)) = (people.get(&client_id), people.get(&practitioner_id)) else {
        return Ok(());
    };
    let request = BookingRequest {
        client_id,
        practitioner_id,
        duration_minutes: session.time.duration_minutes,
        product_id: None,
    };
    let acceptance = Acceptance {
        terms,
        request: &request,
        held: refunds::load(connection, session)?.stake.held,
    };
    let accounts = accounts::lock(connection, &request.parties())?.pair(client_id, practitioner_id);
    let booking = acceptance.booking(client, practitioner, &accounts)?;
    acceptance::apply(connection, &session.time, booking).map(drop)
}
