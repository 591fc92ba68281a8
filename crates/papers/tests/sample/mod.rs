//! A report in each layout, with everything a paper can hold. The bodies and numbers are made up.

use kernel::Day;
use papers::{
    Align, Annex, Band, Block, Chart, ChartKind, Column, Figure, Head, Inline, Layout, Mark, Paper, Row, Series, Sign,
    Slot, Table, from_markdown,
};

fn figure(shown: &str) -> Inline {
    Inline::figure(shown, Some("/so-lieu/doi-thoai?ky=2021".to_owned()))
}

fn words(text: &str) -> Vec<Inline> {
    vec![Inline::text(text)]
}

fn body(rows: usize) -> Vec<Block> {
    let returned = Inline::Figure(Figure {
        mark: Some(Mark::Returned),
        note: words("Một huyện còn 4 mô hình chưa có quyết định công nhận, đề nghị rà lại trước khi trình."),
        shown: "1.489".to_owned(),
        href: Some("/so-lieu/mo-hinh".to_owned()),
    });
    vec![
        Block::Heading { level: 1, text: "I. Lãnh đạo, chỉ đạo".to_owned(), id: "m1".to_owned() },
        Block::Slot(Slot {
            id: "lanh-dao".to_owned(),
            label: "Kết quả lãnh đạo, chỉ đạo".to_owned(),
            text: Some(from_markdown(
                "Thành phố hoàn thành **cả 02/02** chỉ tiêu về *công tác dân vận*, gắn với chủ đề năm:\n\n\
                 - quán triệt văn bản của cấp trên;\n- ban hành kế hoạch:\n  - của thành phố,\n  - của từng xã;\n\n\
                 1. Quý I: học tập.\n2. Quý II: kiểm tra.\n",
            )),
        }),
        Block::Heading {
            level: 1,
            text: "II. Đối thoại, giải quyết việc của Nhân dân".to_owned(),
            id: "m2".to_owned(),
        },
        Block::heading(2, "1. Đối thoại của người đứng đầu"),
        Block::Paragraph {
            text: vec![
                Inline::text("Người đứng đầu cấp ủy, chính quyền các cấp tổ chức "),
                figure("1.052"),
                Inline::text(" cuộc đối thoại chuyên đề, định kỳ, đột xuất, tăng "),
                figure("65"),
                Inline::text(" cuộc ("),
                figure("6,6%"),
                Inline::text(") so với năm 2020. Tập trung giải quyết dứt điểm "),
                figure("05/08"),
                Inline::text(" vụ việc phức tạp, kéo dài nhiều năm; "),
                figure("không để xảy ra"),
                Inline::text(" điểm nóng."),
            ],
        },
        Block::Chart(Chart {
            title: "Cuộc đối thoại theo quý, năm 2021 và năm 2020".to_owned(),
            kind: ChartKind::Bar,
            scale: 0,
            measure: "cuộc".to_owned(),
            categories: ["Quý I", "Quý II", "Quý III", "Quý IV"].map(str::to_owned).to_vec(),
            series: vec![
                Series { name: "Năm 2021".to_owned(), amounts: vec![Some(175), Some(260), Some(217), Some(1400)] },
                Series { name: "Năm 2020".to_owned(), amounts: vec![Some(160), Some(231), None, Some(364)] },
            ],
        }),
        Block::heading(2, "2. Theo địa bàn"),
        Block::Table(districts(rows)),
        Block::Heading {
            level: 1, text: "III. Phong trào thi đua “Dân vận khéo”".to_owned(), id: "m3".to_owned()
        },
        Block::Paragraph {
            text: vec![
                Inline::text("Toàn thành phố có "),
                returned,
                Inline::text(" mô hình; "),
                figure("38"),
                Inline::text(" tập thể, cá nhân được tặng bằng khen ("),
                figure("2,55%"),
                Inline::text("); chiều dài đường được Nhân dân hiến đất làm là "),
                figure("4,1 km"),
                Inline::text(". Ký hiệu <b>, #set, $x$, [a](b), * và \\ đều là chữ thường."),
            ],
        },
        Block::Slot(Slot { id: "nhiem-vu".to_owned(), label: "Nhiệm vụ năm 2022".to_owned(), text: None }),
        Block::paragraph(
            "Trên đây là báo cáo kết quả công tác dân vận năm 2021, trân trọng báo cáo Ban Dân vận Trung ương xem xét, chỉ đạo.",
        ),
    ]
}

fn districts(count: usize) -> Table {
    let row = |name: &str, numbers: [&str; 4]| {
        let cells = numbers.map(|number| vec![figure(number)]);
        Row::new([words(name)].into_iter().chain(cells).collect())
    };
    let mut rows = vec![Row::group("A. Các quận")];
    rows.extend((1..=count).map(|place| row(&format!("Quận thứ {place:02}"), ["12", "3", "1", "16"])));
    rows.push(Row::group("B. Các huyện"));
    rows.extend((1..=count).map(|place| row(&format!("Huyện thứ {place:02}"), ["1.052", "30", "4,1", "1.086,1"])));
    rows.push(Row { kind: papers::RowKind::Total, ..row("Cộng", ["14.896", "462", "71,4", "15.429,4"]) });
    Table {
        caption: Some("Đối thoại theo địa bàn và hình thức".to_owned()),
        columns: vec![
            Column::new("Đơn vị", 4),
            Column::number("Định kỳ", 2),
            Column::number("Chuyên đề", 2),
            Column { align: Align::End, ..Column::new("Đột xuất", 2) },
            Column::number("Cộng", 2),
        ],
        bands: vec![
            Band { head: String::new(), span: 1 },
            Band { head: "Hình thức".to_owned(), span: 3 },
            Band { head: String::new(), span: 1 },
        ],
        rows,
    }
}

/// `rows` districts of each kind.
pub(crate) fn state(rows: usize) -> Paper {
    Paper {
        layout: Layout::State,
        head: Head {
            body: "Ủy ban nhân dân\nthành phố Hải Phòng".to_owned(),
            symbol: "BC-UBND".to_owned(),
            number: Some("8".to_owned()),
            place: "Hải Phòng".to_owned(),
            day: Some(Day::constant(2022, 1, 5)),
            kind: "Báo cáo".to_owned(),
            about: "Kết quả công tác dân vận năm 2021".to_owned(),
            to: vec!["Ban Dân vận Trung ương".to_owned()],
            ..Head::default()
        },
        body: body(rows),
        sign: Sign {
            authority: vec!["TM. Ủy ban nhân dân".to_owned(), "KT. Chủ tịch".to_owned()],
            post: "Phó Chủ tịch".to_owned(),
            name: Some("Nguyễn Văn A".to_owned()),
        },
        recipients: vec!["Như trên".to_owned(), "Thường trực Thành ủy;".to_owned(), "Lưu: VT, NC".to_owned()],
        annexes: vec![
            Annex {
                title: "Danh sách mô hình được tặng bằng khen".to_owned(),
                across: true,
                body: vec![Block::Table(districts(rows))],
            },
            Annex {
                title: "Văn bản đã ban hành".to_owned(),
                across: false,
                body: from_markdown("| Số | Tên |\n|:---:|---|\n| 01 | Kế hoạch dân vận chính quyền |\n"),
            },
        ],
        note: Some("Dữ liệu minh họa".to_owned()),
        ..Paper::default()
    }
}

pub(crate) fn party(rows: usize) -> Paper {
    Paper {
        layout: Layout::Party,
        head: Head {
            superior: Some("Thành ủy Hải Phòng".to_owned()),
            body: "Ban Dân vận".to_owned(),
            symbol: "BC/BDVTU".to_owned(),
            number: None,
            place: "Hải Phòng".to_owned(),
            day: None,
            kind: "Báo cáo".to_owned(),
            about: "Kết quả công tác dân vận năm 2021".to_owned(),
            to: Vec::new(),
        },
        body: body(rows),
        sign: Sign {
            authority: vec!["K/T Trưởng Ban".to_owned()],
            post: "Phó Trưởng Ban".to_owned(),
            name: Some("Trần Thị B".to_owned()),
        },
        recipients: vec!["Ban Dân vận Trung ương".to_owned(), "Lưu Ban Dân vận Thành ủy".to_owned()],
        ..Paper::default()
    }
}

pub(crate) fn letter() -> Paper {
    Paper {
        head: Head {
            body: "Ủy ban nhân dân\nxã Hiệp Hòa".to_owned(),
            symbol: "UBND-VP".to_owned(),
            number: Some("12".to_owned()),
            place: "Hiệp Hòa".to_owned(),
            day: Some(Day::constant(2026, 11, 22)),
            about: "trả lời kiến nghị của bà Phạm Thị C về đường vào thôn 3".to_owned(),
            to: vec!["Bà Phạm Thị C, thôn 3".to_owned(), "Ủy ban Mặt trận Tổ quốc Việt Nam xã".to_owned()],
            ..Head::default()
        },
        body: vec![Block::paragraph(
            "Ủy ban nhân dân xã nhận được kiến nghị của Bà ngày 02 tháng 11 năm 2026 về việc đường vào thôn 3 bị ngập khi mưa. Qua kiểm tra, Ủy ban nhân dân xã trả lời như sau: đoạn đường dài 4,1 km được nâng trong quý I năm 2027.",
        )],
        sign: Sign {
            authority: vec!["TM. Ủy ban nhân dân".to_owned()],
            post: "Chủ tịch".to_owned(),
            name: Some("Lê Văn D".to_owned()),
        },
        recipients: vec!["Như trên".to_owned(), "Lưu: VT".to_owned()],
        ..Paper::default()
    }
}
