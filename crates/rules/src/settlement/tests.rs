use super::*;
use crate::account::Account;
use crate::samples::now;

fn terms() -> Terms {
    Terms {
        settle_after: TimeDelta::hours(24),
        no_show_share: 6_667,
    }
}

fn hours_ago(hours: i64) -> DateTime<Utc> {
    now() - TimeDelta::hours(hours)
}

/// An hour's session for 60 credits that has just ended.
fn session(status: &str, report: Option<Report>, stake: Stake) -> Facts {
    Facts {
        now: now(),
        state: State {
            status: status.into(),
            report,
            is_settled: false,
        },
        starts_at: Some(hours_ago(1)),
        ends_at: Some(now()),
        stake,
        credit_cost: 60,
    }
}

fn held() -> Stake {
    Stake {
        held: 60,
        ..Stake::default()
    }
}

fn paid() -> Stake {
    Stake {
        paid: 60,
        earned: 60,
        ..Stake::default()
    }
}

fn reported(by: Side, reported_at: DateTime<Utc>) -> Option<Report> {
    Some(Report { by, reported_at })
}

fn open_report(reported_at: DateTime<Utc>) -> Facts {
    session("no_show", reported(Side::Client, reported_at), held())
}

fn disputed(stake: Stake) -> Facts {
    session("disputed", reported(Side::Client, hours_ago(100)), stake)
}

/// Event, status and what the client gets.
fn told(outcome: Result<Outcome, Refusal>) -> Result<(Event, &'static str, i32), (&'static str, String)> {
    outcome
        .map(|outcome| (outcome.event, outcome.status, outcome.division.returned_credits))
        .map_err(|refusal| {
            let status = refusal.details()["status"]
                .as_str()
                .unwrap_or_default()
                .to_owned();
            (refusal.code(), status)
        })
}

#[test]
fn what_has_begun_can_be_completed_and_reported() {
    for status in ["scheduled", "confirmed", "in_progress"] {
        for stake in [held(), paid()] {
            let facts = session(status, None, stake);
            assert_eq!(
                told(complete(&facts, &terms())),
                Ok((Event::Completed, COMPLETED, 0))
            );
            let by = |side| told(report(side, &facts, &terms()));
            assert_eq!(by(Side::Practitioner), Ok((Event::NoShow, NO_SHOW, 20)));
            assert_eq!(by(Side::Client), Ok((Event::Reported, NO_SHOW, 0)));
        }
    }
}

#[test]
fn nothing_is_said_of_a_session_before_its_start() {
    let mut facts = session("scheduled", None, held());
    facts.starts_at = Some(now());
    assert!(complete(&facts, &terms()).is_ok());
    for starts_at in [Some(now() + TimeDelta::microseconds(1)), None] {
        facts.starts_at = starts_at;
        let not_begun = Err(("SESSION_NOT_BEGUN", String::new()));
        assert_eq!(told(complete(&facts, &terms())), not_begun);
        assert_eq!(told(report(Side::Client, &facts, &terms())), not_begun);
        assert_eq!(told(report(Side::Practitioner, &facts, &terms())), not_begun);
    }
}

#[test]
fn what_is_over_or_waits_is_neither_completed_nor_reported() {
    let unpaid = session("scheduled", None, Stake::default());
    assert_eq!(
        told(complete(&unpaid, &terms())),
        Err(("NOT_COMPLETABLE", "unpaid".into()))
    );
    for status in [
        "pending_payment",
        "pending_approval",
        "completed",
        "no_show",
        "cancelled",
        "declined",
        "expired",
        "disputed",
    ] {
        let facts = session(status, None, held());
        assert_eq!(
            told(complete(&facts, &terms())),
            Err(("NOT_COMPLETABLE", status.into()))
        );
        for side in [Side::Client, Side::Practitioner] {
            assert_eq!(
                told(report(side, &facts, &terms())),
                Err(("NOT_REPORTABLE", status.into()))
            );
        }
    }
}

#[test]
fn the_practitioner_contradicts_until_the_report_is_final() {
    let contradicted = Ok((Event::Disputed, DISPUTED, 0));
    let in_time = open_report(hours_ago(24) + TimeDelta::microseconds(1));
    assert_eq!(told(complete(&in_time, &terms())), contradicted);
    assert_eq!(told(report(Side::Practitioner, &in_time, &terms())), contradicted);
    assert_eq!(time_out(&in_time, &terms()), None);
    let too_late = open_report(hours_ago(24));
    assert_eq!(
        told(complete(&too_late, &terms())),
        Err(("NOT_COMPLETABLE", "no_show".into()))
    );
    assert_eq!(
        told(report(Side::Practitioner, &too_late, &terms())),
        Err(("NOT_REPORTABLE", "no_show".into()))
    );
    assert_eq!(
        told(time_out(&too_late, &terms()).ok_or(Refusal::SessionNotFound)),
        Ok((Event::ReportStood, NO_SHOW, 60))
    );
}

#[test]
fn a_report_of_the_practitioners_is_final() {
    let mut facts = session("no_show", reported(Side::Practitioner, hours_ago(0)), held());
    facts.state.is_settled = true;
    for side in [Side::Client, Side::Practitioner] {
        assert!(report(side, &facts, &terms()).is_err());
    }
    assert_eq!(time_out(&facts, &terms()), None);
    assert!(facts.state.was_reported_by(Side::Practitioner));
    assert!(!facts.state.was_reported_by(Side::Client));
}

#[test]
fn time_settles_what_is_held_so_long_after_its_end() {
    let ended = |ends_at, stake| {
        let mut facts = session("scheduled", None, stake);
        facts.ends_at = Some(ends_at);
        time_out(&facts, &terms()).map(|outcome| (outcome.event, outcome.division.paid_out()))
    };
    assert_eq!(ended(hours_ago(24), held()), Some((Event::Completed, 60)));
    assert_eq!(ended(hours_ago(24) + TimeDelta::microseconds(1), held()), None);
    assert_eq!(ended(hours_ago(1_000), paid()), None);
    let mut at_once = session("scheduled", None, held());
    let no_time = Terms {
        settle_after: TimeDelta::zero(),
        ..terms()
    };
    assert!(time_out(&at_once, &no_time).is_some());
    at_once.ends_at = None;
    assert_eq!(time_out(&at_once, &no_time), None);
    assert_eq!(time_out(&disputed(held()), &terms()), None);
}

#[test]
fn a_dispute_is_divided_to_the_credit() {
    for stake in [held(), paid()] {
        let resolved = |share| told(resolve(share, &disputed(stake)));
        assert_eq!(resolved(0), Ok((Event::Resolved, COMPLETED, 0)));
        assert_eq!(resolved(3_333), Ok((Event::Resolved, COMPLETED, 20)));
        assert_eq!(resolved(9_900), Ok((Event::Resolved, COMPLETED, 59)));
        assert_eq!(resolved(9_999), Ok((Event::Resolved, NO_SHOW, 60)));
        assert_eq!(resolved(10_000), Ok((Event::Resolved, NO_SHOW, 60)));
    }
    assert_eq!(
        told(resolve(0, &open_report(hours_ago(0)))),
        Err(("NOT_DISPUTED", "no_show".into()))
    );
}

#[test]
fn a_status_set_directly_settles_as_the_calls_do() {
    let set = |wanted, by, facts: &Facts| {
        set_directly(wanted, by, facts, &terms()).map(|outcome| {
            let returned = outcome.division.returned_credits;
            (outcome.event, outcome.is_final(), returned)
        })
    };
    let begun = session("scheduled", None, held());
    let completed = Some((Event::Completed, true, 0));
    assert_eq!(set("completed", Side::Client, &begun), completed);
    assert_eq!(set("completed", Side::Practitioner, &begun), completed);
    assert_eq!(
        set("no_show", Side::Client, &begun),
        Some((Event::Reported, false, 0))
    );
    assert_eq!(
        set("no_show", Side::Practitioner, &begun),
        Some((Event::NoShow, true, 20))
    );
    for wanted in ["in_progress", "disputed", "cancelled"] {
        assert_eq!(set(wanted, Side::Practitioner, &begun), None);
    }
    for undecided in [open_report(hours_ago(1)), disputed(held())] {
        assert_eq!(set("completed", Side::Practitioner, &undecided), completed);
        for wanted in ["no_show", "cancelled", "declined", "expired"] {
            assert_eq!(
                set(wanted, Side::Practitioner, &undecided),
                Some((Event::ReportStood, true, 60))
            );
        }
        assert_eq!(set("scheduled", Side::Practitioner, &undecided), None);
    }
    let paid = session("scheduled", None, paid());
    assert_eq!(set("completed", Side::Practitioner, &paid), None);
    for over in ["completed", "no_show", "cancelled", "expired"] {
        let facts = session(over, None, self::paid());
        assert_eq!(set("completed", Side::Practitioner, &facts), None);
        assert_eq!(set("no_show", Side::Practitioner, &facts), None);
    }
}

#[test]
fn whoever_stays_is_right() {
    let left = |leaving, facts: &Facts| {
        depart(leaving, facts).map(|outcome| (outcome.status, outcome.division.returned_credits))
    };
    for leaving in [Side::Client, Side::Practitioner] {
        let begun = session("in_progress", None, held());
        assert_eq!(left(leaving, &begun), Some((COMPLETED, 0)));
        assert_eq!(left(leaving, &open_report(hours_ago(1))), Some((NO_SHOW, 60)));
        assert_eq!(left(leaving, &session("completed", None, paid())), None);
        assert_eq!(left(leaving, &session("scheduled", None, paid())), None);
    }
    assert_eq!(left(Side::Client, &disputed(held())), Some((COMPLETED, 0)));
    assert_eq!(left(Side::Practitioner, &disputed(held())), Some((NO_SHOW, 60)));
}

#[test]
fn whatever_becomes_of_a_session_nothing_is_minted_lost_or_held_any_longer() {
    let accounts = AccountPair {
        client: Account {
            balance: 7,
            held: 60,
            ..Account::default()
        },
        practitioner: Account {
            balance: 10,
            ..Account::default()
        },
    };
    let worth = |pair: AccountPair| {
        let of = |account: Account| account.balance + account.held - account.owed;
        of(pair.client) + of(pair.practitioner)
    };
    for stake in [held(), paid()] {
        for share in [0, 1, 3_333, 5_000, 6_667, 9_999, 10_000] {
            let facts = disputed(stake);
            let settled = resolve(share, &facts)
                .unwrap()
                .on(&facts, &terms(), accounts)
                .unwrap();
            let after = settled.credits.accounts_after;
            assert_eq!(worth(after), worth(accounts));
            assert_eq!(after.client.held, if stake.held > 0 { 0 } else { 60 });
            assert_eq!(
                settled.kept_credits + settled.outcome.division.returned_credits,
                60
            );
        }
    }
}

#[test]
fn a_report_says_until_when_it_can_be_contradicted() {
    let facts = session("scheduled", None, held());
    let reported = |side| {
        let outcome = report(side, &facts, &terms()).unwrap();
        outcome.on(
            &facts,
            &terms(),
            AccountPair {
                client: Account {
                    held: 60,
                    ..Account::default()
                },
                ..AccountPair::default()
            },
        )
    };
    assert_eq!(
        reported(Side::Client).unwrap().final_at,
        Some(now() + TimeDelta::hours(24))
    );
    assert_eq!(reported(Side::Practitioner).unwrap().final_at, None);
    assert_eq!(
        open_report(hours_ago(1)).state.final_at(&terms()),
        Some(now() + TimeDelta::hours(23))
    );
}
