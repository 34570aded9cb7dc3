//! The bundled SQL, one concern a file, in the order in which CREATE EXTENSION runs it.
//!
//! What a database must be like comes first; the functions of this library follow, then what builds on them. Nothing of
//! the application is touched: setup() does that.

use pgrx::extension_sql_file;

extension_sql_file!("../sql/schema/encoding.sql", name = "encoding", bootstrap);

// pgrx orders what is named, and nothing else: so every function of this library is named here, before all other files.
extension_sql_file!(
    "../sql/schema/functions.sql",
    name = "functions",
    requires = [
        accept_peer_booking,
        adjust_credits,
        allocate_credits,
        block_time,
        busy_function,
        calendar_feed,
        cancel_orphaned_sessions,
        cancel_session,
        cancel_sessions_of_departing_person,
        cancellation_terms,
        charge_accepted_requests,
        charge_session,
        complete_peer_session,
        create_calendar_feed,
        create_peer_booking,
        credit_cost_under_way,
        default_policy,
        default_time_zone,
        early_start_minutes,
        exclude_by_index,
        expire_requests,
        fold,
        get_available_slots,
        get_balance_history,
        get_credit_statement,
        get_my_calendar_feed,
        get_my_peer_sessions,
        get_my_practice,
        get_peer_session,
        get_practitioner_credit_cost,
        get_session_calendar,
        grant_credits,
        is_called_by_person,
        is_delivery_on,
        is_time_zone,
        lock_written_parties,
        are_known_to_be_free,
        mark_notifications_read,
        max_delivery_attempts,
        may_act_for,
        opt_in_column,
        payment_status_under_way,
        practitioner_roles,
        process_peer_booking_credits,
        process_peer_booking_refund,
        purge_refusals,
        quote_peer_booking,
        rate_peer_session,
        readable_columns,
        readable_json,
        refund_cancelled_sessions,
        refusal_retention_days,
        release_expired_holds,
        request_peer_booking,
        require_may_act_for,
        require_nobody_unseen,
        report_peer_no_show,
        reschedule_peer_booking,
        resolve_dispute,
        revoke_calendar_feed,
        save_product,
        search_peer_practitioners,
        send_due_reminders,
        session_calendar,
        set_cancellation_policy,
        set_practice_profile,
        set_working_hours,
        settle_changed_sessions,
        settle_due_sessions,
        settlement_terms,
        settles_on_completion,
        time_zone_to_promise,
        unblock_time,
        unreadable_hours,
    ]
);

/// Each file after the one before it.
macro_rules! in_order {
    ($former:literal;) => {};
    ($former:literal; $name:literal = $path:literal; $($others:tt)*) => {
        extension_sql_file!($path, name = $name, requires = [$former]);
        in_order!($name; $($others)*);
    };
}

in_order! {
    "functions";
    "session_status" = "../sql/schema/session_status.sql";
    "ledger" = "../sql/schema/ledger.sql";
    "person" = "../sql/schema/person.sql";
    "charges" = "../sql/schema/charges.sql";
    "cancellation_policy" = "../sql/schema/cancellation_policy.sql";
    "agenda" = "../sql/schema/agenda.sql";
    "session_time" = "../sql/schema/session_time.sql";
    "sent_reminders" = "../sql/schema/sent_reminders.sql";
    "awaited_charges" = "../sql/schema/awaited_charges.sql";
    "departures" = "../sql/schema/departures.sql";
    "postponed_sessions" = "../sql/schema/postponed_sessions.sql";
    "calendar_feeds" = "../sql/schema/calendar_feeds.sql";
    "search" = "../sql/schema/search.sql";
    "profile" = "../sql/schema/profile.sql";
    "session_rating" = "../sql/schema/session_rating.sql";
    "session_moves" = "../sql/schema/session_moves.sql";
    "guard_session_insert" = "../sql/schema/guards/session_insert.sql";
    "guard_notification" = "../sql/schema/guards/notification.sql";
    "guard_request" = "../sql/schema/guards/request.sql";
    "guard_session_change" = "../sql/schema/guards/session_change.sql";
    "guard_session_payment" = "../sql/schema/guards/session_payment.sql";
    "guard_session_time" = "../sql/schema/guards/session_time.sql";
    "guard_session_cancellation" = "../sql/schema/guards/session_cancellation.sql";
    "guard_session_removal" = "../sql/schema/guards/session_removal.sql";
    "guard_ledger" = "../sql/schema/guards/ledger.sql";
    "guard_departing_person" = "../sql/schema/guards/departing_person.sql";
    "guard_twin_columns" = "../sql/schema/guards/twin_columns.sql";
    "guard_published_values" = "../sql/schema/guards/published_values.sql";
    "verify_ledger" = "../sql/schema/verify_ledger.sql";
    "accepted_findings" = "../sql/schema/accepted_findings.sql";
    "told_sessions" = "../sql/schema/told_sessions.sql";
    "delivery" = "../sql/schema/delivery.sql";
    "rpc" = "../sql/schema/rpc.sql";
    "jobs" = "../sql/schema/jobs.sql";
    "refusals" = "../sql/schema/refusals.sql";
    "figures_period" = "../sql/schema/figures/period.sql";
    "figures_bookings" = "../sql/schema/figures/bookings.sql";
    "figures_refusals" = "../sql/schema/figures/refusals.sql";
    "figures_cancellations" = "../sql/schema/figures/cancellations.sql";
    "figures_requests" = "../sql/schema/figures/requests.sql";
    "figures_no_shows" = "../sql/schema/figures/no_shows.sql";
    "figures_credits" = "../sql/schema/figures/credits.sql";
    "figures_people" = "../sql/schema/figures/people.sql";
    "figures_inactivity" = "../sql/schema/figures/inactivity.sql";
    "figures_notifications" = "../sql/schema/figures/notifications.sql";
    "setup_host_columns" = "../sql/schema/setup/host_columns.sql";
    "setup_step" = "../sql/schema/setup/step.sql";
    "setup_definitions" = "../sql/schema/setup/definitions.sql";
    "setup_tables" = "../sql/schema/setup/tables.sql";
    "setup_vocabulary" = "../sql/schema/setup/vocabulary.sql";
    "setup_session_time" = "../sql/schema/setup/session_time.sql";
    "setup_constraints" = "../sql/schema/setup/constraints.sql";
    "setup_indexes" = "../sql/schema/setup/indexes.sql";
    "setup_figure_indexes" = "../sql/schema/setup/figure_indexes.sql";
    "setup_policies" = "../sql/schema/setup/policies.sql";
    "setup_triggers" = "../sql/schema/setup/triggers.sql";
    "setup_obstacles" = "../sql/schema/setup/obstacles.sql";
    "setup_function_bodies" = "../sql/schema/setup/function_bodies.sql";
    "setup_legacy_functions" = "../sql/schema/setup/legacy_functions.sql";
    "setup_doors" = "../sql/schema/setup/doors.sql";
    "setup_figures_role" = "../sql/schema/setup/figures_role.sql";
    "setup_privileges" = "../sql/schema/setup/privileges.sql";
    "setup_search" = "../sql/schema/setup/search.sql";
    "setup_findings" = "../sql/schema/setup/findings.sql";
    "verify_people" = "../sql/schema/verify_people.sql";
    "setup_people" = "../sql/schema/setup/people.sql";
    "setup" = "../sql/schema/setup/setup.sql";
    "setup_online" = "../sql/schema/setup/online.sql";
    "comments" = "../sql/schema/comments.sql";
    "public_functions" = "../sql/schema/public_functions.sql";
    "privileges" = "../sql/schema/privileges.sql";
    "notice" = "../sql/schema/notice.sql";
}
