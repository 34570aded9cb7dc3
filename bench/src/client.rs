//! One connection that books, refunds and quotes in the way of one contender. Statements are prepared once.

mod floor;
mod statements;

use std::sync::Arc;

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use tokio_postgres::{Client, Error, Statement};
use uuid::Uuid;

use self::floor::in_order;
use crate::contender::Contender;
use crate::slots::BookingRequest;
use crate::world::{Person, World};

pub use self::statements::mark;

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

pub struct BookingClient {
    pub connection: Client,
    contender: Contender,
    people: Arc<Vec<Person>>,
    booking: Vec<Statement>,
    refund: Vec<Statement>,
    quote: Statement,
}

impl BookingClient {
    pub async fn open(world: &World, contender: Contender) -> Result<Self> {
        let connection = world.connect(contender.schema()).await?;
        Ok(Self {
            booking: prepare(&connection, &statements::booking(contender)).await?,
            refund: prepare(&connection, &statements::refund(contender)).await?,
            quote: connection
                .prepare(&statements::quote(contender))
                .await
                .context("the quote")?,
            people: Arc::clone(&world.people),
            connection,
            contender,
        })
    }

    pub async fn synchronise(&self, is_on: bool) -> Result<()> {
        let value = if is_on { "on" } else { "off" };
        self.connection
            .batch_execute(&format!("set synchronous_commit = {value}"))
            .await?;
        Ok(())
    }

    pub async fn book(&self, request: &BookingRequest) -> Result<Outcome> {
        outcome(match self.contender {
            contender if contender.is_floor() => self.write_booking(request).await,
            Contender::ThreeRoundTrips => self.book_in_three_calls(request).await,
            _ => self.call_booking(request).await,
        })
    }

    pub async fn refund(&self, paid: &Paid) -> Result<Outcome> {
        outcome(match self.contender {
            contender if contender.is_floor() => self.write_refund(paid).await,
            Contender::ThreeRoundTrips => self.refund_in_two_calls(paid).await,
            _ => self
                .connection
                .query_one(&self.refund[0], &[&paid.id])
                .await
                .map(|row| read(row.get(0))),
        })
    }

    pub async fn quote(&self, practitioner: usize) -> Result<Outcome> {
        let person = &self.people[practitioner];
        let answer = self
            .connection
            .query_one(&self.quote, &[&person.id, &60_i32, &person.product_id])
            .await;
        outcome(answer.map(|_| Outcome::Done(None)))
    }

    async fn call_booking(&self, request: &BookingRequest) -> Result<Outcome, Error> {
        let (client, practitioner) = self.parties(request);
        let row = self
            .connection
            .query_one(
                &self.booking[0],
                &[
                    &client.id,
                    &practitioner.id,
                    &request.session_date,
                    &request.start_time,
                    &request.duration_minutes,
                    &SESSION_TYPE,
                ],
            )
            .await?;
        Ok(read(row.get(0)))
    }

    async fn book_in_three_calls(&self, request: &BookingRequest) -> Result<Outcome, Error> {
        let (client, practitioner) = self.parties(request);
        let cost: i32 = self
            .connection
            .query_one(&self.booking[0], &[&practitioner.id, &request.duration_minutes])
            .await?
            .get(0);
        let session_id: Uuid = self
            .connection
            .query_one(
                &self.booking[1],
                &[
                    &practitioner.id,
                    &client.id,
                    &client.name,
                    &client.email,
                    &request.session_date,
                    &request.start_time,
                    &request.duration_minutes,
                    &SESSION_TYPE,
                    &cost,
                ],
            )
            .await?
            .get(0);
        let row = self
            .connection
            .query_one(
                &self.booking[2],
                &[
                    &client.id,
                    &practitioner.id,
                    &session_id,
                    &request.duration_minutes,
                ],
            )
            .await?;
        Ok(match read(row.get(0)) {
            Outcome::Done(_) => Outcome::Done(Some(session_id)),
            refused => refused,
        })
    }

    async fn write_booking(&self, request: &BookingRequest) -> Result<Outcome, Error> {
        let (client, practitioner) = self.parties(request);
        let session_id = self.contender.new_key();
        let cost = request.duration_minutes;
        let starts_at: DateTime<Utc> = request.session_date.and_time(request.start_time).and_utc();
        let [one, other] = in_order([(client.id, -cost), (practitioner.id, cost)]);
        let written = floor::Booking::of(self.contender, request, session_id, client, practitioner);
        self.connection
            .execute(
                &self.booking[0],
                &[
                    &session_id,
                    &client.id,
                    &practitioner.id,
                    &client.name,
                    &client.email,
                    &request.session_date,
                    &request.start_time,
                    &request.duration_minutes,
                    &starts_at,
                    &cost,
                    &one.0,
                    &other.0,
                    &one.1,
                    &other.1,
                    &written.keys,
                    &written.titles.as_slice(),
                    &written.bodies.as_slice(),
                    &written.payloads.as_slice(),
                ],
            )
            .await?;
        Ok(Outcome::Done(Some(session_id)))
    }

    async fn refund_in_two_calls(&self, paid: &Paid) -> Result<Outcome, Error> {
        self.connection.execute(&self.refund[0], &[&paid.id]).await?;
        let row = self.connection.query_one(&self.refund[1], &[&paid.id]).await?;
        Ok(read(row.get(0)))
    }

    async fn write_refund(&self, paid: &Paid) -> Result<Outcome, Error> {
        let cost = paid.credit_cost;
        let [one, other] = in_order([(paid.client_id, cost), (paid.practitioner_id, -cost)]);
        let written = floor::Refund::of(self.contender, paid);
        self.connection
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
                    &written.keys,
                    &written.bodies.as_slice(),
                    &written.payloads.as_slice(),
                ],
            )
            .await?;
        Ok(Outcome::Done(None))
    }

    fn parties(&self, request: &BookingRequest) -> (&Person, &Person) {
        (&self.people[request.client], &self.people[request.practitioner])
    }
}

async fn prepare(connection: &Client, texts: &[String]) -> Result<Vec<Statement>> {
    let mut statements = Vec::new();
    for text in texts {
        statements.push(connection.prepare(text).await.with_context(|| text.clone())?);
    }
    Ok(statements)
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
