//! The SQL of every operation. Arguments and results are text throughout.

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta, Utc};

use crate::answer::{Answer, SeenBalance, SeenSession};
use crate::audit::Standing;
use crate::operation::{MINUTES_PER_DAY, Operation, SessionRequest};
use crate::people;

pub const BOOK: &str = "select public.create_peer_booking($1::text::uuid, $2::text::uuid, $3::text::date, \
     $4::text::time, $5::text::integer, $6::text, $7::text, $8::text::uuid, $9::text)::text";
const REQUEST: &str = "select public.request_peer_booking($1::text::uuid, $2::text::uuid, $3::text::date, \
     $4::text::time, $5::text::integer, $6::text, $7::text, $8::text::uuid, $9::text)::text";
const ACCEPT: &str = "select public.accept_peer_booking($1::text::uuid)::text";
const COMPLETE: &str = "select public.complete_peer_session($1::text::uuid)::text";
const REPORT_NO_SHOW: &str = "select public.report_peer_no_show($1::text::uuid, $2::text)::text";
const RESOLVE_DISPUTE: &str =
    "select peer_exchange.resolve_dispute($1::text::uuid, $2::text::numeric, $3::text)::text";
const SETTLE_DUE_SESSIONS: &str = "select peer_exchange.settle_due_sessions()::text";
/// Which transaction it was, the ledger says, too.
const EXPIRE_REQUESTS: &str = "select peer_exchange.expire_requests()::text";
const LET_EXPIRE: &str = "with changed as (update public.client_sessions set expires_at = 'epoch' \
     where id = $1::text::uuid and status::text = 'pending_approval' and expires_at > now() returning 1) \
     select count(*)::text from changed";
/// Where it was before and where it is; nobody else may have been promised that time.
const LET_TAKE_PLACE: &str = "with changed as (update public.client_sessions \
     set session_date = session_date - $2::text::integer, \
         occupied_during = tstzrange(lower(occupied_during) - make_interval(days => $2::text::integer), \
                                     upper(occupied_during) - make_interval(days => $2::text::integer)) \
     where id = $1::text::uuid and status::text = 'scheduled' and credit_cost is not null and lower(occupied_during) > now() \
     returning session_date, start_time) \
     select concat_ws(' ', session_date, to_char(start_time, 'HH24:MI')) from changed";
const LET_REPORT_STAND: &str = "with changed as (update public.client_sessions set no_show_reported_at = 'epoch' \
     where id = $1::text::uuid and status::text = 'no_show' and settled_at is null and no_show_reported_at > 'epoch' \
     returning 1) select count(*)::text from changed";
pub const MOVE: &str =
    "select public.reschedule_peer_booking($1::text::uuid, $2::text::date, $3::text::time, $4::text)::text";
pub const CHARGE: &str = "select public.process_peer_booking_credits($1::text::uuid, $2::text::uuid, \
     $3::text::uuid, $4::text::integer, $5::text::uuid)::text";
pub const REFUND: &str = "select public.process_peer_booking_refund($1::text::uuid, $2::text)::text";
pub const GRANT: &str =
    "select peer_exchange.grant_credits($1::text::uuid, $2::text::integer, $3::text, $4::text)::text";
const GRANT_TO_ALL: &str = "select peer_exchange.grant_credits(id, $1::text::integer, 'Gift', $2::text || ' ' || id)::text from public.users";
const ALLOCATE: &str = "select peer_exchange.allocate_credits($1::text::integer, $2::text, $2::text)::text";
const INSERT: &str = "insert into public.client_sessions \
     (id, therapist_id, client_id, client_name, session_date, start_time, duration_minutes, session_type, \
     notes, status, is_peer_booking) values ($1::text::uuid, $2::text::uuid, $3::text::uuid, 'Somebody', \
     $4::text::date, $5::text::time, $6::text::integer, 'massage', $7::text, 'scheduled', true) returning '1'";
const CANCEL: &str = "with changed as (update public.client_sessions set status = 'cancelled', \
     cancellation_reason = $2::text where id = $1::text::uuid and status = 'scheduled' returning 1) \
     select count(*)::text from changed";
const COMPLETE_DIRECTLY: &str = "with changed as (update public.client_sessions set status = 'completed' \
     where id = $1::text::uuid and status = 'scheduled' and payment_status::text in ('paid', 'held') returning 1) \
     select count(*)::text from changed";
const DEACTIVATE: &str = "with changed as (update public.users set is_active = false \
     where id = $1::text::uuid and is_active returning 1) select count(*)::text from changed";
const REACTIVATE: &str = "with changed as (update public.users set is_active = true \
     where id = $1::text::uuid and not is_active returning 1) select count(*)::text from changed";
const DELETE: &str = "with changed as (delete from public.users where id = $1::text::uuid returning 1) \
     select count(*)::text from changed";
const ARRIVE: &str = "with arrived as (insert into public.users (id, email, first_name, user_role) \
     values ($1::text::uuid, $1::text || '@example.test', 'Somebody', 'osteopath') \
     on conflict do nothing returning id), \
     clock as (insert into public.practitioner_availability (user_id, timezone) select id, $2::text from arrived), \
     offer as (insert into public.practitioner_products (id, practitioner_id, name, duration_minutes, credit_cost) \
     select $3::text::uuid, id, 'Short massage', $4::text::integer, $5::text::integer from arrived where $3 is not null), \
     terms as (insert into public.cancellation_policies (practitioner_id, full_refund_hours, partial_refund_hours, \
     partial_refund_percent, no_refund_hours) select id, 8000, 24, $6::text::integer, 12 from arrived where $6 is not null), \
     holiday as (insert into public.calendar_events (user_id, title, start_time, end_time) \
     select id, 'Holiday', $7::text::date, $7::text::date + 2 from arrived) \
     select count(*)::text from arrived";
const CANCEL_ORPHANS: &str = "select peer_exchange.cancel_orphaned_sessions($1::text::interval)::text";
/// Version 0.1.0 holds nothing and has no such column.
const BALANCE: &str = "select concat_ws(' ', balance, coalesce(to_jsonb(account) ->> 'held', '0'), owed) \
     from public.credits as account where user_id = $1::text::uuid";
/// One statement, so of one moment.
const ALL_BALANCES: &str = "select concat_ws(' ', account.user_id, account.balance, \
     coalesce(to_jsonb(account) ->> 'held', '0'), account.owed, \
     (select entry.id from public.credit_transactions as entry where entry.user_id = account.user_id \
     order by entry.created_at desc, entry.id desc limit 1)) from public.credits as account \
     join public.users as person on person.id = account.user_id where person.first_name = 'Somebody'";
const SESSIONS: &str = "select concat_ws(' ', id, coalesce(client_id::text, '-'), coalesce(therapist_id::text, '-')) \
     from public.client_sessions where occupied_during is not null and status::text in ('scheduled', 'pending_approval') \
     and is_peer_booking order by created_at desc, id limit 20";
/// Those of the run: an application may have others.
const PEOPLE: &str = "select id::text from public.users where first_name = 'Somebody' order by id";
/// What the statement before it has settled. A row that can be seen though whoever wrote it goes on is the transaction's own,
/// be it of a subtransaction.
const SETTLED_NOW: &str = "select 'settled ' || id from public.client_sessions \
     where settled_at = now() and pg_xact_status(xmin::text::xid8) = 'in progress'";
/// The numbers of the subtransactions in which it has set credits free.
const RELEASED_NOW: &str = "select distinct 'transaction ' || xmin from public.credit_transactions \
     where created_at >= now() and transaction_type::text = 'session_hold_release' \
     and pg_xact_status(xmin::text::xid8) = 'in progress'";
/// What it has cancelled.
const CANCELLED_NOW: &str = "select id::text from public.client_sessions where cancelled_at = now() \
     and cancellation_reason in ('Never charged', 'The other person has left', 'One of the two is no longer active')";

/// How long a session waits to be settled, and a report can be contradicted; longer than time is made to pass for most.
pub const SETTLE_AFTER_HOURS: i32 = 30 * 24;
/// What a client pays who does not come.
pub const NO_SHOW_PERCENT: i64 = 40;

/// What a run needs where credits are held.
pub fn settlement_of_run() -> String {
    format!(
        "create index stress_settled_at on public.client_sessions (settled_at); \
         do $$ begin \
           execute format('alter database %I set peer_exchange.settle_after_hours = {SETTLE_AFTER_HOURS}', current_database()); \
           execute format('alter database %I set peer_exchange.no_show_percent = {NO_SHOW_PERCENT}', current_database()); \
         end $$"
    )
}

/// One transaction.
pub struct Script {
    pub statement: &'static str,
    pub arguments: Vec<Option<String>>,
    /// Two at most.
    pub then: &'static [&'static str],
}

/// The first day of the run: far enough ahead that nothing of it passes meanwhile.
pub fn first_day() -> NaiveDate {
    Utc::now().date_naive() + Days::new(7)
}

fn date(day: i32) -> String {
    // A run over midnight keeps the day it began with.
    static FIRST: std::sync::OnceLock<NaiveDate> = std::sync::OnceLock::new();
    (*FIRST.get_or_init(first_day) + TimeDelta::days(day.into())).to_string()
}

/// The day that Postgres printed, counted from the run's first.
pub fn first_date() -> NaiveDate {
    date(0).parse().expect("a date printed by ourselves")
}

/// A date and a time of a reply, in minutes since the run's first midnight.
pub fn minutes(date: &str, time: &str) -> Option<i32> {
    let date: NaiveDate = date.parse().ok()?;
    let time = NaiveTime::parse_from_str(time, "%H:%M").ok()?;
    let days = i32::try_from((date - first_date()).num_days()).ok()?;
    let minutes = i32::try_from((time - NaiveTime::MIN).num_minutes()).ok()?;
    Some(days * MINUTES_PER_DAY + minutes)
}

fn clock(minute: i32) -> String {
    (NaiveTime::MIN + TimeDelta::minutes(minute.into())).to_string()
}

pub fn booking_arguments(wanted: &SessionRequest) -> Vec<Option<String>> {
    vec![
        Some(wanted.client.to_string()),
        Some(wanted.practitioner.to_string()),
        Some(date(wanted.slot.day)),
        Some(clock(wanted.slot.minute)),
        Some(wanted.slot.duration.to_string()),
        Some("massage".to_owned()),
        Some(wanted.label.clone()),
        wanted.product.map(|product| product.to_string()),
        wanted.key.clone(),
    ]
}

pub fn script(operation: &Operation) -> Script {
    let (statement, arguments) = match operation {
        Operation::Book(wanted) if wanted.asks_first => (REQUEST, booking_arguments(wanted)),
        Operation::Book(wanted) => (BOOK, booking_arguments(wanted)),
        Operation::Accept { session } => (ACCEPT, some(&[&session.to_string()])),
        Operation::Complete { session } => (COMPLETE, some(&[&session.to_string()])),
        Operation::ReportNoShow { session, label } => (REPORT_NO_SHOW, some(&[&session.to_string(), label])),
        Operation::ResolveDispute {
            session,
            client_percent,
            label,
        } => (
            RESOLVE_DISPUTE,
            some(&[&session.to_string(), &client_percent.to_string(), label]),
        ),
        Operation::SettleDueSessions => (SETTLE_DUE_SESSIONS, Vec::new()),
        Operation::ExpireRequests => (EXPIRE_REQUESTS, Vec::new()),
        Operation::LetExpire { session } => (LET_EXPIRE, some(&[&session.to_string()])),
        Operation::LetTakePlace { session, days } => {
            (LET_TAKE_PLACE, some(&[&session.to_string(), &days.to_string()]))
        }
        Operation::LetReportStand { session } => (LET_REPORT_STAND, some(&[&session.to_string()])),
        Operation::Move(wanted) => {
            let words = [
                wanted.session.to_string(),
                date(wanted.day),
                clock(wanted.minute),
                wanted.key.clone(),
            ];
            (MOVE, words.map(Some).to_vec())
        }
        Operation::Insert(insertion) => {
            let wanted = &insertion.wanted;
            let words = [
                insertion.session.to_string(),
                wanted.practitioner.to_string(),
                wanted.client.to_string(),
                date(wanted.slot.day),
                clock(wanted.slot.minute),
                wanted.slot.duration.to_string(),
                wanted.label.clone(),
            ];
            (INSERT, words.map(Some).to_vec())
        }
        Operation::Charge(insertion) => {
            let wanted = &insertion.wanted;
            let words =
                [wanted.client, wanted.practitioner, insertion.session].map(|id| Some(id.to_string()));
            let duration = Some(wanted.slot.duration.to_string());
            (CHARGE, [&words[..], &[duration, None]].concat())
        }
        Operation::Refund { session, label } => (REFUND, some(&[&session.to_string(), label])),
        Operation::CancelDirectly { session, label } => (CANCEL, some(&[&session.to_string(), label])),
        Operation::CompleteDirectly { session } => (COMPLETE_DIRECTLY, some(&[&session.to_string()])),
        Operation::Grant { person, amount, key } => (
            GRANT,
            some(&[&person.to_string(), &amount.to_string(), "Allocation", key]),
        ),
        Operation::GrantToAll { amount, key } => (GRANT_TO_ALL, some(&[&amount.to_string(), key])),
        Operation::Allocate { amount, period } => (ALLOCATE, some(&[&amount.to_string(), period])),
        Operation::Deactivate(person) => (DEACTIVATE, some(&[&person.to_string()])),
        Operation::Reactivate(person) => (REACTIVATE, some(&[&person.to_string()])),
        Operation::Delete(person) => (DELETE, some(&[&person.to_string()])),
        Operation::Arrive(person) => {
            let product = people::product(*person);
            let policy = people::has_policy(*person).then(|| people::PARTIAL_REFUND_PERCENT.to_string());
            let arguments = vec![
                Some(person.to_string()),
                Some(people::time_zone(*person).to_owned()),
                product.map(|product| product.id.to_string()),
                product.map(|product| product.minutes.to_string()),
                product.map(|product| product.credits.to_string()),
                policy,
                Some(date(crate::attacks::HOLIDAY - 1)),
            ];
            (ARRIVE, arguments)
        }
        Operation::CancelOrphans { older_than } => (CANCEL_ORPHANS, some(&[older_than])),
        Operation::ReadBalance(person) => (BALANCE, some(&[&person.to_string()])),
        Operation::ReadAllBalances => (ALL_BALANCES, Vec::new()),
        Operation::LookAtSessions => (SESSIONS, Vec::new()),
        Operation::LookAtPeople => (PEOPLE, Vec::new()),
        Operation::Attack(attack) => (attack.statement, attack.arguments.clone()),
    };
    let then = match operation {
        Operation::Deactivate(_) | Operation::CancelOrphans { .. } => &[CANCELLED_NOW][..],
        Operation::Delete(_) => &[CANCELLED_NOW, SETTLED_NOW],
        Operation::SettleDueSessions => &[SETTLED_NOW],
        Operation::ExpireRequests => &[RELEASED_NOW],
        _ => &[],
    };
    Script {
        statement,
        arguments,
        then,
    }
}

fn some(words: &[&str]) -> Vec<Option<String>> {
    words.iter().map(|word| Some((*word).to_owned())).collect()
}

/// What the rows that came back say.
pub fn read(operation: &Operation, rows: &[String], then: &[String]) -> Answer {
    let unreadable = || Answer::Unreadable(rows.join("; "));
    match operation {
        Operation::Book(_)
        | Operation::Move(_)
        | Operation::Charge(_)
        | Operation::Refund { .. }
        | Operation::Accept { .. }
        | Operation::Complete { .. }
        | Operation::ReportNoShow { .. }
        | Operation::ResolveDispute { .. }
        | Operation::Grant { .. } => rows
            .first()
            .map_or_else(unreadable, |reply| Answer::of_json(reply)),
        Operation::GrantToAll { .. } => {
            let granted = rows.iter().map(|reply| match Answer::of_json(reply) {
                Answer::Granted(granted) => Some(granted),
                _ => None,
            });
            granted
                .collect::<Option<_>>()
                .map_or_else(unreadable, Answer::GrantedToAll)
        }
        Operation::Allocate { .. } => Answer::Text(rows.join(", ")),
        Operation::ReadBalance(_) => balance(rows).unwrap_or_else(unreadable),
        Operation::ReadAllBalances => {
            let seen: Option<Vec<SeenBalance>> = rows.iter().map(|row| seen_balance(row)).collect();
            seen.map_or_else(unreadable, Answer::Balances)
        }
        Operation::LookAtSessions => {
            let seen: Option<Vec<SeenSession>> = rows.iter().map(|row| seen_session(row)).collect();
            seen.map_or_else(unreadable, Answer::Sessions)
        }
        Operation::LookAtPeople => {
            let seen: Result<_, _> = rows.iter().map(|row| row.parse()).collect();
            seen.map_or_else(|_| unreadable(), Answer::People)
        }
        Operation::Attack(_) => {
            let text = rows.first().cloned().unwrap_or_default();
            match Answer::of_json(&text) {
                Answer::Unreadable(_) => Answer::Text(text),
                answer => answer,
            }
        }
        Operation::LetTakePlace { .. } => match rows.first() {
            Some(row) => began(row).map_or_else(unreadable, Answer::Began),
            None => Answer::changed(0),
        },
        _ => changed(rows, then).unwrap_or_else(unreadable),
    }
}

/// In minutes since the run's first midnight on the practitioner's clock.
fn began(row: &str) -> Option<i32> {
    let (date, time) = row.split_once(' ')?;
    minutes(date, time)
}

/// A number of rows or sessions, and which those were.
fn changed(rows: &[String], then: &[String]) -> Option<Answer> {
    let (mut sessions, mut settled, mut transactions) = (Vec::new(), Vec::new(), Vec::new());
    for row in then {
        match row.split_once(' ') {
            None => sessions.push(row.parse().ok()?),
            Some(("settled", id)) => settled.push(id.parse().ok()?),
            Some(("transaction", number)) => transactions.push(number.parse().ok()?),
            Some(_) => return None,
        }
    }
    Some(Answer::Changed {
        rows: rows.first()?.parse().ok()?,
        sessions,
        settled,
        transactions,
    })
}

fn balance(rows: &[String]) -> Option<Answer> {
    let Some(row) = rows.first() else {
        return Some(Answer::Balance(None));
    };
    let words: Vec<&str> = row.split(' ').collect();
    Some(Answer::Balance(Some(standing(&words)?)))
}

fn standing(words: &[&str]) -> Option<Standing> {
    let [balance, held, owed] = words else { return None };
    Some(Standing {
        balance: balance.parse().ok()?,
        held: held.parse().ok()?,
        owed: owed.parse().ok()?,
    })
}

fn seen_balance(row: &str) -> Option<SeenBalance> {
    let words: Vec<&str> = row.split(' ').collect();
    let [person, balance, held, owed, last_entry @ ..] = &words[..] else {
        return None;
    };
    Some(SeenBalance {
        person: person.parse().ok()?,
        standing: standing(&[balance, held, owed])?,
        last_entry: last_entry.first().map(|id| id.parse()).transpose().ok()?,
    })
}

fn seen_session(row: &str) -> Option<SeenSession> {
    let mut words = row.split(' ');
    let id = words.next()?.parse().ok()?;
    let mut party = || words.next().map(|word| word.parse().ok());
    Some(SeenSession {
        id,
        client: party()?,
        practitioner: party()?,
    })
}
