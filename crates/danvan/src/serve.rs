//! Serving an instance: the merge of all routes, the workers beside it, the listener.

use std::{net::IpAddr, sync::Arc, time::Duration};

use axum::Router;
use db::{Place, Result, Stop};
use futures::future::BoxFuture;
use jiff::Timestamp;
use kernel::{Lang, Refusal};
use records::House;
use tokio::{net::TcpListener, sync::watch};
use web::{App, Bounds, Clock, Door, RouteRow, Routes, t};

use crate::{
    instance::{self, Instance, LEASE_MS},
    lay, nav,
    shell::Said,
    store,
};

/// A listener that is open but answers 503 until the instance is ready.
pub struct Bound {
    listener: TcpListener,
    address: String,
}

impl Bound {
    pub fn address(&self) -> &str {
        &self.address
    }
}

pub struct Options {
    pub clock: Clock,
    pub demo: Option<Vec<people::DemoAccount>>,
    pub tls: bool,
    pub proxies: Vec<IpAddr>,
}

/// Opens the listener first: an address that is taken is known before any work.
pub async fn bind(listen: &str) -> Result<Bound> {
    let listener = TcpListener::bind(listen).await.map_err(|error| {
        Stop::from(Refusal::new("instance.cannot_listen").with("address", listen).with("reason", error))
    })?;
    let address = listener.local_addr().map_or_else(|_| listen.to_owned(), |address| address.to_string());
    Ok(Bound { listener, address })
}

/// Serves an instance that was made before.
pub async fn run(place: Place, listen: &str, tls: bool, proxies: Vec<IpAddr>) -> Result<Said> {
    let bound = bind(listen).await?;
    let clock = web::system_clock();
    let instance = instance::open(place, clock()).await?;
    println!("{}", t!(Lang::Vi, "shell.serving", address = bound.address()));
    open(instance, bound, Options { clock, demo: None, tls, proxies }).await
}

/// All routes of all rooms.
pub fn routes() -> Routes {
    Routes::new()
        .merge(people::routes())
        .merge(jobs::routes())
        .merge(vault::routes())
        .merge(records::pages::routes())
        .merge(records::api::routes())
        .merge(units::routes())
        .merge(figures::routes())
        .merge(reports::routes())
}

/// The router over an instance, with the table of its routes.
pub async fn router(house: &Arc<House>, options: &Options) -> Result<(Router, Vec<RouteRow>, Arc<App>)> {
    let source = house.clone();
    let tree: people::TreeSource = Arc::new(move || source.now().tree.clone());
    let posts = Arc::new(people::PostBook::open(&house.db).await?);
    let heads: Arc<dyn figures::Heads> = Arc::new(figures::Held { posts: posts.clone(), house: house.clone() });
    let demo = options.demo.clone().unwrap_or_default();
    let mut app = App::new(house.db.clone(), house.ids.clone());
    app.clock = options.clock.clone();
    app.settings.tls = options.tls;
    app.settings.proxies.clone_from(&options.proxies);
    app.demo = options.demo.as_ref().map(|_| web::DemoMark::default());
    app.sessions = Arc::new(people::Registry { db: house.db.clone(), tree: tree.clone() });
    app.access = Arc::new(people::Rights { tree: tree.clone() });
    app.nav = Arc::new(nav::menu);
    let renewed = house.clone();
    let land = units::Room {
        tree: tree.clone(),
        renew: Arc::new(move || {
            let house = renewed.clone();
            Box::pin(async move {
                let mut tx = house.db.begin().await?;
                store::raise_generation(&mut tx).await?;
                tx.commit().await?;
                instance::refresh(&house).await.map(|_| ())
            })
        }),
    };
    let room = Arc::new(people::Room { tree, posts, demo });
    let app = app.with(figures::DutyParts(vec![reports::heads_sign]));
    let app = app.with(house.clone()).with(house.vault.clone()).with(heads).with(land).with(room);
    let app = Arc::new(app.with(records::pages::TodayParts(vec![
        reports::reports_today,
        reports::requests_today,
        reports::owed_today,
    ])));
    let (router, rows) = routes().open(app.clone());
    Ok((router, rows, app))
}

/// Serves until told to stop by the terminal or the service manager.
pub async fn open(instance: Instance, bound: Bound, options: Options) -> Result<Said> {
    let Instance { house, node } = instance;
    let (router, _, app) = router(&house, &options).await?;
    lay::see_to_upgrade(&house, (app.clock)()).await?;
    let door = Door::closed();
    door.open(router);
    let (stop, stopping) = watch::channel(false);
    let workers = beside(&house, &app, node, &stopping);
    let bounds = Bounds { proxies: options.proxies.clone(), ..Bounds::default() };
    web::serve(bound.listener, door, bounds, until_told()).await?;
    let _ = stop.send(true);
    for worker in workers {
        let _ = worker.await;
    }
    house.db.close().await;
    Ok(Said { text: String::new(), json: serde_json::Value::Null, found_fault: false })
}

/// What runs beside the pages: jobs, seals, the server's lease, and the look whether another server changed pack or units.
fn beside(
    house: &Arc<House>,
    app: &Arc<App>,
    node: u8,
    stopping: &watch::Receiver<bool>,
) -> Vec<tokio::task::JoinHandle<()>> {
    let heads = app.room::<Arc<dyn figures::Heads>>().clone();
    let jobs = jobs::Jobs::new()
        .with(records::import::JOB, Arc::new(records::import::ImportJob::new(house.clone())))
        .with(records::pages::EXPORT_JOB, Arc::new(records::pages::ExportJob { house: house.clone() }))
        .with(records::days::JOB, Arc::new(records::days::MoveDeadlines { house: house.clone() }))
        .with(lay::JOB, Arc::new(lay::Rebuild { house: house.clone() }))
        .with("report", Arc::new(reports::FileWork { house: house.clone(), heads }));
    let jobs = Arc::new(jobs);
    let mut workers = Vec::new();
    for _ in 0..2 {
        let (db, jobs, clock, stopping) = (house.db.clone(), jobs.clone(), app.clock.clone(), stopping.clone());
        workers.push(tokio::spawn(async move { jobs::work(db, jobs, clock, stopping).await }));
    }
    let every = |name: &'static str,
                 seconds: u64,
                 act: fn(Arc<House>, Timestamp, u8) -> BoxFuture<'static, Result<()>>| {
        let (house, clock, stopping) = (house.clone(), app.clock.clone(), stopping.clone());
        tokio::spawn(async move {
            jobs::every(name, Duration::from_secs(seconds), stopping, move || act(house.clone(), clock(), node)).await;
        })
    };
    workers.push(every("seal", 1, |house, now, _| Box::pin(async move { seal(&house, now).await })));
    workers.push(every("rebuild", 60, |house, now, _| Box::pin(async move { lay::look_after(&house, now).await })));
    workers.push(every("lease", 30, |house, _, node| Box::pin(async move { keep_lease(&house, node).await })));
    workers
        .push(every("refresh", 2, |house, _, _| Box::pin(async move { instance::refresh(&house).await.map(|_| ()) })));
    workers
}

async fn seal(house: &House, now: Timestamp) -> Result<()> {
    loop {
        let mut tx = house.db.begin().await?;
        let sealed = timeline::seal(&mut tx, now, &house.vault.seal_key()).await?;
        tx.commit().await?;
        if sealed.is_none() {
            return Ok(());
        }
    }
}

async fn keep_lease(house: &House, node: u8) -> Result<()> {
    let now_ms = (web::system_clock())().as_millisecond();
    let mut tx = house.db.begin().await?;
    store::keep_node(&mut tx, node, now_ms + LEASE_MS).await?;
    tx.commit().await
}

async fn until_told() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut term) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = term.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
