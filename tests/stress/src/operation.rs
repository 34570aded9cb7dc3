//! Everything that a client may do, as data.

use uuid::Uuid;

use crate::people;

pub const MINUTES_PER_DAY: i32 = 24 * 60;

/// On whose behalf a request is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    Person(Uuid),
    Service,
    Anonymous,
    /// Who owns the tables, with all triggers off: how a test makes time pass.
    Owner,
}

/// A time on the practitioner's wall clock; days count from the run's first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    pub day: i32,
    pub minute: i32,
    pub duration: i32,
}

/// A stretch of minutes since the run's first midnight in UTC, end excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub start: i32,
    pub end: i32,
}

impl Period {
    pub fn overlaps(self, other: Period) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// When the practitioner gets what a booking costs; the setting that it is made under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settlement {
    Booking,
    /// Until the session has taken place it is held.
    Completion,
}

impl Settlement {
    /// The setting under which this request is accepted, by whomever.
    pub fn of_acceptance(session: Uuid) -> Self {
        match session.as_bytes()[15].is_multiple_of(2) {
            true => Settlement::Booking,
            false => Settlement::Completion,
        }
    }
}

/// A session that a client asks for. The label is unique to it; it goes with it as its notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRequest {
    pub label: String,
    pub key: Option<String>,
    pub client: Uuid,
    pub practitioner: Uuid,
    pub slot: Slot,
    pub product: Option<Uuid>,
    pub settlement: Settlement,
    /// Whether the practitioner is to accept it first.
    pub asks_first: bool,
}

impl SessionRequest {
    /// The product, where the practitioner really offers it.
    pub fn offered_product(&self) -> Option<people::Product> {
        people::product(self.practitioner).filter(|product| self.product == Some(product.id))
    }

    pub fn duration(&self) -> i32 {
        self.offered_product()
            .map_or(self.slot.duration, |product| product.minutes)
    }

    /// One credit a minute, or what the product costs.
    pub fn cost(&self) -> i32 {
        self.offered_product()
            .map_or(self.slot.duration, |product| product.credits)
    }

    /// In minutes since the run's first midnight on the practitioner's clock.
    pub fn start(&self) -> i32 {
        self.slot.day * MINUTES_PER_DAY + self.slot.minute
    }

    pub fn period(&self) -> Period {
        self.period_from(self.start())
    }

    /// What it would take from another start on.
    pub fn period_from(&self, local_start: i32) -> Period {
        let start = local_start - 60 * people::hours_ahead(self.practitioner);
        Period {
            start,
            end: start + self.duration(),
        }
    }
}

/// A session that the older flow inserts before it charges it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Insertion {
    pub session: Uuid,
    pub wanted: SessionRequest,
}

/// A session that somebody wants at another time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relocation {
    pub session: Uuid,
    pub day: i32,
    pub minute: i32,
    pub key: String,
}

impl Relocation {
    /// In minutes since the run's first midnight on the practitioner's clock.
    pub fn start(&self) -> i32 {
        self.day * MINUTES_PER_DAY + self.minute
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operation {
    Book(SessionRequest),
    Move(Relocation),
    Insert(Insertion),
    Charge(Insertion),
    Refund {
        session: Uuid,
        label: String,
    },
    CancelDirectly {
        session: Uuid,
        label: String,
    },
    CompleteDirectly {
        session: Uuid,
    },
    Accept {
        session: Uuid,
    },
    Complete {
        session: Uuid,
    },
    ReportNoShow {
        session: Uuid,
        label: String,
    },
    ResolveDispute {
        session: Uuid,
        client_percent: i64,
        label: String,
    },
    SettleDueSessions,
    ExpireRequests,
    /// Time passes for one session alone: nobody has accepted it in time.
    LetExpire {
        session: Uuid,
    },
    /// It is over, and was to begin so many days before it was.
    LetTakePlace {
        session: Uuid,
        days: i32,
    },
    /// Nobody has contradicted in time that somebody did not come.
    LetReportStand {
        session: Uuid,
    },
    Grant {
        person: Uuid,
        amount: i32,
        key: String,
    },
    /// In the order in which people lie in the table.
    GrantToAll {
        amount: i32,
        key: String,
    },
    /// Once a period, to every active practitioner.
    Allocate {
        amount: i32,
        period: String,
    },
    Deactivate(Uuid),
    Reactivate(Uuid),
    Delete(Uuid),
    Arrive(Uuid),
    CancelOrphans {
        older_than: &'static str,
    },
    ReadBalance(Uuid),
    /// What everybody has, at one moment.
    ReadAllBalances,
    LookAtSessions,
    LookAtPeople,
    Attack(Attack),
}

/// Something that nobody may do, or that makes no sense, and the right answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attack {
    pub name: &'static str,
    pub statement: &'static str,
    pub arguments: Vec<Option<String>>,
    pub right_answers: Vec<&'static str>,
    /// Claims that no caller of ours has.
    pub forged_claims: Option<&'static str>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub caller: Caller,
    pub operation: Operation,
}

impl Operation {
    /// The setting that it is made under.
    pub fn settlement(&self) -> Settlement {
        match self {
            Operation::Book(wanted) | Operation::Charge(Insertion { wanted, .. }) => wanted.settlement,
            Operation::Accept { session } => Settlement::of_acceptance(*session),
            _ => Settlement::Booking,
        }
    }

    pub fn writes(&self) -> bool {
        !matches!(
            self,
            Operation::ReadBalance(_)
                | Operation::ReadAllBalances
                | Operation::LookAtSessions
                | Operation::LookAtPeople
        )
    }

    /// Whether it may change a balance.
    pub fn moves_credits(&self) -> bool {
        matches!(
            self,
            Operation::Book(_)
                | Operation::Charge(_)
                | Operation::Refund { .. }
                | Operation::CancelDirectly { .. }
                | Operation::CompleteDirectly { .. }
                | Operation::Accept { .. }
                | Operation::Complete { .. }
                | Operation::ReportNoShow { .. }
                | Operation::ResolveDispute { .. }
                | Operation::SettleDueSessions
                | Operation::ExpireRequests
                | Operation::Grant { .. }
                | Operation::GrantToAll { .. }
                | Operation::Allocate { .. }
                | Operation::Deactivate(_)
                | Operation::Delete(_)
                | Operation::CancelOrphans { .. }
        )
    }

    pub fn name(&self) -> &'static str {
        match self {
            Operation::Book(wanted) if wanted.asks_first => "ask",
            Operation::Book(_) => "book",
            Operation::Move(_) => "move",
            Operation::Insert(_) => "insert",
            Operation::Charge(_) => "charge",
            Operation::Refund { .. } => "refund",
            Operation::CancelDirectly { .. } => "cancel directly",
            Operation::CompleteDirectly { .. } => "complete directly",
            Operation::Accept { .. } => "accept",
            Operation::Complete { .. } => "complete",
            Operation::ReportNoShow { .. } => "report no-show",
            Operation::ResolveDispute { .. } => "resolve dispute",
            Operation::SettleDueSessions => "settle",
            Operation::ExpireRequests => "expire requests",
            Operation::LetExpire { .. } => "let expire",
            Operation::LetTakePlace { .. } => "let take place",
            Operation::LetReportStand { .. } => "let report stand",
            Operation::Grant { .. } => "grant",
            Operation::GrantToAll { .. } => "grant to all",
            Operation::Allocate { .. } => "allocate",
            Operation::Deactivate(_) => "deactivate",
            Operation::Reactivate(_) => "reactivate",
            Operation::Delete(_) => "delete",
            Operation::Arrive(_) => "arrive",
            Operation::CancelOrphans { .. } => "cancel orphans",
            Operation::ReadBalance(_) => "read balance",
            Operation::ReadAllBalances => "read balances",
            Operation::LookAtSessions => "look at sessions",
            Operation::LookAtPeople => "look at people",
            Operation::Attack(_) => "attack",
        }
    }
}
