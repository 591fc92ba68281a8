//! How a number is obtained, in words: what is counted, by which day, under which condition, over which units.

use calendar::Window;
use kernel::{Lang, number, show_day};
use pack::{
    AnyFigure, Pack,
    figure::{Coverage, Derived, Figure, Over, Scope, Shape},
    formula::{Arithmetic, Formula, Take},
    register::Register,
};
use records::{Snapshot, value::Directory as _};
use units::Geography;
use web::{Desk, Markup, html, narrow_facts, panel, t};

use super::{
    Asked,
    breakdown::{dimension, path, word_label},
};
use crate::{Ask, Value};

/// The panel beside the number.
pub(crate) fn draw(desk: &Desk, snapshot: &Snapshot, asked: &Asked, value: &Value) -> Markup {
    let lang = desk.lang;
    let Some(any) = snapshot.pack.figure(&value.id) else { return html! {} };
    let mut rows = match any {
        AnyFigure::Counted(register, figure) => counted(lang, register, figure),
        AnyFigure::Derived(derived) => computed(lang, snapshot, asked, derived),
    };
    let Window { from, to } = asked.ask.window;
    rows.push((t!(lang, "figures.period"), html! { (show_day(from)) " – " (show_day(to)) }));
    rows.push((t!(lang, "figures.geography"), geography(desk, snapshot, asked, &value.id)));
    panel("h-method", &t!(lang, "figures.method"), None, &narrow_facts(&rows))
}

/// Then, now, or another day: the same facts under other units.
fn geography(desk: &Desk, snapshot: &Snapshot, asked: &Asked, figure: &str) -> Markup {
    let lang = desk.lang;
    let switch = |word: &str, geography: Geography| {
        let ask = Ask { geography, ..asked.ask }.told_in(&snapshot.tree);
        let asked = Asked { ask, geography: word.to_owned(), ..asked.clone() };
        asked.figure(snapshot, figure, ask.unit)
    };
    html! {
        b { (asked.in_geography(lang)) }
        @if asked.geography != "then" { " · " a href=(switch("then", Geography::Then)) { (t!(lang, "figures.geography_then")) } }
        @if asked.geography != "now" { " · " a href=(switch("now", Geography::At(desk.today))) { (t!(lang, "figures.geography_now")) } }
    }
}

fn counted(lang: Lang, register: &Register, figure: &Figure) -> Vec<(String, Markup)> {
    let book = register.label.in_lang(lang);
    let link = html! { a href=(format!("/registers/{}", register.id)) { (book) } };
    let field =
        |path: &str| register.any_field(path).map(|field| field.label.in_lang(lang).to_owned()).unwrap_or_default();
    let rows = figure.rows().and_then(|rows| register.rows(rows)).map(|rows| rows.label.in_lang(lang).to_lowercase());
    let what = match (&figure.sum, &figure.reading, rows) {
        (Some(sum), ..) => html! { (t!(lang, "figures.sums", field = field(sum))) " " (link) },
        (_, Some(reading), _) => html! { (t!(lang, "figures.reads", field = field(reading))) " " (link) },
        (None, None, Some(rows)) => html! { (t!(lang, "figures.counts_rows", rows = rows)) " " (link) },
        (None, None, None) => html! { (t!(lang, "figures.counts_records")) " " (link) },
    };
    let mut all = vec![(t!(lang, "figures.counts"), what)];
    let moment = |text: &Option<String>| text.as_ref().map(|text| said_moment(lang, register, text));
    match figure.shape() {
        Shape::Stock => {
            let overdue = figure.overdue.as_ref().and_then(|clock| register.clock(clock));
            let stands = match overdue {
                Some(clock) => t!(lang, "figures.overdue", clock = clock.label.in_lang(lang).to_lowercase()),
                None => {
                    let end = moment(&figure.to).or_else(|| moment(&figure.through)).unwrap_or_default();
                    let from = moment(&figure.from).unwrap_or_default();
                    if end.is_empty() {
                        t!(lang, "figures.stands_from", from = from)
                    } else {
                        t!(lang, "figures.stands", from = from, to = end)
                    }
                }
            };
            all.push((t!(lang, "figures.stands_label"), html! { (stands) }));
        }
        Shape::Flow | Shape::Reading => {
            let day = figure.day.clone().unwrap_or_else(|| "day".to_owned());
            all.push((t!(lang, "figures.by_day"), html! { (said_moment(lang, register, &day)) }));
        }
    }
    if let Some(unit) = &figure.unit {
        all.push((t!(lang, "figures.of_unit"), html! { (field(unit)) }));
    }
    if let Some(subject) = &figure.subject {
        all.push((t!(lang, "figures.over"), html! { (field(subject)) }));
    }
    if let Some(condition) = &figure.only {
        all.push((t!(lang, "figures.condition"), html! { code { (condition) } }));
    }
    if figure.silent_is_zero {
        all.push((t!(lang, "figures.silence"), html! { (t!(lang, "figures.silence_is_zero")) }));
    }
    all
}

/// `ngày của bước “Tổ chức”`.
fn said_moment(lang: Lang, register: &Register, moment: &str) -> String {
    let field = |path: &str| register.any_field(path).map(|field| field.label.in_lang(lang).to_owned());
    match moment.split_once(':') {
        Some(("step", step)) => {
            let label = register.step(step).map_or(step, |step| step.label.in_lang(lang));
            t!(lang, "figures.day_of_step", step = label)
        }
        Some((_, name)) => field(name).unwrap_or_else(|| name.to_owned()),
        None if moment == "created" => t!(lang, "figures.day_recorded"),
        None if moment == "end" => t!(lang, "figures.day_ended"),
        None => field(&register.day).unwrap_or_else(|| t!(lang, "figures.day_recorded")),
    }
}

fn computed(lang: Lang, snapshot: &Snapshot, asked: &Asked, derived: &Derived) -> Vec<(String, Markup)> {
    let pack = &snapshot.pack;
    let said = |text: &str| match pack.formula(text) {
        Some(formula) => formula_in_words(lang, snapshot, asked, formula),
        None => html! { code { (text) } },
    };
    let mut all = Vec::new();
    if let Some(text) = derived.share.as_ref().or(derived.formula.as_ref()) {
        all.push((t!(lang, "figures.formula"), said(text)));
    }
    if let Some(coverage) = &derived.coverage {
        all.push((t!(lang, "figures.over"), html! { (over(lang, pack, snapshot, coverage)) }));
        all.push((t!(lang, "figures.each"), said(&coverage.each)));
        let scope = scope(lang, snapshot, asked, &coverage.scope);
        all.extend(scope.map(|scope| (t!(lang, "figures.scope"), scope)));
    }
    if let Some(programme) = derived.met.as_ref().and_then(|id| pack.programmes.get(id)) {
        all.push((
            t!(lang, "figures.counts"),
            html! { (t!(lang, "figures.counts_met")) " " (programme.label.in_lang(lang)) },
        ));
    }
    if derived.rounding == number::Rounding::Truncate {
        all.push((t!(lang, "figures.rounding"), html! { (t!(lang, "figures.truncated")) }));
    }
    all
}

fn over(lang: Lang, pack: &Pack, snapshot: &Snapshot, coverage: &Coverage) -> String {
    match Over::read(&coverage.over) {
        Some(Over::Heads) => t!(lang, "figures.over_heads"),
        Some(Over::Posts(posts)) => {
            let label = |post: &String| {
                snapshot.post_label(post).map_or_else(|| post.clone(), |label| label.in_lang(lang).to_owned())
            };
            posts.iter().map(label).collect::<Vec<_>>().join(", ")
        }
        Some(Over::Records(register)) => {
            let label = pack.register(&register).map_or(register.as_str(), |register| register.label.in_lang(lang));
            t!(lang, "figures.over_records", register = label)
        }
        Some(Over::Parts(field) | Over::UnitParts(field)) => {
            let figure =
                pack.formula(&coverage.each).and_then(|each| each.terms().first().map(|term| term.figure.clone()));
            dimension(lang, snapshot, &figure.unwrap_or_default(), &field)
        }
        Some(Over::Units) | None => t!(lang, "figures.over_units"),
    }
}

/// `cấp xã; chỉ nơi …`.
fn scope(lang: Lang, snapshot: &Snapshot, asked: &Asked, scope: &Scope) -> Option<Markup> {
    let kinds = snapshot.tree.kinds();
    let mut words: Vec<String> = Vec::new();
    words.extend(
        scope
            .level
            .iter()
            .filter_map(|id| kinds.level(id))
            .map(|level| kinds.level_def(level).label.in_lang(lang).to_owned()),
    );
    words.extend(
        scope
            .kind
            .iter()
            .filter_map(|id| kinds.place_kind(id))
            .map(|kind| kinds.places[kind].label.in_lang(lang).to_owned()),
    );
    words.extend(
        scope
            .body_kinds()
            .filter_map(|id| kinds.body_kind(id))
            .map(|kind| kinds.bodies[kind].label.in_lang(lang).to_owned()),
    );
    words.extend(scope.group.iter().cloned());
    let only = scope.only.as_ref().and_then(|text| snapshot.pack.formula(text));
    if words.is_empty() && only.is_none() {
        return None;
    }
    Some(html! {
        (words.join(", "))
        @if let Some(only) = only { " · " (t!(lang, "figures.only_where")) " " (formula_in_words(lang, snapshot, asked, only)) }
    })
}

/// A formula with every figure in it a link.
fn formula_in_words(lang: Lang, snapshot: &Snapshot, asked: &Asked, formula: &Formula) -> Markup {
    let both = |a: &Formula, sign: &str, b: &Formula| {
        html! { (formula_in_words(lang, snapshot, asked, a)) " " (sign) " " (formula_in_words(lang, snapshot, asked, b)) }
    };
    match formula {
        Formula::Number(millionths) => html! { (number::decimal(*millionths, 6)) },
        Formula::Op(a, op, b) => {
            let sign = match op {
                Arithmetic::Add => "+",
                Arithmetic::Subtract => "−",
                Arithmetic::Multiply => "×",
                Arithmetic::Divide => "÷",
            };
            both(a, sign, b)
        }
        Formula::Compare(a, op, b) => both(a, op.sign(), b),
        Formula::And(a, b) => both(a, &t!(lang, "figures.and"), b),
        Formula::Or(a, b) => both(a, &t!(lang, "figures.or"), b),
        Formula::Term(term) => {
            let label =
                snapshot.pack.figure(&term.figure).map_or(term.figure.as_str(), |figure| figure.label().in_lang(lang));
            let mut fields = asked.fields(snapshot, asked.ask.unit);
            if let Some((by, word)) = &term.part {
                fields.push("by", format!("{by}:{word}"));
            }
            let part = term
                .part
                .as_ref()
                .map(|(by, word)| word_label(snapshot, lang, &term.figure, by, word, asked.ask.window.to));
            let take = match term.take {
                Take::Window => None,
                Take::Opening => Some(t!(lang, "figures.take_opening")),
                Take::Carried => Some(t!(lang, "figures.take_carried")),
                Take::Cohort => Some(t!(lang, "figures.take_cohort")),
                Take::Gain => Some(t!(lang, "figures.take_gain")),
                Take::Scaled => Some(t!(lang, "figures.take_scaled")),
            };
            html! {
                a href=(fields.href(&path(&term.figure))) { "“" (label) "”" }
                @if let Some(part) = part { " (" (part) ")" }
                @if let Some(take) = take { " (" (take) ")" }
            }
        }
    }
}

/// Where else the figure is used: targets that stand on it, figures computed from it.
pub(crate) fn uses(lang: Lang, snapshot: &Snapshot, asked: &Asked, figure: &str) -> Markup {
    let pack = &snapshot.pack;
    let derived = pack.derived.values().filter(|derived| {
        derived.texts().filter_map(|text| pack.formula(text)).flat_map(Formula::terms).any(|term| term.figure == figure)
    });
    let lines: Vec<Markup> = derived
        .map(|derived| html! { a href=(asked.figure(snapshot, &derived.id, asked.ask.unit)) { (derived.label.in_lang(lang)) } })
        .collect();
    html! {
        @if !lines.is_empty() {
            (panel("h-uses", &t!(lang, "figures.used_in"), None, &html! { ul.list { @for line in lines { li { (line) } } } }))
        }
    }
}
