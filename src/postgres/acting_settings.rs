//! The settings under which we act as the owner of the tables: those of a fresh session of the owner's.
//!
//! What a column without a time zone means, what a cast reads, and what the application's triggers see, is then the same
//! whoever calls, and whatever a caller has set. A setting that agrees already is left alone: a comparison is all that costs.
//!
//! Names are looked up in `pg_catalog` first, then where a statement of the owner's own would look, so that the
//! application's triggers find what they name; never in the caller's temporary schema before that.

use super::setting;
use super::statement::{run, statements};
use crate::fault::Fault;
use pgrx::spi::Spi;
use pgrx::{PgLogLevel, pg_sys};
use std::cell::RefCell;
use std::ffi::{CStr, CString, c_char};
use std::ptr::NonNull;

statements! {
    ACTING_SETTINGS = Reads include_str!("../../sql/query/acting_settings.sql");
}

const SEARCH_PATH: &CStr = c"search_path";

/// What anybody may set and what changes the meaning of a statement or the text of a value.
const OF_THE_OWNER: [&CStr; 20] = [
    SEARCH_PATH,
    // Before those whose values name something.
    c"quote_all_identifiers",
    c"TimeZone",
    c"timezone_abbreviations",
    c"DateStyle",
    c"IntervalStyle",
    c"extra_float_digits",
    c"bytea_output",
    c"xmlbinary",
    c"xmloption",
    c"lc_monetary",
    c"lc_numeric",
    c"lc_time",
    c"default_text_search_config",
    c"standard_conforming_strings",
    c"backslash_quote",
    c"array_nulls",
    c"transform_null_equals",
    c"row_security",
    c"gin_fuzzy_search_limit",
];

thread_local! {
    /// Those of the owner as whom this backend has acted last.
    static KNOWN: RefCell<Option<(pg_sys::Oid, Vec<Wanted>)>> = const { RefCell::new(None) };
}

/// Puts them in place, for as long as the level of settings lasts that was begun last. The current role is the owner.
pub fn assume(owner: pg_sys::Oid) -> Result<(), Fault> {
    assume_those(owner, |_| true)
}

/// The same where what is called next has a search_path of its own.
pub fn assume_but_for_search_path(owner: pg_sys::Oid) -> Result<(), Fault> {
    assume_those(owner, |wanted| wanted.name != SEARCH_PATH)
}

fn assume_those(owner: pg_sys::Oid, are_meant: fn(&Wanted) -> bool) -> Result<(), Fault> {
    let is_known = KNOWN.with_borrow(|known| known.as_ref().is_some_and(|(of, _)| *of == owner));
    if !is_known {
        let wanted = wanted_for(owner)?;
        KNOWN.set(Some((owner, wanted)));
    }
    KNOWN.with_borrow(|known| {
        let wanted = known.iter().flat_map(|(_, wanted)| wanted);
        for wanted in wanted.filter(|wanted| are_meant(wanted) && !wanted.holds()) {
            set(wanted.name, &wanted.text, pg_sys::GucContext::PGC_USERSET);
        }
    });
    Ok(())
}

/// Changes a setting for as long as the level of settings lasts that was begun last.
pub fn set(name: &CStr, value: &CStr, context: pg_sys::GucContext::Type) {
    attempt(name, value, context, PgLogLevel::ERROR);
}

/// Whether the value is one; one that is none is told with this level.
fn attempt(name: &CStr, value: &CStr, context: pg_sys::GucContext::Type, level: PgLogLevel) -> bool {
    // SAFETY: name and value are nul-terminated, and Postgres copies them.
    let outcome = unsafe {
        pg_sys::set_config_option(
            name.as_ptr(),
            value.as_ptr(),
            context,
            pg_sys::GucSource::PGC_S_SESSION,
            pg_sys::GucAction::GUC_ACTION_SAVE,
            true,
            level as i32,
            false,
        )
    };
    outcome > 0
}

/// A setting, and the value that it is to have.
struct Wanted {
    name: &'static CStr,
    text: CString,
    value: Value,
}

/// Where the server keeps a setting, and what is to be there.
enum Value {
    Flag(NonNull<bool>, bool),
    Number(NonNull<i32>, i32),
    Text(NonNull<*mut c_char>, CString),
}

impl Wanted {
    /// Puts it in place, and remembers what the server has made of it. `None` where the server knows no such setting, or
    /// no such value any more, as in a fresh session.
    fn assumed(name: &'static CStr, text: CString) -> Option<Self> {
        let definition = setting::find(name)?;
        let is_a_value = attempt(name, &text, pg_sys::GucContext::PGC_USERSET, PgLogLevel::WARNING);
        let value = is_a_value.then(|| Value::of(definition)).flatten()?;
        Some(Wanted { name, text, value })
    }

    fn holds(&self) -> bool {
        // SAFETY: the server keeps its settings where they are for as long as it runs; a text is nul-terminated.
        unsafe {
            match &self.value {
                Value::Flag(place, wanted) => place.read() == *wanted,
                Value::Number(place, wanted) => place.read() == *wanted,
                Value::Text(place, wanted) => {
                    let text = place.read();
                    !text.is_null() && CStr::from_ptr(text) == wanted.as_c_str()
                }
            }
        }
    }
}

impl Value {
    fn of(definition: NonNull<pg_sys::config_generic>) -> Option<Self> {
        use pg_sys::config_type::{PGC_BOOL, PGC_ENUM, PGC_INT, PGC_STRING};
        // SAFETY: a definition is what its type says, and its variable is there for as long as the server runs.
        unsafe {
            match definition.as_ref().vartype {
                PGC_BOOL => {
                    let place = NonNull::new(definition.cast::<pg_sys::config_bool>().as_ref().variable)?;
                    Some(Value::Flag(place, place.read()))
                }
                PGC_INT => {
                    let place = NonNull::new(definition.cast::<pg_sys::config_int>().as_ref().variable)?;
                    Some(Value::Number(place, place.read()))
                }
                PGC_ENUM => {
                    let place = NonNull::new(definition.cast::<pg_sys::config_enum>().as_ref().variable)?;
                    Some(Value::Number(place, place.read()))
                }
                PGC_STRING => {
                    let place = NonNull::new(definition.cast::<pg_sys::config_string>().as_ref().variable)?;
                    let text = NonNull::new(place.read())?;
                    Some(Value::Text(place, CStr::from_ptr(text.as_ptr()).to_owned()))
                }
                _ => None,
            }
        }
    }
}

/// Asked once for every owner; what is configured later counts in later sessions, as for the owner's own.
fn wanted_for(owner: pg_sys::Oid) -> Result<Vec<Wanted>, Fault> {
    let wanted: Vec<_> = OF_THE_OWNER
        .into_iter()
        .zip(configured(owner)?)
        .filter_map(|(name, text)| Wanted::assumed(name, text?))
        .collect();
    if wanted.first().is_none_or(|first| first.name != SEARCH_PATH) {
        return Err(Fault::invariant_violated(
            "the owner of the tables has no search_path",
        ));
    }
    Ok(wanted)
}

/// What each of the owner's settings is in a fresh session.
fn configured(owner: pg_sys::Oid) -> Result<Vec<Option<CString>>, Fault> {
    let in_words = |name: &CStr| name.to_string_lossy().into_owned();
    let names: Vec<String> = OF_THE_OWNER.into_iter().map(in_words).collect();
    let of_server: Vec<Option<String>> = OF_THE_OWNER.into_iter().map(setting::of_server).collect();
    let _administrator = Administrator::begin();
    Spi::connect_mut(|connection| {
        run(
            connection,
            &ACTING_SETTINGS,
            &[owner.into(), names.into(), of_server.into()],
        )?
        .map(|row| {
            let text: Option<String> = row.optional("value")?;
            text.map(CString::new)
                .transpose()
                .map_err(|_| Fault::invariant_violated("a setting contains a zero byte"))
        })
        .collect()
    })
}

/// While one of these lives, this backend may read the server's configuration. Nothing but the catalog is asked meanwhile.
struct Administrator {
    former_role: pg_sys::Oid,
    former_context: i32,
    settings_level: i32,
}

impl Administrator {
    fn begin() -> Self {
        let mut former = Administrator {
            former_role: pg_sys::InvalidOid,
            former_context: 0,
            settings_level: 0,
        };
        let context = (pg_sys::SECURITY_LOCAL_USERID_CHANGE | pg_sys::SECURITY_RESTRICTED_OPERATION) as i32;
        // SAFETY: what is overwritten is kept in the value, whose drop puts it back.
        unsafe {
            pg_sys::GetUserIdAndSecContext(&mut former.former_role, &mut former.former_context);
            pg_sys::SetUserIdAndSecContext(
                pg_sys::BOOTSTRAP_SUPERUSERID.into(),
                former.former_context | context,
            );
            former.settings_level = pg_sys::NewGUCNestLevel();
        }
        // What asks must meet neither the caller's own objects nor her limits.
        let anybody = pg_sys::GucContext::PGC_USERSET;
        set(SEARCH_PATH, c"pg_catalog, pg_temp", anybody);
        set(c"work_mem", c"4MB", anybody);
        former
    }
}

impl Drop for Administrator {
    fn drop(&mut self) {
        // SAFETY: what was there before. After an error Postgres puts settings back by itself, and can't do it twice.
        unsafe {
            if !std::thread::panicking() {
                pg_sys::AtEOXact_GUC(true, self.settings_level);
            }
            pg_sys::SetUserIdAndSecContext(self.former_role, self.former_context);
        }
    }
}
