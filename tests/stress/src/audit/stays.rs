//! Where a session was when: it begins at one time and may be moved to others, one after the other.

use crate::answer::Moved;
use crate::history::Span;
use crate::operation::Period;

/// A move that took effect.
#[derive(Clone, Copy, Debug)]
pub struct Relocated {
    pub span: Span,
    pub told: Moved,
    /// Nobody has moved it: a test has made time pass.
    pub is_by_time: bool,
}

/// A stretch of a session's life at one time.
#[derive(Clone, Copy, Debug)]
pub struct Stay {
    /// On the practitioner's clock.
    pub local_start: i32,
    pub period: Period,
    pub began: Span,
    /// Where it is not at its last place yet.
    pub ended: Option<Span>,
}

impl Stay {
    /// Before the run's first day, where only time takes a session.
    pub fn is_past(&self) -> bool {
        self.period.start < 0
    }

    /// Whether it may have taken that time at some moment of the span.
    pub fn may_cover(&self, period: Period, span: Span) -> bool {
        self.period.overlaps(period)
            && self.began.may_precede(span)
            && self.ended.is_none_or(|ended| span.may_precede(ended))
    }

    /// Whether it took that time throughout the span.
    pub fn must_cover(&self, period: Period, span: Span) -> bool {
        self.period.overlaps(period)
            && self.began.precedes(span)
            && self.ended.is_none_or(|ended| span.precedes(ended))
    }
}

/// Puts moves into an order in which each starts where the one before it ended, and none comes before one that was over when
/// it was asked for; false if there is none.
pub fn put_in_order(moves: &mut [Relocated], start: i32) -> bool {
    if moves.is_empty() {
        return true;
    }
    for first in 0..moves.len() {
        let candidate = moves[first];
        let is_possible =
            candidate.told.from == start && !moves.iter().any(|other| other.span.precedes(candidate.span));
        if is_possible {
            moves.swap(0, first);
            if put_in_order(&mut moves[1..], candidate.told.to) {
                return true;
            }
            moves.swap(0, first);
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relocated(from: i32, to: i32, span: (u64, u64)) -> Relocated {
        Relocated {
            span: Span {
                from: span.0,
                to: span.1,
            },
            told: Moved {
                session: uuid::Uuid::nil(),
                from,
                to,
                duration: 60,
                cost: 60,
                replayed: false,
            },
            is_by_time: false,
        }
    }

    fn order(moves: &[Relocated]) -> Option<Vec<i32>> {
        let mut moves = moves.to_vec();
        put_in_order(&mut moves, 1).then(|| moves.iter().map(|relocated| relocated.told.to).collect())
    }

    #[test]
    fn each_move_starts_where_the_one_before_it_ended() {
        let there_and_back = [
            relocated(1, 3, (0, 9)),
            relocated(1, 2, (0, 9)),
            relocated(2, 1, (0, 9)),
        ];
        assert_eq!(order(&there_and_back), Some(vec![2, 1, 3]));
    }

    #[test]
    fn a_move_from_where_the_session_was_not_is_found() {
        assert_eq!(order(&[relocated(1, 2, (0, 9)), relocated(3, 4, (0, 9))]), None);
    }

    #[test]
    fn a_move_does_not_come_before_one_that_was_over_when_it_began() {
        assert_eq!(order(&[relocated(2, 3, (0, 1)), relocated(1, 2, (5, 6))]), None);
    }
}
