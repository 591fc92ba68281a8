//! A figure opened: the number large, what it is made of, beside what it stands, and the records behind it.

use axum::extract::Path;
use kernel::{Lang, number};
use pack::{AnyFigure, figure::Shape, vocabulary::Qualifier};
use records::Snapshot;
use web::{Answer, Chip, Desk, Markup, Page, Tone, Trouble, figure_head, html, panel, t, tag};

use super::{
    Asked, READ,
    board::Rows,
    breakdown::{self, noun, path, word_label, words_of},
    compare::Reading,
    method,
    missing::{self, Found},
    opened, watching,
};
use crate::{State, Study, Value};

pub(crate) async fn figure(desk: Desk, Path(id): Path<String>) -> Answer {
    let (house, heads, lang) = (super::house(&desk), super::heads(&desk), desk.lang);
    let snapshot = house.reading();
    let any = snapshot.pack.figure(&id).ok_or(Trouble::NotFound)?;
    let asked = Asked::read(&desk, &snapshot, READ)?;
    let words = words_of(desk.query());

    let mut tx = desk.read().await?;
    let study = Study::open(&mut tx, &house, &snapshot, heads.as_ref(), asked.ask, &[&id]).await?;
    let study = if words.is_empty() { study } else { study.only(&words) };
    let value = study.value(&id)?;
    let reading = Reading { house: &house, snapshot: &snapshot, heads: heads.as_ref(), figure: &id, words: &words };
    let compared = reading.compare(&mut tx, &asked, desk.today).await?;
    let lines = missing::lines(&mut tx, &house, &snapshot, &asked, lang, &Found::from(&value)).await?;
    let parts = crate::open(&mut tx, &house, &snapshot, heads.as_ref(), asked.ask, &id, &words).await?;
    let mut sides = Vec::with_capacity(parts.len());
    for (place, part) in parts.into_iter().enumerate() {
        let places = study.measure(&part.figure).0;
        sides.push(opened::read(&desk, &mut tx, &house, part, places, place).await?);
    }
    drop(tx);

    let label = any.label().in_lang(lang);
    let units = Rows::of(&snapshot, &asked, "").units;
    let chips = chips(&desk, &snapshot, &asked, &id, &words);
    let form = asked.form(&desk, &snapshot, &path(&id), &html! {}, &[]);
    let silent = if matches!(any, AnyFigure::Counted(..)) {
        silent(lang, &snapshot, &asked, &value)
    } else {
        html! {}
    };
    let several = sides.len() > 1 || matches!(any, AnyFigure::Derived(_));
    let behind: usize = sides.iter().map(|side| side.count).sum();
    let above = html! {
        (form)
        @if !chips.is_empty() { (only(lang, &chips)) }
        (figure_head(label, &value.number, noun(lang, &snapshot, &value).unwrap_or_default(), &html! {
            (notes(lang, &value, &compared.line(lang, &value)))
            @if behind > 0 { p { a href="#h-records-0" { (t!(lang, "figures.see_records", count = behind)) } } }
        }, &html! { @if let Some(chart) = compared.chart(lang, &asked, &value) { (chart) } }))
    };
    let main = html! {
        @if !lines.is_empty() || !value.vacant.is_empty() {
            (panel("h-missing", &t!(lang, "figures.who_is_missing"), None, &html! {
                div.pad { (missing::draw(&desk, &snapshot, &asked, &lines, &value.vacant)) }
            }))
        }
        (breakdown::by_units(lang, &snapshot, &asked, &study, &value, &units, &words))
        (breakdown::by_parts(lang, &snapshot, &asked, &value, &words))
        @for (place, side) in sides.iter().enumerate() {
            @let of = snapshot.pack.figure(&side.figure).map(|figure| figure.label().in_lang(lang));
            (opened::draw(&desk, &snapshot, side, place, of.filter(|_| several)))
        }
    };
    let side = html! {
        (method::draw(&desk, &snapshot, &asked, &value))
        (compared.table(lang, &snapshot, &asked, &value, &words))
        (compared.plan(lang, &snapshot, &asked))
        (silent)
        (method::uses(lang, &snapshot, &asked, &id))
    };
    let crumbs = asked.fields(&snapshot, asked.ask.unit).href("/figures");
    let watch = records::pages::watch_button(&desk, &watching::address_of(&snapshot, &asked, &id, &words)).await?;
    let page =
        Page::new(label).crumb(t!(lang, "figures.figures"), crumbs).here(label).lead(asked.lead(lang, &snapshot));
    desk.show(page.at("/figures").acts(watch).above(above).main(main).side(side)).await
}

/// What stands below the number: its share, how it was obtained, and how it stands to the one before.
fn notes(lang: Lang, value: &Value, line: &Markup) -> Markup {
    let total = value.recorded + value.reported;
    let amount = |n: i64| number::decimal(n, value.places);
    html! {
        @if let Some(percent) = value.percent_shown() { p { b { (percent) } } }
        @if value.state == State::ZeroConfirmed { p { (tag(Tone::Ok, &t!(lang, "figures.zero_confirmed"))) } }
        @if value.state == State::NoData { p.soft { (t!(lang, "figures.no_data_why")) } }
        @if value.state == State::Value && total != 0 && value.of.is_none() {
            @if value.reported == 0 { p { (tag(Tone::Ok, &t!(lang, "figures.all_on_record"))) } }
            @else { p { (tag(Tone::Warn, &t!(lang, "figures.on_record", recorded = amount(value.recorded), reported = amount(value.reported)))) } }
        }
        @if let Some(qualifier) = value.qualifier { p.soft { (qualified(lang, qualifier)) } }
        (line)
        @if value.silent > 0 && value.state != State::NoData { p.s.soft { (t!(lang, "figures.silent_units", count = value.silent)) } }
    }
}

fn qualified(lang: Lang, qualifier: Qualifier) -> String {
    t!(lang, "figures.qualified", word = qualifier.vi())
}

/// The units that said nothing, each a way to its own number.
fn silent(lang: Lang, snapshot: &Snapshot, asked: &Asked, value: &Value) -> Markup {
    const NAMED: usize = 40;
    let day = asked.day();
    let many = value.silent_units.len();
    let at = snapshot.tree.at(day);
    let shape = snapshot.pack.shape(&value.id);
    html! {
        @if many > 0 && value.state != State::NoData && shape != Some(Shape::Reading) {
            (panel("h-silent", &t!(lang, "figures.silent_units", count = many), None, &html! {
                div.pad.tight.s {
                    p.soft { (t!(lang, "figures.silence_why")) }
                    ul.row {
                        @for unit in value.silent_units.iter().take(NAMED) {
                            li { a href=(asked.figure(snapshot, &value.id, *unit)) { (at.title(*unit)) } }
                        }
                    }
                    @if many > NAMED { p.soft { (t!(lang, "figures.more", count = many - NAMED)) } }
                }
            }))
        }
    }
}

/// The words of the breakdown that are asked for, each with the address without it.
fn chips(desk: &Desk, snapshot: &Snapshot, asked: &Asked, id: &str, words: &[(String, String)]) -> Vec<Chip> {
    let day = asked.ask.window.to;
    let chip = |(by, word): &(String, String)| Chip {
        label: word_label(snapshot, desk.lang, id, by, word, day),
        href: desk.query().without_value("by", &format!("{by}:{word}")).without("after").href(&path(id)),
    };
    words.iter().map(chip).collect()
}

fn only(lang: Lang, chips: &[Chip]) -> Markup {
    html! {
        p.row.s.screen {
            span.soft { (t!(lang, "figures.only")) }
            @for chip in chips { a.chip href=(chip.href) { span.vh { (t!(lang, "web.drop_filter")) " " } (chip.label) (web::icon("x")) } }
        }
    }
}
