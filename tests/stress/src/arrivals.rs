//! The people that a run begins with, and what they bring along.

use anyhow::{Context, Result};
use tokio_postgres::Config;
use uuid::Uuid;

use crate::answer::Answer;
use crate::generator::request;
use crate::history::{Call, Span};
use crate::operation::{Caller, Operation};
use crate::wire::Wire;

const FIRST_CREDITS: i32 = 300;

/// Makes them arrive and grants them their first credits; returns that as the run's first calls.
pub async fn prepare(config: &Config, founders: &[Uuid], holds_credits: bool) -> Result<Vec<Call>> {
    let mut wire = Wire::connect(config).await.context("cannot connect")?;
    wire.prepare(holds_credits).await?;
    let mut calls = Vec::new();
    for (step, person) in (0..).zip(founders) {
        let operations = [
            Operation::Arrive(*person),
            Operation::Grant {
                person: *person,
                amount: FIRST_CREDITS,
                key: format!("grant of the beginning {step}"),
            },
        ];
        for operation in operations {
            let request = request(Caller::Service, operation);
            let answer = wire
                .perform(&request, &Call::name_of(u64::MAX, step))
                .await
                .ok()
                .context("the server is gone")?;
            anyhow::ensure!(
                !matches!(answer, Answer::Fault { .. } | Answer::Unreadable(_)),
                "cannot prepare the database: {answer:?}"
            );
            calls.push(Call {
                client: u64::MAX,
                step,
                // Before everything else, in order.
                span: Span { from: 0, to: 0 },
                attempts: 1,
                request,
                answer,
            });
        }
    }
    Ok(calls)
}
