//! One line per step, with the seconds since the start, so that nobody wonders whether it hangs.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

#[derive(Clone, Copy)]
pub struct Progress {
    began: SystemTime,
}

impl Progress {
    pub fn start() -> Self {
        Self {
            began: SystemTime::now(),
        }
    }

    /// That of another process, which began at this time, in milliseconds since 1970.
    pub fn since(began: u64) -> Self {
        Self {
            began: UNIX_EPOCH + Duration::from_millis(began),
        }
    }

    pub fn began(&self) -> u64 {
        let began = self.began.duration_since(UNIX_EPOCH).unwrap_or_default();
        u64::try_from(began.as_millis()).unwrap_or(u64::MAX)
    }

    pub fn step(&self, what: &str) {
        println!("{}", self.line(what));
    }

    /// The line of a step.
    pub fn line(&self, what: &str) -> String {
        let passed = self.began.elapsed().unwrap_or_default();
        format!("[{:>4} s] {what}", passed.as_secs())
    }
}
