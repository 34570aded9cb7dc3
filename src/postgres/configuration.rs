//! Settings as the server keeps them: text that is checked when it is set, a prefix of our own, values by name.

use crate::postgres::setting::Setting;
use pgrx::pg_sys;
use pgrx::pg_sys::panic::pgrx_extern_c_guard;
use pgrx::{GucContext, GucFlags, GucRegistry};
use std::cell::OnceCell;
use std::collections::HashSet;
use std::ffi::{CStr, CString, c_char, c_void};

/// What a text setting may be.
pub trait TextRule {
    fn admits(value: &str) -> bool;
}

/// Makes a text setting known that only an administrator may change, and only to what its rule admits.
pub fn define_text<Rule: TextRule>(
    name: &'static CStr,
    description: &'static CStr,
    setting: &'static Setting<Option<CString>>,
) {
    let (context, flags) = (GucContext::Suset, GucFlags::default());
    // SAFETY: the hook is guarded against panics.
    setting.define(name, pg_sys::config_type::PGC_STRING, |own| unsafe {
        GucRegistry::define_string_guc_with_hooks(
            name,
            description,
            c"",
            own,
            context,
            flags,
            Some(check_text::<Rule>),
            None,
            None,
        );
    });
}

/// # Safety
/// Called by Postgres alone, with a pointer to the value, which is nul-terminated; it is never null for a setting
/// with a default.
unsafe extern "C-unwind" fn check_text<Rule: TextRule>(
    new_value: *mut *mut c_char,
    _extra: *mut *mut c_void,
    _source: pg_sys::GucSource::Type,
) -> bool {
    // SAFETY: Postgres promises a pointer to a nul-terminated value; the guard turns a panic into an error of Postgres'.
    unsafe { pgrx_extern_c_guard(|| CStr::from_ptr(*new_value).to_str().is_ok_and(Rule::admits)) }
}

/// Refuses settings that begin so and are none of those made known.
pub fn reserve_prefix(prefix: &'static CStr) {
    // SAFETY: nul-terminated; Postgres copies it.
    unsafe { pg_sys::MarkGUCPrefixReserved(prefix.as_ptr()) };
}

/// The value of any setting; `None` where it is unknown or empty.
pub fn value_of(name: &CStr) -> Option<String> {
    // SAFETY: the name is nul-terminated; with missing_ok an unknown setting is a null pointer.
    let value = unsafe { pg_sys::GetConfigOption(name.as_ptr(), true, false) };
    if value.is_null() {
        return None;
    }
    // SAFETY: not null, and nul-terminated as every value of a setting.
    let value = unsafe { CStr::from_ptr(value) }.to_string_lossy();
    (!value.is_empty()).then(|| value.into_owned())
}

/// Whether Postgres lists a time zone of this name. It would make one of many other texts as well: of `UTC+2`, which is
/// west of Greenwich, of `-120`, which is five days away, or of `right/UTC`, which counts leap seconds.
pub fn is_time_zone(name: &str) -> bool {
    CString::new(name).is_ok_and(|name| {
        // SAFETY: the name is nul-terminated; an unknown zone is a null pointer, a known one has a name.
        let is_known = unsafe {
            let zone = pg_sys::pg_tzset(name.as_ptr());
            !zone.is_null()
                && pg_sys::pg_tz_acceptable(zone)
                && CStr::from_ptr(pg_sys::pg_get_timezone_name(zone)) == name.as_c_str()
        };
        // What Postgres makes of a text by itself has digits; few that are listed have any.
        is_known && (!name.as_bytes().iter().any(u8::is_ascii_digit) || is_listed(&name))
    })
}

thread_local! {
    static LISTED_TIME_ZONES: OnceCell<HashSet<CString>> = const { OnceCell::new() };
}

fn is_listed(time_zone: &CStr) -> bool {
    LISTED_TIME_ZONES.with(|listed| listed.get_or_init(listed_time_zones).contains(time_zone))
}

/// As `pg_timezone_names` lists them.
fn listed_time_zones() -> HashSet<CString> {
    let mut listed = HashSet::new();
    // SAFETY: each zone has a nul-terminated name, which is copied before the next is asked for; the list is closed.
    unsafe {
        let zones = pg_sys::pg_tzenumerate_start();
        loop {
            let zone = pg_sys::pg_tzenumerate_next(zones);
            if zone.is_null() {
                break;
            }
            listed.insert(CStr::from_ptr(pg_sys::pg_get_timezone_name(zone)).to_owned());
        }
        pg_sys::pg_tzenumerate_end(zones);
    }
    listed
}
