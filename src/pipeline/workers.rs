//! Several pieces of work at once, their results in order.

use std::cmp::Reverse;
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::diag::Result;

/// Does `work` for every one of `weights`, the heaviest first, so that no heavy one is
/// left to a single worker at the end, and as many at once as there are `workers`. The
/// results are in the order of the weights.
///
/// # Errors
/// That of the first in order of those that failed; none is begun after a failure.
pub fn each<W: Ord, T: Send>(
    weights: &[W],
    workers: NonZeroUsize,
    work: impl Fn(usize) -> Result<T> + Sync,
) -> Result<Vec<T>> {
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|at| Reverse(&weights[*at]));
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(order.len()));
    let one_after_the_other = || {
        while let Some(at) = order.get(next.fetch_add(1, Ordering::Relaxed)).copied() {
            let made = work(at);
            if made.is_err() {
                next.store(order.len(), Ordering::Relaxed);
            }
            let mut done = done.lock().unwrap_or_else(|e| e.into_inner());
            done.push((at, made));
        }
    };
    thread::scope(|scope| {
        for _ in 0..workers.get().min(order.len()) {
            scope.spawn(one_after_the_other);
        }
    });
    let mut done = done.into_inner().unwrap_or_else(|e| e.into_inner());
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, made)| made).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Fault;

    #[test]
    fn results_are_in_order_and_failures_are_told() {
        let two = NonZeroUsize::MIN.saturating_add(1);
        let weights = [3, 1, 5, 2, 4];
        assert_eq!(
            each(&weights, two, |n| Ok(n * n)).unwrap(),
            [0, 1, 4, 9, 16]
        );
        assert_eq!(each(&[0; 0], two, Ok).unwrap(), [0; 0]);
        let failed = each(&weights, two, |n| match n {
            3 => Err(Fault::new("three")),
            n => Ok(n),
        });
        assert_eq!(failed.unwrap_err().message, "three");
    }
}
