//! What goes wrong around the program, done to it on purpose: each fault has a figure, which a run prints.

mod clock;
mod disk;
mod postgres;
mod shutdown;
