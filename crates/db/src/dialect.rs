//! What the two databases do differently, as named acts with two bodies each. Nothing outside this room asks which one it is.

use crate::{Result, Tx, args};

const SEARCH_SQLITE: &str = "create virtual table if not exists search using fts5(words, readers, content='', contentless_delete=1, tokenize='ascii')";
const SEARCH_POSTGRES: &str =
    "create table if not exists search (record bigint primary key, words tsvector not null, readers tsvector not null)";
const SEARCH_POSTGRES_WORDS: &str = "create index if not exists search_words on search using gin (words, readers)";

const PUT_SQLITE: &str = "insert into search (rowid, words, readers) values ($1, $2, $3)";
const PUT_POSTGRES: &str =
    "insert into search (record, words, readers) values ($1, to_tsvector('simple', $2), to_tsvector('simple', $3))
    on conflict (record) do update set words = excluded.words, readers = excluded.readers";
const DROP_SQLITE: &str = "delete from search where rowid = $1";
const DROP_POSTGRES: &str = "delete from search where record = $1";

const FIND_SQLITE: &str = "select rowid from search where search match $1 and rowid < $2 order by rowid desc limit $3";
const FIND_POSTGRES: &str = "select record from search where (words @@ cast($1 as tsquery)) and (readers @@ cast($4 as tsquery)) and record < $2
    order by record desc limit $3";
/// How many of the newest records match, and the newest that match among many: the inner limit keeps PostgreSQL to this order.
const PROBE_POSTGRES: &str =
    "select count(*) from (select words, readers from search where record < $2 order by record desc limit $3) as newest
    where (words @@ cast($1 as tsquery)) and (readers @@ cast($4 as tsquery))";
const WALK_POSTGRES: &str = "select record from (select record, words, readers from search where record < $2 order by record desc limit $5) as newest
    where (words @@ cast($1 as tsquery)) and (readers @@ cast($4 as tsquery)) limit $3";
const COUNT_SQLITE: &str = "select count(*) from (select 1 from search where search match $1 limit $2) as found";
const COUNT_POSTGRES: &str = "select count(*) from (select 1 from search where (words @@ cast($1 as tsquery)) and (readers @@ cast($3 as tsquery)) limit $2) as found";

pub(crate) async fn lay_search(tx: &mut Tx) -> Result<()> {
    if tx.is_sqlite() {
        tx.run(SEARCH_SQLITE, args![]).await?;
    } else {
        tx.run(SEARCH_POSTGRES, args![]).await?;
        tx.run(SEARCH_POSTGRES_WORDS, args![]).await?;
    }
    Ok(())
}

/// Puts a record into the search index: its folded words in order, and the tokens of those who may read it.
pub async fn index(tx: &mut Tx, record: i64, words: &str, readers: &str) -> Result<()> {
    if tx.is_sqlite() {
        tx.run(DROP_SQLITE, args![record]).await?;
    }
    index_first(tx, record, words, readers).await
}

/// The same for one that was never in it.
pub async fn index_first(tx: &mut Tx, record: i64, words: &str, readers: &str) -> Result<()> {
    let sql = if tx.is_sqlite() { PUT_SQLITE } else { PUT_POSTGRES };
    tx.run(sql, args![record, words, readers]).await.map(|_| ())
}

pub async fn unindex(tx: &mut Tx, record: i64) -> Result<()> {
    tx.run(if tx.is_sqlite() { DROP_SQLITE } else { DROP_POSTGRES }, args![record]).await.map(|_| ())
}

/// What is searched for: phrases of folded words (letters and digits only), the last of which may be unfinished, seen by one of `readers`.
#[derive(Clone, Debug, Default)]
pub struct Query {
    pub phrases: Vec<Vec<String>>,
    pub unfinished: bool,
    /// Reader tokens of which one must match; empty: everything (the operator).
    pub readers: Vec<String>,
}

impl Query {
    fn sqlite(&self) -> String {
        let last = self.phrases.len().saturating_sub(1);
        let phrase = |(place, words): (usize, &Vec<String>)| {
            let star = if place == last && self.unfinished { "*" } else { "" };
            format!("words : \"{}\"{star}", words.join(" "))
        };
        let mut text = self.phrases.iter().enumerate().map(phrase).collect::<Vec<_>>().join(" AND ");
        if !self.readers.is_empty() {
            let tokens: Vec<String> = self.readers.iter().map(|token| format!("readers : \"{token}\"")).collect();
            text = format!("({text}) AND ({})", tokens.join(" OR "));
        }
        text
    }

    fn postgres(&self) -> (String, String) {
        let last = self.phrases.len().saturating_sub(1);
        let phrase = |(place, words): (usize, &Vec<String>)| {
            let star = if place == last && self.unfinished { ":*" } else { "" };
            format!("({}{star})", words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" <-> "))
        };
        let words = self.phrases.iter().enumerate().map(phrase).collect::<Vec<_>>().join(" & ");
        let readers: Vec<String> = self.readers.iter().map(|token| format!("'{token}'")).collect();
        (words, if readers.is_empty() { "'all'".to_owned() } else { readers.join(" | ") })
    }
}

/// PostgreSQL finds all that match before it knows the newest. Of what stands in more than so many of the newest records, walking down from
/// the newest is quicker, as long as that goes on.
const NEWEST: i64 = 400;
const OFTEN: i64 = 10;
const WALK: i64 = 40_000;

/// The newest records that match, below `before` (an id; `i64::MAX` for the first page).
pub async fn search(tx: &mut Tx, query: &Query, before: i64, limit: i64) -> Result<Vec<i64>> {
    let rows: Vec<(i64,)> = if tx.is_sqlite() {
        tx.all(FIND_SQLITE, args![query.sqlite(), before, limit]).await?
    } else {
        let (words, readers) = query.postgres();
        let (often,): (i64,) = tx.one(PROBE_POSTGRES, args![&words, before, NEWEST, &readers]).await?;
        if often >= OFTEN {
            let found: Vec<(i64,)> = tx.all(WALK_POSTGRES, args![&words, before, limit, &readers, WALK]).await?;
            if i64::try_from(found.len()).is_ok_and(|count| count == limit) {
                return Ok(found.into_iter().map(|(id,)| id).collect());
            }
        }
        tx.all(FIND_POSTGRES, args![words, before, limit, readers]).await?
    };
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// How many match, counted up to `bound`.
pub async fn search_count(tx: &mut Tx, query: &Query, bound: i64) -> Result<i64> {
    let (count,): (i64,) = if tx.is_sqlite() {
        tx.one(COUNT_SQLITE, args![query.sqlite(), bound]).await?
    } else {
        let (words, readers) = query.postgres();
        tx.one(COUNT_POSTGRES, args![words, bound, readers]).await?
    };
    Ok(count)
}

const KEEPS_SQLITE: [&str; 4] = [
    "create trigger if not exists entry_kept before delete on entry
    begin select raise(abort, 'the timeline is only added to'); end",
    "create trigger if not exists entry_unchanged before update on entry
    when old.seal <> 0 or new.seal = 0 or (old.id, old.kind, old.about, old.number, old.act, old.who, old.seat, old.at_ms, old.body, old.hash)
        <> (new.id, new.kind, new.about, new.number, new.act, new.who, new.seat, new.at_ms, new.body, new.hash)
        or old.on_day is not new.on_day or old.cause is not new.cause
    begin select raise(abort, 'the timeline is only added to'); end",
    "create trigger if not exists seal_kept before delete on seal
    begin select raise(abort, 'the timeline is only added to'); end",
    "create trigger if not exists seal_unchanged before update on seal
    begin select raise(abort, 'the timeline is only added to'); end",
];
const KEEPS_POSTGRES: [&str; 3] = [
    "create or replace function keep_timeline() returns trigger language plpgsql as $keep$
    begin raise exception 'the timeline is only added to'; end $keep$",
    "create trigger timeline_kept before delete or update of id, kind, about, number, act, who, seat, at_ms, on_day, body, cause, hash
    on entry for each row execute function keep_timeline()",
    "create trigger timeline_kept before delete or update on seal for each row execute function keep_timeline()",
];
const SEALED_ONCE_POSTGRES: &str = "create trigger sealed_once before update of seal on entry
    for each row when (old.seal <> 0 or new.seal = 0) execute function keep_timeline()";
const KEPT_POSTGRES: &str =
    "select 1 from pg_trigger where tgname = 'sealed_once' and tgrelid = cast('entry' as regclass)";
const LOOSEN_SQLITE: [&str; 4] = [
    "drop trigger if exists entry_kept",
    "drop trigger if exists entry_unchanged",
    "drop trigger if exists seal_kept",
    "drop trigger if exists seal_unchanged",
];
const LOOSEN_POSTGRES: [&str; 3] = [
    "drop trigger if exists timeline_kept on entry",
    "drop trigger if exists timeline_kept on seal",
    "drop trigger if exists sealed_once on entry",
];

/// Lays the triggers that refuse to change or remove what the timeline holds: against slips of our own code and of the hand.
pub async fn keep_timeline(tx: &mut Tx) -> Result<()> {
    if tx.is_sqlite() {
        for sql in KEEPS_SQLITE {
            tx.run(sql, args![]).await?;
        }
    } else if tx.maybe::<(i32,)>(KEPT_POSTGRES, args![]).await?.is_none() {
        // Asked first: laying a trigger waits for every transaction that writes entries.
        for sql in KEEPS_POSTGRES.into_iter().chain([SEALED_ONCE_POSTGRES]) {
            tx.run(sql, args![]).await?;
        }
    }
    Ok(())
}

/// Takes those triggers away, for a transaction that restores a copy.
pub async fn loosen_timeline(tx: &mut Tx) -> Result<()> {
    let texts: &[&'static str] = if tx.is_sqlite() { &LOOSEN_SQLITE } else { &LOOSEN_POSTGRES };
    for sql in texts {
        tx.run(sql, args![]).await?;
    }
    Ok(())
}

const LOCK_NAMES: &str = "lock table name in share row exclusive mode";
const LOCK_KEY: &str = "select cast(pg_advisory_xact_lock($1) as text)";
const CLAIM_SKIP: &str = "update job set state = 'running', lease_ms = $2 where id = (
    select id from job where state = 'waiting' and after_ms <= $1 or state = 'running' and lease_ms < $1
    order by id limit 1 for update skip locked) returning id";
const CLAIM: &str = "update job set state = 'running', lease_ms = $2 where id = (
    select id from job where state = 'waiting' and after_ms <= $1 or state = 'running' and lease_ms < $1
    order by id limit 1) returning id";

impl Tx {
    /// One writer at a time gives out names; SQLite's writing transaction is alone already.
    pub(crate) async fn lock_names(&mut self) -> Result<()> {
        if !self.is_sqlite() {
            self.run(LOCK_NAMES, args![]).await?;
        }
        Ok(())
    }

    /// Waits until no other transaction holds `key`; let go at its end. For what no row stands for yet.
    pub async fn hold(&mut self, key: i64) -> Result<()> {
        if !self.is_sqlite() {
            let _: Option<(Option<String>,)> = self.maybe(LOCK_KEY, args![key]).await?;
        }
        Ok(())
    }
}

/// Takes the next waiting job, or one whose worker died (its lease ran out); two workers never take the same one.
pub async fn claim_job(tx: &mut Tx, now_ms: i64, lease_ms: i64) -> Result<Option<i64>> {
    let sql = if tx.is_sqlite() { CLAIM } else { CLAIM_SKIP };
    Ok(tx.maybe::<(i64,)>(sql, args![now_ms, lease_ms]).await?.map(|(id,)| id))
}

/// One view of a register with a column for each field, so that other tools read the house without its code. Names come from checked definitions.
pub async fn lay_view(tx: &mut Tx, view: &str, register: i64, fields: &[&str]) -> Result<()> {
    let column = |field: &&str| {
        if tx.is_sqlite() {
            format!("json_extract(r.data, '$.fields.{field}') as \"{field}\"")
        } else {
            format!("cast(r.data as json) -> 'fields' ->> '{field}' as \"{field}\"")
        }
    };
    let mut columns = vec![
        "r.id as record_id",
        "r.unit as unit_id",
        "r.year as record_year",
        "r.number as record_number",
        "r.day as record_day",
        "s.name as record_state",
        "r.title as record_title",
    ]
    .into_iter()
    .map(str::to_owned)
    .collect::<Vec<_>>();
    columns.extend(fields.iter().map(column));
    let text = format!(
        "create view {view} as select {} from record r left join name s on s.id = r.state where r.register = {register} and not r.void",
        columns.join(", ")
    );
    let gone: &'static str = Box::leak(format!("drop view if exists {view}").into_boxed_str());
    let made: &'static str = Box::leak(text.into_boxed_str());
    tx.run(gone, args![]).await?;
    tx.run(made, args![]).await.map(|_| ())
}
