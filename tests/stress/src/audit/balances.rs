//! What a person had when: the order is the ledger's, the moments are bounded by the calls.

use super::snapshot::Standing;
use crate::history::Span;

/// A person's standings one after the other; before the first she had nothing.
#[derive(Debug, Default)]
pub struct Balances {
    steps: Vec<(Span, Standing)>,
}

/// Bounds each moment by those of its neighbours. An error where the ledger has put a movement
/// before one that had been answered before the other was even asked for.
pub fn tighten(mut steps: Vec<(Span, Standing)>) -> Result<Balances, String> {
    let mut from = 0;
    for (span, _) in &mut steps {
        from = from.max(span.from);
        span.from = from;
    }
    let mut to = u64::MAX;
    for (span, _) in steps.iter_mut().rev() {
        to = to.min(span.to);
        span.to = to;
    }
    match steps.iter().find(|(span, _)| span.from > span.to) {
        Some((_, standing)) => Err(format!(
            "the ledger's order contradicts that of the answers where she had {standing:?}"
        )),
        None => Ok(Balances { steps }),
    }
}

impl Balances {
    /// Every standing that she may have had at some moment of the span.
    pub fn possible(&self, span: Span) -> impl Iterator<Item = Standing> + '_ {
        // Moments grow along the chain, both bounds: the standing before the first step that must
        // be later, back to the last one that must be earlier.
        let last = self.steps.partition_point(|(step, _)| step.from <= span.to);
        let first = self.steps.partition_point(|(step, _)| step.to < span.from);
        (first..=last).map(|count| match count {
            0 => Standing::default(),
            count => self.steps[count - 1].1,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(balance: i32) -> Standing {
        Standing {
            balance,
            ..Standing::default()
        }
    }

    fn steps() -> Vec<(Span, Standing)> {
        vec![
            (Span { from: 10, to: 20 }, standing(1)),
            (Span { from: 15, to: 40 }, standing(2)),
            (Span { from: 50, to: 60 }, standing(3)),
        ]
    }

    fn possible(from: u64, to: u64) -> Vec<i32> {
        let balances = tighten(steps()).unwrap();
        balances
            .possible(Span { from, to })
            .map(|standing| standing.balance)
            .collect()
    }

    #[test]
    fn only_balances_that_may_have_stood_then_are_possible() {
        assert_eq!(possible(0, 9), [0]);
        assert_eq!(possible(12, 13), [0, 1]);
        assert_eq!(possible(21, 30), [1, 2]);
        assert_eq!(possible(41, 49), [2]);
        assert_eq!(possible(45, 70), [2, 3]);
        assert_eq!(possible(61, 70), [3]);
    }

    #[test]
    fn an_order_that_the_answers_contradict_is_found() {
        let mut swapped = steps();
        swapped.swap(1, 2);
        assert!(tighten(swapped).is_err());
    }
}
