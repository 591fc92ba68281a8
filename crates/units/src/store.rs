//! Rows of the tree and decisions in the database. The rows are the lists as they were brought in; decisions stand beside them and are
//! applied on loading, so none of them ever rewrites a row.

use std::{collections::HashSet, sync::Arc};

use db::{Tx, args};
use kernel::{Day, Refused, day_number, number_day};

use crate::{
    Clash, Decision, Edge, Imported, Kinds, Rows, Sheet, SuccessionRow, Tree, VersionRow, decision, read_sheet,
};

const VERSIONS: &str = "
    select place, code, name, kind, parent, from_day, from_after, from_by, to_day, to_after, to_by, decision, source
    from unit_version order by place, number";
const SUCCESSIONS: &str =
    "select from_place, to_place, day, main, rule, source from unit_succession order by from_place, to_place";
const DECISIONS: &str = "select content from unit_decision order by id";

const ADD_VERSION: &str = "
    insert into unit_version (place, number, code, name, kind, parent, from_day, from_after, from_by, to_day, to_after, to_by, decision, source)
    values";
const ADD_SUCCESSION: &str = "insert into unit_succession (from_place, to_place, day, main, rule, source) values";
const ADD_DECISION: &str = "
    insert into unit_decision (id, number, issued, issuer, day, undoes, content) values ($1, $2, $3, $4, $5, $6, $7)";

/// Every server that reads a higher number loads pack and units again.
const RAISE: &str = "insert into instance (key, value) values ($1, '1')
    on conflict (key) do update set value = cast(cast(instance.value as bigint) + 1 as text)";

const DROP_VERSIONS: &str = "delete from unit_version where place = any($1)";
const DROP_SUCCESSIONS: &str = "delete from unit_succession where from_place = any($1)";

#[derive(db::FromRow)]
struct VersionLine {
    place: i64,
    code: String,
    name: String,
    kind: String,
    parent: Option<i64>,
    from_day: Option<i64>,
    from_after: Option<i64>,
    from_by: Option<i64>,
    to_day: Option<i64>,
    to_after: Option<i64>,
    to_by: Option<i64>,
    decision: String,
    source: String,
}

/// What the tree is made of: the lists, and the decisions beside them.
#[derive(Clone, Debug, Default)]
pub struct Books {
    pub rows: Rows,
    pub decisions: Vec<Decision>,
}

impl Books {
    /// The snapshot, and the decisions that no longer fit the lists.
    pub fn tree(&self, kinds: &Arc<Kinds>) -> Result<(Tree, Vec<Clash>), Refused> {
        let (rows, clashes) = decision::replay(&self.rows, &self.decisions, kinds);
        Ok((Tree::build(&rows, Arc::clone(kinds))?, clashes))
    }

    /// The next key for a place that a decision opens; `ahead` keys are taken already by the decision being written.
    pub fn next_key(&self, ahead: i64) -> i64 {
        let opened = self.decisions.iter().flat_map(|decision| &decision.acts).flat_map(decision::Act::opens);
        opened.map(|unit| unit.key() + 1).max().unwrap_or(0).max(self.rows.next_key()) + ahead
    }
}

/// Reads everything that the tree is made of.
pub async fn books(tx: &mut Tx) -> db::Result<Books> {
    let lines: Vec<VersionLine> = tx.all(VERSIONS, args![]).await?;
    let versions = lines.into_iter().map(VersionLine::row).collect();
    let lines: Vec<(i64, i64, i64, bool, String, String)> = tx.all(SUCCESSIONS, args![]).await?;
    let successions = lines
        .into_iter()
        .map(|(from, to, day, main, rule, source)| SuccessionRow { from, to, day: number_day(day), main, rule, source })
        .collect();
    let contents: Vec<(String,)> = tx.all(DECISIONS, args![]).await?;
    let decisions = contents.iter().map(|(content,)| serde_json::from_str(content)).collect::<Result<_, _>>()?;
    Ok(Books { rows: Rows { versions, successions }, decisions })
}

/// The snapshot of the tree.
pub async fn load(tx: &mut Tx, kinds: &Arc<Kinds>) -> db::Result<Tree> {
    let books = books(tx).await?;
    let (tree, clashes) = books.tree(kinds)?;
    for clash in clashes {
        tracing::warn!(number = clash.number, refused = %clash.refused, "a decision on units no longer fits the lists");
    }
    Ok(tree)
}

/// Brings in rows: places that they name are replaced whole, with their successions; the others stay. Returns how many places changed.
/// Refuses rows that contradict what stands, or a decision that stands.
pub async fn fill(tx: &mut Tx, rows: &Rows, kinds: &Arc<Kinds>) -> db::Result<usize> {
    let before = books(tx).await?;
    let (mut after, changed) = merged(&before.rows, rows);
    sort(&mut after);
    let (_, clashes) = Books { rows: after.clone(), decisions: before.decisions.clone() }.tree(kinds)?;
    let (_, old) = decision::replay(&before.rows, &before.decisions, kinds);
    if let Some(clash) = clashes.into_iter().find(|clash| !old.iter().any(|known| known.decision == clash.decision)) {
        return Err(clash.refused.into());
    }
    if !before.rows.versions.is_empty() {
        tx.run(DROP_VERSIONS, args![&changed]).await?;
        tx.run(DROP_SUCCESSIONS, args![&changed]).await?;
    }
    let news: HashSet<i64> = changed.iter().copied().collect();
    let mut number = 0;
    let mut last = 0;
    let mut lines = Vec::with_capacity(after.versions.len());
    for row in after.versions.iter().filter(|row| news.contains(&row.place)) {
        number = if row.place == last { number + 1 } else { 0 };
        last = row.place;
        lines.push(version_args(row, number));
    }
    tx.fill(ADD_VERSION, lines).await?;
    let edges = after
        .successions
        .iter()
        .filter(|row| news.contains(&row.from))
        .map(|row| args![row.from, row.to, row.day, row.main, &row.rule, &row.source]);
    tx.fill(ADD_SUCCESSION, edges.collect()).await?;
    Ok(changed.len())
}

/// `danvan units import FILE`.
pub async fn import(tx: &mut Tx, sheet: &str, kinds: &Arc<Kinds>, today: Day) -> db::Result<Imported> {
    let books = books(tx).await?;
    let (tree, _) = books.tree(kinds)?;
    let Sheet { mut rows, known, whole } = read_sheet(sheet, &tree, books.next_key(0), today)?;
    let read = rows.versions.len() + known;
    let places: HashSet<i64> = rows.versions.iter().map(|row| row.place).collect();
    if whole {
        // A list of places says nothing of successions: those that stand stay.
        rows.successions.extend(books.rows.successions.into_iter().filter(|row| places.contains(&row.from)));
    }
    let changed = fill(tx, &rows, kinds).await?;
    Ok(Imported { read, changed, same: places.len() - changed + known })
}

fn sort(rows: &mut Rows) {
    rows.versions.sort_by_key(|row| (row.place, row.from.start()));
    rows.successions.sort_by_key(|row| (row.from, row.to));
}

/// The rows that stand with those brought in laid over them, and the keys of the places that differ.
fn merged(before: &Rows, new: &Rows) -> (Rows, Vec<i64>) {
    let by_place = |rows: &Rows| {
        let mut places: std::collections::BTreeMap<i64, (Vec<VersionRow>, Vec<SuccessionRow>)> =
            std::collections::BTreeMap::new();
        let mut sorted = rows.clone();
        sort(&mut sorted);
        sorted.versions.into_iter().for_each(|row| places.entry(row.place).or_default().0.push(row));
        sorted.successions.into_iter().for_each(|row| places.entry(row.from).or_default().1.push(row));
        places
    };
    let mut places = by_place(before);
    let mut changed = Vec::new();
    for (key, fresh) in by_place(new) {
        if places.get(&key) != Some(&fresh) {
            changed.push(key);
            places.insert(key, fresh);
        }
    }
    let mut rows = Rows::default();
    for (versions, successions) in places.into_values() {
        rows.versions.extend(versions);
        rows.successions.extend(successions);
    }
    (rows, changed)
}

/// Writes a decision down, once the rules agree. The caller records it in the timeline and raises the generation.
pub async fn apply(tx: &mut Tx, decision: &Decision, kinds: &Kinds) -> db::Result<()> {
    let books = books(tx).await?;
    decision::record(&books.rows, &books.decisions, decision, kinds)?;
    let content = serde_json::to_string(decision)?;
    let Decision { id, number, issued, issuer, day, undoes, .. } = decision;
    tx.run(ADD_DECISION, args![*id, number, *issued, issuer, *day, *undoes, content]).await?;
    Ok(())
}

/// Tells every server to load its snapshot again.
pub async fn raise_generation(tx: &mut Tx) -> db::Result<()> {
    tx.run(RAISE, args!["generation"]).await.map(|_| ())
}

fn version_args(row: &VersionRow, number: i64) -> Vec<db::Value> {
    let edge = |edge: Edge| match edge {
        Edge::Open => [None, None, None],
        Edge::On(day) => [Some(day), None, None],
        Edge::Between { after, taken, by } => [Some(taken), Some(after), Some(by)],
    };
    let [from, from_after, from_by] = edge(row.from).map(|day| day.map(day_number));
    let [to, to_after, to_by] = edge(row.to).map(|day| day.map(day_number));
    args![
        row.place,
        number,
        &row.code,
        &row.name,
        &row.kind,
        row.parent,
        from,
        from_after,
        from_by,
        to,
        to_after,
        to_by,
        &row.decision,
        &row.source
    ]
}

impl VersionLine {
    fn row(self) -> VersionRow {
        let day = |number: Option<i64>| number.map(number_day);
        VersionRow {
            place: self.place,
            code: self.code,
            name: self.name,
            kind: self.kind,
            parent: self.parent,
            from: edge(day(self.from_day), day(self.from_after), day(self.from_by)),
            to: edge(day(self.to_day), day(self.to_after), day(self.to_by)),
            decision: self.decision,
            source: self.source,
        }
    }
}

fn edge(taken: Option<Day>, after: Option<Day>, by: Option<Day>) -> Edge {
    match (taken, after, by) {
        (Some(taken), Some(after), Some(by)) => Edge::Between { after, taken, by },
        (Some(day), ..) => Edge::On(day),
        _ => Edge::Open,
    }
}
