use std::{
    fs,
    sync::{Arc, OnceLock},
};

use jiff::civil::date;
use kernel::Day;

use crate::{Act, Imported, Kinds, New, OWN_KEYS, Rows, Tree, Unit, read_sheet, show, store};

mod decisions;
mod faces;
mod sums;

use decisions::{decision, new};

const TODAY: Day = date(2026, 11, 22);

fn pack(file: &str) -> String {
    fs::read_to_string(format!("{}/../../packs/danvan/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn kinds() -> Arc<Kinds> {
    static KINDS: OnceLock<Arc<Kinds>> = OnceLock::new();
    Arc::clone(KINDS.get_or_init(|| Arc::new(Kinds::parse(&pack("kinds.toml")).unwrap())))
}

fn lists() -> &'static Rows {
    static ROWS: OnceLock<Rows> = OnceLock::new();
    ROWS.get_or_init(|| Rows::read(&pack("units/places.csv"), &pack("units/successions.csv")).unwrap())
}

fn vietnam() -> &'static Tree {
    static TREE: OnceLock<Tree> = OnceLock::new();
    TREE.get_or_init(|| Tree::build(lists(), kinds()).unwrap())
}

fn count(day: Day, place: &str, level: Option<&str>, kinds: &[&str]) -> usize {
    let tree = vietnam();
    let scope = tree.kinds().scope(level, kinds, None).unwrap();
    tree.at(day).under(tree.find(place, day).unwrap(), &scope).len()
}

#[test]
fn the_lists_add_up() {
    let levels = |day, place| ["province", "district", "commune"].map(|level| count(day, place, Some(level), &[]));
    for (day, place, counts) in [
        (date(2017, 12, 31), "vn", [63, 713, 11_160]),
        (date(2021, 6, 30), "vn", [63, 705, 10_599]),
        (date(2025, 6, 30), "vn", [63, 696, 10_035]),
        (date(2025, 7, 1), "vn", [34, 0, 3_321]),
        (TODAY, "vn", [34, 0, 3_321]),
        (date(2017, 12, 31), "quang-ninh", [1, 14, 186]),
        (date(2020, 1, 1), "quang-ninh", [1, 13, 177]),
        (date(2021, 12, 31), "hai-phong", [1, 15, 217]),
        (date(2021, 12, 31), "nghe-an", [1, 21, 460]),
        (date(2015, 12, 31), "ninh-binh", [1, 8, 145]),
        (date(2021, 12, 31), "ninh-binh", [1, 8, 143]),
        (TODAY, "31", [1, 0, 114]),
    ] {
        assert_eq!(levels(day, place), counts, "{place} {day}");
    }
    let kinds =
        |day| ["thanh-pho-tw", "xa", "phuong", "thi-tran", "dac-khu"].map(|kind| count(day, "vn", None, &[kind]));
    for (day, counts) in [
        (date(2025, 6, 30), [6, 7_692, 1_726, 617, 0]),
        (date(2025, 7, 1), [6, 2_621, 687, 0, 13]),
        (date(2026, 5, 1), [7, 2_611, 697, 0, 13]),
        (date(2026, 9, 1), [8, 2_611, 697, 0, 13]),
        (date(2026, 9, 20), [9, 2_599, 709, 0, 13]),
    ] {
        assert_eq!(kinds(day), counts, "{day}");
    }
}

#[test]
fn every_old_commune_has_a_successor_and_every_new_one_a_predecessor() {
    let tree = vietnam();
    let communes = tree.kinds().scope(Some("commune"), &[], None).unwrap();
    let root = tree.root().unwrap();
    let (old, new) = (tree.at(date(2025, 6, 30)), tree.at(date(2025, 7, 1)));
    let goes_on = |unit: &Unit| new.exists(*unit);
    let (before, after) = (old.under(root, &communes), new.under(root, &communes));
    let edges = |unit: Unit| if goes_on(&unit) { 1 } else { tree.what_became(unit).successors.len() };
    assert!(before.iter().all(|unit| edges(*unit) > 0));
    assert_eq!(before.iter().map(|unit| edges(*unit)).sum::<usize>(), 10_565);
    assert_eq!(before.iter().filter(|unit| edges(**unit) > 1).count(), 440);
    assert!(after.iter().all(|unit| old.exists(*unit) || !tree.origins(*unit).is_empty()));
    // The five island districts without communes became special zones, and are the same units.
    let districts = tree.kinds().scope(Some("district"), &[], None).unwrap();
    let mut islands: Vec<String> = old
        .under(root, &districts)
        .into_iter()
        .filter(|unit| old.children(*unit).is_empty())
        .map(|unit| format!("{} {} {}", old.code(unit), new.code(unit), new.name(unit)))
        .collect();
    islands.sort();
    assert_eq!(
        islands,
        [
            "318 11948 đặc khu Bạch Long Vĩ",
            "471 19742 đặc khu Cồn Cỏ",
            "498 20333 đặc khu Hoàng Sa",
            "536 21548 đặc khu Lý Sơn",
            "755 26732 đặc khu Côn Đảo"
        ]
    );
}

#[test]
fn units_are_found_by_what_people_write() {
    let tree = vietnam();
    let old = date(2020, 12, 31);
    for (text, day, found) in [
        ("31", TODAY, "31 thành phố Hải Phòng"),
        ("hai-phong", TODAY, "31 thành phố Hải Phòng"),
        ("Thành phố Hải Phòng", TODAY, "31 thành phố Hải Phòng"),
        ("TP. Hải Phòng", old, "31 thành phố Hải Phòng"),
        ("tp-hai-phong", old, "31 thành phố Hải Phòng"),
        ("30", old, "30 tỉnh Hải Dương"),
        ("hai-duong", old, "30 tỉnh Hải Dương"),
        ("thanh-pho-hai-duong", old, "288 thành phố Hải Dương"),
        ("hai-duong", TODAY, "10525 phường Hải Dương"),
        ("quang-ninh", old, "22 tỉnh Quảng Ninh"),
        ("quang-ninh", TODAY, "22 thành phố Quảng Ninh"),
        ("1", TODAY, "01 thành phố Hà Nội"),
        ("4", old, "04 tỉnh Cao Bằng"),
        ("00004", old, "00004 phường Trúc Bạch"),
        ("00004", TODAY, "00004 phường Ba Đình"),
        ("0004", TODAY, "00004 phường Ba Đình"),
        ("vn", TODAY, "vn Việt Nam"),
        ("viet-nam", TODAY, "vn Việt Nam"),
        ("binh-chanh", old, "785 huyện Bình Chánh"),
        ("binh-chanh.thang-binh", old, "20830 xã Bình Chánh"),
        ("xã Bình Chánh, huyện Thăng Bình, tỉnh Quảng Nam", old, "20830 xã Bình Chánh"),
        ("binh-chanh.quang-nam", old, "20830 xã Bình Chánh"),
        ("Mỹ Thọ", TODAY, "30076 xã Mỹ Thọ"),
        ("phuong-my-tho", TODAY, "28261 phường Mỹ Tho"),
        ("my-tho.dong-thap.vn", old, ""),
        ("Quận 1", old, "760 quận 1"),
        ("Phường 1, Quận 3", old, "27160 phường 1"),
        ("31/ubnd", old, "31/ubnd Ủy ban nhân dân thành phố Hải Phòng"),
        ("31/dang-uy", old, "31/dang-uy Thành ủy Hải Phòng"),
        ("22/ban-dan-van", old, "22/ban-dan-van Ban Dân vận Tỉnh ủy Quảng Ninh"),
        (
            "hai-phong/ban-tuyen-giao-dan-van",
            TODAY,
            "31/ban-tuyen-giao-dan-van Ban Tuyên giáo và Dân vận Thành ủy Hải Phòng",
        ),
        ("binh-chanh.thang-binh/mttq", old, "20830/mttq Ủy ban Mặt trận Tổ quốc Việt Nam xã Bình Chánh"),
        ("00004/dang-uy", TODAY, "00004/dang-uy Đảng ủy phường Ba Đình"),
    ] {
        let shown = match tree.find(text, day) {
            Ok(unit) => format!("{} {}", tree.at(day).code(unit), tree.at(day).name(unit)),
            Err(_) => String::new(),
        };
        assert_eq!(shown, found, "{text} on {day}");
    }
    for (text, day, key, part) in [
        ("my-tho", TODAY, "units.ambiguous", "phường Mỹ Tho (28261, tỉnh Đồng Tháp"),
        ("my-tho", TODAY, "units.ambiguous", "xã Mỹ Thọ ("),
        ("khong-co-dau", TODAY, "units.unknown", ""),
        ("30", TODAY, "units.unknown_then", "tỉnh Hải Dương (30, – 30/06/2025)"),
        ("thang-binh.quang-nam", TODAY, "units.unknown_then", "huyện Thăng Bình"),
        ("31/ban-dan-van", TODAY, "units.no_such_body_then", ""),
        ("31/khong-co", TODAY, "units.no_such_body", ""),
        ("", TODAY, "units.name_missing", ""),
    ] {
        let refusal = tree.find(text, day).unwrap_err();
        assert_eq!(refusal.key, key, "{text}: {refusal}");
        assert!(refusal.arg("candidates").unwrap_or_default().contains(part), "{refusal}");
    }
}

#[test]
fn what_is_known_only_between_two_states_is_said_so_and_allowed_on_both_sides() {
    let tree = vietnam();
    // Hoành Bồ went into Hạ Long between the states of 2018 and 2022: no package says when, or into whom.
    let gone = tree.find("huyen-hoanh-bo", date(2018, 1, 1)).unwrap();
    let became = tree.what_became(gone);
    assert_eq!((became.ended, became.certain, became.successors.len()), (Some(date(2020, 1, 1)), false, 0));
    assert!(tree.valid_on(gone, date(2019, 12, 31)).is_ok());
    assert!(tree.valid_on(gone, date(2020, 6, 1)).is_ok(), "it may still have stood");
    let refusal = tree.valid_on(gone, date(2023, 1, 1)).unwrap_err();
    assert_eq!((refusal.key.as_ref(), refusal.arg("were")), ("units.not_valid_then", Some("tỉnh Quảng Ninh (22)")));
    let holder = tree.holder(gone, TODAY);
    assert_eq!((tree.at(TODAY).code(holder.unit).as_str(), holder.loose), ("22", true));
}

#[test]
fn a_holder_is_the_successor_or_the_place_above() {
    let tree = vietnam();
    let old = date(2021, 6, 30);
    let held = |code: &str, from: Day, day: Day| {
        let holder = tree.holder(tree.find(code, from).unwrap(), day);
        format!("{}{}", tree.at(day).code(holder.unit), if holder.loose { " loosely" } else { "" })
    };
    for (code, from, day, holder) in [
        ("30", old, TODAY, "31"),
        ("30/ubnd", old, TODAY, "31/ubnd"),
        ("30/ban-dan-van", old, TODAY, "31/ban-tuyen-giao-dan-van"),
        ("20833", old, TODAY, "20848"),
        // Bình Chánh was lost between two states: nobody says into whom.
        ("20830", old, TODAY, "48 loosely"),
        ("20833/khoi-dan-van", old, TODAY, "20848/ban-xay-dung-dang"),
        // A district went to nobody: the province holds it, and its commission's work goes to the province's.
        ("513", old, TODAY, "48 loosely"),
        ("513/ban-dan-van", old, TODAY, "48/ban-tuyen-giao-dan-van loosely"),
        ("318", old, TODAY, "11948"),
        // Backwards: what two old provinces held, nobody held alone.
        ("31", TODAY, old, "vn loosely"),
        ("11948", TODAY, old, "318"),
    ] {
        assert_eq!(held(code, from, day), holder, "{code} of {from} on {day}");
    }
    let refusal = tree.valid_on(tree.find("30", old).unwrap(), TODAY).unwrap_err();
    assert_eq!(refusal.arg("were"), Some("thành phố Hải Phòng (31)"));
    let refusal = tree.valid_on(tree.find("31", TODAY).unwrap(), old).unwrap_err();
    assert_eq!(refusal.arg("were"), Some("tỉnh Hải Dương (30); thành phố Hải Phòng (31)"));
}

#[test]
fn rights_follow_the_superior_and_places_the_ground() {
    let tree = vietnam();
    let old = tree.at(date(2021, 6, 30));
    let commune = old.find("20830").unwrap();
    let codes = |units: Vec<Unit>| units.into_iter().map(|unit| old.code(unit)).collect::<Vec<_>>().join(" ");
    assert_eq!(codes(old.superiors(commune.body(1))), "513/ubnd 49/ubnd vn/ubnd");
    assert_eq!(
        codes(old.superiors(old.find("20833/khoi-dan-van").unwrap())),
        "20833/dang-uy 513/dang-uy 49/dang-uy vn/dang-uy"
    );
    assert_eq!(codes(old.ancestors(commune.body(30))), "20830 513 49 vn");
    assert_eq!(codes(old.superiors(commune)), "513 49 vn");
    assert!(old.inside(commune.body(30), old.find("quang-nam").unwrap()));
    assert_eq!(old.long_name(commune), "xã Bình Chánh, huyện Thăng Bình, tỉnh Quảng Nam");
    assert_eq!(
        codes(old.bodies(old.find("31").unwrap())).split(' ').take(3).collect::<Vec<_>>(),
        ["31/ubnd", "31/hdnd", "31/van-phong-ubnd"]
    );
    let now = tree.at(TODAY);
    let ward = now.find("00004").unwrap();
    assert_eq!(now.superior(ward.body(1)).map(|unit| now.code(unit)).unwrap(), "01/ubnd");
    assert!(!now.exists(now.find("01").unwrap().body(32)), "no Ban Dân vận after 1/3/2025");
}

#[test]
fn scopes_take_levels_kinds_groups_and_bodies() {
    let tree = vietnam();
    let day = date(2021, 12, 31);
    let place = tree.find("31", day).unwrap();
    let number = |level, kinds: &[&str], group| {
        let scope = tree.kinds().scope(level, kinds, group).unwrap();
        tree.at(day).under(place, &scope).len()
    };
    assert_eq!(number(Some("commune"), &[], None), 217);
    assert_eq!(number(Some("commune"), &["xa", "phuong"], None), 207);
    assert_eq!(number(Some("commune"), &[], Some("urban")), 76);
    assert_eq!(number(Some("commune"), &["ubnd"], None), 217);
    assert_eq!(number(None, &["ubnd"], None), 1 + 15 + 217);
    assert_eq!(number(None, &["ban-dan-van"], None), 16);
    assert!(tree.kinds().scope(Some("ward"), &[], None).is_err());
    // Over 2025 a commune of the new Hải Phòng is one of 114, or one of those that its two forerunners had.
    let window = (date(2025, 1, 1), date(2025, 12, 31));
    let today = tree.find("31", TODAY).unwrap();
    let stays = tree.valid_in(today, window, &tree.kinds().scope(Some("commune"), &[], None).unwrap());
    let early = stays.iter().filter(|stay| stay.to == date(2025, 6, 30)).count();
    let late = stays.iter().filter(|stay| stay.from == date(2025, 7, 1)).count();
    let whole = stays.iter().filter(|stay| (stay.from, stay.to) == window).count();
    let before = ["30", "31"].map(|code| count(date(2025, 6, 30), code, Some("commune"), &[])).iter().sum::<usize>();
    assert_eq!((early + whole, late + whole), (before, 114));
    // A commission that ended within the window stayed until then.
    let stays = tree.valid_in(today, window, &tree.kinds().scope(Some("province"), &["ban-dan-van"], None).unwrap());
    let seen: Vec<_> = stays.iter().map(|stay| (tree.at(stay.from).code(stay.unit), stay.from, stay.to)).collect();
    let end = date(2025, 2, 28);
    assert_eq!(seen, [("30/ban-dan-van".to_owned(), window.0, end), ("31/ban-dan-van".to_owned(), window.0, end)]);
}

#[test]
fn showing_a_unit_tells_its_history_without_internal_numbers() {
    let tree = vietnam();
    let shown = show(tree, "bach-long-vi", TODAY).unwrap();
    let value = serde_json::to_value(&shown).unwrap();
    assert_eq!(value["code"], "11948");
    assert_eq!(value["versions"][0]["kind"], "huyen");
    assert_eq!(value["versions"][1]["decision"], "1669/NQ-UBTVQH15");
    let text = show(tree, "31", TODAY).unwrap().text(tree);
    for line in [
        "Thành phố Hải Phòng (31)\n",
        "Từ ngày: 01/07/2025\n",
        "Trực thuộc: 67 xã, 45 phường, 2 đặc khu\n",
        "Hình thành từ: tỉnh Hải Dương (30)\n",
        "Cơ quan: Thành ủy Hải Phòng (31/dang-uy)\n",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    let text = show(tree, "31", date(2025, 6, 30)).unwrap().text(tree);
    assert!(
        text.contains("Hết ngày: 30/06/2025\n")
            && text.contains("Nhập vào: thành phố Hải Phòng (31) từ ngày 01/07/2025\n"),
        "{text}"
    );
    let text = show(tree, "hoanh-bo", date(2018, 1, 1)).unwrap().text(tree);
    assert!(text.contains("chỉ biết trong khoảng giữa hai danh mục"), "{text}");
}

#[test]
fn kinds_with_faults_are_told_with_line_and_remedy() {
    let text = pack("kinds.toml");
    let broken = text.replacen("slot = 2", "slot = 1", 1).replacen("level = \"province\"", "level = \"region\"", 1);
    let faults = Kinds::parse(&broken).unwrap_err();
    let line_of = |id: &str| broken.lines().position(|line| line == format!("id = \"{id}\"")).unwrap() + 1;
    let seen: Vec<(usize, &str)> = faults.iter().map(|fault| (fault.line, fault.wrong.as_str())).collect();
    assert_eq!(seen, [(line_of("tinh"), "no level region"), (line_of("hdnd"), "slot 1 belongs to ubnd")]);
    assert!(Kinds::parse(&text.replace("head = true", "heads = true")).unwrap_err()[0].wrong.contains("heads"));
}

#[test]
fn rows_with_faults_name_their_lines() {
    let places = "place,code,name,kind,parent,from,to\n1,vn,Việt Nam,quoc-gia,,,\nx,90,A,tinh,1,,\n3,90,,tinh,1,,\n4,91,B,tinh,1,2025-02-30,\n";
    let refused = Rows::read(places, "from_place,to_place,day\n1,2,hôm nay\n").unwrap_err();
    let seen: Vec<(&str, &str)> =
        refused.0.iter().map(|refusal| (refusal.key.as_ref(), refusal.arg("line").unwrap())).collect();
    assert_eq!(
        seen,
        [
            ("units.key_unreadable", "3"),
            ("units.name_missing", "4"),
            ("day.not_in_calendar", "5"),
            ("day.unreadable", "2")
        ]
    );
}

#[tokio::test]
async fn lists_and_decisions_come_back_from_the_database() {
    for scratch in db::testing::both().await.unwrap() {
        let kinds = kinds();
        let mut tx = scratch.db.begin().await.unwrap();
        assert_eq!(store::fill(&mut tx, lists(), &kinds).await.unwrap(), 15_781);
        assert_eq!(store::fill(&mut tx, lists(), &kinds).await.unwrap(), 0, "the same lists change nothing");
        let mut own = decision(1, date(2026, 1, 1), vec![]);
        let books = store::books(&mut tx).await.unwrap();
        assert_eq!(books.rows, *lists());
        let ward = vietnam().find("00004", TODAY).unwrap();
        let village = New { parent: ward, ..new(books.next_key(0), "", "Số 5", "to-dan-pho", 1) };
        own.acts.push(Act::Open { new: village });
        store::apply(&mut tx, &own, &kinds).await.unwrap();
        let sheet = "name,kind,parent\nThôn Mỹ Trà,,20848\nTrung tâm Văn hóa,co-quan-nha-nuoc,31\n";
        let imported = store::import(&mut tx, sheet, &kinds, TODAY).await.unwrap();
        assert_eq!(imported, Imported { read: 2, changed: 2, same: 0 });
        let imported = store::import(&mut tx, sheet, &kinds, TODAY).await.unwrap();
        assert_eq!(imported, Imported { read: 2, changed: 0, same: 2 });
        let imported = store::import(&mut tx, &pack("units/places.csv"), &kinds, TODAY).await.unwrap();
        assert_eq!(imported, Imported { read: 16_566, changed: 0, same: 15_781 });
        tx.commit().await.unwrap();
        let mut tx = scratch.db.read().await.unwrap();
        let tree = store::load(&mut tx, &kinds).await.unwrap();
        let found = tree.find("to-dan-pho-so-5.00004", TODAY).unwrap();
        assert_eq!(tree.at(TODAY).code(found), "to-dan-pho-so-5.00004");
        assert_eq!(tree.at(TODAY).name(found.body(51)), "Ban công tác Mặt trận tổ dân phố Số 5");
        let own = tree.find("31/trung-tam-van-hoa", TODAY).unwrap();
        let at = tree.at(TODAY);
        assert_eq!(at.superior(own).map(|unit| at.code(unit)).as_deref(), Some("31/ubnd"));
        assert!(at.inside(own, tree.find("31", TODAY).unwrap()) && at.is_body(own));
        assert!(store::books(&mut tx).await.unwrap().next_key(0) > found.key());
    }
}

#[test]
fn villages_come_in_by_codes_and_names_and_again_change_nothing() {
    let tree = vietnam();
    let sheet = "name,kind,parent\nThôn Mỹ Trà,,20848\nSố 5,to-dan-pho,phuong-ba-dinh.ha-noi\n";
    let rows = read_sheet(sheet, tree, OWN_KEYS, TODAY).unwrap().rows;
    let seen: Vec<_> =
        rows.versions.iter().map(|row| (row.place, row.name.as_str(), row.kind.as_str(), row.parent)).collect();
    let parent = |code| Some(tree.find(code, TODAY).unwrap().key());
    assert_eq!(
        seen,
        [(OWN_KEYS, "Mỹ Trà", "thon", parent("20848")), (OWN_KEYS + 1, "Số 5", "to-dan-pho", parent("00004"))]
    );
    let mut all = lists().clone();
    all.versions.extend(rows.versions.clone());
    let grown = Tree::build(&all, kinds()).unwrap();
    let again = read_sheet(sheet, &grown, OWN_KEYS + 2, TODAY).unwrap();
    assert_eq!((again.rows.versions.len(), again.known), (0, 2));
    let refused = read_sheet("name,parent\nThôn A,99999\nĐồi B,20848\n,20848\n", tree, OWN_KEYS, TODAY).unwrap_err();
    let seen: Vec<_> = refused.0.iter().map(|refusal| (refusal.key.as_ref(), refusal.arg("line").unwrap())).collect();
    assert_eq!(seen, [("units.unknown", "2"), ("units.unknown_kind", "3"), ("units.name_missing", "4")]);
}
