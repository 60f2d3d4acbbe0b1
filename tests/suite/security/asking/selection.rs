//! What is selected: everything, as deep as is wanted.

use super::schema::{Field, Schema};
use std::fmt::Write;

impl Schema {
    /// Everything that can be selected of a type and of what it leads to, so many steps from one thing with an id to the next.
    /// Empty for a scalar.
    pub fn everything(&self, ty: &str, steps: usize) -> String {
        let mut selection = String::new();
        if !self.is_leaf(ty) {
            Walk { schema: self, is_whole: true }.select(ty, steps, &mut Vec::new(), &mut selection);
        }
        selection
    }

    /// Of what has an id nothing but that; of the rest everything. Empty for a scalar.
    pub fn ids(&self, ty: &str) -> String {
        let mut selection = String::new();
        if !self.is_leaf(ty) {
            Walk { schema: self, is_whole: false }.select(ty, 0, &mut Vec::new(), &mut selection);
        }
        selection
    }

    /// The rows of a list as their ids, and what is told of it as a whole. Empty for a scalar.
    pub fn briefly(&self, ty: &str) -> String {
        let fields = self.get(ty).fields.iter().filter(|field| field.is_free());
        let told = fields.filter_map(|field| match self.get(&field.ty.name) {
            _ if self.is_leaf(&field.ty.name) => Some(field.name.clone()),
            of if of.is_node => Some(format!("{} {{ id }}", field.name)),
            _ => None,
        });
        let told: Vec<String> = told.collect();
        if told.is_empty() { self.ids(ty) } else { format!(" {{ {} }}", told.join(" ")) }
    }

    /// The shortest way from the root to every thing of a type, with a gap `@` for what is selected of it.
    pub fn way_to(&self, target: &str) -> Option<String> {
        let mut ways = vec![(self.query.clone(), "@".to_owned())];
        let mut at = 0;
        while let Some((name, way)) = ways.get(at).cloned() {
            if name == target {
                return Some(way);
            }
            for field in self.get(&name).fields.iter().filter(|field| field.is_free()) {
                for next in self.concrete(&field.ty.name) {
                    if !self.is_leaf(next) && !ways.iter().any(|(seen, _)| seen == next) {
                        ways.push((next.to_owned(), way.replace('@', &format!("{} {{ @ }}", field.name))));
                    }
                }
            }
            at += 1;
        }
        None
    }
}

struct Walk<'a> {
    schema: &'a Schema,
    is_whole: bool,
}

impl<'a> Walk<'a> {
    fn select(&self, ty: &'a str, steps: usize, above: &mut Vec<&'a str>, into: &mut String) {
        let kind = &self.schema.get(ty).kind;
        into.push_str(" { __typename");
        if kind == "OBJECT" {
            self.fields(ty, steps, above, into);
        } else {
            for possible in self.schema.concrete(ty) {
                write!(into, " ... on {possible} {{ __typename").unwrap();
                self.fields(possible, steps, above, into);
                into.push_str(" }");
            }
        }
        into.push_str(" }");
    }

    fn fields(&self, ty: &'a str, steps: usize, above: &mut Vec<&'a str>, into: &mut String) {
        let of = self.schema.get(ty);
        let is_short = of.is_node && !self.is_whole;
        let mut seen: Vec<&str> = Vec::new();
        // Only what has no id can come back to itself without a step.
        let mut own = Vec::new();
        let above = if of.is_node { &mut own } else { above };
        above.push(ty);
        for field in of.fields.iter().filter(|field| field.is_free()) {
            let target = field.ty.name.as_str();
            if self.schema.is_leaf(target) {
                if !is_short || field.name == "id" {
                    write!(into, " {}", field.name).unwrap();
                }
            } else if !is_short {
                self.below(field, of.is_node, steps, &mut seen, above, into);
            }
        }
        above.pop();
    }

    /// What stands twice below something without an id, as rows stand in `nodes` and in `edges`, is selected in whole once.
    fn below(
        &self,
        field: &'a Field,
        is_of_node: bool,
        steps: usize,
        seen: &mut Vec<&'a str>,
        above: &mut Vec<&'a str>,
        into: &mut String,
    ) {
        let target = field.ty.name.as_str();
        let is_node = self.schema.get(target).is_node;
        let leads = self.schema.leads_to_a_node(target);
        if above.contains(&target) && !is_node || is_of_node && leads && steps == 0 && self.is_whole {
            return;
        }
        let spent = if !is_of_node && (!is_node || seen.contains(&target)) { steps } else { usize::from(is_of_node) };
        seen.push(target);
        write!(into, " {}", field.name).unwrap();
        self.select(target, steps.saturating_sub(spent), above, into);
    }
}
