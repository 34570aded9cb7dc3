//! The attacks that are always the same, as tables.

use crate::statements::{CHARGE, GRANT, REFUND};

const MISSING: &[&str] = &["MISSING_PARAMETER"];
pub const NOT_ALLOWED: &[&str] = &["42501"];
/// P0002 was what 0.1.0 said of somebody who is not there; the load plays on that version, too.
const INVALID: &[&str] = &["22023", "P0002"];
/// What comes before the intended rule, where a party has meanwhile left or is inactive.
pub const PARTY_GONE: [&str; 4] = [
    "CLIENT_NOT_FOUND",
    "PRACTITIONER_NOT_FOUND",
    "CLIENT_INACTIVE",
    "PRACTITIONER_INACTIVE",
];
/// Attacks that are a booking with one argument spoilt: where, with what, and the right answers.
pub type Spoilt = (
    &'static str,
    usize,
    Option<&'static str>,
    &'static [&'static str],
    bool,
);
pub const SPOILT_BOOKINGS: [Spoilt; 13] = [
    ("no client", 0, None, MISSING, false),
    ("no practitioner", 1, None, MISSING, false),
    ("no date", 2, None, MISSING, false),
    ("no time", 3, None, MISSING, false),
    ("no duration", 4, None, MISSING, false),
    ("a blank session type", 5, Some(" "), MISSING, false),
    (
        "an endless session",
        4,
        Some("2147483647"),
        &["INVALID_DURATION"],
        false,
    ),
    (
        "a negative duration",
        4,
        Some("-60"),
        &["INVALID_DURATION"],
        false,
    ),
    ("no time at all", 4, Some("0"), &["INVALID_DURATION"], false),
    (
        "at the end of time",
        2,
        Some("infinity"),
        &["TOO_FAR_AHEAD"],
        true,
    ),
    (
        "before all time",
        2,
        Some("-infinity"),
        &["SESSION_IN_PAST"],
        true,
    ),
    ("at 24:00", 3, Some("24:00:00"), INVALID, false),
    (
        "nobody's practice",
        1,
        Some("00000000-0000-4000-8000-000000000000"),
        &["PRACTITIONER_NOT_FOUND"],
        true,
    ),
];

/// Attacks that are a statement of their own. `{person}`, `{other}` and `{session}` are put in.
pub struct Attempt {
    pub name: &'static str,
    pub by: By,
    pub statement: &'static str,
    pub arguments: &'static [Option<&'static str>],
    pub right_answers: &'static [&'static str],
}

#[derive(Clone, Copy)]
pub enum By {
    Person,
    Service,
    Anonymous,
}

pub const ATTEMPTS: [Attempt; 17] = [
    attempt("a refund of nothing", By::Person, REFUND, &[None, None], MISSING),
    attempt(
        "a refund of no session",
        By::Service,
        REFUND,
        &[Some("{other}"), None],
        &["SESSION_NOT_FOUND"],
    ),
    attempt(
        "a refund by nobody",
        By::Anonymous,
        REFUND,
        &[Some("{session}"), None],
        NOT_ALLOWED,
    ),
    attempt(
        "a grant to oneself",
        By::Person,
        GRANT,
        &[Some("{person}"), Some("1000"), Some("Mine"), None],
        NOT_ALLOWED,
    ),
    attempt(
        "a negative grant",
        By::Service,
        GRANT,
        &[Some("{person}"), Some("-5"), Some("Less"), None],
        INVALID,
    ),
    attempt(
        "a grant of nothing",
        By::Service,
        GRANT,
        &[Some("{person}"), Some("0"), Some("None"), None],
        INVALID,
    ),
    attempt(
        "a grant without an amount",
        By::Service,
        GRANT,
        &[Some("{person}"), None, Some("What"), None],
        &["22004"],
    ),
    attempt(
        "a grant to nobody",
        By::Service,
        GRANT,
        &[
            Some("00000000-0000-4000-8000-000000000000"),
            Some("5"),
            Some("Who"),
            None,
        ],
        INVALID,
    ),
    attempt(
        "a charge of no session",
        By::Service,
        CHARGE,
        &[
            Some("{person}"),
            Some("{other}"),
            Some("00000000-0000-4000-8000-000000000000"),
            Some("30"),
            None,
        ],
        &[
            "SESSION_NOT_FOUND",
            "INSUFFICIENT_CREDITS",
            PARTY_GONE[0],
            PARTY_GONE[1],
            PARTY_GONE[2],
            PARTY_GONE[3],
        ],
    ),
    attempt(
        "a raised balance",
        By::Person,
        "update public.credits set balance = balance + 1000 where user_id = $1::text::uuid returning 'raised'",
        &[Some("{person}")],
        NOT_ALLOWED,
    ),
    attempt(
        "a forged entry",
        By::Person,
        "insert into public.credit_transactions (user_id, transaction_type, amount, balance_before, balance_after) \
             values ($1::text::uuid, 'bonus', 1000, 0, 1000) returning 'forged'",
        &[Some("{person}")],
        NOT_ALLOWED,
    ),
    attempt(
        "a rewritten ledger",
        By::Service,
        "with rewritten as (update public.credit_transactions set amount = 1 where user_id = $1::text::uuid returning 1) \
             select count(*)::text from rewritten",
        &[Some("{person}")],
        &["42501", "0"],
    ),
    attempt(
        "a session in somebody's name",
        By::Person,
        "insert into public.client_sessions (therapist_id, client_id, session_date, start_time, duration_minutes, is_peer_booking) \
             values ($1::text::uuid, $2::text::uuid, current_date + 20, '10:00', 60, true) returning 'inserted'",
        &[Some("{person}"), Some("{other}")],
        NOT_ALLOWED,
    ),
    attempt(
        "a raised price",
        By::Person,
        "with raised as (update public.client_sessions set credit_cost = coalesce(credit_cost, 0) + 500 where id = $1::text::uuid returning 1) \
             select count(*)::text from raised",
        &[Some("{session}")],
        &["23514", "P0001", "0"],
    ),
    attempt(
        "swapped parties",
        By::Service,
        "with swapped as (update public.client_sessions set client_id = therapist_id, therapist_id = client_id \
             where id = $1::text::uuid and client_id is not null and therapist_id is not null returning 1) \
             select count(*)::text from swapped",
        &[Some("{session}")],
        &["23514", "0"],
    ),
    attempt(
        "no peer booking any more",
        By::Service,
        "with flipped as (update public.client_sessions set is_peer_booking = false where id = $1::text::uuid returning 1) \
             select count(*)::text from flipped",
        &[Some("{session}")],
        &["23514", "0"],
    ),
    attempt(
        "a paid session deleted",
        By::Service,
        "with deleted as (delete from public.client_sessions where id = $1::text::uuid and payment_status = 'paid' \
             and client_id is not null and therapist_id is not null returning 1) \
             select count(*)::text from deleted",
        &[Some("{session}")],
        &["23001", "0"],
    ),
];

const fn attempt(
    name: &'static str,
    by: By,
    statement: &'static str,
    arguments: &'static [Option<&'static str>],
    right_answers: &'static [&'static str],
) -> Attempt {
    Attempt {
        name,
        by,
        statement,
        arguments,
        right_answers,
    }
}
