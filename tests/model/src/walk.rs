//! One way through the model, by chance.

use rand::seq::{IndexedRandom, IteratorRandom};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use stateright::Model;

use crate::checker::Exchange;
use crate::steps::Step;
use crate::transitions::NOT_TOLD_HERE;
use crate::world::World;

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
        let (step, next) = chosen
            .into_iter()
            .choose(&mut self.rng)
            .expect("an hour can always pass");
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
