//! Why a call does not do what it was asked for.

use crate::fault::Fault;
use crate::postgres;
use crate::reply::Reply;
use crate::store::Connection;
use peer_exchange_rules::account::OutOfRange;
use peer_exchange_rules::booking::{NoBooking, Refused};
use peer_exchange_rules::refusal::Refusal;

/// A refusal, which is an answer and has written nothing, or a fault, which is raised and rolls everything back.
#[derive(Debug)]
pub enum Error {
    Refused(Refused),
    Fault(Fault),
}

impl Error {
    /// The reply to a refusal; faults are handed on.
    pub fn reply(self, to: impl FnOnce(&Refused) -> Result<Reply, Fault>) -> Result<Reply, Fault> {
        match self {
            Error::Refused(refused) => to(&refused),
            Error::Fault(fault) => Err(fault),
        }
    }

    /// A fault also where it was a refusal, for calls whose reply has no room for one.
    pub fn fault(self, of: impl FnOnce(&Refusal) -> Fault) -> Fault {
        match self {
            Error::Refused(refused) => of(&refused.refusal),
            Error::Fault(fault) => fault,
        }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Error::Fault(fault)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Error::Refused(refusal.into())
    }
}

impl From<OutOfRange> for Error {
    fn from(out_of_range: OutOfRange) -> Self {
        Error::Fault(out_of_range.into())
    }
}

impl From<NoBooking> for Error {
    fn from(no_booking: NoBooking) -> Self {
        match no_booking {
            NoBooking::Refused(refused) => Error::Refused(refused),
            NoBooking::OutOfRange => OutOfRange.into(),
            NoBooking::AccountFull(full) => Error::Fault(full.into()),
            NoBooking::UnreadableHours(hours) => Error::Fault(hours.into()),
        }
    }
}

/// Does something as the owner of the tables. A refusal ends that as properly as success; only a fault need not, since
/// it is raised.
pub fn as_owner<T>(work: impl FnOnce(&mut Connection<'_>) -> Result<T, Error>) -> Result<T, Error> {
    postgres::as_owner(|connection| refusal_apart(work(connection)))?.map_err(Error::Refused)
}

/// The same for what writes, but for what only takes back.
pub fn as_guarded_owner<T>(work: impl FnOnce(&mut Connection<'_>) -> Result<T, Error>) -> Result<T, Error> {
    postgres::as_guarded_owner(|connection| refusal_apart(work(connection)))?.map_err(Error::Refused)
}

fn refusal_apart<T>(outcome: Result<T, Error>) -> Result<Result<T, Refused>, Fault> {
    match outcome {
        Ok(done) => Ok(Ok(done)),
        Err(Error::Refused(refused)) => Ok(Err(refused)),
        Err(Error::Fault(fault)) => Err(fault),
    }
}
