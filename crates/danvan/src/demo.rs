//! The demo: five localities with illustrative records whose totals are the published ones, and the desks of Hải Phòng's communes of today.

mod accounts;
mod binh_chanh;
mod filling;
mod hai_phong;
mod hai_phong_now;
mod nghe_an;
mod ninh_binh;
mod one_commune;
mod quang_ninh;
mod reports;

use std::{sync::Arc, time::Instant};

use db::{Place, Result};
use jiff::Timestamp;
use records::{By, House, Record};

use self::filling::Filling;
use crate::{cli::PlaceArgs, instance, serve, shell::Said, store};

/// The demo's clock starts here and runs on: Monday 12 January 2026, when the reports of 2025 are due.
const BEGINS: Timestamp = Timestamp::constant(1_768_179_600, 0);

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
    // Accounts first: what is sealed is sealed to those who may open it.
    let accounts = accounts::make(&instance.house, BEGINS).await?;
    if fresh {
        fill(&instance.house).await?;
    }
    println!(
        "Dữ liệu minh họa: Quảng Ninh, Bình Chánh, Ninh Bình, Hải Phòng, Nghệ An. Sẵn sàng sau {:.1} giây.",
        started.elapsed().as_secs_f64()
    );
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

/// Writes the records of the five localities, as from an old book.
pub(crate) async fn fill(house: &Arc<House>) -> Result<()> {
    let snapshot = house.now();
    let by = By { account: 0, seat: 0, now: BEGINS, today: kernel::civil_day(BEGINS), old_book: true };
    let filling = Filling { house, snapshot: &snapshot, by: &by };
    hai_phong_2021(&filling).await?;
    hai_phong_now::year_2022(&filling).await?;
    quang_ninh::year_2017(&filling).await?;
    binh_chanh::year_2020(&filling).await?;
    ninh_binh::years_to_2021(&filling).await?;
    nghe_an::year_2025(&filling).await?;
    hai_phong_now::today(&filling).await?;
    one_commune::books(&filling).await?;
    let posts = Arc::new(people::PostBook::open(&house.db).await?);
    let heads = figures::Held { posts, house: house.clone() };
    let source = ::reports::Source { house, snapshot: &snapshot, heads: &heads };
    for year in [2021, 2025] {
        let period = calendar::Period::year(year);
        let city = snapshot.tree.find("hai-phong", period.window().to)?;
        ::reports::act::create(source, &by, "annual", city, period).await?;
    }
    reports::wards(&filling, source).await?;
    let mut tx = house.db.begin().await?;
    while timeline::seal(&mut tx, BEGINS, &house.vault.seal_key()).await?.is_some() {}
    tx.commit().await
}

/// The published year.
async fn hai_phong_2021(filling: &Filling<'_>) -> Result<()> {
    let year = hai_phong::Year::new(filling.snapshot)?;
    filling.holders(&year.holders()).await?;
    let models = filling.write("model", year.models()).await?;
    let models: Vec<Record> = models.into_iter().filter(|record| record.register == "model").collect();
    filling.write("award", year.awards(&models)).await?;
    let dialogues = filling.write("dialogue", year.dialogues()).await?;
    let commitments = dialogues.iter().filter(|record| record.register == "commitment").enumerate();
    let kept = commitments.filter_map(|(n, made)| {
        let (on, input) = hai_phong::Year::kept(made, n)?;
        Some((made, on, input))
    });
    filling.step("keep", kept.collect()).await?;
    for (register, records) in [
        ("recognition", year.recognitions()),
        ("critical_case", year.critical_cases()),
        ("publication", year.publications()),
        ("outreach", year.outreach()),
        ("confirmation", year.confirmations()),
        ("submission", year.submissions()),
    ] {
        filling.write(register, records).await?;
    }
    Ok(())
}
