//! What every function that SQL calls asks of its arguments.

use crate::fault::Fault;
use crate::postgres::time_of_day::TimeOfDay;
use chrono::{NaiveTime, TimeDelta};
use peer_exchange_rules::refusal::Refusal;

/// For statements, too.
macro_rules! max_session_type_characters {
    () => {
        200
    };
}
pub(crate) use max_session_type_characters;

pub const MAX_COMMENT_CHARACTERS: usize = 10_000;
pub const MAX_IDEMPOTENCY_KEY_CHARACTERS: usize = 255;
pub const MAX_NOTES_CHARACTERS: usize = 10_000;
pub const MAX_REASON_CHARACTERS: usize = 2_000;
pub const MAX_SEARCH_CHARACTERS: usize = 200;
pub const MAX_SESSION_TYPE_CHARACTERS: usize = max_session_type_characters!();

/// The time of day; a fault for `24:00:00`, which is a time of the next day.
pub fn before_midnight(parameter: &str, time: TimeOfDay) -> Result<NaiveTime, Fault> {
    let since_midnight = time.since_midnight();
    if since_midnight >= TimeDelta::days(1) {
        return Err(
            Fault::invalid_argument(format!("{parameter} must be before 24:00"))
                .with_hint("Midnight is 00:00 of the next day."),
        );
    }
    Ok(NaiveTime::MIN + since_midnight)
}

/// A required argument, or the refusal that names it.
pub fn required<T>(parameter: &'static str, argument: Option<T>) -> Result<T, Refusal> {
    argument.ok_or(Refusal::MissingParameter { parameter })
}

/// How many elements a page shall have; a fault where that is out of bounds.
pub fn page_size(parameter: &str, size: i32, max: i32) -> Result<usize, Fault> {
    usize::try_from(size)
        .ok()
        .filter(|_| (1..=max).contains(&size))
        .ok_or_else(|| Fault::invalid_argument(format!("{parameter} must be between 1 and {max}")))
}

/// A text within its limit; a fault beyond it, before anything is looked up or written.
pub fn limited_text<'a>(parameter: &str, text: &'a str, max_characters: usize) -> Result<&'a str, Fault> {
    // The bytes alone settle nearly every case.
    if text.len() > max_characters && text.chars().count() > max_characters {
        return Err(Fault::invalid_argument(format!(
            "{parameter} must not be longer than {max_characters} characters"
        )));
    }
    Ok(text)
}

/// A text within its limit that must not be blank.
pub fn required_text<'a>(
    parameter: &str,
    text: Option<&'a str>,
    max_characters: usize,
) -> Result<&'a str, Fault> {
    let text = text.ok_or_else(|| Fault::null_argument(parameter))?;
    optional_text(parameter, Some(text), max_characters)?
        .ok_or_else(|| Fault::invalid_argument(format!("{parameter} must not be blank")))
}

/// A text within its limit that says something; blank counts as not given.
pub fn optional_text<'a>(
    parameter: &str,
    text: Option<&'a str>,
    max_characters: usize,
) -> Result<Option<&'a str>, Fault> {
    match text.filter(|text| !text.trim().is_empty()) {
        Some(text) => limited_text(parameter, text, max_characters).map(Some),
        None => Ok(None),
    }
}
