//! From text to a pack that the code works on: parsed once, every expression compiled, every figure given its key.

use std::collections::{BTreeMap, HashMap};

use calendar::{Holidays, Law};
use indexmap::IndexMap;
use kernel::{Label, Refusal};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use toml::{Table, Value};

use crate::{
    check,
    decision::{Competence, Decision, DecisionFile},
    duty::{Duty, DutyFile, Yearly},
    expression::Expression,
    fault::{Fault, Faults},
    figure::{Derived, DerivedFile, Figure, Shape},
    form::Form,
    formula::Formula,
    outline::{Outline, Piece},
    paper::{Paper, Phrase, Span},
    programme::{Programme, Target},
    register::Register,
    sentence::reason,
    source::Source,
    vocabulary::{About, Measures, Topics},
};

/// A whole pack, checked.
#[derive(Debug, Default)]
pub struct Pack {
    pub source: Source,
    pub about: About,
    pub registers: IndexMap<String, Register>,
    pub derived: IndexMap<String, Derived>,
    pub programmes: IndexMap<String, Programme>,
    /// What classification proposes, in the order of the table.
    pub decisions: Vec<Decision>,
    /// Who is competent, in order.
    pub competences: Vec<Competence>,
    /// Duties of heads, by file.
    pub duties: IndexMap<String, Vec<Duty>>,
    /// What bodies keep each year, by file.
    pub yearly: IndexMap<String, Vec<Yearly>>,
    pub outlines: IndexMap<String, Outline>,
    /// What several outlines share, by the name of its file.
    pub(crate) outline_parts: IndexMap<String, Vec<Piece>>,
    pub papers: IndexMap<String, Paper>,
    pub phrases: Vec<Phrase>,
    pub forms: IndexMap<String, Form>,
    /// The parts of the texts of forms' columns.
    pub(crate) texts: HashMap<String, Vec<Span>>,
    pub topics: Topics,
    pub measures: Measures,
    /// Ids of levels, kinds of place, kinds of body and posts (`kinds.toml`), by list.
    pub kinds: BTreeMap<String, Vec<String>>,
    pub law: Law,
    pub holidays: Holidays,
    pub(crate) expressions: HashMap<String, Expression>,
    pub(crate) formulas: HashMap<String, Formula>,
    keys: HashMap<String, String>,
}

/// A figure of either sort, by its whole name.
#[derive(Clone, Copy, Debug)]
pub enum AnyFigure<'a> {
    Counted(&'a Register, &'a Figure),
    Derived(&'a Derived),
}

impl<'a> AnyFigure<'a> {
    pub fn label(self) -> &'a Label {
        match self {
            AnyFigure::Counted(_, figure) => &figure.label,
            AnyFigure::Derived(figure) => &figure.label,
        }
    }

    /// What it counts; nothing for a sum with a measure.
    pub fn noun(self) -> Option<&'a Label> {
        match self {
            AnyFigure::Counted(register, figure) => {
                let own = if figure.count.as_deref() == Some("records") || figure.overdue.is_some() {
                    Some(&register.noun)
                } else {
                    figure
                        .rows()
                        .and_then(|rows| register.rows(rows))
                        .map(|rows| &rows.noun)
                        .filter(|_| figure.count.is_some())
                };
                figure.noun.as_ref().or(own)
            }
            AnyFigure::Derived(figure) => figure.noun.as_ref(),
        }
    }

    /// How reports in prose also call what it counts.
    pub fn says(self) -> &'a [String] {
        match self {
            AnyFigure::Counted(_, figure) => &figure.says,
            AnyFigure::Derived(figure) => &figure.says,
        }
    }
}

impl Pack {
    /// The pack inside the binary. Its tests prove that it reads.
    pub fn base() -> Result<Self, Vec<Fault>> {
        Self::read(Source::base())
    }

    /// Reads and checks a pack; any fault refuses the whole.
    pub fn read(source: Source) -> Result<Self, Vec<Fault>> {
        let (pack, faults) = Self::read_with_faults(source);
        if faults.is_empty() { Ok(pack) } else { Err(faults) }
    }

    /// What could be read, and everything that is wrong with it.
    pub fn read_with_faults(source: Source) -> (Self, Vec<Fault>) {
        let mut faults = Faults { source: &source, found: Vec::new() };
        let mut pack = Self {
            about: parse(&source, "pack.toml", &mut faults).unwrap_or_default(),
            topics: parse(&source, "topics.toml", &mut faults).unwrap_or_default(),
            measures: parse(&source, "measures.toml", &mut faults).unwrap_or_default(),
            kinds: kinds(&source.table("kinds.toml", &mut faults.found)),
            ..Self::default()
        };
        for path in source.paths("registers", ".toml") {
            if let Some(register) = parse::<Register>(&source, &path, &mut faults)
                && faults.named_as_its_file(&path, &register.id)
            {
                pack.registers.insert(register.id.clone(), register);
            }
        }
        pack.registers.sort_by(|_, a, _, b| a.order.cmp(&b.order).then_with(|| a.id.cmp(&b.id)));
        let mut files = HashMap::new();
        for path in source.paths("figures", ".toml") {
            let figures = parse::<DerivedFile>(&source, &path, &mut faults).unwrap_or_default().figures;
            for (number, figure) in figures.into_iter().enumerate() {
                if files.insert(figure.id.clone(), path.clone()).is_some() {
                    let place = ["figure", &number.to_string()];
                    faults.at(&path, &place, Refusal::new("pack.twice").with("id", &figure.id));
                }
                pack.derived.insert(figure.id.clone(), figure);
            }
        }
        for path in source.paths("programmes", ".toml") {
            if let Some(programme) = parse::<Programme>(&source, &path, &mut faults)
                && faults.named_as_its_file(&path, &programme.id)
            {
                pack.programmes.insert(programme.id.clone(), programme);
            }
        }
        for path in source.paths("decisions", ".toml") {
            let file = parse::<DecisionFile>(&source, &path, &mut faults).unwrap_or_default();
            pack.decisions.extend(file.rows.into_iter().filter(|row| !row.drop));
            pack.competences.extend(file.competences.into_iter().filter(|row| !row.drop));
        }
        for path in source.paths("duties", ".toml") {
            let file = path.trim_start_matches("duties/").trim_end_matches(".toml").to_owned();
            let DutyFile { mut duties, mut yearly } =
                parse::<DutyFile>(&source, &path, &mut faults).unwrap_or_default();
            duties.retain(|duty| !duty.drop);
            yearly.retain(|one| !one.drop);
            pack.yearly.insert(file.clone(), yearly);
            pack.duties.insert(file, duties);
        }
        pack.read_law(&mut faults);
        pack.read_outlines(&mut faults);
        pack.read_papers(&mut faults);
        pack.read_forms(&mut faults);
        pack.compile(&files, &mut faults);
        check::all(&pack, &files, &mut faults);
        pack.give_keys();
        let mut found = faults.found;
        found.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        found.dedup();
        pack.source = source;
        (pack, found)
    }

    fn compile(&mut self, files: &HashMap<String, String>, faults: &mut Faults<'_>) {
        for register in self.registers.values() {
            let path = format!("registers/{}.toml", register.id);
            for expression in check::expressions(register) {
                match Expression::compile(expression.text) {
                    Ok(compiled) => {
                        self.expressions.insert(expression.text.to_owned(), compiled);
                    }
                    Err(refusal) => faults.at(&path, &expression.at(), refusal),
                }
            }
        }
        for paper in self.papers.values() {
            let path = format!("papers/{}.md", paper.head.id);
            paper.conditions(&mut |when, line, _| match Expression::compile(when) {
                Ok(compiled) => {
                    self.expressions.insert(when.to_owned(), compiled);
                }
                Err(refusal) => faults.found.push(Fault { file: faults.source.file(&path), line, refusal }),
            });
        }
        let rows = self.decisions.iter().map(|row| ("classification", "row", &row.id, &row.when));
        let rows = rows.chain(self.competences.iter().map(|row| ("competence", "competence", &row.id, &row.when)));
        for (file, list, id, when) in rows {
            match Expression::compile(when) {
                Ok(compiled) => {
                    self.expressions.insert(when.clone(), compiled);
                }
                Err(refusal) => faults.at(&format!("decisions/{file}.toml"), &[list, id, "when"], refusal),
            }
        }
        for (_, condition) in self.law.conditions() {
            if let Ok(compiled) = Expression::compile(condition) {
                self.expressions.insert(condition.to_owned(), compiled);
            }
        }
        for figure in self.derived.values() {
            let path = files.get(&figure.id).map_or("figures", String::as_str);
            for text in figure.texts() {
                match Formula::read(text) {
                    Ok(formula) => {
                        self.formulas.insert(text.to_owned(), formula);
                    }
                    Err(refusal) => faults.at(path, &["figure", &figure.id], refusal),
                }
            }
        }
        for programme in self.programmes.values() {
            let path = format!("programmes/{}.toml", programme.id);
            for (target, text) in programme
                .targets
                .iter()
                .flat_map(|target| target.scopes().map(move |scope| (target, scope)))
                .filter_map(|(target, scope)| Some((target, scope.only.as_ref()?)))
            {
                match Formula::read(text) {
                    Ok(formula) => {
                        self.formulas.insert(text.to_owned(), formula);
                    }
                    Err(refusal) => faults.at(&path, &["target", &target.id], refusal),
                }
            }
        }
    }

    fn give_keys(&mut self) {
        for register in self.registers.values() {
            for figure in &register.figures {
                let hash = short_hash(&self.meaning(register, figure));
                let name = format!("{}.{}", register.id, figure.id);
                self.keys.insert(name.clone(), format!("{name}@{hash}"));
            }
        }
    }

    /// All that decides which facts a figure makes of a record. What it is called is no part of it.
    fn meaning(&self, register: &Register, figure: &Figure) -> String {
        let moments = [&figure.day, &figure.since, &figure.from, &figure.to, &figure.through];
        let mut parts: Vec<String> =
            [&figure.count, &figure.sum, &figure.reading, &figure.overdue, &figure.unit, &figure.subject, &figure.only]
                .into_iter()
                .chain(moments)
                .map(|part| format!("{part:?}"))
                .collect();
        parts.extend(figure.by.iter().cloned());
        // A word counts as another; an amount is kept in the smallest step of its measure.
        let by = figure.by.iter().filter_map(|by| register.any_field(by)).flat_map(|field| &field.choices);
        parts.extend(by.filter_map(|choice| Some(format!("{}={}", choice.id, choice.counts_as.as_ref()?))));
        let amount = figure.sum.iter().chain(&figure.reading).filter_map(|path| register.any_field(path));
        let measures = amount.filter_map(|field| self.measures.find(field.measure.as_ref()?));
        parts.extend(measures.map(|measure| format!("{}/{}", measure.id, measure.places)));
        if figure.shape() != Shape::Stock && figure.day.is_none()
            || moments.iter().any(|one| one.as_deref() == Some("day"))
        {
            parts.push(format!("{} {:?}", register.day, register.planned));
        }
        if moments.iter().any(|one| one.as_deref() == Some("end")) {
            parts.extend(register.states.iter().filter(|state| state.last).map(|state| state.id.clone()));
        }
        parts.join("\n")
    }

    pub fn register(&self, id: &str) -> Option<&Register> {
        self.registers.get(id)
    }

    /// A figure by its whole name: `dialogue.held`, or a derived one's id.
    pub fn figure(&self, name: &str) -> Option<AnyFigure<'_>> {
        if let Some(derived) = self.derived.get(name) {
            return Some(AnyFigure::Derived(derived));
        }
        let (register, figure) = name.split_once('.')?;
        let register = self.registers.get(register)?;
        register.figure(figure).map(|figure| AnyFigure::Counted(register, figure))
    }

    /// Whole names of all figures, counted ones first, in the order of the pack.
    pub fn figure_names(&self) -> Vec<String> {
        let counted = self
            .registers
            .values()
            .flat_map(|register| register.figures.iter().map(move |figure| format!("{}.{}", register.id, figure.id)));
        counted.chain(self.derived.keys().cloned()).collect()
    }

    /// The internal id of a counted figure under its present definition: name and hash.
    pub fn figure_key(&self, name: &str) -> Option<String> {
        self.keys.get(name).cloned()
    }

    pub(crate) fn key_of(&self, register: &str, figure: &Figure) -> String {
        self.keys.get(&format!("{register}.{}", figure.id)).cloned().unwrap_or_default()
    }

    /// All keys of counted figures.
    pub fn figure_keys(&self) -> impl Iterator<Item = (&str, &str)> {
        self.keys.iter().map(|(name, key)| (name.as_str(), key.as_str()))
    }

    /// The hash of all counted figures' definitions: a ledger written by another one must be rebuilt.
    pub fn figures_hash(&self) -> String {
        let mut keys: Vec<&str> = self.keys.values().map(String::as_str).collect();
        keys.sort_unstable();
        short_hash(&keys.join("\n"))
    }

    pub fn shape(&self, name: &str) -> Option<Shape> {
        match self.figure(name)? {
            AnyFigure::Counted(_, figure) => Some(figure.shape()),
            AnyFigure::Derived(_) => None,
        }
    }

    /// A compiled expression of a register, by its text.
    pub fn expression(&self, text: &str) -> Option<&Expression> {
        self.expressions.get(text)
    }

    /// A formula of a derived figure or scope, by its text.
    pub fn formula(&self, text: &str) -> Option<&Formula> {
        self.formulas.get(text)
    }

    /// A target by `programme.target`.
    pub fn target(&self, name: &str) -> Option<(&Programme, &Target)> {
        let (programme, target) = name.split_once('.')?;
        let programme = self.programmes.get(programme)?;
        programme.targets.iter().find(|one| one.id == target).map(|target| (programme, target))
    }

    /// The hash of a register's definition, kept with each record saved under it.
    pub fn register_hash(&self, id: &str) -> String {
        self.registers
            .get(id)
            .and_then(|register| serde_json::to_string(register).ok())
            .map(|text| short_hash(&text))
            .unwrap_or_default()
    }
}

/// A merged file as a type; what does not fit is a fault at its element.
pub(crate) fn parse<T: DeserializeOwned>(source: &Source, path: &str, faults: &mut Faults<'_>) -> Option<T> {
    let table = source.table(path, &mut faults.found);
    if table.is_empty() {
        return None;
    }
    match serde_path_to_error::deserialize::<_, T>(Value::Table(table.clone())) {
        Ok(value) => Some(value),
        Err(error) => {
            let at = element_path(&Value::Table(table), &error.path().to_string());
            let at: Vec<&str> = at.iter().map(String::as_str).collect();
            let refusal = Refusal::new("pack.does_not_fit").with("at", error.path()).with("reason", reason(&error));
            faults.at(path, &at, refusal);
            None
        }
    }
}

/// `field[2].type` → `["field", "kind", "type"]`: places in merged lists become the ids that the files know.
fn element_path(root: &Value, path: &str) -> Vec<String> {
    let mut current = Some(root);
    let mut at = Vec::new();
    for step in
        path.split(['.', '[']).map(|step| step.trim_end_matches(']')).filter(|step| !step.is_empty() && *step != "?")
    {
        if let (Some(Value::Array(list)), Ok(place)) = (current, step.parse::<usize>()) {
            current = list.get(place);
            let id = current.and_then(|one| one.get("id")).and_then(Value::as_str);
            at.push(id.map_or_else(|| step.to_owned(), str::to_owned));
        } else {
            current = current.and_then(|value| value.get(step));
            at.push(step.to_owned());
        }
    }
    at
}

fn kinds(table: &Table) -> BTreeMap<String, Vec<String>> {
    let lists = table.iter().filter_map(|(key, value)| Some((key, value.as_array()?)));
    lists
        .map(|(key, list)| {
            (key.clone(), list.iter().filter_map(|one| one.get("id")?.as_str()).map(str::to_owned).collect())
        })
        .collect()
}

fn short_hash(text: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(text.as_bytes())[..6])
}
