//! `danvan`: one program for the server, the shell and the demo.

use std::process::ExitCode;

use clap::Parser;
use danvan::{cli::Cli, shell};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    runtime.block_on(shell::run(cli))
}
