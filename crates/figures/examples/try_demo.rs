#[path = "../../danvan/src/demo/records_of_2021.rs"]
mod records_of_2021;
use figures::*;
use records::*;
use std::sync::Arc;
struct H(Vec<Head>);
impl Heads for H {
    fn heads(&self, _p: &[String], _w: calendar::Window) -> Vec<Head> {
        self.0.clone()
    }
}
#[tokio::main]
async fn main() {
    let t = std::time::Instant::now();
    let dir = std::env::temp_dir().join(format!("try{}", std::process::id()));
    let mut place = db::Place::new(&dir);
    if let Ok(u) = std::env::var("TRY_PG") {
        place.database = Some(db::testing::fresh_schema(&u).await.unwrap());
    }
    let d = db::Db::open(place).await.unwrap();
    let v = vault::Vault::create(&dir).unwrap();
    let p = pack::Pack::base().map_err(|f| format!("{f:?}")).unwrap();
    let kinds = Arc::new(units::Kinds::parse(p.source.text("kinds.toml").unwrap()).unwrap());
    let rows =
        units::Rows::read(p.source.text("units/places.csv").unwrap(), p.source.text("units/successions.csv").unwrap())
            .unwrap();
    let mut tx = d.begin().await.unwrap();
    v.bind(&mut tx).await.unwrap();
    units::store::fill(&mut tx, &rows, &kinds).await.unwrap();
    let tree = units::store::load(&mut tx, &kinds).await.unwrap();
    tx.commit().await.unwrap();
    println!("units {:?}", t.elapsed());
    let house = House::new(
        d,
        kernel::IdMaker::new(0),
        v,
        Snapshot { pack: Arc::new(p), tree: Arc::new(tree), generation: 1, rebuilding: Default::default() },
    );
    let snapshot = house.now();
    let now = jiff::Timestamp::constant(1_641_776_400, 0);
    let by = By { account: 0, seat: 0, now, today: kernel::civil_day(now), old_book: true };
    let year = records_of_2021::Year::new(&snapshot).unwrap();
    let heads = H(year.holders().into_iter().map(|h| Head { unit: h.unit, post: h.post.into(), held: true }).collect());
    let models = write(&house, &snapshot, &by, "model", year.models()).await;
    println!("models {} {:?}", models.len(), t.elapsed());
    write(&house, &snapshot, &by, "award", year.awards(&models)).await;
    for (r, l) in [
        ("dialogue", year.dialogues()),
        ("critical_case", year.critical_cases()),
        ("publication", year.publications()),
        ("outreach", year.outreach()),
        ("confirmation", year.confirmations()),
        ("submission", year.submissions()),
    ] {
        let n = write(&house, &snapshot, &by, r, l).await.len();
        println!("{r} {n} {:?}", t.elapsed());
    }
    let unit = snapshot.tree.find("31", kernel::parse_day("31/12/2021").unwrap()).unwrap();
    let ask = Ask::of(unit, "2021".parse::<calendar::Period>().unwrap().window());
    let mut tx = house.read().await.unwrap();
    let names = snapshot.pack.figure_names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let t2 = std::time::Instant::now();
    for v in read_all(&mut tx, &house, &snapshot, &heads, ask, &names).await.unwrap() {
        println!("{:34} {} {:?} silent {} missing {}", v.id, v.shown, v.percent_shown(), v.silent, v.missing.len());
    }
    println!("figures {:?}", t2.elapsed());
    for t in targets(&mut tx, &house, &snapshot, &heads, ask).await.unwrap() {
        println!(
            "{} {:?} {} missing {:?}",
            t.id,
            t.state,
            t.shown,
            t.missing.iter().take(5).map(|u| snapshot.tree.at(ask.window.to).name(*u)).collect::<Vec<_>>()
        );
    }
    for p in open(&mut tx, &house, &snapshot, &heads, ask, "dialogue.held", &[]).await.unwrap() {
        println!("{} opens onto {} sum {}", p.figure, p.records.len(), p.records.iter().map(|r| r.amount).sum::<i64>());
    }
    println!("differences {:?}", ledger::differences(&mut tx).await.unwrap());
    drop(tx);
    println!("{:?} {:?}", figures::rebuild::all(&house).await.unwrap(), t.elapsed());
}
async fn write(house: &House, snapshot: &Snapshot, by: &By, register: &str, all: Vec<act::New>) -> Vec<Record> {
    let mut saved = Vec::new();
    let mut waiting = Vec::new();
    for new in all {
        let (changes, _) = match act::plan_new(house, snapshot, by, register, new).await {
            Ok(x) => x,
            Err(e) => panic!("{register}: {e}"),
        };
        waiting.extend(changes);
        if waiting.len() >= 400 {
            saved.extend(save::save(house, snapshot, by, std::mem::take(&mut waiting)).await.unwrap());
        }
    }
    if !waiting.is_empty() {
        saved.extend(
            save::save(house, snapshot, by, waiting)
                .await
                .unwrap_or_else(|e| panic!("{e} {:?}", std::error::Error::source(&e))),
        );
    }
    saved.retain(|r| r.register == register);
    saved
}
