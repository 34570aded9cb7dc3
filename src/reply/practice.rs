//! Replies about one's own practice.

use super::terms::CancellationPolicy;
use super::{Reply, reply};
use crate::fault::Fault;
use crate::store::practices::{Block, Practice, Product, SessionToCome};
use chrono::NaiveDate;
use peer_exchange_rules::credit_statement::Outlook;
use peer_exchange_rules::person::Person;
use peer_exchange_rules::schedule::WorkingHours;
use peer_exchange_rules::session_time::{clock, instant};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

/// So many sessions are listed that a change leaves as they are.
const MAX_SESSIONS: usize = 100;

#[derive(Serialize)]
struct Shown<'a> {
    success: bool,
    user_id: Uuid,
    name: &'a str,
    user_role: Option<&'a str>,
    is_active: bool,
    location: Option<&'a str>,
    visit_address: Option<&'a str>,
    specializations: &'a [String],
    timezone: &'a str,
    published_timezone: Option<&'a str>,
    working_hours: &'a WorkingHours,
    unreadable_hours: Option<String>,
    unpublished_hours: String,
    blocks: Vec<ShownBlock<'a>>,
    cancellation_policy: CancellationPolicy,
    has_own_cancellation_policy: bool,
    products: Vec<ShownProduct<'a>>,
    rating: Option<f64>,
    rating_count: Option<i64>,
    open_requests: i64,
    will_bring: i32,
    will_take: i32,
}

#[derive(Serialize)]
struct ShownBlock<'a> {
    event_id: Uuid,
    title: Option<&'a str>,
    starts_at: String,
    ends_at: String,
}

#[derive(Serialize)]
struct ShownProduct<'a> {
    product_id: Uuid,
    name: Option<&'a str>,
    duration_minutes: Option<i64>,
    credit_cost: Option<i64>,
    is_active: bool,
}

/// All of it.
pub fn practice(
    practitioner: &Person,
    practice: &Practice,
    blocks: &[Block],
    products: &[(Uuid, Product)],
    outlook: &Outlook,
) -> Result<Reply, Fault> {
    let unreadable = practice.working_hours.unreadable();
    reply(&Shown {
        success: true,
        user_id: practitioner.id,
        name: &practitioner.name,
        user_role: practitioner.user_role.as_deref(),
        is_active: practitioner.is_active,
        location: practice.profile.location.as_deref(),
        visit_address: practice.profile.visit_address.as_deref(),
        specializations: &practice.profile.specializations,
        timezone: &practice.timezone,
        published_timezone: practice.published_timezone.as_deref(),
        working_hours: &practice.working_hours,
        unreadable_hours: unreadable.map(|hours| format!("{}: {}", hours.day, hours.value)),
        unpublished_hours: practice.unpublished_hours.told(),
        blocks: blocks.iter().map(shown_block).collect(),
        cancellation_policy: practice.policy.into(),
        has_own_cancellation_policy: practice.has_own_policy,
        products: products.iter().map(shown_product).collect(),
        rating: practice.reputation.rating,
        rating_count: practice.reputation.rating_count,
        open_requests: practice.open_requests,
        will_bring: outlook.will_bring,
        will_take: outlook.will_take,
    })
}

fn shown_block(block: &Block) -> ShownBlock<'_> {
    ShownBlock {
        event_id: block.event_id,
        title: block.title.as_deref(),
        starts_at: instant(block.period.starts_at),
        ends_at: instant(block.period.ends_at),
    }
}

fn shown_product((product_id, product): &(Uuid, Product)) -> ShownProduct<'_> {
    ShownProduct {
        product_id: *product_id,
        name: product.name.as_deref(),
        duration_minutes: product.duration_minutes,
        credit_cost: product.credit_cost,
        is_active: product.is_active,
    }
}

/// A session that stays as it was promised.
#[derive(Serialize)]
struct Kept<'a> {
    session_id: Uuid,
    status: &'a str,
    session_date: Option<NaiveDate>,
    start_time: Option<String>,
    timezone: &'a str,
    starts_at: Option<String>,
    ends_at: Option<String>,
    duration_minutes: i32,
    counterpart: Option<Value>,
}

fn all_kept(sessions: &[SessionToCome]) -> Vec<Kept<'_>> {
    sessions.iter().take(MAX_SESSIONS).map(kept).collect()
}

fn kept(session: &SessionToCome) -> Kept<'_> {
    let time = &session.time;
    let client = session.client.as_ref();
    Kept {
        session_id: time.session_id,
        status: &session.status,
        session_date: time.start.map(|start| start.date()),
        start_time: time.start.map(|start| clock(start.time())),
        timezone: &time.timezone,
        starts_at: time.starts_at().map(instant),
        ends_at: time.ends_at().map(instant),
        duration_minutes: time.duration_minutes,
        counterpart: client.map(|client| json!({ "user_id": client.id, "name": client.name })),
    }
}

#[derive(Serialize)]
struct Hours<'a> {
    success: bool,
    timezone: &'a str,
    working_hours: &'a WorkingHours,
    sessions_outside: Vec<Kept<'a>>,
}

/// Hours are published; these sessions would not be booked any more.
pub fn hours(practice: &Practice, outside: &[SessionToCome]) -> Result<Reply, Fault> {
    reply(&Hours {
        success: true,
        timezone: &practice.timezone,
        working_hours: &practice.working_hours,
        sessions_outside: all_kept(outside),
    })
}

#[derive(Serialize)]
struct Blocked<'a> {
    success: bool,
    #[serde(flatten)]
    block: ShownBlock<'a>,
    sessions_within: Vec<Kept<'a>>,
}

/// A time is blocked; these sessions lie in it all the same.
pub fn blocked(block: &Block, within: &[SessionToCome]) -> Result<Reply, Fault> {
    reply(&Blocked {
        success: true,
        block: shown_block(block),
        sessions_within: all_kept(within),
    })
}

/// A block is gone.
pub fn unblocked(event_id: Uuid) -> Result<Reply, Fault> {
    reply(&json!({ "success": true, "event_id": event_id }))
}

/// A policy is in force.
pub fn policy(practice: &Practice) -> Result<Reply, Fault> {
    reply(&json!({
        "success": true,
        "cancellation_policy": CancellationPolicy::from(practice.policy),
        "has_own_cancellation_policy": practice.has_own_policy,
    }))
}

/// A product as it is stored: offered, or no longer.
pub fn saved_product(product_id: Uuid, product: &Product) -> Result<Reply, Fault> {
    reply(&json!({
        "success": true,
        "product_id": product_id,
        "name": product.name,
        "duration_minutes": product.duration_minutes,
        "credit_cost": product.credit_cost,
        "is_active": product.is_active,
    }))
}

/// A profile is as it is stored.
pub fn profile(practice: &Practice) -> Result<Reply, Fault> {
    let profile = &practice.profile;
    reply(&json!({
        "success": true,
        "location": profile.location,
        "visit_address": profile.visit_address,
        "specializations": profile.specializations,
    }))
}
