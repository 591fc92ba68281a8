use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};

use super::{office, office_with};
use crate::testing::Reply;

#[tokio::test]
async fn strangers_are_led_to_the_sign_in_and_programs_are_told_so() {
    let office = office().await;
    let page = office.ask(Request::get("/?q=a%26b").body(Body::empty()).unwrap()).await;
    assert_eq!((page.status, page.header("location")), (StatusCode::SEE_OTHER, "/sign-in?next=%2F%3Fq%3Da%2526b"));
    let api = office.ask(office.by("an").request(Method::GET, "/api/v1/records/11").body(Body::empty()).unwrap()).await;
    assert_eq!(api.status, StatusCode::UNAUTHORIZED, "the API takes no cookie");
    assert_eq!(api.header("content-type"), "application/problem+json; charset=utf-8");
    let told = office.by("an").api(Method::GET, "/api/v1/records/12", None).await;
    assert_eq!(told.status, StatusCode::NOT_FOUND);
    assert!(told.text().contains("\"status\":404"));
    let post = office.ask(Request::post("/save").body(Body::empty()).unwrap()).await;
    assert_eq!(post.header("location"), "/sign-in?next=%2F");
}

#[tokio::test]
async fn a_foreign_record_answers_as_a_missing_one() {
    let office = office().await;
    let strip = |page: Reply| {
        let token = page.token();
        (page.status, page.text().replace(&token, "").replace("/records/404", "").replace("/records/12", ""))
    };
    let (missing, foreign) =
        (strip(office.by("an").get("/records/404").await), strip(office.by("an").get("/records/12").await));
    assert_eq!(missing.0, StatusCode::NOT_FOUND);
    assert_eq!(missing.1.len(), foreign.1.len());
    assert_eq!(
        office.by("an").get("/records/11").await.status,
        StatusCode::FORBIDDEN,
        "their own, but not theirs to delete"
    );
}

#[tokio::test]
async fn a_form_must_come_from_a_page_of_ours() {
    let office = office().await;
    let done = office.by("an").post("/save", &[("title", "mới")]).await;
    assert_eq!((done.status, done.header("location")), (StatusCode::SEE_OTHER, "/"));

    let token = office.by("an").get("/").await.token();
    let form = |token: &str| Body::from(format!("csrf={token}&title=x"));
    let post = || {
        office
            .by("an")
            .request(Method::POST, "/save")
            .header(header::HOST, "danvan.vn")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
    };
    let tried = [
        ("no token", post().body(Body::from("title=x")).unwrap(), 403),
        ("someone's token", post().body(form(&crate::csrf::Root::of("other").token())).unwrap(), 403),
        ("another site", post().header("sec-fetch-site", "cross-site").body(form(&token)).unwrap(), 403),
        ("another origin", post().header("origin", "https://danvan.vn.evil.vn").body(form(&token)).unwrap(), 403),
        ("no origin to name", post().header("origin", "null").body(form(&token)).unwrap(), 403),
        ("our origin", post().header("origin", "http://danvan.vn").body(form(&token)).unwrap(), 303),
        ("our site", post().header("sec-fetch-site", "same-origin").body(form(&token)).unwrap(), 303),
        (
            "JSON",
            office
                .by("an")
                .request(Method::POST, "/save")
                .header(header::CONTENT_TYPE, "application/json")
                .body(Body::from("{}"))
                .unwrap(),
            403,
        ),
        (
            "plain text",
            office
                .by("an")
                .request(Method::POST, "/save")
                .header(header::CONTENT_TYPE, "text/plain")
                .body(form(&token))
                .unwrap(),
            403,
        ),
        ("nothing", office.by("an").request(Method::POST, "/save").body(Body::empty()).unwrap(), 403),
    ];
    for (what, request, status) in tried {
        assert_eq!(office.ask(request).await.status.as_u16(), status, "{what}");
    }
}

#[tokio::test]
async fn a_visitor_has_a_token_too() {
    let office = office().await;
    let page = office.ask(Request::get("/form").body(Body::empty()).unwrap()).await;
    let visitor = page.cookie("visitor").unwrap();
    assert!(visitor.contains("HttpOnly; SameSite=Lax") && !visitor.contains("Secure"));
    let send = |cookie: &str| {
        let request = Request::post("/send")
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        request.body(Body::from(format!("csrf={}", page.token()))).unwrap()
    };
    assert_eq!(office.ask(send(visitor.split(';').next().unwrap())).await.status, StatusCode::SEE_OTHER);
    assert_eq!(office.ask(send("visitor=another")).await.status, StatusCode::FORBIDDEN);
    assert!(office.by("an").get("/form").await.cookie("visitor").is_none(), "a session needs none");
}

#[tokio::test]
async fn what_was_done_is_said_once() {
    let office = office().await;
    let done = office.by("an").post("/save", &[("title", "<b>")]).await;
    let cookie = done.cookie("flash").unwrap();
    let again = Request::get("/").header(header::COOKIE, format!("danvan=an; {}", cookie.split(';').next().unwrap()));
    let page = office.ask(again.body(Body::empty()).unwrap()).await;
    assert!(
        page.text().contains("còn 0 ngày") && page.text().contains("&lt;b&gt;|false"),
        "escaped, and without the token"
    );
    assert!(page.cookie("flash").unwrap().contains("Max-Age=0"));
    let forged = Request::get("/").header(header::COOKIE, "danvan=an; flash=AAAA");
    assert_eq!(office.ask(forged.body(Body::empty()).unwrap()).await.status, StatusCode::OK);
}

#[tokio::test]
async fn files_arrive_under_a_cap() {
    let office = office().await;
    let token = office.by("an").get("/").await.token();
    let send = |bytes: usize| {
        let mut body = format!("--x\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"../../a.pdf\"\r\ncontent-type: application/pdf\r\n\r\n").into_bytes();
        body.extend(std::iter::repeat_n(b'a', bytes));
        body.extend(b"\r\n--x--\r\n");
        office
            .by("an")
            .request(Method::POST, "/save")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
            .body(Body::from(body))
            .unwrap()
    };
    let done = office.ask(send(700_000)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let flash = done.cookie("flash").unwrap();
    let flash = flash.split(['=', ';']).nth(1).unwrap();
    assert!(crate::answer::read_flash(flash).unwrap().args.contains(&("count".into(), "700000".into())));
    let refused = office.ask(send((1 << 20) + 1)).await;
    assert_eq!((refused.status, refused.header("connection")), (StatusCode::PAYLOAD_TOO_LARGE, "close"));
    let long = "x".repeat(70_000);
    assert_eq!(office.by("an").post("/save", &[("title", &long)]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_failure_shows_a_code_and_nothing_else() {
    let office = office().await;
    for fail in ["panic", "internal"] {
        let page = office.by("an").post("/save", &[("fail", fail)]).await;
        assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(page.text().contains("Mã tra cứu lỗi: ") && !page.text().contains("secret"), "{fail}");
    }
    assert_eq!(office.by("an").get("/").await.status, StatusCode::OK, "the process lives on");
}

#[tokio::test]
async fn every_answer_carries_its_defences() {
    let office = office_with(|app| app.settings.tls = true).await;
    let style = crate::look::STYLE.path.clone();
    for path in ["/form", "/nowhere", "/", style.as_str(), "/api/v1/records/11"] {
        let answer = office.ask(Request::get(path).body(Body::empty()).unwrap()).await;
        let csp = answer.header("content-security-policy");
        assert!(
            csp.starts_with("default-src 'none'; script-src 'self'; style-src 'self'") && !csp.contains("unsafe"),
            "{path}"
        );
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        assert!(answer.header("permissions-policy").contains("geolocation=()"), "{path}");
        let kept = if path == style { "public, max-age=31536000, immutable" } else { "no-store" };
        assert_eq!(answer.header("cache-control"), kept, "{path}");
        assert!(
            answer.status == StatusCode::SEE_OTHER || answer.header("content-type").ends_with("charset=utf-8"),
            "{path}"
        );
    }
    let visitor =
        office.ask(Request::get("/form").body(Body::empty()).unwrap()).await.cookie("__Host-visitor").unwrap();
    assert!(visitor.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure"));
}

#[tokio::test]
async fn pages_are_compressed_unless_they_show_what_is_private() {
    let office = office().await;
    let ask = |path: &str| {
        office.by("an").request(Method::GET, path).header(header::ACCEPT_ENCODING, "gzip").body(Body::empty()).unwrap()
    };
    assert_eq!(office.ask(ask("/thanh-phan")).await.header("content-encoding"), "gzip");
    assert_eq!(office.ask(ask("/sealed")).await.header("content-encoding"), "");
}

#[tokio::test]
async fn a_page_speaks_the_chosen_language_and_keeps_it() {
    let office = office().await;
    let english = office.by("an").get("/nowhere?lang=en").await;
    assert!(english.text().contains("<html lang=\"en\">") && english.text().contains("There is no such page"));
    assert!(english.cookie("lang").unwrap().starts_with("lang=en;"));
    assert!(office.by("an").get("/nowhere").await.text().contains("<html lang=\"vi\">"));
    assert!(office.by("an").get("/nowhere?lang=xx").await.cookie("lang").is_none());
}

#[tokio::test]
async fn every_door_is_in_the_table() {
    let office = office().await;
    let doors: Vec<String> = office.rows.iter().map(|row| format!("{} {} {}", row.method, row.path, row.act)).collect();
    assert!(doors.contains(&"POST /save record.save".to_owned()));
    assert!(doors.contains(&"GET /look/{file} open".to_owned()));
    let put = office.by("an").request(Method::PUT, "/save").body(Body::empty()).unwrap();
    assert_eq!(office.ask(put).await.status, StatusCode::METHOD_NOT_ALLOWED);
    let head = office.by("an").request(Method::HEAD, "/").body(Body::empty()).unwrap();
    assert_eq!(office.ask(head).await.status, StatusCode::OK);
    let head = Request::head("/").body(Body::empty()).unwrap();
    assert_eq!(office.ask(head).await.status, StatusCode::SEE_OTHER, "no way round by HEAD");
}

#[tokio::test]
async fn only_believed_proxies_say_who_is_behind_them() {
    let seen = |believed: bool| async move {
        let scratch = db::testing::sqlite().await.unwrap();
        let mut app = crate::App::new(scratch.db, kernel::IdMaker::new(1));
        if believed {
            app.settings.proxies = vec!["10.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap()];
        }
        let mut request =
            Request::get("/").header("x-forwarded-for", "6.6.6.6, 203.0.113.9, 10.0.0.2").body(Body::empty()).unwrap();
        request.extensions_mut().insert(crate::Peer("10.0.0.1:9".parse().unwrap()));
        crate::attend::address(&app, &request.into_parts().0).unwrap().to_string()
    };
    assert_eq!(seen(false).await, "10.0.0.1");
    assert_eq!(seen(true).await, "203.0.113.9");
}
