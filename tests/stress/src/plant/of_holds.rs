//! What may go wrong with credits that are held.

use super::Spoil;
use crate::answer::Answer;
use crate::history::Call;
use crate::operation::Operation;

/// The session for which credits are held.
pub const HELD: &str = "(select session.id from public.client_sessions as session \
                         where (to_jsonb(session) ->> 'held_credits')::integer > 0 and client_name = 'Somebody' \
                         order by session.id limit 1)";

pub const IN_ROWS: [(&str, &str); 9] = [
    (
        "a hold for no session",
        "update public.credits set balance = balance - 1, held = held + 1 \
          where user_id = (select min(user_id::text)::uuid from public.credits where balance > 0)",
    ),
    (
        "a held credit that is lost",
        "update public.credits set held = held - 1 \
          where user_id = (select min(user_id::text)::uuid from public.credits where held > 0)",
    ),
    (
        "a hold without its session's knowledge",
        "update public.client_sessions set held_credits = null where id = {held}",
    ),
    (
        "a session that holds more than was taken",
        "update public.client_sessions set held_credits = held_credits + 1 where id = {held}",
    ),
    (
        "a hold that the ledger has lost",
        "delete from public.credit_transactions where session_id = {held} and transaction_type = 'session_hold'",
    ),
    (
        "a release of what is held still",
        "insert into public.credit_transactions (user_id, transaction_type, amount, balance_before, balance_after, \
         held_before, held_after, session_id) \
         select user_id, 'session_hold_release', amount, balance_after, balance_before, held_after, held_before, session_id \
           from public.credit_transactions where session_id = {held} and transaction_type = 'session_hold'",
    ),
    (
        "a release twice",
        "insert into public.credit_transactions (user_id, transaction_type, amount, balance_before, balance_after, \
         held_before, held_after, session_id) \
         select user_id, transaction_type, amount, balance_before, balance_after, held_before, held_after, session_id \
           from public.credit_transactions where transaction_type = 'session_hold_release' order by id limit 1",
    ),
    (
        "a payment from what could be spent in the place of what was held",
        "update public.credit_transactions set balance_before = balance_before + amount, held_before = held_before - amount \
          where id = (select id from public.credit_transactions \
                       where transaction_type = 'session_payment' and held_before > held_after order by id limit 1)",
    ),
    (
        "a session that is settled though its credits are held",
        "update public.client_sessions set status = 'completed', settled_at = now() where id = {held}",
    ),
];

pub const IN_ANSWERS: [(&str, Spoil); 4] = [
    ("an acceptance told twice as the first", |call| {
        match (&call.request.operation, &mut call.answer) {
            (Operation::Accept { .. }, Answer::Booked(booked)) if booked.replayed => {
                booked.replayed = false;
                true
            }
            _ => false,
        }
    }),
    ("what is held told wrong", |call| match &mut call.answer {
        Answer::Settled(settled) if !settled.replayed => {
            settled.client_held += 1_000_000;
            true
        }
        _ => false,
    }),
    (
        "credits told as settled that are held on",
        |call| match &mut call.answer {
            Answer::Settled(settled) if !settled.replayed && settled.is_open => {
                settled.settled += 1;
                true
            }
            _ => false,
        },
    ),
    ("a timeout that beats a dispute", |call| {
        let (Operation::ResolveDispute { .. }, Answer::Settled(settled)) =
            (&call.request.operation, &call.answer)
        else {
            return false;
        };
        let session = settled.session;
        call.request.operation = Operation::SettleDueSessions;
        call.answer = Answer::Changed {
            rows: 1,
            sessions: Vec::new(),
            settled: vec![session],
            transactions: Vec::new(),
        };
        true
    }),
];

/// Whether the run has held anything at all.
pub fn are_possible(calls: &[Call]) -> bool {
    calls
        .iter()
        .any(|call| matches!(call.request.operation, Operation::Accept { .. }))
}
