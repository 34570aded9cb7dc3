//! Which triggers are there when: a function of the seed.

use rand::seq::SliceRandom;

use super::Choice;
use super::triggers::{TRIGGERS, Trigger};
use crate::generator::rng;

/// The triggers of each phase of a run. It begins and ends with none, and has a rest in the middle,
/// so that what the library does without them is under the same load.
pub fn phases(seed: u64, choice: &Choice) -> Vec<Vec<&'static Trigger>> {
    let chosen = TRIGGERS
        .iter()
        .filter(|trigger| choice.has(&format!("trigger {}", trigger.name)));
    let mut triggers: Vec<&Trigger> = chosen.collect();
    triggers.shuffle(&mut rng(&[seed, u64::MAX - 3]));
    let mut phases = vec![Vec::new()];
    // One alone and two together by turns.
    while let Some(first) = triggers.pop() {
        let second = triggers.pop_if(|_| phases.len() % 2 == 0);
        phases.push([Some(first), second].into_iter().flatten().collect());
    }
    phases.insert(phases.len() / 2, Vec::new());
    phases.push(Vec::new());
    phases
}

/// The phase that a run is in after so many of its operations.
pub fn phase_after(done: u64, operations: u64, phases: usize) -> usize {
    let phases = phases as u64;
    let phase = (done * phases / operations.max(1)).min(phases - 1);
    usize::try_from(phase).expect("a few phases")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disturbance::EVERYTHING;

    #[test]
    fn every_trigger_has_one_phase_and_the_run_begins_and_ends_without() {
        let phases = phases(3, &Choice(EVERYTHING.to_owned()));
        let mut names: Vec<_> = phases.iter().flatten().map(|trigger| trigger.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), TRIGGERS.len());
        assert_eq!(phases.iter().flatten().count(), TRIGGERS.len());
        assert!(phases[0].is_empty() && phases[phases.len() - 1].is_empty());
    }

    #[test]
    fn a_run_passes_through_all_phases() {
        assert_eq!(phase_after(0, 100, 4), 0);
        assert_eq!(phase_after(50, 100, 4), 2);
        assert_eq!(phase_after(100, 100, 4), 3);
    }
}
