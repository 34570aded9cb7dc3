//! One connection that books, refunds and quotes in the way of one peer. Statements are prepared once.

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;
use tokio_postgres::{Client, Error, Statement};
use uuid::Uuid;

use crate::peer::Peer;
use crate::slots::Wish;
use crate::world::{Person, World};

const FLOOR_BOOKING: &str = include_str!("../peers/floor_booking.sql");
const FLOOR_REFUND: &str = include_str!("../peers/floor_refund.sql");
const SESSION_TYPE: &str = "massage";

/// What came of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The session that was made, where one was.
    Done(Option<Uuid>),
    /// The code of the refusal.
    Refused(String),
    /// The SQLSTATE.
    Fault(String),
}

/// A session that was paid for and can be refunded.
#[derive(Debug, Clone, Copy)]
pub struct Paid {
    pub id: Uuid,
    pub client_id: Uuid,
    pub practitioner_id: Uuid,
    pub credit_cost: i32,
}

#[derive(Deserialize)]
struct Reply {
    success: bool,
    session_id: Option<Uuid>,
    error_code: Option<String>,
}

pub struct Teller {
    pub client: Client,
    peer: Peer,
    people: Arc<Vec<Person>>,
    booking: Vec<Statement>,
    refund: Vec<Statement>,
    quote: Statement,
}

/// Marks a peer's statements in pg_stat_statements.
pub fn mark(peer: Peer, deed: &str) -> String {
    format!("/* bench {} {deed} */", peer.key())
}

impl Teller {
    pub async fn open(world: &World, peer: Peer) -> Result<Self> {
        let client = world.connect(peer.schema()).await?;
        let schema = peer.schema();
        let book = mark(peer, "booking");
        let give_back = mark(peer, "refund");
        let booking = match peer {
            peer if peer.is_floor() => vec![format!("{FLOOR_BOOKING} {book}")],
            Peer::ThreeRoundTrips => vec![
                format!("select {schema}.get_practitioner_credit_cost($1, $2) {book}"),
                format!(
                    "insert into {schema}.client_sessions (therapist_id, client_id, client_name, client_email, \
                     session_date, start_time, duration_minutes, session_type, credit_cost, status, is_peer_booking) \
                     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'scheduled', true) returning id {book}"
                ),
                format!("select {schema}.process_peer_booking_credits($1, $2, $3, $4)::text {book}"),
            ],
            _ => vec![format!(
                "select {schema}.create_peer_booking($1, $2, $3, $4, $5, $6)::text {book}"
            )],
        };
        let refund = match peer {
            peer if peer.is_floor() => vec![format!("{FLOOR_REFUND} {give_back}")],
            Peer::ThreeRoundTrips => vec![
                format!("update {schema}.client_sessions set status = 'cancelled' where id = $1 {give_back}"),
                format!("select {schema}.process_peer_booking_refund($1)::text {give_back}"),
            ],
            _ => vec![format!(
                "select {schema}.process_peer_booking_refund($1)::text {give_back}"
            )],
        };
        // The least that a quote must do: one row of the practitioner, one of the product.
        let quote = match peer {
            peer if peer.is_floor() => format!(
                "select coalesce(offered.credit_cost, offered.duration_minutes, $2) from {schema}.users as person \
                   left join {schema}.practitioner_products as offered \
                        on offered.id = $3 and offered.practitioner_id = person.id and offered.is_active \
                  where person.id = $1 {}",
                mark(peer, "quote")
            ),
            _ => format!(
                "select {schema}.get_practitioner_credit_cost($1, $2, $3) {}",
                mark(peer, "quote")
            ),
        };
        Ok(Self {
            booking: prepare(&client, &booking).await?,
            refund: prepare(&client, &refund).await?,
            quote: client.prepare(&quote).await.context("the quote")?,
            people: Arc::clone(&world.people),
            client,
            peer,
        })
    }

    pub async fn synchronise(&self, is_on: bool) -> Result<()> {
        let value = if is_on { "on" } else { "off" };
        self.client
            .batch_execute(&format!("set synchronous_commit = {value}"))
            .await?;
        Ok(())
    }

    pub async fn book(&self, wish: &Wish) -> Result<Outcome> {
        outcome(match self.peer {
            peer if peer.is_floor() => self.write_booking(wish).await,
            Peer::ThreeRoundTrips => self.book_in_three_calls(wish).await,
            _ => self.call_booking(wish).await,
        })
    }

    pub async fn refund(&self, paid: &Paid) -> Result<Outcome> {
        outcome(match self.peer {
            peer if peer.is_floor() => self.write_refund(paid).await,
            Peer::ThreeRoundTrips => self.refund_in_two_calls(paid).await,
            _ => self
                .client
                .query_one(&self.refund[0], &[&paid.id])
                .await
                .map(|row| read(row.get(0))),
        })
    }

    pub async fn quote(&self, practitioner: usize) -> Result<Outcome> {
        let person = &self.people[practitioner];
        let answer = self
            .client
            .query_one(&self.quote, &[&person.id, &60_i32, &person.product_id])
            .await;
        outcome(answer.map(|_| Outcome::Done(None)))
    }

    async fn call_booking(&self, wish: &Wish) -> Result<Outcome, Error> {
        let (client, practitioner) = self.parties(wish);
        let row = self
            .client
            .query_one(
                &self.booking[0],
                &[
                    &client.id,
                    &practitioner.id,
                    &wish.session_date,
                    &wish.start_time,
                    &wish.duration_minutes,
                    &SESSION_TYPE,
                ],
            )
            .await?;
        Ok(read(row.get(0)))
    }

    async fn book_in_three_calls(&self, wish: &Wish) -> Result<Outcome, Error> {
        let (client, practitioner) = self.parties(wish);
        let cost: i32 = self
            .client
            .query_one(&self.booking[0], &[&practitioner.id, &wish.duration_minutes])
            .await?
            .get(0);
        let session_id: Uuid = self
            .client
            .query_one(
                &self.booking[1],
                &[
                    &practitioner.id,
                    &client.id,
                    &client.name,
                    &client.email,
                    &wish.session_date,
                    &wish.start_time,
                    &wish.duration_minutes,
                    &SESSION_TYPE,
                    &cost,
                ],
            )
            .await?
            .get(0);
        let row = self
            .client
            .query_one(
                &self.booking[2],
                &[&client.id, &practitioner.id, &session_id, &wish.duration_minutes],
            )
            .await?;
        Ok(match read(row.get(0)) {
            Outcome::Done(_) => Outcome::Done(Some(session_id)),
            refused => refused,
        })
    }

    async fn write_booking(&self, wish: &Wish) -> Result<Outcome, Error> {
        let (client, practitioner) = self.parties(wish);
        let session_id = self.peer.new_key();
        let cost = wish.duration_minutes;
        let starts_at: DateTime<Utc> = wish.session_date.and_time(wish.start_time).and_utc();
        let [one, other] = in_order([(client.id, -cost), (practitioner.id, cost)]);
        let keys: Vec<Uuid> = (0..6).map(|_| self.peer.new_key()).collect();
        let moment = format!(
            "on {} at {}",
            wish.session_date.format("%-d %B %Y"),
            wish.start_time.format("%H:%M")
        );
        let titles = [
            "Session booked".to_owned(),
            format!("{cost} credits spent"),
            "New peer booking".to_owned(),
            format!("{cost} credits earned"),
        ];
        let bodies = [
            format!(
                "Your {cost}-minute session with {} {moment} is booked.",
                practitioner.name
            ),
            format!(
                "{cost} credits paid for your session with {} {moment}. Your balance is 1000000.",
                practitioner.name
            ),
            format!(
                "{} has booked a {cost}-minute session with you {moment}.",
                client.name
            ),
            format!(
                "{cost} credits earned from the session with {} {moment}. Your balance is 1000000.",
                client.name
            ),
        ];
        let payload = |other: &Person| {
            json!({
                "session_id": session_id, "credits": cost, "balance_after": 1_000_000,
                "session_date": wish.session_date, "start_time": wish.start_time.format("%H:%M").to_string(),
                "duration_minutes": wish.duration_minutes, "other_party_name": other.name,
            })
            .to_string()
        };
        let (to_client, to_practitioner) = (payload(practitioner), payload(client));
        let payloads = [&to_client, &to_client, &to_practitioner, &to_practitioner];
        self.client
            .execute(
                &self.booking[0],
                &[
                    &session_id,
                    &client.id,
                    &practitioner.id,
                    &client.name,
                    &client.email,
                    &wish.session_date,
                    &wish.start_time,
                    &wish.duration_minutes,
                    &starts_at,
                    &cost,
                    &one.0,
                    &other.0,
                    &one.1,
                    &other.1,
                    &keys,
                    &titles.as_slice(),
                    &bodies.as_slice(),
                    &payloads.as_slice(),
                ],
            )
            .await?;
        Ok(Outcome::Done(Some(session_id)))
    }

    async fn refund_in_two_calls(&self, paid: &Paid) -> Result<Outcome, Error> {
        self.client.execute(&self.refund[0], &[&paid.id]).await?;
        let row = self.client.query_one(&self.refund[1], &[&paid.id]).await?;
        Ok(read(row.get(0)))
    }

    async fn write_refund(&self, paid: &Paid) -> Result<Outcome, Error> {
        let cost = paid.credit_cost;
        let [one, other] = in_order([(paid.client_id, cost), (paid.practitioner_id, -cost)]);
        let keys: Vec<Uuid> = (0..4).map(|_| self.peer.new_key()).collect();
        let to = |whom: &str| {
            format!(
                "The session with Ada Archer on 1 March 2030 at 10:00 was cancelled. {cost} credits returned to \
                 {whom}. Your balance is 1000000."
            )
        };
        let bodies = [to("you"), to("Ada Archer")];
        let payload = json!({
            "session_id": paid.id, "credits": cost, "balance_after": 1_000_000, "session_date": "2030-03-01",
            "start_time": "10:00", "duration_minutes": 60, "other_party_name": "Ada Archer",
            "reason": "Session cancelled",
        })
        .to_string();
        let payloads = [&payload, &payload];
        self.client
            .execute(
                &self.refund[0],
                &[
                    &paid.id,
                    &cost,
                    &one.0,
                    &other.0,
                    &one.1,
                    &other.1,
                    &paid.client_id,
                    &paid.practitioner_id,
                    &keys,
                    &bodies.as_slice(),
                    &payloads.as_slice(),
                ],
            )
            .await?;
        Ok(Outcome::Done(None))
    }

    fn parties(&self, wish: &Wish) -> (&Person, &Person) {
        (&self.people[wish.client], &self.people[wish.practitioner])
    }
}

async fn prepare(client: &Client, texts: &[String]) -> Result<Vec<Statement>> {
    let mut statements = Vec::new();
    for text in texts {
        statements.push(client.prepare(text).await.with_context(|| text.clone())?);
    }
    Ok(statements)
}

fn in_order(mut movements: [(Uuid, i32); 2]) -> [(Uuid, i32); 2] {
    movements.sort();
    movements
}

/// A fault of the statement is an outcome; a lost connection is an error.
pub fn outcome(result: Result<Outcome, Error>) -> Result<Outcome> {
    match result {
        Ok(outcome) => Ok(outcome),
        Err(error) => match error.code() {
            Some(state) => Ok(Outcome::Fault(state.code().to_owned())),
            None => Err(error.into()),
        },
    }
}

fn read(reply: &str) -> Outcome {
    match serde_json::from_str::<Reply>(reply) {
        Ok(reply) if reply.success => Outcome::Done(reply.session_id),
        Ok(reply) => Outcome::Refused(reply.error_code.unwrap_or_default()),
        Err(_) => Outcome::Fault("a reply that nobody can read".to_owned()),
    }
}
