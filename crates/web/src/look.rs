//! The look: nine layers of style, a few modules of script and the drawings, each joined into one file named by its content.

use std::{collections::HashMap, fmt::Write as _, sync::LazyLock};

use axum::{
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use maud::{Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

/// In the order of `@layer` in the first.
pub(crate) const LAYERS: [&str; 9] = [
    include_str!("../look/tokens.css"),
    include_str!("../look/base.css"),
    include_str!("../look/layout.css"),
    include_str!("../look/parts.css"),
    include_str!("../look/forms.css"),
    include_str!("../look/tables.css"),
    include_str!("../look/figures.css"),
    include_str!("../look/portal.css"),
    include_str!("../look/media.css"),
];

pub(crate) const SCRIPTS: [&str; 4] = [
    include_str!("../look/page.js"),
    include_str!("../look/rows.js"),
    include_str!("../look/bulk.js"),
    include_str!("../look/progress.js"),
];

const DRAWINGS: &str = include_str!("../look/icons.svg");

/// A file of the look under a name that changes with its content, so that it is kept for ever.
pub(crate) struct Asset {
    pub(crate) path: String,
    pub(crate) text: String,
    kind: &'static str,
}

impl Asset {
    fn new(name: &str, ending: &str, kind: &'static str, text: String) -> Self {
        let hash = data_encoding::BASE32_NOPAD.encode(&Sha256::digest(&text)[..10]).to_ascii_lowercase();
        Self { path: format!("/look/{name}.{hash}.{ending}"), text, kind }
    }
}

pub(crate) static STYLE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("danvan", "css", "text/css; charset=utf-8", LAYERS.map(squeeze).concat()));

pub(crate) static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    // Each module in a block of its own: they share no name.
    let text = SCRIPTS.map(|module| format!("{{\n{module}}}\n")).concat();
    Asset::new("danvan", "js", "text/javascript; charset=utf-8", text)
});

pub(crate) static EMBLEM: LazyLock<Asset> = LazyLock::new(|| {
    let text = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><g fill="#b3271e">{GROUND}</g>{LOTUS}</svg>"##
    );
    Asset::new("seal", "svg", "image/svg+xml; charset=utf-8", text)
});

static SYMBOLS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let named = |line: &'static str| line.strip_prefix(r#"<symbol id="i-"#)?.split('"').next().map(|name| (name, line));
    DRAWINGS.lines().filter_map(named).collect()
});

/// Takes out comments and the spaces that only people need.
fn squeeze(css: &str) -> String {
    let mut text = String::with_capacity(css.len());
    for line in css.lines().map(str::trim) {
        let comment = line.starts_with("/*") && line.ends_with("*/");
        if !comment && !line.is_empty() {
            text.push_str(line);
            text.push('\n');
        }
    }
    [(" { ", "{"), (" {", "{"), ("; }", "}"), ("; ", ";"), (" }", "}"), (": ", ":"), (", ", ",")]
        .iter()
        .fold(text, |text, (wide, narrow)| text.replace(wide, narrow))
}

pub(crate) async fn asset(Path(file): Path<String>) -> Response {
    let wanted = format!("/look/{file}");
    let known = [&*STYLE, &*SCRIPT, &*EMBLEM].into_iter().find(|asset| asset.path == wanted);
    let Some(asset) = known else { return StatusCode::NOT_FOUND.into_response() };
    let mut response = asset.text.as_str().into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
    response.headers_mut().insert(header::CACHE_CONTROL, forever);
    response
}

/// A drawing. It says nothing by itself: its word stands beside it.
pub fn icon(name: &str) -> Markup {
    if !SYMBOLS.contains_key(name) {
        tracing::error!(name, "a drawing is missing: add it to script/assets");
        return PreEscaped(String::new());
    }
    html! { svg.i aria-hidden="true" { use href=(format!("#i-{name}")) {} } }
}

/// The drawing of that name as the set knows it, if it is there: for names that come out of definitions.
pub fn known_icon(name: &str) -> Option<&'static str> {
    SYMBOLS.get_key_value(name).map(|(known, _)| *known)
}

/// The drawings that a page uses, once each, in the order of their names.
pub(crate) fn sprite(page: &str) -> Markup {
    let mut names: Vec<&str> = page
        .match_indices("\"#i-")
        .filter_map(|(at, found)| page[at + found.len()..].split('"').next())
        .filter(|name| SYMBOLS.contains_key(name))
        .collect();
    names.sort_unstable();
    names.dedup();
    let mut symbols = String::new();
    for name in names {
        let _ = write!(symbols, "{}", SYMBOLS[name]);
    }
    html! { svg.sprite aria-hidden="true" { (PreEscaped(symbols)) } }
}

const GROUND: &str = r#"<rect x="2" y="2" width="28" height="28" rx="4.5"/>"#;
const LOTUS: &str = concat!(
    r##"<g fill="#fff"><path d="M16 5.8c3.3 4.300 3.500 9.400 0 14.200-3.500-4.800-3.300-9.900 0-14.200z"/>"##,
    r#"<path d="M8 10.800c3.800 1.500 6.200 4.800 6.500 9.500-4.700-.7-7.200-4.400-6.500-9.500z"/>"#,
    r#"<path d="M24 10.800c-3.800 1.500-6.200 4.800-6.500 9.500 4.700-.7 7.200-4.400 6.500-9.500z"/>"#,
    r#"<rect x="7" y="22.400" width="18" height="1.900"/><rect x="11" y="25.700" width="10" height="1.500"/></g>"#
);

/// The lotus seal, the only thing that is red for being itself.
pub fn seal() -> Markup {
    html! { svg.seal viewBox="0 0 32 32" aria-hidden="true" { (PreEscaped(GROUND)) (PreEscaped(LOTUS)) } }
}
