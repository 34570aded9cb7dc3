//! What cargo prints while it builds. On a terminal it shows that something is happening; elsewhere it is some 800 lines
//! in the way of everything else.

use std::io::{IsTerminal, stderr};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Result;

use crate::process;

static IS_ASKED_FOR: AtomicBool = AtomicBool::new(false);

/// Has it shown wherever it goes.
pub fn show() {
    IS_ASKED_FOR.store(true, Ordering::Relaxed);
}

/// Whether it is.
pub fn is_shown() -> bool {
    IS_ASKED_FOR.load(Ordering::Relaxed) || stderr().is_terminal()
}

/// Runs a build. If it fails, what it printed is shown in any case.
pub fn run(command: &mut Command) -> Result<()> {
    if is_shown() {
        process::run(command)
    } else {
        process::capture(command).map(|_| ())
    }
}
