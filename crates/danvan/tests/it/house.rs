//! The habits of the house that no lint knows.

use std::path::Path;

use crate::{
    constants::constants,
    tree::{Source, sources},
};

fn rust() -> Vec<Source> {
    sources("crates").into_iter().filter(Source::is_rust).collect()
}

/// Where `found` holds: `path:line`.
fn places(files: &[Source], found: impl Fn(&Source, &str) -> bool) -> Vec<String> {
    let lines = files.iter().flat_map(|file| file.lines().map(move |(number, line)| (file, number, line)));
    lines
        .filter(|(file, _, line)| found(file, line))
        .map(|(file, number, _)| format!("{}:{number}", file.path))
        .collect()
}

fn is_this_guard(file: &Source) -> bool {
    file.path.ends_with("tests/it/house.rs")
}

#[test]
fn only_the_clock_of_web_reads_the_time_of_the_machine() {
    let reads = ["Timestamp::now", "SystemTime::now", "Zoned::now"];
    let found = places(&rust(), |file, line| !is_this_guard(file) && reads.iter().any(|read| line.contains(read)));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("crates/web/src/app.rs:"), "{found:?}");
}

#[test]
fn nothing_is_allowed_that_the_lints_forbid() {
    let found = places(&rust(), |file, line| {
        !is_this_guard(file)
            && ["#[allow", "#![allow", "todo!(", "unimplemented!("].iter().any(|slip| line.contains(slip))
    });
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_file_is_one_idea() {
    let long: Vec<(String, usize)> = rust().iter().map(|file| (file.path.clone(), file.text.lines().count())).collect();
    let long: Vec<_> =
        long.into_iter().filter(|(path, lines)| *lines > if path.contains("/tests") { 800 } else { 600 }).collect();
    assert_eq!(long, vec![]);
}

#[test]
fn every_file_says_what_it_is_for() {
    let files = rust().into_iter().filter(|file| !file.is_test());
    let silent: Vec<String> = files.filter(|file| !file.text.starts_with("//!")).map(|file| file.path).collect();
    assert_eq!(silent, Vec::<String>::new());
}

#[test]
fn a_thing_without_a_name_has_no_place() {
    let empty = ["util", "utils", "helper", "helpers", "common", "manager", "misc"];
    let named = |file: &Source| {
        Path::new(&file.path).components().any(|part| {
            let part = part.as_os_str().to_string_lossy();
            empty.contains(&part.strip_suffix(".rs").unwrap_or(&part))
        })
    };
    let found: Vec<String> = rust().iter().filter(|file| named(file)).map(|file| file.path.clone()).collect();
    assert_eq!(found, Vec::<String>::new());
}

/// A build must come out the same wherever the tree lies.
#[test]
fn no_path_of_a_workplace_stands_in_the_tree() {
    let mut files = sources("crates");
    for folder in ["packs", "script", "docs"] {
        files.extend(sources(folder));
    }
    let homes = ["/home/", "/root/", "/Users/", "/work/"];
    let found = places(&files, |file, line| !is_this_guard(file) && homes.iter().any(|home| line.contains(home)));
    assert_eq!(found, Vec::<String>::new());
}

/// SQL stands in the stores, and in the room that knows the databases.
#[test]
fn no_statement_stands_outside_a_store() {
    let outside: Vec<Source> = rust()
        .into_iter()
        .filter(|file| !file.is_test() && !file.is_store() && !file.path.starts_with("crates/db/"))
        .collect();
    let starts = ["select ", "insert into ", "delete from ", "update ", "create table ", "create view "];
    let is_sql = |text: &str| {
        let text = text.trim_start();
        starts.iter().any(|start| text.starts_with(start))
            && [" from ", " set ", " values", "("].iter().any(|part| text.contains(part))
    };
    let found: Vec<String> = outside
        .iter()
        .flat_map(|file| {
            constants(&file.text)
                .into_iter()
                .filter(|(_, text)| text.as_deref().is_some_and(is_sql))
                .map(|(name, _)| format!("{} {name}", file.path))
        })
        .collect();
    assert_eq!(found, Vec::<String>::new());
}

/// What a register may switch on is there.
#[test]
fn every_behaviour_of_the_pack_is_handed_over() {
    let mut handed: Vec<&str> = danvan::instance::behaviours().iter().map(|one| one.name()).collect();
    let mut known = pack::register::BEHAVIOURS.to_vec();
    handed.sort_unstable();
    known.sort_unstable();
    assert_eq!(handed, known);
}
