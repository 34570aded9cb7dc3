//! Which triggers exist when: a function of the seed.

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
    // By turns one alone and two together.
    while let Some(first) = triggers.pop() {
        let second = triggers.pop_if(|_| phases.len() % 2 == 0);
        phases.push([Some(first), second].into_iter().flatten().collect());
    }
    phases.insert(phases.len() / 2, Vec::new());
    phases.push(Vec::new());
    phases
}

/// Where a run is in its phases.
pub struct TriggerSchedule {
    operations_each: u64,
    last: usize,
    pub phase: usize,
    /// How many operations were done when it began.
    since: u64,
}

impl TriggerSchedule {
    pub fn of(operations: u64, phases: usize) -> Self {
        Self {
            operations_each: operations / phases as u64,
            last: phases - 1,
            phase: 0,
            since: 0,
        }
    }

    /// Goes on to the next phase where that is due. None is passed over, and one that begins late
    /// lasts at least half its time.
    pub fn advance(&mut self, done: u64) -> bool {
        let is_due = done >= self.operations_each * (self.phase as u64 + 1);
        let is_half_over = done - self.since >= self.operations_each / 2;
        let advances = is_due && is_half_over && self.phase < self.last;
        if advances {
            self.phase += 1;
            self.since = done;
        }
        advances
    }
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
    fn a_run_passes_through_all_phases_and_none_is_over_before_it_has_begun() {
        let mut schedule = TriggerSchedule::of(100, 4);
        assert!(!schedule.advance(24));
        assert!(schedule.advance(55) && schedule.phase == 1);
        // Late, and the next one is due already.
        assert!(!schedule.advance(60));
        assert!(schedule.advance(67) && schedule.phase == 2);
        assert!(schedule.advance(80) && schedule.phase == 3);
        assert!(!schedule.advance(100));
    }
}
