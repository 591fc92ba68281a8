//! Every SQL text is read by both databases.

use std::collections::BTreeSet;

use db::testing::{both, prepare};

use crate::{
    constants::constants,
    tree::{Source, sources},
};

/// Texts of `db` that only PostgreSQL is given, though their names do not say so.
const POSTGRES_ONLY: [&str; 3] = ["LOCK_NAMES", "LOCK_KEY", "CLAIM_SKIP"];
const VERBS: [&str; 7] = ["create", "delete", "insert", "lock", "select", "update", "with"];

struct Statement {
    place: String,
    sql: String,
    sqlite: bool,
    postgres: bool,
}

fn statements() -> Vec<Statement> {
    let holds_sql =
        |file: &Source| file.is_rust() && !file.is_test() && (file.is_store() || file.path.starts_with("crates/db/"));
    let mut found = Vec::new();
    for file in sources("crates").into_iter().filter(holds_sql) {
        for (name, text) in constants(&file.text) {
            let sql = text.unwrap_or_else(|| panic!("{}: cannot read {name}", file.path));
            let verb = sql.split_whitespace().next().unwrap_or_default();
            if !VERBS.contains(&verb) {
                continue;
            }
            found.push(Statement {
                place: format!("{} {name}", file.path),
                sqlite: !name.contains("POSTGRES") && !POSTGRES_ONLY.contains(&name.as_str()),
                postgres: !name.contains("SQLITE"),
                sql,
            });
        }
    }
    found
}

#[tokio::test]
async fn every_statement_is_read_by_its_databases() {
    let statements = statements();
    let rooms: BTreeSet<&str> = statements.iter().filter_map(|one| one.place.split('/').nth(1)).collect();
    assert!(statements.len() > 100 && rooms.len() >= 7, "{} statements in {rooms:?}", statements.len());
    let mut refused = Vec::new();
    for (place, scratch) in both().await.unwrap().iter().enumerate() {
        let is_sqlite = place == 0;
        for one in statements.iter().filter(|one| if is_sqlite { one.sqlite } else { one.postgres }) {
            let mut tx = scratch.db.read().await.unwrap();
            if let Err(stop) = prepare(&mut tx, &one.sql).await {
                let why = std::error::Error::source(&stop).map(ToString::to_string).unwrap_or_default();
                refused.push(format!("{}: {why}", one.place));
            }
        }
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

/// What the two databases do differently has its place in `db`.
#[test]
fn outside_db_no_statement_is_for_one_database_only() {
    let foreign: Vec<String> =
        statements().into_iter().filter(|one| !(one.sqlite && one.postgres)).map(|one| one.place).collect();
    let outside: Vec<&String> = foreign.iter().filter(|place| !place.starts_with("crates/db/")).collect();
    assert_eq!(outside, Vec::<&String>::new());
    assert!(!foreign.is_empty());
}
