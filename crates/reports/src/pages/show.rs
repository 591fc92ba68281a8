//! A report as a document: what it says, what it still needs, what was sent back, and the way it has gone.

use axum::extract::Path;
use kernel::{Lang, show_day};
use papers::{Edit, Format, Layout, Paper};
use timeline::Kind;
use web::{
    Answer, Desk, Errors, Group, Head, Markup, Moment, Page, Place, Row, Shape, Table, Tone, html, icon, note, outline,
    panel, t, table, tag, timeline as road, words,
};

use super::{Office, READ, WRITE, acts_of, copy, file, href, moment, note as demo_note, state_tag, target};
use crate::{
    Act, Draft, Finding, Frozen, Report, Restated, Return, Signed, State, act, copy::copies, directions, frozen,
    report, restated,
};

pub(crate) async fn show(desk: Desk, Path(handle): Path<String>) -> Answer {
    page(desk, &handle, &Errors::none()).await
}

/// The same with what was refused of a signed copy.
pub(crate) async fn page(desk: Desk, handle: &str, errors: &Errors) -> Answer {
    let office = Office::of(&desk);
    let (report, returns, mut tx) = office.open(&desk, handle, READ).await?;
    let lang = desk.lang;
    let way = way(&desk, &office, &mut tx, &report).await?;
    let title = office.title(lang, &report);
    let page = Page::new(&title)
        .crumb(t!(lang, "reports.title"), "/reports")
        .here(&title)
        .shape(Shape::Document)
        .faults(errors);
    if report.state == State::Issued {
        let frozen = frozen(&mut tx, &report).await?;
        let changed = restated(&mut tx, office.source(), &report, &frozen).await?;
        let copies = copies(&mut tx, report.id).await?;
        let set = set(&desk, &office, &mut tx, &report).await?;
        let page = page
            .lead(issued_lead(lang, &report, &frozen))
            .acts(downloads(lang, &report))
            .main(html! {
                @if !frozen.whole { (note(Tone::Bad, &html! { p { (t!(lang, "reports.broken")) } })) }
                (papers::html(&frozen.marked(&changed), None))
            })
            .side(html! {
                (standing(lang, &report, &frozen, &changed))
                (set)
                (copy::part(&desk, &report, &copies, errors))
                (way)
            });
        return desk.show(page).await;
    }
    let (draft, _) = act::drafted(&mut tx, office.source(), &report, &returns, demo_note(&desk)).await?;
    let writes = desk.can(WRITE, &target(&report)) && report.state.after(Act::Write).is_some();
    let lead = html! {
        p {
            (state_tag(lang, &report, &returns)) " "
            span.soft {
                (t!(lang, "reports.window", from = show_day(report.window.from), to = show_day(report.window.to)))
                @if report.round > 0 { " · " (t!(lang, "reports.round", count = report.round)) }
                " · " (t!(lang, "reports.computed")) " " (moment(desk.now))
            }
        }
    };
    let page = page
        .lead(lead)
        .acts(html! { (downloads(lang, &report)) (buttons(&desk, &report)) })
        .main(document(lang, &report, &draft, &returns, writes))
        .side(html! {
            (sections(lang, &draft, &returns))
            (open_returns(&desk, &report, &returns, writes))
            (findings(lang, &draft))
            (to_set(lang, &office, &report)?)
            @if file::is_long(&office, &report) { (in_background(&desk, &report)) }
            (way)
        });
    desk.show(page).await
}

fn document(lang: Lang, report: &Report, draft: &Draft, returns: &[Return], writes: bool) -> Markup {
    let word = t!(lang, "reports.edit_slot");
    let open = |id: &str| draft.is_open(report, returns, id);
    let slot = |id: &str| if open(id) { format!("{}/slot/{id}", href(report.id)) } else { String::new() };
    let edit = Edit { word: &word, href: &slot };
    papers::html(&draft.paper, writes.then_some(&edit))
}

fn downloads(lang: Lang, report: &Report) -> Markup {
    let to = |format: Format| format!("{}/file/{}", href(report.id), format.extension());
    html! {
        @for (format, name) in [(Format::Docx, "DOCX"), (Format::Pdf, "PDF"), (Format::Xlsx, "XLSX")] {
            a.btn href=(to(format)) {
                @if format == Format::Docx { (icon("file-text")) }
                span.vh { (t!(lang, "reports.download")) " " } (name)
            }
        }
    }
}

/// A large place's report may also be written while one does something else.
fn in_background(desk: &Desk, report: &Report) -> Markup {
    let lang = desk.lang;
    let inside = html! {
        div.pad.tight {
            p.soft.s { (t!(lang, "reports.background_why")) }
            div.row {
                @for (format, name) in [(Format::Docx, "DOCX"), (Format::Pdf, "PDF"), (Format::Xlsx, "XLSX")] {
                    form method="post" action=(format!("{}/file/{}", href(report.id), format.extension())) {
                        (desk.csrf())
                        button.btn type="submit" { span.vh { (t!(lang, "reports.background")) " " } (name) }
                    }
                }
            }
        }
    };
    panel("h-background", &t!(lang, "reports.background"), None, &inside)
}

fn buttons(desk: &Desk, report: &Report) -> Markup {
    let lang = desk.lang;
    html! {
        @for act in acts_of(desk, report) {
            @let main = act != Act::Return;
            @let again = act == Act::Submit && report.round > 0;
            @let name = act.right().trim_start_matches("report.");
            a class=(if main { "btn btn-main" } else { "btn" }) href=(format!("{}/{name}", href(report.id))) {
                @if again { (t!(lang, "reports.do_submit_again")) }
                @else { (words(lang, &format!("reports.do_{name}"), &[])) }
            }
        }
    }
}

/// The outline beside the sheet, each part with what it still needs.
fn sections(lang: Lang, draft: &Draft, returns: &[Return]) -> Markup {
    let open = |section: &crate::Section| {
        let number_in =
            |key: &str| draft.numbers.iter().find(|one| one.key == key).is_some_and(|one| one.section == section.id);
        let here = |one: &&Return| {
            one.settled.is_none()
                && match &one.target {
                    report::Target::Section(id) => *id == section.id,
                    report::Target::Number(key) => number_in(key),
                }
        };
        returns.iter().filter(here).count()
    };
    let parts: Vec<(String, String, Markup)> = draft
        .sections
        .iter()
        .map(|section| {
            let back = open(section);
            let state = if back > 0 {
                tag(Tone::Warn, &t!(lang, "reports.sent_back", count = back))
            } else if section.without_data > 0 {
                tag(Tone::Warn, &t!(lang, "reports.without_data", count = section.without_data))
            } else if section.unwritten > 0 {
                tag(Tone::Plain, &t!(lang, "reports.unwritten"))
            } else {
                tag(Tone::Ok, &t!(lang, "reports.complete"))
            };
            (format!("#{}", section.id), section.title.clone(), state)
        })
        .collect();
    outline(&t!(lang, "reports.sections"), &parts)
}

fn open_returns(desk: &Desk, report: &Report, returns: &[Return], writes: bool) -> Markup {
    let lang = desk.lang;
    let inside = html! {
        ul.list {
            @for one in returns {
                li.tight {
                    p {
                        @if one.settled.is_some() { (icon("check")) } @else { (icon("undo-2")) }
                        " " b { (one.label) } ": " (one.reason)
                    }
                    @if let Some(answer) = &one.answer { p.soft { (t!(lang, "reports.answered")) " " (answer) } }
                    p.soft.s { (moment(one.at)) }
                    @if one.settled.is_none() && writes {
                        form.tight method="post" action=(format!("{}/answer/{}", href(report.id), one.id)) {
                            (desk.csrf())
                            @let id = format!("answer-{}", one.id);
                            label for=(id) { (t!(lang, "reports.answer_label")) }
                            textarea id=(id) name="answer" rows="2" {}
                            button.btn type="submit" { (t!(lang, "reports.answer_do")) }
                        }
                    }
                }
            }
        }
    };
    html! { @if !returns.is_empty() { (panel("h-returns", &t!(lang, "reports.returns"), None, &inside)) } }
}

fn findings(lang: Lang, draft: &Draft) -> Markup {
    let without = draft.findings.iter().filter(|one| matches!(one, Finding::NoData { .. })).count();
    let unwritten = draft.findings.iter().filter(|one| matches!(one, Finding::Unwritten { .. })).count();
    let inside = html! {
        ul.list {
            li { (icon("check")) " " (t!(lang, "reports.numbers_open", count = draft.numbers.len())) }
            @if without == 0 { li { (icon("check")) " " (t!(lang, "reports.all_known")) } }
            @for finding in &draft.findings {
                @match finding {
                    Finding::NoData { label, href } => {
                        li { (icon("triangle-alert")) " " a href=(href) { (label) } ": " (t!(lang, "reports.finding_no_data")) }
                    }
                    Finding::Silent { label, href, units } => {
                        li { (icon("triangle-alert")) " " a href=(href) { (label) } ": " (t!(lang, "reports.finding_silent", count = *units)) }
                    }
                    Finding::Slip(slip) => {
                        li { (icon("triangle-alert")) " " (slip.text) ": " (slip.say(lang)) }
                    }
                    Finding::Unanswered { title, slot } => {
                        li { (icon("triangle-alert")) " " a href=(format!("#slot-{slot}")) { (title) } ": " (t!(lang, "reports.finding_unanswered")) }
                    }
                    Finding::Dispute(one) => {
                        li {
                            (icon("triangle-alert")) " " (one.label) ": " a.fig href=(one.told.href) { (one.told.shown) } "; "
                            (one.say(lang)) " " a.fig href=(one.expected.href) { (one.expected.shown) }
                        }
                    }
                    Finding::Unwritten { .. } => {}
                }
            }
            @if unwritten > 0 { li { (icon("pencil")) " " (t!(lang, "reports.finding_unwritten", count = unwritten)) } }
        }
    };
    panel("h-findings", &t!(lang, "reports.findings"), None, &inside)
}

/// What the directions will become when the report is issued.
fn to_set(lang: Lang, office: &Office, report: &Report) -> Result<Markup, web::Trouble> {
    let items = directions::directed(&office.source().scene(report)?, &report.slots);
    let inside = html! {
        p.pad.soft.s { (t!(lang, "reports.tasks_then")) }
        ol.list { @for item in &items { li { (item.text) br; span.soft.s { (t!(lang, "reports.task_by", day = show_day(item.due))) } } } }
    };
    Ok(html! { @if !items.is_empty() { (panel("h-tasks", &t!(lang, "reports.tasks_to_set"), None, &inside)) } })
}

/// The tasks that an issued report set, as they stand now; those that this reader may open lead to their records.
async fn set(desk: &Desk, office: &Office, tx: &mut db::Tx, report: &Report) -> Result<Markup, web::Trouble> {
    let lang = desk.lang;
    let all = directions::set_by(tx, &office.house, report.id).await?;
    let seen = records::pages::seen(desk, tx, all.clone()).await?;
    let register = office.snapshot.pack.register(directions::REGISTER);
    let state = |record: &records::Record| {
        let state = record.state_of(register?)?;
        let tone = if state.last { Tone::Ok } else { Tone::Info };
        Some(tag(tone, state.label.in_lang(lang)))
    };
    let inside = html! {
        ol.list {
            @for record in &all {
                li {
                    @if seen.iter().any(|one| one.id == record.id) { a href=(records::pages::href(record.id)) { (record.title) } }
                    @else { (record.title) }
                    br;
                    @if record.void { (tag(Tone::Plain, &t!(lang, "reports.task_void"))) } @else { (state(record).unwrap_or_default()) }
                    @if let Some(due) = record.document.day("due_on") { " " span.soft.s { (t!(lang, "reports.task_by", day = show_day(due))) } }
                }
            }
        }
    };
    Ok(html! { @if !all.is_empty() { (panel("h-tasks", &t!(lang, "reports.tasks_set"), None, &inside)) } })
}

fn issued_lead(lang: Lang, report: &Report, frozen: &Frozen) -> Markup {
    let signed = report.signed.as_ref();
    html! {
        p {
            (state_tag(lang, report, &[])) " "
            span.soft {
                @if let Some(signed) = signed {
                    (t!(lang, "reports.signed_as", number = numbered(signed, &frozen.paper), day = show_day(signed.day)))
                    " · "
                }
                (t!(lang, "reports.frozen_at")) " " (moment(frozen.at)) " · " (t!(lang, "reports.code", code = frozen.code()))
            }
        }
    }
}

/// `18-BC/BDVTU` in the Party's form, `18/BC-UBND` in the state's.
fn numbered(signed: &Signed, paper: &Paper) -> String {
    let between = if paper.layout == Layout::Party { '-' } else { '/' };
    format!("{}{between}{}", signed.number, paper.head.symbol)
}

/// How many numbers stand as they were, and which do not.
fn standing(lang: Lang, report: &Report, frozen: &Frozen, changed: &[Restated]) -> Markup {
    let whole = frozen.numbers.len();
    let inside = html! {
        ul.list {
            li { (icon("check")) " " (t!(lang, "reports.unchanged", count = whole.saturating_sub(changed.len()))) }
            @if !changed.is_empty() {
                li {
                    (icon("history")) " "
                    a href=(format!("{}/changes", href(report.id))) { (t!(lang, "reports.changed_count", count = changed.len())) }
                }
            }
        }
    };
    panel("h-standing", &t!(lang, "reports.numbers_open", count = whole), None, &inside)
}

/// The restatements as a list.
pub(crate) async fn changes(desk: Desk, Path(handle): Path<String>) -> Answer {
    let office = Office::of(&desk);
    let (report, _, mut tx) = office.open(&desk, &handle, READ).await?;
    let lang = desk.lang;
    if report.state != State::Issued {
        return desk.back_to(&href(report.id), None);
    }
    let frozen = frozen(&mut tx, &report).await?;
    let changed = restated(&mut tx, office.source(), &report, &frozen).await?;
    let rows = changed.iter().map(|one| {
        Row::new(vec![
            html! { (one.label) },
            html! { (one.number.shown) },
            html! { a.fig href=(one.number.href) { (one.now) } },
            html! { (one.told()) },
        ])
    });
    let sheet = Table {
        caption: t!(lang, "reports.changes"),
        heads: vec![
            Head::new(t!(lang, "reports.number")).main(),
            Head::new(t!(lang, "reports.as_issued")).number().card_label(t!(lang, "reports.as_issued")),
            Head::new(t!(lang, "reports.now")).number().card_label(t!(lang, "reports.now")),
            Head::new(t!(lang, "reports.why")),
        ],
        groups: vec![Group { label: String::new(), rows: rows.collect() }],
        ..Table::default()
    };
    let main = html! {
        @if changed.is_empty() { p { (t!(lang, "reports.all_stand")) } } @else { (table(lang, &sheet)) }
    };
    let title = office.title(lang, &report);
    let page = Page::new(t!(lang, "reports.changes")).crumb(t!(lang, "reports.title"), "/reports");
    desk.show(page.crumb(title, href(report.id)).here(t!(lang, "reports.changes")).main(main).at("/reports")).await
}

/// What was done to the report, newest first.
async fn way(desk: &Desk, office: &Office, tx: &mut db::Tx, report: &Report) -> Result<Markup, web::Trouble> {
    let lang = desk.lang;
    let entries = timeline::list(tx, Kind::Report.of(report.id.0), i64::MAX, 40).await?;
    let mut moments: Vec<Moment> = Vec::new();
    for entry in entries {
        let act = entry.act.trim_start_matches("report.").to_owned();
        let what = words(lang, &format!("reports.did_{act}"), &[]);
        let detail = entry.body["label"].as_str().or(entry.body["number"].as_str()).unwrap_or_default().to_owned();
        let seat = office.snapshot.tree.at(kernel::civil_day(entry.at)).title(units::Unit(entry.seat));
        let reason = entry.body["reason"].as_str().filter(|_| act == "submit");
        let what =
            html! { (what) @if !detail.is_empty() { ": " (detail) } @if let Some(reason) = reason { ": " (reason) } };
        // Ten edits of prose in a row are one line.
        let same = moments.last().is_some_and(|last| act == "write" && last.what.0 == what.0);
        if !same {
            let side = html! { (moment(entry.at)) @if !seat.is_empty() { ", " (seat) } };
            let place = if moments.is_empty() { Place::Now } else { Place::Done };
            moments.push(Moment { place, what, note: Some(side) });
        }
    }
    Ok(panel("h-way", &t!(lang, "reports.way"), None, &html! { div.pad { (road(&moments)) } }))
}
