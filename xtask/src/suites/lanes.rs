//! The parts of a run, in lanes beside each other: a test alternates between one client and one server, so that by itself
//! it leaves a second core idle. What the first lane prints is shown as it comes, of the others each part as a whole.

use std::fs::File;
use std::io::{self, Read, Write};
use std::process::Child;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::Result;

use super::part::{Part, Report};
use crate::interruption;
use crate::progress::Progress;

/// More would disturb each other, even where there are more cores.
const MOST_LANES: usize = 1;
const POLL_INTERVAL: Duration = Duration::from_millis(100);

pub struct Lanes {
    progress: Progress,
    /// What is still to be done, by its place in the run.
    waiting: Mutex<Vec<(usize, Part)>>,
    done: Mutex<Vec<(usize, Part, Report)>>,
    /// Whoever prints more than a line.
    screen: Mutex<io::Stdout>,
}

/// Goes through all parts; returns them in their order.
pub fn run(parts: Vec<Part>, progress: Progress) -> Vec<(Part, Report)> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let lanes = Lanes {
        progress,
        waiting: Mutex::new(parts.into_iter().enumerate().rev().collect()),
        done: Mutex::default(),
        screen: Mutex::new(io::stdout()),
    };
    thread::scope(|scope| {
        for lane in 0..cores.min(MOST_LANES) {
            let lanes = &lanes;
            scope.spawn(move || lanes.go_on(lane == 0));
        }
    });
    let mut done = lanes.done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(place, ..)| *place);
    done.into_iter().map(|(_, part, report)| (part, report)).collect()
}

impl Lanes {
    /// One lane, from its first part to its last.
    fn go_on(&self, is_first: bool) {
        while let Some((place, part)) = of(&self.waiting).pop() {
            if let Err(error) = self.perform(&part, is_first) {
                eprintln!("{}: {error:#}", part.options.edition);
            }
            // A part that was interrupted has nothing to report.
            interruption::begin_nothing_more();
            let report = part.report();
            of(&self.done).push((place, part, report));
        }
    }

    fn perform(&self, part: &Part, is_shown_as_it_comes: bool) -> Result<()> {
        let edition = part.options.edition;
        let beginning = self.progress.line(&format!("{edition} …\n"));
        let child = part.start(&self.progress)?;
        let mut log = File::open(&part.log)?;
        if is_shown_as_it_comes {
            self.show(beginning.as_bytes())?;
            return self.follow(child, &mut log);
        }
        let mut child = child;
        child.wait()?;
        let mut printed = beginning.into_bytes();
        log.read_to_end(&mut printed)?;
        self.show(&printed)
    }

    /// Shows what is printed, by whole lines, until there comes no more.
    fn follow(&self, mut child: Child, log: &mut File) -> Result<()> {
        let mut printed = Vec::new();
        loop {
            let has_ended = child.try_wait()?.is_some();
            log.read_to_end(&mut printed)?;
            let whole = printed
                .iter()
                .rposition(|byte| *byte == b'\n')
                .map_or(0, |last| last + 1);
            let shown = if has_ended { printed.len() } else { whole };
            self.show(&printed[..shown])?;
            printed.drain(..shown);
            if has_ended {
                return Ok(());
            }
            thread::sleep(POLL_INTERVAL);
        }
    }

    fn show(&self, printed: &[u8]) -> Result<()> {
        let mut screen = of(&self.screen);
        screen.write_all(printed)?;
        Ok(screen.flush()?)
    }
}

fn of<T>(shared: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
