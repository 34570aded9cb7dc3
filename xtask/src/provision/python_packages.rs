//! The Python packages of `tests/requirements.txt`, in an environment of their own below `target`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::system_packages;
use crate::process;
use crate::progress::Progress;
use crate::workspace::Workspace;

/// Where the programs of the packages are, `python` among them.
pub struct PythonPackages {
    pub programs: PathBuf,
}

impl PythonPackages {
    /// Installs the packages unless this very list is installed already.
    pub fn ensure(workspace: &Workspace, progress: &Progress) -> Result<Self> {
        let list = workspace.path("tests/requirements.txt");
        let wanted = fs::read(&list).with_context(|| format!("cannot read {}", list.display()))?;
        let directory = workspace.path("target/xtask/python");
        let stamp = directory.join("installed-requirements.txt");
        if !fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
            progress.step("installing the Python packages (pgspot and schemathesis) …");
            Self::none(&directory, progress)?.install(&list)?;
            fs::write(&stamp, wanted).context("cannot record what was installed")?;
        }
        Ok(Self::of(&directory))
    }

    /// A new environment with nothing in it yet but Python and pip.
    pub fn none(directory: &Path, progress: &Progress) -> Result<Self> {
        system_packages::ensure_python(progress)?;
        let mut create = process::command("python3");
        create.args(["-m", "venv", "--clear"]).arg(directory);
        process::capture(&mut create)?;
        Ok(Self::of(directory))
    }

    fn of(directory: &Path) -> Self {
        Self {
            programs: directory.join("bin"),
        }
    }

    pub fn program(&self, name: &str) -> PathBuf {
        self.programs.join(name)
    }

    /// `pip …`
    pub fn pip(&self, subcommand: &str) -> Command {
        let mut pip = process::command(self.program("python"));
        pip.args(["-m", "pip", subcommand, "--quiet", "--disable-pip-version-check"]);
        pip
    }

    fn install(&self, list: &Path) -> Result<()> {
        process::capture(self.pip("install").arg("--requirement").arg(list)).map(|_| ())
    }
}
