//! Who is measured: the library, what it replaces, what it could be written as, and the least that it must do.

use uuid::Uuid;

/// A way to book, refund and quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contender {
    Library,
    Plpgsql,
    PlpgsqlOnOurTables,
    ThreeRoundTrips,
    Floor,
    FloorOnApplicationTables,
}

pub const ALL: [Contender; 6] = [
    Contender::Library,
    Contender::Plpgsql,
    Contender::PlpgsqlOnOurTables,
    Contender::ThreeRoundTrips,
    Contender::Floor,
    Contender::FloorOnApplicationTables,
];

const APPLICATION_TABLES: &str = include_str!("../contenders/application_tables.sql");
const COPIED_TABLES: &str = include_str!("../contenders/copied_tables.sql");
const PLPGSQL: &str = concat!(
    include_str!("../contenders/plpgsql/booking.sql"),
    include_str!("../contenders/plpgsql/refund.sql"),
    include_str!("../contenders/plpgsql/quote.sql"),
);
const THREE_ROUND_TRIPS: &str = include_str!("../contenders/three_round_trips.sql");

impl Contender {
    pub const fn key(self) -> &'static str {
        match self {
            Contender::Library => "peer_exchange",
            Contender::Plpgsql => "plpgsql",
            Contender::PlpgsqlOnOurTables => "plpgsql_on_our_tables",
            Contender::ThreeRoundTrips => "three_round_trips",
            Contender::Floor => "floor",
            Contender::FloorOnApplicationTables => "floor_on_application_tables",
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Contender::Library => "peer_exchange",
            Contender::Plpgsql => "PL/pgSQL",
            Contender::PlpgsqlOnOurTables => "PL/pgSQL on our tables",
            Contender::ThreeRoundTrips => "three round trips",
            Contender::Floor => "floor: only the writes",
            Contender::FloorOnApplicationTables => "floor on the application's tables",
        }
    }

    /// Where its tables and functions are.
    pub fn schema(self) -> &'static str {
        match self {
            Contender::Library => "public",
            _ => self.key(),
        }
    }

    /// What makes its schema; ours is there already.
    pub fn creation(self) -> Vec<&'static str> {
        match self {
            Contender::Library => vec![],
            Contender::Plpgsql => vec![APPLICATION_TABLES, PLPGSQL],
            Contender::PlpgsqlOnOurTables => vec![COPIED_TABLES, PLPGSQL],
            Contender::ThreeRoundTrips => vec![APPLICATION_TABLES, THREE_ROUND_TRIPS],
            Contender::Floor => vec![COPIED_TABLES],
            Contender::FloorOnApplicationTables => vec![APPLICATION_TABLES],
        }
    }

    /// Whether the keys of loaded rows grow with time, as those of its own do.
    pub fn keys(self) -> &'static str {
        match self {
            Contender::Library | Contender::Floor => "ordered",
            _ => "random",
        }
    }

    /// Whether it only writes.
    pub fn is_floor(self) -> bool {
        matches!(self, Contender::Floor | Contender::FloorOnApplicationTables)
    }

    /// A key for a row that the client makes up: growing or random, like those of loaded rows.
    pub fn new_key(self) -> Uuid {
        match self.keys() {
            "ordered" => Uuid::now_v7(),
            _ => Uuid::new_v4(),
        }
    }
}
