//! Whether the contenders do the same work: the same replies, the same rows, the same words.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tokio_postgres::{Client, Config};

use crate::peer::{self, Peer};
use crate::slots::{Slots, Wish};
use crate::teller::{Outcome, Paid, Teller};
use crate::world::{DATABASE, World};

/// Those that decide; the others only write.
const DECIDING: [Peer; 3] = [Peer::Library, Peer::Plpgsql, Peer::PlpgsqlOnOurTables];

/// Arguments of `create_peer_booking`, in this order: the later ones meet what the earlier ones have made.
/// `%1$s` is the schema; people 3 to 6 are free all day, person 220 is ruined and 221 inactive.
const REQUESTS: [(&str, &str); 17] = [
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

pub async fn check(config: &Config) -> Result<()> {
    let world = World::visit(config, DATABASE).await?;
    let observer = world.connect("public").await?;
    for peer in DECIDING {
        prepare(&observer, peer).await?;
    }
    compare_replies(&observer).await?;
    for peer in peer::ALL {
        count_rows(&world, &observer, peer)
            .await
            .with_context(|| peer.title())?;
    }
    compare_words(&observer).await?;
    let found = observer
        .query("select * from peer_exchange.verify_ledger()", &[])
        .await?;
    ensure!(found.is_empty(), "{} findings of verify_ledger()", found.len());
    println!(
        "{} requests and {} contenders: the same replies, rows and words",
        REQUESTS.len(),
        peer::ALL.len()
    );
    Ok(())
}

/// Somebody who has spent everything, and somebody who has stopped working.
async fn prepare(observer: &Client, peer: Peer) -> Result<()> {
    let schema = peer.schema();
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

async fn compare_replies(observer: &Client) -> Result<()> {
    for (name, arguments) in REQUESTS {
        let mut replies = Vec::new();
        for peer in DECIDING {
            let call = format!("select {}.create_peer_booking({arguments})::text", peer.schema());
            let text: String = observer.query_one(&call, &[]).await?.get(0);
            let mut reply: Value = serde_json::from_str(&text)?;
            if let Some(reply) = reply.as_object_mut() {
                reply.remove("session_id");
            }
            replies.push((peer, reply));
        }
        let ours = replies[0].1.clone();
        for (peer, reply) in replies {
            ensure!(
                as_set(&reply) == as_set(&ours),
                "{name}: {} replies {reply}, peer_exchange {ours}",
                peer.title()
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

/// One booking and its refund: what they add to sessions, ledger and notifications.
async fn count_rows(world: &World, observer: &Client, peer: Peer) -> Result<()> {
    let teller = Teller::open(world, peer).await?;
    let wish: Wish = Slots::of_practitioners(world.population.practitioners).wish(7);
    let before = rows(observer, peer).await?;
    let outcome = teller.book(&wish).await?;
    let Outcome::Done(Some(id)) = outcome else {
        anyhow::bail!("a booking that was to be accepted: {outcome:?}");
    };
    let booked = rows(observer, peer).await?;
    let tells = if peer == Peer::ThreeRoundTrips { 0 } else { 1 };
    expect("a booking", before, booked, [1, 2, 4 * tells])?;
    let paid = Paid {
        id,
        client_id: world.people[wish.client].id,
        practitioner_id: world.people[wish.practitioner].id,
        credit_cost: wish.duration_minutes,
    };
    let outcome = teller.refund(&paid).await?;
    ensure!(matches!(outcome, Outcome::Done(_)), "a refund: {outcome:?}");
    let refunded = rows(observer, peer).await?;
    expect("a refund", booked, refunded, [0, 2, 2 * tells])?;
    let outcome = teller.quote(wish.practitioner).await?;
    ensure!(outcome == Outcome::Done(None), "a quote: {outcome:?}");
    Ok(())
}

fn expect(what: &str, before: [i64; 3], after: [i64; 3], expected: [i64; 3]) -> Result<()> {
    let added = [0, 1, 2].map(|index| after[index] - before[index]);
    ensure!(
        added == expected,
        "{what} writes {added:?} sessions, ledger rows and notifications, not {expected:?}"
    );
    Ok(())
}

async fn rows(observer: &Client, peer: Peer) -> Result<[i64; 3]> {
    let schema = peer.schema();
    let counts = format!(
        "select (select count(*) from {schema}.client_sessions), (select count(*) from {schema}.credit_transactions), \
                (select count(*) from {schema}.notifications)"
    );
    let row = observer.query_one(&counts, &[]).await?;
    Ok([row.get(0), row.get(1), row.get(2)])
}

/// What was told of all of it, and how every balance stands.
async fn compare_words(observer: &Client) -> Result<()> {
    let told = |schema: &str| {
        format!(
            "select type || '|' || title || '|' || body || '|' || (payload - 'session_id')::text \
               from {schema}.notifications where created_at > now() - interval '1 hour' \
             union all select user_id::text || ' has ' || balance || ' owes ' || owed from {schema}.credits order by 1"
        )
    };
    let mut accounts = Vec::new();
    for peer in DECIDING {
        let rows = observer.query(&told(peer.schema()), &[]).await?;
        let lines: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
        accounts.push((peer, lines));
    }
    let ours = accounts[0].1.clone();
    for (peer, lines) in accounts {
        let difference = lines.iter().zip(&ours).find(|(own, ours)| own != ours);
        ensure!(
            lines.len() == ours.len() && difference.is_none(),
            "{} says something else: {difference:?}",
            peer.title()
        );
    }
    Ok(())
}
