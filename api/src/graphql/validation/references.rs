//! What holds between the definitions of a document: names, fragments and variables.

use super::{
    finding::{Finding, What},
    text::Place,
    walk::{Usage, Uses, is_composite, overlap},
};
use apollo_compiler::{
    Name, Node, Schema,
    ast::{Definition, Document, FragmentDefinition, OperationDefinition, VariableDefinition},
};
use std::collections::{HashMap, HashSet};

/// The definitions of a document by their names, with what they refer to.
pub struct Index<'a> {
    /// Operations.
    pub operations: Vec<(&'a Node<OperationDefinition>, Uses<'a>)>,
    /// Fragments, in the order of the document.
    pub fragments: Vec<(&'a Node<FragmentDefinition>, Uses<'a>)>,
    /// Where a fragment stands among them; of two of one name the first.
    by_name: HashMap<&'a Name, usize>,
}

impl<'a> Index<'a> {
    /// Of a whole document, whose definitions are walked by `walk`.
    pub fn new(document: &'a Document, mut walk: impl FnMut(&'a Definition) -> Uses<'a>) -> Self {
        let mut index = Self { operations: Vec::new(), fragments: Vec::new(), by_name: HashMap::new() };
        for definition in &document.definitions {
            let uses = walk(definition);
            match definition {
                Definition::OperationDefinition(operation) => index.operations.push((operation, uses)),
                Definition::FragmentDefinition(fragment) => {
                    index.by_name.entry(&fragment.name).or_insert(index.fragments.len());
                    index.fragments.push((fragment, uses));
                }
                _ => {}
            }
        }
        index
    }

    /// A fragment by its name.
    pub fn fragment(&self, name: &Name) -> Option<&'a Node<FragmentDefinition>> {
        self.by_name.get(name).and_then(|place| self.fragments.get(*place)).map(|(fragment, _)| *fragment)
    }

    /// The places of the fragments that are spread.
    fn spread<'b>(&'b self, uses: &'b Uses<'a>) -> impl Iterator<Item = usize> + use<'a, 'b> {
        uses.spreads.iter().filter_map(|spread| self.by_name.get(spread.name).copied())
    }

    /// The places of the fragments that are reached, each once.
    fn reached(&self, uses: &Uses<'a>) -> Vec<usize> {
        let mut pending: Vec<usize> = self.spread(uses).collect();
        let (mut seen, mut reached) = (HashSet::new(), Vec::new());
        while let Some(place) = pending.pop() {
            if seen.insert(place) {
                reached.push(place);
                pending.extend(self.fragments.get(place).into_iter().flat_map(|(_, uses)| self.spread(uses)));
            }
        }
        reached
    }

    /// Everything that is wrong between definitions, except for what can not be merged. Whether fragments go round in a circle
    /// is told beside it.
    pub fn check(&self, schema: &'a Schema) -> Vec<Finding<'a>> {
        let mut findings = Vec::new();
        self.names(&mut findings);
        let mut used = HashSet::new();
        for (operation, uses) in &self.operations {
            let reached = self.reached(uses);
            self.variables(operation, uses, &reached, &mut findings);
            used.extend(reached);
        }
        for (place, (fragment, _)) in self.fragments.iter().enumerate() {
            if !used.contains(&place) && self.by_name.get(&fragment.name) == Some(&place) {
                findings.push(finding(*fragment, What::FragmentUnused(&fragment.name)));
            }
        }
        self.spreads(schema, &mut findings);
        findings.extend(self.cycles());
        findings
    }

    fn names(&self, findings: &mut Vec<Finding<'a>>) {
        let mut seen = HashSet::new();
        for (operation, _) in &self.operations {
            match &operation.name {
                None if self.operations.len() > 1 => findings.push(finding(*operation, What::NotAlone)),
                Some(name) if !seen.insert(name) => findings.push(finding(name, What::OperationTwice(name))),
                _ => {}
            }
        }
        for (place, (fragment, _)) in self.fragments.iter().enumerate() {
            if self.by_name.get(&fragment.name) != Some(&place) {
                findings.push(finding(&fragment.name, What::FragmentTwice(&fragment.name)));
            }
        }
    }

    fn spreads(&self, schema: &'a Schema, findings: &mut Vec<Finding<'a>>) {
        let all = self.operations.iter().map(|(_, uses)| uses).chain(self.fragments.iter().map(|(_, uses)| uses));
        for spread in all.flat_map(|uses| &uses.spreads) {
            let Some(fragment) = self.fragment(spread.name) else {
                findings.push(Finding { at: vec![spread.at], what: What::NoFragment(spread.name) });
                continue;
            };
            let ty = schema.types.get(&fragment.type_condition).filter(|ty| is_composite(ty));
            if let (Some(ty), Some(parent)) = (ty, spread.parent)
                && !overlap(schema, ty, parent)
            {
                let what = What::NeverApplies { on: &fragment.type_condition, parent: parent.name() };
                findings.push(Finding { at: vec![spread.at], what });
            }
        }
    }

    /// One finding for each way back to a fragment that is not yet done.
    fn cycles(&self) -> Vec<Finding<'a>> {
        let mut findings = Vec::new();
        let mut done = vec![false; self.fragments.len()];
        let mut open = vec![false; self.fragments.len()];
        for start in 0..self.fragments.len() {
            let mut pending = vec![(start, false)];
            while let Some((place, is_leaving)) = pending.pop() {
                let (Some((fragment, uses)), Some(is_open), Some(is_done)) =
                    (self.fragments.get(place), open.get_mut(place), done.get_mut(place))
                else {
                    continue;
                };
                if is_leaving {
                    (*is_open, *is_done) = (false, true);
                } else if *is_open {
                    findings.push(finding(&fragment.name, What::FragmentCycle(&fragment.name)));
                } else if !*is_done {
                    *is_open = true;
                    pending.push((place, true));
                    pending.extend(self.spread(uses).map(|place| (place, false)));
                }
            }
        }
        findings
    }

    fn variables(
        &self,
        operation: &'a Node<OperationDefinition>,
        uses: &Uses<'a>,
        reached: &[usize],
        findings: &mut Vec<Finding<'a>>,
    ) {
        let mut defined: HashMap<&Name, &'a Node<VariableDefinition>> = HashMap::new();
        for variable in &operation.variables {
            if defined.insert(&variable.name, variable).is_some() {
                findings.push(finding(variable, What::VariableTwice(&variable.name)));
            }
        }
        let mut unused: HashSet<&Name> = defined.keys().copied().collect();
        let below = reached.iter().filter_map(|place| self.fragments.get(*place)).map(|(_, uses)| uses);
        for usage in std::iter::once(uses).chain(below).flat_map(|uses| &uses.variables) {
            unused.remove(usage.name);
            let what = match defined.get(usage.name) {
                None => {
                    let operation = operation.name.as_ref().map(Name::as_str);
                    Some(What::NoVariable { name: usage.name, operation })
                }
                Some(variable) => misplaced(variable, usage),
            };
            findings.extend(what.map(|what| Finding { at: vec![usage.at], what }));
        }
        let unused = operation.variables.iter().filter(|variable| unused.contains(&variable.name));
        findings.extend(unused.map(|variable| finding(variable, What::VariableUnused(&variable.name))));
    }
}

fn finding<'a>(place: &impl Place, what: What<'a>) -> Finding<'a> {
    Finding { at: vec![place.at()], what }
}

/// Why a variable can not be used where it is.
fn misplaced<'a>(variable: &'a VariableDefinition, usage: &Usage<'a>) -> Option<What<'a>> {
    let (ty, expected) = (&*variable.ty, usage.expected?);
    let has_default = usage.has_default || variable.default_value.as_ref().is_some_and(|value| !value.is_null());
    let fits = if expected.is_non_null() && !ty.is_non_null() {
        has_default && ty.is_assignable_to(&expected.clone().nullable())
    } else {
        ty.is_assignable_to(expected)
    };
    if !fits {
        return Some(What::VariableMisplaced { name: &variable.name, ty, expected });
    }
    (usage.is_one_of && !ty.is_non_null()).then_some(What::VariableNullable { name: &variable.name, ty })
}
