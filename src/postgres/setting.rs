//! Settings of ours, which a former version of the library may have made known before.
//!
//! A connection that outlives an upgrade has the former library loaded when it comes to load this one. Postgres admits
//! no second definition of a setting, so its value stays where the first one keeps it, and is read there.

use pgrx::guc::GucValue;
use pgrx::{GucSetting, pg_sys};
use std::cell::Cell;
use std::ffi::CStr;
use std::ptr::NonNull;

pub struct Setting<Value: GucValue> {
    own: GucSetting<Value>,
    former: Cell<Option<NonNull<Value::Raw>>>,
}

// SAFETY: as GucSetting: Postgres has one thread, and `get` and `define` are called in no other.
unsafe impl<Value: GucValue> Sync for Setting<Value> {}

impl<Value: GucValue> Setting<Value> {
    pub const fn new(own: GucSetting<Value>) -> Self {
        Self {
            own,
            former: Cell::new(None),
        }
    }

    pub fn get(&self) -> Value {
        match self.former.get() {
            None => self.own.get(),
            // SAFETY: a library is never unloaded, so what it defined stays; its type was compared.
            Some(place) => unsafe { Value::from_raw(place.read()) },
        }
    }

    /// Makes it known by `make_known`, unless it is known already.
    pub fn define(
        &'static self,
        name: &'static CStr,
        kind: pg_sys::config_type::Type,
        make_known: impl FnOnce(&'static GucSetting<Value>),
    ) {
        match definition_of(name) {
            None => make_known(&self.own),
            Some(definition) => {
                // SAFETY: Postgres keeps definitions for as long as it runs.
                let found = unsafe { definition.as_ref().vartype };
                assert_eq!(found, kind, "{name:?} was of another type: connect again");
                // SAFETY: the structure of each kind begins so.
                let variable = unsafe { definition.cast::<Definition<Value::Raw>>().as_ref().variable };
                self.former.set(NonNull::new(variable));
            }
        }
    }
}

/// How `config_int`, `config_real`, `config_string` and `config_enum` begin.
#[repr(C)]
struct Definition<Raw> {
    generic: pg_sys::config_generic,
    variable: *mut Raw,
}

/// A library's definition of a setting; a value that was only written down for one is none.
fn definition_of(name: &CStr) -> Option<NonNull<pg_sys::config_generic>> {
    let found = find(name)?;
    // SAFETY: Postgres keeps definitions for as long as it runs.
    let flags = unsafe { found.as_ref().flags };
    (flags & pg_sys::GUC_CUSTOM_PLACEHOLDER as i32 == 0).then_some(found)
}

/// What the server's own configuration says of a setting; `None` where a role, a database or a client has had its say
/// when this session began, so that the server's word is not known here.
pub fn of_server(name: &CStr) -> Option<String> {
    // SAFETY: Postgres keeps definitions for as long as it runs; the text is nul-terminated, and copied at once.
    unsafe {
        if find(name)?.as_ref().reset_source >= pg_sys::GucSource::PGC_S_DATABASE {
            return None;
        }
        let text = NonNull::new(pg_sys::GetConfigOptionResetString(name.as_ptr()).cast_mut())?;
        Some(CStr::from_ptr(text.as_ptr()).to_string_lossy().into_owned())
    }
}

/// The definition of a setting.
#[cfg(feature = "pg15")]
pub fn find(name: &CStr) -> Option<NonNull<pg_sys::config_generic>> {
    // SAFETY: Postgres says where its definitions are and how many; each has a name.
    let definitions = unsafe {
        std::slice::from_raw_parts(
            pg_sys::get_guc_variables(),
            usize::try_from(pg_sys::GetNumConfigOptions()).unwrap_or(0),
        )
    };
    let bears_name = |definition: &&*mut pg_sys::config_generic| {
        // SAFETY: as above.
        unsafe { CStr::from_ptr((***definition).name) == name }
    };
    definitions
        .iter()
        .find(bears_name)
        .copied()
        .and_then(NonNull::new)
}

#[cfg(not(feature = "pg15"))]
pub fn find(name: &CStr) -> Option<NonNull<pg_sys::config_generic>> {
    // SAFETY: the name is nul-terminated; without a definition it is a null pointer, and no error.
    NonNull::new(unsafe { pg_sys::find_option(name.as_ptr(), false, true, 0) })
}
