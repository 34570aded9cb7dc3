use super::*;
use crate::account::Account;
use crate::division::Step;
use crate::share;
use chrono::TimeZone;

fn starts_at() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 2, 10, 0, 0).unwrap()
}

fn facts() -> Facts {
    Facts {
        now: starts_at() - TimeDelta::hours(1),
        status: "scheduled".into(),
        starts_at: Some(starts_at()),
        stake: Stake {
            held: 0,
            paid: 60,
            earned: 60,
        },
        refunded_before: 0,
        policy: lenient(),
    }
}

fn staking(stake: Stake) -> Facts {
    Facts { stake, ..facts() }
}

fn accounts() -> AccountPair {
    AccountPair {
        client: Account {
            balance: 40,
            total_spent: 60,
            ..Account::default()
        },
        practitioner: Account {
            balance: 60,
            total_earned: 60,
            ..Account::default()
        },
    }
}

fn cancelled(facts: &Facts, accounts: AccountPair) -> Cancellation {
    cancel(terms(CancelledBy::Client, facts).unwrap(), accounts).unwrap()
}

/// Everything goes back until the start, as it is delivered.
fn lenient() -> Policy {
    Policy {
        full_refund_hours: 0,
        partial_refund_hours: 0,
        no_refund_hours: 0,
        partial_refund: 0,
    }
}

fn policy() -> Policy {
    Policy {
        full_refund_hours: 24,
        partial_refund_hours: 12,
        no_refund_hours: 12,
        partial_refund: 5_000,
    }
}

fn refunded(cancelled_by: CancelledBy, facts: Facts) -> i32 {
    terms(cancelled_by, &facts).unwrap().refunded_credits()
}

fn before_start(until_start: TimeDelta) -> Facts {
    Facts {
        now: starts_at() - until_start,
        policy: policy(),
        ..facts()
    }
}

fn code(cancelled_by: CancelledBy, facts: Facts) -> &'static str {
    terms(cancelled_by, &facts).unwrap_err().code()
}

#[test]
fn by_a_lenient_policy_all_goes_back_whoever_cancels() {
    for cancelled_by in [
        CancelledBy::Client,
        CancelledBy::Practitioner,
        CancelledBy::Service,
    ] {
        assert_eq!(refunded(cancelled_by, facts()), 60);
    }
}

#[test]
fn the_tiers_of_a_policy_begin_exactly_at_their_hours() {
    let second = TimeDelta::seconds(1);
    let tiers = [
        (TimeDelta::hours(24), 60),
        (TimeDelta::hours(24) - second, 30),
        (TimeDelta::hours(12), 30),
        (TimeDelta::hours(12) - second, 0),
    ];
    for (until_start, credits) in tiers {
        assert_eq!(refunded(CancelledBy::Client, before_start(until_start)), credits);
    }
}

#[test]
fn within_the_hours_without_refund_nothing_goes_back_even_in_the_partial_tier() {
    let strict = Policy {
        no_refund_hours: 18,
        ..policy()
    };
    let at = |hours| Facts {
        policy: strict,
        ..before_start(TimeDelta::hours(hours))
    };
    assert_eq!(refunded(CancelledBy::Client, at(18)), 30);
    assert_eq!(refunded(CancelledBy::Client, at(17)), 0);
}

#[test]
fn a_policy_binds_the_client_alone() {
    let late = before_start(TimeDelta::hours(1));
    assert_eq!(refunded(CancelledBy::Client, late.clone()), 0);
    assert_eq!(refunded(CancelledBy::Practitioner, late.clone()), 60);
    assert_eq!(refunded(CancelledBy::Service, late), 60);
}

#[test]
fn a_part_is_rounded_half_up_and_never_more_than_was_paid() {
    assert_eq!(share::of(45, 5_000), 23);
    assert_eq!(share::of(45, 3_333), 15);
    assert_eq!(share::of(1, 4_999), 0);
    assert_eq!(share::of(i32::MAX, FULL_REFUND), i32::MAX);
    let generous = Policy {
        partial_refund: 25_000,
        ..policy()
    };
    let facts = Facts {
        policy: generous,
        ..before_start(TimeDelta::hours(13))
    };
    assert_eq!(refunded(CancelledBy::Client, facts), 60);
}

#[test]
fn what_the_practitioner_has_spent_meanwhile_is_owed() {
    let spent = Account {
        balance: 20,
        total_earned: 60,
        total_spent: 40,
        ..Account::default()
    };
    let AccountPair { client, practitioner } = cancelled(
        &facts(),
        AccountPair {
            practitioner: spent,
            ..accounts()
        },
    )
    .credits
    .accounts_after;
    assert_eq!(client.balance, 100);
    assert_eq!((practitioner.balance, practitioner.owed), (0, 40));
}

#[test]
fn the_practitioner_gives_back_no_more_than_she_has_earned() {
    for (earned, reversed) in [(0, 0), (20, 20), (60, 60), (61, 60), (-5, 0)] {
        let cancellation = cancelled(
            &staking(Stake {
                held: 0,
                paid: 60,
                earned,
            }),
            accounts(),
        );
        assert_eq!(cancellation.terms.refunded_credits(), 60);
        assert_eq!(cancellation.credits.accounts_after.client.balance, 100);
        assert_eq!(
            cancellation.credits.accounts_after.practitioner.balance,
            60 - reversed
        );
        assert!(
            matches!(cancellation.credits.steps[..], [step] if matches!(step, Step::ByBoth { .. }) == (reversed > 0))
        );
    }
}

#[test]
fn a_session_that_was_never_charged_is_cancelled_without_moving_anything() {
    let cancellation = cancelled(&staking(Stake::default()), accounts());
    assert!(cancellation.credits.steps.is_empty());
    assert!(!cancellation.terms.credits_were_deducted);
    assert_eq!(cancellation.credits.accounts_after, accounts());
}

#[test]
fn a_session_is_cancelled_once_and_only_before_it_is_held() {
    let with_status = |status: &str| Facts {
        status: status.into(),
        ..facts()
    };
    assert_eq!(
        code(CancelledBy::Client, with_status("cancelled")),
        "ALREADY_CANCELLED"
    );
    for status in ["completed", "in_progress", "no_show", "disputed", "expired"] {
        assert_eq!(
            code(CancelledBy::Practitioner, with_status(status)),
            "NOT_CANCELLABLE"
        );
    }
    for status in status::CANCELLABLE {
        assert_eq!(refunded(CancelledBy::Client, with_status(status)), 60);
    }
}

#[test]
fn once_begun_only_the_practitioner_or_the_application_can_give_the_credits_back() {
    let begun = Facts {
        now: starts_at(),
        ..facts()
    };
    assert_eq!(code(CancelledBy::Client, begun.clone()), "NOT_CANCELLABLE");
    assert_eq!(refunded(CancelledBy::Practitioner, begun.clone()), 60);
    assert_eq!(refunded(CancelledBy::Service, begun), 60);
    let about_to_begin = Facts {
        now: starts_at() - TimeDelta::seconds(1),
        ..facts()
    };
    assert_eq!(refunded(CancelledBy::Client, about_to_begin), 60);
}

#[test]
fn the_session_says_what_became_of_its_payment() {
    let status = |facts| terms(CancelledBy::Client, &facts).unwrap().payment_status();
    assert_eq!(status(facts()), Some("refunded"));
    assert_eq!(
        status(before_start(TimeDelta::hours(13))),
        Some("partially_refunded")
    );
    assert_eq!(status(before_start(TimeDelta::hours(1))), None);
    assert_eq!(status(staking(Stake::default())), None);
}

#[test]
fn without_one_of_its_parties_a_session_stays_as_it_is() {
    let refusal = |facts| refusal_without_a_party(CancelledBy::Client, &facts).code();
    assert_eq!(refusal(facts()), "NOT_CANCELLABLE");
    assert_eq!(
        refusal(Facts {
            status: "cancelled".into(),
            ..facts()
        }),
        "ALREADY_CANCELLED"
    );
}

#[test]
fn an_earlier_refund_is_named_when_it_is_asked_for_again() {
    let again = Facts {
        status: "cancelled".into(),
        refunded_before: 30,
        ..facts()
    };
    let refusal = terms(CancelledBy::Client, &again).unwrap_err();
    assert_eq!(refusal, Refusal::AlreadyCancelled { refunded_credits: 30 });
}

#[test]
fn hours_beyond_all_time_are_never_reached_and_those_below_always() {
    let with_hours = |hours| Facts {
        policy: Policy {
            full_refund_hours: hours,
            partial_refund_hours: hours,
            no_refund_hours: hours,
            partial_refund: 5_000,
        },
        ..before_start(TimeDelta::days(10_000))
    };
    assert_eq!(refunded(CancelledBy::Client, with_hours(i64::MAX)), 0);
    assert_eq!(refunded(CancelledBy::Client, with_hours(i64::MIN)), 60);
}

#[test]
fn what_was_only_asked_for_goes_back_whole_whoever_ends_it_and_when() {
    let requested = Facts {
        now: starts_at() + TimeDelta::hours(1),
        status: "pending_approval".into(),
        policy: Policy {
            full_refund_hours: 24,
            partial_refund_hours: 24,
            no_refund_hours: 24,
            partial_refund: 0,
        },
        ..staking(Stake {
            held: 60,
            ..Stake::default()
        })
    };
    for (side, status) in [
        (CancelledBy::Client, "cancelled"),
        (CancelledBy::Practitioner, "declined"),
        (CancelledBy::Service, "cancelled"),
    ] {
        let terms = terms(side, &requested).unwrap();
        assert_eq!((terms.refunded_credits(), terms.is_request), (60, true));
        assert_eq!(Ending::of(side, &terms).status(), status);
    }
}

#[test]
fn what_was_declined_is_cancelled_already() {
    let declined = Facts {
        status: "declined".into(),
        refunded_before: 60,
        ..facts()
    };
    assert_eq!(
        terms(CancelledBy::Client, &declined),
        Err(Refusal::AlreadyCancelled { refunded_credits: 60 })
    );
}
