//! The parts of a run, in lanes beside each other: a test alternates between one client and one server, so that by itself
//! it leaves a second core idle. What the first lane prints is shown as it comes; of another one each part when it is
//! done, as a whole.

use std::fs::File;
use std::io::{self, Read, Write};
use std::process::Child;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::Result;

use super::part::{Part, Report};
use crate::interruption;
use crate::progress::Progress;

const POLL_INTERVAL: Duration = Duration::from_millis(100);

struct Lanes {
    progress: Progress,
    /// What is still to be begun, the next one last, each with its place in the run.
    waiting: Mutex<Vec<(usize, Part)>>,
    done: Mutex<Vec<(usize, Part, Report)>>,
    /// Nobody else's lines come between those of whoever has it.
    screen: Mutex<io::Stdout>,
}

/// Goes through all parts, in no more lanes than there are cores; returns them in their order.
pub fn run(parts: Vec<Part>, most_lanes: usize, progress: Progress) -> Vec<(Part, Report)> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let lanes = Lanes {
        progress,
        waiting: Mutex::new(parts.into_iter().enumerate().rev().collect()),
        done: Mutex::default(),
        screen: Mutex::new(io::stdout()),
    };
    let first = lanes.next();
    thread::scope(|scope| {
        for _ in 1..cores.min(most_lanes) {
            scope.spawn(|| lanes.go_on(lanes.next(), |part| lanes.perform(part)));
        }
        lanes.go_on(first, |part| lanes.perform_visibly(part));
    });
    let mut done = lanes.done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(place, ..)| *place);
    done.into_iter().map(|(_, part, report)| (part, report)).collect()
}

impl Lanes {
    fn next(&self) -> Option<(usize, Part)> {
        of(&self.waiting).pop()
    }

    /// One lane, for as long as there is something to begin.
    fn go_on(&self, mut next: Option<(usize, Part)>, perform: impl Fn(&Part) -> Result<()>) {
        while let Some((place, part)) = next {
            if let Err(error) = perform(&part) {
                eprintln!("{}: {error:#}", part.title());
            }
            // A part that was interrupted has nothing to report.
            interruption::begin_nothing_more();
            let report = part.report();
            of(&self.done).push((place, part, report));
            next = self.next();
        }
    }

    /// Shows what it prints when it is done, with the outcome, since lines of another part stand around it.
    fn perform(&self, part: &Part) -> Result<()> {
        let mut printed = self.first_line(part);
        part.start(&self.progress)?.wait()?;
        File::open(&part.log)?.read_to_end(&mut printed)?;
        writeln!(
            printed,
            "{}: {}\n",
            part.title(),
            part.report().outcome.in_words()
        )?;
        self.show(&printed)
    }

    fn perform_visibly(&self, part: &Part) -> Result<()> {
        self.show(&self.first_line(part))?;
        let child = part.start(&self.progress)?;
        self.follow(child, &mut File::open(&part.log)?)
    }

    fn first_line(&self, part: &Part) -> Vec<u8> {
        let line = self.progress.line(&format!("{} …", part.title()));
        format!("{line}\n").into_bytes()
    }

    /// Shows what is printed, by whole lines, until there comes no more.
    fn follow(&self, mut child: Child, log: &mut File) -> Result<()> {
        let mut printed = Vec::new();
        loop {
            let has_ended = child.try_wait()?.is_some();
            log.read_to_end(&mut printed)?;
            let last_end = printed.iter().rposition(|byte| *byte == b'\n');
            let whole = last_end.map_or(0, |end| end + 1);
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

fn of<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
