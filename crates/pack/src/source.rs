//! The text of a pack: the files of the base, and overlays laid upon it element by element.

use std::{collections::BTreeMap, fs, path::Path};

use include_dir::{Dir, include_dir};
use kernel::Refusal;
use toml::{Table, Value};

use crate::fault::Fault;

static BASE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../packs/danvan");

/// Files by path inside the pack (`registers/dialogue.toml`), lowest layer first.
#[derive(Clone, Debug, Default)]
pub struct Source {
    layers: Vec<Layer>,
}

/// One directory of definitions.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Layer {
    /// What a fault calls it: empty for the base, the directory of an overlay.
    pub name: String,
    pub files: BTreeMap<String, String>,
}

impl Layer {
    /// The pack inside the binary.
    pub fn base() -> Self {
        let mut files = BTreeMap::new();
        collect(&BASE, &mut files);
        Self { name: String::new(), files }
    }

    /// A directory on disk.
    pub fn read(dir: &Path) -> Result<Self, Refusal> {
        let mut files = BTreeMap::new();
        let unreadable = |_| Refusal::new("pack.no_directory").with("dir", dir.display());
        let mut waiting = vec![dir.to_owned()];
        while let Some(folder) = waiting.pop() {
            for entry in fs::read_dir(&folder).map_err(unreadable)? {
                let path = entry.map_err(unreadable)?.path();
                if path.is_dir() {
                    waiting.push(path);
                } else if let Ok(text) = fs::read_to_string(&path)
                    && let Ok(inside) = path.strip_prefix(dir)
                {
                    files.insert(inside.to_string_lossy().replace('\\', "/"), text);
                }
            }
        }
        Ok(Self { name: dir.display().to_string(), files })
    }
}

fn collect(dir: &Dir<'_>, files: &mut BTreeMap<String, String>) {
    for file in dir.files() {
        if let Some(text) = file.contents_utf8() {
            files.insert(file.path().to_string_lossy().replace('\\', "/"), text.to_owned());
        }
    }
    for inner in dir.dirs() {
        collect(inner, files);
    }
}

impl Source {
    pub fn base() -> Self {
        Self { layers: vec![Layer::base()] }
    }

    /// A pack that stands alone: what `pack check DIR` reads when DIR has its own `pack.toml`.
    pub fn alone(layer: Layer) -> Self {
        Self { layers: vec![layer] }
    }

    #[must_use]
    pub fn with(mut self, overlay: Layer) -> Self {
        self.layers.push(overlay);
        self
    }

    /// The paths inside a folder that end in `.ext`, from all layers.
    pub fn paths(&self, folder: &str, ext: &str) -> Vec<String> {
        let mut paths: Vec<String> = self
            .layers
            .iter()
            .flat_map(|layer| layer.files.keys())
            .filter(|path| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')) && path.ends_with(ext))
            .cloned()
            .collect();
        paths.sort();
        paths.dedup();
        paths
    }

    /// The uppermost text of a file that is not laid by elements (prose, lists).
    pub fn text(&self, path: &str) -> Option<&str> {
        self.layers.iter().rev().find_map(|layer| layer.files.get(path)).map(String::as_str)
    }

    /// What a fault calls a file that is not laid by elements: the uppermost layer's.
    pub(crate) fn file(&self, path: &str) -> String {
        let layer = self.layers.iter().rev().find(|layer| layer.files.contains_key(path));
        layer.map_or_else(|| path.to_owned(), |layer| layer.file(path))
    }

    /// A definition file, all layers merged; a layer that cannot be read is a fault and is left out.
    pub fn table(&self, path: &str, faults: &mut Vec<Fault>) -> Table {
        let mut merged = Table::new();
        for layer in &self.layers {
            let Some(text) = layer.files.get(path) else { continue };
            match text.parse::<Table>() {
                Ok(table) => {
                    let mut missing = Vec::new();
                    lay(&mut merged, table, &mut missing);
                    for id in missing {
                        let line = layer.line(path, &[&id]);
                        let refusal = Refusal::new("pack.drop_nothing").with("id", &id);
                        faults.push(Fault { file: layer.file(path), line, refusal });
                    }
                }
                Err(error) => {
                    let line = error.span().map_or(1, |span| line_of(text, span.start));
                    let refusal = Refusal::new("pack.toml_unreadable").with("reason", error.message());
                    faults.push(Fault { file: layer.file(path), line, refusal });
                }
            }
        }
        merged
    }

    /// Where an element stands: the uppermost layer that has it. `at` are keys, and ids of elements in lists: `["field", "kind", "choices", "periodic"]`.
    pub fn locate(&self, path: &str, at: &[&str]) -> (String, usize) {
        let mut best = (path.to_owned(), 1, 0);
        for layer in &self.layers {
            let Some(text) = layer.files.get(path) else { continue };
            if let Ok(value) = toml_span::parse(text) {
                let (depth, start) = descend(&value, at);
                if depth >= best.2 {
                    best = (layer.file(path), line_of(text, start), depth);
                }
            }
        }
        (best.0, best.1)
    }
}

impl Layer {
    fn file(&self, path: &str) -> String {
        if self.name.is_empty() { path.to_owned() } else { format!("{}/{path}", self.name) }
    }

    /// The line of the first element of that id, wherever in the file it stands.
    fn line(&self, path: &str, id: &[&str]) -> usize {
        let Some(text) = self.files.get(path) else { return 1 };
        let names = |line: &str| id.iter().any(|id| line.contains(&format!("id = \"{id}\"")));
        text.lines().position(names).map_or(1, |line| line + 1)
    }
}

fn descend(value: &toml_span::Value<'_>, at: &[&str]) -> (usize, usize) {
    let mut current = value;
    let mut start = value.span.start;
    for (depth, step) in at.iter().enumerate() {
        let next = match (current.as_table(), current.as_array()) {
            (Some(table), _) => {
                table.iter().find(|(key, _)| key.name == *step).map(|(key, value)| (key.span.start, value))
            }
            (_, Some(array)) => array
                .iter()
                .enumerate()
                .find(|(place, value)| id_of(value).is_some_and(|id| id == *step) || place.to_string() == *step)
                .map(|(_, value)| {
                    let inner = value.as_table().and_then(|table| table.keys().map(|key| key.span.start).min());
                    (inner.unwrap_or(value.span.start), value)
                }),
            _ => None,
        };
        let Some((at, value)) = next else { return (depth, start) };
        current = value;
        start = at;
    }
    (at.len(), start)
}

fn id_of<'a>(value: &'a toml_span::Value<'_>) -> Option<&'a str> {
    value.as_table()?.iter().find(|(key, _)| key.name == "id")?.1.as_str()
}

fn line_of(text: &str, offset: usize) -> usize {
    text.as_bytes().iter().take(offset).filter(|byte| **byte == b'\n').count() + 1
}

/// Lays `over` upon `under`: elements of lists meet by id, tables by key, all else is replaced; `drop = true` takes an element away, and is
/// `missing` when there is none.
fn lay(under: &mut Table, over: Table, missing: &mut Vec<String>) {
    for (key, value) in over {
        match (under.get_mut(&key), value) {
            (Some(Value::Table(under)), Value::Table(over)) => lay(under, over, missing),
            (Some(Value::Array(under)), Value::Array(over))
                if over.iter().all(|one| element(&key, one).is_some()) && !over.is_empty() =>
            {
                for one in over {
                    lay_element(&key, under, one, missing);
                }
            }
            (_, value) => {
                under.insert(key, value);
            }
        }
    }
}

fn lay_element(key: &str, under: &mut Vec<Value>, over: Value, missing: &mut Vec<String>) {
    let name = element(key, &over);
    let place = under.iter().position(|one| element(key, one) == name);
    let dropped = over.get("drop") == Some(&Value::Boolean(true));
    match (place, over) {
        (Some(place), _) if dropped => {
            under.remove(place);
        }
        (None, _) if dropped => missing.extend(name),
        (Some(place), Value::Table(over)) => {
            if let Value::Table(under) = &mut under[place] {
                lay(under, over, missing);
            }
        }
        (_, over) => under.push(over),
    }
}

/// An element's name: its id; of a regime, which has several versions under one id, also the day from which it stands.
fn element(key: &str, value: &Value) -> Option<String> {
    let table = value.as_table()?;
    let id = table.get("id")?.as_str()?;
    let from = table.get("valid_from").filter(|_| key == "regime");
    Some(from.map_or_else(|| id.to_owned(), |from| format!("{id} {from}")))
}
