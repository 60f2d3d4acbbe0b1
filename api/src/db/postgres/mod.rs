//! How requests read from PostgreSQL: through connections of their own, whose statements can be stopped.

mod connection;
mod reads;
mod running;

pub use reads::Reads;
