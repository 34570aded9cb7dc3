//! `fold`: what people are found by is kept as texts are asked for.

use crate::folding;
use pgrx::prelude::*;

/// A text without case, accents and needless spaces; nothing where there is none.
#[pg_extern(immutable, parallel_safe)]
fn fold(p_text: Option<&str>) -> String {
    folding::fold(p_text.unwrap_or_default())
}
