//! Writes the sites that the browser test imports: `cargo run --package tests --example vectors -- FOLDER`.

#![expect(clippy::print_stdout, clippy::expect_used, reason = "a program for the tests")]

fn main() {
    let folder = std::env::args().nth(1).expect("the folder to write to");
    let folder = folder.as_str().into();
    println!("{}", tests::vectors::write(folder) + tests::vectors::write_bred(folder));
}
