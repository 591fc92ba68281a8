//! A page: its title and parts, in the order a person meets them. The frame around it is drawn by `frame`.

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use kernel::Lang;
use maud::{Markup, html};

use crate::{Answer, Desk, Errors, frame, routes::Private};

/// A step of the way to a page; the last has no address.
#[derive(Clone, Debug)]
pub struct Crumb {
    pub label: String,
    pub href: Option<String>,
}

/// How the main column and the side column share the width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// Content wide, side narrow: a record, a figure.
    #[default]
    Work,
    /// A sheet to fill in, with its outline beside it.
    Form,
    /// A document, with its state beside it.
    Document,
}

/// The public frame, and the sign-in's: no side menu.
#[derive(Clone, Debug, Default)]
pub struct Portal {
    pub name: String,
    pub place: String,
    /// Label and address.
    pub links: Vec<(String, String)>,
    pub foot: Option<Markup>,
}

#[derive(Clone, Debug, Default)]
pub struct Page {
    pub(crate) title: String,
    pub(crate) lead: Option<Markup>,
    pub(crate) crumbs: Vec<Crumb>,
    pub(crate) acts: Option<Markup>,
    pub(crate) above: Option<Markup>,
    pub(crate) main: Inner,
    pub(crate) side: Option<Markup>,
    pub(crate) shape: Shape,
    pub(crate) bare: bool,
    pub(crate) wide: bool,
    pub(crate) faults: usize,
    pub(crate) portal: Option<Portal>,
    pub(crate) at: Option<String>,
    pub(crate) status: StatusCode,
    pub(crate) private: bool,
}

/// Nothing until something is drawn: markup has no empty value of its own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Inner(pub(crate) Option<Markup>);

impl Page {
    /// `title` is the page's `h1` and the first part of its window's title.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// The line under the title: state, deadline, what it is.
    #[must_use]
    pub fn lead(mut self, lead: Markup) -> Self {
        self.lead = Some(lead);
        self
    }

    #[must_use]
    pub fn crumb(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.crumbs.push(Crumb { label: label.into(), href: Some(href.into()) });
        self
    }

    /// Where the page itself stands, at the end of the way to it.
    #[must_use]
    pub fn here(mut self, label: impl Into<String>) -> Self {
        self.crumbs.push(Crumb { label: label.into(), href: None });
        self
    }

    /// Buttons at the right of the title; one of them may be the main one.
    #[must_use]
    pub fn acts(mut self, acts: Markup) -> Self {
        self.acts = Some(acts);
        self
    }

    /// Across the whole width, above both columns: tallies, tabs, filters.
    #[must_use]
    pub fn above(mut self, above: Markup) -> Self {
        self.above = Some(above);
        self
    }

    #[must_use]
    pub fn main(mut self, main: Markup) -> Self {
        self.main = Inner(Some(main));
        self
    }

    #[must_use]
    pub fn side(mut self, side: Markup) -> Self {
        self.side = Some(side);
        self
    }

    #[must_use]
    pub fn shape(mut self, shape: Shape) -> Self {
        self.shape = shape;
        self
    }

    /// Everything inside `main`, its `h1` included: refusals, confirmations, the portal's pages.
    #[must_use]
    pub fn bare(mut self, main: Markup) -> Self {
        self.bare = true;
        self.main(main)
    }

    /// Printed across the sheet: lists and boards.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// A form that was refused: status 422, and the window's title says so first.
    #[must_use]
    pub fn faults(mut self, errors: &Errors) -> Self {
        self.faults = errors.len();
        if self.faults > 0 {
            self.status = StatusCode::UNPROCESSABLE_ENTITY;
        }
        self
    }

    #[must_use]
    pub fn portal(mut self, portal: Portal) -> Self {
        self.portal = Some(portal);
        self
    }

    /// The entry of the side menu that is current, where the address does not tell.
    #[must_use]
    pub fn at(mut self, href: impl Into<String>) -> Self {
        self.at = Some(href.into());
        self
    }

    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// The page shows private fields: it is sent uncompressed.
    #[must_use]
    pub fn private(mut self) -> Self {
        self.private = true;
        self
    }

    /// What stands inside `main`.
    pub(crate) fn inside(&self, lang: Lang) -> Markup {
        let main = &self.main.0;
        if self.bare {
            return html! { @if let Some(main) = main { (main) } };
        }
        let shape = match self.shape {
            Shape::Work => "split",
            Shape::Form => "split split-form",
            Shape::Document => "split split-doc",
        };
        html! {
            @if !self.crumbs.is_empty() { (crate::crumbs(lang, &self.crumbs)) }
            header.head {
                div {
                    h1 { (self.title) }
                    @if let Some(lead) = &self.lead { (lead) }
                }
                @if let Some(acts) = &self.acts { div.acts { (acts) } }
            }
            @if let Some(above) = &self.above { (above) }
            @match (main, &self.side) {
                (Some(main), Some(side)) => { div class=(shape) { div.stack { (main) } div.stack { (side) } } }
                (Some(main), None) if self.shape == Shape::Work => { (main) }
                (Some(main), None) => { div class=(shape) { div.stack { (main) } } }
                (None, Some(side)) => { (side) }
                (None, None) => {}
            }
        }
    }
}

impl Desk {
    /// Draws a page in its frame.
    pub async fn show(&self, page: Page) -> Answer {
        let (status, private) = (page.status, page.private);
        let html = frame::draw(self, &page).await;
        let mut response: Response = (status, axum::response::Html(html)).into_response();
        if private {
            response.extensions_mut().insert(Private);
        }
        Ok(response)
    }
}
