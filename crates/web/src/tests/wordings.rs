use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use kernel::{Lang, Refusal};

use super::guards::sources;
use crate::{say, t, words};

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

/// All files of a language, one after the other.
fn texts(lang: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("words").join(lang);
    let files = std::fs::read_dir(folder).unwrap().map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    files.collect::<Vec<_>>().join("\n")
}

fn vietnamese() -> BTreeMap<String, BTreeSet<String>> {
    keys(&texts("vi"))
}

#[test]
fn both_languages_say_the_same_things() {
    let (vi, en) = (vietnamese(), keys(&texts("en")));
    for (key, args) in &vi {
        let other = en.get(key).unwrap_or_else(|| panic!("{key} is not in English"));
        assert!(other.is_subset(args) || args.is_subset(other), "{key}: {args:?} and {other:?}");
    }
    for key in en.keys() {
        assert!(vi.contains_key(key), "{key} is not in Vietnamese");
    }
}

#[test]
fn every_wording_can_be_read() {
    for (lang, name) in [(Lang::Vi, "vi"), (Lang::En, "en")] {
        for key in keys(&texts(name)).into_keys() {
            assert_ne!(words(lang, &key, &[]), key, "{name}: what stands at {key} is no Fluent");
        }
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
            for (at, _) in text.match_indices(call) {
                // `concat!(` is no `t!(`.
                if text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                    continue;
                }
                // The key is the first literal of the call, close behind it.
                let near: String = text[at + call.len()..].chars().take(80).collect();
                let near = near.split(';').next().unwrap_or_default();
                // One that is cut off belongs to what comes after.
                let whole = near.matches('"').count() / 2;
                let Some(key) = literals(near).take(whole).next().filter(|key| is_key(key)) else { continue };
                if !vi.contains_key(&key.replace('.', "-")) {
                    missing.insert(format!("{key} ({file})"));
                }
            }
        }
    }
    assert!(
        missing.is_empty(),
        "wordings missing in words/vi:\n{}",
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
    let texts = texts("vi");
    // `format!("jobs.state_{state}")` says every wording that begins so, and a wording may hold another.
    let begun: Vec<&str> = said
        .iter()
        .filter_map(|said| said.split_once('{').filter(|(head, rest)| head.contains('-') && rest.ends_with('}')))
        .map(|(head, _)| head)
        .filter(|head| head.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '-' | '_')))
        .collect();
    let said_by = |key: &str| {
        said.contains(key) || begun.iter().any(|head| key.starts_with(head)) || texts.contains(&format!("{{ {key} }}"))
    };
    let unused: Vec<String> = vietnamese().into_keys().filter(|key| !said_by(key)).collect();
    assert!(unused.is_empty(), "wordings that nobody says: {unused:?}");
}

#[test]
fn wordings_follow_the_rules_of_the_house() {
    for line in texts("vi").lines().filter(|line| !line.starts_with('#')) {
        let lower = line.to_lowercase();
        for word in ["vui lòng", "thành công", "!", "không hợp lệ", "xin hãy"] {
            assert!(!lower.contains(word), "{word}: {line}");
        }
    }
}

#[test]
fn numbers_are_grouped_and_choose_the_plural() {
    assert_eq!(t!(Lang::Vi, "web.errors", count = 1052), "Chưa thực hiện được: 1.052 chỗ cần sửa");
    assert_eq!(t!(Lang::En, "web.errors", count = 1052), "Not done: 1,052 places to mend");
    assert_eq!(t!(Lang::En, "web.errors", count = 1), "Not done: one place to mend");
    let refusal = Refusal::new("number.unreadable").with("value", "4.1.5");
    assert_eq!(say(Lang::Vi, &refusal), "“4.1.5” chưa đọc được là số. Ghi kiểu 4,1 hoặc 1.052");
    assert_eq!(say(Lang::Vi, &Refusal::new("web.missing_left").with("count", 3)), "web.missing_left");
}

#[test]
fn a_wording_leaves_out_what_it_was_not_given() {
    let refusal = Refusal::new("figure.unknown").with("value", "dialogue.hold");
    assert_eq!(say(Lang::Vi, &refusal), "Không có số liệu “dialogue.hold”");
    assert_eq!(say(Lang::Vi, &refusal.clone().with("nearest", "")), "Không có số liệu “dialogue.hold”");
    assert_eq!(
        say(Lang::En, &refusal.with("nearest", "dialogue.held")),
        "There is no figure “dialogue.hold”. Nearest: “dialogue.held”"
    );
    let check = Refusal::new("record.check").with("vi", "Ngày trả lời trước ngày nhận");
    assert_eq!(say(Lang::En, &check), "Ngày trả lời trước ngày nhận");
    assert_eq!(say(Lang::En, &check.with("en", "Answered before received")), "Answered before received");
    let refusal = Refusal::new("units.name_missing").with("line", 7);
    assert_eq!(say(Lang::Vi, &refusal), "Dòng 7: Tên địa bàn, cơ quan: chưa ghi");
}
