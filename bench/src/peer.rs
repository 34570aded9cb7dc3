//! Who is measured: the library, what it replaces, what it could be written as, and the least that it must do.

/// A way to book, refund and quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peer {
    Library,
    Plpgsql,
    PlpgsqlOnOurTables,
    ThreeRoundTrips,
    Floor,
}

pub const ALL: [Peer; 5] = [
    Peer::Library,
    Peer::Plpgsql,
    Peer::PlpgsqlOnOurTables,
    Peer::ThreeRoundTrips,
    Peer::Floor,
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
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Peer::Library => "peer_exchange",
            Peer::Plpgsql => "PL/pgSQL",
            Peer::PlpgsqlOnOurTables => "PL/pgSQL on our tables",
            Peer::ThreeRoundTrips => "three round trips",
            Peer::Floor => "floor: only the writes",
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
        }
    }

    /// Whether the keys of loaded rows grow with time, as those of its own do.
    pub fn keys(self) -> &'static str {
        match self {
            Peer::Library | Peer::Floor => "ordered",
            _ => "random",
        }
    }
}
