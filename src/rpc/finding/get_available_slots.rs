//! `get_available_slots`: the starts that `create_peer_booking`, or of a session `reschedule_peer_booking`, would accept from
//! this caller now.

use crate::argument::required;
use crate::caller::Caller;
use crate::fault::Fault;
use crate::postgres::convert::{date, uuid};
use crate::postgres::json::Json;
use crate::reply::{self, Reply};
use crate::rpc::error::{Error, as_owner};
use crate::rpc::moving::targets;
use crate::settings;
use crate::store::{Connection, prospects};
use chrono::{NaiveDate, NaiveDateTime};
use peer_exchange_rules::availability::{self, Availability};
use peer_exchange_rules::booking::Enquiry;
use peer_exchange_rules::refusal::Refusal;
use peer_exchange_rules::terms::Terms;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use uuid::Uuid;

/// The longest range of days, the last included.
const MAX_RANGE_DAYS: i64 = 62;
const STEP_MINUTES: std::ops::RangeInclusive<u16> = 5..=24 * 60;

/// What can be booked in a range of days, or where a session can be moved to; `docs/reference.md` describes arguments, reply
/// and refusals.
#[pg_extern(stable)]
fn get_available_slots(
    p_practitioner_id: Option<pgrx::Uuid>,
    p_from: Option<pgrx::datum::Date>,
    p_to: Option<pgrx::datum::Date>,
    p_duration_minutes: default!(Option<i32>, "60"),
    p_step_minutes: default!(Option<i32>, "15"),
    p_product_id: default!(Option<pgrx::Uuid>, "NULL"),
    p_session_id: default!(Option<pgrx::Uuid>, "NULL"),
) -> Result<Json, ErrorReport> {
    let arguments = Arguments {
        practitioner_id: p_practitioner_id.map(uuid),
        from: p_from.map(date),
        to: p_to.map(date),
        duration_minutes: p_duration_minutes,
        step_minutes: p_step_minutes,
        product_id: p_product_id.map(uuid),
        session_id: p_session_id.map(uuid),
    };
    let reply = answer(&arguments).or_else(|error| error.reply(reply::refused::booking))?;
    Ok(reply.into())
}

/// The arguments as they came.
struct Arguments {
    practitioner_id: Option<Uuid>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    duration_minutes: Option<i32>,
    step_minutes: Option<i32>,
    product_id: Option<Uuid>,
    session_id: Option<Uuid>,
}

/// What the slots are for.
enum Purpose {
    Booking {
        duration_minutes: i32,
        product_id: Option<Uuid>,
    },
    /// This session has its duration and its price already.
    Move { session_id: Uuid },
}

/// What is asked for, with everything that it needs.
struct Asked {
    practitioner_id: Uuid,
    purpose: Purpose,
    starts: Vec<NaiveDateTime>,
}

fn answer(arguments: &Arguments) -> Result<Reply, Error> {
    let caller = Caller::current()?;
    let terms = settings::terms()?;
    let Asked {
        practitioner_id,
        purpose,
        starts,
    } = arguments.checked(&terms)?;
    as_owner(|connection| match purpose {
        Purpose::Booking {
            duration_minutes,
            product_id,
        } => {
            let enquiry = Enquiry {
                client_id: caller.person_id(),
                practitioner_id,
                duration_minutes,
                product_id,
            };
            slots_to_book(connection, &terms, &enquiry, &starts)
        }
        Purpose::Move { session_id } => {
            let wanted = targets::Wanted {
                session_id,
                practitioner_id,
                starts: &starts,
            };
            targets::answer(connection, caller, &terms, &wanted)
        }
    })
}

fn slots_to_book(
    connection: &mut Connection<'_>,
    terms: &Terms,
    enquiry: &Enquiry,
    starts: &[NaiveDateTime],
) -> Result<Reply, Error> {
    let question = prospects::Question {
        terms,
        enquiry,
        starts,
        moved: None,
    };
    let prospects = prospects::load(connection, &question)?;
    let accounts = prospects::accounts(connection, enquiry)?;
    let Availability {
        credit_cost,
        duration_minutes,
        slots,
    } = availability::decide(
        terms,
        enquiry,
        &prospects.facts,
        accounts.as_ref(),
        &prospects.slots,
    )?;
    Ok(reply::finding::available(
        enquiry.practitioner_id,
        &prospects,
        duration_minutes,
        credit_cost.into(),
        &slots,
    )?)
}

/// The days asked for, and how far apart the starts shall be.
struct Range {
    from: NaiveDate,
    to: NaiveDate,
    step_minutes: i32,
}

impl Arguments {
    /// Everything that the question can't do without, in the order of the arguments.
    fn checked(&self, terms: &Terms) -> Result<Asked, Error> {
        let practitioner_id = required("p_practitioner_id", self.practitioner_id)?;
        let from = required("p_from", self.from)?;
        let to = required("p_to", self.to)?;
        let purpose = self.purpose()?;
        let step_minutes = required("p_step_minutes", self.step_minutes)?;
        if let Purpose::Booking { duration_minutes, .. } = purpose {
            terms.check_duration(duration_minutes)?;
        }
        let range = Range {
            from,
            to,
            step_minutes,
        };
        Ok(Asked {
            practitioner_id,
            purpose,
            starts: range.starts()?,
        })
    }

    fn purpose(&self) -> Result<Purpose, Refusal> {
        Ok(match self.session_id {
            Some(session_id) => Purpose::Move { session_id },
            None => Purpose::Booking {
                duration_minutes: required("p_duration_minutes", self.duration_minutes)?,
                product_id: self.product_id,
            },
        })
    }
}

impl Range {
    /// The candidates; a fault where the range makes no sense.
    fn starts(&self) -> Result<Vec<NaiveDateTime>, Fault> {
        let step_minutes = u16::try_from(self.step_minutes)
            .ok()
            .filter(|step_minutes| STEP_MINUTES.contains(step_minutes))
            .ok_or_else(|| {
                Fault::invalid_argument(format!(
                    "p_step_minutes must be between {} and {}",
                    STEP_MINUTES.start(),
                    STEP_MINUTES.end()
                ))
            })?;
        if self.from > self.to {
            return Err(Fault::invalid_argument("p_from must not be after p_to"));
        }
        if (self.to - self.from).num_days() >= MAX_RANGE_DAYS {
            return Err(Fault::invalid_argument(format!(
                "p_from and p_to must lie within {MAX_RANGE_DAYS} days"
            )));
        }
        Ok(availability::grid(self.from, self.to, step_minutes))
    }
}
