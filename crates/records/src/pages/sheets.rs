//! Sheets in: the template, and an import that is looked at before anything is written.

use axum::extract::Path;
use kernel::{Id, Refusal, Refused};
use pack::register::Register;
use web::{
    Answer, Ask, Choice, Desk, Errors, Fields, Flash, FormData, Group, Head, Inputs, Markup, Page, Row, Shape, Table,
    Target, Tone, Trouble, Width, download, error_summary, html, icon, link_button, main_button, note, panel, t, table,
};

use super::{IMPORT, Office, happened, list_href};
use crate::import::{self, Batch, Report, Sheet, Terms, Within, columns};

pub(super) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Faults on the page; all of them are in the error file.
const FAULTS: usize = 200;
/// What the form of a block is called.
const BLOCK: &str = "block";
/// The book of rows that name none.
const BOOK: &str = "unit";

pub(super) async fn template(desk: Desk, Path(register): Path<String>) -> Answer {
    let office = Office::of(&desk)?;
    let register = office.register(&register)?;
    let bytes = import::template(&office.snapshot, register, desk.lang).map_err(Trouble::internal)?;
    download(&format!("mau-{}.xlsx", kernel::text::slug(&register.label.vi)), XLSX, bytes)
}

fn may(desk: &Desk, office: &Office, register: &Register) -> Result<(), Trouble> {
    desk.may(IMPORT, &Target::unit(office.unit).register(&register.id))
}

pub(super) async fn ask(desk: Desk, Path(register): Path<String>) -> Answer {
    let office = Office::of(&desk)?;
    let register = office.register(&register)?;
    may(&desk, &office, register)?;
    draw(&desk, &office, register, &Fields::default(), &Errors::none()).await
}

async fn draw(desk: &Desk, office: &Office, register: &Register, typed: &Fields, errors: &Errors) -> Answer {
    let (lang, path) = (desk.lang, list_href(&register.id));
    let inputs = Inputs { lang, values: typed, errors };
    let mut past = import::batches(&office.house, &register.id, i64::MAX, 30).await?;
    past.retain(|batch| batch.unit == office.unit);
    let main = html! {
        (error_summary(lang, errors))
        form.panel method="post" action=(format!("{path}/import")) enctype="multipart/form-data" {
            (desk.csrf())
            div.group {
                (inputs.file(&Ask::new("file", t!(lang, "record.sheet_file")).hint(t!(lang, "record.sheet_file_hint")), ".xlsx,.csv", true))
                (inputs.long_text(&Ask::new(BLOCK, t!(lang, "record.sheet_block")).hint(t!(lang, "record.sheet_block_hint")), 8))
                (inputs.text(&Ask::new(BOOK, t!(lang, "record.sheet_book")).hint(t!(lang, "record.sheet_book_hint", unit = office.unit_title(office.unit, desk.today))).optional(true).width(Width::Middle)))
            }
            div.bar-end.row { (main_button(&t!(lang, "record.sheet_look"))) a href=(path) { (t!(lang, "record.leave")) } }
        }
        @if !past.is_empty() { (panel("h-past", &t!(lang, "record.sheet_past"), None, &history(desk, register, &past))) }
    };
    let side = panel(
        "h-how",
        &t!(lang, "record.sheet_how"),
        None,
        &html! {
            div.pad.tight.s {
                p { (t!(lang, "record.sheet_how_1")) } p { (t!(lang, "record.sheet_how_2")) } p { (t!(lang, "record.sheet_how_3")) }
                p { (link_button(&format!("{path}/template"), Some("download"), &t!(lang, "record.template"))) }
            }
        },
    );
    let page = Page::new(t!(lang, "record.sheet_title", label = register.label.in_lang(lang)))
        .crumb(register.label.in_lang(lang), &path)
        .here(t!(lang, "record.import"))
        .main(main)
        .side(side)
        .shape(Shape::Form)
        .faults(errors)
        .at(&path);
    desk.show(page).await
}

fn batch_href(register: &Register, batch: Id) -> String {
    format!("{}/imports/{batch}", list_href(&register.id))
}

fn state_text(desk: &Desk, batch: &Batch) -> String {
    web::words(desk.lang, &format!("record.sheet_{}", batch.state), &[])
}

fn history(desk: &Desk, register: &Register, past: &[Batch]) -> Markup {
    html! {
        ul.list {
            @for batch in past {
                li.row.between {
                    span { a href=(batch_href(register, batch.id)) { (batch.terms.file) } br; span.soft.s { (happened::moment(batch.at)) } }
                    span.soft.s { (state_text(desk, batch)) }
                }
            }
        }
    }
}

pub(super) async fn take_in(desk: Desk, Path(register): Path<String>, form: FormData) -> Answer {
    let office = Office::of(&desk)?;
    let register = office.register(&register)?;
    may(&desk, &office, register)?;
    let mut files = Vec::new();
    for upload in form.files("file") {
        files.push((upload.name.clone(), upload.bytes()?));
    }
    let (file, sheets) = match (files.first(), form.maybe(BLOCK)) {
        (Some((name, _)), _) => (name.clone(), import::sheet::read(&files)),
        (None, Some(block)) => (t!(desk.lang, "record.sheet_pasted"), import::sheet::paste(block)),
        (None, None) => {
            let refused = kernel::Refusal::new("record.sheet_nothing").at("file").into();
            return draw(&desk, &office, register, &form.fields, &Errors::of(desk.lang, &refused)).await;
        }
    };
    let at = if files.is_empty() { BLOCK } else { "file" };
    let book = match form.maybe(BOOK).map(|code| office.snapshot.tree.find(code.trim(), desk.today)) {
        None => units::Unit(office.unit),
        Some(Ok(unit)) if desk.can(IMPORT, &Target::unit(unit.0).register(&register.id)) => unit,
        Some(found) => {
            let refusal = found.err().unwrap_or_else(|| Refusal::new("record.sheet_not_your_book")).at(BOOK);
            return draw(&desk, &office, register, &form.fields, &Errors::of(desk.lang, &refusal.into())).await;
        }
    };
    let staged = match sheets {
        Ok(sheets) => {
            let terms = Terms {
                register: register.id.clone(),
                file,
                unit: Some(office.snapshot.tree.at(desk.today).code(book)),
                within: Within::Units(vec![office.unit]),
                said: import::Said::new(),
                only_good: true,
            };
            import::stage(&office.house, &Office::by(&desk)?, &sheets, &terms).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match staged {
        Ok(batch) => desk.back_to(&batch_href(register, batch), None),
        Err(db::Stop::Refused(refused)) => {
            let refused = Refused(refused.0.into_iter().map(|refusal| refusal.at(at.to_owned())).collect());
            draw(&desk, &office, register, &form.fields, &Errors::of(desk.lang, &refused)).await
        }
        Err(stop) => Err(stop.into()),
    }
}

/// A batch of this very register and seat; any other is no page.
async fn open(desk: &Desk, office: &Office, register: &Register, handle: &str) -> Result<(Batch, Report), Trouble> {
    may(desk, office, register)?;
    let id: Id = handle.parse().map_err(|_| Trouble::NotFound)?;
    let (batch, report) = import::batch(&office.house, id).await?;
    if batch.unit == office.unit && batch.terms.register == register.id {
        Ok((batch, report))
    } else {
        Err(Trouble::NotFound)
    }
}

pub(super) async fn look(desk: Desk, Path((register, handle)): Path<(String, String)>) -> Answer {
    let office = Office::of(&desk)?;
    let register = office.register(&register)?;
    let (batch, report) = open(&desk, &office, register, &handle).await?;
    let (lang, path) = (desk.lang, list_href(&register.id));
    let under_way = import::under_way(&office.house, &batch).await?;
    // What stands of it already, before the rest is tried.
    let written = report.added + report.changed;
    let staged = batch.is_open() && under_way.is_none();
    let (report, sheets) = if staged && batch.has_sheets {
        let sheets = import::staged_sheets(&office.house, batch.id).await?;
        let report = import::dry_run(&office.house, &Office::by(&desk)?, &sheets, &batch.terms).await?;
        (report, Some(sheets))
    } else {
        (report, None)
    };
    let good = report.added + report.changed;
    let main = html! {
        @if let Some(job) = under_way {
            (note(Tone::Info, &html! { p { a href=(jobs::href(job)) { (t!(lang, "record.sheet_under_way")) } } }))
        }
        @if staged && report.rejected > 0 { (note(Tone::Warn, &html! { p { (t!(lang, "record.sheet_some_wrong", count = report.rejected)) } })) }
        (tally(&desk, &report))
        @if let Some(sheets) = sheets.as_ref().filter(|_| batch.state == "staged") { (mapping(&desk, &office, register, &batch, sheets)?) }
        @if !report.faults.is_empty() { (faults(&desk, register, &batch, &report)) }
        @if staged && batch.has_sheets {
            form.panel method="post" action=(batch_href(register, batch.id)) {
                (desk.csrf())
                div.group {
                    @if report.rejected > 0 && good > 0 && batch.state == "staged" {
                        @let values = Fields::from_iter([("only_good", if batch.terms.only_good { "yes" } else { "no" })]);
                        @let errors = Errors::none();
                        @let inputs = Inputs { lang, values: &values, errors: &errors };
                        (inputs.radios(&Ask::new("only_good", t!(lang, "record.sheet_which")), &[
                            Choice::new("yes", t!(lang, "record.sheet_good_only", count = good)),
                            Choice::new("no", t!(lang, "record.sheet_all_or_nothing")),
                        ]))
                    } @else { p { (t!(lang, "record.sheet_ready", count = good)) } }
                }
                div.bar-end.row {
                    @if good > 0 { button.btn.btn-main type="submit" name="do" value="apply" { (t!(lang, "record.sheet_apply", count = good)) } }
                    a href=(format!("{path}/import")) { (t!(lang, "record.sheet_other")) }
                }
            }
        }
        @if batch.stands() && under_way.is_none() && written > 0 {
            p.row {
                a.btn href=(format!("{}/back", batch_href(register, batch.id))) { (icon("undo-2")) (t!(lang, "record.sheet_take_back")) }
                span.soft.s { (t!(lang, "record.sheet_take_back_hint")) }
            }
        }
    };
    let page = Page::new(&batch.terms.file)
        .crumb(register.label.in_lang(lang), &path)
        .crumb(t!(lang, "record.import"), format!("{path}/import"))
        .here(&batch.terms.file)
        .lead(html! { p.soft { (state_text(&desk, &batch)) " · " (happened::moment(batch.at)) } })
        .main(main)
        .private()
        .at(&path);
    desk.show(page).await
}

fn tally(desk: &Desk, report: &Report) -> Markup {
    let lang = desk.lang;
    let rows = [
        (t!(lang, "record.sheet_read"), report.read),
        (t!(lang, "record.sheet_added"), report.added),
        (t!(lang, "record.sheet_changed"), report.changed),
        (t!(lang, "record.sheet_same"), report.same),
        (t!(lang, "record.sheet_rejected"), report.rejected),
    ];
    let rows: Vec<(String, Markup)> =
        rows.into_iter().map(|(label, count)| (label, html! { (kernel::number::grouped(count)) })).collect();
    let skipped = report.skipped.totals + report.skipped.groups;
    panel(
        "h-tally",
        &t!(lang, "record.sheet_result"),
        None,
        &html! {
            (web::facts(&rows))
            @if skipped > 0 { p.pad.s.soft { (t!(lang, "record.sheet_skipped", count = skipped)) } }
        },
    )
}

/// Columns that nobody knows, each with what it may be.
fn mapping(
    desk: &Desk,
    office: &Office,
    register: &Register,
    batch: &Batch,
    sheets: &[Sheet],
) -> Result<Markup, Trouble> {
    let lang = desk.lang;
    let known = import::recognise(&office.snapshot, sheets, &batch.terms)?;
    let unknown: Vec<_> = known.main.columns.iter().filter(|column| column.unknown).collect();
    if unknown.is_empty() {
        return Ok(html! {});
    }
    let offered: Vec<(String, String)> = columns::of_register(register, true)
        .iter()
        .map(|column| (column.target.id(), column.head(lang).to_owned()))
        .collect();
    let inside = html! {
        form method="post" action=(batch_href(register, batch.id)) {
            (desk.csrf())
            div.group {
                p.hint { (t!(lang, "record.sheet_unknown_hint")) }
                div.pair {
                    @for column in &unknown {
                        @let id = format!("map-{}", column.letter);
                        div.field {
                            label for=(id) { (column.letter) ". " (column.header) }
                            select id=(id) name=(format!("map.{}", column.letter)) {
                                option value="" { (t!(lang, "record.sheet_leave_out")) }
                                @for (target, label) in &offered { option value=(target) { (label) } }
                            }
                        }
                    }
                }
            }
            div.bar-end { button.btn type="submit" name="do" value="look" { (t!(lang, "record.sheet_look")) } }
        }
    };
    Ok(panel("h-unknown", &t!(lang, "record.sheet_unknown", count = unknown.len()), None, &inside))
}

fn faults(desk: &Desk, register: &Register, batch: &Batch, report: &Report) -> Markup {
    let lang = desk.lang;
    let rows = report.faults.iter().take(FAULTS).map(|fault| {
        Row::new(vec![
            html! { (fault.row) },
            html! { (fault.column) },
            html! { (fault.value) },
            html! { (fault.say(lang)) br; span.soft { (fault.remedy(lang)) } },
        ])
    });
    let sheet = Table {
        caption: t!(lang, "record.sheet_faults"),
        heads: vec![
            Head::new(t!(lang, "record.sheet_row")).number().card_label(t!(lang, "record.sheet_row")),
            Head::new(t!(lang, "record.sheet_column")).main(),
            Head::new(t!(lang, "record.sheet_value")).main(),
            Head::new(t!(lang, "record.bulk_why")).main(),
        ],
        groups: vec![Group { label: String::new(), rows: rows.collect() }],
        ..Table::default()
    };
    let errors = batch.has_sheets.then(|| {
        html! { a href=(format!("{}/errors", batch_href(register, batch.id))) { (icon("download")) " " (t!(lang, "record.sheet_error_file")) } }
    });
    panel("h-faults", &t!(lang, "record.sheet_faults"), errors.as_ref(), &table(lang, &sheet))
}

pub(super) async fn go_on(desk: Desk, Path((register, handle)): Path<(String, String)>, form: FormData) -> Answer {
    let office = Office::of(&desk)?;
    let register = office.register(&register)?;
    let (batch, _) = open(&desk, &office, register, &handle).await?;
    // One job at a time writes a batch.
    if !batch.is_open() || import::under_way(&office.house, &batch).await?.is_some() {
        return desk.back_to(&batch_href(register, batch.id), None);
    }
    let by = Office::by(&desk)?;
    let mut terms = batch.terms.clone();
    // Of one that was begun the rest is written on the same terms.
    let said = (batch.state == "staged").then(|| form.iter()).into_iter().flatten();
    for (name, value) in said {
        if let Some(letter) = name.strip_prefix("map.").filter(|_| !value.is_empty()) {
            terms.said.insert(letter.to_owned(), value.to_owned());
        }
    }
    if form.has("only_good") && batch.state == "staged" {
        terms.only_good = form.get("only_good") == "yes";
    }
    let mut id = batch.id;
    if terms != batch.terms {
        // What was staged stays as it was looked at; other terms are another batch.
        let sheets = import::staged_sheets(&office.house, id).await?;
        id = import::stage(&office.house, &by, &sheets, &terms).await?;
    }
    if form.get("do") != "apply" {
        return desk.back_to(&batch_href(register, id), None);
    }
    let job = import::enqueue(&office.house, &by, id).await?;
    desk.back_to(
        &jobs::href(job),
        Some(Flash::ok("record.sheet_queued").link(batch_href(register, id), batch.terms.file)),
    )
}

pub(super) async fn errors(desk: Desk, Path((register, handle)): Path<(String, String)>) -> Answer {
    let office = Office::of(&desk)?;
    let register = office.register(&register)?;
    let (batch, mut report) = open(&desk, &office, register, &handle).await?;
    let sheets = import::staged_sheets(&office.house, batch.id).await?;
    if batch.is_open() {
        report = import::dry_run(&office.house, &Office::by(&desk)?, &sheets, &batch.terms).await?;
    }
    let bytes = import::error_file(&office.snapshot, &sheets, &batch.terms, &report.faults, desk.lang)?;
    let stem = batch.terms.file.rsplit_once('.').map_or(batch.terms.file.as_str(), |(stem, _)| stem);
    download(&format!("{stem}-loi.xlsx"), XLSX, bytes)
}

/// Asks once more before a whole batch is taken back.
pub(super) async fn ask_back(desk: Desk, Path((register, handle)): Path<(String, String)>) -> Answer {
    let office = Office::of(&desk)?;
    let register = office.register(&register)?;
    let (batch, report) = open(&desk, &office, register, &handle).await?;
    let (lang, path, here) = (desk.lang, list_href(&register.id), batch_href(register, batch.id));
    if !batch.stands() || import::under_way(&office.house, &batch).await?.is_some() {
        return desk.back_to(&here, None);
    }
    let (added, changed) = (report.added, report.changed);
    let main = html! {
        form.panel method="post" action=(format!("{here}/back")) {
            (desk.csrf())
            div.group {
                p { (t!(lang, "record.sheet_back_what", added = added, changed = changed)) }
                p.soft { (t!(lang, "record.sheet_take_back_hint")) }
            }
            div.bar-end.row {
                button.btn.btn-risk type="submit" { (icon("undo-2")) (t!(lang, "record.sheet_take_back")) }
                a href=(here) { (t!(lang, "record.leave")) }
            }
        }
    };
    let page = Page::new(t!(lang, "record.sheet_back_title", file = &batch.terms.file))
        .crumb(register.label.in_lang(lang), &path)
        .crumb(t!(lang, "record.import"), format!("{path}/import"))
        .crumb(&batch.terms.file, &here)
        .here(t!(lang, "record.sheet_take_back"))
        .main(main)
        .shape(Shape::Form)
        .at(&path);
    desk.show(page).await
}

pub(super) async fn take_back(desk: Desk, Path((register, handle)): Path<(String, String)>) -> Answer {
    let office = Office::of(&desk)?;
    let register = office.register(&register)?;
    let (batch, _) = open(&desk, &office, register, &handle).await?;
    if !batch.stands() || import::under_way(&office.house, &batch).await?.is_some() {
        return desk.back_to(&batch_href(register, batch.id), None);
    }
    let job = import::enqueue_take_back(&office.house, &Office::by(&desk)?, batch.id).await?;
    desk.back_to(
        &jobs::href(job),
        Some(Flash::ok("record.sheet_back_queued").link(batch_href(register, batch.id), batch.terms.file)),
    )
}
