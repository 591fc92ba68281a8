//! A report in prose against the system and against itself: each of its figures matched to one of ours and compared.

mod like;
mod sums;

use std::collections::{BTreeMap, BTreeSet};

use calendar::{Period, Window};
use db::{Result, Tx};
use kernel::{
    Day, Lang,
    number::{Rounding, decimal, percent},
    text::words,
};
use pack::{
    Pack,
    programme::{Op, Target},
};
use records::{Snapshot, value::Directory};
use serde_json::{Value as Json, json};
use units::{Scope, Unit};
use web::t;

use crate::{
    answer::{Answer, Question},
    draft::with_noun,
    prose::{Amount, Compares, Found, Prose, find},
    read::{self, Source},
};
use like::{Like, Likeness, names};
pub use sums::{Slip, What, slips};

/// What a figure of a text came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Equal,
    Different,
    /// No figure of the system counts it, or nobody has said anything.
    NotComputed,
    /// Several may be meant.
    Unclear,
}

impl Judged {
    /// What it came to, in words.
    pub fn say(&self, lang: Lang) -> String {
        match self.status {
            Status::Equal => t!(lang, "reports.prose_equal"),
            Status::Different => t!(lang, "reports.prose_different", ours = self.shown.as_deref().unwrap_or_default()),
            Status::NotComputed => t!(lang, "reports.prose_not_computed"),
            Status::Unclear => t!(lang, "reports.prose_unclear"),
        }
    }
}

impl Status {
    pub fn code(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Different => "different",
            Self::NotComputed => "not_computed",
            Self::Unclear => "unclear",
        }
    }
}

/// A figure of a text, judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    pub found: Found,
    pub status: Status,
    /// `dialogue.held`, `dialogue.held[kind=periodic]`, or a target's name.
    pub figure: Option<String>,
    pub ours: Option<Amount>,
    /// As our reports would write it.
    pub shown: Option<String>,
    pub candidates: Vec<String>,
}

/// A checked report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checked {
    pub figures: Vec<Judged>,
    pub slips: Vec<Slip>,
}

/// Checks a report of a unit and a period. The window is the calendar's, as for figures.
pub async fn check(tx: &mut Tx, source: Source<'_>, unit: Unit, period: Period, prose: &Prose) -> Result<Checked> {
    let pack = &source.snapshot.pack;
    let likeness = Likeness::new(pack);
    let found = find(&prose.lines, &likeness.names);
    let slips = slips(&found);
    let places = Places::of(source.snapshot, unit, period.window());
    let mut meant: Vec<(Found, Vec<Like>, Unit, Window)> = Vec::new();
    let mut questions: BTreeSet<Question> = BTreeSet::new();
    for mut one in found {
        let said = one.period.as_ref().and_then(|said| said.parse::<Period>().ok());
        // A report of a quarter names its year; it still tells of the quarter.
        let window =
            said.map(Period::window).filter(|said| !covers(*said, period.window()) || period.window() == *said);
        let own = if one.compares == Some(Compares::YearBefore) { period.year_before() } else { period };
        let window = window.unwrap_or(own.window());
        one.promise = one.promise || window.from > period.window().to;
        let place = places.named(&one).unwrap_or(unit);
        let likes = if one.compares == Some(Compares::Other) { Vec::new() } else { likeness.of(&one) };
        let asked = |like: &Like| Question { figure: like.figure.clone(), unit: place.0, window };
        questions.extend(likes.iter().map(asked));
        meant.push((one, likes, place, window));
    }
    let answers = read::values(tx, source, unit, &questions).await?;
    let judged = meant.into_iter().map(|(one, likes, place, window)| {
        let answer = |figure: &str| answers.get(&Question { figure: figure.to_owned(), unit: place.0, window });
        judge(source.snapshot, one, &likes, window, &answer)
    });
    let mut figures: Vec<Judged> = judged.collect();
    together(&mut figures);
    Ok(Checked { figures, slips })
}

/// All figures of a text, by what a pack counts.
pub fn figures_of(pack: &Pack, prose: &Prose) -> Vec<Found> {
    find(&prose.lines, &names(pack))
}

/// The slips of a report that is being written, read as one that someone else wrote: sentences, tables and prose together.
pub(crate) fn own(pack: &Pack, paper: &papers::Paper) -> Vec<Slip> {
    let text = paper.write(papers::Format::Markdown).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    slips(&figures_of(pack, &Prose::of_text(&text.unwrap_or_default(), true)))
}

fn covers(wide: Window, narrow: Window) -> bool {
    wide.from <= narrow.from && narrow.to <= wide.to
}

/// Places below the unit, by their names in full.
struct Places {
    named: Vec<(Vec<String>, Unit)>,
}

impl Places {
    fn of(snapshot: &Snapshot, unit: Unit, window: Window) -> Self {
        let tree = &snapshot.tree;
        let at = tree.at(tree.last_day(unit, (window.from, window.to)));
        let levels = ["district", "commune"].into_iter().filter_map(|level| tree.kinds().level(level));
        let below = levels.flat_map(|level| at.under(unit.ground(), &Scope::of_level(level)));
        let below = below.filter(|place| *place != unit.ground());
        Self { named: below.map(|place| (words(&at.name(place)), place)).collect() }
    }

    /// The one place that the words around a figure name.
    fn named(&self, found: &Found) -> Option<Unit> {
        let around = words(&format!("{} {} {}", found.lead, found.text, found.tail));
        let holds = |name: &[String]| !name.is_empty() && around.windows(name.len()).any(|here| here == name);
        let mut named = self.named.iter().filter(|(name, _)| holds(name)).map(|(_, unit)| *unit);
        named.next().filter(|_| named.next().is_none())
    }
}

fn key(like: &Like) -> String {
    match like.part.as_slice() {
        [] => like.figure.clone(),
        part => {
            let part: Vec<String> = part.iter().map(|(by, word)| format!("{by}={word}")).collect();
            format!("{}[{}]", like.figure, part.join(","))
        }
    }
}

fn judge<'a>(
    snapshot: &Snapshot,
    found: Found,
    likes: &[Like],
    window: Window,
    answer: &impl Fn(&str) -> Option<&'a Answer>,
) -> Judged {
    let candidates: Vec<String> = likes.iter().map(key).collect();
    let mut judged = Judged { found, status: Status::NotComputed, figure: None, ours: None, shown: None, candidates };
    let Some(best) = likes.first() else { return judged };
    if judged.found.promise
        && let Some((name, target)) = promised(snapshot, &judged.found, likes, window.to)
    {
        #[expect(clippy::cast_possible_truncation, reason = "a bar of whole numbers, as compared before")]
        let bar = Amount::whole(target.value as i64);
        judged.ours = Some(bar);
        judged.status = Status::Equal;
        judged.shown = Some(
            match target.op {
                Op::Equal => String::new(),
                op => format!("{} ", op.sign()),
            } + &kernel::number::grouped(bar.n),
        );
        judged.figure = Some(name);
        return judged;
    }
    let known: Vec<(&Like, &Answer)> = likes
        .iter()
        .filter_map(|like| Some((like, answer(&like.figure)?)))
        .filter(|(_, answer)| answer.known)
        .collect();
    let Some((like, ours)) = known.first().copied() else {
        judged.figure = (likes.len() == 1).then(|| key(best));
        return judged;
    };
    // Alike and of the same number: whichever is meant, it says so.
    let alike = known
        .iter()
        .skip(1)
        .all(|(other, answer)| (answer.amount(&other.part), answer.of) == (ours.amount(&like.part), ours.of));
    if known.len() > 1 && !alike {
        judged.status = Status::Unclear;
        return judged;
    }
    judged.figure = Some(key(like));
    let value = ours.amount(&like.part).map(|n| Amount { n, places: ours.places, scale: 1 });
    judged.shown = match value.filter(|_| !like.part.is_empty()) {
        Some(part) => Some(with_noun(decimal(part.n, part.places), ours.noun.as_deref())),
        None => Some(ours.shown.clone()),
    };
    let share = ours.percent.map(|n| Amount { n, places: 1, scale: 1 });
    judged.ours = if judged.found.value.is_none() && judged.found.percent.is_some() { share } else { value };
    judged.status = match () {
        () if equal(&judged.found, ours, value) => Status::Equal,
        // A plan is no result, and a noun of which much is unknown to us is a part of what we count.
        () if judged.found.promise => Status::NotComputed,
        () if like.strange > 1 => Status::Unclear,
        () => Status::Different,
    };
    judged
}

/// The target whose bar the text repeats.
fn promised<'p>(snapshot: &'p Snapshot, found: &Found, likes: &[Like], day: Day) -> Option<(String, &'p Target)> {
    let said = found.percent.or(found.value)?;
    let same = |target: &Target| target.value.fract() == 0.0 && (target.value - said_of(said)).abs() < 1e-9;
    let programmes = snapshot.pack.programmes.values();
    let targets = programmes.flat_map(|programme| programme.targets.iter().map(move |target| (programme, target)));
    let stands = targets.filter(|(_, target)| target.stands_in(day.year()) && same(target));
    let mut meant = stands.filter(|(_, target)| likes.iter().any(|like| like.figure == target.figure));
    meant.next().map(|(programme, target)| (format!("{}.{}", programme.id, target.id), target))
}

#[expect(clippy::cast_precision_loss, reason = "bars are small numbers")]
fn said_of(amount: Amount) -> f64 {
    amount.n as f64 * amount.scale as f64 / 10_f64.powi(i32::try_from(amount.places).unwrap_or(0))
}

fn equal(found: &Found, ours: &Answer, value: Option<Amount>) -> bool {
    let number = match (found.value, value) {
        (Some(said), Some(value)) => fits(said, value, found.qualifier),
        (Some(_), None) => false,
        (None, _) => true,
    };
    let of = found.of.is_none_or(|of| ours.of == Some(of));
    let share = found.percent.filter(|_| ours.percent.is_some()).is_none_or(|said| match (ours.value, ours.of) {
        (Some(part), Some(whole)) => {
            let near = [Rounding::HalfUp, Rounding::Truncate];
            near.into_iter().any(|rounding| {
                percent(part, whole, said.places, rounding)
                    .is_some_and(|n| fits(said, Amount { n, places: said.places, scale: 1 }, found.qualifier))
            })
        }
        _ => ours.percent.is_some_and(|n| fits(said, Amount { n, places: 1, scale: 1 }, found.qualifier)),
    });
    let wordless = match (found.value, found.percent, found.qualifier, value) {
        (None, None, Some(qualifier), Some(value)) => {
            let least = match qualifier {
                "tens" => 10,
                "hundreds" => 100,
                "thousands" => 1_000,
                _ => 10_000,
            };
            (least..least * 10).contains(&value.n)
        }
        _ => true,
    };
    number && of && share && wordless
}

/// Ours, written as coarsely as theirs, is theirs; "hơn 1.000" holds of what is over it and near.
fn fits(said: Amount, ours: Amount, qualifier: Option<&str>) -> bool {
    let in_steps = |amount: Amount| {
        let fine = said.places.max(ours.places);
        i128::from(amount.n) * i128::from(amount.scale) * 10_i128.pow(fine - amount.places)
    };
    let (said_steps, our_steps) = (in_steps(said), in_steps(ours));
    let (a, b) = (said_steps, our_steps);
    let near = |percent: i128| (a - b).abs() * 100 <= a.abs() * percent;
    match qualifier {
        Some("over" | "above") => b >= a && near(20),
        Some("nearly") => b <= a && near(20),
        Some("about") => near(10),
        Some("under") => b < a,
        Some("at_least") => b >= a,
        _ => {
            let step = in_steps(Amount { n: 1, ..said });
            let coarse = said.scale > 1 || said.places > 0;
            a == b || (coarse && (b - a).abs() * 2 <= step) || (coarse && b / step == a / step)
        }
    }
}

/// Several numbers of a text that are parts of one of ours: their sum is what is compared.
fn together(figures: &mut [Judged]) {
    let mut groups: BTreeMap<(String, Option<String>), Vec<usize>> = BTreeMap::new();
    for (at, one) in figures.iter().enumerate() {
        let plain = one.found.of.is_none() && one.found.percent.is_none() && one.found.qualifier.is_none();
        let counted = matches!(one.status, Status::Different | Status::Unclear) && plain && !one.found.promise;
        if let (true, Some(figure)) = (counted, &one.figure) {
            groups.entry((figure.clone(), one.found.period.clone())).or_default().push(at);
        }
    }
    for places in groups.into_values().filter(|places| places.len() > 1) {
        let said: Option<i64> =
            places.iter().map(|at| figures[*at].found.value.filter(|one| one.scale == 1).map(|one| one.n)).sum();
        let ours = figures[places[0]].ours.map(|ours| ours.n);
        for at in places {
            // The same number is ours twice, or theirs in parts; parts that come to less are neither.
            let part = figures[at].found.value.map(|one| one.n) < ours;
            figures[at].status = match figures[at].status {
                _ if said == ours => Status::Equal,
                Status::Different if part => Status::Unclear,
                status => status,
            };
        }
    }
}

impl Checked {
    /// A number differs from ours, or from the text's own.
    pub fn finds(&self) -> bool {
        !self.slips.is_empty() || self.count(Status::Different) > 0
    }

    pub fn count(&self, status: Status) -> usize {
        self.figures.iter().filter(|one| one.status == status).count()
    }

    /// `{unit, period, file, figures, arithmetic, summary}`, in the order of the text.
    pub fn json(&self, snapshot: &Snapshot, unit: Unit, period: Period, file: &str) -> Json {
        let figures: Vec<Json> = self
            .figures
            .iter()
            .map(|one| {
                let found = &one.found;
                json!({
                    "line": found.line,
                    "offset": found.from,
                    "text": found.text,
                    "value": found.value.map(Amount::json),
                    "of": found.of,
                    "percent": found.percent.map(Amount::json),
                    "measure": found.measure,
                    "qualifier": found.qualifier,
                    "noun": found.noun,
                    "sentence": found.sentence,
                    "promise": found.promise,
                    "status": one.status.code(),
                    "figure": one.figure,
                    "ours": one.ours.map(Amount::json),
                    "shown": one.shown,
                    "candidates": one.candidates,
                })
            })
            .collect();
        let slips: Vec<Json> = self
            .slips
            .iter()
            .map(|slip| json!({ "line": slip.line, "text": slip.text, "what": slip.what.code(), "expected": slip.expected }))
            .collect();
        json!({
            "unit": snapshot.code(unit.0, period.window().to),
            "period": period.to_string(),
            "file": file,
            "figures": figures,
            "arithmetic": slips,
            "summary": {
                "figures": self.figures.len(),
                "equal": self.count(Status::Equal),
                "different": self.count(Status::Different),
                "not_computed": self.count(Status::NotComputed),
                "unclear": self.count(Status::Unclear),
                "arithmetic": self.slips.len(),
            },
        })
    }
}
