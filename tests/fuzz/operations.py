"""What is called: every RPC and every operations function, and what people write directly."""

import json

from values import DATES, INTEGERS


def create_peer_booking(values):
    return function("public.create_peer_booking", [
        ("p_client_id", "uuid", values.client()), ("p_practitioner_id", "uuid", values.person()),
        ("p_session_date", "date", values.day()), ("p_start_time", "time", values.time()),
        ("p_duration_minutes", "integer", values.minutes()), ("p_session_type", "text", values.text("massage")),
        ("p_notes", "text", values.text("Shoulder")), ("p_product_id", "uuid", values.product()),
        ("p_idempotency_key", "text", values.key())], optional=3, values=values)


def process_peer_booking_credits(values):
    return function("public.process_peer_booking_credits", [
        ("p_client_id", "uuid", values.client()), ("p_practitioner_id", "uuid", values.person()),
        ("p_session_id", "uuid", values.session()), ("p_duration_minutes", "integer", values.minutes()),
        ("p_product_id", "uuid", values.product())], optional=1, values=values)


def process_peer_booking_refund(values):
    return function("public.process_peer_booking_refund", [
        ("p_session_id", "uuid", values.session()), ("p_cancellation_reason", "text", values.text("A cold"))],
        optional=1, values=values)


def reschedule_peer_booking(values):
    return function("public.reschedule_peer_booking", [
        ("p_session_id", "uuid", values.session()), ("p_session_date", "date", values.day()), ("p_start_time", "time", values.time()),
        ("p_idempotency_key", "text", values.key())], optional=1, values=values)


def complete_peer_session(values):
    return function("public.complete_peer_session", [("p_session_id", "uuid", values.session())], optional=0, values=values)


def report_peer_no_show(values):
    return function("public.report_peer_no_show", [
        ("p_session_id", "uuid", values.session()), ("p_reason", "text", values.text("Nobody came"))], optional=1, values=values)


def rate_peer_session(values):
    return function("public.rate_peer_session", [
        ("p_session_id", "uuid", values.session()), ("p_stars", "integer", values.sometimes(4, [1, 5, 0, 6, -1, 65537, 2147483647, -2147483648])),
        ("p_comment", "text", values.text("Splendid"))], optional=1, values=values)


def resolve_dispute(values):
    return function("peer_exchange.resolve_dispute", [
        ("p_session_id", "uuid", values.session()),
        ("p_client_percent", "numeric", values.sometimes(values.random.choice((0, 33.33, 50, 100)), ["NaN", "Infinity", -0.01, 100.01, "1e400"])),
        ("p_reason", "text", values.text("Heard both"))], optional=0, values=values)


def settle_due_sessions(_values):
    return "select peer_exchange.settle_due_sessions()", []


def get_practitioner_credit_cost(values):
    return function("public.get_practitioner_credit_cost", [
        ("p_practitioner_id", "uuid", values.person()), ("p_duration_minutes", "integer", values.minutes()),
        ("p_product_id", "uuid", values.product())], optional=1, values=values)


def get_available_slots(values):
    return function("public.get_available_slots", [
        ("p_practitioner_id", "uuid", values.person()), ("p_from", "date", values.day()), ("p_to", "date", values.day()),
        ("p_duration_minutes", "integer", values.minutes()), ("p_step_minutes", "integer", values.minutes()),
        ("p_product_id", "uuid", values.product()), ("p_session_id", "uuid", values.session())], optional=4, values=values)


def quote_peer_booking(values):
    statement, arguments = create_peer_booking(values)
    return statement.replace("create_peer_booking", "quote_peer_booking"), arguments


def search_peer_practitioners(values):
    return function("public.search_peer_practitioners", [
        ("p_query", "text", values.text("per")), ("p_role", "text", values.text("osteopath")), ("p_location", "text", values.text(None)),
        ("p_specialization", "text", values.text(None)), ("p_duration_minutes", "integer", values.minutes()),
        ("p_limit", "integer", values.minutes()), ("p_offset", "integer", values.sometimes(0, [1, -1, 10000, 10001, 2147483647]))],
        optional=7, values=values)


def get_credit_statement(values):
    return function("public.get_credit_statement", [
        ("p_from", "date", values.sometimes(None, [*DATES, values.day()])), ("p_to", "date", values.sometimes(None, [*DATES, values.day()])),
        ("p_limit", "integer", values.sometimes(50, [*INTEGERS, 1, 200, 201])), ("p_before", "text", values.cursor("e")),
        ("p_kind", "text", values.text("spent")), ("p_counterpart_id", "uuid", values.person())],
        optional=6, values=values)


def get_balance_history(values):
    return function("public.get_balance_history", [
        ("p_from", "date", values.sometimes(None, [*DATES, values.day()])), ("p_to", "date", values.sometimes(None, [*DATES, values.day()]))],
        optional=2, values=values)


def get_my_peer_sessions(values):
    scope = values.random.choice(["upcoming", "past", "all"])
    return function("public.get_my_peer_sessions", [
        ("p_scope", "text", values.text(scope)), ("p_limit", "integer", values.sometimes(20, [*INTEGERS, 1, 100, 101])),
        ("p_before", "text", values.cursor(scope[0]))], optional=3, values=values)


def get_peer_session(values):
    return function("public.get_peer_session", [("p_session_id", "uuid", values.session())], optional=0, values=values)


def get_session_calendar(values):
    return function("public.get_session_calendar", [("p_session_id", "uuid", values.session())], optional=0, values=values)


def mark_notifications_read(values):
    ids = [values.notification() for _ in range(values.sometimes(values.random.randint(0, 5), [1000, 1001]) or 0)]
    return function("public.mark_notifications_read", [("p_ids", "uuid[]", values.sometimes(ids, [None]))], optional=0, values=values)


def grant_credits(values):
    return function("peer_exchange.grant_credits", [
        ("p_user_id", "uuid", values.person()), ("p_amount", "integer", values.amount()),
        ("p_reason", "text", values.text("Gift")), ("p_idempotency_key", "text", values.key())], optional=1, values=values)


def adjust_credits(values):
    return function("peer_exchange.adjust_credits", [
        ("p_user_id", "uuid", values.person()), ("p_amount", "integer", values.random.choice((1, -1)) * (values.amount() or 0)),
        ("p_reason", "text", values.text("Given twice")), ("p_idempotency_key", "text", values.key())], optional=1, values=values)


def charge_session(values):
    return function("peer_exchange.charge_session", [("p_session_id", "uuid", values.session())], optional=0, values=values)


def cancel_session(values):
    return function("peer_exchange.cancel_session", [
        ("p_session_id", "uuid", values.session()),
        ("p_on_behalf_of", "text", values.sometimes(values.random.choice(["client", "practitioner", "application"]), [None, "", "Client"])),
        ("p_reason", "text", values.text("A cold"))], optional=1, values=values)


def cancel_orphaned_sessions(values):
    return function("peer_exchange.cancel_orphaned_sessions", [("p_older_than", "interval", values.interval())],
                    optional=1, values=values)


def verify_ledger(_values):
    return "select count(*) from peer_exchange.verify_ledger()", []


def send_due_reminders(_values):
    return "select peer_exchange.send_due_reminders()", []


def claim_notifications(values):
    schema = values.random.choice(["public", "peer_exchange"])
    call, arguments = function(f"{schema}.claim_notifications", [
        ("p_batch", "integer", values.sometimes(3, [*INTEGERS, 1000, 1001])), ("p_lease", "interval", values.interval())],
        optional=2, values=values)
    return call.replace("select ", "select count(*) from ", 1), arguments


def ack_notifications(values):
    schema = values.random.choice(["public", "peer_exchange"])
    return function(f"{schema}.ack_notifications", [("p_ids", "uuid[]", values.some_notifications())], optional=0, values=values)


def fail_notification(values):
    schema = values.random.choice(["public", "peer_exchange"])
    return function(f"{schema}.fail_notification", [
        ("p_id", "uuid", values.notification()), ("p_error", "text", values.text("Mailbox full"))], optional=0, values=values)


def requeue_notifications(values):
    return function("peer_exchange.requeue_notifications", [("p_ids", "uuid[]", values.some_notifications())], optional=0,
                    values=values)


def schedule_jobs(values):
    return f"select count(*) from peer_exchange.{values.random.choice(['schedule_jobs', 'unschedule_jobs'])}()", []


def purge_refusals(_values):
    return "select peer_exchange.purge_refusals()", []


def insert_session(values):
    status = values.random.choice(["scheduled", "pending_payment", "confirmed", "cancelled", "completed", "expired"])
    return ("insert into public.client_sessions (client_id, therapist_id, client_name, session_date, start_time, duration_minutes, "
            "is_peer_booking, status, payment_status, idempotency_key, expires_at, credit_cost) "
            "values (%s::uuid, %s::uuid, %s, %s::date, %s::time, %s, %s, %s::session_status, %s, %s, %s::timestamptz, %s)",
            [values.client(), values.person(), values.sometimes("Somebody", ["", " "]), values.day(), values.time(), values.minutes(),
             values.random.choice([True, True, False, None]), status, values.sometimes("pending", ["paid", ""]), values.key(),
             values.sometimes(None, ["infinity", "-infinity", "2000-01-01"]), values.sometimes(60, [0, -1, 2147483647])])


def update_session(values):
    changes = {"status": ("session_status", values.random.choice(["cancelled", "completed", "confirmed", "expired", "no_show", "declined", "disputed", "scheduled"])),
               "session_date": ("date", values.day()), "start_time": ("time", values.time()),
               "duration_minutes": ("integer", values.minutes()), "credit_cost": ("integer", values.amount()),
               "cancellation_reason": ("text", values.text("A cold")), "therapist_id": ("uuid", values.person()),
               "cancelled_by": ("uuid", values.person()), "occupied_during": ("tstzrange", values.sometimes(None, ["empty", "(,)"]))}
    names = values.random.sample(sorted(changes), values.random.choice((1, 1, 2)))
    assignments = ", ".join(f"{name} = %s::{changes[name][0]}" for name in names)
    return f"update public.client_sessions set {assignments} where id = %s::uuid", [*(changes[name][1] for name in names), values.session()]


def delete_session(values):
    return "delete from public.client_sessions where id = %s::uuid", [values.session()]


CALLS = {create_peer_booking: 40, process_peer_booking_credits: 12, process_peer_booking_refund: 14, get_practitioner_credit_cost: 8,
         reschedule_peer_booking: 14, get_credit_statement: 3, get_balance_history: 3, get_my_peer_sessions: 3, get_peer_session: 3, get_session_calendar: 3, mark_notifications_read: 3,
         complete_peer_session: 8, report_peer_no_show: 8, rate_peer_session: 6, resolve_dispute: 4, settle_due_sessions: 2,
         get_available_slots: 8, quote_peer_booking: 8, search_peer_practitioners: 8,
         grant_credits: 6, adjust_credits: 3, charge_session: 4, cancel_session: 4, cancel_orphaned_sessions: 2, verify_ledger: 1, purge_refusals: 1, send_due_reminders: 3, claim_notifications: 6,
         ack_notifications: 4, fail_notification: 4, requeue_notifications: 2, schedule_jobs: 1, insert_session: 10, update_session: 6, delete_session: 1}


# What only reads: whatever it answers, it writes nothing.
READERS = {"get_practitioner_credit_cost", "get_credit_statement", "get_balance_history", "get_my_peer_sessions", "get_peer_session", "get_session_calendar", "get_available_slots", "quote_peer_booking", "search_peer_practitioners"}


def function(name, parameters, optional, values):
    """A call by name, from which optional parameters may be missing."""
    required = len(parameters) - optional
    given = [p for position, p in enumerate(parameters) if position < required or values.random.random() < 0.7]
    arguments = ", ".join(f"{parameter} => %s::{kind}" for parameter, kind, _ in given)
    return f"select {name}({arguments})", [value for _, _, value in given]


def disturb(values):
    """Something that the application or a practitioner may have stored, as the owner."""
    practitioner = values.random.choice(["b0000000-0000-4000-8000-000000000001", "b0000000-0000-4000-8000-000000000002"])
    whole = [0, 1, -1, 24, 2147483647, -2147483648, None]
    return values.random.choice([
        # It has begun since.
        ("update public.client_sessions set session_date = current_date - 2 where id = %s::uuid", [values.session()]),
        ("update public.practitioner_availability set working_hours = coalesce(%s::jsonb, '{}') where user_id = %s::uuid",
         [json.dumps(values.working_hours()), practitioner]),
        ("update public.practitioner_availability set timezone = %s where user_id = %s::uuid", [values.zone(), practitioner]),
        ("insert into public.calendar_events (user_id, title, start_time, end_time, event_type, status) "
         "values (%s::uuid, 'Off', %s::timestamptz, %s::timestamptz, %s, 'confirmed')",
         [practitioner, values.random.choice(["-infinity", "2000-01-01", "2040-01-01"]), values.random.choice(["infinity", "2000-01-02", "1990-01-01"]),
          values.random.choice(["block", "unavailable", "appointment"])]),
        ("delete from public.calendar_events", []),
        ("insert into public.cancellation_policies (practitioner_id, full_refund_hours, partial_refund_hours, partial_refund_percent, no_refund_hours) "
         "values (%s::uuid, %s, %s, %s, %s) on conflict (practitioner_id) do update set full_refund_hours = excluded.full_refund_hours, "
         "partial_refund_hours = excluded.partial_refund_hours, partial_refund_percent = excluded.partial_refund_percent, "
         "no_refund_hours = excluded.no_refund_hours",
         [practitioner, values.random.choice(whole), values.random.choice(whole),
          values.random.choice([0, 50, 100, 33.333, -5, 250, 1e20, None]), values.random.choice(whole)]),
        ("insert into public.practitioner_products (practitioner_id, name, price_amount, duration_minutes, credit_cost, is_active) "
         "values (%s::uuid, 'Odd', 1, %s, %s, %s)",
         [practitioner, values.random.choice([30, 2147483647, None]), values.random.choice([1, 2147483647, None]), values.random.choice([True, False, None])]),
        ("update public.notifications set delivery_due_at = %s::timestamptz, delivery_attempts = %s where delivery_due_at is not null",
         [values.random.choice(["now", "-infinity", "infinity", None]), values.random.choice([0, 1, 7, 8, -1, 2147483646, None])]),
        ("insert into public.notification_preferences values (%s::uuid, %s, %s, %s)",
         [practitioner, values.random.choice([None, "peer_credits_earned", ""]), values.random.choice([True, False, None]),
          values.random.choice([True, False, None])]),
        ("update public.users set location = %s, specializations = %s where id = %s::uuid",
         [values.sometimes("Bath", ["", "x" * 100000, "\n\t", "%_\\", "\u0130\u1e9e"]),
          values.random.choice([None, [], ["Back"], [None, "Neck"], ["x" * 5000] * 200]), practitioner]),
        ("update public.users set is_active = %s where id = %s::uuid", [values.random.choice([True, True, True, False, None]), practitioner]),
        ("update public.users set first_name = %s, email = %s where id = %s::uuid",
         [values.sometimes("Person", ["", "x" * 10000]), f"{values.random.getrandbits(64)}@fuzz.test", practitioner]),
    ])
