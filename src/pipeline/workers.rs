//! Several pieces of work at once, their results in order.

use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::diag::Result;

/// Does `work` for every number below `count`, as many at once as there are `workers`.
///
/// # Errors
/// That of the first in order of those that failed; none is begun after a failure.
pub fn each<T: Send>(
    count: usize,
    workers: NonZeroUsize,
    work: impl Fn(usize) -> Result<T> + Sync,
) -> Result<Vec<T>> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(count));
    let one_after_the_other = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= count {
                return;
            }
            let made = work(at);
            if made.is_err() {
                next.store(count, Ordering::Relaxed);
            }
            let mut done = done.lock().unwrap_or_else(|e| e.into_inner());
            done.push((at, made));
        }
    };
    thread::scope(|scope| {
        for _ in 0..workers.get().min(count) {
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
        assert_eq!(each(5, two, |n| Ok(n * n)).unwrap(), [0, 1, 4, 9, 16]);
        assert_eq!(each(0, two, Ok).unwrap(), [0; 0]);
        let failed = each(9, two, |n| match n {
            3 => Err(Fault::new("three")),
            n => Ok(n),
        });
        assert_eq!(failed.unwrap_err().message, "three");
    }
}
