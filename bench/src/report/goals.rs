//! The goals of the project, and what was measured of each.

mod goal;
mod lookup;

use self::goal::Goal;
use super::Records;
use crate::part::thousands;

const CLIENTS: [u64; 3] = [1, 8, 32];
const SHARES: [u8; 2] = [2, 100];
/// The size at which lists under row-level security are judged.
const LISTED: u64 = 1_000_000;

pub fn table(records: &Records) -> String {
    let mut lines = vec![
        "| what | goal | measured | met |".to_owned(),
        "|---|---|---|---|".to_owned(),
    ];
    let topics = [throughput, cost, growth, lists, log, postgrest, crowd];
    lines.extend(
        topics
            .iter()
            .flat_map(|topic| topic(records))
            .map(|goal| goal.line()),
    );
    lines.push(String::new());
    lines.join("\n")
}

fn throughput(records: &Records) -> Vec<Goal> {
    let mut goals = Vec::new();
    for (operation, least) in [("booking", 1.5), ("refund", 1.35)] {
        for clients in CLIENTS {
            for setting in ["on", "off"] {
                let name = format!("{operation}-{clients}-clients-synchronous-commit-{setting}");
                let what = format!(
                    "{operation}s a second, clients: {clients}, synchronous_commit {setting}, to PL/pgSQL"
                );
                goals.push(Goal::at_least(
                    &what,
                    least,
                    lookup::throughput_ratio(records, &name),
                ));
            }
        }
    }
    goals
}

fn cost(records: &Records) -> Vec<Goal> {
    let mut goals = vec![
        Goal::at_most(
            "processor time of a booking, to the floor",
            1.25,
            lookup::cost_ratio(records, "booking-processor-time"),
        ),
        Goal::at_most(
            "processor time of a refund, to the floor",
            1.35,
            lookup::cost_ratio(records, "refund-processor-time"),
        ),
    ];
    let sizes = lookup::sizes(records);
    let (Some(smallest), Some(largest)) = (sizes.first(), sizes.last()) else {
        goals.push(Goal::at_most(
            "processor time of a refused booking, to an accepted one's",
            0.5,
            None,
        ));
        return goals;
    };
    goals.extend([smallest, largest].map(|size| refusal(records, *size)));
    goals
}

fn refusal(records: &Records, size: u64) -> Goal {
    let ratio = lookup::ratio_at_size(
        records,
        "growth-100-percent-refused-booking-processor-time",
        "growth-100-percent-booking-processor-time",
        size,
    );
    let what = format!(
        "processor time of a refused booking, to an accepted one's, {} sessions",
        thousands(size)
    );
    Goal::at_most(&what, 0.5, ratio)
}

fn growth(records: &Records) -> Vec<Goal> {
    let sizes = lookup::sizes(records);
    let (Some(smallest), Some(largest)) = (sizes.first(), sizes.last()) else {
        return vec![Goal::at_most(
            "p50 of a booking at the largest size, to the smallest",
            1.2,
            None,
        )];
    };
    let goal = |share: u8| {
        let what = format!(
            "p50 of a booking at {} sessions, {share} % peer bookings, to that at {}",
            thousands(*largest),
            thousands(*smallest)
        );
        let name = format!("growth-{share}-percent-booking");
        Goal::at_most(&what, 1.2, lookup::growth_ratio(records, &name, *largest))
    };
    SHARES.map(goal).into()
}

fn lists(records: &Records) -> Vec<Goal> {
    let mut goals = Vec::new();
    for share in SHARES {
        for (operation, which) in [
            ("own-upcoming-sessions", "upcoming sessions, at most 50,"),
            ("own-sessions-page", "sessions, the latest 50,"),
        ] {
            let what = format!(
                "processor time of one's own {which} under RLS at {} sessions, {share} % peer bookings",
                thousands(LISTED)
            );
            let name = format!("growth-{share}-percent-{operation}-processor-time");
            goals.push(Goal::at_most_us(
                &what,
                300.0,
                lookup::at_size(records, &name, LISTED),
            ));
        }
    }
    goals
}

fn log(records: &Records) -> Vec<Goal> {
    let mut goals = vec![Goal::at_most_bytes(
        "log of a booking, steady, small tables",
        4_200.0,
        lookup::own_log_bytes(records, "booking-bytes"),
    )];
    let largest = lookup::sizes(records).last().copied().unwrap_or(5_000_000);
    goals.push(Goal::at_most_bytes(
        &format!(
            "log of a booking, steady, {} sessions, all of them peer bookings",
            thousands(largest)
        ),
        7_000.0,
        lookup::log_bytes(records, "growth-100-percent-booking-bytes", &largest.to_string()),
    ));
    goals
}

fn postgrest(records: &Records) -> Vec<Goal> {
    let goal = |clients: u64| {
        let what = format!("bookings through PostgREST, clients: {clients}, to the three calls");
        let name = format!("postgrest-{clients}-clients");
        Goal::at_least(&what, 2.0, lookup::throughput_ratio(records, &name))
    };
    CLIENTS.map(goal).into()
}

/// Many clients among few people.
fn crowd(records: &Records) -> Vec<Goal> {
    vec![
        Goal::at_least(
            "bookings a second of 32 clients among ten people, to PL/pgSQL",
            1.35,
            lookup::throughput_ratio(records, "hot-set-ten-people"),
        ),
        Goal::none(
            "deadlocks of peer_exchange, all parts",
            lookup::deadlocks(records),
        ),
    ]
}
