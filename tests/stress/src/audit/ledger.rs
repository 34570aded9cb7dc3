//! The ledger: every entry explained by one call, every call by its entries, every person's entries
//! a chain whose order agrees with what clients saw.

use std::collections::HashMap;

use uuid::Uuid;

use super::balances::Balances;
use super::lives::Lives;
use super::order::in_order;
use super::sessions::{Charge, Session};
use super::snapshot::{Entry, Snapshot, Standing};
use super::{Findings, balances};
use crate::history::Span;

pub const HOLD: &str = "session_hold";
pub const RELEASE: &str = "session_hold_release";
pub const PAYMENT: &str = "session_payment";
pub const EARNING: &str = "session_earning";
pub const REFUND: &str = "refund";
pub const REVERSAL: &str = "session_earning_reversal";
const OF_SESSIONS: [&str; 6] = [HOLD, RELEASE, PAYMENT, EARNING, REFUND, REVERSAL];
const GRANT: &str = "bonus";
const ADJUSTMENT: &str = "adjustment";

#[derive(Default)]
pub struct Ledger<'a> {
    pub balances: HashMap<Uuid, Balances>,
    by_session: HashMap<(Uuid, &'a str), &'a Entry>,
    pub grants: HashMap<(Uuid, &'a str), &'a Entry>,
}

impl<'a> Ledger<'a> {
    /// Whether somebody may have had this balance at some moment of the span.
    pub fn may_have_had(&self, person: Uuid, balance: i32, span: Span) -> bool {
        match self.balances.get(&person) {
            Some(balances) => balances
                .possible(span)
                .any(|standing| standing.balance == balance),
            None => balance == 0,
        }
    }

    pub fn entry(&self, session: Uuid, kind: &'static str) -> Option<&'a Entry> {
        self.by_session.get(&(session, kind)).copied()
    }
}

pub fn audit<'a>(snapshot: &'a Snapshot, lives: &Lives<'_>, findings: &mut Findings) -> Ledger<'a> {
    let mut ledger = Ledger::default();
    for entry in &snapshot.entries {
        register(entry, &mut ledger, findings);
    }
    let mut ends = HashMap::new();
    for entries in snapshot.entries.chunk_by(|one, other| one.person == other.person) {
        let entries = in_order(entries, lives, span);
        let balances = chain(&entries, lives, findings);
        ledger.balances.insert(entries[0].person, balances);
        ends.insert(entries[0].person, entries[entries.len() - 1].after);
    }
    for session in lives.sessions.values() {
        check_session(session, &ledger, findings);
    }
    for ((person, key), grant) in &lives.grants {
        let entry = ledger.grants.get(&(*person, *key));
        findings.expect(entry.is_some_and(|entry| entry.amount == grant.amount), || {
            format!("{key} of {} to {person} is lost", grant.amount)
        });
    }
    check_accounts(snapshot, ends, lives, findings);
    check_sum(snapshot, lives, findings);
    ledger
}

fn register<'a>(entry: &'a Entry, ledger: &mut Ledger<'a>, findings: &mut Findings) {
    let former = match (entry.kind.as_str(), entry.session, &entry.key) {
        (kind, Some(session), None) if OF_SESSIONS.contains(&kind) => {
            ledger.by_session.insert((session, &entry.kind), entry)
        }
        (GRANT, None, Some(key)) => ledger.grants.insert((entry.person, key), entry),
        (ADJUSTMENT, None, None) => None,
        _ => Some(entry),
    };
    findings.expect(former.is_none(), || {
        format!("an entry twice, or of no kind we know: {entry:?}")
    });
}

/// Follows one person's entries from the first to the last.
fn chain(entries: &[&Entry], lives: &Lives<'_>, findings: &mut Findings) -> Balances {
    let mut standing = Standing::default();
    let mut steps = Vec::new();
    for entry in entries {
        findings.expect(entry.before == standing, || {
            format!("the chain breaks: {standing:?} stood before {entry:?}")
        });
        findings.expect(moved(entry).contains(&entry.after), || {
            format!("a wrong sum: {entry:?}")
        });
        standing = entry.after;
        match span(entry, lives) {
            Some(span) => steps.push((span, entry.after)),
            None => findings.add(format_args!("nobody caused {entry:?}")),
        }
    }
    match balances::tighten(steps) {
        Ok(balances) => balances,
        Err(what) => {
            findings.add(format_args!("{}: {what}", entries[0].person));
            Balances::default()
        }
    }
}

/// Where an entry of this kind and amount may lead from where it began.
fn moved(entry: &Entry) -> Vec<Standing> {
    let Standing { balance, held, owed } = entry.before;
    let amount = entry.amount;
    let with = |balance, held, owed| Standing { balance, held, owed };
    let to = |balance, owed| vec![with(balance, held, owed)];
    if amount < 1 {
        return Vec::new();
    }
    match entry.kind.as_str() {
        HOLD if balance >= amount => vec![with(balance - amount, held + amount, owed)],
        RELEASE if held >= amount => vec![with(balance + amount, held - amount, owed)],
        // From what was held for it, or at once: which of the two, the session says.
        PAYMENT => [
            with(balance, held - amount, owed),
            with(balance - amount, held, owed),
        ]
        .into_iter()
        .filter(|after| after.balance >= 0 && after.held >= 0)
        .collect(),
        EARNING => to(balance + (amount - owed).max(0), (owed - amount).max(0)),
        REFUND | GRANT => to(balance + amount, owed),
        REVERSAL => to((balance - amount).max(0), owed + (amount - balance).max(0)),
        // Somebody leaves: what she has goes, then what she owes.
        ADJUSTMENT if balance == amount => to(0, owed),
        ADJUSTMENT if balance == 0 && owed == amount => to(0, 0),
        _ => Vec::new(),
    }
}

/// When the call took effect that this entry belongs to.
pub fn span(entry: &Entry, lives: &Lives<'_>) -> Option<Span> {
    match entry.kind.as_str() {
        kind if OF_SESSIONS.contains(&kind) => {
            let dues = lives.sessions.get(&entry.session?)?.dues();
            dues.into_iter().find(|due| due.kind == kind).map(|due| due.span)
        }
        GRANT => Some(lives.grants.get(&(entry.person, entry.key.as_deref()?))?.span),
        _ => lives.person(entry.person).left,
    }
}

fn check_session(session: &Session<'_>, ledger: &Ledger<'_>, findings: &mut Findings) {
    let dues = session.dues();
    for kind in OF_SESSIONS {
        let entry = ledger.entry(session.id, kind);
        let found = entry.map(|entry| (entry.person, entry.amount));
        let due = dues.iter().find(|due| due.kind == kind);
        let wanted = due.map(|due| (due.person, due.amount));
        findings.expect(found == wanted, || {
            let how = session.ending.map(|ending| ending.how);
            format!(
                "{kind} of session {} is {found:?} instead of {wanted:?} (ended {how:?})",
                session.id
            )
        });
    }
    let is_held = ledger.entry(session.id, HOLD).is_some();
    if let Some(payment) = ledger.entry(session.id, PAYMENT) {
        let was_held = payment.before.held - payment.after.held == payment.amount;
        findings.expect(is_held == was_held, || {
            format!("what was held was not what paid, or the other way round: {payment:?}")
        });
    }
    for charge in [session.request, session.charge].into_iter().flatten() {
        check_receipt(session, charge, ledger, findings);
    }
}

/// What was told of it is what was written. What a practitioner had whose credits are held says no entry of the session.
fn check_receipt(session: &Session<'_>, charge: Charge, ledger: &Ledger<'_>, findings: &mut Findings) {
    let Some(told) = charge.receipt else { return };
    let (taken, earning) = match charge.is_held {
        true => (ledger.entry(session.id, HOLD), None),
        false => (
            ledger.entry(session.id, PAYMENT),
            ledger.entry(session.id, EARNING),
        ),
    };
    // As if it had been spendable until then.
    let before = |entry: &Entry| entry.before.balance + (entry.before.held - entry.after.held).max(0);
    let client = taken.map(|entry| (before(entry), entry.after.balance));
    let practitioner = match (earning, session.request, charge.is_held) {
        (Some(earning), ..) => Some((earning.before.balance, earning.after.balance)),
        (None, _, false) => None,
        (None, request, true) => {
            // Who accepts is told what the request was told.
            let span = request.map_or(charge.span, |request| request.span);
            let had = told
                .practitioner_before
                .filter(|balance| ledger.may_have_had(session.wanted.practitioner, *balance, span));
            had.map(|balance| (balance, balance))
        }
    };
    let is_true = told.cost == session.cost()
        && told.client_before.zip(told.client_after) == client
        && told.practitioner_before.zip(told.practitioner_after) == practitioner;
    findings.expect(is_true, || {
        format!("{told:?} was told, but written {taken:?} and {earning:?}")
    });
}

/// Balance rows against the ends of the chains and the sums of the entries.
fn check_accounts(
    snapshot: &Snapshot,
    ends: HashMap<Uuid, Standing>,
    lives: &Lives<'_>,
    findings: &mut Findings,
) {
    let ends = ends.into_iter();
    let mut due: HashMap<Uuid, (Standing, i32, i32)> =
        ends.map(|(person, end)| (person, (end, 0, 0))).collect();
    for entry in &snapshot.entries {
        let (_, earned, spent) = due.entry(entry.person).or_default();
        match entry.kind.as_str() {
            EARNING | GRANT => *earned += entry.amount,
            REVERSAL => *earned -= entry.amount,
            PAYMENT => *spent += entry.amount,
            REFUND => *spent -= entry.amount,
            _ => {}
        }
    }
    for account in &snapshot.accounts {
        let found = (account.standing, account.earned, account.spent);
        let wanted = due.remove(&account.person).unwrap_or_default();
        findings.expect(found == wanted, || {
            format!("{} has {found:?}, her entries say {wanted:?}", account.person)
        });
        findings.expect(lives.person(account.person).left.is_none(), || {
            format!("{} has left her balance behind", account.person)
        });
    }
    for (person, (standing, ..)) in due {
        let is_settled = lives.person(person).left.is_some() && standing == Standing::default();
        findings.expect(is_settled, || {
            format!("{person} has no balance row, but {standing:?}")
        });
    }
}

/// No credit was minted or lost: what there is was granted, less what left with people.
fn check_sum(snapshot: &Snapshot, lives: &Lives<'_>, findings: &mut Findings) {
    let stands: i64 = snapshot
        .accounts
        .iter()
        .map(|account| account.standing.worth())
        .sum();
    let granted: i64 = lives.grants.values().map(|grant| i64::from(grant.amount)).sum();
    let adjustments = snapshot.entries.iter().filter(|entry| entry.kind == ADJUSTMENT);
    let adjusted: i64 = adjustments
        .map(|entry| entry.after.worth() - entry.before.worth())
        .sum();
    findings.expect(stands == granted + adjusted, || {
        format!("there are {stands} credits; {granted} were granted and {adjusted} adjusted")
    });
}
