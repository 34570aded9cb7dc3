//! What may go wrong between transactions though every row is right by itself: spoilt in the history that the checker of
//! serializability gets.

use std::collections::HashMap;

use uuid::Uuid;

use crate::audit::{Step, Transaction, check_serializability};

/// A name, and how to spoil a history; false where nothing in it fits.
type Spoil = fn(&mut [Transaction]) -> bool;
pub const FAULTS: [(&str, Spoil); 4] = [
    ("an update that overlooked another", overlook),
    ("half of a booking that was seen", see_half),
    ("balances of long ago", see_the_past),
    (
        "two bookings in another order for each of the two",
        swap_on_one_side,
    ),
];

/// Plants each; those that the checker overlooks.
pub fn overlooked(transactions: &[Transaction]) -> Vec<String> {
    let mut overlooked = Vec::new();
    for (name, spoil) in FAULTS {
        let mut spoilt = transactions.to_vec();
        let planted = spoil(&mut spoilt);
        if !planted || check_serializability(&spoilt).is_empty() {
            overlooked.push(format!(
                "the checker of serializability overlooks {name} (planted: {planted})"
            ));
        }
    }
    overlooked
}

/// The last one that can: what it has read is older by one.
fn overlook(transactions: &mut [Transaction]) -> bool {
    let mut steps = transactions
        .iter_mut()
        .rev()
        .filter(|transaction| writes(transaction).next().is_some())
        .flat_map(|transaction| &mut transaction.steps);
    let read = steps.find_map(|step| match step {
        Step::Reads(_, version) if *version > 1 => Some(version),
        _ => None,
    });
    read.map(|version| *version -= 1).is_some()
}

/// Somebody who looks at all balances sees the one side after a booking and the other side before it.
fn see_half(transactions: &mut [Transaction]) -> bool {
    let bookings: Vec<[(Uuid, usize); 2]> = two_sided(transactions).map(|(_, sides)| sides).collect();
    for reader in transactions
        .iter_mut()
        .rev()
        .filter(|transaction| is_reader(transaction))
    {
        let seen: HashMap<Uuid, usize> = reads(reader).collect();
        let has_seen =
            |(person, version): &(Uuid, usize)| seen.get(person).is_some_and(|seen| seen >= version);
        let Some([_, (person, version)]) = bookings.iter().rev().find(|sides| sides.iter().all(has_seen))
        else {
            continue;
        };
        for step in &mut reader.steps {
            if matches!(step, Step::Reads(whose, _) if whose == person) {
                *step = Step::Reads(*person, version - 1);
            }
        }
        return true;
    }
    false
}

/// Who looks last sees what was seen first.
fn see_the_past(transactions: &mut [Transaction]) -> bool {
    let mut readers: Vec<_> = transactions
        .iter_mut()
        .filter(|transaction| is_reader(transaction))
        .collect();
    readers.sort_by_key(|reader| reader.span.from);
    let [first, .., last] = &mut readers[..] else {
        return false;
    };
    last.steps.clone_from(&first.steps);
    true
}

/// Of two bookings of the same two people, the later one comes first for one of them.
fn swap_on_one_side(transactions: &mut [Transaction]) -> bool {
    let mut last: HashMap<[Uuid; 2], usize> = HashMap::new();
    let bookings: Vec<_> = two_sided(transactions).collect();
    for (place, [(one, _), (other, _)]) in bookings {
        let Some(former) = last.insert([one, other], place) else {
            continue;
        };
        let steps_of = |place: usize, transactions: &[Transaction]| -> Vec<Step> {
            let steps = transactions[place].steps.iter().copied();
            steps.filter(|step| step.person() == other).collect()
        };
        let (earlier, later) = (steps_of(former, transactions), steps_of(place, transactions));
        for (place, steps) in [(former, later), (place, earlier)] {
            transactions[place].steps.retain(|step| step.person() != other);
            transactions[place].steps.extend(steps);
        }
        return true;
    }
    false
}

/// Where the transactions are that write one version each of two people, and which; the people in the order of their ids.
fn two_sided(transactions: &[Transaction]) -> impl Iterator<Item = (usize, [(Uuid, usize); 2])> {
    transactions
        .iter()
        .enumerate()
        .filter_map(|(place, transaction)| {
            let mut written: Vec<_> = writes(transaction).collect();
            written.sort_unstable();
            let sides: [(Uuid, usize); 2] = written.try_into().ok()?;
            (sides[0].0 != sides[1].0).then_some((place, sides))
        })
}

fn is_reader(transaction: &Transaction) -> bool {
    writes(transaction).next().is_none()
}

fn reads(transaction: &Transaction) -> impl Iterator<Item = (Uuid, usize)> {
    transaction.steps.iter().filter_map(|step| match step {
        Step::Reads(person, version) => Some((*person, *version)),
        Step::Writes(..) => None,
    })
}

fn writes(transaction: &Transaction) -> impl Iterator<Item = (Uuid, usize)> {
    transaction.steps.iter().filter_map(|step| match step {
        Step::Writes(person, version) => Some((*person, *version)),
        Step::Reads(..) => None,
    })
}
