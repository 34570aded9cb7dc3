//! Ctrl-C and SIGTERM: whatever the runner has started ends, and whatever it has made for this run is removed.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;
use rustix::process::{Signal, getpid, set_child_subreaper};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::processes;

/// Afterwards a program that has not ended is killed. Postgres takes longest: it throws its clients out first.
const PATIENCE: Duration = Duration::from_secs(10);
const POLL_INTERVAL: Duration = Duration::from_millis(50);
/// How often nothing may be found running, one look after the other, before that is believed.
const EMPTY_LOOKS: u32 = 3;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);
static FOLDERS: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// From now on an interruption leaves nothing behind.
pub fn watch() -> Result<()> {
    let mut signals = Signals::new([SIGHUP, SIGINT, SIGTERM])?;
    thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            leave(signal);
        }
    });
    Ok(())
}

/// Has this folder removed if the run is interrupted.
pub fn remove_folder(path: &Path) {
    folders().push(path.to_path_buf());
}

/// Has this folder stay.
pub fn leave_folder(path: &Path) {
    folders().retain(|folder| folder != path);
}

/// Begins nothing more once the run is interrupted: the caller, whose programs are being ended, waits for its own end.
pub fn begin_nothing_more() {
    while INTERRUPTED.load(Ordering::SeqCst) {
        thread::park();
    }
}

fn folders() -> MutexGuard<'static, Vec<PathBuf>> {
    FOLDERS.lock().unwrap_or_else(PoisonError::into_inner)
}

fn leave(signal: i32) -> ! {
    INTERRUPTED.store(true, Ordering::SeqCst);
    // From here on what a program leaves behind when it dies becomes a child of this process, and is found. Not before:
    // nobody would ask for the outcome of such a child, and whoever waits for its end would wait for ever.
    let _ = set_child_subreaper(Some(getpid()));
    end_programs();
    for folder in folders().iter() {
        remove(folder);
    }
    std::process::exit(128 + signal);
}

/// The caller may be about to remove it, too, and then each finds files gone under its hands.
fn remove(folder: &Path) {
    let began = Instant::now();
    while folder.exists() {
        match fs::remove_dir_all(folder) {
            Err(error) if began.elapsed() > PATIENCE => {
                eprintln!("{} is left behind: {error}", folder.display());
                return;
            }
            _ => thread::sleep(POLL_INTERVAL),
        }
    }
}

fn end_programs() {
    let began = Instant::now();
    let mut asked = Vec::new();
    let mut empty_looks = 0;
    while empty_looks < EMPTY_LOOKS {
        let running = processes::descendants_of(std::process::id());
        empty_looks = if running.is_empty() { empty_looks + 1 } else { 0 };
        for process in running {
            if began.elapsed() > PATIENCE {
                processes::signal(process, Signal::KILL);
            } else if !asked.contains(&process) {
                processes::signal(process, Signal::INT);
                asked.push(process);
            }
        }
        thread::sleep(POLL_INTERVAL);
    }
}
