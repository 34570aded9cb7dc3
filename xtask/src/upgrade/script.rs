//! The script that brings a database from the former version to this one, made from both install
//! scripts and from what somebody wrote for the way between.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::former::Former;
use super::statement::{Act, Statement};
use crate::workspace::Workspace;

/// What cannot be made from the install scripts, a file for every step.
pub const ON_THE_WAY: &str = "sql/upgrade";
/// In such a file, before an object of the new install script that the file itself changes or makes anew.
const INSTEAD_OF: &str = "-- instead of: create ";

pub struct UpgradeScript {
    /// Where cargo-pgrx looks for it.
    pub path: PathBuf,
    pub text: String,
}

impl UpgradeScript {
    /// As it has to be, given the install script of the version that is being written.
    pub fn make(
        workspace: &Workspace,
        former: &Former,
        version: &str,
        install_script: &Path,
    ) -> Result<Self> {
        let read =
            |path: &Path| fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()));
        let step = format!("{}--{version}.sql", former.version);
        let by_hand = read(&workspace.path(&format!("{ON_THE_WAY}/{step}")))?;
        let made = follow(
            &Statement::all(&read(&former.install_script(workspace))?),
            &Statement::all(&read(install_script)?),
            &by_hand,
        )?;
        let head = format!(
            "-- From {} to {version}. Written by `cargo xtask test upgrade-script --bless` from {ON_THE_WAY}/{step} and\n\
             -- from what is new in the install script; the next time it writes over what is changed here.\n",
            former.version
        );
        Ok(Self {
            path: workspace.path(&format!("sql/peer_exchange--{step}")),
            text: format!("{head}\n{by_hand}\n{made}"),
        })
    }

    /// Whether the project has it so.
    pub fn is_written(&self) -> bool {
        fs::read_to_string(&self.path).is_ok_and(|found| found == self.text)
    }

    pub fn write(&self, path: &Path) -> Result<()> {
        fs::write(path, &self.text).with_context(|| format!("cannot write {}", path.display()))
    }
}

/// What the new script says and the former one did not, after what was written by hand. Functions and
/// views are made over those that are there, so that whatever hangs on them stays; what a script makes
/// only to call it once is called again.
fn follow(former: &[Statement], current: &[Statement], by_hand: &str) -> Result<String> {
    let said: BTreeSet<&str> = former
        .iter()
        .map(|statement| statement.meaning.as_str())
        .collect();
    let renamed = Statement::all(by_hand);
    let there: BTreeSet<String> = former
        .iter()
        .filter_map(made_by)
        .chain(renamed.iter().filter_map(Statement::renames_to))
        .collect();
    let taken_over: BTreeSet<&str> = by_hand
        .lines()
        .filter_map(|line| line.strip_prefix(INSTEAD_OF))
        .collect();
    let called_once: BTreeSet<&str> = current.iter().filter_map(Statement::drops).collect();

    let mut made = dropped(former, current);
    for statement in in_lasting_order(current) {
        let is_said = said.contains(statement.meaning.as_str());
        match statement.act() {
            Act::Perform => made.push(statement.text.clone()),
            Act::Define(object) if called_once.contains(object.name()) => made.push(statement.text.clone()),
            _ if is_said => {}
            Act::Define(object) if there.contains(&object.in_words()) => {
                made.push(replacing(&statement.text));
            }
            Act::Found(object) if taken_over.contains(object.in_words().as_str()) => {}
            Act::Found(object) => {
                let name = object.in_words();
                ensure!(
                    !there.contains(&name),
                    "{name} is another than it was: say in {ON_THE_WAY} how it becomes so, below a line \
                     `{INSTEAD_OF}{name}`"
                );
                made.push(statement.text.clone());
            }
            Act::Define(_) | Act::Tell => made.push(statement.text.clone()),
        }
    }
    Ok(made.join("\n\n") + "\n")
}

/// Functions that are no more, or have other arguments now. What was made by hand may have dropped some.
fn dropped(former: &[Statement], current: &[Statement]) -> Vec<String> {
    let functions = |script: &[Statement]| -> BTreeSet<String> {
        script.iter().filter_map(Statement::function).collect()
    };
    functions(former)
        .difference(&functions(current))
        .map(|gone| format!("drop function if exists {gone};"))
        .collect()
}

/// pgrx writes the functions of the library in an order that it does not promise.
fn in_lasting_order(statements: &[Statement]) -> Vec<&Statement> {
    let is_of_library = |statement: &&Statement| statement.meaning.starts_with("create function \"");
    let mut ordered: Vec<&Statement> = statements.iter().collect();
    for functions in ordered.chunk_by_mut(|one, next| is_of_library(one) && is_of_library(next)) {
        functions.sort_by(|one, other| one.meaning.cmp(&other.meaning));
    }
    ordered
}

fn made_by(statement: &Statement) -> Option<String> {
    match statement.act() {
        Act::Define(object) | Act::Found(object) => Some(object.in_words()),
        Act::Perform | Act::Tell => None,
    }
}

fn replacing(definition: &str) -> String {
    let after = definition["create".len()..].trim_start();
    format!("create or replace {after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn following(former: &str, current: &str, by_hand: &str) -> Result<String> {
        follow(&Statement::all(former), &Statement::all(current), by_hand)
    }

    #[test]
    fn what_is_the_same_is_left_alone() {
        let script = "create table s.t (a int);\ncreate function s.f() returns int as 'x';\n";
        assert_eq!(following(script, script, "").unwrap().trim(), "");
    }

    #[test]
    fn a_function_that_has_changed_is_made_over_the_former_one() {
        let made = following(
            "CREATE  FUNCTION s.f() AS 'x';",
            "CREATE  FUNCTION s.f() AS 'y';",
            "",
        )
        .unwrap();
        assert_eq!(made.trim(), "create or replace FUNCTION s.f() AS 'y';");
    }

    #[test]
    fn a_function_with_other_arguments_takes_the_place_of_the_former_one() {
        let (former, current) = (
            "create function s.f(a int) as 'x';",
            "create function s.f(a text) as 'x';",
        );
        assert_eq!(
            following(former, current, "").unwrap(),
            "drop function if exists s.f(a int);\n\ncreate or replace function s.f(a text) as 'x';\n"
        );
    }

    #[test]
    fn a_function_that_was_renamed_by_hand_is_made_over_the_former_one() {
        let (former, current) = ("create function s.f() as 'x';", "create function s.g() as 'x';");
        let made = following(former, current, "alter function s.f() rename to g;").unwrap();
        assert!(made.contains("create or replace function s.g()"));
    }

    #[test]
    fn what_is_made_to_be_called_once_is_called_again() {
        let script = "create function s.f() as 'x';\nselect s.f();\ndrop function s.f();";
        assert_eq!(following(script, script, "").unwrap().matches("s.f()").count(), 3);
    }

    #[test]
    fn a_table_that_has_changed_has_to_be_changed_by_hand() {
        let (former, current) = ("create table s.t (a int);", "create table s.t (a int, b int);");
        assert!(following(former, current, "").is_err());
        let by_hand = "-- instead of: create table s.t\nalter table s.t add b int;";
        assert_eq!(following(former, current, by_hand).unwrap().trim(), "");
    }
}
