//! The side menu: today, the registers by their groups, numbers, the house.

use std::sync::Arc;

use db::Result;
use futures::future::BoxFuture;
use pack::register::Role;
use records::House;
use web::{Desk, Nav, NavGroup, NavItem, paths, t};

pub(crate) fn menu(desk: &Desk) -> BoxFuture<'_, Result<Nav>> {
    Box::pin(async move {
        let lang = desk.lang;
        let Ok(seat) = desk.seat() else { return Ok(Nav::default()) };
        let snapshot = desk.app.room::<Arc<House>>().now();
        let item =
            |label: String, href: &str, icon: &'static str| NavItem { label, href: href.to_owned(), icon, count: None };
        let mut groups =
            vec![NavGroup { label: String::new(), items: vec![item(t!(lang, "danvan.today"), paths::HOME, "house")] }];
        for group in &snapshot.pack.about.groups {
            let registers =
                snapshot.pack.registers.values().filter(|register| register.group.as_deref() == Some(&group.id));
            let items: Vec<NavItem> = registers
                .map(|register| {
                    let icon = register.icon.as_deref().and_then(web::known_icon).unwrap_or("folder");
                    item(register.label.in_lang(lang).to_owned(), &records::pages::list_href(&register.id), icon)
                })
                .collect();
            groups.push(NavGroup { label: group.label.in_lang(lang).to_owned(), items });
        }
        groups.push(NavGroup {
            label: t!(lang, "danvan.numbers"),
            items: vec![
                item(t!(lang, "danvan.targets"), "/targets", "target"),
                item(t!(lang, "danvan.reports"), "/reports", "file-text"),
                item(t!(lang, "danvan.figures"), "/figures", "chart-column"),
            ],
        });
        let mut house =
            vec![item(t!(lang, "danvan.units"), "/units", "landmark"), item(t!(lang, "danvan.jobs"), "/jobs", "clock")];
        if seat.role == Role::Administrator.name() {
            house.push(item(t!(lang, "people.people"), "/people", "users"));
            house.push(item(t!(lang, "people.posts"), "/posts", "user"));
        }
        groups.push(NavGroup { label: t!(lang, "danvan.house"), items: house });
        Ok(Nav { groups, unread: None })
    })
}
