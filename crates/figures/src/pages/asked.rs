//! For which unit, days and geography a page is asked, and the addresses that ask the same of another unit.

use calendar::{Kind, Period, Window};
use kernel::{Day, Lang, show_day};
use records::{Snapshot, value::Directory as _};
use units::{Geography, Unit};
use web::{Chip, Choice, Desk, Errors, Fields, Inputs, Markup, Target, Trouble, Width, filters, html, t};

use crate::{Ask, shell::geography_word};

/// What the address asks for.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) ask: Ask,
    pub(crate) period: Period,
    /// As it is written: `then`, `now` or a day.
    pub(crate) geography: String,
}

impl Asked {
    /// Reads `unit`, `period` or `from` and `to`, and `geography`; without them the reader's own place and the year in hand. A unit that is
    /// not the reader's to see is not there.
    pub(crate) fn read(desk: &Desk, snapshot: &Snapshot, act: &str) -> Result<Self, Trouble> {
        Self::of(desk, snapshot, act, desk.query())
    }

    /// The same of an address that was kept.
    pub(crate) fn of(desk: &Desk, snapshot: &Snapshot, act: &str, query: &Fields) -> Result<Self, Trouble> {
        let period = match (query.maybe("from"), query.maybe("to"), query.maybe("period")) {
            (Some(from), Some(to), _) => named(Window::new(kernel::parse_day(from)?, kernel::parse_day(to)?)?),
            (_, _, Some(period)) => period.parse()?,
            _ => Period::year(desk.today.year()),
        };
        let geography = query.maybe("geography").unwrap_or("then").to_owned();
        let day = query.maybe("at").map_or(Ok(period.window().to), kernel::parse_day)?;
        let unit = match query.maybe("unit") {
            Some(text) => snapshot.tree.find(text, day)?,
            None => home(desk, snapshot, act, day)?,
        };
        desk.sees(act, &Target::unit(unit.0))?;
        let ask = Ask { geography: Geography::parse(&geography, desk.today)?, ..Ask::of(unit, period.window()) };
        Ok(Self { ask: ask.told_in(&snapshot.tree), period, geography })
    }

    /// What an address carries to ask the same of a unit.
    pub(crate) fn fields(&self, snapshot: &Snapshot, unit: Unit) -> Fields {
        let mut fields = Fields::default();
        fields.push("unit", snapshot.code(unit.0, self.day()));
        lay_window(&mut fields, self.period);
        if let Geography::At(day) = self.ask.geography {
            fields.push("geography", self.geography.clone());
            fields.push("at", day.to_string());
        }
        fields
    }

    /// By whose units it is told: those of the window's last day, or of the geography's.
    pub(crate) fn day(&self) -> Day {
        match self.ask.geography {
            Geography::Then => self.ask.window.to,
            Geography::At(day) => day,
        }
    }

    pub(crate) fn figure(&self, snapshot: &Snapshot, figure: &str, unit: Unit) -> String {
        self.fields(snapshot, unit).href(&super::breakdown::path(figure))
    }

    pub(crate) fn targets(&self, snapshot: &Snapshot, unit: Unit) -> String {
        self.fields(snapshot, unit).href("/targets")
    }

    /// The unit's name with the places above it, as a page begins with it.
    pub(crate) fn whose(&self, snapshot: &Snapshot) -> String {
        let day = snapshot.tree.last_day(self.ask.unit, (self.day(), self.day()));
        capital(&snapshot.tree.at(day).long_name(self.ask.unit))
    }

    /// Unit, days and geography in one line.
    pub(crate) fn lead(&self, lang: Lang, snapshot: &Snapshot) -> Markup {
        let Window { from, to } = self.ask.window;
        html! {
            p.soft {
                (self.whose(snapshot)) " · " (self.period.label().in_lang(lang))
                @if self.period.kind() != Kind::Span { " " (t!(lang, "figures.days", from = show_day(from), to = show_day(to))) }
                @if self.geography != "then" { " · " (self.in_geography(lang)) }
            }
        }
    }

    /// `theo địa giới hiện nay`.
    pub(crate) fn in_geography(&self, lang: Lang) -> String {
        match (self.geography.as_str(), self.ask.geography) {
            ("now", _) => t!(lang, "figures.geography_now"),
            (_, Geography::Then) => t!(lang, "figures.geography_then"),
            (_, Geography::At(day)) => t!(lang, "figures.geography_on", day = show_day(day)),
        }
    }

    /// The form that asks for another unit or other days. `more` stands between, and what else the address carries goes on.
    pub(crate) fn form(
        &self,
        desk: &Desk,
        snapshot: &Snapshot,
        path: &str,
        more: &Markup,
        kept: &[(&str, &str)],
    ) -> Markup {
        let lang = desk.lang;
        let mut values = self.fields(snapshot, self.ask.unit).with("period", &self.period.to_string());
        values.push("q", desk.query().get("q"));
        let (errors, mut periods) = (Errors::none(), periods(self.period, desk.today));
        periods.dedup();
        let choices: Vec<Choice> = periods
            .into_iter()
            .map(|period| Choice::new(period.to_string(), capital(period.label().in_lang(lang))))
            .collect();
        let inputs = Inputs { lang, values: &values, errors: &errors };
        let controls = html! {
            (more)
            (inputs.text(&web::Ask::new("unit", t!(lang, "figures.unit")).width(Width::Middle)))
            (inputs.select(&web::Ask::new("period", t!(lang, "figures.period")), &choices))
            @if let Geography::At(day) = self.ask.geography {
                input type="hidden" name="geography" value=(self.geography);
                input type="hidden" name="at" value=(day);
            }
            @for (name, value) in kept { input type="hidden" name=(name) value=(value); }
        };
        let none: [Chip; 0] = [];
        filters(lang, path, &controls, &none, None)
    }
}

/// The address of a figure: what a number in a report leads to.
pub fn href(snapshot: &Snapshot, figure: &str, ask: Ask) -> String {
    let geography = geography_word(ask.geography);
    Asked { ask, period: named(ask.window), geography }.figure(snapshot, figure, ask.unit)
}

fn lay_window(fields: &mut Fields, period: Period) {
    if period.kind() == Kind::Span {
        let Window { from, to } = period.window();
        fields.push("from", from.to_string());
        fields.push("to", to.to_string());
    } else {
        fields.push("period", period.to_string());
    }
}

/// A window by its name, if it has one.
pub(crate) fn named(window: Window) -> Period {
    let named = Kind::NAMED.into_iter().map(|kind| Period::containing(kind, window.from));
    named.into_iter().find(|period| period.window() == window).unwrap_or_else(|| Period::span(window))
}

/// The place of the reader's seat, or the body itself where only that is theirs to see.
fn home(desk: &Desk, snapshot: &Snapshot, act: &str, day: Day) -> Result<Unit, Trouble> {
    let seat = Unit(desk.seat()?.unit);
    let held = snapshot.tree.holder(seat, day).unit;
    // A place that was formed since goes by the same name on an older day: of Hải Phòng in 2021 it is the city of that day that is meant.
    let before = (!snapshot.tree.at(day).exists(seat.ground()))
        .then(|| snapshot.tree.find(&snapshot.code(seat.ground().0, desk.today), day).ok())
        .flatten();
    // Who held the ground on an older day may be another's: then the seat's own place, of which nothing is known for that day.
    let near = before.into_iter().chain([held.ground(), held, seat.ground(), seat]);
    Ok(near.into_iter().find(|unit| desk.can(act, &Target::unit(unit.0))).unwrap_or(held))
}

/// What is offered beside the period in hand: the last years, and the parts of this one.
pub(super) fn periods(asked: Period, today: Day) -> Vec<Period> {
    let mut all = vec![asked];
    let year = Period::year(today.year());
    let (this, mut past) = (today, year);
    for kind in [Kind::Year, Kind::Half, Kind::Quarter, Kind::Month] {
        let period = Period::containing(kind, this);
        all.extend([period, period.before()]);
    }
    for _ in 0..6 {
        past = past.before();
        all.push(past);
    }
    all.sort_by_key(|period| (std::cmp::Reverse(period.window().day_count()), std::cmp::Reverse(period.window().from)));
    all
}

pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
