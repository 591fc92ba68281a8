//! What is measured of the house.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use calendar::{Course, Period};
use figures::{Ask, Held};
use kernel::Day;
use records::House;

use crate::{
    fill::{self, People, Person},
    server::Server,
    store,
    table::Table,
};

/// A page is asked for so often, or for so long.
const TIMES: usize = 120;
const PATIENCE: Duration = Duration::from_secs(6);
const CREATING: Duration = Duration::from_secs(5);
/// Often, seldom, never as a phrase, unfinished.
pub(crate) const SEARCHES: [&str; 4] = ["thoát nước", "ngo 4711", "rác kiến nghị", "giai quyet thu tuc hanh chin"];

pub(crate) fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

/// The middle and the 95th of a hundred.
pub(crate) fn quantiles(mut times: Vec<f64>) -> [f64; 2] {
    times.sort_unstable_by(f64::total_cmp);
    let at = |percent: usize| times[(times.len() - 1) * percent / 100];
    [at(50), at(95)]
}

/// Pages as two people ask for them: an officer of the city, who reads everything in it, and a clerk of a commune.
pub(crate) async fn pages(server: &Server, people: &People) -> Vec<(String, [f64; 2], bool)> {
    let lists = [
        ("list, newest first", "view=all"),
        ("list, open", "view=open"),
        ("list, two conditions", "view=all&f.topic=land&f.channel=counter"),
        ("list, two conditions that nothing meets", "view=all&f.topic=land&f.channel=post"),
        ("list, a month", "view=all&from=2026-03-01&to=2026-03-31"),
        ("list, by number", "view=all&sort=-number"),
        ("list, by title", "view=all&sort=title"),
        ("list, by due day", "view=all&sort=due"),
        ("list, by a field", "view=all&sort=f.received_on"),
        ("list, words", "view=all&q=ngap+ung"),
    ];
    let mut found = Vec::new();
    for (who, person) in [("city", &people.above), ("commune", &people.clerks[0])] {
        for (what, query) in lists {
            let paths = [format!("/registers/submission?{query}")];
            found.push((format!("{what} ({who})"), timed(server, person, &paths).await, false));
        }
        found.push((
            format!("inbox, the page of today ({who})"),
            timed(server, person, &["/".to_owned()]).await,
            false,
        ));
        let waiting = ["/registers/submission?view=open&sort=due".to_owned()];
        found.push((format!("inbox, open by due day ({who})"), timed(server, person, &waiting).await, false));
        let paths: Vec<String> = SEARCHES.iter().map(|text| format!("/search?q={}", text.replace(' ', "+"))).collect();
        found.push((format!("search ({who})"), timed(server, person, &paths).await, true));
    }
    found
}

/// Asks for the paths in turn.
async fn timed(server: &Server, person: &Person, paths: &[String]) -> [f64; 2] {
    let client = reqwest::Client::new();
    let mut times = Vec::with_capacity(TIMES);
    let begun = Instant::now();
    // The first of each warms what there is to warm.
    for n in 0..TIMES + paths.len() {
        let started = Instant::now();
        let address = format!("{}{}", server.base, paths[n % paths.len()]);
        let answer = client.get(address).header("cookie", format!("danvan={}", person.session)).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{}", paths[n % paths.len()]);
        answer.bytes().await.unwrap();
        if n >= paths.len() {
            times.push(milliseconds(started));
        }
        if begun.elapsed() > PATIENCE && times.len() >= paths.len() {
            break;
        }
    }
    quantiles(times)
}

/// Letters opened through the API, each in a transaction of its own, by so many clerks at once; `sent` is how each is written.
pub(crate) async fn creates(
    server: &Server,
    people: &People,
    clients: usize,
    sent: fn(usize, Day) -> serde_json::Value,
) -> f64 {
    let (begun, done) = (Instant::now(), Arc::new(AtomicUsize::new(0)));
    let today = kernel::civil_day((web::system_clock())());
    let writers: Vec<_> = people
        .clerks
        .iter()
        .take(clients)
        .map(|person| {
            let (client, token, done) = (reqwest::Client::new(), person.token.clone(), done.clone());
            let address = format!("{}/api/v1/registers/submission/records", server.base);
            tokio::spawn(async move {
                while begun.elapsed() < CREATING {
                    let n = done.fetch_add(1, Ordering::Relaxed);
                    let letter = sent(n, today);
                    let answer = client.post(&address).bearer_auth(&token).json(&letter).send().await.unwrap();
                    assert_eq!(answer.status(), 201, "{}", answer.text().await.unwrap());
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    fill::count(done.load(Ordering::Relaxed)) / begun.elapsed().as_secs_f64()
}

/// All figures of the city for a year, recomputed from the records and read; and the report that is made of them.
pub(crate) async fn figures(house: &Arc<House>, copied: bool, table: &mut Table) {
    let snapshot = house.now();
    // Copies share the evidence of what they were copied from, so they are not recomputed.
    if !copied {
        let (floor, begun) = (store::evidence(&house.db).await, Instant::now());
        let rebuilt = figures::rebuild::all(house).await.unwrap();
        assert_eq!(rebuilt.changed, 0, "a rebuild changes nothing");
        table.add("all figures recomputed from all records", "s", begun.elapsed().as_secs_f64(), Some(floor));
    }

    let period = Period::year(2026);
    let city = snapshot.tree.find(fill::CITY, Day::constant(2026, 6, 30)).unwrap();
    let ask = Ask::of(city, period.window());
    let heads = Held { posts: Arc::new(people::PostBook::open(&house.db).await.unwrap()), house: house.clone() };
    let names = snapshot.pack.figure_names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let floor = store::cells(&house.db).await;
    let (mut times, mut reports) = (Vec::new(), Vec::new());
    for n in 0..11 {
        let begun = Instant::now();
        let mut tx = house.read().await.unwrap();
        figures::read_all(&mut tx, house, &snapshot, &heads, ask, &names).await.unwrap();
        drop(tx);
        let read = milliseconds(begun);
        let begun = Instant::now();
        let source = reports::Source { house, snapshot: &snapshot, heads: &heads };
        let paper = reports::act::paper(source, "annual", city, period, None).await.unwrap();
        assert!(paper.write(papers::Format::Docx).unwrap().len() > 1000);
        if n > 0 {
            times.push(read);
            reports.push(milliseconds(begun));
        }
    }
    table.add(
        &format!("all {} figures of the city read for a year, p50", names.len()),
        "ms",
        quantiles(times)[0],
        Some(floor),
    );
    table.add("annual report built, to DOCX, p50", "ms", quantiles(reports)[0], Some(floor));
}

/// Due days of a complaint, each with its derivation.
pub(crate) fn deadlines(house: &House, table: &mut Table) {
    let snapshot = house.now();
    let facts = snapshot.pack.law.facts(&["complex"]).unwrap();
    let (begun, mut steps) = (Instant::now(), 0);
    for n in 0..20_000 {
        let from = kernel::number_day(kernel::day_number(Day::constant(2025, 7, 2)) + n % 500);
        let course = Course { from, extensions: 0, suspensions: &[], exclusions: &[] };
        steps += snapshot.pack.limit_due("complaint.first", &facts, &course).unwrap().steps.len();
    }
    assert!(steps >= 20_000);
    table.add("deadlines with their derivation", "/s", 20_000.0 / begun.elapsed().as_secs_f64(), None);
}
