//! A part of a run: the suites on one Postgres, in a process of its own, whose output is a file. At its end it leaves a
//! report beside that.

use std::fmt::Write;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use anyhow::{Context as _, Result, bail};
use clap::Args;

use super::context::Context;
use super::verdict::{self, Failure};
use super::{Options, Outcome, Scope, run_on};
use crate::build_output;
use crate::progress::Progress;
use crate::provision;
use crate::server_user::{Lifetime, ServerUser};
use crate::workspace::Workspace;

/// What such a process is to do.
#[derive(Args)]
pub struct Assignment {
    #[command(flatten)]
    options: Options,
    /// When the run began, in milliseconds since 1970
    #[arg(long)]
    began: u64,
    /// Where the report goes
    #[arg(long)]
    report: PathBuf,
}

/// What a part has to say in the end.
#[derive(Default)]
pub struct Report {
    pub outcome: Outcome,
    pub notes: Vec<String>,
    pub failures: Vec<Failure>,
}

/// A part as whoever has started it sees it.
pub struct Part {
    pub options: Options,
    pub log: PathBuf,
    report: PathBuf,
}

/// Does what such a process is started for; true when it leaves a report.
pub fn perform(workspace: &Workspace, assignment: Assignment) -> Result<bool> {
    let Assignment {
        options,
        began,
        report: path,
    } = assignment;
    let edition = options.edition;
    let progress = Progress::since(began);
    let mut report = Report::default();
    let prepared = provision::tools(workspace, edition, &progress)
        .and_then(|tools| Context::prepare(workspace, options, tools, progress));
    match prepared {
        Ok(mut context) => report.outcome = run_on(&mut context, &mut report.notes),
        Err(error) => {
            report.outcome.count(false);
            report
                .notes
                .push(format!("{edition} could not be tested: {error:#}"));
        }
    }
    report.failures = verdict::failures();
    report.write(&path)?;
    Ok(true)
}

impl Part {
    /// Its output and its report will be in `folder`.
    pub fn new(options: Options, folder: &Path) -> Self {
        let name = format!("{}-{}", options.edition.file_name(), options.scope.in_words());
        Self {
            options,
            log: folder.join(format!("{name}.log")),
            report: folder.join(format!("{name}.report")),
        }
    }

    /// Starts the process.
    pub fn start(&self, progress: &Progress) -> Result<Child> {
        let log = File::create(&self.log)?;
        let program = std::env::current_exe().context("where is this program?")?;
        let mut command = ServerUser::Current.command(program, Lifetime::Run);
        command.arg("test-part").args(self.options.in_words());
        command.args(["--began", &progress.began().to_string()]);
        command.arg("--report").arg(&self.report);
        if build_output::is_shown() {
            command.arg("--verbose");
        }
        command
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("cannot start a part of the run")
    }

    /// What it is called.
    pub fn title(&self) -> String {
        let Options { edition, scope, .. } = self.options;
        match scope {
            Scope::Rest => format!("{edition}, the rest"),
            Scope::Loads => format!("{edition}, loads"),
            _ => edition.to_string(),
        }
    }

    /// What it has left; a part that has left nothing has failed.
    pub fn report(&self) -> Report {
        Report::read(&self.report).unwrap_or_else(|error| Report {
            outcome: Outcome { passed: 0, failed: 1 },
            notes: vec![format!(
                "{} was not tested to the end: {error:#}",
                self.options.edition
            )],
            failures: vec![Failure {
                suite: "all".to_owned(),
                test: "the run itself".to_owned(),
                printed: 0..fs::metadata(&self.log).map_or(0, |log| log.len()),
            }],
        })
    }
}

/// As lines of words.
impl Report {
    fn write(&self, path: &Path) -> Result<()> {
        let mut text = String::new();
        for failure in &self.failures {
            let Failure { suite, test, printed } = failure;
            writeln!(text, "failure {} {} {suite}\t{test}", printed.start, printed.end)?;
        }
        for note in &self.notes {
            writeln!(text, "note {}", note.replace('\n', "\\n"))?;
        }
        // Last, so that a report without it is no whole one.
        writeln!(text, "outcome {} {}", self.outcome.passed, self.outcome.failed)?;
        fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
    }

    fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path).context("it left no report")?;
        let mut report = Self::default();
        for line in text.lines() {
            let (kind, rest) = line.split_once(' ').context("an empty line")?;
            match kind {
                "failure" => report.failures.push(failure(rest)?),
                "note" => report.notes.push(rest.replace("\\n", "\n")),
                "outcome" => {
                    let (passed, failed) = rest.split_once(' ').context("half an outcome")?;
                    report.outcome = Outcome {
                        passed: passed.parse()?,
                        failed: failed.parse()?,
                    };
                    return Ok(report);
                }
                _ => bail!("its report has a line too many: {line}"),
            }
        }
        bail!("its report has no outcome")
    }
}

fn failure(line: &str) -> Result<Failure> {
    let mut words = line.splitn(3, ' ');
    let mut word = || words.next().context("half a failure");
    let (start, end) = (word()?.parse()?, word()?.parse()?);
    let (suite, test) = word()?.split_once('\t').context("a failure without a test")?;
    Ok(Failure {
        suite: suite.to_owned(),
        test: test.to_owned(),
        printed: start..end,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_part_reports_is_read_as_it_was_written() {
        let path = std::env::temp_dir().join(format!("peer_exchange-{}.report", std::process::id()));
        let report = Report {
            outcome: Outcome { passed: 7, failed: 1 },
            notes: vec!["two\nlines".to_owned()],
            failures: vec![Failure {
                suite: "regress-moment, regress-empty".to_owned(),
                test: "the suite itself".to_owned(),
                printed: 12..40,
            }],
        };
        report.write(&path).unwrap();
        let read = Report::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        assert_eq!(read.outcome.in_words(), "7 passed, 1 failed");
        assert_eq!(read.notes, report.notes);
        assert_eq!(read.failures[0].suite, report.failures[0].suite);
        assert_eq!(read.failures[0].test, report.failures[0].test);
        assert_eq!(read.failures[0].printed, report.failures[0].printed);
        assert!(Report::read(&path).is_err(), "a part without a report has failed");
    }
}
