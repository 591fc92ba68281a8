//! The side menu: today, the registers with open work, numbers, all registers by their groups, the house.

use std::sync::Arc;

use db::Result;
use futures::future::BoxFuture;
use pack::register::{Register, Role};
use records::House;
use web::{Desk, Nav, NavGroup, NavItem, paths, t};

/// So many registers with open work stand above the groups.
const MOST_AT_WORK: usize = 7;

pub(crate) fn menu(desk: &Desk) -> BoxFuture<'_, Result<Nav>> {
    Box::pin(async move {
        let lang = desk.lang;
        let Ok(seat) = desk.seat() else { return Ok(Nav::default()) };
        let snapshot = desk.app.room::<Arc<House>>().now();
        let item =
            |label: String, href: &str, icon: &'static str| NavItem { label, href: href.to_owned(), icon, count: None };
        let register_item = |register: &Register, count: Option<i64>| {
            let icon = register.icon.as_deref().and_then(web::known_icon).unwrap_or("folder");
            let label = register.label.in_lang(lang).to_owned();
            NavItem { label, href: records::pages::list_href(&register.id), icon, count }
        };
        let mut groups = vec![NavGroup {
            items: vec![
                item(t!(lang, "danvan.today"), paths::HOME, "house"),
                item(t!(lang, "figures.watching"), records::pages::WATCHING, "eye"),
                item(t!(lang, "danvan.registers"), "/registers", "folder"),
            ],
            ..NavGroup::default()
        }];
        let mut open = records::pages::nav_counts(desk).await?;
        open.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let items: Vec<NavItem> = open
            .iter()
            .filter_map(|(id, count)| snapshot.pack.register(id).map(|register| register_item(register, Some(*count))))
            .take(MOST_AT_WORK)
            .collect();
        if !items.is_empty() {
            groups.push(NavGroup { label: t!(lang, "danvan.at_work"), items, folded: false });
        }
        groups.push(NavGroup {
            label: t!(lang, "danvan.numbers"),
            items: vec![
                item(t!(lang, "danvan.targets"), "/targets", "target"),
                item(t!(lang, "danvan.duties"), "/duties", "user"),
                item(t!(lang, "danvan.reports"), "/reports", "file-text"),
                item(t!(lang, "request.title"), "/requests", "inbox"),
                item(t!(lang, "reports.forms"), "/forms", "sigma"),
                item(t!(lang, "danvan.figures"), "/figures", "chart-column"),
                item(t!(lang, "figures.cross"), "/figures/table", "list"),
            ],
            folded: false,
        });
        for group in &snapshot.pack.about.groups {
            let registers =
                snapshot.pack.registers.values().filter(|register| register.group.as_deref() == Some(&group.id));
            let mut registers: Vec<&Register> = registers.collect();
            registers.sort_by_key(|register| register.order);
            let items: Vec<NavItem> = registers.into_iter().map(|register| register_item(register, None)).collect();
            if !items.is_empty() {
                groups.push(NavGroup { label: group.label.in_lang(lang).to_owned(), items, folded: true });
            }
        }
        let mut house = vec![
            item(t!(lang, "record.national_short"), "/national", "building-2"),
            item(t!(lang, "danvan.units"), "/units", "landmark"),
            item(t!(lang, "days.title"), "/days", "calendar-days"),
            item(t!(lang, "danvan.jobs"), "/jobs", "clock"),
        ];
        if seat.role == Role::Administrator.name() {
            house.push(item(t!(lang, "people.people"), "/people", "users"));
            house.push(item(t!(lang, "people.posts"), "/posts", "user"));
        }
        let own = web::Target::unit(seat.unit);
        if desk.can("vault.see", &own) {
            let mut sealed = item(t!(lang, "vault.title"), "/sealed", "lock");
            if desk.can("vault.name", &own) {
                // The head is told of every opening until it was seen.
                let mut tx = desk.app.db.read().await?;
                let unseen = desk.app.room::<Arc<vault::Vault>>().unseen(&mut tx, seat.unit).await?;
                sealed.count = Some(unseen).filter(|unseen| *unseen > 0);
                if unseen > 0 {
                    groups[0]
                        .items
                        .push(NavItem { count: sealed.count, ..item(t!(lang, "vault.title"), "/sealed", "lock") });
                }
            }
            house.push(sealed);
        }
        groups.push(NavGroup { label: t!(lang, "danvan.house"), items: house, folded: true });
        Ok(Nav { groups, unread: None })
    })
}
