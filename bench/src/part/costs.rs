//! Both figures of what a call costs the server, kept side by side.

use serde_json::Value;

use super::Bench;
use crate::record::Content;
use crate::server_cost::{self, Costs};

pub struct Operation<'a> {
    pub part: &'a str,
    /// What its records' names begin with.
    pub name: &'a str,
    pub title: &'a str,
    pub baseline: &'a str,
}

pub fn keep(bench: &Bench, operation: &Operation, parameters: &[(&str, Value)], costs: &[Costs]) {
    let processor = server_cost::series(costs, operation.baseline, |cost| cost.processor_us);
    let statement = server_cost::series(costs, operation.baseline, |cost| cost.statement_us);
    bench.results.keep(
        operation.part,
        &format!("{}-processor-time", operation.name),
        &format!("Processor time of {}", operation.title),
        parameters,
        Content::Series(processor),
    );
    bench.results.keep(
        operation.part,
        &format!("{}-server-time", operation.name),
        &format!("Server time of {}, by pg_stat_statements", operation.title),
        parameters,
        Content::Series(statement),
    );
}
