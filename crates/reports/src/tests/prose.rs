//! Reports in prose: what is a figure and what is not, what it counts, of when it speaks, and the text's own arithmetic.

use std::io::Write as _;

use super::snapshot;
use crate::{
    check::{Slip, What, figures_of, slips},
    prose::{Amount, Compares, Found, Prose},
};

fn read(text: &str) -> Vec<Found> {
    let snapshot = snapshot();
    figures_of(&snapshot.pack, &Prose::of_text(text, true))
}

fn texts(found: &[Found]) -> Vec<&str> {
    found.iter().map(|one| one.text.as_str()).collect()
}

fn whats(text: &str) -> Vec<(What, String)> {
    slips(&read(text)).into_iter().map(|Slip { what, expected, .. }| (what, expected)).collect()
}

/// Invented, in the way such reports are written.
const REPORT: &str = "\
Báo cáo số 48/BC-UBND ngày 12/12/2031, điện thoại 0912345678
1. Thực hiện Chỉ thị số 16/CT-TTg ngày 16/5/2016, Nghị quyết 30-NQ/TW, Điều 12 Luật Dân chủ năm 2022 và Kế hoạch 7 của huyện, trong 6 tháng đầu năm 2031 \
xã đã tổ chức 1.204 cuộc đối thoại, tiếp hơn 2.300 lượt người; 07/09 vụ việc phức tạp được giải quyết dứt điểm.
2. Có hai mô hình do người từ 18 tuổi trở lên tham gia trong 3 năm; hàng nghìn lượt người hưởng ứng, không để xảy ra điểm nóng. Xây dựng 4,1 km đường.
Phấn đấu 100% xã, phường có mô hình. Năm 2030 có 940 cuộc đối thoại, so với năm 2029 nhiều hơn.
Đến tháng 6/2031 có 31 mô hình, điển hình (10,5%) dịch Covid-19; thu 12,5 tỷ đồng.
";

#[test]
fn figures_stand_apart_from_dates_symbols_and_years() {
    let found = read(REPORT);
    let expected = [
        "1.204 cuộc đối thoại",
        "hơn 2.300 lượt người",
        "07/09 vụ việc phức tạp",
        "hai mô hình",
        "hàng nghìn lượt người hưởng ứng",
        "không để xảy ra điểm nóng",
        "4,1 km đường",
        "100% xã, phường",
        "940 cuộc đối thoại",
        "31 mô hình, điển hình (10,5%)",
        "12,5 tỷ đồng",
    ];
    assert_eq!(texts(&found), expected);
    let [dialogues, people, cases, two, thousands, none, road, share, before, active, money] = &found[..] else {
        panic!("{found:#?}")
    };
    assert_eq!((dialogues.value, dialogues.line), (Some(Amount::whole(1204)), 2));
    assert_eq!((people.qualifier, people.noun.as_str()), (Some("over"), "lượt người"));
    assert_eq!((cases.value, cases.of), (Some(Amount::whole(7)), Some(9)));
    assert_eq!((two.value, thousands.value), (Some(Amount::whole(2)), None));
    assert_eq!((none.value, none.noun.as_str()), (Some(Amount::whole(0)), "điểm nóng"));
    assert_eq!((road.value, road.measure.as_deref()), (Some(Amount { n: 41, places: 1, scale: 1 }), Some("km")));
    assert!(share.promise && !dialogues.promise);
    assert_eq!(share.percent, Some(Amount::whole(100)));
    assert_eq!(dialogues.period.as_deref(), Some("2031-H1"));
    assert_eq!(before.period.as_deref(), Some("2030"));
    assert_eq!(active.period.as_deref(), Some("2031-01-01..2031-06-30"));
    assert_eq!(money.value, Some(Amount { n: 125, places: 1, scale: 1_000_000_000 }));
}

#[test]
fn a_text_is_held_to_its_own_numbers() {
    assert_eq!(whats("Có 400 điển hình đăng ký, chọn 137 điển hình (34,2%)."), []);
    assert_eq!(whats("Có 400 điển hình đăng ký, chọn 137 điển hình (36,2%)."), [(What::Percent, "34,3%".to_owned())]);
    assert_eq!(whats("Giải quyết 05/08 vụ việc (62,5%)."), []);
    assert_eq!(
        whats("Tổ chức 90 cuộc đối thoại, gồm 60 cuộc đối thoại định kỳ và 40 cuộc đối thoại đột xuất."),
        [(What::Sum, "100".to_owned())]
    );
    assert_eq!(
        whats("Tổ chức 100 cuộc đối thoại, tăng 30 cuộc đối thoại (25%) so với năm 2030 (80 cuộc đối thoại)."),
        [(What::Change, "20".to_owned())]
    );
    assert_eq!(
        whats("Đầu kỳ chuyển sang 12 đơn, tiếp nhận 30 đơn, đã giải quyết 35 đơn, còn lại 9 đơn."),
        [(What::Stock, "7".to_owned())]
    );
    assert_eq!(
        whats("Có 14/14 địa phương ban hành quy chế. Có 12/13 địa phương tập huấn."),
        [(What::Denominator, "14".to_owned())]
    );
    let table = "| Xã | Số cuộc |\n|---|---|\n| An Bình | 12 |\n| Phú Hòa | 8 |\n| Tổng cộng | 21 |\n";
    assert_eq!(whats(table), [(What::Total, "20".to_owned())]);
    let table = "| Nội dung | Kỳ này |\n|---|---|\n| Lớp tập huấn | 12 |\n| Học viên | 8 |\n| Công nhân được tuyên truyền | 0 |\n";
    assert_eq!(whats(table), []);
}

#[test]
fn a_caption_that_goes_on_is_no_heading() {
    let year = |text: &str| read(text).into_iter().find(|one| one.text.starts_with("12 ")).unwrap().period;
    let told = "\n\nTrong tỉnh có 12 mô hình.";
    assert_eq!(year(&format!("Nhiệm vụ năm 2018{told}")).as_deref(), Some("2018"));
    assert_eq!(year(&format!("a) Nhiệm vụ năm 2018{told}")).as_deref(), Some("2018"));
    assert_eq!(year(&format!("Cơ quan khối huyện,\ntriển khai nhiệm vụ năm 2018{told}")), None);
}

#[test]
fn what_is_held_against_the_result_is_no_result() {
    let found = read(
        "Tổ chức 90 cuộc đối thoại, tăng 12 cuộc đối thoại.\n\n\
        | Nội dung | Chỉ tiêu | Kỳ này | Cùng kỳ | Năm 2030 | Tăng, giảm |\n|---|---|---|---|---|---|\n\
        | Cuộc đối thoại | 80 | 90 | 78 | 70 | +12 |\n",
    );
    let told: Vec<_> = found.iter().map(|one| (one.compares, one.promise, one.period.as_deref())).collect();
    let result = (None, false, None);
    let other = (Some(Compares::Other), false, None);
    let before = (Some(Compares::YearBefore), false, None);
    let of_2030 = (None, false, Some("2030"));
    assert_eq!(told, [result, other, (None, true, None), result, before, of_2030, other]);
}

#[test]
fn a_docx_is_read_with_its_tables_and_without_what_was_struck_out() {
    let body = "<w:p><w:r><w:t>Có 1.204 </w:t></w:r><w:del><w:r><w:t>1.203 </w:t></w:r></w:del><w:r><w:t>cuộc đối thoại &amp; gặp gỡ</w:t></w:r></w:p>\
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>An Bình</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let xml = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut archive = zip::ZipWriter::new(&mut bytes);
    archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(xml.as_bytes()).unwrap();
    archive.finish().unwrap();
    let prose = Prose::read("báo cáo.DOCX", &bytes.into_inner()).unwrap();
    assert_eq!(prose.lines[0].text, "Có 1.204 cuộc đối thoại & gặp gỡ");
    assert_eq!(prose.lines[1].row, Some((1, vec!["An Bình".to_owned(), "12".to_owned()])));
    assert_eq!(Prose::read("a.docx", b"no archive").unwrap_err().key, "reports.prose_unreadable");
    assert_eq!(Prose::read("a.odt", b"").unwrap_err().key, "reports.prose_ending");
}
