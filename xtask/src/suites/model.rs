//! The model of credits that are held: every interleaving, and walks of it played against the real functions.

use anyhow::Result;

use crate::optimised_program::OptimisedProgram;
use crate::suites::context::Context;
use crate::suites::{Outcome, Suite, report};

pub struct Model;

const PROGRAM: OptimisedProgram = OptimisedProgram {
    package: "peer_exchange_model",
};
const INTERLEAVINGS: &str = "every_interleaving_of_three_people_and_two_sessions_holds_what_is_promised";
const WALKS: &str = "walks_played_against_the_real_functions_lead_where_the_model_says";
const DATABASE: &str = "model";

impl Suite for Model {
    fn name(&self) -> &'static str {
        "model"
    }

    fn tests(&self, _context: &Context) -> Result<Vec<String>> {
        Ok([INTERLEAVINGS, WALKS].map(str::to_owned).to_vec())
    }

    fn run(&self, tests: &[String], context: &mut Context) -> Result<Outcome> {
        let mut outcome = Outcome::default();
        for test in tests {
            let passed = match test.as_str() {
                INTERLEAVINGS => PROGRAM.test(context.workspace)?,
                _ => play(context)?,
            };
            report(test, passed);
            outcome.count(passed);
        }
        Ok(outcome)
    }
}

fn play(context: &mut Context) -> Result<bool> {
    let workspace = context.workspace;
    PROGRAM.build(workspace)?;
    let cluster = &context.stage()?.cluster;
    cluster.create_database_anew(DATABASE, "")?;
    let roles = workspace.path("tests/fixtures/supabase_roles.sql");
    cluster.run_file(DATABASE, &roles, workspace.root())?;
    cluster.query(DATABASE, "create extension peer_exchange cascade")?;
    cluster.query(DATABASE, "select count(*) from peer_exchange.setup()")?;
    let mut program = PROGRAM.command(workspace);
    program.arg(cluster.connection(DATABASE));
    Ok(program.status()?.success())
}
