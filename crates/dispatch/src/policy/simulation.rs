//! What a policy does to a roster over many referrals: who is placed how often, and how long
//! families wait. A model of people, but the policies' own rules.
//!
//! Members differ in how quickly they answer (log-normal, some always near the phone), how often
//! they want a referral, where they go, what visits they make and which payers they take. A line
//! sends one text a second. Nothing here is measured on real people: the figures compare policies
//! with each other, and foretell no chapter's.

use jiff::SignedDuration;
use model::{Chance, MemberId, Timestamp, referral::PLACES, settings::Settings};
use uuid::Uuid;

use super::{Entrant, Gate, Policy, Terms};
use crate::matching::Fit;

const AREAS: u64 = 10;
const PAYERS: u64 = 6;
const VISITS: u64 = 3;

/// The median member answers after so many seconds; two thirds lie within a factor of three.
const MEDIAN_SECONDS: f64 = 480.0;
const SPREAD_AMONG: f64 = 1.1;
/// The same member answers now quicker, now slower: two thirds within a factor of two.
const SPREAD_WITHIN: f64 = 0.7;

/// So large a roster, so many referrals, and what chance begins with.
#[derive(Debug, Clone, Copy)]
pub struct Trial {
    /// How many members.
    pub members: usize,
    /// How many referrals.
    pub referrals: usize,
    /// The seed: the same one gives the same figures.
    pub seed: u64,
}

/// What came of a policy.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Figures {
    /// The policy.
    pub policy: Policy,
    /// The part of all places that went to the ten quickest members; an even share is ten by members.
    pub quickest_ten: f64,
    /// How unevenly places are spread over all members: 0 is even, 1 is all to one.
    pub gini: f64,
    /// Minutes until a family has its names, for every second family.
    pub wait_median: f64,
    /// The same for nine families of ten.
    pub wait_p90: f64,
    /// Families that had fewer than three names by the promised time.
    pub short: f64,
    /// How many texts of offers went out for a referral.
    pub texts: f64,
    /// How often each member was placed, least often first.
    #[serde(skip)]
    pub placed: Vec<u32>,
}

struct Person {
    seconds: f64,
    wants: f64,
    areas: u64,
    payers: u64,
    visits: u64,
    placed: u32,
    last_placed: Option<Timestamp>,
}

/// A claim in the making.
#[derive(Clone, Copy)]
struct Answer {
    who: usize,
    stage: i64,
    /// Her copy arrives, and she answers, so many seconds after asking began.
    copy: f64,
    at: f64,
}

/// Puts families to members under a policy, and under settings for everything else.
#[must_use]
pub fn run(policy: Policy, settings: &Settings, trial: Trial) -> Figures {
    let chance = Chance::seeded(trial.seed);
    let mut people = (0..trial.members).map(|_| person(&chance)).collect::<Vec<_>>();
    let terms = Terms::under(policy, settings);
    let promised = settings.names_by(false).as_secs_f64();
    let (mut waits, mut short, mut texts) = (Vec::new(), 0_usize, 0_usize);
    for nth in 0..trial.referrals {
        // Families come every half hour: what was placed before lies before.
        let began = Timestamp::new(jiff::Timestamp::UNIX_EPOCH)
            .after(SignedDuration::from_mins(30 * as_i64(nth)));
        let (answers, copies) = ask(&chance, &people, &terms);
        let (mut named, waited) = place(&terms, &people, answers, &copies);
        let in_time = named.iter().filter(|(_, at)| *at <= promised).count();
        if in_time < 3 {
            short += 1;
        }
        let until = if in_time < 3 { promised } else { waited };
        waits.push(until / 60.0);
        texts += copies.iter().filter(|copy| **copy <= until).count();
        named.retain(|(_, at)| *at <= promised);
        for (who, _) in named {
            people[who].placed += 1;
            people[who].last_placed = Some(began);
        }
    }
    waits.sort_by(f64::total_cmp);
    let mut order = (0..people.len()).collect::<Vec<_>>();
    order.sort_by(|&a, &b| people[a].seconds.total_cmp(&people[b].seconds));
    let all = people.iter().map(|person| f64::from(person.placed)).sum::<f64>().max(1.0);
    let ten = order.iter().take(10).map(|&who| f64::from(people[who].placed)).sum::<f64>();
    let mut placed = people.iter().map(|person| person.placed).collect::<Vec<_>>();
    placed.sort_unstable();
    let referrals = as_f64(trial.referrals.max(1));
    Figures {
        policy,
        quickest_ten: ten / all,
        gini: gini(&placed),
        wait_median: at(&waits, 0.5),
        wait_p90: at(&waits, 0.9),
        short: as_f64(short) / referrals,
        texts: as_f64(texts) / referrals,
        placed,
    }
}

fn person(chance: &Chance) -> Person {
    let some = |of: u64, least: u64, most: u64| {
        let mut all = (0..of).collect::<Vec<_>>();
        chance.shuffle(&mut all);
        let many = least + chance.below(most - least + 1);
        all.iter().take(usize::try_from(many).unwrap_or(1)).fold(0, |set, one| set | 1 << one)
    };
    Person {
        seconds: MEDIAN_SECONDS * (SPREAD_AMONG * normal(chance)).exp(),
        wants: 0.05 + 0.35 * part(chance),
        areas: some(AREAS, 2, AREAS),
        payers: some(PAYERS, 2, PAYERS),
        visits: some(VISITS, 2, VISITS),
        placed: 0,
        last_placed: None,
    }
}

/// Who is asked, who answers and when, and when each copy goes out.
fn ask(chance: &Chance, people: &[Person], terms: &Terms) -> (Vec<Answer>, Vec<f64>) {
    let family = (chance.below(AREAS), chance.below(PAYERS), chance.below(VISITS));
    let fits = |set: u64, wish: u64| set & 1 << wish != 0;
    let stages = people.iter().map(|person| {
        let fit = Fit {
            area: fits(person.areas, family.0),
            payer: fits(person.payers, family.1),
            visit: fits(person.visits, family.2),
            language: true,
            video: false,
        };
        fit.stage()
    });
    let stages = stages.collect::<Vec<_>>();
    let widened = terms.opening(&stages);
    let mut chosen = (0..people.len()).filter(|&who| stages[who] <= widened).collect::<Vec<_>>();
    chance.shuffle(&mut chosen);
    let of_chosen = chosen.iter().map(|&who| stages[who]).collect::<Vec<_>>();
    let (mut answers, mut copies, mut line) = (Vec::new(), Vec::new(), 0.0_f64);
    for (nth, &place) in terms.order(&of_chosen).iter().enumerate() {
        let who = chosen[place];
        line = (line + 1.0).max(terms.wait(nth).as_secs_f64());
        copies.push(line);
        let slow = (SPREAD_WITHIN * normal(chance)).exp();
        if part(chance) < people[who].wants {
            let at = line + people[who].seconds * slow;
            answers.push(Answer { who, stage: stages[who], copy: line, at });
        }
    }
    answers.sort_by(|a, b| a.at.total_cmp(&b.at));
    (answers, copies)
}

/// Who has a place and since when, and when the third was given.
fn place(
    terms: &Terms,
    people: &[Person],
    answers: Vec<Answer>,
    copies: &[f64],
) -> (Vec<(usize, f64)>, f64) {
    let all_asked = copies.last().copied().unwrap_or(0.0);
    let gate = match terms.gate() {
        Gate::Open => 0.0,
        Gate::After(wait) => wait.as_secs_f64(),
        Gate::WhenAllAreAsked(most) => all_asked.min(most.as_secs_f64()),
    };
    let places = usize::try_from(PLACES).unwrap_or(3);
    let (before, after): (Vec<_>, Vec<_>) =
        answers.into_iter().partition(|answer| answer.at <= gate);
    let mut entrants = before.iter().enumerate().map(|(turn, answer)| Entrant {
        member: MemberId::from_uuid(Uuid::from_u128(answer.who as u128)),
        turn: as_i64(turn),
        took: SignedDuration::from_micros(((answer.at - answer.copy) * 1e6) as i64),
        stage: answer.stage,
        last_placed: people[answer.who].last_placed,
    });
    let mut entrants = entrants.by_ref().collect::<Vec<_>>();
    terms.rank(&mut entrants);
    let collected = entrants.iter().map(|one| {
        let who = before[usize::try_from(one.turn).unwrap_or(0)].who;
        (who, gate)
    });
    let later = after.iter().map(|answer| (answer.who, answer.at));
    let named = collected.chain(later).take(places).collect::<Vec<_>>();
    let third = named.get(places - 1).map_or(f64::INFINITY, |(_, at)| *at);
    (named, third)
}

/// A number from 0 up to 1.
fn part(chance: &Chance) -> f64 {
    as_f64(usize::try_from(chance.below(1 << 53)).unwrap_or(0)) / as_f64(1 << 53)
}

/// A number drawn from the normal distribution.
fn normal(chance: &Chance) -> f64 {
    let (radius, angle) = (1.0 - part(chance), part(chance));
    (-2.0 * radius.ln()).sqrt() * (std::f64::consts::TAU * angle).cos()
}

fn gini(sorted: &[u32]) -> f64 {
    let count = as_f64(sorted.len());
    let sum = sorted.iter().map(|&one| f64::from(one)).sum::<f64>();
    if sum == 0.0 {
        return 0.0;
    }
    let weighted = (1..).zip(sorted).map(|(rank, &one)| f64::from(rank) * f64::from(one));
    2.0 * weighted.sum::<f64>() / (count * sum) - (count + 1.0) / count
}

fn at(sorted: &[f64], part: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    sorted.get((as_f64(last) * part).round() as usize).copied().unwrap_or(0.0)
}

fn as_f64(count: usize) -> f64 {
    count as f64
}

fn as_i64(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(policy: Policy) -> Figures {
        run(policy, &Settings::default(), Trial { members: 300, referrals: 200, seed: 1 })
    }

    #[test]
    fn evenness_is_measured_as_it_is_defined() {
        assert!(gini(&[3, 3, 3, 3]).abs() < 1e-9);
        assert!((gini(&[0, 0, 0, 8]) - 0.75).abs() < 1e-9);
        assert!(gini(&[0, 0]).abs() < 1e-9);
    }

    #[test]
    fn the_same_seed_gives_the_same_figures_and_nobody_is_placed_twice_in_one() {
        let (one, two) = (figures(Policy::FirstThree), figures(Policy::FirstThree));
        assert_eq!(one.placed, two.placed);
        assert!(one.placed.iter().sum::<u32>() <= 600);
        assert!(one.wait_median > 0.0 && one.wait_p90 >= one.wait_median);
    }

    #[test]
    fn a_window_spreads_places_more_evenly_and_makes_families_wait_for_it() {
        let (first, window) = (figures(Policy::FirstThree), figures(Policy::Window));
        assert!(window.gini < first.gini, "{} {}", window.gini, first.gini);
        assert!(window.quickest_ten < first.quickest_ten);
        let least = f64::from(Settings::default().window_minutes);
        assert!(window.wait_median >= least.max(first.wait_median));
    }
}
