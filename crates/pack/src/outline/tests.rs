//! Outlines: what is read out of the text, and every fault at its line.

use std::collections::BTreeMap;

use crate::{
    Pack,
    outline::{By, Column, Condition, Form, Moment, Piece, Span, Word},
    source::{Layer, Source},
};

const HEAD: &str = r#"+++
id = "small"
report = "small"
label = { vi = "Báo cáo nhỏ" }
levels = ["province"]
body = ["ban-dan-van"]
kind = "Báo cáo"
about = "Kết quả {period}"
symbol = "BC/BDV"
post = "Trưởng ban"
+++
"#;

/// The base pack with one more outline, and what is wrong with it.
fn read(text: &str) -> (Pack, Vec<(usize, String, String)>) {
    let files = BTreeMap::from([("outlines/small.md".to_owned(), text.to_owned())]);
    let overlay = Layer { name: "overlay".to_owned(), files };
    let (pack, faults) = Pack::read_with_faults(Source::base().with(overlay));
    let faults = faults.into_iter().filter(|fault| fault.file == "overlay/outlines/small.md");
    (pack, faults.map(|fault| (fault.line, fault.refusal.key.to_string(), fault.refusal.to_string())).collect())
}

#[test]
fn the_base_outlines_read_and_are_found_by_level() {
    let (pack, faults) = Pack::read_with_faults(Source::base());
    let of_outlines: Vec<_> = faults.iter().filter(|fault| fault.file.starts_with("outlines/")).collect();
    assert!(of_outlines.is_empty(), "{of_outlines:#?}");
    assert_eq!(pack.outline("annual", "province").unwrap().head.id, "annual-province");
    assert_eq!(pack.outline("annual", "commune").unwrap().head.id, "annual-commune");
    assert_eq!(pack.outline("annual-commune", "province").unwrap().head.id, "annual-commune");
    let refusal = pack.outline("anual", "province").unwrap_err();
    assert_eq!((&*refusal.key, refusal.args[1].1.as_str()), ("reports.unknown_outline", "annual"));
    assert_eq!(pack.outline("annual", "village").unwrap_err().key, "reports.no_variant");
}

#[test]
fn a_sentence_is_read_into_its_parts() {
    let (pack, faults) = read(&format!(
        "{HEAD}\n# I. Đối thoại {{period}}\n\nCó **{{dialogue.held[kind=periodic, unit.level=commune]@year_before|number}}** cuộc;\n\
         {{if dialogue.held > 0}}có{{else}}{{critical_case.hot_spots|zero \"không có | gì\"}}{{end}} ở {{Unit}}.\n\n\
         {{slot tasks \"Nhiệm vụ\"}}\n\n{{table \"Bảng\" now change}}\n# Nhóm\n- dialogue.held \"Cuộc\"\n{{end}}\n\
         {{table \"Theo huyện\" dialogue.held, model.registered by unit}}\n{{chart \"Hình\" dialogue.held by kind with year_before}}\n"
    ));
    assert_eq!(faults, []);
    let outline = pack.outline("small", "province").unwrap();
    let Piece::Heading { level: 1, id, text } = &outline.body[0] else { panic!("{:?}", outline.body[0]) };
    assert_eq!(id, "i-doi-thoai");
    assert!(matches!(text[1], Span::Word { word: Word::Period, capital: false }));
    let Piece::Paragraph(spans) = &outline.body[1] else { panic!() };
    let Span::Number(number) = &spans[1] else { panic!("{spans:?}") };
    assert_eq!(number.key(), "dialogue.held[kind=periodic,unit.level=commune]@year_before");
    assert_eq!((number.moment, number.form, number.line), (Moment::YearBefore, Form::Number, 15));
    let Some(Span::If { when: Condition::Holds { .. }, then, otherwise }) =
        spans.iter().find(|span| matches!(span, Span::If { .. }))
    else {
        panic!()
    };
    assert_eq!(then.len(), 1);
    let Span::Number(zero) = &otherwise[0] else { panic!() };
    assert_eq!((zero.zero.as_deref(), zero.line), (Some("không có | gì"), 16));
    assert_eq!(outline.slots()[0].label, "Nhiệm vụ");
    let Piece::Table(table) = &outline.body[3] else { panic!("{:?}", outline.body[3]) };
    assert_eq!((table.columns.as_slice(), table.rows.len()), (&[Column::Of(Moment::Now), Column::Change][..], 2));
    assert!(matches!(&outline.body[4], Piece::Break(list) if list.by == By::Unit && list.numbers.len() == 2));
    assert!(matches!(&outline.body[5], Piece::Chart(chart) if chart.beside == Some(Moment::YearBefore)));
}

#[test]
fn every_fault_has_its_line_and_what_would_be_right() {
    // What stands in the body, the fault, its line after the head, a piece of what it says.
    let faults = [
        ("{dialogue.heldd}", "pack.unknown_figure", 1, "dialogue.held"),
        ("x\n{dialogue.held[kinds=periodic]}", "pack.unknown_part", 2, "kind"),
        ("{dialogue.held[kind=periodical]}", "pack.unknown_choice", 1, "periodic"),
        ("{heads_in_dialogue[kind=x]}", "pack.unknown_part", 1, "kind"),
        ("{dialogue.held[kind]}", "pack.outline_part", 1, "kind"),
        ("{dialogue.held[kind=periodic}", "pack.outline_part", 1, "kind=periodic"),
        ("{dialogue.held@year_befor}", "pack.outline_moment", 1, "year_before"),
        ("{dialogue.held|numbr}", "pack.outline_form", 1, "number"),
        ("{dialogue.held|percent}", "pack.outline_not_a_share", 1, "dialogue.held"),
        ("{dialogue.held", "pack.outline_brace", 1, ""),
        ("{perod}", "pack.unknown_figure", 1, ""),
        ("{tabel \"x\" now}", "pack.outline_command", 1, "table"),
        ("a {slot x \"X\"}", "pack.outline_own_line", 1, "slot"),
        ("a {if dialogue.held > 0} b", "pack.outline_not_closed", 1, "if"),
        ("\n{if dialogue.held > 0}\nb\n", "pack.outline_not_closed", 2, "if"),
        ("{end}", "pack.outline_stray", 1, "end"),
        ("a {else} b", "pack.outline_stray", 1, "else"),
        ("{if dialogue.held +}\na\n{end}", "pack.expression_unreadable", 1, ""),
        ("{if dialogue.held + 1}\na\n{end}", "pack.each_not_condition", 1, ""),
        ("{if dialogue.helt > 1}\na\n{end}", "pack.unknown_figure", 1, "dialogue.held"),
        ("{if opening(commitment.open) > 1}\na\n{end}", "pack.outline_take", 1, "commitment.open"),
        ("{if any dialogue.helt@next}a{end}", "pack.unknown_figure", 1, "dialogue.held"),
        ("{slot x}", "pack.outline_slot", 1, "x"),
        ("{slot x \"X\"}\n{slot x \"X\"}", "pack.twice", 2, "x"),
        ("{slot Việc \"X\"}", "pack.bad_id", 1, "viec"),
        ("{table now}\n- dialogue.held\n{end}", "pack.outline_caption", 1, "table"),
        ("{table \"x\" noww}\n- dialogue.held\n{end}", "pack.outline_column", 1, "now"),
        ("{table \"x\" now}\n{end}", "pack.outline_empty_table", 1, "x"),
        ("{table \"x\" now}\ndialogue.held\n{end}", "pack.outline_row", 2, "dialogue.held"),
        ("{table \"x\" now}\n- dialogue.held", "pack.outline_not_closed", 1, "table"),
        ("{table \"x\" dialogue.held by kin}", "pack.unknown_part", 1, "kind"),
        ("{chart \"x\" dialogue.held}", "pack.outline_caption", 1, "chart"),
        ("{chart \"x\" dialogue.held by moth}", "pack.unknown_part", 1, "month"),
        ("{annex}", "pack.outline_caption", 1, "annex"),
        ("{targets hai-phong}", "pack.unknown_programme", 1, "hai-phong-2021"),
    ];
    let first = HEAD.lines().count();
    for (body, key, line, says) in faults {
        let (_, found) = read(&format!("{HEAD}{body}\n"));
        let hit = found.iter().find(|(_, found, _)| found == key);
        let Some((at, _, text)) = hit else { panic!("{body}: {key} not among {found:?}") };
        assert_eq!(*at, first + line, "{body}: {text}");
        assert!(text.contains(says), "{body}: {text} does not say {says}");
    }
}

#[test]
fn faults_of_the_head_stand_at_their_key() {
    let faults = [
        ("levels = [\"province\"]", "levels = [\"provinz\"]", "pack.unknown_kind", 5, "province"),
        ("levels = [\"province\"]", "levels = []", "pack.outline_for_nobody", 5, "levels"),
        ("body = [\"ban-dan-van\"]", "body = [\"ban-dan\"]", "pack.unknown_kind", 6, "ban-dan-van"),
        ("kind = \"Báo cáo\"", "regime = \"calender\"\nkind = \"Báo cáo\"", "calendar.unknown_regime", 7, "calender"),
        ("report = \"small\"", "report = \"annual\"", "pack.outline_twice", 5, "annual-province"),
        ("about = \"Kết quả {period}\"", "about = \"{dialogue.held}\"", "pack.outline_number_in_head", 8, ""),
        ("post = \"Trưởng ban\"", "post = 1", "pack.does_not_fit", 10, "post"),
        ("post = \"Trưởng ban\"", "post = \"x", "pack.toml_unreadable", 10, ""),
        ("post = \"Trưởng ban\"", "post = \"x\"\ncolour = 1", "pack.does_not_fit", 11, "colour"),
        ("id = \"small\"", "id = \"smal\"", "pack.not_named_as_file", 2, "small"),
        ("+++\nid", "id", "pack.outline_no_head", 1, ""),
        ("{ vi = \"Báo cáo nhỏ\" }", "{ vi = \"\" }", "pack.no_label", 4, "small"),
    ];
    for (what, by, key, line, says) in faults {
        let (_, found) = read(&HEAD.replacen(what, by, 1));
        let hit = found.iter().find(|(_, found, _)| found == key);
        let Some((at, _, text)) = hit else { panic!("{by}: {key} not among {found:?}") };
        assert_eq!(*at, line, "{by}: {text}");
        assert!(text.contains(says), "{by}: {text} does not say {says}");
    }
}

#[test]
fn a_part_stands_where_it_is_named_and_is_checked_in_its_own_file() {
    let layer = |part: &str, text: &str| {
        let files = BTreeMap::from([
            ("outlines/small.md".to_owned(), format!("{HEAD}{text}")),
            ("outlines/parts/shared.md".to_owned(), part.to_owned()),
        ]);
        Source::base().with(Layer { name: "overlay".to_owned(), files })
    };
    let told = |part: &str, text: &str| {
        let (pack, faults) = Pack::read_with_faults(layer(part, text));
        let faults = faults.into_iter().filter(|fault| fault.file.starts_with("overlay/"));
        (pack, faults.map(|fault| (fault.file, fault.line, fault.refusal.key.to_string())).collect::<Vec<_>>())
    };
    let part = "Có {dialogue.held}.\n\n{slot tasks \"Nhiệm vụ\"}\n";
    let (pack, faults) = told(part, "\n# I. Kết quả\n\n{if any dialogue.held}\n{part shared}\n{end}\n");
    assert_eq!(faults, []);
    let outline = pack.outline("small", "province").unwrap();
    assert_eq!(outline.slots().iter().map(|slot| slot.id.as_str()).collect::<Vec<_>>(), ["tasks"]);
    let mut numbers = 0;
    outline.spans(&mut |span| numbers += usize::from(matches!(span, Span::Number(_))));
    assert_eq!(numbers, 1);

    let (_, faults) = told("Có {dialogue.helt}.\n\n{part other}\n", "\n{part shared}\n");
    let own = "overlay/outlines/parts/shared.md".to_owned();
    assert_eq!(
        faults,
        [(own.clone(), 1, "pack.unknown_figure".to_owned()), (own, 3, "pack.outline_part_in_part".to_owned())]
    );
    let (_, faults) = told(part, "\n{slot tasks \"Việc\"}\n\n{part shared}\n\n{part sharet}\n");
    let file = "overlay/outlines/small.md".to_owned();
    assert_eq!(faults, [(file.clone(), 15, "pack.twice".to_owned()), (file, 17, "pack.outline_no_part".to_owned())]);
}

#[test]
fn reasons_of_targets_are_asked_by_name() {
    let (pack, faults) = read(&format!("{HEAD}\n{{targets scheme-04 reasons \"Giải trình\"}}\n\n{{targets}}\n"));
    assert_eq!(faults, []);
    let outline = pack.outline("small", "province").unwrap();
    assert_eq!(outline.reasons("scheme-04"), Some("Giải trình"));
    assert_eq!(outline.reasons("hai-phong-2021"), None);
    let (_, faults) = read(&format!("{HEAD}\n{{targets reasons}}\n"));
    assert_eq!(faults[0].1, "pack.outline_caption");
}
