//! What other servers of content have been attacked by, a class of attacks in each module. What is proven by which test, and what
//! does not apply, stands in `docs/security.md`.

mod asking;
mod files;
mod injection;
mod oracle;
mod roles;
