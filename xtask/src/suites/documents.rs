//! The SQL of the documentation is run, page by page, and prints what the page shows.

mod comparison;
mod page;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use crate::postgres::Cluster;
use crate::process;
use crate::suites::context::Context;
use crate::suites::{Outcome, Suite, files, report, test_runner};
use crate::workspace::Workspace;
use comparison::Known;
use page::{Block, Format, Page, Section, Shown};

/// Holds, for each name that pages give to a database, the SQL that prepares it.
const DATABASES: &str = "tests/documents";
/// The database bears the name that the pages call it by.
const DATABASE: &str = "app";

pub struct Documents;

const COMPARISON: &str = "only_ids_instants_and_days_may_differ_from_the_page";

impl Suite for Documents {
    fn name(&self) -> &'static str {
        "documents"
    }

    fn tests(&self, context: &Context) -> Result<Vec<String>> {
        let pages = documents(context.workspace)?;
        let names = pages.iter().map(|path| test_name(path));
        Ok([COMPARISON.to_owned()].into_iter().chain(names).collect())
    }

    fn run(&self, tests: &[String], context: &mut Context) -> Result<Outcome> {
        let workspace = context.workspace;
        let bless = context.options.bless;
        let scratch = context.directory().join(self.name());
        fs::create_dir_all(&scratch)?;
        let cluster = &context.stage()?.cluster;
        let mut outcome = Outcome::default();
        let mut count = |test: &str, passed: bool| {
            report(test, passed);
            outcome.count(passed);
        };
        if tests.iter().any(|test| test == COMPARISON) {
            count(COMPARISON, test_runner(workspace, "documents")?);
        }
        for path in documents(workspace)? {
            let test = test_name(&path);
            if tests.contains(&test) {
                let reader = Reader {
                    workspace,
                    cluster,
                    scratch: &scratch,
                    bless,
                    known: Known::default(),
                };
                count(&test, reader.reads(&path));
            }
        }
        Ok(outcome)
    }
}

/// The pages that have SQL in them.
fn documents(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let mut paths = vec![workspace.path("README.md"), workspace.path("CONTRIBUTING.md")];
    let docs = workspace.path("docs");
    paths.extend(
        files(&docs, ".md")?
            .iter()
            .map(|name| docs.join(format!("{name}.md"))),
    );
    let mut with_sql = Vec::new();
    for path in paths {
        if page::has_sql(&text_of(&path)?) {
            with_sql.push(path);
        }
    }
    Ok(with_sql)
}

fn test_name(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default();
    stem.to_string_lossy().to_lowercase()
}

fn text_of(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Reads one page as somebody would who tries all of it.
struct Reader<'a> {
    workspace: &'a Workspace,
    cluster: &'a Cluster,
    scratch: &'a Path,
    bless: bool,
    known: Known,
}

impl Reader<'_> {
    /// Whether the page can be read to its end and shows what its SQL prints.
    fn reads(mut self, path: &Path) -> bool {
        self.read(path).unwrap_or_else(|error| {
            println!("{}: {error:#}", path.display());
            false
        })
    }

    /// Whether the page shows what its SQL prints; afterwards it does, if that was asked for.
    fn read(&mut self, path: &Path) -> Result<bool> {
        let text = text_of(path)?;
        let page = Page::parse(&text)?;
        let mut differing = Vec::new();
        for section in &page.sections {
            differing.extend(self.run_section(section)?);
        }
        if self.bless {
            // What an excerpt leaves out, somebody has to choose.
            let whole;
            (differing, whole) = differing.into_iter().partition(|(shown, _)| shown.is_excerpt());
            if !whole.is_empty() {
                fs::write(path, page::with_shown(&text, &whole))?;
                println!("  blessed {}", path.display());
            }
        }
        for (shown, printed) in &differing {
            println!("{}:{}: the page shows", path.display(), shown.line);
            println!("{}\nand this was printed\n{printed}", shown.text);
        }
        Ok(differing.is_empty())
    }

    /// Runs the blocks on a fresh database; returns what is shown and what was printed where they differ.
    fn run_section<'page>(&mut self, section: &'page Section) -> Result<Vec<(&'page Shown, String)>> {
        let prepare = self
            .workspace
            .path(DATABASES)
            .join(format!("{}.sql", section.database));
        let forget = format!("drop database if exists {DATABASE} with (force)");
        self.cluster.query("postgres", &forget)?;
        self.cluster.create_database(DATABASE)?;
        self.cluster.run_file(DATABASE, &prepare, self.scratch)?;
        let mut differing = Vec::new();
        for block in &section.blocks {
            let printed = self.run_block(block)?;
            if let Some(shown) = &block.shown
                && !self.known.same(&shown.text, &printed)
            {
                differing.push((shown, self.known.as_shown(&printed)));
            }
        }
        self.cluster.query("postgres", &forget)?;
        Ok(differing)
    }

    /// Runs one block in a session of its own; returns what psql says, notices and errors included.
    fn run_block(&self, block: &Block) -> Result<String> {
        let (input, log) = (self.scratch.join("block.sql"), self.scratch.join("block.log"));
        fs::write(&input, self.known.as_run(&block.sql))?;
        let mut psql = self.cluster.psql(DATABASE);
        if block
            .shown
            .as_ref()
            .is_some_and(|shown| shown.format == Format::Json)
        {
            psql.args(["-A", "-t"]);
        }
        let status = process::run_logged_with(&mut psql, fs::File::open(&input)?, &log)?;
        let printed = fs::read_to_string(&log)?;
        let is_to_fail = block.shown.as_ref().is_some_and(Shown::has_error);
        ensure!(
            status.success() != is_to_fail,
            "line {}: this block should have {}, and it says\n{printed}",
            block.line,
            if is_to_fail { "failed" } else { "run" },
        );
        Ok(printed)
    }
}
