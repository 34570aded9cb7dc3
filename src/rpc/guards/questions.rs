//! What the guard triggers of `sql/schema/guards/` ask the library.

use crate::caller::Caller;
use crate::fault::Fault;
use crate::postgres::convert::{instant, uuid, uuids};
use crate::postgres::{as_owner, firing, isolation, own_writes};
use crate::store::sessions;
use crate::store::written_sessions::{self, Written};
use peer_exchange_rules::schedule::Period;
use peer_exchange_rules::seen_agendas::surroundings;
use pgrx::datum::{Range, TimestampWithTimeZone};
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use uuid::Uuid;

/// Raises 42501 unless the writer may act for this person.
#[pg_extern(volatile)]
fn require_may_act_for(p_user_id: Option<pgrx::Uuid>) -> Result<(), ErrorReport> {
    Ok(Caller::writer()?.require_may_act_for_one_of(&[p_user_id.map(uuid)])?)
}

/// Whether the writer is this person or may act for anybody.
#[pg_extern(volatile)]
fn may_act_for(p_user_id: Option<pgrx::Uuid>) -> Result<bool, ErrorReport> {
    Ok(Caller::writer()?
        .require_may_act_for_one_of(&[p_user_id.map(uuid)])
        .is_ok())
}

/// Sets those of these sessions to expired whose payment is overdue, so that their slots are free.
#[pg_extern(volatile)]
fn release_expired_holds(p_session_ids: Option<Vec<Option<pgrx::Uuid>>>) -> Result<(), ErrorReport> {
    let session_ids = uuids(p_session_ids.unwrap_or_default());
    if session_ids.is_empty() {
        return Ok(());
    }
    Ok(as_owner(|connection| {
        sessions::release_holds(connection, &session_ids)
    })?)
}

/// Locks the parties of a session that is written directly, but for those whom the statement that writes it has locked.
#[pg_extern(volatile)]
fn lock_written_parties(
    p_practitioner_id: Option<pgrx::Uuid>,
    p_client_id: Option<pgrx::Uuid>,
) -> Result<bool, ErrorReport> {
    let unlocked: Vec<Uuid> = firing::known(|known| {
        let parties = [p_practitioner_id, p_client_id].into_iter().flatten();
        parties
            .map(uuid)
            .filter(|id| !known.locked_people.contains(id))
            .collect()
    });
    if !unlocked.is_empty() {
        let locked = Spi::connect_mut(|connection| written_sessions::lock_parties(connection, &unlocked))?;
        firing::known(|known| known.locked_people.extend(locked));
    }
    Ok(true)
}

/// Whether nobody of these has anything at a time, as the statement that writes many sessions knows from what it has looked
/// up and written so far. Of the first few rows of a statement it does not look up more than is asked.
#[pg_extern(volatile)]
fn are_known_to_be_free(
    p_practitioner_id: Option<pgrx::Uuid>,
    p_client_id: Option<pgrx::Uuid>,
    p_starts_at: Option<TimestampWithTimeZone>,
    p_ends_at: Option<TimestampWithTimeZone>,
) -> Result<bool, ErrorReport> {
    const FEW_ROWS: usize = 8;
    let people: Vec<Uuid> = [p_practitioner_id, p_client_id]
        .into_iter()
        .flatten()
        .map(uuid)
        .collect();
    let time = Period {
        starts_at: instant(p_starts_at.ok_or_else(|| Fault::null_argument("p_starts_at"))?),
        ends_at: instant(p_ends_at.ok_or_else(|| Fault::null_argument("p_ends_at"))?),
    };
    let unseen: Vec<Uuid> = firing::known(|known| {
        let are_locked = people.iter().all(|id| known.locked_people.contains(id));
        if known.rows_before_this_write() < FEW_ROWS || !are_locked {
            return Vec::new();
        }
        people
            .iter()
            .copied()
            .filter(|id| !known.agendas.has(*id))
            .collect()
    });
    for person_id in unseen {
        let within = surroundings(time);
        let engagements = Spi::connect_mut(|connection| {
            written_sessions::engagements_within(connection, person_id, within)
        })?;
        firing::known(|known| known.agendas.insert(person_id, within, engagements));
    }
    let are_free = firing::known(|known| known.agendas.take(&people, time));
    Ok(are_free && firing::is_last_before_storage() && !isolation::uses_transaction_snapshot())
}

/// The time zone in which a session is promised that is written directly, asked once of each practitioner for the
/// statement that writes it.
#[pg_extern(volatile)]
fn time_zone_to_promise(p_practitioner_id: Option<pgrx::Uuid>) -> Result<Option<String>, ErrorReport> {
    let Some(practitioner_id) = p_practitioner_id.map(uuid) else {
        return Ok(None);
    };
    if let Some(known) = firing::known(|known| known.time_zones.get(&practitioner_id).cloned()) {
        return Ok(Some(known));
    }
    let time_zone = Spi::connect_mut(|connection| written_sessions::time_zone(connection, practitioner_id))?;
    firing::known(|known| known.time_zones.insert(practitioner_id, time_zone.clone()));
    Ok(Some(time_zone))
}

/// Raises 40001 where a party of a session that is written directly has another one at that time by now: one that this
/// transaction does not see, since it sees an older moment throughout. The parties are locked.
#[pg_extern(volatile)]
fn require_nobody_unseen(
    p_session_id: Option<pgrx::Uuid>,
    p_practitioner_id: Option<pgrx::Uuid>,
    p_client_id: Option<pgrx::Uuid>,
    p_is_peer_booking: bool,
    p_due: Range<TimestampWithTimeZone>,
) -> Result<(), ErrorReport> {
    let written = Written {
        session_id: p_session_id.map(uuid),
        practitioner_id: p_practitioner_id.map(uuid),
        client_id: p_client_id.map(uuid),
        is_peer_booking: p_is_peer_booking,
        during: p_due,
    };
    Ok(as_owner(|connection| {
        written_sessions::require_nobody_unseen(connection, written)
    })?)
}

/// Whether the writer is a person, who may change less than the application may.
#[pg_extern(volatile)]
fn is_called_by_person() -> Result<bool, ErrorReport> {
    Ok(matches!(Caller::writer()?, Caller::Person(_)))
}

/// What the row that the library writes right now shall say became of its payment; NULL leaves that as it is.
#[pg_extern(volatile)]
fn payment_status_under_way() -> Option<&'static str> {
    own_writes::payment().payment_status
}

/// What that row shall say it cost; NULL leaves that as it is.
#[pg_extern(volatile)]
fn credit_cost_under_way() -> Option<i32> {
    own_writes::payment().credit_cost
}
