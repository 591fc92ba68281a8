use super::office;
use crate::look::{EMBLEM, SCRIPT, STYLE};

/// `GALLERY=/tmp/gallery` writes the page and its files there, to be looked at.
#[tokio::test]
async fn the_gallery_draws_every_part() {
    let office = office().await;
    let page = office.by("an").get("/thanh-phan").await;
    assert_eq!(page.status, 200);
    for part in [
        "class=\"due over\"",
        "class=\"cal\"",
        "class=\"tbl cards\"",
        "aria-sort=\"ascending\"",
        "class=\"tbl board cards\"",
        "class=\"errsum panel\"",
        "class=\"steps\"",
        "class=\"tl\"",
        "class=\"doc panel\"",
        "<progress",
        "class=\"chart\"",
        "class=\"tbl rows cards\"",
        "class=\"bar-end row\"",
    ] {
        assert!(page.text().contains(part), "{part}");
    }
    if let Ok(dir) = std::env::var("GALLERY") {
        let dir = std::path::Path::new(&dir);
        std::fs::create_dir_all(dir.join("look")).unwrap();
        for asset in [&*STYLE, &*SCRIPT, &*EMBLEM] {
            std::fs::write(dir.join(&asset.path[1..]), &asset.text).unwrap();
        }
        std::fs::write(dir.join("index.html"), page.text()).unwrap();
        std::fs::write(dir.join("en.html"), office.by("an").get("/thanh-phan?lang=en").await.text()).unwrap();
        std::fs::write(dir.join("missing.html"), office.by("an").get("/records/404").await.text()).unwrap();
    }
}
