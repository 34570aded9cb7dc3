//! What happened: every request with its answer and the time within which it took effect.

use std::time::Instant;

use crate::answer::Answer;
use crate::operation::Request;

/// A stretch of the run's own time, in nanoseconds, both ends included. What a request changed, it
/// changed at one moment between its sending and its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: u64,
    pub to: u64,
}

/// One request and its answer. A request whose answer was lost is sent again, as the same call.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    pub client: u64,
    pub step: u64,
    pub span: Span,
    pub attempts: u32,
    pub request: Request,
    pub answer: Answer,
}

impl Call {
    /// What the server knows it by.
    pub fn name_of(client: u64, step: u64) -> String {
        format!("{client}.{step}")
    }

    /// Whether an earlier attempt may have taken effect, so that the answer speaks of a later one.
    pub fn was_repeated(&self) -> bool {
        self.attempts > 1
    }
}

#[derive(Clone, Copy)]
pub struct Clock(Instant);

impl Clock {
    pub fn start() -> Self {
        Self(Instant::now())
    }

    pub fn now(self) -> u64 {
        u64::try_from(self.0.elapsed().as_nanos()).expect("a run of less than 584 years")
    }
}

impl Span {
    /// Some moment of the one may come before, or be, some moment of the other.
    pub fn may_precede(self, other: Span) -> bool {
        self.from <= other.to
    }

    /// Every moment of the one comes before every moment of the other.
    pub fn precedes(self, other: Span) -> bool {
        self.to < other.from
    }

    pub fn overlaps(self, other: Span) -> bool {
        self.may_precede(other) && other.may_precede(self)
    }

    pub fn hull(self, other: Span) -> Span {
        Span {
            from: self.from.min(other.from),
            to: self.to.max(other.to),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_that_touch_may_stand_in_either_order() {
        let (early, late) = (Span { from: 1, to: 5 }, Span { from: 5, to: 9 });
        assert!(early.may_precede(late) && late.may_precede(early));
        assert!(!early.precedes(late));
        assert!(early.precedes(Span { from: 6, to: 9 }));
    }
}
