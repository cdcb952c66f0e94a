use jiff::civil::Date;

use super::names::{amount, document_name, join_or, thing};
use crate::{
    Dates, Evidence, Fact, Finding, ProfileFact, Proof, Requirement, RuleKind, Status, Subject,
    fact::Defect, ibclc,
};

impl Finding<'_> {
    /// What would mend it, or keep it, in one plain clause; `None` where nothing is to be done.
    /// `day` is the day for which the rule was judged.
    #[must_use]
    pub fn fix(&self, day: Date, dates: Dates) -> Option<String> {
        if self.status == Status::Met || self.status == Status::Waived {
            return None;
        }
        if !self.children.is_empty() {
            if self.rule.requirement.kind() == RuleKind::AnyOf && self.status.blocks() {
                let each: Vec<_> =
                    self.children.iter().filter_map(|child| child.fix(day, dates)).collect();
                return (!each.is_empty()).then(|| each.join(", or "));
            }
            return self.telling().fix(day, dates);
        }
        match self.fact {
            Fact::Lapsed { of, paper, .. } | Fact::Held { of, paper, .. } => {
                Some(renew(of, Some(paper), day, dates))
            }
            Fact::Nothing { of } | Fact::Rejected { of, .. } => Some(self.bring(of)),
            Fact::Wrong { of, paper, ref defect } => Some(self.mend(of, &paper.proof, defect)),
            Fact::Unverified { .. } => {
                Some("nothing to send; the chapter checks what was sent".to_owned())
            }
            Fact::Begins { .. } => Some("send one that counts before then, or wait".to_owned()),
            Fact::Current { of, .. } | Fact::Past { of, .. } => Some(renew(of, None, day, dates)),
            Fact::References { good, needed, roles, .. } => {
                let from = if roles.is_empty() {
                    String::new()
                } else {
                    format!(" from a {}", join_or(roles))
                };
                let more = needed.saturating_sub(good).max(1);
                let letters = if more == 1 { "letter" } else { "letters" };
                Some(format!("send {more} more {letters}{from}"))
            }
            Fact::Practice { since: None, .. } => Some("tell the chapter since when".to_owned()),
            Fact::Practice { .. } => Some("wait until then".to_owned()),
            Fact::Profile { what, any_of, .. } => Some(profile_fix(what, any_of)),
            Fact::Conflict(_) => Some("tell the chapter when that has ended".to_owned()),
            Fact::ChapterStatus(_) => Some("ask the chapter".to_owned()),
            Fact::Children => None,
        }
    }

    /// What to send where nothing counts.
    fn bring(&self, of: Subject<'_>) -> String {
        match of {
            Subject::Credential(_) => "upload the certificate with its number".to_owned(),
            Subject::License(..) => "send the license".to_owned(),
            Subject::Liability => match &self.rule.requirement {
                Requirement::Liability {
                    min_occurrence: Some(occurrence),
                    min_aggregate: Some(aggregate),
                    ..
                } => format!(
                    "upload a certificate of insurance with limits of at least {}/{}",
                    amount(Some(*occurrence)),
                    amount(Some(*aggregate))
                ),
                _ => "upload a certificate of insurance".to_owned(),
            },
            Subject::Training(_) => "upload a certificate".to_owned(),
            Subject::Background => "send a background check".to_owned(),
            Subject::Screen(_) => "the chapter runs the screen".to_owned(),
            Subject::Immunization(_) => "send the status and date".to_owned(),
            Subject::Availability => "state how soon a first visit can be".to_owned(),
            Subject::Document(doc) if doc.starts_with("orientation") => {
                format!("attend the {}", document_name(doc))
            }
            Subject::Document(doc) => format!("send the {}", document_name(doc)),
            Subject::Dues => "pay the chapter's dues".to_owned(),
            Subject::Event(_) => "come to a chapter event".to_owned(),
        }
    }

    /// What to do about a paper with something wrong in it.
    fn mend(&self, of: Subject<'_>, proof: &Proof, defect: &Defect<'_>) -> String {
        match *defect {
            Defect::Number(_) => "check the number against the certificate".to_owned(),
            Defect::Limits { min_occurrence, min_aggregate, .. } => format!(
                "upload a certificate of insurance with limits of at least {}/{}",
                amount(min_occurrence),
                amount(min_aggregate)
            ),
            Defect::NotInsured(whom) => {
                format!("ask the insurer to add {whom} as additional insured")
            }
            Defect::Version { current, .. } => format!("sign version {current}"),
            Defect::Hours { needed, .. } => {
                format!("state a first visit within {needed} h, if that holds")
            }
            Defect::NoWeekend => "state that it holds at the weekend, if it does".to_owned(),
            Defect::Match => "the chapter looks into it".to_owned(),
            Defect::NotClear => "talk with the chapter".to_owned(),
            Defect::NoResult => "the chapter writes down the result".to_owned(),
            Defect::Declined => self.bring(of),
            Defect::Undated => match proof {
                Proof::ExclusionScreen { .. } | Proof::BackgroundCheck { .. } => {
                    "the chapter writes down its date".to_owned()
                }
                _ => "send one that shows its date".to_owned(),
            },
        }
    }
}

fn renew(of: Subject<'_>, paper: Option<&Evidence>, day: Date, dates: Dates) -> String {
    match of {
        Subject::Credential(_) => {
            let ends = paper.and_then(|paper| match &paper.proof {
                Proof::Credential { credential, .. } if ibclc::is_ibclc(credential) => {
                    paper.expires
                }
                _ => None,
            });
            match ends.map(|ends| (ends, ibclc::recertification_closes(ends))) {
                None => "upload the new certificate".to_owned(),
                Some((ends, _)) if ends < day => {
                    "recertify with IBLCE and upload the new certificate".to_owned()
                }
                Some((_, closes)) => {
                    let verb = if closes < day { "closed" } else { "close" };
                    format!(
                        "recertify (applications by continuing education {verb} on {}) and \
                         upload the new certificate",
                        dates.show(closes)
                    )
                }
            }
        }
        Subject::License(..) => "send the renewed license".to_owned(),
        Subject::Liability => "upload the new certificate of insurance".to_owned(),
        Subject::Training(_) => "upload a new certificate".to_owned(),
        Subject::Background => "send a new background check".to_owned(),
        Subject::Screen(_) => "the chapter runs a new screen".to_owned(),
        Subject::Immunization(_) => "send the new status and date".to_owned(),
        Subject::Availability => "state it anew".to_owned(),
        Subject::Document(_) => format!("sign the {} anew", thing(of, None)),
        Subject::Dues => "renew the membership".to_owned(),
        Subject::Event(_) => "come to a chapter event".to_owned(),
    }
}

fn profile_fix(what: ProfileFact, any_of: &[String]) -> String {
    let any_of = join_or(any_of);
    match what {
        ProfileFact::Area => format!("add {any_of} to the profile's areas, if that is served"),
        ProfileFact::Visit => format!("add {any_of} visits to the profile, if that is offered"),
        ProfileFact::Languages => {
            format!("add {any_of} to the profile's languages, if that is spoken")
        }
        ProfileFact::Payer => format!("add {any_of} to the profile's payers, if that is taken"),
    }
}
