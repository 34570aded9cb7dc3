//! The sentences of the report.

pub struct Part {
    pub key: &'static str,
    pub title: &'static str,
    pub text: &'static str,
    /// File and caption.
    pub plots: &'static [(&'static str, &'static str)],
}

pub const INTRODUCTION: &str = "\
What `create_peer_booking` and its sisters cost, beside what they replace, beside a well-written PL/pgSQL function that
does the same, and beside the least that has to be written at all. What stands in one table was measured on one server in
one run, in short turns. Every figure comes out of `bench/results`, a file for each part and a measurement a line; this
page is written by `cargo xtask bench`, but for the section \"What was tried\", which stands in
`bench/what_was_tried.md`.
";

pub const QUICK: &str =
    "These are the results of a reduced run: they show that the benchmark works, not how fast anything is.";

pub const GOALS: &str = "\
Ratios are medians of paired ratios, with their quartiles. What a call costs the server is judged by processor time (see
the method). A deadlock is a fault with SQLSTATE 40P01.
";

pub const CONTENDERS: &str = "\
| contender | what it does | where |
|---|---|---|
| peer_exchange | the library, on the tables that `setup()` makes | `src/` |
| PL/pgSQL | one function with all the rules of the contract: locks in order, product, hours in both shapes, blocks, overlaps of both sides, replay, four notifications, an exception block around the insert for the overlap constraint. On tables as an application has them: random keys, eight foreign keys a booking, indexes | `bench/contenders/plpgsql`, `application_tables.sql` |
| PL/pgSQL on our tables | the same function on a copy of our tables without their triggers, so that one sees what the tables do and what the function does | `bench/contenders/copied_tables.sql` |
| three round trips | what the library replaces: quote, insert, charge, each a transaction of its own; no notifications, no overlap constraint, no locks in order | `bench/contenders/three_round_trips.sql` |
| floor | only the writes, one prepared statement, no rule is asked; on a copy of our tables with the same indexes, constraints and foreign keys, without triggers; the client makes up keys and texts | `bench/contenders/floor_booking.sql`, `floor_refund.sql` |
| floor on the application's tables | the same statement on the tables of the PL/pgSQL contender, with random keys and eight foreign keys | the same |

The two floors differ by the tables alone, and so say what keys, foreign keys and indexes cost. Our tables are copied
from those that `setup()` has just made, so an index more or less there is one more or less here. What the PL/pgSQL
contender is spared: its settings are constants, everybody has a balance row, working hours that touch are not joined.
`cargo xtask test bench` checks that its replies, rows and words are the same otherwise, that copied tables have the same
indexes, and that the floor writes rows as large as ours.
";

pub const METHOD: &str = "\
- **Contests** (throughput, latency): each contender has connections of its own, opened and prepared beforehand, over the
  local socket. A round gives every contender a turn of a second or two, in a new random order every round. The first
  turns do not count. A table shows the median over the rounds with quartiles; a ratio is taken round by round, then
  its median and quartiles. Latencies are those that the client sees, of all rounds together.
- **What a call costs the server**: blocks of calls on one connection, contenders in turns, in a new random order every
  block, `synchronous_commit` off. The first block does not count. The value of a block is its total divided by its calls;
  the ratio is taken block by block. Two figures are taken of the same blocks:
  - **Processor time**, by which goals are judged: what `/proc/PID/schedstat` says that the connection's process has spent
    on a processor, read before and after the block while the process sleeps. It is the whole of it: reading the message,
    planning, setting up and taking down the executor, triggers, foreign keys, commit, the answer. It leaves out waiting
    (for locks, for the disk, for a processor) and what other processes do on its account: the log's writer, checkpoints,
    the client. Who asks is told to the server before each question under row-level security (`set_config`, prepared), and
    that is part of it, as it is part of every request through PostgREST.
  - **Server time**: what `pg_stat_statements` adds up as execution of the statement. It starts when the executor has been set
    up and stops before it is taken down, and knows nothing of parsing, planning and commit. A plain statement such as
    the floor's is spared all of these. A function is not: the statements inside of it are planned, set up and taken down
    within its own execution. So this figure favours the floor, and three round trips most of all, three commits of which
    are left out. It includes waiting.
- **Bytes of log**: the distance of `pg_current_wal_insert_lsn` over so many operations of one connection: with
  `full_page_writes` off (records alone), right after a CHECKPOINT (every page that is touched first goes into the log
  whole), and again when four times as many have followed (steady). **Bytes on disk**: growth of tables and indexes
  over all of them; indexes were built just before, so that the first splits of their full pages are part of it.
- **Tables** of every contender hold the same 10,000 practitioners, 10,000 clients and 10,000 sessions, and are vacuumed and
  analysed. Every practitioner has published hours, a product and a block, so that every rule has something to read.
  Autovacuum is off: it would meet one contender's turn and not another's.
- **Bookings** that are meant to be accepted never meet each other: `bench/src/slots.rs`.
";

pub const PARTS: [Part; 9] = [
    Part {
        key: "booking",
        title: "Bookings",
        text: "\
One `create_peer_booking` against its contenders. Ratios of throughput are to PL/pgSQL, of what it costs the server to
the floor.
",
        plots: &[
            ("throughput", "Bookings a second against clients at once"),
            ("latency", "Latency of a booking, by quantile"),
        ],
    },
    Part {
        key: "refund",
        title: "Refunds",
        text: "\
`process_peer_booking_refund` against its contenders, on sessions that were loaded. What it replaces is two calls: the
status set to cancelled, and the credits moved back.
",
        plots: &[],
    },
    Part {
        key: "quote",
        title: "Quotes",
        text: "\
`get_practitioner_credit_cost` with a product. Its floor is the bare query of practitioner and product.
",
        plots: &[],
    },
    Part {
        key: "postgrest",
        title: "Through PostgREST",
        text: "\
As clients really call: HTTP connections that are kept alive, a token for every person, PostgREST with ten database
connections. One call of `create_peer_booking` against the three that it replaces; ratios are to those.
",
        plots: &[],
    },
    Part {
        key: "hot-set",
        title: "Hot set",
        text: "\
32 clients among few people. First among ten who book each other, then all of them with one practitioner, different
slots. Orphans are sessions that were inserted and never charged.
",
        plots: &[],
    },
    Part {
        key: "growth",
        title: "Growth",
        text: "\
The same operations of one client in databases of different sizes, side by side in one server, in turns. Ratios are to the
smallest. 3 % of the sessions are yet to come, the others are spread over three years; with 2 % peer bookings the rest
are ordinary clients' sessions. Every loaded peer booking has its two ledger rows and one notification. Lists of one's own
sessions are pages of 50, as a client asks for them: the next ones, or the latest ones.
",
        plots: &[("growth", "Latency against the size of the tables, all sessions peer bookings")],
    },
    Part {
        key: "rls",
        title: "Row-level security",
        text: "\
All of one's own sessions, read by a signed-in person through the policies; the same rows asked for by the owner, whom
no policy concerns; and by a signed-in person while the indexes are dropped by which `setup()` lets either side's
sessions be listed (in a transaction that is rolled back, so that all read the same rows).
",
        plots: &[],
    },
    Part {
        key: "ledger",
        title: "A ledger of this field",
        text: "\
A double-entry ledger in the manner of [pgledger](https://github.com/pgr0ss/pgledger), in code of our own
(`bench/contenders/ledger.sql`): a transfer locks two accounts, updates both, and writes a transfer and two entries.
pgledger itself publishes 10,637 transfers a second at 50 accounts with 20 workers, 7,559 at 10 accounts, and 743 bytes a
transfer, on a laptop. Those are its own figures from another machine; they stand here for the order of magnitude
and are no contender.

What can be compared: a transfer and a booking both move credits between two accounts under locks in order. But here
no movement stands alone: a grant moves one balance and writes one row, and a booking writes a session and four
notifications besides. So a grant is less than a transfer, and a booking much more. The bytes on disk of a booking are
those of balances and ledger alone; its bytes of log are those of all that it writes.
",
        plots: &[],
    },
    Part {
        key: "jobs",
        title: "Jobs and great numbers",
        text: "\
What recurs where there is nothing to do, and what is done to a great many rows at once, by one connection in databases of
different sizes, one after the other. Ratios are to the smallest. 3 % of the sessions are yet to come. The first run of each
does not count, but for `send_all_due_reminders` and `verify_ledger`, which run once.

Ten to twenty other processes were busy on the two cores. The server went before them, though not before the deactivations and
COPYs of the smallest size: those waited for a processor most of the time.
",
        plots: &[],
    },
];

pub const RERUN: &str = "\
```sh
cargo xtask bench                        # everything; writes bench/results, this page and its plots
cargo xtask bench --quick                # a reduced form of all parts; writes to target/bench/quick
cargo xtask bench --only booking         # one part: booking, refund, quote, postgrest, hot-set, growth, rls, ledger, jobs
cargo xtask bench --only growth --sizes 10000,1000000
cargo xtask bench --report               # only this page, from the results that are there
cargo xtask test bench                   # whether the contenders do the same work; times nothing
```

Results of a part replace those of the same part; the others stay, and every table says which commit it was measured on.
A full run takes 35 to 40 minutes on two cores and up to 20 GB of disk while it lasts, besides building the library
(three minutes, with nothing else going on): bookings 10 minutes, refunds 6, quotes 1, PostgREST 2, the ledger 2, the hot
set 2, growth 14, row-level security a few seconds after growth, a minute by itself. Every invocation fills its tables
anew, half a minute. Nothing else should run meanwhile.
";
