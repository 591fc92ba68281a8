//! `script/bench [SIZE…]`: what the house does in a second on SQLite and PostgreSQL, beside the bare database doing the same rows (the
//! floor). The server that is asked is the program itself, over HTTP. Prints tables in Markdown.
#![expect(clippy::unwrap_used, reason = "a bench says by failing what went wrong")]

mod fill;
mod measure;
mod server;
mod store;
mod table;

use std::{sync::Arc, time::Instant};

use danvan::instance;
use db::Place;
use records::House;
use table::Table;

/// Sizes that are measured unless others are asked for.
const SIZES: [usize; 2] = [100_000, 1_000_000];

fn main() {
    let asked: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let only = std::env::var("BENCH_ONLY").unwrap_or_default();
    let postgres = std::env::var("BENCH_DATABASE_URL").ok();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    for size in if asked.is_empty() { SIZES.to_vec() } else { asked } {
        let mut table = Table::new(size);
        if only != "postgres" {
            runtime.block_on(run(None, size, &mut table));
        }
        if let Some(url) = &postgres
            && only != "sqlite"
        {
            runtime.block_on(run(Some(url), size, &mut table));
        }
        println!("{table}");
    }
}

/// One database, one size: filled, asked, and the floor beside it.
async fn run(url: Option<&String>, size: usize, table: &mut Table) {
    let dir = tempfile::tempdir().unwrap();
    let database = match url {
        None => None,
        Some(url) => Some(db::testing::fresh_schema(url).await.unwrap()),
    };
    let place = Place { data: dir.path().join("house"), database };
    let now = (web::system_clock())();
    let house = instance::init(place.clone(), None, now).await.unwrap().house;
    table.database(house.db.kind());

    let saved = std::env::var("BENCH_SAVED").ok().and_then(|saved| saved.parse().ok()).unwrap_or(fill::SAVED).min(size);
    let begun = Instant::now();
    fill::fill(&house, saved).await;
    let seconds = begun.elapsed().as_secs_f64();
    table.add("filled by the way of saving, 400 in a transaction", "records/s", fill::count(saved) / seconds, None);
    seal(&house).await;
    store::copy(&house.db, size / saved - 1).await;
    store::settle(&house.db).await;
    eprintln!("{} {size}: filled in {:.0} s", house.db.kind(), begun.elapsed().as_secs_f64());

    let people = fill::people(&house, now).await;
    measure::figures(&house, size > saved, table).await;
    measure::deadlines(&house, table);
    close(house).await;

    let opened = store::opening(&place).await;
    let mut server = server::Server::start(&place).await;
    table.add("start-up, to the first page", "ms", server.start_ms, Some(opened));
    table.add("memory after start-up (RSS)", "MB", server.memory("VmRSS"), None);
    let pages = measure::pages(&server, &people).await;
    let created = measure::creates(&server, &people, 1, fill::sent).await;
    let together = measure::creates(&server, &people, 8, fill::sent).await;
    let taken_in = measure::creates(&server, &people, 1, fill::sent_whole).await;
    let taken_together = measure::creates(&server, &people, 8, fill::sent_whole).await;
    let peak = server.memory("VmHWM");
    server.stop();

    let house = instance::open(place, now).await.unwrap().house;
    let floor = store::Floor::new(&house, fill::BOOK).await;
    table.add("durable creates, 1 client", "/s", created, Some(floor.creates(&house, 1).await));
    table.add("durable creates, 8 clients", "/s", together, Some(floor.creates(&house, 8).await));
    // Letter, four private fields, acceptance, its deadlines, the timeline of both.
    table.add("intake of full cases, 1 client", "/s", taken_in, None);
    table.add("intake of full cases, 8 clients", "/s", taken_together, None);
    let bare = [floor.list(&house).await, floor.search(&house).await];
    for (what, [half, most], searching) in pages {
        let [bare_half, bare_most] = bare[usize::from(searching)];
        table.add(&format!("{what}, p50"), "ms", half, Some(bare_half));
        table.add(&format!("{what}, p95"), "ms", most, Some(bare_most));
    }
    table.add("peak memory of the server (RSS)", "MB", peak, None);
    close(house).await;
}

/// What the server would do by and by.
async fn seal(house: &Arc<House>) {
    loop {
        let mut tx = house.db.begin().await.unwrap();
        let sealed = timeline::seal(&mut tx, (web::system_clock())(), &house.vault.seal_key()).await.unwrap();
        tx.commit().await.unwrap();
        if sealed.is_none() {
            return;
        }
    }
}

async fn close(house: Arc<House>) {
    house.db.close().await;
}
