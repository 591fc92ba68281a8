//! The pages and the API over a house.

use super::*;

const FIGURE: &str = "/figures/dialogue.held?unit=hai-phong&period=2021";

#[tokio::test]
async fn a_number_opens_onto_its_records_and_says_what_it_hides() {
    for scratch in testing::both().await.unwrap() {
        let house = settled(&scratch).await;
        held(&house, "11383/ubnd", "3/5/2021", "periodic", "11383/ubnd:chu-tich-ubnd").await;
        let seen = held(&house, "11296/ubnd", "4/6/2021", "thematic", "11296/ubnd:chu-tich-ubnd").await;
        let hidden = held(&house, "11296/dang-uy", "5/6/2021", "thematic", "11296/dang-uy:bi-thu").await;
        let town = town(&house, Vec::new());

        let page = town.by("lan").get(FIGURE).await;
        page.shows("Cuộc đối thoại đã tổ chức").shows(">03<").shows("3 hồ sơ làm ra số này");
        page.shows(&format!("/records/{seen}")).hides(&format!("/records/{hidden}"));
        page.shows("và 1 hồ sơ của đơn vị khác hoặc được niêm phong, cộng 1").shows("100% có hồ sơ");
        page.shows("by=kind%3Athematic").shows("So với kỳ khác").shows("Theo tháng");

        let thematic = town.by("lan").get(&format!("{FIGURE}&by=kind:thematic")).await;
        thematic.shows(">02<").shows("2 hồ sơ làm ra số này");
        let now = town.by("lan").get(&format!("{FIGURE}&geography=now")).await;
        now.shows(">03<").shows("hiện nay");
        let empty = town.by("lan").get("/figures/dialogue.held?unit=hai-phong&period=2019").await;
        empty.shows("chưa có số liệu").hides(">0<");
        // Of another place one knows nothing; of no such figure neither.
        assert_eq!(town.by("hoa").get(FIGURE).await.status, 404);
        assert_eq!(town.by("lan").get("/figures/dialogue.none").await.status, 404);
        town.by("lan")
            .get("/figures?unit=hai-phong&period=2021&q=doi+thoai")
            .await
            .shows("3\u{a0}cuộc\u{a0}đối\u{a0}thoại")
            .hides("Cam kết đưa ra");
        // What is counted is said in the reader's language.
        town.by("lan")
            .get("/figures?unit=hai-phong&period=2021&q=doi+thoai&lang=en")
            .await
            .shows("dialogues")
            .hides("thoại<");
    }
}

#[tokio::test]
async fn the_board_names_who_is_missing_and_every_cell_leads_on() {
    for scratch in testing::both().await.unwrap() {
        let house = settled(&scratch).await;
        held(&house, "11383/ubnd", "3/5/2021", "periodic", "11383/ubnd:chu-tich-ubnd").await;
        let places = ["11383", "11296"].map(|code| unit(&house, code, "31/12/2021"));
        let town = town(&house, places.to_vec());
        let page = town.by("lan").get("/targets?unit=hai-phong&period=2021").await;
        page.shows("Chỉ tiêu năm 2021").shows("1/4").shows("thiếu 3");
        // The city of today was formed in 2025: of 2021 its people mean the one of that year.
        town.by("lan").get("/targets?period=2021").await.shows("1/4").shows("thiếu 3");
        page.shows("Bí thư").shows("/figures/heads_in_dialogue?unit=11296%2Fdang-uy&amp;period=2021");
        let communes = town.by("lan").get("/targets?unit=hai-phong&period=2021&rows=communes").await;
        communes.shows("1/2").shows("0/2").shows("/targets?unit=11296&amp;period=2021");
        town.by("lan").get("/targets?unit=hai-phong&period=2019").await.shows("Kỳ này chưa có chỉ tiêu");

        let api = town
            .by("lan")
            .api(axum::http::Method::GET, "/api/v1/targets?unit=hai-phong&period=2021", None)
            .await
            .json();
        let status =
            api["targets"].as_array().unwrap().iter().find(|one| one["figure"] == "heads_in_dialogue").unwrap().clone();
        assert_eq!(
            (status["reached"].clone(), status["of"].clone(), status["state"].clone()),
            (1.into(), 4.into(), "not_met".into())
        );
        let keys: Vec<&String> = status.as_object().unwrap().keys().collect();
        assert_eq!(
            keys,
            ["id", "figure", "op", "value", "reached", "of", "state", "missing"],
            "the contract's, no other"
        );
        assert_eq!(status["missing"], serde_json::json!(["11296/dang-uy", "11296/ubnd", "11383/dang-uy"]));
        let path = "/api/v1/figures?unit=hai-phong&from=2021-01-01&to=2021-12-31&figure=dialogue.held&figure=dialogue.attendance";
        let api = town.by("lan").api(axum::http::Method::GET, path, None).await.json();
        assert_eq!((api["unit"].clone(), api["geography"].clone()), ("31".into(), "then".into()));
        assert_eq!(
            (api["figures"][1]["value"].clone(), api["figures"][0]["shown"].clone()),
            (1.into(), "120 lượt người".into())
        );
    }
}
