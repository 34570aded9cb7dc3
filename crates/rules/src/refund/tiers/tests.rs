use super::super::{CancelledBy, refund_share, terms};
use super::*;
use chrono::TimeZone;

fn starts_at() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 2, 10, 0, 0).unwrap()
}

fn policy(full: i64, partial: i64, none: i64, partial_refund: i64) -> Policy {
    Policy {
        full_refund_hours: full,
        partial_refund_hours: partial,
        no_refund_hours: none,
        partial_refund,
    }
}

fn facts(until_start: TimeDelta, policy: Policy) -> Facts {
    Facts {
        now: starts_at() - until_start,
        status: "scheduled".into(),
        starts_at: Some(starts_at()),
        stake: Stake {
            held: 0,
            paid: 45,
            earned: 45,
        },
        refunded_before: 0,
        policy,
    }
}

/// Shares, credits and hours before the start of what is still to come.
fn told(facts: &Facts) -> Vec<(i64, i32, Option<i64>)> {
    let hours = |until: DateTime<Utc>| (starts_at() - until).num_hours();
    (from_now_on(facts).iter())
        .map(|tier| (tier.share, tier.credits, tier.until.map(hours)))
        .collect()
}

#[test]
fn all_goes_back_first_then_a_part_then_nothing() {
    let usual = policy(24, 12, 12, 5_000);
    let (all, part, nothing) = ((10_000, 45, Some(24)), (5_000, 23, Some(12)), (0, 0, None));
    let at = |hours| told(&facts(TimeDelta::hours(hours), usual));
    assert_eq!(at(48), [all, part, nothing]);
    assert_eq!(at(24), [all, part, nothing]);
    assert_eq!(at(23), [part, nothing]);
    assert_eq!(at(1), [nothing]);
}

#[test]
fn what_can_never_be_is_left_out() {
    let in_three_days = |policy| told(&facts(TimeDelta::days(3), policy));
    // As delivered: all goes back until the start.
    assert_eq!(in_three_days(policy(0, 0, 0, 0)), [(10_000, 45, None)]);
    // The part would begin after the whole has ended.
    assert_eq!(
        in_three_days(policy(24, 48, 12, 5_000)),
        [(10_000, 45, Some(24)), (0, 0, None)]
    );
    // Parts that are nothing, or all.
    assert_eq!(
        in_three_days(policy(24, 12, 12, 0)),
        [(10_000, 45, Some(24)), (0, 0, None)]
    );
    assert_eq!(
        in_three_days(policy(24, 12, 12, 10_000)),
        [(10_000, 45, Some(12)), (0, 0, None)]
    );
    // Until the start a part goes back.
    assert_eq!(
        in_three_days(policy(24, 0, 0, 3_333)),
        [(10_000, 45, Some(24)), (3_333, 15, None)]
    );
    // Longer than it is until the start.
    assert_eq!(
        in_three_days(policy(i64::MAX, i64::MAX, 0, 5_000)),
        [(0, 0, None)]
    );
    assert_eq!(in_three_days(policy(i64::MIN, 0, 0, 5_000)), [(10_000, 45, None)]);
}

#[test]
fn what_was_only_asked_for_goes_back_whole() {
    let requested = Facts {
        status: "pending_approval".into(),
        stake: Stake {
            held: 45,
            ..Stake::default()
        },
        ..facts(TimeDelta::hours(1), policy(24, 12, 12, 5_000))
    };
    assert_eq!(told(&requested), [(10_000, 45, None)]);
}

#[test]
fn without_a_time_nothing_is_late() {
    let timeless = Facts {
        starts_at: None,
        ..facts(TimeDelta::hours(1), policy(24, 12, 12, 5_000))
    };
    assert_eq!(told(&timeless), [(10_000, 45, None)]);
}

/// Whenever the tiers are told, and whenever she cancels then: around every bound, what they say is what happens.
#[test]
fn at_every_moment_the_tiers_say_what_a_cancellation_does() {
    let hours = [-1, 0, 1, 12, 24, 25];
    let shares = [-100, 0, 1, 3_333, 5_000, 10_000, 20_000];
    let mut compared = 0;
    for full in hours {
        for partial in hours {
            for none in hours {
                for share in shares {
                    compared += compare_around_bounds(policy(full, partial, none, share), &hours);
                }
            }
        }
    }
    assert!(compared > 100_000, "{compared}");
}

fn compare_around_bounds(policy: Policy, hours: &[i64]) -> usize {
    let moments: Vec<TimeDelta> = (hours.iter())
        .flat_map(|hours| [TICK, TimeDelta::zero(), -TICK].map(|step| TimeDelta::hours(*hours) + step))
        .filter(|until_start| *until_start > TimeDelta::zero())
        .collect();
    let mut compared = 0;
    for told_at in &moments {
        let tiers = from_now_on(&facts(*told_at, policy));
        assert_eq!(tiers.last().map(|tier| tier.until), Some(None));
        for cancelled_at in moments.iter().filter(|moment| *moment <= told_at) {
            let then = facts(*cancelled_at, policy);
            let announced = tier_at(&tiers, then.now);
            let refund = terms(CancelledBy::Client, &then).unwrap();
            assert_eq!(
                announced.share,
                refund_share(CancelledBy::Client, &then),
                "{then:?}"
            );
            assert_eq!(announced.credits, refund.refunded_credits(), "{then:?}");
            compared += 1;
        }
    }
    compared
}

fn tier_at(tiers: &[Tier], moment: DateTime<Utc>) -> Tier {
    let is_over = |tier: &&Tier| tier.until.is_some_and(|until| until < moment);
    *tiers.iter().find(|tier| !is_over(tier)).unwrap()
}
