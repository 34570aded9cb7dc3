//! How each test went: the line that says so, and where in the output stands what was printed of those that failed.

use std::fs;
use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::Result;

use super::Outcome;
use crate::process;

const SHOWN_LINES: usize = 200;

/// A test that failed.
pub struct Failure {
    pub suite: String,
    pub test: String,
    /// What was printed of it, as bytes of this program's output.
    pub printed: Range<u64>,
}

static RECORD: Mutex<Record> = Mutex::new(Record {
    suites: Vec::new(),
    printed: 0,
    failures: Vec::new(),
});

struct Record {
    /// The suites that are being run, each by the one before it.
    suites: Vec<&'static str>,
    /// How much was printed when the last verdict was given.
    printed: u64,
    failures: Vec<Failure>,
}

/// The line that says how a test went, below what it printed.
pub fn report(test: &str, passed: bool) {
    let mut record = record();
    let printed = record.printed..printed();
    println!("  {} {test}", if passed { "ok  " } else { "FAIL" });
    if passed {
        record.printed = self::printed();
    } else {
        record.note(test, printed);
    }
}

/// Runs a test that is a program: its exit status is the verdict, and what it prints is shown if it fails.
pub fn of_program(test: &str, program: &mut Command, log: &Path) -> Result<bool> {
    let passed = process::run_logged(program, log)?.success();
    if !passed {
        println!("{}", process::tail(log, SHOWN_LINES));
    }
    report(test, passed);
    Ok(passed)
}

/// Runs a suite of so many tests; one that can't be run has failed. None fails without anything to name.
pub fn of_suite(name: &'static str, tests: usize, run: impl FnOnce() -> Result<Outcome>) -> Outcome {
    let known = {
        let mut record = record();
        record.suites.push(name);
        record.printed = printed();
        record.failures.len()
    };
    let outcome = run();
    if let Err(error) = &outcome {
        eprintln!("{name}: {error:#}");
    }
    let mut record = record();
    let printed = record.printed..printed();
    match &outcome {
        Err(_) => record.note("the suite itself", printed),
        Ok(Outcome { failed: 1.., .. }) if record.failures.len() == known => {
            record.note("its tests", printed);
        }
        Ok(_) => {}
    }
    record.suites.pop();
    outcome.unwrap_or(Outcome {
        passed: 0,
        failed: tests,
    })
}

/// Those that have failed so far.
pub fn failures() -> Vec<Failure> {
    std::mem::take(&mut record().failures)
}

impl Record {
    fn note(&mut self, test: &str, printed: Range<u64>) {
        self.failures.push(Failure {
            suite: self.suites.join(", "),
            test: test.to_owned(),
            printed,
        });
        self.printed = self::printed();
    }
}

fn record() -> MutexGuard<'static, Record> {
    RECORD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How much this program has printed, if that goes to a file.
fn printed() -> u64 {
    let _ = io::stdout().flush();
    fs::metadata("/proc/self/fd/1").map_or(0, |file| file.len())
}
