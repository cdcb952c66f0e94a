//! What phrases can mean.

model::word! {
    /// What a phrase means. The name is the section's.
    Meaning {
        /// She takes it.
        Claim = "claim",
        /// She takes it, said by a word that means so only when it is the whole clause.
        Yes = "yes",
        /// She saw it; perhaps she takes it.
        Perhaps = "perhaps",
        /// She takes it if nobody else does.
        Standby = "standby",
        /// She takes it if something holds.
        Condition = "condition",
        /// She asks whether her own time or terms suit.
        OwnTerms = "own_terms",
        /// Not this one.
        Decline = "decline",
        /// No, said by a word that means so only when it is the whole clause.
        No = "no",
        /// A limit on how or when, which is a no only when nothing says yes.
        Limit = "limit",
        /// What keeps her: a no, unless a yes is said too.
        Excuse = "excuse",
        /// More than one: both, all.
        Both = "both",
        /// None of several.
        Neither = "neither",
        /// She gives her place back.
        Release = "release",
        /// She gives it back, if she has one; else she passes.
        Retract = "retract",
        /// A question.
        Question = "question",
        /// How does it stand?
        Status = "status",
        /// How does it stand, if it is asked.
        StatusIfAsked = "status_if_asked",
        /// Her open offers.
        ListOpen = "list_open",
        /// Her own places.
        ListMine = "list_mine",
        /// How does this line work?
        HowTo = "how_to",
        /// Away.
        Away = "away",
        /// Away only if a day to return on is told with it.
        AwayIfDated = "away_if_dated",
        /// Back.
        Back = "back",
        /// Texts again, please.
        OptIn = "opt_in",
        /// A rule for what she is sent from now on.
        Preference = "preference",
        /// A rule about days, if days are named with it.
        DayRule = "day_rule",
        /// A rule about places, if places are named with it.
        AreaRule = "area_rule",
        /// Visit booked.
        Booked = "booked",
        /// Visit took place.
        Seen = "seen",
        /// The family never called.
        NoContact = "no_contact",
        /// The family did not come.
        NoShow = "no_show",
        /// The family and she spoke.
        Connected = "connected",
        /// She believes she knows the family.
        Prior = "prior",
        /// Money or a swap for a referral.
        Ethics = "ethics",
        /// She speaks for a colleague.
        Proxy = "proxy",
        /// She and a colleague.
        WithColleague = "with_colleague",
        /// For the members' group.
        OffTopic = "off_topic",
        /// An answer that a machine wrote.
        AutoReply = "auto_reply",
        /// Words of a machine's answer that people use as well.
        AutoReplyWeak = "auto_reply_weak",
        /// Her own baby or body.
        OwnBaby = "own_baby",
        /// Trouble with feeding, or a cry for help.
        Trouble = "trouble",
        /// Need, told outright.
        NeedsHelp = "needs_help",
        /// Leans to a yes, when nothing else was understood.
        LeanYes = "lean_yes",
        /// Leans to a no, when nothing else was understood.
        LeanNo = "lean_no",
        /// Thanks.
        Thanks = "thanks",
        /// Talk that wants nothing.
        Chatter = "chatter",
        /// Words that carry nothing: please, hi, so.
        Filler = "filler",
        /// Her condition or time, worth telling the family.
        Term = "term",
        /// Video.
        VisitVirtual = "visit_virtual",
        /// At the family's home.
        VisitHome = "visit_home",
        /// At her own place.
        VisitOffice = "visit_office",
        /// In the hospital.
        VisitHospital = "visit_hospital",
        /// Takes the family's plan.
        InNetwork = "in_network",
        /// Does not bill insurance, gives a superbill.
        Superbill = "superbill",
        /// Does not bill insurance.
        OutOfNetwork = "out_of_network",
        /// The family pays herself.
        SelfPay = "self_pay",
        /// A clinical word that stays out of texts.
        Clinical = "clinical",
        /// What our own texts say when they are no offer.
        OurAnswer = "our_answer",
        /// No more texts, in plain words.
        Refusal = "refusal",
        /// Something else shall stop, or only some of the texts.
        Scoped = "scoped",
    }
}

impl Meaning {
    /// Whether it tells something beside what she means, and so may stand inside another phrase.
    pub(crate) fn informs(self) -> bool {
        use Meaning::{
            AreaRule, AwayIfDated, Both, Clinical, Condition, DayRule, Excuse, Filler, InNetwork,
            LeanNo, LeanYes, Limit, OurAnswer, OutOfNetwork, OwnTerms, Retract, SelfPay,
            StatusIfAsked, Superbill, Term, VisitHome, VisitHospital, VisitOffice, VisitVirtual,
            WithColleague,
        };
        matches!(
            self,
            AreaRule
                | AwayIfDated
                | Both
                | Clinical
                | Condition
                | DayRule
                | Excuse
                | Filler
                | InNetwork
                | LeanNo
                | LeanYes
                | Limit
                | OurAnswer
                | OutOfNetwork
                | OwnTerms
                | Retract
                | SelfPay
                | StatusIfAsked
                | Superbill
                | Term
                | VisitHome
                | VisitHospital
                | VisitOffice
                | VisitVirtual
                | WithColleague
        )
    }

    /// Whether it counts only where something else allows it, and so hides no shorter phrase.
    pub(crate) fn depends(self) -> bool {
        use Meaning::{Booked, Connected, NoContact, NoShow, Prior, Seen};
        self.informs() || matches!(self, Booked | Connected | NoContact | NoShow | Prior | Seen)
    }
}
