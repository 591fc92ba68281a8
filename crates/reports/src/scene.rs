//! What a report is about: its outline, unit, issuing body and period, and the days that the regime means by it.

use calendar::{Kind, Period, Regime, Window};
use kernel::{Refusal, show_day};
use pack::{
    Pack,
    outline::{Moment, Outline, Word},
};
use units::{At, Tree, Unit};

/// One report to be drafted.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    pub pack: &'a Pack,
    pub tree: &'a Tree,
    pub outline: &'a Outline,
    pub regime: &'a Regime,
    /// The place that it tells of.
    pub unit: Unit,
    /// The body that issues it.
    pub body: Unit,
    pub period: Period,
    /// The days that the regime means by the period.
    pub window: Window,
}

impl<'a> Scene<'a> {
    /// `name` is an outline's id, or a report's of which the unit's level chooses the variant.
    pub fn new(pack: &'a Pack, tree: &'a Tree, name: &str, unit: Unit, period: Period) -> Result<Self, Refusal> {
        let unit = unit.ground();
        let day = tree.last_day(unit, (period.window().from, period.window().to));
        let at = tree.at(day);
        let level = at.level(unit).map(|level| tree.kinds().level_def(level).id.clone()).unwrap_or_default();
        let outline = pack.outline(name, &level)?;
        if !outline.head.periods.contains(&period.kind()) {
            let refusal = Refusal::new("reports.period_not_for").with("period", period);
            return Err(refusal.with("outline", &outline.head.label.vi).at("period"));
        }
        let regime = pack.law.regime(&outline.head.regime, period.window().to)?;
        let body = outline.head.body.iter().find_map(|id| {
            let slot = tree.kinds().bodies[tree.kinds().body_kind(id)?].slot?;
            Some(unit.body(slot)).filter(|body| at.exists(*body))
        });
        let nobody = || {
            let refusal = Refusal::new("reports.no_body").with("outline", &outline.head.label.vi);
            refusal.with("unit", at.name(unit)).with("day", show_day(day)).at("unit")
        };
        Ok(Self {
            pack,
            tree,
            outline,
            regime,
            unit,
            body: body.ok_or_else(nobody)?,
            period,
            window: regime.window(period)?,
        })
    }

    /// What a place for prose is called: one of the text, or the reason of a target, whose id it bears.
    pub fn slot(&self, id: &str) -> Option<String> {
        if let Some(slot) = self.outline.slots().into_iter().find(|slot| slot.id == id) {
            return Some(slot.label.clone());
        }
        let (programme, target) = id.split_once('.')?;
        let reasons = self.outline.reasons(programme)?;
        let target = self.pack.programmes.get(programme)?.targets.iter().find(|one| one.id == target)?;
        Some(format!("{reasons}: {}", target.label.vi))
    }

    /// The tree on the last day on which the unit stood in the period.
    pub fn at(&self) -> At<'a> {
        self.tree.at(self.tree.last_day(self.unit, (self.window.from, self.window.to)))
    }

    /// The period of a moment, as sentences name it.
    pub(crate) fn period_of(&self, moment: Moment) -> Period {
        match moment {
            Moment::Now | Moment::Cumulative => self.period,
            Moment::YearBefore => self.period.year_before(),
            Moment::Before => self.period.before(),
            Moment::Next => self.period.after(),
        }
    }

    pub(crate) fn window_of(&self, moment: Moment) -> Window {
        let shifted = self.regime.window(self.period_of(moment)).unwrap_or(self.window);
        if moment == Moment::Cumulative { self.regime.cumulative(self.period).unwrap_or(shifted) } else { shifted }
    }

    /// The months that begin within a moment's days, as the regime reads them.
    pub(crate) fn months(&self, moment: Moment) -> Vec<(Period, Window)> {
        let whole = self.window_of(moment);
        let Ok(first) = self.regime.containing(Kind::Month, whole.from) else { return Vec::new() };
        std::iter::successors(Some(first), |month| Some(month.after()))
            .map_while(|month| Some((month, self.regime.window(month).ok()?)))
            .take_while(|(_, window)| window.from <= whole.to)
            .take(60)
            .collect()
    }

    /// The places right below.
    pub(crate) fn below(&self) -> Vec<Unit> {
        self.at().children(self.unit)
    }

    /// The level of the place that is told of.
    pub(crate) fn own_level(&self) -> Option<&'a units::Named> {
        let level = self.at().level(self.unit)?;
        Some(self.tree.kinds().level_def(level))
    }

    pub(crate) fn name(&self, unit: Unit) -> String {
        self.at().title(unit)
    }

    pub(crate) fn code(&self, unit: Unit) -> String {
        self.at().code(unit)
    }

    /// The body above the issuing one, where it stands at the same place: what heads the paper.
    pub(crate) fn superior(&self) -> Option<Unit> {
        self.at().superior(self.body).filter(|superior| superior.ground() == self.unit)
    }

    /// `từ 15/12/2020 đến 14/12/2021`
    pub fn days(&self) -> String {
        format!("từ {} đến {}", show_day(self.window.from), show_day(self.window.to))
    }

    pub(crate) fn word(&self, word: Word) -> String {
        let at = self.at();
        let year = |moment| self.period_of(moment).window().to.year().to_string();
        match word {
            Word::Period => self.period.label().vi,
            Word::Next => self.period_of(Moment::Next).label().vi,
            Word::Year => year(Moment::Now),
            Word::NextYear => year(Moment::Next),
            Word::Window => self.days(),
            Word::Unit => at.name(self.unit),
            Word::Place => at.bare_name(self.unit),
            Word::Kind => at.place_kind(self.unit).map(|kind| kind.prefix.clone()).unwrap_or_default(),
            // The themes stand in records: the draft has them among its answers.
            Word::Theme | Word::ThemeBy => String::new(),
            Word::Body => at.name(self.body),
            Word::BodySign => at.sign(self.body).unwrap_or_default().to_owned(),
            Word::Superior => {
                let above = self.superior().or_else(|| at.superior(self.body));
                above.map(|above| at.name(above)).unwrap_or_default()
            }
        }
    }
}
