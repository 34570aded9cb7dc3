//! A bar that fills while the rounds are played; lines where there is no terminal.

use std::io::IsTerminal;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};

pub struct RoundProgress {
    bar: ProgressBar,
    started: Instant,
}

impl RoundProgress {
    /// `steps` is how many rounds of how many contenders are expected in all.
    pub fn start(steps: u64) -> Self {
        let bar = ProgressBar::new(steps);
        let style =
            ProgressStyle::with_template("{elapsed_precise} [{bar:40}] {percent:>3} %, {eta} to go: {msg}");
        bar.set_style(style.expect("a template that parses").progress_chars("=> "));
        Self {
            bar,
            started: Instant::now(),
        }
    }

    /// What is being measured now.
    pub fn announce(&self, what: &str) {
        self.bar.set_message(what.to_owned());
        if !std::io::stderr().is_terminal() {
            println!("[{:>4} s] {what}", self.started.elapsed().as_secs());
        }
    }

    pub fn advance(&self) {
        self.bar.inc(1);
    }

    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
