//! Who has which place: the arithmetic of three places, without a database. Pure.
//!
//! The caller holds the referral's lock, reads its claims, asks here, and writes what it is told.
//! Everything that must never happen (a fourth name, a place twice) is decided in these few lines.

use model::{ClaimKind, MemberId, Timestamp, referral::PLACES};
use storage::Claim;

/// What becomes of a member's claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    /// She takes this place.
    Place(i64),
    /// All places are gone: she stands by.
    Standby,
    /// She has this place already, firmly.
    AlreadyPlaced(i64),
    /// She has it provisionally, and this makes it firm.
    Confirmed(i64),
    /// She stands by already.
    AlreadyStandingBy,
}

/// Judges a claim by what is claimed already.
#[must_use]
pub fn judge(claims: &[Claim], member: MemberId, wants: ClaimKind) -> Judged {
    let own = claims.iter().find(|claim| claim.member_id == member);
    match own.map(|claim| (claim.kind, claim.place)) {
        Some((ClaimKind::Firm, Some(place))) => return Judged::AlreadyPlaced(place),
        Some((ClaimKind::Provisional, Some(place))) if wants == ClaimKind::Firm => {
            return Judged::Confirmed(place);
        }
        Some((ClaimKind::Provisional, Some(place))) => return Judged::AlreadyPlaced(place),
        Some((ClaimKind::Standby, _)) if free_place(claims).is_none() => {
            return Judged::AlreadyStandingBy;
        }
        _ => {}
    }
    free_place(claims).map_or(Judged::Standby, Judged::Place)
}

/// The lowest place that nobody holds.
#[must_use]
pub fn free_place(claims: &[Claim]) -> Option<i64> {
    (1..=PLACES).find(|&place| {
        !claims.iter().any(|claim| claim.kind.holds_place() && claim.place == Some(place))
    })
}

/// How many places are firm.
#[must_use]
pub fn firm(claims: &[Claim]) -> i64 {
    i64::try_from(claims.iter().filter(|claim| claim.kind == ClaimKind::Firm).count())
        .unwrap_or(i64::MAX)
}

/// The next turn.
#[must_use]
pub fn next_turn(claims: &[Claim]) -> i64 {
    claims.iter().map(|claim| claim.turn).max().unwrap_or(0) + 1
}

/// Who moves up first when a place opens: the one who has stood by longest.
#[must_use]
pub fn next_in_line(claims: &[Claim]) -> Option<&Claim> {
    claims.iter().filter(|claim| claim.kind == ClaimKind::Standby).min_by_key(|claim| claim.turn)
}

/// When the next claim lapses, if nobody confirms it.
#[must_use]
pub fn next_lapse(claims: &[Claim]) -> Option<Timestamp> {
    claims.iter().filter(|claim| claim.kind.takes_part()).filter_map(|claim| claim.held_until).min()
}

/// The claims that were to be confirmed, and whose time for it is over.
#[must_use]
pub fn lapsed(claims: &[Claim], now: Timestamp) -> Vec<&Claim> {
    claims
        .iter()
        .filter(|claim| {
            matches!(claim.kind, ClaimKind::Provisional | ClaimKind::Collected)
                && claim.held_until.is_some_and(|until| until <= now)
        })
        .collect()
}
