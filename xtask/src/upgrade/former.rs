//! A version that was released: its install script, which is kept, and its library, built from its commit.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, ensure};

use crate::postgres::PrivateTree;
use crate::process;
use crate::provision::Tools;
use crate::run_directory::create_empty;
use crate::workspace::Workspace;

/// The one that this version follows.
pub const FORMER: Former = Former {
    version: "0.1.0",
    commit: "26159adc9a8614d7f5ab161dc820b3f46035e4c1",
    library: "peer_exchange",
};

pub struct Former {
    pub version: &'static str,
    commit: &'static str,
    /// The name of its library, as its functions have it.
    library: &'static str,
}

impl Former {
    /// Whether this checkout has the commit that its library is built from; one without its history has not.
    pub fn is_in_history(&self) -> bool {
        process::command("git")
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(["cat-file", "-e", &format!("{}^{{commit}}", self.commit)])
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }

    pub fn install_script(&self, workspace: &Workspace) -> PathBuf {
        workspace.path(&format!("sql/install/{}", self.script()))
    }

    /// Puts it beside this version into a private Postgres, as if it had been installed before.
    pub fn install(&self, workspace: &Workspace, library: &Path, tree: &PrivateTree) -> Result<()> {
        copy(library, &tree.libraries.join(format!("{}.so", self.library)))?;
        copy(
            &self.install_script(workspace),
            &tree.extension_files.join(self.script()),
        )?;
        let control = tree
            .extension_files
            .join(format!("peer_exchange--{}.control", self.version));
        fs::write(
            &control,
            format!("module_pathname = '$libdir/{}'\n", self.library),
        )
        .with_context(|| format!("cannot write {}", control.display()))
    }

    fn script(&self) -> String {
        format!("peer_exchange--{}.sql", self.version)
    }

    /// Its library for this Postgres, built once. In a folder of its own: both versions call the file that
    /// cargo makes the same.
    pub fn build(&self, workspace: &Workspace, tools: &Tools) -> Result<PathBuf> {
        let _lock = workspace.lock("former")?;
        let edition = tools.installation.edition;
        let folder = workspace.path(&format!("target/xtask/former/{}", self.version));
        let library = folder.join(format!("{}.so", edition.file_name()));
        if library.exists() {
            return Ok(library);
        }
        let source = folder.join("source");
        self.unpack(workspace, &source)?;
        let target = folder.join("target");
        take_dependencies(workspace, &target)?;
        let mut cargo = tools.cargo(workspace, "build");
        cargo.current_dir(&source).env("CARGO_TARGET_DIR", &target);
        cargo.args(["--locked", "--package", "peer_exchange", "--lib"]);
        process::run(&mut cargo)?;
        copy(&target.join("debug/libpeer_exchange.so"), &library)?;
        // Large, and of no more use.
        fs::remove_dir_all(&target).context("cannot tidy up")?;
        Ok(library)
    }

    fn unpack(&self, workspace: &Workspace, source: &Path) -> Result<()> {
        create_empty(source)?;
        let archive = source.with_extension("tar");
        let mut git = process::command("git");
        git.current_dir(workspace.root())
            .args(["archive", "--prefix=source/", "--output"]);
        git.arg(&archive).arg(self.commit);
        process::capture(&mut git).with_context(|| {
            format!(
                "the commit of {} is not in this clone; `git fetch --unshallow` brings it",
                self.version
            )
        })?;
        process::unpack(&archive, source)
    }
}

/// What this version is built with is what the former one was, in these very versions, and need not be built again. A
/// copy, since what is built in one folder would take the place of what bears the same name there.
fn take_dependencies(workspace: &Workspace, target: &Path) -> Result<()> {
    const FOLDERS: [&str; 3] = [".fingerprint", "build", "deps"];
    let _lock = workspace.lock("build")?;
    let built = workspace.path("target/debug");
    let copy = target.join("debug");
    create_empty(&copy)?;
    for folder in FOLDERS.map(|folder| built.join(folder)) {
        if folder.exists() {
            process::run(process::command("cp").arg("-a").arg(folder).arg(&copy))?;
        }
    }
    let mut find = process::command("find");
    find.arg(&copy).args([
        "-name",
        "*peer_exchange*",
        "-prune",
        "-exec",
        "rm",
        "-r",
        "{}",
        "+",
    ]);
    process::run(&mut find)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    let bytes =
        fs::copy(from, to).with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
    ensure!(bytes > 0, "{} is empty", from.display());
    process::run(process::command("chmod").arg("a+rX").arg(to))
}
