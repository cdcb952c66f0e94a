//! Medians and percentiles.

use std::time::Duration;

/// Sorted durations.
pub(crate) struct Figures(Vec<Duration>);

impl Figures {
    pub(crate) fn of(mut all: Vec<Duration>) -> Self {
        all.sort();
        Self(all)
    }

    /// Those of several together.
    pub(crate) fn together(all: impl IntoIterator<Item = Self>) -> Self {
        Self::of(all.into_iter().flat_map(|figures| figures.0).collect())
    }

    /// The duration below which so many of a thousand lie.
    pub(crate) fn at(&self, thousandths: usize) -> Duration {
        let last = self.0.len().saturating_sub(1);
        self.0.get((self.0.len() * thousandths / 1000).min(last)).copied().unwrap_or_default()
    }

    pub(crate) fn text(&self) -> String {
        let ms = |at| self.at(at).as_secs_f64() * 1000.0;
        format!(
            "median {:.1} ms, p90 {:.1} ms, p99 {:.1} ms (n={})",
            ms(500),
            ms(900),
            ms(990),
            self.0.len()
        )
    }
}
