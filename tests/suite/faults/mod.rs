//! What goes wrong around the program, done to it on purpose: nothing is half done, everyone is told, and each fault has a figure,
//! which a run prints.

mod clock;
mod disk;
mod kill;
mod migration;
mod panics;
mod postgres;
mod shutdown;
mod sqlite;
mod statements;
