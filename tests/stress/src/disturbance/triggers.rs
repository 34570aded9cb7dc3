//! Triggers that an application has on the tables, and what each may justify. Their functions are in
//! `application.sql`.

use crate::operation::Operation;

pub const APPLICATION: &str = include_str!("application.sql");

#[derive(Debug, PartialEq, Eq)]
pub struct Trigger {
    pub name: &'static str,
    table: &'static str,
    /// When it fires and for what.
    event: &'static str,
    function: &'static str,
    pub reach: Reach,
}

/// Whom a trigger can concern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Calls that insert a session and pay for it: they may fail as a whole.
    Bookings,
    /// The same, and they may also be refused: there is no session.
    SuppressedBookings,
    /// Calls that pay for a session, whoever has inserted it.
    Payments,
    /// Calls that move credits: they may fail as a whole.
    Credits,
    /// Nobody but who would have been told.
    SuppressedNotifications,
    Nobody,
}

const PAID_SESSION: &str = "before insert on {table} for each row when (new.payment_status::text = 'paid')";
const PAID_SESSION_THERE: &str =
    "after insert on {table} for each row when (new.payment_status::text = 'paid')";
const PAYMENT: &str = "after insert or update on {table} for each row";
const NEW_ROW: &str = "before insert on {table} for each row";
const NEW_BALANCE: &str =
    "before update on {table} for each row when (new.balance is distinct from old.balance)";

pub const TRIGGERS: [Trigger; 13] = [
    trigger(
        "bonus",
        "client_sessions",
        PAYMENT,
        "grant_bonus",
        Reach::Payments,
    ),
    trigger(
        "again",
        "client_sessions",
        PAID_SESSION_THERE,
        "book_again",
        Reach::Bookings,
    ),
    trigger(
        "displacement",
        "client_sessions",
        PAID_SESSION_THERE,
        "displace_session",
        Reach::Bookings,
    ),
    trigger(
        "mirror",
        "client_sessions",
        PAID_SESSION_THERE,
        "mirror_session",
        Reach::Bookings,
    ),
    trigger(
        "no session",
        "client_sessions",
        PAID_SESSION,
        "suppress_session",
        Reach::SuppressedBookings,
    ),
    trigger(
        "another id",
        "client_sessions",
        PAID_SESSION,
        "rename_session",
        Reach::Nobody,
    ),
    trigger(
        "another time",
        "client_sessions",
        PAID_SESSION,
        "move_session",
        Reach::Bookings,
    ),
    trigger(
        "no entry",
        "credit_transactions",
        NEW_ROW,
        "suppress_row",
        Reach::Credits,
    ),
    trigger(
        "another entry",
        "credit_transactions",
        NEW_ROW,
        "raise_entry",
        Reach::Credits,
    ),
    trigger(
        "no balance",
        "credits",
        NEW_BALANCE,
        "suppress_row",
        Reach::Credits,
    ),
    trigger(
        "another balance",
        "credits",
        NEW_BALANCE,
        "raise_balance",
        Reach::Credits,
    ),
    trigger(
        "no notification",
        "notifications",
        NEW_ROW,
        "suppress_row",
        Reach::SuppressedNotifications,
    ),
    trigger(
        "another text",
        "notifications",
        NEW_ROW,
        "reword_notification",
        Reach::Nobody,
    ),
];

const fn trigger(
    name: &'static str,
    table: &'static str,
    event: &'static str,
    function: &'static str,
    reach: Reach,
) -> Trigger {
    Trigger {
        name,
        table,
        event,
        function,
        reach,
    }
}

impl Trigger {
    pub fn creation(&self) -> String {
        let event = self.event.replace("{table}", &self.qualified_table());
        format!(
            "create trigger {} {event} execute function stress.{}()",
            self.quoted_name(),
            self.function
        )
    }

    pub fn removal(&self) -> String {
        format!(
            "drop trigger {} on {}",
            self.quoted_name(),
            self.qualified_table()
        )
    }

    fn quoted_name(&self) -> String {
        format!("\"application: {}\"", self.name)
    }

    fn qualified_table(&self) -> String {
        format!("public.{}", self.table)
    }
}

impl Reach {
    /// Whether a request of this kind may fail as a whole because of it.
    pub fn may_fail(self, operation: &Operation) -> bool {
        let is_booking = matches!(operation, Operation::Book(_));
        match self {
            Reach::Bookings | Reach::SuppressedBookings => is_booking,
            Reach::Payments => is_booking || matches!(operation, Operation::Charge(_)),
            Reach::Credits => operation.moves_credits(),
            Reach::SuppressedNotifications | Reach::Nobody => false,
        }
    }
}
