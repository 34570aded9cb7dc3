//! What a person's ledger rows say, a page at a time.

use super::people::{self, People};
use super::{accounts, columns};
use crate::cursor::Position;
use crate::fault::Fault;
use crate::postgres::convert::{instant, sql_date, sql_uuid, uuid};
use crate::postgres::statement::{Connection, Row, first_row, run, statements};
use chrono::NaiveDate;
use peer_exchange_rules::account::Account;
use peer_exchange_rules::credit_statement::{Counterpart, CreditStatement, Entry, Outlook, Session};
use pgrx::datum::TimestampWithTimeZone;
use uuid::Uuid;

statements! {
    ACCOUNT = Reads include_str!("../../sql/query/account_of_person.sql");
    ENTRIES = Reads include_str!("../../sql/query/entries_of_person.sql");
}

/// The letter of this list's cursors.
pub const LIST: char = 'e';

/// Which entries are asked for.
pub struct Extract {
    pub first_day: Option<NaiveDate>,
    pub last_day: Option<NaiveDate>,
    /// Where the page before this one ended.
    pub before: Option<Position>,
    pub limit: usize,
    /// Which kind of them alone.
    pub kind: Option<&'static str>,
    /// Those of sessions with this person alone.
    pub counterpart_id: Option<Uuid>,
}

pub fn load(
    connection: &mut Connection<'_>,
    person_id: Uuid,
    extract: &Extract,
) -> Result<CreditStatement, Fault> {
    let (account, outlook, since, until) = account(connection, person_id, extract)?;
    let start = until.min(extract.before.unwrap_or(Position::LAST));
    let mut rows = entries(connection, person_id, since, start, extract)?;
    let has_more = rows.len() > extract.limit;
    rows.truncate(extract.limit);
    let next_before = rows
        .last()
        .filter(|_| has_more)
        .map(|row| row.position.cursor(LIST));

    let counterparts: Vec<Uuid> = rows.iter().filter_map(|row| row.counterpart_id).collect();
    let people = people::read(connection, &counterparts)?;
    Ok(CreditStatement {
        account,
        outlook,
        entries: rows.into_iter().map(|row| row.named(&people)).collect(),
        next_before,
    })
}

/// What sessions to come will take and bring.
pub fn outlook(connection: &mut Connection<'_>, person_id: Uuid) -> Result<Outlook, Fault> {
    let nothing = Extract {
        first_day: None,
        last_day: None,
        before: None,
        limit: 0,
        kind: None,
        counterpart_id: None,
    };
    let (_, outlook, ..) = account(connection, person_id, &nothing)?;
    Ok(outlook)
}

/// What she has, and the bounds of the days that she asks for.
fn account(
    connection: &mut Connection<'_>,
    person_id: Uuid,
    extract: &Extract,
) -> Result<(Account, Outlook, TimestampWithTimeZone, Position), Fault> {
    let arguments = [
        sql_uuid(person_id).into(),
        extract.first_day.map(sql_date).transpose()?.into(),
        extract.last_day.map(sql_date).transpose()?.into(),
    ];
    let row = first_row(run(connection, &ACCOUNT, &arguments)?)
        .ok_or_else(|| Fault::invariant_violated("a person has no account, not even an empty one"))?;
    let account = accounts::account(&row, accounts::widths())?;
    let outlook = Outlook {
        will_take: row.required("will_take")?,
        will_bring: row.required("will_bring")?,
    };
    let since = row
        .optional("since")?
        .unwrap_or_else(TimestampWithTimeZone::negative_infinity);
    let until = row
        .optional::<TimestampWithTimeZone>("until")?
        .map_or(Position::LAST, |until| Position::before_all_at(until.into()));
    Ok((account, outlook, since, until))
}

/// An entry, and what leads further.
struct EntryRow {
    entry: Entry,
    position: Position,
    counterpart_id: Option<Uuid>,
}

impl EntryRow {
    fn named(self, people: &People) -> Entry {
        let counterpart = self
            .counterpart_id
            .and_then(|id| people.get(&id))
            .map(|person| Counterpart {
                id: person.id,
                name: person.name.clone(),
            });
        Entry {
            counterpart,
            ..self.entry
        }
    }
}

/// One more than the page has, if there is one.
fn entries(
    connection: &mut Connection<'_>,
    person_id: Uuid,
    since: TimestampWithTimeZone,
    start: Position,
    extract: &Extract,
) -> Result<Vec<EntryRow>, Fault> {
    let start_at = TimestampWithTimeZone::try_from(start.microseconds)
        .map_err(|_| Fault::invariant_violated("a position that Postgres does not know"))?;
    let limit = i64::try_from(extract.limit + 1).expect("a page is small");
    let arguments = [
        sql_uuid(person_id).into(),
        since.into(),
        start_at.into(),
        sql_uuid(start.id).into(),
        limit.into(),
        extract.kind.into(),
        extract.counterpart_id.map(sql_uuid).into(),
    ];
    run(connection, &ENTRIES, &arguments)?
        .map(|row| entry(&row))
        .collect()
}

fn entry(row: &Row<'_>) -> Result<EntryRow, Fault> {
    let id = uuid(row.required("id")?);
    let made_at: TimestampWithTimeZone = row.required("made_at")?;
    Ok(EntryRow {
        entry: Entry {
            id,
            created_at: row.required::<bool>("is_dated")?.then(|| instant(made_at)),
            transaction_type: row.required("transaction_type")?,
            credits: row.required("credits")?,
            balance_after: row.required("balance_after")?,
            held_after: row.required("held_after")?,
            owed_after: row.required("owed_after")?,
            description: row.optional("description")?,
            counterpart: None,
            session: session(row)?,
        },
        position: Position {
            microseconds: made_at.into(),
            id,
        },
        counterpart_id: row.optional("counterpart_id")?.map(uuid),
    })
}

fn session(row: &Row<'_>) -> Result<Option<Session>, Fault> {
    let Some(id) = row.optional("session_id")? else {
        return Ok(None);
    };
    Ok(Some(Session {
        time: columns::session_time(row, uuid(id))?,
        status: row.required("status")?,
    }))
}
