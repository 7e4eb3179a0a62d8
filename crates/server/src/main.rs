//! The binary `headstart`: see `headstart --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    headstart_server::cli::main()
}
