//! The list of a register: views, conditions, columns, rows, acts on a selection.

use axum::extract::Path;
use kernel::Lang;
use pack::register::{Field, FieldType, Register};
use web::{
    Answer, Chip, Desk, Fields, Group, Head, Markup, Page, Pager, Row, Sort, Table, Target, Tone, bulk, due, empty,
    filters, html, icon, link_button, note, pager, panel, say, short_day, t, table, tabs, tag,
};

use super::{
    IMPORT, Office, WRITE,
    filters::{chips, controls},
    href, list_href,
    office::tone,
};
use crate::{
    Record, behaviour,
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
    let (found, counted) = office.book(register).page_counted(&asked).await?;
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
    let who = Office::by(&desk)?;
    let calls = behaviour::calls(&office.house, &office.snapshot, &who, &desk, std::iter::once(register)).await?;
    let save = (!chips.is_empty()).then(|| here.href(&format!("{path}/views/new")));
    let main = html! {
        @for refusal in &told { (note(Tone::Warn, &html! { p { (say(lang, refusal)) } })) }
        @for one in &calls { (panel(&one.id, &one.title, None, &one.body)) }
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
        .acts(acts(&desk, &office, register, query, writes))
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

/// Whether this seat brings sheets into its own book.
fn imports(desk: &Desk, office: &Office, register: &Register) -> bool {
    desk.can(IMPORT, &Target::unit(office.unit).register(&register.id))
}

fn acts(desk: &Desk, office: &Office, register: &Register, query: &Fields, writes: bool) -> Markup {
    let lang = office.lang;
    let path = list_href(&register.id);
    let export = query.without("after").without("from_row");
    let imports = imports(desk, office, register);
    html! {
        @if writes && register.recurs.is_some() { (link_button(&format!("{path}/by-rule"), Some("calendar-days"), &t!(lang, "record.rule_link"))) }
        @if imports { (link_button(&format!("{path}/import"), Some("upload"), &t!(lang, "record.import"))) }
        (link_button(&export.href(&format!("{path}/export")), Some("download"), &t!(lang, "record.export")))
        (link_button(&export.with("as", "csv").href(&format!("{path}/export")), None, &t!(lang, "record.export_csv")))
        @for form in office.snapshot.pack.forms.values().filter(|form| form.register.as_deref() == Some(&register.id)) {
            (link_button(&format!("{path}/book/{}", form.id), Some("printer"), &t!(lang, "record.book_link", code = &form.code)))
        }
        @if writes { a.btn.btn-main href=(format!("{path}/new")) { (icon("plus")) (t!(lang, "record.new_one", noun = register.noun.in_lang(lang))) } }
    }
}

pub(super) fn view_label(lang: Lang, view: View) -> String {
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
            office.book(register).count(&plain).await?
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
pub(super) fn offered(register: &Register) -> impl Iterator<Item = &Field> {
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
            cells.push(record.due.map_or_else(
                || html! {},
                |day| html! { (due(lang, office.left(day), false)) (office.alarms(record)) },
            ));
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
            let counted = office.book(register).count(&looser).await?;
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
    let bare = office.book(register).count(&all).await?.0 == 0;
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
            @if register.recurs.is_some() { (link_button(&format!("{path}/by-rule"), Some("calendar-days"), &t!(lang, "record.rule_link"))) }
        }
        @if imports(desk, office, register) {
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
