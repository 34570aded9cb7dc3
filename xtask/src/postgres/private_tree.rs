//! A copy of the installed Postgres with our extension in it, so that nothing has to be written
//! into the system's folders. Postgres finds its other files relative to its own program, so a
//! copy with the same relative paths works from anywhere.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::build_output;
use crate::postgres::Installation;
use crate::process;
use crate::provision::Tools;
use crate::workspace::Workspace;

/// The extension's version; every package of the workspace has it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

#[derive(Clone)]
pub struct PrivateTree {
    /// The folder of `postgres`, `initdb`, `psql` and the others.
    pub programs: PathBuf,
    /// The folder of the extension's library.
    pub libraries: PathBuf,
    /// The folder of its control file and its scripts.
    pub extension_files: PathBuf,
}

impl PrivateTree {
    /// Copies Postgres below `root`, then builds the extension into the copy.
    pub fn build(workspace: &Workspace, tools: &Tools, root: &Path, release: bool) -> Result<Self> {
        let tree = Self::copy(&tools.installation, root)?;
        package_extension(workspace, tools, root, release)?;
        make_readable(root)?;
        Ok(tree)
    }

    /// Copies Postgres below `root`, without the extension.
    pub fn copy(installation: &Installation, root: &Path) -> Result<Self> {
        copy_installation(installation, root)?;
        make_readable(root)?;
        Ok(Self {
            programs: below(root, &installation.programs)?,
            libraries: below(root, &installation.libraries)?,
            extension_files: below(root, &installation.shared_files)?.join("extension"),
        })
    }

    /// Takes the extension from another build of the same major version.
    pub fn take_extension_of(&self, other: &Self) -> Result<()> {
        for (from, to) in [
            (&other.libraries, &self.libraries),
            (&other.extension_files, &self.extension_files),
        ] {
            let mut find = process::command("find");
            find.arg(from)
                .args(["-name", "peer_exchange*", "-exec", "cp", "-a", "-t"]);
            process::run(find.arg(to).args(["{}", "+"]))?;
        }
        Ok(())
    }

    /// The script that CREATE EXTENSION runs.
    pub fn install_script(&self) -> PathBuf {
        self.extension_files.join(format!("peer_exchange--{VERSION}.sql"))
    }

    /// The script that ALTER EXTENSION runs where this version was installed.
    pub fn upgrade_script(&self, from: &str) -> PathBuf {
        self.extension_files
            .join(format!("peer_exchange--{from}--{VERSION}.sql"))
    }

    pub fn program(&self, name: &str) -> PathBuf {
        self.programs.join(name)
    }

    /// What the server and the drivers of tests need in their environment to find this Postgres's own
    /// libpq. Without it they look where they were built to be installed, and then find the system's,
    /// which may be older.
    pub fn library_path(&self) -> [(&'static str, &Path); 1] {
        [("LD_LIBRARY_PATH", &self.libraries)]
    }

    /// A PATH on which this Postgres's psql, pg_dump and others come first.
    pub fn search_path(&self) -> OsString {
        let mut path = self.programs.clone().into_os_string();
        path.push(":");
        path.push(env::var_os("PATH").unwrap_or_default());
        path
    }
}

/// Whatever the caller's umask, the server's user has to read all of it.
fn make_readable(root: &Path) -> Result<()> {
    process::run(process::command("chmod").args(["-R", "a+rX"]).arg(root))
}

fn copy_installation(installation: &Installation, root: &Path) -> Result<()> {
    for source in [
        &installation.programs,
        &installation.libraries,
        &installation.shared_files,
    ] {
        let copy = below(root, source)?;
        fs::create_dir_all(&copy)?;
        process::run(process::command("cp").arg("-a").arg(source.join(".")).arg(copy))?;
    }
    Ok(())
}

/// What cargo-pgrx says about packaging is shown only if it fails. One run at a time: the files to package lie
/// where the next build, perhaps for another Postgres, puts its own.
pub fn package_extension(workspace: &Workspace, tools: &Tools, root: &Path, release: bool) -> Result<()> {
    let _lock = workspace.lock("build")?;
    let mut build = tools.cargo(workspace, "build");
    build.args(["--package", "peer_exchange", "--lib"]);
    if release {
        build.arg("--release");
    }
    build_output::run(&mut build)?;

    let mut package = tools.cargo_pgrx.command("package");
    package.current_dir(workspace.root());
    package
        .arg("--pg-config")
        .arg(&tools.installation.pg_config)
        .arg("--out-dir")
        .arg(root);
    if !release {
        package.arg("--debug");
    }
    // By itself it would link with flags of its own, and with other flags cargo shares nothing:
    // every library would be compiled twice, once for the extension and once for its unit tests.
    package.env("CARGO_PGRX_DISABLE_GC_SECTIONS_WORKAROUND", "1");
    process::capture(&mut package).map(|_| ())
}

/// The place of an absolute path below another root.
pub fn below(root: &Path, path: &Path) -> Result<PathBuf> {
    let relative = path
        .strip_prefix("/")
        .with_context(|| format!("{} is not absolute", path.display()))?;
    Ok(root.join(relative))
}
