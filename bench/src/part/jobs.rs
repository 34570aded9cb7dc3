//! What recurs and finds nothing to do, and what is done to a great many rows at once, at different sizes of the tables.

use std::time::Instant;

use anyhow::{Context, Result};
use serde_json::json;
use tokio_postgres::Client;

use super::{Bench, thousands};
use crate::contender::Contender;
use crate::record::{Content, Series, Values};
use crate::world::{Load, Population, World};

const PART: &str = "jobs";
const PREPARATION: &str = include_str!("../../sql/jobs.sql");

/// One thing that is measured: a statement, and what makes everything ready for it.
struct Job {
    key: &'static str,
    title: &'static str,
    /// Run once, before the first run.
    preparation: &'static str,
    /// Run before and after each run, outside of the time that is taken.
    before: &'static str,
    statement: &'static str,
    after: &'static str,
    /// Those that count, besides the first one; 0: it can be done once, and that counts.
    runs: u32,
}

const JOB: Job = Job {
    key: "",
    title: "",
    preparation: "",
    before: "",
    statement: "",
    after: "",
    runs: 9,
};

const COPY: &str = "call bench.import_sessions()";

const JOBS: [Job; 12] = [
    Job {
        key: "1-reminders",
        title: "send_due_reminders, nothing due",
        statement: "select peer_exchange.send_due_reminders()",
        ..JOB
    },
    Job {
        key: "2-remind",
        title: "send_due_reminders, up to a thousand sessions are due",
        before: "begin; set local peer_exchange.reminder_minutes_before = '4320'",
        statement: "select peer_exchange.send_due_reminders()",
        after: "rollback",
        runs: 5,
        ..JOB
    },
    Job {
        key: "3-remind-everybody",
        title: "send_all_due_reminders, all that is to come is due: 3 % of the sessions",
        before: "set peer_exchange.reminder_minutes_before = '4320'",
        statement: "call peer_exchange.send_all_due_reminders()",
        after: "vacuum analyze peer_exchange.sent_reminders",
        runs: 0,
        ..JOB
    },
    Job {
        key: "3-reminders-sent",
        title: "send_due_reminders, reminders three days before, all of them sent",
        before: "set peer_exchange.reminder_minutes_before = '4320'",
        statement: "select peer_exchange.send_due_reminders()",
        after: "reset peer_exchange.reminder_minutes_before",
        ..JOB
    },
    Job {
        key: "4-orphans",
        title: "cancel_orphaned_sessions, nothing to cancel",
        statement: "select peer_exchange.cancel_orphaned_sessions()",
        ..JOB
    },
    Job {
        key: "5-claim",
        title: "claim_notifications, nothing due",
        statement: "select count(*) from peer_exchange.claim_notifications()",
        ..JOB
    },
    Job {
        key: "6-purge",
        title: "purge_refusals, nothing to purge",
        statement: "select peer_exchange.purge_refusals()",
        ..JOB
    },
    Job {
        key: "7-allocation",
        title: "allocate_credits, everybody has the period's",
        preparation: "call bench.allocate()",
        statement: "select peer_exchange.allocate_credits(1, 'Monthly', 'bench')",
        ..JOB
    },
    Job {
        key: "8-inactive",
        title: "inactive_practitioners",
        statement: "select count(*) from peer_exchange.inactive_practitioners",
        runs: 5,
        ..JOB
    },
    Job {
        key: "9-deactivation",
        title: "a deactivation with 5,000 sessions to come",
        preparation: "call bench.fill_calendar(bench.person_id(0), 5000)",
        before: "begin",
        statement: "update public.users set is_active = false where id = bench.person_id(0)",
        after: "rollback",
        runs: 3,
    },
    Job {
        key: "a-copy-alone",
        title: "COPY of active sessions, twenty of each of a thousand people, without our triggers",
        preparation: "call bench.export_sessions()",
        before: "begin; alter table public.client_sessions disable trigger user",
        statement: COPY,
        after: "rollback",
        runs: 3,
    },
    Job {
        key: "b-copy",
        title: "COPY of active sessions, twenty of each of a thousand people",
        before: "begin",
        statement: COPY,
        after: "rollback",
        runs: 3,
        ..JOB
    },
];

/// Practitioners and sessions, in a database of their own.
#[derive(Clone, Copy)]
struct Size {
    practitioners: usize,
    sessions: u64,
}

impl Size {
    fn key(self) -> String {
        format!("{}_{}", self.practitioners, self.sessions)
    }

    fn title(self) -> String {
        format!(
            "{} practitioners, {} sessions",
            thousands(self.practitioners as u64),
            thousands(self.sessions)
        )
    }
}

fn sizes(bench: &Bench) -> &'static [Size] {
    const fn size(practitioners: usize, sessions: u64) -> Size {
        Size {
            practitioners,
            sessions,
        }
    }
    const FULL: [Size; 3] = [
        size(1_000, 10_000),
        size(10_000, 500_000),
        size(100_000, 5_000_000),
    ];
    const QUICK: [Size; 2] = [size(1_000, 10_000), size(5_000, 50_000)];
    const SMOKE: [Size; 1] = [size(100, 400)];
    bench.pick(&FULL[..], &QUICK[..], &SMOKE[..])
}

pub fn steps(bench: &Bench) -> u64 {
    (sizes(bench).len() * (JOBS.len() + 1)) as u64
}

pub async fn measure(bench: &Bench) -> Result<()> {
    let mut taken: Vec<Vec<Values>> = JOBS.iter().map(|_| Vec::new()).collect();
    let mut verified = Vec::new();
    for size in sizes(bench) {
        let world = furnish(bench, *size).await?;
        let client = world.connect("public").await?;
        for (job, values) in JOBS.iter().zip(&mut taken) {
            bench
                .progress
                .announce(&format!("{}: {}", size.title(), job.title));
            values.push(row(
                *size,
                size.title(),
                perform(bench, &client, job).await.context(job.title)?,
            ));
            bench.progress.advance();
        }
        verified.push(verify(bench, &client, *size).await?);
        bench.progress.advance();
        drop(client);
        world.drop_database().await?;
    }
    for (job, values) in JOBS.iter().zip(taken) {
        keep(bench, job.key, job.title, values);
    }
    keep(bench, "c-verify", "verify_ledger", verified);
    Ok(())
}

async fn furnish(bench: &Bench, size: Size) -> Result<World> {
    bench.progress.announce(&format!("loading {}", size.title()));
    let database = format!("jobs_{}", size.key());
    let population = Population {
        practitioners: size.practitioners,
        hot: 0,
        clients: 0,
    };
    let load = Load {
        sessions: size.sessions,
        peer_percent: 100,
        notifications: 1,
    };
    World::create(&bench.config, &database, population, load, &[Contender::Library]).await?;
    let world = World::visit(&bench.config, &database).await?;
    world.connect("public").await?.batch_execute(PREPARATION).await?;
    Ok(world)
}

/// Microseconds of every run but the first, which fills caches and settles plans, where there is another.
async fn perform(bench: &Bench, client: &Client, job: &Job) -> Result<Vec<f64>> {
    for statement in job.preparation.split("; ").filter(|text| !text.is_empty()) {
        client.batch_execute(statement).await?;
    }
    let mut values = Vec::new();
    let warming = usize::from(job.runs > 0);
    for _ in 0..=job.runs.min(bench.pick(job.runs, 2, 1)) {
        client.batch_execute(job.before).await?;
        let asked = Instant::now();
        client.batch_execute(job.statement).await?;
        values.push(asked.elapsed().as_secs_f64() * 1e6);
        client.batch_execute(job.after).await?;
    }
    Ok(values.split_off(warming))
}

/// The time that it takes, and in its title how much it writes to temporary files.
async fn verify(bench: &Bench, client: &Client, size: Size) -> Result<Values> {
    bench
        .progress
        .announce(&format!("{}: verify_ledger", size.title()));
    let before = temporary_bytes(client).await?;
    let asked = Instant::now();
    let findings: i64 = client
        .query_one("select count(*) from peer_exchange.verify_ledger()", &[])
        .await?
        .get(0);
    let microseconds = asked.elapsed().as_secs_f64() * 1e6;
    let megabytes = (temporary_bytes(client).await? - before) / 1e6;
    let title = format!(
        "{}, {megabytes:.0} MB of temporary files, {findings} findings",
        size.title()
    );
    Ok(row(size, title, vec![microseconds]))
}

async fn temporary_bytes(client: &Client) -> Result<f64> {
    client
        .batch_execute("select pg_stat_force_next_flush(); select pg_stat_clear_snapshot()")
        .await?;
    let bytes = "select temp_bytes::float8 from pg_stat_database where datname = current_database()";
    Ok(client.query_one(bytes, &[]).await?.get(0))
}

fn row(size: Size, title: String, values: Vec<f64>) -> Values {
    Values {
        key: size.key(),
        title,
        values,
        p99: None,
    }
}

fn keep(bench: &Bench, key: &str, title: &str, rows: Vec<Values>) {
    let baseline = rows.first().map(|row| row.key.clone()).unwrap_or_default();
    bench.results.keep(
        PART,
        &format!("jobs-{key}"),
        title,
        &[("first_run_counts", json!(false))],
        Content::Series(Series::of("µs", &baseline, rows)),
    );
}
