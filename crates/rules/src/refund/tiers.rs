//! What a client gets back by when she cancels: a policy as instants, so that she can be told before she pays.

use super::{Facts, Policy, client_share_at};
use crate::booking::Booking;
use crate::division::Stake;
use crate::status;
use chrono::{DateTime, TimeDelta, Utc};

/// Instants are stored to the microsecond.
const TICK: TimeDelta = TimeDelta::microseconds(1);

/// So much goes back to a client who cancels until then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tier {
    /// In hundredths of a percent.
    pub share: i64,
    pub credits: i32,
    /// This moment included; `None` for as long as she can cancel at all.
    pub until: Option<DateTime<Utc>>,
}

/// The tiers of a session that its client could cancel now, the present one first.
pub fn from_now_on(facts: &Facts) -> Vec<Tier> {
    let mut tiers: Vec<Tier> = Vec::new();
    let ends = bounds(facts).into_iter().map(Some).chain([None]);
    for until in ends {
        let share = client_share_at(facts, until.unwrap_or_else(|| last_moment(facts)));
        match tiers.last_mut() {
            Some(former) if former.share == share => former.until = until,
            _ => tiers.push(Tier {
                share,
                credits: facts.stake.divide(share).returned_credits,
                until,
            }),
        }
    }
    tiers
}

/// The same of a booking that would be made now.
pub fn of_booking(
    booking: &Booking,
    policy: Policy,
    now: DateTime<Utc>,
    starts_at: DateTime<Utc>,
) -> Vec<Tier> {
    from_now_on(&Facts {
        now,
        status: status::SCHEDULED.into(),
        starts_at: Some(starts_at),
        stake: Stake {
            held: 0,
            paid: booking.credit_cost,
            earned: booking.credit_cost,
        },
        refunded_before: 0,
        policy,
    })
}

/// When the share may change, from now until the start.
fn bounds(facts: &Facts) -> Vec<DateTime<Utc>> {
    let Some(starts_at) = facts.starts_at else {
        return Vec::new();
    };
    let hours = [facts.policy.full_refund_hours, facts.policy.last_refund_hours()];
    let before_start = |hours| starts_at.checked_sub_signed(TimeDelta::try_hours(hours)?);
    let mut bounds: Vec<DateTime<Utc>> = (hours.into_iter().filter_map(before_start))
        .filter(|bound| (facts.now..starts_at).contains(bound))
        .collect();
    bounds.sort();
    bounds
}

/// The last at which she can cancel.
fn last_moment(facts: &Facts) -> DateTime<Utc> {
    let before_start = facts.starts_at.map(|starts_at| starts_at - TICK);
    before_start.map_or(facts.now, |moment| moment.max(facts.now))
}

#[cfg(test)]
mod tests;
