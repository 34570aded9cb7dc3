//! One client: a connection, what it has seen, and its calls one after the other.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use tokio_postgres::Config;

use crate::answer::Answer;
use crate::generator::Generator;
use crate::history::{Call, Clock, Span};
use crate::knowledge::Knowledge;
use crate::operation::Request;
use crate::run_status::RunStatus;
use crate::wire::Wire;

const RECONNECT_EVERY: Duration = Duration::from_millis(20);
const RECONNECT_FOR: Duration = Duration::from_secs(120);
/// Nobody may ever see one of these.
const ALARMING: [&str; 8] = [
    "40001", "40P01", "53200", "55P03", "57014", "58030", "XX000", "XX001",
];

pub struct Setting {
    pub config: Config,
    /// How to reach the pooler, where the clients go by way of one.
    pub pooler: Option<Config>,
    pub clock: Clock,
    pub status: Arc<RunStatus>,
    /// Whether the server may go away meanwhile and come back.
    pub may_lose_server: bool,
    /// Whether to go on after what nobody may see, to know how often it is seen.
    pub goes_on: bool,
}

/// Performs so many operations and returns what happened. Stops early on what is alarming.
pub async fn run(
    setting: Arc<Setting>,
    generator: Generator,
    mut known: Knowledge,
    client: u64,
    operations: u64,
) -> Result<Vec<Call>> {
    let mut wire = connect(&setting).await?;
    let mut calls = Vec::new();
    for step in 0..operations {
        let request = generator.next(step, &mut known);
        let from = setting.clock.now();
        let (answer, attempts) = persist(&setting, &mut wire, &request, &Call::name_of(client, step)).await?;
        let to = setting.clock.now();
        known.learn(&request, &answer);
        setting.status.count(&request.operation, &answer, attempts);
        let is_alarming = matches!(&answer, Answer::Unreadable(_))
            || matches!(&answer, Answer::Fault { sqlstate, .. } if ALARMING.contains(&sqlstate.as_str()));
        if is_alarming && !setting.goes_on {
            setting.status.stop();
        }
        calls.push(Call {
            client,
            step,
            span: Span { from, to },
            attempts,
            request,
            answer,
        });
        if setting.status.is_stopped() {
            break;
        }
    }
    Ok(calls)
}

/// Sends the request until it is answered.
async fn persist(setting: &Setting, wire: &mut Wire, request: &Request, name: &str) -> Result<(Answer, u32)> {
    let mut attempts = 1;
    loop {
        if let Ok(answer) = wire.perform(request, name).await {
            return Ok((answer, attempts));
        }
        if !setting.may_lose_server {
            bail!("the connection broke in the middle of {request:?}");
        }
        *wire = connect(setting).await?;
        attempts += 1;
    }
}

async fn connect(setting: &Setting) -> Result<Wire> {
    let started = Instant::now();
    loop {
        let wire = match &setting.pooler {
            Some(pooler) => Wire::connect_through_pooler(pooler).await,
            None => Wire::connect(&setting.config).await,
        };
        match wire {
            Ok(wire) => return Ok(wire),
            Err(error) if !setting.may_lose_server || started.elapsed() > RECONNECT_FOR => {
                bail!("cannot connect: {error}");
            }
            Err(_) => tokio::time::sleep(RECONNECT_EVERY).await,
        }
    }
}
