//! Each room imports only rooms further down the list.

use std::{collections::BTreeSet, fs};

use crate::tree::top;

/// From the roof to the ground: the map of ARCHITECTURE.md.
const ROOMS: [&str; 17] = [
    "danvan",
    "reports",
    "figures",
    "submissions",
    "records",
    "ledger",
    "vault",
    "jobs",
    "people",
    "units",
    "web",
    "papers",
    "timeline",
    "pack",
    "calendar",
    "db",
    "kernel",
];

/// Rooms whose rules do no I/O, so none of the crates that do it.
const PURE: [&str; 4] = ["kernel", "calendar", "pack", "papers"];
const DO_IO: [&str; 7] = ["axum", "hyper", "reqwest", "sqlx", "tempfile", "tokio", "tower"];

/// The names that a manifest depends on, in tests too.
fn dependencies(room: &str) -> Vec<String> {
    let manifest = fs::read_to_string(top().join("crates").join(room).join("Cargo.toml")).unwrap();
    let mut section = "";
    let mut names = Vec::new();
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            section = line;
        } else if section.ends_with("dependencies]") && !line.is_empty() && !line.starts_with('#') {
            names.push(line.split(['.', '=', ' ']).next().unwrap_or_default().to_owned());
        }
    }
    names
}

#[test]
fn every_room_stands_on_the_map() {
    let folders = fs::read_dir(top().join("crates")).unwrap();
    let there: BTreeSet<String> = folders.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(there, ROOMS.map(str::to_owned).into());
}

#[test]
fn no_room_imports_upward() {
    let mut imports = 0;
    for (place, room) in ROOMS.iter().enumerate() {
        for name in dependencies(room) {
            if let Some(other) = ROOMS.iter().position(|known| *known == name) {
                assert!(other > place, "{room} imports {name}, which is not further down");
                imports += 1;
            }
        }
    }
    assert!(imports > ROOMS.len(), "the manifests were not read");
}

#[test]
fn rules_without_io_stay_so() {
    for room in PURE {
        let names = dependencies(room);
        assert!(!names.is_empty());
        let found = names.iter().find(|name| DO_IO.contains(&name.as_str()));
        assert_eq!(found, None, "{room} does no I/O");
    }
}
