use std::collections::{BTreeMap, BTreeSet};

use kernel::{Lang, Refusal};

use super::guards::sources;
use crate::{say, t};

/// Keys with the arguments they use.
fn keys(ftl: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in ftl.lines().filter(|line| !line.starts_with('#')) {
        if let Some((key, _)) =
            line.split_once(" =").filter(|(key, _)| key.starts_with(|c: char| c.is_ascii_lowercase()))
        {
            key.clone_into(&mut current);
            assert!(keys.insert(key.to_owned(), BTreeSet::new()).is_none(), "{key} is there twice");
        }
        for rest in line.split('$').skip(1) {
            let name: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            keys.entry(current.clone()).or_default().insert(name);
        }
    }
    keys
}

fn vietnamese() -> BTreeMap<String, BTreeSet<String>> {
    keys(include_str!("../../words/vi.ftl"))
}

#[test]
fn both_languages_say_the_same_things() {
    let (vi, en) = (vietnamese(), keys(include_str!("../../words/en.ftl")));
    for (key, args) in &vi {
        let other = en.get(key).unwrap_or_else(|| panic!("{key} is not in English"));
        assert!(other.is_subset(args) || args.is_subset(other), "{key}: {args:?} and {other:?}");
    }
    for key in en.keys() {
        assert!(vi.contains_key(key), "{key} is not in Vietnamese");
    }
}

/// The texts in double quotes of a line of code.
fn literals(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').skip(1).step_by(2)
}

fn is_key(text: &str) -> bool {
    let plain = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    text.split_once('.').is_some_and(|(room, reason)| plain(room) && plain(reason))
}

#[test]
fn no_wording_is_missing() {
    let vi = vietnamese();
    let mut missing = BTreeSet::new();
    for (file, text) in sources() {
        let text: String =
            text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        for call in ["Refusal::new(", "t!(", "words(", "refuse(", "Flash::ok("] {
            for rest in text.split(call).skip(1) {
                // The key is the first literal of the call, close behind it.
                let near: String = rest.chars().take(80).collect();
                let Some(key) = literals(near.split(';').next().unwrap_or_default()).next().filter(|key| is_key(key))
                else {
                    continue;
                };
                if !vi.contains_key(&key.replace('.', "-")) {
                    missing.insert(format!("{key} ({file})"));
                }
            }
        }
    }
    assert!(
        missing.is_empty(),
        "wordings missing in words/vi.ftl:\n{}",
        missing.into_iter().collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn no_wording_is_unused() {
    let mut said: BTreeSet<String> = BTreeSet::new();
    for (_, text) in sources() {
        for line in text.lines() {
            said.extend(literals(line).map(|literal| literal.replace('.', "-")));
        }
    }
    // `format!("role.{role}")` says every wording that begins so.
    let said_by = |key: &str| {
        said.contains(key)
            || said.iter().any(|said| {
                said.ends_with('}') && said.contains("-{") && key.starts_with(&said[..said.find('{').unwrap()])
            })
    };
    let unused: Vec<String> = vietnamese().into_keys().filter(|key| !said_by(key)).collect();
    assert!(unused.is_empty(), "wordings that nobody says: {unused:?}");
}

#[test]
fn wordings_follow_the_rules_of_the_house() {
    for line in include_str!("../../words/vi.ftl").lines().filter(|line| !line.starts_with('#')) {
        let lower = line.to_lowercase();
        for word in ["vui lòng", "thành công", "!", "không hợp lệ", "xin hãy"] {
            assert!(!lower.contains(word), "{word}: {line}");
        }
    }
}

#[test]
fn numbers_are_grouped_and_choose_the_plural() {
    assert_eq!(t!(Lang::Vi, "web.errors", count = 1052), "Chưa lưu được: 1.052 chỗ cần sửa");
    assert_eq!(t!(Lang::En, "web.errors", count = 1052), "Not saved: 1,052 places to mend");
    assert_eq!(t!(Lang::En, "web.errors", count = 1), "Not saved: one place to mend");
    let refusal = Refusal::new("number.unreadable").with("value", "4.1.5");
    assert_eq!(say(Lang::Vi, &refusal), "“4.1.5” chưa đọc được là số. Ghi kiểu 4,1 hoặc 1.052");
    assert_eq!(say(Lang::Vi, &Refusal::new("web.missing_left").with("count", 3)), "web.missing_left");
}
