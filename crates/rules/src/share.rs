//! Shares of what was paid, in hundredths of a percent, so that `33.33` percent is exact.

use serde_json::Value;

pub const FULL_REFUND: i64 = 10_000;

/// A share in percent: a whole number where it is one.
pub fn percent(share: i64) -> Value {
    let hundredths_of_a_percent = FULL_REFUND / 100;
    if share % hundredths_of_a_percent == 0 {
        Value::from(share / hundredths_of_a_percent)
    } else {
        Value::from(share as f64 / hundredths_of_a_percent as f64)
    }
}

/// A number of percent as a share, of which two decimal places count; `None` where it is none between 0 and 100.
pub fn of_percent(percent: f64) -> Option<i64> {
    (0.0..=100.0)
        .contains(&percent)
        .then(|| (percent * FULL_REFUND as f64 / 100.0).round() as i64)
}

/// This share of a payment in credits, rounded half up.
pub fn of(paid: i32, share: i64) -> i32 {
    let rounded_half_up = (i64::from(paid) * share + FULL_REFUND / 2) / FULL_REFUND;
    i32::try_from(rounded_half_up).expect("a share of an integer fits into one")
}
