//! One's own practice: hours, blocks, policy, products, profile.

pub mod block_time;
pub mod get_my_practice;
pub mod save_product;
pub mod set_cancellation_policy;
pub mod set_practice_profile;
pub mod set_working_hours;
pub mod unblock_time;

use crate::caller::Caller;
use crate::fault::Fault;
use crate::postgres::json::Json;
use crate::reply::{self, Reply};
use crate::rpc::error::{Error, as_guarded_owner, as_owner};
use crate::rpc::refusal_log::{self, Call};
use crate::settings;
use crate::store::Connection;
use crate::store::people::{self, People};
use peer_exchange_rules::person::Person;
use peer_exchange_rules::refusal::Refusal;
use uuid::Uuid;

/// Changes something of the caller's own, in turn with her bookings.
fn change<T>(
    caller_id: Uuid,
    work: impl FnOnce(&mut Connection<'_>, &Person) -> Result<T, Error>,
) -> Result<T, Error> {
    as_guarded_owner(|connection| {
        let people = people::lock(connection, &[caller_id])?;
        work(connection, practitioner(&people, caller_id)?)
    })
}

/// Looks at what is the caller's own, without a lock.
fn look<T>(
    caller_id: Uuid,
    work: impl FnOnce(&mut Connection<'_>, &Person) -> Result<T, Error>,
) -> Result<T, Error> {
    as_owner(|connection| {
        let people = people::read(connection, &[caller_id])?;
        work(connection, practitioner(&people, caller_id)?)
    })
}

/// Also one who is not active, or takes no part yet: she may prepare.
fn practitioner(people: &People, id: Uuid) -> Result<&Person, Error> {
    let person = people.get(&id).ok_or(Refusal::PractitionerNotFound)?;
    if !person.has_role_among(&settings::practitioner_roles()?) {
        return Err(Refusal::PractitionerNotEligible.into());
    }
    Ok(person)
}

/// The person that calls.
fn caller() -> Result<Uuid, Fault> {
    Caller::current()?.require_person()
}

/// The reply, or that of a refusal.
fn replied(answer: Result<Reply, Error>) -> Result<Json, Fault> {
    Ok(answer
        .or_else(|error| error.reply(reply::refused::plainly))?
        .into())
}

/// The same of what changes something: a refusal is remembered.
fn remembered(rpc: &'static str, caller_id: Uuid, answer: Result<Reply, Error>) -> Result<Json, Fault> {
    let call = Call {
        rpc,
        client_id: None,
        practitioner_id: Some(caller_id),
        session_id: None,
    };
    refusal_log::remember(
        &call,
        answer.or_else(|error| error.reply(reply::refused::plainly))?,
    )
}

/// An argument that must be there.
fn given<T>(parameter: &str, argument: Option<T>) -> Result<T, Fault> {
    argument.ok_or_else(|| Fault::null_argument(parameter))
}
