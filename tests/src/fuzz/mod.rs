//! What has to hold for any bytes: a function for each target of `fuzz/`, which panics where it does not. libFuzzer makes the bytes;
//! what it found once, and what it begins with, is given to the same functions by `suite/fuzz.rs`, without libFuzzer.

mod choices;
pub mod cursor;
pub mod filter;
pub mod front_matter;
pub mod html;
mod operation;
pub mod request_body;
pub mod search_query;
mod site;
mod sql;

pub use site::Site;
