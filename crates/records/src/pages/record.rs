//! The page of a record: where it stands, what is on record, what happened.

use axum::extract::Path;
use kernel::Id;
use pack::{
    document::Fields as Values,
    register::{Field, FieldType, Register},
};
use serde_json::Value as Json;
use web::{
    Answer, Ask, Desk, Errors, Fields, Group, Head, Inputs, Markup, Page, Row, Table, Tone, day, due, error_summary,
    facts, html, icon, note, panel, t, table, tag,
};

use super::{
    Office, READ, UNSEAL, VOID, WRITE, files, happened, href, list_href,
    office::{Opened, tone},
    papers, typed, watched, way,
};
use crate::{
    Record,
    behaviour::{Proposal, Scene},
    store,
};

/// Entries of the timeline on the page; older ones behind a link.
const ENTRIES: i64 = 30;

pub(super) async fn record(desk: Desk, Path(handle): Path<String>) -> Answer {
    let office = Office::of(&desk)?;
    let opened = office.open(&desk, &handle, READ).await?;
    page(&desk, &office, &opened, &Errors::none(), &Fields::default()).await
}

/// The page; with what was wrong with the small forms on it.
pub(super) async fn page(desk: &Desk, office: &Office, opened: &Opened, errors: &Errors, typed: &Fields) -> Answer {
    let (lang, record) = (desk.lang, &opened.record);
    let register = office.register(&record.register)?;
    let before = desk.query().maybe("before").and_then(|before| before.parse().ok());
    let mut tx = office.house.read().await?;
    let about = timeline::Kind::Record.of(record.id.0);
    let entries = timeline::list(&mut tx, about, before.unwrap_or(i64::MAX), ENTRIES).await?;
    let kept = store::files(&mut tx, record.id).await?;
    let to_here = store::links_to(&mut tx, record.id).await?;
    let mut ids: Vec<i64> = to_here.iter().map(|(id, _)| id.0).collect();
    ids.extend(crate::save::links(register, record).iter().map(|(_, id)| id.0));
    ids.extend(record.origin.iter().map(|id| id.0));
    ids.sort_unstable();
    ids.dedup();
    let linked = store::find_many(&mut tx, &office.house.names, &ids).await?;
    let linked = office.seen(desk, &mut tx, linked).await?;
    let wrote: Vec<(i64, i64)> = entries.iter().map(|entry| (entry.who, entry.seat)).collect();
    let people = office.people(&mut tx, &wrote).await?;
    drop(tx);

    let by = Office::by(desk)?;
    let scene = Scene { house: &office.house, snapshot: &office.snapshot, by: &by, register };
    let (mut proposals, mut panels) = (Vec::new(), Vec::new());
    for behaviour in office.house.behaviours_of(register) {
        if !record.void {
            proposals.extend(behaviour.propose(scene, lang, record).await?);
        }
        panels.extend(behaviour.panels(scene, desk, record).await?);
    }

    let writes = desk.can(WRITE, &opened.target) && !record.void;
    let shown = Shown { desk, office, register, opened, linked: &linked, kept: &kept };
    let label = register.label.in_lang(lang);
    let main = html! {
        (error_summary(lang, errors))
        @if record.void { (note(Tone::Bad, &html! { p { (t!(lang, "record.is_void", number = record.reference())) } })) }
        (shown.proposals(&proposals, writes))
        @if !register.steps.is_empty() { (way::task_list(desk, office, register, opened)) }
        (papers::papers_panel(desk, office, register, opened))
        @for one in panels.iter().filter(|one| !one.aside) { (panel(&one.id, &one.title, None, &one.body)) }
        (shown.sections(writes))
        @for rows in &register.rows { (shown.rows(rows)) }
        (shown.back_links(&to_here))
        @if register.attachments { (files::files_panel(desk, record.id, &kept, writes, errors)) }
        @if writes && register.fields.iter().any(|field| field.private) {
            form.s.row method="post" action=(format!("{}/receipt", href(record.id))) {
                (desk.csrf())
                button.btn type="submit" { (t!(lang, "record.receipt_give")) }
                span.soft { (t!(lang, "record.receipt_what")) }
            }
        }
        @if desk.can(VOID, &opened.target) && !record.void {
            p.s.row {
                a href=(format!("{}/void", href(record.id))) { (t!(lang, "record.void_ask")) }
            }
        }
    };
    let older = entries.last().filter(|last| last.number > 1).map(|last| last.number);
    let side = html! {
        (way::clocks(desk, office, register, opened))
        @for one in panels.iter().filter(|one| one.aside) { (panel(&one.id, &one.title, None, &one.body)) }
        (panel("h-way", &t!(lang, "record.happened"), None, &html! {
            div.pad.tight {
                (happened::happened(desk, office, register, opened, &entries, &people))
                @if let Some(older) = older { p.s { a href=(format!("{}?before={older}#h-way", href(record.id))) { (t!(lang, "record.older")) } } }
                @if writes {
                    form.tight method="post" action=(format!("{}/comment", href(record.id))) {
                        (desk.csrf())
                        @let inputs = Inputs { lang, values: typed, errors };
                        (inputs.long_text(&Ask::new("text", t!(lang, "record.comment")), 2))
                        p { button.btn type="submit" { (t!(lang, "record.comment_do")) } }
                    }
                }
            }
        }))
    };
    let mut page = Page::new(&record.title).crumb(label, list_href(&register.id));
    if office.unit != record.unit {
        let book = Fields::from_iter([("unit", office.snapshot.tree.at(office.today).code(units::Unit(record.unit)))]);
        page = page.crumb(office.unit_title(record.unit, record.day), book.href(&list_href(&register.id)));
    }
    let watch = watched::button(desk, record).await?;
    let acts = html! { (watch) (shown.acts()) };
    let page = page.here(record.reference()).lead(shown.lead()).acts(acts);
    desk.show(page.main(main).side(side).faults(errors).at(list_href(&register.id))).await
}

/// A few are named; many stand folded.
fn not_filled(lang: kernel::Lang, missing: &[&str]) -> Markup {
    const FEW: usize = 6;
    let named = t!(lang, "record.not_filled", fields = missing.join(", "));
    html! {
        @if missing.len() > FEW {
            details.pad.s.soft { summary { (t!(lang, "record.not_filled_count", count = missing.len())) } p { (named) } }
        } @else if !missing.is_empty() { p.pad.s.soft { (named) } }
    }
}

/// What the parts of the page are drawn from.
struct Shown<'a> {
    desk: &'a Desk,
    office: &'a Office,
    register: &'a Register,
    opened: &'a Opened,
    linked: &'a [Record],
    kept: &'a [store::Attachment],
}

impl Shown<'_> {
    fn record(&self) -> &Record {
        &self.opened.record
    }

    fn lead(&self) -> Markup {
        let (lang, record, office) = (self.desk.lang, self.record(), self.office);
        html! {
            p.row {
                @if let Some(state) = record.state_of(self.register) { (tag(tone(state.tone), state.label.in_lang(lang))) }
                @if let Some(running) = way::nearest(self.opened) {
                    (due(lang, office.left(running.due), true))
                    a.s href=(format!("#{}", way::clock_id(running))) { (t!(lang, "record.why")) }
                }
                (office.alarms(record))
            }
            p.soft.s { (self.register.noun.in_lang(lang)) " " (record.reference()) " · " (day(record.day)) " · " (office.unit_name(record.unit, record.day)) }
        }
    }

    /// The next step is the main button; what else is open stands among the steps.
    fn acts(&self) -> Markup {
        let (lang, record) = (self.desk.lang, self.record());
        let open = way::open_steps(self.office, self.register, record);
        let next = open.steps.into_iter().find(|step| Office::takes(self.desk, self.opened, step));
        let undoes = record.document.steps.last().is_some_and(|last| last.cause.is_none())
            && !record.void
            && self.desk.can(super::STEP, &self.opened.target);
        html! {
            @if undoes {
                form method="post" action=(format!("{}/undo", href(record.id))) {
                    (self.desk.csrf())
                    input type="hidden" name=(typed::VERSION) value=(record.version);
                    button.btn.btn-bare type="submit" { (icon("undo-2")) (t!(lang, "record.undo")) }
                }
            }
            @if let Some(step) = next {
                a.btn.btn-main href=(format!("{}/steps/{}", href(record.id), step.id)) { (step.label.in_lang(lang)) "…" }
            }
        }
    }

    /// The fields by section; what is not filled is named at the foot, so that nobody has to look for it. A later section that nobody
    /// began is only named.
    fn sections(&self, writes: bool) -> Markup {
        let (lang, record) = (self.desk.lang, self.record());
        let sections = std::iter::once(None).chain(self.register.sections.iter().map(Some));
        let mut panels: Vec<Markup> = Vec::new();
        let mut not_begun: Vec<Markup> = Vec::new();
        for section in sections {
            let id = section.map(|section| section.id.as_str());
            let fields: Vec<&Field> =
                self.register.fields.iter().filter(|field| field.section.as_deref() == id).collect();
            let mut rows: Vec<(String, Markup)> = Vec::new();
            let mut missing: Vec<&str> = Vec::new();
            for field in fields {
                let label = field.label.in_lang(lang);
                if field.private {
                    if self.opened.privates.contains(&field.id) {
                        rows.push((label.to_owned(), if field.sealed { self.identity() } else { self.sealed() }));
                    }
                } else if let Some(value) = record.document.fields.get(&field.id) {
                    rows.push((label.to_owned(), self.value(field, value)));
                } else if field.shown_when.is_none() {
                    missing.push(label);
                }
            }
            if rows.is_empty() && missing.is_empty() {
                continue;
            }
            let title =
                section.map_or_else(|| t!(lang, "record.content"), |section| section.label.in_lang(lang).to_owned());
            let anchor = format!("part-{}", id.unwrap_or("main"));
            let address = format!("{}/edit#{anchor}", href(record.id));
            if rows.is_empty() && section.is_some_and(|section| section.later) {
                not_begun.push(html! { @if writes { a href=(address) { (title) } } @else { (title) } });
                continue;
            }
            let edit = writes.then(|| html! { a href=(address) { (t!(lang, "record.edit")) span.vh { " " (title) } } });
            panels.push(panel(
                &format!("h-{anchor}"),
                &title,
                edit.as_ref(),
                &html! {
                    @if !rows.is_empty() { (facts(&rows)) }
                    (not_filled(lang, &missing))
                },
            ));
        }
        let dropped: Vec<(String, Markup)> = self.dropped();
        html! {
            @for panel in &panels { (panel) }
            @if !not_begun.is_empty() {
                p.s.soft { (t!(lang, "record.not_begun")) " " @for (place, one) in not_begun.iter().enumerate() { @if place > 0 { " · " } (one) } }
            }
            @if !dropped.is_empty() { (panel("h-dropped", &t!(lang, "record.dropped"), None, &facts(&dropped))) }
        }
    }

    /// What behaviours propose: each a form already filled, for a person to look at and confirm.
    fn proposals(&self, proposals: &[Proposal], writes: bool) -> Markup {
        let lang = self.desk.lang;
        let target = |proposal: &Proposal| {
            let path = match proposal.step.as_deref().and_then(|step| self.register.step(step)) {
                Some(step) if Office::takes(self.desk, self.opened, step) => format!("steps/{}", step.id),
                None if proposal.step.is_none() && writes => "edit".to_owned(),
                _ => return None,
            };
            let fields = proposal.fields.iter().map(|(field, text)| (format!("f.{field}"), text.clone()));
            Some(fields.collect::<Fields>().href(&format!("{}/{path}", href(self.record().id))))
        };
        if proposals.is_empty() {
            return html! {};
        }
        let each = html! {
            ul.list {
                @for proposal in proposals {
                    li {
                        p { (proposal.reason) }
                        p.s.row {
                            @if let Some(basis) = &proposal.basis { span.soft { (t!(lang, "record.proposed_basis", basis = basis)) } }
                            @if let Some(address) = target(proposal) { a href=(address) { (t!(lang, "record.proposed_do")) } }
                        }
                    }
                }
            }
        };
        panel("h-proposed", &t!(lang, "record.proposed"), None, &each)
    }

    /// Values of fields that today's register no longer has.
    fn dropped(&self) -> Vec<(String, Markup)> {
        let fields = self.record().document.fields.iter();
        fields
            .filter(|(id, _)| self.register.field(id).is_none())
            .map(|(id, value)| {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                (id.clone(), html! { (text) })
            })
            .collect()
    }

    fn sealed(&self) -> Markup {
        let (lang, record) = (self.desk.lang, self.record());
        html! {
            (icon("lock")) " " (t!(lang, "record.sealed"))
            @if self.desk.can(UNSEAL, &self.opened.target) && record.unit == self.office.unit {
                " " a href=(format!("{}/private", href(record.id))) { (t!(lang, "record.unseal")) }
                " " span.soft { (t!(lang, "record.unseal_noted")) }
            }
        }
    }

    /// Something is under seal: what, nobody sees here.
    fn identity(&self) -> Markup {
        let (lang, record) = (self.desk.lang, self.record());
        html! {
            (icon("lock")) " " (t!(lang, "record.under_seal"))
            @if self.desk.can(super::IDENTITY, &self.opened.target) && record.unit == self.office.unit {
                " " a href=(format!("{}/identity", href(record.id))) { (t!(lang, "record.identity_way")) }
            }
        }
    }

    fn value(&self, field: &Field, value: &Json) -> Markup {
        let record = self.record();
        match field.kind {
            FieldType::LongText => {
                let text = value.as_str().unwrap_or_default();
                html! { @for line in text.lines().filter(|line| !line.trim().is_empty()) { p { (line) } } }
            }
            FieldType::Link => self.links(value),
            FieldType::File => {
                let named = each(value).iter().filter_map(Json::as_str).filter_map(|handle| handle.parse::<Id>().ok());
                let files: Vec<_> = named.filter_map(|id| self.kept.iter().find(|file| file.id == id.0)).collect();
                html! {
                    @for file in files { p { a href=(files::file_href(record.id, Id(file.id))) { (file.name) } } }
                }
            }
            FieldType::Date => {
                let known = pack::document::day_of(value);
                html! { @if let Some(known) = known { (day(known)) } }
            }
            _ => html! { (self.office.show(field, value, record.day)) },
        }
    }

    /// Links by title and number; one that this reader may not see is only said to be there.
    fn links(&self, value: &Json) -> Markup {
        let ids = each(value).iter().filter_map(Json::as_str).filter_map(|handle| handle.parse::<Id>().ok());
        let found: Vec<Option<&Record>> = ids.map(|id| self.linked.iter().find(|record| record.id == id)).collect();
        html! {
            @for one in found {
                @match one { Some(record) => { p { (link_to(self.office, record)) } } None => { p.soft { (t!(self.desk.lang, "record.link_elsewhere")) } } }
            }
        }
    }

    fn rows(&self, rows: &pack::register::Rows) -> Markup {
        let (lang, record) = (self.desk.lang, self.record());
        let present = record.document.rows(&rows.id);
        if present.is_empty() {
            return html! {};
        }
        let used = |field: &&Field| present.iter().any(|row| row.fields.contains_key(&field.id));
        let fields: Vec<&Field> = rows.fields.iter().filter(used).collect();
        let widest = fields.iter().position(|field| matches!(field.kind, FieldType::Text | FieldType::LongText));
        let heads = fields.iter().enumerate().map(|(place, field)| {
            let label = field.label.in_lang(lang);
            let head = Head::new(label).card_label(label);
            match field.kind {
                FieldType::Count | FieldType::Quantity | FieldType::Money | FieldType::Percent => head.number(),
                FieldType::Text | FieldType::LongText | FieldType::Link | FieldType::Place | FieldType::Body => {
                    head.main()
                }
                _ if widest.is_none() && place == 0 => head.main(),
                _ => head,
            }
        });
        let cell =
            |row: &Values, field: &Field| row.get(&field.id).map_or_else(|| html! {}, |value| self.value(field, value));
        let sheet = Table {
            caption: rows.label.in_lang(lang).to_owned(),
            heads: heads.collect(),
            groups: vec![Group {
                label: String::new(),
                rows: present
                    .iter()
                    .map(|row| Row::new(fields.iter().map(|field| cell(&row.fields, field)).collect()))
                    .collect(),
            }],
            ..Table::default()
        };
        let count = format!("{} {}", present.len(), rows.noun.in_lang(lang));
        panel(&format!("h-rows-{}", rows.id), rows.label.in_lang(lang), Some(&html! { (count) }), &table(lang, &sheet))
    }

    /// The records that point here, under what their link is called from this side.
    fn back_links(&self, to_here: &[(Id, String)]) -> Markup {
        let lang = self.desk.lang;
        let mut groups: Vec<(String, Vec<&Record>)> = Vec::new();
        for (id, path) in to_here {
            let Some(record) = self.linked.iter().find(|record| record.id == *id) else { continue };
            let register = self.office.snapshot.pack.register(&record.register);
            let back = register.and_then(|register| register.any_field(path)).and_then(|field| field.back.as_ref());
            let label = back
                .or(register.map(|register| &register.label))
                .map_or_else(|| path.clone(), |label| label.in_lang(lang).to_owned());
            match groups.iter_mut().find(|(known, _)| *known == label) {
                Some((_, records)) if !records.iter().any(|known| known.id == *id) => records.push(record),
                Some(_) => {}
                None => groups.push((label, vec![record])),
            }
        }
        if groups.is_empty() {
            return html! {};
        }
        let rows: Vec<(String, Markup)> = groups
            .into_iter()
            .map(|(label, records)| (label, html! { @for record in records { p { (link_to(self.office, record)) } } }))
            .collect();
        panel("h-links", &t!(lang, "record.linked"), None, &facts(&rows))
    }
}

/// A record by number and title, with its state.
fn link_to(office: &Office, record: &Record) -> Markup {
    let register = office.snapshot.pack.register(&record.register);
    let state = register.and_then(|register| record.state_of(register)).map(|state| state.label.in_lang(office.lang));
    html! {
        a href=(href(record.id)) { (record.reference()) " " (record.title) }
        @if let Some(state) = state { span.soft.s { " · " (state) } }
    }
}

fn each(value: &Json) -> &[Json] {
    match value {
        Json::Null => &[],
        Json::Array(list) => list,
        one => std::slice::from_ref(one),
    }
}
