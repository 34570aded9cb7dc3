//! What is done at every size of the tables.

use super::CONTENDER;
use crate::client::mark;

/// The order matters: what is refused and refunded has been booked before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    Booking,
    RefusedBooking,
    Refund,
    OwnUpcoming,
    OwnPage,
    AvailableSlots,
    Search,
}

pub const OPERATIONS: [Operation; 7] = [
    Operation::Booking,
    Operation::RefusedBooking,
    Operation::Refund,
    Operation::OwnUpcoming,
    Operation::OwnPage,
    Operation::AvailableSlots,
    Operation::Search,
];

/// What a signed-in person asks; `$1` is a number or a name.
pub struct Question {
    pub text: String,
    /// A function that it needs.
    pub function: Option<&'static str>,
}

impl Operation {
    pub fn key(self) -> &'static str {
        match self {
            Operation::Booking => "booking",
            Operation::RefusedBooking => "refused-booking",
            Operation::Refund => "refund",
            Operation::OwnUpcoming => "own-upcoming-sessions",
            Operation::OwnPage => "own-sessions-page",
            Operation::AvailableSlots => "available-slots",
            Operation::Search => "search",
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Operation::Booking => "a booking",
            Operation::RefusedBooking => "a refused booking (the slot is taken)",
            Operation::Refund => "a refund",
            Operation::OwnUpcoming => "one's own upcoming sessions, under RLS, at most 50",
            Operation::OwnPage => "a page of all one's own sessions, under RLS, the latest 50",
            Operation::AvailableSlots => "get_available_slots, one practitioner for 14 days",
            Operation::Search => "search_peer_practitioners, by name",
        }
    }

    pub fn mark(self) -> String {
        match self {
            Operation::Booking | Operation::RefusedBooking => mark(CONTENDER, "booking"),
            Operation::Refund => mark(CONTENDER, "refund"),
            _ => mark(CONTENDER, self.key()),
        }
    }

    /// `None` of what a booking client does.
    pub fn question(self) -> Option<Question> {
        let (text, function) = match self {
            Operation::OwnUpcoming => (
                "select id, therapist_id, client_id, session_date, start_time, duration_minutes, status \
                   from public.client_sessions \
                  where session_date >= current_date order by session_date, start_time limit 50",
                None,
            ),
            Operation::OwnPage => (
                "select id, therapist_id, client_id, session_date, start_time, duration_minutes, status \
                   from public.client_sessions order by session_date desc, start_time desc limit 50",
                None,
            ),
            Operation::AvailableSlots => (
                "select public.get_available_slots($1, current_date + 2, current_date + 15, 60)::text",
                Some("get_available_slots"),
            ),
            Operation::Search => (
                "select public.search_peer_practitioners($1)::text",
                Some("search_peer_practitioners"),
            ),
            _ => return None,
        };
        Some(Question {
            text: format!("{text} {}", self.mark()),
            function,
        })
    }
}
