//! The same requests, the same replies.

use anyhow::{Result, ensure};
use serde_json::Value;
use tokio_postgres::Client;

use super::DECIDING;
use crate::contender::Contender;

/// Arguments of `create_peer_booking`, in this order: the later ones meet what the earlier ones have made.
/// `%1$s` is the schema; people 3 to 6 are free all day, person 220 is ruined and 221 inactive.
pub const REQUESTS: [(&str, &str); 17] = [
    (
        "accepted",
        "bench.person_id(3), bench.person_id(4), current_date + 9, '12:00', 60, 'massage', 'Left knee', null, 'key'",
    ),
    (
        "replayed",
        "bench.person_id(3), bench.person_id(4), current_date + 9, '12:00', 60, 'massage', 'Left knee', null, 'key'",
    ),
    (
        "key reused",
        "bench.person_id(3), bench.person_id(4), current_date + 9, '14:00', 60, 'massage', null, null, 'key'",
    ),
    (
        "product",
        "bench.person_id(3), bench.person_id(4), current_date + 9, '14:00', 60, 'massage', null, md5('product 4')::uuid, null",
    ),
    (
        "another's product",
        "bench.person_id(3), bench.person_id(4), current_date + 9, '16:00', 60, 'massage', null, md5('product 5')::uuid, null",
    ),
    (
        "slot taken",
        "bench.person_id(5), bench.person_id(4), current_date + 9, '12:30', 60, 'massage', null, null, null",
    ),
    (
        "slot taken by receiving",
        "bench.person_id(5), bench.person_id(3), current_date + 9, '12:30', 60, 'massage', null, null, null",
    ),
    (
        "client busy",
        "bench.person_id(3), bench.person_id(5), current_date + 9, '12:30', 60, 'massage', null, null, null",
    ),
    (
        "nothing named",
        "bench.person_id(3), null, current_date + 9, '12:30', 60, 'massage', null, null, null",
    ),
    (
        "too long",
        "bench.person_id(3), bench.person_id(4), current_date + 9, '12:30', 481, 'massage', null, null, null",
    ),
    (
        "herself",
        "bench.person_id(3), bench.person_id(3), current_date + 9, '12:30', 60, 'massage', null, null, null",
    ),
    (
        "nobody",
        "bench.person_id(3), bench.person_id(-1), current_date + 9, '12:30', 60, 'massage', null, null, null",
    ),
    (
        "inactive",
        "bench.person_id(3), bench.person_id(221), current_date + 9, '12:30', 60, 'massage', null, null, null",
    ),
    (
        "past",
        "bench.person_id(3), bench.person_id(4), current_date - 9, '12:30', 60, 'massage', null, null, null",
    ),
    (
        "too far",
        "bench.person_id(3), bench.person_id(4), current_date + 400, '12:30', 60, 'massage', null, null, null",
    ),
    (
        "closed",
        "bench.person_id(3), bench.person_id(4), current_date + 9, '20:30', 60, 'massage', null, null, null",
    ),
    (
        "ruined",
        "bench.person_id(220), bench.person_id(6), current_date + 9, '12:30', 60, 'massage', null, null, null",
    ),
];

pub async fn compare(observer: &Client) -> Result<()> {
    for contender in DECIDING {
        prepare(observer, contender).await?;
    }
    for (name, arguments) in REQUESTS {
        let mut replies = Vec::new();
        for contender in DECIDING {
            let call = format!(
                "select {}.create_peer_booking({arguments})::text",
                contender.schema()
            );
            let text: String = observer.query_one(&call, &[]).await?.get(0);
            let mut reply: Value = serde_json::from_str(&text)?;
            if let Some(reply) = reply.as_object_mut() {
                reply.remove("session_id");
            }
            replies.push((contender, reply));
        }
        let ours = replies[0].1.clone();
        for (contender, reply) in replies {
            ensure!(
                as_set(&reply) == as_set(&ours),
                "{name}: {} replies {reply}, peer_exchange {ours}",
                contender.title()
            );
        }
    }
    Ok(())
}

/// Keys in any order.
fn as_set(reply: &Value) -> std::collections::BTreeMap<&str, String> {
    reply
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, value)| (key.as_str(), value.to_string()))
        .collect()
}

/// Somebody who has spent everything, and somebody who has stopped working.
async fn prepare(observer: &Client, contender: Contender) -> Result<()> {
    let schema = contender.schema();
    observer
        .batch_execute(&format!(
            "with spent as (update {schema}.credits set balance = 0, total_spent = total_spent + balance \
                             where user_id = bench.person_id(220) returning user_id, total_spent) \
             insert into {schema}.credit_transactions \
                    (user_id, amount, transaction_type, description, balance_before, balance_after) \
             select credits.user_id, credits.balance, 'session_payment', 'Everything', credits.balance, 0 \
               from {schema}.credits join spent on spent.user_id = credits.user_id; \
             update {schema}.users set is_active = false where id = bench.person_id(221)"
        ))
        .await?;
    Ok(())
}
