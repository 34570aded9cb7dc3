\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
select count(*) from peer_exchange.booking_figures('2020-03-10', '2020-03-10');
select count(*) from peer_exchange.booking_figures('2020-03-10', '2020-03-09');
select count(*) from peer_exchange.booking_figures('2010-01-01', date '2010-01-01' + 3659);
select count(*) from peer_exchange.booking_figures('2010-01-01', date '2010-01-01' + 3660);
select count(*) from peer_exchange.credit_figures('-infinity', '2020-03-09');
select count(*) from peer_exchange.person_figures('2020-03-09', 'infinity');
select count(*) from peer_exchange.booking_figures('9999-12-31', '9999-12-31');
select count(*) from peer_exchange.booking_figures('9999-12-31', '10000-01-01');
select count(*) from peer_exchange.booking_figures('5874897-12-31', '5874897-12-31');
select count(*) from peer_exchange.credit_figures('0001-01-01', '0001-01-01');
select count(*) from peer_exchange.credit_figures('0001-12-31 BC', '0001-01-01');
select count(*) from peer_exchange.refusal_figures(p_timezone => 'Mars/Olympus');
select count(*) from peer_exchange.notification_figures(p_timezone => '');
select count(*) from peer_exchange.inactivity_figures(null);
select count(*) from peer_exchange.inactivity_figures(-1);
select count(*) from peer_exchange.inactivity_figures(0, 'Mars/Olympus');
rollback;
