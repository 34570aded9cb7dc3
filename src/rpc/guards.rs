//! What guard triggers and `setup()` ask the library.

pub mod questions;
