//! Small acts on a record: take back a step, take back the record, note something, open what is sealed.

use axum::extract::Path;
use kernel::{Refusal, Refused};
use web::{
    Answer, Ask, Confirm, Desk, Errors, Fields, Flash, FormData, Inputs, Markup, Page, Width, confirm, error_summary,
    facts, html, icon, main_button, panel, t,
};

use super::{Office, STEP, UNSEAL, VOID, WRITE, href, list_href, office::Opened, record, step::REGRET, typed};
use crate::act;

pub(super) async fn undo(desk: Desk, Path(handle): Path<String>, form: FormData) -> Answer {
    let office = Office::of(&desk)?;
    let opened = office.open(&desk, &handle, STEP).await?;
    let version = match form.maybe(typed::VERSION).and_then(|version| version.parse().ok()) {
        Some(version) => version,
        // From the message after a step, which knows no version: only one's own step, and only while it is fresh.
        None => fresh(&desk, &opened)?,
    };
    match act::undo(&office.house, &Office::by(&desk)?, opened.record.id, version).await {
        Ok(done) => desk.back_to(&href(done.record.id), Some(Flash::ok("record.undone"))),
        Err(db::Stop::Refused(refused)) => {
            record::page(&desk, &office, &opened, &Errors::of(desk.lang, &refused), &Fields::default()).await
        }
        Err(stop) => Err(stop.into()),
    }
}

fn fresh(desk: &Desk, opened: &Opened) -> Result<i64, Refused> {
    let since = desk.now.saturating_sub(REGRET).unwrap_or(desk.now).as_millisecond();
    let own = desk.who.as_ref().map(|who| who.account);
    let last = opened.record.document.steps.last();
    if last.is_some_and(|last| Some(last.by) == own && last.at >= since) {
        Ok(opened.record.version)
    } else {
        Err(Refusal::new("record.undo_too_late").into())
    }
}

pub(super) async fn ask_void(desk: Desk, Path(handle): Path<String>) -> Answer {
    let office = Office::of(&desk)?;
    let opened = office.open(&desk, &handle, VOID).await?;
    draw_void(&desk, &office, &opened, &Errors::none(), &Fields::default()).await
}

async fn draw_void(desk: &Desk, office: &Office, opened: &Opened, errors: &Errors, typed: &Fields) -> Answer {
    let (lang, record) = (desk.lang, &opened.record);
    let register = office.register(&record.register)?;
    let inputs = Inputs { lang, values: typed, errors };
    let fields = html! {
        (error_summary(lang, errors))
        input type="hidden" name=(typed::VERSION) value=(record.version);
        (inputs.text(&Ask::new("reason", t!(lang, "record.reason")).width(Width::Full)))
    };
    let title = t!(lang, "record.void_title", number = record.reference());
    let consequences = [
        t!(lang, "record.void_number", number = record.reference()),
        t!(lang, "record.void_figures"),
        t!(lang, "record.void_kept"),
    ];
    let question = Confirm {
        title: &title,
        text: &record.title,
        action: &format!("{}/void", href(record.id)),
        fields,
        consequences: &consequences,
        yes: &t!(lang, "record.void_yes"),
        risky: true,
        no: &t!(lang, "record.void_no"),
        back: &href(record.id),
    };
    let page = Page::new(&title).bare(confirm(&desk.csrf(), &question)).faults(errors).at(list_href(&register.id));
    desk.show(page).await
}

pub(super) async fn void(desk: Desk, Path(handle): Path<String>, form: FormData) -> Answer {
    let office = Office::of(&desk)?;
    let opened = office.open(&desk, &handle, VOID).await?;
    let version = super::form::version(&form)?;
    match act::void(&office.house, &Office::by(&desk)?, opened.record.id, version, form.get("reason")).await {
        Ok(done) => {
            let flash = Flash::ok("record.voided").with("number", done.record.reference());
            desk.back_to(&href(done.record.id), Some(flash))
        }
        Err(db::Stop::Refused(refused)) => {
            draw_void(&desk, &office, &opened, &Errors::of(desk.lang, &refused), &form.fields).await
        }
        Err(stop) => Err(stop.into()),
    }
}

pub(super) async fn comment(desk: Desk, Path(handle): Path<String>, form: FormData) -> Answer {
    let office = Office::of(&desk)?;
    let opened = office.open(&desk, &handle, WRITE).await?;
    match act::comment(&office.house, &Office::by(&desk)?, opened.record.id, form.get("text")).await {
        Ok(()) => desk.back_to(&format!("{}#h-way", href(opened.record.id)), Some(Flash::ok("record.commented"))),
        Err(db::Stop::Refused(refused)) => {
            record::page(&desk, &office, &opened, &Errors::of(desk.lang, &refused), &form.fields).await
        }
        Err(stop) => Err(stop.into()),
    }
}

/// A receipt to be printed or written down: reference, secret, and the mark of the last seal.
pub(super) async fn receipt(desk: Desk, Path(handle): Path<String>, _form: FormData) -> Answer {
    let office = Office::of(&desk)?;
    let opened = office.open(&desk, &handle, WRITE).await?;
    let (lang, record) = (desk.lang, &opened.record);
    let receipt = act::receipt(&office.house, &Office::by(&desk)?, record.id).await?;
    let rows = [
        (t!(lang, "vault.receipt_reference"), html! { b { (receipt.reference) } }),
        (t!(lang, "vault.receipt_secret"), html! { b { (receipt.secret.as_str()) } }),
        (t!(lang, "vault.receipt_day"), html! { (kernel::show_day(desk.today)) }),
        (t!(lang, "record.receipt_body"), html! { (office.unit_title(record.unit, desk.today)) }),
        (t!(lang, "vault.receipt_mark"), html! { code { (receipt.mark.as_deref().unwrap_or("–")) } }),
    ];
    let title = t!(lang, "record.receipt_title");
    let main = html! {
        (panel("h-receipt", &title, None, &facts(&rows)))
        p { (t!(lang, "vault.receipt_keep")) }
        p.s { (t!(lang, "record.receipt_where")) " " (t!(lang, "vault.receipt_mark_what")) }
        p { a.btn href=(href(record.id)) { (t!(lang, "record.back")) } }
    };
    let page = Page::new(&title).crumb(record.reference(), href(record.id)).here(&title).main(main).private();
    desk.show(page.at(list_href(&record.register))).await
}

pub(super) async fn ask_private(desk: Desk, Path(handle): Path<String>) -> Answer {
    let office = Office::of(&desk)?;
    let opened = sealed(&desk, &office, &handle).await?;
    draw_private(&desk, &opened, &Errors::none(), &Fields::default()).await
}

/// A record whose sealed fields this seat may open: those of its own book only.
async fn sealed(desk: &Desk, office: &Office, handle: &str) -> Result<Opened, web::Trouble> {
    let opened = office.open(desk, handle, UNSEAL).await?;
    if opened.record.unit == office.unit { Ok(opened) } else { Err(web::Trouble::Forbidden) }
}

async fn draw_private(desk: &Desk, opened: &Opened, errors: &Errors, typed: &Fields) -> Answer {
    let (lang, record) = (desk.lang, &opened.record);
    let inputs = Inputs { lang, values: typed, errors };
    let title = t!(lang, "record.unseal_title", number = record.reference());
    let inside: Markup = html! {
        form.box.ask.stack method="post" action=(format!("{}/private", href(record.id))) {
            (desk.csrf())
            (error_summary(lang, errors))
            div.tight { h1 { (title) } p { (t!(lang, "record.unseal_text")) } }
            (inputs.text(&Ask::new("reason", t!(lang, "record.reason")).hint(t!(lang, "record.unseal_hint")).width(Width::Full)))
            div.row { (main_button(&t!(lang, "record.unseal_do"))) a.btn href=(href(record.id)) { (t!(lang, "record.leave")) } }
        }
    };
    desk.show(Page::new(title).bare(inside).faults(errors).at(list_href(&record.register))).await
}

pub(super) async fn private(desk: Desk, Path(handle): Path<String>, form: FormData) -> Answer {
    let office = Office::of(&desk)?;
    let opened = sealed(&desk, &office, &handle).await?;
    let (lang, record) = (desk.lang, &opened.record);
    let register = office.register(&record.register)?;
    let values = match act::unseal(&office.house, &Office::by(&desk)?, record.id, form.get("reason")).await {
        Ok(values) => values,
        Err(db::Stop::Refused(refused)) => {
            return draw_private(&desk, &opened, &Errors::of(lang, &refused), &form.fields).await;
        }
        Err(stop) => return Err(stop.into()),
    };
    let label =
        |id: &str| register.field(id).map_or_else(|| id.to_owned(), |field| field.label.in_lang(lang).to_owned());
    let rows: Vec<(String, Markup)> = values.iter().map(|(field, value)| (label(field), html! { (value) })).collect();
    let main = html! {
        (panel("h-private", &t!(lang, "record.sealed_fields"), None, &html! {
            @if rows.is_empty() { p.pad { (t!(lang, "record.nothing_sealed")) } } @else { (facts(&rows)) }
        }))
        p.soft.s { (icon("lock")) " " (t!(lang, "record.shown_once")) }
        p { a.btn href=(href(record.id)) { (t!(lang, "record.back")) } }
    };
    let page = Page::new(&record.title)
        .crumb(register.label.in_lang(lang), list_href(&register.id))
        .crumb(record.reference(), href(record.id))
        .here(t!(lang, "record.sealed_fields"))
        .main(main)
        .private()
        .at(list_href(&register.id));
    desk.show(page).await
}
