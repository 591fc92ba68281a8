//! Routes: every door of every room is declared here, with the act that stands behind it, so that a test can walk up to each of them.

use std::sync::Arc;

use axum::{
    Router,
    handler::Handler,
    http::{Method, StatusCode},
    response::{IntoResponse as _, Response},
    routing::{self, MethodRouter},
};
use tower_http::compression::{
    CompressionLayer,
    predicate::{DefaultPredicate, Predicate},
};

use serde_json::Value as Json;

use crate::{App, Trouble, api::Described, attend, headers, look};

/// The act of a door that stands open to everyone. All others want someone signed in.
pub const OPEN: &str = "open";

/// Addresses that the frame links to and other rooms answer.
pub mod paths {
    pub const HOME: &str = "/";
    pub const SEARCH: &str = "/search";
    pub const NOTICES: &str = "/notices";
    pub const ACCOUNT: &str = "/account";
    pub const SIGN_IN: &str = "/sign-in";
    /// POST.
    pub const SIGN_OUT: &str = "/sign-out";
    /// POST `seat`: the id of one of their seats.
    pub const SEAT: &str = "/seat";
    pub(crate) const LOOK: &str = "/look/{file}";
}

/// A door: method, address pattern, act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteRow {
    pub method: Method,
    pub path: &'static str,
    pub act: &'static str,
}

/// The doors of a room, or of all rooms merged.
#[derive(Default)]
pub struct Routes {
    router: Router,
    rows: Vec<RouteRow>,
    described: Described,
}

impl Routes {
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn get<H: Handler<T, ()>, T: 'static>(self, path: &'static str, act: &'static str, handler: H) -> Self {
        self.door(Method::GET, path, act, routing::get(handler))
    }

    #[must_use]
    pub fn post<H: Handler<T, ()>, T: 'static>(self, path: &'static str, act: &'static str, handler: H) -> Self {
        self.door(Method::POST, path, act, routing::post(handler))
    }

    #[must_use]
    pub fn put<H: Handler<T, ()>, T: 'static>(self, path: &'static str, act: &'static str, handler: H) -> Self {
        self.door(Method::PUT, path, act, routing::put(handler))
    }

    #[must_use]
    pub fn delete<H: Handler<T, ()>, T: 'static>(self, path: &'static str, act: &'static str, handler: H) -> Self {
        self.door(Method::DELETE, path, act, routing::delete(handler))
    }

    #[must_use]
    pub fn merge(mut self, other: Routes) -> Self {
        self.rows.extend(other.rows);
        self.described.add(Json::Object(other.described.0));
        self.router = self.router.merge(other.router);
        self
    }

    /// How doors of the API are described: by address, then by method. [`crate::api::operation`] makes one.
    #[must_use]
    pub fn described(mut self, paths: Json) -> Self {
        self.described.add(paths);
        self
    }

    fn door(mut self, method: Method, path: &'static str, act: &'static str, handler: MethodRouter) -> Self {
        self.rows.push(RouteRow { method, path, act });
        self.router = self.router.route(path, handler);
        self
    }

    /// The whole server's router, and the table of its doors.
    pub fn open(self, app: Arc<App>) -> (Router, Vec<RouteRow>) {
        let all = self.get(paths::LOOK, OPEN, look::asset);
        let mut acts = attend::Acts::new();
        for row in &all.rows {
            acts.entry(row.path).or_default().push((row.method.clone(), row.act));
        }
        let tls = app.settings.tls;
        let porter = Arc::new(attend::Porter { app, acts });
        let router = all
            .router
            .fallback(|| async { Trouble::NotFound })
            .method_not_allowed_fallback(|| async { Trouble::Method })
            .layer(axum::Extension(Arc::new(all.described)))
            .layer(axum::middleware::from_fn_with_state(porter, attend::attend))
            .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(Harmless)))
            .layer(axum::middleware::map_response(
                move |response: Response| async move { headers::lay(response, tls) },
            ));
        (router, all.rows)
    }
}

/// Rides on an answer that shows private fields: how well it compresses would tell what stands in it (BREACH).
#[derive(Clone, Copy)]
pub(crate) struct Private;

#[derive(Clone, Copy)]
struct Harmless;

impl Predicate for Harmless {
    fn should_compress<B: axum::body::HttpBody>(&self, response: &axum::http::Response<B>) -> bool {
        response.extensions().get::<Private>().is_none()
    }
}

/// What is answered until the server is filled.
pub(crate) fn not_yet() -> Response {
    let text = "Hệ thống đang khởi động. Thử lại sau vài giây.\nStarting up. Try again in a few seconds.\n";
    let mut response = (StatusCode::SERVICE_UNAVAILABLE, text).into_response();
    response.headers_mut().insert(axum::http::header::RETRY_AFTER, axum::http::HeaderValue::from_static("2"));
    headers::lay(response, false)
}
