//! One keep-alive connection to PostgREST, and bookings made over it as a signed-in person.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{self, SendRequest};
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::net::TcpStream;
use uuid::Uuid;

use crate::client::Outcome;
use crate::contender::Contender;
use crate::slots::BookingRequest;
use crate::supply::Supply;
use crate::worker::Worker;
use crate::world::Person;

/// Where PostgREST is, and with what it checks tokens.
#[derive(Clone)]
pub struct Api {
    pub address: String,
    pub jwt_secret: String,
}

impl Api {
    pub fn from_environment() -> Result<Self> {
        let url = std::env::var("PEER_EXCHANGE_URL").context("PEER_EXCHANGE_URL is not set")?;
        Ok(Self {
            address: url.trim_start_matches("http://").to_owned(),
            jwt_secret: std::env::var("PEER_EXCHANGE_JWT_SECRET")
                .context("PEER_EXCHANGE_JWT_SECRET is not set")?,
        })
    }

    fn token(&self, person_id: Uuid) -> Result<String> {
        let encode = |part: &str| BASE64_URL_SAFE_NO_PAD.encode(part);
        let claims = json!({ "sub": person_id, "role": "authenticated" }).to_string();
        let signed = format!("{}.{}", encode(r#"{"alg":"HS256","typ":"JWT"}"#), encode(&claims));
        let mut signature = Hmac::<Sha256>::new_from_slice(self.jwt_secret.as_bytes())?;
        signature.update(signed.as_bytes());
        let signature = BASE64_URL_SAFE_NO_PAD.encode(signature.finalize().into_bytes());
        Ok(format!("{signed}.{signature}"))
    }
}

pub struct HttpWorker {
    api: Api,
    sender: SendRequest<Full<Bytes>>,
    contender: Contender,
    people: Arc<Vec<Person>>,
    supply: Supply,
}

impl HttpWorker {
    pub async fn open(
        api: &Api,
        contender: Contender,
        people: &Arc<Vec<Person>>,
        supply: &Supply,
    ) -> Result<Self> {
        Ok(Self {
            api: api.clone(),
            sender: connect(&api.address).await?,
            contender,
            people: Arc::clone(people),
            supply: supply.clone(),
        })
    }

    async fn book(&mut self, request: &BookingRequest) -> Result<Outcome> {
        let client = self.people[request.client].id;
        let token = self.api.token(client)?;
        match self.contender {
            Contender::ThreeRoundTrips => self.book_in_three_calls(request, &token).await,
            _ => {
                let arguments = json!({
                    "p_client_id": client, "p_practitioner_id": self.people[request.practitioner].id,
                    "p_session_date": request.session_date, "p_start_time": request.start_time,
                    "p_duration_minutes": request.duration_minutes, "p_session_type": "massage",
                });
                let answer = self.post("/rpc/create_peer_booking", &token, &arguments).await?;
                Ok(read(&answer))
            }
        }
    }

    async fn book_in_three_calls(&mut self, request: &BookingRequest, token: &str) -> Result<Outcome> {
        let (client, practitioner) = (&self.people[request.client], &self.people[request.practitioner]);
        let (client_id, practitioner_id) = (client.id, practitioner.id);
        let quote =
            json!({ "p_practitioner_id": practitioner_id, "p_duration_minutes": request.duration_minutes });
        let session = json!({
            "therapist_id": practitioner_id, "client_id": client_id, "client_name": client.name,
            "client_email": client.email, "session_date": request.session_date, "start_time": request.start_time,
            "duration_minutes": request.duration_minutes, "session_type": "massage", "status": "scheduled",
            "is_peer_booking": true,
        });
        self.post("/rpc/get_practitioner_credit_cost", token, &quote)
            .await?;
        let (status, inserted) = self.post("/client_sessions?select=id", token, &session).await?;
        let Some(session_id) = inserted[0]["id"].as_str() else {
            return Ok(read(&(status, inserted)));
        };
        let charge = json!({
            "p_client_id": client_id, "p_practitioner_id": practitioner_id, "p_session_id": session_id,
            "p_duration_minutes": request.duration_minutes,
        });
        let answer = self
            .post("/rpc/process_peer_booking_credits", token, &charge)
            .await?;
        Ok(read(&answer))
    }

    async fn post(&mut self, path: &str, token: &str, body: &Value) -> Result<(StatusCode, Value)> {
        let request = Request::post(path)
            .header("host", &self.api.address)
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "application/json")
            .header("content-profile", self.contender.schema())
            .header("prefer", "return=representation")
            .body(Full::new(Bytes::from(body.to_string())))?;
        self.sender
            .ready()
            .await
            .context("PostgREST closed a connection")?;
        let response = self.sender.send_request(request).await?;
        let status = response.status();
        let bytes = response.into_body().collect().await?.to_bytes();
        let answer = serde_json::from_slice(&bytes).with_context(|| format!("PostgREST says {status}"))?;
        Ok((status, answer))
    }
}

impl Worker for HttpWorker {
    async fn work(&mut self) -> Result<Outcome> {
        let request = self.supply.take();
        self.book(&request).await
    }
}

fn read((status, answer): &(StatusCode, Value)) -> Outcome {
    match (status.is_success(), answer["success"].as_bool()) {
        (true, Some(true)) => Outcome::Done(None),
        (true, _) => Outcome::Refused(answer["error_code"].as_str().unwrap_or_default().to_owned()),
        _ => Outcome::Fault(answer["code"].as_str().unwrap_or(status.as_str()).to_owned()),
    }
}

async fn connect(address: &str) -> Result<SendRequest<Full<Bytes>>> {
    let stream = TcpStream::connect(address)
        .await
        .context("PostgREST does not listen")?;
    stream.set_nodelay(true)?;
    let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    // It ends with the sender, and what it would say then the sender says as well.
    tokio::spawn(async move { connection.await.ok() });
    ensure!(sender.is_ready() || !sender.is_closed(), "PostgREST hung up");
    Ok(sender)
}
