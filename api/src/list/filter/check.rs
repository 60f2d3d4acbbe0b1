//! Whether a filter can be meant, and may be asked.

use crate::{Error, Result, audience::Audience, config::Limits};
use async_graphql::MaybeUndefined;
use std::borrow::Cow;

/// Goes through a filter before anything is asked, and remembers where it is.
#[derive(Debug)]
pub struct Check {
    limits: Limits,
    audience: Audience,
    path: Vec<Cow<'static, str>>,
    depth: usize,
    parents: usize,
    conditions: usize,
    values: usize,
    is_negated: bool,
    needs_zone: bool,
}

impl Check {
    /// At the beginning of `where`.
    #[must_use]
    pub fn new(limits: Limits, audience: Audience) -> Self {
        let path = vec!["where".into()];
        Self {
            limits,
            audience,
            path,
            depth: 0,
            parents: 0,
            conditions: 0,
            values: 0,
            is_negated: false,
            needs_zone: false,
        }
    }

    /// Whether what was checked depends on the site's time zone.
    #[must_use]
    pub const fn needs_zone(&self) -> bool {
        self.needs_zone
    }

    /// Who asks.
    #[must_use]
    pub const fn audience(&self) -> Audience {
        self.audience
    }

    /// Whether an odd number of `not` stands around what is checked now.
    #[must_use]
    pub const fn is_negated(&self) -> bool {
        self.is_negated
    }

    /// Notes that the filter asks for days of the site.
    pub fn ask_for_zone(&mut self) {
        self.needs_zone = true;
    }

    /// Goes into a field.
    ///
    /// # Errors
    /// What `inside` finds.
    pub fn at(
        &mut self,
        field: impl Into<Cow<'static, str>>,
        inside: impl FnOnce(&mut Self) -> Result<()>,
    ) -> Result<()> {
        self.path.push(field.into());
        inside(self)?;
        self.path.pop();
        Ok(())
    }

    /// Goes into a field, if it is there.
    ///
    /// # Errors
    /// What `inside` finds.
    pub fn at_each<T>(
        &mut self,
        field: &'static str,
        value: Option<&T>,
        inside: impl FnOnce(&T, &mut Self) -> Result<()>,
    ) -> Result<()> {
        value.map_or(Ok(()), |value| self.at(field, |check| inside(value, check)))
    }

    /// Goes one level of `where` deeper.
    ///
    /// # Errors
    /// When that is too deep, and what `inside` finds.
    pub fn deeper(&mut self, inside: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        self.depth += 1;
        let max = self.limits.where_depth;
        if self.depth > max {
            return Err(Error::TooMany { field: "levels of where".into(), asked: self.depth, max });
        }
        inside(self)?;
        self.depth -= 1;
        Ok(())
    }

    /// Goes to what stands above something in a tree.
    ///
    /// # Errors
    /// When that is too far up, and what `inside` finds.
    pub fn above(&mut self, inside: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        self.parents += 1;
        let max = self.limits.where_parents;
        if self.parents > max {
            return Err(Error::TooMany { field: "levels of parent".into(), asked: self.parents, max });
        }
        inside(self)?;
        self.parents -= 1;
        Ok(())
    }

    /// Goes under a `not`.
    ///
    /// # Errors
    /// What `inside` finds.
    pub fn negated(&mut self, inside: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        self.is_negated = !self.is_negated;
        inside(self)?;
        self.is_negated = !self.is_negated;
        Ok(())
    }

    /// Counts conditions.
    ///
    /// # Errors
    /// When there are too many.
    pub fn count(&mut self, conditions: usize) -> Result<()> {
        self.conditions += conditions;
        let max = self.limits.where_conditions;
        if self.conditions > max {
            return Err(Error::TooMany { field: "conditions of where".into(), asked: self.conditions, max });
        }
        Ok(())
    }

    /// `eq` and `ne`, where null would be taken for a value.
    ///
    /// # Errors
    /// When it is null.
    pub fn equality<T>(&mut self, field: &'static str, value: &MaybeUndefined<T>, has_null: bool) -> Result<()> {
        match value {
            MaybeUndefined::Undefined => Ok(()),
            MaybeUndefined::Value(_) => self.count(1),
            MaybeUndefined::Null => Err(self.invalid(field, Self::null(field, has_null))),
        }
    }

    fn null(field: &str, has_null: bool) -> String {
        if has_null {
            let asked = field == "eq";
            format!("null is no value to compare with; ask `isNull: {asked}` for that")
        } else {
            "null is no value to compare with; leave it out (there is no `isNull`, since nothing here is ever null)"
                .to_owned()
        }
    }

    /// `in` and `notIn`, each value of which is asked for in so many spellings.
    ///
    /// # Errors
    /// When the list is too long, or all lists together are.
    pub fn list<T>(&mut self, field: &'static str, values: Option<&Vec<T>>, spellings: usize) -> Result<()> {
        let Some(values) = values else {
            return Ok(());
        };
        let max = self.limits.list_values;
        if values.len() > max {
            return Err(Error::TooMany { field: self.place(field).into(), asked: values.len(), max });
        }
        self.bind(values.len() * spellings)?;
        self.count(1)
    }

    /// Counts what a statement is given besides its text.
    ///
    /// # Errors
    /// When it is too much.
    pub fn bind(&mut self, values: usize) -> Result<()> {
        self.values += values;
        let max = self.limits.where_values;
        if self.values > max {
            return Err(Error::TooMany { field: "values of where".into(), asked: self.values, max });
        }
        Ok(())
    }

    /// Texts, in which no character may stand that no stored text has.
    ///
    /// # Errors
    /// When one does.
    pub fn texts<'a>(&self, field: &'static str, texts: impl IntoIterator<Item = &'a String>) -> Result<()> {
        if texts.into_iter().any(|text| text.contains('\0')) {
            return Err(self.invalid(field, "holds a NUL character, which no stored text does"));
        }
        Ok(())
    }

    /// Every other operator.
    ///
    /// # Errors
    /// When there are too many.
    pub fn operators(&mut self, given: impl IntoIterator<Item = bool>) -> Result<()> {
        self.count(given.into_iter().filter(|given| *given).count())
    }

    /// Where it is.
    #[must_use]
    pub fn here(&self) -> String {
        self.place("")
    }

    /// What is wrong with a field here.
    #[must_use]
    pub fn invalid(&self, field: &'static str, problem: impl Into<String>) -> Error {
        Error::Invalid { field: self.place(field).into(), problem: problem.into() }
    }

    fn place(&self, field: &'static str) -> String {
        let mut place = self.path.join(".");
        if !field.is_empty() {
            place.push('.');
            place.push_str(field);
        }
        place
    }
}
