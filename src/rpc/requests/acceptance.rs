//! What an acceptance moves and tells, by whatever way it came.

use crate::fault::Fault;
use crate::store::accounts::{self, Purpose};
use crate::store::{Connection, notifications, places};
use peer_exchange_rules::booking::{Booking, Charge};
use peer_exchange_rules::notification::BookingNotifications;
use peer_exchange_rules::place::Place;
use peer_exchange_rules::session_time::SessionTime;

/// Pays what was held for the request, unless it is held on until the session is settled, and tells both parties;
/// returns the booking with the balances that came of it.
pub fn apply(
    connection: &mut Connection<'_>,
    session_time: &SessionTime,
    mut booking: Booking,
) -> Result<Booking, Fault> {
    let purpose = Purpose {
        description: "Peer session",
        session_id: Some(session_time.session_id),
        idempotency_key: None,
    };
    if let Charge::Paid { .. } = booking.charge {
        let parties = (booking.client.id, booking.practitioner.id);
        booking.charge = accounts::record_charge(connection, parties, booking.charge, purpose)?;
    }
    let written_place = places::written(connection, session_time.session_id)?;
    let place = Place::of_session(written_place, Some(&booking.practitioner));
    let notices = BookingNotifications::of(session_time, place.as_ref(), &booking);
    notifications::notify_booking(connection, &notices)?;
    Ok(booking)
}
