//! A period's records at once: the rule asked, its days looked over one by one, then written down together.

use axum::extract::Path;
use calendar::Window;
use jiff::civil::Weekday as Day7;
use kernel::{Day, Lang, Refusal, Refused, number::two_digits, show_day};
use pack::register::{Field, Recurs, Register};
use web::{
    Answer, Ask, Choice, Desk, Errors, Fields, Flash, FormData, Group, Head, Inputs, Markup, Page, Row, Shape, Table,
    Target, Tone, Trouble, Weekday, Width, day, error_summary, facts, html, main_button, note, panel, t, table, tag,
};

use super::{
    Office, WRITE,
    controls::Sheet,
    form::{enter, likely_links},
    href, list_href, typed,
};
use crate::recurring::{self, Asked, Found, LAST, Owed, Plan, Planned, Rule};

/// How often: days of the month, days of the week, or such a day of every month.
const EVERY: [&str; 3] = ["month", "week", "nth"];

pub(super) async fn blank(desk: Desk, Path(register): Path<String>) -> Answer {
    let office = Office::of(&desk)?;
    let (register, recurs) = recurs(&desk, &office, &register)?;
    let next = desk.today.last_of_month().tomorrow().unwrap_or(desk.today);
    let mut values = Fields::default();
    values.push("from", show_day(next));
    values.push("to", format!("31/12/{}", next.year()));
    values.push("every", EVERY[0]);
    for field in asked(register, recurs) {
        values.push(typed::SHOWN, field.id.clone());
        if let Some(default) = &field.default {
            values.push(field.id.clone(), default.clone());
        }
    }
    let values = Office::proposed(&desk, register, values);
    draw(&desk, &office, (register, recurs), &values, &Refused::default(), None).await
}

pub(super) async fn lay(desk: Desk, Path(register): Path<String>, form: FormData) -> Answer {
    let office = Office::of(&desk)?;
    let (register, recurs) = recurs(&desk, &office, &register)?;
    let values = typed::settled(register, &form.fields);
    let mut read = office.read(register, &values).await?;
    let (rule, within) = (rule(&values), window(&values, desk.today));
    let (rule, within) = match (rule, within) {
        (Ok(rule), Ok(within)) if read.refused.0.is_empty() => (rule, within),
        (rule, within) => {
            read.refused.0.extend(rule.err().map(|refused| refused.0).into_iter().flatten());
            read.refused.0.extend(within.err().map(|refused| refused.0).into_iter().flatten());
            return draw(&desk, &office, (register, recurs), &values, &read.refused, None).await;
        }
    };
    if let Some(field) = &recurs.rule {
        read.input.fields.insert(field.clone(), text(Lang::Vi, &rule));
    }
    let (house, snapshot, by) = (&office.house, &office.snapshot, Office::by(&desk)?);
    let over = Asked { register, recurs, unit: office.unit, rule: &rule, within };
    let plan = match recurring::plan(house, snapshot, &by, over, &read.input).await {
        Ok(plan) => plan,
        Err(db::Stop::Refused(refused)) => {
            return draw(&desk, &office, (register, recurs), &values, &refused, None).await;
        }
        Err(stop) => return Err(stop.into()),
    };
    if form.get("do") != "make" {
        return draw(&desk, &office, (register, recurs), &values, &Refused::default(), Some((&rule, &plan))).await;
    }
    let days: Vec<Day> = form.all("day").filter_map(|day| day.parse().ok()).collect();
    match plan.chosen(&days) {
        Ok(changes) => {
            let made = crate::save::save(house, snapshot, &by, changes).await?;
            let flash = Flash::ok("record.rule_made").with("count", made.len());
            desk.back_to(&list_href(&register.id), Some(flash.with("noun", register.noun.in_lang(desk.lang))))
        }
        Err(refusal) => {
            // Others planned meanwhile: the days again as they stand now.
            let plan = recurring::plan(house, snapshot, &by, over, &read.input).await?;
            draw(&desk, &office, (register, recurs), &values, &refusal.into(), Some((&rule, &plan))).await
        }
    }
}

/// The register, if its records come round and this seat writes in its own book.
fn recurs<'o>(desk: &Desk, office: &'o Office, register: &str) -> Result<(&'o Register, &'o Recurs), Trouble> {
    let register = office.register(register)?;
    let recurs = register.recurs.as_ref().ok_or(Trouble::NotFound)?;
    desk.may(WRITE, &Target::unit(office.unit).register(&register.id))?;
    Ok((register, recurs))
}

/// Whose days they are, and what they share.
fn asked<'r>(register: &'r Register, recurs: &Recurs) -> Vec<&'r Field> {
    std::iter::once(&recurs.by).chain(&recurs.asks).filter_map(|id| register.field(id)).collect()
}

fn window(values: &Fields, today: Day) -> Result<Window, Refused> {
    let mut refused = Refused::default();
    let mut read = |name: &str| match kernel::parse_day(values.get(name)) {
        Ok(day) => day,
        Err(refusal) => {
            refused.push(refusal.at(name.to_owned()));
            today
        }
    };
    let (from, to) = (read("from"), read("to"));
    refused.settle()?;
    Ok(recurring::window(from, to, today)?)
}

fn rule(values: &Fields) -> Result<Rule, Refused> {
    let mut refused = Refused::default();
    let mut none = |name: &str| refused.push(Refusal::new("record.rule_incomplete").at(name.to_owned()));
    let rule = match values.get("every") {
        "month" => {
            let parts = values.get("days").split(|sign: char| !sign.is_ascii_digit()).filter(|part| !part.is_empty());
            let numbers: Result<Vec<i8>, _> = parts.map(str::parse).collect();
            let numbers = numbers.unwrap_or_default();
            if numbers.is_empty() || numbers.iter().any(|number| !(1..=31).contains(number)) {
                none("days");
            }
            Rule::Month(numbers)
        }
        every => {
            let weekdays: Vec<Day7> = values
                .all("weekday")
                .filter_map(|number| {
                    number.parse().ok().and_then(|number: i8| Day7::from_monday_one_offset(number).ok())
                })
                .collect();
            if weekdays.is_empty() {
                none("weekday");
            }
            if every == "nth" {
                let places: Vec<i8> = values.all("which").filter_map(|place| place.parse().ok()).collect();
                if places.is_empty() || places.iter().any(|place| !(1..=4).contains(place) && *place != LAST) {
                    none("which");
                }
                Rule::Nth(places, weekdays)
            } else {
                if every != "week" {
                    none("every");
                }
                Rule::Week(weekdays)
            }
        }
    };
    refused.settle().map(|()| rule)
}

/// A Monday, to name the days of the week by.
const MONDAY: Day = Day::constant(2024, 1, 1);

fn weekday_name(lang: Lang, weekday: Day7) -> &'static str {
    let days = i64::from(weekday.to_monday_zero_offset());
    Weekday(kernel::number_day(kernel::day_number(MONDAY) + days)).name(lang)
}

fn joined(lang: Lang, parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => t!(lang, "record.rule_and", first = first.join(", "), last = last),
    }
}

fn place_name(lang: Lang, place: i8) -> String {
    let word = match place {
        1 => "first",
        2 => "second",
        3 => "third",
        4 => "fourth",
        _ => "last",
    };
    web::words(lang, &format!("record.rule_place_{word}"), &[])
}

/// The rule in words: "ngày 10 và 25 hằng tháng".
fn text(lang: Lang, rule: &Rule) -> String {
    let named = |weekdays: &[Day7]| {
        let names: Vec<String> = weekdays.iter().map(|one| weekday_name(lang, *one).to_owned()).collect();
        joined(lang, &names)
    };
    match rule {
        Rule::Month(numbers) => {
            let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            t!(lang, "record.rule_month", days = joined(lang, &numbers))
        }
        Rule::Week(weekdays) => t!(lang, "record.rule_week", days = named(weekdays)),
        Rule::Nth(places, weekdays) => {
            let places: Vec<String> = places.iter().map(|place| place_name(lang, *place)).collect();
            t!(lang, "record.rule_nth", days = named(weekdays), places = joined(lang, &places))
        }
    }
}

async fn draw(
    desk: &Desk,
    office: &Office,
    (register, recurs): (&Register, &Recurs),
    values: &Fields,
    refused: &Refused,
    plan: Option<(&Rule, &Plan<'_>)>,
) -> Answer {
    let (lang, path) = (desk.lang, list_href(&register.id));
    let errors = &Errors::of(lang, refused);
    let links = likely_links(office, register).await?;
    let sheet = Sheet {
        office,
        register,
        typed: values,
        errors,
        hidden: &[],
        privates: &[],
        links: &links,
        needed: false,
        more: None,
    };
    let noun = register.noun.in_lang(lang);
    let title = t!(lang, "record.rule_title", noun = noun);
    let look = t!(lang, "record.rule_look");
    let main = html! {
        (error_summary(lang, errors))
        form.stack method="post" action=(format!("{path}/by-rule")) {
            (desk.csrf())
            (enter(&look))
            @if let Some((rule, plan)) = plan { (preview(desk, office, register, rule, plan)) }
            div.panel {
                div.group { h2 { (t!(lang, "record.rule_rule")) } (rule_inputs(&Inputs { lang, values, errors })) }
                div.group { h2 { (t!(lang, "record.rule_each")) } (sheet.fields(&asked(register, recurs))) }
                div.bar-end.row {
                    @if plan.is_none() { (main_button(&look)) } @else { button.btn type="submit" { (look) } }
                    a href=(path) { (t!(lang, "record.leave")) }
                }
            }
        }
    };
    let page = Page::new(&title)
        .crumb(register.label.in_lang(lang), &path)
        .here(t!(lang, "record.rule_link"))
        .main(main)
        .faults(errors)
        .at(&path);
    desk.show(if plan.is_some() { page.wide() } else { page.shape(Shape::Form) }).await
}

fn rule_inputs(inputs: &Inputs<'_>) -> Markup {
    let lang = inputs.lang;
    let every = EVERY.map(|every| Choice::new(every, web::words(lang, &format!("record.rule_every_{every}"), &[])));
    let numbers = [1_i8, 2, 3, 4, 5, 6, 7].into_iter().filter_map(|number| Day7::from_monday_one_offset(number).ok());
    let weekdays: Vec<Choice> = numbers
        .map(|weekday| Choice::new(weekday.to_monday_one_offset().to_string(), weekday_name(lang, weekday)))
        .collect();
    let places = [1, 2, 3, 4, LAST].map(|place: i8| Choice::new(place.to_string(), place_name(lang, place)));
    let ask = |name: &str, label: String| Ask::new(name, label);
    html! {
        div.pair {
            (inputs.date(&ask("from", t!(lang, "record.rule_from"))))
            (inputs.date(&ask("to", t!(lang, "record.rule_to"))))
        }
        (inputs.radios(&ask("every", t!(lang, "record.rule_every")), &every))
        (inputs.text(&ask("days", t!(lang, "record.rule_days")).hint(t!(lang, "record.rule_days_hint")).width(Width::Middle).optional(true)))
        (inputs.choices(&ask("weekday", t!(lang, "record.rule_weekdays")).optional(true), &weekdays))
        (inputs.choices(&ask("which", t!(lang, "record.rule_which")).hint(t!(lang, "record.rule_which_hint")).optional(true), &places))
    }
}

fn preview(desk: &Desk, office: &Office, register: &Register, rule: &Rule, plan: &Plan<'_>) -> Markup {
    let lang = desk.lang;
    let free = plan.days.iter().filter(|day| matches!(day.found, Found::New { .. })).count();
    let late = |day: &&Planned| match &day.found {
        Found::New { notice: Some(notice), .. } => notice.due < desk.today,
        _ => false,
    };
    let late = plan.days.iter().filter(late).count();
    let basis = plan.days.iter().find_map(|day| match &day.found {
        Found::New { notice: Some(notice), .. } => Some(&notice.basis),
        _ => None,
    });
    let noun = register.noun.in_lang(lang);
    let sheet = Table {
        caption: text(lang, rule),
        heads: vec![
            Head::new(t!(lang, "record.rule_take")),
            Head::new(t!(lang, "record.day")).main(),
            Head::new(t!(lang, "record.rule_moved")).soft().main(),
            Head::new(t!(lang, "record.rule_notice")).main().card_label(t!(lang, "record.rule_notice")),
        ],
        groups: vec![Group {
            label: String::new(),
            rows: plan.days.iter().map(|one| line(desk, office, one)).collect(),
        }],
        ..Table::default()
    };
    let counted = html! { (t!(lang, "record.rule_counted", count = free, noun = noun)) };
    html! {
        (panel("h-rule-days", &text(lang, rule), Some(&counted), &html! {
            @if late > 0 { (note(Tone::Warn, &html! { p { (t!(lang, "record.rule_late", count = late, noun = noun)) @if let Some(basis) = basis { " " (basis) "." } } })) }
            (table(lang, &sheet))
            @if free > 0 {
                div.bar-end.row { button.btn.btn-main type="submit" name="do" value="make" { (t!(lang, "record.rule_make")) } }
            }
        }))
        (duties(lang, plan))
    }
}

/// A day of the rule: free, with its box already ticked, or what stands in its way.
fn line(desk: &Desk, office: &Office, one: &Planned) -> Row {
    let lang = desk.lang;
    let name = format!("{}, {}", Weekday(one.on).name(lang), show_day(one.on));
    let moved = one.moved.as_ref().filter(|_| one.on != one.nominal);
    let linked = |record: &crate::Record| html! { a href=(href(record.id)) { (record.reference()) } };
    let (take, notice) = match &one.found {
        Found::New { notice, .. } => {
            let take = html! { input type="checkbox" name="day" value=(one.on) checked aria-label=(t!(lang, "web.select_one", name = &name)); };
            let told = html! {
                @if let Some(notice) = notice {
                    (day(notice.due)) " "
                    @if notice.due < desk.today { (tag(Tone::Bad, &t!(lang, "record.rule_notice_over"))) }
                    @else { (web::due(lang, office.left(notice.due), false)) }
                }
            };
            (take, told)
        }
        Found::SameDay => (html! {}, html! { (t!(lang, "record.rule_same_day")) }),
        Found::Known(record) => (html! {}, html! { (t!(lang, "record.rule_known")) " " (linked(record)) }),
        Found::PutOff(record, to) => {
            (html! {}, html! { (t!(lang, "record.rule_put_off", day = show_day(*to))) " " (linked(record)) })
        }
    };
    let why = html! {
        @if let Some(reason) = moved { (t!(lang, "record.rule_moved_from", day = show_day(one.nominal), reason = reason.text(lang))) }
        @if !one.certain { " " (tag(Tone::Warn, &t!(lang, "record.rule_uncertain"))) }
    };
    Row::new(vec![take, html! { (name) }, why, notice])
}

/// Each duty of the post: kept in every turn, or which turns have too few.
fn duties(lang: Lang, plan: &Plan<'_>) -> Markup {
    if plan.owed.is_empty() {
        return panel(
            "h-rule-duties",
            &t!(lang, "record.rule_duties"),
            None,
            &html! {
                p.pad.soft { (t!(lang, "record.rule_no_duty")) }
            },
        );
    }
    let told = |owed: &Owed<'_>| {
        let short: Vec<String> = owed
            .missing()
            .map(|(turn, count)| {
                let days = format!("{}–{}", show_day(turn.from), show_day(turn.to));
                let (count, times) = (two_digits(i64::from(*count)), two_digits(i64::from(owed.duty.times)));
                t!(lang, "record.rule_short", turn = days, count = count, times = times)
            })
            .collect();
        html! {
            p {
                @if short.is_empty() { (tag(Tone::Ok, &t!(lang, "record.rule_enough"))) }
                @else { (tag(Tone::Bad, &t!(lang, "record.rule_not_enough", count = short.len(), whole = owed.turns.len()))) }
                " " span.soft.s { (owed.duty.basis) }
                @if owed.duty.uncertain { " " (tag(Tone::Warn, &t!(lang, "record.rule_duty_uncertain"))) }
            }
            @if !short.is_empty() { ul.s { @for one in &short { li { (one) } } } }
        }
    };
    let rows: Vec<(String, Markup)> =
        plan.owed.iter().map(|owed| (owed.duty.label.in_lang(lang).to_owned(), told(owed))).collect();
    panel("h-rule-duties", &t!(lang, "record.rule_duties"), None, &facts(&rows))
}
