\set ECHO none
-- The application of the fixture, for the test to make another one of it. The older functions are
-- another test's business.
\i fixtures/existing_app.sql
drop function get_practitioner_credit_cost, process_peer_booking_credits(uuid, uuid, uuid, integer),
              process_peer_booking_credits(uuid, uuid, uuid, integer, uuid), process_peer_booking_refund;
\set ECHO all
