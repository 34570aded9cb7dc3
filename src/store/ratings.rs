//! What clients say of sessions, where that is kept here.

use super::as_decided::{self, keeps};
use super::sessions::Session;
use crate::fault::Fault;
use crate::postgres::convert::{instant, sql_uuid};
use crate::postgres::own_writes::{OwnWrite, Payment};
use crate::postgres::statement::{Connection, Row, first_row, run, statements};
use chrono::{DateTime, Utc};
use peer_exchange_rules::rating::{Facts, Given, Rating};
use peer_exchange_rules::refusal::Refusal;
use serde::Deserialize;
use serde_json::Value;

statements! {
    KEEPING = Reads
        "select peer_exchange.keeps_ratings() as are_kept, peer_exchange.has_rating_columns() as have_columns";
    RATING_FACTS = Writes concat!(
        "select now() as now, ",
        include_str!("../../sql/query/rating_of_session.sql"),
        " from public.client_sessions as session where session.id = $1");
    RATE_SESSION = Writes keeps!(include_str!("../../sql/query/rate_session.sql"), "session", "terms", "judgement");
}

/// What people say of a practitioner: the application's own figures, or else those of the sessions here.
pub struct Reputation {
    pub rating: Option<f64>,
    pub rating_count: Option<i64>,
}

/// That of the practitioner in a row with the columns of completed_sessions.sql, beside what the application says of her.
pub fn reputation(row: &Row<'_>, profile: &Value) -> Result<Reputation, Fault> {
    let either = |names: [&str; 2]| {
        names
            .map(|name| &profile[name])
            .into_iter()
            .find(|value| !value.is_null())
    };
    // Zero is what somebody has whom nobody has rated.
    let of_application = either(["average_rating", "rating"])
        .and_then(Value::as_f64)
        .filter(|rating| *rating > 0.0);
    let of_sessions: Option<f64> = row.optional("average_of_stars")?;
    Ok(match (of_application, of_sessions) {
        (None, Some(average)) => Reputation {
            rating: Some(average),
            rating_count: row.optional("count_of_stars")?,
        },
        _ => Reputation {
            rating: of_application,
            rating_count: either(["rating_count", "review_count"]).and_then(Value::as_i64),
        },
    })
}

/// The rating of a session as its row tells it, in the column `rating`.
#[derive(Deserialize)]
struct Told {
    stars: Option<i16>,
    comment: Option<String>,
    rated_at: Option<String>,
}

impl Told {
    /// `None` for an instant beyond the calendar, which only the application can have written.
    fn rated_at(&self) -> Option<DateTime<Utc>> {
        let instant = DateTime::parse_from_rfc3339(self.rated_at.as_deref()?);
        instant.ok().map(|instant| instant.to_utc())
    }
}

/// Which rating the row of a session keeps, if it can keep any.
pub enum Kept {
    Nowhere,
    NotYet,
    Given(Given),
}

impl Kept {
    pub fn given(self) -> Option<Given> {
        match self {
            Kept::Given(given) => Some(given),
            Kept::Nowhere | Kept::NotYet => None,
        }
    }
}

/// Which rating this row keeps.
pub fn rating(row: &Row<'_>) -> Result<Kept, Fault> {
    let Some(json) = row.optional::<String>("rating")? else {
        return Ok(Kept::Nowhere);
    };
    let told: Told = serde_json::from_str(&json)
        .map_err(|error| Fault::invariant_violated(format!("a rating can't be read: {error}")))?;
    let rated_at = told.rated_at();
    Ok(told.stars.map_or(Kept::NotYet, |stars| {
        let rating = Rating {
            stars,
            comment: told.comment,
        };
        Kept::Given(Given { rating, rated_at })
    }))
}

/// A refusal where the application rates by itself, and a fault where setup() has not been run since ratings are known.
pub fn require_kept(connection: &mut Connection<'_>) -> Result<Result<(), Refusal>, Fault> {
    let row = first_row(run(connection, &KEEPING, &[])?)
        .ok_or_else(|| Fault::invariant_violated("a question without an answer"))?;
    match (row.required("are_kept")?, row.required("have_columns")?) {
        (false, _) => Ok(Err(Refusal::RatedElsewhere)),
        (true, true) => Ok(Ok(())),
        (true, false) => Err(Fault::not_set_up(
            "table public.client_sessions has no columns for ratings",
        )),
    }
}

/// What a rating of this session, which is locked, is decided on.
pub fn facts(connection: &mut Connection<'_>, session: &Session) -> Result<Facts, Fault> {
    let row = first_row(run(connection, &RATING_FACTS, &[sql_uuid(session.id).into()])?)
        .ok_or_else(|| Fault::invariant_violated("a session that is locked is gone"))?;
    Ok(Facts {
        now: instant(row.required("now")?),
        status: session.status.clone(),
        ends_at: session.time.ends_at(),
        given: rating(&row)?.given(),
    })
}

/// Writes the rating of a session, and returns it as it is stored: its words may be what a trigger of the application leaves. The
/// guards let it pass, so what else they would keep is looked at here.
pub fn write(connection: &mut Connection<'_>, session: &Session, wanted: &Rating) -> Result<Given, Fault> {
    let arguments = [
        sql_uuid(session.id).into(),
        wanted.stars.into(),
        wanted.comment.as_deref().into(),
    ];
    let own_write = OwnWrite::changing(&[session.id], Payment::default());
    let row = first_row(run(connection, &RATE_SESSION, &arguments)?);
    drop(own_write);
    let row = row.ok_or_else(|| Fault::changed_by_trigger("a session can't be rated"))?;
    match rating(&row)?.given() {
        Some(stored) if stored.rating.stars == wanted.stars && as_decided::is_kept(&row)? => Ok(stored),
        _ => Err(Fault::changed_by_trigger(
            "a session was not rated as it was decided",
        )),
    }
}
