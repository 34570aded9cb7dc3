//! Medians, quartiles and ratios of what was measured side by side.
//!
//! These machines are noisy, so nothing here is a mean: a disturbed round moves a mean and leaves a median.

use serde::{Deserialize, Serialize};

/// Where the middle half of the values lies.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    pub lower_quartile: f64,
    pub median: f64,
    pub upper_quartile: f64,
}

impl Spread {
    /// `None` of no values.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut sorted: Vec<f64> = values.into_iter().filter(|value| value.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        (!sorted.is_empty()).then(|| Self {
            lower_quartile: quantile(&sorted, 0.25),
            median: quantile(&sorted, 0.5),
            upper_quartile: quantile(&sorted, 0.75),
        })
    }
}

/// The ratios of two contenders that took turns: one a round, of values measured moments apart, so that
/// what slows the machine for a while slows both and cancels out.
pub fn paired_ratio(values: &[f64], baseline: &[f64]) -> Option<Spread> {
    Spread::of(values.iter().zip(baseline).map(|(value, base)| value / base))
}

/// Between the two values next to it, in proportion.
fn quantile(sorted: &[f64], fraction: f64) -> f64 {
    let position = fraction * (sorted.len() - 1) as f64;
    let (below, above) = (
        sorted[position.floor() as usize],
        sorted[position.ceil() as usize],
    );
    below + (above - below) * position.fract()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_number_lies_between_the_middle_two() {
        let spread = Spread::of([4.0, 1.0, 3.0, 2.0]).unwrap();
        assert_eq!(
            (spread.lower_quartile, spread.median, spread.upper_quartile),
            (1.75, 2.5, 3.25)
        );
    }

    #[test]
    fn one_value_is_its_own_median_and_no_values_have_none() {
        assert_eq!(Spread::of([7.0]).unwrap().median, 7.0);
        assert_eq!(Spread::of([]), None);
    }

    #[test]
    fn a_disturbed_round_does_not_move_the_median() {
        let calm = Spread::of([10.0, 11.0, 12.0]).unwrap();
        let disturbed = Spread::of([10.0, 11.0, 12_000.0]).unwrap();
        assert_eq!(calm.median, disturbed.median);
    }

    #[test]
    fn ratios_are_taken_round_by_round() {
        // The machine halves its speed in the second round; the ratio stays.
        let ratio = paired_ratio(&[300.0, 150.0], &[200.0, 100.0]).unwrap();
        assert_eq!(
            (ratio.lower_quartile, ratio.median, ratio.upper_quartile),
            (1.5, 1.5, 1.5)
        );
    }

    #[test]
    fn a_round_without_work_of_the_baseline_gives_no_ratio() {
        assert_eq!(paired_ratio(&[1.0, 4.0], &[0.0, 2.0]).unwrap().median, 2.0);
    }
}
