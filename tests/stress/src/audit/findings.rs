//! What the auditor has found, by kind: of each a few to look at, and how many there are.

use std::collections::BTreeMap;
use std::fmt::Display;

use crate::disturbance::Allowances;
use crate::history::Call;

/// More of a kind would only be noise.
const SHOWN_OF_A_KIND: usize = 2;
/// What stands before the names of disturbances.
const BESIDE: &str = ", beside ";

#[derive(Default)]
pub struct Findings {
    by_kind: BTreeMap<String, Kind>,
}

#[derive(Default)]
struct Kind {
    shown: Vec<String>,
    count: usize,
}

impl Findings {
    pub fn add(&mut self, finding: impl Display) {
        let finding = finding.to_string();
        let kind = self.by_kind.entry(kind(&finding)).or_default();
        kind.count += 1;
        if kind.shown.len() < SHOWN_OF_A_KIND {
            kind.shown.push(finding);
        }
    }

    pub fn of_call(&mut self, call: &Call, what: impl Display) {
        self.add(format_args!(
            "{what}: operation {} of client {} ({} attempts): {:?} was answered {:?}",
            call.step, call.client, call.attempts, call.request, call.answer
        ));
    }

    /// The same with what ran beside it.
    pub fn of_disturbed_call(&mut self, call: &Call, what: &str, allowances: &Allowances) {
        let beside = allowances.names(call.span);
        let beside = match beside.is_empty() {
            true => String::new(),
            false => format!("{BESIDE}{beside}"),
        };
        let (operation, answer) = (call.request.operation.name(), call.answer.name());
        self.of_call(call, format_args!("{what}, {operation} got {answer}{beside}"));
    }

    pub fn expect(&mut self, holds: bool, otherwise: impl FnOnce() -> String) {
        if !holds {
            self.add(otherwise());
        }
    }

    pub fn into_list(self) -> Vec<String> {
        let mut list = Vec::new();
        for (name, kind) in self.by_kind {
            let more = kind.count - kind.shown.len();
            list.extend(kind.shown);
            if more > 0 {
                list.push(format!("{name}: {more} more of this kind"));
            }
        }
        list
    }
}

/// A finding's first words, without the ids in them, and whatever was beside.
fn kind(finding: &str) -> String {
    let first_words = finding.split([':', '{']).next().unwrap_or(finding);
    let first_words = first_words.split(BESIDE).next().unwrap_or(first_words);
    let is_name = |word: &&str| word.len() < 20 || !word.contains(|letter: char| letter.is_ascii_digit());
    let words: Vec<&str> = first_words.split(' ').filter(is_name).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_of_a_kind_are_counted_and_a_few_of_them_shown() {
        let mut findings = Findings::default();
        for number in 0..10 {
            findings.add(format_args!("the chain breaks: at {number}"));
        }
        findings.add("session 3c5fd412-e194-466e-9ac3-babe20b6fe09 is lost");
        let list = findings.into_list();
        assert_eq!(list.len(), 4);
        assert_eq!(list[3], "the chain breaks: 8 more of this kind");
    }
}
