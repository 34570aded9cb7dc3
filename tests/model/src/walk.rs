//! One way through the model, by chance.

use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use stateright::Model;

use crate::checker::Exchange;
use crate::steps::Step;
use crate::transitions::{NOT_TOLD_HERE, Next};
use crate::world::{END, World};

pub struct Walk {
    rng: ChaCha8Rng,
    world: World,
    taken: Vec<Step>,
}

/// The code of the refusal, if it is one.
pub type Refusal = Option<String>;

impl Walk {
    pub fn of(exchanges: &[Exchange], seed: u64, number: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed.wrapping_mul(1_000_003) ^ number);
        let exchange = exchanges.choose(&mut rng).expect("some");
        Walk {
            rng,
            world: exchange.init_states().remove(0),
            taken: Vec::new(),
        }
    }

    /// As it is after the last step.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// Takes a step: mostly one that changes something, else one that is refused or comes twice.
    pub fn next(&mut self) -> (Step, Refusal) {
        let is_to_change = self.rng.random_bool(0.75);
        let world = &self.world;
        let told = Step::all()
            .into_iter()
            .filter(|step| is_playable(*step, world))
            .map(|step| (step, world.after(step)))
            .filter(|(_, next)| *next != Err(NOT_TOLD_HERE));
        let (changing, others): (Vec<_>, Vec<_>) =
            told.partition(|(_, next)| next.as_ref().is_ok_and(|next| next != world));
        let chosen = match is_to_change || others.is_empty() {
            true => changing,
            false => others,
        };
        let weight = |(step, _): &(Step, Next)| weight(*step, world);
        let chosen = chosen.choose_weighted(&mut self.rng, weight);
        let (step, next) = chosen.expect("an hour can always pass").clone();
        self.taken.push(step);
        match next {
            Ok(next) => {
                self.world = next;
                (step, None)
            }
            Err(code) => (step, Some(code.to_owned())),
        }
    }

    /// How it came so far.
    pub fn story(&self) -> String {
        let steps: Vec<String> = self.taken.iter().map(Step::to_string).collect();
        format!("{:?}: {}", self.world.plans, steps.join(", "))
    }
}

/// Who has left calls nothing any more.
fn is_playable(step: Step, world: &World) -> bool {
    step.session().is_none_or(|id| world.has_both_parties(id))
}

/// How often a step is taken, for its part: what leads on more often than what ends everything.
fn weight(step: Step, world: &World) -> u32 {
    let has_somebody_left = world
        .people
        .iter()
        .any(|person| !person.is_active || person.is_deleted);
    match step {
        Step::Book(..) | Step::Ask(_) | Step::Accept(..) | Step::Report(..) | Step::Resolve(..) => 10,
        Step::Complete(_) => 5,
        Step::Cancel(..) | Step::SetStatus(..) => 2,
        Step::SettleDueSessions | Step::ExpireRequests => 3,
        Step::Deactivate(_) | Step::Delete(_) => u32::from(!has_somebody_left),
        Step::Pass if world.now < END => 12,
        Step::Pass => 1,
    }
}
