//! Before and after every handler: who comes in is known, forms are read and shown to be ours, trouble is told as a page, and one line is logged.

use std::{
    collections::HashMap,
    error::Error,
    net::IpAddr,
    panic::AssertUnwindSafe,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use axum::{
    body::Body,
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use futures::FutureExt as _;
use kernel::{Lang, civil_day};
use tokio::time::{Instant, timeout};

use crate::{
    App, Desk, FormData, OPEN, Page, Peer, Proof, Trouble,
    answer::{self, cookie, cookie_name},
    csrf::{self, Root, new_secret},
    desk::{CSRF, Visit},
    form::{self, Fields},
    paths,
    trouble::Told,
};

/// The act behind each door.
pub(crate) type Acts = HashMap<&'static str, Vec<(Method, &'static str)>>;

pub(crate) struct Porter {
    pub(crate) app: Arc<App>,
    pub(crate) acts: Acts,
}

/// What the porter notes of a request before handing it over.
struct Note {
    method: Method,
    /// The pattern, never the address itself: addresses name people's matters.
    route: Option<MatchedPath>,
    path: String,
    api: bool,
    json: bool,
    since: Instant,
}

impl Note {
    fn of(request: &Request) -> Self {
        let path = request.uri().path().to_owned();
        let accepts = request.headers().get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
        let api = path.starts_with("/api/");
        Self {
            method: request.method().clone(),
            route: request.extensions().get::<MatchedPath>().cloned(),
            api,
            json: api || accepts.starts_with("application/json"),
            path,
            since: Instant::now(),
        }
    }

    fn route(&self) -> &str {
        self.route.as_ref().map_or("-", MatchedPath::as_str)
    }
}

pub(crate) async fn attend(State(porter): State<Arc<Porter>>, request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/look/") {
        return next.run(request).await;
    }
    let note = Note::of(&request);
    let (parts, body) = request.into_parts();
    let response = match porter.welcome(&note, &parts).await {
        Ok(desk) => {
            let answer = porter.hand_over(&desk, &note, Request::from_parts(parts, body), next).await;
            let mut response = answer.unwrap_or_else(Trouble::into_response);
            if let Some(Told(trouble)) = response.extensions_mut().remove::<Told>() {
                response = tell(&desk, &note, &trouble).await;
            }
            lay_cookies(&desk, response)
        }
        // Not even who asks could be found out: no frame, only the fact.
        Err(trouble) => {
            let code = log_trouble(&note, &trouble);
            trouble.problem(Lang::Vi, code.as_deref())
        }
    };
    let (status, ms) = (response.status().as_u16(), note.since.elapsed().as_millis());
    tracing::info!(method = %note.method, route = note.route(), status, ms, "answered");
    response
}

impl Porter {
    async fn welcome(&self, note: &Note, request: &Parts) -> Result<Desk, Trouble> {
        let app = &self.app;
        let headers = &request.headers;
        let now = app.now();
        let read = |name| cookie_of(headers, &cookie_name(&app.settings, name));
        let session = if note.api { None } else { read(answer::SESSION) };
        let shown = if note.api { bearer(headers) } else { session };
        let proof = if note.api { Proof::Token } else { Proof::Session };
        let who = match shown {
            Some(shown) => app.sessions.load(proof, csrf::hash(shown), now).await?.map(Arc::new),
            None => None,
        };
        let (root, visitor) = match (session.filter(|_| who.is_some()), read(answer::VISITOR)) {
            (Some(session), _) => (Root::of(session), None),
            (None, Some(visitor)) => (Root::of(visitor), None),
            (None, None) => {
                let visitor = new_secret().token;
                (Root::of(&visitor), Some(visitor))
            }
        };
        let query = Fields::parse(request.uri.query().unwrap_or_default());
        let lang = match query.maybe(answer::LANG).or_else(|| read(answer::LANG)) {
            Some("en") => Lang::En,
            None if note.api && speaks_english(headers) => Lang::En,
            _ => Lang::Vi,
        };
        let visit = Visit {
            path: note.path.clone(),
            session: session.filter(|_| who.is_some()).map(csrf::hash),
            again: note.method.is_safe(),
            address: address(app, request),
            root,
            visitor,
            visitor_needed: AtomicBool::new(false),
            flash: read(answer::FLASH).and_then(answer::read_flash),
            flash_shown: AtomicBool::new(false),
            query,
        };
        Ok(Desk { app: app.clone(), who, lang, now, today: civil_day(now), visit: Arc::new(visit) })
    }

    async fn hand_over(&self, desk: &Desk, note: &Note, request: Request, next: Next) -> Answered {
        let method = if note.method == Method::HEAD { Method::GET } else { note.method.clone() };
        let acts = note.route.as_ref().and_then(|route| self.acts.get(route.as_str()));
        let act = acts.and_then(|acts| acts.iter().find(|(known, _)| *known == method)).map(|(_, act)| *act);
        if act.is_some_and(|act| act != OPEN) && desk.who.is_none() {
            return Err(Trouble::SignIn);
        }
        let mut request = request;
        if act.is_some() && !method.is_safe() && !note.api {
            request = self.take_form(desk, request).await?;
        }
        request.extensions_mut().insert(desk.clone());
        let answer = AssertUnwindSafe(next.run(request)).catch_unwind();
        match timeout(self.app.settings.request_time, answer).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(panic)) => Err(Trouble::internal(format!("panicked: {}", what_panicked(&*panic)))),
            Err(_) => Err(Trouble::Late),
        }
    }

    /// Reads the form and makes sure that a page of ours sent it; the handler finds it as `FormData`.
    async fn take_form(&self, desk: &Desk, request: Request) -> Result<Request, Trouble> {
        if !comes_from_here(request.headers()) {
            return Err(Trouble::Forbidden);
        }
        let settings = &self.app.settings;
        let caps = form::Caps {
            fields: settings.form_bytes,
            files: settings.upload_bytes,
            wait: settings.body_wait,
            spool: &settings.spool,
        };
        let (parts, body) = request.into_parts();
        let mut form =
            form::read(Request::from_parts(parts.clone(), body), &caps).await.map_err(|trouble| match trouble {
                // Another kind of body holds no token.
                Trouble::Unreadable if !is_form(&parts.headers) => Trouble::Forbidden,
                other => other,
            })?;
        if !desk.visit.root.knows(form.fields.get(CSRF)) {
            return Err(Trouble::Forbidden);
        }
        form.fields = form.fields.without(CSRF);
        let mut request = Request::from_parts(parts, Body::empty());
        request.extensions_mut().insert::<FormData>(form);
        Ok(request)
    }
}

type Answered = Result<Response, Trouble>;

/// Trouble as a page in its frame, as JSON for programs, or as the way to the sign-in.
async fn tell(desk: &Desk, note: &Note, trouble: &Trouble) -> Response {
    let code = log_trouble(note, trouble);
    let mut response = if note.json {
        trouble.problem(desk.lang, code.as_deref())
    } else if matches!(trouble, Trouble::SignIn) {
        let next = if note.method == Method::GET { desk.visit.query.href(&note.path) } else { paths::HOME.to_owned() };
        let to = [("next", next)].into_iter().collect::<Fields>().href(paths::SIGN_IN);
        let to = HeaderValue::try_from(to).unwrap_or_else(|_| HeaderValue::from_static(paths::SIGN_IN));
        (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
    } else {
        let (title, inside) = trouble.box_of(desk.lang, code.as_deref());
        let page = Page::new(title).bare(inside).status(trouble.status());
        match desk.show(page).await {
            Ok(response) => response,
            Err(_) => trouble.problem(desk.lang, code.as_deref()),
        }
    };
    match trouble {
        Trouble::TooMany { seconds } => {
            response.headers_mut().insert(header::RETRY_AFTER, (*seconds).into());
        }
        // What is left of the body is not worth reading.
        Trouble::TooLarge | Trouble::Late => {
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        Trouble::SignIn if note.api => {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        _ => {}
    }
    response
}

/// One line with the causes, and the short code that leads from the page to it.
fn log_trouble(note: &Note, trouble: &Trouble) -> Option<String> {
    let Trouble::Internal(source) = trouble else {
        if !matches!(trouble, Trouble::SignIn | Trouble::NotFound) {
            tracing::info!(method = %note.method, route = note.route(), %trouble, "refused");
        }
        return None;
    };
    let random = data_encoding::BASE32_NOPAD.encode(&csrf::random()[..5]).to_ascii_lowercase();
    let code = format!("{}-{}", &random[..4], &random[4..]);
    let mut causes = source.to_string();
    let mut cause: Option<&(dyn Error + 'static)> = source.source();
    while let Some(next) = cause {
        causes.push_str(": ");
        causes.push_str(&next.to_string());
        cause = next.source();
    }
    tracing::error!(code, method = %note.method, route = note.route(), causes, "internal trouble");
    Some(code)
}

fn lay_cookies(desk: &Desk, mut response: Response) -> Response {
    let (settings, visit) = (&desk.app.settings, &desk.visit);
    let headers = response.headers_mut();
    if let Some(visitor) = &visit.visitor
        && visit.visitor_needed.load(Ordering::Relaxed)
    {
        headers.append(header::SET_COOKIE, cookie(settings, answer::VISITOR, visitor, None));
    }
    if visit.flash_shown.load(Ordering::Relaxed) {
        headers.append(header::SET_COOKIE, cookie(settings, answer::FLASH, "", Some(0)));
    }
    if let Some(chosen) = visit.query.maybe(answer::LANG).filter(|chosen| matches!(*chosen, "vi" | "en")) {
        headers.append(header::SET_COOKIE, cookie(settings, answer::LANG, chosen, Some(31_536_000)));
    }
    response
}

fn cookie_of<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(known, value)| (known == name && !value.is_empty()).then_some(value))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ").map(str::trim)
}

fn speaks_english(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT_LANGUAGE).and_then(|lang| lang.to_str().ok()).is_some_and(|lang| lang.starts_with("en"))
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.starts_with("application/x-www-form-urlencoded") || kind.starts_with("multipart/form-data")
}

/// What the browser itself says of where a form was sent from. Programs say nothing and still need the token.
fn comes_from_here(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text("origin") else { return true };
    let host = text("host").unwrap_or_default();
    !host.is_empty() && origin.split_once("://").is_some_and(|(_, from)| from.eq_ignore_ascii_case(host))
}

/// The peer, or behind a believed proxy the last address that is not one.
pub(crate) fn address(app: &App, request: &Parts) -> Option<IpAddr> {
    let peer = request.extensions.get::<Peer>()?.0.ip();
    let believed = &app.settings.proxies;
    if !believed.contains(&peer) {
        return Some(peer);
    }
    let lines = request.headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok());
    let named: Vec<IpAddr> =
        lines.flat_map(|line| line.split(',')).filter_map(|address| address.trim().parse().ok()).collect();
    named.into_iter().rev().find(|address| !believed.contains(address)).or(Some(peer))
}

fn what_panicked(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("without a word")
}
