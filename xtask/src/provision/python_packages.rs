//! The Python packages of `tests/requirements.txt`, in an environment of their own below `target`.

use std::fs;
use std::path::{Path, PathBuf};

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
    /// Installs the packages unless those of this very list are there.
    pub fn ensure(workspace: &Workspace, progress: &Progress) -> Result<Self> {
        let list = workspace.path("tests/requirements.txt");
        let wanted = fs::read(&list).with_context(|| format!("cannot read {}", list.display()))?;
        let environment = workspace.path("target/xtask/python");
        let stamp = environment.join("installed-requirements.txt");
        let programs = environment.join("bin");
        if !fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
            system_packages::ensure_python(progress)?;
            progress.step("installing the Python packages (pgspot and schemathesis) …");
            install(&list, &environment)?;
            fs::write(&stamp, wanted).context("cannot note what was installed")?;
        }
        Ok(Self { programs })
    }

    pub fn program(&self, name: &str) -> PathBuf {
        self.programs.join(name)
    }
}

fn install(list: &Path, environment: &Path) -> Result<()> {
    let mut create = process::command("python3");
    create.args(["-m", "venv", "--clear"]).arg(environment);
    process::capture(&mut create)?;
    let mut pip = process::command(environment.join("bin/python"));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    pip.arg("--requirement").arg(list);
    process::capture(&mut pip).map(|_| ())
}
