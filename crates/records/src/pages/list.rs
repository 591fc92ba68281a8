//! The list of a register: views, conditions, columns, rows, acts on a selection.

use axum::extract::Path;
use kernel::{Id, Lang, Refusal};
use pack::register::{Field, FieldType, Register};
use web::{
    Answer, Ask, Chip, Choice, Desk, Errors, Fields, Flash, FormData, Group, Head, Inputs, Markup, Page, Pager, Row,
    Shape, Sort, Table, Target, Tone, Width, bulk, due, empty, error_summary, filters, html, icon, link_button,
    main_button, note, pager, say, short_day, t, table, tabs, tag,
};

use super::{Office, WRITE, href, list_href, office::tone};
use crate::{
    Record,
    lists::{self, Asked, By, Counted, View},
    store::list as views,
};

/// Columns shown unless others are asked for, beyond those of the header.
const COLUMNS: usize = 2;
/// A choice up to this length stands on one line.
const WORD: usize = 16;

pub(super) async fn list(desk: Desk, Path(register): Path<String>) -> Answer {
    let office = Office::of(&desk)?;
    let register = office.register(&register)?;
    let (lang, query, path) = (desk.lang, desk.query(), list_href(&register.id));
    let (asked, told) = Asked::read(&office.snapshot, register, query, desk.today);
    let (house, snapshot, scope) = (&office.house, &office.snapshot, &office.scope);
    let found = lists::page(house, snapshot, scope, register, &asked, desk.today).await?;
    let counted = lists::count(house, snapshot, scope, register, &asked, desk.today).await?;
    let views = tabs_of(&desk, &office, register, &asked, counted).await?;
    let columns = columns(register, query);
    let chips = chips(&office, register, query, &asked);
    let writes = desk.can(WRITE, &Target::unit(office.unit).register(&register.id));

    let by = match &asked.by {
        By::Day => "day",
        By::Number => "number",
        By::Due => "due",
        By::Recorded => "recorded",
        By::Title => "title",
        By::Field(field) => &format!("f.{field}"),
    };
    let sort = Sort { by, falling: asked.falling, path: &path, query };
    let sheet = sheet(&office, register, &columns, &found.records, sort, writes);
    let shown = i64::try_from(found.records.len()).unwrap_or_default();
    // Pages go by key, so the place of a page is what its links count.
    let from: i64 = query.maybe("from_row").and_then(|from| from.parse().ok()).filter(|from| *from > 0).unwrap_or(1);
    let here = query.without("after").without("from_row");
    let pages = Pager {
        from,
        to: from + shown - 1,
        whole: Some(counted),
        first: asked.after.map(|_| here.href(&path)),
        next: found
            .next
            .map(|next| here.with("after", &next.handle()).with("from_row", &(from + shown).to_string()).href(&path)),
        note: (!register.clocks.is_empty()).then(|| t!(lang, "record.working_days_note")),
    };
    let noun = register.noun.in_lang(lang);
    let save = (!chips.is_empty()).then(|| here.href(&format!("{path}/views/new")));
    let main = html! {
        @for refusal in &told { (note(Tone::Warn, &html! { p { (say(lang, refusal)) } })) }
        @if found.records.is_empty() { (nothing(&desk, &office, register, &asked, &chips, writes).await?) }
        @else {
            form.panel method="post" action=(format!("{path}/bulk")) {
                (desk.csrf())
                (table(lang, &sheet))
                @if writes { (bulk(lang, &selection(lang, register))) }
                (pager(lang, &pages))
            }
        }
    };
    let page = Page::new(register.label.in_lang(lang))
        .lead(html! { p.soft { (counted_text(lang, counted, noun)) } })
        .acts(acts(lang, register, query, writes))
        .above(html! {
            (tabs(&t!(lang, "record.views"), &views))
            (filters(lang, &path, &controls(&office, register, query, &asked, &columns), &chips, save.as_deref()))
        })
        .main(main)
        .wide()
        .at(&path);
    desk.show(page).await
}

/// `1.052 cuộc đối thoại`, `hơn 1.000 đơn`.
pub(super) fn counted_text(lang: Lang, (count, whole): Counted, noun: &str) -> String {
    if whole {
        t!(lang, "record.count", count = count, noun = noun)
    } else {
        t!(lang, "record.count_more", count = count, noun = noun)
    }
}

fn acts(lang: Lang, register: &Register, query: &Fields, writes: bool) -> Markup {
    let path = list_href(&register.id);
    html! {
        @if writes { (link_button(&format!("{path}/import"), Some("upload"), &t!(lang, "record.import"))) }
        (link_button(&query.without("after").without("from_row").href(&format!("{path}/export")), Some("download"), &t!(lang, "record.export")))
        @if writes { a.btn.btn-main href=(format!("{path}/new")) { (icon("plus")) (t!(lang, "record.new_one", noun = register.noun.in_lang(lang))) } }
    }
}

fn view_label(lang: Lang, view: View) -> String {
    web::words(lang, &format!("record.view_{}", view.id()), &[])
}

/// The great divisions with their counts, then what this person saved.
async fn tabs_of(
    desk: &Desk,
    office: &Office,
    register: &Register,
    asked: &Asked,
    counted: Counted,
) -> Result<Vec<(String, String, bool)>, web::Trouble> {
    let (lang, path) = (desk.lang, list_href(&register.id));
    let mut tabs = Vec::new();
    let current = desk.query().without("after").without("from_row");
    let mut tx = office.house.read().await?;
    let saved = views::views(&mut tx, &office.house.names, desk.who()?.account, &register.id).await?;
    drop(tx);
    let same = |query: &str| current.href("") == Fields::parse(query).href("");
    let on_saved = saved.iter().any(|(_, _, query)| same(query));
    for view in View::of(register) {
        let on = asked.view == view && !on_saved;
        let count = if on && !asked.is_filtered() {
            counted
        } else {
            let plain = Asked { view, ..Asked::all(1) };
            lists::count(&office.house, &office.snapshot, &office.scope, register, &plain, desk.today).await?
        };
        if view == View::Void && count.0 == 0 && !on {
            continue;
        }
        let count =
            if count.1 { kernel::number::grouped(count.0) } else { format!("{}+", kernel::number::grouped(count.0)) };
        let label = format!("{} {count}", view_label(lang, view));
        tabs.push((label, Fields::from_iter([("view", view.id())]).href(&path), on));
    }
    for (_, name, query) in &saved {
        tabs.push((name.clone(), Fields::parse(query).href(&path), same(query)));
    }
    Ok(tabs)
}

/// The fields that may be columns.
fn offered(register: &Register) -> impl Iterator<Item = &Field> {
    let fit = |field: &&Field| {
        !field.private
            && !matches!(field.kind, FieldType::LongText | FieldType::File | FieldType::Link)
            && !register.title.contains(&field.id)
            && field.id != register.day
    };
    register.fields.iter().filter(fit)
}

fn columns<'r>(register: &'r Register, query: &Fields) -> Vec<&'r Field> {
    if query.has("col") {
        return offered(register).filter(|field| query.all("col").any(|col| col == field.id)).take(8).collect();
    }
    offered(register).filter(|field| field.index).take(COLUMNS).collect()
}

fn sheet<'q>(
    office: &Office,
    register: &Register,
    columns: &[&Field],
    records: &[Record],
    sort: Sort<'q>,
    selects: bool,
) -> Table<'q> {
    let lang = office.lang;
    let clocked = records.iter().any(|record| record.due.is_some());
    let year = office.today.year();
    let foreign = records.iter().any(|record| record.unit != office.unit);
    let day_label = register
        .field(&register.day)
        .map_or_else(|| t!(lang, "record.day"), |field| field.label.in_lang(lang).to_owned());
    let mut heads = Vec::new();
    if clocked {
        heads.push(Head::new(t!(lang, "record.due")).sort("due"));
        heads.push(Head::new(t!(lang, "record.left")));
    }
    heads.push(Head::new(t!(lang, "record.number")).sort("number"));
    heads.push(Head::new(t!(lang, "record.title")).sort("title").main());
    if foreign {
        heads.push(Head::new(t!(lang, "record.of_unit")).soft().main());
    }
    for field in columns {
        let label = field.label.in_lang(lang);
        let mut head = Head::new(label).soft();
        if lists::sortable(field) {
            head = head.sort(format!("f.{}", field.id));
        }
        if matches!(field.kind, FieldType::Count | FieldType::Quantity | FieldType::Money | FieldType::Percent) {
            head = head.number().card_label(label);
        }
        if matches!(
            field.kind,
            FieldType::Text
                | FieldType::Topic
                | FieldType::Place
                | FieldType::Body
                | FieldType::Choices
                | FieldType::Target
                | FieldType::Figure
        ) || field.choices.iter().any(|choice| choice.vi.chars().count() > WORD)
        {
            head = head.main();
        }
        heads.push(head);
    }
    heads.push(Head::new(day_label).sort("day").soft());
    if !register.states.is_empty() {
        heads.push(Head::new(t!(lang, "record.state")).soft());
    }
    let rows = records.iter().map(|record| {
        let mut cells = Vec::new();
        if clocked {
            cells.push(record.due.map_or_else(|| html! {}, |day| short_day(day, year)));
            cells.push(record.due.map_or_else(|| html! {}, |day| due(lang, office.left(day), false)));
        }
        cells.push(html! { a href=(href(record.id)) { (record.reference()) } });
        cells.push(html! { (record.title) });
        if foreign {
            cells.push(html! { (office.unit_name(record.unit, record.day)) });
        }
        for field in columns {
            let value = record.document.fields.get(&field.id);
            cells.push(html! { @if let Some(value) = value { (office.show(field, value, record.day)) } });
        }
        cells.push(short_day(record.day, year));
        if !register.states.is_empty() {
            cells.push(html! { @if let Some(state) = record.state_of(register) { (tag_of(lang, state)) } });
        }
        let mut row = Row::new(cells);
        row.select = selects.then(|| (record.id.handle(), format!("{} {}", record.reference(), record.title)));
        row
    });
    Table {
        caption: register.label.in_lang(lang).to_owned(),
        heads,
        groups: vec![Group { label: String::new(), rows: rows.collect() }],
        sum: None,
        sort: Some(sort),
        select: selects.then_some("id"),
    }
}

/// Neutral states are plain text in lists.
fn tag_of(lang: Lang, state: &pack::register::State) -> Markup {
    let label = state.label.in_lang(lang);
    match tone(state.tone) {
        Tone::Plain => html! { (label) },
        tone => tag(tone, label),
    }
}

/// The conditions that can be set, each field by its type.
fn controls(office: &Office, register: &Register, query: &Fields, asked: &Asked, columns: &[&Field]) -> Markup {
    let lang = office.lang;
    let errors = Errors::none();
    let inputs = Inputs { lang, values: query, errors: &errors };
    let states: Vec<Choice> =
        register.states.iter().map(|state| Choice::new(&state.id, state.label.in_lang(lang))).collect();
    let filtered = register.fields.iter().filter(|field| field.index && !field.private && field.id != register.day);
    let (first, rest): (Vec<&Field>, Vec<&Field>) = {
        let all: Vec<&Field> = filtered.collect();
        let split = all
            .iter()
            .position(|field| !matches!(field.kind, FieldType::Choice | FieldType::Topic | FieldType::YesNo))
            .unwrap_or(all.len())
            .min(2);
        (all[..split].to_vec(), all[split..].to_vec())
    };
    let more_on = rest.iter().any(|field| {
        let name = format!("f.{}", field.id);
        query.maybe(&name).is_some()
            || query.maybe(&format!("{name}.from")).is_some()
            || query.maybe(&format!("{name}.to")).is_some()
    });
    html! {
        @if query.has("view") || asked.view != View::of(register)[0] { input type="hidden" name="view" value=(asked.view.id()); }
        @if query.has("sort") { input type="hidden" name="sort" value=(query.get("sort")); }
        (inputs.text(&Ask::new("q", t!(lang, "record.find_text")).width(Width::Middle)))
        @if asked.view == View::All && !states.is_empty() { (select(lang, query, "state", &t!(lang, "record.state"), &states)) }
        @for field in &first { (condition(office, &inputs, query, field)) }
        @if !office.scope.is_narrow() || query.has("unit") {
            (inputs.text(&Ask::new("unit", t!(lang, "record.under")).width(Width::Middle)))
        }
        (inputs.text(&Ask::new("from", t!(lang, "record.from_day")).width(Width::Short)))
        (inputs.text(&Ask::new("to", t!(lang, "record.to_day")).width(Width::Short)))
        details open[more_on] {
            summary.s { (t!(lang, "record.more_filters")) }
            div.filters { @for field in &rest { (condition(office, &inputs, query, field)) }
                (inputs.text(&Ask::new("year", t!(lang, "record.year")).width(Width::Short)))
            }
            fieldset {
                legend.s { (t!(lang, "record.columns")) }
                div.choices {
                    @for field in offered(register) {
                        div.choice {
                            input type="checkbox" name="col" value=(field.id) id=(format!("col-{}", field.id)) checked[columns.iter().any(|column| column.id == field.id)];
                            label for=(format!("col-{}", field.id)) { (field.label.in_lang(lang)) }
                        }
                    }
                }
            }
        }
    }
}

fn condition(office: &Office, inputs: &Inputs<'_>, query: &Fields, field: &Field) -> Markup {
    let (lang, name, label) = (office.lang, format!("f.{}", field.id), field.label.in_lang(office.lang));
    if lists::sortable(field) {
        return html! {
            (inputs.text(&Ask::new(format!("{name}.from"), t!(lang, "record.at_least", label = label)).width(Width::Short)))
            (inputs.text(&Ask::new(format!("{name}.to"), t!(lang, "record.at_most", label = label)).width(Width::Short)))
        };
    }
    match field.kind {
        FieldType::Choice | FieldType::Choices => {
            let choices: Vec<Choice> =
                field.choices.iter().map(|choice| Choice::new(&choice.id, choice.label().in_lang(lang))).collect();
            select(lang, query, &name, label, &choices)
        }
        FieldType::Topic => {
            let topics = &office.snapshot.pack.topics.topics;
            let choices: Vec<Choice> =
                topics.iter().map(|topic| Choice::new(&topic.id, topic.label.in_lang(lang))).collect();
            select(lang, query, &name, label, &choices)
        }
        FieldType::YesNo => {
            let both = [Choice::new("yes", t!(lang, "web.yes")), Choice::new("no", t!(lang, "web.no"))];
            select(lang, query, &name, label, &both)
        }
        _ => inputs.text(&Ask::new(name, label).width(Width::Middle)),
    }
}

/// A choice whose first is "all".
fn select(lang: Lang, query: &Fields, name: &str, label: &str, choices: &[Choice]) -> Markup {
    let id = format!("f-{}", name.replace('.', "-"));
    html! {
        div.field {
            label for=(id) { (label) }
            select id=(id) name=(name) {
                option value="" { (t!(lang, "record.any")) }
                @for choice in choices { option value=(choice.value) selected[query.get(name) == choice.value] { (choice.label) } }
            }
        }
    }
}

/// What is on, each with the address that it leaves when it goes.
fn chips(office: &Office, register: &Register, query: &Fields, asked: &Asked) -> Vec<Chip> {
    let (lang, path) = (office.lang, list_href(&register.id));
    let here = query.without("after").without("from_row");
    let chip = |label: String, names: &[&str]| {
        let left = names.iter().fold(here.clone(), |left, name| left.without(name));
        Chip { label, href: left.href(&path) }
    };
    let mut chips = Vec::new();
    if !asked.text.is_empty() {
        chips.push(chip(format!("“{}”", asked.text), &["q"]));
    }
    if let Some(state) = asked.state.as_deref().and_then(|state| register.state(state)) {
        chips.push(chip(format!("{}: {}", t!(lang, "record.state"), state.label.in_lang(lang)), &["state"]));
    }
    if let Some(unit) = asked.unit {
        chips.push(chip(office.unit_name(unit, office.today), &["unit"]));
    }
    if let Some(from) = asked.from {
        chips.push(chip(format!("{} {}", t!(lang, "record.from_day"), kernel::show_day(from)), &["from"]));
    }
    if let Some(to) = asked.to {
        chips.push(chip(format!("{} {}", t!(lang, "record.to_day"), kernel::show_day(to)), &["to"]));
    }
    if let Some(year) = asked.year {
        chips.push(chip(format!("{} {year}", t!(lang, "record.year")), &["year"]));
    }
    for condition in &asked.conditions {
        let Some(field) = register.field(&condition.field) else { continue };
        let names: Vec<&str> = condition.names.iter().map(String::as_str).collect();
        chips.push(chip(format!("{}: {}", field.label.in_lang(lang), condition.shown), &names));
    }
    chips
}

/// Never bare: what this register is and the ways to a first record; or which condition to drop, and how many that gives.
async fn nothing(
    desk: &Desk,
    office: &Office,
    register: &Register,
    asked: &Asked,
    chips: &[Chip],
    writes: bool,
) -> Result<Markup, web::Trouble> {
    let (lang, path) = (desk.lang, list_href(&register.id));
    let noun = register.noun.in_lang(lang);
    if asked.is_filtered() {
        let mut ways = Vec::new();
        for chip in chips {
            let query = Fields::parse(chip.href.split_once('?').map_or("", |(_, query)| query));
            let (looser, _) = Asked::read(&office.snapshot, register, &query, desk.today);
            let counted =
                lists::count(&office.house, &office.snapshot, &office.scope, register, &looser, desk.today).await?;
            if counted.0 > 0 {
                ways.push((
                    t!(lang, "record.without", condition = &chip.label),
                    chip.href.clone(),
                    counted_text(lang, counted, noun),
                ));
            }
        }
        let text = html! { @for (label, href, count) in &ways { (label) " " a href=(href) { (count) } ". " } };
        let title = t!(lang, "record.none_match", count = chips.len(), noun = noun);
        let all = link_button(&Fields::from_iter([("view", "all")]).href(&path), None, &t!(lang, "record.drop_all"));
        return Ok(empty("search-x", &title, &text, &all));
    }
    let all = Asked::all(1);
    let bare = lists::count(&office.house, &office.snapshot, &office.scope, register, &all, desk.today).await?.0 == 0;
    if asked.view != View::All && !bare {
        let title = match asked.view {
            View::Overdue => t!(lang, "record.none_overdue", noun = noun),
            View::Void => t!(lang, "record.none_void", noun = noun),
            View::Open | View::All => t!(lang, "record.none_open", noun = noun),
        };
        let ways = html! {
            (link_button(&Fields::from_iter([("view", "all")]).href(&path), None, &t!(lang, "record.see_all")))
            @if writes { (link_button(&format!("{path}/new"), Some("plus"), &t!(lang, "record.new_one", noun = noun))) }
        };
        return Ok(empty("circle-check", &title, &html! { (t!(lang, "record.none_open_why")) }, &ways));
    }
    let title = t!(lang, "record.none_yet", label = register.label.in_lang(lang));
    let help = register.help.as_ref().map(|help| help.in_lang(lang).to_owned()).unwrap_or_default();
    let ways = html! {
        @if writes {
            a.btn.btn-main href=(format!("{path}/new")) { (icon("plus")) (t!(lang, "record.new_one", noun = noun)) }
            (link_button(&format!("{path}/import"), Some("upload"), &t!(lang, "record.import")))
            (link_button(&format!("{path}/template"), Some("download"), &t!(lang, "record.template")))
        }
    };
    Ok(empty(drawing(register), &title, &html! { (help) }, &ways))
}

/// The register's drawing.
pub(super) fn drawing(register: &Register) -> &'static str {
    register.icon.as_deref().and_then(web::known_icon).unwrap_or("folder")
}

/// What can be done with the ticked rows: a step, or one field set on each.
fn selection(lang: Lang, register: &Register) -> Markup {
    html! {
        label.vh for="bulk-act" { (t!(lang, "record.bulk_act")) }
        select id="bulk-act" name="act" {
            option value="" { (t!(lang, "record.bulk_choose")) }
            @if !register.steps.is_empty() {
                optgroup label=(t!(lang, "record.bulk_steps")) {
                    @for step in &register.steps { option value=(format!("step.{}", step.id)) { (step.label.in_lang(lang)) } }
                }
            }
            optgroup label=(t!(lang, "record.bulk_fields")) {
                @for field in super::bulk::settable(register) { option value=(format!("field.{}", field.id)) { (field.label.in_lang(lang)) } }
            }
        }
        button.btn type="submit" { (t!(lang, "record.bulk_go")) }
    }
}

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
