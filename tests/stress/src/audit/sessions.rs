//! One session's life, as the calls tell it.

use std::iter;

use uuid::Uuid;

use super::ledger::{EARNING, HOLD, PAYMENT, REFUND, RELEASE, REVERSAL};
use super::stays::{Relocated, Stay};
use crate::answer::{Booked, Cancelled, Kind};
use crate::history::{Call, Span};
use crate::operation::{Caller, Operation, SessionRequest};
use crate::people;

pub struct Session<'a> {
    pub id: Uuid,
    pub wanted: &'a SessionRequest,
    /// When it began to take its time.
    pub began: Span,
    /// Where its practitioner was asked first.
    pub request: Option<Charge>,
    /// It was booked, charged or accepted.
    pub charge: Option<Charge>,
    /// In their order.
    pub moves: Vec<Relocated>,
    /// Nobody accepted it in time.
    pub lapse: Option<Span>,
    pub ending: Option<Ending<'a>>,
    /// A report of its client's was contradicted.
    pub dispute: Option<Span>,
    pub verdict: Option<Verdict>,
}

#[derive(Clone, Copy, Debug)]
pub struct Charge {
    pub span: Span,
    /// What was replied; unknown where no answer has come.
    pub receipt: Option<Booked>,
    pub is_held: bool,
}

/// Its credits were divided: how much went to the client, in percent.
#[derive(Clone, Copy, Debug)]
pub struct Verdict {
    pub span: Span,
    pub client_percent: i64,
}

#[derive(Clone, Copy)]
pub struct Ending<'a> {
    pub span: Span,
    pub how: How<'a>,
}

#[derive(Clone, Copy, Debug)]
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
        left_for_good: bool,
    },
    Orphaned,
    Completed,
    /// Somebody said that the other one did not come.
    Missed {
        by_client: bool,
    },
}

/// An entry that there has to be.
pub struct Due {
    pub kind: &'static str,
    pub person: Uuid,
    pub amount: i32,
    pub span: Span,
}

impl Session<'_> {
    pub fn cost(&self) -> i32 {
        self.wanted.cost()
    }

    pub fn involves(&self, person: Uuid) -> bool {
        self.wanted.client == person || self.wanted.practitioner == person
    }

    /// What made it.
    pub fn made(&self) -> Option<Charge> {
        self.request.or(self.charge)
    }

    /// Whether it waits to be accepted, or waited to the end.
    pub fn is_request(&self) -> bool {
        self.request.is_some() && self.charge.is_none()
    }

    /// When it no longer took its time.
    pub fn freed(&self) -> Option<Span> {
        self.lapse.or(self.ending.map(|ending| ending.span))
    }

    /// When its time came.
    pub fn took_place(&self) -> Option<Span> {
        let passing = self.moves.iter().find(|relocated| relocated.is_by_time);
        passing.map(|relocated| relocated.span)
    }

    /// The times that it took, one after the other.
    pub fn stays(&self) -> impl Iterator<Item = Stay> {
        let moves = || {
            self.moves
                .iter()
                .filter(|relocated| relocated.told.from != relocated.told.to)
        };
        let first = (self.began, self.wanted.start());
        let starts = iter::once(first).chain(moves().map(|relocated| (relocated.span, relocated.told.to)));
        let ends = moves()
            .map(|relocated| Some(relocated.span))
            .chain(iter::once(self.freed()));
        starts.zip(ends).map(|((began, local_start), ended)| Stay {
            local_start,
            period: self.wanted.period_from(local_start),
            began,
            ended,
        })
    }

    /// When it was moved.
    pub fn moved(&self) -> impl Iterator<Item = Span> {
        let moves = self.moves.iter().filter(|relocated| !relocated.is_by_time);
        moves
            .filter(|relocated| relocated.told.from != relocated.told.to)
            .map(|relocated| relocated.span)
    }

    /// Where it is, or was when it ended.
    pub fn last_stay(&self) -> Stay {
        self.stays().last().expect("it began somewhere")
    }

    pub fn was_cancelled(&self) -> bool {
        self.ending.is_some_and(|ending| ending.how.is_cancellation())
    }

    /// Whether credits have been held or paid for it.
    pub fn has_credits(&self) -> bool {
        self.made().is_some()
    }

    /// How many credits the client got, if they are divided.
    pub fn returned(&self) -> Option<i32> {
        let verdict = self.verdict.filter(|_| self.has_credits())?;
        Some(match verdict.client_percent {
            100 => self.cost(),
            // Half up.
            percent => i32::try_from((i64::from(self.cost()) * percent + 50) / 100).expect("a part of it"),
        })
    }

    /// What held its credits, if anything did.
    fn hold(&self) -> Option<Charge> {
        self.request.or(self.charge.filter(|charge| charge.is_held))
    }

    /// What paid for it before it was over.
    fn payment(&self) -> Option<Charge> {
        self.charge.filter(|charge| !charge.is_held)
    }

    /// What is held for it in the end.
    pub fn held(&self) -> Option<i32> {
        let is_held = self.hold().is_some() && self.payment().is_none() && self.verdict.is_none();
        is_held.then(|| self.cost())
    }

    /// Its entries in the ledger.
    pub fn dues(&self) -> Vec<Due> {
        let (client, practitioner) = (self.wanted.client, self.wanted.practitioner);
        let mut dues = Vec::new();
        let mut add = |kind, person, amount, span| {
            if amount > 0 {
                dues.push(Due {
                    kind,
                    person,
                    amount,
                    span,
                });
            }
        };
        if let Some(hold) = self.hold() {
            add(HOLD, client, self.cost(), hold.span);
        }
        if let Some(payment) = self.payment() {
            add(PAYMENT, client, self.cost(), payment.span);
            add(EARNING, practitioner, self.cost(), payment.span);
        }
        if let (Some(Verdict { span, .. }), Some(returned)) = (self.verdict, self.returned()) {
            if self.payment().is_some() {
                add(REFUND, client, returned, span);
                add(REVERSAL, practitioner, returned, span);
            } else {
                add(PAYMENT, client, self.cost() - returned, span);
                add(EARNING, practitioner, self.cost() - returned, span);
                add(RELEASE, client, returned, span);
            }
        }
        dues
    }
}

impl How<'_> {
    pub fn caller(&self) -> Option<Caller> {
        match self {
            How::Refunded { by, .. } | How::Directly { by, .. } => Some(*by),
            _ => None,
        }
    }

    pub fn is_cancellation(&self) -> bool {
        !matches!(self, How::Completed | How::Missed { .. })
    }

    /// What goes back, in percent, when a session ends so that was booked.
    pub fn percent(&self, wanted: &SessionRequest) -> i64 {
        match (self, self.caller()) {
            (How::Completed, _) => 0,
            (_, Some(Caller::Person(person))) => percent_for(person, wanted),
            _ => 100,
        }
    }

    /// What stands in the row as the reason.
    pub fn reason(&self) -> Option<&str> {
        match self {
            How::Refunded { label, .. } | How::Directly { label, .. } => Some(label),
            How::Departure { left_for_good: true } => Some("The other person has left"),
            How::Departure { left_for_good: false } => Some("One of the two is no longer active"),
            How::Orphaned => Some("Never charged"),
            How::Completed | How::Missed { .. } => None,
        }
    }
}

impl Charge {
    /// As a reply tells of it.
    pub fn told(span: Span, receipt: Booked) -> Self {
        Charge {
            span,
            receipt: Some(receipt),
            is_held: receipt.kind != Kind::Paid,
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
