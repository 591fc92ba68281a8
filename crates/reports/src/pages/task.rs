//! On a task's own page: the report whose directions it is.

use records::{
    Record,
    behaviour::{Behaviour, Doing, Panel, Scene},
};
use web::{Desk, html, t};

use super::{Office, READ, href, target};
use crate::{act, store};

/// Shows where a task comes from.
pub struct Directions;

impl Behaviour for Directions {
    fn name(&self) -> &'static str {
        "directions"
    }

    fn panels<'a>(&'a self, scene: Scene<'a>, desk: &'a Desk, record: &'a Record) -> Doing<'a, Vec<Panel>> {
        Box::pin(async move {
            let mut tx = scene.house.read().await?;
            let Some(id) = store::report_of_task(&mut tx, record.id).await? else { return Ok(Vec::new()) };
            let (report, _) = act::find(&mut tx, id).await?;
            drop(tx);
            if !desk.can(READ, &target(&report)) {
                return Ok(Vec::new());
            }
            let (office, lang) = (Office::of(desk), desk.lang);
            let number = report.signed.as_ref().map(|signed| {
                t!(lang, "reports.signed_as", number = &signed.number, day = kernel::show_day(signed.day))
            });
            let body = html! {
                div.pad {
                    p { a href=(href(report.id)) { (office.title(lang, &report)) } br; span.soft.s { (office.body(&report)) @if let Some(number) = number { ", " (number) } } }
                    p.soft.s { (t!(lang, "reports.task_answered_in")) }
                }
            };
            let title = t!(lang, "reports.task_from");
            Ok(vec![Panel { id: "h-from-report".to_owned(), title, body, aside: true }])
        })
    }
}
