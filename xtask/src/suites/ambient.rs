//! The regress tests in surroundings that must make no difference: other settings, another collation. What they print has
//! to be what is expected everywhere.

use super::regression::{Regression, Surroundings};
use crate::postgres::Edition;

/// Whoever calls has odd settings, and texts are sorted byte by byte.
pub fn called_from_afar(name: &'static str, tests: Regression) -> Regression {
    tests.amid(
        name,
        Surroundings {
            options: |_| "template template0 locale 'C'",
            file: "tests/ambient/caller.sql",
            unless: None,
        },
    )
}

/// The owner of the tables has odd settings, and texts are sorted as in Turkey; the other versions of Postgres that the
/// tests run on are built without ICU.
pub fn owned_afar(name: &'static str, tests: Regression) -> Regression {
    tests.amid(
        name,
        Surroundings {
            options: |edition| {
                if edition == Edition::DEFAULT {
                    "template template0 locale_provider icu icu_locale 'tr-TR' locale 'C.UTF-8'"
                } else {
                    ""
                }
            },
            file: "tests/ambient/owner.sql",
            // Names are in the order of the collation.
            unless: Some("in the order of names"),
        },
    )
}

/// Transactions are isolated strictly, under which setup() changes nothing.
pub fn in_strict_sessions(name: &'static str, tests: Regression) -> Regression {
    tests.amid(
        name,
        Surroundings {
            options: |_| "",
            file: "tests/ambient/session.sql",
            unless: Some("setup()"),
        },
    )
}
