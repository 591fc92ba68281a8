//! Definitions and deadlines.

use std::fmt::Write as _;

use calendar::{Course, Window};
use db::{Place, Result, Stop};
use jiff::Timestamp;
use kernel::{Lang, Refusal, Refused, parse_day};
use pack::{
    Fault, Pack,
    change::{changed_figures, narrowing},
    source::{Layer, Source},
};
use serde_json::{Value as Json, json};

use super::{Said, open};
use crate::{
    cli::{PackCommand, PlaceArgs},
    instance, store,
};

pub(crate) async fn run(command: PackCommand, place: Place, now: Timestamp) -> Result<Said> {
    match command {
        PackCommand::Check { dir } => {
            let source = match &dir {
                None => Source::base(),
                Some(dir) => layered(Layer::read(dir)?),
            };
            let (_, faults) = Pack::read_with_faults(source);
            Ok(checked(&faults))
        }
        PackCommand::Schema => {
            let schema = pack::schema();
            Ok(Said::fine(format!("{schema:#}"), schema))
        }
        PackCommand::List => {
            let pack = if vault::Vault::file(&place.data).exists() {
                open(place, now).await?.house.now().pack.clone()
            } else {
                instance::base()?.into()
            };
            Ok(list(&pack))
        }
        PackCommand::Lay { dir } => lay(place, Layer::read(&dir)?, now).await,
        PackCommand::Views => {
            let house = open(place, now).await?.house;
            let views = records::views::make(&house).await?;
            Ok(Said::fine(format!("Đã tạo khung nhìn: {}.", views.join(", ")), json!({ "views": views })))
        }
    }
}

/// A directory with its own `pack.toml` stands alone; any other is laid upon the base.
fn layered(layer: Layer) -> Source {
    if layer.files.contains_key("pack.toml") { Source::alone(layer) } else { Source::base().with(layer) }
}

fn checked(faults: &[Fault]) -> Said {
    let lines: Vec<String> = faults
        .iter()
        .map(|fault| format!("{}:{}: {}", fault.file, fault.line, web::say(Lang::Vi, &fault.refusal)))
        .collect();
    let list: Vec<Json> = faults
        .iter()
        .zip(&lines)
        .map(|(fault, _)| json!({ "file": fault.file, "line": fault.line, "fault": fault.refusal.key, "text": web::say(Lang::Vi, &fault.refusal) }))
        .collect();
    let text = if faults.is_empty() { "Gói không có lỗi.".to_owned() } else { lines.join("\n") };
    Said { text, json: json!({ "faults": list }), found_fault: !faults.is_empty() }
}

fn list(pack: &Pack) -> Said {
    let mut text = String::from("Sổ\n");
    for register in pack.registers.values() {
        let _ = writeln!(text, "  {:<18} {}", register.id, register.label.vi);
    }
    text.push_str("Số liệu\n");
    let figures = pack.figure_names();
    for name in &figures {
        let label = pack.figure(name).map(|figure| figure.label().vi.clone()).unwrap_or_default();
        let _ = writeln!(text, "  {name:<34} {label}");
    }
    text.push_str("Chỉ tiêu\n");
    let mut targets = Vec::new();
    for programme in pack.programmes.values() {
        for target in &programme.targets {
            let id = format!("{}.{}", programme.id, target.id);
            let _ = writeln!(text, "  {id:<34} {}", target.label.vi);
            targets.push(id);
        }
    }
    let outlines: Vec<String> = pack.outlines.keys().cloned().collect();
    text.push_str("Đề cương\n");
    for id in &outlines {
        let _ = writeln!(text, "  {id}");
    }
    let registers: Vec<&String> = pack.registers.keys().collect();
    Said::fine(text, json!({ "registers": registers, "figures": figures, "targets": targets, "outlines": outlines }))
}

/// Checks an overlay against the base and against what records use, and puts it into the database.
async fn lay(place: Place, layer: Layer, now: Timestamp) -> Result<Said> {
    let house = open(place, now).await?.house;
    let old = house.now();
    let (new, faults) = Pack::read_with_faults(Source::base().with(layer.clone()));
    if !faults.is_empty() {
        return Ok(checked(&faults));
    }
    let mut refused = Refused::default();
    for loss in narrowing(&old.pack, &new) {
        let used = records::uses::of(&house, &loss).await?;
        if used > 0 {
            refused.push(loss.refusal().with("used", used));
        }
    }
    refused.settle().map_err(Stop::from)?;
    let changed = changed_figures(&old.pack, &new);
    let mut rebuilding = old.rebuilding.clone();
    for figure in &changed {
        if let Some(key) = old.figure_key(&figure.name) {
            rebuilding.insert(figure.name.clone(), key);
        }
    }
    let mut tx = house.db.begin().await?;
    store::set(&mut tx, store::OVERLAY, &serde_json::to_string(&[&layer])?).await?;
    store::set(&mut tx, store::REBUILDING, &serde_json::to_string(&rebuilding)?).await?;
    store::raise_generation(&mut tx).await?;
    let body = json!({ "files": layer.files.keys().collect::<Vec<_>>(), "changed_figures": changed.iter().map(|one| &one.name).collect::<Vec<_>>() });
    let about = timeline::Kind::Pack.of(0);
    let entry =
        timeline::Entry { about, act: "pack.lay", who: 0, seat: 0, at: now, on: None, body: body.clone(), cause: None };
    timeline::record(&mut tx, &house.ids, entry).await?;
    tx.commit().await?;
    house.renew(instance::load(&house.db).await?);
    let rebuilt = if changed.is_empty() { None } else { Some(figures::rebuild::all(&house).await?) };
    if rebuilt.is_some() {
        let mut tx = house.db.begin().await?;
        store::set(&mut tx, store::REBUILDING, "{}").await?;
        store::raise_generation(&mut tx).await?;
        tx.commit().await?;
    }
    let text = format!("Đã đặt lớp phủ: {} tệp, {} số liệu đổi định nghĩa.", layer.files.len(), changed.len());
    Ok(Said::fine(text, json!({ "laid": body, "rebuilt": rebuilt })))
}

/// The due date of a limit, with its derivation. Uses the pack of the instance if there is one here, else the base.
pub(crate) async fn deadline(
    args: &PlaceArgs,
    limit: &str,
    from: &str,
    facts: &[String],
    suspend: &[String],
    exclude: &[String],
    now: Timestamp,
) -> Result<Said> {
    let place = super::place(args);
    let named = args.data.is_some() || args.database.is_some();
    let pack = if named && vault::Vault::file(&place.data).exists() {
        open(place, now).await?.house.now().pack.clone()
    } else {
        instance::base()?.into()
    };
    let from = parse_day(from)?;
    let facts = pack.law.facts(facts)?;
    let mut suspensions = Vec::new();
    for text in suspend {
        let (a, b) =
            text.split_once("..").ok_or_else(|| Refusal::new("calendar.window_unreadable").with("value", text))?;
        let b = if b.trim().is_empty() { None } else { Some(parse_day(b)?) };
        suspensions.push((parse_day(a)?, b));
    }
    let exclusions =
        exclude.iter().map(|text| Window::parse(text)).collect::<std::result::Result<Vec<Window>, Refusal>>()?;
    let extensions = match facts.get("extensions") {
        Some(calendar::Value::Count(count)) => u16::try_from(*count).unwrap_or(0),
        _ => 0,
    };
    let course = Course { from, extensions, suspensions: &suspensions, exclusions: &exclusions };
    let due = pack.limit_due(limit, &facts, &course)?;
    let mut text = format!("{}\n", due.sentence(Lang::Vi));
    for line in due.lines(Lang::Vi) {
        let _ = writeln!(text, "  {:<24} {}", line.days, line.text);
    }
    Ok(Said::fine(text, serde_json::to_value(&due)?))
}
