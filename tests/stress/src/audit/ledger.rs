//! The ledger: every entry explained by one call, every call by its entries, every person's entries
//! a chain whose order agrees with what clients saw.

use std::collections::HashMap;

use uuid::Uuid;

use super::balances::Balances;
use super::lives::Lives;
use super::order::in_order;
use super::sessions::{Ending, Session};
use super::snapshot::{Entry, Snapshot, Standing};
use super::{Findings, balances};
use crate::history::Span;

const PAYMENT: &str = "session_payment";
const EARNING: &str = "session_earning";
const REFUND: &str = "refund";
const REVERSAL: &str = "session_earning_reversal";
const GRANT: &str = "bonus";
const ADJUSTMENT: &str = "adjustment";

#[derive(Default)]
pub struct Ledger<'a> {
    pub balances: HashMap<Uuid, Balances>,
    by_session: HashMap<(Uuid, &'a str), &'a Entry>,
    pub grants: HashMap<(Uuid, &'a str), &'a Entry>,
}

impl<'a> Ledger<'a> {
    pub fn payment(&self, session: Uuid) -> Option<&'a Entry> {
        self.by_session.get(&(session, PAYMENT)).copied()
    }

    pub fn earning(&self, session: Uuid) -> Option<&'a Entry> {
        self.by_session.get(&(session, EARNING)).copied()
    }

    pub fn refund(&self, session: Uuid) -> Option<&'a Entry> {
        self.by_session.get(&(session, REFUND)).copied()
    }

    pub fn reversal(&self, session: Uuid) -> Option<&'a Entry> {
        self.by_session.get(&(session, REVERSAL)).copied()
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
        (PAYMENT | EARNING | REFUND | REVERSAL, Some(session), None) => {
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
    let Standing { balance, owed } = entry.before;
    let amount = entry.amount;
    let to = |balance, owed| vec![Standing { balance, owed }];
    if amount < 1 {
        return Vec::new();
    }
    match entry.kind.as_str() {
        PAYMENT if balance >= amount => to(balance - amount, owed),
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
    let session = || lives.sessions.get(&entry.session?);
    match entry.kind.as_str() {
        PAYMENT | EARNING => session()?.charge.map(|charge| charge.span),
        REFUND | REVERSAL => session()?.ending.map(|ending| ending.span),
        GRANT => Some(lives.grants.get(&(entry.person, entry.key.as_deref()?))?.span),
        _ => lives.person(entry.person).left,
    }
}

fn check_session(session: &Session<'_>, ledger: &Ledger<'_>, findings: &mut Findings) {
    let (client, practitioner) = (session.wanted.client, session.wanted.practitioner);
    let paid = session.charge.map(|_| session.cost());
    let refunded = session.refund();
    let expected = [
        (PAYMENT, client, paid),
        (EARNING, practitioner, paid),
        (REFUND, client, refunded),
        (REVERSAL, practitioner, refunded),
    ];
    for (kind, person, amount) in expected {
        let entry = ledger.by_session.get(&(session.id, kind)).copied();
        let found = entry.map(|entry| (entry.person, entry.amount));
        let wanted = amount.filter(|amount| *amount > 0).map(|amount| (person, amount));
        findings.expect(found == wanted, || {
            let how = session.ending.and_then(|Ending { how, .. }| how.caller());
            format!(
                "{kind} of session {} is {found:?} instead of {wanted:?} (ended by {how:?})",
                session.id
            )
        });
    }
    if let Some(charge) = session.charge {
        let told = charge.receipt;
        let before = |entry: Option<&Entry>| entry.map(|entry| entry.before.balance);
        let after = |entry: Option<&Entry>| entry.map(|entry| entry.after.balance);
        let (payment, earning) = (ledger.payment(session.id), ledger.earning(session.id));
        let is_true = told.cost == session.cost()
            && told.client_before == before(payment)
            && told.client_after == after(payment)
            && told.practitioner_before == before(earning)
            && told.practitioner_after == after(earning);
        findings.expect(is_true, || {
            format!("{told:?} was told, but written {payment:?} and {earning:?}")
        });
    }
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
    let net = |standing: Standing| i64::from(standing.balance) - i64::from(standing.owed);
    let stands: i64 = snapshot
        .accounts
        .iter()
        .map(|account| net(account.standing))
        .sum();
    let granted: i64 = lives.grants.values().map(|grant| i64::from(grant.amount)).sum();
    let adjustments = snapshot.entries.iter().filter(|entry| entry.kind == ADJUSTMENT);
    let adjusted: i64 = adjustments
        .map(|entry| net(entry.after) - net(entry.before))
        .sum();
    findings.expect(stands == granted + adjusted, || {
        format!("there are {stands} credits; {granted} were granted and {adjusted} adjusted")
    });
}
