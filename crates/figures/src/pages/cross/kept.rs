//! Cross-tables kept under a name, for oneself or for one's body and those under it, and the address of each for a spreadsheet.

use axum::extract::Path;
use kernel::{Id, Refusal, Refused, civil_day, show_day, text};
use records::Snapshot;
use serde_json::json;
use timeline::Kind;
use units::Unit;
use web::{
    Answer, Ask as Question, Choice, Desk, Errors, Fields, Flash, FormData, Inputs, Markup, Page, Shape, Target,
    Trouble, Width, html, icon, panel, t,
};

use super::{super::house, PATH, draw, readable};
use crate::store::{self, Kept};

/// To keep a table under a name, share it, and have an address of it.
pub(crate) const KEEP: &str = "figure.keep";
/// A name's letters.
const LONGEST: usize = 120;

pub(crate) fn href(table: i64) -> String {
    format!("/figures/tables/{}", Id(table))
}

/// Whether someone reads a kept table: it is theirs, or their body or one above shares it.
pub(super) fn reads(desk: &Desk, snapshot: &Snapshot, kept: &Kept) -> bool {
    let Ok(who) = desk.who() else { return false };
    kept.account == who.account || (kept.shared && above(desk, snapshot, who.seat.unit).contains(&kept.unit))
}

/// The bodies whose shared tables a seat reads: its own and those above, with their places.
fn above(desk: &Desk, snapshot: &Snapshot, seat: i64) -> Vec<i64> {
    let (at, seat) = (snapshot.tree.at(desk.today), Unit(seat));
    let held = at.holder(seat).unit;
    let place = at.place(held).unwrap_or_else(|| held.ground());
    let mut all = vec![seat, held, place];
    all.extend(at.superiors(held));
    all.extend(at.ancestors(place));
    if !at.is_body(held) {
        all.extend(at.bodies(held));
    }
    all.into_iter().map(|unit| unit.0).collect()
}

/// The kept table in hand, the others, and whether it has an address.
pub(super) struct Beside {
    table: Option<Kept>,
    all: Vec<Kept>,
    feed: Option<i64>,
}

impl Beside {
    pub(super) async fn read(desk: &Desk, snapshot: &Snapshot, query: &Fields) -> Result<Self, Trouble> {
        let who = desk.who()?;
        let mut tx = desk.read().await?;
        let all = store::readable(&mut tx, who.account, &above(desk, snapshot, who.seat.unit)).await?;
        let id = query.maybe("table").and_then(|text| text.parse::<Id>().ok());
        let table = id.and_then(|id| all.iter().find(|kept| kept.id == id.0)).cloned();
        let feed = match &table {
            Some(kept) => store::own_feed(&mut tx, kept.id, who.account).await?,
            None => None,
        };
        Ok(Self { table, all, feed })
    }

    pub(super) fn name(&self) -> Option<&str> {
        self.table.as_ref().map(|kept| kept.name.as_str())
    }

    /// To keep the table, the kept ones, and the address of the one in hand.
    pub(super) fn draw(&self, desk: &Desk, query: &Fields, errors: &Errors, typed: Option<&Fields>) -> Markup {
        let lang = desk.lang;
        let keeps = desk.seat().is_ok_and(|seat| desk.can(KEEP, &Target::unit(seat.unit)));
        let blank = Fields::from_iter([("share", "own")]);
        let inputs = Inputs { lang, values: typed.unwrap_or(&blank), errors };
        let share =
            [Choice::new("own", t!(lang, "figures.cross_own")), Choice::new("body", t!(lang, "figures.cross_body"))];
        html! {
            @if keeps {
                form.panel method="post" action="/figures/tables" aria-labelledby="h-keep" {
                    (desk.csrf())
                    input type="hidden" name="query" value=(query.without("table").without("q").without("register").href("").trim_start_matches('?'));
                    header { h2 id="h-keep" { (t!(lang, "figures.cross_keep")) } }
                    div.group {
                        (inputs.text(&Question::new("name", t!(lang, "figures.cross_name")).width(Width::Middle)))
                        (inputs.radios(&Question::new("share", t!(lang, "figures.cross_for")), &share))
                    }
                    div.bar-end.row { button.btn type="submit" { (t!(lang, "figures.cross_keep_do")) } }
                }
            }
            @if let Some(kept) = self.table.as_ref().filter(|_| keeps) { (self.address(desk, kept)) }
            (self.list(desk))
        }
    }

    fn address(&self, desk: &Desk, kept: &Kept) -> Markup {
        let lang = desk.lang;
        let made = self.feed.and_then(|at| jiff::Timestamp::from_millisecond(at).ok());
        let inside = html! {
            div.pad.tight {
                p.soft.s { (t!(lang, "figures.cross_csv_why")) }
                @if let Some(made) = made { p { (t!(lang, "figures.cross_csv_made", day = show_day(civil_day(made)))) } }
                div.row {
                    form method="post" action=(format!("{}/address", href(kept.id))) {
                        (desk.csrf())
                        button.btn type="submit" { @if made.is_some() { (t!(lang, "figures.cross_csv_again")) } @else { (t!(lang, "figures.cross_csv_do")) } }
                    }
                    @if made.is_some() {
                        form method="post" action=(format!("{}/address/end", href(kept.id))) {
                            (desk.csrf())
                            button.btn type="submit" { (t!(lang, "figures.cross_csv_end")) }
                        }
                    }
                }
            }
        };
        panel("h-address", &t!(lang, "figures.cross_csv"), None, &inside)
    }

    pub(super) fn list(&self, desk: &Desk) -> Markup {
        let lang = desk.lang;
        let own = desk.who().map(|who| who.account).ok();
        html! {
            @if !self.all.is_empty() {
                (panel("h-kept", &t!(lang, "figures.cross_kept"), None, &html! {
                    ul.list { @for kept in &self.all {
                        li.row.between {
                            span {
                                a href=(href(kept.id)) { (kept.name) }
                                @if kept.shared { " " span.soft.s { (t!(lang, "figures.cross_shared")) } }
                            }
                            @if own == Some(kept.account) {
                                form method="post" action=(format!("{}/drop", href(kept.id))) { (desk.csrf())
                                    button.btn.btn-bare type="submit" aria-label=(t!(lang, "figures.cross_drop", name = &kept.name)) { (icon("trash-2")) } }
                            }
                        }
                    } }
                }))
            }
        }
    }
}

/// A kept table that this reader may see.
async fn find(desk: &Desk, snapshot: &Snapshot, handle: &str) -> Result<Kept, Trouble> {
    let id: Id = handle.parse().map_err(|_| Trouble::NotFound)?;
    let kept = store::find(&mut desk.read().await?, id.0).await?;
    kept.filter(|kept| reads(desk, snapshot, kept)).ok_or(Trouble::NotFound)
}

/// The stable address of a kept table: today's numbers. A unit that is not the reader's to see gives way to their own.
pub(crate) async fn open(desk: Desk, Path(handle): Path<String>) -> Answer {
    let snapshot = house(&desk).reading();
    let kept = find(&desk, &snapshot, &handle).await?;
    let query = readable(&desk, &snapshot, &Fields::parse(&kept.query))?;
    desk.back_to(&query.with("table", &Id(kept.id).handle()).href(PATH), None)
}

pub(crate) async fn keep(desk: Desk, form: FormData) -> Answer {
    let who = desk.who()?;
    desk.may(KEEP, &Target::unit(who.seat.unit))?;
    let query = Fields::parse(form.get("query"));
    let name = text::tidy(form.get("name"));
    let mut refused = Refused::default();
    if name.is_empty() || name.chars().count() > LONGEST {
        refused.push(Refusal::new("figures.cross_name_missing").with("most", LONGEST).at("name"));
    }
    if !["own", "body"].contains(&form.get("share")) {
        refused.push(Refusal::new("figures.cross_share_missing").at("share"));
    }
    if query.all("f").next().is_none() {
        refused.push(Refusal::new("figures.cross_no_figure").at("q"));
    }
    if !refused.0.is_empty() {
        return draw(&desk, &query, Some((&refused, &form.fields))).await;
    }
    let kept = Kept {
        id: desk.new_id().0,
        unit: who.seat.unit,
        account: who.account,
        name,
        query: query.href("").trim_start_matches('?').to_owned(),
        shared: form.get("share") == "body",
        at_ms: desk.now.as_millisecond(),
    };
    let mut tx = desk.begin().await?;
    store::keep(&mut tx, &kept).await?;
    let body = json!({ "table": Id(kept.id).handle(), "name": kept.name, "query": kept.query, "shared": kept.shared });
    desk.record(&mut tx, desk.entry(Kind::Account.of(who.account), KEEP, body)).await?;
    tx.commit().await?;
    let flash = Flash::ok("figures.cross_kept_now").with("name", &kept.name);
    desk.back_to(&query.with("table", &Id(kept.id).handle()).href(PATH), Some(flash))
}

pub(crate) async fn drop(desk: Desk, Path(handle): Path<String>) -> Answer {
    let snapshot = house(&desk).reading();
    let kept = find(&desk, &snapshot, &handle).await?;
    let who = desk.who()?;
    if kept.account != who.account {
        return Err(Trouble::Forbidden);
    }
    let mut tx = desk.begin().await?;
    store::drop(&mut tx, kept.id, who.account).await?;
    let body = json!({ "table": Id(kept.id).handle(), "name": kept.name });
    desk.record(&mut tx, desk.entry(Kind::Account.of(who.account), "figure.keep_drop", body)).await?;
    tx.commit().await?;
    desk.back_to(PATH, Some(Flash::ok("figures.cross_dropped").with("name", &kept.name)))
}

/// A new address for whoever asks; the one before ends. It is shown once.
pub(crate) async fn address(desk: Desk, Path(handle): Path<String>) -> Answer {
    let snapshot = house(&desk).reading();
    let kept = find(&desk, &snapshot, &handle).await?;
    let who = desk.who()?;
    desk.may(KEEP, &Target::unit(who.seat.unit))?;
    let (token, hash) = people::address();
    let mut tx = desk.begin().await?;
    store::set_feed(&mut tx, kept.id, who.account, who.seat.id, &hash, desk.now.as_millisecond()).await?;
    let body = json!({ "table": Id(kept.id).handle(), "seat": who.seat.id });
    desk.record(&mut tx, desk.entry(Kind::Account.of(who.account), "figure.address", body)).await?;
    tx.commit().await?;
    let (lang, path) = (desk.lang, format!("/figures/csv/{token}"));
    let title = t!(lang, "figures.cross_csv");
    let main = html! {
        section.panel {
            div.pad.tight {
                p { (t!(lang, "figures.cross_csv_copy")) }
                p { a href=(path) { (path) } }
                label.vh for="f-address" { (title) }
                textarea id="f-address" readonly rows="2" data-copy=(t!(lang, "figures.cross_csv_copy_do")) data-address { (path) }
                ol.tight {
                    li { (t!(lang, "figures.cross_csv_excel_1")) }
                    li { (t!(lang, "figures.cross_csv_excel_2")) }
                    li { (t!(lang, "figures.cross_csv_excel_3")) }
                }
                p.soft.s { (t!(lang, "figures.cross_csv_secret")) }
                p { a href=(href(kept.id)) { (t!(lang, "figures.cross_back")) } }
            }
        }
    };
    let page = Page::new(&title).crumb(t!(lang, "figures.cross"), PATH).crumb(&kept.name, href(kept.id)).here(&title);
    desk.show(page.main(main).shape(Shape::Form).at(PATH)).await
}

pub(crate) async fn end_address(desk: Desk, Path(handle): Path<String>) -> Answer {
    let snapshot = house(&desk).reading();
    let kept = find(&desk, &snapshot, &handle).await?;
    let who = desk.who()?;
    desk.may(KEEP, &Target::unit(who.seat.unit))?;
    let mut tx = desk.begin().await?;
    store::end_feed(&mut tx, kept.id, who.account).await?;
    let body = json!({ "table": Id(kept.id).handle() });
    desk.record(&mut tx, desk.entry(Kind::Account.of(who.account), "figure.address_end", body)).await?;
    tx.commit().await?;
    desk.back_to(&href(kept.id), Some(Flash::ok("figures.cross_csv_ended")))
}
