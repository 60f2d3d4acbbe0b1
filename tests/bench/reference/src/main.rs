//! `reference`: what Masthead is measured against. The same bytes for every request are the most that Actix can do; the same
//! answers from SQL written by hand, without a cache, are the most that a database can.

mod answer;
mod asked;
mod content;
mod postgres;
mod server;
mod sqlite;
mod text;

use clap::{Parser, Subcommand};
use postgres::Postgres;
use sqlite::Sqlite;
use std::{error::Error, fs, net::SocketAddr, path::PathBuf};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The servers that Masthead is measured against
#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Address and port to answer on
    #[arg(long, global = true, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
}

#[derive(Subcommand)]
enum Command {
    /// Answers every request by the same bytes
    Constant {
        /// Which ones
        #[arg(long)]
        body: PathBuf,
    },
    /// Answers the operations of `tests/bench/serve` from a database of Masthead
    Sql(content::Options),
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let Cli { command, listen } = Cli::parse();
    match command {
        Command::Constant { body } => server::constant(fs::read(body)?.into(), listen).await?,
        Command::Sql(options) if options.file().is_some() => server::operations::<Sqlite>(options, listen).await?,
        Command::Sql(options) => server::operations::<Postgres>(options, listen).await?,
    }
    Ok(())
}
