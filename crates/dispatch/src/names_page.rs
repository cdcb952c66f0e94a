//! A family's private page: the names it has, as they stand now.

use futures_util::future::BoxFuture;
use model::{ClaimKind, LinkPurpose, MemberId, ReferralId};

use crate::{
    Dispatch, Result,
    chapter::settings_of,
    hand_off::Named,
    links,
    policy::Terms,
    texts::{Card, Introduced, Sheet, Voice},
};

/// The link to the names opens its page for so many hours: two weeks.
pub(crate) const LINK_HOURS: i64 = 14 * 24;

impl Dispatch {
    /// The page of names that a link's secret part opens, in the family's language; `None` for one
    /// that is over, of something else, or none of ours: nobody can tell which.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn names_page<'a>(&'a self, secret: &'a str) -> BoxFuture<'a, Result<Option<Sheet>>> {
        Box::pin(async move {
            let (dispatch, secret) = (self.clone(), secret.to_owned());
            self.store()
                .read(move |tx| {
                    Box::pin(async move {
                        let now = dispatch.now();
                        let opened = links::opened(tx, &secret, LinkPurpose::Names, now).await?;
                        let Some(link) = opened else { return Ok(None) };
                        let Some(chapter) = tx.chapter(link.chapter_id).await? else {
                            return Ok(None);
                        };
                        let id = ReferralId::from_uuid(link.subject);
                        let Some(referral) = tx.referral(id).await? else { return Ok(None) };
                        let Some(code) = referral.code else { return Ok(None) };
                        let Some(inquiry) = tx.inquiry(referral.inquiry_id).await? else {
                            return Ok(None);
                        };
                        let settings = settings_of(&chapter, &dispatch.0.settings)?;
                        let texts = dispatch.texts();
                        let spoken =
                            texts.speaks(&inquiry.language, &settings.unreviewed_languages);
                        let voice = Voice {
                            lang: if spoken { &inquiry.language } else { "en" },
                            ..dispatch.plain_voice(&chapter)
                        };
                        let mut claims = tx.claims(id).await?;
                        claims.retain(|claim| claim.kind.keeps_name() && claim.named_at.is_some());
                        claims.sort_by_key(|claim| {
                            (claim.kind != ClaimKind::Kept, claim.place, claim.turn)
                        });
                        let mut named = Vec::new();
                        for claim in &claims {
                            if let Some(one) = Named::of(tx, claim).await? {
                                let id = one.member.id;
                                let portrait = tx.has_portrait(id).await?.then_some(id);
                                named.push((one.member.profile.areas.join(", "), portrait, one));
                            }
                        }
                        let all = named
                            .iter()
                            .map(|(areas, portrait, one)| introduced(areas, *portrait, one));
                        let all = all.collect::<Vec<_>>();
                        let terms = Terms::under(referral.policy, &settings);
                        Ok(Some(texts.sheet(&voice, code, &all, &terms, link.expires_at)))
                    })
                })
                .await
        })
    }
}

/// A consultant as the page introduces her: with all her areas, which a text has no room for.
fn introduced<'a>(areas: &'a str, portrait: Option<MemberId>, named: &'a Named) -> Introduced<'a> {
    let profile = &named.member.profile;
    Introduced {
        card: Card { area: areas, ..named.card() },
        languages: &profile.languages,
        payers_confirmed: profile.payers_confirmed,
        portrait,
    }
}
