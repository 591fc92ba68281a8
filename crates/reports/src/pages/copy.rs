//! The signed copy on a report's page: brought in, what in it differs from what was issued, and the file itself.

use axum::extract::Path;
use db::Stop;
use kernel::Lang;
use web::{
    Answer, Ask, Desk, Errors, Fields, Flash, FormData, Inputs, Markup, Tone, Trouble, error_summary, html, icon, note,
    panel, t,
};

use super::{ISSUE, Office, by, href, show, target};
use crate::{
    Report,
    copy::{self, Copy, Difference},
    pdf,
};

const FILE: &str = "file";

/// What came back from signing, and the form that takes it.
pub(crate) fn part(desk: &Desk, report: &Report, copies: &[Copy], errors: &Errors) -> Markup {
    let lang = desk.lang;
    let writes = desk.can(ISSUE, &target(report));
    if copies.is_empty() && !writes {
        return html! {};
    }
    let (values, label) = (Fields::default(), t!(lang, "reports.copy_file"));
    let inputs = Inputs { lang, values: &values, errors };
    let inside = html! {
        div.pad.tight {
            @for one in copies {
                p {
                    (icon("file-text")) " "
                    a href=(format!("{}/file/{}", href(report.id), one.format.extension())) { (one.name) }
                }
                p.soft.s { (t!(lang, "reports.copy_mark", mark = one.hash.chars().take(16).collect::<String>())) }
                (differences(lang, one))
            }
            @if copies.is_empty() { p.soft.s { (t!(lang, "reports.copy_none")) } }
            @if writes {
                (error_summary(lang, errors))
                form.tight method="post" action=(format!("{}/copy", href(report.id))) enctype="multipart/form-data" {
                    (desk.csrf())
                    (inputs.file(&Ask::new(FILE, label).hint(t!(lang, "reports.copy_hint")), ".docx,.pdf", false))
                    button.btn type="submit" { (t!(lang, "reports.copy_take")) }
                }
            }
        }
    };
    panel("h-copy", &t!(lang, "reports.copy"), None, &inside)
}

fn differences(lang: Lang, copy: &Copy) -> Markup {
    if !copy.found.readable {
        return note(Tone::Warn, &html! { p { (t!(lang, "reports.copy_unreadable")) } });
    }
    if copy.found.changed.is_empty() {
        return html! { p.s { (icon("check")) " " (t!(lang, "reports.copy_same")) } };
    }
    let told = |one: &Difference| match (one.was.as_str(), one.now.as_str()) {
        ("", now) => t!(lang, "reports.copy_added", now = now),
        (was, "") => t!(lang, "reports.copy_gone", was = was),
        (was, now) => t!(lang, "reports.copy_changed", was = was, now = now),
    };
    let list = html! {
        p { b { (t!(lang, "reports.copy_differs", count = copy.found.changed.len())) } }
        @for part in copy.found.changed.chunk_by(|one, next| one.section == next.section) {
            h3.s {
                @if part[0].section.is_empty() { (t!(lang, "reports.copy_opening")) } @else { (part[0].section) }
            }
            ul { @for one in part { li { (told(one)) br; span.soft.s { "… " (one.around) " …" } } } }
        }
    };
    note(Tone::Warn, &list)
}

/// Takes a signed copy in.
pub(crate) async fn take(desk: Desk, Path(handle): Path<String>, data: FormData) -> Answer {
    let office = Office::of(&desk);
    let (report, _, tx) = office.open(&desk, &handle, ISSUE).await?;
    drop(tx);
    let kept = match data.files(FILE).next() {
        None => Err(kernel::Refusal::new("reports.copy_missing").at(FILE).into()),
        Some(upload) => {
            copy::keep(office.source(), &by(&desk)?, &report, &upload.name, upload.bytes()?, pdf::apart).await
        }
    };
    match kept {
        Ok(found) if found.readable && found.changed.is_empty() => {
            desk.back_to(&href(report.id), Some(Flash::ok("reports.copy_kept")))
        }
        Ok(_) => desk.back_to(&href(report.id), Some(Flash::ok("reports.copy_look").tone(Tone::Warn))),
        Err(Stop::Refused(refused)) => {
            let errors = Errors::of(desk.lang, &refused);
            show::page(desk, &handle, &errors).await
        }
        Err(stop) => Err(Trouble::from(stop)),
    }
}
