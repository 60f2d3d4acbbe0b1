//! The texts of statements that are asked most, each written once for all values: to write one takes about as long as a short one runs.

use quick_cache::sync::Cache;
use sea_orm::{DbBackend, Statement, Value, sea_query::SelectStatement};
use std::sync::Arc;

/// How many are kept.
const MOST: usize = 512;

/// What the text of a statement depends on besides the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Shape {
    /// Which statement.
    name: &'static str,
    /// Which form of it, in whatever way it tells its forms apart.
    form: u64,
    /// How many values it has.
    values: usize,
}

/// The texts that are kept.
pub struct Texts(Cache<Shape, Arc<str>>);

impl Default for Texts {
    fn default() -> Self {
        Self(Cache::new(MOST))
    }
}

impl Texts {
    /// The statement that `select` makes, which is the same for each value of its shape. The values are in the order in which it has
    /// them.
    pub fn statement(
        &self,
        backend: DbBackend,
        (name, form): (&'static str, u64),
        values: Vec<Value>,
        select: impl Fn() -> SelectStatement,
    ) -> Statement {
        let shape = Shape { name, form, values: values.len() };
        let written = || backend.build(&select());
        let text = self.0.get(&shape).unwrap_or_else(|| {
            let text: Arc<str> = written().sql.into();
            self.0.insert(shape, Arc::clone(&text));
            text
        });
        let statement = Statement::from_sql_and_values(backend, &*text, values);
        debug_assert_eq!(statement, written(), "the text depends on more than {shape:?}");
        statement
    }
}
