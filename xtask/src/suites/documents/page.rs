//! What a page asks to be run, and what it shows of it.
//!
//! `<!-- database: NAME -->` begins a fresh database. A block of `sql` is run, and so is what a comment that
//! begins with `<!-- sql` hides from the reader. A block of `text` or `json` right after it is what it prints.
//! A block of these languages that is neither says `not run` behind its language.

use anyhow::{Context as _, Result, bail, ensure};

const FENCE: &str = "```";
const HIDDEN_SQL: &str = "<!-- sql";

pub struct Page {
    pub sections: Vec<Section>,
}

/// What is run on one database.
pub struct Section {
    pub database: String,
    pub blocks: Vec<Block>,
}

pub struct Block {
    pub line: usize,
    pub sql: String,
    pub shown: Option<Shown>,
}

/// What the page says that a block prints.
pub struct Shown {
    pub format: Format,
    /// Its first line, counted from 1.
    pub line: usize,
    pub text: String,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Format {
    /// As psql prints it.
    Text,
    /// Values alone.
    Json,
}

impl Shown {
    pub fn has_error(&self) -> bool {
        self.text.lines().any(|line| line.starts_with("ERROR:"))
    }

    pub fn is_excerpt(&self) -> bool {
        self.text.contains('…')
    }
}

pub fn has_sql(text: &str) -> bool {
    text.lines()
        .any(|line| line == HIDDEN_SQL || line.starts_with("```sql"))
}

impl Page {
    pub fn parse(text: &str) -> Result<Page> {
        let mut page = Page { sections: Vec::new() };
        let mut lines = text.lines().enumerate();
        // Whether nothing but SQL and empty lines have come since the last block of SQL.
        let mut follows_sql = false;
        while let Some((index, line)) = lines.next() {
            let number = index + 1;
            let mut body = |end: &str| {
                let inside = lines.by_ref().map(|(_, line)| line);
                inside
                    .take_while(|line| *line != end)
                    .collect::<Vec<_>>()
                    .join("\n")
            };
            if let Some(database) = database(line) {
                page.begin_section(database);
            } else if line == HIDDEN_SQL {
                page.add_sql(number, body("-->"))
                    .with_context(|| format!("line {number}"))?;
                follows_sql = true;
            } else if let Some(language) = line.strip_prefix(FENCE) {
                let body = body(FENCE);
                follows_sql = page
                    .add_block(number, language, body, follows_sql)
                    .with_context(|| format!("line {number}"))?;
            } else if !line.is_empty() {
                follows_sql = false;
            }
        }
        Ok(page)
    }

    fn begin_section(&mut self, database: &str) {
        self.sections.push(Section {
            database: database.to_owned(),
            blocks: Vec::new(),
        });
    }

    /// Takes what stands between fences; returns whether it was SQL.
    fn add_block(&mut self, line: usize, language: &str, body: String, follows_sql: bool) -> Result<bool> {
        let format = match language {
            "sql" => return self.add_sql(line, body).map(|()| true),
            "text" => Format::Text,
            "json" => Format::Json,
            "" => bail!("a block of no language"),
            _ => return Ok(false),
        };
        ensure!(follows_sql, "no SQL right before it prints this");
        let blocks = self.sections.iter_mut().flat_map(|section| &mut section.blocks);
        blocks.last().context("nothing was run")?.shown = Some(Shown {
            format,
            line: line + 1,
            text: body,
        });
        Ok(false)
    }

    fn add_sql(&mut self, line: usize, sql: String) -> Result<()> {
        let section = self
            .sections
            .last_mut()
            .context("the page names no database to run this on")?;
        section.blocks.push(Block {
            line,
            sql,
            shown: None,
        });
        Ok(())
    }
}

/// The name in a line that begins a fresh database.
fn database(line: &str) -> Option<&str> {
    line.strip_prefix("<!-- database: ")?.strip_suffix(" -->")
}

/// The page with what was printed in place of what it shows.
pub fn with_shown(text: &str, printed: &[(&Shown, String)]) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    // From the end, since the lines before keep their numbers.
    for (shown, printed) in printed.iter().rev() {
        let first = shown.line - 1;
        lines.splice(first..first + shown.text.lines().count(), printed.lines());
    }
    lines.join("\n") + "\n"
}
