//! The `flags` program.

fn main() -> std::process::ExitCode {
    flags::cli::main()
}
