//! `peer_exchange_as_owner`: the C function behind SQL functions that need the rights of the tables' owner.
//!
//! What SECURITY DEFINER would be for, with the owner of the tables in the place of whoever installed the
//! extension. A function whose body is in C and says no more than this runs its twin, which has the same
//! arguments and its name with `_by_owner` behind, in whatever language. A trigger function lets our own
//! writes pass before anything else; that costs it nothing. So does a row that it has seen already, as it is.
//!
//! Twins must be done when they return: nothing may be evaluated later, with somebody else's rights.

use super::acting_owner::ActingOwner;
use super::convert::uuid;
use super::firing::{Firing, Known};
use super::own_writes::{self, Row};
use super::roles;
use crate::fault::Fault;
use pgrx::PgMemoryContexts;
use pgrx::datum::FromDatum;
use pgrx::pg_sys::ffi::pg_guard_ffi_boundary;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::{PgLogLevel, pg_guard, pg_sys};
use std::cell::RefCell;
use std::ffi::{CStr, CString};
use std::ptr::{self, NonNull};

/// Says that the function below has today's way of being called.
#[unsafe(no_mangle)]
pub extern "C" fn pg_finfo_peer_exchange_as_owner() -> &'static pg_sys::Pg_finfo_record {
    const RECORD: pg_sys::Pg_finfo_record = pg_sys::Pg_finfo_record { api_version: 1 };
    &RECORD
}

/// The same for the function after it.
#[unsafe(no_mangle)]
pub extern "C" fn pg_finfo_peer_exchange_as_owner_of_what_is_there() -> &'static pg_sys::Pg_finfo_record {
    pg_finfo_peer_exchange_as_owner()
}

/// Runs the twin of the function that was called, as the owner of the tables.
///
/// # Safety
/// Called by Postgres alone, with the call of a function.
#[unsafe(no_mangle)]
#[pg_guard]
pub unsafe extern "C-unwind" fn peer_exchange_as_owner(call: pg_sys::FunctionCallInfo) -> pg_sys::Datum {
    // SAFETY: Postgres hands over a call that is alive until this returns.
    unsafe {
        if let Some(row) = own_write(call).or_else(|| row_seen_before(call)) {
            return row;
        }
        run_twin(call, ActingOwner::begin_for_function())
    }
}

/// The same for what `setup()` does before there is a table of sessions: as the owner of those that are there, or as
/// the caller where there is none.
///
/// # Safety
/// Called by Postgres alone, with the call of a function.
#[unsafe(no_mangle)]
#[pg_guard]
pub unsafe extern "C-unwind" fn peer_exchange_as_owner_of_what_is_there(
    call: pg_sys::FunctionCallInfo,
) -> pg_sys::Datum {
    // SAFETY: Postgres hands over a call that is alive until this returns.
    unsafe {
        let acting = roles::owner_of_what_is_there()
            .and_then(|owner| ActingOwner::begin_as(owner.unwrap_or_else(|| pg_sys::GetUserId())));
        run_twin(call, acting)
    }
}

/// Says that the function below has today's way of being called.
#[unsafe(no_mangle)]
pub extern "C" fn pg_finfo_peer_exchange_as_owner_unnoticed() -> &'static pg_sys::Pg_finfo_record {
    pg_finfo_peer_exchange_as_owner()
}

/// Runs the twin as the owner of the tables where `setup()` writes what it derives: the application's triggers don't fire.
///
/// # Safety
/// Called by Postgres alone, with the call of a function.
#[unsafe(no_mangle)]
#[pg_guard]
pub unsafe extern "C-unwind" fn peer_exchange_as_owner_unnoticed(
    call: pg_sys::FunctionCallInfo,
) -> pg_sys::Datum {
    // SAFETY: Postgres hands over a call that is alive until this returns, and says which function it calls.
    unsafe { run_twin(call, ActingOwner::begin_unnoticed((*(*call).flinfo).fn_oid)) }
}

/// Says that the function below has today's way of being called.
#[unsafe(no_mangle)]
pub extern "C" fn pg_finfo_peer_exchange_in_own_write() -> &'static pg_sys::Pg_finfo_record {
    pg_finfo_peer_exchange_as_owner()
}

/// Runs the twin of a trigger function where the row is written by a statement of ours, and so as the owner already;
/// all other rows pass.
///
/// # Safety
/// Called by Postgres alone, with the call of a trigger function.
#[unsafe(no_mangle)]
#[pg_guard]
pub unsafe extern "C-unwind" fn peer_exchange_in_own_write(call: pg_sys::FunctionCallInfo) -> pg_sys::Datum {
    // SAFETY: Postgres hands over a call that is alive until this returns; its context is that of a trigger where it
    // says so.
    unsafe {
        if !is_trigger(call) {
            raise(Fault::invariant_violated("only a trigger may call this"));
        }
        if own_write(call).is_none() {
            return pg_sys::Datum::from(row_to_write(&*(*call).context.cast::<pg_sys::TriggerData>()));
        }
        let twin = twin(call).unwrap_or_else(|fault| raise(fault));
        call_twin(call, twin)
    }
}

/// # Safety
/// The call is alive.
unsafe fn run_twin(call: pg_sys::FunctionCallInfo, acting: Result<ActingOwner, Fault>) -> pg_sys::Datum {
    // SAFETY: the caller promises that the call is alive.
    unsafe {
        let acting = acting.unwrap_or_else(|fault| raise(fault));
        let twin = twin(call).unwrap_or_else(|fault| raise(fault));
        // What is deferred until a function is done, its own search_path does not reach.
        if !is_trigger(call) || !(*twin).fixes_search_path {
            acting.assume_search_path().unwrap_or_else(|fault| raise(fault));
        }
        let returned = call_twin(call, twin);
        // A statement of a superuser's own fires the application's triggers with her rights in any case.
        if !is_trigger(call) {
            acting.finish().unwrap_or_else(|fault| raise(fault));
        }
        returned
    }
}

/// # Safety
/// The call is alive, and its twin lives where its function does. It is given its own function back.
unsafe fn call_twin(call: pg_sys::FunctionCallInfo, twin: *mut Twin) -> pg_sys::Datum {
    // SAFETY: the caller promises that both are alive.
    unsafe {
        let _restored = Restored::of(call);
        let known = is_trigger(call).then_some(NonNull::from(&(*twin).known));
        let _firing = Firing::begin(known, is_last_before_storage(call));
        (*call).flinfo = &raw mut (*twin).function;
        let function = (*twin).function.fn_addr;
        pg_guard_ffi_boundary(|| function.map_or(pg_sys::Datum::null(), |function| function(call)))
    }
}

fn raise(fault: Fault) -> ! {
    ErrorReport::from(fault).report(PgLogLevel::ERROR);
    unreachable!("Postgres raises errors")
}

/// Gives a call its own function back.
struct Restored {
    call: pg_sys::FunctionCallInfo,
    function: *mut pg_sys::FmgrInfo,
}

impl Restored {
    /// # Safety
    /// The call outlives the value.
    unsafe fn of(call: pg_sys::FunctionCallInfo) -> Self {
        // SAFETY: the caller promises that the call is alive.
        let function = unsafe { (*call).flinfo };
        Restored { call, function }
    }
}

impl Drop for Restored {
    fn drop(&mut self) {
        // SAFETY: whoever made this value promised that the call outlives it.
        unsafe { (*self.call).flinfo = self.function };
    }
}

/// A twin, and what it has found out while it was called.
struct Twin {
    function: pg_sys::FmgrInfo,
    fixes_search_path: bool,
    known: RefCell<Known>,
}

/// The twin, looked up once for as long as the function is: of a trigger, for one statement.
///
/// # Safety
/// The call is alive.
unsafe fn twin(call: pg_sys::FunctionCallInfo) -> Result<*mut Twin, Fault> {
    // SAFETY: what is kept lives where the function lives; nobody else uses its fn_extra.
    unsafe {
        let function = (*call).flinfo;
        if (*function).fn_extra.is_null() {
            let id = twin_id((*function).fn_oid)?;
            let mut found = Twin {
                function: pg_sys::FmgrInfo::default(),
                fixes_search_path: roles::fixes_search_path(id),
                known: RefCell::default(),
            };
            pg_sys::fmgr_info_cxt(id, &mut found.function, (*function).fn_mcxt);
            found.function.fn_expr = (*function).fn_expr;
            (*function).fn_extra = PgMemoryContexts::For((*function).fn_mcxt)
                .leak_and_drop_on_delete(found)
                .cast();
        }
        Ok((*function).fn_extra.cast())
    }
}

fn twin_id(function: pg_sys::Oid) -> Result<pg_sys::Oid, Fault> {
    // SAFETY: asks the catalog for a function that is being called; its names are nul-terminated, and it
    // has as many arguments as it says.
    unsafe {
        let mut count = 0;
        let mut types = ptr::null_mut();
        pg_sys::get_func_signature(function, &mut types, &mut count);
        let schema = pg_sys::get_namespace_name(pg_sys::get_func_namespace(function));
        let name = CStr::from_ptr(pg_sys::get_func_name(function)).to_string_lossy();
        let name = CString::new(format!("{name}_by_owner"))
            .map_err(|_| Fault::invariant_violated("a function's name contains a zero byte"))?;
        let mut names = pg_sys::lappend(ptr::null_mut(), pg_sys::makeString(schema).cast());
        names = pg_sys::lappend(names, pg_sys::makeString(name.as_ptr().cast_mut()).cast());
        Ok(pg_sys::LookupFuncName(names, count, types, false))
    }
}

/// # Safety
/// The call is alive.
unsafe fn is_trigger(call: pg_sys::FunctionCallInfo) -> bool {
    // SAFETY: a call's context lives as long as the call.
    unsafe { !(*call).context.is_null() && (*(*call).context).type_ == pg_sys::NodeTag::T_TriggerData }
}

/// The row to go on with, where a trigger on sessions looks at a write of ours.
///
/// # Safety
/// The call is alive.
unsafe fn own_write(call: pg_sys::FunctionCallInfo) -> Option<pg_sys::Datum> {
    // SAFETY: the context of a trigger's call is what it says it is, and lives as long as the call.
    unsafe {
        if !is_trigger(call) || !own_writes::are_any_under_way() {
            return None;
        }
        let trigger = &*(*call).context.cast::<pg_sys::TriggerData>();
        if trigger.tg_event & pg_sys::TRIGGER_EVENT_ROW == 0 {
            let passes = match trigger.tg_event & pg_sys::TRIGGER_EVENT_OPMASK {
                pg_sys::TRIGGER_EVENT_INSERT => own_writes::is_making(),
                _ => own_writes::is_settling(),
            };
            return passes.then(pg_sys::Datum::null);
        }
        let row = row_to_write(trigger);
        own_writes::covers(&session(trigger, row)?).then(|| pg_sys::Datum::from(row))
    }
}

/// The row, where a trigger looks at it after it was stored, and the same function was the last one to see it before: then
/// nothing can have changed it since.
///
/// # Safety
/// The call is alive.
unsafe fn row_seen_before(call: pg_sys::FunctionCallInfo) -> Option<pg_sys::Datum> {
    const ROW_AND_TIME: u32 = pg_sys::TRIGGER_EVENT_ROW | pg_sys::TRIGGER_EVENT_TIMINGMASK;
    // SAFETY: the context of a trigger's call is what it says it is, and lives as long as the call; so do its relation
    // and the triggers of that, of which there are as many as it says, in the order in which they fire.
    unsafe {
        if !is_trigger(call) {
            return None;
        }
        let trigger = &*(*call).context.cast::<pg_sys::TriggerData>();
        if trigger.tg_event & ROW_AND_TIME != pg_sys::TRIGGER_EVENT_ROW | pg_sys::TRIGGER_EVENT_AFTER {
            return None;
        }
        is_last_before_storage(call).then(|| pg_sys::Datum::from(row_to_write(trigger)))
    }
}

/// Whether a trigger's function is the last one to see a row before it is stored, in this form.
///
/// # Safety
/// The call is alive.
unsafe fn is_last_before_storage(call: pg_sys::FunctionCallInfo) -> bool {
    // SAFETY: as above.
    unsafe {
        if !is_trigger(call) {
            return false;
        }
        let trigger = &*(*call).context.cast::<pg_sys::TriggerData>();
        let constraints = (*(*trigger.tg_relation).rd_att).constr;
        let is_generated_in_part = !constraints.is_null() && (*constraints).has_generated_stored;
        let triggers = (*trigger.tg_relation).trigdesc;
        let event = match trigger.tg_event & pg_sys::TRIGGER_EVENT_OPMASK {
            pg_sys::TRIGGER_EVENT_INSERT => pg_sys::TRIGGER_TYPE_INSERT,
            pg_sys::TRIGGER_EVENT_DELETE => pg_sys::TRIGGER_TYPE_DELETE,
            _ => pg_sys::TRIGGER_TYPE_UPDATE,
        };
        let before = pg_sys::TRIGGER_TYPE_ROW | pg_sys::TRIGGER_TYPE_BEFORE | event;
        let last_before = std::slice::from_raw_parts((*triggers).triggers, (*triggers).numtriggers as usize)
            .iter()
            .rfind(|other| other.tgtype as u32 & before == before);
        !is_generated_in_part
            && last_before.is_some_and(|last| {
                last.tgfoid == (*trigger.tg_trigger).tgfoid
                    && last.tgenabled == (*trigger.tg_trigger).tgenabled
                    && last.tgqual.is_null()
                    && last.tgnattr == 0
            })
    }
}

/// The row as it is to be written, or the one that is to be deleted.
fn row_to_write(trigger: &pg_sys::TriggerData) -> pg_sys::HeapTuple {
    if trigger.tg_event & pg_sys::TRIGGER_EVENT_OPMASK == pg_sys::TRIGGER_EVENT_UPDATE {
        trigger.tg_newtuple
    } else {
        trigger.tg_trigtuple
    }
}

/// A row of `client_sessions`; `None` for one of another table.
///
/// # Safety
/// The row is the trigger's.
unsafe fn session(trigger: &pg_sys::TriggerData, row: pg_sys::HeapTuple) -> Option<Row> {
    // SAFETY: the caller promises that the row is the trigger's; a value is only taken for an id after its type has been looked at.
    unsafe {
        let columns = (*trigger.tg_relation).rd_att;
        let id = |name: &CStr| {
            let number = pg_sys::SPI_fnumber(columns, name.as_ptr());
            if number <= 0 || pg_sys::SPI_gettypeid(columns, number) != pg_sys::UUIDOID {
                return None;
            }
            let mut is_null = false;
            let value = pg_sys::SPI_getbinval(row, columns, number, &mut is_null);
            pgrx::Uuid::from_datum(value, is_null).map(uuid)
        };
        let number = pg_sys::SPI_fnumber(columns, c"occupied_during".as_ptr());
        let mut has_no_time = true;
        if number > 0 {
            pg_sys::SPI_getbinval(row, columns, number, &mut has_no_time);
        }
        let is_of_sessions =
            CStr::from_ptr((*(*trigger.tg_relation).rd_rel).relname.data.as_ptr()) == c"client_sessions";
        is_of_sessions.then(|| Row {
            id: id(c"id"),
            practitioner_id: id(c"therapist_id"),
            client_id: id(c"client_id"),
            has_time: !has_no_time,
        })
    }
}
