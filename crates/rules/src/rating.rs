//! What a client says of a session that took place: once, and differently for a while.

use crate::refusal::Refusal;
use crate::status;
use chrono::{DateTime, TimeDelta, Utc};

pub const MIN_STARS: i16 = 1;
pub const MAX_STARS: i16 = 5;
/// So long after its end a session can be rated, and its rating be changed.
const OPEN_FOR: TimeDelta = TimeDelta::days(30);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    pub stars: i16,
    pub comment: Option<String>,
}

/// A rating that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub rating: Rating,
    /// Unknown where the application has written the rating.
    pub rated_at: Option<DateTime<Utc>>,
}

/// What a rating is decided on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    pub now: DateTime<Utc>,
    pub status: String,
    /// A session that is over needs no instant.
    pub ends_at: Option<DateTime<Utc>>,
    pub given: Option<Given>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// It says so already.
    Keep(Given),
    Write {
        is_first: bool,
    },
}

/// So many stars, where there are so many.
pub fn stars(wanted: i32) -> Result<i16, Refusal> {
    i16::try_from(wanted)
        .ok()
        .filter(|stars| (MIN_STARS..=MAX_STARS).contains(stars))
        .ok_or(Refusal::InvalidRating { stars: wanted })
}

impl Facts {
    /// Until when the session can be rated; `None` without end.
    pub fn closes_at(&self) -> Option<DateTime<Utc>> {
        self.ends_at?.checked_add_signed(OPEN_FOR)
    }

    pub fn check_open(&self) -> Result<(), Refusal> {
        if !status::is_over(&self.status) {
            return Err(Refusal::NotCompleted {
                status: self.status.clone(),
            });
        }
        match self.closes_at() {
            Some(closed_at) if closed_at <= self.now => Err(Refusal::RatingClosed { closed_at }),
            _ => Ok(()),
        }
    }

    /// What becomes of a rating. One that is repeated is answered whenever it comes, as every lost answer is.
    pub fn decide(self, wanted: &Rating) -> Result<Decision, Refusal> {
        match self.given {
            Some(given) if given.rating == *wanted => Ok(Decision::Keep(given)),
            ref given => self.check_open().map(|()| Decision::Write {
                is_first: given.is_none(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn facts() -> Facts {
        let ends_at = Utc.with_ymd_and_hms(2026, 3, 1, 12, 0, 0).unwrap();
        Facts {
            now: ends_at + TimeDelta::hours(1),
            status: status::COMPLETED.into(),
            ends_at: Some(ends_at),
            given: None,
        }
    }

    fn rating(stars: i16) -> Rating {
        Rating { stars, comment: None }
    }

    fn rated(stars: i16) -> Facts {
        let given = Given {
            rating: rating(stars),
            rated_at: None,
        };
        Facts {
            given: Some(given),
            ..facts()
        }
    }

    #[test]
    fn there_are_one_to_five_stars() {
        for wanted in [i32::MIN, -1, 0, 6, 65_537, i32::MAX] {
            assert_eq!(stars(wanted), Err(Refusal::InvalidRating { stars: wanted }));
        }
        for wanted in 1..=5 {
            assert_eq!(stars(i32::from(wanted)), Ok(wanted));
        }
    }

    #[test]
    fn a_session_is_rated_and_its_rating_changed_for_thirty_days() {
        assert_eq!(facts().decide(&rating(4)), Ok(Decision::Write { is_first: true }));
        assert_eq!(
            rated(4).decide(&rating(5)),
            Ok(Decision::Write { is_first: false })
        );
        let closed_at = facts().ends_at.unwrap() + TimeDelta::days(30);
        let on_the_last_moment = Facts {
            now: closed_at - TimeDelta::microseconds(1),
            ..rated(4)
        };
        assert!(on_the_last_moment.decide(&rating(5)).is_ok());
        let too_late = Facts {
            now: closed_at,
            ..rated(4)
        };
        assert_eq!(
            too_late.decide(&rating(5)),
            Err(Refusal::RatingClosed { closed_at })
        );
    }

    #[test]
    fn the_same_rating_is_answered_whenever_it_comes() {
        let late = Facts {
            now: facts().now + TimeDelta::days(400),
            ..rated(4)
        };
        assert!(matches!(late.decide(&rating(4)), Ok(Decision::Keep(_))));
    }

    #[test]
    fn only_what_took_place_is_rated_and_it_needs_no_instant() {
        for status in ["scheduled", "in_progress", "no_show", "disputed", "cancelled", ""] {
            let facts = Facts {
                status: status.into(),
                ..facts()
            };
            assert!(matches!(
                facts.decide(&rating(5)),
                Err(Refusal::NotCompleted { .. })
            ));
        }
        let nowhere_in_time = Facts {
            ends_at: None,
            ..facts()
        };
        assert!(nowhere_in_time.decide(&rating(5)).is_ok());
    }
}
