//! What a booking would be decided on, at one start or at many. It only reads, and so works in a
//! read-only transaction.

use super::accounts::several_rows;
use super::columns::{engagements, list, periods, product, working_hours};
use super::convert::{instant, sql_uuid, sql_wall_clocks, uuid, wall_clock};
use super::statement::{Connection, Row, first_row, run, statements};
use crate::domain::account::Account;
use crate::domain::booking::{Enquiry, Facts, Receipt};
use crate::domain::person::Person;
use crate::domain::schedule::Slot;
use crate::domain::terms::Terms;
use crate::fault::Fault;
use crate::settings;
use chrono::NaiveDateTime;
use pgrx::datum::Timestamp;
use std::collections::BTreeMap;
use uuid::Uuid;

statements! {
    EARLIER_BOOKING = Reads include_str!("../../sql/query/earlier_booking.sql");
    PROSPECTS = Reads include_str!("../../sql/query/prospects.sql");
}

/// The slots that begin at the starts asked for, and the facts around all of them.
pub struct Prospects {
    pub timezone: String,
    pub slots: Vec<Slot>,
    /// Without a slot of their own.
    pub facts: Facts,
}

/// What a client has booked under a key before.
pub struct EarlierBooking {
    pub session_id: Uuid,
    /// What was asked for then.
    pub digest: Option<Uuid>,
    /// How it was charged; `None` where it never was.
    pub receipt: Option<Receipt>,
}

pub fn load(
    connection: &mut Connection<'_>,
    terms: &Terms,
    enquiry: &Enquiry,
    starts: &[NaiveDateTime],
) -> Result<Prospects, Fault> {
    let arguments = [
        enquiry.client_id.map(sql_uuid).into(),
        sql_uuid(enquiry.practitioner_id).into(),
        sql_wall_clocks(starts)?.into(),
        enquiry.duration_minutes.into(),
        enquiry.product_id.map(sql_uuid).into(),
        settings::default_time_zone()?.into(),
        terms.buffer_minutes.into(),
    ];
    let row = first_row(run(connection, &PROSPECTS, &arguments)?)
        .ok_or_else(|| Fault::broken_promise("a booking has no prospects"))?;
    let person = |id| parties(&row).map(|mut people| people.remove(&id));
    let account = |id| accounts(&row).map(|accounts| accounts.get(&id).copied().unwrap_or_default());
    Ok(Prospects {
        timezone: row.required("timezone")?,
        slots: slots(&row, starts)?,
        facts: Facts {
            now: instant(row.required("now")?),
            client: enquiry.client_id.map(person).transpose()?.flatten(),
            practitioner: person(enquiry.practitioner_id)?,
            product: product(&row)?,
            slot: None,
            working_hours: working_hours(&row)?,
            blocks: periods(&row, "block_starts_at", "block_ends_at")?,
            engagements: engagements(&row)?,
            client_account: enquiry.client_id.map(account).transpose()?.unwrap_or_default(),
            practitioner_account: account(enquiry.practitioner_id)?,
        },
    })
}

/// The booking that this client made under this key; `None` where she made none.
pub fn earlier_booking(
    connection: &mut Connection<'_>,
    client_id: Uuid,
    idempotency_key: &str,
) -> Result<Option<EarlierBooking>, Fault> {
    let arguments = [sql_uuid(client_id).into(), idempotency_key.into()];
    let Some(row) = first_row(run(connection, &EARLIER_BOOKING, &arguments)?) else {
        return Ok(None);
    };
    let receipt = match row.required::<bool>("is_charged")? {
        false => None,
        true => Some(Receipt {
            credit_cost: row.required("credit_cost")?,
            client_balance_before: row.optional("client_balance_before")?,
            client_balance_after: row.optional("client_balance_after")?,
            practitioner_balance_before: row.optional("practitioner_balance_before")?,
            practitioner_balance_after: row.optional("practitioner_balance_after")?,
        }),
    };
    Ok(Some(EarlierBooking {
        session_id: uuid(row.required("id")?),
        digest: row.optional("idempotency_digest")?.map(uuid),
        receipt,
    }))
}

/// The slots in the columns `slot_…` of a row, which begin at these starts.
pub(super) fn slots(row: &Row<'_>, starts: &[NaiveDateTime]) -> Result<Vec<Slot>, Fault> {
    let periods = periods(row, "slot_starts_at", "slot_ends_at")?;
    let local_ends = list::<Timestamp>(row, "slot_local_ends")?;
    let slots = starts.iter().zip(periods).zip(local_ends);
    slots
        .map(|((local_start, period), local_end)| {
            let local_end = local_end.ok_or_else(|| Fault::broken_promise("a slot without an end"))?;
            Ok(Slot {
                period,
                local_start: *local_start,
                local_end: wall_clock(local_end),
            })
        })
        .collect()
}

fn parties(row: &Row<'_>) -> Result<BTreeMap<Uuid, Person>, Fault> {
    let names = list::<String>(row, "party_names")?;
    let roles = list::<String>(row, "party_user_roles")?;
    let active = list::<bool>(row, "parties_are_active")?;
    let people = ids(row, "party_ids")?
        .into_iter()
        .zip(names)
        .zip(roles)
        .zip(active);
    Ok(people
        .map(|(((id, name), user_role), is_active)| {
            let person = Person {
                id,
                name: name.unwrap_or_default(),
                // Nobody is told anything yet.
                email: None,
                user_role,
                is_active: is_active.unwrap_or(false),
            };
            (id, person)
        })
        .collect())
}

fn accounts(row: &Row<'_>) -> Result<BTreeMap<Uuid, Account>, Fault> {
    let columns = [
        integers(row, "balances")?,
        integers(row, "debts")?,
        integers(row, "totals_earned")?,
        integers(row, "totals_spent")?,
    ];
    let mut accounts = BTreeMap::new();
    for (position, user_id) in ids(row, "account_user_ids")?.into_iter().enumerate() {
        let [balance, owed, total_earned, total_spent] = columns.each_ref().map(|column| column[position]);
        let account = Account {
            balance,
            owed,
            total_earned,
            total_spent,
        };
        if accounts.insert(user_id, account).is_some() {
            return Err(several_rows(user_id));
        }
    }
    Ok(accounts)
}

fn ids(row: &Row<'_>, column: &str) -> Result<Vec<Uuid>, Fault> {
    let ids = list::<pgrx::Uuid>(row, column)?;
    Ok(ids.into_iter().flatten().map(uuid).collect())
}

fn integers(row: &Row<'_>, column: &str) -> Result<Vec<i32>, Fault> {
    Ok(list::<i32>(row, column)?.into_iter().flatten().collect())
}
