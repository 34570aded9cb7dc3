//! A connection that asks as one signed-in person after another.

use std::time::{Duration, Instant};

use anyhow::Result;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::json;
use tokio_postgres::{Client, Statement};

use super::operation::{OPERATIONS, Operation};
use crate::processor_time::Backend;
use crate::world::{Person, World};

pub struct Reader {
    connection: Client,
    pub backend: Backend,
    sign_in: Statement,
    /// In the order of the operations; `None` of what can't be asked here.
    questions: Vec<Option<Statement>>,
    random: StdRng,
}

impl Reader {
    pub async fn open(world: &World) -> Result<Self> {
        let connection = world.connect("public").await?;
        connection.batch_execute("set role authenticated").await?;
        let mut questions = Vec::new();
        for operation in OPERATIONS {
            questions.push(match operation.question() {
                Some(question) if is_there(&connection, question.function).await? => {
                    Some(connection.prepare(&question.text).await?)
                }
                _ => None,
            });
        }
        Ok(Self {
            backend: Backend::of(&connection).await?,
            sign_in: connection
                .prepare("select set_config('request.jwt.claims', $1, false)")
                .await?,
            connection,
            questions,
            random: StdRng::seed_from_u64(1),
        })
    }

    pub fn can_ask(&self, index: usize) -> bool {
        self.questions[index].is_some()
    }

    /// How long the server took to answer; the claims are set beforehand and not timed.
    pub async fn ask(&mut self, world: &World, index: usize) -> Result<Duration> {
        self.sign_in(world).await?;
        let other = self.anybody(world);
        let statement = self.questions[index]
            .as_ref()
            .expect("asked only where it can be");
        let asked = Instant::now();
        match OPERATIONS[index] {
            Operation::AvailableSlots => self.connection.query(statement, &[&other.id]).await?,
            Operation::Search => self.connection.query(statement, &[&other.name]).await?,
            _ => self.connection.query(statement, &[]).await?,
        };
        Ok(asked.elapsed())
    }

    async fn sign_in(&mut self, world: &World) -> Result<()> {
        let claims = json!({ "sub": self.anybody(world).id, "role": "authenticated" }).to_string();
        self.connection.execute(&self.sign_in, &[&claims]).await?;
        Ok(())
    }

    fn anybody<'a>(&mut self, world: &'a World) -> &'a Person {
        &world.people[self.random.random_range(0..world.population.practitioners)]
    }
}

/// Whether a function of this name is there; nothing needs no function.
async fn is_there(client: &Client, function: Option<&str>) -> Result<bool> {
    let row = client
        .query_one(
            "select $1::text is null or exists (select from pg_proc \
              where proname = $1 and pronamespace = 'public'::regnamespace)",
            &[&function],
        )
        .await?;
    Ok(row.get(0))
}
