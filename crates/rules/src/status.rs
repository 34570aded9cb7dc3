//! What the status of a session lets one do with it.

pub const COMPLETED: &str = "completed";
pub const CANCELLED: &str = "cancelled";

/// The statuses in which an inserted session can be charged.
const CHARGEABLE: [&str; 6] = [
    "scheduled",
    "confirmed",
    "in_progress",
    COMPLETED,
    "pending_payment",
    "pending_approval",
];
pub(crate) const CANCELLABLE: [&str; 4] = ["scheduled", "confirmed", "pending_payment", "pending_approval"];
const MOVABLE: [&str; 2] = ["scheduled", "confirmed"];

pub fn is_chargeable(status: &str) -> bool {
    CHARGEABLE.contains(&status)
}

/// Whether a session of this status has taken place.
pub fn is_over(status: &str) -> bool {
    status == COMPLETED
}

pub fn is_cancellable(status: &str) -> bool {
    CANCELLABLE.contains(&status)
}

pub fn is_movable(status: &str) -> bool {
    MOVABLE.contains(&status)
}
