use axum::http::StatusCode;
use kernel::Id;
use pack::register::Role;

use super::{House, PASSWORD, code, commune, houses, unit};
use crate::store;

impl House {
    async fn account(&self, login: &str) -> Option<store::Account> {
        let mut tx = self.db().read().await.unwrap();
        store::by_login(&mut tx, login).await.unwrap()
    }
}

/// The value of a cookie as it was laid.
fn cookie(line: &str) -> String {
    line.split(';').next().unwrap().split_once('=').unwrap().1.to_owned()
}

#[tokio::test]
async fn signing_in_and_out() {
    for house in houses().await {
        house.person("an", Role::Clerk, unit("31/ubnd")).await;
        let stranger = house.town.stranger();
        stranger.get("/account").await.redirects_to("/sign-in?next=%2Faccount");
        stranger.get("/sign-in?next=%2Faccount").await.shows("Đăng nhập").shows(r#"value="/account""#);
        let sign_in = |login: &'static str, password: &'static str, next: &'static str| async move {
            stranger.post("/sign-in", &[("login", login), ("password", password), ("next", next)]).await
        };
        // The same page, byte for byte but for the token and what was typed.
        let plain = |reply: &web::testing::Reply, login: &str| {
            reply.text().replace(&reply.token(), "").replace(&format!("value=\"{login}\""), "")
        };
        let (wrong, unknown) = (sign_in("an", "sai", "/").await, sign_in("ai-do", "sai", "/").await);
        assert_eq!(
            (wrong.status, unknown.status),
            (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::UNPROCESSABLE_ENTITY)
        );
        assert_eq!(plain(&wrong, "an"), plain(&unknown, "ai-do"));
        wrong.hides("\"sai\"");
        for elsewhere in ["//evil.example", "https://evil.example", "/\\evil.example"] {
            sign_in("an", PASSWORD, elsewhere).await.redirects_to("/");
        }
        let signed_in = sign_in("an", PASSWORD, "/account").await;
        signed_in.redirects_to("/account");
        let line = signed_in.cookie("danvan").unwrap();
        assert!(line.contains("HttpOnly") && line.contains("SameSite=Lax"), "{line}");
        let token = cookie(&line);
        let an = house.town.by(&token);
        an.get("/account").await.shows("Ủy ban nhân dân thành phố Hải Phòng").shows("Đổi mật khẩu").hides(&token);
        assert_eq!(an.get("/people").await.status, StatusCode::FORBIDDEN);
        assert_eq!(an.get("/posts").await.status, StatusCode::FORBIDDEN);
        // Sessions that are open can be ended from here: three of them were opened above.
        let page = an.get("/account").await.text();
        let other = page.split(r#"name="session" value=""#).nth(1).unwrap().split('"').next().unwrap().to_owned();
        an.post("/account/sessions/end", &[("session", &other)]).await.redirects_to("/account");
        an.get("/account").await.hides(&other);
        let out = an.post("/sign-out", &[]).await;
        out.redirects_to("/sign-in");
        assert!(out.cookie("danvan").unwrap().contains("Max-Age=0"));
        an.get("/account").await.redirects_to("/sign-in?next=%2Faccount");
    }
}

#[tokio::test]
async fn a_demo_shows_its_accounts_and_no_other_instance_does() {
    let demo =
        crate::DemoAccount {
            login: "tinh".into(), password: PASSWORD.into(), what: "Lãnh đạo, Hải Phòng".into()
        };
    let house = House::on(db::testing::sqlite().await.unwrap(), vec![demo]).await;
    house.person("tinh", Role::Leader, unit("31")).await;
    let page = house.town.stranger().get("/sign-in").await;
    page.shows("Lãnh đạo, Hải Phòng").shows(PASSWORD).shows("Tài khoản dùng thử");
    let form = [("login", "tinh"), ("password", PASSWORD), ("next", "")];
    house.town.stranger().post("/sign-in", &form).await.redirects_to("/");
    let real = House::on(db::testing::sqlite().await.unwrap(), Vec::new()).await;
    real.town.stranger().get("/sign-in").await.hides("Tài khoản dùng thử");
}

#[tokio::test]
async fn the_first_administrator_enters_by_a_link() {
    for house in houses().await {
        let (_, invitation) = house.invite("quan-tri", Role::Administrator, unit("31")).await;
        let (stranger, path) = (house.town.stranger(), invitation.path());
        stranger.get(&path).await.shows("quan-tri");
        assert_eq!(stranger.get("/invitation/nothing").await.status, StatusCode::GONE);
        let choose = |password: &'static str, again: &'static str| {
            let path = path.clone();
            async move { stranger.post(&path, &[("password", password), ("again", again)]).await }
        };
        choose("một câu khác hẳn", "một câu").await.shows("Hai lần gõ khác nhau");
        choose("ngắn", "ngắn").await.shows("ít nhất 12 ký tự");
        choose(PASSWORD, PASSWORD).await.redirects_to("/sign-in");
        assert_eq!(stranger.get(&path).await.status, StatusCode::GONE);
        let token = house.session("quan-tri").await;
        house.town.by(&token).get("/people").await.shows("quan-tri").shows("1 người");
        let english = house.town.by(&token).get("/people?lang=en").await;
        english.shows("one person").shows("Administrator").hides("people-");
    }
}

#[tokio::test]
async fn people_are_added_one_by_one_and_from_a_spreadsheet() {
    for house in houses().await {
        house.person("quan-tri", Role::Administrator, unit("31")).await;
        let token = house.session("quan-tri").await;
        let admin = house.town.by(&token);
        let low = code(commune("ubnd"));
        let one = [("login", "Lê Văn Tám"), ("name", "Lê Văn Tám"), ("role", "clerk"), ("unit", low.as_str())];
        admin.post("/people", &one).await.shows("le-van-tam").shows("/invitation/").shows("chưa đặt mật khẩu");
        let foreign = [("login", "x"), ("name", "X"), ("role", "clerk"), ("unit", "01/ubnd")];
        let reply = admin.post("/people", &foreign).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        reply.shows("không thuộc phạm vi quản lý");
        // One bad line, and nobody is added.
        let bad = format!(
            "Tên đăng nhập\tHọ tên\tVai\tĐơn vị\nhoa\tĐỗ Thị Hòa\tCán bộ ghi sổ\t{low}\nbinh\tVũ Bình\tTrùm\t{low}\nchi\tChi\tclerk\txã Không Có"
        );
        let reply = admin.post("/people", &[("paste", &bad)]).await;
        reply.shows("Dòng 3: Không có vai “Trùm”").shows("Dòng 4:").shows("Đỗ Thị Hòa");
        assert!(house.account("hoa").await.is_none());
        let good = format!(
            "hoa;Đỗ Thị Hòa;Cán bộ ghi sổ;{low};01/10/2026;31/12/2026\nhoa;;leader;{low}\nan;Trần Văn An;approver;31/ubnd"
        );
        let reply = admin.post("/people", &[("paste", &good)]).await;
        assert_eq!(reply.text().matches("href=\"/invitation/").count(), 2);
        let hoa = house.account("hoa").await.unwrap();
        let page = admin.get(&format!("/people/{}", Id(hoa.id))).await;
        page.shows("01/10/2026").shows("31/12/2026").shows("Lãnh đạo");
        assert_eq!(house.acts(hoa.id).await, ["people.add", "people.seat", "people.invite", "people.seat"]);
        // By given name: An, Hòa, quan-tri, Tám.
        let text = admin.get("/people").await.text();
        let places = ["Trần Văn An", "Đỗ Thị Hòa", "Lê Văn Tám"].map(|name| text.find(name).unwrap());
        assert!(places.is_sorted(), "{places:?}");
    }
}

#[tokio::test]
async fn an_administrator_manages_their_own_people_and_nobody_elses() {
    for house in houses().await {
        let boss = house.person("boss", Role::Leader, unit("31/ubnd")).await;
        let clerk = house.person("clerk", Role::Clerk, commune("ubnd")).await;
        house.person("small", Role::Administrator, commune("")).await;
        house.person("big", Role::Administrator, unit("31")).await;
        let (small, big) = (house.session("small").await, house.session("big").await);
        let (small, big) = (house.town.by(&small), house.town.by(&big));
        let path = |account: &store::Account, act: &str| format!("/people/{}{act}", Id(account.id));
        // Someone else's officer is not there; the answer is that of a missing one.
        for act in ["/invite", "/disable", "/seat", "/seat/end"] {
            assert_eq!(
                small.post(&path(&boss, act), &[("disabled", "yes")]).await.status,
                StatusCode::NOT_FOUND,
                "{act}"
            );
        }
        let none = format!("/people/{}", Id(boss.id + 1));
        let (foreign, missing) = (small.get(&path(&boss, "")).await, small.get(&none).await);
        let plain =
            |reply: &web::testing::Reply, path: &str| reply.text().replace(&reply.token(), "").replace(path, "");
        assert_eq!((foreign.status, missing.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
        assert!(plain(&foreign, &path(&boss, "")) == plain(&missing, &none));
        // A seat given to them opens no way to take their account over.
        let low = code(commune("ubnd"));
        let reply = small.post("/people", &[("login", "boss"), ("name", ""), ("role", "clerk"), ("unit", &low)]).await;
        assert_eq!(reply.status, StatusCode::OK);
        reply.hides("/invitation/");
        small.get(&path(&boss, "")).await.shows("còn giữ vai ở đơn vị khác").hides("/invite\"");
        for act in ["/invite", "/disable"] {
            let reply = small.post(&path(&boss, act), &[("disabled", "yes")]).await;
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{act}");
        }
        assert!(!house.account("boss").await.unwrap().disabled);
        // Whoever stands above both may.
        big.post(&path(&boss, "/invite"), &[]).await.shows("/invitation/");
        big.post(&path(&boss, "/disable"), &[("disabled", "yes")]).await.redirects_to(&path(&boss, ""));
        assert!(house.account("boss").await.unwrap().disabled);
        // One's own account stays open, and seats end at once.
        let own = house.account("big").await.unwrap();
        assert_eq!(
            big.post(&path(&own, "/disable"), &[("disabled", "yes")]).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        let officer = house.session("clerk").await;
        house.town.by(&officer).get("/account").await.shows("Phiên làm việc");
        let page = small.get(&path(&clerk, "")).await.text();
        let seat = page.split(r#"name="seat" value=""#).nth(1).unwrap().split('"').next().unwrap().to_owned();
        small.post(&path(&clerk, "/seat/end"), &[("seat", &seat)]).await.redirects_to(&path(&clerk, ""));
        house.town.by(&officer).get("/account").await.redirects_to("/sign-in?next=%2Faccount");
    }
}

#[tokio::test]
async fn several_seats_and_which_one_is_in_use() {
    for house in houses().await {
        house.person("an", Role::Clerk, commune("ubnd")).await;
        crate::add(house.db(), &house.ids, super::SHELL, "an", "", Role::Administrator, unit("31").0, super::now())
            .await
            .unwrap();
        let token = house.session("an").await;
        let an = house.town.by(&token);
        assert_eq!(an.get("/people").await.status, StatusCode::FORBIDDEN);
        let page = an.get("/account").await.text();
        let seat = page.split(r#"name="seat" value=""#).nth(1).unwrap().split('"').next().unwrap().to_owned();
        assert_eq!(an.post("/seat", &[("seat", "1")]).await.status, StatusCode::NOT_FOUND);
        an.post("/seat", &[("seat", &seat)]).await.redirects_to("/");
        an.get("/people").await.shows("1 người");
    }
}

#[tokio::test]
async fn posts_and_their_holders() {
    for house in houses().await {
        house.person("quan-tri", Role::Administrator, unit("31")).await;
        let token = house.session("quan-tri").await;
        let admin = house.town.by(&token);
        let low = code(commune("ubnd"));
        let enter = |post: &'static str, unit: String, name: &'static str| async move {
            let fields =
                [("post", post), ("unit", &*unit), ("name", name), ("from", "01/07/2025"), ("decision", "12-QĐ/TU")];
            admin.post("/posts", &fields).await
        };
        enter("chu-tich-ubnd", "01/ubnd".into(), "Ai Đó").await.shows("không thuộc phạm vi quản lý");
        enter("bi-thu", low.clone(), "Ai Đó").await.shows("không thuộc cơ quan này");
        enter("", low.clone(), "").await.shows("chưa chọn").shows("chưa ghi");
        enter("chu-tich-ubnd", low.clone(), "Lê Thị Chi").await.redirects_to("/posts");
        let page = admin.get("/posts?in=31").await;
        page.shows("Lê Thị Chi").shows("12-QĐ/TU").shows("1 trong 1");
        // Who held a post on a day; the posts of head that nobody held then are named.
        let place = low.split('/').next().unwrap();
        let then = admin.get(&format!("/posts?in={place}&on=02/07/2025")).await;
        then.shows("Lê Thị Chi").shows("chưa có người giữ").shows("Chức vụ đứng đầu còn trống").shows("Bí thư");
        admin.get("/posts?in=31&on=30/06/2025").await.hides("Lê Thị Chi");
        admin.get(&format!("/posts?in={place}")).await.hides("chưa có người giữ");
        let posts = house.town.app.room::<std::sync::Arc<crate::Room>>().posts.now();
        assert_eq!(posts.who_held("chu-tich-ubnd", commune("ubnd"), super::TODAY).len(), 1);
        let text = page.text();
        let held = text.split(r#"name="holder" value=""#).nth(1).unwrap().split('"').next().unwrap().to_owned();
        admin.post("/posts/end", &[("holder", &held)]).await.redirects_to("/posts");
        let again = admin.post("/posts/end", &[("holder", &held)]).await;
        assert_eq!(again.status, StatusCode::CONFLICT);
        let posts = house.town.app.room::<std::sync::Arc<crate::Room>>().posts.now();
        assert!(posts.who_held("chu-tich-ubnd", commune("ubnd"), super::TODAY).is_empty());
    }
}
