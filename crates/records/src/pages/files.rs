//! Files of a record: taken in under a cap when name and content agree, kept by hash, handed out inert.

use std::io::{Cursor, Read as _};

use axum::extract::Path;
use kernel::{Id, Refusal};
use pack::register::{Field, FieldType, Register};
use web::{
    Answer, Ask, Desk, Errors, Fields, Flash, FormData, Inputs, Markup, Trouble, Upload, html, icon, inert, panel, t,
};

use super::{Office, READ, WRITE, happened, href, record};
use crate::{
    act,
    fill::Input,
    store::{self, Attachment},
};

/// What an office sends: each by its ending and by how it begins.
pub(super) const ACCEPT: &str = ".pdf,.docx,.xlsx,.jpg,.jpeg,.png,.txt";
/// The largest file.
const MOST: u64 = 10 << 20;

pub(super) fn file_href(record: Id, file: Id) -> String {
    format!("{}/files/{file}", href(record))
}

/// The kind of a file whose ending and content say the same; else why it is not taken.
fn kind_of(upload: &Upload, shown: &str) -> Result<&'static str, Refusal> {
    let refuse = |key: &'static str| Refusal::new(key).with("name", shown);
    if upload.size > MOST {
        return Err(refuse("record.file_too_large").with("most", "10 MB"));
    }
    let ending = upload.name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let mut start = Vec::new();
    let read = upload.read_with(|content| content.take(8).read_to_end(&mut start).map(|_| ()));
    read.and_then(|read| read).map_err(|_| refuse("record.file_unlike"))?;
    let (kind, agrees) = match ending.as_str() {
        "pdf" => ("application/pdf", start.starts_with(b"%PDF-")),
        "jpg" | "jpeg" => ("image/jpeg", start.starts_with(&[0xff, 0xd8, 0xff])),
        "png" => ("image/png", start.starts_with(b"\x89PNG\r\n\x1a\n")),
        "txt" => {
            ("text/plain", upload.bytes().is_ok_and(|bytes| !bytes.contains(&0) && std::str::from_utf8(&bytes).is_ok()))
        }
        "docx" => (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            holds(upload, "word/document.xml"),
        ),
        "xlsx" => {
            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", holds(upload, "xl/workbook.xml"))
        }
        _ => return Err(refuse("record.file_kind").with("kinds", "PDF, DOCX, XLSX, JPG, PNG, TXT")),
    };
    if agrees { Ok(kind) } else { Err(refuse("record.file_unlike")) }
}

/// An office document without macros: only the list of its parts is read, nothing is inflated.
fn holds(upload: &Upload, part: &str) -> bool {
    let Ok(bytes) = upload.bytes() else { return false };
    let Ok(archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return false };
    let names: Vec<String> = archive.file_names().filter_map(|name| Some(name.ok()?.to_ascii_lowercase())).collect();
    names.iter().any(|name| name == part) && !names.iter().any(|name| name.ends_with("vbaproject.bin"))
}

/// Keeps one file and gives its handle.
pub(super) async fn keep(
    desk: &Desk,
    office: &Office,
    record: Id,
    field: &str,
    upload: &Upload,
) -> Result<Id, Trouble> {
    let at = if field.is_empty() { "file" } else { field };
    let kind = kind_of(upload, &upload.name).map_err(|refusal| refusal.at(at.to_owned()))?;
    let (db, content) = (office.house.db.clone(), upload.clone());
    let stored = tokio::task::spawn_blocking(move || content.read_with(|from| db.files().put(from)));
    let stored = stored.await.map_err(Trouble::internal)???;
    Ok(act::attach(&office.house, &Office::by(desk)?, record, field, &upload.name, kind, stored).await?)
}

/// Seals the files of a sealed field; what they are called is sealed with them.
async fn seal(desk: &Desk, office: &Office, record: Id, field: &Field, form: &FormData) -> Result<(), Trouble> {
    for upload in form.files(&field.id) {
        let kind = kind_of(upload, field.label.in_lang(desk.lang)).map_err(|refusal| refusal.at(field.id.clone()))?;
        let file = vault::SealedFile {
            name: upload.name.clone(),
            media: kind.to_owned(),
            content: vault::without_metadata(upload.bytes()?),
        };
        act::identity::seal_file(&office.house, &Office::by(desk)?, record, &field.id, &file).await?;
    }
    Ok(())
}

/// Keeps every file of a form, each at its field; gives the record's version when the fields changed it.
pub(super) async fn keep_all(
    desk: &Desk,
    office: &Office,
    register: &Register,
    id: Id,
    form: &FormData,
) -> Result<Option<i64>, Trouble> {
    let mut input = Input::default();
    for field in register.fields.iter().filter(|field| field.kind == FieldType::File && field.sealed) {
        seal(desk, office, id, field, form).await?;
    }
    for field in register.fields.iter().filter(|field| field.kind == FieldType::File && !field.private) {
        let mut handles = Vec::new();
        for upload in form.files(&field.id) {
            handles.push(keep(desk, office, id, &field.id, upload).await?.handle());
        }
        if handles.is_empty() {
            continue;
        }
        if field.many {
            let (record, _) = act::read(&office.house, id).await?;
            let known = record.document.fields.get(&field.id).and_then(serde_json::Value::as_array).cloned();
            let known = known.unwrap_or_default();
            handles.splice(0..0, known.iter().filter_map(serde_json::Value::as_str).map(str::to_owned));
        } else {
            handles = handles.split_off(handles.len() - 1);
        }
        input.fields.insert(field.id.clone(), handles.join("\n"));
    }
    if input.fields.is_empty() {
        return Ok(None);
    }
    let (record, _) = act::read(&office.house, id).await?;
    let done = act::edit(&office.house, &Office::by(desk)?, id, record.version, input).await?;
    Ok(Some(done.record.version))
}

/// The record was saved, a file was not: onward, with the reason.
pub(super) fn told(desk: &Desk, trouble: Trouble, record: Id) -> Answer {
    let Trouble::Refused(refused) = trouble else { return Err(trouble) };
    let reason = refused.0.first().map(|refusal| web::say(desk.lang, refusal)).unwrap_or_default();
    desk.back_to(
        &href(record),
        Some(Flash::ok("record.saved_without_file").tone(web::Tone::Warn).with("reason", reason)),
    )
}

pub(super) async fn attach(desk: Desk, Path(handle): Path<String>, form: FormData) -> Answer {
    let office = Office::of(&desk)?;
    let opened = office.open(&desk, &handle, WRITE).await?;
    let id = opened.record.id;
    let mut kept = 0;
    for upload in form.files("file") {
        match keep(&desk, &office, id, "", upload).await {
            Ok(_) => kept += 1,
            Err(Trouble::Refused(refused)) => {
                return record::page(&desk, &office, &opened, &Errors::of(desk.lang, &refused), &Fields::default())
                    .await;
            }
            Err(trouble) => return Err(trouble),
        }
    }
    if kept == 0 {
        let refused = Refusal::new("record.no_file").at("file").into();
        return record::page(&desk, &office, &opened, &Errors::of(desk.lang, &refused), &Fields::default()).await;
    }
    desk.back_to(&format!("{}#h-files", href(id)), Some(Flash::ok("record.attached").with("count", kept)))
}

pub(super) async fn fetch(desk: Desk, Path((handle, file)): Path<(String, String)>) -> Answer {
    let office = Office::of(&desk)?;
    let opened = office.open(&desk, &handle, READ).await?;
    let file = find(&office, &opened.record, &file).await?;
    let content = office.house.db.files().get(&file.hash)?;
    let stream = tokio::fs::File::from_std(content);
    let mut bytes = Vec::with_capacity(usize::try_from(file.size).unwrap_or_default());
    tokio::io::AsyncReadExt::read_to_end(&mut tokio::io::AsyncReadExt::take(stream, MOST), &mut bytes).await?;
    inert(&file.name, bytes)
}

/// A file of this very record: a handle from elsewhere opens nothing.
async fn find(office: &Office, record: &crate::Record, file: &str) -> Result<Attachment, Trouble> {
    let id: Id = file.parse().map_err(|_| Trouble::NotFound)?;
    let mut tx = office.house.read().await?;
    let file = store::file(&mut tx, id).await?;
    if file.record == record.id.0 { Ok(file) } else { Err(Trouble::NotFound) }
}

pub(super) async fn detach(desk: Desk, Path((handle, file)): Path<(String, String)>) -> Answer {
    let office = Office::of(&desk)?;
    let opened = office.open(&desk, &handle, WRITE).await?;
    let file = find(&office, &opened.record, &file).await?;
    let id = opened.record.id;
    act::detach(&office.house, &Office::by(&desk)?, id, Id(file.id)).await?;
    desk.back_to(&format!("{}#h-files", href(id)), Some(Flash::ok("record.detached").with("name", file.name)))
}

/// The files, and the way to add some.
pub(super) fn files_panel(desk: &Desk, record: Id, kept: &[Attachment], writes: bool, errors: &Errors) -> Markup {
    let lang = desk.lang;
    let values = Fields::default();
    let inputs = Inputs { lang, values: &values, errors };
    let count = html! { (t!(lang, "record.files_count", count = kept.len())) };
    let inside = html! {
        @if !kept.is_empty() {
            ul.list {
                @for file in kept {
                    li.row.between {
                        span {
                            (icon("file-text")) " " a href=(file_href(record, Id(file.id))) { (file.name) }
                            br; span.soft.s { (size(file.size)) ", " (happened::moment(at(file))) }
                        }
                        // A file that a field names goes when the field is corrected.
                        @if writes && file.field.is_empty() {
                            form method="post" action=(format!("{}/drop", file_href(record, Id(file.id)))) {
                                (desk.csrf())
                                button.btn.btn-bare type="submit" aria-label=(t!(lang, "record.detach_one", name = &file.name)) { (icon("trash-2")) }
                            }
                        }
                    }
                }
            }
        }
        @if writes {
            form.pad.tight method="post" action=(format!("{}/files", href(record))) enctype="multipart/form-data" {
                (desk.csrf())
                (inputs.file(&Ask::new("file", t!(lang, "record.attach")).hint(t!(lang, "record.file_hint")), ACCEPT, true))
                p { button.btn type="submit" { (icon("paperclip")) (t!(lang, "record.attach_do")) } }
            }
        } @else if kept.is_empty() { p.pad.soft { (t!(lang, "record.no_files")) } }
    };
    panel("h-files", &t!(lang, "record.files"), Some(&count), &inside)
}

fn at(file: &Attachment) -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(file.at_ms).unwrap_or_default()
}

/// `640 KB`, `1,2 MB`.
fn size(bytes: i64) -> String {
    if bytes < 1 << 20 {
        format!("{} KB", (bytes >> 10).max(1))
    } else {
        format!("{} MB", kernel::number::decimal(bytes * 10 / (1 << 20), 1))
    }
}
