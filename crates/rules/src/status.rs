//! What the status of a session lets one do with it.

pub const SCHEDULED: &str = "scheduled";
pub const COMPLETED: &str = "completed";
pub const CANCELLED: &str = "cancelled";
pub const DECLINED: &str = "declined";
pub const EXPIRED: &str = "expired";
pub const PENDING_APPROVAL: &str = "pending_approval";
pub const NO_SHOW: &str = "no_show";
pub const DISPUTED: &str = "disputed";

/// Those of a session that takes place, or has by now.
const TAKES_PLACE: [&str; 3] = ["scheduled", "confirmed", "in_progress"];
const PENDING: [&str; 2] = ["pending_payment", PENDING_APPROVAL];

/// The statuses in which an inserted session can be charged.
const CHARGEABLE: [&str; 6] = [
    "scheduled",
    "confirmed",
    "in_progress",
    COMPLETED,
    "pending_payment",
    PENDING_APPROVAL,
];
pub(crate) const CANCELLABLE: [&str; 4] = ["scheduled", "confirmed", "pending_payment", PENDING_APPROVAL];
const GIVEN_UP: [&str; 3] = [CANCELLED, DECLINED, EXPIRED];
const MOVABLE: [&str; 2] = ["scheduled", "confirmed"];

pub fn is_chargeable(status: &str) -> bool {
    CHARGEABLE.contains(&status)
}

/// Whether a session of this status has taken place.
pub fn is_over(status: &str) -> bool {
    status == COMPLETED
}

/// Whether a session of this status takes place, as far as anybody has said yet.
pub fn takes_place(status: &str) -> bool {
    TAKES_PLACE.contains(&status)
}

/// Whether it waits for its payment or its approval.
pub fn is_pending(status: &str) -> bool {
    PENDING.contains(&status)
}

/// Whether its practitioner is to accept it first.
pub fn awaits_approval(status: &str) -> bool {
    status == PENDING_APPROVAL
}

/// Whether it is neither over nor given up.
pub fn is_open(status: &str) -> bool {
    takes_place(status) || is_pending(status)
}

pub fn is_cancellable(status: &str) -> bool {
    CANCELLABLE.contains(&status)
}

/// Whether a session of this status does not take place, and nobody was to blame for not coming.
pub fn is_given_up(status: &str) -> bool {
    GIVEN_UP.contains(&status)
}

pub fn is_movable(status: &str) -> bool {
    MOVABLE.contains(&status)
}
