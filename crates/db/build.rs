//! New migration files must reach the binary.
fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
