//! How deeply a document may ask the schema about itself, as the reference implementation has it: types have fields, which
//! have types, so a short query could ask for more than there is to say.

use super::{
    finding::{Finding, What},
    references::Index,
    text::Place,
};
use apollo_compiler::{
    Name, Node,
    ast::{Field, Selection},
};
use std::collections::HashMap;

/// At how many lists within each other it ends.
const LISTS: usize = 3;

/// The roots that ask for too much.
pub fn check<'a>(index: &Index<'a>) -> Vec<Finding<'a>> {
    let operations = index.operations.iter().map(|(operation, _)| operation.selection_set.as_slice());
    let fragments = index.fragments.iter().map(|(fragment, _)| fragment.selection_set.as_slice());
    let mut pending: Vec<&'a [Selection]> = operations.chain(fragments).collect();
    let mut findings = Vec::new();
    let mut entered = HashMap::new();
    while let Some(selections) = pending.pop() {
        for selection in selections {
            match selection {
                Selection::Field(field) => {
                    if matches!(field.name.as_str(), "__schema" | "__type") && is_too_deep(field, index, &mut entered) {
                        findings.push(Finding { at: vec![field.at()], what: What::IntrospectionDepth });
                    }
                    pending.push(&field.selection_set);
                }
                Selection::InlineFragment(inline) => pending.push(&inline.selection_set),
                Selection::FragmentSpread(_) => {}
            }
        }
    }
    findings
}

/// `entered` keeps below how many lists each fragment was looked at, so that each is looked at a few times only.
fn is_too_deep<'a>(root: &'a Node<Field>, index: &Index<'a>, entered: &mut HashMap<&'a Name, usize>) -> bool {
    let mut pending: Vec<(&'a [Selection], usize)> = vec![(&root.selection_set, 0)];
    while let Some((selections, depth)) = pending.pop() {
        for selection in selections {
            match selection {
                Selection::Field(field) => {
                    let is_list =
                        matches!(field.name.as_str(), "fields" | "interfaces" | "possibleTypes" | "inputFields");
                    let depth = depth + usize::from(is_list);
                    if depth >= LISTS {
                        return true;
                    }
                    pending.push((&field.selection_set, depth));
                }
                Selection::InlineFragment(inline) => pending.push((&inline.selection_set, depth)),
                Selection::FragmentSpread(spread) => {
                    let name = &spread.fragment_name;
                    if entered.get(name).is_none_or(|before| *before < depth)
                        && let Some(fragment) = index.fragment(name)
                    {
                        entered.insert(name, depth);
                        pending.push((&fragment.selection_set, depth));
                    }
                }
            }
        }
    }
    false
}
