mod form;
mod guards;
mod requests;
mod review;
mod serving;
mod wordings;

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
};
use futures::future::BoxFuture;
use jiff::Timestamp;
use kernel::{Day, IdMaker, Label};
use tower::ServiceExt as _;

use crate::{
    Access, Answer, App, Desk, Flash, FormData, Nav, NavGroup, NavItem, OPEN, Page, Proof, RouteRow, Routes, Seat,
    Sessions, Target, Trouble, Who, csrf, gallery, html, json,
};

/// The office at which every test sits: one clerk, one clock that stands still.
pub(super) struct Office {
    pub(super) router: Router,
    pub(super) rows: Vec<RouteRow>,
    _db: db::testing::Scratch,
}

pub(super) const SESSION: &str = "clerk-session";
const TOKEN: &str = "clerk-token";
pub(super) const NOW: &str = "2026-09-04T01:30:00Z";

struct Clerk;

pub(super) fn who() -> Who {
    let seat = |id, role: &str, unit: &str| Seat {
        id,
        role: role.into(),
        role_label: Label {
            vi: if id == 1 { "Cán bộ tiếp công dân".into() } else { "Người duyệt".into() },
            en: Some(role.into()),
        },
        unit: 10 + id,
        unit_name: unit.into(),
        place_name: "tỉnh Thanh Giang".into(),
        for_whom: None,
    };
    let seats = vec![seat(1, "clerk", "UBND xã Tân Phong"), seat(2, "approver", "Đảng ủy xã Tân Phong")];
    Who { account: 7, login: "an".into(), name: "Nguyễn Văn A".into(), seat: seats[0].clone(), seats }
}

impl Sessions for Clerk {
    fn load(&self, proof: Proof, hash: [u8; 32], _: Timestamp) -> BoxFuture<'_, db::Result<Option<Who>>> {
        let known = match proof {
            Proof::Session => csrf::hash(SESSION),
            Proof::Token => csrf::hash(TOKEN),
        };
        Box::pin(async move { Ok((hash == known).then(who)) })
    }
}

impl Access for Clerk {
    fn may(&self, who: &Who, act: &str, target: &Target, _: Day) -> bool {
        act != "record.delete" && target.unit == Some(who.seat.unit)
    }
}

fn nav() -> Nav {
    let item = |label: &str, href: &str, icon, count| NavItem { label: label.into(), href: href.into(), icon, count };
    let group = |label: &str, items| NavGroup { label: label.into(), items };
    Nav {
        groups: vec![
            group("", vec![item("Hôm nay", "/", "house", Some(11))]),
            group(
                "Sổ",
                vec![
                    item("Đơn", "/thanh-phan", "inbox", Some(36)),
                    item("Đối thoại", "/dialogues", "messages-square", Some(2)),
                    item("Cam kết", "/commitments", "handshake", Some(12)),
                    item("Dân vận khéo", "/models", "star", Some(1009)),
                    item("Tuyên truyền", "/outreach", "megaphone", None),
                ],
            ),
            group(
                "Số liệu",
                vec![item("Chỉ tiêu", "/targets", "target", None), item("Báo cáo", "/reports", "file-text", Some(1))],
            ),
            group("Tổ chức", vec![item("Đơn vị, địa bàn", "/units", "landmark", None)]),
        ],
        unread: Some(3),
    }
}

async fn home(desk: Desk) -> Answer {
    let name = desk.who()?.name.clone();
    desk.show(Page::new("Hôm nay").main(html! { p { (name) } form method="post" action="/save" { (desk.csrf()) } }))
        .await
}

async fn form(desk: Desk) -> Answer {
    desk.show(Page::new("Gửi ý kiến").bare(html! { form method="post" action="/send" { (desk.csrf()) } })).await
}

async fn save(desk: Desk, form: FormData) -> Answer {
    if form.get("fail") == "panic" {
        panic!("secret detail of the panic");
    }
    if form.get("fail") == "internal" {
        return Err(db::Stop::fault("select secret from table").into());
    }
    let files: u64 = form.files.iter().map(|file| file.size).sum();
    let flash =
        Flash::ok("web.left").with("count", files).link("/seen", format!("{}|{}", form.get("title"), form.has("csrf")));
    desk.back_to("/", Some(flash))
}

async fn record(desk: Desk, axum::extract::Path(unit): axum::extract::Path<i64>) -> Answer {
    if unit == 404 {
        return Err(Trouble::NotFound);
    }
    desk.sees("record.read", &Target::unit(unit))?;
    desk.may("record.delete", &Target::unit(unit))?;
    json(&unit)
}

async fn sealed(desk: Desk) -> Answer {
    desk.show(Page::new("Kín").private().main(html! { p { (" kín".repeat(400)) } })).await
}

impl Office {
    pub(super) async fn open() -> Self {
        Self::open_with(|_| {}).await
    }

    pub(super) async fn open_with(arrange: impl FnOnce(&mut App)) -> Self {
        let scratch = db::testing::sqlite().await.unwrap();
        let mut app = App::new(scratch.db.clone(), IdMaker::new(1)).with("laid in");
        app.clock = Arc::new(|| NOW.parse().unwrap());
        app.sessions = Arc::new(Clerk);
        app.access = Arc::new(Clerk);
        app.demo = Some(crate::DemoMark::default());
        app.nav = Arc::new(|_| Box::pin(async { Ok(nav()) }));
        app.settings.upload_bytes = 1 << 20;
        app.settings.form_bytes = 64 << 10;
        app.settings.body_wait = std::time::Duration::from_millis(300);
        arrange(&mut app);
        assert_eq!(*app.room::<&str>(), "laid in");
        let routes = Routes::new()
            .get("/", "desk.open", home)
            .get("/form", OPEN, form)
            .post("/send", OPEN, save)
            .post("/save", "record.save", save)
            .get("/records/{unit}", "record.read", record)
            .get("/sealed", "record.read", sealed)
            .get("/api/v1/records/{unit}", "record.read", record)
            .get("/thanh-phan", "desk.open", |desk: Desk| async move { desk.show(gallery(&desk)).await });
        let (router, rows) = routes.open(Arc::new(app));
        Self { router, rows, _db: scratch }
    }

    pub(super) async fn ask(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 16 << 20).await.unwrap().to_vec();
        Reply { status: parts.status, headers: parts.headers, bytes }
    }

    pub(super) async fn get(&self, path: &str) -> Reply {
        self.ask(by_clerk(Request::get(path)).body(Body::empty()).unwrap()).await
    }

    /// Posts a form as the clerk with a token from the home page.
    pub(super) async fn post(&self, path: &str, fields: &str) -> Reply {
        let token = self.get("/").await.token();
        let request = by_clerk(Request::post(path)).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request.body(Body::from(format!("csrf={token}&{fields}"))).unwrap()).await
    }
}

pub(super) fn by_clerk(request: axum::http::request::Builder) -> axum::http::request::Builder {
    request.header(header::COOKIE, format!("other=1; danvan={SESSION}"))
}

pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) bytes: Vec<u8>,
}

impl Reply {
    pub(super) fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap()
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(super) fn token(&self) -> String {
        let rest = self.text().split(r#"name="csrf" value=""#).nth(1).unwrap();
        rest.split('"').next().unwrap().to_owned()
    }

    pub(super) fn cookie(&self, name: &str) -> Option<String> {
        let lines = self.headers.get_all(header::SET_COOKIE).iter().map(|line| line.to_str().unwrap().to_owned());
        lines.into_iter().find(|line| line.starts_with(&format!("{name}=")))
    }
}
