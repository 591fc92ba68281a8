//! A file of papers as one PDF: each page of each paper on a sheet with its number stamped; what is no page is attached.

use std::{collections::HashMap, sync::Arc};

use serde_json::{Value, json};
use typst::foundations::Bytes;

use crate::{
    PaperError,
    pdf::{Template, name, print},
};

/// One of the papers that are bound.
#[derive(Clone, Debug)]
pub struct Leaf {
    name: String,
    media: &'static str,
    bytes: Vec<u8>,
    shows: Shows,
    /// For each page, whether it lies across.
    across: Vec<bool>,
}

/// How a leaf comes to its sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shows {
    /// Made here, for the whole sheet.
    Paper,
    Pdf,
    Picture,
    /// On a sheet that only says what it is; the file itself is attached.
    Notice,
}

impl Leaf {
    /// A paper of the house's own making, in PDF.
    pub fn paper(name: String, bytes: Vec<u8>) -> Self {
        let across = pages(&bytes).unwrap_or_default();
        Self { name, media: "application/pdf", bytes, shows: Shows::Paper, across }
    }

    /// A file that came from elsewhere: its pages where they can be set, a sheet that names it where not.
    pub fn file(name: String, bytes: Vec<u8>) -> Self {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        let (media, shows, across) = match ending.as_deref() {
            Some("pdf") => ("application/pdf", Shows::Pdf, pages(&bytes).unwrap_or_default()),
            Some("jpg" | "jpeg") => ("image/jpeg", Shows::Picture, vec![false]),
            Some("png") => ("image/png", Shows::Picture, vec![false]),
            _ => ("application/octet-stream", Shows::Notice, vec![false]),
        };
        let leaf = Self { name, media, bytes, shows, across };
        // A broken or locked file must not spoil the others.
        if leaf.is_notice() || (!leaf.across.is_empty() && bind("", &[(&leaf, leaf.stamps(""))], "").is_ok()) {
            return leaf;
        }
        Self { shows: Shows::Notice, across: vec![false], ..leaf }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many sheets it takes.
    pub fn sheets(&self) -> usize {
        self.across.len()
    }

    /// It is only named, and attached.
    pub fn is_notice(&self) -> bool {
        self.shows == Shows::Notice
    }

    fn stamps(&self, stamp: &str) -> Vec<String> {
        vec![stamp.to_owned(); self.sheets()]
    }
}

/// The leaves in their order, each with the stamps of its sheets. `attached` is said on the sheet of one that cannot be shown.
pub fn bind(title: &str, leaves: &[(&Leaf, Vec<String>)], attached: &str) -> Result<Vec<u8>, PaperError> {
    let mut files = HashMap::new();
    let mut parts: Vec<Value> = Vec::with_capacity(leaves.len());
    for (place, (leaf, stamps)) in leaves.iter().enumerate() {
        let file = format!("/{place}");
        if let Some(id) = name(&file) {
            files.insert(id, Bytes::new(leaf.bytes.clone()));
        }
        parts.push(json!({
            "name": leaf.name,
            "file": file,
            "format": match leaf.media { "image/png" => "png", "image/jpeg" => "jpg", _ => "pdf" },
            "media": leaf.media,
            "shows": match leaf.shows { Shows::Paper => "paper", Shows::Pdf => "pdf", Shows::Picture => "picture", Shows::Notice => "notice" },
            "across": leaf.across,
            "stamps": stamps,
            "notice": attached,
        }));
    }
    let data = json!({ "title": title, "parts": parts });
    let data = serde_json::to_vec(&data).map_err(|fault| PaperError::Pdf(fault.to_string()))?;
    print(Template::Binding, data, files)
}

/// The pages of a PDF: whether each lies across. None when it cannot be read.
fn pages(bytes: &[u8]) -> Option<Vec<bool>> {
    let pdf = hayro_syntax::Pdf::new(Arc::new(bytes.to_vec())).ok()?;
    let across = pdf.pages().iter().map(|page| {
        let (wide, high) = page.render_dimensions();
        wide > high
    });
    Some(across.collect())
}
