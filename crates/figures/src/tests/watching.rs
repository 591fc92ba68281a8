//! What someone watches: what changed since they looked, and nothing of what they may not open.

use records::store::watch::{self, Watch};
use web::testing::Client;

use super::*;

const FIGURE: &str = "/figures/dialogue.held?unit=hai-phong&period=2021";

/// The addresses at which the things watched are dropped, as the page gives them.
async fn drops(client: &Client<'_>) -> Vec<String> {
    let page = client.get("/watching").await.text();
    let given = page.split("action=\"").filter_map(|rest| rest.split_once('"')).map(|(address, _)| address);
    given.filter(|address| address.ends_with("/drop")).map(ToOwned::to_owned).collect()
}

#[tokio::test]
async fn what_is_watched_tells_what_changed_since() {
    for scratch in testing::both().await.unwrap() {
        let house = settled(&scratch).await;
        let own = held(&house, "11383/ubnd", "3/5/2021", "periodic", "11383/ubnd:chu-tich-ubnd").await;
        // In a party committee's book, which the government above does not read.
        let others = held(&house, "11296/dang-uy", "4/6/2021", "thematic", "11296/dang-uy:bi-thu").await;
        let town = town(&house, Vec::new());
        let (lan, hoa) = (town.by("lan"), town.by("hoa"));
        lan.get("/watching").await.shows("Chưa theo dõi hồ sơ, số liệu nào");

        let record = format!("/records/{own}");
        lan.get(&record).await.shows("action=\"/watching\"").hides("Bỏ theo dõi");
        assert_eq!(lan.post("/watching", &[("address", &record)]).await.status, 303);
        lan.get(&record).await.shows("Bỏ theo dõi");
        assert_eq!(lan.post("/watching", &[("address", FIGURE)]).await.status, 303);
        // Asked in another way it is the same figure.
        lan.get("/figures/dialogue.held?period=2021&unit=hai-phong").await.shows("Bỏ theo dõi");
        lan.get("/figures/dialogue.held?period=2020&unit=hai-phong").await.hides("Bỏ theo dõi");
        for address in [format!("/records/{others}"), "/figures/dialogue.none".into(), "/account".into(), String::new()]
        {
            assert_eq!(lan.post("/watching", &[("address", &address)]).await.status, 404, "{address}");
        }
        lan.get("/watching").await.shows("Đang theo dõi 2, có thay đổi 0.").hides("Đã xem hết");
        hoa.get("/watching").await.shows("Chưa theo dõi hồ sơ, số liệu nào");

        // Both change: a record by its entry, a figure by its value then and now.
        let mut by = clerk(unit(&house, "11383/ubnd", "10/1/2022").0, day("10/1/2022"));
        by.old_book = true;
        let edited = Input::default().set("attendance", "135");
        act::edit(&house, &by, own, 1, edited).await.unwrap();
        held(&house, "11383/ubnd", "6/7/2021", "periodic", "11383/ubnd:chu-tich-ubnd").await;
        let page = lan.get("/watching").await;
        page.shows("Đang theo dõi 2, có thay đổi 2.").shows("Sửa: Số người dự").shows(" → <b>03");
        assert_eq!(lan.post("/watching/seen", &[]).await.status, 303);
        lan.get("/watching").await.shows("Đang theo dõi 2, có thay đổi 0.").hides(" → <b>");

        // What one may not open any more is not told, and stays so when all was seen.
        let account = web::testing::person("lan", "leader", 0, "").account;
        let address = format!("/records/{others}");
        let lost = Watch { id: 77, address: address.clone(), record: others.0, mark: "0".into(), looked_ms: 0 };
        let mut tx = house.db.begin().await.unwrap();
        watch::add(&mut tx, account, &lost).await.unwrap();
        tx.commit().await.unwrap();
        lan.get("/watching").await.shows("không mở được mục này").hides(&address);
        assert_eq!(lan.post("/watching/seen", &[]).await.status, 303);

        // One drops one's own and nobody else's.
        let mine = drops(&lan).await;
        assert_eq!(mine.len(), 3);
        assert_eq!(hoa.post(&mine[0], &[]).await.status, 404);
        for address in &mine {
            assert_eq!(lan.post(address, &[]).await.status, 303);
        }
        lan.get("/watching").await.shows("Chưa theo dõi hồ sơ, số liệu nào");
    }
}
