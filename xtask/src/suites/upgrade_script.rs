//! The upgrade script has followed the install script.

use anyhow::Result;

use crate::postgres::{Edition, VERSION};
use crate::process;
use crate::suites::context::Context;
use crate::suites::{Outcome, Suite, report, test_runner};
use crate::upgrade::{FORMER, UpgradeScript};

const TEST: &str = "the_upgrade_script_follows_the_install_script";
const GENERATOR: &str = "what_makes_the_upgrade_script_passes_its_own_tests";
const SHOWN_LINES: usize = 60;

pub struct Script;

impl Suite for Script {
    fn name(&self) -> &'static str {
        "upgrade-script"
    }

    fn tests(&self, _context: &Context) -> Result<Vec<String>> {
        Ok(vec![GENERATOR.to_string(), TEST.to_string()])
    }

    fn absent_from(&self, edition: Edition) -> Option<&'static str> {
        (edition != Edition::DEFAULT).then_some("it reads scripts, which are the same on every version")
    }

    fn run(&self, tests: &[String], context: &mut Context) -> Result<Outcome> {
        let mut outcome = Outcome::default();
        for test in tests {
            let passed = if test == GENERATOR {
                test_runner(context.workspace, "upgrade")?
            } else {
                has_followed(context)?
            };
            report(test, passed);
            outcome.count(passed);
        }
        Ok(outcome)
    }
}

fn has_followed(context: &mut Context) -> Result<bool> {
    let (workspace, bless) = (context.workspace, context.options.bless);
    let made_now = context.directory().join("upgrade.sql");
    let tree = &context.stage()?.tree;
    let script = UpgradeScript::make(workspace, &FORMER, VERSION, &tree.install_script())?;
    if script.is_written() {
        return Ok(true);
    }
    if bless {
        script.write(&script.path)?;
        script.write(&tree.upgrade_script(FORMER.version))?;
        println!("  blessed {}", script.path.display());
        return Ok(true);
    }
    script.write(&made_now)?;
    let mut diff = process::command("diff");
    diff.arg("-u").arg(&script.path).arg(&made_now);
    let log = made_now.with_extension("diff");
    process::run_logged(&mut diff, &log)?;
    println!("{}", process::tail(&log, SHOWN_LINES));
    println!(
        "the install script has changed: `cargo xtask test upgrade-script --bless` lets the upgrade follow"
    );
    Ok(false)
}
