//! A `time` argument as it came, `24:00:00` included, which pgrx's own type turns into midnight.

use chrono::TimeDelta;
use pgrx::callconv::{Arg, ArgAbi};
use pgrx::nullable::Nullable;
use pgrx::pgrx_sql_entity_graph::metadata::{
    ArgumentError, ReturnsError, ReturnsRef, SqlMappingRef, SqlTranslatable, TypeOrigin,
};

#[derive(Debug, Clone, Copy)]
pub struct TimeOfDay {
    microseconds: i64,
}

impl TimeOfDay {
    pub fn since_midnight(self) -> TimeDelta {
        TimeDelta::microseconds(self.microseconds)
    }
}

// SAFETY: a `time` is passed by value, as microseconds since midnight.
unsafe impl<'fcx> ArgAbi<'fcx> for TimeOfDay {
    unsafe fn unbox_arg_unchecked(arg: Arg<'_, 'fcx>) -> Self {
        // SAFETY: the argument is declared as a `time` and has been checked not to be null.
        unsafe { arg.unbox_arg_using_from_datum::<i64>() }
            .map(|microseconds| TimeOfDay { microseconds })
            .expect("a time that is not null")
    }

    unsafe fn unbox_nullable_arg(arg: Arg<'_, 'fcx>) -> Nullable<Self> {
        // SAFETY: the argument is declared as a `time`.
        unsafe { arg.unbox_arg_using_from_datum::<i64>() }
            .map(|microseconds| TimeOfDay { microseconds })
            .into()
    }
}

// SAFETY: names the SQL type whose representation the implementation above reads.
unsafe impl SqlTranslatable for TimeOfDay {
    const TYPE_IDENT: &'static str = pgrx::pgrx_resolved_type!(TimeOfDay);
    const TYPE_ORIGIN: TypeOrigin = TypeOrigin::External;
    const ARGUMENT_SQL: Result<SqlMappingRef, ArgumentError> = Ok(SqlMappingRef::literal("time"));
    const RETURN_SQL: Result<ReturnsRef, ReturnsError> = Ok(ReturnsRef::One(SqlMappingRef::literal("time")));
}
