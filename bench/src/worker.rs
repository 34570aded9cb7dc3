//! Workers: each has a connection of its own and does one thing after the other.

use std::future::Future;

use anyhow::Result;

use crate::client::{BookingClient, Outcome};
use crate::contender::Contender;
use crate::task::Task;
use crate::world::World;

pub trait Worker: Send + 'static {
    fn work(&mut self) -> impl Future<Output = Result<Outcome>> + Send;
}

/// A contender and its concurrent workers.
pub struct Participant<W> {
    pub key: String,
    pub title: String,
    pub workers: Vec<W>,
}

/// Works on the database itself, in the way of one contender.
pub struct DatabaseWorker {
    pub client: BookingClient,
    task: Task,
}

impl DatabaseWorker {
    pub async fn open(world: &World, contender: Contender, is_synchronous: bool, task: Task) -> Result<Self> {
        let client = BookingClient::open(world, contender).await?;
        client.synchronise(is_synchronous).await?;
        Ok(Self { client, task })
    }

    /// A contender with a worker for every task.
    pub async fn participant(
        world: &World,
        contender: Contender,
        is_synchronous: bool,
        tasks: impl IntoIterator<Item = Task>,
    ) -> Result<Participant<Self>> {
        let mut workers = Vec::new();
        for task in tasks {
            workers.push(Self::open(world, contender, is_synchronous, task).await?);
        }
        Ok(Participant {
            key: contender.key().to_owned(),
            title: contender.title().to_owned(),
            workers,
        })
    }
}

impl Worker for DatabaseWorker {
    async fn work(&mut self) -> Result<Outcome> {
        self.task.perform(&self.client).await
    }
}
