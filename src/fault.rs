//! Errors that roll everything back, raised by the outermost function and nowhere else.

use peer_exchange_rules::account::{AccountFull, NoMovement, OutOfRange};
use peer_exchange_rules::schedule::UnreadableHours;
use pgrx::PgSqlErrorCode;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::spi::SpiError;
use std::ffi::CStr;

/// Something that no reply can answer.
#[derive(Debug)]
pub struct Fault {
    sqlstate: PgSqlErrorCode,
    message: String,
    hint: Option<String>,
}

impl Fault {
    pub fn new(sqlstate: PgSqlErrorCode, message: impl Into<String>) -> Self {
        Fault {
            sqlstate,
            message: message.into(),
            hint: None,
        }
    }

    pub fn message(&self) -> &str {
        &self.message
    }

    pub fn with_hint(self, hint: impl Into<String>) -> Self {
        Fault {
            hint: Some(hint.into()),
            ..self
        }
    }

    /// The caller may not do this: PostgREST answers 403, or 401 where nobody has signed in.
    pub fn not_allowed(message: impl Into<String>) -> Self {
        Fault::new(PgSqlErrorCode::ERRCODE_INSUFFICIENT_PRIVILEGE, message)
    }

    pub fn null_argument(parameter: &str) -> Self {
        Fault::new(
            PgSqlErrorCode::ERRCODE_NULL_VALUE_NOT_ALLOWED,
            format!("{parameter} must not be NULL"),
        )
    }

    pub fn invalid_argument(message: impl Into<String>) -> Self {
        Fault::new(PgSqlErrorCode::ERRCODE_INVALID_PARAMETER_VALUE, message)
    }

    /// A trigger, a rule or a default of the application has come between what was decided and what was
    /// written, so that it can't stand.
    pub fn changed_by_trigger(message: impl Into<String>) -> Self {
        Fault::new(PgSqlErrorCode::ERRCODE_TRIGGERED_DATA_CHANGE_VIOLATION, message)
            .with_hint("A trigger of the application changes or suppresses what is written here.")
    }

    /// What the transaction sees throughout is older than what it would decide on.
    pub fn outdated_view() -> Self {
        Fault::new(
            PgSqlErrorCode::ERRCODE_T_R_SERIALIZATION_FAILURE,
            "could not serialize access: a session or what it depends on has changed since the transaction began",
        )
        .with_hint("The transaction might succeed if retried.")
    }

    /// A table of the application is not there, or not yet as it has to be.
    pub fn not_set_up(message: impl Into<String>) -> Self {
        Fault::new(PgSqlErrorCode::ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE, message)
            .with_hint("Run peer_exchange.setup().")
    }

    pub fn no_table(table: &CStr) -> Self {
        Fault::not_set_up(format!("there is no table public.{}", table.to_string_lossy()))
    }

    /// What must always hold does not: a bug here, or a table changed behind our back.
    pub fn invariant_violated(message: impl Into<String>) -> Self {
        Fault::new(PgSqlErrorCode::ERRCODE_DATA_CORRUPTED, message)
    }
}

impl From<SpiError> for Fault {
    fn from(error: SpiError) -> Self {
        Fault::new(PgSqlErrorCode::ERRCODE_INTERNAL_ERROR, error.to_string())
    }
}

impl From<OutOfRange> for Fault {
    fn from(_: OutOfRange) -> Self {
        Fault::new(
            PgSqlErrorCode::ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
            "this many credits are out of range",
        )
    }
}

impl From<AccountFull> for Fault {
    fn from(AccountFull { person_id }: AccountFull) -> Self {
        Fault::new(
            PgSqlErrorCode::ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
            format!("the account of user {person_id} can't hold so many credits"),
        )
    }
}

impl From<NoMovement> for Fault {
    fn from(no_movement: NoMovement) -> Self {
        match no_movement {
            NoMovement::OutOfRange => OutOfRange.into(),
            NoMovement::Insufficient => {
                Fault::changed_by_trigger("the credits were spent while they were to be paid")
            }
            NoMovement::Correction => Fault::changed_by_trigger("a balance changed while it was corrected"),
        }
    }
}

impl From<UnreadableHours> for Fault {
    fn from(hours: UnreadableHours) -> Self {
        Fault::invalid_argument(format!(
            "the practitioner's working_hours for {} can't be read: {}",
            hours.day, hours.value
        ))
        .with_hint(r#"Write {"enabled": true, "start": "09:00", "end": "17:00"}, or such ranges in "hours"."#)
    }
}

impl From<Fault> for ErrorReport {
    #[track_caller]
    fn from(fault: Fault) -> Self {
        let report = ErrorReport::new(fault.sqlstate, fault.message, "peer_exchange");
        match fault.hint {
            Some(hint) => report.set_hint(hint),
            None => report,
        }
    }
}
