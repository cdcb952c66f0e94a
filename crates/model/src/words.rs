/// A text that is none of the words a type allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a {0}")]
pub struct UnknownWord(pub &'static str);

/// A closed set of words: each is stored, shown and sent as the same lower-case text.
pub trait Word: Copy + Sized + 'static {
    /// What one of these is called, for errors.
    const NAME: &'static str;
    /// Every word of the set.
    const ALL: &'static [Self];
    /// The word itself.
    fn as_str(self) -> &'static str;
    /// Finds the word; `None` where there is no such word.
    #[must_use]
    fn from_word(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|word| word.as_str() == text)
    }
}

/// Defines an enum whose variants are words, with one spelling for database, API and logs.
#[macro_export]
macro_rules! word {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant),+ }

        impl $crate::Word for $name {
            const NAME: &'static str = stringify!($name);
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str($crate::Word::as_str(*self))
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::UnknownWord;
            fn from_str(text: &str) -> Result<Self, $crate::UnknownWord> {
                <Self as $crate::Word>::from_word(text).ok_or($crate::UnknownWord(stringify!($name)))
            }
        }

        impl $crate::schemars::JsonSchema for $name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                $crate::shapes::word_name(module_path!(), stringify!($name)).into()
            }

            fn schema_id() -> ::std::borrow::Cow<'static, str> {
                concat!(module_path!(), "::", stringify!($name)).into()
            }

            fn json_schema(_: &mut $crate::schemars::SchemaGenerator) -> $crate::schemars::Schema {
                let words: Vec<_> = <Self as $crate::Word>::ALL.iter().map(|word| $crate::Word::as_str(*word)).collect();
                $crate::schemars::json_schema!({"type": "string", "enum": words})
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str($crate::Word::as_str(*self))
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <::std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                <Self as $crate::Word>::from_word(&text)
                    .ok_or_else(|| ::serde::de::Error::custom(concat!("not a ", stringify!($name))))
            }
        }
    };
}

word! {
    /// Who carries a line's texts.
    CarrierKind {
        /// Twilio's REST API and webhooks.
        Twilio = "twilio",
        /// The carrier inside this program, for the demo and for trying things out.
        Simulated = "simulated",
    }
}

word! {
    /// Whom a line is for.
    LinePurpose {
        /// Families and members alike; who is texting is told by the number.
        Both = "both",
        /// Everybody who texts it is a family.
        Families = "families",
        /// Members and admins; anybody else gets one neutral answer.
        Members = "members",
    }
}

word! {
    /// Whether a line carries texts.
    LineState {
        /// It does.
        Active = "active",
        /// The carrier refuses it as a whole: its texts are kept, and it is tried now and then.
        Paused = "paused",
    }
}

word! {
    /// A member's standing on the roster.
    MemberStatus {
        /// Has asked to join and waits for the chapter's answer.
        Applied = "applied",
        /// In good standing: receives referrals.
        Active = "active",
        /// Takes a rest of her own or the chapter's choosing.
        Paused = "paused",
        /// Barred, with a reason that only the chapter's people see.
        Suspended = "suspended",
        /// No longer a member.
        Removed = "removed",
    }
}

word! {
    /// What one of the chapter's people may do in the console and the API.
    Role {
        /// Everything, including users and settings.
        Owner = "owner",
        /// Everything but users.
        Admin = "admin",
        /// Works on referrals and conversations.
        Moderator = "moderator",
        /// Looks.
        Reader = "reader",
    }
}

impl Role {
    /// The lesser of two roles; this one where there is no other.
    #[must_use]
    pub fn at_most(self, other: Option<Self>) -> Self {
        // They are told from the one that may all to the one that may least.
        other.map_or(self, |other| self.max(other))
    }

    /// Whether this role may change referrals: release, hold, close and the like.
    #[must_use]
    pub fn may_moderate(self) -> bool {
        self != Self::Reader
    }

    /// Whether this role may keep hospitals' lists: requirements, members' papers, exceptions, editions.
    #[must_use]
    pub fn may_keep_lists(self) -> bool {
        matches!(self, Self::Owner | Self::Admin)
    }
}

word! {
    /// How far an inquiry has come: one family's need, its thread and what was read from it.
    InquiryState {
        /// Texts are still being collected into one message.
        Settling = "settling",
        /// A question is out (the one question we may ask).
        Asked = "asked",
        /// It became a referral, which tells the rest.
        Referred = "referred",
        /// Nothing further is to be done.
        Closed = "closed",
    }
}

word! {
    /// How far a referral has come.
    ReferralState {
        /// What is needed to ask the members is not known yet.
        Gathering = "gathering",
        /// Waits for the admin.
        Held = "held",
        /// Waits for the morning.
        Queued = "queued",
        /// The members are asked.
        Open = "open",
        /// Three places are firm; the names are on their way.
        Filled = "filled",
        /// The family has the names.
        HandedOff = "handed_off",
        /// Done.
        Closed = "closed",
        /// The family or the chapter called it off.
        Withdrawn = "withdrawn",
    }
}

impl ReferralState {
    /// Whether anything may still happen to it.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Closed | Self::Withdrawn)
    }

    /// Whether members are asked, or will be in the morning.
    #[must_use]
    pub fn is_asking(self) -> bool {
        matches!(self, Self::Open | Self::Queued)
    }

    /// Whether members may still take one of its places or stand by.
    #[must_use]
    pub fn takes_claims(self) -> bool {
        matches!(self, Self::Open | Self::Filled | Self::HandedOff)
    }
}

word! {
    /// How places are given where more members want one than there are.
    Policy {
        /// Each claim is judged as it comes.
        FirstThree = "first_three",
        /// A member's clock starts when her own copy has arrived.
        FairStart = "fair_start",
        /// Whoever fits best is asked first, others some minutes later.
        Waves = "waves",
        /// Claims are collected for some minutes; the best match, then the least recently placed.
        Window = "window",
    }
}

word! {
    /// What became of one member's copy of a broadcast.
    OfferState {
        /// Her hours have not begun; she is asked when they do.
        Resting = "resting",
        /// It is in the outbox or on its way.
        Sent = "sent",
        /// She passed.
        Passed = "passed",
        /// She answered it with a claim.
        Claimed = "claimed",
        /// It was never sent: the places were gone, or the text could not be.
        Unsent = "unsent",
    }
}

word! {
    /// What a member's answer amounts to.
    ClaimKind {
        /// She has a place.
        Firm = "firm",
        /// A place is held for her while we ask her.
        Provisional = "provisional",
        /// She moves up if a place opens.
        Standby = "standby",
        /// She gave it back.
        Dropped = "dropped",
        /// Claims are collected, and nobody has a place yet: hers is among them.
        Collected = "collected",
        /// The time for her answer ran out.
        Lapsed = "lapsed",
        /// The chapter put another consultant in her place.
        Replaced = "replaced",
        /// The family has her name, and asked for more beside it: she holds no place among those that
        /// are looked for now, and may still be called by the family.
        Kept = "kept",
    }
}

#[expect(clippy::derivable_impls, reason = "the enum of a word is made by its macro")]
impl Default for OfferBy {
    fn default() -> Self {
        Self::Both
    }
}

impl ClaimKind {
    /// Whether it holds a place.
    #[must_use]
    pub fn holds_place(self) -> bool {
        matches!(self, Self::Firm | Self::Provisional)
    }

    /// Whether she still has a part in the referral: a place, or the prospect of one.
    #[must_use]
    pub fn takes_part(self) -> bool {
        self.holds_place() || matches!(self, Self::Standby | Self::Collected | Self::Kept)
    }

    /// Whether a family that was given her name by it is to go on having it.
    #[must_use]
    pub fn keeps_name(self) -> bool {
        matches!(self, Self::Firm | Self::Kept)
    }
}

word! {
    /// How far a message has come on its way out.
    OutboxState {
        /// Ready to go when it is due.
        Waiting = "waiting",
        /// Leased: the request may have been written.
        Sending = "sending",
        /// The carrier took it.
        Accepted = "accepted",
        /// The carrier says that it arrived.
        Delivered = "delivered",
        /// It will not arrive; the reason stands beside it.
        Failed = "failed",
        /// The request was written and no answer came: the carrier is asked before anything else.
        Unknown = "unknown",
    }
}

impl OutboxState {
    /// Rank on the way out: a report moves a row forward only.
    #[must_use]
    pub fn rank(self) -> i64 {
        match self {
            Self::Waiting => 0,
            Self::Sending => 1,
            Self::Unknown => 2,
            Self::Accepted => 3,
            Self::Failed => 4,
            Self::Delivered => 5,
        }
    }
}

word! {
    /// By which way a message goes out.
    Channel {
        /// A text over a line.
        Text = "text",
        /// An e-mail.
        Email = "email",
        /// A notification on a phone that asked for them.
        Push = "push",
    }
}

word! {
    /// By which way a member wants to be told of an offer.
    OfferBy {
        /// A text, and a notification on each phone that she asked for them on.
        Both = "both",
        /// A text alone.
        Text = "text",
        /// A notification, and a text only where none can be had.
        Push = "push",
    }
}

word! {
    /// What a message is for. It decides how urgent the message is and how long it is of use.
    MessageKind {
        /// The safety text: before everything.
        Safety = "safety",
        /// Opt-out and opt-in confirmations.
        Consent = "consent",
        /// The names.
        HandOff = "hand_off",
        /// An answer to a family.
        Reply = "reply",
        /// An answer to a member's claim or command.
        ClaimReply = "claim_reply",
        /// What a person of the chapter writes to a family, as the line.
        Person = "person",
        /// A call for an admin's attention.
        Page = "page",
        /// One member's copy of a broadcast.
        Offer = "offer",
        /// News to a family that nobody waits for within seconds.
        Notice = "notice",
        /// The follow-up.
        FollowUp = "follow_up",
        /// A code or a link with which one of the chapter's people signs in.
        SignIn = "sign_in",
    }
}

impl MessageKind {
    /// Order among the texts of one line: the lower goes first.
    #[must_use]
    pub fn priority(self) -> i64 {
        match self {
            Self::Safety => 0,
            Self::Consent | Self::SignIn => 1,
            Self::HandOff => 2,
            Self::Reply | Self::ClaimReply | Self::Person => 3,
            Self::Page => 4,
            Self::Notice => 5,
            Self::Offer => 6,
            Self::FollowUp => 7,
        }
    }
}

word! {
    /// Where a thread stands in the inbox.
    Shelf {
        /// A person is called about it, or its referral is held.
        NeedsPerson = "needs_person",
        /// The service has it.
        Running = "running",
        /// A person has it.
        TakenOver = "taken_over",
        /// It is over.
        Closed = "closed",
    }
}

word! {
    /// What a carrier's refusal means for what we do next.
    ErrorClass {
        /// The person opted out: never again.
        OptedOut = "opted_out",
        /// The number cannot be reached by text: mark it.
        BadNumber = "bad_number",
        /// The account or the line is at fault: stop the line and page the admin.
        Configuration = "configuration",
        /// The text itself is refused: do not repeat it unchanged.
        Content = "content",
        /// A passing fault: try again within the text's useful life.
        RetryLater = "retry_later",
        /// A daily limit: tomorrow.
        Tomorrow = "tomorrow",
        /// WhatsApp wants a template outside the window.
        NeedsTemplate = "needs_template",
        /// A code we do not know: tried once more, then failed.
        Unlisted = "unlisted",
        /// Its useful life was over before it could go.
        Expired = "expired",
        /// The person had opted out, or is blocked, when its turn came.
        Suppressed = "suppressed",
        /// The carrier was asked and has no trace of it, and it may not be sent again.
        Lost = "lost",
        /// Our own row of it cannot be read: without its words or its number nothing can be sent.
        Unreadable = "unreadable",
    }
}

word! {
    /// The kinds of timed work. Each looks at the tables, does what is due and says when it next
    /// wants to run.
    TaskKind {
        /// An inquiry's texts have settled: read it.
        Settle = "settle",
        /// The one question found no answer: go on with what there is, or let it rest.
        Unanswered = "unanswered",
        /// Members whose hours begin are asked.
        Hours = "hours",
        /// A provisional claim's ten minutes are over.
        Hold = "hold",
        /// Claims that were collected get their places.
        Gate = "gate",
        /// The promised time has come.
        Promise = "promise",
        /// Nobody came within a day.
        DeadEnd = "dead_end",
        /// The follow-up is due, or its answer never came.
        FollowUp = "follow_up",
        /// A page was not answered: the next admin.
        Page = "page",
        /// Ask a line's carrier which texts came in.
        Listing = "listing",
        /// Try a paused line again.
        Probe = "probe",
        /// A chapter's members are reminded of what ends soon, once a day.
        Remind = "remind",
        /// A picture that a member texted is fetched.
        Photo = "photo",
        /// A hospital's people are told of an edition.
        Notice = "notice",
        /// What has had its time in a chapter is erased, once a day.
        Erase = "erase",
        /// A member was suspended or removed: the places she holds go to others.
        Barred = "barred",
        /// An application is answered, and erased when its time is over.
        Application = "application",
    }
}

word! {
    /// How far a picture that a member texted has come.
    PhotoState {
        /// She was asked what it is, or whether it is a paper at all.
        Asked = "asked",
        /// It is to be fetched.
        Wanted = "wanted",
        /// It is kept as a paper of hers.
        Kept = "kept",
        /// The carrier does not have it, or it is nothing that can be kept.
        Lost = "lost",
    }
}

word! {
    /// Whether a chapter's tool is told of changes.
    WebhookState {
        /// It is.
        Active = "active",
        /// Not for now.
        Paused = "paused",
    }
}

word! {
    /// How far telling a tool of a change has come.
    DeliveryState {
        /// It is told when it is due.
        Waiting = "waiting",
        /// The tool took it.
        Taken = "taken",
        /// It was told often enough, or the tool is told nothing any more.
        GivenUp = "given_up",
    }
}

word! {
    /// Who made a change.
    ActorKind {
        /// The family.
        Family = "family",
        /// A member.
        Member = "member",
        /// One of the chapter's people.
        Admin = "admin",
        /// A program with one of the chapter's API tokens.
        Token = "token",
        /// The service itself, by the clock or by rule.
        Service = "service",
        /// The carrier, by a report.
        Carrier = "carrier",
    }
}

word! {
    /// In which capacity somebody texts a line.
    Standing {
        /// Neither a member nor an admin, or texting a families' line.
        Family = "family",
        /// On the roster.
        Member = "member",
        /// One of the chapter's admins.
        Admin = "admin",
        /// Anybody else on a members' line.
        Stranger = "stranger",
    }
}

word! {
    /// What became of a referral in the end, as the family or a member told it.
    Outcome {
        /// The family reached a consultant.
        Connected = "connected",
        /// A visit is booked.
        Booked = "booked",
        /// A visit took place.
        Seen = "seen",
        /// Nobody was reached yet.
        NoneYet = "none_yet",
        /// The family did not say: unknown, not success.
        NoAnswer = "no_answer",
    }
}

word! {
    /// The kinds of evidence a member may send.
    EvidenceKind {
        /// A certificate.
        Credential = "credential",
        /// A state licence.
        License = "license",
        /// A certificate of insurance.
        Liability = "liability",
        /// A certificate of a training.
        Training = "training",
        /// The date and result of a background report; never the report.
        BackgroundCheck = "background_check",
        /// The date and result of a look at one exclusion list.
        ExclusionScreen = "exclusion_screen",
        /// The date and status of an immunisation or test; never the record.
        Immunization = "immunization",
        /// A dated statement of how soon she sees a family.
        Availability = "availability",
        /// A letter of reference or the note of a call.
        Reference = "reference",
        /// A signed document.
        Document = "document",
        /// A picture or file of which nobody has said yet what it is. It meets nothing.
        Unsorted = "unsorted",
    }
}

word! {
    /// How far a piece of evidence has come.
    EvidenceStatus {
        /// It was sent; nobody has looked.
        Submitted = "submitted",
        /// Somebody other than the member has checked it.
        Verified = "verified",
        /// It was looked at and refused, with a reason.
        Rejected = "rejected",
    }
}

word! {
    /// How far the chapter has come with a hospital.
    AgreementStage {
        /// The chapter has asked what the hospital wants.
        Asked = "asked",
        /// Its requirements are known.
        Known = "known",
        /// The agreement was sent.
        Sent = "sent",
        /// It is signed.
        Signed = "signed",
        /// The hospital hands out the chapter's list.
        Listed = "listed",
        /// The agreement is to be renewed.
        RenewalDue = "renewal_due",
    }
}

word! {
    /// The one page that a link in a text opens.
    LinkPurpose {
        /// A member's copy of a broadcast.
        Offer = "offer",
        /// A family's names.
        Names = "names",
        /// A member's own page.
        Member = "member",
    }
}
