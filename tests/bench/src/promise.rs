//! The ratios that are promised, and which of them were missed.

use anyhow::{Result, ensure};

/// What was missed. Times are printed and never judged: they are for a quiet machine.
#[derive(Default)]
pub(crate) struct Promises(Vec<String>);

impl Promises {
    /// What may be no smaller.
    pub(crate) fn at_least(&mut self, what: &str, ratio: f64, promised: f64) {
        self.judge(ratio >= promised, format!("{what}: {ratio:.3}, promised at least {promised}"));
    }

    /// What may be no larger.
    pub(crate) fn at_most(&mut self, what: &str, ratio: f64, promised: f64) {
        self.judge(ratio <= promised, format!("{what}: {ratio:.3}, promised at most {promised}"));
    }

    // What is no number has failed as well.
    fn judge(&mut self, kept: bool, missed: String) {
        if !kept {
            println!("MISSED {missed}");
            self.0.push(missed);
        }
    }

    /// Fails if anything was missed.
    pub(crate) fn kept(self) -> Result<()> {
        ensure!(self.0.is_empty(), "promised and missed:\n{}", self.0.join("\n"));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Promises;

    #[test]
    fn what_is_missed_fails_and_nothing_else() {
        let judged = |at_least, at_most| {
            let mut promises = Promises::default();
            promises.at_least("webhooks", at_least, 0.3);
            promises.at_most("past", at_most, 1.2);
            promises.kept().is_ok()
        };
        assert!(judged(0.3, 1.2));
        assert!(!judged(0.299, 1.2));
        assert!(!judged(0.3, 1.201));
        assert!(!judged(f64::NAN, 1.2));
    }
}
