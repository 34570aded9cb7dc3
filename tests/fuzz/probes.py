"""What people, jobs and administrators ask while Bea's rows are bad, and which answers count as the same."""

import json
import re
from dataclasses import dataclass, field

BEA, ABE, SUE, SAM = (f"c0000000-0000-4000-8000-00000000000{number}" for number in range(1, 5))
SERVICE = ("service_role", {"role": "service_role"})
# Who has not signed in.
ANYBODY = ("anon", {"role": "anon"})
OWNER = ("none", None)

# How an answer is judged: word for word the same but for what is said of Bea; no fault where there was none, since what Bea
# writes may take Abe's time or give him credits; a fault that says what is wrong, since it is Bea who is asked for.
SAME, ANSWERED, CLEAR = "same", "answered", "clear"
# Faults that say what can't be read, what can't become what, that a time is taken, that credits are out of range, that who is
# no active person any more may not, and that her feed is none any more.
CLEAR_FAULTS = {"22023", "23514", "23P01", "22003", "42501", "PT404"}
# An application may accept by itself what Bea is asked for; then nothing can be asked for by our functions.
CLEAR_FAULTS_OF = {"request": {"27000"}}

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# They count or continue what Bea is part of.
ABOUT_EVERYBODY = {"total", "next_before"}
# By settle_due_sessions and by expire_requests.
MAX_SESSIONS_PER_RUN = 500
# What setup() does with the times of all sessions follows from hers, too.
STEPS_ABOUT_EVERYBODY = ("rows of public.client_sessions", "constraint client_sessions_no_overlap on public.client_sessions")


@dataclass
class Probe:
    name: str
    actor: tuple
    # The answer is that of the last one.
    statements: list
    judged: str
    # Seldom asked, since it takes long.
    is_slow: bool = False


@dataclass
class Fault:
    sqlstate: str
    message: str = field(compare=False)


# What became of the sessions of those who have none with Bea, and of their credits.
OUTCOMES = ("select session.status::text, session.payment_status::text, session.session_date, account.balance, account.held "
            "from client_sessions as session join credits as account on account.user_id = session.client_id "
            "where session.client_id = any (%s) and session.therapist_id = any (%s) order by 3, 1, 4", [[SUE, SAM], [SUE, SAM]])


def person(identity):
    return ("authenticated", {"sub": identity, "role": "authenticated"})


def call(function, *arguments):
    """A function in public, or in peer_exchange where its name says so."""
    return (f"select {function}({', '.join(['%s'] * len(arguments))})", list(arguments))


def probes(sessions, requested, taken_place, disputed, completed):
    """Sessions of two people, by their names: to come, asked for, over, reported by both, and said to be over."""
    asked = []

    def ask(name, actor, judged, *statements, is_slow=False):
        asked.append(Probe(name, actor, list(statements), judged, is_slow))

    finding(ask)
    lists(ask)
    writing(ask, sessions)
    answering(ask, requested)
    telling(ask, taken_place, disputed, completed)
    practising(ask)
    reading_feeds(ask)
    jobs(ask)
    jobs_behind_many(ask)
    delivering(ask)
    services(ask, sessions)
    leaving(ask)
    administration(ask)
    return asked


def finding(ask):
    for who, judged in ((SUE, SAME), (ABE, SAME), (BEA, CLEAR)):
        ask("search", person(who), judged, ("select found from json_array_elements(search_peer_practitioners(p_limit => 50) -> 'practitioners') as found "
                                            "where found ->> 'practitioner_id' <> %s limit 40", [BEA]))
        ask("search by words", person(who), judged, call("search_peer_practitioners", "played"))
    for who, whom, judged in ((SUE, SAM, SAME), (SUE, ABE, ANSWERED), (ABE, SUE, ANSWERED), (SUE, BEA, CLEAR), (BEA, SUE, CLEAR)):
        ask("slots", person(who), judged, ("select get_available_slots(%s, current_date + 1, current_date + 14, 60, 240)", [whom]))
        ask("cost", person(who), judged, call("get_practitioner_credit_cost", whom, 60))
        booking = "(%s, %s, current_date + 15, '10:00', 60, 'massage')"
        ask("quote", person(who), judged, ("select quote_peer_booking" + booking, [who, whom]))
        ask("book", person(who), judged, ("select create_peer_booking" + booking, [who, whom]))
        product = "(select id from practitioner_products where practitioner_id = %s limit 1)"
        ask("request", person(who), judged, ("select request_peer_booking" + booking, [who, whom]))
        ask("book a product", person(who), judged, (f"select create_peer_booking(%s, %s, current_date + 15, '10:00', 60, 'massage', null, {product})",
                                                    [who, whom, whom]))


def lists(ask):
    for who, judged in ((SUE, SAME), (ABE, SAME), (BEA, CLEAR)):
        for scope in ("upcoming", "past", "all"):
            ask(f"sessions {scope}", person(who), judged, call("get_my_peer_sessions", scope, 100))
    for who, judged in ((SUE, SAME), (ABE, ANSWERED), (BEA, CLEAR)):
        ask("statement", person(who), judged, call("get_credit_statement"))
        ask("read", person(who), judged, ("select mark_notifications_read(array(select id from notifications where recipient_id = %s))", [who]))
        ask("history", person(who), judged, call("get_balance_history"))
        ask("own sessions", person(who), judged, ("select count(*) from client_sessions where client_id <> %s and therapist_id <> %s", [BEA, BEA]))


def writing(ask, sessions):
    for (client, practitioner), session in sorted(sessions.items()):
        hers = BEA in (client, practitioner)
        for who in (client, practitioner):
            judged = CLEAR if who == BEA else ANSWERED if hers or ABE in (client, practitioner) else SAME
            ask("refund", person(who), judged, call("process_peer_booking_refund", session))
            for function in ("get_peer_session", "get_session_calendar"):
                ask(function, person(who), judged, call(function, session))
            ask("move", person(who), CLEAR if hers else judged,
                ("select reschedule_peer_booking(%s, current_date + 16, '15:00')", [session]))
            ask("cancel directly", person(who), CLEAR if hers else judged,
                ("update client_sessions set status = 'cancelled' where id = %s", [session]),
                ("select count(*) from client_sessions where id = %s and status = 'cancelled'", [session]))
    for who, whom, judged in ((SUE, SAM, SAME), (ABE, SUE, CLEAR), (SUE, ABE, CLEAR)):
        insert = ("insert into client_sessions (client_id, therapist_id, client_name, session_date, start_time, duration_minutes, is_peer_booking, status) "
                  "values (%s, %s, 'Somebody', current_date + 17, '12:00', 60, true, 'scheduled')", [who, whom])
        inserted = "from client_sessions where client_id = %s and session_date = current_date + 17 and start_time = '12:00'"
        ask("insert", person(who), judged, insert, (f"select count(*) {inserted}", [who]))
        ask("charge", person(who), judged, insert, (f"select process_peer_booking_credits(%s, %s, (select id {inserted}), 60)", [who, whom, who]))


def judged_of(who, whom):
    """What two people do with each other."""
    return CLEAR if BEA in (who, whom) else ANSWERED if ABE in (who, whom) else SAME


def answering(ask, requested):
    for (client, practitioner), session in sorted(requested.items()):
        judged = judged_of(client, practitioner)
        ask("accept", person(practitioner), judged, call("accept_peer_booking", session))
        ask("accept directly", person(practitioner), judged, ("update client_sessions set status = 'scheduled' where id = %s", [session]),
            ("select count(*) from client_sessions where id = %s and status = 'scheduled'", [session]))
        for who in (client, practitioner):
            ask("decline or withdraw", person(who), judged if who == BEA or judged == SAME else ANSWERED,
                call("process_peer_booking_refund", session))


def telling(ask, taken_place, disputed, completed):
    for (client, practitioner), session in sorted(taken_place.items()):
        judged = judged_of(client, practitioner)
        ask("complete", person(practitioner), judged, call("complete_peer_session", session))
        for who in (client, practitioner):
            ask("report", person(who), judged, call("report_peer_no_show", session, "Nobody came"))
        ask("resolve what nobody disputes", SERVICE, judged, call("peer_exchange.resolve_dispute", session, 50, "Heard both"))
    for (client, practitioner), session in sorted(disputed.items()):
        judged = judged_of(client, practitioner)
        for percent in (0, 50, 100):
            ask("resolve", SERVICE, judged, call("peer_exchange.resolve_dispute", session, percent, "Heard both"))
        for who in (client, practitioner):
            ask("disputed session", person(who), judged, call("get_peer_session", session))
    for (client, practitioner), session in sorted(completed.items()):
        ask("rate", person(client), judged_of(client, practitioner), call("rate_peer_session", session, 4, "Well"))


def practising(ask):
    hours = json.dumps({"monday": {"enabled": True, "start": "09:00", "end": "17:00"}})
    block = ("current_date + 30", "current_date + 31")
    for who, judged in ((SUE, SAME), (ABE, ANSWERED), (BEA, CLEAR)):
        for function in ("get_my_practice", "get_my_calendar_feed", "revoke_calendar_feed"):
            ask(function, person(who), judged, call(function))
        ask("hours", person(who), judged, ("select set_working_hours(%s::jsonb, 'Europe/London')", [hours]))
        ask("block", person(who), judged, (f"select block_time({block[0]}, {block[1]}, 'Away')", []))
        ask("unblock", person(who), judged, ("select unblock_time((select id from calendar_events where user_id = %s order by start_time limit 1))", [who]))
        ask("policy", person(who), judged, call("set_cancellation_policy", 48, 24, 50))
        ask("product", person(who), judged, call("save_product", None, "Short", 30, 30, True))
        ask("profile", person(who), judged, call("set_practice_profile", "York", "1 High Street", ["massage"]))
        ask("feed", person(who), judged, ("create temporary table feed as select create_calendar_feed() ->> 'secret' as secret", []),
            ("select split_part(calendar, 'DTSTAMP', 1) from feed cross join peer_exchange.calendar_feed(secret) as calendar", []))


def reading_feeds(ask):
    """Event by event: what is said of Bea's sessions in that of Abe is left out."""
    events = ("select split_part(event, 'END:VEVENT', 1) "
              "from regexp_split_to_table(get_calendar_feed(%s), 'BEGIN:VEVENT') with ordinality as part (event, number) where number > 1")
    for whose, judged in (("Sue", SAME), ("Abe", SAME), ("Bea", CLEAR)):
        ask("feed by its address", ANYBODY, judged, (events, [f"the address of {whose}"]))


def services(ask, sessions):
    for who, judged in ((SUE, SAME), (ABE, ANSWERED), (BEA, CLEAR)):
        ask("adjust", SERVICE, judged, call("peer_exchange.adjust_credits", who, -10, "By hand"))
        ask("verify one", SERVICE, judged, ("select finding, expected, actual from peer_exchange.verify_ledger(%s) where session_id is null", [who]))
    ask("verify a period", SERVICE, ANSWERED, ("select count(*) from peer_exchange.verify_ledger(null, now() - interval '4 days', now())", []))
    for (client, practitioner), session in sorted(sessions.items()):
        judged = judged_of(client, practitioner)
        ask("cancel by the service", SERVICE, judged, call("peer_exchange.cancel_session", session, "application", "Closed"))
        ask("charge again", SERVICE, judged, call("peer_exchange.charge_session", session))
        ask("calendar to be sent", SERVICE, judged, ("select split_part(peer_exchange.session_calendar(%s, %s), 'DTSTAMP', 1)", [session, client]))


def jobs(ask):
    strangers = [SUE, SAM]
    ask("settle", SERVICE, SAME, call("peer_exchange.settle_due_sessions"), OUTCOMES)
    ask("expire", SERVICE, SAME, call("peer_exchange.expire_requests"), OUTCOMES)
    told = ("select recipient_id, type::text, title, body from notifications where recipient_id = any (%s) order by 1, 2, 3, 4", [strangers])
    ask("reminders", SERVICE, SAME, call("peer_exchange.send_due_reminders"), told)
    ask("orphans", SERVICE, SAME, call("peer_exchange.cancel_orphaned_sessions"),
        ("select status::text, session_date from client_sessions where client_id = any (%s) and therapist_id = any (%s) order by 2, 1", [strangers, strangers]))
    ask("claim", SERVICE, SAME, ("create temporary table claimed as select * from peer_exchange.claim_notifications(1000)", []),
        ("select recipient_id, email, name, type, title, body, payload, attempt from claimed where recipient_id = any (%s) order by 1, 4, 5, 6", [strangers]))
    ask("claim a few", SERVICE, ANSWERED, ("select count(*) from peer_exchange.claim_notifications(3)", []))
    ask("grant", SERVICE, SAME, call("peer_exchange.grant_credits", SUE, 10, "Gift"))
    ask("allocate", SERVICE, ANSWERED, call("peer_exchange.allocate_credits", 10, "Monthly", "2026-01"))
    ask("books", SERVICE, SAME, ("select finding, user_id, session_id, expected, actual from peer_exchange.verify_ledger() "
                                 "where user_id is distinct from %s and num_nulls(user_id, session_id) < 2 order by 1, 2, 3, 4, 5", [ABE]))
    ask("people", SERVICE, SAME, ("select finding, user_id, value from peer_exchange.verify_people() order by 1, 2, 3", []))
    ask("refusals", SERVICE, SAME, call("peer_exchange.purge_refusals"))
    ask("schedule", SERVICE, SAME, call("peer_exchange.schedule_jobs"))


def jobs_behind_many(ask):
    """As many sessions of Bea's as a job does in a run come before those of others, who have their turn in the next."""
    for job, which in (("settle_due_sessions", "held_credits > 0 and requested_at is null and status::text <> 'disputed'"),
                       ("expire_requests", "requested_at is not null and expires_at < now()")):
        ask(f"{job} behind many", OWNER, SAME, (many_of_hers(which), []), *[call(f"peer_exchange.{job}")] * 2, OUTCOMES, is_slow=True)


def many_of_hers(which):
    """None where her rows have become such that there can't be another one."""
    return f"""
        do $$
        begin
          set local session_replication_role = replica;
          insert into client_sessions
          select copy.*
            from client_sessions as session
           cross join generate_series(1, {MAX_SESSIONS_PER_RUN}) as number
           cross join lateral (select lower(session.occupied_during) - interval '20 days' - number * interval '1 minute') as earlier (starts_at)
           cross join lateral jsonb_populate_record(session, jsonb_build_object(
                   'id', gen_random_uuid(), 'idempotency_key', null, 'expires_at', session.expires_at - interval '20 days',
                   'session_date', (earlier.starts_at at time zone 'UTC')::date, 'start_time', (earlier.starts_at at time zone 'UTC')::time,
                   'occupied_during', tstzrange(earlier.starts_at, earlier.starts_at + interval '1 minute'))) as copy
           where session.id = (select id from client_sessions where '{BEA}' in (client_id, therapist_id) and {which} order by session_date limit 1);
          set local session_replication_role = origin;
        exception
          when data_exception or integrity_constraint_violation or program_limit_exceeded then
            null;
        end $$"""


def deliveries_to(people):
    return ("select recipient_id, type::text, title, delivered_at is null, delivery_attempts, delivery_error, "
            "delivery_due_at is null, delivery_due_at <= now() from notifications where recipient_id = any (%s) order by id", [people])


def delivering(ask):
    """What a worker does, to whom Bea's notifications come like anybody's."""
    failing = "select count(fail_notification(id, 'Mailbox full')) from notifications where recipient_id = any (%s)"
    listed = "array(select id from notifications where recipient_id = any (%s))"
    for who, judged in ((SUE, SAME), (ABE, ANSWERED), (BEA, CLEAR)):
        ask("fail", SERVICE, judged, (failing, [[who]]), deliveries_to([who]))
        ask("acknowledge", SERVICE, judged, (f"select ack_notifications({listed})", [[who]]), deliveries_to([who]))
        ask("requeue", SERVICE, judged, (f"select peer_exchange.requeue_notifications({listed})", [[who]]), deliveries_to([who]))
    everybody, strangers = [BEA, ABE, SUE, SAM], deliveries_to([SUE, SAM])
    ask("acknowledge all", SERVICE, SAME, (f"select ack_notifications({listed})", [everybody]), strangers)
    ask("requeue all", SERVICE, SAME, (f"select peer_exchange.requeue_notifications({listed})", [everybody]), strangers)
    claiming = ("create temporary table claimed as select notification_id from claim_notifications(1000)", [])
    ask("deliver", SERVICE, SAME, claiming, ("select ack_notifications(array(select notification_id from claimed))", []), strangers)
    ask("deliver in vain", SERVICE, SAME, claiming, ("select fail_notification(notification_id, 'Mailbox full') from claimed", []), strangers)


def leaving(ask):
    balances = ("select user_id, balance, owed from credits where user_id = any (%s) order by 1", [[SUE, SAM]])
    for who in (ABE, SUE, BEA):
        judged = ANSWERED if who == BEA else SAME
        ask("deactivate", OWNER, judged, ("update users set is_active = false where id = %s", [who]), balances)
        ask("delete", OWNER, judged, ("delete from users where id = %s", [who]), balances)


def administration(ask):
    steps = ("select object, action, detail from made where object <> all (%s) order by 1, 2, 3", [list(STEPS_ABOUT_EVERYBODY)])

    def setup(dry_run):
        return (f"create temporary table made as select * from peer_exchange.setup({dry_run})", [])
    ask("setup", OWNER, SAME, setup("false"), steps, is_slow=True)
    ask("dry run", OWNER, SAME, setup("true"), steps, is_slow=True)
    ask("setup anew", OWNER, SAME, ("drop trigger zzzz_peer_exchange_3_keep_time on client_sessions", []), setup("false"), steps, is_slow=True)
    ask("script", OWNER, ANSWERED, ("select count(*) from peer_exchange.adoption_script()", []), is_slow=True)
    for view in ("inactive_practitioners", "top_earners", "top_spenders"):
        ask(view, SERVICE, ANSWERED, (f"select count(*) from peer_exchange.{view}", []))
    for figures in ("booking", "cancellation", "credit", "person", "inactivity", "circulation", "notification", "velocity", "request", "no_show", "refusal"):
        ask(f"{figures} figures", SERVICE, ANSWERED, (f"select count(*) from peer_exchange.{figures}_figures()", []), is_slow=True)


def plain(answer, known, hers):
    """The answer without what is said of Bea, and without ids that are new every time."""
    if isinstance(answer, dict):
        dropped = ABOUT_EVERYBODY
        # Whom Bea keeps busy is free at other times.
        if answer.get("practitioner_id") == ABE:
            dropped = dropped | {"next_free_slot", "completed_sessions"}
        return {key: plain(value, known, hers) for key, value in answer.items() if key not in dropped}
    if isinstance(answer, (list, tuple)):
        elements = [(element, plain(element, known, hers)) for element in answer]
        # Nor is a row left of which that was all.
        return [said for element, said in elements
                if not isinstance(said, (dict, list)) or not (mentions(said, hers) or (element and not said))]
    if isinstance(answer, str):
        return UUID.sub(lambda found: found[0] if found[0] in known | hers else "a new id", answer)
    return answer


def mentions(element, ids):
    return any(found in ids for found in UUID.findall(json.dumps(element, default=str)))


def difference(probe, before, now):
    """What is wrong with the answer; None where nothing is."""
    if probe.judged == SAME:
        return None if before == now else "the answer is another"
    if not isinstance(now, Fault) or isinstance(before, Fault) and before == now:
        return None
    if probe.judged == CLEAR and now.sqlstate in CLEAR_FAULTS | CLEAR_FAULTS_OF.get(probe.name, set()):
        return None
    return "there was an answer"
