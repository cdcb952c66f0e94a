//! What was read from a text: a family's message, a member's reply.
//!
//! These are the facts alone; how they are found is the room `reading`'s business. The field names
//! are those that `latchline read` prints and that the acceptance cases assert.

use serde::{Deserialize, Serialize};

use crate::{Code, word};

word! {
    /// What a family's message is.
    FamilyKind {
        /// Somebody asks for herself or himself.
        Inquiry = "inquiry",
        /// Somebody asks for somebody else: a doula, a nurse, a relative.
        InquiryProxy = "inquiry_proxy",
        /// A life is in danger now.
        Emergency = "emergency",
        /// Somebody may harm herself or the baby.
        Crisis = "crisis",
        /// A baby died.
        Bereavement = "bereavement",
        /// A medical question, with no wish for a consultant told.
        MedicalQuestion = "medical_question",
        /// More about an inquiry we have.
        Followup = "followup",
        /// Meant for somebody else.
        WrongNumber = "wrong_number",
        /// Advertising or fraud.
        Spam = "spam",
        /// Somebody sells something, or offers money for referrals.
        Solicitation = "solicitation",
        /// Insults with no need behind them.
        Abuse = "abuse",
        /// Anger at us or at a consultant.
        Complaint = "complaint",
        /// A picture, a voice note, and no words.
        MediaOnly = "media_only",
        /// Nothing but emoji.
        EmojiOnly = "emoji_only",
        /// No more texts, by keyword or in plain words.
        OptOut = "opt_out",
        /// Texts again, please.
        OptIn = "opt_in",
        /// Who is this, what does it cost, how does it work.
        ServiceQuestion = "service_question",
        /// The keyword HELP.
        HelpKeyword = "help_keyword",
        /// Call me.
        CallbackRequest = "callback_request",
        /// A tapback that arrived as text.
        Reaction = "reaction",
        /// Thanks and praise.
        Praise = "praise",
        /// An answer to something we asked: yes, no, a number.
        Answer = "answer",
        /// Nothing that could be understood.
        Unclear = "unclear",
    }
}

word! {
    /// Which way a family's message goes.
    Route {
        /// Put it to the members.
        Dispatch = "dispatch",
        /// Ask the one question.
        Ask = "ask",
        /// The care line first, then the members.
        SafetyThenDispatch = "safety_then_dispatch",
        /// The care line first, then the one question.
        SafetyThenAsk = "safety_then_ask",
        /// The safety text only, and the admin at any hour.
        SafetyHold = "safety_hold",
        /// For the admin.
        HoldAdmin = "hold_admin",
        /// Answer it; nothing else follows.
        Info = "info",
        /// It belongs to a referral that runs.
        UpdateExisting = "update_existing",
        /// Close the inquiry.
        Close = "close",
        /// Nothing at all.
        None = "none",
    }
}

word! {
    /// How soon help is needed.
    Urgency {
        /// A life may be in danger: no referral decides that.
        Emergency = "emergency",
        /// Today.
        UrgentToday = "urgent_today",
        /// Within two days.
        Soon48h = "soon_48h",
        /// This week.
        Routine = "routine",
        /// Before the birth.
        Planning = "planning",
        /// Nothing tells.
        Unknown = "unknown",
    }
}

word! {
    /// How grave a red flag is, gravest first.
    FlagLevel {
        /// 911.
        Emergency = "emergency",
        /// 988 or 911.
        Crisis = "crisis",
        /// Somebody at home may read along: nothing revealing is texted.
        Private = "private",
        /// A doctor at once.
        DoctorNow = "doctor_now",
        /// A doctor today.
        DoctorToday = "doctor_today",
        /// A line of support is added.
        Support = "support",
    }
}

/// A sign of danger in a text. The service never rules one out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedFlag {
    /// The sign, such as `baby_fever`.
    pub code: String,
    /// How grave it is.
    pub level: FlagLevel,
}

word! {
    /// How well a place is known.
    Precision {
        /// A ZIP.
        Zip = "zip",
        /// A neighbourhood.
        Neighborhood = "neighborhood",
        /// A borough only.
        Borough = "borough",
        /// One of several places.
        Ambiguous = "ambiguous",
        /// Looks like a place and is none.
        Invalid = "invalid",
        /// A place that the chapter does not serve.
        OutOfArea = "out_of_area",
    }
}

/// Where the family is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// How well it is known.
    pub precision: Precision,
    /// Five digits, as text (07042).
    pub zip: Option<String>,
    /// The neighbourhood, or the town outside the city.
    pub neighborhood: Option<String>,
    /// The borough.
    pub borough: Option<String>,
    /// The state, outside the city.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// What was written, where it could not be settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<String>,
    /// Which places it may be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<String>,
}

word! {
    /// Where the family stands between pregnancy and the baby.
    BabyStage {
        /// The baby is here.
        Born = "born",
        /// The baby is on the way.
        Expected = "expected",
        /// The baby died.
        Loss = "loss",
        /// Nothing tells.
        Unknown = "unknown",
    }
}

word! {
    /// A unit in which an age was told.
    AgeUnit {
        /// Hours.
        Hour = "hour",
        /// Days.
        Day = "day",
        /// Weeks.
        Week = "week",
        /// Months.
        Month = "month",
        /// Years.
        Year = "year",
    }
}

/// An age as it was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Age {
    /// How many.
    pub value: u32,
    /// Of what.
    pub unit: AgeUnit,
}

/// The baby or babies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baby {
    /// Born, expected, lost, unknown.
    pub stage: BabyStage,
    /// How many; `None` where nothing tells.
    pub count: Option<u32>,
    /// The age as told.
    pub age: Option<Age>,
    /// The age in days, from and to: "two weeks" is 14 to 20.
    pub age_days: Option<[u32; 2]>,
    /// The day of birth, as `2026-11-03`, where it was told.
    pub birth_date: Option<String>,
    /// The due date, as `2027-01-14` or `2027-03`.
    pub due_date: Option<String>,
    /// Gestation at birth, as `35+2`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preterm_weeks: Option<String>,
    /// In intensive care now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_nicu: Option<bool>,
}

impl Default for Baby {
    fn default() -> Self {
        Self {
            stage: BabyStage::Unknown,
            count: None,
            age: None,
            age_days: None,
            birth_date: None,
            due_date: None,
            preterm_weeks: None,
            in_nicu: None,
        }
    }
}

/// Who pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Insurance {
    /// The payer, such as `aetna`; `self_pay`.
    pub payer: String,
    /// `commercial`, `medicaid`, `military`, `self_pay`, ...
    pub class: String,
    /// The plan, where it was told.
    pub plan: Option<String>,
}

/// A wish to be called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Callback {
    /// The number to call, in E.164. For the chapter alone, never for members.
    pub number: Option<String>,
    /// Not before this instant (RFC 3339 with offset).
    pub after: Option<String>,
    /// Whom to ask for.
    pub name: Option<String>,
}

/// Everything that was taken from a family's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(default)]
pub struct FamilyExtract {
    /// Where the family is; `None` where nothing tells.
    pub location: Option<Location>,
    /// The baby; `None` where the message is about no baby at all.
    pub baby: Option<Baby>,
    /// Lactation concerns by code (`latch_difficulty`), in alphabetical order.
    pub concerns: Vec<String>,
    /// `home`, `office`, `virtual`, `hospital`, `group`, `phone`.
    pub visit_types: Vec<String>,
    /// Who pays.
    pub insurance: Option<Insurance>,
    /// Languages wished for the visit, as ISO 639-1 where there is one.
    pub consult_languages: Vec<String>,
    /// `parent`, `partner`, `relative`, `friend`, `doula`, `midwife`, `nurse`, `doctor`, `other`.
    pub contact_role: String,
    /// A wish to be called.
    pub callback: Option<Callback>,
    /// Wished times, in few plain words.
    pub time_prefs: Option<String>,
    /// Wishes such as `lgbtq_affirming`.
    pub preferences: Vec<String>,
    /// Who told the family of us: `hospital:Lenox Hill`, `doula`.
    pub referral_source: Option<String>,
    /// Questions put to us: `cost`, `medication:sudafed`.
    pub questions_asked: Vec<String>,
}

/// Why something was read: which rule, on which words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// What it led to: a field (`location`) or a flag's code.
    pub field: String,
    /// The rule's name.
    pub rule: String,
    /// The words it rests on. They are the family's own: sealed, and for the admin alone.
    pub words: String,
}

/// What a family's message says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FamilyReading {
    /// What it is.
    pub kind: FamilyKind,
    /// Which way it goes.
    pub route: Route,
    /// How soon help is needed; `None` where it is no inquiry.
    pub urgency: Option<Urgency>,
    /// Signs of danger, gravest first.
    pub red_flags: Vec<RedFlag>,
    /// The language it is written in: `en`, `es`, `zh-Hans`, `yi-Latn`, `und`.
    pub lang: String,
    /// What is not known: `location`, `zip`, `baby_age`, `concern`, `wants_referral`, `virtual_ok`.
    pub missing: Vec<String>,
    /// The facts.
    pub extract: FamilyExtract,
    /// How the message answers what we asked: a yes, a no, a choice; `None` where it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// Why each thing was read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
}

impl FamilyReading {
    /// The gravest sign of danger.
    #[must_use]
    pub fn gravest(&self) -> Option<FlagLevel> {
        self.red_flags.iter().map(|flag| flag.level).min()
    }
}

/// A short answer to something we asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// A number from a list, such as the follow-up's 0 to 3.
    Choice(u32),
    /// "More", "someone else".
    SomeoneElse,
    /// "Delete me".
    DeleteMe,
    /// "Never mind, we found someone": nobody need be asked any more.
    Solved,
}

/// What we know of a family's thread when a message of it is read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FamilyContext {
    /// When the message came, as RFC 3339 with the chapter's offset.
    pub received_at: String,
    /// `new`, `asked`, `referral_open_collecting`, `referral_open_unfilled`, `names_sent`, `followup_sent`.
    pub state: String,
    /// How many pictures came with it.
    pub media: u32,
    /// When each text came, in seconds after the first.
    pub offsets_s: Vec<i64>,
    /// The referral that is running or was.
    pub prior_referral: Option<PriorReferral>,
}

/// The referral a family already has.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PriorReferral {
    /// Its code.
    pub code: String,
    /// The ZIP it has.
    pub location_zip: Option<String>,
    /// The consultants named to the family, in the order of the cards.
    pub names: Vec<String>,
}

word! {
    /// What a member's reply means.
    Intent {
        /// She takes it.
        Claim = "claim",
        /// She may take it: the place is held while we ask.
        ClaimProvisional = "claim_provisional",
        /// She takes it on a condition.
        ClaimConditional = "claim_conditional",
        /// She would take it; three places are gone.
        ClaimStandby = "claim_standby",
        /// She takes one that is closed.
        ClaimLate = "claim_late",
        /// She takes one of several and does not say which.
        ClaimAmbiguous = "claim_ambiguous",
        /// She answers which of several she meant.
        DisambiguationAnswer = "disambiguation_answer",
        /// She takes what she has already.
        Duplicate = "duplicate",
        /// Not this one.
        Decline = "decline",
        /// She gives her place back.
        Release = "release",
        /// She gives it back after the family has her name.
        ReleaseAfterSend = "release_after_send",
        /// She asks about the family or the terms.
        Question = "question",
        /// She asks how it stands.
        StatusQuery = "status_query",
        /// A tapback that arrived as text.
        Reaction = "reaction",
        /// No more texts, by keyword.
        OptOut = "opt_out",
        /// Texts again, please.
        OptIn = "opt_in",
        /// She leaves, in her own words.
        Resign = "resign",
        /// Away, perhaps until a day.
        AvailabilityOff = "availability_off",
        /// Back.
        AvailabilityOn = "availability_on",
        /// Not on Sundays; no Manhattan ones.
        PreferenceUpdate = "preference_update",
        /// She may not receive referrals now.
        NotEligible = "not_eligible",
        /// A number that is not on the roster.
        NotOnRoster = "not_on_roster",
        /// She claims for a colleague.
        ProxyClaim = "proxy_claim",
        /// The keyword HELP.
        Help = "help",
        /// A visit is booked.
        OutcomeReport = "outcome_report",
        /// The family never called.
        OutcomeNoContact = "outcome_no_contact",
        /// The family did not come.
        OutcomeFamilyNoShow = "outcome_family_no_show",
        /// A visit took place.
        OutcomeSeen = "outcome_seen",
        /// She believes she knows the family.
        PriorRelationship = "prior_relationship",
        /// Thanks.
        Acknowledgement = "acknowledgement",
        /// Talk that wants nothing.
        Chatter = "chatter",
        /// For the members' group, not for the line.
        OffTopic = "off_topic",
        /// Money or a swap for a referral.
        EthicsFlag = "ethics_flag",
        /// A picture and no words.
        MediaOnly = "media_only",
        /// Her own open offers (OPEN).
        ListOpen = "list_open",
        /// Her own places (MINE).
        ListMine = "list_mine",
        /// An answer that was written by a machine.
        AutoReply = "auto_reply",
        /// She herself seems to need help: we ask which it is.
        NeedsHelp = "needs_help",
        /// Nothing that could be understood.
        Unclear = "unclear",
    }
}

word! {
    /// What a tapback on a text of ours comes to.
    ReactionEffect {
        /// Like, love, thumbs up or emphasis on an offer: the place is held while we ask.
        Provisional = "provisional",
        /// Thumbs down on an offer: not this one.
        Pass = "pass",
        /// A question mark on an offer: tell her how it stands.
        Question = "question",
        /// An earlier reaction is taken back: so is a provisional hold, never a firm claim.
        TakenBack = "taken_back",
        /// Nothing: a laugh, or a reaction to anything but an offer.
        Nothing = "nothing",
    }
}

/// A member's reply, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(default)]
pub struct MemberExtract {
    /// Her condition or her times, as the family may read it; never anything private.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caveat: Option<String>,
    /// The wished time in her own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub availability_text: Option<String>,
    /// The day she means, `2026-11-19`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub availability_date: Option<String>,
    /// The instant she means, RFC 3339 with offset.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub availability_start: Option<String>,
    /// Languages she names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// Visit types she names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub visit_types: Vec<String>,
    /// What she says about payment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub insurance: Option<String>,
    /// A code one letter away from an open one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub did_you_mean: Option<Code>,
    /// Codes she passes on while taking others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub declined: Vec<Code>,
    /// The first day away, where that is not today.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub away_from: Option<String>,
    /// Away until the end of the day before this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub away_until: Option<String>,
    /// Days without referrals: `sun`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub quiet_days: Vec<String>,
    /// Areas she does not want.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exclude_areas: Vec<String>,
    /// `booked`, `seen`, `no_contact`, `family_no_show`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// The day of the visit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visit_date: Option<String>,
    /// Clinical words and names that were cut out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub redacted: Vec<String>,
    /// The colleague she speaks of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colleague: Option<String>,
}

/// What a member's reply says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberReading {
    /// What she means.
    pub intent: Intent,
    /// The referrals she means, in the order she names them.
    pub codes: Vec<Code>,
    /// The rest.
    pub extract: MemberExtract,
    /// What a reaction comes to; `None` for every other intent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reaction: Option<ReactionEffect>,
    /// Why it was read so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
}

/// What we know of a member when a reply of hers is read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MemberContext {
    /// When the reply came, as RFC 3339 with the chapter's offset.
    pub received_at: String,
    /// `active`, `away`, `paused`, `suspended`, `opted_out`, `unknown_number`, `active_blocked:...`.
    pub member_status: String,
    /// The offers she has that are open.
    pub open_referrals: Vec<OpenOffer>,
    /// What we asked her last: `confirm:K7Q`, `which:K7Q,M3T`.
    pub awaiting: Option<String>,
    /// A claim she has.
    pub already_claimed: Option<ClaimRef>,
    /// The referral of hers that was last handed off.
    pub last_referral: Option<ClaimRef>,
    /// How many pictures came with it.
    pub media: u32,
}

/// An offer that is open to the member.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OpenOffer {
    /// The referral's code.
    pub code: String,
    /// `collecting` or `filled`.
    pub state: String,
    /// How many places others have.
    pub claims: u32,
    /// How many places there are.
    pub slots: u32,
    /// Where the family is, as the offer tells it: `Park Slope 11215, Brooklyn`. "The one in
    /// Brooklyn" is found by it.
    pub area: String,
    /// `home`, `office`, `virtual`, ...: "the virtual one".
    pub visit: Option<String>,
    /// Who pays, as the offer tells it.
    pub insurance: Option<String>,
    /// The baby's age, as the offer tells it.
    pub baby: String,
    /// Concerns by code.
    pub concerns: Vec<String>,
    /// When she was asked, RFC 3339: "the second one" is the later.
    pub broadcast_at: String,
}

/// A referral of the member's.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ClaimRef {
    /// The referral's code.
    pub code: String,
    /// `names_sent`, `closed`, ...
    pub state: String,
    /// Her place.
    pub position: Option<u32>,
}
