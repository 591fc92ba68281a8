//! A register's book in the columns of its statutory form: the reception register of Mẫu 03/TCD, as a workbook to print.

use axum::extract::Path;
use kernel::{Day, Refusal, Refused};
use pack::{
    form::Form,
    paper::{Name, Span},
    register::Register,
};
use papers::{FormCell, FormColumn, FormLine, FormSheet};
use web::{
    Answer, Ask, Desk, Errors, Fields, FormData, Inputs, Page, Shape, Target, Trouble, download, error_summary, html,
    icon, main_button, t,
};

use super::{EXPORT, Office, UNSEAL, list_href};
use crate::{
    Record,
    lists::Asked,
    paper::{self, Given},
};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// The most lines of one printing.
const MOST: usize = 5_000;

/// The form of a register's book.
fn of<'o>(office: &'o Office, register: &str, form: &str) -> Result<(&'o Register, &'o Form), Trouble> {
    let register = office.register(register)?;
    let form = office.snapshot.pack.forms.get(form).ok_or(Trouble::NotFound)?;
    if form.register.as_deref() == Some(&register.id) { Ok((register, form)) } else { Err(Trouble::NotFound) }
}

pub(super) async fn ask(desk: Desk, Path((register, form)): Path<(String, String)>) -> Answer {
    let office = Office::of(&desk)?;
    let (register, form) = of(&office, &register, &form)?;
    desk.may(EXPORT, &Target::unit(office.unit).register(&register.id))?;
    let year = desk.today.year();
    let values = Fields::from_iter([("from", format!("01/01/{year}")), ("to", kernel::show_day(desk.today))]);
    draw(&desk, &office, register, form, &values, &Errors::none()).await
}

async fn draw(
    desk: &Desk,
    office: &Office,
    register: &Register,
    form: &Form,
    values: &Fields,
    errors: &Errors,
) -> Answer {
    let lang = desk.lang;
    let inputs = Inputs { lang, values, errors };
    let reads = reads_private(desk, office, register);
    let main = html! {
        (error_summary(lang, errors))
        form.panel method="post" action=(format!("{}/book/{}", list_href(&register.id), form.id)) data-again {
            (desk.csrf())
            div.group {
                p { (form.code) " · " (form.label.in_lang(lang)) " · " (form.basis.in_lang(lang)) }
                div.pair {
                    (inputs.date(&Ask::new("from", t!(lang, "record.book_from"))))
                    (inputs.date(&Ask::new("to", t!(lang, "record.book_to"))))
                }
                p.s { (icon("lock")) " " (t!(lang, if reads { "record.book_private" } else { "record.paper_blank" })) }
            }
            div.bar-end.row { (main_button(&t!(lang, "record.book_print"))) a href=(list_href(&register.id)) { (t!(lang, "record.leave")) } }
        }
    };
    let page = Page::new(form.label.in_lang(lang))
        .crumb(register.label.in_lang(lang), list_href(&register.id))
        .here(form.code.clone())
        .shape(Shape::Form)
        .main(main)
        .faults(errors);
    desk.show(page.at(list_href(&register.id))).await
}

/// Names and numbers of citizens are for the book's own body.
fn reads_private(desk: &Desk, office: &Office, register: &Register) -> bool {
    desk.can(UNSEAL, &Target::unit(office.unit).register(&register.id))
}

pub(super) async fn print(desk: Desk, Path((register, form)): Path<(String, String)>, data: FormData) -> Answer {
    let office = Office::of(&desk)?;
    let (register, form) = of(&office, &register, &form)?;
    desk.may(EXPORT, &Target::unit(office.unit).register(&register.id))?;
    let (from, to) = match days(&data) {
        Ok(days) => days,
        Err(refused) => {
            let errors = Errors::of(desk.lang, &refused);
            return draw(&desk, &office, register, form, &data.fields, &errors).await;
        }
    };
    let records = records(&office, register, from, to).await?;
    let named = private_fields(&office, register, form);
    let opens = reads_private(&desk, &office, register) && !named.is_empty();
    if opens {
        paper::printed(&office.house, &Office::by(&desk)?, &records, &form.id, &named).await?;
    }
    let mut lines = Vec::with_capacity(records.len());
    let mut tx = office.house.read().await?;
    for (place, record) in records.iter().enumerate() {
        let mut given = Given { place: Some(place + 1), ..Given::default() };
        if opens {
            let all = office.house.vault.all(&mut tx, record.id.0).await?;
            given.privates = all.into_iter().filter(|(field, _)| named.contains(field)).collect();
        }
        let cell = |column: &pack::form::Column| {
            let spans = office.snapshot.pack.text(column.text.as_deref().unwrap_or_default());
            FormCell::Text(paper::words(&office.snapshot, register, record, &given, spans))
        };
        let cells: Vec<FormCell> = form.columns.iter().map(cell).collect();
        lines.push(FormLine { name: record.reference(), cells, total: false });
    }
    drop(tx);
    let lang = desk.lang;
    let wide =
        |column: &pack::form::Column| if column.text.as_deref().is_some_and(|text| text.len() > 24) { 26 } else { 12 };
    let column = |column: &pack::form::Column| FormColumn {
        head: column.head.clone(),
        mark: column.id.clone(),
        width: wide(column),
    };
    let face = FormSheet {
        body: office.unit_title(office.unit, desk.today),
        code: format!("{}, {}", form.code, form.basis.in_lang(lang)),
        title: form.label.in_lang(lang).to_owned(),
        days: t!(lang, "record.book_days", from = kernel::show_day(from), to = kernel::show_day(to)),
        first: t!(lang, "record.book_number"),
        columns: form.columns.iter().map(column).collect(),
        lines,
        notes: form.note.iter().map(|note| note.in_lang(lang).to_owned()).collect(),
    };
    let bytes = face.write().map_err(Trouble::internal)?;
    download(&format!("{}-{from}-{to}.xlsx", form.id), XLSX, bytes)
}

fn days(data: &FormData) -> Result<(Day, Day), Refused> {
    let mut refused = Refused::default();
    let mut day = |name: &str| {
        kernel::parse_day(data.get(name)).map_err(|refusal| refused.push(refusal.at(name.to_owned()))).ok()
    };
    let (from, to) = (day("from"), day("to"));
    refused.settle()?;
    match (from, to) {
        (Some(from), Some(to)) if from <= to => Ok((from, to)),
        _ => Err(Refusal::new("record.book_order").at("to").into()),
    }
}

/// The own book's records of these days, oldest first; those taken back keep their line out of it.
async fn records(office: &Office, register: &Register, from: Day, to: Day) -> Result<Vec<Record>, Trouble> {
    let mut asked = Asked { unit: Some(office.unit), from: Some(from), to: Some(to), ..Asked::all(1_000) };
    let mut records = Vec::new();
    loop {
        let page = office.book(register).page(&asked).await?;
        records.extend(page.records.into_iter().filter(|record| !record.void));
        asked.after = page.next;
        if asked.after.is_none() {
            break;
        }
        if records.len() >= MOST {
            return Err(Refusal::new("record.book_too_long").with("most", MOST).into());
        }
    }
    records.sort_by_key(|record| (record.day, record.year, record.number));
    Ok(records)
}

/// The private fields that the columns name.
fn private_fields(office: &Office, register: &Register, form: &Form) -> Vec<String> {
    let mut named = Vec::new();
    for text in form.columns.iter().filter_map(|column| column.text.as_deref()) {
        for span in office.snapshot.pack.text(text) {
            if let Span::Value(value) = span
                && let Name::Field(id) = &value.name
                && register.field(id).is_some_and(|field| field.private && !field.sealed)
                && !named.contains(id)
            {
                named.push(id.clone());
            }
        }
    }
    named
}
