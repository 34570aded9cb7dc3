//! One booking and its refund: what they add to sessions, ledger and notifications.

use anyhow::{Context, Result, ensure};
use tokio_postgres::Client;

use crate::client::{BookingClient, Outcome, Paid};
use crate::contender::{self, Contender};
use crate::slots::{BookingRequest, Slots};
use crate::world::World;

/// Rows of a floor may be so much larger or smaller than ours, as a fraction: names and numbers in the texts that its client
/// makes up are not always those of the booking.
const ROOM: f64 = 0.03;

#[derive(Debug, Clone, Copy)]
struct Content {
    sessions: i64,
    entries: i64,
    notifications: i64,
    /// Of all rows.
    bytes: i64,
}

/// Bytes that a booking and its refund add.
struct Weight {
    booking: i64,
    refund: i64,
}

pub async fn compare(world: &World, observer: &Client) -> Result<()> {
    let mut ours = None;
    for contender in contender::ALL {
        let weight = write(world, observer, contender)
            .await
            .with_context(|| contender.title())?;
        let ours = ours.get_or_insert(Weight { ..weight });
        if contender == Contender::Floor {
            expect_as_large("a booking", weight.booking, ours.booking)?;
            expect_as_large("a refund", weight.refund, ours.refund)?;
        }
    }
    Ok(())
}

async fn write(world: &World, observer: &Client, contender: Contender) -> Result<Weight> {
    let client = BookingClient::open(world, contender).await?;
    let request: BookingRequest = Slots::of_practitioners(world.population.practitioners).request(7);
    let before = content(observer, contender).await?;
    let outcome = client.book(&request).await?;
    let Outcome::Done(Some(id)) = outcome else {
        anyhow::bail!("a booking that should have been accepted: {outcome:?}");
    };
    let booked = content(observer, contender).await?;
    let tells = if contender == Contender::ThreeRoundTrips {
        0
    } else {
        1
    };
    expect("a booking", before, booked, [1, 2, 4 * tells])?;
    let paid = Paid {
        id,
        client_id: world.people[request.client].id,
        practitioner_id: world.people[request.practitioner].id,
        credit_cost: request.duration_minutes,
    };
    let outcome = client.refund(&paid).await?;
    ensure!(matches!(outcome, Outcome::Done(_)), "a refund: {outcome:?}");
    let refunded = content(observer, contender).await?;
    expect("a refund", booked, refunded, [0, 2, 2 * tells])?;
    let outcome = client.quote(request.practitioner).await?;
    ensure!(outcome == Outcome::Done(None), "a quote: {outcome:?}");
    Ok(Weight {
        booking: booked.bytes - before.bytes,
        refund: refunded.bytes - booked.bytes,
    })
}

fn expect(what: &str, before: Content, after: Content, expected: [i64; 3]) -> Result<()> {
    let added = [
        after.sessions - before.sessions,
        after.entries - before.entries,
        after.notifications - before.notifications,
    ];
    ensure!(
        added == expected,
        "{what} writes {added:?} sessions, ledger rows and notifications, not {expected:?}"
    );
    Ok(())
}

fn expect_as_large(what: &str, floor: i64, ours: i64) -> Result<()> {
    let ratio = floor as f64 / ours as f64;
    ensure!(
        (ratio - 1.0).abs() <= ROOM,
        "{what} of the floor writes {floor} bytes of rows, ours {ours}: it has to follow what ours writes \
         (bench/src/client/floor.rs, bench/contenders/floor_*.sql)"
    );
    Ok(())
}

async fn content(observer: &Client, contender: Contender) -> Result<Content> {
    let schema = contender.schema();
    let of = |table: &str| {
        format!("select count(*), coalesce(sum(pg_column_size({table}.*)), 0)::bigint from {schema}.{table}")
    };
    let sessions = observer.query_one(&of("client_sessions"), &[]).await?;
    let entries = observer.query_one(&of("credit_transactions"), &[]).await?;
    let notifications = observer.query_one(&of("notifications"), &[]).await?;
    let bytes = [&sessions, &entries, &notifications].map(|row| row.get::<_, i64>(1));
    Ok(Content {
        sessions: sessions.get(0),
        entries: entries.get(0),
        notifications: notifications.get(0),
        bytes: bytes.iter().sum(),
    })
}
