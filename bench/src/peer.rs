//! Who is measured: the library, what it replaces, what it could be written as, and the least that it must do.

use uuid::Uuid;

/// A way to book, refund and quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peer {
    Library,
    Plpgsql,
    PlpgsqlOnOurTables,
    ThreeRoundTrips,
    Floor,
    FloorOnApplicationTables,
}

pub const ALL: [Peer; 6] = [
    Peer::Library,
    Peer::Plpgsql,
    Peer::PlpgsqlOnOurTables,
    Peer::ThreeRoundTrips,
    Peer::Floor,
    Peer::FloorOnApplicationTables,
];

const APPLICATION_TABLES: &str = include_str!("../peers/application_tables.sql");
const COPIED_TABLES: &str = include_str!("../peers/copied_tables.sql");
const PLPGSQL: &str = include_str!("../peers/plpgsql.sql");
const THREE_ROUND_TRIPS: &str = include_str!("../peers/three_round_trips.sql");

impl Peer {
    pub const fn key(self) -> &'static str {
        match self {
            Peer::Library => "peer_exchange",
            Peer::Plpgsql => "plpgsql",
            Peer::PlpgsqlOnOurTables => "plpgsql_on_our_tables",
            Peer::ThreeRoundTrips => "three_round_trips",
            Peer::Floor => "floor",
            Peer::FloorOnApplicationTables => "floor_on_application_tables",
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Peer::Library => "peer_exchange",
            Peer::Plpgsql => "PL/pgSQL",
            Peer::PlpgsqlOnOurTables => "PL/pgSQL on our tables",
            Peer::ThreeRoundTrips => "three round trips",
            Peer::Floor => "floor: only the writes",
            Peer::FloorOnApplicationTables => "floor on the application's tables",
        }
    }

    /// Where its tables and functions are.
    pub fn schema(self) -> &'static str {
        match self {
            Peer::Library => "public",
            _ => self.key(),
        }
    }

    /// What makes its schema; ours is there already.
    pub fn creation(self) -> Vec<&'static str> {
        match self {
            Peer::Library => vec![],
            Peer::Plpgsql => vec![APPLICATION_TABLES, PLPGSQL],
            Peer::PlpgsqlOnOurTables => vec![COPIED_TABLES, PLPGSQL],
            Peer::ThreeRoundTrips => vec![APPLICATION_TABLES, THREE_ROUND_TRIPS],
            Peer::Floor => vec![COPIED_TABLES],
            Peer::FloorOnApplicationTables => vec![APPLICATION_TABLES],
        }
    }

    /// Whether the keys of loaded rows grow with time, as those of its own do.
    pub fn keys(self) -> &'static str {
        match self {
            Peer::Library | Peer::Floor => "ordered",
            _ => "random",
        }
    }

    /// Whether it only writes.
    pub fn is_floor(self) -> bool {
        matches!(self, Peer::Floor | Peer::FloorOnApplicationTables)
    }

    /// A key for a row that the client makes up: growing or random, like those of loaded rows.
    pub fn new_key(self) -> Uuid {
        match self.keys() {
            "ordered" => Uuid::now_v7(),
            _ => Uuid::new_v4(),
        }
    }
}
