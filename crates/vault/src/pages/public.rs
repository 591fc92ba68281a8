//! The public face: a guide and an appointment by default; where a decision permits it, a letter that is sealed as it arrives.
//! Neither who writes nor from where is kept.

use std::io::Read as _;

use db::Stop;
use kernel::{Lang, Refusal, Refused, civil_day, show_day};
use web::{
    Answer, Ask, Desk, Errors, Fields, FormData, Inputs, Markup, Page, Portal, Tone, Trouble, Width, html, main_button,
    note, t,
};

use super::vault;
use crate::{
    Letter, SealedFile,
    gate::Door,
    receipt::{self, Receipt},
};

/// So many files, of so many bytes each.
const FILES: usize = 8;
const MOST: u64 = 10 << 20;
const ACCEPT: &str = ".pdf,.docx,.jpg,.jpeg,.png,.txt,.mp3,.m4a,.mp4";

fn door(lang: Lang) -> Portal {
    Portal { name: t!(lang, "web.product"), place: t!(lang, "web.product_line"), ..Portal::default() }
}

pub(super) async fn ask(desk: Desk) -> Answer {
    page(&desk, &Fields::default(), &Errors::none()).await
}

async fn page(desk: &Desk, typed: &Fields, errors: &Errors) -> Answer {
    let lang = desk.lang;
    let mut tx = desk.read().await?;
    let open = vault(desk).intake_open_here(&mut tx).await?;
    drop(tx);
    let title = t!(lang, "vault.intake");
    let main = html! {
        div.wrap.two.stack {
            h1 { (title) }
            (web::error_summary(lang, errors))
            (guide(lang))
            @match &open {
                None => {
                    (note(Tone::Info, &html! {
                        p { b { (t!(lang, "vault.intake_guide_only")) } }
                        p { (t!(lang, "vault.intake_undecided")) }
                        p { (t!(lang, "vault.intake_appointment")) }
                    }))
                }
                Some((key, decision)) => {
                    (note(Tone::Warn, &html! {
                        p { (t!(lang, "vault.intake_by", decision = decision)) }
                        p { (t!(lang, "vault.intake_undecided")) }
                        p.s { (t!(lang, "vault.intake_key", key = key.mark())) }
                    }))
                    (letter(desk, typed, errors))
                }
            }
            p { a href="/receipt" { (t!(lang, "vault.look_up")) } }
        }
    };
    desk.show(Page::new(title).bare(main).portal(door(lang)).faults(errors).private()).await
}

/// Before one starts: what a denunciation is, where else to go, what protects.
fn guide(lang: Lang) -> Markup {
    html! {
        section.box.stack aria-labelledby="h-before" {
            h2 id="h-before" { (t!(lang, "vault.intake_before")) }
            ul {
                li { (t!(lang, "vault.intake_what")) }
                li { (t!(lang, "vault.intake_not")) }
                li { (t!(lang, "vault.intake_signed")) }
                li { (t!(lang, "vault.intake_rights")) }
                li { (t!(lang, "vault.intake_device")) }
            }
        }
    }
}

fn letter(desk: &Desk, typed: &Fields, errors: &Errors) -> Markup {
    let lang = desk.lang;
    let inputs = Inputs { lang, values: typed, errors };
    let ask = |name: &str| Ask::new(name, t!(lang, format!("vault.letter_{name}").as_str())).autocomplete("off");
    html! {
        form.box.stack method="post" action="/intake" enctype="multipart/form-data" autocomplete="off" {
            (desk.csrf())
            h2 { (t!(lang, "vault.letter_what")) }
            (inputs.long_text(&ask("text").hint(t!(lang, "vault.letter_text_hint")), 10))
            (inputs.text(&ask("denounced").optional(true).width(Width::Full)))
            (inputs.text(&ask("place").optional(true).width(Width::Full)))
            (inputs.file(&ask("files").optional(true).hint(t!(lang, "vault.letter_files_hint")), ACCEPT, true))
            h2 { (t!(lang, "vault.letter_who")) }
            p.s { (t!(lang, "vault.letter_who_hint")) }
            (inputs.text(&ask("name").optional(true).private(true).width(Width::Full)))
            (inputs.text(&ask("address").optional(true).private(true).width(Width::Full)))
            (inputs.text(&ask("phone").optional(true).private(true).width(Width::Middle)))
            (inputs.text(&ask("id_number").optional(true).private(true).width(Width::Middle)))
            (inputs.tick(&ask("protection").optional(true)))
            p { (main_button(&t!(lang, "vault.letter_send"))) }
        }
    }
}

pub(super) async fn take(desk: Desk, form: FormData) -> Answer {
    knock(&desk, Door::Letter)?;
    let letter = match read(&form) {
        Ok(letter) => letter,
        // It comes back as it was typed, files aside; nothing of it was kept.
        Err(refusal) => {
            let errors = Errors::of(desk.lang, &Refused::from(refusal));
            return page(&desk, &form.fields, &errors).await;
        }
    };
    let mut tx = desk.begin().await?;
    match vault(&desk).intake_take(&mut tx, &desk.app.ids, &letter, desk.now).await {
        Ok(receipt) => {
            tx.commit().await?;
            given(&desk, &receipt).await
        }
        Err(Stop::Refused(refused)) => page(&desk, &form.fields, &Errors::of(desk.lang, &refused)).await,
        Err(other) => Err(other.into()),
    }
}

fn knock(desk: &Desk, door: Door) -> Result<(), Trouble> {
    vault(desk).gate.knock(door, desk.address(), desk.now).map_err(|seconds| Trouble::TooMany { seconds })
}

fn read(form: &FormData) -> Result<Letter, Refusal> {
    let text = |name: &str| kernel::text::tidy(form.get(name));
    let mut files = Vec::new();
    for upload in form.files("files") {
        if upload.size > MOST || files.len() == FILES {
            return Err(Refusal::new("vault.files_too_many").with("files", FILES).with("most", "10 MB").at("files"));
        }
        let mut content = Vec::with_capacity(usize::try_from(upload.size).unwrap_or_default());
        let read = upload.read_with(|from| from.take(MOST).read_to_end(&mut content).map(|_| ()));
        read.and_then(|read| read).map_err(|_| Refusal::new("vault.file_unreadable").at("files"))?;
        let content = crate::without_metadata(content);
        files.push(SealedFile { name: upload.name.clone(), media: upload.kind.clone(), content });
    }
    Ok(Letter {
        name: text("name"),
        address: text("address"),
        phone: text("phone"),
        id_number: text("id_number"),
        denounced: text("denounced"),
        place: text("place"),
        // Lines stay lines.
        text: form.get("text").lines().map(kernel::text::tidy).collect::<Vec<_>>().join("\n"),
        protection: form.has("protection"),
        files,
    })
}

/// Shown once: the secret is kept nowhere.
async fn given(desk: &Desk, receipt: &Receipt) -> Answer {
    let lang = desk.lang;
    let title = t!(lang, "vault.receipt_given");
    let rows = [
        (t!(lang, "vault.receipt_reference"), html! { b.big { (receipt.reference) } }),
        (t!(lang, "vault.receipt_secret"), html! { b.big { (receipt.secret.as_str()) } }),
        (t!(lang, "vault.receipt_day"), html! { (show_day(desk.today)) }),
        (t!(lang, "vault.receipt_mark"), html! { code { (receipt.mark.as_deref().unwrap_or("–")) } }),
    ];
    let main = html! {
        div.wrap.two.stack {
            h1 { (title) }
            section.box.stack {
                (web::facts(&rows))
                p { (t!(lang, "vault.receipt_keep")) }
                p.s { (t!(lang, "vault.receipt_mark_what")) }
            }
            (note(Tone::Info, &html! { p { (t!(lang, "vault.receipt_next")) } p { (t!(lang, "vault.intake_signed")) } }))
        }
    };
    desk.show(Page::new(title).bare(main).portal(door(lang)).private()).await
}

pub(super) async fn ask_receipt(desk: Desk) -> Answer {
    receipt_page(&desk, &Errors::none(), None).await
}

async fn receipt_page(desk: &Desk, errors: &Errors, found: Option<&Markup>) -> Answer {
    let lang = desk.lang;
    let values = Fields::default();
    let inputs = Inputs { lang, values: &values, errors };
    let title = t!(lang, "vault.look_up");
    let main = html! {
        div.wrap.two.stack {
            h1 { (title) }
            (web::error_summary(lang, errors))
            @if let Some(found) = found { (found) }
            form.box.stack method="post" action="/receipt" autocomplete="off" {
                (desk.csrf())
                (inputs.text(&Ask::new("reference", t!(lang, "vault.receipt_reference")).autocomplete("off").width(Width::Middle)))
                (inputs.password(&Ask::new("secret", t!(lang, "vault.receipt_secret")).autocomplete("off").width(Width::Full)))
                p { (main_button(&t!(lang, "vault.look_up_do"))) }
            }
        }
    };
    desk.show(Page::new(title).bare(main).portal(door(lang)).faults(errors).private()).await
}

pub(super) async fn look(desk: Desk, form: FormData) -> Answer {
    knock(&desk, Door::Receipt)?;
    let lang = desk.lang;
    let mut tx = desk.read().await?;
    match receipt::look(&mut tx, form.get("reference"), form.get("secret")).await {
        Ok(standing) => {
            let day = |ms: i64| jiff::Timestamp::from_millisecond(ms).map(|at| show_day(civil_day(at)));
            let given = day(standing.given_ms).map_err(Trouble::internal)?;
            let carried = match standing.carried_ms {
                0 if standing.record == 0 => t!(lang, "vault.standing_here"),
                0 => t!(lang, "vault.standing_in_book"),
                at => t!(lang, "vault.standing_carried", day = day(at).map_err(Trouble::internal)?),
            };
            let found =
                note(Tone::Info, &html! { p { (t!(lang, "vault.standing_received", day = given)) } p { (carried) } });
            receipt_page(&desk, &Errors::none(), Some(&found)).await
        }
        Err(Stop::Refused(refused)) => receipt_page(&desk, &Errors::of(lang, &refused), None).await,
        Err(other) => Err(other.into()),
    }
}
