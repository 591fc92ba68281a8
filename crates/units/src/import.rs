//! Units from a sheet: the pack's own columns with identities, or a plain list of villages and bodies by name and parent.

use kernel::{Day, Refusal, Refused};
use serde::Serialize;

use crate::{Edge, Kind, Rows, Tree, Unit, VersionRow, kinds::Kinds, rows};

/// What an import did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// Lines of the sheet.
    pub read: usize,
    /// Places that are new or differ.
    pub changed: usize,
    pub same: usize,
}

/// What a sheet holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    pub rows: Rows,
    /// Lines that name a unit already there; what changes about it is a decision.
    pub known: usize,
    /// The pack's own form: its rows take the place of those that stand.
    pub whole: bool,
}

/// Reads a sheet. With a column `place` it is the pack's own form. Without, each line is one unit to add: `name` (with its kind in
/// front, or the kind in `kind`), `parent` by code or slug as of `today`, and if known `code`, `from`, `to`; new units get keys from
/// `next_key` on, those already there under that parent are left as they are.
pub fn read_sheet(text: &str, tree: &Tree, next_key: i64, today: Day) -> Result<Sheet, Refused> {
    let head = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
    if head.split(',').any(|column| column.trim().trim_matches('"') == "place") {
        return Ok(Sheet { rows: Rows::read(text, "")?, known: 0, whole: true });
    }
    let mut refused = Refused::default();
    let mut sheet = Sheet::default();
    for (number, line) in rows::plain_lines(text, &mut refused) {
        match plain(&line, tree, today) {
            Ok((Some(_), _)) => sheet.known += 1,
            Ok((None, row)) => sheet.rows.versions.push(row),
            Err(refusal) => refused.push(refusal.with("line", number)),
        }
    }
    refused.settle()?;
    sheet.rows.versions.iter_mut().zip(next_key..).for_each(|(row, key)| row.place = key);
    Ok(sheet)
}

/// The unit that a line speaks of, if it is there already, and its row without a key.
fn plain(line: &rows::Plain, tree: &Tree, today: Day) -> Result<(Option<Unit>, VersionRow), Refusal> {
    let name = kernel::text::tidy(&line.name);
    if name.is_empty() {
        return Err(Refusal::new("units.name_missing"));
    }
    let (kind, name) = if line.kind.is_empty() { kind_before(tree.kinds(), &name)? } else { (line.kind.clone(), name) };
    let parent = tree.find(&line.parent, today)?;
    let at = tree.at(today);
    let wanted = (kernel::text::slug(&name), kind.as_str());
    let same = |unit: &Unit| {
        let version = at.version(*unit);
        version.is_some_and(|version| {
            let id = match version.kind {
                Kind::Place(kind) => &tree.kinds().places[kind].id,
                Kind::Body(kind) => &tree.kinds().bodies[kind].id,
            };
            (!line.code.is_empty() && *version.code == *line.code)
                || (&*version.slug, id.as_str()) == (&*wanted.0, wanted.1)
        })
    };
    let known = at.children(parent).into_iter().chain(at.bodies(parent)).filter(|unit| unit.slot() == 0).find(same);
    let (from, to) = (Edge::parse(&line.from)?, Edge::parse(&line.to)?);
    if to.end() <= from.start() {
        return Err(Refusal::new("units.ends_before_it_begins").with("code", &line.code).with("name", name));
    }
    let row = VersionRow {
        place: 0,
        code: line.code.clone(),
        name,
        kind,
        parent: Some(parent.key()),
        from,
        to,
        decision: line.decision.clone(),
        source: String::new(),
    };
    Ok((known, row))
}

/// `Thôn Mỹ Trà` → `thon`, `Mỹ Trà`.
fn kind_before(kinds: &Kinds, name: &str) -> Result<(String, String), Refusal> {
    let folded = name.to_lowercase();
    let fits = |prefix: &str| !prefix.is_empty() && folded.starts_with(&format!("{prefix} "));
    // Of several that fit the longest: "thành phố" before "thành".
    let kind = kinds.places.iter().filter(|kind| fits(&kind.prefix)).max_by_key(|kind| kind.prefix.len());
    let kind = kind.ok_or_else(|| Refusal::new("units.unknown_kind").with("value", name))?;
    let rest: String = name.chars().skip(kind.prefix.chars().count() + 1).collect();
    Ok((kind.id.clone(), rest.trim().to_owned()))
}
