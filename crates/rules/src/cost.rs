//! What a session costs: one rule for quoting and for charging.
//!
//! A client never supplies a price: it comes from the practitioner's product, or from minutes and
//! the configured rate.

/// Decimal places of `credits_per_minute` that count; beyond them binary fractions would decide.
const RATE_SCALE: f64 = 1_000_000.0;

/// An active product of the practitioner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Product {
    /// The price that the practitioner has set for it, in credits.
    pub credit_cost: Option<i64>,
    pub duration_minutes: Option<i32>,
}

/// How long a session of this request lasts: the product decides where it says so, since otherwise
/// a client could ask for eight hours at the price of a thirty-minute product.
pub fn session_duration_minutes(requested_minutes: i32, product: Option<Product>) -> i32 {
    product
        .and_then(|product| product.duration_minutes)
        .unwrap_or(requested_minutes)
}

/// The cost in credits: the product's own where set, else minutes × rate, rounded half up; at
/// least 1. `None` where an `integer` can't hold it.
pub fn credit_cost(requested_minutes: i32, product: Option<Product>, credits_per_minute: f64) -> Option<i32> {
    if let Some(own_cost) = product.and_then(|product| product.credit_cost) {
        return i32::try_from(own_cost.max(1)).ok();
    }
    let minutes = i128::from(session_duration_minutes(requested_minutes, product));
    let scaled_rate = (credits_per_minute * RATE_SCALE).round() as i128;
    let scale = RATE_SCALE as i128;
    let rounded_half_up = (minutes * scaled_rate + scale / 2).div_euclid(scale);
    i32::try_from(rounded_half_up.max(1)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn product(credit_cost: Option<i64>, duration_minutes: Option<i32>) -> Option<Product> {
        Some(Product {
            credit_cost,
            duration_minutes,
        })
    }

    #[test]
    fn a_minute_costs_a_credit_unless_configured() {
        assert_eq!(credit_cost(60, None, 1.0), Some(60));
        assert_eq!(credit_cost(60, None, 0.5), Some(30));
        assert_eq!(credit_cost(60, None, 2.5), Some(150));
    }

    #[test]
    fn halves_are_rounded_up() {
        assert_eq!(credit_cost(45, None, 0.5), Some(23), "22.5");
        assert_eq!(credit_cost(49, None, 0.05), Some(2), "2.45");
        assert_eq!(credit_cost(50, None, 0.05), Some(3), "2.5");
        assert_eq!(
            credit_cost(100, None, 1.005),
            Some(101),
            "100.5, which binary fractions miss"
        );
    }

    #[test]
    fn nothing_is_free() {
        assert_eq!(credit_cost(1, None, 0.1), Some(1));
        assert_eq!(credit_cost(60, None, 0.0), Some(1));
        assert_eq!(credit_cost(60, product(Some(0), None), 1.0), Some(1));
        assert_eq!(credit_cost(60, product(Some(-5), None), 1.0), Some(1));
    }

    #[test]
    fn the_products_own_cost_comes_before_its_duration_and_that_before_the_request() {
        assert_eq!(credit_cost(60, product(Some(25), Some(45)), 1.0), Some(25));
        assert_eq!(credit_cost(60, product(None, Some(45)), 1.0), Some(45));
        assert_eq!(credit_cost(60, product(None, Some(45)), 2.0), Some(90));
        assert_eq!(credit_cost(60, product(None, None), 1.0), Some(60));
    }

    #[test]
    fn the_product_decides_how_long_the_session_lasts() {
        assert_eq!(session_duration_minutes(480, product(None, Some(30))), 30);
        assert_eq!(session_duration_minutes(480, product(Some(30), None)), 480);
        assert_eq!(session_duration_minutes(480, None), 480);
    }

    #[test]
    fn a_cost_that_no_integer_holds_is_none() {
        assert_eq!(credit_cost(i32::MAX, None, 1.0), Some(i32::MAX));
        assert_eq!(credit_cost(i32::MAX, None, 1.1), None);
        let dear = product(Some(i64::from(i32::MAX) + 1), None);
        assert_eq!(credit_cost(60, dear, 1.0), None);
    }
}
