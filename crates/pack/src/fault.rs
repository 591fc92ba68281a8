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
}
