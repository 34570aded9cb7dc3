//! The same operations at different sizes of the tables, side by side in databases of one server.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use hdrhistogram::Histogram;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use serde_json::json;
use tokio_postgres::{Client, Statement};

use super::Bench;
use crate::bytes::Scale;
use crate::clerk::{Clerk, Errand, Supply};
use crate::contest::microseconds;
use crate::peer::Peer;
use crate::record::{Content, FigureRow, Figures, Series};
use crate::server_time::Spent;
use crate::slots::{Slots, Wish};
use crate::teller::{Outcome, Paid, Teller, mark};
use crate::world::{Load, World};

const PART: &str = "growth";
const PEER: Peer = Peer::Library;
const BLOCKS: u32 = 12;
const SHARES: [u8; 2] = [2, 100];
/// What is written at once; what is read at once.
const WRITES: usize = 200;
const READS: usize = 50;
const TABLES: [&str; 4] = [
    "client_sessions",
    "credits",
    "credit_transactions",
    "notifications",
];

/// What is done at every size. The order matters: what is refused and refunded has been booked before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Booking,
    RefusedBooking,
    Refund,
    OwnUpcoming,
    OwnSessions,
    AvailableSlots,
    Search,
}

const DEEDS: [Deed; 7] = [
    Deed::Booking,
    Deed::RefusedBooking,
    Deed::Refund,
    Deed::OwnUpcoming,
    Deed::OwnSessions,
    Deed::AvailableSlots,
    Deed::Search,
];

impl Deed {
    fn key(self) -> &'static str {
        match self {
            Deed::Booking => "booking",
            Deed::RefusedBooking => "refused-booking",
            Deed::Refund => "refund",
            Deed::OwnUpcoming => "own-upcoming-sessions",
            Deed::OwnSessions => "own-sessions",
            Deed::AvailableSlots => "available-slots",
            Deed::Search => "search",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Deed::Booking => "a booking",
            Deed::RefusedBooking => "a refused booking (the slot is taken)",
            Deed::Refund => "a refund",
            Deed::OwnUpcoming => "one's own upcoming sessions, under RLS, at most 50",
            Deed::OwnSessions => "all one's own sessions, under RLS",
            Deed::AvailableSlots => "get_available_slots, one practitioner for 14 days",
            Deed::Search => "search_peer_practitioners, by name",
        }
    }

    fn mark(self) -> String {
        match self {
            Deed::Booking | Deed::RefusedBooking => mark(PEER, "booking"),
            Deed::Refund => mark(PEER, "refund"),
            _ => mark(PEER, self.key()),
        }
    }

    /// A question asked by a signed-in person of whom `$1` is a number or a name, and what it needs.
    fn question(self) -> Option<(String, Option<&'static str>)> {
        let (text, function) = match self {
            Deed::OwnUpcoming => (
                "select id, therapist_id, client_id, session_date, start_time, duration_minutes, status \
                   from public.client_sessions \
                  where session_date >= current_date order by session_date, start_time limit 50",
                None,
            ),
            Deed::OwnSessions => (
                "select id, therapist_id, client_id, session_date, start_time, duration_minutes, status \
                   from public.client_sessions",
                None,
            ),
            Deed::AvailableSlots => (
                "select public.get_available_slots($1, current_date + 2, current_date + 15, 60)::text",
                Some("get_available_slots"),
            ),
            Deed::Search => (
                "select public.search_peer_practitioners($1)::text",
                Some("search_peer_practitioners"),
            ),
            _ => return None,
        };
        Some((format!("{text} {}", self.mark()), function))
    }
}

pub fn steps(bench: &Bench) -> u64 {
    // Loading counts as much as measuring.
    (u64::from(blocks(bench)) + u64::from(BLOCKS)) * (SHARES.len() * bench.sizes.len()) as u64
}

fn blocks(bench: &Bench) -> u32 {
    bench.pick(BLOCKS, 2, 1)
}

pub async fn measure(bench: &Bench) -> Result<()> {
    for share in SHARES {
        let mut sites = Vec::new();
        for size in &bench.sizes {
            let world = world(bench, *size, share).await?;
            for _ in 0..BLOCKS {
                bench.progress.advance();
            }
            sites.push(Site::open(world, *size).await?);
        }
        compare(bench, &mut sites, share).await?;
        weigh(bench, &sites, share).await?;
        if share != super::rls::SHARE {
            for site in sites {
                site.world.drop_database().await?;
            }
        }
    }
    Ok(())
}

/// The database of so many sessions, of which so many percent are peer bookings; made where it is missing.
pub async fn world(bench: &Bench, size: u64, share: u8) -> Result<World> {
    let database = format!("growth_{size}_{share}");
    if let Ok(world) = World::visit(&bench.config, &database).await {
        return Ok(world);
    }
    bench.progress.announce(&format!(
        "loading {size} sessions, {share} % of them peer bookings"
    ));
    let load = Load {
        sessions: size,
        peer_percent: share,
        notifications: 1,
    };
    World::create(&bench.config, &database, bench.pace.population(), load, &[PEER]).await?;
    World::visit(&bench.config, &database).await
}

/// One size, and the connections to it.
struct Site {
    key: String,
    title: String,
    world: World,
    observer: Client,
    teller: Teller,
    reader: Client,
    questions: Vec<Option<Statement>>,
    supply: Supply,
    booked: Vec<(Wish, Paid)>,
    random: StdRng,
    samples: Vec<Samples>,
}

/// Of one deed: a median and the server's mean of every block, and every call's latency.
struct Samples {
    p50: Vec<f64>,
    server: Vec<f64>,
    latency: Histogram<u64>,
}

impl Site {
    async fn open(world: World, size: u64) -> Result<Self> {
        let reader = world.connect("public").await?;
        reader.batch_execute("set role authenticated").await?;
        let mut questions = Vec::new();
        for deed in DEEDS {
            questions.push(match deed.question() {
                Some((text, function)) if is_there(&reader, function).await? => {
                    Some(reader.prepare(&text).await?)
                }
                _ => None,
            });
        }
        let teller = Teller::open(&world, PEER).await?;
        teller.synchronise(false).await?;
        Ok(Self {
            key: size.to_string(),
            title: format!("{} sessions", thousands(size)),
            observer: world.connect("public").await?,
            teller,
            reader,
            questions,
            supply: Supply::of(Slots::of_practitioners(world.population.practitioners)),
            booked: Vec::new(),
            random: StdRng::seed_from_u64(1),
            samples: DEEDS
                .iter()
                .map(|_| Samples {
                    p50: Vec::new(),
                    server: Vec::new(),
                    latency: Histogram::new(3).expect("three digits are few enough"),
                })
                .collect(),
            world,
        })
    }

    fn can(&self, index: usize) -> bool {
        DEEDS[index].question().is_none() || self.questions[index].is_some()
    }

    async fn block(&mut self, bench: &Bench, index: usize, counts: bool) -> Result<()> {
        let deed = DEEDS[index];
        let calls = match deed.question() {
            Some(_) => bench.pick(READS, READS, 5),
            None => bench.pick(WRITES, WRITES, 5),
        };
        let before = Spent::until_now(&self.observer, &deed.mark()).await?;
        let mut own: Histogram<u64> = Histogram::new(3).expect("three digits are few enough");
        for _ in 0..calls {
            let took = self.perform(index).await?;
            own.record(u64::try_from(took.as_nanos())?)?;
        }
        let after = Spent::until_now(&self.observer, &deed.mark()).await?;
        if counts {
            let samples = &mut self.samples[index];
            samples.p50.push(microseconds(&own, 0.5));
            let spent = (after.milliseconds - before.milliseconds) * 1_000.0;
            samples.server.push(spent / calls as f64);
            samples.latency.add(&own)?;
        }
        Ok(())
    }

    async fn perform(&mut self, index: usize) -> Result<Duration> {
        match DEEDS[index] {
            Deed::Booking => self.book().await,
            Deed::RefusedBooking => self.book_what_is_taken().await,
            Deed::Refund => self.refund().await,
            _ => self.ask(index).await,
        }
    }

    async fn book(&mut self) -> Result<Duration> {
        let wish = self.supply.take();
        let asked = Instant::now();
        let outcome = self.teller.book(&wish).await?;
        let took = asked.elapsed();
        let Outcome::Done(Some(id)) = outcome else {
            anyhow::bail!("a booking that was to be accepted: {outcome:?}");
        };
        let paid = Paid {
            id,
            client_id: self.world.people[wish.client].id,
            practitioner_id: self.world.people[wish.practitioner].id,
            credit_cost: wish.duration_minutes,
        };
        self.booked.push((wish, paid));
        Ok(took)
    }

    /// The slot of a session that was booked before, by somebody else.
    async fn book_what_is_taken(&mut self) -> Result<Duration> {
        let (mut wish, _) = self.booked[self.random.random_range(0..self.booked.len())];
        wish.client = (wish.practitioner + self.world.population.practitioners / 2)
            % self.world.population.practitioners;
        let asked = Instant::now();
        let outcome = self.teller.book(&wish).await?;
        let took = asked.elapsed();
        ensure!(
            outcome == Outcome::Refused("SLOT_CONFLICT".to_owned()),
            "a booking that was to be refused: {outcome:?}"
        );
        Ok(took)
    }

    async fn refund(&mut self) -> Result<Duration> {
        let (_, paid) = self.booked.pop().expect("booked in the block before");
        let asked = Instant::now();
        let outcome = self.teller.refund(&paid).await?;
        let took = asked.elapsed();
        ensure!(
            matches!(outcome, Outcome::Done(_)),
            "a refund that was to be accepted: {outcome:?}"
        );
        Ok(took)
    }

    /// As a signed-in person; that she is, is told to the server before, outside of the time.
    async fn ask(&mut self, index: usize) -> Result<Duration> {
        let practitioners = self.world.population.practitioners;
        let caller = &self.world.people[self.random.random_range(0..practitioners)];
        let other = &self.world.people[self.random.random_range(0..practitioners)];
        let claims = json!({ "sub": caller.id, "role": "authenticated" }).to_string();
        self.reader
            .execute("select set_config('request.jwt.claims', $1, false)", &[&claims])
            .await?;
        let statement = self.questions[index]
            .as_ref()
            .expect("asked only where it can be");
        let asked = Instant::now();
        match DEEDS[index] {
            Deed::AvailableSlots => self.reader.query(statement, &[&other.id]).await?,
            Deed::Search => self.reader.query(statement, &[&other.name]).await?,
            _ => self.reader.query(statement, &[]).await?,
        };
        Ok(asked.elapsed())
    }
}

/// Whether a function of this name is there; nothing needs no function.
async fn is_there(client: &Client, function: Option<&str>) -> Result<bool> {
    let row = client
        .query_one(
            "select $1::text is null or exists (select from pg_proc \
              where proname = $1 and pronamespace = 'public'::regnamespace)",
            &[&function],
        )
        .await?;
    Ok(row.get(0))
}

async fn compare(bench: &Bench, sites: &mut [Site], share: u8) -> Result<()> {
    bench.progress.announce(&format!(
        "sizes side by side, {share} % of the sessions are peer bookings"
    ));
    let mut order: Vec<usize> = (0..sites.len()).collect();
    let mut random = StdRng::seed_from_u64(share.into());
    for block in 0..=blocks(bench) {
        for index in 0..DEEDS.len() {
            order.shuffle(&mut random);
            for site in &order {
                if sites[*site].can(index) {
                    // The first block fills caches and settles plans.
                    sites[*site].block(bench, index, block > 0).await?;
                }
            }
        }
        if block > 0 {
            for _ in 0..sites.len() {
                bench.progress.advance();
            }
        }
    }
    for (index, deed) in DEEDS.into_iter().enumerate() {
        if sites.iter().all(|site| site.can(index)) {
            keep(bench, sites, share, index, deed)?;
        }
    }
    Ok(())
}

fn keep(bench: &Bench, sites: &[Site], share: u8, index: usize, deed: Deed) -> Result<()> {
    let baseline = sites.first().map(|site| site.key.clone()).unwrap_or_default();
    let parameters = [
        ("peer_percent", json!(share)),
        ("blocks", json!(blocks(bench))),
        ("operation", json!(deed.key())),
    ];
    let latency = sites.iter().map(|site| {
        let samples = &site.samples[index];
        (
            site.key.clone(),
            site.title.clone(),
            samples.p50.clone(),
            Some(microseconds(&samples.latency, 0.99)),
        )
    });
    let server = sites.iter().map(|site| {
        let values = site.samples[index].server.clone();
        (site.key.clone(), site.title.clone(), values, None)
    });
    bench.shelf.keep(
        PART,
        &format!("growth-{share}-percent-{}", deed.key()),
        &format!("Latency of {}", deed.title()),
        &parameters,
        Content::Series(Series::of("µs", &baseline, latency.collect())),
    )?;
    bench.shelf.keep(
        PART,
        &format!("growth-{share}-percent-{}-server-time", deed.key()),
        &format!("Server time of {}", deed.title()),
        &parameters,
        Content::Series(Series::of("µs", &baseline, server.collect())),
    )
}

/// Log and disk of a booking at every size, and what the tables take.
async fn weigh(bench: &Bench, sites: &[Site], share: u8) -> Result<()> {
    let bookings = bench.pick(3_000, 200, 10);
    let mut rows = Vec::new();
    for site in sites {
        bench
            .progress
            .announce(&format!("bytes of a booking at {}", site.title));
        let errand = Errand::Book(site.supply.clone());
        let mut clerk = Clerk::open(&site.world, PEER, false, errand).await?;
        let booking_mark = mark(PEER, "booking");
        let scale = Scale::of(&site.observer, PEER.schema(), &TABLES, &booking_mark);
        rows.push(FigureRow {
            contender: site.key.clone(),
            title: site.title.clone(),
            figures: scale.weigh(&mut clerk, bookings).await?,
        });
    }
    bench.shelf.keep(
        PART,
        &format!("growth-{share}-percent-booking-bytes"),
        "Bytes of a booking: write-ahead log and disk",
        &[("peer_percent", json!(share)), ("bookings", json!(bookings))],
        Content::Figures(Figures { rows }),
    )
}

/// 1000000 as 1,000,000.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
