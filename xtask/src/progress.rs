//! One line per step, with the seconds since the start, so that nobody wonders whether it hangs.

use std::time::Instant;

#[derive(Clone, Copy)]
pub struct Progress {
    started: Instant,
}

impl Progress {
    pub fn start() -> Self {
        Self {
            started: Instant::now(),
        }
    }

    pub fn step(&self, what: &str) {
        println!("[{:>4} s] {what}", self.started.elapsed().as_secs());
    }
}
