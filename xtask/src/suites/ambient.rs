//! The regress tests in surroundings that must make no difference: other settings, another collation. What they print has
//! to be what is expected everywhere.

use super::regression::{Regression, Surroundings};
use crate::postgres::Edition;

/// Whoever sets up or calls has odd settings, and texts are sorted byte by byte.
pub fn called_from_afar(name: &'static str, tests: Regression) -> Regression {
    tests.amid(
        name,
        Surroundings {
            options: |_| "template template0 locale 'C'",
            locale: None,
            before: Some("tests/ambient/maker.sql"),
            after: "tests/ambient/caller.sql",
            // A wrapper that has its reply written down is inlined with that.
            unless: Some("Postgres inlines the wrappers"),
            judge: Some("tests/ambient/replies.mjs"),
        },
    )
}

/// The owner of the tables has odd settings, and texts are sorted as ICU does in Turkey; the other versions of Postgres that
/// the tests run on are built without ICU.
pub fn owned_afar(name: &'static str, tests: Regression) -> Regression {
    let options = |edition| match edition {
        Edition::DEFAULT => "template template0 locale_provider icu icu_locale 'tr-TR' locale 'C.UTF-8'",
        _ => "",
    };
    tests.amid(name, of_the_owner(options, None))
}

/// The same with the C library's Turkish.
pub fn owned_in_turkey(name: &'static str, tests: Regression) -> Regression {
    let options = |_| "template template0 locale 'tr_TR.UTF-8'";
    tests.amid(name, of_the_owner(options, Some("tr_TR")))
}

fn of_the_owner(options: fn(Edition) -> &'static str, locale: Option<&'static str>) -> Surroundings {
    Surroundings {
        options,
        locale,
        before: None,
        after: "tests/ambient/owner.sql",
        // Names are in the order of the collation.
        unless: Some("in the order of names"),
        judge: None,
    }
}

/// Postgres plans otherwise. What costs next to nothing does so by the plans that it chooses.
pub fn planned_otherwise(name: &'static str, tests: Regression) -> Regression {
    tests.amid(
        name,
        of_the_database("tests/ambient/plans.sql", "costs next to nothing"),
    )
}

/// Transactions are isolated strictly, under which setup() changes nothing.
pub fn in_strict_sessions(name: &'static str, tests: Regression) -> Regression {
    tests.amid(name, of_the_database("tests/ambient/session.sql", "setup()"))
}

fn of_the_database(after: &'static str, unless: &'static str) -> Surroundings {
    Surroundings {
        options: |_| "",
        locale: None,
        before: None,
        after,
        unless: Some(unless),
        judge: None,
    }
}
