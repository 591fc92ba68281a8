//! Saved views: a list as someone likes to see it, as a tab of theirs.

use axum::extract::Path;
use kernel::{Id, Refusal};
use pack::register::Register;
use web::{
    Answer, Ask, Desk, Errors, Fields, Flash, FormData, Inputs, Page, Shape, Width, error_summary, html, icon,
    main_button, t,
};

use super::{Office, filters::chips, list::view_label, list_href};
use crate::{lists::Asked, store::list as views};

pub(super) async fn name_view(desk: Desk, Path(register): Path<String>) -> Answer {
    let office = Office::of(&desk)?;
    let register = office.register(&register)?;
    draw_view(&desk, &office, register, desk.query(), &Errors::none(), "").await
}

async fn draw_view(
    desk: &Desk,
    office: &Office,
    register: &Register,
    query: &Fields,
    errors: &Errors,
    name: &str,
) -> Answer {
    let (lang, path) = (desk.lang, list_href(&register.id));
    let values = Fields::from_iter([("name", name)]);
    let inputs = Inputs { lang, values: &values, errors };
    let mut tx = office.house.read().await?;
    let saved = views::views(&mut tx, &office.house.names, desk.who()?.account, &register.id).await?;
    drop(tx);
    let (asked, _) = Asked::read(&office.snapshot, register, query, desk.today);
    let on: Vec<String> = chips(office, register, query, &asked).into_iter().map(|chip| chip.label).collect();
    let main = html! {
        (error_summary(lang, errors))
        form.panel method="post" action=(format!("{path}/views/new")) {
            (desk.csrf())
            input type="hidden" name="query" value=(query.href("").trim_start_matches('?'));
            div.group {
                p.soft { (view_label(lang, asked.view)) @for label in &on { " · " (label) } }
                (inputs.text(&Ask::new("name", t!(lang, "record.view_name")).hint(t!(lang, "record.view_hint")).width(Width::Middle)))
            }
            div.bar-end.row { (main_button(&t!(lang, "record.view_save"))) a href=(query.href(&path)) { (t!(lang, "record.leave")) } }
        }
        @if !saved.is_empty() {
            section.panel { h2 { (t!(lang, "record.view_saved_ones")) }
                ul.list { @for (id, name, query) in &saved {
                    li.row.between {
                        a href=(Fields::parse(query).href(&path)) { (name) }
                        form method="post" action=(format!("{path}/views/{}/drop", Id(*id))) { (desk.csrf())
                            button.btn.btn-bare type="submit" aria-label=(t!(lang, "record.view_drop", name = name)) { (icon("trash-2")) } }
                    }
                } }
            }
        }
    };
    let page = Page::new(t!(lang, "record.view_new"))
        .crumb(register.label.in_lang(lang), &path)
        .here(t!(lang, "record.view_new"))
        .main(main)
        .shape(Shape::Form)
        .faults(errors)
        .at(&path);
    desk.show(page).await
}

pub(super) async fn save_view(desk: Desk, Path(register): Path<String>, form: FormData) -> Answer {
    let office = Office::of(&desk)?;
    let register = office.register(&register)?;
    let query = Fields::parse(form.get("query")).without("after").without("from_row");
    let name = kernel::text::tidy(form.get("name"));
    let length = name.chars().count();
    if !(1..=40).contains(&length) || query.href("").len() > 1_800 {
        let refused = Refusal::new("record.view_needs_a_name").with("most", 40).at("name").into();
        return draw_view(&desk, &office, register, &query, &Errors::of(desk.lang, &refused), &name).await;
    }
    let text = query.href("").trim_start_matches('?').to_owned();
    let (account, id) = (desk.who()?.account, desk.new_id());
    let names = &office.house.names;
    let register_id = names.intern(&office.house.db, db::Space::Register, &register.id).await?;
    let (view, words) = (name.as_str(), text.as_str());
    office
        .house
        .db
        .write(|tx, _| Box::pin(async move { views::add_view(tx, id, account, register_id, view, words).await }))
        .await?;
    desk.back_to(&query.href(&list_href(&register.id)), Some(Flash::ok("record.view_kept").with("name", &name)))
}

pub(super) async fn drop_view(desk: Desk, Path((register, view)): Path<(String, String)>) -> Answer {
    let office = Office::of(&desk)?;
    let register = office.register(&register)?;
    let id: Id = view.parse().map_err(|_| web::Trouble::NotFound)?;
    let account = desk.who()?.account;
    office.house.db.write(|tx, _| Box::pin(async move { views::drop_view(tx, id, account).await })).await?;
    desk.back_to(&list_href(&register.id), Some(Flash::ok("record.view_dropped")))
}
