//! A folder of its own for every run, so that concurrent runs do not collide.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::interruption;

const PREFIX: &str = "run-";

/// Removed, with everything in it, when dropped.
pub struct RunDirectory {
    path: PathBuf,
}

impl RunDirectory {
    pub fn create(parent: &Path) -> Result<Self> {
        remove_abandoned(parent);
        let path = parent.join(format!("{PREFIX}{}", std::process::id()));
        interruption::remove_folder(&path);
        create_empty(&path)?;
        Ok(Self { path })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for RunDirectory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// An empty folder at `path`, whatever was there before.
pub fn create_empty(path: &Path) -> Result<()> {
    if path.exists() {
        fs::remove_dir_all(path).with_context(|| format!("cannot remove {}", path.display()))?;
    }
    fs::create_dir_all(path).with_context(|| format!("cannot create {}", path.display()))
}

/// Removes what interrupted runs left behind: a run's folder is named after its process id.
fn remove_abandoned(parent: &Path) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let process_id = name.to_str().and_then(|name| name.strip_prefix(PREFIX));
        if process_id.is_some_and(|id| !Path::new("/proc").join(id).exists()) {
            // Its server may still be shutting down; what remains is removed next time.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}
