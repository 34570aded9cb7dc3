//! How far the run has got, how fast it goes, and what came of the operations.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::answer::Answer;
use crate::operation::Operation;

const REPORT_EVERY: Duration = Duration::from_secs(5);

pub struct RunStatus {
    started: Instant,
    total: u64,
    /// How many operations are done at each milestone.
    milestones: Vec<u64>,
    done: AtomicU64,
    repeated: AtomicU64,
    is_stopped: AtomicBool,
    is_over: AtomicBool,
    refusals: Mutex<BTreeMap<String, u64>>,
    /// By SQLSTATE and message.
    faults: Mutex<BTreeMap<String, u64>>,
    tally: Mutex<BTreeMap<&'static str, BTreeMap<String, u64>>>,
}

impl RunStatus {
    pub fn start(total: u64, milestones: Vec<u64>) -> Self {
        Self {
            started: Instant::now(),
            total,
            milestones,
            done: AtomicU64::new(0),
            repeated: AtomicU64::new(0),
            is_stopped: AtomicBool::new(false),
            is_over: AtomicBool::new(false),
            refusals: Mutex::default(),
            faults: Mutex::default(),
            tally: Mutex::default(),
        }
    }

    pub fn count(&self, operation: &Operation, answer: &Answer, attempts: u32) {
        let done = self.done.fetch_add(1, Ordering::Relaxed);
        for _ in self.milestones.iter().filter(|milestone| **milestone == done) {
            println!("MILESTONE");
        }
        self.repeated
            .fetch_add(u64::from(attempts - 1), Ordering::Relaxed);
        if let Answer::Fault { sqlstate, message } = answer {
            let mut faults = self.faults.lock().expect("nobody panics while counting");
            *faults
                .entry(format!("{sqlstate} {}", words(message)))
                .or_default() += 1;
        }
        if let Answer::Refused(refused) = answer {
            let mut refusals = self.refusals.lock().expect("nobody panics while counting");
            *refusals.entry(refused.code.clone()).or_default() += 1;
        }
        let mut tally = self.tally.lock().expect("nobody panics while counting");
        let outcomes = tally.entry(operation.name()).or_default();
        match outcomes.get_mut(answer.name()) {
            Some(count) => *count += 1,
            None => drop(outcomes.insert(answer.name().to_owned(), 1)),
        }
    }

    pub fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }

    pub fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed)
    }

    /// No client has anything left to do.
    pub fn end(&self) {
        self.is_over.store(true, Ordering::Relaxed);
    }

    pub fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
    }

    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// A line every few seconds, until the task is dropped.
    pub async fn report(&self) {
        let mut before = 0;
        loop {
            tokio::time::sleep(REPORT_EVERY).await;
            let done = self.done.load(Ordering::Relaxed);
            println!(
                "[{:>4} s] {done} of {} operations, {} a second now, {} sent again; {}",
                self.started.elapsed().as_secs(),
                self.total,
                (done - before) / REPORT_EVERY.as_secs(),
                self.repeated.load(Ordering::Relaxed),
                self.in_short(),
            );
            before = done;
        }
    }

    /// What came of how many operations.
    pub fn summary(&self) -> String {
        let done = self.done.load(Ordering::Relaxed);
        let seconds = self.started.elapsed().as_secs_f64();
        let mut lines = vec![format!(
            "{done} operations in {seconds:.1} s, {:.0} a second; {} sent again after a lost answer",
            done as f64 / seconds,
            self.repeated.load(Ordering::Relaxed),
        )];
        for (operation, outcomes) in self.tally.lock().expect("nobody panics while counting").iter() {
            let outcomes: Vec<_> = outcomes
                .iter()
                .map(|(name, count)| format!("{count} {name}"))
                .collect();
            lines.push(format!("  {operation:<17}{}", outcomes.join(", ")));
        }
        lines.join("\n")
    }

    /// Refusals by code; faults by SQLSTATE and message, the most frequent ones first.
    pub fn refusals_and_faults(&self) -> String {
        let refusals = self.refusals.lock().expect("nobody panics while counting");
        let refusals: Vec<_> = refusals
            .iter()
            .map(|(code, count)| format!("{count} {code}"))
            .collect();
        let faults = self.faults.lock().expect("nobody panics while counting");
        let mut faults: Vec<_> = faults.iter().collect();
        faults.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let lines: Vec<_> = faults
            .iter()
            .map(|(what, count)| format!("  {count} × {what}"))
            .collect();
        format!("refusals: {}\nfaults:\n{}", refusals.join(", "), lines.join("\n"))
    }

    fn in_short(&self) -> String {
        let tally = self.tally.lock().expect("nobody panics while counting");
        let mut outcomes: BTreeMap<&str, u64> = BTreeMap::new();
        for (name, count) in tally.values().flatten() {
            *outcomes.entry(name).or_default() += count;
        }
        let mut outcomes: Vec<_> = outcomes.into_iter().collect();
        outcomes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let shown: Vec<_> = outcomes
            .iter()
            .take(5)
            .map(|(name, count)| format!("{count} {name}"))
            .collect();
        shown.join(", ")
    }
}

/// A message without the parts that differ each time.
fn words(message: &str) -> String {
    let is_word = |word: &&str| !word.contains(|letter: char| letter.is_ascii_digit());
    message.split(' ').filter(is_word).collect::<Vec<_>>().join(" ")
}
