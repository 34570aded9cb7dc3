//! What a connection to the database does again and again.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::Result;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::client::{BookingClient, Outcome, Paid};
use crate::supply::Supply;

/// Sessions that can be refunded, taken from the end.
pub type PaidSessions = Arc<Mutex<Vec<Paid>>>;

pub enum Task {
    /// Free slots of anybody.
    Book(Supply),
    /// Free slots of this practitioner, for this client.
    BookOne {
        supply: Supply,
        client: usize,
        practitioner: usize,
    },
    Refund(PaidSessions),
    Quote {
        random: Box<StdRng>,
        practitioners: usize,
    },
}

impl Task {
    pub fn quote(practitioners: usize, seed: u64) -> Self {
        Task::Quote {
            random: Box::new(StdRng::seed_from_u64(seed)),
            practitioners,
        }
    }

    /// Once.
    pub async fn perform(&mut self, client: &BookingClient) -> Result<Outcome> {
        match self {
            Task::Book(supply) => client.book(&supply.take()).await,
            Task::BookOne {
                supply,
                client: person,
                practitioner,
            } => client.book(&supply.take_of(*person, *practitioner)).await,
            Task::Refund(sessions) => refund(client, sessions).await,
            Task::Quote {
                random,
                practitioners,
            } => client.quote(random.random_range(0..*practitioners)).await,
        }
    }
}

async fn refund(client: &BookingClient, sessions: &PaidSessions) -> Result<Outcome> {
    let paid = sessions.lock().expect("nobody panics here").pop();
    match paid {
        Some(paid) => client.refund(&paid).await,
        None => {
            tokio::time::sleep(Duration::from_millis(50)).await;
            Ok(Outcome::Fault("no session left to refund".to_owned()))
        }
    }
}
