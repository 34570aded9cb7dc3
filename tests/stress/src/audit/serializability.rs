//! Whether some order of the transactions, each at one moment between its sending and its answer, explains what they
//! have read: strict serializability, judged by a checker that knows nothing of bookings or of Postgres.

use std::time::Duration;

use adya::history::{History, Interner, Mop, Op, OpType, ReadValue, Scalar};
use adya::{Opts, Valid, Workload};
use uuid::Uuid;

use super::transactions::{Step, Transaction, Version};

/// For one knot of transactions; such a knot is a finding in any case.
const SEARCH_TIME: Duration = Duration::from_secs(20);
/// More of a kind would only be noise.
const SHOWN_OF_A_KIND: usize = 2;

/// What no order explains.
pub fn check(transactions: &[Transaction]) -> Vec<String> {
    if transactions.is_empty() {
        return Vec::new();
    }
    let expected = Opts {
        models: vec!["strict-serializable".into()],
        timeout: SEARCH_TIME,
        // Whoever moves credits has locked them: what she writes follows what she has read.
        wfr_keys: true,
        ..Opts::default()
    };
    let report = adya::check(&history(transactions), Workload::RwRegister, &expected);
    if report.valid == Valid::True {
        return Vec::new();
    }
    let anomalies = report.anomalies.iter();
    anomalies
        .flat_map(|(kind, anomalies)| {
            let shown = anomalies.iter().take(SHOWN_OF_A_KIND);
            shown.map(move |anomaly| format!("not serializable, {kind}: {}", anomaly.explanation.trim_end()))
        })
        .collect()
}

/// The transactions as the checker takes them: when each began and when it was answered, in the order of these moments.
fn history(transactions: &[Transaction]) -> History {
    let mut names = Interner::default();
    let mut ops = Vec::new();
    for (process, transaction) in (0..).zip(transactions) {
        let value: Vec<Mop> = transaction
            .steps
            .iter()
            .map(|step| operation(*step, &mut names))
            .collect();
        let op = |kind, moment: u64| Op {
            index: 0,
            kind,
            // Of each its own: that a client's calls follow each other, their moments say.
            process: Some(process),
            value: value.clone(),
            time: i64::try_from(moment).ok(),
        };
        ops.push(op(OpType::Invoke, transaction.span.from));
        ops.push(op(OpType::Ok, transaction.span.to));
    }
    // Of one moment whatever begins comes first: it may have been before what ends then.
    ops.sort_by_key(|op| (op.time, op.kind == OpType::Ok));
    for (index, op) in (0..).zip(&mut ops) {
        op.index = index;
    }
    History::from_ops(ops, names)
}

fn operation(step: Step, names: &mut Interner) -> Mop {
    let mut key = |person: Uuid| names.intern(Scalar::Str(person.to_string()));
    match step {
        Step::Reads(person, 0) => Mop::Read {
            key: key(person),
            value: ReadValue::Nil,
        },
        Step::Reads(person, version) => Mop::Read {
            key: key(person),
            value: ReadValue::Scalar(name(version, names)),
        },
        Step::Writes(person, version) => Mop::Write {
            key: key(person),
            value: name(version, names),
        },
    }
}

fn name(version: Version, names: &mut Interner) -> adya::history::Id {
    names.intern(Scalar::Int(i64::try_from(version).expect("a version")))
}

#[cfg(test)]
mod tests {
    use super::Step::{Reads, Writes};
    use super::*;
    use crate::history::Span;

    const ANN: Uuid = Uuid::from_u128(1);
    const BEN: Uuid = Uuid::from_u128(2);

    fn transaction(from: u64, to: u64, steps: &[Step]) -> Transaction {
        Transaction {
            span: Span { from, to },
            steps: steps.to_vec(),
        }
    }

    /// Both get credits; then Ann pays Ben, and later once more.
    fn bookings() -> Vec<Transaction> {
        vec![
            transaction(1, 2, &[Reads(ANN, 0), Writes(ANN, 1)]),
            transaction(1, 2, &[Reads(BEN, 0), Writes(BEN, 1)]),
            transaction(
                3,
                6,
                &[Reads(ANN, 1), Writes(ANN, 2), Reads(BEN, 1), Writes(BEN, 2)],
            ),
            transaction(
                5,
                8,
                &[Reads(ANN, 2), Writes(ANN, 3), Reads(BEN, 2), Writes(BEN, 3)],
            ),
        ]
    }

    fn kinds(transactions: &[Transaction]) -> String {
        check(transactions).join("\n")
    }

    #[test]
    fn bookings_one_after_the_other_are_serializable() {
        let mut transactions = bookings();
        transactions.push(transaction(4, 7, &[Reads(ANN, 2), Reads(BEN, 2)]));
        transactions.push(transaction(8, 9, &[Reads(ANN, 2), Reads(BEN, 2)]));
        assert_eq!(kinds(&transactions), "");
    }

    #[test]
    fn a_lost_update_is_found() {
        let mut transactions = bookings();
        transactions[3].steps[0] = Reads(ANN, 1);
        assert!(kinds(&transactions).contains("lost-update"));
    }

    #[test]
    fn half_of_a_booking_that_is_seen_is_found() {
        let mut transactions = bookings();
        transactions.push(transaction(4, 7, &[Reads(ANN, 2), Reads(BEN, 1)]));
        assert!(kinds(&transactions).contains("G-single"));
    }

    #[test]
    fn a_balance_of_long_ago_is_found() {
        let mut transactions = bookings();
        transactions.push(transaction(9, 10, &[Reads(ANN, 2), Reads(BEN, 2)]));
        assert!(kinds(&transactions).contains("realtime"));
    }

    #[test]
    fn two_bookings_in_another_order_for_each_of_the_two_are_found() {
        let mut transactions = bookings();
        transactions[2].steps[2..].clone_from_slice(&[Reads(BEN, 2), Writes(BEN, 3)]);
        transactions[3].steps[2..].clone_from_slice(&[Reads(BEN, 1), Writes(BEN, 2)]);
        assert!(kinds(&transactions).contains("G0"));
    }
}
