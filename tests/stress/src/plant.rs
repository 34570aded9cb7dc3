//! Does the auditor find anything at all? Faults planted after a run without findings, one at a
//! time: in the rows, each in a transaction that is rolled back, in what clients were told, and in the history of the run.

mod in_history;
mod of_holds;

use anyhow::Result;
use tokio_postgres::Client;

use crate::answer::Answer;
use crate::audit::{self, Background, Snapshot};
use crate::disturbance::{Allowances, balance_watch};
use crate::history::{Call, Span};
use crate::operation::Operation;

const PAID: &str = "(select entry.session_id from public.credit_transactions as entry \
                     join public.client_sessions as session on session.id = entry.session_id \
                     where transaction_type = 'session_payment' and client_name = 'Somebody' \
                     and session.status::text in ('scheduled', 'completed', 'cancelled') order by entry.id limit 1)";
const REFUNDED: &str = "(select entry.session_id from public.credit_transactions as entry \
                         join public.client_sessions as session on session.id = entry.session_id \
                         where transaction_type = 'refund' and client_name = 'Somebody' order by entry.id limit 1)";

/// One of two movements of a person's credits written over the other: the ledger has both.
const OVERWRITTEN: (&str, &str) = (
    "a balance that one of two movements has overwritten",
    "update public.credits as account set balance = account.balance + entry.amount \
      from (select user_id, amount from public.credit_transactions as entry join public.credits using (user_id) \
      where transaction_type = 'session_payment' order by created_at desc limit 1) as entry \
      where entry.user_id = account.user_id",
);

/// What may go wrong in the database: a name and how to bring it about.
const IN_ROWS: [(&str, &str); 16] = [
    (
        "a raised balance",
        "update public.credits set balance = balance + 1 where user_id = (select min(user_id::text)::uuid from public.credits)",
    ),
    (
        "a balance overwritten from 0",
        "with last as (select entry.id, user_id, amount from public.credit_transactions as entry join public.credits using (user_id) \
      where transaction_type = 'bonus' order by created_at desc limit 1), \
      entry as (update public.credit_transactions as entry set balance_before = 0, balance_after = last.amount \
      from last where entry.id = last.id) \
      update public.credits as account set balance = last.amount from last where account.user_id = last.user_id",
    ),
    (OVERWRITTEN.0, OVERWRITTEN.1),
    (
        "a debt that nobody has",
        "update public.credits set owed = owed + 1 where user_id = (select min(user_id::text)::uuid from public.credits)",
    ),
    (
        "a lost notification",
        "delete from public.notifications where id = (select id from public.notifications order by id limit 1)",
    ),
    (
        "a notification to somebody else",
        "update public.notifications set recipient_id = gen_random_uuid() \
      where id = (select id from public.notifications order by id limit 1)",
    ),
    (
        "a pair of entries twice",
        "insert into public.credit_transactions (user_id, transaction_type, amount, balance_before, \
      balance_after, session_id) select user_id, transaction_type, amount, balance_before, balance_after, session_id \
      from public.credit_transactions where session_id = {paid}",
    ),
    (
        "a payment without its earning",
        "delete from public.credit_transactions where session_id = {paid} and transaction_type = 'session_earning'",
    ),
    (
        "an entry that moved another amount",
        "update public.credit_transactions set amount = amount + 1 where session_id = {paid}",
    ),
    (
        "a broken chain",
        "update public.credit_transactions set balance_before = balance_before + 1, balance_after = balance_after + 1 \
      where session_id = {paid} and transaction_type = 'session_payment'",
    ),
    (
        "a lost refund",
        "delete from public.credit_transactions where session_id = {refunded} and transaction_type in ('refund', 'session_earning_reversal')",
    ),
    (
        "a lost session",
        "delete from public.client_sessions where id = {paid}",
    ),
    (
        "a session that nobody asked for",
        "insert into public.client_sessions (therapist_id, client_id, client_name, session_date, start_time, \
      duration_minutes, is_peer_booking) select therapist_id, client_id, client_name, session_date + 20, start_time, duration_minutes, true \
      from public.client_sessions where id = {paid}",
    ),
    (
        "another time",
        "update public.client_sessions set start_time = start_time + interval '1 minute' where id = {paid}",
    ),
    (
        "another price",
        "update public.client_sessions set credit_cost = credit_cost + 1 where id = {paid}",
    ),
    (
        "another status",
        "update public.client_sessions set status = 'no_show' where id = {paid}",
    ),
];

/// What may go wrong with an answer: a name, and how to spoil a call; false where it does not fit.
type Spoil = fn(&mut Call) -> bool;
const IN_ANSWERS: [(&str, Spoil); 8] = [
    ("a booking that nobody was told of", |call| {
        let is_made = matches!(&call.answer, Answer::Booked(booked) if !booked.replayed);
        let fault = Answer::Fault {
            sqlstate: "23P01".into(),
            message: String::new(),
        };
        is_made && matches!(call.request.operation, Operation::Book(_)) && replace(call, fault)
    }),
    ("a balance that was told wrong", |call| match &mut call.answer {
        Answer::Booked(booked) => {
            booked.client_after = booked.client_after.map(|balance| balance + 1);
            true
        }
        _ => false,
    }),
    ("a balance that was read wrong", |call| match &mut call.answer {
        Answer::Balance(Some(standing)) => {
            standing.balance += 1_000_000;
            true
        }
        _ => false,
    }),
    ("a refund that was told wrong", |call| match &mut call.answer {
        Answer::Cancelled(cancelled) => {
            cancelled.refunded += 1;
            true
        }
        _ => false,
    }),
    ("a move from where the session was not", |call| {
        match &mut call.answer {
            Answer::Moved(moved) if !moved.replayed => {
                moved.from += 1;
                true
            }
            _ => false,
        }
    }),
    ("a taken slot where nobody was", |call| {
        match &mut call.request.operation {
            Operation::Book(wanted) if call.answer.name() == "SLOT_CONFLICT" => {
                wanted.slot.day = 30;
                true
            }
            _ => false,
        }
    }),
    (
        "too few credits of somebody who had enough",
        |call| match &mut call.answer {
            Answer::Refused(refused) if refused.code == "SLOT_CONFLICT" => {
                refused.code = "INSUFFICIENT_CREDITS".into();
                refused.required = refused.cost.map(i64::from);
                refused.available = Some(-1);
                true
            }
            _ => false,
        },
    ),
    ("a booking answered before it was asked for", |call| {
        let is_made = matches!(&call.answer, Answer::Booked(booked) if !booked.replayed);
        call.span = Span { from: 1, to: 2 };
        is_made && call.step > 0
    }),
];

/// The watch on balances during a run has to see it, too.
async fn check_watcher(database: &Client) -> Result<Option<String>> {
    let (name, statement) = OVERWRITTEN;
    database
        .batch_execute("begin; set local session_replication_role = replica")
        .await?;
    database.execute(statement, &[]).await?;
    let seen = balance_watch::unbalanced(database).await?;
    database.batch_execute("rollback").await?;
    Ok(seen.is_empty().then(|| format!("the watcher overlooks {name}")))
}

fn replace(call: &mut Call, answer: Answer) -> bool {
    call.answer = answer;
    true
}

/// A short load may by chance have no answer of a rare kind, such as a dispute's, to be spoilt. More kinds than this are missing
/// from no load by chance.
const MOST_WITHOUT_PLACE: usize = 3;

/// Plants each fault; a finding for each that the auditor overlooks.
pub async fn check_auditor(
    database: &Client,
    background: &Background,
    calls: &[Call],
    allowances: &Allowances,
) -> Result<Vec<String>> {
    let mut overlooked = Vec::new();
    let holds_credits = of_holds::are_possible(calls);
    let of_holds = if holds_credits {
        &of_holds::IN_ROWS[..]
    } else {
        &[]
    };
    for (name, statement) in IN_ROWS.iter().chain(of_holds) {
        database
            .batch_execute("begin; set local session_replication_role = replica")
            .await?;
        let statement = [
            ("{paid}", PAID),
            ("{refunded}", REFUNDED),
            ("{held}", of_holds::HELD),
        ]
        .iter()
        .fold((*statement).to_owned(), |statement, (place, session)| {
            statement.replace(place, session)
        });
        let planted = database.execute(&statement, &[]).await?;
        let snapshot = Snapshot::load(database).await?;
        database.batch_execute("rollback").await?;
        if planted == 0 || audit::judge(calls, background, &snapshot, allowances).is_empty() {
            overlooked.push(format!("the auditor overlooks {name} ({planted} rows planted)"));
        }
    }
    overlooked.extend(check_watcher(database).await?);
    let snapshot = Snapshot::load(database).await?;
    let of_holds = if holds_credits {
        &of_holds::IN_ANSWERS[..]
    } else {
        &[]
    };
    let mut without_place = Vec::new();
    for (name, spoil) in IN_ANSWERS.iter().chain(of_holds) {
        let mut spoilt = calls.to_vec();
        // The last one that fits, since the balance of the beginning may have stood always.
        let fits = |call: &&mut Call| spoil(&mut (**call).clone());
        let planted = spoilt.iter_mut().rev().find(fits).is_some_and(*spoil);
        if !planted {
            without_place.push(*name);
        } else if audit::judge(&spoilt, background, &snapshot, allowances).is_empty() {
            overlooked.push(format!("the auditor overlooks {name}"));
        }
    }
    if without_place.len() > MOST_WITHOUT_PLACE {
        overlooked.push(format!("nothing was answered that could hide {without_place:?}"));
    }
    let transactions = audit::transactions(calls, background, &snapshot);
    overlooked.extend(in_history::overlooked(&transactions));
    if overlooked.is_empty() {
        let of_holds = if holds_credits {
            of_holds::IN_ROWS.len() + of_holds::IN_ANSWERS.len()
        } else {
            0
        };
        let all = IN_ROWS.len() + IN_ANSWERS.len() + in_history::FAULTS.len() + of_holds;
        println!(
            "{} faults were planted, and the auditor found each",
            all - without_place.len()
        );
        if !without_place.is_empty() {
            println!("nothing was answered that could hide {without_place:?}");
        }
    }
    Ok(overlooked)
}
