//! Figures and targets.

use std::fmt::Write as _;

use std::sync::Arc;

use calendar::{Period, Window};
use db::{Place, Result};
use figures::{Ask, Held, shell};
use jiff::Timestamp;
use kernel::{Lang, civil_day, parse_day};
use records::{House, value::Directory};
use serde_json::json;
use units::Geography;
use web::t;

use super::{Said, open};

pub(crate) struct Asked<'a> {
    pub(crate) unit: &'a str,
    pub(crate) from: &'a str,
    pub(crate) to: &'a str,
    pub(crate) geography: &'a str,
}

pub(crate) async fn figures(place: Place, asked: Asked<'_>, ids: &[String], now: Timestamp) -> Result<Said> {
    let instance = open(place, now).await?;
    let (house, snapshot) = (&instance.house, instance.house.reading());
    let window = Window::new(parse_day(asked.from)?, parse_day(asked.to)?)?;
    let geography = Geography::parse(asked.geography, civil_day(now))?;
    let unit = snapshot.tree.find(asked.unit, window.to)?;
    let ask = Ask { geography, ..Ask::of(unit, window) };
    let mut tx = house.read().await?;
    let posts = heads(house).await?;
    let names = if ids.is_empty() { snapshot.pack.figure_names() } else { ids.to_vec() };
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let values = figures::read_all(&mut tx, house, &snapshot, &posts, ask, &names).await?;
    let (from, to) = (kernel::show_day(window.from), kernel::show_day(window.to));
    let mut text = t!(Lang::Vi, "shell.window", unit = snapshot.name(unit.0, window.to), from = from, to = to);
    text.push('\n');
    for value in &values {
        let percent = value.percent_shown().map(|percent| format!(" ({percent})")).unwrap_or_default();
        let silent = if value.silent > 0 {
            format!(" · {}", t!(Lang::Vi, "shell.silent", count = value.silent))
        } else {
            String::new()
        };
        let _ = writeln!(text, "  {:<34} {}{percent}{silent}", value.id, value.shown);
    }
    let json = shell::figures_json(&snapshot, ask, &shell::geography_word(geography), &values);
    Ok(Said::fine(text, json))
}

pub(crate) async fn targets(place: Place, unit: &str, period: &str, now: Timestamp) -> Result<Said> {
    let instance = open(place, now).await?;
    let (house, snapshot) = (&instance.house, instance.house.reading());
    let period: Period = period.parse()?;
    let unit = snapshot.tree.find(unit, period.window().to)?;
    let ask = Ask::of(unit, period.window());
    let mut tx = house.read().await?;
    let posts = heads(house).await?;
    let found = figures::targets(&mut tx, house, &snapshot, &posts, ask).await?;
    let mut text = format!("{}, {}\n", snapshot.name(unit.0, ask.window.to), period.label().vi);
    for target in &found {
        let _ = writeln!(text, "  {:<10} {:<12} {}", shell::standing_word(target.state), target.shown, target.label.vi);
        for missing in target.missing.iter().take(20) {
            let (name, code) = (snapshot.name(missing.0, ask.window.to), snapshot.code(missing.0, ask.window.to));
            let _ = writeln!(text, "             {}", t!(Lang::Vi, "shell.missing", unit = name, code = code));
        }
    }
    Ok(Said::fine(text, shell::targets_json(&snapshot, ask, period, &found)))
}

/// Who held which post, as coverage asks.
pub(crate) async fn heads(house: &Arc<House>) -> Result<Held> {
    Ok(Held { posts: Arc::new(people::PostBook::open(&house.db).await?), house: house.clone() })
}

/// Rebuilds the evidence of every record: a difference is a fault of the program, and is mended.
pub(crate) async fn recompute(place: Place, now: Timestamp) -> Result<Said> {
    let house = open(place, now).await?.house;
    let rebuilt = figures::rebuild::all(&house).await?;
    let text = t!(Lang::Vi, "shell.rebuilt", count = rebuilt.records, changed = rebuilt.changed);
    Ok(Said { text, json: json!(rebuilt), found_fault: rebuilt.changed > 0 })
}
