//! Every file is opened by another program's eyes: a ZIP reader, `pdftotext` of poppler-utils, a reader of worksheets.

mod sample;

use std::{
    error::Error,
    io::{Cursor, Read, Write},
    process::{Command, Stdio},
};

use calamine::{Data, Reader, Xlsx};
use papers::{
    Block, Chart, ChartKind, Edit, Face, Format, Inline, Layout, Paper, Series, Slot, from_markdown, html, html_blocks,
    html_page, markdown, plain,
};

type Outcome = Result<(), Box<dyn Error>>;

fn part(docx: &[u8], name: &str) -> Result<String, Box<dyn Error>> {
    let mut text = String::new();
    zip::ZipArchive::new(Cursor::new(docx))?.by_name(name)?.read_to_string(&mut text)?;
    Ok(text)
}

fn pdf_text(pdf: &[u8]) -> Result<String, Box<dyn Error>> {
    let mut reader = Command::new("pdftotext")
        .args(["-layout", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|fault| format!("pdftotext of poppler-utils reads the PDF in this test: {fault}"))?;
    reader.stdin.take().ok_or("no way in")?.write_all(pdf)?;
    Ok(String::from_utf8(reader.wait_with_output()?.stdout)?)
}

#[test]
fn docx_wears_the_layout_of_the_state() -> Outcome {
    let bytes = papers::docx(&sample::state(3))?;
    let document = part(&bytes, "word/document.xml")?;
    for words in ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 08/BC-UBND", "ngày 05 tháng 01 năm 2022", "Phụ lục II"]
    {
        assert!(document.contains(words), "{words}");
    }
    // 20, 15, 20 and 30 mm; the head in two columns of two fifths and three; heads repeat; three sections share their headers.
    assert!(document.contains(r#"w:top="1133" w:right="850" w:bottom="1133" w:left="1700""#));
    assert!(document.contains(r#"<w:gridCol w:w="3741" /><w:gridCol w:w="5613" />"#));
    assert_eq!(
        document.matches("<w:tblHeader />").count(),
        6,
        "one row for the chart's table, two for each wide table, one"
    );
    assert_eq!(document.matches(r#"<w:sectPr><w:headerReference w:type="default""#).count(), 3);
    assert_eq!(document.matches(r#"<w:footerReference w:type="first""#).count(), 3);
    // The order of ISO 29500: the style first, the dress of the mark last, fonts before size.
    assert!(
        !document.contains("<w:pPr><w:rPr")
            && document.contains(r#"<w:pPr><w:pStyle w:val="Heading1" /><w:keepNext /><w:spacing"#)
    );
    assert!(document.contains(r#"<w:rPr><w:b /><w:bCs /><w:sz w:val="24" />"#));
    assert!(part(&bytes, "word/header1.xml")?.contains("PAGE"));
    assert!(part(&bytes, "word/styles.xml")?.contains(r#"<w:lang w:val="vi-VN" />"#));
    assert!(
        part(&bytes, "docProps/core.xml")?.contains("<dc:title>Báo cáo: Kết quả công tác dân vận năm 2021</dc:title>")
    );
    assert!(bytes == papers::docx(&sample::state(3))?, "equal papers, equal bytes");
    Ok(())
}

#[test]
fn pdf_keeps_every_letter() -> Outcome {
    let bytes = papers::pdf(&sample::state(3))?;
    assert!(bytes.starts_with(b"%PDF"));
    let text = pdf_text(&bytes)?;
    for words in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "THÀNH PHỐ HẢI PHÒNG",
        "Hải Phòng, ngày 05 tháng 01 năm 2022",
        "Người đứng đầu cấp ủy, chính quyền các cấp tổ chức 1.052 cuộc đối thoại",
        "KT. CHỦ TỊCH",
        "- Lưu: VT, NC.",
        "(Kèm theo Báo cáo số 08/BC-UBND ngày 05 tháng 01 năm 2022)",
        "Dữ liệu minh họa",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert!(
        text.contains("Ký hiệu <b>, #set") && text.contains("$x$, [a](b), *"),
        "what people type is never markup\n{text}"
    );
    assert!(!text.contains("trả lại"), "notes on a figure are not printed");
    assert!(bytes == papers::pdf(&sample::state(3))?, "equal papers, equal bytes");
    Ok(())
}

#[test]
fn pdf_numbers_pages_from_the_second_and_repeats_heads() -> Outcome {
    let text = pdf_text(&papers::pdf(&sample::state(40))?)?;
    let pages: Vec<&str> = text.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
    let first_line =
        |page: &str| page.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim().to_owned();
    let first_lines: Vec<String> = pages.iter().map(|page| first_line(page)).collect();
    assert!(first_lines[0].contains("CỘNG HÒA"));
    assert_eq!(first_lines[1..4], ["2", "3", "4"]);
    let annex = first_lines.iter().position(|line| line == "Phụ lục I").ok_or("the annex begins a page")?;
    assert_eq!(first_lines[annex + 1], "2", "an annex counts its own pages");
    assert!(pages[annex + 1].contains("Chuyên đề"), "the heads stand on each page of a table");
    Ok(())
}

#[test]
fn party_form_has_its_own_words() -> Outcome {
    let paper = sample::party(1);
    let text = pdf_text(&papers::pdf(&paper)?)?;
    assert!(text.contains("ĐẢNG CỘNG SẢN VIỆT NAM") && text.contains("-BC/BDVTU") && text.contains("K/T TRƯỞNG BAN"));
    assert!(!text.contains("CỘNG HÒA") && !text.contains("Số:"));
    let document = part(&papers::docx(&paper)?, "word/document.xml")?;
    assert!(document.contains(r#"w:right="1133""#), "20 mm at the right");
    let front = Paper { layout: Layout::Front, ..paper };
    assert!(markdown(&front).contains("Độc lập - Tự do - Hạnh phúc"));
    Ok(())
}

#[test]
fn a_workbook_holds_numbers() -> Outcome {
    let bytes = papers::xlsx(&sample::state(2))?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.as_slice()))?;
    assert_eq!(
        book.sheet_names(),
        [
            "Nội dung",
            "Cuộc đối thoại theo quý, năm 20",
            "Đối thoại theo địa bàn và hình",
            "Đối thoại theo địa bàn và h (2)",
            "Bảng 4"
        ]
    );
    let table = book.worksheet_range("Đối thoại theo địa bàn và hình")?;
    let cell = |row, column| table.get_value((row, column)).cloned().unwrap_or_default();
    assert_eq!(cell(2, 1), Data::String("Hình thức".to_owned()));
    assert_eq!(cell(3, 2), Data::String("Chuyên đề".to_owned()));
    assert_eq!(cell(8, 0), Data::String("Huyện thứ 01".to_owned()));
    assert_eq!((cell(8, 1), cell(8, 3)), (Data::Float(1052.0), Data::Float(4.1)));
    let words = book.worksheet_range("Nội dung")?;
    assert!(words.rows().any(|row| row[0].to_string().contains("có 1.489 mô hình")));
    assert!(bytes == papers::xlsx(&sample::state(2))?, "equal papers, equal bytes");
    Ok(())
}

#[test]
fn files_of_text_stay_as_they_are() {
    for (name, paper) in [("state", sample::state(1)), ("party", sample::party(1)), ("letter", sample::letter())] {
        insta::assert_snapshot!(format!("{name}_markdown"), markdown(&paper));
        let href = |slot: &str| format!("/bao-cao/sua/{slot}");
        let page = html(&paper, Some(&Edit { word: "Sửa đoạn", href: &href })).into_string();
        insta::assert_snapshot!(format!("{name}_html"), page.replace("><", ">\n<"));
    }
}

#[test]
fn a_page_carries_no_style_and_a_file_leads_nowhere_inside() {
    let paper = sample::state(1);
    let page = html(&paper, None).into_string();
    assert!(!page.contains("style=") && !page.contains("<style"));
    assert!(page.contains(r#"class="fig warn""#) && page.contains("Số 1.489 bị trả lại"));
    assert!(!page.contains("slot"), "an issued paper shows no slots");
    let file = html_page(&paper);
    assert!(!file.contains("<a ") && !file.contains("bị trả lại") && file.contains("1.489"));
}

#[test]
fn a_paper_survives_being_kept() -> Outcome {
    let paper = sample::state(2);
    let kept = serde_json::to_string(&paper)?;
    assert_eq!(serde_json::from_str::<Paper>(&kept)?, paper);
    let sparse: Paper = serde_json::from_str(r#"{"body":[{"block":"slot","id":"a","label":"Nhận xét"}]}"#)?;
    assert_eq!(sparse.body, [Block::Slot(Slot { id: "a".to_owned(), label: "Nhận xét".to_owned(), text: None })]);
    assert_eq!(paper.file_name(Format::Pdf), "bao-cao-ket-qua-cong-tac-dan-van-nam-2021.pdf");
    assert_eq!(Format::of_file("/x/BC.DOCX"), Some(Format::Docx));
    Ok(())
}

#[test]
fn prose_is_read_and_never_run() {
    let blocks = from_markdown(
        "Một **đậm _cả nghiêng_** và [trang](https://vi.wikipedia.org), [bẫy](javascript:alert(1)).\n\n<script>x</script>\n\n- a\n- b\n\n  c\n",
    );
    let Some(Block::Paragraph { text }) = blocks.first() else { panic!("{blocks:?}") };
    assert_eq!(text[1], Inline::bold("đậm "));
    assert_eq!(text[2], Inline::Text { text: "cả nghiêng".to_owned(), bold: true, italic: true });
    assert_eq!(text[4], Inline::Link { text: "trang".to_owned(), href: "https://vi.wikipedia.org".to_owned() });
    assert_eq!(plain(&text[5..]), ", bẫy.");
    let Some(Block::List { items, .. }) = blocks.last() else { panic!("{blocks:?}") };
    assert_eq!(items.iter().map(Vec::len).collect::<Vec<_>>(), [1, 2]);
    let page = html_blocks(&blocks).into_string();
    assert!(page.contains("&lt;script&gt;") && !page.contains("javascript"));
    let trap = [Block::Paragraph { text: vec![Inline::figure("5", Some(" JavaScript:alert(1)".to_owned()))] }];
    assert_eq!(html_blocks(&trap).into_string(), "<p>5</p>");
}

#[test]
fn charts_speak_vietnamese_and_follow_the_theme() -> Outcome {
    let chart = Chart {
        title: "Tỷ lệ <đúng hạn>".to_owned(),
        kind: ChartKind::Line,
        scale: 1,
        measure: "%".to_owned(),
        categories: vec!["Q<1".to_owned(), "Q2".to_owned()],
        series: vec![Series { name: "A&B".to_owned(), amounts: vec![Some(12_345), Some(41)] }],
    };
    for kind in [ChartKind::Bar, ChartKind::Across, ChartKind::Line] {
        let chart = Chart { kind, ..chart.clone() };
        let screen = chart.svg(Face::Screen)?;
        assert!(screen.starts_with(r#"<svg role="img""#) && screen.contains("<title>Tỷ lệ &lt;đúng hạn&gt;</title>"));
        assert!(screen.contains("4,1<") && screen.contains("Q&lt;1") && !screen.contains("Q<1"), "{screen}");
        assert!(screen.contains("var(--act,#1c4f86)") && !screen.contains("style") && !screen.contains("font-family"));
        assert!(chart.svg(Face::Paper)?.contains("Liberation Serif"));
    }
    assert_eq!(plain(&chart.table().rows[0].cells[1]), "1.234,5");
    Ok(())
}

#[test]
fn odd_papers_are_still_papers() -> Outcome {
    let odd = Paper {
        head: papers::Head { body: "Ban\u{b} <&>".to_owned(), about: "a\nb".to_owned(), ..papers::Head::default() },
        body: vec![
            Block::heading(0, "không cấp"),
            Block::Table(papers::Table::default()),
            Block::Table(papers::Table {
                columns: vec![papers::Column::new("một", 0)],
                bands: vec![papers::Band { head: "không".to_owned(), span: 0 }],
                rows: vec![
                    papers::Row::new(vec![vec![Inline::text("1\u{b}")], vec![Inline::text("thừa")]]),
                    papers::Row::default(),
                ],
                ..papers::Table::default()
            }),
            Block::Chart(Chart::default()),
            Block::Chart(Chart {
                categories: vec!["x\u{b}".to_owned()],
                series: vec![Series { name: "s".to_owned(), amounts: vec![None] }],
                ..Chart::default()
            }),
            Block::List { ordered: true, items: vec![vec![]] },
            Block::Paragraph { text: vec![] },
            Block::PageBreak,
        ],
        ..Paper::default()
    };
    for format in [Format::Docx, Format::Pdf, Format::Xlsx, Format::Html, Format::Markdown] {
        assert!(!odd.write(format)?.is_empty(), "{format:?}");
        assert!(!Paper::default().write(format)?.is_empty(), "{format:?}");
    }
    assert!(!part(&papers::docx(&odd)?, "word/document.xml")?.contains('\u{b}'));
    Ok(())
}

/// A picture of one white point.
const POINT: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8,
    2, 0, 0, 0, 0x90, 0x77, 0x53, 0xde, 0, 0, 0, 0x0c, 0x49, 0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0xf8, 0xff, 0xff,
    0x3f, 0, 5, 0xfe, 2, 0xfe, 0x33, 0x12, 0x95, 0x14, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

#[test]
fn papers_are_bound_with_a_number_on_each_sheet() {
    let long = papers::Paper {
        body: (0..80).map(|line| papers::Block::paragraph(format!("Dòng {line} của biên bản"))).collect(),
        ..papers::Paper::default()
    };
    let long = papers::Leaf::paper("01-bien-ban.pdf".into(), papers::pdf(&long).unwrap());
    assert!(long.sheets() >= 2, "{}", long.sheets());
    let picture = papers::Leaf::file("02-anh.png".into(), POINT.to_vec());
    let broken = papers::Leaf::file("03-hong.pdf".into(), b"%PDF-1.4 broken".to_vec());
    let words = papers::Leaf::file("04-loi-khai.docx".into(), b"PK".to_vec());
    assert!(!picture.is_notice() && broken.is_notice() && words.is_notice());
    let leaves = [&long, &picture, &broken, &words];
    let all: usize = leaves.iter().map(|leaf| leaf.sheets()).sum();
    let mut number = 0;
    let stamped = leaves.map(|leaf| {
        let stamps = (0..leaf.sheets()).map(|_| {
            number += 1;
            format!("BL {number}/{all}")
        });
        (leaf, stamps.collect::<Vec<_>>())
    });
    let bound = papers::bind("Hồ sơ", &stamped, "Tệp kèm theo").unwrap();
    assert_eq!(papers::Leaf::paper("bound".into(), bound.clone()).sheets(), all);
    assert!(bound.windows(14).any(|bytes| bytes.starts_with(b"/EmbeddedFile")), "what has no pages is attached");
    // The same papers give the same bytes.
    assert_eq!(papers::bind("Hồ sơ", &stamped, "Tệp kèm theo").unwrap(), bound);
}
