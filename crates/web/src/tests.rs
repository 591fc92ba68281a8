mod form;
mod guards;
mod requests;
mod review;
mod serving;
mod wordings;

use std::{sync::Arc, time::Duration};

use kernel::Label;

use crate::{
    Answer, App, DemoMark, Desk, Flash, FormData, Nav, NavGroup, NavItem, OPEN, Page, Routes, Target, Trouble, Who,
    gallery, html, json,
    testing::{Known, Town, person},
};

/// An office with one clerk, and a few doors.
async fn office() -> Town {
    office_with(|_| {}).await
}

async fn office_with(arrange: impl FnOnce(&mut App)) -> Town {
    let scratch = db::testing::sqlite().await.unwrap();
    let doors = Routes::new()
        .get("/", "desk.open", home)
        .get("/form", OPEN, form)
        .post("/send", OPEN, save)
        .post("/save", "record.save", save)
        .get("/records/{unit}", "record.read", record)
        .get("/sealed", "record.read", sealed)
        .get("/api/v1/records/{unit}", "record.read", record)
        .get("/thanh-phan", "desk.open", |desk: Desk| async move { desk.show(gallery(&desk)).await });
    Town::open(scratch.db.clone(), doors, |app| {
        // The directory of the database lives as long as the server.
        let mut app = app.with("laid in").with(scratch);
        app.sessions = Arc::new(Known(vec![clerk()]));
        app.demo = Some(DemoMark::default());
        app.nav = Arc::new(|_| Box::pin(async { Ok(nav()) }));
        app.settings.upload_bytes = 1 << 20;
        app.settings.form_bytes = 64 << 10;
        app.settings.body_wait = Duration::from_millis(300);
        arrange(&mut app);
        app
    })
}

fn clerk() -> Who {
    let mut who = person("an", "clerk", 11, "UBND xã Tân Phong");
    who.name = "Nguyễn Văn A".into();
    who.seat.place_name = "tỉnh Thanh Giang".into();
    who.seat.role_label = Label { vi: "Cán bộ tiếp công dân".into(), en: Some("Reception clerk".into()) };
    let mut other = person("an", "approver", 12, "Đảng ủy xã Tân Phong").seat;
    other.id = 2;
    other.role_label = Label { vi: "Người duyệt".into(), en: Some("Approver".into()) };
    who.seats = vec![who.seat.clone(), other];
    who
}

fn nav() -> Nav {
    let item = |label: &str, href: &str, icon, count| NavItem { label: label.into(), href: href.into(), icon, count };
    let group = |label: &str, items| NavGroup { label: label.into(), items, folded: false };
    let books = vec![
        item("Đơn", "/thanh-phan", "inbox", Some(36)),
        item("Đối thoại", "/dialogues", "messages-square", Some(2)),
        item("Cam kết", "/commitments", "handshake", Some(12)),
        item("Dân vận khéo", "/models", "star", Some(1009)),
        item("Tuyên truyền", "/outreach", "megaphone", None),
    ];
    let numbers = vec![item("Chỉ tiêu", "/targets", "target", None), item("Báo cáo", "/reports", "file-text", Some(1))];
    Nav {
        groups: vec![
            group("", vec![item("Hôm nay", "/", "house", Some(11))]),
            group("Sổ", books),
            group("Số liệu", numbers),
            group("Tổ chức", vec![item("Đơn vị, địa bàn", "/units", "landmark", None)]),
        ],
        unread: Some(3),
    }
}

async fn home(desk: Desk) -> Answer {
    let name = desk.who()?.name.clone();
    let laid_in = *desk.app.room::<&str>();
    desk.show(Page::new("Hôm nay").main(html! { p { (name) " " (laid_in) } form method="post" { (desk.csrf()) } }))
        .await
}

async fn form(desk: Desk) -> Answer {
    desk.show(Page::new("Gửi ý kiến").bare(html! { form method="post" action="/send" { (desk.csrf()) } })).await
}

async fn save(desk: Desk, form: FormData) -> Answer {
    assert!(form.get("fail") != "panic", "secret detail of the panic");
    if form.get("fail") == "internal" {
        return Err(db::Stop::fault("select secret from table").into());
    }
    let files: u64 = form.files.iter().map(|file| file.size).sum();
    let seen = format!("{}|{}", form.get("title"), form.has("csrf"));
    desk.back_to("/", Some(Flash::ok("web.left").with("count", files).link("/seen", seen)))
}

async fn record(desk: Desk, axum::extract::Path(unit): axum::extract::Path<i64>) -> Answer {
    if unit == 404 {
        return Err(Trouble::NotFound);
    }
    desk.sees("record.read", &Target::unit(unit))?;
    desk.may("record.delete", &Target::unit(12))?;
    json(&unit)
}

async fn sealed(desk: Desk) -> Answer {
    desk.show(Page::new("Kín").private().main(html! { p { (" kín".repeat(400)) } })).await
}
