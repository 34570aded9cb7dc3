//! Who calls, and for whom they may act.
//!
//! PostgREST switches to the role of the token and leaves its claims in a setting. A person acts
//! for herself alone; the application's service role, and whoever works in the database directly,
//! for anybody. The database role comes before the claims: a session that runs as `authenticated`
//! stays a person whatever its claims say, so that nobody gains by setting them.

use crate::fault::Fault;
use crate::postgres::{self, configuration, roles};
use pgrx::pg_sys;
use serde::Deserialize;
use serde_json::{Map, Value};
use uuid::Uuid;

/// Who calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller {
    /// A signed-in person.
    Person(Uuid),
    /// The application or an administrator.
    Service,
}

#[derive(Deserialize)]
struct Claims {
    sub: Option<String>,
    role: Option<String>,
}

impl Caller {
    /// The caller of this statement; a fault where it is nobody that may call.
    pub fn current() -> Result<Caller, Fault> {
        let claims = claims()?;
        let claimed_role = claims.as_ref().and_then(|claims| claims.role.as_deref());
        match (Standing::of(roles::outer_role()), &claims, claimed_role) {
            (Standing::Anonymous, ..) => Err(Fault::not_allowed("sign in first")),
            (Standing::SignedIn, Some(claims), _) => claims.person(),
            (Standing::SignedIn, None, _) => Err(Fault::not_allowed("the token has no claims")),
            (Standing::Service, ..) | (_, None, _) | (_, _, Some("service_role")) => Ok(Caller::Service),
            (_, Some(claims), Some("authenticated") | None) => claims.person(),
            (_, _, Some(role)) => Err(Fault::not_allowed(format!("role {role:?} may not call this"))),
        }
    }

    /// Who writes to a table, as row-level security would have it: the person of the claims where the effective role is a
    /// person's, else the application, whose own functions may act for anybody.
    pub fn writer() -> Result<Caller, Fault> {
        match Standing::of(postgres::effective_role()) {
            Standing::Anonymous => Err(Fault::not_allowed("sign in first")),
            Standing::SignedIn => claims()?
                .ok_or_else(|| Fault::not_allowed("the token has no claims"))?
                .person(),
            Standing::Service | Standing::Trusted => Ok(Caller::Service),
        }
    }

    /// The person whom the claims name, whoever acts; `None` where they name nobody.
    pub fn claimed_person() -> Option<Uuid> {
        let claims = claims().ok().flatten()?;
        match claims.person() {
            Ok(Caller::Person(id)) => Some(id),
            _ => None,
        }
    }

    /// The person that calls, if it is one.
    pub fn person_id(self) -> Option<Uuid> {
        match self {
            Caller::Person(id) => Some(id),
            Caller::Service => None,
        }
    }

    /// Faults unless the caller is this person or may act for anybody.
    pub fn require_may_act_for(self, person_id: Uuid) -> Result<(), Fault> {
        self.require_may_act_for_one_of(&[Some(person_id)])
    }

    /// Faults unless the caller is one of these people or may act for anybody.
    pub fn require_may_act_for_one_of(self, person_ids: &[Option<Uuid>]) -> Result<(), Fault> {
        match self {
            Caller::Service => Ok(()),
            Caller::Person(caller_id) if person_ids.contains(&Some(caller_id)) => Ok(()),
            Caller::Person(_) => Err(Fault::not_allowed("you can only act for yourself")),
        }
    }

    /// The person that calls; a fault where it is the application, of which there is nothing to answer.
    pub fn require_person(self) -> Result<Uuid, Fault> {
        match self {
            Caller::Person(caller_id) => Ok(caller_id),
            Caller::Service => Err(Fault::not_allowed("only a signed-in person may call this")),
        }
    }
}

impl Claims {
    fn person(&self) -> Result<Caller, Fault> {
        let sub = self
            .sub
            .as_deref()
            .ok_or_else(|| Fault::not_allowed("the token names nobody: it has no sub claim"))?;
        let id =
            Uuid::try_parse(sub).map_err(|_| Fault::not_allowed("the token's sub claim is not a UUID"))?;
        Ok(Caller::Person(id))
    }
}

/// The claims of the request, in the shape of today's PostgREST or of the older one; `None` where
/// there is no request at all.
fn claims() -> Result<Option<Claims>, Fault> {
    if let Some(json) = configuration::value_of(c"request.jwt.claims") {
        // By way of an object: a derived struct would take an array for its fields, too.
        return serde_json::from_str::<Map<String, Value>>(&json)
            .and_then(|claims| serde_json::from_value(Value::Object(claims)))
            .map(Some)
            .map_err(|_| Fault::not_allowed("request.jwt.claims is not a JSON object of claims"));
    }
    let sub = configuration::value_of(c"request.jwt.claim.sub");
    let role = configuration::value_of(c"request.jwt.claim.role");
    Ok((sub.is_some() || role.is_some()).then_some(Claims { sub, role }))
}

/// What a role of the database is, before anybody's claims.
enum Standing {
    Anonymous,
    SignedIn,
    Service,
    /// An administrator, the owner of the tables, a server's login role: the claims say whom it speaks for,
    /// and without any it speaks for the application.
    Trusted,
}

impl Standing {
    /// A role that has been granted `authenticated` is a person's, but where it has been granted more.
    fn of(role: pg_sys::Oid) -> Self {
        match roles::name_of(role).as_str() {
            "anon" => return Standing::Anonymous,
            "authenticated" => return Standing::SignedIn,
            "service_role" => return Standing::Service,
            _ => {}
        }
        let is_trusted = roles::is_superuser(role)
            || roles::belongs_to(role, c"service_role")
            || roles::host_owner().is_some_and(|owner| roles::has_rights_of(role, owner));
        if is_trusted {
            Standing::Trusted
        } else if roles::belongs_to(role, c"authenticated") {
            Standing::SignedIn
        } else if roles::belongs_to(role, c"anon") {
            Standing::Anonymous
        } else {
            Standing::Trusted
        }
    }
}
