use jiff::civil::Date;

use crate::{
    Evidence, EvidenceStatus, Fact, ImmunizationForm, Member, Proof, Requirement, ScreenResult,
    dates::months_after, fact::Defect, judge::Moment,
};

/// A thing that a member, or the chapter for her, could bring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// The chapter verifies what was sent.
    Check {
        /// The paper.
        paper: String,
    },
    /// A certificate, new or renewed.
    Credential {
        /// Its initials.
        credential: String,
    },
    /// A licence.
    License {
        /// Its kind.
        kind: String,
        /// Its state.
        state: String,
    },
    /// Insurance with at least these limits, in whole dollars.
    Insurance {
        /// For one occurrence.
        per_occurrence: u64,
        /// For all together.
        aggregate: u64,
        /// Who else must be insured.
        additional_insured: Vec<String>,
    },
    /// A training.
    Training {
        /// Its topic.
        topic: String,
    },
    /// A clear background report.
    BackgroundCheck,
    /// Clear exclusion screens; the chapter runs them.
    Screens {
        /// Of these lists.
        lists: Vec<String>,
    },
    /// Immunisations and tests, each with its season.
    Immunizations {
        /// Code and season of each.
        items: Vec<(String, Option<String>)>,
    },
    /// A statement of how soon she sees a family.
    Availability {
        /// Hours to the first visit.
        within_hours: u32,
        /// At the weekend too.
        weekend: bool,
    },
    /// Letters of reference.
    References {
        /// How many.
        count: u32,
        /// From whom.
        roles: Vec<String>,
    },
    /// A signed document.
    Document {
        /// Which.
        doc: String,
        /// In which version.
        version: Option<String>,
    },
    /// What her standing with the chapter wants.
    Standing {
        /// The dues for another year.
        dues: bool,
        /// A chapter event.
        event: bool,
    },
}

impl Remedy {
    /// What would meet a requirement that stands on this fact; `None` where no paper would: years,
    /// areas, languages, conflicts, a match.
    pub(super) fn of(
        requirement: &Requirement,
        fact: &Fact<'_>,
        member: &Member,
        moment: Moment,
    ) -> Option<Self> {
        if let Fact::Wrong { defect: Defect::Match | Defect::NotClear, .. } = fact {
            return None;
        }
        Some(match requirement {
            Requirement::Credential { any_of, .. } => {
                let own = match fact {
                    Fact::Lapsed { paper, .. } | Fact::Held { paper, .. } => match &paper.proof {
                        Proof::Credential { credential, .. } => Some(credential),
                        _ => None,
                    },
                    _ => None,
                };
                Self::Credential { credential: own.or(any_of.first())?.clone() }
            }
            Requirement::License { any_of, state, .. } => Self::License {
                kind: any_of.first()?.clone(),
                state: state.clone().unwrap_or_default(),
            },
            Requirement::Liability {
                min_occurrence, min_aggregate, additional_insured, ..
            } => Self::Insurance {
                per_occurrence: min_occurrence.unwrap_or(0),
                aggregate: min_aggregate.unwrap_or(0),
                additional_insured: additional_insured.iter().cloned().collect(),
            },
            Requirement::Training { topic, .. } => Self::Training { topic: topic.clone() },
            Requirement::Background { .. } => Self::BackgroundCheck,
            Requirement::Exclusion { lists, .. } => Self::Screens { lists: lists.clone() },
            Requirement::Immunization { items } => Self::Immunizations {
                items: items.iter().map(|item| (item.code.clone(), item.season.clone())).collect(),
            },
            Requirement::Availability { within_hours, weekend, .. } => Self::Availability {
                within_hours: within_hours.unwrap_or(u32::MAX),
                weekend: *weekend,
            },
            Requirement::References { count, roles, .. } => {
                Self::References { count: *count, roles: roles.clone() }
            }
            Requirement::Document { doc, version, .. } => {
                Self::Document { doc: doc.clone(), version: version.clone() }
            }
            Requirement::ChapterStanding { event_within_months } => {
                let profile = &member.profile;
                let last =
                    |months: &u32| profile.events.iter().map(|on| months_after(*on, *months)).max();
                let dues = moment.is_near(profile.membership_paid_through);
                let event =
                    event_within_months.as_ref().is_some_and(|months| moment.is_near(last(months)));
                if !dues && !event {
                    return None;
                }
                Self::Standing { dues, event }
            }
            Requirement::Years { .. }
            | Requirement::Area { .. }
            | Requirement::Visit { .. }
            | Requirement::Languages { .. }
            | Requirement::Payer { .. }
            | Requirement::NoConflict { .. }
            | Requirement::AnyOf(_)
            | Requirement::AllOf(_) => return None,
        })
    }

    /// Widens itself so that it does for another hospital too; `false` where the two are different
    /// things.
    pub(super) fn take_in(&mut self, other: &Self) -> bool {
        fn add<T: Clone + PartialEq>(mine: &mut Vec<T>, theirs: &[T]) {
            for one in theirs {
                if !mine.contains(one) {
                    mine.push(one.clone());
                }
            }
        }
        match (self, other) {
            (
                Self::Insurance { per_occurrence, aggregate, additional_insured },
                Self::Insurance {
                    per_occurrence: occurrence,
                    aggregate: together,
                    additional_insured: whom,
                },
            ) => {
                *per_occurrence = (*per_occurrence).max(*occurrence);
                *aggregate = (*aggregate).max(*together);
                add(additional_insured, whom);
                true
            }
            (Self::Screens { lists }, Self::Screens { lists: theirs }) => {
                add(lists, theirs);
                true
            }
            (Self::Immunizations { items }, Self::Immunizations { items: theirs }) => {
                add(items, theirs);
                true
            }
            (
                Self::Availability { within_hours, weekend },
                Self::Availability { within_hours: hours, weekend: at_weekend },
            ) => {
                *within_hours = (*within_hours).min(*hours);
                *weekend |= *at_weekend;
                true
            }
            (
                Self::References { count, roles },
                Self::References { count: theirs, roles: their_roles },
            ) if roles == their_roles => {
                *count = (*count).max(*theirs);
                true
            }
            (
                Self::Standing { dues, event },
                Self::Standing { dues: also_dues, event: also_event },
            ) => {
                *dues |= *also_dues;
                *event |= *also_event;
                true
            }
            (mine, other) => mine == other,
        }
    }

    /// The member with this brought on a day, verified, and without an end of its own.
    #[must_use]
    pub fn applied(&self, member: &Member, day: Date) -> Member {
        match self {
            Self::Check { paper } => {
                let sent = member.evidence().iter().find(|sent| sent.id == *paper);
                return sent.map_or_else(
                    || member.clone(),
                    |sent| {
                        member.with(Evidence {
                            status: EvidenceStatus::Verified,
                            verifier: None,
                            ..sent.clone()
                        })
                    },
                );
            }
            Self::Standing { dues, event } => {
                let mut profile = member.profile.clone();
                if *event {
                    profile.events.push(day);
                }
                if *dues {
                    let from = profile.membership_paid_through.unwrap_or(day).max(day);
                    profile.membership_paid_through = Some(months_after(from, 12));
                }
                return Member::new(&member.id, profile, member.evidence().to_vec());
            }
            _ => {}
        }
        let mut evidence = member.evidence().to_vec();
        evidence.extend(self.proofs().into_iter().enumerate().map(|(at, proof)| {
            // Her own ids never begin with a space.
            Evidence::verified(&format!(" new {at}"), proof, day, None)
        }));
        Member::new(&member.id, member.profile.clone(), evidence)
    }

    /// The papers that would be it, before anybody has read them: what a member can send a photo of.
    /// None for what the chapter does itself, for what is no paper, and for immunisations: of those the
    /// status and the date are kept alone.
    #[must_use]
    pub fn papers(&self) -> Vec<Proof> {
        let sendable = |proof: &Proof| {
            !matches!(proof, Proof::ExclusionScreen { .. } | Proof::Availability { .. })
                && proof.has_original()
        };
        let mut papers: Vec<_> =
            self.proofs().iter().filter(|proof| sendable(proof)).map(Proof::unread).collect();
        papers.dedup();
        papers
    }

    /// The papers that would be it, as they would have to read.
    fn proofs(&self) -> Vec<Proof> {
        match self {
            Self::Check { .. } | Self::Standing { .. } => Vec::new(),
            Self::Credential { credential } => vec![Proof::Credential {
                credential: credential.clone(),
                // A number of the right form; which one does not matter here.
                number: Some("L-00000".to_owned()),
            }],
            Self::License { kind, state } => {
                vec![Proof::License { kind: kind.clone(), state: state.clone() }]
            }
            Self::Insurance { per_occurrence, aggregate, additional_insured } => {
                vec![Proof::Liability {
                    per_occurrence: Some(*per_occurrence),
                    aggregate: Some(*aggregate),
                    additional_insured: additional_insured.clone(),
                }]
            }
            Self::Training { topic } => vec![Proof::Training { topic: topic.clone() }],
            Self::BackgroundCheck => {
                vec![Proof::BackgroundCheck { result: Some(ScreenResult::Clear) }]
            }
            Self::Screens { lists } => lists
                .iter()
                .map(|list| Proof::ExclusionScreen {
                    list: list.clone(),
                    result: Some(ScreenResult::Clear),
                })
                .collect(),
            Self::Immunizations { items } => items
                .iter()
                .map(|(code, season)| Proof::Immunization {
                    code: code.clone(),
                    season: season.clone(),
                    form: ImmunizationForm::Record,
                })
                .collect(),
            Self::Availability { within_hours, weekend } => {
                vec![Proof::Availability { within_hours: Some(*within_hours), weekend: *weekend }]
            }
            Self::References { count, roles } => {
                let role = roles.first().cloned().unwrap_or_default();
                let count = usize::try_from(*count).unwrap_or(0).min(100);
                vec![Proof::Reference { role }; count]
            }
            Self::Document { doc, version } => {
                vec![Proof::Document { doc: doc.clone(), version: version.clone() }]
            }
        }
    }
}
