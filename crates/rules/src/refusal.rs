//! Every way in which the rules turn a request down.
//!
//! The variants stand in the order in which they are checked. A refusal has written nothing.

use crate::rating::{MAX_STARS, MIN_STARS};
use crate::session_time::instant;
use crate::share::percent;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    MissingParameter {
        parameter: &'static str,
    },
    InvalidDuration {
        duration_minutes: i32,
        max_duration_minutes: i32,
    },
    IdempotencyKeyReused,
    SelfBooking,
    ClientNotFound,
    PractitionerNotFound,
    ClientNotPractitioner,
    PractitionerNotEligible,
    ClientInactive,
    PractitionerInactive,
    ProductNotFound,
    SessionInPast {
        min_notice_minutes: i32,
    },
    TooFarAhead {
        max_advance_days: i32,
    },
    OutsideWorkingHours,
    PractitionerBlocked,
    SlotConflict,
    ClientConflict,
    InsufficientCredits {
        required: i32,
        available: i64,
    },
    SessionNotFound,
    NotPeerBooking,
    ParticipantMismatch,
    AlreadyCancelled {
        refunded_credits: i64,
    },
    NotCancellable {
        status: String,
    },
    NotReschedulable {
        status: String,
    },
    NotARequest,
    RequestClosed {
        status: String,
    },
    RequestExpired,
    RescheduleTooLate {
        /// What the client's cancellation would give back, in hundredths of a percent: now, or where
        /// the session would go to.
        refund_share: i64,
        at_target: bool,
    },
    SessionNotBegun,
    NotCompletable {
        status: String,
    },
    NotReportable {
        status: String,
    },
    NotDisputed {
        status: String,
    },
    BlockNotFound,
    InvalidRating {
        stars: i32,
    },
    RatedElsewhere,
    NotCompleted {
        status: String,
    },
    RatingClosed {
        closed_at: DateTime<Utc>,
    },
}

impl Refusal {
    /// The stable name that clients branch on.
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::MissingParameter { .. } => "MISSING_PARAMETER",
            Refusal::InvalidDuration { .. } => "INVALID_DURATION",
            Refusal::IdempotencyKeyReused => "IDEMPOTENCY_KEY_REUSED",
            Refusal::SelfBooking => "SELF_BOOKING",
            Refusal::ClientNotFound => "CLIENT_NOT_FOUND",
            Refusal::PractitionerNotFound => "PRACTITIONER_NOT_FOUND",
            Refusal::ClientNotPractitioner => "CLIENT_NOT_PRACTITIONER",
            Refusal::PractitionerNotEligible => "PRACTITIONER_NOT_ELIGIBLE",
            Refusal::ClientInactive => "CLIENT_INACTIVE",
            Refusal::PractitionerInactive => "PRACTITIONER_INACTIVE",
            Refusal::ProductNotFound => "PRODUCT_NOT_FOUND",
            Refusal::SessionInPast { .. } => "SESSION_IN_PAST",
            Refusal::TooFarAhead { .. } => "TOO_FAR_AHEAD",
            Refusal::OutsideWorkingHours => "OUTSIDE_WORKING_HOURS",
            Refusal::PractitionerBlocked => "PRACTITIONER_BLOCKED",
            Refusal::SlotConflict => "SLOT_CONFLICT",
            Refusal::ClientConflict => "CLIENT_CONFLICT",
            Refusal::InsufficientCredits { .. } => "INSUFFICIENT_CREDITS",
            Refusal::SessionNotFound => "SESSION_NOT_FOUND",
            Refusal::NotPeerBooking => "NOT_PEER_BOOKING",
            Refusal::ParticipantMismatch => "PARTICIPANT_MISMATCH",
            Refusal::AlreadyCancelled { .. } => "ALREADY_CANCELLED",
            Refusal::NotCancellable { .. } => "NOT_CANCELLABLE",
            Refusal::NotReschedulable { .. } => "NOT_RESCHEDULABLE",
            Refusal::NotARequest => "NOT_A_REQUEST",
            Refusal::RequestClosed { .. } => "REQUEST_CLOSED",
            Refusal::RequestExpired => "REQUEST_EXPIRED",
            Refusal::RescheduleTooLate { .. } => "RESCHEDULE_TOO_LATE",
            Refusal::SessionNotBegun => "SESSION_NOT_BEGUN",
            Refusal::NotCompletable { .. } => "NOT_COMPLETABLE",
            Refusal::NotReportable { .. } => "NOT_REPORTABLE",
            Refusal::NotDisputed { .. } => "NOT_DISPUTED",
            Refusal::BlockNotFound => "BLOCK_NOT_FOUND",
            Refusal::InvalidRating { .. } => "INVALID_RATING",
            Refusal::RatedElsewhere => "RATED_ELSEWHERE",
            Refusal::NotCompleted { .. } => "NOT_COMPLETED",
            Refusal::RatingClosed { .. } => "RATING_CLOSED",
        }
    }

    /// A sentence that can be shown to the person who asked.
    pub fn sentence(&self) -> String {
        match self {
            Refusal::MissingParameter { parameter } => format!("Missing parameter: {parameter}"),
            Refusal::InvalidDuration {
                max_duration_minutes, ..
            } => {
                format!("The duration must be between 1 and {max_duration_minutes} minutes")
            }
            Refusal::IdempotencyKeyReused => "This idempotency key was used for another booking".into(),
            Refusal::SelfBooking => "You cannot book a session with yourself".into(),
            Refusal::ClientNotFound => "The client was not found".into(),
            Refusal::PractitionerNotFound => "The practitioner was not found".into(),
            Refusal::ClientNotPractitioner => "Only practitioners can book peer sessions".into(),
            Refusal::PractitionerNotEligible => "This person does not offer peer sessions".into(),
            Refusal::ClientInactive => "Your account is not active".into(),
            Refusal::PractitionerInactive => "This practitioner is not active".into(),
            Refusal::ProductNotFound => "This practitioner does not offer the chosen product".into(),
            Refusal::SessionInPast {
                min_notice_minutes: 0,
            } => "The session must start in the future".into(),
            Refusal::SessionInPast { min_notice_minutes } => {
                format!("The session must start more than {min_notice_minutes} minutes from now")
            }
            Refusal::TooFarAhead { max_advance_days } => {
                format!("The session must start within {max_advance_days} days from now")
            }
            Refusal::OutsideWorkingHours => {
                "The session lies outside the practitioner's working hours".into()
            }
            Refusal::PractitionerBlocked => "The practitioner is unavailable at this time".into(),
            Refusal::SlotConflict => "This time slot is already taken".into(),
            Refusal::ClientConflict => "You already have a session at this time".into(),
            Refusal::InsufficientCredits { required, available } => {
                format!("Insufficient credits. Required: {required}, Available: {available}")
            }
            Refusal::SessionNotFound => "The session was not found".into(),
            Refusal::NotPeerBooking => "The session is not a peer booking".into(),
            Refusal::ParticipantMismatch => "Client and practitioner are not those of the session".into(),
            Refusal::AlreadyCancelled { .. } => "The session has already been cancelled".into(),
            Refusal::NotCancellable { status } => {
                format!(
                    "The session can no longer be cancelled: it is {}",
                    in_words(status)
                )
            }
            Refusal::NotReschedulable { status } => {
                format!("The session can't be moved: it is {}", in_words(status))
            }
            Refusal::NotARequest => {
                "The session was booked, not asked for: there is nothing to accept".into()
            }
            Refusal::RequestClosed { status } => {
                format!(
                    "The request can no longer be accepted: it is {}",
                    in_words(status)
                )
            }
            Refusal::RequestExpired => "The request has expired".into(),
            Refusal::RescheduleTooLate { at_target: false, .. } => {
                "It is too late to move this session: cancelling it would no longer be refunded in full"
                    .into()
            }
            Refusal::RescheduleTooLate { at_target: true, .. } => {
                "This time is too soon: the client could no longer cancel for a full refund".into()
            }
            Refusal::SessionNotBegun => "The session has not begun yet".into(),
            Refusal::NotCompletable { status } => {
                format!("The session can't be completed: it is {}", in_words(status))
            }
            Refusal::NotReportable { status } => {
                format!(
                    "A no-show can't be reported of this session: it is {}",
                    in_words(status)
                )
            }
            Refusal::NotDisputed { status } => {
                format!("The session is not disputed: it is {}", in_words(status))
            }
            Refusal::BlockNotFound => "There is no such block in your calendar".into(),
            Refusal::InvalidRating { .. } => format!("A rating has {MIN_STARS} to {MAX_STARS} stars"),
            Refusal::RatedElsewhere => "This application has another way to rate sessions".into(),
            Refusal::NotCompleted { status } => {
                format!("The session can't be rated: it is {}", in_words(status))
            }
            Refusal::RatingClosed { .. } => "It is too late to rate this session".into(),
        }
    }

    /// The same where a session is moved, which either party may do.
    pub fn sentence_of_move(&self, is_by_client: bool) -> String {
        match (self, is_by_client) {
            (Refusal::IdempotencyKeyReused, _) => "This idempotency key was used for another move".into(),
            (Refusal::ClientInactive, false) => "The client's account is not active".into(),
            (Refusal::ClientConflict, false) => "The client already has a session at this time".into(),
            _ => self.sentence(),
        }
    }

    /// What a program may want to know beyond the code.
    pub fn details(&self) -> Value {
        match self {
            Refusal::MissingParameter { parameter } => json!({ "parameter": parameter }),
            Refusal::InvalidDuration {
                duration_minutes,
                max_duration_minutes,
            } => json!({
                "duration_minutes": duration_minutes,
                "max_duration_minutes": max_duration_minutes,
            }),
            Refusal::SessionInPast { min_notice_minutes } => {
                json!({ "min_notice_minutes": min_notice_minutes })
            }
            Refusal::TooFarAhead { max_advance_days } => {
                json!({ "max_advance_days": max_advance_days })
            }
            Refusal::InsufficientCredits { required, available } => {
                json!({ "required": required, "available": available })
            }
            Refusal::AlreadyCancelled { refunded_credits } => {
                json!({ "refunded_credits": refunded_credits })
            }
            Refusal::NotCancellable { status }
            | Refusal::NotReschedulable { status }
            | Refusal::RequestClosed { status }
            | Refusal::NotCompletable { status }
            | Refusal::NotReportable { status }
            | Refusal::NotDisputed { status }
            | Refusal::NotCompleted { status } => {
                json!({ "status": status })
            }
            Refusal::InvalidRating { stars } => {
                json!({ "stars": stars, "min_stars": MIN_STARS, "max_stars": MAX_STARS })
            }
            Refusal::RatingClosed { closed_at } => json!({ "closed_at": instant(*closed_at) }),
            Refusal::RescheduleTooLate { refund_share, .. } => {
                json!({ "refund_percent": percent(*refund_share) })
            }
            _ => json!({}),
        }
    }
}

/// A status as a sentence says it.
fn in_words(status: &str) -> String {
    match status {
        "no_show" => "marked as a no-show".into(),
        other => other.replace('_', " "),
    }
}
