//! A server without a socket, for the tests of rooms: known people, a clock that stands still, forms posted with the token of a page.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use futures::future::BoxFuture;
use jiff::Timestamp;
use kernel::{Day, IdMaker, Label};
use tower::ServiceExt as _;

use crate::{Access, App, Fields, Proof, RouteRow, Routes, Seat, Sessions, Target, Who, csrf};

/// Friday 4/9/2026, 08:30 in Vietnam.
pub const NOW: &str = "2026-09-04T01:30:00Z";

/// The server of a test.
pub struct Town {
    pub app: Arc<App>,
    pub rows: Vec<RouteRow>,
    pub router: Router,
}

/// People whose session, and token, is their login.
pub struct Known(pub Vec<Who>);

impl Sessions for Known {
    fn load(&self, _: Proof, hash: [u8; 32], _: Timestamp) -> BoxFuture<'_, db::Result<Option<Who>>> {
        let found = self.0.iter().find(|who| csrf::hash(&who.login) == hash).cloned();
        Box::pin(async { Ok(found) })
    }
}

/// Everyone may do everything in their own unit, and nothing elsewhere.
pub struct OwnUnit;

impl Access for OwnUnit {
    fn may(&self, who: &Who, _: &str, target: &Target, _: Day) -> bool {
        target.unit.is_none_or(|unit| unit == who.seat.unit || target.parties.contains(&who.seat.unit))
    }
}

/// Someone with one seat.
pub fn person(login: &str, role: &str, unit: i64, unit_name: &str) -> Who {
    let seat = Seat {
        id: 1,
        role: role.to_owned(),
        role_label: Label::vi(role),
        unit,
        unit_name: unit_name.to_owned(),
        place_name: String::new(),
        for_whom: None,
    };
    let account = login.bytes().fold(1, |sum, byte| sum * 31 % 1_000_003 + i64::from(byte));
    Who { account, login: login.to_owned(), name: login.to_owned(), seats: vec![seat.clone()], seat }
}

impl Town {
    /// `an` is a clerk of unit 11; `arrange` lays in the rest.
    pub fn open(db: db::Db, doors: Routes, arrange: impl FnOnce(App) -> App) -> Self {
        let mut app = App::new(db, IdMaker::new(1));
        app.clock = Arc::new(|| NOW.parse().unwrap_or_default());
        app.sessions = Arc::new(Known(vec![person("an", "clerk", 11, "UBND xã Tân Phong")]));
        app.access = Arc::new(OwnUnit);
        let app = Arc::new(arrange(app));
        let (router, rows) = doors.open(app.clone());
        Self { app, rows, router }
    }

    pub fn by<'a>(&'a self, login: &'a str) -> Client<'a> {
        Client { town: self, login: Some(login) }
    }

    pub fn stranger(&self) -> Client<'_> {
        Client { town: self, login: None }
    }

    /// Sends a request as it stands.
    pub async fn ask(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 64 << 20).await.unwrap_or_default().to_vec();
        Reply { status: parts.status, headers: parts.headers, bytes }
    }
}

/// A browser, or a program, of someone.
#[derive(Clone, Copy)]
pub struct Client<'a> {
    town: &'a Town,
    login: Option<&'a str>,
}

impl Client<'_> {
    /// A request with this person's cookie.
    pub fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let request = Request::builder().method(method).uri(path);
        match self.login {
            Some(login) => request.header(header::COOKIE, format!("danvan={login}")),
            None => request.header(header::COOKIE, "visitor=visitor"),
        }
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(self.request(Method::GET, path), Body::empty()).await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let form: Fields = std::iter::once(("csrf", self.token().as_str())).chain(fields.iter().copied()).collect();
        let body = form.href("").trim_start_matches('?').to_owned();
        let request =
            self.request(Method::POST, path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, Body::from(body)).await
    }

    /// Posts fields and one file.
    pub async fn upload(&self, path: &str, fields: &[(&str, &str)], file: (&str, &str, &[u8])) -> Reply {
        let part = |name: &str, value: &str| {
            format!("--part\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let mut body = part("csrf", &self.token()).into_bytes();
        for (name, value) in fields {
            body.extend(part(name, value).bytes());
        }
        let (field, name, content) = file;
        let head = format!("--part\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n");
        body.extend(head.bytes());
        body.extend(content);
        body.extend(b"\r\n--part--\r\n");
        let request =
            self.request(Method::POST, path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=part");
        self.send(request, Body::from(body)).await
    }

    /// A call of the API with this person's token.
    pub async fn api(&self, method: Method, path: &str, json: Option<&serde_json::Value>) -> Reply {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(login) = self.login {
            request = request.header(header::AUTHORIZATION, format!("Bearer {login}"));
        }
        let request = request.header(header::CONTENT_TYPE, "application/json");
        self.send(request, json.map_or_else(Body::empty, |json| Body::from(json.to_string()))).await
    }

    /// A token as a page of this person would carry it.
    pub fn token(&self) -> String {
        csrf::Root::of(self.login.unwrap_or("visitor")).token()
    }

    async fn send(&self, request: axum::http::request::Builder, body: Body) -> Reply {
        match request.body(body) {
            Ok(request) => self.town.ask(request).await,
            Err(error) => unreachable!("a test asks for what is no request: {error}"),
        }
    }
}

/// An answer.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Reply {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).unwrap_or_default()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The token of the page's first form.
    pub fn token(&self) -> String {
        let text = self.text();
        let rest = text.split(r#"name="csrf" value=""#).nth(1).unwrap_or_default();
        rest.split('"').next().unwrap_or_default().to_owned()
    }

    /// The line that sets a cookie.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let lines = self.headers.get_all(header::SET_COOKIE).iter().filter_map(|line| line.to_str().ok());
        lines.into_iter().find(|line| line.split('=').next() == Some(name)).map(str::to_owned)
    }

    #[track_caller]
    pub fn shows(&self, text: &str) -> &Self {
        assert!(self.text().contains(text), "{}: {text:?} is not in {}", self.status, self.text());
        self
    }

    #[track_caller]
    pub fn hides(&self, text: &str) -> &Self {
        assert!(!self.text().contains(text), "{text:?} is shown");
        self
    }

    #[track_caller]
    pub fn redirects_to(&self, path: &str) -> &Self {
        assert_eq!((self.status, self.header("location")), (StatusCode::SEE_OTHER, path), "{}", self.text());
        self
    }
}
