//! Which processes run and who started them, as Linux's `/proc` tells, and what can be told to them.

use std::collections::HashMap;
use std::fs;

use rustix::process::{Pid, Signal, kill_process};

/// The processes that this one has started.
pub fn children_of(parent: u32) -> Vec<u32> {
    let parents = parents().into_iter();
    parents
        .filter(|(_, found)| *found == parent)
        .map(|(child, _)| child)
        .collect()
}

/// The same with those that its children have started, and so on.
pub fn descendants_of(ancestor: u32) -> Vec<u32> {
    let parents = parents();
    let descends = |process: &u32| {
        let mut above = parents.get(process);
        while let Some(id) = above {
            if *id == ancestor {
                return true;
            }
            above = parents.get(id);
        }
        false
    };
    parents.keys().copied().filter(descends).collect()
}

/// Whether it has not ended yet. One that has, and that nobody has asked for its outcome, has ended.
pub fn runs(process: u32) -> bool {
    parent_of(process).is_some()
}

/// Tells a process something, if there still is one.
pub fn signal(process: u32, signal: Signal) {
    if let Some(process) = i32::try_from(process).ok().and_then(Pid::from_raw) {
        let _ = kill_process(process, signal);
    }
}

/// Every process that runs, with its parent.
fn parents() -> HashMap<u32, u32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries
        .filter_map(|entry| {
            let process = entry.file_name().to_str()?.parse().ok()?;
            Some((process, parent_of(process)?))
        })
        .collect()
}

fn parent_of(process: u32) -> Option<u32> {
    let status = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The program's name is in brackets and may contain anything.
    let mut words = status.rsplit_once(')')?.1.split_whitespace();
    let has_ended = words.next()? == "Z";
    let parent = words.next()?.parse().ok()?;
    (!has_ended).then_some(parent)
}
