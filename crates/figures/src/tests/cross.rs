//! The cross-table: parts that come to their whole, totals only where they do, kept, shared, and read by a spreadsheet.

use super::*;
use crate::cross::{Axis, Cell, Cross, Line, NoTotal, Parts, Shaped, cross};

async fn three(house: &Arc<House>) {
    held(house, "11383/ubnd", "3/5/2021", "periodic", "11383/ubnd:chu-tich-ubnd").await;
    held(house, "11383/ubnd", "4/8/2021", "thematic", "11383/ubnd:chu-tich-ubnd").await;
    held(house, "11296/ubnd", "30/12/2021", "ad_hoc", "11296/ubnd:chu-tich-ubnd").await;
    held(house, "31/ubnd", "9/9/2021", "periodic", "31/ubnd:chu-tich-ubnd").await;
}

fn shaped(figures: &[&str], rows: &str, columns: &str) -> Shaped {
    let figures = figures.iter().map(|name| (*name).to_owned()).collect();
    Shaped { figures, rows: Axis::parse(rows).unwrap(), columns: Axis::parse(columns).unwrap(), only: Vec::new() }
}

async fn reckoned(house: &Arc<House>, shaped: &Shaped) -> db::Result<Cross> {
    let snapshot = house.now();
    let heads = Two(Vec::new(), house.clone());
    let mut tx = house.read().await?;
    let city = snapshot.tree.find("hai-phong", day("31/12/2021"))?;
    cross(&mut tx, house, &snapshot, &heads, year(city), shaped).await
}

/// Every whole number of the table.
fn amount(cross: &Cross, row: Line, column: Line) -> Option<i64> {
    match cross.cell(row, column) {
        Cell::Value(value, _) => value.value,
        Cell::Rest(amount, _) => Some(amount),
        Cell::NoTotal(_) | Cell::Blank => None,
    }
}

#[tokio::test]
async fn parts_come_to_their_whole_or_there_is_no_total() {
    for scratch in testing::both().await.unwrap() {
        let house = settled(&scratch).await;
        three(&house).await;
        for (rows, columns) in
            [("units", "quarter"), ("quarter", "by:kind"), ("by:kind", "communes"), ("month", "units")]
        {
            let cross = reckoned(&house, &shaped(&["dialogue.held"], rows, columns)).await;
            // All communes of the city are too many for columns.
            let Ok(cross) = cross else {
                assert!(columns == "communes" || columns == "units", "{rows} × {columns}: {:?}", cross.err());
                continue;
            };
            let (down, across) = (cross.lines(true), cross.lines(false));
            assert_eq!(amount(&cross, Line::Whole, Line::Whole), Some(4), "{rows} × {columns}");
            for row in &down {
                let parts = across.iter().filter(|line| **line != Line::Whole);
                let sum: i64 = parts.filter_map(|column| amount(&cross, *row, *column)).sum();
                assert_eq!(sum, amount(&cross, *row, Line::Whole).unwrap_or(0), "{rows} × {columns}, {row:?}");
            }
            for column in &across {
                let parts = down.iter().filter(|line| **line != Line::Whole);
                let sum: i64 = parts.filter_map(|row| amount(&cross, *row, *column)).sum();
                assert_eq!(sum, amount(&cross, Line::Whole, *column).unwrap_or(0), "{rows} × {columns}, {column:?}");
            }
        }
        // The city's own committee is a row of its own, so that its number opens too.
        let cross =
            reckoned(&house, &shaped(&["dialogue.held", "units_in_dialogue"], "units", "figures")).await.unwrap();
        let Parts::Units(units) = &cross.rows else { panic!("{:?}", cross.rows) };
        let own = unit(&house, "31/ubnd", "31/12/2021");
        let place = units.iter().position(|unit| *unit == own).unwrap();
        assert_eq!(amount(&cross, Line::Part(place), Line::Part(0)), Some(1));
        assert_eq!(cross.cell(Line::Whole, Line::Part(1)), Cell::NoTotal(NoTotal::Share));
        assert_eq!(cross.lines(false), [Line::Part(0), Line::Part(1)], "figures are not summed");
        // What stands on a day is not summed over periods.
        let pack = house.now().pack.clone();
        let stands = |name: &String| pack.shape(name) == Some(pack::figure::Shape::Stock);
        let stock = pack.figure_names().into_iter().find(stands).unwrap();
        let cross = reckoned(&house, &shaped(&[&stock], "units", "quarter")).await.unwrap();
        assert_eq!(cross.cell(Line::Part(0), Line::Whole), Cell::NoTotal(NoTotal::Stock));
        for (figures, rows, columns, refused) in [
            (&["dialogue.held", "units_in_dialogue"][..], "units", "quarter", "figures.cross_one_figure"),
            (&["dialogue.held"], "units", "communes", "figures.cross_same_side"),
            (&["dialogue.held"], "units", "by:colour", "figures.cross_no_breakdown"),
            (&["dialogue.none"], "units", "figures", "figure.unknown"),
        ] {
            match reckoned(&house, &shaped(figures, rows, columns)).await {
                Err(db::Stop::Refused(told)) => assert_eq!(told.0[0].key, refused),
                other => panic!("{refused}: {:?}", other.err()),
            }
        }
    }
}

#[tokio::test]
async fn the_page_draws_what_the_address_says_and_each_cell_opens() {
    for scratch in testing::both().await.unwrap() {
        let house = settled(&scratch).await;
        three(&house).await;
        let town = town(&house, Vec::new());
        let base = "/figures/table?unit=hai-phong&period=2021";
        let page = town.by("lan").get(&format!("{base}&f=dialogue.held&f=units_in_dialogue")).await;
        page.shows("Cuộc đối thoại đã tổ chức").shows("/figures/dialogue.held?unit=305&amp;period=2021");
        page.shows("không cộng").shows("Tỷ lệ và mức độ phủ không cộng được.").shows("Cộng");
        let quarters = town.by("lan").get(&format!("{base}&f=dialogue.held&rows=units&columns=quarter")).await;
        quarters.shows("Quý II<").shows("/figures/dialogue.held?unit=305&amp;period=2021-Q2");
        let kinds = town.by("lan").get(&format!("{base}&f=dialogue.held&rows=by:kind&columns=quarter")).await;
        kinds.shows("period=2021-Q4&amp;by=kind%3Aad_hoc");
        let cell = town.by("lan").get("/figures/dialogue.held?unit=hai-phong&period=2021-Q4&by=kind:ad_hoc").await;
        cell.shows(">01<").shows("1 hồ sơ làm ra số này");

        town.by("lan").get(base).await.shows("Chọn số liệu để lập bảng");
        town.by("lan").get(&format!("{base}&q=doi+thoai")).await.shows("Đánh dấu để thêm vào bảng");
        let refused = town.by("lan").get(&format!("{base}&f=dialogue.held&rows=year&columns=month")).await;
        assert_eq!(refused.status, 422);
        refused.shows("Hàng và cột phải là hai thứ khác nhau");
        assert_eq!(town.by("hoa").get(&format!("{base}&f=dialogue.held")).await.status, 404);
        let sheet = town.by("lan").get(&format!("/figures/table/sheet{}&f=dialogue.held", &base[14..])).await;
        assert!(
            sheet.bytes.starts_with(b"PK") && sheet.header("content-disposition").contains("bang-cheo-31-2021.xlsx")
        );
    }
}

/// The city's leader and a commune's clerk, with accounts of their own.
async fn peopled(house: &Arc<House>) -> (Town, [String; 2]) {
    let tree = house.now().tree.clone();
    let mut sessions = Vec::new();
    let now = NOW.parse().unwrap();
    for (login, role, code) in [("lan", Role::Leader, "31/ubnd"), ("hoa", Role::Clerk, "11383/ubnd")] {
        let unit = tree.find(code, today()).unwrap();
        let made = people::add(&house.db, &house.ids, (0, 0), login, login, role, unit.0, now).await.unwrap();
        people::choose_first(&house.db, &house.ids, &made.0, &made.1.unwrap(), "bảng chéo thử 2026", now)
            .await
            .unwrap();
        sessions.push(people::sign_in(&house.db, &house.ids, login, "bảng chéo thử 2026", now).await.unwrap());
    }
    let source = house.clone();
    let tree: people::TreeSource = Arc::new(move || source.now().tree.clone());
    let heads: Arc<dyn Heads> = Arc::new(Two(Vec::new(), house.clone()));
    let town = Town::open(house.db.clone(), crate::routes(), |mut app| {
        app.sessions = Arc::new(people::Registry { db: house.db.clone(), tree: tree.clone() });
        app.access = Arc::new(people::Rights { tree });
        app.with(house.clone()).with(heads)
    });
    (town, sessions.try_into().unwrap())
}

#[tokio::test]
async fn a_kept_table_is_shared_downwards_and_read_by_a_spreadsheet_until_revoked() {
    for scratch in testing::both().await.unwrap() {
        let house = settled(&scratch).await;
        three(&house).await;
        let (town, [lan, hoa]) = peopled(&house).await;
        let query = "unit=hai-phong&period=2021&f=dialogue.held&rows=units&columns=by:kind";
        let keep = |name: &'static str, share: &'static str| [("query", query), ("name", name), ("share", share)];
        town.by(&lan).post("/figures/tables", &keep("", "own")).await.shows("Ghi tên bảng").shows("f=dialogue.held");
        let own = town.by(&lan).post("/figures/tables", &keep("Riêng", "own")).await;
        let own = own.header("location").rsplit_once("table=").unwrap().1.to_owned();
        let shared = town.by(&lan).post("/figures/tables", &keep("Chung", "body")).await;
        let shared = shared.header("location").rsplit_once("table=").unwrap().1.to_owned();
        let at = |table: &str, rest: &str| format!("/figures/tables/{table}{rest}");

        // Those below read it of their own place; what is private is not there for them.
        let page = town.by(&hoa).get("/figures/table").await;
        page.shows("Chung").hides("Riêng");
        let opened = town.by(&hoa).get(&at(&shared, "")).await;
        assert!(opened.status == 303 && !opened.header("location").contains("unit="), "{}", opened.header("location"));
        let opened = town.by(&hoa).get(opened.header("location")).await;
        opened.shows("Chung").shows("dialogue.held");
        assert_eq!(town.by(&hoa).get(&at(&own, "")).await.status, 404);
        assert_eq!(town.by(&hoa).post(&at(&shared, "/drop"), &[]).await.status, 403);

        let made = town.by(&lan).post(&at(&own, "/address"), &[]).await;
        made.shows("data-address").shows("Từ Web");
        let text = made.text();
        let token = text.split("/figures/csv/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let mut tx = house.db.read().await.unwrap();
        assert!(crate::store::feed(&mut tx, &token).await.unwrap().is_none(), "only its hash is kept");
        drop(tx);
        let csv = town.stranger().get(&format!("/figures/csv/{token}")).await;
        assert_eq!((csv.status.as_u16(), csv.header("content-type")), (200, "text/csv; charset=utf-8"));
        let text = csv.text();
        assert!(text.starts_with('\u{feff}') && text.contains("\r\n305,") && text.ends_with(",4\r\n"), "{text}");
        assert_eq!(town.stranger().get("/figures/csv/nobodys").await.status, 404);
        town.by(&lan).get(&at(&own, "")).await;
        assert_eq!(town.by(&lan).post(&at(&own, "/address/end"), &[]).await.status, 303);
        assert_eq!(town.stranger().get(&format!("/figures/csv/{token}")).await.status, 404);

        // An address of a clerk below reads with that clerk's rights; it ends with the table.
        let made = town.by(&hoa).post(&at(&shared, "/address"), &[]).await.text();
        let token = made.split("/figures/csv/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let csv = town.stranger().get(&format!("/figures/csv/{token}")).await.text();
        assert!(!csv.contains("\r\n305,"), "{csv}");
        assert_eq!(town.by(&lan).post(&at(&shared, "/drop"), &[]).await.status, 303);
        assert_eq!(town.stranger().get(&format!("/figures/csv/{token}")).await.status, 404);
    }
}
