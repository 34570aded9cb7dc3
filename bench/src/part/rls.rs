//! What row-level security costs: one's own sessions as a signed-in person, the same rows asked for by
//! the owner, and as a signed-in person without the indexes that setup() made for it.
//!
//! The indexes are dropped in a transaction that is rolled back, so all three read the same rows of the same table.

use anyhow::{Result, ensure};
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use serde_json::json;
use tokio_postgres::Client;

use super::{Bench, growth};
use crate::record::{Content, Series};
use crate::server_time::Spent;
use crate::world::World;

const PART: &str = "rls";
const BLOCKS: u32 = 10;
/// Of the databases that the part on growth has made, those with this many peer bookings are kept.
pub const SHARE: u8 = 100;
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

    /// How often a block asks: a scan of everything takes its time.
    fn calls(self) -> u32 {
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
    let world = growth::world(bench, size, SHARE).await?;
    bench.progress.announce("row-level security");
    let observer = world.connect("public").await?;
    let reader = world.connect("public").await?;
    let mut random = StdRng::seed_from_u64(1);
    let mut order = READERS;
    let mut values: [Vec<f64>; 3] = Default::default();
    let blocks = bench.pick(BLOCKS, 2, 1);
    for block in 0..=blocks {
        order.shuffle(&mut random);
        for kind in order {
            let took = ask(&observer, &reader, &world, kind, &mut random).await?;
            if block > 0 {
                values[kind as usize].push(took);
                bench.progress.advance();
            }
        }
    }
    let rows = READERS.into_iter().zip(values);
    let rows = rows
        .map(|(kind, values)| (kind.key().to_owned(), kind.title().to_owned(), values, None))
        .collect();
    bench.shelf.keep(
        PART,
        "rls-own-sessions",
        "Server time of all one's own sessions",
        &[
            ("sessions", json!(size)),
            ("peer_percent", json!(SHARE)),
            ("blocks", json!(blocks)),
        ],
        Content::Series(Series::of("µs", Reader::Owner.key(), rows)),
    )
}

/// The server's mean time of a block of questions, in microseconds.
async fn ask(
    observer: &Client,
    reader: &Client,
    world: &World,
    kind: Reader,
    random: &mut StdRng,
) -> Result<f64> {
    reader.batch_execute("begin").await?;
    if kind == Reader::WithoutIndexes {
        drop_our_indexes(reader).await?;
    }
    let text = match kind {
        Reader::Owner => format!(
            "{COLUMNS} where is_peer_booking and (therapist_id = $1 or client_id = $1) {}",
            kind.mark()
        ),
        _ => {
            reader.batch_execute("set local role authenticated").await?;
            format!("{COLUMNS} {}", kind.mark())
        }
    };
    let statement = reader.prepare(&text).await?;
    // Without comments the two questions of signed-in people are one statement, and the first of its texts is kept.
    observer
        .batch_execute("select public.pg_stat_statements_reset()")
        .await?;
    for _ in 0..kind.calls() {
        let person = world.people[random.random_range(0..world.population.practitioners)].id;
        let claims = json!({ "sub": person, "role": "authenticated" }).to_string();
        reader
            .execute("select set_config('request.jwt.claims', $1, true)", &[&claims])
            .await?;
        match kind {
            Reader::Owner => reader.query(&statement, &[&person]).await?,
            _ => reader.query(&statement, &[]).await?,
        };
    }
    let spent = Spent::until_now(observer, &kind.mark()).await?;
    reader.batch_execute("rollback").await?;
    Ok(spent.milliseconds * 1_000.0 / f64::from(kind.calls()))
}

/// Those that are there for peer bookings alone, which an application would not have.
async fn drop_our_indexes(reader: &Client) -> Result<()> {
    let rows = reader
        .query(
            "select indexrelid::regclass::text from pg_index \
              where indrelid = 'public.client_sessions'::regclass and not indisunique \
                and pg_get_expr(indpred, indrelid) like '%is_peer_booking%'",
            &[],
        )
        .await?;
    ensure!(
        !rows.is_empty(),
        "setup() has made no index for row-level security"
    );
    for row in rows {
        reader
            .batch_execute(&format!("drop index {}", row.get::<_, &str>(0)))
            .await?;
    }
    Ok(())
}
