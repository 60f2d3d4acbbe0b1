//! Makes operations out of the schema that the server tells: every field, every argument and values for each, so that what is
//! added later is asked too. What it does not know how to give fails the test that asks.

pub mod schema;
mod selection;
pub mod values;

pub use schema::Schema;
