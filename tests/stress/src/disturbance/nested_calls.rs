//! What the application's triggers and grants to many did, told as calls of their own: they are
//! audited like those of the clients.

use std::collections::{HashMap, HashSet};

use anyhow::{Context, Result};
use chrono::NaiveDate;
use tokio_postgres::{Client, Row};
use uuid::Uuid;

use super::allowances::{Allowances, Mirror};
use crate::answer::{Answer, Granted};
use crate::generator::request;
use crate::history::{Call, Span};
use crate::operation::{Caller, MINUTES_PER_DAY, Operation, Period, SessionRequest, Settlement, Slot};
use crate::people;
use crate::statements::first_date;

pub const BONUS: i32 = 7;

const NESTED_CALLS: &str = "select call, trigger, label, person, session, reply, (made).client_id, (made).therapist_id, \
     (made).session_date, (extract(epoch from (made).start_time) / 60)::integer, (made).duration_minutes \
     from stress.nested_calls order by id";
const ALLOCATED: &str = "select user_id, coalesce(idempotency_key, description), amount, balance_before, balance_after \
     from public.credit_transactions where transaction_type::text = 'bonus' and description = $1";

/// The calls that were made within others, and what speaks against those.
pub async fn nested_calls(
    database: &Client,
    calls: &[Call],
    allowances: &mut Allowances,
) -> Result<(Vec<Call>, Vec<String>)> {
    let by_name: HashMap<String, &Call> = calls
        .iter()
        .map(|call| (Call::name_of(call.client, call.step), call))
        .collect();
    let mut nested = Vec::new();
    let mut findings = Vec::new();
    for row in database
        .query(NESTED_CALLS, &[])
        .await
        .context("cannot read the nested calls")?
    {
        let name: String = row.get(0);
        let Some(outer) = by_name.get(&name) else {
            findings.push(format!("a trigger fired within a call that nobody made: {name}"));
            continue;
        };
        if !matches!(&outer.answer, Answer::Booked(booked) if !booked.replayed) {
            let label: String = row.get(2);
            findings.push(format!(
                "{label} stayed, of a call that booked nothing: {outer:?}"
            ));
        }
        match row.get("trigger") {
            "mirror" => drop(allowances.mirrors.insert(row.get(4), mirror(&row))),
            trigger => nested.push(within(outer, trigger, &row)),
        }
    }
    nested.extend(calls.iter().flat_map(granted_to_all));
    nested.extend(allocated(database, calls).await?);
    Ok((nested, findings))
}

/// What a trigger did within a call, at some moment of it.
fn within(outer: &Call, trigger: &str, row: &Row) -> Call {
    let label: String = row.get(2);
    let reply = || Answer::of_json(&row.get::<_, Option<String>>(5).unwrap_or_default());
    let (caller, operation, answer) = match trigger {
        "bonus" => {
            let grant = Operation::Grant {
                person: row.get(3),
                amount: BONUS,
                key: label,
            };
            (Caller::Service, grant, reply())
        }
        "again" => {
            let wanted = SessionRequest {
                label,
                key: None,
                client: row.get(6),
                practitioner: row.get(7),
                slot: slot(row),
                product: None,
                settlement: Settlement::Booking,
                asks_first: false,
            };
            (outer.request.caller, Operation::Book(wanted), reply())
        }
        _ => {
            let session = row.get(4);
            // The application cancels; on whose behalf, the claims say.
            (
                outer.request.caller,
                Operation::CancelDirectly { session, label },
                Answer::changed(1),
            )
        }
    };
    Call {
        request: request(caller, operation),
        answer,
        ..outer.clone()
    }
}

fn slot(row: &Row) -> Slot {
    let date: NaiveDate = row.get(8);
    Slot {
        day: i32::try_from((date - first_date()).num_days()).expect("a day near the run's"),
        minute: row.get(9),
        duration: row.get(10),
    }
}

fn mirror(row: &Row) -> Mirror {
    let practitioner: Uuid = row.get(7);
    let slot = slot(row);
    let start = slot.day * MINUTES_PER_DAY + slot.minute;
    let lasting = |start| Period {
        start,
        end: start + slot.duration,
    };
    Mirror {
        practitioner,
        local: lasting(start),
        period: lasting(start - 60 * people::hours_ahead(practitioner)),
    }
}

fn granted_to_all(call: &Call) -> Vec<Call> {
    let (Operation::GrantToAll { key, .. }, Answer::GrantedToAll(granted)) =
        (&call.request.operation, &call.answer)
    else {
        return Vec::new();
    };
    granted
        .iter()
        .map(|granted| grant_within(call, call.span, format!("{key} {}", granted.person), *granted))
        .collect()
}

/// An allocation does not say to whom; its entries do. Each period is asked for several times.
async fn allocated(database: &Client, calls: &[Call]) -> Result<Vec<Call>> {
    let mut nested = Vec::new();
    let mut periods = HashSet::new();
    for call in calls {
        let Operation::Allocate { period, .. } = &call.request.operation else {
            continue;
        };
        if !matches!(call.answer, Answer::Text(_)) || !periods.insert(period) {
            continue;
        }
        for row in database.query(ALLOCATED, &[period]).await? {
            let granted = Granted {
                person: row.get(0),
                amount: row.get(2),
                before: row.get(3),
                after: row.get(4),
                replayed: false,
            };
            let span = calls.iter().filter(|other| other.request == call.request);
            let span = span.fold(call.span, |span, other| span.hull(other.span));
            nested.push(grant_within(call, span, row.get(1), granted));
        }
    }
    Ok(nested)
}

fn grant_within(call: &Call, span: Span, key: String, granted: Granted) -> Call {
    let amount = match call.request.operation {
        Operation::GrantToAll { amount, .. } | Operation::Allocate { amount, .. } => amount,
        _ => granted.amount,
    };
    let grant = Operation::Grant {
        person: granted.person,
        amount,
        key,
    };
    Call {
        span,
        request: request(Caller::Service, grant),
        answer: Answer::Granted(granted),
        ..call.clone()
    }
}
