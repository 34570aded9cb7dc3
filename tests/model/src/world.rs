//! Three people and two sessions, with all that can become of them. What is decided, the rules decide: the very functions
//! that the extension calls. What the extension does with a decision is told here anew, and shorter.

use std::hash::{Hash, Hasher};

use chrono::{DateTime, TimeDelta, Utc};
use peer_exchange_rules::account::{Account, AccountPair, Movement, MovementKind};
use peer_exchange_rules::booking::BookingRequest;
use peer_exchange_rules::division::{Division, Stake, Step as Movements};
use peer_exchange_rules::person;
use peer_exchange_rules::schedule::Period;
use peer_exchange_rules::settlement::Side;
use peer_exchange_rules::status;
use uuid::Uuid;

pub type PersonId = usize;
pub type SessionId = usize;
/// Since the beginning.
pub type Hour = i64;

pub const SESSIONS: usize = 2;
pub const ROLE: &str = "osteopath";
/// An odd number, so that a part of it is rounded.
pub const COST: i32 = 5;
pub const REQUEST_HOURS: i32 = 1;
pub const SETTLE_AFTER_HOURS: i32 = 1;
/// In hundredths of a percent.
pub const NO_SHOW_SHARE: i64 = 5_000;
pub const PARTIAL_REFUND: i64 = 5_000;
pub const FULL_REFUND_HOURS: i64 = 1;
pub const PARTIAL_REFUND_HOURS: i64 = 0;
pub const DURATION_HOURS: Hour = 1;
/// When both sessions are over and could be settled.
pub const END: Hour = 5;

/// Who is to give a session to whom, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Plan {
    pub client: PersonId,
    pub practitioner: PersonId,
    pub starts: Hour,
}

/// A state of it all.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct World {
    pub plans: [Plan; SESSIONS],
    pub now: Hour,
    pub people: [Person; Person::COUNT],
    pub sessions: [Option<Session>; SESSIONS],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person {
    pub account: Account,
    pub is_active: bool,
    pub is_deleted: bool,
    /// What was written off when the person left.
    pub written_off: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Session {
    pub status: &'static str,
    pub cost: i32,
    /// Until when it waits, or waited, where it was asked for.
    pub expires: Option<Hour>,
    pub acceptances: u8,
    pub was_paid_at_once: bool,
    pub credits: Credits,
    /// Who said that the other one did not come, and when.
    pub report: Option<(bool, Hour)>,
    pub was_disputed: bool,
    pub is_settled: bool,
    /// How often its credits were divided, and whether time alone has done it after they were disputed.
    pub divisions: u8,
    pub was_decided_by_time_though_disputed: bool,
}

/// What the ledger says of a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Credits {
    pub held: i32,
    pub paid: i32,
    pub earned: i32,
}

impl Person {
    pub const COUNT: usize = 3;

    pub fn with(balance: i64) -> Self {
        Person {
            account: Account {
                balance,
                ..Account::default()
            },
            is_active: true,
            is_deleted: false,
            written_off: 0,
        }
    }

    /// What is in circulation of what the person was given.
    pub fn worth(&self) -> i64 {
        let Account {
            balance, held, owed, ..
        } = self.account;
        balance + held - owed + self.written_off
    }
}

impl Hash for Person {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Account {
            balance, held, owed, ..
        } = self.account;
        (balance, held, owed).hash(state);
        (self.is_active, self.is_deleted, self.written_off).hash(state);
    }
}

impl Credits {
    pub fn stake(self) -> Stake {
        Stake {
            held: self.held,
            paid: self.paid,
            earned: self.earned,
        }
    }

    fn count(&mut self, movement: &Movement) {
        let whole = |credits: i64| i32::try_from(credits).expect("the credits of a session");
        let amount = whole(movement.amount);
        match movement.kind {
            MovementKind::SessionHold => self.held += amount,
            MovementKind::SessionHoldRelease => self.held -= amount,
            MovementKind::SessionPayment => {
                self.held -= whole(movement.before.held - movement.after.held);
                self.paid += amount;
            }
            MovementKind::SessionEarning => self.earned += amount,
            MovementKind::Refund => self.paid -= amount,
            MovementKind::SessionEarningReversal => self.earned -= amount,
            _ => {}
        }
    }
}

impl Session {
    pub fn waits(&self) -> bool {
        self.status == status::PENDING_APPROVAL
    }

    pub fn is_expired_at(&self, now: Hour) -> bool {
        self.waits() && self.expires.is_some_and(|expires| expires <= now)
    }

    /// Whether it takes its time of both.
    pub fn is_active(&self) -> bool {
        self.waits() || status::takes_place(self.status)
    }

    pub fn side_of_report(&self) -> Option<Side> {
        let (by_client, _) = self.report?;
        Some(if by_client {
            Side::Client
        } else {
            Side::Practitioner
        })
    }
}

impl Plan {
    pub fn parties(&self) -> [PersonId; 2] {
        [self.client, self.practitioner]
    }

    pub fn period(&self) -> Period {
        Period {
            starts_at: moment(self.starts),
            ends_at: moment(self.starts + DURATION_HOURS),
        }
    }

    pub fn request(&self) -> BookingRequest {
        BookingRequest {
            client_id: uuid_of(self.client),
            practitioner_id: uuid_of(self.practitioner),
            duration_minutes: i32::try_from(DURATION_HOURS * 60).expect("a few minutes"),
            product_id: None,
        }
    }
}

impl World {
    pub fn new(plans: [Plan; SESSIONS], balances: [i64; Person::COUNT]) -> Self {
        World {
            plans,
            now: 0,
            people: balances.map(Person::with),
            sessions: [None, None],
        }
    }

    /// A little later than the hour: nothing depends on how long a step takes.
    pub fn instant(&self) -> DateTime<Utc> {
        moment(self.now) + TimeDelta::minutes(1)
    }

    pub fn has_both_parties(&self, id: SessionId) -> bool {
        let is_there = |person: PersonId| !self.people[person].is_deleted;
        self.plans[id].parties().into_iter().all(is_there)
    }

    pub fn session(&mut self, id: SessionId) -> &mut Session {
        self.sessions[id].as_mut().expect("a session that is there")
    }

    /// As the rules see her; a person who is deleted is nobody.
    pub fn person(&self, id: PersonId) -> Option<person::Person> {
        let person = &self.people[id];
        (!person.is_deleted).then(|| person::Person {
            id: uuid_of(id),
            name: format!("Person {id}"),
            email: None,
            user_role: Some(ROLE.to_owned()),
            is_active: person.is_active,
            has_opted_in: true,
            place: None,
        })
    }

    pub fn accounts(&self, plan: &Plan) -> AccountPair {
        AccountPair {
            client: self.people[plan.client].account,
            practitioner: self.people[plan.practitioner].account,
        }
    }

    /// A movement of one person's credits for this session. It starts where the account is, as the statement does that
    /// writes it.
    pub fn move_credits(&mut self, session: SessionId, person: PersonId, movement: &Movement) {
        let account = &mut self.people[person].account;
        assert_eq!(
            *account,
            without_totals(movement.before),
            "a movement on another account"
        );
        *account = without_totals(movement.after);
        self.session(session).credits.count(movement);
    }

    /// Divides what is at stake.
    pub fn divide(&mut self, id: SessionId, division: Division) {
        let plan = self.plans[id];
        let divided = division.on(self.accounts(&plan)).expect("small numbers");
        for step in &divided.steps {
            match step {
                Movements::ByClient(movement) => self.move_credits(id, plan.client, movement),
                Movements::ByBoth { client, practitioner } => {
                    self.move_credits(id, plan.client, client);
                    self.move_credits(id, plan.practitioner, practitioner);
                }
                Movements::RoomOfClient(_) | Movements::RoomOfPractitioner(_) => {
                    unreachable!("small numbers")
                }
            }
        }
        let session = self.session(id);
        session.divisions += 1;
    }
}

/// They tell which way led to a state, and nothing is decided by them.
fn without_totals(account: Account) -> Account {
    Account {
        total_earned: 0,
        total_spent: 0,
        ..account
    }
}

pub fn moment(hour: Hour) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::hours(hour)
}

pub fn uuid_of(number: usize) -> Uuid {
    Uuid::from_u128(u128::try_from(number).expect("a small number") + 1)
}
