//! Workers: a connection each, and what it does again and again.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::Result;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::contest::{Contender, Worker};
use crate::peer::Peer;
use crate::slots::{Slots, Wish};
use crate::teller::{Outcome, Paid, Teller};
use crate::world::World;

/// Numbers of slots that were not given out yet.
#[derive(Clone)]
pub struct Supply {
    slots: Slots,
    next: Arc<AtomicU64>,
}

impl Supply {
    pub fn of(slots: Slots) -> Self {
        Self {
            slots,
            next: Arc::default(),
        }
    }

    /// Slots that nobody comes to who began with the first.
    pub fn second_half_of(slots: Slots) -> Self {
        Self {
            next: Arc::new(AtomicU64::new(slots.count() / 2)),
            slots,
        }
    }

    pub fn take(&self) -> Wish {
        self.slots.wish(self.take_number())
    }

    fn take_number(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }
}

/// Sessions that can be refunded, taken from the end.
pub type PaidSessions = Arc<Mutex<Vec<Paid>>>;

pub enum Errand {
    /// Free slots of anybody.
    Book(Supply),
    /// Free slots of this practitioner, for this client.
    BookOne {
        supply: Supply,
        client: usize,
        practitioner: usize,
    },
    Refund(PaidSessions),
    Quote(Box<StdRng>),
}

pub struct Clerk {
    pub teller: Teller,
    errand: Errand,
    practitioners: usize,
}

impl Clerk {
    pub async fn open(world: &World, peer: Peer, is_synchronous: bool, errand: Errand) -> Result<Self> {
        let teller = Teller::open(world, peer).await?;
        teller.synchronise(is_synchronous).await?;
        Ok(Self {
            teller,
            errand,
            practitioners: world.population.practitioners,
        })
    }

    /// A peer with a clerk for every errand.
    pub async fn contender(
        world: &World,
        peer: Peer,
        is_synchronous: bool,
        errands: impl IntoIterator<Item = Errand>,
    ) -> Result<Contender<Self>> {
        let mut workers = Vec::new();
        for errand in errands {
            workers.push(Self::open(world, peer, is_synchronous, errand).await?);
        }
        Ok(Contender {
            key: peer.key().to_owned(),
            title: peer.title().to_owned(),
            workers,
        })
    }
}

impl Errand {
    pub fn quote(number: u64) -> Self {
        Errand::Quote(Box::new(StdRng::seed_from_u64(number)))
    }
}

impl Worker for Clerk {
    async fn work(&mut self) -> Result<Outcome> {
        match &mut self.errand {
            Errand::Book(supply) => self.teller.book(&supply.take()).await,
            Errand::BookOne {
                supply,
                client,
                practitioner,
            } => {
                let wish = supply.slots.wish_of(supply.take_number(), *client, *practitioner);
                self.teller.book(&wish).await
            }
            Errand::Refund(sessions) => {
                let paid = sessions.lock().expect("nobody panics here").pop();
                match paid {
                    Some(paid) => self.teller.refund(&paid).await,
                    None => {
                        tokio::time::sleep(Duration::from_millis(50)).await;
                        Ok(Outcome::Fault("no session left to refund".to_owned()))
                    }
                }
            }
            Errand::Quote(random) => {
                let practitioner = random.random_range(0..self.practitioners);
                self.teller.quote(practitioner).await
            }
        }
    }
}
