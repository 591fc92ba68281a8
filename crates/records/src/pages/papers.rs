//! Papers of a record: the list on its page, the sheet on which one is made, its number after signing, its deliveries.

use std::collections::HashMap;

use axum::extract::Path;
use kernel::{Id, Refusal};
use pack::{
    document::day_of,
    paper::{DELIVERY_ROWS, PAPER_ROWS, Paper, Phrase},
    register::{Field, Register},
};
use papers::Format;
use serde_json::Value as Json;
use web::{
    Answer, Ask, Desk, Errors, Fields, Flash, FormData, Inputs, Markup, Page, Tone, Trouble, Width, day, download,
    error_summary, html, icon, note, panel, t, tag,
};

use super::{Office, PAPER, UNSEAL, files, form, href, list_href, office::Opened, typed};
use crate::{
    act,
    fill::{Input, RowInput},
    paper::{self, Given},
    store,
};

pub(super) fn paper_href(record: Id, paper: &str) -> String {
    format!("{}/papers/{paper}", href(record))
}

/// The papers that a record offers, and what became of each.
pub(super) fn papers_panel(desk: &Desk, office: &Office, register: &Register, opened: &Opened) -> Markup {
    let (lang, record) = (desk.lang, &opened.record);
    let makes = desk.can(PAPER, &opened.target) && !record.void;
    let of = |rows: &str, id: &str| {
        let rows = record.document.rows(rows).iter();
        rows.filter(|row| row.fields.get("paper").and_then(Json::as_str) == Some(id)).cloned().collect::<Vec<_>>()
    };
    let all = office.snapshot.pack.papers_of(register);
    let listed: Vec<(&Paper, Vec<_>, Vec<_>)> = all
        .into_iter()
        .map(|paper| (paper, of(PAPER_ROWS, &paper.head.id), of(DELIVERY_ROWS, &paper.head.id)))
        .filter(|(one, signed, sent)| {
            !signed.is_empty() || !sent.is_empty() || (makes && paper::offered(&office.snapshot, one, register, record))
        })
        .collect();
    if listed.is_empty() {
        return html! {};
    }
    let inside = html! {
        ul.list {
            @for (one, signed, sent) in &listed {
                li {
                    p.row {
                        (icon("file-text")) " "
                        @if makes { a href=(paper_href(record.id, &one.head.id)) { (one.head.label.in_lang(lang)) } }
                        @else { (one.head.label.in_lang(lang)) }
                        @if !one.head.certain { (tag(Tone::Warn, &t!(lang, "record.paper_uncertain"))) }
                    }
                    @for row in signed {
                        p.s { (t!(lang, "record.paper_signed", number = row.fields.get("number").and_then(Json::as_str).unwrap_or_default()))
                            " " @if let Some(on) = row.fields.get("signed_on").and_then(day_of) { (day(on)) } }
                    }
                    @for row in sent { p.s.soft { (sent_line(office, register, &row.fields)) } }
                }
            }
        }
    };
    let whole = makes.then(|| {
        html! {
            form method="post" action=(format!("{}/case-file", href(record.id))) data-again {
                (desk.csrf())
                button.btn.btn-bare type="submit" name="format" value="pdf" { (icon("download")) (t!(lang, "record.case_file_get")) }
                button.btn.btn-bare type="submit" name="format" value="zip" { (t!(lang, "record.case_file_zip")) }
            }
        }
    });
    panel("h-papers", &t!(lang, "record.papers"), whole.as_ref(), &inside)
}

/// "người gửi đơn, bưu chính: gửi 01/09/2026, nhận 04/09/2026; minh chứng: báo phát 15".
fn sent_line(office: &Office, register: &Register, row: &pack::document::Fields) -> String {
    let lang = office.lang;
    let shown = |id: &str| {
        let field = register.rows(DELIVERY_ROWS).and_then(|rows| rows.field(id))?;
        Some(office.show(field, row.get(id)?, office.today))
    };
    let words = |id: &str| shown(id).unwrap_or_default();
    let went = match shown("received_on") {
        Some(received) => t!(
            lang,
            "record.paper_received",
            to = words("to"),
            how = words("how"),
            sent = words("sent_on"),
            received = received
        ),
        None => t!(lang, "record.paper_sent", to = words("to"), how = words("how"), sent = words("sent_on")),
    };
    match shown("proof").filter(|proof| !proof.is_empty()) {
        Some(proof) => t!(lang, "record.paper_proved", went = went, proof = proof),
        None => went,
    }
}

struct Desktop<'a> {
    desk: &'a Desk,
    office: &'a Office,
    opened: &'a Opened,
    register: &'a Register,
    paper: &'a Paper,
}

impl Desktop<'_> {
    /// Whether whoever makes it reads what is sealed: in the record's own book only.
    fn reads_private(&self) -> bool {
        self.desk.can(UNSEAL, &self.opened.target) && self.opened.record.unit == self.office.unit
    }

    fn here(&self) -> String {
        paper_href(self.opened.record.id, &self.paper.head.id)
    }

    fn phrases(&self) -> Vec<&Phrase> {
        self.office.snapshot.pack.phrases_for(&self.paper.head.id, self.desk.today)
    }
}

pub(super) async fn ask(desk: Desk, Path((handle, id)): Path<(String, String)>) -> Answer {
    let office = Office::of(&desk)?;
    let opened = office.open(&desk, &handle, PAPER).await?;
    let register = office.register(&opened.record.register)?;
    let paper = of(&office, register, &id)?;
    let top = Desktop { desk: &desk, office: &office, opened: &opened, register, paper };
    draw(&top, &Errors::none(), &Fields::default()).await
}

fn of<'o>(office: &'o Office, register: &Register, id: &str) -> Result<&'o Paper, Trouble> {
    let paper = office.snapshot.pack.paper(id).ok_or(Trouble::NotFound)?;
    if paper.head.register.contains(&register.id) { Ok(paper) } else { Err(Trouble::NotFound) }
}

async fn draw(top: &Desktop<'_>, errors: &Errors, typed: &Fields) -> Answer {
    let (desk, register, paper) = (top.desk, top.register, top.paper);
    let (lang, record) = (desk.lang, &top.opened.record);
    let inputs = Inputs { lang, values: typed, errors };
    let named = paper::private_fields(paper, register);
    let given = given(top, typed, false).await?;
    let shown = paper::fill(&top.office.snapshot, paper, register, record, &given);
    let main = html! {
        (error_summary(lang, errors))
        @if !paper.head.certain { (note(Tone::Warn, &html! { p { (t!(lang, "record.paper_uncertain_text")) } })) }
        form.panel method="post" action=(top.here()) data-again {
            (desk.csrf())
            div.group {
                @if let Some(form) = &paper.head.form { p.soft.s { (form) } }
                @for slot in paper.slots() {
                    (inputs.long_text(&Ask::new(format!("slot.{}", slot.id), &slot.label).optional(true), 4))
                    (phrases(top, &slot.id))
                }
                (inputs.text(&Ask::new("signer", t!(lang, "record.paper_signer")).hint(t!(lang, "record.paper_signer_hint")).optional(true)))
                @if !named.is_empty() {
                    p.s { (icon("lock")) " " (t!(lang, if top.reads_private() { "record.paper_private" } else { "record.paper_blank" })) }
                }
            }
            div.bar-end.row {
                button.btn.btn-main type="submit" name="format" value="docx" { (icon("download")) (t!(lang, "record.paper_docx")) }
                button.btn type="submit" name="format" value="pdf" { (icon("download")) (t!(lang, "record.paper_pdf")) }
                @if !paper.slots().is_empty() { button.btn type="submit" name="format" value="" { (t!(lang, "record.paper_look")) } }
                a href=(href(record.id)) { (t!(lang, "record.leave")) }
            }
        }
        (panel("h-look", &t!(lang, "record.paper_as_now"), None, &html! { div.pad { (papers::html(&shown, None)) } }))
        (signed_form(top, &inputs))
        (delivery_form(top, &inputs))
    };
    let page = Page::new(paper.head.label.in_lang(lang))
        .crumb(register.label.in_lang(lang), list_href(&register.id))
        .crumb(record.reference(), href(record.id))
        .here(paper.head.label.in_lang(lang));
    desk.show(page.main(main).faults(errors).at(list_href(&register.id))).await
}

/// Answers that rest on the law, to be put into a place for prose.
fn phrases(top: &Desktop<'_>, slot: &str) -> Markup {
    let (lang, phrases) = (top.desk.lang, top.phrases());
    if phrases.is_empty() {
        return html! {};
    }
    html! {
        details.s {
            summary { (t!(lang, "record.phrases")) }
            ul.tight {
                @for phrase in phrases {
                    li {
                        button.btn.btn-bare type="submit" name="phrase" value=(format!("{slot}:{}", phrase.id)) { (phrase.label.in_lang(lang)) }
                        " " span.soft { (phrase.basis) }
                        @if !phrase.certain { " " (tag(Tone::Warn, &t!(lang, "record.paper_uncertain"))) }
                    }
                }
            }
        }
    }
}

fn row_field<'r>(register: &'r Register, rows: &str, id: &str) -> Option<&'r Field> {
    register.rows(rows)?.field(id)
}

fn choices(register: &Register, id: &str, lang: kernel::Lang) -> Vec<web::Choice> {
    let field = row_field(register, DELIVERY_ROWS, id);
    let known = field.into_iter().flat_map(|field| &field.choices).filter(|choice| !choice.retired);
    known.map(|choice| web::Choice::new(&choice.id, choice.label().in_lang(lang))).collect()
}

fn signed_form(top: &Desktop<'_>, inputs: &Inputs<'_>) -> Markup {
    let (desk, lang) = (top.desk, top.desk.lang);
    panel(
        "h-signed",
        &t!(lang, "record.paper_after"),
        None,
        &html! {
            form.pad.tight method="post" action=(format!("{}/signed", top.here())) enctype="multipart/form-data" {
                (desk.csrf())
                input type="hidden" name=(typed::VERSION) value=(top.opened.record.version);
                div.pair {
                    (inputs.text(&Ask::new("number", t!(lang, "record.paper_number")).hint(t!(lang, "record.paper_number_hint")).width(Width::Middle)))
                    (inputs.date(&Ask::new("signed_on", t!(lang, "record.paper_day"))))
                }
                (inputs.file(&Ask::new("file", t!(lang, "record.paper_copy")).hint(t!(lang, "record.file_hint")).optional(true), files::ACCEPT, false))
                p { button.btn type="submit" { (t!(lang, "record.paper_number_do")) } }
            }
        },
    )
}

fn delivery_form(top: &Desktop<'_>, inputs: &Inputs<'_>) -> Markup {
    let (desk, lang, register) = (top.desk, top.desk.lang, top.register);
    panel(
        "h-delivery",
        &t!(lang, "record.paper_delivery"),
        None,
        &html! {
            form.pad.tight method="post" action=(format!("{}/delivered", top.here())) enctype="multipart/form-data" {
                (desk.csrf())
                input type="hidden" name=(typed::VERSION) value=(top.opened.record.version);
                (inputs.select(&Ask::new("to", t!(lang, "record.paper_to")), &choices(register, "to", lang)))
                (inputs.select(&Ask::new("how", t!(lang, "record.paper_how")), &choices(register, "how", lang)))
                div.pair {
                    (inputs.date(&Ask::new("sent_on", t!(lang, "record.paper_sent_on"))))
                    (inputs.date(&Ask::new("received_on", t!(lang, "record.paper_received_on")).optional(true)))
                }
                @if top.paper.head.received.is_some() { p.s.soft { (t!(lang, "record.paper_starts")) } }
                (inputs.text(&Ask::new("proof", t!(lang, "record.paper_proof")).hint(t!(lang, "record.paper_proof_hint")).optional(true)))
                (inputs.file(&Ask::new("file", t!(lang, "record.paper_proof_file")).hint(t!(lang, "record.file_hint")).optional(true), files::ACCEPT, false))
                p { button.btn type="submit" { (t!(lang, "record.paper_delivery_do")) } }
            }
        },
    )
}

/// What the paper is filled from; private fields only when it is handed out, after the entry stands.
async fn given(top: &Desktop<'_>, typed: &Fields, opened: bool) -> Result<Given, Trouble> {
    let record = &top.opened.record;
    let mut tx = top.office.house.read().await?;
    let ids: Vec<i64> = crate::save::links(top.register, record).iter().map(|(_, id)| id.0).collect();
    let linked = store::find_many(&mut tx, &top.office.house.names, &ids).await?;
    let linked = top.office.seen(top.desk, &mut tx, linked).await?;
    let mut given = Given {
        linked: linked.into_iter().map(|record| (record.id.0, record)).collect(),
        signer: typed.maybe("signer").map(str::to_owned),
        slots: slots(top.paper, typed),
        ..Given::default()
    };
    if opened {
        let named = paper::private_fields(top.paper, top.register);
        let all = top.office.house.vault.all(&mut tx, record.id.0).await?;
        given.privates = all.into_iter().filter(|(field, _)| named.contains(&field.as_str())).collect();
    }
    Ok(given)
}

fn slots(paper: &Paper, typed: &Fields) -> HashMap<String, String> {
    let written = paper.slots().into_iter();
    written.filter_map(|slot| Some((slot.id.clone(), typed.maybe(&format!("slot.{}", slot.id))?.to_owned()))).collect()
}

pub(super) async fn make(desk: Desk, Path((handle, id)): Path<(String, String)>, form: FormData) -> Answer {
    let office = Office::of(&desk)?;
    let opened = office.open(&desk, &handle, PAPER).await?;
    let register = office.register(&opened.record.register)?;
    let paper = of(&office, register, &id)?;
    let top = Desktop { desk: &desk, office: &office, opened: &opened, register, paper };
    if let Some((slot, phrase)) = form.maybe("phrase").and_then(|chosen| chosen.split_once(':')) {
        return draw(&top, &Errors::none(), &with_phrase(&top, &form.fields, slot, phrase)).await;
    }
    let Some(format) =
        Format::of_file(form.get("format")).filter(|format| matches!(format, Format::Docx | Format::Pdf))
    else {
        return draw(&top, &Errors::none(), &form.fields).await;
    };
    let named = paper::private_fields(paper, register);
    let reads = top.reads_private() && !named.is_empty();
    let body = paper::told(paper, format.extension(), if reads { &named } else { &[] });
    paper::produced(&office.house, &Office::by(&desk)?, &opened.record, body).await?;
    let given = given(&top, &form.fields, reads).await?;
    let made = paper::fill(&office.snapshot, paper, register, &opened.record, &given);
    let bytes = made.write(format).map_err(Trouble::internal)?;
    let name = format!("{id}-{}.{}", opened.record.reference().replace('/', "-"), format.extension());
    download(&name, format.media_type(), bytes)
}

/// What was typed, with a phrase and its basis at the end of a place for prose.
fn with_phrase(top: &Desktop<'_>, typed: &Fields, slot: &str, phrase: &str) -> Fields {
    let name = format!("slot.{slot}");
    let phrases = top.phrases();
    let Some(phrase) = phrases.iter().find(|one| one.id == phrase) else { return typed.clone() };
    let before = typed.get(&name).trim_end().to_owned();
    let gap = if before.is_empty() { "" } else { "\n\n" };
    typed.clone().with(&name, &format!("{before}{gap}{} (Căn cứ: {}.)", phrase.text.trim(), phrase.basis))
}

pub(super) async fn signed(desk: Desk, Path((handle, id)): Path<(String, String)>, form: FormData) -> Answer {
    let row = ["number", "signed_on"];
    keep(desk, &handle, &id, &form, PAPER_ROWS, &row, "record.paper_numbered").await
}

pub(super) async fn delivered(desk: Desk, Path((handle, id)): Path<(String, String)>, form: FormData) -> Answer {
    let row = ["to", "how", "sent_on", "received_on", "proof"];
    keep(desk, &handle, &id, &form, DELIVERY_ROWS, &row, "record.paper_delivered").await
}

/// Adds a row to the papers of a record, with the file that came along.
async fn keep(
    desk: Desk,
    handle: &str,
    id: &str,
    form: &FormData,
    rows: &str,
    fields: &[&str],
    done: &'static str,
) -> Answer {
    let office = Office::of(&desk)?;
    let opened = office.open(&desk, handle, PAPER).await?;
    let register = office.register(&opened.record.register)?;
    let paper = of(&office, register, id)?;
    let top = Desktop { desk: &desk, office: &office, opened: &opened, register, paper };
    let record = &opened.record;
    let mut row = RowInput::default();
    row.fields.insert("paper".to_owned(), id.to_owned());
    for field in fields {
        row.fields.insert((*field).to_owned(), form.get(field).trim().to_owned());
    }
    if let Some(upload) = form.files("file").next()
        && rows == DELIVERY_ROWS
        && row.fields.get("proof").is_some_and(String::is_empty)
    {
        row.fields.insert("proof".to_owned(), upload.name.clone());
    }
    let kept = record.document.rows(rows).iter().map(|row| RowInput { n: Some(row.n), ..RowInput::default() });
    let mut input = Input::default();
    input.rows.insert(rows.to_owned(), kept.chain([row]).collect());
    let by = Office::by(&desk)?;
    match act::edit(&office.house, &by, record.id, form::version(form)?, input).await {
        Ok(_) => {}
        Err(db::Stop::Refused(refused)) => {
            // The row stands last; on this sheet it is the only one.
            let at = |refusal: &Refusal| match refusal.field.as_deref().and_then(|field| field.rsplit('.').next()) {
                Some(field) if fields.contains(&field) => refusal.clone().at(field.to_owned()),
                _ => refusal.clone(),
            };
            let refused = kernel::Refused(refused.0.iter().map(at).collect());
            return draw(&top, &Errors::of(desk.lang, &refused), &form.fields).await;
        }
        Err(stop) => return Err(stop.into()),
    }
    for upload in form.files("file") {
        if let Err(trouble) = files::keep(&desk, &office, record.id, "", upload).await {
            return files::told(&desk, trouble, record.id);
        }
    }
    desk.back_to(
        &format!("{}#h-papers", href(record.id)),
        Some(Flash::ok(done).with("label", paper.head.label.in_lang(desk.lang))),
    )
}
