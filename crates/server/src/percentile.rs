//! Percentiles by nearest rank: of n values in ascending order, the p-th percentile is the
//! ⌈p ⁄ 100 · n⌉-th. It is always one of the values; nothing is interpolated.
//!
//! Source: the nearest-rank method, method 1 of Hyndman and Fan, "Sample Quantiles in Statistical
//! Packages" (1996).

/// The `percent`-th percentile (from 1 to 100) of `values`, which are put in another order;
/// `None` of no values.
pub(crate) fn percentile(values: &mut [i64], percent: usize) -> Option<i64> {
    let rank = (values.len() * percent).div_ceil(100).max(1);
    (rank <= values.len()).then(|| *values.select_nth_unstable(rank - 1).1)
}

#[cfg(test)]
mod tests {
    use super::percentile;

    #[track_caller]
    fn check(values: &[i64], percent: usize, expect: Option<i64>) {
        assert_eq!(percentile(&mut values.to_vec(), percent), expect);
    }

    #[test]
    fn it_is_always_one_of_the_values() {
        check(&[], 50, None);
        check(&[7], 50, Some(7));
        check(&[7], 90, Some(7));
        check(&[1, 2], 50, Some(1));
        check(&[3, 1, 2], 50, Some(2));
        check(&[4, 3, 2, 1], 50, Some(2));
        check(&[10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 90, Some(9));
        check(&[11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 90, Some(10));
        check(&[1, 2, 3], 100, Some(3));
        check(&[1, 2, 3], 1, Some(1));
    }
}
