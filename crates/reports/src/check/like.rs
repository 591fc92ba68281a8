//! Which figure of the system a figure of a text means: by what it counts, its label, its other names and its shape. Never by its value.

use std::collections::{HashMap, HashSet};

use pack::{AnyFigure, Pack, figure::Shape};

use crate::prose::{Found, Names, tokens};

/// Words that tell no figure from another.
const FILLERS: [&str; 33] = [
    "đã", "được", "các", "những", "và", "của", "trong", "kỳ", "cho", "có", "theo", "tỷ", "lệ", "số", "trên", "về",
    "với", "tại", "từ", "do", "là", "đang", "cả", "toàn", "năm", "thành", "phố", "tỉnh", "huyện", "từng", "ở", "bị",
    "lượt",
];

/// Below it nothing is meant.
const ENOUGH: f64 = 0.5;
/// Closer than this, two are alike.
const APART: f64 = 0.07;

struct Entry {
    figure: String,
    /// What may stand right after the number.
    heads: Vec<Vec<String>>,
    says: Vec<Vec<String>>,
    says_label: Vec<String>,
    label: Vec<Pair>,
    known: HashSet<String>,
    measure: Option<String>,
    /// x of y.
    share: bool,
    stock: bool,
    /// The first that its register counts: what the bare noun means.
    first: bool,
    /// `kind`, `periodic`, its words.
    choices: Vec<(String, String, Vec<Vec<String>>)>,
}

/// All figures of a pack, ready to be compared with.
pub(super) struct Likeness {
    entries: Vec<Entry>,
    weight: HashMap<Pair, f64>,
    /// How many figures count a noun.
    counted: HashMap<Vec<String>, usize>,
    pub(super) names: Names,
}

/// What a figure of a text may be.
#[derive(Clone, Debug)]
pub(super) struct Like {
    pub(super) figure: String,
    pub(super) score: f64,
    /// How much of its label the text holds.
    told: f64,
    /// The part of its breakdown that the text names.
    pub(super) part: Vec<(String, String)>,
    /// Words of the noun that the figure knows nothing of.
    pub(super) strange: usize,
}

/// Two words that stand beside each other.
type Pair = (String, String);

fn plain(text: &str) -> Vec<String> {
    let words = tokens(text).into_iter().filter(|token| token.is_word() && !FILLERS.contains(&token.low.as_str()));
    // With their marks: “cơ bản về tín ngưỡng” holds no “bản tin”.
    words.map(|token| token.low).collect()
}

fn pairs(words: &[String]) -> Vec<Pair> {
    match words {
        [one] => vec![(one.clone(), String::new())],
        _ => words.windows(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect(),
    }
}

fn holds(text: &[String], phrase: &[String]) -> bool {
    !phrase.is_empty() && text.windows(phrase.len()).any(|here| here == phrase)
}

fn parts(text: &str) -> Vec<Vec<String>> {
    let whole = plain(text);
    let mut parts: Vec<Vec<String>> = text.split(',').map(plain).filter(|part| !part.is_empty()).collect();
    parts.retain(|part| *part != whole);
    parts.insert(0, whole);
    parts.retain(|part| !part.is_empty());
    parts
}

/// What the figures of a pack count, and its measures.
pub(super) fn names(pack: &Pack) -> Names {
    let all = pack.figure_names();
    let nouns = all.iter().filter_map(|name| pack.figure(name)).flat_map(|figure| {
        let noun = figure.noun().map(|noun| noun.vi.as_str());
        let parts = noun.into_iter().flat_map(|noun| std::iter::once(noun).chain(noun.split(',')));
        parts.chain(figure.says().iter().map(String::as_str))
    });
    let measures = pack.measures.measures.iter().map(|measure| measure.label.vi.as_str());
    Names::new(nouns.map(str::trim), measures)
}

impl Likeness {
    pub(super) fn new(pack: &Pack) -> Self {
        let mut entries: Vec<Entry> = Vec::new();
        let mut seen: HashSet<&str> = HashSet::new();
        let all = pack.figure_names();
        for name in &all {
            let Some(figure) = pack.figure(name) else { continue };
            entries.push(entry(pack, name, figure, &mut seen));
        }
        let mut often: HashMap<Pair, usize> = HashMap::new();
        for entry in &entries {
            let own: HashSet<&Pair> = entry.label.iter().collect();
            for pair in own {
                *often.entry(pair.clone()).or_default() += 1;
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "some hundred figures")]
        let weight = |count: usize| (1.0 + entries.len() as f64 / count as f64).ln();
        let weight = often.iter().map(|(pair, count)| (pair.clone(), weight(*count))).collect();
        let mut counted: HashMap<Vec<String>, usize> = HashMap::new();
        for head in entries.iter().flat_map(|entry| &entry.heads) {
            *counted.entry(head.clone()).or_default() += 1;
        }
        Self { entries, weight, counted, names: self::names(pack) }
    }

    /// The figures that may be meant, the likeliest first; one alone when it is clear.
    pub(super) fn of(&self, found: &Found) -> Vec<Like> {
        let noun = plain(&found.noun);
        let mut near = noun.clone();
        near.extend(plain(&found.tail).into_iter().take(14));
        // "không để xảy ra": nothing came up; what stands around it is about something else.
        let none =
            found.value.is_some_and(|value| value.n == 0) && found.text.starts_with(|c: char| !c.is_ascii_digit());
        if none {
            near = noun.iter().cloned().chain(plain("phát sinh")).collect();
        }
        let lead = if none { Vec::new() } else { plain(&found.lead) };
        let sentence = if none { Vec::new() } else { plain(&found.sentence) };
        let near_pairs: HashSet<Pair> = pairs(&near).into_iter().collect();
        let lead_pairs: HashSet<Pair> = pairs(&lead).into_iter().chain(pairs(&sentence)).collect();
        let mut likes: Vec<Like> = Vec::new();
        for entry in &self.entries {
            let scored = self.score(entry, found, &noun, &near, (&near_pairs, &lead_pairs));
            let Some((score, told)) = scored else { continue };
            if score < ENOUGH {
                continue;
            }
            // A label said in full names the whole of it.
            let part = if noun == entry.says_label { Vec::new() } else { part(entry, found, &noun) };
            let worded = |word: &&String| !entry.known.contains(*word);
            let strange = noun.iter().filter(worded).count();
            likes.push(Like { figure: entry.figure.clone(), score, told, part, strange });
        }
        likes.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.figure.cmp(&b.figure)));
        let best = likes.first().map_or(0.0, |like| like.score);
        likes.retain(|like| like.score > best - APART);
        // Of those alike, the one of which the text says most.
        likes.sort_by(|a, b| b.told.total_cmp(&a.told).then_with(|| a.figure.cmp(&b.figure)));
        likes.truncate(6);
        likes
    }

    fn score(
        &self,
        entry: &Entry,
        found: &Found,
        noun: &[String],
        near: &[String],
        (near_pairs, far_pairs): (&HashSet<Pair>, &HashSet<Pair>),
    ) -> Option<(f64, f64)> {
        let said = entry.says.iter().filter(|says| holds(near, says)).map(Vec::len).max();
        let head = entry.heads.iter().filter(|head| noun.starts_with(head)).map(Vec::len).max();
        let measured = entry.measure.is_some() && entry.measure == found.measure;
        let percent = found.percent.is_some() && found.value.is_none();
        let cell = found.cell.is_some();
        if !(said.is_some() || head.is_some() || measured || (percent && entry.share) || cell) {
            return None;
        }
        // A share is no count of one thing, nor a count a share.
        if (percent || found.of.is_some()) && !entry.share && !(percent && entry.measure.as_deref() == Some("%")) {
            return None;
        }
        let weigh = |pair: &Pair| self.weight.get(pair).copied().unwrap_or(1.0);
        let whole: f64 = entry.label.iter().map(weigh).sum();
        let held: f64 = entry
            .label
            .iter()
            .map(|pair| match (near_pairs.contains(pair), far_pairs.contains(pair)) {
                (true, _) => weigh(pair),
                (false, true) => 0.7 * weigh(pair),
                _ => 0.0,
            })
            .sum();
        let told = if whole > 0.0 { held / whole } else { 0.0 };
        #[expect(clippy::cast_precision_loss, reason = "a few words")]
        let words = |count: usize| (count.min(4)) as f64 * 0.09;
        let mut score = told + head.map_or(0.0, words);
        score += said.map_or(0.0, |count| 0.45 + words(count));
        score += if entry.first && head.is_some() { 0.22 } else { 0.0 };
        // A noun that few figures count says nearly all.
        let matched = entry.heads.iter().filter(|head| noun.starts_with(head)).max_by_key(|head| head.len());
        score += match matched.and_then(|head| self.counted.get(head)) {
            Some(1) => 0.4,
            Some(2) => 0.2,
            _ => 0.0,
        };
        score += if measured && entry.heads.is_empty() { 0.2 } else { 0.0 };
        // Alone, a count is a count before it is the upper part of a share.
        score -= if entry.share && found.of.is_none() && !percent { 0.2 } else { 0.0 };
        score -= if entry.stock && !entry.share { 0.05 } else { 0.0 };
        if (percent || cell) && head.is_none() && said.is_none() && told < 0.6 {
            return None;
        }
        Some((score, held))
    }
}

fn entry<'p>(pack: &'p Pack, name: &str, figure: AnyFigure<'p>, seen: &mut HashSet<&'p str>) -> Entry {
    let label = plain(&figure.label().vi);
    let noun = figure.noun().map(|noun| noun.vi.as_str()).unwrap_or_default();
    let says: Vec<Vec<String>> = figure.says().iter().map(|says| plain(says)).collect();
    let mut known: HashSet<String> =
        label.iter().cloned().chain(plain(noun)).chain(says.iter().flatten().cloned()).collect();
    let mut entry = Entry {
        figure: name.to_owned(),
        heads: parts(noun),
        says,
        label: pairs(&label),
        says_label: label,
        known: HashSet::new(),
        measure: None,
        share: false,
        stock: false,
        first: false,
        choices: Vec::new(),
    };
    match figure {
        AnyFigure::Derived(derived) => entry.share = derived.formula.is_none(),
        AnyFigure::Counted(register, counted) => {
            let field = counted.sum.as_ref().or(counted.reading.as_ref()).and_then(|path| register.any_field(path));
            let measure = field.and_then(|field| field.measure.as_ref()).and_then(|id| pack.measures.find(id));
            entry.measure = measure.map(|measure| measure.label.vi.clone());
            entry.stock = counted.shape() == Shape::Stock;
            entry.first = counted.shape() == Shape::Flow && counted.only.is_none() && seen.insert(register.id.as_str());
            known.extend(plain(&register.noun.vi).into_iter().chain(plain(&register.label.vi)));
            for by in &counted.by {
                for choice in register.any_field(by).map(|field| field.choices.as_slice()).unwrap_or_default() {
                    let words = parts(&choice.vi);
                    known.extend(words.iter().flatten().cloned());
                    // What the noun says of all of them tells none.
                    let telling = !words.iter().any(|words| holds(&plain(noun), words));
                    if telling {
                        entry.choices.push((by.clone(), choice.id.clone(), words));
                    }
                }
            }
        }
    }
    entry.known = known;
    entry
}

/// The one choice of a breakdown that the noun names.
fn part(entry: &Entry, found: &Found, noun: &[String]) -> Vec<(String, String)> {
    // "chuyên đề, định kỳ, đột xuất": all are named, so none is.
    let mut text = noun.to_vec();
    text.extend(plain(&found.tail).into_iter().take(6));
    let mut named: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut in_noun: HashSet<&str> = HashSet::new();
    for (by, choice, words) in &entry.choices {
        if words.iter().any(|words| holds(&text, words)) {
            named.entry(by).or_default().push(choice);
        }
        // "52 cuộc đối thoại theo chuyên đề": right behind it is with it, unless it is added ("tờ gấp, bản tin").
        let tail = found.tail.trim_start();
        let added = tail.starts_with("và ") || !tail.starts_with(char::is_alphabetic);
        let behind = |words: &Vec<String>| !added && !words.is_empty() && text[noun.len()..].starts_with(words);
        if words.iter().any(|words| holds(noun, words) || behind(words)) {
            in_noun.insert(by);
        }
    }
    let mut part: Vec<(String, String)> = named
        .into_iter()
        .filter(|(by, choices)| choices.len() == 1 && in_noun.contains(by))
        .map(|(by, choices)| (by.to_owned(), choices[0].to_owned()))
        .collect();
    part.sort();
    part.truncate(1);
    part
}
