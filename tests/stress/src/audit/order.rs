//! The order of one person's entries: that of their moments. Within one call an application's
//! triggers may move credits, too, in the middle of what the call writes; there the balances say what
//! came after what.

use super::lives::Lives;
use super::snapshot::{Entry, Standing};
use crate::history::Span;

/// The same entries, where each begins with what stood before, as far as entries of one call can be
/// put in such an order.
pub fn in_order<'a>(
    entries: &'a [Entry],
    lives: &Lives<'_>,
    span: impl Fn(&Entry, &Lives<'_>) -> Option<Span>,
) -> Vec<&'a Entry> {
    let mut ordered: Vec<&Entry> = entries.iter().collect();
    let spans: Vec<Option<Span>> = entries.iter().map(|entry| span(entry, lives)).collect();
    let mut standing = Standing::default();
    for place in 0..ordered.len() {
        // Of one call are those with one span; they stand beside each other.
        let same_call = spans[place..]
            .iter()
            .take_while(|span| **span == spans[place])
            .count();
        let fitting = ordered[place..place + same_call]
            .iter()
            .position(|entry| entry.before == standing);
        ordered[place..place + fitting.unwrap_or(0) + 1].rotate_right(1);
        standing = ordered[place].after;
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(before: i32, after: i32) -> Entry {
        let standing = |balance| Standing {
            balance,
            ..Standing::default()
        };
        Entry {
            id: uuid::Uuid::nil(),
            person: uuid::Uuid::nil(),
            kind: "bonus".into(),
            amount: after - before,
            before: standing(before),
            after: standing(after),
            session: None,
            key: None,
            transaction: 1,
        }
    }

    fn balances(entries: &[Entry], span: impl Fn(&Entry, &Lives<'_>) -> Option<Span>) -> Vec<i32> {
        let ordered = in_order(entries, &Lives::default(), span);
        ordered.iter().map(|entry| entry.after.balance).collect()
    }

    #[test]
    fn entries_of_one_call_follow_their_balances() {
        let entries = [entry(0, 5), entry(7, 9), entry(5, 7), entry(9, 10)];
        let one = Some(Span { from: 1, to: 2 });
        assert_eq!(balances(&entries, |_, _| one), [5, 7, 9, 10]);
    }

    #[test]
    fn entries_of_several_calls_stay_where_they_are() {
        let entries = [entry(0, 5), entry(7, 9), entry(5, 7)];
        let own = |entry: &Entry, _: &Lives<'_>| {
            let moment = u64::try_from(entry.after.balance).ok()?;
            Some(Span {
                from: moment,
                to: moment,
            })
        };
        assert_eq!(balances(&entries, own), [5, 9, 7]);
    }
}
