//! Where records go: a file for each part of the benchmark, one record a line.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use chrono::Utc;
use serde_json::Value;

use crate::machine::Machine;
use crate::origin::Origin;
use crate::record::{Content, Record};

const EXTENSION: &str = "jsonl";
const MACHINE: &str = "machine.json";

/// Results to be written. A part that fails leaves those of the run before.
pub struct Results {
    folder: PathBuf,
    is_quick: bool,
    origin: Origin,
    part: RefCell<Vec<Record>>,
}

impl Results {
    pub fn open(folder: &Path, is_quick: bool, origin: Origin) -> Result<Self> {
        fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
        Ok(Self {
            folder: folder.to_path_buf(),
            is_quick,
            origin,
            part: RefCell::default(),
        })
    }

    pub fn write_machine(&self, machine: &Machine) -> Result<()> {
        write(
            &self.folder.join(MACHINE),
            &serde_json::to_string_pretty(machine)?,
        )
    }

    pub fn keep(&self, part: &str, name: &str, title: &str, parameters: &[(&str, Value)], content: Content) {
        self.part.borrow_mut().push(Record {
            part: part.to_owned(),
            name: name.to_owned(),
            title: title.to_owned(),
            measured_at: Utc::now(),
            origin: Some(self.origin.clone()),
            is_quick: self.is_quick,
            parameters: parameters
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect(),
            content,
        });
    }

    /// Writes what was kept since the last time, in the place of what that part has measured before.
    pub fn finish_part(&self) -> Result<()> {
        let records = self.part.take();
        let Some(first) = records.first() else {
            return Ok(());
        };
        let path = self.folder.join(&first.part).with_extension(EXTENSION);
        let lines: Vec<String> = records
            .iter()
            .map(serde_json::to_string)
            .collect::<Result<_, _>>()?;
        write(&path, &lines.join("\n"))
    }
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, format!("{text}\n")).with_context(|| format!("cannot write {}", path.display()))
}

/// All records of a folder, and the machine that they were measured on.
pub fn read(folder: &Path) -> Result<(Vec<Record>, Machine)> {
    let mut records = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("no results in {}", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == EXTENSION) {
            for (number, line) in fs::read_to_string(&path)?.lines().enumerate() {
                let record = serde_json::from_str(line)
                    .with_context(|| format!("line {} of {} can't be read", number + 1, path.display()))?;
                records.push(record);
            }
        }
    }
    let path = folder.join(MACHINE);
    let machine = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let machine =
        serde_json::from_str(&machine).with_context(|| format!("{} can't be read", path.display()))?;
    Ok((records, machine))
}
