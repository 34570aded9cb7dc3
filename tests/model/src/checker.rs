//! Every interleaving of the steps, and what holds in each state that they lead to.

use peer_exchange_rules::status::{CANCELLED, DISPUTED, EXPIRED};
use stateright::{Model, Property};

use crate::steps::Step;
use crate::world::{COST, END, Person, PersonId, Plan, SESSIONS, SessionId, World};

/// What the three have at first. Ann can pay for one session, Ben has nothing but what he earns, Cyd pays for one.
const BALANCES: [i64; Person::COUNT] = [COST as i64, 0, COST as i64];
/// Neither request nor notice is too late yet.
const STARTS: i64 = 2;

/// Three people and the two sessions that they are to have.
pub struct Exchange {
    plans: [Plan; SESSIONS],
    steps: Vec<Step>,
}

impl Exchange {
    pub fn of(plans: [Plan; SESSIONS]) -> Self {
        Exchange {
            plans,
            steps: Step::all(),
        }
    }

    /// Ann is Ben's client; the other session is one of any two, at the same time or right after.
    pub fn all() -> Vec<Exchange> {
        let pairs =
            (0..Person::COUNT).flat_map(|client| (0..Person::COUNT).map(move |other| (client, other)));
        let others = pairs.filter(|(client, practitioner)| client != practitioner);
        let plan = |(client, practitioner), starts| Plan {
            client,
            practitioner,
            starts,
        };
        others
            .flat_map(|other| [STARTS, STARTS + 1].map(|starts| [plan((0, 1), STARTS), plan(other, starts)]))
            .map(Exchange::of)
            .collect()
    }
}

impl Model for Exchange {
    type State = World;
    type Action = Step;

    fn init_states(&self) -> Vec<World> {
        vec![World::new(self.plans, BALANCES)]
    }

    fn actions(&self, _: &World, steps: &mut Vec<Step>) {
        steps.extend(&self.steps);
    }

    /// What is refused changes nothing. One person is deactivated or deleted: what a second one's going does is no other.
    fn next_state(&self, world: &World, step: Step) -> Option<World> {
        let is_second_departure =
            matches!(step, Step::Deactivate(_) | Step::Delete(_)) && has_somebody_left(world);
        let next = (!is_second_departure).then(|| world.after(step).ok()).flatten();
        next.filter(|next| next != world)
    }

    fn within_boundary(&self, world: &World) -> bool {
        world.now <= END
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("nothing is minted or lost", |_, world: &World| {
                worth(world) == BALANCES.iter().sum::<i64>()
            }),
            Property::always("nothing is below zero", |_, world: &World| {
                let are_positive = |person: &Person| {
                    let account = person.account;
                    account.balance >= 0 && account.held >= 0 && account.owed >= 0
                };
                world.people.iter().all(are_positive)
            }),
            Property::always(
                "what is held is held for sessions, one for one",
                |_, world: &World| {
                    (0..Person::COUNT)
                        .all(|person| world.people[person].account.held == held_for(world, person))
                },
            ),
            Property::always("credits of a session are divided once", |_, world: &World| {
                sessions(world).all(|session| session.divisions <= 1 && session.acceptances <= 1)
            }),
            Property::always(
                "what a session's client paid its practitioner earned",
                |_, world: &World| {
                    sessions(world).all(|session| session.credits.paid == session.credits.earned)
                },
            ),
            Property::always("nobody is in two sessions at once", |_, world: &World| {
                !is_anybody_twice(world)
            }),
            Property::always("what is settled or given up holds nothing", |_, world: &World| {
                sessions(world).all(|session| {
                    let is_over = session.is_settled || session.status == CANCELLED;
                    !is_over || session.credits.held == 0
                })
            }),
            Property::always("a timeout never beats a dispute", |_, world: &World| {
                sessions(world).all(|session| !session.was_decided_by_time_though_disputed)
            }),
            Property::always("nothing is held for ever", |_, world: &World| {
                is_free_in_the_end(world)
            }),
            Property::always(
                "all of a request is free again when it expires",
                |_, world: &World| {
                    sessions(world).all(|session| session.status != EXPIRED || session.credits.paid == 0)
                },
            ),
            Property::always("only who was paid before her time owes", |_, world: &World| {
                (0..Person::COUNT)
                    .all(|person| world.people[person].account.owed == 0 || was_paid_at_once(world, person))
            }),
            Property::sometimes("a dispute is split", |_, world: &World| {
                sessions(world).any(|session| {
                    session.was_disputed
                        && (1..session.cost).contains(&session.credits.paid)
                        && session.is_settled
                })
            }),
            Property::sometimes("somebody owes", |_, world: &World| {
                world.people.iter().any(|person| person.account.owed > 0)
            }),
            Property::sometimes("a request expires", |_, world: &World| {
                sessions(world).any(|session| session.status == EXPIRED)
            }),
            Property::sometimes("a client pays a part of what she missed", |_, world: &World| {
                sessions(world).any(|session| {
                    session.report.is_some()
                        && !session.was_disputed
                        && (1..session.cost).contains(&session.credits.paid)
                })
            }),
        ]
    }
}

fn worth(world: &World) -> i64 {
    world.people.iter().map(Person::worth).sum()
}

fn sessions(world: &World) -> impl Iterator<Item = &crate::world::Session> {
    world.sessions.iter().flatten()
}

fn has_somebody_left(world: &World) -> bool {
    world
        .people
        .iter()
        .any(|person| !person.is_active || person.is_deleted)
}

fn held_for(world: &World, client: PersonId) -> i64 {
    let of_client = |id: &SessionId| world.plans[*id].client == client;
    let held = |id: SessionId| {
        world.sessions[id]
            .as_ref()
            .map_or(0, |session| session.credits.held.into())
    };
    (0..SESSIONS).filter(of_client).map(held).sum()
}

fn was_paid_at_once(world: &World, practitioner: PersonId) -> bool {
    let is_hers = |id: &SessionId| world.plans[*id].practitioner == practitioner;
    let was_paid = |id: SessionId| {
        world.sessions[id]
            .as_ref()
            .is_some_and(|session| session.was_paid_at_once)
    };
    (0..SESSIONS).filter(is_hers).any(was_paid)
}

/// Requests that have expired keep nobody's time.
fn is_anybody_twice(world: &World) -> bool {
    let [Some(one), Some(other)] = &world.sessions else {
        return false;
    };
    let are_active = [one, other]
        .iter()
        .all(|session| session.is_active() && !session.is_expired_at(world.now));
    let [first, second] = &world.plans;
    let share_somebody = first
        .parties()
        .iter()
        .any(|person| second.parties().contains(person));
    let overlap = first
        .period()
        .overlaps(&second.period(), chrono::TimeDelta::zero());
    are_active && share_somebody && overlap
}

/// Whatever people leave undone: time, the jobs and a word on each dispute free all that is held.
fn is_free_in_the_end(world: &World) -> bool {
    let mut world = world.clone();
    world.now += END;
    let all = |step| move |world: World| world.after(step).expect("a job is never refused");
    world = all(Step::ExpireRequests)(world);
    world = all(Step::SettleDueSessions)(world);
    for id in 0..SESSIONS {
        if world.sessions[id]
            .as_ref()
            .is_some_and(|session| session.status == DISPUTED)
        {
            let Ok(resolved) = world.after(Step::Resolve(id, 5_000)) else {
                return false;
            };
            world = resolved;
        }
    }
    world.people.iter().all(|person| person.account.held == 0)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use peer_exchange_rules::refund::CancelledBy;
    use stateright::{Checker, Expectation};

    use super::*;

    #[test]
    fn every_interleaving_of_three_people_and_two_sessions_holds_what_is_promised() {
        let mut states = 0;
        let mut seen = BTreeSet::new();
        for exchange in Exchange::all() {
            let checker = exchange.checker().threads(2).spawn_bfs().join();
            states += checker.unique_state_count();
            for (name, path) in checker.discoveries() {
                let is_broken = property(checker.model(), name).expectation == Expectation::Always;
                assert!(!is_broken, "not so: {name}, after {:?}", path.into_actions());
                seen.insert(name);
            }
        }
        assert_eq!(
            seen,
            possibilities(&Exchange::all()[0]),
            "all that can happen does"
        );
        println!("{states} states");
        // Fewer would say that something can't happen any more.
        assert!(states > 1_000_000);
    }

    /// The properties are no empty words: worlds that were spoilt break them.
    #[test]
    fn a_world_that_loses_what_it_holds_is_found() {
        let exchange = &Exchange::all()[0];
        let asked = exchange.init_states()[0].after(Step::Ask(0)).unwrap();
        assert_eq!(broken(exchange, &asked), [""; 0]);
        let mut spoilt = asked.clone();
        spoilt.people[0].account.held = 0;
        assert!(broken(exchange, &spoilt).contains(&"nothing is minted or lost"));
        assert!(broken(exchange, &spoilt).contains(&"what is held is held for sessions, one for one"));
        let mut spoilt = asked.after(Step::Cancel(0, CancelledBy::Client)).unwrap();
        spoilt.session(0).credits.held = COST;
        spoilt.people[0].account.held = COST.into();
        assert!(broken(exchange, &spoilt).contains(&"nothing is held for ever"));
    }

    fn broken(exchange: &Exchange, world: &World) -> Vec<&'static str> {
        let properties = exchange.properties().into_iter();
        properties
            .filter(|property| property.expectation == Expectation::Always)
            .filter(|property| !(property.condition)(exchange, world))
            .map(|property| property.name)
            .collect()
    }

    fn property(exchange: &Exchange, name: &str) -> Property<Exchange> {
        let mut properties = exchange.properties().into_iter();
        properties
            .find(|property| property.name == name)
            .expect("one of its own")
    }

    fn possibilities(exchange: &Exchange) -> BTreeSet<&'static str> {
        let properties = exchange.properties().into_iter();
        let possible = properties.filter(|property| property.expectation == Expectation::Sometimes);
        possible.map(|property| property.name).collect()
    }
}
