//! All registers, by group.

use web::{Answer, Desk, Page, Target, html, icon, panel, t};

use super::{Office, WRITE, list::drawing, list_href};

pub(super) async fn books(desk: Desk) -> Answer {
    let office = Office::of(&desk)?;
    let (lang, pack) = (desk.lang, &office.snapshot.pack);
    let mut panels = Vec::new();
    for group in &pack.about.groups {
        let mut registers: Vec<_> =
            pack.registers.values().filter(|register| register.group.as_ref() == Some(&group.id)).collect();
        registers.sort_by_key(|register| register.order);
        if registers.is_empty() {
            continue;
        }
        let inside = html! {
            ul.list {
                @for register in registers {
                    li.row.between {
                        span {
                            (icon(drawing(register))) " " a href=(list_href(&register.id)) { (register.label.in_lang(lang)) }
                            @if let Some(help) = &register.help { br; span.soft.s { (help.in_lang(lang)) } }
                        }
                        @if desk.can(WRITE, &Target::unit(office.unit).register(&register.id)) {
                            a.s href=(format!("{}/new", list_href(&register.id))) { (t!(lang, "record.new")) span.vh { " " (register.noun.in_lang(lang)) } }
                        }
                    }
                }
            }
        };
        panels.push(panel(&format!("h-{}", group.id), group.label.in_lang(lang), None, &inside));
    }
    desk.show(Page::new(t!(lang, "record.books")).main(html! { @for panel in &panels { (panel) } })).await
}
