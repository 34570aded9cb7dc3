//! Peer bookings paid in credits: a session, its payment and its notifications happen wholly or
//! not at all, inside one Postgres transaction.
//!
//! Data flows one way: `rpc` takes a call, `store` loads typed facts under locks, the rules decide
//! (pure, the clock passed in), `store` applies, `reply` answers. A broken rule is a refusal that
//! has written nothing; anything unexpected is a fault that rolls everything back.
//!
//! | module      | what it alone knows                                              |
//! |-------------|------------------------------------------------------------------|
//! | `rpc`       | the functions that SQL calls, one file each                      |
//! | `caller`    | who calls, and for whom they may act                             |
//! | `cursor`    | where a page of a list ends                                      |
//! | `store`     | facts and statements: those of `sql/query/`, prepared once       |
//! | `postgres`  | the server's own language: roles, kept plans, conversions       |
//! | `reply`     | the JSON of replies                                              |
//! | `argument`  | argument types and their limits                                  |
//! | `folding`   | what texts are compared by in a search                           |
//! | `settings`  | the `peer_exchange.*` settings                                   |
//! | `fault`     | errors, as Postgres raises them                                  |
//! | `schema`    | the bundled SQL of `sql/schema/` and its order                   |
//!
//! The rules are a crate of their own, `crates/rules`, which knows no Postgres.

mod argument;
mod caller;
mod cursor;
mod fault;
mod folding;
mod postgres;
mod reply;
mod rpc;
mod schema;
mod settings;
mod store;

pgrx::pg_module_magic!(name, version);

#[pgrx::pg_guard]
extern "C-unwind" fn _PG_init() {
    settings::register();
}
