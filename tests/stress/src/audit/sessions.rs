//! One session's life, as the calls tell it.

use std::iter;

use uuid::Uuid;

use super::stays::{Relocated, Stay};
use crate::answer::{Booked, Cancelled};
use crate::history::{Call, Span};
use crate::operation::{Caller, Operation, SessionRequest};
use crate::people;

pub struct Session<'a> {
    pub id: Uuid,
    pub wanted: &'a SessionRequest,
    /// When it began to take its time.
    pub began: Span,
    pub charge: Option<Charge>,
    /// In their order.
    pub moves: Vec<Relocated>,
    pub ending: Option<Ending<'a>>,
}

#[derive(Clone, Copy, Debug)]
pub struct Charge {
    pub span: Span,
    /// What was replied; unknown where the only answer came as a replay.
    pub receipt: Booked,
}

#[derive(Clone, Copy)]
pub struct Ending<'a> {
    pub span: Span,
    pub how: How<'a>,
}

#[derive(Clone, Copy)]
pub enum How<'a> {
    /// By the RPC, with its reply unless that was lost.
    Refunded {
        by: Caller,
        label: &'a str,
        reply: Option<Cancelled>,
    },
    /// By a plain UPDATE.
    Directly {
        by: Caller,
        label: &'a str,
    },
    /// By somebody's deactivation or deletion.
    Departure {
        who: Uuid,
        left_for_good: bool,
    },
    Orphaned,
    Completed,
}

impl Session<'_> {
    pub fn cost(&self) -> i32 {
        self.wanted.cost()
    }

    pub fn involves(&self, person: Uuid) -> bool {
        self.wanted.client == person || self.wanted.practitioner == person
    }

    /// The times that it took, one after the other.
    pub fn stays(&self) -> impl Iterator<Item = Stay> {
        let moves = || self.moves.iter().filter(|relocated| relocated.told.from != relocated.told.to);
        let first = (self.began, self.wanted.start());
        let starts = iter::once(first).chain(moves().map(|relocated| (relocated.span, relocated.told.to)));
        let ends = moves()
            .map(|relocated| Some(relocated.span))
            .chain(iter::once(self.ending.map(|ending| ending.span)));
        starts.zip(ends).map(|((began, local_start), ended)| Stay {
            local_start,
            period: self.wanted.period_from(local_start),
            began,
            ended,
        })
    }

    /// Where it is, or was when it ended.
    pub fn last_stay(&self) -> Stay {
        self.stays().last().expect("it began somewhere")
    }

    pub fn was_cancelled(&self) -> bool {
        self.ending
            .is_some_and(|ending| !matches!(ending.how, How::Completed))
    }

    /// How many credits went back, if it was charged and is cancelled.
    pub fn refund(&self) -> Option<i32> {
        let ending = self
            .ending
            .filter(|_| self.charge.is_some() && self.was_cancelled())?;
        Some(match ending.how.percent(self.wanted) {
            100 => self.cost(),
            // Half up.
            percent => i32::try_from((i64::from(self.cost()) * percent + 50) / 100).expect("a part of it"),
        })
    }
}

impl How<'_> {
    pub fn caller(&self) -> Option<Caller> {
        match self {
            How::Refunded { by, .. } | How::Directly { by, .. } => Some(*by),
            _ => None,
        }
    }

    pub fn percent(&self, wanted: &SessionRequest) -> i64 {
        match self.caller() {
            Some(Caller::Person(person)) => percent_for(person, wanted),
            _ => 100,
        }
    }

    /// What stands in the row as the reason.
    pub fn reason(&self) -> Option<&str> {
        match self {
            How::Refunded { label, .. } | How::Directly { label, .. } => Some(label),
            How::Departure {
                left_for_good: true, ..
            } => Some("The other person has left"),
            How::Departure {
                left_for_good: false, ..
            } => Some("One of the two is no longer active"),
            How::Orphaned => Some("Never charged"),
            How::Completed => None,
        }
    }
}

/// What goes back, in percent, when this party cancels.
pub fn percent_for(caller: Uuid, wanted: &SessionRequest) -> i64 {
    match caller == wanted.client && people::has_policy(wanted.practitioner) {
        true => people::PARTIAL_REFUND_PERCENT,
        false => 100,
    }
}

/// The session and the label of a call that may cancel one.
pub fn cancellation(call: &Call) -> Option<(Uuid, &str)> {
    match &call.request.operation {
        Operation::Refund { session, label } | Operation::CancelDirectly { session, label } => {
            Some((*session, label))
        }
        _ => None,
    }
}
