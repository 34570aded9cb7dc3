//! Every reply against what some order of the operations allows.

use std::collections::HashMap;

use uuid::Uuid;

use super::ledger::{Ledger, REFUND, RELEASE, REVERSAL};
use super::lives::Lives;
use super::sessions::Session;
use super::snapshot::Standing;
use super::{Findings, acceptances, bookings, cancellations, moves, settlements};
use crate::answer::{Answer, Granted};
use crate::disturbance::Allowances;
use crate::history::{Call, Span};
use crate::operation::{Attack, Caller, Operation, Period, SessionRequest};

/// What a grant to somebody who is gone, or goes meanwhile, fails with; P0002 in version 0.1.0.
const NOBODY: [&str; 3] = ["22023", "23503", "P0002"];

/// A rule that turns a request down: whether it may have held at the moment of decision, and
/// whether it must have.
pub struct Rule {
    pub code: &'static str,
    pub may_hold: bool,
    pub must_hold: bool,
}

/// What the auditor of a reply may look at.
pub struct World<'a> {
    pub lives: &'a Lives<'a>,
    pub ledger: &'a Ledger<'a>,
    /// Sessions by person and stretch of the run's time, so that few have to be looked at.
    by_time: HashMap<(Uuid, u64), Vec<&'a Session<'a>>>,
    last_stretch: u64,
    /// Requests that have expired, by client.
    lapsed: HashMap<Uuid, Vec<&'a Session<'a>>>,
}

const STRETCH_NANOSECONDS: u64 = 200_000_000;

impl<'a> World<'a> {
    fn of(calls: &[Call], lives: &'a Lives<'a>, ledger: &'a Ledger<'a>) -> Self {
        let end = calls.iter().map(|call| call.span.to).max().unwrap_or(0);
        let last_stretch = end / STRETCH_NANOSECONDS;
        let mut by_time: HashMap<_, Vec<_>> = HashMap::new();
        for session in lives.sessions.values() {
            let until = session.freed().map_or(end, |freed| freed.to);
            for stretch in session.began.from / STRETCH_NANOSECONDS..=until / STRETCH_NANOSECONDS {
                for person in [session.wanted.client, session.wanted.practitioner] {
                    by_time.entry((person, stretch)).or_default().push(session);
                }
            }
        }
        let mut lapsed: HashMap<Uuid, Vec<_>> = HashMap::new();
        for session in lives.sessions.values().filter(|session| session.lapse.is_some()) {
            lapsed.entry(session.wanted.client).or_default().push(session);
        }
        Self {
            lives,
            ledger,
            by_time,
            last_stretch,
            lapsed,
        }
    }

    /// Whether another session of the person at that time may have stood in the way, and whether
    /// one must have.
    pub fn engagement(&self, person: Uuid, period: Period, span: Span, own: Option<Uuid>) -> (bool, bool) {
        let (mut may, mut must) = (false, false);
        let last = (span.to / STRETCH_NANOSECONDS).min(self.last_stretch);
        for stretch in span.from / STRETCH_NANOSECONDS..=last {
            for session in self.by_time.get(&(person, stretch)).into_iter().flatten() {
                for stay in session.stays().filter(|_| Some(session.id) != own) {
                    may |= stay.may_cover(period, span);
                    must |= stay.must_cover(period, span);
                }
            }
        }
        (may, must)
    }

    /// The most that may have been held for requests of the client's that had expired.
    pub fn expired_credits(&self, client: Uuid, span: Span) -> i32 {
        let of_client = self.lapsed.get(&client).into_iter().flatten();
        let held = of_client.filter(|session| {
            let has_lapsed = session.lapse.is_some_and(|lapse| lapse.may_precede(span));
            has_lapsed
                && session
                    .verdict
                    .is_none_or(|verdict| span.may_precede(verdict.span))
        });
        held.map(|session| session.cost()).sum()
    }

    /// Whether a request on that time had expired, and somebody may have been changing it just then: its slot is free, but
    /// could not be released.
    pub fn may_meet_expired_request(&self, parties: &SessionRequest, period: Period, span: Span) -> bool {
        let mut lapsed = self.lapsed.values().flatten();
        lapsed.any(|session| {
            let is_theirs = [parties.client, parties.practitioner]
                .into_iter()
                .any(|person| session.involves(person));
            is_theirs
                && session.lapse.is_some_and(|lapse| lapse.may_precede(span))
                && session.last_stay().period.overlaps(period)
        })
    }

    /// What both may have had when the session's credits had just been divided: what its last entries say, or else
    /// anything of that time.
    pub fn after_verdict(&self, session: &Session<'_>, span: Span) -> (Vec<Standing>, Vec<Standing>) {
        let after = |person: Uuid, kinds: &[&'static str]| {
            let entries = kinds
                .iter()
                .filter_map(|kind| self.ledger.entry(session.id, kind));
            let mut entries = entries.filter(|_| session.returned().is_some_and(|returned| returned > 0));
            match entries.next() {
                Some(entry) => vec![entry.after],
                None => self.standings(person, span),
            }
        };
        (
            after(session.wanted.client, &[RELEASE, REFUND]),
            after(session.wanted.practitioner, &[REVERSAL]),
        )
    }

    /// All that the person may have had.
    pub fn standings(&self, person: Uuid, span: Span) -> Vec<Standing> {
        match self.ledger.balances.get(&person) {
            Some(balances) => balances.possible(span).collect(),
            None => vec![Standing::default()],
        }
    }
}

pub fn audit(
    calls: &[Call],
    lives: &Lives<'_>,
    ledger: &Ledger<'_>,
    allowances: &Allowances,
    findings: &mut Findings,
) {
    let world = World::of(calls, lives, ledger);
    for call in calls {
        if let Err(what) = check(call, &world)
            && !allowances.justifies(call)
        {
            findings.of_disturbed_call(call, &what, allowances);
        }
    }
}

fn check(call: &Call, world: &World<'_>) -> Result<(), String> {
    match &call.request.operation {
        Operation::Book(wanted) => bookings::check_booking(call, wanted, world),
        Operation::Move(wanted) => moves::check_move(call, wanted, world),
        Operation::Charge(insertion) => bookings::check_charge(call, insertion, world),
        Operation::Insert(insertion) => bookings::check_insertion(call, insertion, world),
        Operation::Refund { session, .. } => cancellations::check_refund(call, *session, world),
        Operation::CancelDirectly { session, .. } | Operation::CompleteDirectly { session } => {
            cancellations::check_change(call, *session, world)
        }
        Operation::Accept { session } => acceptances::check(call, *session, world),
        Operation::Complete { session }
        | Operation::ReportNoShow { session, .. }
        | Operation::ResolveDispute { session, .. } => settlements::check(call, *session, world),
        Operation::SettleDueSessions => settlements::check_job(call, world),
        Operation::LetTakePlace { .. } => match &call.answer {
            // Two sessions of one practitioner may be put back to the same time.
            Answer::Fault { sqlstate, .. } if sqlstate == "23P01" => Ok(()),
            answer => expect(
                matches!(answer, Answer::Began(_) | Answer::Changed { .. }),
                "it failed",
            ),
        },
        Operation::ExpireRequests | Operation::LetExpire { .. } | Operation::LetReportStand { .. } => {
            expect(matches!(call.answer, Answer::Changed { .. }), "it failed")
        }
        Operation::Grant { person, amount, key } => check_grant(call, *person, *amount, key, world),
        Operation::GrantToAll { .. } => check_grant_to_all(call, world),
        Operation::Allocate { .. } => expect(matches!(call.answer, Answer::Text(_)), "it failed"),
        Operation::ReadBalance(person) => check_balance(call, *person, world),
        Operation::ReadAllBalances => expect(matches!(call.answer, Answer::Balances(_)), "no balances"),
        Operation::LookAtSessions => check_view(call),
        Operation::LookAtPeople => expect(matches!(call.answer, Answer::People(_)), "no list of people"),
        Operation::Attack(attack) => check_attack(call, attack),
        Operation::Deactivate(_)
        | Operation::Reactivate(_)
        | Operation::Delete(_)
        | Operation::Arrive(_)
        | Operation::CancelOrphans { .. } => {
            expect(matches!(call.answer, Answer::Changed { .. }), "it failed")
        }
    }
}

pub fn expect(holds: bool, otherwise: &str) -> Result<(), String> {
    match holds {
        true => Ok(()),
        false => Err(otherwise.to_owned()),
    }
}

/// What only the parties of a session may do: whether the answer is right, where that alone decides it.
pub fn check_party(call: &Call, session: &Session<'_>, world: &World<'_>) -> Option<Result<(), String>> {
    let Caller::Person(person) = call.request.caller else {
        return None;
    };
    let is_turned_away = matches!(&call.answer, Answer::Fault { sqlstate, .. } if sqlstate == "42501");
    if !session.involves(person) {
        return Some(expect(is_turned_away, "she is no party"));
    }
    // A party that has left is none any more.
    is_turned_away.then(|| {
        let has_left = world.lives.person(person).may_be_absent(call.span);
        expect(has_left, "she is a party")
    })
}

/// A refusal must be possible, and none that comes before it inevitable; a success (no code) wants
/// none inevitable at all.
pub fn weigh(rules: &[Rule], code: Option<&str>) -> Result<(), String> {
    for rule in rules {
        if Some(rule.code) == code {
            return expect(rule.may_hold, "no order of the operations explains it");
        }
        if rule.must_hold {
            return Err(format!("only {} is possible", rule.code));
        }
    }
    match code {
        None => Ok(()),
        Some(code) => Err(format!("nobody expects {code} here")),
    }
}

fn check_grant(call: &Call, person: Uuid, amount: i32, key: &str, world: &World<'_>) -> Result<(), String> {
    let life = world.lives.person(person);
    match &call.answer {
        Answer::Granted(granted) => {
            let entry = world
                .ledger
                .grants
                .get(&(person, key))
                .ok_or("it is not in the ledger")?;
            let told = Granted {
                person,
                amount,
                before: entry.before.balance,
                after: entry.after.balance,
                replayed: granted.replayed && call.was_repeated(),
            };
            expect(
                *granted == told && !life.must_be_absent(call.span),
                "the ledger says otherwise",
            )
        }
        Answer::Fault { sqlstate, .. } if NOBODY.contains(&sqlstate.as_str()) => {
            expect(life.may_be_absent(call.span), "she is there")
        }
        _ => Err("no answer to a grant".into()),
    }
}

/// It fails as a whole where somebody whom it has read of leaves meanwhile.
fn check_grant_to_all(call: &Call, world: &World<'_>) -> Result<(), String> {
    let mut people = world.lives.people.values();
    match &call.answer {
        Answer::GrantedToAll(_) => Ok(()),
        Answer::Fault { sqlstate, .. } if NOBODY.contains(&sqlstate.as_str()) => expect(
            people.any(|person| person.left.is_some_and(|left| left.overlaps(call.span))),
            "nobody has left",
        ),
        _ => Err("no answer to a grant".into()),
    }
}

fn check_balance(call: &Call, person: Uuid, world: &World<'_>) -> Result<(), String> {
    let Answer::Balance(seen) = call.answer else {
        return Err("no balance".into());
    };
    let possible = world.standings(person, call.span);
    match seen {
        Some(standing) => expect(possible.contains(&standing), "she never had that then"),
        // Nobody opens a row for somebody without credits.
        None => expect(
            possible.contains(&Standing::default()) || world.lives.person(person).may_be_absent(call.span),
            "she had credits",
        ),
    }
}

/// People see sessions of their own alone.
fn check_view(call: &Call) -> Result<(), String> {
    let (Answer::Sessions(seen), Caller::Person(person)) = (&call.answer, call.request.caller) else {
        return Err("no list of sessions".into());
    };
    let strange = |parties: [Option<Uuid>; 2]| !parties.contains(&Some(person));
    match seen
        .iter()
        .find(|session| strange([session.client, session.practitioner]))
    {
        Some(session) => Err(format!("she sees session {} of others", session.id)),
        None => Ok(()),
    }
}

fn check_attack(call: &Call, attack: &Attack) -> Result<(), String> {
    let is_right = attack.right_answers.contains(&call.answer.name());
    expect(
        is_right,
        &format!("an attack, {}, got another answer", attack.name),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: [Rule; 3] = [
        Rule {
            code: "A",
            may_hold: true,
            must_hold: false,
        },
        Rule {
            code: "B",
            may_hold: true,
            must_hold: true,
        },
        Rule {
            code: "C",
            may_hold: true,
            must_hold: false,
        },
    ];

    #[test]
    fn the_first_inevitable_rule_is_the_last_possible_answer() {
        assert!(weigh(&RULES, Some("A")).is_ok());
        assert!(weigh(&RULES, Some("B")).is_ok());
        assert!(weigh(&RULES, Some("C")).is_err());
        assert!(weigh(&RULES, None).is_err());
        assert!(weigh(&RULES[..1], None).is_ok());
    }

    #[test]
    fn a_refusal_that_nothing_explains_is_found() {
        let rule = Rule {
            code: "A",
            may_hold: false,
            must_hold: false,
        };
        assert!(weigh(&[rule], Some("A")).is_err());
        assert!(weigh(&[], Some("D")).is_err());
    }
}
