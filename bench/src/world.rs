//! The databases that contenders are measured in: the schema of each, people and sessions.

use std::sync::Arc;

use anyhow::{Context, Result};
use tokio_postgres::{Client, Config, NoTls};
use uuid::Uuid;

use crate::contender::{self, Contender};

/// The database of everything but growth.
pub const DATABASE: &str = "bench";
const ROLES: &str = include_str!("../../tests/fixtures/supabase_roles.sql");
const WORLD: &str = include_str!("../sql/world.sql");

/// How many people there are.
#[derive(Debug, Clone, Copy)]
pub struct Population {
    pub practitioners: usize,
    /// Practitioners set apart for the hot set: they begin with an empty calendar.
    pub hot: usize,
    /// Ordinary clients, who pay in money.
    pub clients: usize,
}

impl Population {
    pub const FULL: Self = Self {
        practitioners: 10_000,
        hot: 128,
        clients: 10_000,
    };
    pub const SMALL: Self = Self {
        practitioners: 100,
        hot: 128,
        clients: 20,
    };

    fn arguments(self) -> String {
        format!("{}, {}, {}", self.practitioners, self.hot, self.clients)
    }
}

/// Sessions to be loaded.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    pub sessions: u64,
    pub peer_percent: u8,
    pub notifications: u8,
}

impl Load {
    /// Of all sessions, how many are yet to come.
    const UPCOMING_PERCENT: u64 = 3;

    pub fn upcoming(self) -> u64 {
        self.sessions * Self::UPCOMING_PERCENT / 100
    }
}

pub struct Person {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    /// What she offers beside plain minutes, unless she is of the hot set.
    pub product_id: Option<Uuid>,
}

/// How to reach the server, and who is there.
#[derive(Clone)]
pub struct World {
    config: Config,
    database: String,
    pub population: Population,
    pub people: Arc<Vec<Person>>,
}

impl World {
    /// A database made from nothing, with the schemas of these contenders.
    pub async fn create(
        config: &Config,
        database: &str,
        population: Population,
        load: Load,
        contenders: &[Contender],
    ) -> Result<()> {
        let server = connect(config, "postgres", "public").await?;
        server
            .batch_execute(&format!("drop database if exists {database} with (force)"))
            .await?;
        server
            .batch_execute(&format!("create database {database}"))
            .await?;
        let owner = connect(config, database, "public").await?;
        owner.batch_execute(ROLES).await?;
        owner
            .batch_execute(
                "create extension pg_stat_statements; create extension peer_exchange cascade; \
                 select peer_exchange.setup(); set peer_exchange.timezone = 'Europe/London'",
            )
            .await
            .context("cannot create the extension")?;
        owner.batch_execute(WORLD).await.context("bench/sql/world.sql")?;
        // What is loaded can be loaded again.
        careful(&owner, false).await?;
        for contender in contenders {
            prepare(&owner, *contender, population, load)
                .await
                .with_context(|| format!("cannot prepare {}", contender.title()))?;
        }
        owner.batch_execute("vacuum analyze").await?;
        careful(&owner, true).await
    }

    /// A database that was made before.
    pub async fn visit(config: &Config, database: &str) -> Result<Self> {
        let client = connect(config, database, "public").await?;
        let rows = client
            .query(
                "select person.id, person.first_name || ' ' || person.last_name as name, person.email::text, \
                        person.user_role::text <> 'client' as is_practitioner, product.id as product_id \
                   from generate_series(0, (select count(*) from public.users) - 1) as n \
                   join public.users as person on person.id = bench.person_id(n) \
                   left join public.practitioner_products as product on product.practitioner_id = person.id \
                  order by n",
                &[],
            )
            .await
            .context("there is no benchmark in this database")?;
        let able = rows.iter().filter(|row| row.get("is_practitioner")).count();
        let people: Vec<Person> = rows
            .iter()
            .map(|row| Person {
                id: row.get("id"),
                name: row.get("name"),
                email: row.get("email"),
                product_id: row.get("product_id"),
            })
            .collect();
        let practitioners = people.iter().filter(|person| person.product_id.is_some()).count();
        Ok(Self {
            config: config.clone(),
            database: database.to_owned(),
            population: Population {
                practitioners,
                hot: able - practitioners,
                clients: rows.len() - able,
            },
            people: Arc::new(people),
        })
    }

    pub async fn connect(&self, schema: &str) -> Result<Client> {
        connect(&self.config, &self.database, schema).await
    }

    /// Removes it, whoever is connected.
    pub async fn drop_database(&self) -> Result<()> {
        let server = connect(&self.config, "postgres", "public").await?;
        server
            .batch_execute(&format!("drop database {} with (force)", self.database))
            .await?;
        Ok(())
    }

    /// More sessions that are paid for and yet to come, for refunds.
    pub async fn load_paid(&self, contender: Contender, first: u64, count: u64) -> Result<()> {
        let client = self.connect(contender.schema()).await?;
        client
            .batch_execute(&format!(
                "set session_replication_role = replica; set bench.keys = '{}'; \
                 call bench.load_sessions({first}, {count}, true, 100, 4, {})",
                contender.keys(),
                self.population.arguments()
            ))
            .await?;
        client
            .batch_execute("analyze client_sessions, credits, credit_transactions, notifications")
            .await?;
        Ok(())
    }
}

/// Whether the server is as careful with the disk as a production server.
async fn careful(owner: &Client, is_on: bool) -> Result<()> {
    for setting in ["fsync", "full_page_writes"] {
        owner
            .batch_execute(&format!("alter system set {setting} = {is_on}"))
            .await?;
    }
    owner.batch_execute("select pg_reload_conf()").await?;
    owner.batch_execute("checkpoint").await?;
    Ok(())
}

async fn prepare(owner: &Client, contender: Contender, population: Population, load: Load) -> Result<()> {
    let schema = contender.schema();
    owner
        .batch_execute(&format!(
            "create schema if not exists {schema}; grant usage on schema {schema} to authenticated; \
             set search_path = {schema}, public"
        ))
        .await?;
    for text in contender.creation() {
        owner.batch_execute(text).await?;
    }
    owner
        .batch_execute(&format!(
            "set session_replication_role = replica; set bench.keys = '{}'; set work_mem = '256MB'; \
             set maintenance_work_mem = '1GB'; call bench.load_people({})",
            contender.keys(),
            population.arguments()
        ))
        .await?;
    let upcoming = load.upcoming();
    owner.batch_execute("call bench.set_indexes_aside()").await?;
    for (count, are_upcoming) in [(load.sessions - upcoming, false), (upcoming, true)] {
        owner
            .batch_execute(&format!(
                "call bench.load_sessions(0, {count}, {are_upcoming}, {}, {}, {})",
                load.peer_percent,
                load.notifications,
                population.arguments()
            ))
            .await?;
    }
    owner.batch_execute("call bench.put_indexes_back()").await?;
    owner
        .batch_execute("reset session_replication_role; set search_path = public")
        .await?;
    Ok(())
}

pub async fn connect(config: &Config, database: &str, schema: &str) -> Result<Client> {
    let mut config = config.clone();
    config
        .dbname(database)
        .options(format!("-c search_path={schema},public"));
    let (client, connection) = config.connect(NoTls).await.context("cannot connect")?;
    // It ends with the client, and what it would say then the client says as well.
    tokio::spawn(async move { connection.await.ok() });
    Ok(client)
}

/// The database of all contenders.
pub async fn prepare_all(config: &Config, population: Population, load: Load) -> Result<()> {
    World::create(config, DATABASE, population, load, &contender::ALL).await
}
