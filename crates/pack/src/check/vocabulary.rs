//! Checks of what all registers share: groups, topics, measures, and the conditions of the law.

use std::sync::Arc;

use calendar::Value;
use kernel::Refusal;

use super::Sheet;
use crate::{
    expression::{Names, Type},
    fault::Faults,
    read::Pack,
};

/// More places would leave no room for the number before the comma.
const MOST_PLACES: u32 = 6;

pub(super) fn check(pack: &Pack, faults: &mut Faults<'_>) {
    let mut sheet = Sheet { pack, path: "pack.toml".to_owned(), faults };
    let groups = pack.about.groups.iter();
    sheet.elements(&["group"], groups.map(|group| (group.id.as_str(), group.label.vi.as_str())));
    topics(&mut Sheet { pack, path: "topics.toml".to_owned(), faults: sheet.faults });
    let mut sheet = Sheet { pack, path: "measures.toml".to_owned(), faults: sheet.faults };
    let measures = &pack.measures.measures;
    sheet.elements(&["measure"], measures.iter().map(|measure| (measure.id.as_str(), measure.label.vi.as_str())));
    for measure in measures.iter().filter(|measure| measure.places > MOST_PLACES) {
        let refusal = Refusal::new("pack.measure_places").with("places", measure.places).with("most", MOST_PLACES);
        sheet.fault(&["measure", &measure.id, "places"], refusal);
    }
    law(pack, sheet.faults);
}

fn topics(sheet: &mut Sheet<'_, '_, '_>) {
    let topics = &sheet.pack.topics;
    let list = &topics.topics;
    sheet.elements(&["topic"], list.iter().map(|topic| (topic.id.as_str(), topic.label.vi.as_str())));
    let known: Vec<&str> = list.iter().map(|topic| topic.id.as_str()).collect();
    for topic in list {
        let place = ["topic", topic.id.as_str(), "parent"];
        let mut above = topic.parent.as_deref();
        if let Some(parent) = above.filter(|parent| !known.contains(parent)) {
            sheet.unknown(&place, "pack.unknown_topic", parent, &known);
        }
        // A chain longer than the list goes round.
        for _ in 0..=list.len() {
            above = above.and_then(|parent| topics.find(parent)).and_then(|topic| topic.parent.as_deref());
        }
        if above.is_some() {
            sheet.fault(&place, Refusal::new("pack.topics_in_circle").with("topic", &topic.id));
        }
    }
}

/// The law's conditions speak of the law's facts.
fn law(pack: &Pack, faults: &mut Faults<'_>) {
    let facts = pack.law.facts.iter().map(|fact| {
        let kind = match &fact.default {
            Value::Flag(_) => Type::Bool,
            Value::Count(_) => Type::Int,
            Value::Word(_) => Type::Text((!fact.choices.is_empty()).then(|| Arc::new(fact.choices.clone()))),
        };
        (fact.id.clone(), kind)
    });
    let names: Names = Arc::new(facts.collect());
    for (limit, condition) in pack.law.conditions() {
        let wrong = match crate::expression::Expression::compile(condition).and_then(|read| read.check(&names)) {
            Ok(Type::Bool | Type::Any) => continue,
            Ok(kind) => Refusal::new("pack.not_a_condition").with("expression", condition).with("kind", kind.name()),
            Err(refusal) => refusal,
        };
        let path = faults.source.paths("law", ".toml").into_iter();
        let path = path.max_by_key(|path| faults.source.locate(path, &["limit", limit]).1).unwrap_or_default();
        faults.at(&path, &["limit", limit], wrong.with("limit", limit));
    }
}
