//! Where a page of a list ends, as the opaque text that asks for the next one.
//!
//! A list is ordered by an instant and, among equal ones, by id. So a position is unlike any other, and
//! what is added meanwhile neither repeats an element on the next page nor hides one.

use crate::fault::Fault;
use uuid::Uuid;

/// A place in a list: instants in microseconds as Postgres counts them, its infinities included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub microseconds: i64,
    pub id: Uuid,
}

impl Position {
    /// Before and after everything, in ascending order.
    pub const FIRST: Position = Position::at(i64::MIN, Uuid::nil());
    pub const LAST: Position = Position::at(i64::MAX, Uuid::max());

    /// Where everything at this instant still lies behind, in ascending order.
    pub const fn before_all_at(microseconds: i64) -> Self {
        Position::at(microseconds, Uuid::nil())
    }

    const fn at(microseconds: i64, id: Uuid) -> Self {
        Position { microseconds, id }
    }

    /// The text for it; `list` is the letter of the list that it belongs to.
    pub fn cursor(&self, list: char) -> String {
        format!("{list}{:016x}{}", self.microseconds, self.id.simple())
    }

    /// Reads such a text; a fault where it is none of this list's. Blank counts as none.
    pub fn of_cursor(parameter: &str, list: char, cursor: Option<&str>) -> Result<Option<Self>, Fault> {
        let Some(cursor) = cursor.filter(|cursor| !cursor.trim().is_empty()) else {
            return Ok(None);
        };
        parse(list, cursor)
            .map(Some)
            .ok_or_else(|| Fault::invalid_argument(format!("{parameter} is not a cursor of this list")))
    }
}

fn parse(list: char, cursor: &str) -> Option<Position> {
    let digits = cursor.strip_prefix(list)?;
    if digits.len() != 48 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let (microseconds, id) = digits.split_at(16);
    let microseconds = u64::from_str_radix(microseconds, 16).ok()?.cast_signed();
    pgrx::datum::TimestampWithTimeZone::try_from(microseconds).ok()?;
    Some(Position::at(microseconds, Uuid::try_parse(id).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn positions() -> [Position; 4] {
        let id = Uuid::from_u128(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef);
        [
            Position::FIRST,
            Position::LAST,
            Position::at(-1, id),
            Position::at(825_000_000_123_456, id),
        ]
    }

    #[test]
    fn a_cursor_says_where_it_came_from() {
        for position in positions() {
            let cursor = position.cursor('e');
            assert_eq!(
                Position::of_cursor("p_before", 'e', Some(&cursor)).unwrap(),
                Some(position)
            );
        }
    }

    #[test]
    fn a_blank_cursor_is_none() {
        for blank in [None, Some(""), Some(" \n")] {
            assert_eq!(Position::of_cursor("p_before", 'e', blank).unwrap(), None);
        }
    }

    #[test]
    fn a_cursor_of_another_list_or_one_that_was_tampered_with_is_none_of_ours() {
        let cursor = positions()[3].cursor('e');
        let beyond_the_end_of_time = format!("e{:016x}{}", i64::MAX - 1, Uuid::nil().simple());
        for wrong in [
            positions()[3].cursor('u'),
            cursor[1..].to_owned(),
            cursor[..48].to_owned(),
            format!("{cursor}0"),
            format!("e+{}", &cursor[2..]),
            format!("e\u{e4}{}", &cursor[3..]),
            cursor.replace('0', "g"),
            beyond_the_end_of_time,
            "e".into(),
        ] {
            assert!(
                Position::of_cursor("p_before", 'e', Some(&wrong)).is_err(),
                "{wrong}"
            );
        }
    }
}
