//! What guard triggers and `setup()` ask the library.

pub mod exclude_by_index;
pub mod questions;
pub mod written_values;
