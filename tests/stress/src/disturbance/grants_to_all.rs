//! Credits for everybody beside the load: by a query that grants row by row, and by the function
//! made for it.

use std::time::Duration;

use anyhow::{Result, bail};
use tokio_postgres::{Config, NoTls};

use super::{GRANTS, Setting};
use crate::generator::request;
use crate::history::{Call, Span};
use crate::operation::{Caller, Operation};
use crate::wire::Wire;

const AMOUNT: i32 = 3;
const PAUSE: Duration = Duration::from_millis(1000);

/// Grants to everybody by turns until the load is over, and returns that as calls.
pub async fn run(setting: &Setting, config: &Config, client: u64) -> Result<Vec<Call>> {
    let can_allocate = can_allocate(config).await?;
    let mut wire = Wire::connect(config).await?;
    let mut calls = Vec::new();
    for step in 0.. {
        tokio::time::sleep(PAUSE).await;
        if setting.status.is_over() || !setting.choice.has(GRANTS) {
            break;
        }
        let operation = match can_allocate && step % 3 > 0 {
            // Twice for each period, and the second time for nobody.
            true => Operation::Allocate {
                amount: AMOUNT,
                period: format!("period {}", step / 3),
            },
            false => Operation::GrantToAll {
                amount: AMOUNT,
                key: format!("gift {step}"),
            },
        };
        let request = request(Caller::Service, operation);
        let from = setting.clock.now();
        let Ok(answer) = wire.perform(&request, &Call::name_of(client, step)).await else {
            bail!("the connection broke in the middle of {request:?}");
        };
        let to = setting.clock.now();
        setting.status.count(&request.operation, &answer, 1);
        calls.push(Call {
            client,
            step,
            span: Span { from, to },
            attempts: 1,
            request,
            answer,
        });
    }
    Ok(calls)
}

/// Whether this version of the extension has the function.
async fn can_allocate(config: &Config) -> Result<bool> {
    let (database, connection) = config.connect(NoTls).await?;
    tokio::spawn(connection);
    let function =
        "select to_regprocedure('peer_exchange.allocate_credits(integer, text, text, uuid[])') is not null";
    Ok(database.query_one(function, &[]).await?.get(0))
}
