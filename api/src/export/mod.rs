//! From articles to files: the way of an import back. What came in from a file and was not changed since goes out as it came
//! in; everything else is written anew, and read again to see that it says the same.

mod article;
mod check;
pub mod folder;
mod form;
mod front_matter;
mod make;
mod names;
mod naming;
pub mod pictures;
mod prepare;
mod run;
mod site;
mod store;
mod target;
mod yaml;

pub use self::{
    form::Form,
    run::{Outcome, run},
};
