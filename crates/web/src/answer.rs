//! What a handler gives back: a page, a way onward with a word about what was done, a file, JSON.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use data_encoding::BASE64URL_NOPAD;
use kernel::Lang;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};

use crate::{Arg, Desk, Settings, Trouble, icon, t, words};

pub type Answer = Result<Response, Trouble>;

/// How a message is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    #[default]
    Plain,
    Info,
    Ok,
    Warn,
    Bad,
    Over,
}

impl Tone {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Tone::Plain => "",
            Tone::Info => "info",
            Tone::Ok => "ok",
            Tone::Warn => "warn",
            Tone::Bad => "bad",
            Tone::Over => "over",
        }
    }
}

/// A word about what was done, shown once on the page that follows. Kept in a cookie as key and arguments, so say nothing private in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    pub tone: Tone,
    pub key: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<(String, String)>,
    /// Where the thing spoken of is, and its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<(String, String)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undo: Option<Undo>,
}

/// A way back, open until an hour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undo {
    pub action: String,
    pub until: String,
}

impl Flash {
    pub fn ok(key: impl Into<String>) -> Self {
        Self { tone: Tone::Ok, key: key.into(), ..Self::default() }
    }

    #[must_use]
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.args.push((name.to_owned(), value.to_string()));
        self
    }

    #[must_use]
    pub fn link(mut self, href: impl Into<String>, label: impl Into<String>) -> Self {
        self.link = Some((href.into(), label.into()));
        self
    }

    #[must_use]
    pub fn undo(mut self, action: impl Into<String>, until: impl Into<String>) -> Self {
        self.undo = Some(Undo { action: action.into(), until: until.into() });
        self
    }

    fn said(&self, lang: Lang) -> String {
        let args: Vec<(&str, Arg)> = self
            .args
            .iter()
            .map(|(name, value)| match value.parse() {
                Ok(count) if name == "count" => (name.as_str(), Arg::Count(count)),
                _ => (name.as_str(), Arg::Text(value.clone())),
            })
            .collect();
        words(lang, &self.key, &args)
    }

    /// For the page of all parts: with a way back that was never asked for.
    pub(crate) fn draw_with(mut self, lang: Lang, undo: Option<&Undo>) -> Markup {
        self.undo = undo.cloned();
        self.draw(lang, &html! {})
    }

    /// Drawn at the top of `main`.
    pub fn draw(&self, lang: Lang, csrf: &Markup) -> Markup {
        let drawing = match self.tone {
            Tone::Ok => "check",
            Tone::Warn => "hourglass",
            Tone::Bad | Tone::Over => "circle-alert",
            Tone::Plain | Tone::Info => "info",
        };
        let tone = if self.tone == Tone::Plain { "info" } else { self.tone.class() };
        html! {
            div.flash.row.(tone) role="status" {
                (icon(drawing))
                p {
                    (self.said(lang))
                    @if let Some((href, label)) = self.link.as_ref().filter(|(href, _)| is_own(href)) {
                        " " a href=(href) { (label) }
                    }
                }
                @if let Some(undo) = self.undo.as_ref().filter(|undo| is_own(&undo.action)) {
                    form method="post" action=(undo.action) {
                        (csrf)
                        button.btn.btn-bare type="submit" { (icon("undo-2")) (t!(lang, "web.undo", until = &undo.until)) }
                    }
                }
            }
        }
    }
}

/// An address inside this server: one slash, then anything but another.
pub(crate) fn is_own(href: &str) -> bool {
    href.starts_with('/') && !href.starts_with("//") && !href.contains(['\\', '\r', '\n'])
}

/// A cookie's name: with the prefix that binds it to this host when pages come over TLS.
pub(crate) fn cookie_name(settings: &Settings, name: &str) -> String {
    if settings.tls { format!("__Host-{name}") } else { name.to_owned() }
}

pub(crate) fn cookie(settings: &Settings, name: &str, value: &str, seconds: Option<i64>) -> HeaderValue {
    use std::fmt::Write as _;
    let mut text = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax", cookie_name(settings, name));
    if let Some(seconds) = seconds {
        let _ = write!(text, "; Max-Age={seconds}");
    }
    if settings.tls {
        text.push_str("; Secure");
    }
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

pub(crate) const SESSION: &str = "danvan";
pub(crate) const VISITOR: &str = "visitor";
pub(crate) const FLASH: &str = "flash";
pub(crate) const LANG: &str = "lang";

impl Desk {
    /// Onward by GET, with a word about what was done. An address elsewhere leads home.
    pub fn back_to(&self, href: &str, flash: Option<Flash>) -> Answer {
        let href = if is_own(href) { href } else { crate::paths::HOME };
        let to = HeaderValue::try_from(href).map_err(Trouble::internal)?;
        let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response();
        if let Some(flash) = flash {
            let text = BASE64URL_NOPAD.encode(&serde_json::to_vec(&flash)?);
            // A browser drops cookies above 4 KB; losing the word is better than a header that nobody takes.
            if text.len() < 3500 {
                let value = cookie(&self.app.settings, FLASH, &text, Some(60));
                response.headers_mut().append(header::SET_COOKIE, value);
            }
        }
        Ok(response)
    }

    /// Lays the session's cookie on an answer: after signing in, and whenever the token changes.
    pub fn keep_session(&self, answer: Answer, token: &str, seconds: i64) -> Answer {
        let mut response = answer?;
        let value = cookie(&self.app.settings, SESSION, token, Some(seconds));
        response.headers_mut().append(header::SET_COOKIE, value);
        Ok(response)
    }

    /// Takes the session's cookie away, and all that the browser kept.
    pub fn end_session(&self, answer: Answer) -> Answer {
        let mut response = answer?;
        let headers = response.headers_mut();
        headers.append(header::SET_COOKIE, cookie(&self.app.settings, SESSION, "", Some(0)));
        headers.insert(HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\", \"storage\""));
        Ok(response)
    }
}

/// The flash that a cookie holds.
pub(crate) fn read_flash(text: &str) -> Option<Flash> {
    serde_json::from_slice(&BASE64URL_NOPAD.decode(text.as_bytes()).ok()?).ok()
}

/// JSON as the API answers it.
pub fn json(value: &impl Serialize) -> Answer {
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind)], serde_json::to_vec(value)?).into_response())
}

/// A file that danvan made: XLSX, DOCX, PDF, CSV.
pub fn download(name: &str, kind: &'static str, content: impl Into<Body>) -> Answer {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CONTENT_DISPOSITION, disposition(name)?);
    Ok((headers, content.into()).into_response())
}

/// A file that someone sent in: never shown, run or guessed at, only saved.
pub fn inert(name: &str, content: impl Into<Body>) -> Answer {
    let mut answer = download(name, "application/octet-stream", content)?;
    let cage = HeaderValue::from_static("default-src 'none'; sandbox");
    answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, cage);
    Ok(answer)
}

/// Both forms of the name: plain letters for old programs, all letters for the others (RFC 6266).
fn disposition(name: &str) -> Result<HeaderValue, Trouble> {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let plain = kernel::text::slug(stem);
    let plain = if plain.is_empty() { "file" } else { &plain };
    let ending: String = ending.chars().filter(char::is_ascii_alphanumeric).collect();
    let dot = if ending.is_empty() { "" } else { "." };
    let whole: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect::<String>().replace('+', "%20");
    let text = format!("attachment; filename=\"{plain}{dot}{ending}\"; filename*=UTF-8''{whole}");
    HeaderValue::try_from(text).map_err(Trouble::internal)
}
