//! What is open to her, and what is hers.

use askama::Template;
use axum::{
    Form,
    extract::{Path, State, rejection::FormRejection},
    response::{IntoResponse as _, Redirect, Response},
};
use dispatch::{Dispatch, OwnReferral, Tap, Work};
use model::{Outcome, ReferralId};
use serde::Deserialize;

use super::{Section, opened, to};
use crate::{
    fault::Fault,
    offer::{self, Acting, Pressed},
};

#[derive(Template)]
#[template(path = "member_work.html")]
struct Shown<'a> {
    shown: Vec<One<'a>>,
    none: &'static str,
}

struct One<'a> {
    own: &'a OwnReferral,
    told: Vec<(&'static str, String)>,
    by: Option<String>,
    acting: String,
    to: String,
    outcome: Option<&'static str>,
}

pub(super) fn sections(work: &Work, secret: &str) -> Result<[Section; 2], Fault> {
    let none = if !work.is_active {
        "Your listing is paused, so no requests come to you. Please contact the admin."
    } else if work.away_until.is_some() {
        "You are away. Requests stand here once you are back."
    } else {
        "No request is open to you now. The next one stands here, and is texted to you."
    };
    let open = Shown { shown: all(&work.open, secret)?, none };
    let none = "Places you claim stand here until the family is served.";
    let mine = Shown { shown: all(&work.mine, secret)?, none };
    Ok([Section::of("open", "Open to you", &open)?, Section::of("mine", "Yours", &mine)?])
}

fn all<'a>(referrals: &'a [OwnReferral], secret: &str) -> Result<Vec<One<'a>>, Fault> {
    let one = |own: &'a OwnReferral| {
        let to = format!("/m/{secret}/referrals/{}", own.referral);
        Ok(One {
            own,
            told: offer::told(&own.offer),
            by: offer::by(&own.offer),
            acting: Acting::on(&own.offer, Some(&to)).render()?,
            to,
            outcome: own.told.map(word),
        })
    };
    referrals.iter().map(one).collect()
}

/// What she told of a visit, as the page says it.
pub(super) fn word(told: Outcome) -> &'static str {
    match told {
        Outcome::Connected => "reached",
        Outcome::Booked => "booked",
        Outcome::Seen => "seen",
        Outcome::NoneYet | Outcome::NoAnswer => "no contact",
    }
}

/// A pressed button of a referral: about her place, or what became of the visit.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Button {
    Tells { told: Outcome },
    Acts(Pressed),
}

/// Does what a referral's pressed button says, then shows her page as it is now.
pub(crate) async fn press(
    State(dispatch): State<Dispatch>,
    Path((secret, referral)): Path<(String, String)>,
    pressed: Result<Form<Button>, FormRejection>,
) -> Result<Response, Fault> {
    let page = opened(&dispatch, &secret).await?;
    let referral: ReferralId = referral.parse().map_err(|_| Fault::unknown())?;
    let Ok(Form(pressed)) = pressed else { return Err(Fault::form()) };
    let said = match pressed {
        Button::Tells { told: told @ (Outcome::Booked | Outcome::Seen | Outcome::NoneYet) } => {
            if !dispatch.own_outcome(page, referral, told).await? {
                return Err(Fault::unknown());
            }
            Some("told")
        }
        Button::Tells { .. } => return Err(Fault::form()),
        Button::Acts(pressed) => {
            let tapped = dispatch.own_tap(page, referral, Tap::from(pressed)).await?;
            offer::said(tapped.ok_or_else(Fault::unknown)?)
        }
    };
    Ok(Redirect::to(&to(&secret, "", said)).into_response())
}
