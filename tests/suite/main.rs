//! What Masthead promises, seen from outside: over HTTP and through the importer, on SQLite and PostgreSQL.

#[cfg(test)]
mod backup;
#[cfg(test)]
mod cache;
#[cfg(test)]
mod cancel;
#[cfg(test)]
mod cases;
#[cfg(test)]
mod check;
#[cfg(test)]
mod cost;
#[cfg(test)]
mod engine;
#[cfg(test)]
mod examples;
#[cfg(test)]
mod export;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod folding;
#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod html;
#[cfg(test)]
mod http;
#[cfg(test)]
mod import;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod markdown;
#[cfg(test)]
mod media;
#[cfg(test)]
mod migrations;
#[cfg(test)]
mod observe;
#[cfg(test)]
mod paging;
mod plans;
#[cfg(test)]
mod readme;
#[cfg(test)]
mod relevance;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod search;
#[cfg(test)]
mod security;
#[cfg(test)]
mod statements;
#[cfg(test)]
mod suggest;
#[cfg(test)]
mod tidy;
#[cfg(test)]
mod tools;
#[cfg(test)]
mod validation;
