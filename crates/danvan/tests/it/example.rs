//! The register that CONTRIBUTING adds with text files alone.

use std::fs;

use pack::{
    Pack,
    source::{Layer, Source},
};

use crate::tree::{sources, top};

const EXAMPLE: &str = "docs/example";

#[test]
fn it_lies_on_the_base_without_a_fault() {
    let layer = Layer::read(&top().join(EXAMPLE)).unwrap();
    let (pack, faults) = Pack::read_with_faults(Source::base().with(layer));
    let faults: Vec<String> = faults
        .iter()
        .map(|fault| format!("{}:{}: {}", fault.file, fault.line, web::say(kernel::Lang::En, &fault.refusal)))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let days = pack.registers.get("field_day").unwrap();
    assert_eq!(days.figures.len(), 3);
    assert!(pack.programmes.contains_key("field-days") && pack.outlines.contains_key("field-days"));
}

/// What the reader copies is what was tried.
#[test]
fn the_text_shows_it_as_it_stands() {
    let text = fs::read_to_string(top().join("CONTRIBUTING.md")).unwrap();
    for file in sources(EXAMPLE) {
        assert!(text.contains(&file.text), "{} is not in CONTRIBUTING.md as it stands", file.path);
    }
}
