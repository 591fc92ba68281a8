//! Sets of criteria and score sheets as records: what a register that switches `scoring` on is refused, given and shown.

use std::collections::{BTreeMap, HashMap, HashSet};

use calendar::{Period, Window};
use db::Result;
use kernel::{Id, Lang, Refusal, Refused, number::decimal};
use pack::document::{Amount, Document, Fields, RowDoc};
use records::{
    Changed, House, Record, Snapshot,
    behaviour::{Also, Behaviour, Doing, Panel, Scene},
    save::Change,
    store,
};
use serde_json::Value as Json;
use units::Unit;
use web::{Desk, Group, Head, Markup, Row, Table, Tone, figure, html, note, t, table};

use super::{Criterion, Kind, Mark, Outcome, PLACES, Rule, Scale, bands};
use crate::{Ask, Value, ratio::Ratio};

/// The child rows of a set of criteria, and those of a sheet of points.
const CRITERIA: &str = "criterion";
const POINTS: &str = "score";

/// Switched on by the register of sets of criteria and by that of score sheets.
pub struct Scoring;

impl Behaviour for Scoring {
    fn name(&self) -> &'static str {
        "scoring"
    }

    fn before_save<'a>(&'a self, scene: Scene<'a>, was: Option<&'a Record>, change: &'a mut Change) -> Doing<'a, Also> {
        Box::pin(async move {
            if change.record.void {
                return Ok(Also::default());
            }
            if scene.register.rows(CRITERIA).is_some() {
                issued_as_it_was(was, &change.record)?;
                sound(&change.record)?;
                return Ok(Also::default());
            }
            let Some(set) = set_of(scene.house, &change.record).await? else { return Ok(Also::default()) };
            let scale = scale(&set);
            if was.is_none() && set.state.as_deref() == Some("draft") {
                return Err(Refusal::new("figure.score_not_issued").with("set", &set.title).at("criteria").into());
            }
            let mut writing = Writing { scene, was, change, scale: &scale };
            writing.lay();
            writing.judge()?;
            Ok(Also { warnings: writing.total(), changes: Vec::new() })
        })
    }

    fn panels<'a>(&'a self, scene: Scene<'a>, desk: &'a Desk, record: &'a Record) -> Doing<'a, Vec<Panel>> {
        Box::pin(async move {
            if scene.register.rows(CRITERIA).is_some() {
                return rounds(scene, desk.lang, record).await;
            }
            let Some(set) = set_of(scene.house, record).await? else { return Ok(Vec::new()) };
            let scale = scale(&set);
            let evidence = evidence(scene, desk, record, &scale).await?;
            let body = drawn(scene, desk.lang, record, &scale, &evidence);
            Ok(vec![Panel { id: "h-points".to_owned(), title: t!(desk.lang, "figure.score"), body, aside: false }])
        })
    }
}

fn text<'d>(fields: &'d Fields, name: &str) -> Option<&'d str> {
    fields.get(name).and_then(Json::as_str)
}

fn amount(fields: &Fields, name: &str) -> Option<i64> {
    fields.get(name).and_then(Amount::of).and_then(|amount| amount.n)
}

fn yes(fields: &Fields, name: &str) -> bool {
    fields.get(name).and_then(Json::as_bool) == Some(true)
}

/// A set of criteria as its record has it; what it leaves open counts as not said.
pub(crate) fn scale(set: &Record) -> Scale {
    let (document, fields) = (&set.document, &set.document.fields);
    let whole = |name: &str| amount(fields, name).map(|points| points * super::ONE);
    let full = whole("full").unwrap_or_default();
    let grades = ["excellent", "good", "fair", "average"];
    let group = |row: &RowDoc| Some((text(&row.fields, "code")?.to_owned(), amount(&row.fields, "cap")?));
    Scale {
        criteria: document.rows(CRITERIA).iter().filter_map(|row| criterion(&row.fields)).collect(),
        groups: document.rows("group").iter().filter_map(group).collect::<BTreeMap<_, _>>(),
        full,
        bonus_cap: amount(fields, "bonus_cap"),
        cap: amount(fields, "total_cap").unwrap_or(full),
        grades: grades.into_iter().filter_map(|grade| Some((grade, whole(&format!("grade_{grade}"))?))).collect(),
    }
}

fn criterion(fields: &Fields) -> Option<Criterion> {
    let rule = match text(fields, "rule") {
        Some("share") => Some(Rule::Share { goal: amount(fields, "goal").unwrap_or(100 * super::ONE) }),
        Some("done") => Some(Rule::Done),
        Some("steps") => text(fields, "bands").and_then(bands).map(Rule::Steps),
        Some("each") => amount(fields, "each").map(Rule::Each),
        _ => None,
    };
    Some(Criterion {
        code: text(fields, "code")?.to_owned(),
        text: text(fields, "text").unwrap_or_default().to_owned(),
        group: text(fields, "group").map(str::to_owned),
        kind: text(fields, "kind").and_then(Kind::parse)?,
        full: amount(fields, "full").unwrap_or_default(),
        optional: yes(fields, "optional"),
        cap: amount(fields, "cap"),
        reviewer: fields.get("reviewer").and_then(Json::as_i64),
        figure: text(fields, "figure").map(str::to_owned),
        rule,
    })
}

/// What was issued stays as it was: another issue is another set.
fn issued_as_it_was(was: Option<&Record>, record: &Record) -> Result<()> {
    let Some(was) = was.filter(|was| was.state.as_deref() != Some("draft")) else { return Ok(()) };
    let same = |rows: &str| was.document.rows(rows) == record.document.rows(rows);
    let points = ["full", "bonus_cap", "total_cap"];
    let kept = points.iter().all(|name| was.document.fields.get(*name) == record.document.fields.get(*name));
    if same(CRITERIA) && same("group") && kept {
        return Ok(());
    }
    Err(Refusal::new("figure.score_issued").with("set", &was.title).at(CRITERIA).into())
}

/// A set that can be scored by: each code once, groups that are there, bands that read, and when it is issued, points that add up.
fn sound(set: &Record) -> std::result::Result<(), Refused> {
    let (scale, mut refused, mut codes) = (scale(set), Refused::default(), HashSet::new());
    for (row, one) in set.document.rows(CRITERIA).iter().zip(&scale.criteria) {
        if !codes.insert(&one.code) {
            refused.push(Refusal::new("figure.score_code_twice").with("code", &one.code).at(CRITERIA));
        }
        if let Some(group) = one.group.as_ref().filter(|group| !scale.groups.contains_key(*group)) {
            refused
                .push(Refusal::new("figure.score_no_group").with("code", &one.code).with("group", group).at(CRITERIA));
        }
        if text(&row.fields, "rule") == Some("steps") && one.rule.is_none() {
            let written = text(&row.fields, "bands").unwrap_or_default();
            refused
                .push(Refusal::new("figure.score_bands").with("code", &one.code).with("bands", written).at(CRITERIA));
        }
    }
    if set.state.as_deref() == Some("in_force") && scale.sum() != scale.full {
        let (sum, full) = (decimal(scale.sum(), PLACES), decimal(scale.full, PLACES));
        refused.push(Refusal::new("figure.score_sum").with("sum", sum).with("full", full).at("full"));
    }
    refused.settle()
}

/// The set by which a sheet is scored.
async fn set_of(house: &House, sheet: &Record) -> Result<Option<Record>> {
    let Some(id) = text(&sheet.document.fields, "criteria").and_then(|handle| handle.parse::<Id>().ok()) else {
        return Ok(None);
    };
    let mut tx = house.read().await?;
    Ok(store::find_many(&mut tx, &house.names, &[id.0]).await?.pop())
}

/// What a sheet says of each criterion, by its own points or by the reviewed ones.
fn marks(document: &Document, column: &str) -> HashMap<String, Mark> {
    let mark = |row: &RowDoc| {
        let mark = Mark {
            points: amount(&row.fields, column),
            none: yes(&row.fields, "not_arising"),
            applies: yes(&row.fields, "applies"),
        };
        Some((text(&row.fields, "code")?.to_owned(), mark))
    };
    document.rows(POINTS).iter().filter_map(mark).collect()
}

/// A sheet about to be saved.
struct Writing<'a> {
    scene: Scene<'a>,
    was: Option<&'a Record>,
    change: &'a mut Change,
    scale: &'a Scale,
}

impl Writing<'_> {
    /// Every criterion has its row, with the text and the points of the set.
    fn lay(&mut self) {
        let document = &mut self.change.record.document;
        let mut rows = document.rows.shift_remove(POINTS).unwrap_or_default();
        for one in &self.scale.criteria {
            let own = |row: &RowDoc| text(&row.fields, "code") == Some(&one.code);
            let place = rows.iter().position(own).unwrap_or_else(|| {
                document.next_row += 1;
                rows.push(RowDoc { n: document.next_row, ..RowDoc::default() });
                rows.len() - 1
            });
            let fields = &mut rows[place].fields;
            let kind = match one.kind {
                Kind::Regular => "regular",
                Kind::Bonus => "bonus",
                Kind::Penalty => "penalty",
                Kind::Ceiling => "ceiling",
                Kind::Bar => "bar",
            };
            for (name, value) in [("code", one.code.as_str()), ("text", &one.text), ("kind", kind)] {
                if !value.is_empty() {
                    fields.insert(name.to_owned(), value.into());
                }
            }
            fields.insert("full".to_owned(), one.full.into());
        }
        document.rows.insert(POINTS.to_owned(), rows);
        let mut reviewers: Vec<i64> = self.scale.criteria.iter().filter_map(|one| one.reviewer).collect();
        reviewers.sort_unstable();
        reviewers.dedup();
        if !reviewers.is_empty() && self.scene.register.field("reviewers").is_some() {
            self.put("reviewers", Some(reviewers.into()));
        }
    }

    /// Points stand where the set allows them, and each is given by whom it is for.
    fn judge(&self) -> std::result::Result<(), Refused> {
        let mut refused = Refused::default();
        let document = &self.change.record.document;
        let before: HashMap<i64, &Fields> =
            self.was.into_iter().flat_map(|was| was.document.rows(POINTS)).map(|row| (row.n, &row.fields)).collect();
        let handed_in = self.was.is_some_and(|was| was.state.as_deref() != Some("scoring"));
        let by_hand = self.scene.by.account != 0 && !self.scene.by.old_book;
        let settles = self.took("decide");
        for row in document.rows(POINTS) {
            let code = text(&row.fields, "code").unwrap_or_default();
            let refuse = |key: &'static str| Refusal::new(key).with("code", code).at(POINTS);
            let Some(one) = self.scale.criterion(code) else {
                refused.push(refuse("figure.score_no_such"));
                continue;
            };
            let stood = |name: &str| before.get(&row.n).and_then(|fields| fields.get(name));
            let changed = |name: &str| stood(name) != row.fields.get(name);
            if yes(&row.fields, "not_arising") && !one.optional {
                refused.push(refuse("figure.score_not_optional"));
            }
            let points = ["self", "reviewed"].into_iter().filter_map(|name| amount(&row.fields, name)).max();
            if points.is_some_and(|points| points > one.full) {
                refused.push(refuse("figure.score_over").with("full", decimal(one.full, PLACES)));
            }
            if handed_in && changed("self") {
                refused.push(refuse("figure.score_self_fixed"));
            }
            let reviewed = changed("reviewed") || changed("reason");
            if by_hand && reviewed && !settles && !self.reviews(one) {
                refused.push(refuse("figure.score_not_yours").with("body", self.reviewer_name(one)));
            }
        }
        if self.took("submit") {
            let silent = self.scale.total(&marks(document, "self")).unmarked;
            if !silent.is_empty() {
                refused.push(Refusal::new("figure.score_unmarked").with("codes", silent.join(", ")).at(POINTS));
            }
        }
        refused.settle()
    }

    /// This very act took the step.
    fn took(&self, step: &str) -> bool {
        let known = self.was.map_or(0, |was| was.document.steps.len());
        self.change.record.document.steps.iter().skip(known).any(|taken| taken.step == step)
    }

    fn reviewer(&self, one: &Criterion) -> Option<Unit> {
        let of_all = || self.change.record.document.fields.get("reviewer").and_then(Json::as_i64);
        one.reviewer.or_else(of_all).map(Unit)
    }

    /// Whoever acts sits in the body that reviews this criterion, at the place that it is of, or above it.
    fn reviews(&self, one: &Criterion) -> bool {
        let (record, seat) = (&self.change.record, Unit(self.scene.by.seat));
        let at = self.scene.snapshot.tree.at(record.day);
        self.reviewer(one)
            .is_some_and(|body| [body, body.ground()].contains(&seat) || at.superiors(body).contains(&seat))
    }

    fn reviewer_name(&self, one: &Criterion) -> String {
        let at = self.scene.snapshot.tree.at(self.change.record.day);
        self.reviewer(one).map(|body| at.title(body)).unwrap_or_default()
    }

    /// Totals, and the grade that they come to. One's own total stands once it is handed in.
    fn total(&mut self) -> Vec<Refusal> {
        let document = &self.change.record.document;
        let own = self.scale.total(&marks(document, "self"));
        let reviewed_marks = marks(document, "reviewed");
        let is_reviewed = reviewed_marks.values().any(|mark| mark.points.is_some());
        let reviewed = self.scale.total(&reviewed_marks);
        if self.was.is_none_or(|was| was.state.as_deref() == Some("scoring")) {
            let spoken = marks(document, "self").values().any(|mark| mark.points.is_some());
            self.put("self_total", spoken.then(|| own.total.into()));
        }
        if !is_reviewed || !reviewed.unmarked.is_empty() {
            return Vec::new();
        }
        let decided = self.change.record.state.as_deref() == Some("decided");
        // What the reviewers came to stands beside what the council decides.
        if !decided || !self.change.record.document.fields.contains_key("reviewed_total") {
            self.put("reviewed_total", Some(reviewed.total.into()));
        }
        if !decided || self.took("decide") {
            self.put("final_total", Some(reviewed.total.into()));
        }
        if !reviewed.barred_by.is_empty() {
            self.put("ineligible", Some(true.into()));
            self.put("grade", None);
            if !self.change.record.document.fields.contains_key("ineligible_reason") {
                let texts = reviewed.barred_by.iter().filter_map(|code| self.scale.criterion(code));
                let reason: Vec<&str> = texts.map(|one| one.text.as_str()).collect();
                self.put("ineligible_reason", Some(reason.join("; ").into()));
            }
        }
        if yes(&self.change.record.document.fields, "ineligible") {
            return Vec::new();
        }
        let Some(grade) = self.scale.grade(reviewed.total) else { return Vec::new() };
        let given = text(&self.change.record.document.fields, "grade").map(str::to_owned);
        match given {
            None => {
                self.put("grade", Some(grade.into()));
                Vec::new()
            }
            Some(given) if given != grade => {
                let label = |word: &str| {
                    let choices = self.scene.register.field("grade").map(|field| field.choices.as_slice());
                    let choice = choices.unwrap_or_default().iter().find(|choice| choice.id == word);
                    choice.map_or_else(|| word.to_owned(), |choice| choice.label().vi.clone())
                };
                let total = decimal(reviewed.total, PLACES);
                let told = Refusal::new("figure.score_grade").with("total", total).with("by", label(grade));
                vec![told.with("given", label(&given)).at("grade")]
            }
            Some(_) => Vec::new(),
        }
    }

    /// Writes a field of the sheet, and says so in its timeline.
    fn put(&mut self, name: &str, value: Option<Json>) {
        let fields = &mut self.change.record.document.fields;
        let old = match &value {
            Some(value) => fields.insert(name.to_owned(), value.clone()),
            None => fields.remove(name),
        };
        if old == value {
            return;
        }
        let changed = &mut self.change.changed;
        changed.retain(|one| one.field != name);
        let (old, new) = (old.unwrap_or_default(), value.unwrap_or_default());
        changed.push(Changed { field: name.to_owned(), old, new });
    }
}

/// Whom a sheet is about: the place or the body that was scored, else whose book it stands in.
pub(crate) fn scored_unit(sheet: &Record) -> Unit {
    let named = ["place", "body"].into_iter().find_map(|name| sheet.document.fields.get(name).and_then(Json::as_i64));
    Unit(named.unwrap_or(sheet.unit))
}

fn year_of(sheet: &Record) -> Option<i16> {
    sheet.document.fields.get("year").and_then(Json::as_i64).and_then(|year| i16::try_from(year).ok())
}

/// The figures that criteria name, of the unit and the year.
async fn evidence(
    scene: Scene<'_>,
    desk: &Desk,
    sheet: &Record,
    scale: &Scale,
) -> Result<HashMap<String, (Ask, Value)>> {
    let (snapshot, Some(year)) = (scene.snapshot, year_of(sheet)) else { return Ok(HashMap::new()) };
    let mut names: Vec<&str> = scale.criteria.iter().filter_map(|one| one.figure.as_deref()).collect();
    names.retain(|name| snapshot.pack.figure(name).is_some());
    names.sort_unstable();
    names.dedup();
    let window: Window = Period::year(year).window();
    let ask = Ask::of(scored_unit(sheet), window);
    let may = desk.can(crate::pages::READ, &web::Target::unit(ask.unit.0));
    if names.is_empty() || !may {
        return Ok(HashMap::new());
    }
    let heads = crate::pages::heads(desk);
    let mut tx = scene.house.read().await?;
    let values = crate::read_all(&mut tx, scene.house, snapshot, heads.as_ref(), ask, &names).await?;
    Ok(values.into_iter().map(|value| (value.id.clone(), (ask, value))).collect())
}

/// What the value would give, percent as percent.
fn proposed(one: &Criterion, value: &Value) -> Option<i64> {
    if value.state == crate::State::NoData {
        return None;
    }
    let ratio = value.ratio?;
    one.proposed(if value.percent.is_some() { ratio.times(Ratio::whole(100)) } else { ratio })
}

/// The sheet by criteria: full, own, reviewed, and the number of the system beside them.
fn drawn(
    scene: Scene<'_>,
    lang: Lang,
    sheet: &Record,
    scale: &Scale,
    evidence: &HashMap<String, (Ask, Value)>,
) -> Markup {
    let document = &sheet.document;
    let (own, reviewed) = (marks(document, "self"), marks(document, "reviewed"));
    let at = scene.snapshot.tree.at(sheet.day);
    let row = |one: &Criterion| {
        let cell = |marks: &HashMap<String, Mark>| told(lang, one, marks.get(&one.code).copied().unwrap_or_default());
        let proof = one.figure.as_ref().and_then(|name| evidence.get(name));
        Row::new(vec![
            html! {
                b { (one.code) } " " (one.text)
                @if let Some(body) = one.reviewer { br; span.soft.s { (t!(lang, "figure.score_by", body = at.name(Unit(body)))) } }
            },
            html! { @if !one.kind.is_condition() { (decimal(one.full, PLACES)) } },
            html! { (cell(&own)) },
            html! { @if !one.kind.is_condition() { (cell(&reviewed)) } },
            html! {
                @if let Some((ask, value)) = proof {
                    (figure(&value.shown, Some(&crate::href(scene.snapshot, &value.id, *ask)), false))
                }
            },
            html! { @if let Some(points) = proof.and_then(|(_, value)| proposed(one, value)) { (decimal(points, PLACES)) } },
        ])
    };
    let table_of = Table {
        caption: t!(lang, "figure.score"),
        heads: vec![
            Head::new(t!(lang, "figure.score_criterion")).main(),
            Head::new(t!(lang, "figure.score_full")).number().card_label(t!(lang, "figure.score_full")),
            Head::new(t!(lang, "figure.score_self")).number().card_label(t!(lang, "figure.score_self")),
            Head::new(t!(lang, "figure.score_reviewed")).number().card_label(t!(lang, "figure.score_reviewed")),
            Head::new(t!(lang, "figure.score_evidence")).number().card_label(t!(lang, "figure.score_evidence")),
            Head::new(t!(lang, "figure.score_proposed")).number().card_label(t!(lang, "figure.score_proposed")),
        ],
        groups: vec![Group { label: String::new(), rows: scale.criteria.iter().map(row).collect() }],
        ..Table::default()
    };
    let spoken = |marks: &HashMap<String, Mark>| marks.values().any(|mark| mark.points.is_some());
    html! {
        (table(lang, &table_of))
        div.pad.s.tight {
            @if spoken(&own) { p { (t!(lang, "figure.score_own_sum")) " " (sentence(lang, scale, &scale.total(&own))) } }
            @if spoken(&reviewed) {
                p { (t!(lang, "figure.score_reviewed_sum")) " " (sentence(lang, scale, &scale.total(&reviewed))) }
            }
        }
        @let barred = scale.total(&own).barred_by;
        @if !barred.is_empty() { (note(Tone::Warn, &html! { p { (t!(lang, "figure.score_barred", codes = barred.join(", "))) } })) }
    }
}

/// One mark as it is read.
pub(crate) fn told(lang: Lang, one: &Criterion, mark: Mark) -> String {
    if one.kind.is_condition() {
        return if mark.applies { t!(lang, "figure.score_applies") } else { String::new() };
    }
    match mark.points {
        _ if mark.none && one.optional => t!(lang, "figure.score_none"),
        Some(points) => decimal(points, PLACES),
        None => "–".to_owned(),
    }
}

/// How a total came about: `74 trên 85 điểm, quy đổi 87,06; thưởng 5; trừ 3; tổng 89,06 điểm.`
fn sentence(lang: Lang, scale: &Scale, outcome: &Outcome) -> String {
    let points = |n: i64| decimal(n, PLACES);
    let mut parts = vec![t!(lang, "figure.score_of", given = points(outcome.given), of = points(outcome.of))];
    if outcome.of != scale.full {
        parts.push(t!(lang, "figure.score_rescaled", points = points(outcome.rescaled), full = points(scale.full)));
    }
    if outcome.bonus > 0 {
        parts.push(t!(lang, "figure.score_bonus", points = points(outcome.bonus)));
    }
    if outcome.penalty > 0 {
        parts.push(t!(lang, "figure.score_penalty", points = points(outcome.penalty)));
    }
    if !outcome.capped_by.is_empty() {
        parts.push(t!(lang, "figure.score_capped", codes = outcome.capped_by.join(", ")));
    }
    parts.push(t!(lang, "figure.score_total", points = points(outcome.total)));
    parts.join("; ")
}

/// One sheet of a round.
pub(crate) struct Scored {
    pub(crate) sheet: Record,
    pub(crate) unit: Unit,
    pub(crate) own: HashMap<String, Mark>,
    pub(crate) reviewed: HashMap<String, Mark>,
}

impl Scored {
    pub(crate) fn amount(&self, field: &str) -> Option<i64> {
        amount(&self.sheet.document.fields, field)
    }

    pub(crate) fn is_ineligible(&self) -> bool {
        yes(&self.sheet.document.fields, "ineligible")
    }

    pub(crate) fn why_ineligible(&self) -> &str {
        text(&self.sheet.document.fields, "ineligible_reason").unwrap_or_default()
    }

    /// What places it in its cluster: the reviewed total, if it is to be graded.
    pub(crate) fn standing(&self) -> Option<i64> {
        self.amount("final_total").filter(|_| !self.is_ineligible())
    }
}

/// All sheets of one set and year, with the clusters that the set names.
pub(crate) struct Round {
    pub(crate) set: Record,
    pub(crate) scale: Scale,
    pub(crate) years: Vec<i16>,
    pub(crate) year: i16,
    pub(crate) clusters: Vec<(String, Vec<Unit>)>,
    pub(crate) scored: Vec<Scored>,
}

impl Round {
    /// The sheets of the year, the last one if none is asked for.
    pub(crate) async fn open(house: &House, set: Record, year: Option<i16>) -> Result<Self> {
        let mut tx = house.read().await?;
        let ids = store::linked_by(&mut tx, set.id, "criteria").await?;
        let sheets = store::find_many(&mut tx, &house.names, &ids).await?;
        drop(tx);
        let sheets: Vec<(i16, Record)> = sheets
            .into_iter()
            .filter(|sheet| !sheet.void)
            .filter_map(|sheet| year_of(&sheet).map(|year| (year, sheet)))
            .collect();
        let mut years: Vec<i16> = sheets.iter().map(|(year, _)| *year).collect();
        years.sort_unstable();
        years.dedup();
        let year = year.or_else(|| years.last().copied()).unwrap_or_else(|| set.day.year());
        let scored = sheets.into_iter().filter(|(of, _)| *of == year).map(|(_, sheet)| Scored {
            unit: scored_unit(&sheet),
            own: marks(&sheet.document, "self"),
            reviewed: marks(&sheet.document, "reviewed"),
            sheet,
        });
        let cluster = |row: &RowDoc| {
            let units = ["places", "bodies"].into_iter().filter_map(|name| row.fields.get(name)?.as_array());
            let units = units.flatten().filter_map(Json::as_i64).map(Unit).collect();
            Some((text(&row.fields, "name")?.to_owned(), units))
        };
        Ok(Self {
            scale: scale(&set),
            clusters: set.document.rows("cluster").iter().filter_map(cluster).collect(),
            scored: scored.collect(),
            years,
            year,
            set,
        })
    }

    pub(crate) fn unit_name(snapshot: &Snapshot, scored: &Scored) -> String {
        let named = text(&scored.sheet.document.fields, "unit_name").map(str::to_owned);
        named.unwrap_or_else(|| snapshot.tree.at(scored.sheet.day).name(scored.unit))
    }
}

/// Which years were scored by a set, each with its page.
async fn rounds(scene: Scene<'_>, lang: Lang, set: &Record) -> Result<Vec<Panel>> {
    let round = Round::open(scene.house, set.clone(), None).await?;
    if round.years.is_empty() && round.clusters.is_empty() {
        return Ok(Vec::new());
    }
    let years = if round.years.is_empty() { vec![round.year] } else { round.years };
    let body = html! {
        ul.pad.plain { @for year in years.iter().rev() {
            li { a href=(crate::pages::round_href(set.id, *year)) { (t!(lang, "figure.score_round", year = year.to_string())) } }
        } }
    };
    Ok(vec![Panel { id: "h-rounds".to_owned(), title: t!(lang, "figure.score_rounds"), body, aside: true }])
}
