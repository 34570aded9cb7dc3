//! Replies that list what is one's own, a page at a time.

use super::refused::Obstacle;
use super::terms::{RefundTier, refund_terms};
use super::{Reply, reply};
use crate::fault::Fault;
use chrono::NaiveDate;
use peer_exchange_rules::balance_history::{BalanceHistory, DayOfBalance};
use peer_exchange_rules::credit_statement::{Counterpart, CreditStatement, Entry, Session};
use peer_exchange_rules::peer_session::{PeerSession, PeerSessions};
use peer_exchange_rules::person::Person;
use peer_exchange_rules::place::Place;
use peer_exchange_rules::rating::Given;
use peer_exchange_rules::refund::{DEFAULT_REASON, RefundTerms};
use peer_exchange_rules::refusal::Refusal;
use peer_exchange_rules::session_history::{Event, ToldStart};
use peer_exchange_rules::session_time::{clock, instant};
use peer_exchange_rules::share::percent;
use peer_exchange_rules::terms::Terms;
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

#[derive(Serialize)]
struct Statement<'a> {
    balance: i64,
    held: i64,
    available: i64,
    will_take: i32,
    will_bring: i32,
    owed: i64,
    total_earned: i64,
    total_spent: i64,
    next_before: Option<&'a str>,
    entries: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    entry_id: Uuid,
    created_at: Option<String>,
    transaction_type: &'a str,
    credits: i64,
    balance_after: i64,
    held_after: i64,
    owed_after: i64,
    description: Option<&'a str>,
    counterpart: Option<Value>,
    session: Option<Value>,
}

/// What somebody has, and how it came to be.
pub fn credit_statement(statement: &CreditStatement) -> Result<Reply, Fault> {
    let account = &statement.account;
    reply(&Statement {
        balance: account.balance,
        held: account.held,
        available: statement.available(),
        will_take: statement.outlook.will_take,
        will_bring: statement.outlook.will_bring,
        owed: account.owed,
        total_earned: account.total_earned,
        total_spent: account.total_spent,
        next_before: statement.next_before.as_deref(),
        entries: statement.entries.iter().map(line).collect(),
    })
}

fn line(entry: &Entry) -> Line<'_> {
    let counterpart = |other: &Counterpart| json!({ "user_id": other.id, "name": other.name });
    let session = |session: &Session| {
        json!({
            "session_id": session.time.session_id,
            "session_date": session.time.start.map(|start| start.date()),
            "start_time": session.time.start.map(|start| clock(start.time())),
            "timezone": session.time.timezone,
            "starts_at": session.time.starts_at().map(instant),
            "duration_minutes": session.time.duration_minutes,
            "status": session.status,
        })
    };
    Line {
        entry_id: entry.id,
        created_at: entry.created_at.map(instant),
        transaction_type: &entry.transaction_type,
        credits: entry.credits,
        balance_after: entry.balance_after,
        held_after: entry.held_after,
        owed_after: entry.owed_after,
        description: entry.description.as_deref(),
        counterpart: entry.counterpart.as_ref().map(counterpart),
        session: entry.session.as_ref().map(session),
    }
}

#[derive(Serialize)]
struct History<'a> {
    timezone: &'a str,
    from: NaiveDate,
    to: NaiveDate,
    days: Vec<Day>,
}

#[derive(Serialize)]
struct Day {
    date: NaiveDate,
    balance: i64,
    held: i64,
    owed: i64,
    earned: i64,
    spent: i64,
    other: i64,
}

/// What somebody had at the end of each day, and what the day moved.
pub fn balance_history(history: &BalanceHistory) -> Result<Reply, Fault> {
    let day = |day: &DayOfBalance| Day {
        date: day.day,
        balance: day.balance,
        held: day.held,
        owed: day.owed,
        earned: day.earned,
        spent: day.spent,
        other: day.other,
    };
    reply(&History {
        timezone: &history.timezone,
        from: history.period.first_day,
        to: history.period.last_day,
        days: history.days.iter().map(day).collect(),
    })
}

#[derive(Serialize)]
struct Sessions<'a> {
    next_before: Option<&'a str>,
    sessions: Vec<Listed<'a>>,
}

#[derive(Serialize)]
struct Listed<'a> {
    session_id: Uuid,
    r#as: &'static str,
    status: &'a str,
    payment_status: Option<&'a str>,
    session_date: Option<NaiveDate>,
    start_time: Option<String>,
    timezone: &'a str,
    starts_at: Option<String>,
    ends_at: Option<String>,
    duration_minutes: i32,
    place: Option<Where<'a>>,
    session_type: Option<&'a str>,
    notes: Option<&'a str>,
    credit_cost: Option<i64>,
    held_credits: i32,
    expires_at: Option<String>,
    counterpart: Option<Value>,
    refund_now: Option<Value>,
    refund_terms: Option<Vec<RefundTier>>,
    can_cancel: bool,
    cancel_obstacle: Option<Obstacle>,
    can_reschedule: bool,
    reschedule_obstacle: Option<Obstacle>,
    can_accept: bool,
    cancelled_at: Option<String>,
    cancellation_reason: Option<&'a str>,
    rating: Option<Value>,
    can_rate: bool,
}

#[derive(Serialize)]
struct Single<'a> {
    success: bool,
    session: WithHistory<'a>,
}

#[derive(Serialize)]
struct WithHistory<'a> {
    #[serde(flatten)]
    session: Listed<'a>,
    history: Vec<Happened<'a>>,
}

#[derive(Serialize)]
struct Happened<'a> {
    event: &'a str,
    at: Option<String>,
    by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credits: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<Value>,
}

/// One of somebody's sessions, and what happened to it.
pub fn peer_session(session: &PeerSession, history: &[Event], terms: &Terms) -> Result<Reply, Fault> {
    reply(&Single {
        success: true,
        session: WithHistory {
            session: listed(session, terms),
            history: history.iter().map(happened).collect(),
        },
    })
}

fn happened(event: &Event) -> Happened<'_> {
    let told = |start: &ToldStart| {
        json!({
            "session_date": start.on_the_clock.date(),
            "start_time": clock(start.on_the_clock.time()),
            "timezone": start.timezone,
            "starts_at": start.at.map(instant),
        })
    };
    Happened {
        event: &event.name,
        at: event.at.map(instant),
        by: event.by.as_deref(),
        credits: event.credits,
        reason: (event.reason.as_deref()).filter(|reason| *reason != DEFAULT_REASON),
        from: event.moved.as_ref().map(|(former, _)| told(former)),
        to: event.moved.as_ref().map(|(_, present)| told(present)),
    }
}

#[derive(Serialize)]
struct Where<'a> {
    kind: &'static str,
    text: Option<&'a str>,
    url: Option<&'a str>,
}

/// Somebody's sessions, and what she can do about each.
pub fn peer_sessions(page: &PeerSessions, terms: &Terms) -> Result<Reply, Fault> {
    reply(&Sessions {
        next_before: page.next_before.as_deref(),
        sessions: page
            .sessions
            .iter()
            .map(|session| listed(session, terms))
            .collect(),
    })
}

fn place(place: &Place) -> Where<'_> {
    Where {
        kind: if place.is_online() { "online" } else { "address" },
        text: place.text(),
        url: place.link(),
    }
}

fn rating(given: &Given) -> Value {
    json!({ "stars": given.rating.stars, "comment": given.rating.comment, "rated_at": given.rated_at.map(instant) })
}

fn listed<'a>(session: &'a PeerSession, terms: &Terms) -> Listed<'a> {
    let counterpart = |other: &Person| json!({ "user_id": other.id, "name": other.name, "email": other.email, "phone": session.phone() });
    let refund = |terms: &RefundTerms| json!({ "credits": terms.refunded_credits(), "percent": percent(terms.refund_share()) });
    let cancellation = session.cancellation();
    let rescheduling = session.check_rescheduling(terms);
    let move_obstacle = |refusal: &Refusal| Obstacle::of_move(refusal, session.is_client);
    let time = &session.time;
    Listed {
        session_id: time.session_id,
        r#as: if session.is_client {
            "client"
        } else {
            "practitioner"
        },
        status: &session.refund.status,
        payment_status: session.payment_status.as_deref(),
        session_date: time.start.map(|start| start.date()),
        start_time: time.start.map(|start| clock(start.time())),
        timezone: &time.timezone,
        starts_at: time.starts_at().map(instant),
        ends_at: time.ends_at().map(instant),
        duration_minutes: time.duration_minutes,
        place: session.place.as_ref().map(place),
        session_type: session.session_type.as_deref(),
        notes: session.notes.as_deref(),
        credit_cost: session.credit_cost,
        held_credits: session.refund.stake.held,
        expires_at: session.expires_at().map(instant),
        counterpart: session.counterpart.as_ref().map(counterpart),
        refund_now: cancellation.as_ref().ok().map(refund),
        refund_terms: session.refund_tiers().as_deref().map(refund_terms),
        can_cancel: cancellation.is_ok(),
        cancel_obstacle: cancellation.as_ref().err().map(Obstacle::of_refund),
        can_reschedule: rescheduling.is_ok(),
        reschedule_obstacle: rescheduling.as_ref().err().map(move_obstacle),
        can_accept: session.can_be_accepted(terms),
        cancelled_at: session.cancelled_at.map(instant),
        cancellation_reason: session.cancellation_reason.as_deref(),
        rating: session.given.as_ref().map(rating),
        can_rate: session.can_be_rated(),
    }
}
