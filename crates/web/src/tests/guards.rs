//! What the look promises, computed from what it says.

use std::{collections::BTreeSet, path::Path};

use super::office;
use crate::look::{LAYERS, SCRIPT, STYLE, known_icon};

#[test]
fn style_and_script_keep_their_budgets() {
    assert!(STYLE.text.len() <= 25_000, "{} bytes of style", STYLE.text.len());
    assert!(SCRIPT.text.len() <= 15_000, "{} bytes of script", SCRIPT.text.len());
    assert!(LAYERS.iter().all(|layer| layer.len() <= 8_000));
}

#[test]
fn style_stays_within_what_chrome_109_reads() {
    let css = LAYERS.concat();
    for word in [
        "!important",
        "color-mix",
        "oklch",
        "light-dark",
        "subgrid",
        "popover",
        "@scope",
        "&",
        "margin-left",
        "margin-right",
        "padding-left",
        "padding-right",
        "url(",
        "http",
    ] {
        assert!(!css.contains(word), "{word} in the style");
    }
    for script in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "setTimeout(\""] {
        assert!(!SCRIPT.text.contains(script), "{script} in the script");
    }
}

#[test]
fn no_line_cuts_the_marks_of_vietnamese_capitals() {
    let css = LAYERS.concat();
    let heights = css
        .split("line-height:")
        .skip(1)
        .chain(css.split("font:").skip(1).filter_map(|rest| rest.split(';').next()?.split('/').nth(1)));
    let mut seen = 0;
    for height in heights {
        let number: String = height.trim().chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        let number: f64 = number.parse().unwrap();
        assert!(number >= 1.45, "a line height of {number}");
        seen += 1;
    }
    assert!(seen > 10);
}

/// The tokens of a block as colours.
fn tokens(block: &str) -> Vec<(String, [f64; 3])> {
    let colour = |text: &str| {
        let hex = text.trim().strip_prefix('#')?;
        let wide: String = if hex.len() == 3 { hex.chars().flat_map(|c| [c, c]).collect() } else { hex.to_owned() };
        let part = |at: usize| u8::from_str_radix(&wide[at..at + 2], 16).ok().map(|part| f64::from(part) / 255.0);
        Some([part(0)?, part(2)?, part(4)?])
    };
    let pairs =
        block.split(';').filter_map(|line| line.trim().rsplit('{').next()?.trim().strip_prefix("--")?.split_once(':'));
    pairs.filter_map(|(name, value)| Some((name.to_owned(), colour(value)?))).collect()
}

fn luminance(colour: [f64; 3]) -> f64 {
    let linear = colour.map(|part| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_pair_of_colours_can_be_read() {
    let css = LAYERS[0];
    let (light, rest) = css.split_once("@media (prefers-color-scheme: dark)").unwrap();
    let dark = rest.split_once(".portal").unwrap().0;
    for (scheme, block) in [("light", light), ("dark", dark)] {
        let tokens = tokens(block);
        let colour =
            |name: &str| tokens.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("{scheme} {name}")).1;
        let text = [
            ("ink", "paper"),
            ("ink", "surface"),
            ("ink", "sunken"),
            ("soft", "paper"),
            ("soft", "surface"),
            ("soft", "sunken"),
            ("act", "paper"),
            ("act", "surface"),
            ("act", "sunken"),
            ("act-ink", "act"),
            ("act-ink", "act-deep"),
            ("act-deep", "act-wash"),
            ("act", "act-wash"),
            ("ink", "act-wash"),
            ("soft", "act-wash"),
            ("ok", "ok-wash"),
            ("warn", "warn-wash"),
            ("bad", "bad-wash"),
            ("ink", "ok-wash"),
            ("ink", "warn-wash"),
            ("ink", "bad-wash"),
            ("act", "ok-wash"),
            ("act", "warn-wash"),
            ("act", "bad-wash"),
            ("surface", "ink"),
            ("bad", "surface"),
            ("ok", "surface"),
        ];
        for (ink, ground) in text {
            let reached = contrast(colour(ink), colour(ground));
            assert!(reached >= 4.5, "{scheme}: {ink} on {ground} reaches {reached:.1}");
        }
        for (shape, ground) in [
            ("edge", "paper"),
            ("edge", "surface"),
            ("edge", "sunken"),
            ("focus", "paper"),
            ("focus", "surface"),
            ("gold", "surface"),
            ("seal", "surface"),
        ] {
            let reached = contrast(colour(shape), colour(ground));
            assert!(reached >= 3.0, "{scheme}: {shape} on {ground} reaches {reached:.1}");
        }
    }
}

fn classes_of_style() -> BTreeSet<String> {
    let css = LAYERS.concat();
    let starts = css.match_indices('.').filter(|(at, _)| css[at + 1..].starts_with(|c: char| c.is_ascii_lowercase()));
    starts
        .map(|(at, _)| css[at + 1..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect())
        .collect()
}

#[tokio::test]
async fn pages_use_only_classes_that_the_style_knows_and_no_inline_style() {
    let office = office().await;
    let known = classes_of_style();
    for path in ["/thanh-phan", "/records/404", "/form"] {
        let page = office.by("an").get(path).await.text();
        assert!(!page.contains(" style="), "{path} has an inline style");
        assert!(!page.contains("<script>") && !page.contains(" onclick"), "{path} has an inline script");
        for class in page.split(" class=\"").skip(1).flat_map(|rest| rest.split('"').next().unwrap().split_whitespace())
        {
            assert!(known.contains(class), "{path}: the style has no .{class}");
        }
    }
}

/// Every Rust file of every room, with its text.
pub(super) fn sources() -> Vec<(String, String)> {
    fn walk(dir: &Path, found: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(dir).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() && !path.ends_with("tests") {
                walk(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tests.rs") {
                found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    for room in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()).unwrap().flatten() {
        walk(&room.path().join("src"), &mut found);
    }
    assert!(found.len() > 20);
    found
}

#[test]
fn every_drawing_that_a_page_asks_for_is_there() {
    for (file, text) in sources() {
        for rest in text.split("icon(\"").skip(1) {
            let name = rest.split('"').next().unwrap();
            assert!(known_icon(name).is_some(), "{file}: add \"{name}\" to script/assets");
        }
    }
}
