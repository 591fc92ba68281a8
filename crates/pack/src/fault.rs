//! A fault of a pack: the file, the line, what is wrong and what would be right.

use kernel::Refusal;

use crate::source::Source;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub file: String,
    pub line: usize,
    pub refusal: Refusal,
}

/// Gathers the faults of one file.
pub(crate) struct Faults<'a> {
    pub(crate) source: &'a Source,
    pub(crate) found: Vec<Fault>,
}

impl Faults<'_> {
    /// A fault of the element at `at` in `path`.
    pub(crate) fn at(&mut self, path: &str, at: &[&str], refusal: Refusal) {
        let (file, line) = self.source.locate(path, at);
        self.found.push(Fault { file, line, refusal });
    }

    /// Whether an id is that of its file; if not, it is a fault.
    pub(crate) fn named_as_its_file(&mut self, path: &str, id: &str) -> bool {
        let name = path.rsplit('/').next().and_then(|name| name.strip_suffix(".toml")).unwrap_or(path);
        if name != id {
            self.at(path, &["id"], Refusal::new("pack.not_named_as_file").with("id", id).with("file", name));
        }
        name == id
    }

    /// What the calendar found in a file of law or holidays.
    pub(crate) fn flaw(&mut self, flaw: calendar::Flaw) {
        let refusal = Refusal::new("pack.law").with("what", flaw.what);
        self.found.push(Fault { file: flaw.file, line: flaw.line.unwrap_or(1), refusal });
    }
}
