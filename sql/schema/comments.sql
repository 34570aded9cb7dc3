-- Functions whose definition is not in these files, and small ones that need no more than a line.

-- Of these the wrappers in public have theirs.
comment on function peer_exchange.create_peer_booking(uuid, uuid, date, time, integer, text, text, uuid, text) is
  'Books a peer session and pays for it in credits, wholly or not at all. Replies {"success": true, session_id, credit_cost, balances} or {"success": false, error_code, error, details}. A retry with the same p_idempotency_key yields the same booking. A signed-in person books for herself only.';
comment on function peer_exchange.request_peer_booking(uuid, uuid, date, time, integer, text, text, uuid, text) is
  'Asks for a peer session by all rules of a booking: holds its slot and its credits until the practitioner answers or expires_at. Replies like create_peer_booking, with status pending_approval and expires_at. A signed-in person asks for herself only.';
comment on function peer_exchange.accept_peer_booking(uuid) is
  'Makes a request the booking that create_peer_booking would have made, and replies like it; a second time with "replayed": true. Its practitioner calls it. To decline is process_peer_booking_refund.';
comment on function peer_exchange.process_peer_booking_credits(uuid, uuid, uuid, integer, uuid) is
  'The older, two-step flow: charges a peer session that its client has inserted, once. Replies like create_peer_booking, which does both at once.';
comment on function peer_exchange.process_peer_booking_refund(uuid, text) is
  'Cancels a peer session and gives back what was paid for it, once: all of it, or by the practitioner''s cancellation policy where the client cancels. A request is declined by its practitioner and withdrawn by its client so, and all is free again. Either party may call it.';
comment on function peer_exchange.get_practitioner_credit_cost(uuid, integer, uuid) is
  'What a session with this practitioner costs, in credits; the rule that create_peer_booking charges by.';
comment on function peer_exchange.get_available_slots(uuid, date, date, integer, integer, uuid, uuid) is
  'The starts that create_peer_booking would accept from the caller now, on these days of the practitioner''s calendar, so many minutes apart from midnight on; or, where a session is named, those that reschedule_peer_booking would accept for it. Replies {"success": true, timezone, credit_cost, cancellation_policy, slots} or the refusal that every start would get.';
comment on function peer_exchange.quote_peer_booking(uuid, uuid, date, time, integer, text, text, uuid, text) is
  'The reply that create_peer_booking would give to the same arguments now, with a session_id of null, and refund_terms: what would go back to the client, and until when. Nothing is written.';
comment on function peer_exchange.search_peer_practitioners(text, text, text, text, integer, integer, integer) is
  'Active practitioners but the caller, by parts of name, location and specialization whatever their case and accents, in the order of their names: {"total", practitioners: [practitioner_id, name, user_role, location, specializations, credit_cost, rating, rating_count, completed_sessions, next_free_slot]}.';
comment on function peer_exchange.get_credit_statement(date, date, integer, text, text, uuid) is
  'What the caller has, what is held and what sessions to come will take and bring, and one page of how it came to be, newest first: signed credits, the balance after each, counterpart and session; of one kind or with one counterpart alone where asked so. next_before is the p_before of the next page.';
comment on function peer_exchange.get_balance_history(date, date) is
  'What the caller had at the end of each day by her own clock, what was held and owed, and what the day earned, spent and otherwise moved: {timezone, from, to, days: [date, balance, held, owed, earned, spent, other]}.';
comment on function peer_exchange.get_my_peer_sessions(text, integer, text) is
  'The caller''s own peer sessions, given and received: upcoming (soonest first), past or all (latest first), with what a cancellation would give back now. next_before is the p_before of the next page.';
comment on function peer_exchange.get_peer_session(uuid) is
  'A peer session of the caller''s as get_my_peer_sessions lists it, and its history: what happened to it, oldest first. Replies {"success": true, session} or {"success": false, error_code, error, details}.';
comment on function peer_exchange.mark_notifications_read(uuid[]) is
  'Marks the caller''s own notifications as read and returns how many of them were unread. Those of others are passed over.';
comment on function peer_exchange.get_session_calendar(uuid) is
  'A peer session of the caller''s as an iCalendar object, to be kept as a file: {"success": true, session_id, calendar} or {"success": false, error_code, error, details}.';
comment on function peer_exchange.session_calendar(uuid, uuid) is
  'A peer session as an iCalendar object for one of its parties, to be sent to her; NULL where the person is none, or its row says no time. For service_role and the owner.';
comment on function peer_exchange.get_my_practice() is
  'What the caller offers as a practitioner, when and on which terms: profile, time zone, hours, blocks to come, cancellation policy, products, open requests, and what sessions to come will bring and take.';
comment on function peer_exchange.set_working_hours(jsonb, text) is
  'Publishes the caller''s working hours, {} for none, and the time zone of her wall clock, NULL for the setting''s. Sessions that were booked stay: replies {"success": true, timezone, working_hours, sessions_outside}.';
comment on function peer_exchange.block_time(timestamptz, timestamptz, text) is
  'Keeps new sessions away from the caller for this time. Sessions that were booked stay: replies {"success": true, event_id, title, starts_at, ends_at, sessions_within}.';
comment on function peer_exchange.unblock_time(uuid) is
  'Takes a block out of the caller''s calendar.';
comment on function peer_exchange.set_cancellation_policy(integer, integer, numeric) is
  'Sets the caller''s cancellation policy: until how many hours before the start a client gets everything back, and until when which part; three NULLs for none of her own.';
comment on function peer_exchange.save_product(uuid, text, integer, integer, boolean) is
  'Changes a product of the caller''s, or adds one where p_product_id is NULL. A duration of NULL leaves it to the client, a cost of NULL to the going rate.';
comment on function peer_exchange.set_practice_profile(text, text, text[]) is
  'Changes what the caller is found by and where she gives sessions: NULL leaves it as it is, a blank text or an empty list takes it away.';
comment on function peer_exchange.create_calendar_feed() is
  'Makes a feed of the caller''s sessions, in the place of a former one: {"success": true, secret, created_at}. The secret, by which get_calendar_feed reads it, is told this once.';
comment on function peer_exchange.get_my_calendar_feed() is
  'Since when the caller has a feed, and whether feeds are read without signing in: {"created_at", "is_open"}.';
comment on function peer_exchange.revoke_calendar_feed() is
  'Ends the caller''s feed: {"success": true, revoked}, which says whether there was one.';
comment on function peer_exchange.calendar_feed(text) is
  'What get_calendar_feed answers; NULL where there is no such feed.';
comment on function peer_exchange.reschedule_peer_booking(uuid, date, time, text) is
  'Moves a peer session that is paid for, by all rules of a new booking but its own slot; parties, duration and payment stay. Either party may call it. Replies {"success": true, session_id, session_date, start_time, previous_…} or {"success": false, error_code, error, details}.';
comment on function peer_exchange.complete_peer_session(uuid) is
  'Completes a peer session once it has begun, and pays its practitioner what is held for it, once. Contradicts a report that she did not come. Only the practitioner may call it. Replies {"success": true, session_id, status, settled_credits, returned_credits, balances} or {"success": false, error_code, error, details}.';
comment on function peer_exchange.rate_peer_session(uuid, integer, text) is
  'Says how a peer session was that took place, with 1 to 5 stars; a signed-in person as its client. The same again writes nothing; something else changes it, for a while.';
comment on function peer_exchange.report_peer_no_show(uuid, text) is
  'Says, once a peer session has begun, that the other party did not come. By the practitioner: the client pays peer_exchange.no_show_percent. By the client: all goes back unless the practitioner contradicts within peer_exchange.settle_after_hours. Replies like complete_peer_session.';

comment on function peer_exchange.grant_credits(uuid, integer, text, text) is
  'Grants p_amount credits to a person, with a bonus row in the ledger; under one p_idempotency_key only once. For service_role and the owner.';
comment on function peer_exchange.adjust_credits(uuid, integer, text, text) is
  'Corrects what a person has by p_amount credits, below zero to take some, with an adjustment row in the ledger; what the balance does not have is owed. Under one p_idempotency_key only once. For service_role and the owner.';
comment on function peer_exchange.charge_session(uuid) is
  'Charges an inserted peer session once, also when it is over; replies like process_peer_booking_credits. For service_role and the owner.';
comment on function peer_exchange.cancel_session(uuid, text, text) is
  'Cancels a peer session on behalf of its client, its practitioner or the application, and gives back what that side''s cancellation gives back; replies like process_peer_booking_refund. For service_role and the owner.';
comment on function peer_exchange.busy_function() is 'The setting peer_exchange.busy_function.';
comment on function peer_exchange.opt_in_column() is 'The setting peer_exchange.opt_in_column.';
comment on function peer_exchange.default_policy() is
  'The settings default_full_refund_hours, default_partial_refund_hours and default_partial_refund_percent.';
comment on function peer_exchange.early_start_minutes() is
  'The setting peer_exchange.early_start_minutes.';
comment on function peer_exchange.may_act_for(uuid) is
  'Whether the writer is this person or may act for anybody.';
comment on function peer_exchange.payment_status_under_way() is
  'What the session that the library writes right now shall say became of its payment; NULL leaves that as it is.';
comment on function peer_exchange.credit_cost_under_way() is
  'What the session that the library writes right now shall say it cost; NULL leaves that as it is.';
comment on function peer_exchange.allocate_credits(integer, text, text, uuid[]) is
  'Grants p_amount credits to the next 500 people who have nothing for p_period yet, of every active practitioner or of p_user_ids; returns how many, 0 when all have it. Call it until then, each time in a transaction of its own. For service_role and the owner.';
comment on function peer_exchange.cancel_orphaned_sessions(interval) is
  'Cancels peer sessions that their clients inserted for the two-step flow longer than p_older_than ago and that were neither charged nor accepted since; returns how many. For service_role and the owner.';
comment on function peer_exchange.settle_due_sessions() is
  'Completes and pays the sessions that nobody has completed within peer_exchange.settle_after_hours after their ends, and gives back what clients'' reports of a no-show claim that nobody has contradicted within as long; at most 500 a call; returns how many. To be run every few minutes. For service_role and the owner.';
comment on function peer_exchange.resolve_dispute(uuid, numeric, text) is
  'Gives the client of a disputed session this part of its credits, in percent, and its practitioner the rest; replies like complete_peer_session. For service_role and the owner.';
comment on function peer_exchange.settlement_terms(uuid, text) is
  'Called by the trigger on client_sessions: what a session says of itself whose status is set directly.';
comment on function peer_exchange.settle_changed_sessions(jsonb) is
  'Called by the trigger on client_sessions: moves the credits of sessions whose status says directly what became of them.';
comment on function peer_exchange.expire_requests() is
  'Ends up to 500 requests that nobody answered in time, gives their clients back what was held, and tells both; returns how many. What such requests hold is free without it. For service_role and the owner.';
comment on function peer_exchange.send_due_reminders() is
  'Reminds both parties of every paid session that begins within one of the setting reminder_minutes_before, each once, and practitioners of requests that expire soon; returns how many notifications it wrote. To be run every minute. For service_role and the owner.';
comment on function peer_exchange.cancel_sessions_of_departing_person(uuid, boolean) is
  'Called by the trigger on users: cancels and refunds upcoming peer sessions; closes the account of a deleted person.';
comment on function peer_exchange.cancellation_terms(uuid, uuid) is
  'Called by the trigger on client_sessions: what a session that is cancelled directly says of its payment.';
comment on function peer_exchange.refund_cancelled_sessions(jsonb) is
  'Called by the trigger on client_sessions: refunds sessions whose status was set to cancelled directly.';
comment on function peer_exchange.charge_accepted_requests(uuid[]) is
  'Called by the trigger on client_sessions: pays what was held for requests that were accepted directly, or holds it on.';
comment on function peer_exchange.settles_on_completion() is
  'Whether the setting peer_exchange.settlement is completion.';
comment on function peer_exchange.exclude_by_index(oid, text, oid[]) is
  'Called by exclude_overlaps(): makes an exclusion constraint of an index.';
comment on function peer_exchange.release_expired_holds(uuid[]) is
  'Sets those of these sessions to expired whose payment or approval is overdue, so that their slots are free.';
comment on function peer_exchange.require_may_act_for(uuid) is
  'Raises 42501 unless the writer is this person or may act for anybody.';
comment on function peer_exchange.are_known_to_be_free(uuid, uuid, timestamptz, timestamptz) is
  'Called by a guard when many sessions are written directly: whether its statement knows, from what it has looked up and written so far, that both have nothing at that time.';
comment on function peer_exchange.lock_written_parties(uuid, uuid) is
  'Called by the trigger on client_sessions: locks the parties of a session that is written directly, once for a statement; true.';
comment on function peer_exchange.time_zone_to_promise(uuid) is
  'Called by the trigger on client_sessions: what time_zone_of() says, asked once of each practitioner for a statement.';
comment on function peer_exchange.require_nobody_unseen(uuid, uuid, uuid, boolean, tstzrange) is
  'Called by keep_apart() where the transaction sees one moment throughout: raises 40001 where a party has another session at that time by now.';
comment on function peer_exchange.is_called_by_person() is
  'Whether the writer is a signed-in person, by the effective role, rather than the application or an administrator.';
comment on function peer_exchange.fold(text) is
  'A text without case, accents and needless spaces, so that texts can be compared as people read them.';
comment on function peer_exchange.readable_columns(text, text[]) is
  'Those columns of a row, given as JSON, that can be read; the others are left out.';
comment on function peer_exchange.readable_json(text) is
  'A value, or of an object that can''t be read whole those members that can be; NULL where nothing can be.';
comment on function peer_exchange.unreadable_hours(text) is
  'The first day of published hours that can''t be read, a weekday or an exception, and what is written there; NULL where all can be.';
comment on function peer_exchange.is_time_zone(text) is
  'Whether Postgres knows a time zone of this name.';
comment on function peer_exchange.default_time_zone() is
  'The setting peer_exchange.timezone.';
comment on function peer_exchange.purge_refusals() is
  'Deletes refused calls that are older than peer_exchange.refusal_retention_days; returns how many. For service_role and the owner.';
comment on function peer_exchange.refusal_retention_days() is
  'The setting peer_exchange.refusal_retention_days.';
comment on function peer_exchange.max_delivery_attempts() is
  'The setting peer_exchange.max_delivery_attempts.';
comment on function peer_exchange.is_delivery_on() is
  'Whether the setting peer_exchange.delivery has notifications delivered.';
comment on function peer_exchange.practitioner_roles() is
  'The setting peer_exchange.practitioner_roles, as a list.';
comment on function peer_exchange.host_table(text) is 'A host table, or NULL where it does not exist.';
comment on function peer_exchange.host_owner() is
  'The owner of the sessions, as whom the library acts; before there are any, of the host tables that exist.';
comment on function peer_exchange.has_column(regclass, text) is 'Whether a table has a column.';
comment on function peer_exchange.has_text_column(text, text) is
  'Whether a host table has a column of text of this name, which we may fill.';
comment on function peer_exchange.is_made_by_setup(text) is
  'Whether setup() made this host table.';
comment on function peer_exchange.has_index(regclass, text[], boolean) is
  'Whether a table has an index that leads with these columns.';
comment on function peer_exchange.passes_check(oid, text, text) is
  'Whether a value would pass a CHECK of one column.';
comment on function peer_exchange.duplicates_of(text, text[], boolean, text) is
  'The values that occur several times where an index would have them unique.';
comment on type peer_exchange.host_column is 'A column that the extension needs of a host table.';
