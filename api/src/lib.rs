//! Masthead: a content API over the posts that you have.
//!
//! Modules in reading order: what runs ([`cli`], [`config`], [`app`]), what answers ([`http`], [`graphql`], and what was answered
//! before: [`cache`], [`freshness`]; what is told of it: [`observe`]), what is served ([`article`] and its neighbours), where it comes from ([`import`], [`demo`]), what it stands on ([`db`], [`media`],
//! [`error`]).

pub mod app;
pub mod article;
pub mod audience;
pub mod author;
pub mod backup;
pub mod cache;
pub mod category;
pub mod check;
pub mod cli;
pub mod config;
pub mod db;
pub mod demo;
pub mod error;
pub mod export;
pub mod fold;
pub mod freshness;
pub mod graphql;
pub mod http;
pub mod image;
pub mod import;
pub mod list;
pub mod media;
pub mod observe;
mod path;
mod progress;
pub mod search;
pub mod site;
pub mod slug;
pub mod suggest;
pub mod tag;
mod text;

pub use error::{Error, Nullable, Result};
