//! What row-level security costs: one's own sessions as a signed-in person, the same rows asked for by
//! the owner, and as a signed-in person without the indexes that setup() made for it.
//!
//! The indexes are dropped in a transaction that is rolled back, so all three read the same rows of the same table.

use anyhow::{Result, ensure};
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use serde_json::json;
use tokio_postgres::{Client, Statement};
use uuid::Uuid;

use super::{Bench, costs, growth};
use crate::processor_time::Backend;
use crate::server_cost::{Costs, Meter, ServerCost};
use crate::world::World;

const PART: &str = "rls";
const BLOCKS: u32 = 10;
/// At this size, or the nearest that is measured.
const SIZE: u64 = 1_000_000;

const COLUMNS: &str = "select id, therapist_id, client_id, session_date, start_time, duration_minutes, status \
                       from public.client_sessions";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reader {
    Owner,
    SignedIn,
    WithoutIndexes,
}

const READERS: [Reader; 3] = [Reader::Owner, Reader::SignedIn, Reader::WithoutIndexes];

impl Reader {
    fn key(self) -> &'static str {
        match self {
            Reader::Owner => "owner",
            Reader::SignedIn => "authenticated",
            Reader::WithoutIndexes => "authenticated_without_indexes",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Reader::Owner => "the owner, with the same condition",
            Reader::SignedIn => "authenticated",
            Reader::WithoutIndexes => "authenticated, without our indexes",
        }
    }

    fn mark(self) -> String {
        format!("/* bench rls {} */", self.key())
    }

    fn question(self) -> String {
        let mark = self.mark();
        match self {
            Reader::Owner => {
                format!("{COLUMNS} where is_peer_booking and (therapist_id = $1 or client_id = $1) {mark}")
            }
            _ => format!("{COLUMNS} {mark}"),
        }
    }

    /// How often a block asks: a scan of everything takes its time.
    fn calls(self) -> usize {
        match self {
            Reader::WithoutIndexes => 2,
            _ => 50,
        }
    }
}

pub fn steps(bench: &Bench) -> u64 {
    READERS.len() as u64 * u64::from(bench.pick(BLOCKS, 2, 1))
}

pub async fn measure(bench: &Bench) -> Result<()> {
    let size = bench
        .sizes
        .iter()
        .copied()
        .min_by_key(|size| size.abs_diff(SIZE))
        .unwrap_or(SIZE);
    let world = growth::world(bench, size, growth::ALL_PEER).await?;
    bench.progress.announce("row-level security");
    let mut inquiry = Inquiry::open(world).await?;
    let mut costs = READERS.map(|reader| Costs {
        key: reader.key().to_owned(),
        title: reader.title().to_owned(),
        blocks: Vec::new(),
    });
    let mut order = READERS;
    let blocks = bench.pick(BLOCKS, 2, 1);
    for block in 0..=blocks {
        order.shuffle(&mut inquiry.random);
        for reader in order {
            let cost = inquiry.block(reader).await?;
            if block > 0 {
                costs[reader as usize].blocks.push(cost);
                bench.progress.advance();
            }
        }
    }
    let operation = costs::Operation {
        part: PART,
        name: "rls-own-sessions",
        title: "all one's own sessions",
        baseline: Reader::Owner.key(),
    };
    let parameters = [
        ("sessions", json!(size)),
        ("peer_percent", json!(growth::ALL_PEER)),
        ("blocks", json!(blocks)),
    ];
    costs::keep(bench, &operation, &parameters, &costs);
    Ok(())
}

/// The connection that asks, and the one that looks on.
struct Inquiry {
    world: World,
    observer: Client,
    connection: Client,
    sign_in: Statement,
    backend: Backend,
    random: StdRng,
}

impl Inquiry {
    async fn open(world: World) -> Result<Self> {
        let connection = world.connect("public").await?;
        Ok(Self {
            observer: world.connect("public").await?,
            backend: Backend::of(&connection).await?,
            sign_in: connection
                .prepare("select set_config('request.jwt.claims', $1, true)")
                .await?,
            connection,
            random: StdRng::seed_from_u64(1),
            world,
        })
    }

    /// The mean of a block of questions.
    async fn block(&mut self, reader: Reader) -> Result<ServerCost> {
        self.connection.batch_execute("begin").await?;
        if reader == Reader::WithoutIndexes {
            drop_indexes_of_lists(&self.connection).await?;
        }
        if reader != Reader::Owner {
            self.connection
                .batch_execute("set local role authenticated")
                .await?;
        }
        let statement = self.connection.prepare(&reader.question()).await?;
        // Without comments the two questions of signed-in people are one statement, and the first of its texts is kept.
        self.observer
            .batch_execute("select public.pg_stat_statements_reset()")
            .await?;
        let cost = self.ask(reader, &statement).await?;
        self.connection.batch_execute("rollback").await?;
        Ok(cost.per_call(reader.calls()))
    }

    async fn ask(&mut self, reader: Reader, statement: &Statement) -> Result<ServerCost> {
        let mark = reader.mark();
        let before = self.meter(&mark).read().await?;
        for _ in 0..reader.calls() {
            let person = self.sign_in().await?;
            match reader {
                Reader::Owner => self.connection.query(statement, &[&person]).await?,
                _ => self.connection.query(statement, &[]).await?,
            };
        }
        Ok(self.meter(&mark).read().await? - before)
    }

    fn meter<'a>(&'a self, mark: &'a str) -> Meter<'a> {
        Meter::of(&self.observer, self.backend, mark)
    }

    async fn sign_in(&mut self) -> Result<Uuid> {
        let number = self.random.random_range(0..self.world.population.practitioners);
        let person = self.world.people[number].id;
        let claims = json!({ "sub": person, "role": "authenticated" }).to_string();
        self.connection.execute(&self.sign_in, &[&claims]).await?;
        Ok(person)
    }
}

/// Those by which either side's sessions are listed; an application need not have them.
async fn drop_indexes_of_lists(connection: &Client) -> Result<()> {
    let rows = connection
        .query(
            "select indexrelid::regclass::text \
               from pg_index as index \
               join pg_attribute as first on first.attrelid = index.indrelid and first.attnum = index.indkey[0] \
              where index.indrelid = 'public.client_sessions'::regclass \
                and not index.indisunique and not index.indisexclusion \
                and index.indnatts > 1 and first.attname in ('therapist_id', 'client_id')",
            &[],
        )
        .await?;
    ensure!(
        !rows.is_empty(),
        "setup() has made no index for row-level security"
    );
    for row in rows {
        connection
            .batch_execute(&format!("drop index {}", row.get::<_, &str>(0)))
            .await?;
    }
    Ok(())
}
