//! What a person sent: an ordered list of names and values, and files spooled to disk under a cap while they arrive.

use std::{
    collections::BTreeSet,
    io::{self, Read, Seek as _, Write as _},
    ops::Deref,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    body::Body,
    extract::{DefaultBodyLimit, FromRequest as _, FromRequestParts, Multipart, OptionalFromRequestParts, Request},
    http::{header, request::Parts},
};
use futures::{Stream, StreamExt as _};
use tokio::time::{Instant, timeout_at};
use url::form_urlencoded;

use crate::{Trouble, spool::Spool};

/// Names and values in the order they were sent; a name may come again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `a=1&b=2`.
    pub fn parse(text: &str) -> Self {
        Self(form_urlencoded::parse(text.as_bytes()).into_owned().collect())
    }

    /// The first value of a name as it was typed; nothing is an empty text.
    pub fn get(&self, name: &str) -> &str {
        self.first(name).unwrap_or_default()
    }

    fn first(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The first value of a name, trimmed, unless that leaves nothing.
    pub fn maybe(&self, name: &str) -> Option<&str> {
        self.first(name).map(str::trim).filter(|value| !value.is_empty())
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn has(&self, name: &str) -> bool {
        self.first(name).is_some()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Names that came more than once and are not in `many`: parameter pollution, for the caller to refuse.
    pub fn repeated<'a>(&'a self, many: &[&str]) -> Vec<&'a str> {
        let mut seen = BTreeSet::new();
        self.0
            .iter()
            .map(|(name, _)| name.as_str())
            .filter(|name| !seen.insert(*name) && !many.contains(name))
            .collect()
    }

    /// Names that the caller does not know.
    pub fn strangers(&self, known: impl Fn(&str) -> bool) -> Vec<&str> {
        self.0.iter().map(|(name, _)| name.as_str()).filter(|name| !known(name)).collect()
    }

    /// The child rows that were sent: the numbers `n` of names `child.n.field`, ascending.
    pub fn rows(&self, child: &str) -> Vec<usize> {
        let number = |name: &str| name.strip_prefix(child)?.strip_prefix('.')?.split('.').next()?.parse().ok();
        let rows: BTreeSet<usize> = self.0.iter().filter_map(|(name, _)| number(name)).collect();
        rows.into_iter().collect()
    }

    pub fn push(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }

    /// The same with `name` set to `value` alone, in its old place.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut fields = self.clone();
        let mut set = false;
        fields.0.retain_mut(|(known, old)| {
            if known != name {
                return true;
            }
            value.clone_into(old);
            !std::mem::replace(&mut set, true)
        });
        if !set {
            fields.push(name, value);
        }
        fields
    }

    #[must_use]
    pub fn without(&self, name: &str) -> Self {
        Self(self.0.iter().filter(|(known, _)| known != name).cloned().collect())
    }

    /// The same without one value of a name.
    #[must_use]
    pub fn without_value(&self, name: &str, value: &str) -> Self {
        Self(self.0.iter().filter(|(known, old)| known != name || old != value).cloned().collect())
    }

    /// An address that carries these fields.
    pub fn href(&self, path: &str) -> String {
        if self.0.is_empty() {
            return path.to_owned();
        }
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.0).finish();
        format!("{path}?{query}")
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Fields {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

/// A file that was sent. Its name and kind are what the sender claims.
#[derive(Clone, Debug)]
pub struct Upload {
    pub field: String,
    /// The last part of the name, without control characters, 200 letters at most.
    pub name: String,
    pub kind: String,
    pub size: u64,
    content: Arc<Mutex<Spool>>,
}

impl Upload {
    /// Hands the content to `take` from its beginning.
    pub fn read_with<T>(&self, take: impl FnOnce(&mut dyn Read) -> T) -> io::Result<T> {
        let mut content = self.content.lock().unwrap_or_else(PoisonError::into_inner);
        content.rewind()?;
        Ok(take(&mut *content))
    }

    pub fn bytes(&self) -> io::Result<Vec<u8>> {
        self.read_with(|content| {
            let mut bytes = Vec::new();
            content.read_to_end(&mut bytes).map(|_| bytes)
        })?
    }
}

/// A form as it was sent, already checked to come from a page of ours.
#[derive(Clone, Debug, Default)]
pub struct FormData {
    pub fields: Fields,
    pub files: Vec<Upload>,
}

impl FormData {
    /// The files of one field; an empty file input sends none.
    pub fn files<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a Upload> {
        self.files.iter().filter(move |file| file.field == field)
    }
}

impl Deref for FormData {
    type Target = Fields;

    fn deref(&self) -> &Fields {
        &self.fields
    }
}

impl<S: Sync> FromRequestParts<S> for FormData {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Trouble> {
        parts.extensions.remove::<FormData>().ok_or(Trouble::Unreadable)
    }
}

impl<S: Sync> OptionalFromRequestParts<S> for FormData {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Trouble> {
        Ok(parts.extensions.remove::<FormData>())
    }
}

/// How much may be sent, and how slowly.
#[derive(Clone, Debug)]
pub(crate) struct Caps<'a> {
    pub(crate) fields: usize,
    pub(crate) files: u64,
    pub(crate) wait: Duration,
    pub(crate) spool: &'a Path,
}

/// The slowest line that is still served, in bytes a second: every byte that arrives buys a little more time.
const PACE: u32 = 500;

struct Pace {
    until: Instant,
}

impl Pace {
    fn start(caps: &Caps<'_>) -> Self {
        Self { until: Instant::now() + caps.wait }
    }

    async fn next<T: AsRef<[u8]>, E>(
        &mut self,
        stream: &mut (impl Stream<Item = Result<T, E>> + Unpin),
    ) -> Result<Option<T>, Trouble> {
        let chunk = timeout_at(self.until, stream.next()).await.map_err(|_| Trouble::Late)?;
        let Some(chunk) = chunk.transpose().map_err(|_| Trouble::Unreadable)? else { return Ok(None) };
        let bytes = u32::try_from(chunk.as_ref().len()).unwrap_or(u32::MAX);
        self.until += Duration::from_secs(1) * bytes / PACE;
        Ok(Some(chunk))
    }
}

/// Reads the body of a form, of either kind. Any other kind is no form.
pub(crate) async fn read(request: Request, caps: &Caps<'_>) -> Result<FormData, Trouble> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        "application/x-www-form-urlencoded" => {
            let bytes = collect(request.into_body(), caps).await?;
            let text = String::from_utf8(bytes).map_err(|_| Trouble::Unreadable)?;
            Ok(FormData { fields: Fields::parse(&text), files: Vec::new() })
        }
        "multipart/form-data" => read_parts(request, caps).await,
        _ => Err(Trouble::Unreadable),
    }
}

async fn collect(body: Body, caps: &Caps<'_>) -> Result<Vec<u8>, Trouble> {
    let (mut stream, mut pace) = (body.into_data_stream(), Pace::start(caps));
    let mut bytes = Vec::new();
    while let Some(chunk) = pace.next(&mut stream).await? {
        if bytes.len() + chunk.len() > caps.fields {
            return Err(Trouble::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

async fn read_parts(mut request: Request, caps: &Caps<'_>) -> Result<FormData, Trouble> {
    // The caps below replace axum's own, which knows one size for everything.
    std::fs::create_dir_all(caps.spool)?;
    DefaultBodyLimit::disable().apply(&mut request);
    let mut sent = Multipart::from_request(request, &()).await.map_err(|_| Trouble::Unreadable)?;
    let (mut form, mut pace) = (FormData::default(), Pace::start(caps));
    let (mut text_left, mut file_left) = (caps.fields, caps.files);
    loop {
        let part = timeout_at(pace.until, sent.next_field()).await.map_err(|_| Trouble::Late)?;
        let Some(mut part) = part.map_err(|_| Trouble::Unreadable)? else { return Ok(form) };
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(tidy_name);
        text_left = text_left.checked_sub(name.len() + 16).ok_or(Trouble::TooLarge)?;
        if let Some(file_name) = file_name {
            let kind = part.content_type().unwrap_or_default().to_owned();
            let mut content = Spool::new(caps.spool);
            let mut size = 0;
            while let Some(chunk) = pace.next(&mut part).await? {
                file_left = file_left.checked_sub(chunk.len() as u64).ok_or(Trouble::TooLarge)?;
                size += chunk.len() as u64;
                content.write_all(&chunk)?;
            }
            if size > 0 || !file_name.is_empty() {
                let content = Arc::new(Mutex::new(content));
                form.files.push(Upload { field: name, name: file_name, kind, size, content });
            }
        } else {
            let mut bytes = Vec::new();
            while let Some(chunk) = pace.next(&mut part).await? {
                text_left = text_left.checked_sub(chunk.len()).ok_or(Trouble::TooLarge)?;
                bytes.extend_from_slice(&chunk);
            }
            form.fields.push(name, String::from_utf8(bytes).map_err(|_| Trouble::Unreadable)?);
        }
    }
}

/// Only the last part of the name, never a path.
fn tidy_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    kernel::text::tidy(last).chars().filter(|c| *c != '\n').take(200).collect()
}
