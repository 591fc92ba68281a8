//! What heads owe citizens in person: all heads of a place, one head whole, and the turns to come as a calendar.

use calendar::Window;
use kernel::{Lang, Refusal, show_day};
use papers::{Appointment, ics};
use records::{House, Snapshot};
use web::{
    Answer, Desk, Group, Head, Markup, Page, Row, Table, Tally, Target, Tone, Trouble, download, empty, html, icon,
    panel, t, table, tag, tallies,
};

use super::{Asked, DUTIES, RECORD};
use crate::{Chair, DutyParts, Owed, Turn, TurnState, duty, duty::Told};

/// Places below whose heads are listed with those of a place.
const BELOW: usize = 400;

pub(crate) async fn duties(desk: Desk) -> Answer {
    let (house, lang) = (super::house(&desk), desk.lang);
    let snapshot = house.reading();
    let asked = Asked::read(&desk, &snapshot, DUTIES)?;
    let (tree, window) = (&snapshot.tree, asked.ask.window);
    let place = asked.ask.unit.ground();
    let at = tree.at(asked.day());
    let posts = desk.app.room::<std::sync::Arc<people::Room>>().posts.now();
    let own = duty::chairs(&snapshot, &posts, place, window);
    let below = at.children(place).into_iter().take(BELOW);
    let below: Vec<Chair> = below.flat_map(|child| duty::chairs(&snapshot, &posts, child, window)).collect();
    let chairs: Vec<Chair> = own.iter().chain(&below).cloned().collect();
    let mut tx = desk.read().await?;
    let mut owed = duty::owed(&mut tx, &house, &snapshot, &chairs, window, desk.today).await?;
    drop(tx);
    besides(&desk, &chairs, window, &mut owed).await?;
    let all: Vec<(&Chair, &Vec<Owed<'_>>)> = chairs.iter().zip(&owed).filter(|(_, owed)| !owed.is_empty()).collect();
    let form = asked.form(&desk, &snapshot, "/duties", &html! {}, &[]);
    let page = Page::new(t!(lang, "figures.duties")).lead(asked.lead(lang, &snapshot)).at("/duties").wide();
    if all.is_empty() {
        let why = html! { (t!(lang, "figures.duty_none_why")) };
        let none = empty("user", &t!(lang, "figures.duty_none"), &why, &html! {});
        return desk.show(page.above(form).main(none)).await;
    }
    // Heads of the place itself are told duty by duty; of the many below the sum stands first and opens.
    let row = |(chair, owed): &(&Chair, &Vec<Owed<'_>>), open: bool| {
        let lines = duty::lines(owed, lang);
        let whole = Told {
            label: "",
            done: lines.iter().map(|line| line.done).sum(),
            whole: lines.iter().map(|line| line.whole).sum(),
            missed: lines.iter().map(|line| line.missed).sum(),
        };
        let each = html! { ul.plain.s { @for line in &lines { li { (line.label) ": " (summary(lang, line)) } } } };
        let body = tree.at(tree.last_day(chair.unit.ground(), (window.from, window.to))).title(chair.unit);
        Row::new(vec![
            html! { a href=(link(&asked, &snapshot, chair, "/duties/head")) { (post_label(&snapshot, lang, &chair.post)) } br; span.soft.s { (body) } },
            html! { (holders(lang, chair)) },
            html! { @if lines.is_empty() { } @else if open || lines.len() == 1 { (each) } @else { details.s { summary { (summary(lang, &whole)) } (each) } } },
        ])
    };
    let count_own = own.len();
    let is_own =
        |chair: &Chair| chairs.iter().take(count_own).any(|one| one.unit == chair.unit && one.post == chair.post);
    let (mine, theirs): (Vec<_>, Vec<_>) = all.iter().partition(|(chair, _)| is_own(chair));
    let group = |label: String, of: &[&(&Chair, &Vec<Owed<'_>>)], open: bool| Group {
        label,
        rows: of.iter().map(|one| row(one, open)).collect(),
    };
    let place_name = at.name(place);
    let groups = [
        group(t!(lang, "figures.duty_own", unit = place_name), &mine, true),
        group(t!(lang, "figures.duty_below"), &theirs, false),
    ];
    let sheet = Table {
        caption: t!(lang, "figures.duties"),
        heads: vec![
            Head::new(t!(lang, "figures.duty_head")).main(),
            Head::new(t!(lang, "figures.duty_holders")).main(),
            Head::new(t!(lang, "figures.duty")).main(),
        ],
        groups: groups.into_iter().filter(|group| !group.rows.is_empty()).collect(),
        ..Table::default()
    };
    let counted = tally(lang, &owed.iter().flatten().collect::<Vec<_>>());
    desk.show(page.above(html! { (form) (counted) }).main(html! { div.panel { (table(lang, &sheet)) } })).await
}

/// Adds what rooms above know.
async fn besides(desk: &Desk, chairs: &[Chair], window: Window, owed: &mut [Vec<Owed<'_>>]) -> Result<(), Trouble> {
    for part in desk.app.laid::<DutyParts>().map(|parts| parts.0.as_slice()).unwrap_or_default() {
        for (all, more) in owed.iter_mut().zip(part(desk, chairs, window).await?) {
            all.extend(more);
        }
    }
    Ok(())
}

fn link(asked: &Asked, snapshot: &Snapshot, chair: &Chair, path: &str) -> String {
    asked.fields(snapshot, chair.unit).with("post", &chair.post).href(path)
}

fn post_label(snapshot: &Snapshot, lang: Lang, post: &str) -> String {
    let known = snapshot.tree.kinds().post(post);
    known.map_or_else(|| post.to_owned(), |post| post.label.in_lang(lang).to_owned())
}

/// Who held the post, each with their days where there were several.
pub(super) fn holders(lang: Lang, chair: &Chair) -> String {
    match chair.holders.as_slice() {
        [] => t!(lang, "figures.duty_nobody"),
        [one] => one.name.clone(),
        several => {
            let each = several.iter().map(|one| {
                let until = one.to.and_then(|to| to.yesterday().ok()).map(show_day).unwrap_or_default();
                format!("{} ({}–{until})", one.name, show_day(one.from))
            });
            each.collect::<Vec<_>>().join("; ")
        }
    }
}

/// `10/12 kỳ đã làm, thiếu 2`.
fn summary(lang: Lang, line: &Told<'_>) -> Markup {
    html! {
        (t!(lang, "figures.duty_done", done = line.done, whole = line.whole))
        @if line.missed > 0 { " " (tag(Tone::Bad, &t!(lang, "figures.duty_missed", count = line.missed))) }
    }
}

fn tally(lang: Lang, all: &[&Owed<'_>]) -> Markup {
    let of = |state| all.iter().map(|owed| owed.count(state)).sum::<usize>();
    let delegated: usize = all.iter().map(|owed| owed.delegated.len()).sum();
    let one = |tone, icon, count: usize, label: &str| Tally {
        tone: if count == 0 { Tone::Plain } else { tone },
        icon,
        count: kernel::number::grouped(i64::try_from(count).unwrap_or_default()),
        label: web::words(lang, label, &[]),
        href: None,
    };
    tallies(
        &t!(lang, "figures.duty_tally"),
        &[
            one(Tone::Ok, "check", of(TurnState::Done), "figures.duty_tally_done"),
            one(Tone::Warn, "hourglass", of(TurnState::Due), "figures.duty_tally_due"),
            one(Tone::Bad, "x", of(TurnState::Missed), "figures.duty_tally_missed"),
            one(Tone::Plain, "users", delegated, "figures.duty_tally_delegated"),
        ],
    )
}

/// One head, with all that is owed.
pub(super) struct Whole<'p> {
    pub(super) asked: Asked,
    pub(super) chair: Chair,
    pub(super) owed: Vec<Owed<'p>>,
    pub(super) post: String,
    pub(super) body: String,
}

pub(super) async fn whole<'p>(desk: &Desk, house: &House, snapshot: &'p Snapshot) -> Result<Whole<'p>, Trouble> {
    let asked = Asked::read(desk, snapshot, DUTIES)?;
    let window = asked.ask.window;
    let posts = desk.app.room::<std::sync::Arc<people::Room>>().posts.now();
    let all = duty::chairs(snapshot, &posts, asked.ask.unit.ground(), window);
    let wanted = desk.query().get("post");
    let found = all.into_iter().find(|chair| chair.unit == asked.ask.unit && chair.post == wanted);
    let chair = found.ok_or_else(|| Refusal::new("people.which_post"))?;
    let mut tx = desk.read().await?;
    let chairs = std::slice::from_ref(&chair);
    let mut owed = duty::owed(&mut tx, house, snapshot, chairs, window, desk.today).await?;
    drop(tx);
    besides(desk, chairs, window, &mut owed).await?;
    let owed = owed.pop().unwrap_or_default();
    let tree = &snapshot.tree;
    let body = tree.at(tree.last_day(chair.unit.ground(), (window.from, window.to))).title(chair.unit);
    let post = post_label(snapshot, desk.lang, &chair.post);
    Ok(Whole { asked, chair, owed, post, body })
}

pub(crate) async fn head(desk: Desk) -> Answer {
    let (house, lang) = (super::house(&desk), desk.lang);
    let snapshot = house.reading();
    let one = whole(&desk, &house, &snapshot).await?;
    let readable = readable(&desk, &house, &one.owed).await?;
    let link = |path| link(&one.asked, &snapshot, &one.chair, path);
    let files = html! {
        p.s.row {
            a href=(format!("{}&as=pdf", link("/duties/head/sheet"))) { (icon("download")) " PDF" }
            a href=(format!("{}&as=docx", link("/duties/head/sheet"))) { (icon("download")) " DOCX" }
            a href=(link("/duties/head/calendar")) { (icon("calendar-days")) " " (t!(lang, "figures.duty_calendar")) }
        }
    };
    let title = t!(lang, "figures.duties_of", post = &one.post);
    let lead = html! {
        p { (one.body) " · " (holders(lang, &one.chair)) }
        (one.asked.lead(lang, &snapshot))
    };
    let main = html! {
        (files)
        @for owed in &one.owed { (turns(lang, owed, &readable)) }
    };
    let page = Page::new(&title)
        .crumb(t!(lang, "figures.duties"), one.asked.fields(&snapshot, one.chair.unit.ground()).href("/duties"))
        .here(&one.post)
        .lead(lead)
        .above(tally(lang, &one.owed.iter().collect::<Vec<_>>()))
        .main(main)
        .at("/duties");
    desk.show(page).await
}

/// Which of the records behind the turns this reader may open.
async fn readable(desk: &Desk, house: &House, owed: &[Owed<'_>]) -> Result<Vec<i64>, Trouble> {
    let done = owed
        .iter()
        .filter(|owed| owed.href.is_none())
        .flat_map(|owed| owed.turns.iter().flat_map(|turn| &turn.done).chain(&owed.delegated));
    let mut ids: Vec<i64> = done.map(|(id, _)| id.0).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut tx = desk.read().await?;
    let records = records::store::find_many(&mut tx, &house.names, &ids).await?;
    let mut seen = Vec::new();
    for record in records {
        let parties = records::store::parties(&mut tx, record.id).await?;
        if desk.can(RECORD, &Target::unit(record.unit).register(&record.register).parties(parties)) {
            seen.push(record.id.0);
        }
    }
    Ok(seen)
}

fn turns(lang: Lang, owed: &Owed<'_>, readable: &[i64]) -> Markup {
    let duty = owed.duty.as_ref();
    let day = |(id, day): &(kernel::Id, kernel::Day)| {
        let to = match owed.href {
            Some(href) => href(*id),
            None if readable.contains(&id.0) => records::pages::href(*id),
            None => String::new(),
        };
        html! { @if to.is_empty() { (show_day(*day)) } @else { a href=(to) { (show_day(*day)) } } }
    };
    let row = |turn: &Turn| {
        let (drawing, tone) = drawing(turn.state);
        Row::new(vec![
            html! { (span(turn)) @if turn.due != turn.window.to { br; span.soft.s { (t!(lang, "figures.duty_by", day = show_day(turn.due))) } } },
            html! { (icon(drawing)) " " (tag(tone, &state_word(lang, turn.state))) },
            html! { @for (n, one) in turn.done.iter().enumerate() { @if n > 0 { ", " } (day(one)) } },
        ])
    };
    let sheet = Table {
        caption: duty.label.in_lang(lang).to_owned(),
        heads: vec![
            Head::new(t!(lang, "figures.duty_turn")).main(),
            Head::new(t!(lang, "figures.duty_result")),
            Head::new(t!(lang, "figures.duty_day")).main().card_label(t!(lang, "figures.duty_day")),
        ],
        groups: vec![Group { label: String::new(), rows: owed.turns.iter().map(row).collect() }],
        ..Table::default()
    };
    let (done, missed) = (owed.count(TurnState::Done), owed.count(TurnState::Missed));
    let note = summary(lang, &Told { label: "", done, whole: owed.whole(), missed });
    let inside = html! {
        p.pad.s.soft { (rule(lang, owed)) " · " (duty.basis) @if duty.uncertain { " " (tag(Tone::Warn, &t!(lang, "figures.duty_uncertain"))) } }
        (table(lang, &sheet))
        @if !owed.delegated.is_empty() { p.pad.s { (t!(lang, "figures.duty_delegated", count = owed.delegated.len())) ": " @for (n, one) in owed.delegated.iter().enumerate() { @if n > 0 { ", " } (day(one)) } } }
    };
    panel(&format!("d-{}", duty.id.replace('_', "-")), duty.label.in_lang(lang), Some(&note), &inside)
}

fn rule(lang: Lang, owed: &Owed<'_>) -> String {
    t!(lang, "figures.duty_rule", times = owed.duty.times, every = owed.duty.every.name())
}

/// `01/02/2026–28/02/2026`.
fn span(turn: &Turn) -> String {
    format!("{}–{}", show_day(turn.window.from), show_day(turn.window.to))
}

fn drawing(state: TurnState) -> (&'static str, Tone) {
    match state {
        TurnState::Done => ("check", Tone::Ok),
        TurnState::Missed => ("x", Tone::Bad),
        TurnState::Due => ("hourglass", Tone::Warn),
        TurnState::Ahead | TurnState::Vacant => ("minus", Tone::Plain),
    }
}

fn state_word(lang: Lang, state: TurnState) -> String {
    let name = match state {
        TurnState::Done => "done",
        TurnState::Missed => "missed",
        TurnState::Due => "due",
        TurnState::Ahead => "ahead",
        TurnState::Vacant => "vacant",
    };
    web::words(lang, &format!("figures.duty_state_{name}"), &[])
}

/// The turns to come, each on its last day.
pub(crate) async fn calendar(desk: Desk) -> Answer {
    let (house, lang) = (super::house(&desk), desk.lang);
    let snapshot = house.reading();
    let one = whole(&desk, &house, &snapshot).await?;
    let code = records::value::Directory::code(snapshot.as_ref(), one.chair.unit.0, one.asked.day());
    let mut days = Vec::new();
    for owed in &one.owed {
        let open = owed.turns.iter().filter(|turn| matches!(turn.state, TurnState::Due | TurnState::Ahead));
        for turn in open {
            days.push(Appointment {
                uid: format!("{}-{}-{}-{}@danvan", code, one.chair.post, owed.duty.id, turn.window.to),
                day: turn.due,
                title: owed.duty.label.in_lang(lang).to_owned(),
                text: format!("{}, {}. {}. {}", one.post, one.body, rule(lang, owed), owed.duty.basis),
                href: None,
            });
        }
    }
    days.sort_by(|a, b| (a.day, &a.uid).cmp(&(b.day, &b.uid)));
    let name = t!(lang, "figures.duties_of", post = &one.post);
    download("viec-nguoi-dung-dau.ics", "text/calendar; charset=utf-8", ics(&name, desk.now, &days).into_bytes())
}
