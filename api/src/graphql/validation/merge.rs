//! Fields that come out under one name must be one field (5.3.2 of the specification).
//!
//! Selections that are merged form a set of selection sets. Such a set is looked at once, however many ways lead to it, and
//! without recursion. Sets can still be as many as there are subsets, so what is looked at is counted.

use super::{
    finding::{Finding, What},
    references::Index,
    text::Place,
    walk::{Set, is_composite},
};
use apollo_compiler::{
    Name, Node, Schema,
    ast::{Argument, Field, Selection, Type, Value},
    schema::ExtendedType,
};
use std::collections::{HashMap, HashSet};

/// The most fields and values that are looked at.
const MOST: usize = 60_000;

/// What is asked of fields under one name.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Asked {
    /// That their values have one type. Asked of all.
    Shape,
    /// That they are one field with the same arguments. Asked of those that can be of one object.
    Sameness,
}

/// A field where it is selected.
#[derive(Clone, Copy)]
struct Selected<'a> {
    parent: Option<&'a ExtendedType>,
    field: &'a Node<Field>,
}

impl<'a> Selected<'a> {
    /// Meta fields have none here, as the reference implementation has it.
    fn ty(self) -> Option<&'a Type> {
        let fields = match self.parent? {
            ExtendedType::Object(ty) => &ty.fields,
            ExtendedType::Interface(ty) => &ty.fields,
            _ => return None,
        };
        fields.get(&self.field.name).map(|definition| &definition.ty)
    }

    fn below(self, schema: &'a Schema) -> Option<Set<'a>> {
        let parent = self.ty().and_then(|ty| schema.types.get(ty.inner_named_type())).filter(|ty| is_composite(ty));
        let selections = self.field.selection_set.as_slice();
        (!selections.is_empty()).then_some(Set { parent, selections })
    }
}

/// The check of a document.
pub struct Merge<'a, 'b> {
    schema: &'a Schema,
    source: &'a str,
    index: &'b Index<'a>,
    seen: HashSet<(Asked, Vec<usize>)>,
    pending: Vec<(Asked, Vec<Set<'a>>)>,
    left: usize,
    findings: Vec<Finding<'a>>,
}

impl<'a, 'b> Merge<'a, 'b> {
    /// What can not be merged in this document, whose fragments must not go round in a circle.
    pub fn check(schema: &'a Schema, source: &'a str, index: &'b Index<'a>) -> Vec<Finding<'a>> {
        let mut merge =
            Self { schema, source, index, seen: HashSet::new(), pending: Vec::new(), left: MOST, findings: Vec::new() };
        for (operation, _) in &index.operations {
            let root = schema.root_operation(operation.operation_type).and_then(|name| schema.types.get(name));
            let set = Set { parent: root, selections: &operation.selection_set };
            merge.push(Asked::Shape, vec![set]);
            merge.push(Asked::Sameness, vec![set]);
            while let Some((asked, sets)) = merge.pending.pop() {
                if merge.left == 0 {
                    merge.findings.push(Finding { at: vec![operation.at()], what: What::TooManyMerges });
                    return merge.findings;
                }
                merge.sets(asked, &sets);
            }
        }
        merge.findings
    }

    fn push(&mut self, asked: Asked, mut sets: Vec<Set<'a>>) {
        if let [set] = sets.as_mut_slice() {
            *set = self.unwrapped(*set);
        }
        let place = |set: &Set<'a>| set.selections.as_ptr().addr();
        sets.sort_unstable_by_key(place);
        sets.dedup_by_key(|set| place(set));
        if !sets.is_empty() && self.seen.insert((asked, sets.iter().map(place).collect())) {
            self.pending.push((asked, sets));
        }
    }

    /// Of a set that holds nothing but one fragment that of the fragment, so that many operations with one fragment cost one.
    fn unwrapped(&self, mut set: Set<'a>) -> Set<'a> {
        while let [Selection::FragmentSpread(spread)] = set.selections
            && let Some(fragment) = self.index.fragment(&spread.fragment_name)
        {
            let parent = self.schema.types.get(&fragment.type_condition);
            set = Set { parent, selections: &fragment.selection_set };
        }
        set
    }

    fn sets(&mut self, asked: Asked, sets: &[Set<'a>]) {
        for group in self.by_name(sets) {
            match asked {
                Asked::Shape => self.group(asked, &group),
                Asked::Sameness => {
                    for group in of_one_object(&group) {
                        self.group(asked, &group);
                    }
                }
            }
        }
    }

    /// All fields of these sets, with those of the fragments in them, by the names under which they come out.
    fn by_name(&mut self, sets: &[Set<'a>]) -> Vec<Vec<Selected<'a>>> {
        let mut places: HashMap<&Name, usize> = HashMap::new();
        let mut groups: Vec<Vec<Selected<'a>>> = Vec::new();
        let mut spread: HashSet<&Name> = HashSet::new();
        let mut pending: Vec<Set<'a>> = sets.to_vec();
        while let Some(Set { parent, selections }) = pending.pop() {
            self.left = self.left.saturating_sub(selections.len());
            for selection in selections {
                match selection {
                    Selection::Field(field) => {
                        let name = field.alias.as_ref().unwrap_or(&field.name);
                        let place = *places.entry(name).or_insert(groups.len());
                        if place == groups.len() {
                            groups.push(Vec::new());
                        }
                        groups.get_mut(place).into_iter().for_each(|group| group.push(Selected { parent, field }));
                    }
                    Selection::InlineFragment(inline) => {
                        let parent = inline.type_condition.as_ref().map_or(parent, |name| self.schema.types.get(name));
                        pending.push(Set { parent, selections: &inline.selection_set });
                    }
                    Selection::FragmentSpread(name) if spread.insert(&name.fragment_name) => {
                        pending.extend(self.index.fragment(&name.fragment_name).map(|fragment| Set {
                            parent: self.schema.types.get(&fragment.type_condition),
                            selections: &fragment.selection_set,
                        }));
                    }
                    Selection::FragmentSpread(_) => {}
                }
            }
        }
        groups
    }

    /// What is asked is an equivalence, so all are compared with the first one; of shapes with the first one that has a type.
    fn group(&mut self, asked: Asked, group: &[Selected<'a>]) {
        let mut compared = group.iter().filter(|selected| asked == Asked::Sameness || selected.ty().is_some());
        if let Some(first) = compared.next() {
            for other in compared {
                let what = match asked {
                    Asked::Shape => self.shape(*first, *other),
                    Asked::Sameness => self.sameness(*first, *other),
                };
                let at = vec![first.field.at().min(other.field.at()), first.field.at().max(other.field.at())];
                self.findings.extend(what.map(|what| Finding { at, what }));
            }
        }
        let below = group.iter().filter_map(|selected| selected.below(self.schema)).collect();
        self.push(asked, below);
    }

    fn shape(&self, first: Selected<'a>, other: Selected<'a>) -> Option<What<'a>> {
        let (left, right) = (first.ty()?, other.ty()?);
        let is_leaf = |ty: &Type| self.schema.types.get(ty.inner_named_type()).is_some_and(|ty| !is_composite(ty));
        let same = left == right || wrappers(left) == wrappers(right) && !is_leaf(left) && !is_leaf(right);
        (!same).then_some(What::DifferentTypes(name_of(first.field)))
    }

    fn sameness(&mut self, first: Selected<'a>, other: Selected<'a>) -> Option<What<'a>> {
        let (left, right) = (first.field, other.field);
        let same = left.name == right.name
            && left.arguments.len() == right.arguments.len()
            && left.arguments.iter().all(|argument| {
                by_name(&right.arguments, &argument.name).is_some_and(|other| self.same(&argument.value, &other.value))
            });
        (!same).then_some(What::Different(name_of(left)))
    }

    /// Whether two literals are written alike, up to the order of the fields of objects.
    fn same(&mut self, left: &'a Node<Value>, right: &'a Node<Value>) -> bool {
        let mut pending = vec![(left, right)];
        while let Some((left, right)) = pending.pop() {
            self.left = self.left.saturating_sub(1);
            match (&**left, &**right) {
                (Value::List(left), Value::List(right)) if left.len() == right.len() => {
                    pending.extend(left.iter().zip(right));
                }
                (Value::Object(left), Value::Object(right)) if left.len() == right.len() => {
                    let (left, right) = (sorted(left), sorted(right));
                    if left.iter().zip(&right).any(|((left, _), (right, _))| left != right) {
                        return false;
                    }
                    pending.extend(left.into_iter().zip(right).map(|((_, left), (_, right))| (left, right)));
                }
                (Value::String(text), Value::String(other)) => {
                    let is_block = |value: &Node<Value>| value.of(self.source).starts_with("\"\"\"");
                    if text != other || is_block(left) != is_block(right) {
                        return false;
                    }
                }
                (Value::List(_) | Value::Object(_), _) => return false,
                (left, right) if left != right => return false,
                _ => {}
            }
        }
        true
    }
}

fn name_of(field: &Field) -> &str {
    field.alias.as_ref().unwrap_or(&field.name)
}

fn by_name<'a>(arguments: &'a [Node<Argument>], name: &Name) -> Option<&'a Node<Argument>> {
    arguments.iter().find(|argument| argument.name == *name)
}

fn sorted(fields: &[(Name, Node<Value>)]) -> Vec<(&Name, &Node<Value>)> {
    let mut fields: Vec<_> = fields.iter().map(|(name, value)| (name, value)).collect();
    fields.sort_by_key(|(name, _)| name.as_str());
    fields
}

/// The lists and non-nulls around a type.
fn wrappers(ty: &Type) -> Vec<bool> {
    let mut wrappers = vec![ty.is_non_null()];
    let mut ty = ty;
    while let Type::List(item) | Type::NonNullList(item) = ty {
        ty = item;
        wrappers.push(ty.is_non_null());
    }
    wrappers
}

/// Fields that can be of one object: those of each object type, with all of interfaces and unions.
fn of_one_object<'a>(group: &[Selected<'a>]) -> Vec<Vec<Selected<'a>>> {
    let mut objects: Vec<(&Name, Vec<Selected<'a>>)> = Vec::new();
    let mut others: Vec<Selected<'a>> = Vec::new();
    for selected in group {
        match selected.parent {
            Some(ExtendedType::Object(ty)) => match objects.iter_mut().find(|(name, _)| **name == ty.name) {
                Some((_, fields)) => fields.push(*selected),
                None => objects.push((&ty.name, vec![*selected])),
            },
            _ => others.push(*selected),
        }
    }
    if objects.is_empty() {
        return vec![others];
    }
    objects.into_iter().map(|(_, fields)| [fields, others.clone()].concat()).collect()
}
