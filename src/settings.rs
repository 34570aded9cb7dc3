//! The `peer_exchange.*` settings.
//!
//! They decide over credits, over who may book, over what people are told and over what is kept, so only
//! an administrator may change one.

use crate::fault::Fault;
use crate::postgres::configuration::{self, TextRule};
use crate::postgres::setting::Setting;
use chrono::TimeDelta;
use peer_exchange_rules::reminder;
use peer_exchange_rules::schedule::HoursToOffer;
use peer_exchange_rules::session_page;
use peer_exchange_rules::settlement;
use peer_exchange_rules::share::{self, FULL_REFUND};
use peer_exchange_rules::terms::{self, LONGEST_SESSION_MINUTES, Terms};
use pgrx::guc::GucEnum;
use pgrx::pg_sys::config_type;
use pgrx::{GucContext, GucFlags, GucRegistry, GucSetting, PostgresGucEnum};
use std::ffi::{CStr, CString};

/// What becomes of notifications once they are written. New ones come last: a connection that outlives an upgrade counts as before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PostgresGucEnum)]
pub enum Delivery {
    /// They are there to be read, and nobody is to deliver them.
    #[name = c"off"]
    Off,
    /// They are due for a worker.
    #[name = c"queue"]
    Queue,
    /// They are, and whoever listens is woken.
    #[name = c"wake"]
    Wake,
}

/// When the practitioner gets what the client pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PostgresGucEnum)]
enum Settlement {
    #[name = c"booking"]
    Booking,
    #[name = c"completion"]
    Completion,
}

static CREDITS_PER_MINUTE: Setting<f64> = Setting::new(GucSetting::<f64>::new(1.0));
static MAX_DURATION_MINUTES: Setting<i32> = Setting::new(GucSetting::<i32>::new(480));
static MIN_NOTICE_MINUTES: Setting<i32> = Setting::new(GucSetting::<i32>::new(0));
static MAX_ADVANCE_DAYS: Setting<i32> = Setting::new(GucSetting::<i32>::new(365));
static BUFFER_MINUTES: Setting<i32> = Setting::new(GucSetting::<i32>::new(0));
static EARLY_START_MINUTES: Setting<i32> = Setting::new(GucSetting::<i32>::new(30));
static DEFAULT_FULL_REFUND_HOURS: Setting<i32> = Setting::new(GucSetting::<i32>::new(0));
static DEFAULT_PARTIAL_REFUND_HOURS: Setting<i32> = Setting::new(GucSetting::<i32>::new(0));
static DEFAULT_PARTIAL_REFUND_PERCENT: Setting<f64> = Setting::new(GucSetting::<f64>::new(0.0));
static SETTLEMENT: Setting<Settlement> = Setting::new(GucSetting::<Settlement>::new(Settlement::Booking));
static SETTLE_AFTER_HOURS: Setting<i32> = Setting::new(GucSetting::<i32>::new(24));
static NO_SHOW_PERCENT: Setting<f64> = Setting::new(GucSetting::<f64>::new(100.0));
static REQUEST_HOURS: Setting<i32> = Setting::new(GucSetting::<i32>::new(48));
static REFUSAL_RETENTION_DAYS: Setting<i32> = Setting::new(GucSetting::<i32>::new(90));
static TIME_ZONE: Setting<Option<CString>> = Setting::new(GucSetting::<Option<CString>>::new(Some(c"UTC")));
static PRACTITIONER_ROLES: Setting<Option<CString>> = Setting::new(GucSetting::<Option<CString>>::new(Some(
    c"osteopath, sports_therapist, massage_therapist",
)));
static OPT_IN_COLUMN: Setting<Option<CString>> = Setting::new(GucSetting::<Option<CString>>::new(Some(c"")));
static BUSY_FUNCTION: Setting<Option<CString>> = Setting::new(GucSetting::<Option<CString>>::new(Some(c"")));
static SESSION_PAGE: Setting<Option<CString>> = Setting::new(GucSetting::<Option<CString>>::new(Some(c"")));
static UNPUBLISHED_HOURS: Setting<Option<CString>> =
    Setting::new(GucSetting::<Option<CString>>::new(Some(c"")));
static REMINDER_MINUTES_BEFORE: Setting<Option<CString>> =
    Setting::new(GucSetting::<Option<CString>>::new(Some(c"1440,120")));
static DELIVERY: Setting<Delivery> = Setting::new(GucSetting::<Delivery>::new(Delivery::Off));
static MAX_DELIVERY_ATTEMPTS: Setting<i32> = Setting::new(GucSetting::<i32>::new(8));

const HOURS_PER_YEAR: i32 = 366 * 24;
const MINUTES_PER_DAY: i32 = 24 * 60;
const MAX_MINUTES_PER_YEAR: i32 = 366 * MINUTES_PER_DAY;
const MAX_DAYS_PER_CENTURY: i32 = 36_525;

/// Makes the settings known to Postgres when the library is loaded.
pub fn register() {
    define_real(
        c"peer_exchange.credits_per_minute",
        c"Credits that a minute of treatment costs. Six decimal places count; a session costs at least one credit.",
        &CREDITS_PER_MINUTE,
        1_000_000.0,
    );
    define_integer(
        c"peer_exchange.max_duration_minutes",
        c"The longest session that can be booked.",
        &MAX_DURATION_MINUTES,
        1,
        LONGEST_SESSION_MINUTES,
    );
    define_integer(
        c"peer_exchange.min_notice_minutes",
        c"How long before its start a session must be booked.",
        &MIN_NOTICE_MINUTES,
        0,
        MAX_MINUTES_PER_YEAR,
    );
    define_integer(
        c"peer_exchange.max_advance_days",
        c"How far ahead a session can be booked.",
        &MAX_ADVANCE_DAYS,
        0,
        MAX_DAYS_PER_CENTURY,
    );
    define_integer(
        c"peer_exchange.buffer_minutes",
        c"The pause that must lie between two sessions of one person.",
        &BUFFER_MINUTES,
        0,
        MINUTES_PER_DAY,
    );
    define_integer(
        c"peer_exchange.early_start_minutes",
        c"How long before its start a session may be set to in_progress.",
        &EARLY_START_MINUTES,
        0,
        MINUTES_PER_DAY,
    );
    define_integer(
        c"peer_exchange.default_full_refund_hours",
        c"Until how many hours before the start a client gets everything back where the practitioner has no policy.",
        &DEFAULT_FULL_REFUND_HOURS,
        0,
        HOURS_PER_YEAR,
    );
    define_integer(
        c"peer_exchange.default_partial_refund_hours",
        c"Until how many hours before the start a client gets a part back where the practitioner has no policy.",
        &DEFAULT_PARTIAL_REFUND_HOURS,
        0,
        HOURS_PER_YEAR,
    );
    define_real(
        c"peer_exchange.default_partial_refund_percent",
        c"Which part that is, in percent; two decimal places count.",
        &DEFAULT_PARTIAL_REFUND_PERCENT,
        100.0,
    );
    define_integer(
        c"peer_exchange.refusal_retention_days",
        c"For how many days, today included, refused calls are remembered; 0 remembers none.",
        &REFUSAL_RETENTION_DAYS,
        0,
        MAX_DAYS_PER_CENTURY,
    );
    configuration::define_text::<KnownTimeZone>(
        c"peer_exchange.timezone",
        c"The time zone of practitioners who have published none.",
        &TIME_ZONE,
    );
    configuration::define_text::<AnyText>(
        c"peer_exchange.practitioner_roles",
        c"The values of users.user_role that may book and be booked, separated by commas.",
        &PRACTITIONER_ROLES,
    );
    configuration::define_text::<AnyText>(
        c"peer_exchange.opt_in_column",
        c"A boolean column of users that must be true of whoever books or is booked; blank means none.",
        &OPT_IN_COLUMN,
    );
    configuration::define_text::<AnyText>(
        c"peer_exchange.busy_function",
        c"A function (uuid, tstzrange) of the application's that returns other times at which a person is taken; blank means none.",
        &BUSY_FUNCTION,
    );
    configuration::define_text::<SessionPage>(
        c"peer_exchange.session_page",
        c"The address of a session's page, with {session_id} where its id belongs; blank means none.",
        &SESSION_PAGE,
    );
    configuration::define_text::<UnpublishedHours>(
        c"peer_exchange.unpublished_hours",
        c"In which hours people are offered who have published none: any, none, or a range such as 08:00-20:00; blank means \
          08:00-20:00 where setup() made practitioner_availability, else any.",
        &UNPUBLISHED_HOURS,
    );
    configuration::define_text::<ReminderMinutes>(
        c"peer_exchange.reminder_minutes_before",
        c"How many minutes before a session its parties are reminded, separated by commas; blank means never.",
        &REMINDER_MINUTES_BEFORE,
    );
    define_choice(
        c"peer_exchange.settlement",
        c"Whether the practitioner gets the credits at the booking, or when the session has taken place.",
        &SETTLEMENT,
    );
    define_integer(
        c"peer_exchange.settle_after_hours",
        c"How long after its end a session is settled that nobody has completed, and a client's report of a no-show stands.",
        &SETTLE_AFTER_HOURS,
        0,
        HOURS_PER_YEAR,
    );
    define_real(
        c"peer_exchange.no_show_percent",
        c"Which part a client pays who does not come, in percent; two decimal places count.",
        &NO_SHOW_PERCENT,
        100.0,
    );
    define_integer(
        c"peer_exchange.request_hours",
        c"How long a request waits to be accepted, at most until the session would begin.",
        &REQUEST_HOURS,
        1,
        HOURS_PER_YEAR,
    );
    define_choice(
        c"peer_exchange.delivery",
        c"Whether notifications are due for a worker that delivers them, and whether listeners are woken.",
        &DELIVERY,
    );
    define_integer(
        c"peer_exchange.max_delivery_attempts",
        c"How often the delivery of a notification is tried before it is given up.",
        &MAX_DELIVERY_ATTEMPTS,
        1,
        100,
    );
    configuration::reserve_prefix(c"peer_exchange");
}

/// From 0 on.
fn define_real(name: &'static CStr, description: &'static CStr, setting: &'static Setting<f64>, max: f64) {
    setting.define(name, config_type::PGC_REAL, |own| {
        let (context, flags) = (GucContext::Suset, GucFlags::default());
        GucRegistry::define_float_guc(name, description, c"", own, 0.0, max, context, flags);
    });
}

fn define_choice<Choice: GucEnum>(
    name: &'static CStr,
    description: &'static CStr,
    setting: &'static Setting<Choice>,
) {
    let (context, flags) = (GucContext::Suset, GucFlags::default());
    setting.define(name, config_type::PGC_ENUM, |own| {
        GucRegistry::define_enum_guc(name, description, c"", own, context, flags);
    });
}

fn define_integer(
    name: &'static CStr,
    description: &'static CStr,
    setting: &'static Setting<i32>,
    min: i32,
    max: i32,
) {
    let (context, flags) = (GucContext::Suset, GucFlags::default());
    setting.define(name, config_type::PGC_INT, |own| {
        GucRegistry::define_int_guc(name, description, c"", own, min, max, context, flags);
    });
}

/// A time zone that Postgres knows: an unknown one would otherwise fail every booking from then on.
struct KnownTimeZone;

impl TextRule for KnownTimeZone {
    fn admits(value: &str) -> bool {
        configuration::is_time_zone(value)
    }
}

struct UnpublishedHours;

impl TextRule for UnpublishedHours {
    fn admits(value: &str) -> bool {
        value.trim().is_empty() || HoursToOffer::read(value).is_some()
    }
}

struct ReminderMinutes;

impl TextRule for ReminderMinutes {
    fn admits(value: &str) -> bool {
        reminder::minutes_before(value).is_some()
    }
}

struct SessionPage;

impl TextRule for SessionPage {
    fn admits(value: &str) -> bool {
        session_page::is_template(value)
    }
}

struct AnyText;

impl TextRule for AnyText {
    fn admits(_: &str) -> bool {
        true
    }
}

/// The terms in force in this session.
pub fn terms() -> Result<Terms, Fault> {
    Ok(Terms {
        credits_per_minute: CREDITS_PER_MINUTE.get(),
        max_duration_minutes: MAX_DURATION_MINUTES.get(),
        min_notice_minutes: MIN_NOTICE_MINUTES.get(),
        max_advance_days: MAX_ADVANCE_DAYS.get(),
        buffer_minutes: BUFFER_MINUTES.get(),
        practitioner_roles: practitioner_roles()?,
        settlement: match SETTLEMENT.get() {
            Settlement::Booking => terms::Settlement::Booking,
            Settlement::Completion => terms::Settlement::Completion,
        },
        request_hours: REQUEST_HOURS.get(),
    })
}

/// How long after its end a session is settled that nobody has completed, and how long a client's report of a no-show can
/// be contradicted.
pub fn settle_after_hours() -> i32 {
    SETTLE_AFTER_HOURS.get()
}

/// How sessions are settled.
pub fn settlement_terms() -> settlement::Terms {
    settlement::Terms {
        settle_after: TimeDelta::hours(settle_after_hours().into()),
        no_show_share: share::of_percent(NO_SHOW_PERCENT.get()).unwrap_or(FULL_REFUND),
    }
}

/// The values of `users.user_role` that may book and be booked.
pub fn practitioner_roles() -> Result<Vec<String>, Fault> {
    Ok(text(&PRACTITIONER_ROLES)?
        .split(',')
        .map(|role| role.trim().to_owned())
        .filter(|role| !role.is_empty())
        .collect())
}

/// The column of `users` that says who takes part; blank where everybody does.
pub fn opt_in_column() -> Result<String, Fault> {
    Ok(text(&OPT_IN_COLUMN)?.trim().to_owned())
}

/// The function of the application that says when else a person is taken; blank where there is none.
pub fn busy_function() -> Result<String, Fault> {
    Ok(text(&BUSY_FUNCTION)?.trim().to_owned())
}

/// How long before its start a session may be set to `in_progress`.
pub fn early_start_minutes() -> i32 {
    EARLY_START_MINUTES.get()
}

/// The policy of practitioners who have none: hours of a full and of a partial refund, and which part that is in percent.
pub fn default_policy() -> (i32, i32, f64) {
    (
        DEFAULT_FULL_REFUND_HOURS.get(),
        DEFAULT_PARTIAL_REFUND_HOURS.get(),
        DEFAULT_PARTIAL_REFUND_PERCENT.get(),
    )
}

/// For how many days, today included, refused calls are remembered.
pub fn refusal_retention_days() -> i32 {
    REFUSAL_RETENTION_DAYS.get()
}

/// The time zone that holds where a practitioner has published none.
pub fn default_time_zone() -> Result<String, Fault> {
    text(&TIME_ZONE)
}

/// The address of a session's page, as `session_page` reads it.
pub fn session_page() -> Result<String, Fault> {
    text(&SESSION_PAGE)
}

/// In which hours people are offered who have published none. Where nobody has said, that depends on whether `setup()` made
/// the table of hours: an application may know others.
pub fn hours_to_offer(is_table_of_setup: bool) -> Result<HoursToOffer, Fault> {
    let unless_said = if is_table_of_setup { "08:00-20:00" } else { "any" };
    let said = text(&UNPUBLISHED_HOURS)?;
    let counts = if said.trim().is_empty() {
        unless_said
    } else {
        &said
    };
    HoursToOffer::read(counts)
        .ok_or_else(|| Fault::invalid_argument("peer_exchange.unpublished_hours can't be read"))
}

/// How many minutes before a session its parties are reminded, the least first.
pub fn reminder_minutes_before() -> Result<Vec<i32>, Fault> {
    reminder::minutes_before(&text(&REMINDER_MINUTES_BEFORE)?)
        .ok_or_else(|| Fault::invalid_argument("peer_exchange.reminder_minutes_before can't be read"))
}

/// How often the delivery of a notification is tried before it is given up.
pub fn max_delivery_attempts() -> i32 {
    MAX_DELIVERY_ATTEMPTS.get()
}

/// What becomes of notifications that are written now.
pub fn delivery() -> Delivery {
    DELIVERY.get()
}

fn text(setting: &Setting<Option<CString>>) -> Result<String, Fault> {
    setting
        .get()
        .unwrap_or_default()
        .into_string()
        .map_err(|_| Fault::invalid_argument("a setting of peer_exchange is not valid UTF-8"))
}
