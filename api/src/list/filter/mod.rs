//! The filters of fields, which every `where` is made of. Pure.
//!
//! Each is checked whole before anything is asked ([`Check`]), and then turned into conditions, which can not fail any more.

mod check;
mod id;
mod instant;
mod number;
mod relation;
mod text;
mod tree;

pub use self::{
    check::Check,
    id::IdFilter,
    instant::{DateTimeFilter, Period, start_of_day},
    number::{IntFilter, NumberColumn},
    relation::{ListFilter, Target, fewest},
    text::{Fold, Form, StringFilter, TextColumn},
    tree::{Branches, Where},
};
