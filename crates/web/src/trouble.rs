//! Trouble: what ends a request other than its answer. A rule's no is a `Refused`, shown on the form; trouble is a page of its own and, when the
//! machine is at fault, one line in the log with a code that the page shows too.

use std::{error::Error, fmt, sync::Arc};

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Lang, Refused};
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::{say, t};

#[derive(Debug)]
pub enum Trouble {
    /// Nobody has signed in; a page leads to the sign-in, the API answers 401.
    SignIn,
    /// Known to this person, but not theirs to do.
    Forbidden,
    /// Not there, or not for this reader: both answers are the same bytes.
    NotFound,
    /// The address is known, the method is not.
    Method,
    /// Someone else saved first.
    Stale,
    /// A rule said no where no form could show it.
    Refused(Refused),
    /// The request itself cannot be read.
    Unreadable,
    TooLarge,
    TooMany {
        seconds: u32,
    },
    /// It took too long.
    Late,
    Internal(Box<dyn Error + Send + Sync>),
}

impl Trouble {
    pub fn internal(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Trouble::Internal(source.into())
    }

    pub fn status(&self) -> StatusCode {
        match self {
            Trouble::SignIn => StatusCode::UNAUTHORIZED,
            Trouble::Forbidden => StatusCode::FORBIDDEN,
            Trouble::NotFound => StatusCode::NOT_FOUND,
            Trouble::Method => StatusCode::METHOD_NOT_ALLOWED,
            Trouble::Stale => StatusCode::CONFLICT,
            Trouble::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Trouble::Unreadable => StatusCode::BAD_REQUEST,
            Trouble::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Trouble::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Trouble::Late => StatusCode::SERVICE_UNAVAILABLE,
            Trouble::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Title and what can be done, in words.
    pub(crate) fn told(&self, lang: Lang) -> (String, String) {
        match self {
            Trouble::SignIn => (t!(lang, "web.sign_in_first"), t!(lang, "web.sign_in_first_do")),
            Trouble::Forbidden => (t!(lang, "web.forbidden"), t!(lang, "web.forbidden_do")),
            Trouble::NotFound => (t!(lang, "web.not_found"), t!(lang, "web.not_found_do")),
            Trouble::Method => (t!(lang, "web.method"), t!(lang, "web.method_do")),
            Trouble::Stale => (t!(lang, "web.stale"), t!(lang, "web.stale_do")),
            Trouble::Refused(_) => (t!(lang, "web.refused"), t!(lang, "web.refused_do")),
            Trouble::Unreadable => (t!(lang, "web.unreadable"), t!(lang, "web.unreadable_do")),
            Trouble::TooLarge => (t!(lang, "web.too_large"), t!(lang, "web.too_large_do")),
            Trouble::TooMany { seconds } => (t!(lang, "web.too_many"), t!(lang, "web.too_many_do", count = *seconds)),
            Trouble::Late => (t!(lang, "web.late"), t!(lang, "web.late_do")),
            Trouble::Internal(_) => (t!(lang, "web.internal"), t!(lang, "web.internal_do")),
        }
    }

    /// The inside of the page that tells of it.
    pub(crate) fn box_of(&self, lang: Lang, code: Option<&str>) -> (String, Markup) {
        let (title, todo) = self.told(lang);
        let inside = html! {
            section.box.ask.tight aria-labelledby="h-trouble" {
                h1 id="h-trouble" { (title) }
                @if let Trouble::Refused(refused) = self {
                    ul { @for refusal in &refused.0 { li { (say(lang, refusal)) } } }
                }
                p { (todo) }
                p.row {
                    a.btn href=(crate::paths::HOME) { (t!(lang, "web.home")) }
                }
                p.soft.s {
                    @if let Some(code) = code { (t!(lang, "web.trouble_code", code = code)) " " }
                    (t!(lang, "web.nothing_changed"))
                }
            }
        };
        (title, inside)
    }

    /// As the API tells it: RFC 9457.
    pub(crate) fn problem(&self, lang: Lang, code: Option<&str>) -> Response {
        let (title, detail) = self.told(lang);
        let refused = match self {
            Trouble::Refused(refused) => Some(refused),
            _ => None,
        };
        problem_of(self.status(), lang, &title, &detail, refused, code)
    }
}

/// A refused act as the API tells it: 422 with each refusal's key, field and wording.
pub fn problem(lang: Lang, refused: &Refused) -> Response {
    let (title, detail) = (t!(lang, "web.refused"), t!(lang, "web.refused_do"));
    problem_of(StatusCode::UNPROCESSABLE_ENTITY, lang, &title, &detail, Some(refused), None)
}

fn problem_of(
    status: StatusCode,
    lang: Lang,
    title: &str,
    detail: &str,
    refused: Option<&Refused>,
    code: Option<&str>,
) -> Response {
    let mut body = json!({ "type": "about:blank", "title": title, "status": status.as_u16(), "detail": detail });
    if let Some(refused) = refused {
        let list = refused
            .0
            .iter()
            .map(|refusal| json!({ "key": refusal.key, "field": refusal.field, "message": say(lang, refusal) }));
        body["refusals"] = Value::Array(list.collect());
    }
    if let Some(code) = code {
        body["code"] = code.into();
    }
    let mut response = (status, body.to_string()).into_response();
    let kind = HeaderValue::from_static("application/problem+json; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

/// Rides on the bare response until [`crate::attend`] draws the page, which needs to know who asks and in which language.
#[derive(Clone)]
pub(crate) struct Told(pub(crate) Arc<Trouble>);

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Told(Arc::new(self)));
        response
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trouble::Refused(refused) => refused.fmt(f),
            Trouble::Internal(_) => f.write_str("internal trouble"),
            other => write!(f, "{other:?}"),
        }
    }
}

impl Error for Trouble {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Trouble::Internal(source) => Some(source.as_ref()),
            _ => None,
        }
    }
}

impl From<db::Stop> for Trouble {
    fn from(stop: db::Stop) -> Self {
        match stop {
            db::Stop::Refused(refused) => Trouble::Refused(refused),
            db::Stop::Missing => Trouble::NotFound,
            db::Stop::Stale => Trouble::Stale,
            db::Stop::Fault(fault) => Trouble::internal(fault),
        }
    }
}

impl From<Refused> for Trouble {
    fn from(refused: Refused) -> Self {
        Trouble::Refused(refused)
    }
}

impl From<kernel::Refusal> for Trouble {
    fn from(refusal: kernel::Refusal) -> Self {
        Trouble::Refused(refusal.into())
    }
}

impl From<std::io::Error> for Trouble {
    fn from(source: std::io::Error) -> Self {
        Trouble::internal(source)
    }
}

impl From<serde_json::Error> for Trouble {
    fn from(source: serde_json::Error) -> Self {
        Trouble::internal(source)
    }
}
