//! What each step makes of the world, or why it is refused.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use peer_exchange_rules::booking::{self, Booking, Charge, Engagement, Facts, NoBooking, Target};
use peer_exchange_rules::division::Division;
use peer_exchange_rules::refund::{self, CancelledBy, Ending, Policy};
use peer_exchange_rules::refusal::Refusal;
use peer_exchange_rules::request::{self, Acceptance, ExpiredRequest, Request};
use peer_exchange_rules::schedule::{Slot, WorkingHours};
use peer_exchange_rules::session_time::SessionTime;
use peer_exchange_rules::settlement::{self, Event, Outcome, Report, Side, State};
use peer_exchange_rules::share::FULL_REFUND;
use peer_exchange_rules::status::{self, EXPIRED, PENDING_APPROVAL};
use peer_exchange_rules::terms::{Settlement, Terms};

use crate::steps::Step;
use crate::world::{
    COST, Credits, FULL_REFUND_HOURS, Hour, NO_SHOW_SHARE, PARTIAL_REFUND, PARTIAL_REFUND_HOURS, PersonId,
    REQUEST_HOURS, ROLE, SESSIONS, SETTLE_AFTER_HOURS, Session, SessionId, World, moment, uuid_of,
};

const SCHEDULED: &str = "scheduled";
/// In the place of a refusal's code: the model does not go there.
pub const NOT_TOLD_HERE: &str = "not told here";

/// The world after a step, or the refusal's code. What comes twice is answered as before and changes nothing.
pub type Next = Result<World, &'static str>;

impl World {
    pub fn after(&self, step: Step) -> Next {
        self.check_conceivable(step)?;
        let mut next = self.clone();
        match step {
            Step::Book(id, settlement) => next.book(id, settlement, Target::NewSession)?,
            Step::Ask(id) => next.book(id, Settlement::Booking, Target::Request)?,
            Step::Accept(id, settlement) => next.accept(id, settlement)?,
            Step::Cancel(id, by) => next.cancel(id, by)?,
            Step::Complete(id) => next.complete(id)?,
            Step::Report(id, side) => next.report(id, side)?,
            Step::Resolve(id, share) => next.resolve(id, share)?,
            Step::SetStatus(id, wanted) => next.set_status(id, wanted)?,
            Step::SettleDueSessions => next.settle_due_sessions(),
            Step::ExpireRequests => next.expire_requests(),
            Step::Deactivate(person) => next.deactivate(person)?,
            Step::Delete(person) => next.delete(person)?,
            Step::Pass => next.now += 1,
        }
        Ok(next)
    }

    /// A session is made once, and nothing is said of one that is not there.
    fn check_conceivable(&self, step: Step) -> Result<(), &'static str> {
        match step {
            Step::Book(id, _) | Step::Ask(id) if self.sessions[id].is_some() => Err(NOT_TOLD_HERE),
            Step::Book(..) | Step::Ask(_) => Ok(()),
            _ => match step.session() {
                Some(id) if self.sessions[id].is_none() => Err(NOT_TOLD_HERE),
                _ => Ok(()),
            },
        }
    }

    fn book(&mut self, id: SessionId, settlement: Settlement, target: Target) -> Result<(), &'static str> {
        let plan = self.plans[id];
        let expired = self.expired_requests_of(plan.client);
        let mut accounts = self.accounts(&plan);
        accounts.client = request::released(accounts.client, &expired).expect("small numbers");
        let (terms, facts) = (terms(settlement), self.booking_facts(id));
        let booking = booking::decide(&terms, &plan.request(), &target, &facts, &accounts).map_err(code)?;
        self.release_slots(&booking);
        for (other, _) in self.with_expired_credits(plan.client) {
            self.expire(other);
        }
        self.sessions[id] = Some(Session {
            status: if target == Target::Request {
                PENDING_APPROVAL
            } else {
                SCHEDULED
            },
            cost: booking.credit_cost,
            expires: booking.wait.map(|wait| hour(wait.expires_at)),
            acceptances: 0,
            was_paid_at_once: false,
            credits: Credits::default(),
            report: None,
            was_disputed: false,
            is_settled: false,
            divisions: 0,
            was_decided_by_time_though_disputed: false,
        });
        self.charge(id, &booking.charge);
        Ok(())
    }

    fn accept(&mut self, id: SessionId, settlement: Settlement) -> Result<(), &'static str> {
        let plan = self.plans[id];
        let session = self.sessions[id].clone().ok_or("SESSION_NOT_FOUND")?;
        let expires = session.expires.ok_or(Refusal::NotARequest.code())?;
        let request = Request {
            is_accepted: session.acceptances > 0,
            expires_at: Some(moment(expires)),
        };
        if request.is_accepted_still(session.status) {
            return Ok(());
        }
        let held = session.credits.held;
        request
            .check_open(session.status, held, self.instant())
            .map_err(|refusal| refusal.code())?;
        let (terms, facts) = (terms(settlement), self.booking_facts(id));
        let acceptance = Acceptance {
            terms: &terms,
            request: &plan.request(),
            held,
        };
        let booking = acceptance.decide(&facts, &self.accounts(&plan)).map_err(code)?;
        self.release_slots(&booking);
        let session = self.session(id);
        session.status = SCHEDULED;
        session.acceptances += 1;
        // What is held is held on.
        if let Charge::Paid { .. } = booking.charge {
            self.charge(id, &booking.charge);
        }
        Ok(())
    }

    fn charge(&mut self, id: SessionId, charge: &Charge) {
        let plan = self.plans[id];
        match charge {
            Charge::Held { hold, .. } => self.move_credits(id, plan.client, hold),
            Charge::Paid { payment, earning } => {
                self.session(id).was_paid_at_once = true;
                self.move_credits(id, plan.client, payment);
                self.move_credits(id, plan.practitioner, earning);
            }
        }
    }

    /// Who wants a slot on which a request has expired takes it, and leaves the credits alone.
    fn release_slots(&mut self, booking: &Booking) {
        for id in 0..SESSIONS {
            if booking.expired_holds.contains(&uuid_of(id)) {
                self.session(id).status = EXPIRED;
            }
        }
    }

    fn expire(&mut self, id: SessionId) {
        let held = self.session(id).credits.stake();
        self.session(id).status = EXPIRED;
        self.divide(id, held.divide(FULL_REFUND));
    }

    fn expire_requests(&mut self) {
        for person in 0..self.people.len() {
            for (id, _) in self.with_expired_credits(person) {
                self.expire(id);
            }
        }
    }

    /// Requests of this client for which credits are held though nobody can accept them any more.
    fn with_expired_credits(&self, client: PersonId) -> Vec<(SessionId, i32)> {
        let of_client = |id: &SessionId| self.plans[*id].client == client;
        let held = |id: SessionId| {
            let session = self.sessions[id].as_ref()?;
            let is_expired = session.is_expired_at(self.now) || session.status == EXPIRED;
            (is_expired && session.credits.held > 0).then_some((id, session.credits.held))
        };
        (0..SESSIONS).filter(of_client).filter_map(held).collect()
    }

    fn expired_requests_of(&self, client: PersonId) -> Vec<ExpiredRequest> {
        let expired = |(id, credits): (SessionId, i32)| ExpiredRequest {
            time: SessionTime {
                session_id: uuid_of(id),
                duration_minutes: self.plans[id].request().duration_minutes,
                timezone: "UTC".into(),
                start: None,
            },
            client_id: uuid_of(client),
            practitioner_id: Some(uuid_of(self.plans[id].practitioner)),
            credits,
        };
        self.with_expired_credits(client)
            .into_iter()
            .map(expired)
            .collect()
    }

    fn cancel(&mut self, id: SessionId, by: CancelledBy) -> Result<(), &'static str> {
        let facts = self.refund_facts(id)?;
        if !self.has_both_parties(id) {
            return Err(refund::refusal_without_a_party(by, &facts).code());
        }
        let terms = refund::terms(by, &facts).map_err(|refusal| refusal.code())?;
        self.session(id).status = Ending::of(by, &terms).status();
        self.divide(id, terms.division);
        Ok(())
    }

    fn complete(&mut self, id: SessionId) -> Result<(), &'static str> {
        let facts = self.settlement_facts(id)?;
        if facts.state.is_completed() || facts.state.was_contradicted() {
            return Ok(());
        }
        if !self.has_both_parties(id) {
            return Err("NOT_COMPLETABLE");
        }
        let outcome = settlement::complete(&facts, &settlement_terms()).map_err(|refusal| refusal.code())?;
        self.settle(id, outcome, Side::Practitioner);
        Ok(())
    }

    fn report(&mut self, id: SessionId, side: Side) -> Result<(), &'static str> {
        let facts = self.settlement_facts(id)?;
        if facts.state.was_reported_by(side) || side == Side::Practitioner && facts.state.was_contradicted() {
            return Ok(());
        }
        if !self.has_both_parties(id) {
            return Err("NOT_REPORTABLE");
        }
        let outcome =
            settlement::report(side, &facts, &settlement_terms()).map_err(|refusal| refusal.code())?;
        self.settle(id, outcome, side);
        Ok(())
    }

    fn resolve(&mut self, id: SessionId, share: i64) -> Result<(), &'static str> {
        let facts = self.settlement_facts(id)?;
        if !self.has_both_parties(id) {
            return Err("NOT_DISPUTED");
        }
        let outcome = settlement::resolve(share, &facts).map_err(|refusal| refusal.code())?;
        self.settle(id, outcome, Side::Practitioner);
        Ok(())
    }

    /// The application may set any; told here are those that say what became of a session.
    fn set_status(&mut self, id: SessionId, wanted: &'static str) -> Result<(), &'static str> {
        let facts = self.settlement_facts(id)?;
        let awaits_decision =
            facts.state.status == status::DISPUTED || facts.state.final_at(&settlement_terms()).is_some();
        let takes_place = status::takes_place(&facts.state.status) && wanted != status::CANCELLED;
        // What a session is already it does not become.
        let is_change = facts.state.status != wanted;
        if !(self.has_both_parties(id) && is_change && (awaits_decision || takes_place)) {
            return Err(NOT_TOLD_HERE);
        }
        match settlement::set_directly(wanted, Side::Practitioner, &facts, &settlement_terms()) {
            Some(outcome) => self.settle(id, outcome, Side::Practitioner),
            None => self.session(id).status = wanted,
        }
        Ok(())
    }

    fn settle_due_sessions(&mut self) {
        for id in 0..SESSIONS {
            let Ok(facts) = self.settlement_facts(id) else {
                continue;
            };
            if !self.has_both_parties(id) {
                continue;
            }
            if let Some(outcome) = settlement::time_out(&facts, &settlement_terms()) {
                let session = self.session(id);
                session.was_decided_by_time_though_disputed = session.was_disputed;
                self.settle(id, outcome, Side::Practitioner);
            }
        }
    }

    fn settle(&mut self, id: SessionId, outcome: Outcome, by: Side) {
        let now = self.now;
        let session = self.session(id);
        session.status = outcome.status;
        session.is_settled = outcome.is_final();
        session.was_disputed |= outcome.event == Event::Disputed;
        if outcome.is_report() {
            session.report = Some((by == Side::Client, now));
        }
        if outcome.is_final() {
            self.divide(id, outcome.division);
        } else {
            assert_eq!(
                outcome.division,
                Division::default(),
                "what is undecided moves nothing"
            );
        }
    }

    /// Upcoming sessions of hers are given up, and all goes back.
    fn deactivate(&mut self, person: PersonId) -> Result<(), &'static str> {
        if !self.people[person].is_active || self.people[person].is_deleted {
            return Err(NOT_TOLD_HERE);
        }
        self.people[person].is_active = false;
        self.cancel_upcoming_of(person);
        Ok(())
    }

    fn cancel_upcoming_of(&mut self, person: PersonId) {
        for id in 0..SESSIONS {
            let Ok(facts) = self.refund_facts(id) else {
                continue;
            };
            let is_hers = self.plans[id].parties().contains(&person);
            if is_hers && !facts.has_begun() && self.has_both_parties(id) {
                // What is over is left alone.
                let _ = self.cancel(id, CancelledBy::Service);
            }
        }
    }

    fn delete(&mut self, person: PersonId) -> Result<(), &'static str> {
        if self.people[person].is_deleted {
            return Err(NOT_TOLD_HERE);
        }
        self.cancel_upcoming_of(person);
        for id in 0..SESSIONS {
            self.lose_party(id, person);
        }
        let leaving = &mut self.people[person];
        leaving.written_off += leaving.account.balance - leaving.account.owed;
        for correction in leaving.account.close() {
            leaving.account = correction.after;
        }
        leaving.is_deleted = true;
        Ok(())
    }

    /// What has begun is settled before one of its people is no more.
    fn lose_party(&mut self, id: SessionId, person: PersonId) {
        let plan = self.plans[id];
        if !plan.parties().contains(&person) || !self.has_both_parties(id) {
            return;
        }
        let Ok(facts) = self.settlement_facts(id) else {
            return;
        };
        let is_expired = self
            .with_expired_credits(plan.client)
            .iter()
            .any(|(expired, _)| *expired == id);
        if is_expired {
            return self.expire(id);
        }
        let leaving = if plan.client == person {
            Side::Client
        } else {
            Side::Practitioner
        };
        if let Some(outcome) = settlement::depart(leaving, &facts) {
            self.settle(id, outcome, Side::Practitioner);
        }
    }

    /// All but the session's own.
    fn booking_facts(&self, id: SessionId) -> Facts {
        let plan = &self.plans[id];
        let period = plan.period();
        let engagement = |other: SessionId| {
            let session = self.sessions[other]
                .as_ref()
                .filter(|session| session.is_active())?;
            let parties = &self.plans[other];
            Some(Engagement {
                session_id: uuid_of(other),
                practitioner_id: Some(uuid_of(parties.practitioner)),
                client_id: Some(uuid_of(parties.client)),
                period: parties.period(),
                is_expired_hold: session.is_expired_at(self.now),
            })
        };
        Facts {
            now: self.instant(),
            client: self.person(plan.client),
            practitioner: self.person(plan.practitioner),
            product: None,
            slot: Some(Slot {
                period,
                local_start: local(period.starts_at),
                local_end: local(period.ends_at),
            }),
            working_hours: WorkingHours::UNLIMITED,
            blocks: Vec::new(),
            client_busy: Vec::new(),
            engagements: (0..SESSIONS)
                .filter(|other| *other != id)
                .filter_map(engagement)
                .collect(),
        }
    }

    fn refund_facts(&self, id: SessionId) -> Result<refund::Facts, &'static str> {
        let session = self.sessions[id].as_ref().ok_or("SESSION_NOT_FOUND")?;
        Ok(refund::Facts {
            now: self.instant(),
            status: session.status.into(),
            starts_at: Some(moment(self.plans[id].starts)),
            stake: session.credits.stake(),
            refunded_before: 0,
            policy: Policy {
                full_refund_hours: FULL_REFUND_HOURS,
                partial_refund_hours: PARTIAL_REFUND_HOURS,
                no_refund_hours: 0,
                partial_refund: PARTIAL_REFUND,
            },
        })
    }

    fn settlement_facts(&self, id: SessionId) -> Result<settlement::Facts, &'static str> {
        let session = self.sessions[id].as_ref().ok_or("SESSION_NOT_FOUND")?;
        let period = self.plans[id].period();
        let report = session
            .side_of_report()
            .zip(session.report)
            .map(|(by, (_, at))| Report {
                by,
                reported_at: moment(at),
            });
        Ok(settlement::Facts {
            now: self.instant(),
            state: State {
                status: session.status.into(),
                report,
                is_settled: session.is_settled,
            },
            starts_at: Some(period.starts_at),
            ends_at: Some(period.ends_at),
            stake: session.credits.stake(),
            credit_cost: session.cost.into(),
        })
    }
}

fn terms(settlement: Settlement) -> Terms {
    Terms {
        credits_per_minute: f64::from(COST) / 60.0,
        max_duration_minutes: 480,
        min_notice_minutes: 0,
        max_advance_days: 365,
        buffer_minutes: 0,
        practitioner_roles: vec![ROLE.into()],
        settlement,
        request_hours: REQUEST_HOURS,
    }
}

pub fn settlement_terms() -> settlement::Terms {
    settlement::Terms {
        settle_after: TimeDelta::hours(SETTLE_AFTER_HOURS.into()),
        no_show_share: NO_SHOW_SHARE,
    }
}

fn code(no_booking: NoBooking) -> &'static str {
    match no_booking {
        NoBooking::Refused(refused) => refused.refusal.code(),
        _ => "a fault",
    }
}

fn local(at: DateTime<Utc>) -> NaiveDateTime {
    at.naive_utc()
}

fn hour(at: DateTime<Utc>) -> Hour {
    (at - moment(0)).num_hours()
}
