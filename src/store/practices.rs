//! What a practitioner offers, when and on which terms: read for herself, and written as she says.

use super::columns;
use super::people::{self, People};
use super::ratings::{self, Reputation};
use crate::fault::Fault;
use crate::postgres::convert::{instant, sql_instant, sql_uuid, uuid, wall_clock};
use crate::postgres::statement::{Connection, Row, first_row, run, statements};
use crate::settings;
use peer_exchange_rules::person::Person;
use peer_exchange_rules::refund::Policy;
use peer_exchange_rules::schedule::{HoursToOffer, Period, Slot, WorkingHours};
use peer_exchange_rules::session_time::SessionTime;
use pgrx::datum::{JsonString, Timestamp, TimestampWithTimeZone};
use serde_json::Value;
use uuid::Uuid;

statements! {
    PRACTICE = Reads concat!(
        include_str!("../../sql/query/practice.sql"),
        include_str!("../../sql/query/completed_sessions.sql"),
        " where practitioner.id = $1");
    BLOCKS_TO_COME = Reads include_str!("../../sql/query/blocks_to_come.sql");
    PRODUCTS_OF_PERSON = Reads concat!(
        "select\n",
        include_str!("../../sql/query/product.sql"),
        include_str!("../../sql/query/products_of_person.sql"));
    SESSIONS_TO_COME = Writes include_str!("../../sql/query/sessions_to_come.sql");
    PRACTICE_AS_STORED = Writes concat!(
        include_str!("../../sql/query/practice.sql"),
        include_str!("../../sql/query/completed_sessions.sql"),
        " where practitioner.id = $1");
    PUBLISH_HOURS = Writes include_str!("../../sql/query/publish_hours.sql");
    BLOCK_TIME = Writes include_str!("../../sql/query/block_time.sql");
    UNBLOCK_TIME = Writes include_str!("../../sql/query/unblock_time.sql");
    SET_POLICY = Writes include_str!("../../sql/query/set_policy.sql");
    DROP_POLICY = Writes include_str!("../../sql/query/drop_policy.sql");
    ADD_PRODUCT = Writes concat!(
        include_str!("../../sql/query/add_product.sql"),
        include_str!("../../sql/query/product.sql"));
    CHANGE_PRODUCT = Writes concat!(
        include_str!("../../sql/query/change_product.sql"),
        include_str!("../../sql/query/product.sql"));
    OWN_PRODUCT = Writes include_str!("../../sql/query/own_product.sql");
    WRITE_PROFILE = Writes include_str!("../../sql/query/write_profile.sql");
}

/// Lists are not endless.
const MAX_BLOCKS: i64 = 200;
const MAX_PRODUCTS: i64 = 200;

pub struct Practice {
    /// The one that counts, and the one that she has published.
    pub timezone: String,
    pub published_timezone: Option<String>,
    pub working_hours: WorkingHours,
    /// In which hours she is offered while she has published none.
    pub unpublished_hours: HoursToOffer,
    pub profile: Profile,
    /// The one in force, be it her own or that of the settings.
    pub policy: Policy,
    pub has_own_policy: bool,
    pub open_requests: i64,
    pub reputation: Reputation,
}

/// What she says of herself, as far as it can be read.
pub struct Profile {
    pub location: Option<String>,
    pub visit_address: Option<String>,
    pub specializations: Vec<String>,
}

/// As it is seen, for what only reads.
pub fn load(connection: &mut Connection<'_>, person_id: Uuid) -> Result<Practice, Fault> {
    practice(first_row(run(
        connection,
        &PRACTICE,
        &[sql_uuid(person_id).into()],
    )?))
}

/// As it is stored now, whatever a trigger of the application made of what was written.
pub fn stored(connection: &mut Connection<'_>, person_id: Uuid) -> Result<Practice, Fault> {
    let arguments = [sql_uuid(person_id).into()];
    practice(first_row(run(connection, &PRACTICE_AS_STORED, &arguments)?))
}

fn practice(row: Option<Row<'_>>) -> Result<Practice, Fault> {
    let row =
        row.ok_or_else(|| Fault::invariant_violated("a person has no practice, not even an empty one"))?;
    let person = columns::profile(&row)?;
    Ok(Practice {
        timezone: row.required("timezone")?,
        published_timezone: row.optional("published_timezone")?,
        working_hours: columns::working_hours(&row)?,
        unpublished_hours: settings::hours_to_offer(row.required("is_table_of_setup")?)?,
        profile: profile(&person),
        policy: columns::policy(&row)?,
        has_own_policy: row.required("has_own_policy")?,
        open_requests: row.required("open_requests")?,
        reputation: ratings::reputation(&row, &person)?,
    })
}

fn profile(person: &Value) -> Profile {
    let text = |name: &str| person[name].as_str().map(str::to_owned);
    Profile {
        location: text("location"),
        visit_address: text("visit_address"),
        specializations: columns::texts(&person["specializations"]),
    }
}

/// A time at which she gives no sessions.
pub struct Block {
    pub event_id: Uuid,
    pub title: Option<String>,
    pub period: Period,
}

pub fn blocks(connection: &mut Connection<'_>, person_id: Uuid) -> Result<Vec<Block>, Fault> {
    let arguments = [sql_uuid(person_id).into(), MAX_BLOCKS.into()];
    run(connection, &BLOCKS_TO_COME, &arguments)?
        .map(|row| {
            Ok(Block {
                event_id: uuid(row.required("id")?),
                title: row.optional("title")?,
                period: Period {
                    starts_at: instant(row.required("starts_at")?),
                    ends_at: instant(row.required("ends_at")?),
                },
            })
        })
        .collect()
}

/// What she offers.
pub struct Product {
    pub name: Option<String>,
    pub duration_minutes: Option<i64>,
    pub credit_cost: Option<i64>,
    pub is_active: bool,
}

pub fn products(connection: &mut Connection<'_>, person_id: Uuid) -> Result<Vec<(Uuid, Product)>, Fault> {
    let arguments = [sql_uuid(person_id).into(), MAX_PRODUCTS.into()];
    run(connection, &PRODUCTS_OF_PERSON, &arguments)?
        .map(|row| Ok((uuid(row.required("id")?), product(&row)?)))
        .collect()
}

fn product(row: &Row<'_>) -> Result<Product, Fault> {
    Ok(Product {
        name: row.optional("name")?,
        duration_minutes: row.optional("duration_minutes")?,
        credit_cost: row.optional("credit_cost")?,
        is_active: row.required("is_active")?,
    })
}

/// A peer session that she gives, and when it would be by the clock that her hours are published in.
pub struct SessionToCome {
    pub time: SessionTime,
    pub status: String,
    pub client: Option<Person>,
    pub slot: Slot,
}

/// Those from now on, or those that touch a period.
pub fn sessions_to_come(
    connection: &mut Connection<'_>,
    practitioner_id: Uuid,
    during: Option<Period>,
    timezone: &str,
) -> Result<Vec<SessionToCome>, Fault> {
    let bounds = during.map(|period| [period.starts_at, period.ends_at].map(sql_instant));
    let [since, until] = match bounds {
        Some([since, until]) => [Some(since?), Some(until?)],
        None => [None, None],
    };
    let arguments = [
        sql_uuid(practitioner_id).into(),
        since.into(),
        until.into(),
        timezone.into(),
    ];
    let rows: Vec<Row<'_>> = run(connection, &SESSIONS_TO_COME, &arguments)?.collect();
    let clients: Vec<Uuid> = rows
        .iter()
        .filter_map(|row| row.optional("counterpart_id").transpose())
        .map(|id| id.map(uuid))
        .collect::<Result<_, _>>()?;
    let people = people::read(connection, &clients)?;
    rows.iter().map(|row| session_to_come(row, &people)).collect()
}

fn session_to_come(row: &Row<'_>, people: &People) -> Result<SessionToCome, Fault> {
    let client_id = row.optional("counterpart_id")?.map(uuid);
    Ok(SessionToCome {
        time: columns::session_time(row, uuid(row.required("id")?))?,
        status: row.required("status")?,
        client: client_id.and_then(|id| people.get(&id)).cloned(),
        slot: Slot {
            period: Period {
                starts_at: instant(row.required::<TimestampWithTimeZone>("starts_at")?),
                ends_at: instant(row.required::<TimestampWithTimeZone>("ends_at")?),
            },
            local_start: wall_clock(row.required::<Timestamp>("slot_local_start")?),
            local_end: wall_clock(row.required::<Timestamp>("slot_local_end")?),
        },
    })
}

/// Publishes these hours, and this time zone or none.
pub fn publish(
    connection: &mut Connection<'_>,
    practitioner_id: Uuid,
    working_hours: &str,
    timezone: Option<&str>,
) -> Result<(), Fault> {
    let arguments = [
        sql_uuid(practitioner_id).into(),
        JsonString(working_hours.to_owned()).into(),
        timezone.into(),
    ];
    run(connection, &PUBLISH_HOURS, &arguments)?;
    Ok(())
}

/// Keeps sessions away from her at this time; returns which event of her calendar does.
pub fn block(
    connection: &mut Connection<'_>,
    person_id: Uuid,
    period: &Period,
    title: &str,
) -> Result<Uuid, Fault> {
    let arguments = [
        sql_uuid(person_id).into(),
        sql_instant(period.starts_at)?.into(),
        sql_instant(period.ends_at)?.into(),
        title.into(),
    ];
    let row = first_row(run(connection, &BLOCK_TIME, &arguments)?)
        .ok_or_else(|| Fault::changed_by_trigger("a block was not written"))?;
    Ok(uuid(row.required("id")?))
}

/// Whether there was such a block of hers.
pub fn unblock(connection: &mut Connection<'_>, person_id: Uuid, event_id: Uuid) -> Result<bool, Fault> {
    let arguments = [sql_uuid(person_id).into(), sql_uuid(event_id).into()];
    Ok(run(connection, &UNBLOCK_TIME, &arguments)?.len() > 0)
}

/// A cancellation policy as a practitioner sets it.
pub struct OwnPolicy {
    pub full_refund_hours: i32,
    pub partial_refund_hours: i32,
    pub partial_refund_percent: f64,
}

/// From now on hers is this one, or none of her own.
pub fn set_policy(
    connection: &mut Connection<'_>,
    practitioner_id: Uuid,
    policy: Option<OwnPolicy>,
) -> Result<(), Fault> {
    let practitioner_id = sql_uuid(practitioner_id);
    match policy {
        Some(policy) => {
            let arguments = [
                practitioner_id.into(),
                policy.full_refund_hours.into(),
                policy.partial_refund_hours.into(),
                policy.partial_refund_percent.into(),
            ];
            run(connection, &SET_POLICY, &arguments)?;
        }
        None => {
            run(connection, &DROP_POLICY, &[practitioner_id.into()])?;
        }
    }
    Ok(())
}

/// A product as a practitioner describes it.
pub struct OwnProduct<'a> {
    pub name: &'a str,
    pub duration_minutes: Option<i32>,
    pub credit_cost: Option<i32>,
    pub is_active: bool,
}

/// Changes a product of hers, or adds one, and returns it as it is stored; `None` where it is none of hers.
pub fn save_product(
    connection: &mut Connection<'_>,
    practitioner_id: Uuid,
    product_id: Option<Uuid>,
    wanted: &OwnProduct<'_>,
) -> Result<Option<(Uuid, Product)>, Fault> {
    let practitioner_id = sql_uuid(practitioner_id);
    if let Some(product_id) = product_id {
        let arguments = [practitioner_id.into(), sql_uuid(product_id).into()];
        if first_row(run(connection, &OWN_PRODUCT, &arguments)?).is_none() {
            return Ok(None);
        }
    }
    let (statement, id) = match product_id {
        Some(product_id) => (&CHANGE_PRODUCT, sql_uuid(product_id)),
        None => (&ADD_PRODUCT, practitioner_id),
    };
    let arguments = [
        id.into(),
        wanted.name.into(),
        wanted.duration_minutes.into(),
        wanted.credit_cost.into(),
        wanted.is_active.into(),
    ];
    let saved = first_row(run(connection, statement, &arguments)?)
        .map(|row| Ok::<_, Fault>((uuid(row.required("id")?), product(&row)?)))
        .transpose()?;
    match saved {
        Some((id, product)) if product.name.is_some() => Ok(Some((id, product))),
        _ => Err(Fault::changed_by_trigger("a product was not written")),
    }
}

/// Writes what she says of herself into these columns.
pub fn write_profile(connection: &mut Connection<'_>, person_id: Uuid, changes: &Value) -> Result<(), Fault> {
    let arguments = [sql_uuid(person_id).into(), JsonString(changes.to_string()).into()];
    run(connection, &WRITE_PROFILE, &arguments)?;
    Ok(())
}
