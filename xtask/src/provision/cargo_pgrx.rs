//! cargo-pgrx, in exactly the version of the pgrx library: any other refuses to build.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::build_output;
use crate::postgres::Installation;
use crate::process;
use crate::progress::Progress;
use crate::workspace::Workspace;

pub struct CargoPgrx {
    program: PathBuf,
    environment: Vec<(&'static str, PathBuf)>,
}

impl CargoPgrx {
    /// The one on the PATH if its version fits, else one installed below `target`.
    pub fn ensure(workspace: &Workspace, installation: &Installation, progress: &Progress) -> Result<Self> {
        let version = locked_pgrx_version(&workspace.path("Cargo.lock"))?;
        let own_root = workspace.path("target/xtask/tools");
        let own_program = own_root.join("bin/cargo-pgrx");
        let candidates = [PathBuf::from("cargo-pgrx"), own_program.clone()];
        let fitting = candidates
            .into_iter()
            .find(|program| has_version(program, &version));
        let program = match fitting {
            Some(program) => program,
            None => {
                progress.step(&format!(
                    "building cargo-pgrx {version} (three to four minutes, once) …"
                ));
                install(&version, &own_root)?;
                own_program
            }
        };
        let cargo_pgrx = Self {
            program,
            environment: installation.edition.environment(workspace),
        };
        cargo_pgrx.know_postgres(&installation.edition.pgrx_home(workspace), installation)?;
        Ok(cargo_pgrx)
    }

    /// `cargo pgrx …`
    pub fn command(&self, subcommand: &str) -> Command {
        let mut command = process::command(&self.program);
        command.args(["pgrx", subcommand]).envs(self.environment.clone());
        command
    }

    /// Tells pgrx where Postgres is, unless it knows: whenever this file changes, it is built again.
    fn know_postgres(&self, home: &Path, installation: &Installation) -> Result<()> {
        let label = installation.edition.version.label();
        let pg_config = &installation.pg_config;
        let known = fs::read_to_string(home.join("config.toml")).unwrap_or_default();
        let entry = format!("{label} = \"{}\"", pg_config.display());
        if known.lines().any(|line| line.trim() == entry) {
            return Ok(());
        }
        fs::create_dir_all(home)?;
        let mut command = self.command("init");
        // Its own clusters are of no use here, and as root it could not make any.
        command.arg("--no-run").arg(format!("--{label}")).arg(pg_config);
        process::capture(&mut command).map(|_| ())
    }
}

fn has_version(program: &Path, version: &str) -> bool {
    process::capture(process::command(program).args(["pgrx", "--version"]))
        .is_ok_and(|printed| printed.split_whitespace().last() == Some(version))
}

/// Unoptimised: it compiles in half the time and has little to do.
fn install(version: &str, root: &Path) -> Result<()> {
    let mut command = process::command("cargo");
    command
        .args([
            "install",
            "cargo-pgrx",
            "--version",
            version,
            "--locked",
            "--debug",
            "--root",
        ])
        .arg(root);
    build_output::run(&mut command)
}

fn locked_pgrx_version(lock_file: &Path) -> Result<String> {
    let text =
        fs::read_to_string(lock_file).with_context(|| format!("cannot read {}", lock_file.display()))?;
    text.split_once("name = \"pgrx\"\nversion = \"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map(|(version, _)| version.to_string())
        .context("Cargo.lock names no version of pgrx")
}
