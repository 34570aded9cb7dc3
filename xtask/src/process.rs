//! Running other programs: what they inherit, and what is shown when they fail.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::interruption;

/// A command without the settings of the caller's shell that would change what servers and
/// clients do: `PGHOST` and its like, PostgREST's overrides, and backtraces, which pgrx would put
/// into the DETAIL of every error a client sees.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    interruption::begin_nothing_more();
    let mut command = Command::new(program);
    command.env_remove("RUST_BACKTRACE");
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("PG") && !text.starts_with("PGRX_") {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs the command with its output shown; an error if it fails.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot run {}", in_words(command)))?;
    ensure!(status.success(), "{} failed ({status})", in_words(command));
    Ok(())
}

/// Runs the command and returns what it printed; if it fails, that is part of the error.
pub fn capture(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot run {}", in_words(command)))?;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        bail!(
            "{} failed ({})\n{printed}{complaint}",
            in_words(command),
            output.status
        );
    }
    Ok(printed)
}

/// Runs the command with both its outputs, in their order, in a log file.
pub fn run_logged(command: &mut Command, log: &Path) -> Result<ExitStatus> {
    run_logged_with(command, Stdio::null(), log)
}

/// The same, of a command that reads `input`.
pub fn run_logged_with(command: &mut Command, input: impl Into<Stdio>, log: &Path) -> Result<ExitStatus> {
    let file = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
    command.stdin(input).stdout(file.try_clone()?).stderr(file);
    command
        .status()
        .with_context(|| format!("cannot run {}", in_words(command)))
}

/// Unpacks an archive into a folder, without the archive's outermost folder.
pub fn unpack(archive: &Path, folder: &Path) -> Result<()> {
    let mut tar = command("tar");
    tar.args(["--extract", "--no-same-owner", "--strip-components=1"]);
    tar.arg("--directory").arg(folder).arg("--file").arg(archive);
    capture(&mut tar).map(|_| ())
}

/// Whether the program can be started at all.
pub fn exists(program: &str) -> bool {
    let mut command = command(program);
    command
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// The last lines of a log file, or the reason why there are none.
pub fn tail(log: &Path, lines: usize) -> String {
    match fs::read(log) {
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes);
            let all: Vec<&str> = text.lines().collect();
            all[all.len().saturating_sub(lines)..].join("\n")
        }
        Err(error) => format!("({}: {error})", log.display()),
    }
}

/// The command as a person would type it.
fn in_words(command: &Command) -> String {
    let words: Vec<_> = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    format!("`{}`", words.join(" "))
}
