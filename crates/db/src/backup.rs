//! A portable copy of an instance: every table as lines of JSON and every file it names, in one archive that either database reads back.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufRead, BufReader, BufWriter, Write},
    path::Path,
};

use kernel::Refusal;
use serde_json::{Map, Value as Json};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::{Db, Fault, Result, Stop, Tx, Value, args, dialect};

/// What an archive holds: rows of each table, and how many files.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Contents {
    pub tables: BTreeMap<String, u64>,
    pub files: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Int,
    Text,
    Bool,
    Bytes,
}

/// A table as the running database describes it.
struct Table {
    name: String,
    columns: Vec<(String, Kind)>,
}

/// Kept by the database or made anew on restoring, so not part of a copy.
const LEFT_OUT: [&str; 2] = ["_sqlx_migrations", "node"];
const FORMAT: &str = "danvan-backup 1";

const TABLES_SQLITE: &str = "select m.name, c.name, lower(c.type) from sqlite_master m, pragma_table_info(m.name) c
    where m.type = 'table' and m.name not like 'search%' and m.name not like 'sqlite_%' order by m.name, c.cid";
const TABLES_POSTGRES: &str = "select cast(table_name as text), cast(column_name as text), cast(data_type as text)
    from information_schema.columns where table_schema = current_schema() and table_name <> 'search'
    order by table_name collate \"C\", ordinal_position";

async fn tables(tx: &mut Tx) -> Result<Vec<Table>> {
    let sql = if tx.is_sqlite() { TABLES_SQLITE } else { TABLES_POSTGRES };
    let mut tables: Vec<Table> = Vec::new();
    for (table, column, kind) in tx.all::<(String, String, String)>(sql, args![]).await? {
        let kind = match kind.as_str() {
            "bigint" => Kind::Int,
            "text" => Kind::Text,
            "boolean" => Kind::Bool,
            "bytea" => Kind::Bytes,
            _ if LEFT_OUT.contains(&table.as_str()) => continue,
            other => return Err(Stop::fault(format!("copying {table}.{column}: unknown kind {other}"))),
        };
        if LEFT_OUT.contains(&table.as_str()) {
            continue;
        }
        match tables.last_mut() {
            Some(last) if last.name == table => last.columns.push((column, kind)),
            _ => tables.push(Table { name: table, columns: vec![(column, kind)] }),
        }
    }
    Ok(tables)
}

/// Writes a copy of everything as of one moment: one read snapshot, then the files it names.
pub async fn backup(db: &Db, to: &Path) -> Result<Contents> {
    let mut contents = Contents::default();
    let mut archive = ZipWriter::new(BufWriter::new(File::create(to)?));
    let options = SimpleFileOptions::default().large_file(true);
    archive.start_file("format", options).map_err(zip_fault)?;
    archive.write_all(FORMAT.as_bytes())?;
    let mut tx = db.read().await?;
    let mut hashes = Vec::new();
    for table in tables(&mut tx).await? {
        archive.start_file(format!("tables/{}.jsonl", table.name), options).map_err(zip_fault)?;
        let rows = dump(&mut tx, &table).await?;
        contents.tables.insert(table.name.clone(), rows.len() as u64);
        for row in rows {
            if table.name == "attachment"
                && let Some(Json::String(hash)) = row.get("hash")
            {
                hashes.push(hash.clone());
            }
            serde_json::to_writer(&mut archive, &row)?;
            archive.write_all(b"\n")?;
        }
    }
    drop(tx);
    hashes.sort();
    hashes.dedup();
    for hash in hashes {
        archive.start_file(format!("files/{hash}"), options).map_err(zip_fault)?;
        std::io::copy(&mut db.files().get(&hash)?, &mut archive)?;
        contents.files += 1;
    }
    let mut file = archive.finish().map_err(zip_fault)?;
    file.flush()?;
    file.get_ref().sync_all()?;
    Ok(contents)
}

/// Reads a copy into an empty instance; one that already holds records is refused.
pub async fn restore(db: &Db, from: &Path) -> Result<Contents> {
    let file = File::open(from).map_err(|_| Refusal::new("backup.no_file").with("file", from.display()))?;
    let unreadable = || Refusal::new("backup.not_ours").with("file", from.display());
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|_| unreadable())?;
    let format = archive.by_name("format").map_err(|_| unreadable())?;
    if std::io::read_to_string(format)? != FORMAT {
        return Err(unreadable().into());
    }
    let mut contents = Contents::default();
    let names: Vec<String> = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    for name in names.iter().filter_map(|name| name.strip_prefix("files/")) {
        let mut stored = archive.by_name(&format!("files/{name}")).map_err(zip_fault)?;
        if db.files().put(&mut stored)?.hash != name {
            return Err(Refusal::new("backup.damaged_file").with("file", name).into());
        }
        contents.files += 1;
    }
    let mut tx = db.begin().await?;
    dialect::loosen_timeline(&mut tx).await?;
    let tables = tables(&mut tx).await?;
    for table in &tables {
        let (rows,) = count(&mut tx, &table.name).await?;
        if rows > 0 && table.name == "record" {
            return Err(Refusal::new("backup.not_empty").with("rows", rows).into());
        }
        clear(&mut tx, &table.name).await?;
    }
    for table in tables {
        let Ok(lines) = archive.by_name(&format!("tables/{}.jsonl", table.name)) else { continue };
        let mut batch = Vec::new();
        let mut total = 0;
        for line in BufReader::new(lines).lines() {
            let row: Map<String, Json> = serde_json::from_str(&line?)?;
            batch.push(
                table
                    .columns
                    .iter()
                    .map(|(column, kind)| undump(row.get(column), *kind))
                    .collect::<Result<Vec<Value>>>()?,
            );
            total += 1;
            if batch.len() == 2_000 {
                load(&mut tx, &table, std::mem::take(&mut batch)).await?;
            }
        }
        load(&mut tx, &table, batch).await?;
        contents.tables.insert(table.name, total);
    }
    dialect::keep_timeline(&mut tx).await?;
    tx.commit().await?;
    Ok(contents)
}

/// Statements of this file are made from the schema's own names, never from what a person typed; kept for ever, they are few.
fn kept(sql: String) -> &'static str {
    Box::leak(sql.into_boxed_str())
}

async fn count(tx: &mut Tx, table: &str) -> Result<(i64,)> {
    tx.one(kept(format!("select count(*) from {table}")), args![]).await
}

async fn clear(tx: &mut Tx, table: &str) -> Result<()> {
    tx.run(kept(format!("delete from {table}")), args![]).await.map(|_| ())
}

async fn load(tx: &mut Tx, table: &Table, rows: Vec<Vec<Value>>) -> Result<()> {
    let columns: Vec<&str> = table.columns.iter().map(|(column, _)| column.as_str()).collect();
    tx.fill(kept(format!("insert into {} ({}) values", table.name, columns.join(", "))), rows).await
}

async fn dump(tx: &mut Tx, table: &Table) -> Result<Vec<Map<String, Json>>> {
    use sqlx::{AssertSqlSafe, Row as _};
    let columns: Vec<&str> = table.columns.iter().map(|(column, _)| column.as_str()).collect();
    let sql = format!("select {} from {}", columns.join(", "), table.name);
    macro_rules! read {
        ($tx:expr) => {{
            let rows = sqlx::query(AssertSqlSafe(sql.clone())).fetch_all(&mut **$tx).await;
            let rows = rows.map_err(|source| Stop::sql(&sql, source))?;
            rows.iter()
                .map(|row| {
                    let mut map = Map::new();
                    for (place, (column, kind)) in table.columns.iter().enumerate() {
                        let value = match kind {
                            Kind::Int => row.try_get::<Option<i64>, _>(place).map(Json::from),
                            Kind::Text => row.try_get::<Option<String>, _>(place).map(Json::from),
                            Kind::Bool => row.try_get::<Option<bool>, _>(place).map(Json::from),
                            Kind::Bytes => row
                                .try_get::<Option<Vec<u8>>, _>(place)
                                .map(|bytes| bytes.map(|bytes| hex(&bytes)).into()),
                        };
                        map.insert(column.clone(), value.map_err(|source| Stop::sql(&sql, source))?);
                    }
                    Ok(map)
                })
                .collect()
        }};
    }
    match tx {
        Tx::Sqlite(tx) => read!(tx),
        Tx::Postgres(tx) => read!(tx),
    }
}

fn undump(value: Option<&Json>, kind: Kind) -> Result<Value> {
    let text = || value.and_then(Json::as_str).map(str::to_owned);
    Ok(match kind {
        Kind::Int => Value::Int(value.and_then(Json::as_i64)),
        Kind::Text => Value::Text(text()),
        Kind::Bool => Value::Bool(value.and_then(Json::as_bool).unwrap_or_default()),
        Kind::Bytes => Value::Bytes(text().map(|text| unhex(&text)).transpose()?),
    })
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn unhex(text: &str) -> Result<Vec<u8>> {
    let digits = text.as_bytes().chunks(2);
    digits
        .map(|pair| std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok()))
        .collect::<Option<Vec<u8>>>()
        .ok_or_else(|| Stop::fault("reading bytes of a copy"))
}

fn zip_fault(source: zip::result::ZipError) -> Stop {
    Stop::Fault(Fault::from_source("writing or reading the archive", source))
}
