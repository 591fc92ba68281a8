//! Those below: how many sent or kept a thing, how many in time, who did not, and a text to send them.

use kernel::{Lang, show_day};
use web::{Desk, Group, Head, Markup, Row, Table, html, t, table};

use super::{Office, title};
use crate::{Owed, Timeliness, yearly::Kept};

/// One line: a thing that each of them owes.
struct Tally {
    /// Names the text of the line among others.
    id: String,
    what: String,
    all: usize,
    in_time: usize,
    late: usize,
    open: Vec<String>,
    /// Written to those with something open.
    text: String,
}

/// The words of one such table.
struct Heads {
    caption: String,
    what: String,
    open: String,
    who: fn(Lang, usize) -> String,
}

fn tallied(lang: Lang, heads: Heads, lines: impl Iterator<Item = Tally>) -> Markup {
    let rows = lines.map(|line| {
        let open = line.open.len();
        Row::new(vec![
            html! {
                (line.what)
                @if open > 0 {
                    details.s {
                        summary { ((heads.who)(lang, open)) }
                        p { (line.open.join(", ")) }
                        label.vh for=(line.id) { (t!(lang, "reports.owed_text")) }
                        textarea id=(line.id) readonly rows="3" data-copy=(t!(lang, "reports.owed_copy")) { (line.text) }
                    }
                }
            },
            html! { (line.all) },
            html! { (line.in_time) },
            html! { (line.late) },
            html! { (open) },
        ])
    });
    let number = |label: String| Head::new(&label).number().card_label(label);
    let sheet = Table {
        caption: heads.caption,
        groups: vec![Group { label: String::new(), rows: rows.collect() }],
        heads: vec![
            Head::new(heads.what).main(),
            number(t!(lang, "reports.owed_units")),
            number(t!(lang, "reports.owed_count_in_time")),
            number(t!(lang, "reports.owed_count_late")),
            number(heads.open),
        ],
        ..Table::default()
    };
    table(lang, &sheet)
}

fn count<'t>(all: impl Iterator<Item = &'t Timeliness>, wanted: Timeliness) -> usize {
    all.filter(|one| **one == wanted).count()
}

fn waits(timeliness: Timeliness) -> bool {
    matches!(timeliness, Timeliness::Open | Timeliness::Missing)
}

/// What they keep each year, thing by thing.
pub(super) fn kept(lang: Lang, office: &Office, all: &[Kept<'_>]) -> Markup {
    let lines = all.chunk_by(|one, next| one.yearly.id == next.yearly.id).map(|group| {
        let first = &group[0];
        let open = group.iter().filter(|one| waits(one.timeliness));
        let open: Vec<String> = open.map(|one| office.snapshot.tree.at(one.window.to).name(one.body)).collect();
        let (label, by) = (first.yearly.label.in_lang(Lang::Vi), show_day(first.window.to));
        let each = || group.iter().map(|one| &one.timeliness);
        Tally {
            id: format!("urge-{}", first.yearly.id),
            what: first.yearly.label.in_lang(lang).to_owned(),
            all: group.len(),
            in_time: count(each(), Timeliness::InTime),
            late: count(each(), Timeliness::Late),
            text: t!(Lang::Vi, "reports.yearly_urge", units = open.join(", "), what = label, day = by),
            open,
        }
    });
    let heads = Heads {
        caption: t!(lang, "reports.yearly_below"),
        what: t!(lang, "reports.yearly_what"),
        open: t!(lang, "reports.yearly_count_open"),
        who: |lang, count| t!(lang, "reports.yearly_who", count = count),
    };
    tallied(lang, heads, lines)
}

/// Their reports, period by period, the latest first.
pub(super) fn sent(desk: &Desk, office: &Office, all: &[Owed<'_>]) -> Markup {
    let lang = desk.lang;
    let same = |one: &Owed<'_>, other: &Owed<'_>| {
        one.outline.head.report == other.outline.head.report && one.period == other.period
    };
    let mut groups: Vec<Vec<&Owed<'_>>> = Vec::new();
    for one in all {
        match groups.iter_mut().find(|group| same(group[0], one)) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group[0].window.to));
    let lines = groups.iter().map(|group| {
        let open: Vec<&&Owed<'_>> = group.iter().filter(|one| waits(one.timeliness)).collect();
        let by = open.iter().find_map(|one| Some(show_day(one.due.as_ref()?.due)));
        let open: Vec<String> = open.iter().map(|one| office.snapshot.tree.at(one.window.to).name(one.unit)).collect();
        let (units, report) = (open.join(", "), title(Lang::Vi, group[0]));
        let each = || group.iter().map(|one| &one.timeliness);
        Tally {
            id: format!("urge-{}-{}", group[0].outline.head.id, group[0].period),
            what: title(lang, group[0]),
            all: group.len(),
            in_time: count(each(), Timeliness::InTime),
            late: count(each(), Timeliness::Late),
            text: match by {
                Some(day) => t!(Lang::Vi, "reports.owed_urge", units = &units, report = &report, day = day),
                None => t!(Lang::Vi, "reports.owed_urge_undated", units = &units, report = &report),
            },
            open,
        }
    });
    let heads = Heads {
        caption: t!(lang, "reports.owed_below"),
        what: t!(lang, "reports.report"),
        open: t!(lang, "reports.owed_count_open"),
        who: |lang, count| t!(lang, "reports.owed_who", count = count),
    };
    tallied(lang, heads, lines)
}
