//! The sealed intake by the shell: keys, the file that is carried over, the way into the book, the escrow. Nothing of an identity is printed.

use std::{
    fs::{self, OpenOptions},
    io::{BufRead as _, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

use db::{Place, Result, Stop};
use jiff::Timestamp;
use kernel::{Lang, Refusal, civil_day, show_day};
use records::{House, act, act::New, fill::Input};
use serde_json::json;
use vault::Letter;
use web::t;

use super::{Said, open, operator};
use crate::cli::{PassphraseArgs, VaultCommand};

/// Whose book and which register a letter of the intake goes into.
const REGISTER: &str = "denunciation";

pub(crate) async fn run(command: VaultCommand, place: Place, now: Timestamp) -> Result<Said> {
    let house = open(place, now).await?.house;
    match command {
        VaultCommand::Keygen { out, passphrase } => keygen(&house, &out, &passphrase, now).await,
        VaultCommand::Export { file } => export(&house, &file, now).await,
        VaultCommand::Import { file, decision, from, passphrase } => {
            let text = read(&file)?;
            if text.starts_with("danvan intake key ") {
                accept(&house, &text, decision.as_deref().unwrap_or_default(), now).await
            } else if text.starts_with("danvan intake bundle ") {
                import(&house, &text, from.as_deref(), &passphrase, now).await
            } else {
                Err(Refusal::new("vault.neither_key_nor_bundle").with("file", file.display()).into())
            }
        }
        VaultCommand::Open { reference: None, .. } => waiting(&house).await,
        VaultCommand::Open { reference: Some(reference), unit, passphrase } => {
            enter(&house, &reference, unit.as_deref().unwrap_or_default(), &passphrase, now).await
        }
        VaultCommand::Escrow { need, shares } => escrow(&house, need, shares, now).await,
        VaultCommand::Recover { shares, to } => recover(&house, &shares, &to, now).await,
    }
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).map_err(|_| Refusal::new("vault.no_such_file").with("file", file.display()).into())
}

/// Never over a file that is there, and for its owner only.
fn write(file: &Path, text: &str) -> Result<()> {
    let refuse = |_| Stop::from(Refusal::new("vault.file_there").with("file", file.display()));
    let mut new = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file).map_err(refuse)?;
    new.write_all(text.as_bytes())?;
    Ok(new.sync_all()?)
}

/// From a file or from standard input, never from the command line, where others see it.
fn passphrase(args: &PassphraseArgs) -> Result<String> {
    let text = match &args.passphrase_file {
        Some(file) => read(file)?,
        None => {
            let mut line = String::new();
            std::io::stdin().lock().read_line(&mut line)?;
            line
        }
    };
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

async fn keygen(house: &House, out: &Path, args: &PassphraseArgs, now: Timestamp) -> Result<Said> {
    let passphrase = passphrase(args)?;
    let mut tx = house.db.begin().await?;
    let (public, file) = house.vault.intake_keygen(&mut tx, &house.ids, &passphrase, now).await?;
    write(out, &file)?;
    tx.commit().await?;
    let text = format!(
        "{}\n{}",
        t!(Lang::Vi, "shell.vault_key_made", file = out.display().to_string(), mark = public.mark()),
        t!(Lang::Vi, "vault.intake_undecided")
    );
    Ok(Said::fine(text, json!({ "file": out, "mark": public.mark() })))
}

async fn accept(house: &House, file: &str, decision: &str, now: Timestamp) -> Result<Said> {
    let mut tx = house.db.begin().await?;
    let public = house.vault.intake_accept_key(&mut tx, &house.ids, file, decision, now).await?;
    tx.commit().await?;
    let text = format!(
        "{}\n{}\n{}",
        t!(Lang::Vi, "shell.vault_key_taken", mark = public.mark()),
        t!(Lang::Vi, "shell.vault_sender", key = house.vault.sender_key()),
        t!(Lang::Vi, "vault.intake_undecided")
    );
    Ok(Said::fine(text, json!({ "mark": public.mark(), "sender": house.vault.sender_key() })))
}

async fn export(house: &House, file: &Path, now: Timestamp) -> Result<Said> {
    let mut tx = house.db.begin().await?;
    let (letters, text) = house.vault.intake_export(&mut tx, &house.ids, now).await?;
    // The file first: what is marked as carried must be in it.
    write(file, &text)?;
    tx.commit().await?;
    let text = format!(
        "{}\n{}",
        t!(Lang::Vi, "shell.vault_exported", letters = letters, file = file.display().to_string()),
        t!(Lang::Vi, "shell.vault_sender", key = house.vault.sender_key())
    );
    Ok(Said::fine(text, json!({ "letters": letters, "file": file, "sender": house.vault.sender_key() })))
}

async fn import(house: &House, text: &str, from: Option<&str>, args: &PassphraseArgs, now: Timestamp) -> Result<Said> {
    let passphrase = passphrase(args)?;
    let mut tx = house.db.begin().await?;
    let (new, here) = house.vault.intake_import(&mut tx, &house.ids, text, from, &passphrase, now).await?;
    tx.commit().await?;
    Ok(Said::fine(t!(Lang::Vi, "shell.vault_imported", new = new, here = here), json!({ "new": new, "here": here })))
}

async fn waiting(house: &House) -> Result<Said> {
    let mut tx = house.read().await?;
    let waiting = house.vault.intake_waiting(&mut tx).await?;
    let day = |ms: i64| Timestamp::from_millisecond(ms).map_or_else(|_| String::new(), |at| show_day(civil_day(at)));
    let lines: Vec<String> = waiting.iter().map(|one| format!("{}  {}", one.reference, day(one.received_ms))).collect();
    let text = if lines.is_empty() { t!(Lang::Vi, "shell.vault_nothing_waits") } else { lines.join("\n") };
    let list: Vec<_> =
        waiting.iter().map(|one| json!({ "reference": one.reference, "received": day(one.received_ms) })).collect();
    Ok(Said::fine(text, json!({ "waiting": list })))
}

/// Opens one letter and seals it again at once, as a record for the handlers of its body.
async fn enter(house: &House, reference: &str, unit: &str, args: &PassphraseArgs, now: Timestamp) -> Result<Said> {
    let unit = house.now().tree.find(unit, civil_day(now)).map_err(|refusal| refusal.at("unit"))?;
    let mut tx = house.read().await?;
    if house.vault.handlers(&mut tx, unit.0).await?.is_empty() {
        return Err(Refusal::new("vault.no_handlers").into());
    }
    let (reference, received_ms, letter) = house.vault.intake_open(&mut tx, reference, &passphrase(args)?).await?;
    drop(tx);
    let received = Timestamp::from_millisecond(received_ms).map_err(|error| Stop::fault(error.to_string()))?;
    let new = New { unit: unit.0, input: input(&letter, &reference, received), ..New::default() };
    let new = New { source_key: Some(format!("intake:{reference}")), ..new };
    let by = operator(now);
    let record = act::create(house, &by, REGISTER, new).await?.record;
    for file in &letter.files {
        act::identity::seal_file(house, &by, record.id, "originals", file).await?;
    }
    let mut tx = house.db.begin().await?;
    house.vault.intake_became(&mut tx, &reference, record.id.0).await?;
    tx.commit().await?;
    let text = t!(Lang::Vi, "shell.vault_entered", reference = &reference, number = record.reference());
    Ok(Said::fine(text, json!({ "reference": reference, "record": record.id, "number": record.reference() })))
}

/// Everything that was written is sealed; what others see is written by a handler, from what they read.
fn input(letter: &Letter, reference: &str, received: Timestamp) -> Input {
    let original = [&letter.denounced, &letter.place, &letter.text].map(String::as_str).join("\n");
    Input::default()
        .set("subject", t!(Lang::Vi, "shell.vault_subject", reference = reference))
        .set("received_on", show_day(civil_day(received)))
        .set("form", "letter")
        .set("channel", "sealed_box")
        .set("topic", TOPIC)
        .set("anonymous", if letter.name.is_empty() { "yes" } else { "no" })
        .set("protection_asked", if letter.protection { "yes" } else { "no" })
        .set("denouncer_name", &letter.name)
        .set("denouncer_address", &letter.address)
        .set("denouncer_phone", &letter.phone)
        .set("denouncer_id_number", &letter.id_number)
        .set("original_text", original.trim())
}

/// Until a handler has read it.
const TOPIC: &str = "other";

async fn escrow(house: &House, need: u8, shares: u8, now: Timestamp) -> Result<Said> {
    let mut tx = house.db.begin().await?;
    let (public, dealt) = house.vault.make_escrow(&mut tx, &house.ids, need, shares, now).await?;
    let body = json!({ "key": public.mark(), "need": need, "shares": shares });
    note(&mut tx, house, "vault.escrow", body, now).await?;
    tx.commit().await?;
    let text = format!(
        "{}\n{}",
        t!(Lang::Vi, "shell.vault_escrow", need = i64::from(need), shares = i64::from(shares)),
        dealt.join("\n")
    );
    Ok(Said::fine(text, json!({ "need": need, "shares": dealt })))
}

async fn recover(house: &House, shares: &Path, login: &str, now: Timestamp) -> Result<Said> {
    let text = read(shares)?;
    let lines: Vec<String> = text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
    let mut tx = house.db.begin().await?;
    let to = people::account_of(&mut tx, login).await?;
    let to = to.ok_or_else(|| Stop::from(Refusal::new("vault.no_such_login").with("login", login)))?;
    let keys = house.vault.recover(&mut tx, &lines, to).await?;
    note(&mut tx, house, "vault.recover", json!({ "to": to, "keys": keys }), now).await?;
    tx.commit().await?;
    Ok(Said::fine(t!(Lang::Vi, "shell.vault_recovered", keys = keys, login = login), json!({ "keys": keys })))
}

async fn note(tx: &mut db::Tx, house: &House, act: &str, body: serde_json::Value, now: Timestamp) -> Result<()> {
    let about = timeline::Kind::Instance.of(0);
    let entry = timeline::Entry { about, act, who: 0, seat: 0, at: now, on: None, body, cause: None };
    timeline::record(tx, &house.ids, entry).await.map(|_| ())
}
