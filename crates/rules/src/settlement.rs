//! What becomes of a session that has had its time: who has the last word on it, and who gets its credits.
//!
//! Whatever is said of a session, its credits are divided once. The practitioner's word ends it, or time does; what the client
//! says of a no-show ends it unless the practitioner contradicts in time, and then only a decision does.

use crate::account::{AccountPair, OutOfRange};
use crate::division::{DividedCredits, Division, Stake};
use crate::refusal::Refusal;
use crate::share::FULL_REFUND;
use crate::status::{self, COMPLETED, DISPUTED, NO_SHOW};
use chrono::{DateTime, TimeDelta, Utc};

/// The side of a session for which somebody speaks; the application speaks for the practitioner's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Client,
    Practitioner,
}

/// Somebody said that the other party did not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    pub by: Side,
    pub reported_at: DateTime<Utc>,
}

/// How sessions are settled here: the settings, as the rules see them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// So long after its end a session is settled, and so long a client's report can be contradicted.
    pub settle_after: TimeDelta,
    /// What a client pays who does not come, in hundredths of a percent.
    pub no_show_share: i64,
}

/// What was said of a session, as its row has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    pub status: String,
    pub report: Option<Report>,
    pub is_settled: bool,
}

/// All that is known of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    pub now: DateTime<Utc>,
    pub state: State,
    pub starts_at: Option<DateTime<Utc>>,
    pub ends_at: Option<DateTime<Utc>>,
    pub stake: Stake,
    pub credit_cost: i64,
}

/// What has happened to a session, as its people are told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    Completed,
    /// The client did not come, says the practitioner or the application.
    NoShow,
    /// The practitioner did not come, says the client.
    Reported,
    /// Nobody has contradicted that in time.
    ReportStood,
    Disputed,
    Resolved,
}

impl Event {
    pub fn name(self) -> &'static str {
        match self {
            Event::Completed => "completed",
            Event::NoShow => "no_show",
            Event::Reported => "reported",
            Event::ReportStood => "report_stood",
            Event::Disputed => "disputed",
            Event::Resolved => "resolved",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    pub event: Event,
    pub status: &'static str,
    /// Moves nothing where nothing is decided yet.
    pub division: Division,
}

/// An outcome as it will be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    pub outcome: Outcome,
    pub credits: DividedCredits,
    pub credit_cost: i64,
    /// What the practitioner has of it in the end.
    pub kept_credits: i32,
    /// Until when it can be contradicted.
    pub final_at: Option<DateTime<Utc>>,
}

impl State {
    fn open_report(&self) -> Option<Report> {
        self.report
            .filter(|report| report.by == Side::Client && self.status == NO_SHOW && !self.is_settled)
    }

    fn is_disputed(&self) -> bool {
        self.status == DISPUTED && !self.is_settled
    }

    /// Whether it waits for somebody's last word, as its people have been told.
    pub fn awaits_decision(&self) -> bool {
        self.is_disputed() || self.open_report().is_some()
    }

    pub fn is_completed(&self) -> bool {
        self.status == COMPLETED
    }

    /// Whether this side has said before that the other did not come.
    pub fn was_reported_by(&self, side: Side) -> bool {
        [NO_SHOW, DISPUTED].contains(&self.status.as_str())
            && self.report.is_some_and(|report| report.by == side)
    }

    /// Whether the practitioner has contradicted the client's report before, and nobody has decided yet.
    pub fn was_contradicted(&self) -> bool {
        self.is_disputed() && self.report.is_some_and(|report| report.by == Side::Client)
    }

    /// Until when an open report can be contradicted.
    pub fn final_at(&self, terms: &Terms) -> Option<DateTime<Utc>> {
        let report = self.open_report()?;
        report.reported_at.checked_add_signed(terms.settle_after)
    }
}

impl Outcome {
    fn of(event: Event, status: &'static str, division: Division) -> Self {
        Outcome {
            event,
            status,
            division,
        }
    }

    fn undecided(event: Event, status: &'static str) -> Self {
        Outcome::of(event, status, Division::default())
    }

    /// Whether nothing is left to be said.
    pub fn is_final(&self) -> bool {
        !matches!(self.event, Event::Reported | Event::Disputed)
    }

    /// Whether it says that somebody did not come.
    pub fn is_report(&self) -> bool {
        matches!(self.event, Event::NoShow | Event::Reported)
    }

    /// What the session says of its payment from now on; `None` where that stays as it is.
    pub fn payment_status(&self) -> Option<&'static str> {
        self.is_final().then(|| self.division.payment_status()).flatten()
    }

    /// What it moves on these accounts.
    pub fn on(self, facts: &Facts, terms: &Terms, accounts: AccountPair) -> Result<Settlement, OutOfRange> {
        let reported = State {
            status: self.status.into(),
            report: Some(Report {
                by: Side::Client,
                reported_at: facts.now,
            }),
            is_settled: self.is_final(),
        };
        Ok(Settlement {
            outcome: self,
            credits: self.division.on(accounts)?,
            credit_cost: facts.credit_cost,
            kept_credits: facts.stake.credits() - self.division.returned_credits,
            final_at: reported.final_at(terms),
        })
    }
}

impl Facts {
    /// Everything goes to the practitioner.
    fn completed(&self) -> Outcome {
        Outcome::of(Event::Completed, COMPLETED, self.stake.divide(0))
    }

    fn given_back(&self, status: &'static str) -> Outcome {
        Outcome::of(Event::ReportStood, status, self.stake.divide(FULL_REFUND))
    }

    fn is_contradicted_in_time(&self, terms: &Terms) -> bool {
        self.state
            .final_at(terms)
            .is_some_and(|final_at| self.now < final_at)
    }

    fn has_passed(&self, moment: Option<DateTime<Utc>>, terms: &Terms) -> bool {
        moment
            .and_then(|moment| moment.checked_add_signed(terms.settle_after))
            .is_some_and(|due_at| due_at <= self.now)
    }

    /// Why nothing can be said of what became of this session; `None` where something can.
    fn obstacle(&self) -> Option<String> {
        if !status::takes_place(&self.state.status) {
            Some(self.state.status.clone())
        } else if self.stake.credits() <= 0 {
            Some("unpaid".into())
        } else {
            None
        }
    }

    fn check_begun(&self) -> Result<(), Refusal> {
        match self.starts_at {
            Some(starts_at) if starts_at <= self.now => Ok(()),
            _ => Err(Refusal::SessionNotBegun),
        }
    }
}

/// The practitioner, or the application, says that the session took place.
pub fn complete(facts: &Facts, terms: &Terms) -> Result<Outcome, Refusal> {
    if facts.is_contradicted_in_time(terms) {
        return Ok(Outcome::undecided(Event::Disputed, DISPUTED));
    }
    match facts.obstacle() {
        Some(status) => Err(Refusal::NotCompletable { status }),
        None => facts.check_begun().map(|()| facts.completed()),
    }
}

/// This side says that the other one did not come.
pub fn report(by: Side, facts: &Facts, terms: &Terms) -> Result<Outcome, Refusal> {
    if by == Side::Practitioner && facts.is_contradicted_in_time(terms) {
        return Ok(Outcome::undecided(Event::Disputed, DISPUTED));
    }
    if let Some(status) = facts.obstacle() {
        return Err(Refusal::NotReportable { status });
    }
    facts.check_begun()?;
    Ok(reported(by, facts, terms))
}

fn reported(by: Side, facts: &Facts, terms: &Terms) -> Outcome {
    match by {
        Side::Client => Outcome::undecided(Event::Reported, NO_SHOW),
        Side::Practitioner => {
            let client_share = FULL_REFUND - terms.no_show_share;
            Outcome::of(Event::NoShow, NO_SHOW, facts.stake.divide(client_share))
        }
    }
}

/// What time alone has decided by now, if anything. What nothing is held for is settled already, and a dispute waits for ever.
pub fn time_out(facts: &Facts, terms: &Terms) -> Option<Outcome> {
    if let Some(report) = facts.state.open_report() {
        return facts
            .has_passed(Some(report.reported_at), terms)
            .then(|| facts.given_back(NO_SHOW));
    }
    let is_due = status::takes_place(&facts.state.status)
        && facts.stake.held > 0
        && facts.has_passed(facts.ends_at, terms);
    is_due.then(|| facts.completed())
}

/// Somebody decides on a dispute: the client gets this share, in hundredths of a percent.
pub fn resolve(client_share: i64, facts: &Facts) -> Result<Outcome, Refusal> {
    if !facts.state.is_disputed() {
        return Err(Refusal::NotDisputed {
            status: facts.state.status.clone(),
        });
    }
    let division = facts.stake.divide(client_share);
    let status = match facts.stake.credits() > division.returned_credits {
        true => COMPLETED,
        false => NO_SHOW,
    };
    Ok(Outcome::of(Event::Resolved, status, division))
}

/// What a status that was set directly sets off, by whoever speaks for this side; `None`: nothing. The row says the status
/// already, and who may set it has been asked.
pub fn set_directly(wanted: &str, by: Side, facts: &Facts, terms: &Terms) -> Option<Outcome> {
    if facts.state.awaits_decision() {
        return match wanted {
            COMPLETED => Some(facts.completed()),
            NO_SHOW => Some(facts.given_back(NO_SHOW)),
            wanted => status::is_given_up(wanted).then(|| facts.given_back(status::CANCELLED)),
        };
    }
    if !status::is_open(&facts.state.status) {
        return None;
    }
    match wanted {
        COMPLETED if facts.stake.held > 0 => Some(facts.completed()),
        NO_SHOW if facts.stake.credits() > 0 => Some(reported(by, facts, terms)),
        _ => None,
    }
}

/// What becomes of a session whose people are to be two no longer, the one of this side being deleted; `None`: nothing. What
/// has begun counts as having taken place, and who stays is right.
pub fn depart(leaving: Side, facts: &Facts) -> Option<Outcome> {
    if facts.state.is_disputed() {
        return Some(match leaving {
            Side::Client => facts.completed(),
            Side::Practitioner => facts.given_back(NO_SHOW),
        });
    }
    if facts.state.open_report().is_some() {
        return Some(facts.given_back(NO_SHOW));
    }
    (status::takes_place(&facts.state.status) && facts.stake.held > 0).then(|| facts.completed())
}

#[cfg(test)]
mod tests;
