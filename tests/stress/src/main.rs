//! A seeded load on a prepared database, over real connections, and an auditor of every reply and
//! every row that shares no code with the extension. What the transactions did to credits is a history, too, of which an
//! independent checker is asked whether it is strictly serializable.

mod answer;
mod arrivals;
mod attacks;
mod audit;
mod client;
mod disturbance;
mod generator;
mod history;
mod knowledge;
mod operation;
mod people;
mod plant;
mod races;
mod run_status;
mod statements;
mod wire;

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use clap::Parser;
use tokio_postgres::{Config, NoTls};

use crate::client::Setting;
use crate::disturbance::{Choice, Disturbers, Outcome};
use crate::generator::{Generator, Habits};
use crate::history::{Call, Clock};
use crate::knowledge::Knowledge;
use crate::run_status::RunStatus;

#[derive(Parser)]
#[command(about = "Puts a database of peer_exchange under a seeded load and audits it")]
struct Arguments {
    /// libpq connection string of a superuser; several hosts for a failover
    connection: String,
    /// libpq connection string of a pooler in transaction mode, by way of which the clients go
    #[arg(long, conflicts_with_all = ["milestones", "disturbed"])]
    pooler: Option<String>,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Number of concurrent connections
    #[arg(long, default_value_t = 32)]
    clients: u64,
    /// Total number of operations
    #[arg(long, default_value_t = 10_000)]
    operations: u64,
    #[arg(long, default_value_t = 20)]
    people: usize,
    /// Announce this many milestones, chosen by the seed. The server goes away at each and comes
    /// back: requests without an answer are sent again, and every booking has a key
    #[arg(long, default_value_t = 0)]
    milestones: u64,
    /// Beside the load, let an application update indexed columns of the same rows, rebuild
    /// indexes, put triggers on the tables and grant credits to everybody; or only what has this in
    /// its name, out of `updates`, `indexes`, `grants` and `trigger …`
    #[arg(long, num_args = 0..=1, default_missing_value = disturbance::EVERYTHING)]
    disturbed: Option<String>,
    /// Plant faults after the run and check that the auditor finds each
    #[arg(long)]
    plant: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    let found = runtime
        .context("no runtime")
        .and_then(|runtime| runtime.block_on(run(&arguments)));
    match found {
        Ok(findings) if findings.is_empty() => ExitCode::SUCCESS,
        Ok(findings) => {
            for finding in &findings {
                println!("FINDING {finding}");
            }
            println!("seed {}: {} lines of findings", arguments.seed, findings.len());
            ExitCode::FAILURE
        }
        Err(error) => {
            println!("seed {}: {error:#}", arguments.seed);
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &Arguments) -> Result<Vec<String>> {
    let config: Config = arguments
        .connection
        .parse()
        .context("the connection string is invalid")?;
    let background = {
        let (database, connection) = config.connect(NoTls).await?;
        tokio::spawn(connection);
        audit::Background::load(&database).await?
    };
    let founders = generator::founders(arguments.seed, arguments.people);
    let holds_credits = arguments.disturbed.is_none() && knows_requests(&config).await?;
    let mut calls = arrivals::prepare(&config, &founders, holds_credits).await?;

    let status = Arc::new(RunStatus::start(
        arguments.operations,
        generator::milestones(arguments.seed, arguments.operations, arguments.milestones),
    ));
    if arguments.disturbed.is_some() {
        disturbance::prepare(&config).await?;
    }
    let habits = Habits {
        keys_always: arguments.milestones > 0,
        nobody_leaves: !background.is_empty(),
        holds_credits,
    };
    let clock = Clock::start();
    if holds_credits {
        calls.extend(races::run(&config, clock, &founders, arguments.clients).await?);
    }
    let (made, outcome) = load(arguments, habits, (&config, clock), &founders, &status).await?;
    calls.extend(made);
    println!("{}", status.summary());
    if arguments.disturbed.is_some() {
        println!("{}", status.refusals_and_faults());
    }
    for line in &outcome.summary {
        println!("  {line}");
    }

    // A new connection: the server may be a different one by now.
    let (database, connection) = config.connect(NoTls).await?;
    tokio::spawn(connection);
    let mut allowances = outcome.allowances;
    let mut findings = outcome.findings;
    calls.extend(outcome.calls);
    if arguments.disturbed.is_some() {
        let (nested, against) = disturbance::nested_calls(&database, &calls, &mut allowances).await?;
        println!(
            "  the server counts {} deadlocks",
            audit::deadlocks(&database).await?
        );
        println!(
            "  {} calls were made within others or by grants to all",
            nested.len()
        );
        calls.extend(nested);
        findings.extend(against);
    }
    findings.extend(audit::audit(&database, &background, &calls, &allowances).await?);
    if arguments.plant && findings.is_empty() {
        findings = plant::check_auditor(&database, &background, &calls, &allowances).await?;
    }
    if findings.is_empty() {
        println!(
            "seed {}: {} operations of {} clients on {} people, no finding",
            arguments.seed,
            calls.len(),
            arguments.clients,
            arguments.people
        );
    }
    Ok(findings)
}

/// Version 0.1.0 knows none.
async fn knows_requests(config: &Config) -> Result<bool> {
    let (database, connection) = config.connect(NoTls).await?;
    tokio::spawn(connection);
    let question = "select to_regproc('public.request_peer_booking') is not null";
    Ok(database.query_one(question, &[]).await?.get(0))
}

/// All clients at once, until each has done its share.
async fn load(
    arguments: &Arguments,
    habits: Habits,
    (config, clock): (&Config, Clock),
    founders: &[uuid::Uuid],
    status: &Arc<RunStatus>,
) -> Result<(Vec<Call>, Outcome)> {
    let may_lose_server = arguments.milestones > 0;
    let pooler = arguments.pooler.as_ref().map(|pooler| pooler.parse()).transpose();
    let setting = Arc::new(Setting {
        config: config.clone(),
        pooler: pooler.context("the pooler's connection string is invalid")?,
        clock,
        status: Arc::clone(status),
        may_lose_server,
        goes_on: arguments.disturbed.is_some(),
    });
    let disturbers = arguments
        .disturbed
        .as_ref()
        .map(|choice| disturb(choice, arguments, &setting, founders));
    let share = arguments.operations.div_ceil(arguments.clients);
    let clients: Vec<_> = (0..arguments.clients)
        .map(|number| {
            let generator = Generator::new(arguments.seed, number, habits, founders);
            let known = Knowledge::of(founders);
            tokio::spawn(client::run(Arc::clone(&setting), generator, known, number, share))
        })
        .collect();
    let reporter = tokio::spawn({
        let status = Arc::clone(status);
        async move { status.report().await }
    });
    let mut calls = Vec::new();
    for client in clients {
        calls.extend(client.await.context("a client panicked")??);
    }
    reporter.abort();
    status.end();
    let outcome = match disturbers {
        Some(disturbers) => disturbers.end().await?,
        None => Outcome::default(),
    };
    Ok((calls, outcome))
}

fn disturb(choice: &str, arguments: &Arguments, setting: &Setting, founders: &[uuid::Uuid]) -> Disturbers {
    let setting_of_theirs = disturbance::Setting {
        choice: Choice(choice.to_owned()),
        seed: arguments.seed,
        operations: arguments.operations,
        people: founders[..founders.len() / 2].to_vec(),
        clock: setting.clock,
        status: Arc::clone(&setting.status),
    };
    Disturbers::start(setting_of_theirs, &setting.config, arguments.clients)
}
