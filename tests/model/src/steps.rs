//! Everything that can happen, as data.

use std::fmt::{self, Display, Formatter};

use peer_exchange_rules::refund::CancelledBy;
use peer_exchange_rules::settlement::Side;
use peer_exchange_rules::status::{CANCELLED, COMPLETED, NO_SHOW};
use peer_exchange_rules::terms::Settlement;

use crate::world::{Person, PersonId, SESSIONS, SessionId};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Book(SessionId, Settlement),
    Ask(SessionId),
    Accept(SessionId, Settlement),
    /// By the client of a request: she withdraws it; by its practitioner: she declines.
    Cancel(SessionId, CancelledBy),
    Complete(SessionId),
    Report(SessionId, Side),
    /// The client gets this share, in hundredths of a percent.
    Resolve(SessionId, i64),
    /// The application sets it by a plain UPDATE.
    SetStatus(SessionId, &'static str),
    SettleDueSessions,
    ExpireRequests,
    Deactivate(PersonId),
    Delete(PersonId),
    /// An hour passes.
    Pass,
}

const SETTLEMENTS: [Settlement; 2] = [Settlement::Booking, Settlement::Completion];
const SHARES: [i64; 3] = [0, 3_333, 10_000];

impl Step {
    /// All of them.
    pub fn all() -> Vec<Step> {
        let mut steps = vec![Step::SettleDueSessions, Step::ExpireRequests, Step::Pass];
        for session in 0..SESSIONS {
            steps.extend(of_session(session));
        }
        for person in 0..Person::COUNT {
            steps.extend([Step::Deactivate(person), Step::Delete(person)]);
        }
        steps
    }

    /// The one that it is about.
    pub fn session(self) -> Option<SessionId> {
        match self {
            Step::Book(id, _)
            | Step::Ask(id)
            | Step::Accept(id, _)
            | Step::Cancel(id, _)
            | Step::Complete(id)
            | Step::Report(id, _)
            | Step::Resolve(id, _)
            | Step::SetStatus(id, _) => Some(id),
            _ => None,
        }
    }
}

fn of_session(session: SessionId) -> Vec<Step> {
    let mut steps = vec![Step::Ask(session), Step::Complete(session)];
    for settlement in SETTLEMENTS {
        steps.extend([Step::Book(session, settlement), Step::Accept(session, settlement)]);
    }
    for by in [
        CancelledBy::Client,
        CancelledBy::Practitioner,
        CancelledBy::Service,
    ] {
        steps.push(Step::Cancel(session, by));
    }
    for side in [Side::Client, Side::Practitioner] {
        steps.push(Step::Report(session, side));
    }
    steps.extend(SHARES.map(|share| Step::Resolve(session, share)));
    steps.extend([COMPLETED, NO_SHOW, CANCELLED].map(|status| Step::SetStatus(session, status)));
    steps
}

impl Display for Step {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self:?}")
    }
}
