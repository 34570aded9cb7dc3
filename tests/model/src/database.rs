//! The same steps by the real functions, as the people would call them; and what the tables say then.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use peer_exchange_rules::refund::CancelledBy;
use peer_exchange_rules::settlement::Side;
use peer_exchange_rules::terms::Settlement;
use serde_json::Value;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, NoTls};
use uuid::Uuid;

use crate::steps::Step;
use crate::walk::Refusal;
use crate::world::{
    COST, DURATION_HOURS, FULL_REFUND_HOURS, NO_SHOW_SHARE, PARTIAL_REFUND, PARTIAL_REFUND_HOURS, Person,
    PersonId, REQUEST_HOURS, ROLE, SESSIONS, SETTLE_AFTER_HOURS, SessionId, World,
};

const BOOK: &str = "create_peer_booking";
const ASK: &str = "request_peer_booking";
/// An hour passes for this session alone: all that it says of time is put back.
const PASS: &str = "update public.client_sessions \
    set session_date = ((session_date + start_time) - interval '1 hour')::date, \
        start_time = ((session_date + start_time) - interval '1 hour')::time, \
        occupied_during = case when occupied_during is not null then tstzrange( \
          lower(occupied_during) - interval '1 hour', upper(occupied_during) - interval '1 hour') end, \
        expires_at = expires_at - interval '1 hour', requested_at = requested_at - interval '1 hour', \
        accepted_at = accepted_at - interval '1 hour', no_show_reported_at = no_show_reported_at - interval '1 hour', \
        disputed_at = disputed_at - interval '1 hour', settled_at = settled_at - interval '1 hour' \
  where id = $1";
const DISCREPANCIES: &str = "select concat_ws(' ', finding, user_id, session_id, detail) from \
    (select found.* from unnest($1::uuid[]) as person (id) cross join lateral peer_exchange.verify_person(person.id) as found \
     union all select * from peer_exchange.verify_sessions($2)) as found";

/// Whoever asks: a person, or the application.
#[derive(Clone, Copy)]
enum Caller {
    Person(Uuid),
    Service,
}

pub struct Played {
    database: Client,
    people: Vec<Uuid>,
    sessions: [Option<Uuid>; SESSIONS],
    /// When the walk began.
    beginning: DateTime<Utc>,
    counts: BTreeMap<String, u64>,
}

impl Played {
    pub async fn on(connection: &str) -> Result<Self> {
        let mut config: tokio_postgres::Config =
            connection.parse().context("the connection string is invalid")?;
        config.options(settings());
        let (database, connection) = config.connect(NoTls).await.context("cannot connect")?;
        tokio::spawn(connection);
        Ok(Played {
            database,
            people: Vec::new(),
            sessions: [None; SESSIONS],
            beginning: Utc::now(),
            counts: BTreeMap::new(),
        })
    }

    /// Three new people, with what they have at first.
    pub async fn begin(&mut self, world: &World) -> Result<()> {
        self.people = (0..Person::COUNT).map(|_| Uuid::new_v4()).collect();
        self.sessions = [None; SESSIONS];
        self.beginning = self
            .database
            .query_one("select date_trunc('minute', now())", &[])
            .await?
            .get(0);
        for (id, person) in self.people.iter().zip(&world.people) {
            let arrive = "with arrived as (insert into public.users (id, email, first_name, user_role) \
                 values ($1, $1::uuid || '@example.test', 'Somebody', $2) returning id) \
                 insert into public.cancellation_policies (practitioner_id, full_refund_hours, partial_refund_hours, \
                 partial_refund_percent, no_refund_hours) select id, $3::integer, $4::integer, $5::integer, 0 from arrived";
            let hours = |hours: i64| i32::try_from(hours).expect("a few hours");
            let percent = hours(PARTIAL_REFUND / 100);
            let (full, partial) = (hours(FULL_REFUND_HOURS), hours(PARTIAL_REFUND_HOURS));
            self.database
                .execute(arrive, &[id, &ROLE, &full, &partial, &percent])
                .await?;
            if person.account.balance > 0 {
                let grant = "select peer_exchange.grant_credits($1, $2::bigint::integer, 'Allocation')";
                self.database
                    .execute(grant, &[id, &person.account.balance])
                    .await?;
            }
        }
        Ok(())
    }

    /// Takes a step; `world` is that of the model afterwards.
    pub async fn take(&mut self, step: Step, world: &World) -> Result<Refusal> {
        let answer = self.perform(step, world).await?;
        let name = format!("{step:?}");
        let name = name.split('(').next().unwrap_or(&name).to_owned();
        let outcome = answer
            .as_ref()
            .map_or_else(|| name.clone(), |code| format!("{name}: {code}"));
        *self.counts.entry(outcome).or_default() += 1;
        Ok(answer)
    }

    async fn perform(&mut self, step: Step, world: &World) -> Result<Refusal> {
        let parties = |id: SessionId| world.plans[id].parties().map(|person| self.people[person]);
        let person = |id: SessionId, side| match side {
            Side::Client => Caller::Person(parties(id)[0]),
            Side::Practitioner => Caller::Person(parties(id)[1]),
        };
        match step {
            Step::Book(id, settlement) => self.book(BOOK, id, settlement, world).await,
            Step::Ask(id) => self.book(ASK, id, Settlement::Booking, world).await,
            Step::Accept(id, settlement) => {
                let caller = person(id, Side::Practitioner);
                self.call(
                    caller,
                    settlement,
                    "public.accept_peer_booking($1)",
                    &[&self.sessions[id]],
                )
                .await
            }
            Step::Cancel(id, by) => {
                let caller = match by {
                    CancelledBy::Client => person(id, Side::Client),
                    CancelledBy::Practitioner => person(id, Side::Practitioner),
                    CancelledBy::Service => Caller::Service,
                };
                self.call_at_once(
                    caller,
                    "public.process_peer_booking_refund($1, null)",
                    &[&self.sessions[id]],
                )
                .await
            }
            Step::Complete(id) => {
                let caller = person(id, Side::Practitioner);
                self.call_at_once(caller, "public.complete_peer_session($1)", &[&self.sessions[id]])
                    .await
            }
            Step::Report(id, side) => {
                let caller = person(id, side);
                self.call_at_once(caller, "public.report_peer_no_show($1)", &[&self.sessions[id]])
                    .await
            }
            Step::Resolve(id, share) => {
                let resolve = "peer_exchange.resolve_dispute($1, $2::text::numeric / 100, 'Heard both')";
                let arguments: [&(dyn ToSql + Sync); 2] = [&self.sessions[id], &share.to_string()];
                self.call_at_once(Caller::Service, resolve, &arguments).await
            }
            Step::SetStatus(id, status) => {
                let update = format!("update public.client_sessions set status = '{status}' where id = $1");
                self.change(&update, &[&self.sessions[id]]).await
            }
            Step::SettleDueSessions => {
                self.change("select peer_exchange.settle_due_sessions()", &[])
                    .await
            }
            Step::ExpireRequests => self.change("select peer_exchange.expire_requests()", &[]).await,
            Step::Deactivate(id) => {
                let update = "update public.users set is_active = false where id = $1";
                self.change(update, &[&self.people[id]]).await
            }
            Step::Delete(id) => {
                self.change("delete from public.users where id = $1", &[&self.people[id]])
                    .await
            }
            Step::Pass => self.pass().await,
        }
    }

    async fn book(
        &mut self,
        function: &str,
        id: SessionId,
        settlement: Settlement,
        world: &World,
    ) -> Result<Refusal> {
        let plan = &world.plans[id];
        let starts_at = (self.beginning + TimeDelta::hours(plan.starts - world.now)).naive_utc();
        let [client, practitioner] = plan.parties().map(|person: PersonId| self.people[person]);
        let minutes = i32::try_from(DURATION_HOURS * 60).expect("a few minutes");
        let call = format!("public.{function}($1, $2, $3, $4, $5, 'massage')");
        let arguments: [&(dyn ToSql + Sync); 5] = [
            &client,
            &practitioner,
            &starts_at.date(),
            &starts_at.time(),
            &minutes,
        ];
        let reply = self
            .reply(Caller::Person(client), settlement, &call, &arguments)
            .await?;
        if let Some(session) = reply["session_id"].as_str() {
            self.sessions[id] = Some(session.parse()?);
        }
        refusal(&reply)
    }

    async fn call(
        &self,
        caller: Caller,
        settlement: Settlement,
        call: &str,
        arguments: &[&(dyn ToSql + Sync)],
    ) -> Result<Refusal> {
        refusal(&self.reply(caller, settlement, call, arguments).await?)
    }

    async fn call_at_once(
        &self,
        caller: Caller,
        call: &str,
        arguments: &[&(dyn ToSql + Sync)],
    ) -> Result<Refusal> {
        self.call(caller, Settlement::Booking, call, arguments).await
    }

    async fn reply(
        &self,
        caller: Caller,
        settlement: Settlement,
        call: &str,
        arguments: &[&(dyn ToSql + Sync)],
    ) -> Result<Value> {
        self.begin_as(caller, settlement).await?;
        let row = self
            .database
            .query_one(&format!("select {call}::text"), arguments)
            .await;
        let reply: String = row.with_context(|| format!("{call} failed"))?.get(0);
        self.database.batch_execute("commit").await?;
        Ok(serde_json::from_str(&reply)?)
    }

    /// By the application; there is no refusal.
    async fn change(&self, statement: &str, arguments: &[&(dyn ToSql + Sync)]) -> Result<Refusal> {
        self.begin_as(Caller::Service, Settlement::Booking).await?;
        self.database
            .execute(statement, arguments)
            .await
            .with_context(|| format!("{statement} failed"))?;
        self.database.batch_execute("commit").await?;
        Ok(None)
    }

    async fn begin_as(&self, caller: Caller, settlement: Settlement) -> Result<()> {
        let (role, claims) = match caller {
            Caller::Person(id) => (
                "authenticated",
                format!(r#"{{"sub": "{id}", "role": "authenticated"}}"#),
            ),
            Caller::Service => ("service_role", r#"{"role": "service_role"}"#.to_owned()),
        };
        let settlement = match settlement {
            Settlement::Booking => "booking",
            Settlement::Completion => "completion",
        };
        let begin = format!(
            "begin; set local peer_exchange.settlement = {settlement}; \
             select set_config('role', '{role}', true), set_config('request.jwt.claims', '{claims}', true)"
        );
        Ok(self.database.batch_execute(&begin).await?)
    }

    async fn pass(&self) -> Result<Refusal> {
        let database = &self.database;
        database
            .batch_execute("begin; set local session_replication_role = replica")
            .await?;
        // The earlier one first, or the later one would come to lie on it.
        for session in self.sessions.iter().flatten() {
            database
                .execute(PASS, &[session])
                .await
                .context("no hour can pass")?;
        }
        database.batch_execute("commit").await?;
        Ok(None)
    }

    /// What everybody has, what became of each session, and what the ledger says of it, are as in the model.
    pub async fn compare(&self, world: &World) -> Result<()> {
        for (id, person) in self.people.iter().zip(&world.people) {
            let account =
                "select balance::bigint, held::bigint, owed::bigint from public.credits where user_id = $1";
            let row = self.database.query_opt(account, &[id]).await?;
            let found: (i64, i64, i64) = row.map_or((0, 0, 0), |row| (row.get(0), row.get(1), row.get(2)));
            let due = (person.account.balance, person.account.held, person.account.owed);
            ensure!(
                found == due,
                "{id} has (balance, held, owed) {found:?} instead of {due:?}"
            );
        }
        for (id, session) in self.sessions.iter().zip(&world.sessions) {
            let (Some(id), Some(session)) = (id, session) else {
                ensure!(
                    id.is_none() && session.is_none(),
                    "there is a session in one of the two worlds only"
                );
                continue;
            };
            let row =
                "select status::text, coalesce(held_credits, 0) from public.client_sessions where id = $1";
            let row = self
                .database
                .query_one(row, &[id])
                .await
                .context("a session is gone")?;
            let found: (String, i32) = (row.get(0), row.get(1));
            let due = (session.status.to_owned(), session.credits.held);
            ensure!(found == due, "session {id} is {found:?} instead of {due:?}");
        }
        self.require_no_discrepancy().await
    }

    async fn require_no_discrepancy(&self) -> Result<()> {
        let sessions: Vec<Uuid> = self.sessions.iter().flatten().copied().collect();
        let found = self
            .database
            .query(DISCREPANCIES, &[&self.people, &sessions])
            .await?;
        match found.first() {
            Some(row) => bail!("verify_ledger(): {}", row.get::<_, String>(0)),
            None => Ok(()),
        }
    }

    /// Of the whole ledger.
    pub async fn verify(&self) -> Result<()> {
        let all =
            "select concat_ws(' ', finding, user_id, session_id, detail) from peer_exchange.verify_ledger()";
        match self.database.query(all, &[]).await?.first() {
            Some(row) => bail!("verify_ledger(): {}", row.get::<_, String>(0)),
            None => Ok(()),
        }
    }

    pub fn summary(&self) -> String {
        let counts = self.counts.iter().map(|(step, count)| format!("{count} {step}"));
        counts.collect::<Vec<_>>().join(", ")
    }
}

fn refusal(reply: &Value) -> Result<Refusal> {
    match reply["success"].as_bool() {
        Some(true) => Ok(None),
        Some(false) => Ok(reply["error_code"].as_str().map(str::to_owned)),
        None => bail!("no reply: {reply}"),
    }
}

/// The model's.
fn settings() -> String {
    let settings = [
        ("credits_per_minute", (f64::from(COST) / 60.0).to_string()),
        ("request_hours", REQUEST_HOURS.to_string()),
        ("settle_after_hours", SETTLE_AFTER_HOURS.to_string()),
        ("no_show_percent", (NO_SHOW_SHARE / 100).to_string()),
    ];
    let options = settings.map(|(name, value)| format!("-c peer_exchange.{name}={value}"));
    format!("{} -c timezone=UTC", options.join(" "))
}
