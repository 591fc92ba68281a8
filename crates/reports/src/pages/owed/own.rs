//! What one's own bodies must send and keep, with what tells of it or the way to begin.

use kernel::{Lang, show_day};
use web::{Desk, Fields, Group, Head, Markup, Row, Table, Target, Tone, day, due, html, t, table, tag};

use super::{Office, WRITE, href, left, title};
use crate::{Owed, Timeliness, yearly::Kept};

pub(super) fn reports(desk: &Desk, office: &Office, own: &[Owed<'_>]) -> Markup {
    let lang = desk.lang;
    let row = |owed: &Owed<'_>| {
        let begin: Fields =
            [("outline", owed.outline.head.report.clone()), ("period", owed.period.to_string())].into_iter().collect();
        Row::new(vec![
            html! {
                @if let Some(report) = &owed.report { a href=(href(report.id)) { (title(lang, owed)) } } @else { (title(lang, owed)) }
                br; span.soft.s { (t!(lang, "reports.window", from = show_day(owed.window.from), to = show_day(owed.window.to))) }
            },
            html! {
                @if let Some(derived) = &owed.due {
                    (day(derived.due)) " "
                    @if matches!(owed.timeliness, Timeliness::Open | Timeliness::Missing) { (due(lang, left(desk, office, derived.due), false)) }
                    details.s { summary { (t!(lang, "web.why_this_day")) } p { (derived.sentence(lang)) } }
                } @else { span.soft { (t!(lang, "reports.owed_no_day")) } }
            },
            html! {
                (timeliness(lang, owed.timeliness))
                @if let Some(sent) = owed.sent { br; span.soft.s { (show_day(sent)) } }
                @else if owed.report.is_none() && desk.can(WRITE, &Target::unit(owed.body.0)) { br; a.s href=(begin.href("/reports/new")) { (t!(lang, "reports.begin")) } }
            },
        ])
    };
    let sheet = Table {
        caption: t!(lang, "reports.owed_own"),
        heads: vec![
            Head::new(t!(lang, "reports.report")).main(),
            Head::new(t!(lang, "reports.owed_due")).main(),
            Head::new(t!(lang, "reports.state")),
        ],
        groups: vec![Group { label: String::new(), rows: own.iter().map(row).collect() }],
        ..Table::default()
    };
    table(lang, &sheet)
}

/// Where what a body keeps each year is written down, for whoever writes in its book.
pub(super) fn new_href(desk: &Desk, office: &Office, kept: &Kept<'_>) -> Option<String> {
    let register = kept.register(&office.snapshot.pack)?;
    let writes = desk.can(records::pages::WRITE, &Target::unit(kept.body.0).register(register));
    writes.then(|| format!("{}/new", records::pages::list_href(register)))
}

/// What one's own bodies keep this year, with the record that tells of it or the way to write one down.
pub(super) fn yearly(desk: &Desk, office: &Office, own: &[Kept<'_>]) -> Markup {
    let lang = desk.lang;
    let row = |kept: &Kept<'_>| {
        let new = new_href(desk, office, kept);
        let body = office.snapshot.tree.at(kept.window.to).title(kept.body);
        Row::new(vec![
            html! {
                (kept.yearly.label.in_lang(lang)) br; span.soft.s { (body) }
                details.s { summary { (t!(lang, "web.why_this_day")) } p { (kept.yearly.basis) @if kept.yearly.uncertain { " " (tag(Tone::Warn, &t!(lang, "reports.yearly_uncertain"))) } } }
            },
            html! {
                (show_day(kept.window.from)) "–" (day(kept.window.to)) " "
                @if matches!(kept.timeliness, Timeliness::Open | Timeliness::Missing) { (due(lang, left(desk, office, kept.window.to), false)) }
            },
            html! {
                (kept_tag(lang, kept.timeliness))
                @if let Some((record, on)) = kept.done { br; a.s href=(records::pages::href(record)) { (show_day(on)) } }
                @else if let Some(new) = new { br; a.s href=(new) { (t!(lang, "reports.yearly_write")) } }
            },
        ])
    };
    let sheet = Table {
        caption: t!(lang, "reports.yearly"),
        heads: vec![
            Head::new(t!(lang, "reports.yearly_what")).main(),
            Head::new(t!(lang, "reports.yearly_days")).main(),
            Head::new(t!(lang, "reports.state")),
        ],
        groups: vec![Group { label: String::new(), rows: own.iter().map(row).collect() }],
        ..Table::default()
    };
    table(lang, &sheet)
}

fn kept_tag(lang: Lang, timeliness: Timeliness) -> Markup {
    let (tone, key) = match timeliness {
        Timeliness::InTime => (Tone::Ok, "reports.yearly_in_time"),
        Timeliness::Late => (Tone::Warn, "reports.yearly_late"),
        Timeliness::Open => (Tone::Info, "reports.yearly_open"),
        Timeliness::Missing => (Tone::Bad, "reports.yearly_missing"),
        Timeliness::Running => (Tone::Plain, "reports.yearly_ahead"),
    };
    tag(tone, &web::words(lang, key, &[]))
}

fn timeliness(lang: Lang, timeliness: Timeliness) -> Markup {
    let (tone, key) = match timeliness {
        Timeliness::InTime => (Tone::Ok, "reports.owed_in_time"),
        Timeliness::Late => (Tone::Warn, "reports.owed_late"),
        Timeliness::Open => (Tone::Info, "reports.owed_open"),
        Timeliness::Missing => (Tone::Bad, "reports.owed_missing"),
        Timeliness::Running => (Tone::Plain, "reports.owed_running"),
    };
    tag(tone, &web::words(lang, key, &[]))
}
