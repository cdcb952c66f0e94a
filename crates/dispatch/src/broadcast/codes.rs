//! The code by which everybody speaks of a referral.

use model::{Code, OutboxId, day_hours};
use storage::Referral;

use crate::{Result, desk::Desk};

/// A code rests for so many days after its referral is over.
const CODE_RESTS_DAYS: i64 = 60;

impl Desk<'_> {
    /// A code that no running referral of the chapter has, nor one that ended lately; when none is
    /// free, the one that has rested longest.
    pub(crate) async fn draw_code(&mut self) -> Result<Code> {
        self.tx.lock_chapter(self.chapter.id).await?;
        let since = self.now.after(-day_hours(24 * CODE_RESTS_DAYS));
        let used = self.tx.codes_in_use(self.chapter.id, since).await?;
        let free = Code::all().filter(|code| !used.contains(code)).collect::<Vec<_>>();
        if free.is_empty() {
            let rested = self.tx.longest_unused_code(self.chapter.id).await?;
            return rested.ok_or(crate::Error::Missing("free code"));
        }
        let drawn = self.shared.chance.below(free.len() as u64);
        Ok(free[usize::try_from(drawn).unwrap_or(0)])
    }

    /// The code of a referral that has one; whoever asks has opened it.
    #[expect(clippy::unused_self, reason = "it reads as the desk's")]
    pub(crate) fn code_of(&self, referral: &Referral) -> Code {
        referral.code.unwrap_or_else(|| {
            Code::all().next().unwrap_or_else(|| unreachable!("there are codes"))
        })
    }

    /// Puts an id to a fresh message, for callers that write more than texts.
    pub(crate) fn message_id(&self) -> OutboxId {
        OutboxId::generate(self.now, &self.shared.chance)
    }
}
