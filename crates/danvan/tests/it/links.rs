//! A page offers nobody a door that is closed to them: every link of every page is followed, as each role at a ward and above it.

use std::collections::{HashMap, HashSet, VecDeque};

use pack::register::Role;

use crate::town::Inhabited;

/// Pages looked at per person for each door.
const EACH: usize = 3;

#[tokio::test]
async fn every_link_of_a_page_answers_its_reader() {
    let house = Inhabited::open().await;
    for maker in ["clerk", "clerk-above", "neighbour"] {
        house.letter(maker).await;
    }
    house.report("clerk", 1).await;
    house.job("clerk").await;
    let mut closed = Vec::new();
    let mut seen = 0;
    for login in Role::ALL.iter().flat_map(|role| [role.name().to_owned(), format!("{}-above", role.name())]) {
        seen += walk(&house, &login, &mut closed).await;
    }
    assert!(seen > 500, "only {seen} pages were looked at");
    assert!(closed.is_empty(), "{}", closed.join("\n"));
}

/// How many pages this person came to from the first.
async fn walk(house: &Inhabited, login: &str, closed: &mut Vec<String>) -> usize {
    let mut waiting = VecDeque::from([("/".to_owned(), String::new())]);
    let mut known = HashSet::from(["/".to_owned()]);
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut seen = 0;
    while let Some((path, from)) = waiting.pop_front() {
        let reply = house.by(login).get(&path).await;
        seen += 1;
        if reply.status.as_u16() >= 400 {
            closed.push(format!("{login}: {path} answers {}, offered at {from}", reply.status));
            continue;
        }
        for link in links(&reply.text()) {
            let door = door(house, &link);
            let count = counts.entry(door).or_default();
            if *count < EACH && known.insert(link.clone()) {
                *count += 1;
                waiting.push_back((link, path.clone()));
            }
        }
    }
    seen
}

/// The links of a page within the house.
fn links(page: &str) -> Vec<String> {
    let marked = page.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let inside = marked.filter(|link| link.starts_with('/') && !link.starts_with("/look/"));
    inside.map(|link| link.split('#').next().unwrap_or_default().replace("&amp;", "&")).collect()
}

/// The door that an address knocks at: of several that fit, the one that names most.
fn door<'h>(house: &'h Inhabited, link: &str) -> &'h str {
    let parts: Vec<&str> = link.split('?').next().unwrap_or_default().split('/').collect();
    let fit = |path: &&'h str| {
        let named: Vec<&str> = path.split('/').collect();
        let same = |(named, part): (&&str, &&str)| named.starts_with('{') || named == part;
        let rest = named.last().is_some_and(|last| last.starts_with("{*"));
        (named.len() == parts.len() || rest && named.len() < parts.len()) && named.iter().zip(&parts).all(same)
    };
    let fitting = house.town.rows.iter().map(|row| row.path).filter(fit);
    fitting.max_by_key(|path| path.split('/').filter(|part| !part.starts_with('{')).count()).unwrap_or_default()
}
