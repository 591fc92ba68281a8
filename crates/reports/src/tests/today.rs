//! The page of today names a report to the one whose act is next, and to nobody else.

use std::sync::Arc;

use figures::Heads;
use kernel::Day;
use records::testing::{clerk, house};
use web::{
    Answer, Desk, Page, html,
    testing::{Town, person},
};

use super::{directions::Rights, life::NoHeads, period};
use crate::{Source, act};

const NOW: Day = Day::constant(2026, 9, 4);

async fn today(desk: Desk) -> Answer {
    let part = crate::reports_today(&desk).await?;
    desk.show(Page::new("Hôm nay").main(html! { @if let Some(part) = part { (part) } })).await
}

#[tokio::test]
async fn a_report_waits_for_whoever_acts_next() {
    for scratch in db::testing::both().await.unwrap() {
        let house = Arc::new(house(&scratch).await.unwrap());
        let snapshot = house.now();
        let source = Source { house: &house, snapshot: &snapshot, heads: &NoHeads };
        let city = snapshot.tree.find("31/ban-tuyen-giao-dan-van", NOW).unwrap();
        let ward = snapshot.tree.find("11383/ubnd", NOW).unwrap();
        let heads: Arc<dyn Heads> = Arc::new(NoHeads);
        let people = vec![
            person("lan", "clerk", city.0, "Ban Tuyên giáo và Dân vận"),
            person("binh", "approver", city.0, "Ban Tuyên giáo và Dân vận"),
            person("hoa", "approver", ward.0, "UBND phường"),
        ];
        let town = Town::open(house.db.clone(), crate::routes().get("/today", "report.read", today), |mut app| {
            app.sessions = Arc::new(web::testing::Known(people));
            app.access = Arc::new(Rights(house.clone()));
            app.with(house.clone()).with(heads)
        });
        let by = clerk(city.0, NOW);
        let report = act::create(source, &by, "six-month", city.ground(), period("2026-H1")).await.unwrap();
        let named = format!("/reports/{}", report.id);
        let waits_for = async |who: &str, not: &str| {
            town.by(who).get("/today").await.shows("Báo cáo chờ xử lý").shows(&named);
            for one in [not, "hoa"] {
                town.by(one).get("/today").await.hides(&named);
            }
        };

        // A draft is its writers' own matter.
        town.by("lan").get("/today").await.hides(&named);
        act::submit(source, &by, report.id, 1, "").await.unwrap();
        waits_for("binh", "lan").await;
        act::send_back(source, &by, report.id, 2, "number:dialogue.held", "Lệch sổ.").await.unwrap();
        waits_for("lan", "binh").await;
    }
}
