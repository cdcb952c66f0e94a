//! Claims are collected before anybody has a place: `dispatch::gate`, step by step.

use dispatch::places;
use model::ClaimKind;

use super::{Cast, MEMBERS, NOW, Own, Stage, State, Told, Without, as_claims};

impl State {
    /// The time of collecting is over, and places are still to be given.
    pub(super) fn gate_is_due(&self) -> bool {
        self.collects && self.gate_due == 0 && self.stage == Stage::Open
    }

    /// `Desk::gate_if_due`.
    pub(super) fn gate_if_due(&mut self, cast: &Cast) {
        if self.gate_is_due() {
            self.give_places(cast);
            self.after_claims(cast);
        }
    }

    /// `Desk::collect`. What it knows of her own claim is what was read.
    pub(super) fn collect(&mut self, read: &[Option<Own>], member: usize, wants: ClaimKind) {
        let certain = wants == ClaimKind::Firm;
        self.told[member] = Told::Collected;
        match read[member].filter(|own| own.kind == ClaimKind::Collected) {
            Some(own) => {
                let asked = own.asked && !certain;
                self.claims[member] = Some(Own { asked, over: own.over && asked, ..own });
            }
            None => {
                let turn = places::next_turn(&as_claims(read));
                let turn = u8::try_from(turn).expect("few turns");
                self.claims[member] = Some(Own {
                    kind: ClaimKind::Collected,
                    place: 0,
                    turn,
                    asked: !certain,
                    over: false,
                    named: false,
                });
            }
        }
    }

    /// `Desk::give_places`, by a policy whose order is the claims' own turned round.
    pub(super) fn give_places(&mut self, cast: &Cast) {
        self.lapse(cast, NOW);
        if !self.collects {
            return;
        }
        self.collects = cast.without == Without::ClosingTheGate;
        let mut ranked = (0..MEMBERS).collect::<Vec<_>>();
        ranked.retain(|&member| {
            self.claims[member].is_some_and(|own| own.kind == ClaimKind::Collected)
        });
        ranked.sort_by_key(|&member| self.claims[member].map(|own| u8::MAX - own.turn));
        for member in ranked {
            self.give_place(cast, member);
        }
    }

    fn give_place(&mut self, cast: &Cast, member: usize) {
        let Some(own) = self.claims[member] else { return };
        let claims = as_claims(&self.claims);
        let place = places::free_place(&claims).map(|place| u8::try_from(place).expect("three"));
        let (given, told) = match place {
            Some(place) => {
                let kind = if own.asked { ClaimKind::Provisional } else { ClaimKind::Firm };
                (Own { kind, place, ..own }, Told::Place(place))
            }
            None => {
                let turn = u8::try_from(places::next_turn(&claims)).expect("few turns");
                let turn = if cast.without == Without::TurnsAfterTheGate { own.turn } else { turn };
                (Own { kind: ClaimKind::Standby, turn, asked: false, ..own }, Told::Standby)
            }
        };
        self.claims[member] = Some(given);
        self.told[member] = told;
        if place.is_none() {
            self.stood_by.push(member);
        }
    }
}
