//! She claims: firmly, perhaps, or one of several.

use model::{Code, reading::MemberExtract};
use serde_json::json;

use super::{Reply, only};
use crate::{
    Result,
    claims::{Claimed, Wanted, confirms},
    desk::{Actor, Desk},
    texts::{self, HeldPlace, ToMember},
};

impl Desk<'_> {
    /// Firm claims: each is judged, and she is told which place is hers, or that she stands by, or
    /// that it is filled.
    pub(super) async fn claims(
        &mut self,
        reply: Reply<'_>,
        mut codes: Vec<Code>,
        extract: MemberExtract,
        asked: Option<&str>,
    ) -> Result<()> {
        if codes.is_empty() {
            codes.extend(only(&reply.open));
        }
        let by = Actor::member(reply.member.id);
        for declined in &extract.declined {
            self.decline(&reply.member, *declined, by).await?;
        }
        // Of several that were held while we asked, those she did not choose are free again.
        for held in
            asked.and_then(|asked| asked.strip_prefix("which:")).unwrap_or_default().split(',')
        {
            if let Ok(code) = held.parse::<Code>()
                && !codes.contains(&code)
            {
                self.decline(&reply.member, code, by).await?;
            }
        }
        let mut results = Vec::new();
        for code in &codes {
            let claimed = match self.referral_called(&reply, *code).await? {
                Some(referral) => {
                    let caveat = extract.caveat.as_deref();
                    self.claim(referral.id, &reply.member, Wanted::firmly(caveat), by).await?
                }
                None => Claimed::Filled,
            };
            results.push((*code, claimed));
        }
        match results.as_slice() {
            [] => self.answer(&reply, None, &ToMember::NoneOpen { last: None }).await,
            [(code, claimed)] => {
                let code = *code;
                let caveat = extract.caveat.as_deref();
                let colleague = extract.colleague.as_deref();
                let minutes = self.settings.hold_minutes;
                let text = match claimed {
                    Claimed::Firm(place) if colleague.is_some() => {
                        ToMember::SelfOnly { code, place: Some(*place), colleague }
                    }
                    Claimed::Standby if colleague.is_some() => {
                        ToMember::SelfOnly { code, place: None, colleague }
                    }
                    Claimed::Firm(place) | Claimed::Held(place) => {
                        ToMember::Claimed { code, place: *place, caveat }
                    }
                    Claimed::Collected(by) => ToMember::Collected { code, by: *by },
                    Claimed::TurnKept => ToMember::ConfirmTurn { code, minutes },
                    Claimed::Standby => ToMember::Filled { code },
                    Claimed::Already(place) => ToMember::Already { code, place: Some(*place) },
                    Claimed::AlreadyStandby => ToMember::Already { code, place: None },
                    Claimed::Filled => ToMember::NoneOpen { last: Some(code) },
                };
                self.answer(&reply, Some(code), &text).await
            }
            several => {
                let claims = several
                    .iter()
                    .filter(|(_, claimed)| *claimed != Claimed::Filled)
                    .map(|(code, claimed)| HeldPlace {
                        code: *code,
                        place: match claimed {
                            Claimed::Firm(place)
                            | Claimed::Held(place)
                            | Claimed::Already(place) => Some(*place),
                            _ => None,
                        },
                        about: String::new(),
                    })
                    .collect::<Vec<_>>();
                if claims.is_empty() {
                    return self
                        .answer(&reply, None, &ToMember::NoneOpen { last: codes.first().copied() })
                        .await;
                }
                self.answer(&reply, None, &ToMember::ClaimedMany { claims: &claims }).await
            }
        }
    }

    /// A thumbs-up, a condition, a code one letter off: the place is held while we ask.
    pub(super) async fn claims_perhaps(
        &mut self,
        reply: Reply<'_>,
        codes: Vec<Code>,
        why: Perhaps,
    ) -> Result<()> {
        let Some(code) = codes.first().copied().or_else(|| only(&reply.open)) else {
            return self.explain(&reply).await;
        };
        let Some(referral) = self.referral_called(&reply, code).await? else {
            return self.answer(&reply, Some(code), &ToMember::NoneOpen { last: Some(code) }).await;
        };
        let minutes = self.settings.hold_minutes;
        let actor = Actor::member(reply.member.id);
        let claimed = self.claim(referral.id, &reply.member, Wanted::perhaps(), actor).await?;
        let text = match claimed {
            Claimed::Collected(by) => ToMember::Collected { code, by },
            Claimed::TurnKept => {
                self.tx.set_member_awaiting(reply.member.id, Some(&confirms(code))).await?;
                ToMember::ConfirmTurn { code, minutes }
            }
            Claimed::Held(_) => {
                self.tx.set_member_awaiting(reply.member.id, Some(&confirms(code))).await?;
                match why {
                    Perhaps::Yes => ToMember::Confirm { code, minutes },
                    Perhaps::OnTerms => ToMember::ConfirmTerms { code, minutes },
                    Perhaps::MeansThisCode => ToMember::DidYouMean { code, minutes },
                }
            }
            Claimed::Firm(place) | Claimed::Already(place) => {
                ToMember::Already { code, place: Some(place) }
            }
            Claimed::Standby => ToMember::Standby { code },
            Claimed::AlreadyStandby => ToMember::Already { code, place: None },
            Claimed::Filled => ToMember::NoneOpen { last: Some(code) },
        };
        self.answer(&reply, Some(code), &text).await
    }

    /// A bare yes with several open is never guessed: all are held, and she is asked once.
    pub(super) async fn claims_one_of(&mut self, reply: Reply<'_>, codes: Vec<Code>) -> Result<()> {
        let mut lines = Vec::new();
        for code in &codes {
            let Some(referral) = self.referral_called(&reply, *code).await? else { continue };
            let actor = Actor::member(reply.member.id);
            let claimed = self.claim(referral.id, &reply.member, Wanted::perhaps(), actor).await?;
            if claimed != Claimed::Filled {
                let about = self.about(&referral);
                lines.push(texts::OpenOffer { code: *code, about });
            }
        }
        if lines.is_empty() {
            return self.answer(&reply, None, &ToMember::NoneOpen { last: None }).await;
        }
        let names = lines.iter().map(|line| line.code.to_string()).collect::<Vec<_>>().join(",");
        self.tx
            .set_member_awaiting(reply.member.id, Some(&json!(format!("which:{names}"))))
            .await?;
        let minutes = self.settings.hold_minutes;
        self.answer(&reply, None, &ToMember::Which { open: &lines, minutes }).await
    }
}

/// Why a claim is held rather than taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Perhaps {
    /// A thumbs-up, an "ok".
    Yes,
    /// She asks about her own times or terms.
    OnTerms,
    /// Her code is one letter off.
    MeansThisCode,
}
