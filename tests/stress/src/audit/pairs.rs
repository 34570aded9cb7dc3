//! What was told against what had to be told, as many pairs as there can be: two moves of one session may each explain the
//! notice of the other, but one of the notices only that of its own.

/// What stays alone: places in `found`, then places in `due`.
pub fn left_over<Found, Due>(
    found: &[Found],
    due: &[Due],
    fits: impl Fn(&Found, &Due) -> bool,
) -> (Vec<usize>, Vec<usize>) {
    let mut partners = vec![None; due.len()];
    let mut alone = Vec::new();
    let fits = |of: usize, place: usize| fits(&found[of], &due[place]);
    for of in 0..found.len() {
        if !finds_partner(of, &mut partners, &mut vec![false; due.len()], &fits) {
            alone.push(of);
        }
    }
    let missing = (0..due.len()).filter(|place| partners[*place].is_none());
    (alone, missing.collect())
}

/// Takes a free partner, or one whose own can take another.
fn finds_partner(
    of: usize,
    partners: &mut [Option<usize>],
    asked: &mut [bool],
    fits: &impl Fn(usize, usize) -> bool,
) -> bool {
    for place in 0..partners.len() {
        if asked[place] || !fits(of, place) {
            continue;
        }
        asked[place] = true;
        let is_free = match partners[place] {
            None => true,
            Some(other) => finds_partner(other, partners, asked, fits),
        };
        if is_free {
            partners[place] = Some(of);
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A balance, and those that were possible when it had to be told.
    fn left(found: &[i32], due: &[&[i32]]) -> (Vec<usize>, Vec<usize>) {
        left_over(found, due, |balance, possible| possible.contains(balance))
    }

    #[test]
    fn one_that_fits_two_leaves_the_other_what_only_that_fits() {
        assert_eq!(left(&[5, 7], &[&[5, 7], &[5]]), (vec![], vec![]));
        assert_eq!(left(&[7, 5], &[&[5, 7], &[5]]), (vec![], vec![]));
    }

    #[test]
    fn what_nothing_explains_stays_alone_and_so_does_what_was_not_told() {
        assert_eq!(left(&[9, 5], &[&[5], &[5, 7]]), (vec![0], vec![1]));
        assert_eq!(left(&[5, 5], &[&[5]]), (vec![1], vec![]));
        assert_eq!(left(&[], &[&[5]]), (vec![], vec![0]));
    }
}
