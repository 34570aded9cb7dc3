//! PostgreSQL with its own assertions on, which nobody distributes: built from the source that Debian has.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::available_parallelism;

use anyhow::{Context, Result, ensure};

use super::{source_package, system_packages};
use crate::postgres::{Edition, Installation, Version};
use crate::process;
use crate::progress::Progress;
use crate::run_directory::create_empty;
use crate::workspace::Workspace;

const OPTIONS: [&str; 7] = [
    "--enable-cassert",
    "--enable-debug",
    // Built in a fraction of the time that the usual -O2 takes, and fast enough for tests.
    "CFLAGS=-O1",
    "--without-readline",
    "--without-icu",
    // As with Debian's: the system's time zones, and its libpq, wherever programs are copied to.
    "--with-system-tzdata=/usr/share/zoneinfo",
    "--disable-rpath",
];
/// Those of Postgres's extra modules that the extension or a suite asks for.
const MODULES: [&str; 2] = ["contrib/btree_gist", "contrib/pg_stat_statements"];
const SHOWN_LINES: usize = 40;

/// Builds it below `target`, once.
pub fn ensure(workspace: &Workspace, edition: Edition, progress: &Progress) -> Result<Installation> {
    let version = edition.version;
    let tree = workspace.path(&format!("target/xtask/postgresql/{version}-assertions"));
    let finished = tree.join("finished");
    if !finished.exists() {
        create_empty(&tree)?;
        system_packages::ensure_build_tools(progress)?;
        let scratch = tree.join("source");
        progress.step(&format!("fetching the source of PostgreSQL {version} …"));
        let source = fetch(version, &scratch)?;
        progress.step(&format!("building {edition} (six to nine minutes, once) …"));
        build(&source, &tree, &scratch.join("build.log"))?;
        fs::remove_dir_all(&scratch).context("cannot tidy up")?;
        File::create(&finished).with_context(|| format!("cannot write {}", finished.display()))?;
    }
    Installation::describe(edition, tree.join("bin/pg_config"))
}

fn fetch(version: Version, scratch: &Path) -> Result<PathBuf> {
    let source = scratch.join("unpacked");
    fs::create_dir_all(&source)?;
    let archive = source_package::download(&format!("postgresql-{version}"), scratch)?;
    process::unpack(&archive, &source)?;
    Ok(source)
}

fn build(source: &Path, tree: &Path, log: &Path) -> Result<()> {
    let step = |command: &mut Command| -> Result<()> {
        let passed = process::run_logged(command, log)?.success();
        ensure!(passed, "it cannot be built:\n{}", process::tail(log, SHOWN_LINES));
        Ok(())
    };
    let mut configure = process::command(source.join("configure"));
    configure
        .current_dir(source)
        .arg("--prefix")
        .arg(tree)
        .args(OPTIONS);
    step(&mut configure)?;
    step(&mut make(source, "all"))?;
    step(&mut make(source, "install"))?;
    for module in MODULES {
        step(&mut make(&source.join(module), "install"))?;
    }
    Ok(())
}

fn make(directory: &Path, target: &str) -> Command {
    let processors = available_parallelism().map_or(1, usize::from);
    let mut make = process::command("make");
    make.current_dir(directory)
        .arg("--jobs")
        .arg(processors.to_string())
        .arg(target);
    make
}
