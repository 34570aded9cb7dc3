//! The end of a run: what has failed, once more and with the end of what it printed, so that a log whose middle is lost
//! still tells; what there is to note; the totals.

use std::fs;
use std::ops::Range;
use std::path::Path;

use super::Outcome;
use super::part::{Part, Report};
use super::verdict::Failure;

/// The lines of each failure that are shown.
const SHOWN_LINES: usize = 15;
const SHOWN_COLUMNS: usize = 300;
/// The failures that are shown with such lines; of more than these the rest have the same reason.
const WITH_LINES: usize = 30;

/// Prints it; returns the total.
pub fn print(parts: &[(Part, Report)]) -> Outcome {
    println!();
    print_failures(parts);
    let mut total = Outcome::default();
    let mut editions: Vec<_> = parts.iter().map(|(part, _)| part.options.edition).collect();
    editions.sort_by_key(|edition| edition.version.major());
    editions.dedup();
    for edition in &editions {
        let mut outcome = Outcome::default();
        for (_, report) in parts.iter().filter(|(part, _)| part.options.edition == *edition) {
            report.notes.iter().for_each(|note| println!("{note}"));
            outcome.add(report.outcome);
        }
        if editions.len() > 1 {
            println!("{edition}: {}", outcome.in_words());
        }
        total.add(outcome);
    }
    total
}

fn print_failures(parts: &[(Part, Report)]) {
    let failures: Vec<_> = parts
        .iter()
        .flat_map(|(part, report)| report.failures.iter().map(move |failure| (part, failure)))
        .collect();
    for (count, (part, failure)) in failures.iter().enumerate() {
        let Failure { suite, test, printed } = failure;
        println!("FAILED on {}: {suite}: {test}", part.options.edition);
        if count < WITH_LINES {
            for line in last_lines(&part.log, printed) {
                println!("    {line}");
            }
        }
    }
    if !failures.is_empty() {
        println!();
    }
}

fn last_lines(log: &Path, printed: &Range<u64>) -> Vec<String> {
    last_lines_of(&fs::read(log).unwrap_or_default(), printed)
}

fn last_lines_of(log: &[u8], printed: &Range<u64>) -> Vec<String> {
    let index = |byte: u64| usize::try_from(byte).map_or(log.len(), |byte| byte.min(log.len()));
    let printed = String::from_utf8_lossy(&log[index(printed.start)..index(printed.end)]);
    let lines: Vec<_> = printed.lines().filter(|line| !line.trim().is_empty()).collect();
    let shown = &lines[lines.len().saturating_sub(SHOWN_LINES)..];
    shown
        .iter()
        .map(|line| line.chars().take(SHOWN_COLUMNS).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_lines_of_a_failure_are_its_own() {
        let before = "  ok   a_former_test\n";
        let own: String = (1..=20).map(|line| format!("line {line}\n\n")).collect();
        let log = format!("{before}{own}  FAIL a_test\nand what follows\n");
        let start = before.len() as u64;
        let shown = last_lines_of(log.as_bytes(), &(start..start + own.len() as u64));
        assert_eq!(shown.len(), SHOWN_LINES);
        assert_eq!(shown.first().unwrap(), "line 6");
        assert_eq!(shown.last().unwrap(), "line 20");
        assert!(last_lines_of(b"", &(3..9)).is_empty(), "a log that is lost");
    }
}
