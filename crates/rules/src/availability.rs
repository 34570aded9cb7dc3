//! Which starts can be booked: every candidate goes through the checks of a booking.

use crate::account::AccountPair;
use crate::booking::{
    Circumstances, Engagement, Enquiry, Facts, NoBooking, Target, charge, check_balance,
    check_parties_and_price, check_slot, is_held,
};
use crate::cost::session_duration_minutes;
use crate::schedule::{Period, Slot};
use crate::terms::Terms;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

/// What can be booked, and on which terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Availability {
    pub credit_cost: i32,
    pub duration_minutes: i32,
    pub slots: Vec<Slot>,
}

/// The candidates of these days, the last included: so many minutes apart, from every midnight on.
pub fn grid(from: NaiveDate, to: NaiveDate, step_minutes: u16) -> Vec<NaiveDateTime> {
    let minutes = (0..24 * 60).step_by(step_minutes.into());
    let starts_of_day: Vec<NaiveTime> = minutes
        .map(|minutes| NaiveTime::MIN + TimeDelta::minutes(minutes))
        .collect();
    from.iter_days()
        .take_while(|day| *day <= to)
        .flat_map(|day| starts_of_day.iter().map(move |start| day.and_time(*start)))
        .collect()
}

/// Decides which of the candidates a booking would be accepted for, `accounts` being those of the two where there is a
/// client; where none can be, whatever its
/// time, the refusal or the fault that it would end in.
pub fn decide(
    terms: &Terms,
    enquiry: &Enquiry,
    facts: &Facts,
    accounts: Option<&AccountPair>,
    candidates: &[Slot],
) -> Result<Availability, NoBooking> {
    let credit_cost = check_parties_and_price(terms, enquiry, facts)?;
    if let Some((client_id, accounts)) = enquiry.client_id.zip(accounts) {
        check_balance(credit_cost, accounts).map_err(|no_booking| no_booking.at_cost(credit_cost))?;
        let parties = (client_id, enquiry.practitioner_id);
        charge(
            credit_cost,
            is_held(terms, &Target::NewSession),
            parties,
            accounts,
        )?;
    }
    let circumstances = facts.circumstances();
    Ok(Availability {
        credit_cost,
        duration_minutes: session_duration_minutes(enquiry.duration_minutes, facts.product),
        slots: free(terms, enquiry, &circumstances, candidates).collect::<Result<_, _>>()?,
    })
}

/// The first candidate at which a session may take place; `None` where there is none, or where that
/// can't be said.
pub fn first_free(
    terms: &Terms,
    enquiry: &Enquiry,
    circumstances: &Circumstances<'_>,
    candidates: &[Slot],
) -> Option<Slot> {
    free(terms, enquiry, circumstances, candidates).next()?.ok()
}

/// The candidates at which a session may take place, in their order; a fault where that can't be said.
/// A day is looked at when its first slot is asked for.
pub(super) fn free<'a>(
    terms: &'a Terms,
    enquiry: &'a Enquiry,
    circumstances: &'a Circumstances<'a>,
    candidates: &'a [Slot],
) -> impl Iterator<Item = Result<Slot, NoBooking>> {
    candidates
        .chunk_by(|slot, next| slot.local_start.date() == next.local_start.date())
        .flat_map(move |day| free_on_day(terms, enquiry, circumstances, day))
}

/// The same of one day's candidates. They are compared with what is near that day alone, so that a
/// long range costs no more than the sum of its days.
fn free_on_day(
    terms: &Terms,
    enquiry: &Enquiry,
    circumstances: &Circumstances<'_>,
    day: &[Slot],
) -> Vec<Result<Slot, NoBooking>> {
    let hull = hull(day);
    let near_day = |periods: &[Period]| -> Vec<Period> {
        let touches = |period: &Period| period.overlaps(&hull, TimeDelta::zero());
        periods.iter().copied().filter(touches).collect()
    };
    let blocks = near_day(circumstances.blocks);
    let client_busy = near_day(circumstances.client_busy);
    let engagements: Vec<Engagement> = (circumstances.engagements.iter().copied())
        .filter(|engagement| engagement.period.overlaps(&hull, terms.buffer()))
        .collect();
    let near = Circumstances {
        blocks: &blocks,
        client_busy: &client_busy,
        engagements: &engagements,
        ..*circumstances
    };
    day.iter()
        .filter_map(|slot| match check_slot(terms, enquiry, slot, &near) {
            Ok(()) => Some(Ok(*slot)),
            Err(NoBooking::Refused(_)) => None,
            Err(fault) => Some(Err(fault)),
        })
        .collect()
}

/// From the earliest start to the latest end. On a day that lacks an hour, a later time on the clock
/// can be an earlier instant.
fn hull(slots: &[Slot]) -> Period {
    let starts = slots.iter().map(|slot| slot.period.starts_at);
    let ends = slots.iter().map(|slot| slot.period.ends_at);
    Period {
        starts_at: starts.min().unwrap_or(DateTime::UNIX_EPOCH),
        ends_at: ends.max().unwrap_or(DateTime::UNIX_EPOCH),
    }
}

#[cfg(test)]
mod tests;
