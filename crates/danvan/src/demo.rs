//! The demo: Hải Phòng's year 2021 with illustrative records whose totals are the published ones.

mod accounts;
mod records_of_2021;

use std::{sync::Arc, time::Instant};

use db::{Place, Result};
use jiff::Timestamp;
use records::{By, House, Record, Snapshot, act::New, save};

use crate::{cli::PlaceArgs, instance, serve, shell::Said, store};

/// The demo's clock starts here and runs on: January 2022, when the report of 2021 is due.
const BEGINS: Timestamp = Timestamp::constant(1_641_776_400, 0);

/// Opens the demo, filling it at its first start.
pub(crate) async fn run(args: &PlaceArgs, listen: &str) -> Result<Said> {
    let scratch = || std::env::temp_dir().join(format!("danvan-demo-{}", std::process::id()));
    let data = args.data.clone().unwrap_or_else(scratch);
    let place = Place { data, database: args.database.clone() };
    let bound = serve::bind(listen).await?;
    let started = Instant::now();
    let real = (web::system_clock())();
    let fresh = !vault::Vault::file(&place.data).exists();
    let instance = if fresh { instance::init(place, None, BEGINS).await? } else { instance::open(place, real).await? };
    let since = since(&instance.house, real).await?;
    // The clock stands as far after its beginning as real time stands after the first start.
    let shift = since.duration_since(BEGINS);
    if fresh {
        fill(&instance.house).await?;
    }
    let accounts = accounts::make(&instance.house, BEGINS).await?;
    println!("Dữ liệu minh họa, Hải Phòng năm 2021. Sẵn sàng sau {:.1} giây.", started.elapsed().as_secs_f64());
    println!("Mở http://{} và đăng nhập bằng một trong các tài khoản:", bound.address());
    for account in &accounts {
        println!("  {:<14} {:<22} {}", account.login, account.password, account.what);
    }
    let clock: web::Clock = Arc::new(move || (web::system_clock())() - shift);
    serve::open(instance, bound, serve::Options { clock, demo: Some(accounts), tls: false, proxies: Vec::new() }).await
}

/// When the demo was first opened, in real time: later starts go on from there.
async fn since(house: &House, real: Timestamp) -> Result<Timestamp> {
    let mut tx = house.db.begin().await?;
    if let Some(text) = store::setting(&mut tx, store::DEMO_SINCE).await? {
        return text.parse().map_err(|_| db::Stop::fault("reading when the demo began"));
    }
    store::set(&mut tx, store::DEMO_SINCE, &real.to_string()).await?;
    tx.commit().await?;
    Ok(real)
}

/// Writes the year's records, as from an old book.
pub(crate) async fn fill(house: &Arc<House>) -> Result<()> {
    let snapshot = house.now();
    let by = By { account: 0, seat: 0, now: BEGINS, today: kernel::civil_day(BEGINS), old_book: true };
    let year = records_of_2021::Year::new(&snapshot)?;
    let mut tx = house.db.begin().await?;
    people::enter_holders(&mut tx, &house.ids, (0, 0), &year.holders(), BEGINS).await?;
    tx.commit().await?;
    let models = write(house, &snapshot, &by, "model", year.models()).await?;
    let models: Vec<Record> = models.into_iter().filter(|record| record.register == "model").collect();
    write(house, &snapshot, &by, "award", year.awards(&models)).await?;
    let dialogues = write(house, &snapshot, &by, "dialogue", year.dialogues()).await?;
    keep(house, &snapshot, &by, &dialogues).await?;
    for (register, records) in [
        ("recognition", year.recognitions()),
        ("critical_case", year.critical_cases()),
        ("publication", year.publications()),
        ("outreach", year.outreach()),
        ("confirmation", year.confirmations()),
        ("submission", year.submissions()),
    ] {
        write(house, &snapshot, &by, register, records).await?;
    }
    let posts = Arc::new(people::PostBook::open(&house.db).await?);
    let heads = figures::Held { posts, house: house.clone() };
    let source = reports::Source { house, snapshot: &snapshot, heads: &heads };
    let city = snapshot.tree.find("hai-phong", by.today)?;
    reports::act::create(source, &by, "annual", city, calendar::Period::year(2021)).await?;
    let mut tx = house.db.begin().await?;
    while timeline::seal(&mut tx, BEGINS, &house.vault.seal_key()).await?.is_some() {}
    tx.commit().await
}

/// Most commitments of the year's dialogues were kept.
async fn keep(house: &House, snapshot: &Snapshot, by: &By, saved: &[Record]) -> Result<()> {
    let mut waiting = Vec::new();
    let commitments = saved.iter().filter(|record| record.register == "commitment");
    for (n, commitment) in commitments.enumerate() {
        if let Some((on, input)) = records_of_2021::Year::kept(commitment, n) {
            let version = Some(commitment.version);
            let (changes, _) =
                records::act::plan_step(house, snapshot, by, commitment.id, version, "keep", on, input).await?;
            waiting.extend(changes);
        }
    }
    save::save(house, snapshot, by, waiting).await.map(|_| ())
}

/// Saves records a few hundred at a time, and gives back all that came of them.
async fn write(house: &House, snapshot: &Snapshot, by: &By, register: &str, all: Vec<New>) -> Result<Vec<Record>> {
    let mut saved = Vec::with_capacity(all.len());
    let mut waiting = Vec::new();
    for new in all {
        let (changes, _) = records::act::plan_new(house, snapshot, by, register, new).await?;
        waiting.extend(changes);
        if waiting.len() >= 400 {
            saved.extend(save::save(house, snapshot, by, std::mem::take(&mut waiting)).await?);
        }
    }
    if !waiting.is_empty() {
        saved.extend(save::save(house, snapshot, by, waiting).await?);
    }
    Ok(saved)
}
