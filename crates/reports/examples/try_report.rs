#[path = "../../danvan/src/demo/records_of_2021.rs"]
#[allow(dead_code)]
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
struct All;
impl web::Access for All {
    fn may(&self, _: &web::Who, _: &str, _: &web::Target, _: kernel::Day) -> bool {
        true
    }
}
#[tokio::main]
async fn main() {
    let dir = std::env::temp_dir().join(format!("tryrep{}", std::process::id()));
    let d = db::Db::open(db::Place::new(&dir)).await.unwrap();
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
    let house = Arc::new(House::new(
        d.clone(),
        kernel::IdMaker::new(0),
        v,
        Snapshot { pack: Arc::new(p), tree: Arc::new(tree), generation: 1, rebuilding: Default::default() },
    ));
    let snapshot = house.now();
    let now = jiff::Timestamp::constant(1_642_751_400, 0);
    let by = By { account: 0, seat: 0, now, today: kernel::civil_day(now), old_book: true };
    let year = records_of_2021::Year::new(&snapshot).unwrap();
    let heads = Arc::new(H(year
        .holders()
        .into_iter()
        .map(|h| Head { unit: h.unit, post: h.post.into(), held: true })
        .collect()));
    let models = write(&house, &snapshot, &by, "model", year.models()).await;
    write(&house, &snapshot, &by, "award", year.awards(&models)).await;
    for (r, l) in [
        ("dialogue", year.dialogues()),
        ("critical_case", year.critical_cases()),
        ("publication", year.publications()),
        ("outreach", year.outreach()),
        ("confirmation", year.confirmations()),
        ("submission", year.submissions()),
        ("recognition", year.recognitions()),
    ] {
        write(&house, &snapshot, &by, r, l).await;
    }
    let period: calendar::Period = "2021".parse().unwrap();
    let unit = snapshot.tree.find("31", period.window().to).unwrap();
    let source = reports::Source { house: &house, snapshot: &snapshot, heads: heads.as_ref() };
    let t = std::time::Instant::now();
    let paper = reports::act::paper(source, "annual", unit, period, Some("Dữ liệu minh họa")).await.unwrap();
    println!("drafted {:?}", t.elapsed());
    for f in [
        papers::Format::Docx,
        papers::Format::Pdf,
        papers::Format::Xlsx,
        papers::Format::Markdown,
        papers::Format::Html,
    ] {
        let t = std::time::Instant::now();
        std::fs::write(format!("/tmp/rep.{}", f.extension()), paper.write(f).unwrap()).unwrap();
        println!("{} {:?}", f.extension(), t.elapsed());
    }
    let commune = snapshot.tree.find("tan-tien.an-duong", period.window().to).unwrap();
    let paper = reports::act::paper(source, "annual", commune, period, Some("Dữ liệu minh họa")).await.unwrap();
    std::fs::write("/tmp/rep-xa.pdf", paper.write(papers::Format::Pdf).unwrap()).unwrap();

    let mut app = web::App::new(d.clone(), kernel::IdMaker::new(1));
    app.clock = Arc::new(move || now);
    app.demo = Some(web::DemoMark::default());
    let body = reports::Scene::new(&snapshot.pack, &snapshot.tree, "annual", unit, period).unwrap().body;
    app.sessions = Arc::new(web::testing::Known(vec![web::testing::person(
        "an",
        "clerk",
        body.0,
        "Ban Dân vận Thành ủy Hải Phòng",
    )]));
    app.access = Arc::new(All);
    let heads: Arc<dyn Heads> = heads;
    let app = Arc::new(app.with(house.clone()).with(heads.clone()));
    let (router, _) =
        web::Routes::new().merge(reports::routes()).merge(figures::routes()).merge(jobs::routes()).open(app.clone());
    let (_stop, stopping) = tokio::sync::watch::channel(false);
    let works = Arc::new(jobs::Jobs::new().with("report", Arc::new(reports::FileWork { house: house.clone(), heads })));
    tokio::spawn(jobs::work(d, works, app.clock.clone(), stopping));
    let late = {
        let (house, snapshot, by) = (house.clone(), snapshot.clone(), by.clone());
        async move {
            loop {
                tokio::time::sleep(std::time::Duration::from_millis(300)).await;
                if std::fs::remove_file("/tmp/late").is_ok() {
                    let year = records_of_2021::Year::new(&snapshot).unwrap();
                    let some: Vec<_> = year
                        .dialogues()
                        .into_iter()
                        .take(3)
                        .map(|mut new| {
                            new.source_key = None;
                            new
                        })
                        .collect();
                    write(&house, &snapshot, &by, "dialogue", some).await;
                    println!("late written");
                }
            }
        }
    };
    tokio::spawn(late);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8977").await.unwrap();
    println!("serving");
    axum::serve(listener, router).await.unwrap();
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
