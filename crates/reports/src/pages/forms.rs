//! Statutory tables: the list with its versions, one for a unit and a period, and its workbook.

use axum::extract::Path;
use calendar::Period;
use kernel::{Refused, show_day};
use pack::form::Form;
use papers::{FormCell, FormSheet};
use units::Unit;
use web::{
    Answer, Ask, Desk, Errors, Fields, Group, Head, Inputs, Markup, Page, Row, Table, Target, Tone, Trouble, Width,
    download, error_summary, html, link_button, main_button, note, t, table, tag,
};

use super::{Office, READ};
use crate::form::{self, FilledForm};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub(crate) async fn list(desk: Desk) -> Answer {
    let lang = desk.lang;
    desk.who()?;
    let office = Office::of(&desk);
    let mut forms: Vec<&Form> = office.snapshot.pack.forms.values().collect();
    forms.sort_by(|a, b| b.valid_from.cmp(&a.valid_from).then_with(|| a.code.cmp(&b.code)));
    let mut groups: Vec<Group> = Vec::new();
    for form in forms {
        let basis = form.basis.in_lang(lang).to_owned();
        let days = match (form.valid_from, form.valid_to) {
            (Some(from), Some(to)) => format!("{}–{}", show_day(from), show_day(to)),
            (Some(from), None) => t!(lang, "reports.form_since", day = show_day(from)),
            _ => String::new(),
        };
        let href = match &form.register {
            Some(register) => format!("/registers/{register}/book/{}", form.id),
            None => format!("/forms/{}", form.id),
        };
        let row = Row::new(vec![
            html! { @if form.unknown { (form.code) } @else { a href=(href) { (form.code) } } },
            html! { (form.label.in_lang(lang)) @if form.unknown { " " (tag(Tone::Warn, &t!(lang, "reports.form_unknown"))) } },
            html! { (days) },
        ]);
        match groups.last_mut().filter(|group| group.label == basis) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group { label: basis, rows: vec![row] }),
        }
    }
    let sheet = Table {
        caption: t!(lang, "reports.forms"),
        heads: vec![
            Head::new(t!(lang, "reports.form_code")).main(),
            Head::new(t!(lang, "reports.form")),
            Head::new(t!(lang, "reports.form_valid")).soft(),
        ],
        groups,
        ..Table::default()
    };
    let page = Page::new(t!(lang, "reports.forms")).crumb(t!(lang, "reports.title"), "/reports");
    desk.show(page.here(t!(lang, "reports.forms")).main(table(lang, &sheet)).at("/forms")).await
}

/// What is asked for: the unit and the period of the address.
struct Asked {
    unit: Unit,
    period: Period,
}

fn asked(desk: &Desk, office: &Office) -> Result<Asked, Refused> {
    let query = desk.query();
    let mut refused = Refused::default();
    let period = query.maybe("period").map_or_else(|| desk.today.year().to_string(), str::to_owned);
    let period = period.parse::<Period>().map_err(|refusal| refused.push(refusal.at("period"))).ok();
    let day = period.map_or(desk.today, |period| period.window().to.min(desk.today));
    let seat = desk.seat().map_or(0, |seat| seat.unit);
    let own = office.snapshot.tree.at(desk.today).code(Unit(seat).ground());
    let unit = query.maybe("unit").unwrap_or(&own);
    let unit = office.snapshot.tree.find(unit, day).map_err(|refusal| refused.push(refusal.at("unit"))).ok();
    refused.settle()?;
    let (Some(unit), Some(period)) = (unit, period) else { return Err(Refused::default()) };
    Ok(Asked { unit, period })
}

async fn filled<'o>(desk: &Desk, office: &'o Office, name: &str) -> Result<FilledForm<'o>, Trouble> {
    let Asked { unit, period } = asked(desk, office)?;
    desk.sees(READ, &Target::unit(unit.0))?;
    let mut tx = office.house.read().await?;
    Ok(form::fill(&mut tx, office.source(), name, unit, period).await?)
}

pub(crate) async fn show(desk: Desk, Path(name): Path<String>) -> Answer {
    let lang = desk.lang;
    desk.who()?;
    let office = Office::of(&desk);
    let of = office.snapshot.pack.forms.get(&name).ok_or(Trouble::NotFound)?;
    let (drawn, errors) = match filled(&desk, &office, &name).await {
        Ok(filled) => {
            let face = filled.face(office.source(), lang);
            let broken = filled.findings(office.source(), lang);
            (Some((face, broken)), Errors::none())
        }
        Err(Trouble::Refused(refused)) => (None, Errors::of(lang, &refused)),
        Err(trouble) => return Err(trouble),
    };
    let at = office.snapshot.tree.at(desk.today);
    let seat = Unit(desk.seat()?.unit);
    let query = desk.query();
    let values: Fields = [
        ("unit", query.maybe("unit").map_or_else(|| at.code(seat.ground()), str::to_owned)),
        ("period", query.maybe("period").map_or_else(|| desk.today.year().to_string(), str::to_owned)),
    ]
    .into_iter()
    .collect();
    let inputs = Inputs { lang, values: &values, errors: &errors };
    let path = format!("/forms/{name}");
    let main = html! {
        (error_summary(lang, &errors))
        form.box.row method="get" action=(path) {
            (inputs.text(&Ask::new("unit", t!(lang, "reports.unit")).hint(t!(lang, "reports.unit_hint")).width(Width::Middle)))
            (inputs.text(&Ask::new("period", t!(lang, "reports.period")).hint(t!(lang, "reports.period_hint")).width(Width::Middle)))
            (main_button(&t!(lang, "reports.form_show")))
            @if drawn.is_some() { (link_button(&values.href(&format!("{path}/xlsx")), Some("download"), &t!(lang, "reports.form_xlsx"))) }
        }
        @if let Some((face, broken)) = &drawn {
            @if !broken.is_empty() { (note(Tone::Bad, &html! { @for line in broken { p { (line) } } })) }
            (sheet(face))
            @for line in face.notes.iter().filter(|line| !broken.contains(line)) { p.s.soft { (line) } }
        }
    };
    let page = Page::new(format!("{} {}", of.code, of.label.in_lang(lang)))
        .crumb(t!(lang, "reports.title"), "/reports")
        .crumb(t!(lang, "reports.forms"), "/forms")
        .here(format!("{} · {}", of.code, of.basis.in_lang(lang)));
    desk.show(page.main(main).wide().faults(&errors).at("/forms")).await
}

/// The table with its tree of heads.
fn sheet(face: &FormSheet) -> Markup {
    let depth = face.depth();
    html! {
        div.scroll tabindex="0" role="region" aria-label=(face.title) {
            table.tbl.sheet {
                caption { (face.title) ", " (face.days) }
                thead {
                    @for (level, heads) in face.heads().iter().enumerate() {
                        tr {
                            @if level == 0 { th scope="col" rowspan=(depth) { (face.first) } }
                            @for head in heads {
                                th scope=(if head.span > 1 { "colgroup" } else { "col" }) colspan=(head.span) rowspan=(head.depth) { (head.text) }
                            }
                        }
                    }
                    tr.marks { th { "MS" } @for column in &face.columns { th { (column.mark) } } }
                }
                tbody {
                    @for line in &face.lines {
                        tr.total[line.total] {
                            th scope="row" { (line.name) }
                            @for cell in &line.cells {
                                @match cell {
                                    FormCell::Blank => td {},
                                    FormCell::Number(number) => td.num { (kernel::number::grouped(*number)) },
                                    FormCell::Text(text) => td { (text) },
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

pub(crate) async fn xlsx(desk: Desk, Path(name): Path<String>) -> Answer {
    desk.who()?;
    let office = Office::of(&desk);
    if !office.snapshot.pack.forms.contains_key(&name) {
        return Err(Trouble::NotFound);
    }
    let filled = filled(&desk, &office, &name).await?;
    let face = filled.face(office.source(), desk.lang);
    let bytes = face.write().map_err(Trouble::internal)?;
    download(&format!("{name}-{}.xlsx", filled.period), XLSX, bytes)
}
