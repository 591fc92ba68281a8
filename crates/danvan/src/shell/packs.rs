//! Definitions and deadlines.

use std::{fmt::Write as _, sync::Arc};

use calendar::{Course, Window};
use db::{Place, Result};
use jiff::Timestamp;
use kernel::{Lang, Refusal, parse_day};
use pack::{
    Fault, Pack,
    source::{Layer, Source},
};
use records::House;
use serde_json::{Value as Json, json};
use web::t;

use super::{Said, open};
use crate::{
    cli::{PackCommand, PlaceArgs},
    instance, lay,
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
            Ok(Said::fine(t!(Lang::Vi, "shell.views", views = views.join(", ")), json!({ "views": views })))
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
    let text = if faults.is_empty() { t!(Lang::Vi, "shell.no_fault") } else { lines.join("\n") };
    Said { text, json: json!({ "faults": list }), found_fault: !faults.is_empty() }
}

fn list(pack: &Pack) -> Said {
    let mut text = String::new();
    let head = |text: &mut String, key: &str| {
        text.push_str(&web::words(Lang::Vi, key, &[]));
        text.push('\n');
    };
    head(&mut text, "shell.registers");
    for register in pack.registers.values() {
        let _ = writeln!(text, "  {:<18} {}", register.id, register.label.vi);
    }
    head(&mut text, "shell.figures");
    let figures = pack.figure_names();
    for name in &figures {
        let label = pack.figure(name).map(|figure| figure.label().vi.clone()).unwrap_or_default();
        let _ = writeln!(text, "  {name:<34} {label}");
    }
    head(&mut text, "shell.targets");
    let mut targets = Vec::new();
    for programme in pack.programmes.values() {
        for target in &programme.targets {
            let id = format!("{}.{}", programme.id, target.id);
            let _ = writeln!(text, "  {id:<34} {}", target.label.vi);
            targets.push(id);
        }
    }
    let outlines: Vec<String> = pack.outlines.keys().cloned().collect();
    head(&mut text, "shell.outlines");
    for id in &outlines {
        let _ = writeln!(text, "  {id}");
    }
    // For people in the order of the menu, for programs in that of the ids.
    let mut registers: Vec<&String> = pack.registers.keys().collect();
    let mut figures = figures;
    registers.sort_unstable();
    figures.sort_unstable();
    targets.sort_unstable();
    Said::fine(text, json!({ "registers": registers, "figures": figures, "targets": targets, "outlines": outlines }))
}

/// Checks an overlay against the base and against what records use, and puts it into the database.
async fn lay(place: Place, layer: Layer, now: Timestamp) -> Result<Said> {
    let house = open(place, now).await?.house;
    let files: Vec<String> = layer.files.keys().cloned().collect();
    let laid = match lay::lay(&house, layer, now).await? {
        Ok(laid) => laid,
        Err(faults) => return Ok(checked(&faults)),
    };
    let rebuilt = match laid.job {
        Some(job) => seen_through(&house, job).await?,
        None => None,
    };
    let text = t!(Lang::Vi, "shell.laid", files = files.len(), figures = laid.changed.len());
    let body = json!({ "files": files, "changed_figures": laid.changed });
    Ok(Said::fine(text, json!({ "laid": body, "rebuilt": rebuilt })))
}

/// Waits for the rebuilding, with a bar on the terminal; a server of the same instance may be the one that does it. Interrupted, it goes
/// on with the next command or server.
async fn seen_through(house: &Arc<House>, job: i64) -> Result<Option<Json>> {
    let jobs = jobs::Jobs::new().with(lay::JOB, Arc::new(lay::Rebuild { house: house.clone() }));
    let bar = indicatif::ProgressBar::new(0);
    let done = jobs::see_through(&house.db, Arc::new(jobs), web::system_clock(), job, |job| {
        bar.set_length(job.total.max(0).cast_unsigned());
        bar.set_position(job.done.max(0).cast_unsigned());
    })
    .await?;
    bar.finish_and_clear();
    if done.state == jobs::State::Failed {
        return Err(Refusal::new("shell.rebuild_failed").with("job", kernel::Id(job)).into());
    }
    Ok(done.result)
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
