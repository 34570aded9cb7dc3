//! Many cancellations as one: however many they are, sessions, balances with the ledger, and notifications take a
//! statement each.

use super::decision::{Proposal, notices};
use crate::fault::Fault;
use crate::store::accounts::many::{self, Posting};
use crate::store::accounts::{self, Accounts};
use crate::store::{Connection, notifications, refunds, sessions};
use peer_exchange_rules::division::{ROOM_DESCRIPTION, Step};
use peer_exchange_rules::notification::Notification;
use peer_exchange_rules::refund::{self, Cancellation, Ending, Facts, RefundTerms};
use peer_exchange_rules::refusal::Refusal;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A cancellation, and the terms on which it is carried out.
pub type Agreed<'a> = (Proposal<'a>, RefundTerms);

/// On which terms each of these sessions, which are locked, would be cancelled.
pub fn terms(
    connection: &mut Connection<'_>,
    proposals: &[Proposal<'_>],
) -> Result<Vec<Result<RefundTerms, Refusal>>, Fault> {
    let asked: Vec<_> = (proposals.iter())
        .map(|proposal| (proposal.session, proposal.status))
        .collect();
    let mut facts = refunds::load_all(connection, &asked)?;
    limit_to_what_is_held(connection, proposals, &mut facts)?;
    Ok((proposals.iter().zip(&facts))
        .map(|(proposal, facts)| refund::terms(proposal.cancelled_by, facts))
        .collect())
}

/// Of several sessions of one client no more counts as held than she has: entries of an application's own may say anything.
fn limit_to_what_is_held(
    connection: &mut Connection<'_>,
    proposals: &[Proposal<'_>],
    facts: &mut [Facts],
) -> Result<(), Fault> {
    let clients: BTreeSet<Uuid> = proposals.iter().map(|proposal| proposal.client_id).collect();
    if clients.len() == proposals.len() {
        return Ok(());
    }
    let accounts = accounts::lock(connection, &clients.iter().copied().collect::<Vec<_>>())?;
    let mut left: BTreeMap<Uuid, i64> = (clients.into_iter())
        .map(|client_id| (client_id, accounts.of(client_id).held))
        .collect();
    for (proposal, facts) in proposals.iter().zip(facts) {
        let left = left.entry(proposal.client_id).or_default();
        let most = i32::try_from((*left).max(0)).unwrap_or(i32::MAX);
        facts.stake.held = facts.stake.held.min(most);
        *left -= i64::from(facts.stake.held);
    }
    Ok(())
}

/// Carries them out, one after the other as far as balances are concerned. The balances of all parties are locked.
pub fn carry_out(connection: &mut Connection<'_>, agreed: &[Agreed<'_>]) -> Result<(), Fault> {
    mark(connection, agreed)?;
    let cancellations = decide(connection, agreed)?;
    record(connection, agreed, &cancellations)?;
    let mut told: BTreeMap<Ending, Vec<Notification>> = BTreeMap::new();
    for ((proposal, terms), cancellation) in agreed.iter().zip(&cancellations) {
        let of_its_kind = told.entry(proposal.ending(terms)).or_default();
        of_its_kind.extend(notices(proposal, cancellation));
    }
    for (ending, notices) in told {
        notifications::notify_cancellations(connection, ending, &notices)?;
    }
    Ok(())
}

/// Sets those to cancelled that are not yet: one statement for all of which it says the same.
fn mark(connection: &mut Connection<'_>, agreed: &[Agreed<'_>]) -> Result<(), Fault> {
    let mut alike: BTreeMap<_, Vec<Uuid>> = BTreeMap::new();
    for (proposal, terms) in agreed.iter().filter(|(proposal, _)| !proposal.is_marked) {
        let status = proposal.ending(terms).status();
        let said = (
            status,
            terms.payment_status(),
            proposal.cancelled_by_id,
            proposal.reason,
        );
        alike.entry(said).or_default().push(proposal.session.id);
    }
    for ((status, payment_status, cancelled_by_id, reason), session_ids) in alike {
        sessions::cancel(
            connection,
            &session_ids,
            status,
            cancelled_by_id,
            reason,
            payment_status,
        )?;
    }
    Ok(())
}

/// What each of them moves, on what the ones before have left.
fn decide(connection: &mut Connection<'_>, agreed: &[Agreed<'_>]) -> Result<Vec<Cancellation>, Fault> {
    let mut accounts = lock_accounts(connection, agreed)?;
    let mut cancellations = Vec::with_capacity(agreed.len());
    for (proposal, terms) in agreed {
        let (client_id, practitioner_id) = (proposal.client_id, proposal.practitioner_id);
        let cancellation = refund::cancel(*terms, accounts.pair(client_id, practitioner_id))?;
        accounts.set_pair(client_id, practitioner_id, cancellation.credits.accounts_after);
        cancellations.push(cancellation);
    }
    Ok(cancellations)
}

/// The accounts of all parties, opened where credits are to be moved.
fn lock_accounts(connection: &mut Connection<'_>, agreed: &[Agreed<'_>]) -> Result<Accounts, Fault> {
    let parties = |are_meant: fn(&RefundTerms) -> bool| -> Vec<Uuid> {
        let parties: BTreeSet<Uuid> = (agreed.iter())
            .filter(|(_, terms)| are_meant(terms))
            .flat_map(|(proposal, _)| [proposal.client_id, proposal.practitioner_id])
            .collect();
        parties.into_iter().collect()
    };
    let (all, moved) = (parties(|_| true), parties(|terms| terms.credits_were_deducted));
    let accounts = accounts::lock(connection, &all)?;
    match accounts::open_missing(connection, &accounts, &moved)? {
        None => Ok(accounts),
        Some(_) => accounts::lock(connection, &all),
    }
}

/// Writes what becomes of the credits to the ledger.
fn record(
    connection: &mut Connection<'_>,
    agreed: &[Agreed<'_>],
    cancellations: &[Cancellation],
) -> Result<(), Fault> {
    let mut postings = Vec::new();
    for ((proposal, _), cancellation) in agreed.iter().zip(cancellations) {
        for step in &cancellation.credits.steps {
            postings.extend(postings_of(proposal, *step));
        }
    }
    many::record(connection, &postings)
}

fn postings_of<'a>(proposal: &Proposal<'a>, step: Step) -> Vec<Posting<'a>> {
    let (client_id, practitioner_id) = (proposal.client_id, proposal.practitioner_id);
    let posting = |person_id, movement| Posting {
        person_id,
        movement,
        session_id: Some(proposal.session.id),
        description: proposal.reason,
    };
    let room = |person_id, movement| Posting {
        session_id: None,
        description: ROOM_DESCRIPTION,
        ..posting(person_id, movement)
    };
    match step {
        Step::ByClient(movement) => vec![posting(client_id, movement)],
        Step::ByBoth { client, practitioner } => {
            vec![posting(client_id, client), posting(practitioner_id, practitioner)]
        }
        Step::RoomOfClient(movement) => vec![room(client_id, movement)],
        Step::RoomOfPractitioner(movement) => vec![room(practitioner_id, movement)],
    }
}
