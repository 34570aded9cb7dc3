//! One person's life, as the calls tell it: when she was there, and when active.

use crate::history::Span;

#[derive(Default)]
pub struct Person {
    pub arrived: Option<Span>,
    pub left: Option<Span>,
    pub changes: Vec<Change>,
}

/// A person was deactivated or came back. One whose answer was lost may not have been.
pub struct Change {
    pub span: Span,
    pub to_active: bool,
    pub is_certain: bool,
}

impl Person {
    pub fn may_be_absent(&self, span: Span) -> bool {
        self.arrived.is_none_or(|arrived| span.may_precede(arrived))
            || self.left.is_some_and(|left| left.may_precede(span))
    }

    pub fn must_be_absent(&self, span: Span) -> bool {
        self.left.is_some_and(|left| left.precedes(span))
    }

    /// Some deactivation may be the last change before some moment of the span.
    pub fn may_be_inactive(&self, span: Span) -> bool {
        let is_over = |off: &Change| {
            let ends = |on: &Change| {
                on.to_active && on.is_certain && off.span.precedes(on.span) && on.span.precedes(span)
            };
            self.changes.iter().any(ends)
        };
        let mut offs = self.changes.iter().filter(|change| !change.to_active);
        offs.any(|off| off.span.may_precede(span) && !is_over(off))
    }

    /// No order of the changes makes her active at any moment of the span.
    pub fn must_be_inactive(&self, span: Span) -> bool {
        let may_be_over = |off: &Change| {
            let may_end =
                |on: &Change| on.to_active && off.span.may_precede(on.span) && on.span.may_precede(span);
            self.changes.iter().any(may_end)
        };
        let mut offs = self
            .changes
            .iter()
            .filter(|change| !change.to_active && change.is_certain);
        offs.any(|off| off.span.precedes(span) && !may_be_over(off))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rested_from_10_to_20() -> Person {
        let change = |from, to, to_active| Change {
            span: Span { from, to },
            to_active,
            is_certain: true,
        };
        Person {
            arrived: Some(Span { from: 0, to: 0 }),
            left: None,
            changes: vec![change(10, 12, false), change(20, 22, true)],
        }
    }

    #[test]
    fn around_a_change_both_states_are_possible_and_elsewhere_one() {
        let person = rested_from_10_to_20();
        let at = |from, to| {
            let span = Span { from, to };
            (person.may_be_inactive(span), person.must_be_inactive(span))
        };
        assert_eq!(at(1, 9), (false, false));
        assert_eq!(at(11, 11), (true, false));
        assert_eq!(at(13, 19), (true, true));
        assert_eq!(at(21, 21), (true, false));
        assert_eq!(at(23, 30), (false, false));
    }

    #[test]
    fn a_person_who_left_is_absent_from_then_on() {
        let person = Person {
            left: Some(Span { from: 30, to: 40 }),
            ..rested_from_10_to_20()
        };
        let at = |from, to| {
            let span = Span { from, to };
            (person.may_be_absent(span), person.must_be_absent(span))
        };
        assert_eq!(at(25, 29), (false, false));
        assert_eq!(at(35, 36), (true, false));
        assert_eq!(at(41, 42), (true, true));
    }
}
