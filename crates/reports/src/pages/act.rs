//! The acts upon a report, each a page that asks and a form that does: prose, submit, send back, answer, accept, issue.

use axum::{extract::Path, http::StatusCode};
use db::Stop;
use kernel::{Id, Refused, show_day};
use web::{
    Answer, Ask, Choice, Confirm, Desk, Errors, Fields, Flash, FormData, Inputs, Markup, Page, Shape, Tone, Trouble,
    Width, confirm, error_summary, html, main_button, note, t,
};

use super::{ACCEPT, ISSUE, Office, RETURN, SUBMIT, WRITE, below, by, href, note as demo_note};
use crate::{Act, Draft, Finding, Report, Return, Signed, act, directions, report};

/// The version that the reader saw.
fn version(data: &Fields) -> Result<i64, Trouble> {
    data.get("version").parse().map_err(|_| Trouble::Unreadable)
}

fn hidden_version(report: &Report) -> Markup {
    html! { input type="hidden" name="version" value=(report.version); }
}

fn refused(stop: Stop) -> Result<Refused, Trouble> {
    match stop {
        Stop::Refused(refused) => Ok(refused),
        stop => Err(stop.into()),
    }
}

pub(crate) async fn slot(desk: Desk, Path((handle, slot)): Path<(String, String)>) -> Answer {
    let office = Office::of(&desk);
    let (report, returns, tx) = office.open(&desk, &handle, WRITE).await?;
    drop(tx);
    report.state.take(Act::Write)?;
    let text = report.slots.get(&slot).cloned().unwrap_or_default();
    let values: Fields = [("text", text)].into_iter().collect();
    slot_form(&desk, &office, (&report, &returns), &slot, &values, &Errors::none(), false).await
}

async fn slot_form(
    desk: &Desk,
    office: &Office,
    (report, returns): (&Report, &[Return]),
    slot: &str,
    values: &Fields,
    errors: &Errors,
    stale: bool,
) -> Answer {
    let lang = desk.lang;
    let scene = office.source().scene(report)?;
    let mut tx = office.house.read().await?;
    let place = act::place(&mut tx, office.source(), &scene, slot).await?.ok_or(Trouble::NotFound)?;
    drop(tx);
    let label = place.label;
    let hint = if place.tasks { t!(lang, "reports.directions_hint") } else { t!(lang, "reports.slot_hint") };
    let inputs = Inputs { lang, values, errors };
    let now = report.slots.get(slot).map(String::as_str).unwrap_or_default();
    let reasons: Vec<&Return> = returns
        .iter()
        .filter(|one| one.settled.is_none() && matches!(one.target, report::Target::Section(_)))
        .collect();
    let main = html! {
        (error_summary(lang, errors))
        @if stale {
            (note(Tone::Warn, &html! {
                p { b { (t!(lang, "reports.stale_slot")) } }
                @if now.is_empty() { p { (t!(lang, "reports.unwritten")) } } @else { (papers::html_blocks(&papers::from_markdown(now))) }
            }))
        }
        @if let Some(way) = below::way(&scene, report, slot) { p { a href=(way) { (t!(lang, "reports.below")) } } }
        @for one in reasons { (note(Tone::Warn, &html! { p { b { (one.label) } ": " (one.reason) } })) }
        form.box.stack method="post" action=(format!("{}/slot/{slot}", href(report.id))) {
            (desk.csrf()) (hidden_version(report))
            (inputs.long_text(&Ask::new("text", &label).hint(hint).optional(true), 16))
            div.row { (main_button(&t!(lang, "reports.save_slot"))) a.btn href=(format!("{}#slot-{slot}", href(report.id))) { (t!(lang, "reports.leave")) } }
        }
    };
    let title = office.title(lang, report);
    let mut page =
        Page::new(&label).crumb(t!(lang, "reports.title"), "/reports").crumb(title, href(report.id)).here(&label);
    if stale {
        page = page.status(StatusCode::CONFLICT);
    }
    desk.show(page.shape(Shape::Form).main(main).faults(errors).at("/reports")).await
}

pub(crate) async fn write(desk: Desk, Path((handle, slot)): Path<(String, String)>, data: FormData) -> Answer {
    let office = Office::of(&desk);
    let (report, _, tx) = office.open(&desk, &handle, WRITE).await?;
    drop(tx);
    let done = act::write(office.source(), &by(&desk)?, report.id, version(&data)?, &slot, data.get("text")).await;
    match done {
        Ok(()) => desk.back_to(&format!("{}#slot-{slot}", href(report.id)), None),
        Err(stop @ (Stop::Stale | Stop::Refused(_))) => {
            // Nothing typed is lost: it stands in the form again, beside what stands there now.
            let stale = matches!(stop, Stop::Stale);
            let errors = if stale { Errors::none() } else { Errors::of(desk.lang, &refused(stop)?) };
            let (report, returns, _) = office.open(&desk, &handle, WRITE).await?;
            slot_form(&desk, &office, (&report, &returns), &slot, &data, &errors, stale).await
        }
        Err(stop) => Err(stop.into()),
    }
}

pub(crate) async fn answer(desk: Desk, Path((handle, one)): Path<(String, String)>, data: FormData) -> Answer {
    let office = Office::of(&desk);
    let (report, _, tx) = office.open(&desk, &handle, WRITE).await?;
    drop(tx);
    let one: Id = one.parse().map_err(|_| Trouble::NotFound)?;
    act::answer(office.source(), &by(&desk)?, report.id, one, data.get("answer")).await?;
    desk.back_to(&href(report.id), Some(Flash::ok("reports.answer_kept")))
}

/// A question before an act, with what it brings about.
struct Question<'a> {
    name: &'a str,
    consequences: Vec<String>,
    fields: Markup,
    errors: Errors,
}

async fn ask(desk: &Desk, office: &Office, report: &Report, question: Question<'_>) -> Answer {
    let lang = desk.lang;
    let said = |what: &str| web::words(lang, &format!("reports.{what}_{}", question.name), &[]);
    let page = confirm(
        &desk.csrf(),
        &Confirm {
            title: &said("ask"),
            text: &format!("{}. {}", office.title(lang, report), office.body(report)),
            action: &format!("{}/{}", href(report.id), question.name),
            fields: html! { (error_summary(lang, &question.errors)) (hidden_version(report)) (question.fields) },
            consequences: &question.consequences,
            yes: &said("do"),
            risky: false,
            no: &said("not"),
            back: &href(report.id),
        },
    );
    desk.show(Page::new(said("ask")).bare(page).faults(&question.errors).at("/reports")).await
}

pub(crate) async fn ask_submit(desk: Desk, Path(handle): Path<String>) -> Answer {
    let office = Office::of(&desk);
    let (report, returns, mut tx) = office.open(&desk, &handle, SUBMIT).await?;
    report.state.take(Act::Submit)?;
    let (draft, _) = act::drafted(&mut tx, office.source(), &report, &returns, None).await?;
    submit_form(&desk, &office, &report, &draft, &Fields::default(), Errors::none()).await
}

/// Where numbers do not agree, why it is submitted as it stands is asked.
async fn submit_form(
    desk: &Desk,
    office: &Office,
    report: &Report,
    draft: &Draft,
    values: &Fields,
    errors: Errors,
) -> Answer {
    let consequences = still_open(desk, draft);
    let inputs = Inputs { lang: desk.lang, values, errors: &errors };
    let why = Ask::new("reason", t!(desk.lang, "reports.submit_reason"));
    let fields = html! { @if draft.contradictions() > 0 { (inputs.long_text(&why, 3)) } };
    ask(desk, office, report, Question { name: "submit", consequences, fields, errors }).await
}

fn plain(name: &str, consequences: Vec<String>, errors: Errors) -> Question<'_> {
    Question { name, consequences, fields: html! {}, errors }
}

/// What the draft still lacks, said before it leaves.
fn still_open(desk: &Desk, draft: &Draft) -> Vec<String> {
    let count = |is: fn(&Finding) -> bool| draft.findings.iter().filter(|finding| is(finding)).count();
    let unwritten = count(|finding| matches!(finding, Finding::Unwritten { .. }));
    let no_data = count(|finding| matches!(finding, Finding::NoData { .. }));
    let silent = count(|finding| matches!(finding, Finding::Silent { .. }));
    let unanswered = count(|finding| matches!(finding, Finding::Unanswered { .. }));
    let mut lines = vec![t!(desk.lang, "reports.submit_then")];
    if unwritten > 0 {
        lines.push(t!(desk.lang, "reports.submit_unwritten", count = unwritten));
    }
    if unanswered > 0 {
        lines.push(t!(desk.lang, "reports.submit_unanswered", count = unanswered));
    }
    if no_data > 0 {
        lines.push(t!(desk.lang, "reports.submit_no_data", count = no_data));
    }
    if silent > 0 {
        lines.push(t!(desk.lang, "reports.submit_silent", count = silent));
    }
    lines.extend(draft.findings.iter().filter_map(|finding| match finding {
        Finding::Slip(slip) => Some(format!("{}: {}.", slip.text, slip.say(desk.lang))),
        Finding::Dispute(one) => {
            Some(format!("{}: {}; {} {}.", one.label, one.told.shown, one.say(desk.lang), one.expected.shown))
        }
        _ => None,
    }));
    lines
}

pub(crate) async fn submit(desk: Desk, Path(handle): Path<String>, data: FormData) -> Answer {
    let office = Office::of(&desk);
    let (report, _, tx) = office.open(&desk, &handle, SUBMIT).await?;
    drop(tx);
    match act::submit(office.source(), &by(&desk)?, report.id, version(&data)?, data.get("reason")).await {
        Ok(()) => desk.back_to(&href(report.id), Some(Flash::ok("reports.was_submitted"))),
        Err(stop) => {
            let errors = Errors::of(desk.lang, &refused(stop)?);
            let (report, returns, mut tx) = office.open(&desk, &handle, SUBMIT).await?;
            let (draft, _) = act::drafted(&mut tx, office.source(), &report, &returns, None).await?;
            submit_form(&desk, &office, &report, &draft, &data, errors).await
        }
    }
}

pub(crate) async fn ask_accept(desk: Desk, Path(handle): Path<String>) -> Answer {
    let office = Office::of(&desk);
    let (report, _, _) = office.open(&desk, &handle, ACCEPT).await?;
    report.state.take(Act::Accept)?;
    let consequences = vec![t!(desk.lang, "reports.accept_then")];
    ask(&desk, &office, &report, plain("accept", consequences, Errors::none())).await
}

pub(crate) async fn accept(desk: Desk, Path(handle): Path<String>, data: FormData) -> Answer {
    let office = Office::of(&desk);
    let (report, _, tx) = office.open(&desk, &handle, ACCEPT).await?;
    drop(tx);
    act::accept(office.source(), &by(&desk)?, report.id, version(&data)?).await?;
    desk.back_to(&href(report.id), Some(Flash::ok("reports.was_accepted")))
}

pub(crate) async fn ask_return(desk: Desk, Path(handle): Path<String>) -> Answer {
    let office = Office::of(&desk);
    let (report, returns, mut tx) = office.open(&desk, &handle, RETURN).await?;
    report.state.take(Act::Return)?;
    let (draft, _) = act::drafted(&mut tx, office.source(), &report, &returns, None).await?;
    let values: Fields = [("target", desk.query().get("target").to_owned())].into_iter().collect();
    return_form(&desk, &office, &report, &draft, &values, &Errors::none()).await
}

async fn return_form(
    desk: &Desk,
    office: &Office,
    report: &Report,
    draft: &Draft,
    values: &Fields,
    errors: &Errors,
) -> Answer {
    let lang = desk.lang;
    let mut choices: Vec<Choice> = Vec::new();
    for section in &draft.sections {
        choices.push(Choice::new(format!("section:{}", section.id), &section.title));
        let mut seen: Vec<&str> = Vec::new();
        for number in
            draft.numbers.iter().filter(|number| number.section == section.id && number.question.unit == report.unit.0)
        {
            if !seen.contains(&number.key.as_str()) {
                seen.push(&number.key);
                let label =
                    office.snapshot.pack.figure(&number.question.figure).map(|figure| figure.label().vi.clone());
                let label = format!("– {} ({})", number.shown, label.unwrap_or_default());
                choices.push(Choice::new(format!("number:{}", number.key), label));
            }
        }
    }
    let inputs = Inputs { lang, values, errors };
    let main = html! {
        (error_summary(lang, errors))
        form.box.stack method="post" action=(format!("{}/return", href(report.id))) {
            (desk.csrf()) (hidden_version(report))
            (inputs.select(&Ask::new("target", t!(lang, "reports.return_target")).hint(t!(lang, "reports.return_hint")), &choices))
            (inputs.long_text(&Ask::new("reason", t!(lang, "reports.return_reason")), 4))
            div.row { (main_button(&t!(lang, "reports.do_return"))) a.btn href=(href(report.id)) { (t!(lang, "reports.not_return")) } }
        }
    };
    let (title, here) = (office.title(lang, report), t!(lang, "reports.ask_return"));
    let page = Page::new(&here).crumb(t!(lang, "reports.title"), "/reports").crumb(title, href(report.id)).here(&here);
    desk.show(page.shape(Shape::Form).main(main).faults(errors).at("/reports")).await
}

pub(crate) async fn send_back(desk: Desk, Path(handle): Path<String>, data: FormData) -> Answer {
    let office = Office::of(&desk);
    let (report, returns, mut tx) = office.open(&desk, &handle, RETURN).await?;
    let (target, reason) = (data.get("target"), data.get("reason"));
    match act::send_back(office.source(), &by(&desk)?, report.id, version(&data)?, target, reason).await {
        Ok(()) => desk.back_to(&href(report.id), Some(Flash::ok("reports.was_returned").tone(Tone::Warn))),
        Err(stop) => {
            let errors = Errors::of(desk.lang, &refused(stop)?);
            let (draft, _) = act::drafted(&mut tx, office.source(), &report, &returns, None).await?;
            return_form(&desk, &office, &report, &draft, &data, &errors).await
        }
    }
}

pub(crate) async fn ask_issue(desk: Desk, Path(handle): Path<String>) -> Answer {
    let office = Office::of(&desk);
    let (report, _, _) = office.open(&desk, &handle, ISSUE).await?;
    report.state.take(Act::Issue)?;
    let values: Fields = [("day", show_day(desk.today))].into_iter().collect();
    issue_form(&desk, &office, &report, &values, Errors::none()).await
}

async fn issue_form(desk: &Desk, office: &Office, report: &Report, values: &Fields, errors: Errors) -> Answer {
    let lang = desk.lang;
    let inputs = Inputs { lang, values, errors: &errors };
    let fields = html! {
        (inputs.text(&Ask::new("number", t!(lang, "reports.paper_number")).hint(t!(lang, "reports.paper_number_hint")).width(Width::Short)))
        (inputs.date(&Ask::new("day", t!(lang, "reports.paper_day"))))
        (inputs.text(&Ask::new("signer", t!(lang, "reports.signer")).optional(true).width(Width::Middle)))
    };
    let mut consequences = vec![t!(lang, "reports.issue_then"), t!(lang, "reports.issue_after")];
    let items = directions::directed(&office.source().scene(report)?, &report.slots);
    if !items.is_empty() {
        consequences.push(t!(lang, "reports.issue_tasks", count = items.len()));
    }
    ask(desk, office, report, Question { name: "issue", consequences, fields, errors }).await
}

pub(crate) async fn issue(desk: Desk, Path(handle): Path<String>, data: FormData) -> Answer {
    let office = Office::of(&desk);
    let (report, _, tx) = office.open(&desk, &handle, ISSUE).await?;
    drop(tx);
    let day = kernel::parse_day(data.get("day")).map_err(|refusal| refusal.at("day"));
    let done = match day {
        Ok(day) => {
            let name = data.maybe("signer").map(str::to_owned);
            let signed = Signed { number: data.get("number").to_owned(), day, signer: name };
            let note = demo_note(&desk);
            act::issue(office.source(), &by(&desk)?, report.id, version(&data)?, signed, note).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(()) => desk.back_to(&href(report.id), Some(Flash::ok("reports.was_issued"))),
        Err(stop) => {
            let errors = Errors::of(desk.lang, &refused(stop)?);
            issue_form(&desk, &office, &report, &data, errors).await
        }
    }
}
