//! A model of credits that are held: requests, bookings that are settled when they have taken place, no-shows and
//! disputes. Its tests check every interleaving; the program plays walks of it against the real functions, on a database of
//! its own.

mod checker;
mod database;
mod steps;
mod transitions;
mod walk;
mod world;

use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;

use crate::checker::Exchange;
use crate::database::Played;
use crate::walk::Walk;

#[derive(Parser)]
#[command(about = "Plays walks of the model against the real functions")]
struct Arguments {
    /// libpq connection string of a superuser
    connection: String,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[arg(long, default_value_t = 300)]
    walks: u64,
    /// Of each walk
    #[arg(long, default_value_t = 20)]
    steps: u64,
}

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let played = runtime
        .context("no runtime")
        .and_then(|runtime| runtime.block_on(play(&Arguments::parse())));
    match played {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("FINDING {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn play(arguments: &Arguments) -> Result<()> {
    let exchanges = Exchange::all();
    let mut played = Played::on(&arguments.connection).await?;
    for number in 0..arguments.walks {
        let mut walk = Walk::of(&exchanges, arguments.seed, number);
        played.begin(walk.world()).await?;
        for _ in 0..arguments.steps {
            let (step, expected) = walk.next();
            let found = played.take(step, walk.world()).await;
            let found = found.and_then(|found| {
                anyhow::ensure!(
                    found == expected,
                    "it was answered {found:?} instead of {expected:?}"
                );
                Ok(())
            });
            let checked = match found {
                Ok(()) => played.compare(walk.world()).await,
                found => found,
            };
            checked.with_context(|| format!("seed {}, walk {number}: {}", arguments.seed, walk.story()))?;
        }
        played.verify().await.with_context(|| walk.story())?;
    }
    println!(
        "{} walks of {} steps: {}; after each step what everybody has and what became of each session were as in the model",
        arguments.walks,
        arguments.steps,
        played.summary()
    );
    Ok(())
}
