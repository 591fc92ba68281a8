//! Every part in its states on one page, to be looked at: `/thanh-phan` in the demo, and in tests.

use kernel::{Day, Label, Lang, Refusal, Refused};
use maud::{Markup, html};

use crate::{
    Ask, Bar, Board, BoardColumn, BoardRow, Cell, CellState, Chart, Chip, Choice, ClockPanel, Confirm, Desk, Due,
    Errors, Fields, Flash, Group, Head, Inputs, Measure, Moment, Page, Pager, Place, Row, RowColumn, Series, Sort,
    Step, Table, Tally, Tone, Undo, Width, bars, board, bulk, chart, child_rows, clock_panel, confirm, document, due,
    empty, error_summary, facts, figure, figure_head, filters, icon, link_button, main_button, narrow_facts, no_data,
    not_yet, note, outline, pager, panel, progress, short_day, slot, steps, table, tabs, tag, tallies, timeline,
};

/// The review page of the look. Its data are made up.
pub fn gallery(desk: &Desk) -> Page {
    let lang = desk.lang;
    let errors = errors(lang);
    Page::new("Thành phần và trạng thái")
        .lead(html! { p.soft { "Mọi thành phần của giao diện, để xem lại bằng mắt" } })
        .crumb("Sổ đơn", "#").here("Thành phần")
        .acts(html! { (link_button("#", Some("upload"), "Nhập từ Excel")) (link_button("#", Some("download"), "Xuất Excel")) (main_button("Ghi việc mới")) })
        .above(html! { (error_summary(lang, &errors)) (top(lang)) })
        .main(html! { (marks(lang)) (form(desk, &errors)) (records(desk)) (numbers(lang)) (paper(lang)) (ends(desk)) })
        .side(html! { (clock(lang, desk.today)) (beside()) })
}

fn errors(lang: Lang) -> Errors {
    Errors::of(
        lang,
        &Refused(vec![
            Refusal::new("day.not_in_calendar").with("value", "31/11/2026").at("registered_on"),
            Refusal::new("number.unreadable").with("value", "4.1.5").at("result.1.amount"),
        ]),
    )
}

fn top(lang: Lang) -> Markup {
    let tally = |tone, icon, count: &str, label: &str| Tally {
        tone,
        icon,
        count: count.into(),
        label: label.into(),
        href: Some("#".into()),
    };
    html! {
        (Flash::ok("web.done_in_time").link("/x", "313/2026").draw_with(lang, Some(&Undo { action: "/x".into(), until: "08:42:10".into() })))
        (tallies("Việc đang mở theo thời hạn", &[
            tally(Tone::Over, "octagon-x", "2", "quá hạn"),
            tally(Tone::Bad, "triangle-alert", "3", "hạn hôm nay hoặc ngày tới"),
            tally(Tone::Warn, "hourglass", "7", "còn 2 đến 5 ngày"),
            tally(Tone::Ok, "clock", "51", "còn trên 5 ngày"),
        ]))
    }
}

fn marks(lang: Lang) -> Markup {
    let stopped = Day::constant(2026, 9, 2);
    html! {
        section.panel { h2 { "Nút" } div.pad.row {
            (main_button("Lưu")) button.btn type="submit" { "Lọc" }
            button.btn.btn-risk type="submit" { (icon("trash-2")) "Bỏ bản nháp…" }
            button.btn.btn-bare type="submit" { (icon("undo-2")) "Hoàn tác" }
            (not_yet("Trình", "Chưa trình được: mục V chưa viết", "why-not"))
        } }
        section.panel { h2 { "Thời hạn: số, chữ, hình, rồi mới đến màu" } div.pad.row {
            @for left in [9, 5, 1, 0, -4] { (due(lang, Due::Left(left), false)) " " }
            (due(lang, Due::Paused(stopped), false)) " " (due(lang, Due::Done(2), false)) " "
            (due(lang, Due::Done(0), false)) " " (due(lang, Due::Done(-3), false))
        } }
        section.panel { h2 { "Trạng thái" } div.pad.row {
            (tag(Tone::Plain, "đang xác minh")) " " (tag(Tone::Info, "chờ phân loại")) " " (tag(Tone::Ok, "đã trả lời")) " "
            (tag(Tone::Warn, "bị trả lại 1 chỗ")) " " (tag(Tone::Bad, "3 lỗi"))
        } }
        section.panel { h2 { "Chữ Việt không bị cắt dấu" } div.pad {
            p.day { "Ộ Ẫ Ỗ Ự Ặ Ễ Ữ ₫ — Đối thoại, ủy ban" } p { "Ộ Ẫ Ỗ Ự Ặ Ễ Ữ — Ksor H’Nhan, Y Bhăm Êban, K’Brơi" }
        } }
    }
}

fn form(desk: &Desk, errors: &Errors) -> Markup {
    let values: Fields = [
        ("title", "Đường quê sáng, sạch, an toàn"),
        ("registered_on", "31/11/2026"),
        ("holder", "group"),
        ("given", "36.150.000"),
        ("length", "4,1"),
        ("result.0.name", "Đường bê tông nông thôn"),
        ("result.0.amount", "4,1"),
        ("result.1.name", "Đèn chiếu sáng tuyến đường"),
        ("result.1.amount", "4.1.5"),
        ("replica", "yes"),
    ]
    .into_iter()
    .collect();
    let inputs = Inputs { lang: desk.lang, values: &values, errors };
    let areas = [
        Choice::new("economy", "Kinh tế"),
        Choice::new("culture", "Văn hóa - xã hội"),
        Choice::new("security", "Quốc phòng - an ninh"),
    ];
    let measures = [Choice::new("km", "km"), Choice::new("m", "m")];
    let holders = [Choice::new("group", "Tập thể"), Choice::new("person", "Cá nhân").hint("Một người đứng tên")];
    let many: Vec<Choice> = (1..=7).map(|place| Choice::new(place.to_string(), format!("Lĩnh vực {place}"))).collect();
    let rows: Vec<Vec<Markup>> = (0..3)
        .map(|row| {
            vec![
                inputs.text(&Ask::new(format!("result.{row}.name"), "Kết quả").row(row).width(Width::Full)),
                inputs
                    .text(&Ask::new(format!("result.{row}.amount"), "Số lượng").row(row).width(Width::Short).numeric()),
                inputs.select(&Ask::new(format!("result.{row}.unit"), "Đơn vị đo").row(row), &measures),
            ]
        })
        .collect();
    let columns = [
        RowColumn { label: "Kết quả".into(), number: false },
        RowColumn { label: "Số lượng".into(), number: true },
        RowColumn { label: "Đơn vị đo".into(), number: false },
    ];
    html! {
        form.panel method="post" action="/thanh-phan" {
            (desk.csrf())
            div.group {
                h2 { "1. Mô hình" }
                (inputs.text(&Ask::new("title", "Tên mô hình").hint("Như ghi trong phiếu đăng ký").width(Width::Full)))
                div.pair {
                    (inputs.choice(&Ask::new("area", "Lĩnh vực"), &many))
                    (inputs.date(&Ask::new("registered_on", "Ngày đăng ký")))
                    (inputs.month(&Ask::new("month", "Tháng").optional(true)))
                }
                (inputs.choice(&Ask::new("holder", "Chủ thể"), &holders))
                div.when {
                    (inputs.text(&Ask::new("holder_name", "Tên tập thể").hint("Cần ghi khi chủ thể là tập thể").private(true)))
                    (inputs.tick(&Ask::new("replica", "Nhân rộng từ một mô hình đã có").hint("Chọn rồi bấm Lưu nháp")))
                }
                (inputs.choices(&Ask::new("areas", "Các lĩnh vực liên quan").optional(true), &areas))
                (inputs.yes_no(&Ask::new("public", "Công khai")))
                (inputs.link(&Ask::new("source", "Mô hình gốc").hint("Tìm theo tên hoặc số"), &[Choice::new("a", "12/2025 Ngõ văn minh").hint("thôn Đoài")]))
            }
            div.group {
                h2 { "2. Nguồn lực, kết quả" }
                div.pair {
                    (inputs.money(&Ask::new("given", "Nhân dân đóng góp").optional(true)))
                    (inputs.quantity(&Ask::new("length", "Chiều dài"), &Measure::Among { name: "length.unit", choices: &measures }))
                    (inputs.quantity(&Ask::new("work", "Ngày công").optional(true), &Measure::Fixed("công")))
                }
                (child_rows(desk.lang, "result", "Kết quả đo đếm được", &columns, &rows))
                (inputs.file(&Ask::new("proof", "Ảnh, biên bản").hint("JPG, PNG, PDF; mỗi tệp đến 10 MB").optional(true), ".jpg,.png,.pdf", true))
                (inputs.long_text(&Ask::new("story", "Cách làm và sản phẩm"), 4))
            }
            div.bar-end.row { (main_button("Lưu mô hình")) button.btn type="submit" { "Lưu nháp" } a href="#" { "Bỏ bản nháp…" } }
        }
    }
}

fn records(desk: &Desk) -> Markup {
    let lang = desk.lang;
    let row = |left: i64, number: &str, title: &str| {
        let mut row = Row::new(vec![
            short_day(Day::constant(2026, 9, 4), 2026),
            due(lang, Due::Left(left), false),
            html! { a href="#" { (number) } },
            html! { (title) },
            html! { "thôn Đoài" },
            if left > 5 {
                tag(Tone::Info, "chờ phân loại")
            } else {
                html! { "đang xác minh" }
            },
        ]);
        row.select = Some((number.to_owned(), format!("đơn {number}")));
        row
    };
    let query = Fields::default();
    let list = Table {
        caption: "Đơn đang xử lý".into(),
        heads: vec![
            Head::new("Hạn").sort("due").number().card_label("hạn"),
            Head::new("Còn lại"),
            Head::new("Số").sort("number"),
            Head::new("Nội dung").main(),
            Head::new("Nơi").soft(),
            Head::new("Bước hiện tại").soft(),
        ],
        groups: vec![
            Group {
                label: "Quá hạn".into(),
                rows: vec![row(-4, "280/2026", "Không đồng ý mức bồi thường cây cối trên đất thu hồi")],
            },
            Group {
                label: "Trong hạn".into(),
                rows: vec![
                    row(1, "286/2026", "Đèn đường hỏng từ nhà văn hóa đến ngã ba chợ"),
                    row(8, "301/2026", "Sân nhà văn hóa bị dùng làm bãi để xe"),
                ],
            },
        ],
        sum: None,
        sort: Some(Sort { by: "due", falling: false, path: "/thanh-phan", query: &query }),
        select: Some("id"),
    };
    let values = Fields::default();
    let errors = Errors::none();
    let inputs = Inputs { lang, values: &values, errors: &errors };
    html! {
        (tabs("Khung nhìn đã lưu", &[("Đang xử lý 36".into(), "#".into(), true), ("Quá hạn 2".into(), "#".into(), false), ("Tất cả 317".into(), "#".into(), false)]))
        (filters(lang, "/thanh-phan",
            &html! { (inputs.text(&Ask::new("q", "Tìm trong nội dung").width(Width::Middle))) (inputs.text(&Ask::new("from", "Nhận từ ngày").width(Width::Short))) },
            &[Chip { label: "Trạng thái: đang xử lý".into(), href: "#".into() }, Chip { label: "Nhận từ 01/08/2026".into(), href: "#".into() }], Some("#")))
        form.panel method="post" action="/thanh-phan" {
            (desk.csrf()) (table(lang, &list))
            (bulk(lang, &html! { button.btn type="submit" { "Giao" } button.btn type="submit" { (icon("printer")) "In danh sách" } }))
            (pager(lang, &Pager { from: 1, to: 3, whole: Some((1052, true)), first: None, next: Some("#".into()), note: Some("Số ngày còn lại là ngày làm việc.".into()) }))
        }
        (panel("h-steps", "Các bước", Some(&html! { "1 trong 4 đã xong" }), &steps(&[
            Step { place: Place::Done, title: html! { a href="#" { "Phân loại" } }, side: html! { "xong 28/08" }, note: None },
            Step { place: Place::Now, title: html! { a href="#" { b { "Ra thông báo thụ lý" } } }, side: due(lang, Due::Left(5), false), note: Some(html! { "Cần: người ký, số thông báo. In ra Mẫu 03." }) },
            Step { place: Place::Ahead, title: html! { "Xác minh nội dung" }, side: html! { "chờ bước 2" }, note: None },
        ])))
        (panel("h-facts", "Nội dung", Some(&html! { a href="#" { "Sửa" } }), &facts(&[
            ("Tóm tắt".into(), html! { "Đề nghị đo lại diện tích thu hồi và tính lại mức bồi thường." }),
            ("Người khiếu nại".into(), html! { (icon("lock")) " Giữ kín. " a href="#" { "Xem, ghi lý do" } }),
        ])))
    }
}

fn numbers(lang: Lang) -> Markup {
    let months = [58, 41, 76, 92, 97, 71, 63, 66, 88, 124, 143, 133];
    let shown = Chart {
        id: "c1",
        title: "Theo tháng".into(),
        says: "Thấp nhất tháng 2 với 41 cuộc, cao nhất tháng 11 với 143 cuộc.".into(),
        labels: (1..=12).map(|month| month.to_string()).collect(),
        main: Series { name: "2021".into(), values: months.iter().map(|value| Some(*value)).collect() },
        other: Some(Series {
            name: "2020".into(),
            values: months.iter().enumerate().map(|(place, value)| (place > 1).then_some(value - 5)).collect(),
        }),
    };
    let cell = |state, shown: &str, gap: Option<&str>| Cell {
        state,
        shown: shown.into(),
        gap: gap.map(str::to_owned),
        href: Some("#".into()),
    };
    let row = |name: &str, met, cells| BoardRow { name: name.into(), href: Some("#".into()), met, cells };
    let (met, missed) = (CellState::Met, CellState::Missed);
    let matrix = Board {
        caption: "Chỉ tiêu năm 2026 theo đơn vị".into(),
        first: "Đơn vị".into(),
        columns: [
            ("Người đứng đầu đối thoại", "≥ 01 cuộc"),
            ("Mô hình “Dân vận khéo”", "≥ 02"),
            ("Đơn giải quyết trong hạn", "≥ 95%"),
        ]
        .into_iter()
        .map(|(title, rule)| BoardColumn {
            title: title.into(),
            rule: rule.into(),
            href: Some("#".into()),
            open: rule == "≥ 02",
        })
        .collect(),
        total: Some(row(
            "Toàn tỉnh",
            (1, 3),
            vec![cell(met, "3/3 đạt", None), cell(missed, "2/3 đạt", None), cell(missed, "1/3 đạt", None)],
        )),
        rows: vec![
            row(
                "Minh Hòa",
                (1, 3),
                vec![
                    cell(met, "1/1", None),
                    cell(missed, "1/2", Some("thiếu 1")),
                    cell(missed, "91,2%", Some("thiếu 3,8%")),
                ],
            ),
            row(
                "Đông Thành",
                (1, 2),
                vec![cell(met, "1/1", None), cell(CellState::NoData, "", None), cell(CellState::Outside, "", None)],
            ),
            row("An Thịnh", (3, 3), vec![cell(met, "3/1", None), cell(met, "3/2", None), cell(met, "97,4%", None)]),
        ],
    };
    let bar = |label: &str, amount: i64| Bar {
        label: label.into(),
        amount,
        shown: amount.to_string(),
        href: Some("#".into()),
    };
    html! {
        (figure_head("Giá trị và diễn biến", "1.052", "cuộc", &html! {
            p { (tag(Tone::Ok, "100% có bản ghi")) } p { "Hơn năm 2020: " b { "65 cuộc (6,6%)" } }
            (note(Tone::Warn, &html! { p { (icon("history")) " Bản phát hành ghi 1.052; nay là " b { "1.055" } ": " a href="#" { "3 cuộc nhập muộn" } } }))
        }, &chart(lang, &shown)))
        section.panel { h2 { "Số liệu" } div.pad.tight {
            p { "Tổ chức " (figure("1.052", Some("#"), false)) " cuộc đối thoại, làm " (figure("4,1 km", Some("#"), false)) " đường, "
                (figure("1.489", Some("#"), true)) " mô hình (bị trả lại), " (no_data(lang)) "." }
            (bars(lang, "Lĩnh vực", "Mô hình", &[bar("Kinh tế", 512), bar("Văn hóa - xã hội", 603), bar("Quốc phòng - an ninh", 201)], Some("1.316")))
        } }
        (board(lang, &matrix))
    }
}

fn paper(lang: Lang) -> Markup {
    document(
        "Báo cáo",
        &html! {
            div.motto {
                div { p { b { "ỦY BAN NHÂN DÂN" } } p.rule { b { "THÀNH PHỐ HẢI PHÒNG" } } }
                div { p { b { "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" } } p.rule { b { "Độc lập - Tự do - Hạnh phúc" } } }
                p { "Số: …/BC-UBND" } p { i { "Hải Phòng, ngày … tháng 01 năm 2022" } }
            }
            div.title { p { b { "BÁO CÁO" } } p { b { "Kết quả công tác dân vận năm 2021" } } }
            h2 id="m1" { "I. Đối thoại" }
            p { "Người đứng đầu cấp ủy, chính quyền các cấp tổ chức " (figure("1.052", Some("#"), false)) " cuộc đối thoại chuyên đề, định kỳ, đột xuất, tăng "
                (figure("65", Some("#"), false)) " cuộc so với năm 2020; giải quyết " (figure("05/08", Some("#"), true)) " vụ việc phức tạp." }
            (note(Tone::Warn, &html! { p { b { "Số 05/08 bị trả lại" } ", Trần Thị B, 12/01/2022." } }))
            (slot(lang, Some("#"), &html! { p { "Nhiều cách làm hay được nhân rộng: chỉnh trang các dòng sông, xây dựng công viên." } }))
            div.sign { p { b { "TM. ỦY BAN NHÂN DÂN" } } p { b { "Nguyễn Văn A" } } }
        },
    )
}

fn ends(desk: &Desk) -> Markup {
    html! {
        (empty("search-x", "Không có đơn nào khớp cả 4 điều kiện", &html! { "Bỏ “Nơi: thôn Hạ” thì có " a href="#" { "2 đơn" } "." }, &link_button("#", None, "Bỏ hết điều kiện")))
        (panel("h-work", "Đang nhập", None, &html! { div.pad { (progress(desk.lang, "/thanh-phan/tien-do", 1842, 3120, "Đã đọc 1.842 trong 3.120 dòng. Rời trang này được; xong sẽ báo ở chuông.")) } }))
        (confirm(&desk.csrf(), &Confirm {
            title: "Chuyển đơn 299/2026?",
            text: "Đơn rời khỏi sổ “đang xử lý” của xã; UBND tỉnh nhận hồ sơ và ba tệp kèm.",
            action: "/thanh-phan",
            fields: html! {},
            consequences: &["Thời hạn của xã dừng lại; còn 5 ngày làm việc chưa dùng.".into(), "Chuyển nhầm: hoàn tác được trong 10 giây.".into()],
            yes: "Chuyển đơn",
            risky: false,
            no: "Không chuyển",
            back: "#",
        }))
    }
}

fn clock(lang: Lang, today: Day) -> Markup {
    let day = |month, day| Day::constant(2026, month, day);
    let pause = |from, to, why| calendar::Pause { from, to, why };
    let holiday = Label { vi: "Quốc khánh".into(), en: Some("National Day".into()) };
    let article =
        Label { vi: "Điều 27 Luật Khiếu nại".into(), en: Some("Article 27, Law on Complaints".into()) };
    let proof = calendar::Due {
        due: day(9, 11),
        nominal: day(9, 11),
        basis: "complaint.accept".into(),
        rule_set: "2026".into(),
        certain: true,
        steps: vec![
            calendar::Step::Event {
                day: day(8, 28),
                what: Label { vi: "nhận".into(), en: Some("received".into()) },
                article: None,
            },
            calendar::Step::Count {
                from: day(8, 29),
                to: day(9, 11),
                term: calendar::Term { count: 7, unit: calendar::Unit::WorkingDays },
                extension: 0,
                article: None,
                skipped: vec![
                    pause(day(8, 29), day(8, 30), calendar::Reason::Weekend),
                    pause(day(8, 31), day(8, 31), calendar::Reason::Swap { worked: day(8, 22) }),
                    pause(day(9, 1), day(9, 2), calendar::Reason::Holiday { name: holiday }),
                    pause(day(9, 5), day(9, 6), calendar::Reason::Weekend),
                ],
                worked: Vec::new(),
            },
            calendar::Step::Due { day: day(9, 11), backward: false },
            calendar::Step::Basis { article, rule_set: "2026".into(), since: day(7, 1) },
        ],
    };
    clock_panel(
        lang,
        &ClockPanel {
            id: "deadline", title: "Thời hạn ra thông báo thụ lý", due: &proof, badge: Due::Left(5), today
        },
    )
}

fn beside() -> Markup {
    html! {
        (panel("h-way", "Diễn biến", None, &html! { div.pad { (timeline(&[
            Moment { place: Place::Now, what: html! { "Chờ ra thông báo thụ lý" }, note: None },
            Moment { place: Place::Done, what: html! { "Giao Nguyễn Văn A xử lý" }, note: Some(html! { "03/09/2026 09:05, Trần Thị B" }) },
            Moment { place: Place::Ahead, what: html! { "Kết luận" }, note: Some(html! { "dự kiến" }) },
        ])) } }))
        (panel("h-how", "Cách tính", None, &narrow_facts(&[("Kỳ".into(), html! { "01/01 đến 31/12/2021" }), ("Địa giới".into(), html! { b { "lúc đó" } " · " a href="#" { "hiện nay" } })])))
        (outline("Mục báo cáo", &[("#m1".into(), "I. Đối thoại".into(), tag(Tone::Ok, "đủ")), ("#m2".into(), "II. Nhiệm vụ".into(), tag(Tone::Plain, "chưa viết"))]))
    }
}
