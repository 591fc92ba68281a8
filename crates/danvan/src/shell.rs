//! The commands of the shell. What a command does is a room's function; here it is asked for and printed.

mod check;
mod figures;
mod house;
mod packs;
mod people;
mod sheets;
mod vaults;

use std::{fmt::Write as _, io::Write as _, process::ExitCode};

use db::{Place, Stop};
use jiff::Timestamp;
use kernel::{Lang, civil_day};
use serde_json::Value as Json;

use crate::{
    cli::{Cli, Command, PlaceArgs},
    demo, instance, serve,
};

/// What a command came to: something to print, and whether it found what it was looking for.
pub struct Said {
    pub text: String,
    pub json: Json,
    /// 1: a refusal, a rejected row, a finding.
    pub found_fault: bool,
}

impl Said {
    fn fine(text: impl Into<String>, json: Json) -> Self {
        Self { text: text.into(), json, found_fault: false }
    }
}

/// Runs a command: 0 on success, 1 on a refusal or a finding, 2 on bad usage (by the parser).
pub async fn run(cli: Cli) -> ExitCode {
    start_log(&cli.command);
    let json = cli.json;
    match dispatch(cli).await {
        Ok(said) => {
            if json {
                print(&format!("{:#}", said.json));
            } else if !said.text.is_empty() {
                print(said.text.trim_end());
            }
            if said.found_fault { ExitCode::from(1) } else { ExitCode::SUCCESS }
        }
        Err(stop) => {
            report(&stop, json);
            ExitCode::from(1)
        }
    }
}

/// What a command comes to, without printing it.
pub async fn dispatch(cli: Cli) -> db::Result<Said> {
    let now = (web::system_clock())();
    let place = place(&cli.place);
    match cli.command {
        Command::Demo { listen } => demo::run(&cli.place, &listen).await,
        Command::Serve { listen, tls, proxies } => serve::run(place, &listen, tls, proxies).await,
        Command::Init { units } => house::init(place, units.as_deref(), now).await,
        Command::Pack(command) => packs::run(command, place, now).await,
        Command::Units(command) => house::units(command, place, now).await,
        Command::Deadline { limit, from, facts, suspend, exclude } => {
            packs::deadline(&cli.place, &limit, &from, &facts, &suspend, &exclude, now).await
        }
        Command::Figures { recompute: true, .. } => figures::recompute(place, now).await,
        Command::Figures { unit, from, to, figures: ids, geography, .. } => {
            let asked = figures::Asked {
                unit: &unit.unwrap_or_default(),
                from: &from.unwrap_or_default(),
                to: &to.unwrap_or_default(),
                geography: &geography,
            };
            figures::figures(place, asked, &ids, now).await
        }
        Command::Targets { unit, period } => figures::targets(place, &unit, &period, now).await,
        Command::Verify => house::verify(place, now).await,
        Command::Backup { file } => house::backup(place, &file, now).await,
        Command::Restore { file } => house::restore(place, &file).await,
        Command::Import { register, file, unit, dry_run, all_or_nothing, errors } => {
            let order = sheets::Order {
                register: &register,
                file: &file,
                unit: &unit,
                dry_run,
                all_or_nothing,
                errors: errors.as_deref(),
            };
            sheets::import(place, order, now).await
        }
        Command::Export { register, out, unit } => sheets::export(place, &register, &out, unit.as_deref(), now).await,
        Command::Report { outline, unit, period, out } => {
            sheets::report(place, &outline, &unit, &period, &out, now).await
        }
        Command::CheckReport { file, unit, period } => check::report(place, &file, &unit, &period, now).await,
        Command::Form { form, unit, period, out } => {
            sheets::form(place, &form, &unit, &period, out.as_deref(), now).await
        }
        Command::User(command) => people::user(command, place, now).await,
        Command::Vault(command) => vaults::run(command, place, now).await,
        Command::Token { name } => people::token(place, &name, now).await,
        Command::ReadPdf => {
            reports::pdf::serve(std::io::stdin().lock(), std::io::stdout().lock())?;
            Ok(Said::fine("", Json::Null))
        }
    }
}

/// Where the instance is: `./danvan-data` unless said otherwise.
pub(crate) fn place(args: &PlaceArgs) -> Place {
    let data = args.data.clone().unwrap_or_else(|| "danvan-data".into());
    Place { data, database: args.database.clone() }
}

/// A reader may stop early (`danvan pack list | head`): what nobody reads need not be written.
fn print(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

fn report(stop: &Stop, json: bool) {
    match stop {
        Stop::Refused(refused) => {
            let says: Vec<String> = refused.0.iter().map(|refusal| web::say(Lang::Vi, refusal)).collect();
            if json {
                let list: Vec<Json> = refused
                    .0
                    .iter()
                    .zip(&says)
                    .map(|(refusal, say)| serde_json::json!({ "reason": refusal.key, "field": refusal.field, "text": say }))
                    .collect();
                print(&format!("{:#}", serde_json::json!({ "refused": list })));
            } else {
                for say in says {
                    eprintln!("{say}");
                }
            }
        }
        other => {
            let mut text = other.to_string();
            let mut source = std::error::Error::source(other);
            while let Some(error) = source {
                let _ = write!(text, ": {error}");
                source = error.source();
            }
            eprintln!("{text}");
        }
    }
}

fn start_log(command: &Command) {
    use tracing_subscriber::EnvFilter;
    let serving = matches!(command, Command::Demo { .. } | Command::Serve { .. });
    let default = if serving { "info,sqlx=warn" } else { "warn" };
    let filter = EnvFilter::try_from_env("DANVAN_LOG").unwrap_or_else(|_| EnvFilter::new(default));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start in one process (tests) keeps the first log.
    let _ = if std::io::IsTerminal::is_terminal(&std::io::stderr()) {
        log.compact().try_init()
    } else {
        log.json().try_init()
    };
}

/// The operator: named in the timeline by the system account, reads all but the vault.
pub(crate) fn operator(now: Timestamp) -> records::By {
    records::By { account: 0, seat: 0, now, today: civil_day(now), old_book: false }
}

pub(crate) async fn open(place: Place, now: Timestamp) -> db::Result<instance::Instance> {
    instance::open(place, now).await
}
