//! One connection, and requests made over it as PostgREST makes them: a transaction each, with the
//! role and the claims set for it alone.

use std::collections::HashMap;

use tokio_postgres::error::SqlState;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Config, Error, NoTls, Row, Statement};

use crate::answer::Answer;
use crate::operation::{Caller, Operation, Request, Settlement};
use crate::statements;

/// Nobody knows whether the request was carried out.
pub struct Lost;

pub struct Wire {
    client: Client,
    /// None behind a pooler, which gives each transaction whatever connection is free: a statement that is kept in one is
    /// unknown in the next.
    prepared: Option<HashMap<&'static str, Statement>>,
}

/// A statement that can be sent.
enum Ready {
    Prepared(Statement),
    Text(&'static str),
}

impl Wire {
    pub async fn connect(config: &Config) -> Result<Self, Error> {
        let (client, connection) = config.connect(NoTls).await?;
        // It ends with the client, and what it would say then the client says as well.
        tokio::spawn(async move { connection.await.ok() });
        Ok(Self {
            client,
            prepared: Some(HashMap::new()),
        })
    }

    /// The same by way of a pooler that keeps nothing from one transaction to the next.
    pub async fn connect_through_pooler(config: &Config) -> Result<Self, Error> {
        let mut wire = Self::connect(config).await?;
        wire.prepared = None;
        Ok(wire)
    }

    /// `name`: how whatever happens within the request can refer to it.
    pub async fn perform(&mut self, request: &Request, name: &str) -> Result<Answer, Lost> {
        let script = statements::script(&request.operation);
        let begin = begin(request, name);
        let parameters: Vec<&(dyn ToSql + Sync)> = script.arguments.iter().map(|text| text as _).collect();
        let prepared = async {
            let statement = self.ready(script.statement).await?;
            let mut then = [None, None];
            for (place, text) in then.iter_mut().zip(script.then) {
                *place = match self.ready(text).await {
                    // Version 0.1.0 settles nothing.
                    Err(error) if error.code() == Some(&SqlState::UNDEFINED_COLUMN) => None,
                    ready => Some(ready?),
                };
            }
            Ok((statement, then))
        };
        let (statement, then) = match prepared.await {
            Ok(prepared) => prepared,
            Err(error) => return fault(&error),
        };
        // All sent at once; Postgres carries them out in their order, and ends an aborted
        // transaction by rolling it back when it is asked to commit.
        let [first, second] = &then;
        let (begun, rows, first, second, ended) = tokio::join!(
            biased;
            self.client.batch_execute(&begin),
            self.send(&statement, &parameters),
            self.send_any(first),
            self.send_any(second),
            self.client.batch_execute("commit"),
        );
        // Without an answer to the commit, the answers before it are worth nothing.
        if let Err(error) = &ended
            && is_loss(error)
        {
            return Err(Lost);
        }
        let following = || Ok([first?, second?].concat());
        match begun.and(rows).and_then(|rows| Ok((rows, following()?))) {
            Err(error) => fault(&error),
            Ok((rows, following)) => match ended {
                Ok(()) => Ok(statements::read(
                    &request.operation,
                    &texts(&rows),
                    &texts(&following),
                )),
                Err(error) => fault(&error),
            },
        }
    }

    /// Indexes of the run's own, so that asking what was cancelled or settled just now reads no other rows; and how long
    /// whoever settles has to wait, which is long enough for sessions that have begun not to be due.
    pub async fn prepare(&self, holds_credits: bool) -> Result<(), Error> {
        let index = "create index stress_cancelled_at on public.client_sessions (cancelled_at)";
        self.client.batch_execute(index).await?;
        if holds_credits {
            self.client
                .batch_execute(&statements::settlement_of_run())
                .await?;
        }
        Ok(())
    }

    async fn ready(&mut self, text: &'static str) -> Result<Ready, Error> {
        let Some(prepared) = &mut self.prepared else {
            return Ok(Ready::Text(text));
        };
        if let Some(statement) = prepared.get(text) {
            return Ok(Ready::Prepared(statement.clone()));
        }
        let statement = self.client.prepare(text).await?;
        prepared.insert(text, statement.clone());
        Ok(Ready::Prepared(statement))
    }

    async fn send_any(&self, statement: &Option<Ready>) -> Result<Vec<Row>, Error> {
        match statement {
            Some(statement) => self.send(statement, &[]).await,
            None => Ok(Vec::new()),
        }
    }

    async fn send(&self, statement: &Ready, parameters: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, Error> {
        match statement {
            Ready::Prepared(statement) => self.client.query(statement, parameters).await,
            Ready::Text(text) => {
                let typed: Vec<_> = parameters.iter().map(|text| (*text, Type::TEXT)).collect();
                self.client.query_typed(text, &typed).await
            }
        }
    }
}

/// The connection or the server is gone, rather than the request refused.
fn is_loss(error: &Error) -> bool {
    match error.code() {
        None => true,
        Some(code) => ["57P01", "57P02", "57P03"].contains(&code.code()),
    }
}

fn fault(error: &Error) -> Result<Answer, Lost> {
    match error.as_db_error() {
        Some(fault) if !is_loss(error) => Ok(Answer::Fault {
            sqlstate: fault.code().code().to_owned(),
            message: fault.message().to_owned(),
        }),
        _ => Err(Lost),
    }
}

fn texts(rows: &[Row]) -> Vec<String> {
    rows.iter()
        .map(|row| row.get::<_, Option<String>>(0).unwrap_or_default())
        .collect()
}

fn begin(request: &Request, name: &str) -> String {
    if request.caller == Caller::Owner {
        return format!(
            "begin; set local session_replication_role = replica; set local stress.call = '{name}'"
        );
    }
    let (role, claims) = match request.caller {
        Caller::Person(person) => (
            "authenticated",
            format!(r#"{{"sub": "{person}", "role": "authenticated"}}"#),
        ),
        Caller::Service => ("service_role", r#"{"role": "service_role"}"#.to_owned()),
        Caller::Anonymous => ("anon", r#"{"role": "anon"}"#.to_owned()),
        Caller::Owner => unreachable!("she needs no claims"),
    };
    let claims = match &request.operation {
        Operation::Attack(attack) => attack.forged_claims.map_or(claims, str::to_owned),
        _ => claims,
    };
    let settlement = match request.operation.settlement() {
        Settlement::Booking => "",
        Settlement::Completion => "set local peer_exchange.settlement = completion; ",
    };
    format!(
        "begin; {settlement}select set_config('role', '{role}', true), set_config('request.jwt.claims', '{claims}', true), \
         set_config('stress.call', '{name}', true)"
    )
}
