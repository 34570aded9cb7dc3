//! What every settlement shares: facts under locks, a decision, its credits and notifications.

use crate::fault::Fault;
use crate::reply::{self, Reply};
use crate::rpc::error::Error;
use crate::settings;
use crate::store::accounts::{self, Purpose};
use crate::store::people::{self, People};
use crate::store::sessions::{self, Session};
use crate::store::{Connection, notifications, refunds, settlements};
use peer_exchange_rules::notification::{Notification, settlement_notice};
use peer_exchange_rules::person::Person;
use peer_exchange_rules::refund;
use peer_exchange_rules::refusal::Refusal;
use peer_exchange_rules::settlement::{Event, Facts, Outcome, Settlement, State};
use uuid::Uuid;

/// A session about which something is said. It is locked.
pub struct Proposal<'a> {
    pub session: &'a Session,
    /// What was said before.
    pub state: State,
    pub client_id: Uuid,
    pub practitioner_id: Uuid,
    /// Whose word it is; nobody in person is the application, or time.
    pub author_id: Option<Uuid>,
    pub reason: Option<&'a str>,
    pub people: &'a People,
    /// A person who departs is told nothing any more.
    pub departing_id: Option<Uuid>,
    /// Whether the session says so already, by the UPDATE that sets this off.
    pub is_marked: bool,
}

impl<'a> Proposal<'a> {
    /// What time or the application says of a session; `None` where one of the two is no more.
    pub fn of(session: &'a Session, state: State, people: &'a People) -> Option<Self> {
        let (client_id, practitioner_id) = session.client_id.zip(session.practitioner_id)?;
        Some(Proposal {
            session,
            state,
            client_id,
            practitioner_id,
            author_id: None,
            reason: None,
            people,
            departing_id: None,
            is_marked: false,
        })
    }
}

/// Locks people, session and balances, and settles as `decide` says. `check` says first who may call, or replays.
pub fn settle_one(
    connection: &mut Connection<'_>,
    session_id: Uuid,
    author_id: Option<Uuid>,
    reason: Option<&str>,
    without_a_party: impl Fn(String) -> Refusal,
    check: impl FnOnce(&Session, &State) -> Result<bool, Fault>,
    decide: impl FnOnce(&Session, &Facts) -> Result<Outcome, Refusal>,
) -> Result<Reply, Error> {
    let people = people::hold_parties(connection, session_id)?;
    let session = sessions::lock(connection, session_id)?.ok_or(Refusal::SessionNotFound)?;
    let state = settlements::state(connection, session_id)?;
    let is_replay = check(&session, &state)?;
    if !session.is_peer_booking {
        return Err(Refusal::NotPeerBooking.into());
    }
    if is_replay {
        return Ok(replay(connection, &session, &state)?);
    }
    let status = state.status.clone();
    let proposal = Proposal {
        author_id,
        reason,
        ..Proposal::of(&session, state, &people).ok_or_else(|| without_a_party(status))?
    };
    let settlement = settle(connection, &proposal, |facts| decide(&session, facts).map(Some))?
        .ok_or_else(|| Fault::invariant_violated("a settlement was neither made nor refused"))?;
    Ok(reply::settlement::settled(session_id, &settlement)?)
}

/// Decides and carries it out; `None` where there is nothing to do.
pub fn settle(
    connection: &mut Connection<'_>,
    proposal: &Proposal<'_>,
    decide: impl FnOnce(&Facts) -> Result<Option<Outcome>, Refusal>,
) -> Result<Option<Settlement>, Error> {
    let session = proposal.session;
    let parties = [proposal.client_id, proposal.practitioner_id];
    let (mut accounts, money) =
        refunds::lock_accounts_and_load(connection, session, &proposal.state.status, &parties)?;
    let facts = facts(proposal, &money);
    let Some(outcome) = decide(&facts)? else {
        return Ok(None);
    };
    if let Some(opened) = accounts::open_missing(connection, &accounts, &parties)? {
        accounts = opened;
    }
    let pair = accounts.pair(proposal.client_id, proposal.practitioner_id);
    let settlement = outcome.on(&facts, &settings::settlement_terms(), pair)?;
    Ok(Some(apply(connection, proposal, settlement)?))
}

/// A fault in the place of a refusal, where whoever decides refuses nothing.
pub fn never_refused(error: Error) -> Fault {
    error
        .fault(|refusal| Fault::invariant_violated(format!("a session can't be settled: {}", refusal.code())))
}

/// What is known of a session, and what the ledger says of its credits.
pub fn facts(proposal: &Proposal<'_>, money: &refund::Facts) -> Facts {
    Facts {
        now: money.now,
        state: proposal.state.clone(),
        starts_at: money.starts_at,
        ends_at: proposal.session.time.ends_at(),
        stake: money.stake,
        credit_cost: money.credit_cost(),
    }
}

fn apply(
    connection: &mut Connection<'_>,
    proposal: &Proposal<'_>,
    mut settlement: Settlement,
) -> Result<Settlement, Fault> {
    let session = proposal.session;
    if !proposal.is_marked {
        let (author_id, reason) = (proposal.author_id, proposal.reason);
        settlements::record(connection, session, &settlement.outcome, author_id, reason)?;
    }
    let purpose = Purpose {
        description: proposal.reason.unwrap_or(description(settlement.outcome.event)),
        session_id: Some(session.id),
        idempotency_key: None,
    };
    let parties = (proposal.client_id, proposal.practitioner_id);
    accounts::record_division(connection, parties, &mut settlement.credits, purpose)?;
    // Of what was paid at the booking both were told then; but not of what was reported since.
    if settlement.outcome.event != Event::Completed
        || !settlement.credits.steps.is_empty()
        || proposal.state.awaits_decision()
    {
        let notices = notices(proposal, &settlement);
        notifications::notify_settlement(connection, settlement.outcome.event, &notices)?;
    }
    Ok(settlement)
}

/// What the ledger says of it where nobody has said more.
fn description(event: Event) -> &'static str {
    match event {
        Event::Completed => "Peer session",
        Event::NoShow => "The client did not come",
        Event::Reported | Event::ReportStood => "The practitioner did not come",
        Event::Disputed | Event::Resolved => "The session was disputed",
    }
}

fn notices(proposal: &Proposal<'_>, settlement: &Settlement) -> Vec<Notification> {
    let (Some(client), Some(practitioner)) = (
        proposal.people.get(&proposal.client_id),
        proposal.people.get(&proposal.practitioner_id),
    ) else {
        return Vec::new();
    };
    let time = &proposal.session.time;
    let notice = |recipient: &Person, other: &Person, is_client: bool| {
        settlement_notice(time, settlement, recipient, other, is_client, proposal.reason)
    };
    [(client, practitioner, true), (practitioner, client, false)]
        .into_iter()
        .filter(|(recipient, ..)| proposal.departing_id != Some(recipient.id))
        .map(|(recipient, other, is_client)| notice(recipient, other, is_client))
        .collect()
}

/// The answer for what was said before.
fn replay(connection: &mut Connection<'_>, session: &Session, state: &State) -> Result<Reply, Fault> {
    let receipt = settlements::receipt(connection, session.id)?;
    let credit_cost = refunds::load(connection, session)?.credit_cost();
    let final_at = state.final_at(&settings::settlement_terms());
    reply::settlement::settled_before(session, credit_cost, &receipt, final_at)
}
