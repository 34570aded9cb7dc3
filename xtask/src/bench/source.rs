//! Which commit is measured, to be recorded with the results.

use std::process::Command;

use crate::process;
use crate::workspace::Workspace;

/// A run writes to these itself, so they say nothing about what was measured.
const WRITTEN: [&str; 3] = [":!bench/results", ":!docs", ":!bench/what_was_tried.md"];

pub struct Source {
    commit: String,
    has_changes: bool,
}

impl Source {
    /// Taken before anything is built: what is changed during a run was not measured.
    pub fn look(workspace: &Workspace) -> Self {
        let git = |arguments: &[&str]| {
            let mut git = process::command("git");
            git.current_dir(workspace.root()).args(arguments);
            process::capture(&mut git).map(|text| text.trim().to_owned())
        };
        let status = [
            &["status", "--porcelain", "--untracked-files=no", "--", "."],
            &WRITTEN[..],
        ]
        .concat();
        Self {
            commit: git(&["rev-parse", "HEAD"]).unwrap_or_else(|_| "unknown".to_owned()),
            has_changes: git(&status).is_ok_and(|changes| !changes.is_empty()),
        }
    }

    /// As arguments of the program that measures.
    pub fn tell(&self, command: &mut Command) {
        command.args(["--commit", &self.commit]);
        if self.has_changes {
            command.arg("--has-changes");
        }
    }
}
