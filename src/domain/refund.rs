//! Whether a peer session may be cancelled, and how much of its payment goes back.
//!
//! What goes back follows from what the ledger says was paid, never from a column that somebody
//! could have raised meanwhile.

use super::account::{Account, Movement, OutOfRange};
use super::refusal::Refusal;
use chrono::{DateTime, TimeDelta, Utc};

/// Hundredths of a percent, so that `33.33` is exact.
pub const FULL_REFUND: i64 = 10_000;

/// The statuses from which a session can be cancelled.
const CANCELLABLE: [&str; 4] = ["scheduled", "confirmed", "pending_payment", "pending_approval"];

/// Whether a session of this status can still be cancelled.
pub fn is_cancellable(status: &str) -> bool {
    CANCELLABLE.contains(&status)
}

/// On whose behalf a session is cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CancelledBy {
    Client,
    Practitioner,
    /// The application itself, or a practitioner's leaving: nobody's fault, so all goes back.
    Service,
}

/// The practitioner's active cancellation policy; hours count back from the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    pub full_refund_hours: i64,
    pub partial_refund_hours: i64,
    pub no_refund_hours: i64,
    /// In hundredths of a percent.
    pub partial_refund: i64,
}

/// A peer session and what the ledger says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    pub now: DateTime<Utc>,
    pub status: String,
    pub starts_at: DateTime<Utc>,
    pub paid: i32,
    pub refunded_before: i64,
    pub policy: Option<Policy>,
    pub client_account: Account,
    pub practitioner_account: Account,
}

/// The cancellation as it will be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cancellation {
    /// In hundredths of a percent.
    pub refund_share: i64,
    pub refunded_credits: i32,
    pub credits_were_deducted: bool,
    pub client_after: Account,
    pub practitioner_after: Account,
    /// The refund and the reversal of the earning; none where nothing goes back.
    pub movements: Option<(Movement, Movement)>,
}

impl Cancellation {
    /// What the session says of its payment from now on; `None` where that stays as it is.
    pub fn payment_status(&self) -> Option<&'static str> {
        match (self.credits_were_deducted, self.refund_share) {
            (true, FULL_REFUND) => Some("refunded"),
            (true, 1..) => Some("partially_refunded"),
            _ => None,
        }
    }
}

/// Why nothing is cancelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoCancellation {
    Refused(Refusal),
    OutOfRange,
}

impl From<OutOfRange> for NoCancellation {
    fn from(_: OutOfRange) -> Self {
        NoCancellation::OutOfRange
    }
}

/// Decides on a cancellation.
pub fn decide(cancelled_by: CancelledBy, facts: &Facts) -> Result<Cancellation, NoCancellation> {
    check_status(cancelled_by, facts).map_err(NoCancellation::Refused)?;
    let refund_share = refund_share(cancelled_by, facts);
    let refunded_credits = share_of(facts.paid, refund_share);
    let movements = match refunded_credits {
        0 => None,
        credits => Some((
            facts.client_account.take_back(credits)?,
            facts.practitioner_account.give_back(credits)?,
        )),
    };
    Ok(Cancellation {
        refund_share,
        refunded_credits,
        credits_were_deducted: facts.paid > 0,
        client_after: movements.map_or(facts.client_account, |(refund, _)| refund.after),
        practitioner_after: movements.map_or(facts.practitioner_account, |(_, reversal)| reversal.after),
        movements,
    })
}

/// Why this session can't be cancelled by anybody, now that one of its parties is no more.
pub fn refusal_without_a_party(cancelled_by: CancelledBy, facts: &Facts) -> Refusal {
    let status = facts.status.clone();
    check_status(cancelled_by, facts)
        .err()
        .unwrap_or(Refusal::NotCancellable { status })
}

fn check_status(cancelled_by: CancelledBy, facts: &Facts) -> Result<(), Refusal> {
    if facts.status == "cancelled" {
        return Err(Refusal::AlreadyCancelled {
            refunded_credits: facts.refunded_before,
        });
    }
    if !is_cancellable(&facts.status) {
        return Err(Refusal::NotCancellable {
            status: facts.status.clone(),
        });
    }
    // Whoever paid can't take the credits back once the treatment has begun; the one who earned
    // them, or the application, may still give them back.
    if cancelled_by == CancelledBy::Client && facts.paid > 0 && facts.now >= facts.starts_at {
        return Err(Refusal::NotCancellable {
            status: "in_progress".into(),
        });
    }
    Ok(())
}

fn refund_share(cancelled_by: CancelledBy, facts: &Facts) -> i64 {
    match (cancelled_by, facts.policy) {
        (CancelledBy::Client, Some(policy)) => policy.share_at(facts.starts_at - facts.now),
        _ => FULL_REFUND,
    }
}

impl Policy {
    fn share_at(&self, until_start: TimeDelta) -> i64 {
        let at_least = |hours: i64| until_start >= TimeDelta::hours(hours);
        if at_least(self.full_refund_hours) {
            FULL_REFUND
        } else if at_least(self.partial_refund_hours) && at_least(self.no_refund_hours) {
            self.partial_refund.clamp(0, FULL_REFUND)
        } else {
            0
        }
    }
}

fn share_of(paid: i32, share: i64) -> i32 {
    let rounded_half_up = (i64::from(paid) * share + FULL_REFUND / 2) / FULL_REFUND;
    i32::try_from(rounded_half_up).expect("a share of an integer fits into one")
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn starts_at() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 3, 2, 10, 0, 0).unwrap()
    }

    fn facts() -> Facts {
        Facts {
            now: starts_at() - TimeDelta::hours(1),
            status: "scheduled".into(),
            starts_at: starts_at(),
            paid: 60,
            refunded_before: 0,
            policy: None,
            client_account: Account {
                balance: 40,
                total_spent: 60,
                ..Account::default()
            },
            practitioner_account: Account {
                balance: 60,
                total_earned: 60,
                ..Account::default()
            },
        }
    }

    fn policy() -> Policy {
        Policy {
            full_refund_hours: 24,
            partial_refund_hours: 12,
            no_refund_hours: 12,
            partial_refund: 5_000,
        }
    }

    fn refunded(cancelled_by: CancelledBy, facts: Facts) -> i32 {
        decide(cancelled_by, &facts).unwrap().refunded_credits
    }

    fn before_start(until_start: TimeDelta) -> Facts {
        Facts {
            now: starts_at() - until_start,
            policy: Some(policy()),
            ..facts()
        }
    }

    fn code(cancelled_by: CancelledBy, facts: Facts) -> &'static str {
        match decide(cancelled_by, &facts) {
            Err(NoCancellation::Refused(refusal)) => refusal.code(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn without_a_policy_all_goes_back_whoever_cancels() {
        for cancelled_by in [
            CancelledBy::Client,
            CancelledBy::Practitioner,
            CancelledBy::Service,
        ] {
            assert_eq!(refunded(cancelled_by, facts()), 60);
        }
    }

    #[test]
    fn the_tiers_of_a_policy_begin_exactly_at_their_hours() {
        let second = TimeDelta::seconds(1);
        let tiers = [
            (TimeDelta::hours(24), 60),
            (TimeDelta::hours(24) - second, 30),
            (TimeDelta::hours(12), 30),
            (TimeDelta::hours(12) - second, 0),
        ];
        for (until_start, credits) in tiers {
            assert_eq!(refunded(CancelledBy::Client, before_start(until_start)), credits);
        }
    }

    #[test]
    fn within_the_hours_without_refund_nothing_goes_back_even_in_the_partial_tier() {
        let strict = Policy {
            no_refund_hours: 18,
            ..policy()
        };
        let at = |hours| Facts {
            policy: Some(strict),
            ..before_start(TimeDelta::hours(hours))
        };
        assert_eq!(refunded(CancelledBy::Client, at(18)), 30);
        assert_eq!(refunded(CancelledBy::Client, at(17)), 0);
    }

    #[test]
    fn a_policy_binds_the_client_alone() {
        let late = before_start(TimeDelta::hours(1));
        assert_eq!(refunded(CancelledBy::Client, late.clone()), 0);
        assert_eq!(refunded(CancelledBy::Practitioner, late.clone()), 60);
        assert_eq!(refunded(CancelledBy::Service, late), 60);
    }

    #[test]
    fn a_part_is_rounded_half_up_and_never_more_than_was_paid() {
        assert_eq!(share_of(45, 5_000), 23);
        assert_eq!(share_of(45, 3_333), 15);
        assert_eq!(share_of(1, 4_999), 0);
        assert_eq!(share_of(i32::MAX, FULL_REFUND), i32::MAX);
        let generous = Policy {
            partial_refund: 25_000,
            ..policy()
        };
        let facts = Facts {
            policy: Some(generous),
            ..before_start(TimeDelta::hours(13))
        };
        assert_eq!(refunded(CancelledBy::Client, facts), 60);
    }

    #[test]
    fn what_the_practitioner_has_spent_meanwhile_is_owed() {
        let spent = Account {
            balance: 20,
            total_earned: 60,
            total_spent: 40,
            owed: 0,
        };
        let cancellation = decide(
            CancelledBy::Client,
            &Facts {
                practitioner_account: spent,
                ..facts()
            },
        )
        .unwrap();
        assert_eq!(cancellation.client_after.balance, 100);
        assert_eq!(
            (
                cancellation.practitioner_after.balance,
                cancellation.practitioner_after.owed
            ),
            (0, 40)
        );
    }

    #[test]
    fn a_session_that_was_never_charged_is_cancelled_without_moving_anything() {
        let cancellation = decide(CancelledBy::Client, &Facts { paid: 0, ..facts() }).unwrap();
        assert_eq!(cancellation.movements, None);
        assert!(!cancellation.credits_were_deducted);
        assert_eq!(cancellation.client_after, facts().client_account);
    }

    #[test]
    fn a_session_is_cancelled_once_and_only_before_it_is_held() {
        let with_status = |status: &str| Facts {
            status: status.into(),
            ..facts()
        };
        assert_eq!(
            code(CancelledBy::Client, with_status("cancelled")),
            "ALREADY_CANCELLED"
        );
        for status in ["completed", "in_progress", "no_show", "declined", "expired"] {
            assert_eq!(
                code(CancelledBy::Practitioner, with_status(status)),
                "NOT_CANCELLABLE"
            );
        }
        for status in CANCELLABLE {
            assert_eq!(refunded(CancelledBy::Client, with_status(status)), 60);
        }
    }

    #[test]
    fn once_begun_only_the_practitioner_or_the_application_can_give_the_credits_back() {
        let begun = Facts {
            now: starts_at(),
            ..facts()
        };
        assert_eq!(code(CancelledBy::Client, begun.clone()), "NOT_CANCELLABLE");
        assert_eq!(refunded(CancelledBy::Practitioner, begun.clone()), 60);
        assert_eq!(refunded(CancelledBy::Service, begun), 60);
        let about_to_begin = Facts {
            now: starts_at() - TimeDelta::seconds(1),
            ..facts()
        };
        assert_eq!(refunded(CancelledBy::Client, about_to_begin), 60);
    }

    #[test]
    fn the_session_says_what_became_of_its_payment() {
        let status = |facts| decide(CancelledBy::Client, &facts).unwrap().payment_status();
        assert_eq!(status(facts()), Some("refunded"));
        assert_eq!(
            status(before_start(TimeDelta::hours(13))),
            Some("partially_refunded")
        );
        assert_eq!(status(before_start(TimeDelta::hours(1))), None);
        assert_eq!(status(Facts { paid: 0, ..facts() }), None);
    }

    #[test]
    fn without_one_of_its_parties_a_session_stays_as_it_is() {
        let refusal = |facts| refusal_without_a_party(CancelledBy::Client, &facts).code();
        assert_eq!(refusal(facts()), "NOT_CANCELLABLE");
        assert_eq!(
            refusal(Facts {
                status: "cancelled".into(),
                ..facts()
            }),
            "ALREADY_CANCELLED"
        );
    }

    #[test]
    fn an_earlier_refund_is_named_when_it_is_asked_for_again() {
        let again = Facts {
            status: "cancelled".into(),
            refunded_before: 30,
            ..facts()
        };
        let refusal = decide(CancelledBy::Client, &again).unwrap_err();
        assert_eq!(
            refusal,
            NoCancellation::Refused(Refusal::AlreadyCancelled { refunded_credits: 30 })
        );
    }
}
