//! Values as the columns of an application's tables take them: what we give, cast as an assignment
//! casts it, and defaults for the rest.

use super::insertion::Table;
use super::relation::{columns, is_named};
use crate::fault::Fault;
use pgrx::PgSqlErrorCode;
use pgrx::datum::{DatumWithOid, IntoDatum};
use pgrx::pg_sys::ffi::pg_guard_ffi_boundary;
use pgrx::pg_sys::{self, AsPgCStr};
use std::ffi::c_char;
use std::ptr;

/// A value for a column of the application, whose type may be another one that ours can be assigned
/// to.
pub enum Value<'a> {
    Typed(DatumWithOid<'a>),
    /// A word that fits a text column and an enum alike.
    Literal(&'a str),
    /// For a column of type json or jsonb.
    Json(String),
}

impl<'a, T: IntoDatum> From<T> for Value<'a> {
    fn from(value: T) -> Self {
        Value::Typed(value.into())
    }
}

/// What a column of a row is made from.
pub enum Source {
    /// The value with this number.
    Given(usize),
    Default(*mut pg_sys::ExprState),
    Null,
}

impl Source {
    /// The value of this row for the column; `None` for NULL.
    pub fn value(
        &self,
        given: &[Value<'_>],
        attribute: &pg_sys::FormData_pg_attribute,
        state: *mut pg_sys::EState,
    ) -> Result<Option<pg_sys::Datum>, Fault> {
        match self {
            Source::Given(number) => fit(&given[*number], attribute, state),
            Source::Default(expression) => Ok(evaluate(*expression, state)),
            Source::Null => Ok(None),
        }
    }
}

/// What each column of the relation is made from.
pub unsafe fn sources(
    table: &Table,
    relation: pg_sys::Relation,
    state: *mut pg_sys::EState,
) -> Result<Vec<Source>, Fault> {
    // SAFETY: the relation is open.
    let attributes = columns(unsafe { &*(*relation).rd_att });
    let mut missing = table.columns.len();
    let mut sources = Vec::with_capacity(attributes.len());
    for attribute in attributes {
        let given = table
            .columns
            .iter()
            .position(|column| !attribute.attisdropped && is_named(attribute, column));
        missing -= usize::from(given.is_some());
        sources.push(match given {
            Some(number) => Source::Given(number),
            None => default(relation, attribute, state),
        });
    }
    match missing {
        0 => Ok(sources),
        _ => Err(Fault::broken_promise(format!(
            "public.{} lacks a column that setup() adds",
            table.name.to_string_lossy()
        ))
        .with_hint("Run peer_exchange.setup().")),
    }
}

fn default(
    relation: pg_sys::Relation,
    attribute: &pg_sys::FormData_pg_attribute,
    state: *mut pg_sys::EState,
) -> Source {
    if attribute.attisdropped || attribute.attgenerated != 0 {
        return Source::Null;
    }
    // SAFETY: the attribute is one of the relation's.
    unsafe {
        let is_domain = pg_sys::get_typtype(attribute.atttypid) == pg_sys::TYPTYPE_DOMAIN as c_char;
        if !attribute.atthasdef && attribute.attidentity == 0 && !is_domain {
            return Source::Null;
        }
        match pg_sys::build_column_default(relation, i32::from(attribute.attnum)) {
            expression if expression.is_null() => Source::Null,
            expression => Source::Default(pg_sys::ExecPrepareExpr(expression.cast(), state)),
        }
    }
}

/// The value as the column takes it; `None` for NULL.
fn fit(
    value: &Value<'_>,
    attribute: &pg_sys::FormData_pg_attribute,
    state: *mut pg_sys::EState,
) -> Result<Option<pg_sys::Datum>, Fault> {
    let is_plain = attribute.atttypmod == -1;
    let is_text = matches!(attribute.atttypid, pg_sys::TEXTOID | pg_sys::VARCHAROID);
    match value {
        Value::Literal(word) if is_plain && is_text => Ok(word.into_datum()),
        Value::Literal(word) => Ok(Some(read(word, attribute))),
        Value::Json(text) => Ok(Some(read(text, attribute))),
        Value::Typed(typed) => {
            let datum = typed.datum().map(|datum| datum.sans_lifetime());
            let is_of_its_type =
                typed.oid() == attribute.atttypid || (typed.oid() == pg_sys::TEXTOID && is_text);
            match is_plain && is_of_its_type {
                true => Ok(datum),
                false => cast(datum, typed.oid(), attribute, state),
            }
        }
    }
}

/// A word as a literal of the column's type.
fn read(word: &str, attribute: &pg_sys::FormData_pg_attribute) -> pg_sys::Datum {
    let (mut function, mut element) = (pg_sys::InvalidOid, pg_sys::InvalidOid);
    // SAFETY: every type has an input function, which raises an error for a word it does not know.
    unsafe {
        pg_sys::getTypeInputInfo(attribute.atttypid, &mut function, &mut element);
        pg_sys::OidInputFunctionCall(function, word.as_pg_cstr(), element, attribute.atttypmod)
    }
}

/// The cast that Postgres makes where a value is assigned to a column of another type.
fn cast(
    value: Option<pg_sys::Datum>,
    type_oid: pg_sys::Oid,
    attribute: &pg_sys::FormData_pg_attribute,
    state: *mut pg_sys::EState,
) -> Result<Option<pg_sys::Datum>, Fault> {
    let (mut length, mut is_by_value) = (0, false);
    // SAFETY: the value is of the type that it says it is.
    unsafe {
        pg_sys::get_typlenbyval(type_oid, &mut length, &mut is_by_value);
        let constant = pg_sys::makeConst(
            type_oid,
            -1,
            pg_sys::get_typcollation(type_oid),
            i32::from(length),
            value.unwrap_or(pg_sys::Datum::null()),
            value.is_none(),
            is_by_value,
        );
        let expression = pg_sys::coerce_to_target_type(
            ptr::null_mut(),
            constant.cast(),
            type_oid,
            attribute.atttypid,
            attribute.atttypmod,
            pg_sys::CoercionContext::COERCION_ASSIGNMENT,
            pg_sys::CoercionForm::COERCE_IMPLICIT_CAST,
            -1,
        );
        if expression.is_null() {
            return Err(Fault::new(
                PgSqlErrorCode::ERRCODE_DATATYPE_MISMATCH,
                format!(
                    "column {} has a type that it can't be written with",
                    attribute.name()
                ),
            )
            .with_hint("Run peer_exchange.setup(); it says what the type must be."));
        }
        Ok(evaluate(pg_sys::ExecPrepareExpr(expression.cast(), state), state))
    }
}

fn evaluate(expression: *mut pg_sys::ExprState, state: *mut pg_sys::EState) -> Option<pg_sys::Datum> {
    let mut is_null = false;
    // SAFETY: the expression was prepared in this executor state.
    let value = unsafe {
        let context = match (*state).es_per_tuple_exprcontext {
            context if context.is_null() => pg_sys::MakePerTupleExprContext(state),
            context => context,
        };
        let evaluate = (*expression).evalfunc?;
        pg_guard_ffi_boundary(|| evaluate(expression, context, &mut is_null))
    };
    (!is_null).then_some(value)
}
