//! One credit after another for the very person whose rows are being updated: if a grant misses her
//! balance, the next one shows it.

use std::time::Duration;

use anyhow::{Result, bail};
use tokio_postgres::Config;

use super::{Setting, UPDATES};
use crate::generator::request;
use crate::history::{Call, Span};
use crate::operation::{Caller, Operation};
use crate::wire::Wire;

/// So that others get their turn.
const PAUSE: Duration = Duration::from_millis(2);

/// Goes on until the load is over, and returns what was done as calls.
pub async fn run(setting: &Setting, config: &Config, client: u64) -> Result<Vec<Call>> {
    let mut wire = Wire::connect(config).await?;
    let mut calls = Vec::new();
    for step in 0.. {
        if setting.status.is_over() || !setting.choice.has(UPDATES) {
            break;
        }
        let grant = Operation::Grant {
            person: setting.person_being_updated(),
            amount: 1,
            key: format!("single grant {client}.{step}"),
        };
        let request = request(Caller::Service, grant);
        let from = setting.clock.now();
        let Ok(answer) = wire.perform(&request, &Call::name_of(client, step)).await else {
            bail!("the connection broke in the middle of {request:?}");
        };
        let to = setting.clock.now();
        calls.push(Call {
            client,
            step,
            span: Span { from, to },
            attempts: 1,
            request,
            answer,
        });
        tokio::time::sleep(PAUSE).await;
    }
    Ok(calls)
}
