//! The bundled SQL, one concern a file, in the order in which CREATE EXTENSION runs it.
//!
//! Functions of the application that bear our names go first; the functions of this library follow,
//! then what builds on them, and at the end, with everything in place, the adoption of tables that
//! exist already.

use pgrx::extension_sql_file;

extension_sql_file!(
    "../sql/schema/legacy_functions.sql",
    name = "legacy_functions",
    bootstrap
);

extension_sql_file!(
    "../sql/schema/session_time.sql",
    name = "session_time",
    requires = [
        allocate_credits,
        cancel_orphaned_sessions,
        cancel_sessions_of_leaver,
        cancellation_terms,
        create_peer_booking,
        default_time_zone,
        get_available_slots,
        get_credit_statement,
        get_my_peer_sessions,
        get_practitioner_credit_cost,
        grant_credits,
        is_called_by_person,
        is_time_zone,
        mark_notifications_read,
        practitioner_roles,
        process_peer_booking_credits,
        process_peer_booking_refund,
        purge_refusals,
        quote_peer_booking,
        refresh_occupancy,
        refund_cancelled_sessions,
        refusal_retention_days,
        release_expired_holds,
        require_may_act_for,
        reschedule_peer_booking,
        search_peer_practitioners,
        send_due_reminders,
    ]
);
extension_sql_file!(
    "../sql/schema/agenda.sql",
    name = "agenda",
    requires = ["session_time"]
);
extension_sql_file!(
    "../sql/schema/sent_reminders.sql",
    name = "sent_reminders",
    requires = ["agenda"]
);
extension_sql_file!(
    "../sql/schema/search.sql",
    name = "search",
    requires = ["sent_reminders"]
);
extension_sql_file!(
    "../sql/schema/session_moves.sql",
    name = "session_moves",
    requires = ["search"]
);
extension_sql_file!(
    "../sql/schema/guards/session_insert.sql",
    name = "guard_session_insert",
    requires = ["session_moves"]
);
extension_sql_file!(
    "../sql/schema/guards/notification.sql",
    name = "guard_notification",
    requires = ["guard_session_insert"]
);
extension_sql_file!(
    "../sql/schema/guards/session_change.sql",
    name = "guard_session_change",
    requires = ["guard_notification"]
);
extension_sql_file!(
    "../sql/schema/guards/session_time.sql",
    name = "guard_session_time",
    requires = ["guard_session_change"]
);
extension_sql_file!(
    "../sql/schema/guards/session_cancellation.sql",
    name = "guard_session_cancellation",
    requires = ["guard_session_time"]
);
extension_sql_file!(
    "../sql/schema/guards/session_removal.sql",
    name = "guard_session_removal",
    requires = ["guard_session_cancellation"]
);
extension_sql_file!(
    "../sql/schema/guards/ledger.sql",
    name = "guard_ledger",
    requires = ["guard_session_removal"]
);
extension_sql_file!(
    "../sql/schema/guards/leaver.sql",
    name = "guard_leaver",
    requires = ["guard_ledger"]
);
extension_sql_file!(
    "../sql/schema/guards/twin_columns.sql",
    name = "guard_twin_columns",
    requires = ["guard_leaver"]
);
extension_sql_file!(
    "../sql/schema/rpc.sql",
    name = "rpc_wrappers",
    requires = ["guard_twin_columns"]
);
extension_sql_file!(
    "../sql/schema/verify_ledger.sql",
    name = "verify_ledger",
    requires = ["rpc_wrappers"]
);
extension_sql_file!(
    "../sql/schema/delivery.sql",
    name = "delivery",
    requires = ["verify_ledger"]
);
extension_sql_file!("../sql/schema/jobs.sql", name = "jobs", requires = ["delivery"]);
extension_sql_file!(
    "../sql/schema/refusals.sql",
    name = "refusals",
    requires = ["jobs"]
);
extension_sql_file!(
    "../sql/schema/figures/period.sql",
    name = "figures_period",
    requires = ["refusals"]
);
extension_sql_file!(
    "../sql/schema/figures/bookings.sql",
    name = "figures_bookings",
    requires = ["figures_period"]
);
extension_sql_file!(
    "../sql/schema/figures/refusals.sql",
    name = "figures_refusals",
    requires = ["figures_bookings"]
);
extension_sql_file!(
    "../sql/schema/figures/cancellations.sql",
    name = "figures_cancellations",
    requires = ["figures_refusals"]
);
extension_sql_file!(
    "../sql/schema/figures/credits.sql",
    name = "figures_credits",
    requires = ["figures_cancellations"]
);
extension_sql_file!(
    "../sql/schema/figures/people.sql",
    name = "figures_people",
    requires = ["figures_credits"]
);
extension_sql_file!(
    "../sql/schema/figures/inactivity.sql",
    name = "figures_inactivity",
    requires = ["figures_people"]
);
extension_sql_file!(
    "../sql/schema/figures/notifications.sql",
    name = "figures_notifications",
    requires = ["figures_inactivity"]
);
extension_sql_file!(
    "../sql/schema/setup/host_columns.sql",
    name = "setup_host_columns",
    requires = ["figures_notifications"]
);
extension_sql_file!(
    "../sql/schema/setup/step.sql",
    name = "setup_step",
    requires = ["setup_host_columns"]
);
extension_sql_file!(
    "../sql/schema/setup/definitions.sql",
    name = "setup_definitions",
    requires = ["setup_step"]
);
extension_sql_file!(
    "../sql/schema/setup/obstacles.sql",
    name = "setup_obstacles",
    requires = ["setup_definitions"]
);
extension_sql_file!(
    "../sql/schema/setup/tables.sql",
    name = "setup_tables",
    requires = ["setup_obstacles"]
);
extension_sql_file!(
    "../sql/schema/setup/vocabulary.sql",
    name = "setup_vocabulary",
    requires = ["setup_tables"]
);
extension_sql_file!(
    "../sql/schema/setup/session_time.sql",
    name = "setup_session_time",
    requires = ["setup_vocabulary"]
);
extension_sql_file!(
    "../sql/schema/setup/constraints.sql",
    name = "setup_constraints",
    requires = ["setup_session_time"]
);
extension_sql_file!(
    "../sql/schema/setup/indexes.sql",
    name = "setup_indexes",
    requires = ["setup_constraints"]
);
extension_sql_file!(
    "../sql/schema/setup/figure_indexes.sql",
    name = "setup_figure_indexes",
    requires = ["setup_indexes"]
);
extension_sql_file!(
    "../sql/schema/setup/policies.sql",
    name = "setup_policies",
    requires = ["setup_figure_indexes"]
);
extension_sql_file!(
    "../sql/schema/setup/triggers.sql",
    name = "setup_triggers",
    requires = ["setup_policies"]
);
extension_sql_file!(
    "../sql/schema/setup/privileges.sql",
    name = "setup_privileges",
    requires = ["setup_triggers"]
);
extension_sql_file!(
    "../sql/schema/setup/search.sql",
    name = "setup_search",
    requires = ["setup_privileges"]
);
extension_sql_file!(
    "../sql/schema/setup/findings.sql",
    name = "setup_findings",
    requires = ["setup_search"]
);
extension_sql_file!(
    "../sql/schema/setup/setup.sql",
    name = "setup",
    requires = ["setup_findings"]
);
extension_sql_file!(
    "../sql/schema/comments.sql",
    name = "comments",
    requires = ["setup"]
);
extension_sql_file!(
    "../sql/schema/privileges.sql",
    name = "privileges",
    requires = ["comments"]
);
extension_sql_file!(
    "../sql/schema/adopt.sql",
    name = "adopt",
    requires = ["privileges"]
);
