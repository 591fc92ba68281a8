use std::{collections::BTreeMap, fmt::Write as _, sync::Arc, time::Duration};

use db::testing::{Scratch, both, sqlite};
use jobs::{Jobs, Pace, State, see_through};
use kernel::{Day, Id, Lang, parse_day};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::{Value as Json, json};

use super::*;
use crate::{
    Record, act,
    export::{self, Extent},
    fill::Input,
    store as records,
    testing::{clerk, house},
    value::Directory,
};

mod hostile;

const TODAY: &str = "15/1/2022";

fn day(text: &str) -> Day {
    parse_day(text).unwrap()
}

fn shell() -> By {
    By { account: 0, ..clerk(0, day(TODAY)) }
}

fn terms(register: &str) -> Terms {
    Terms {
        register: register.to_owned(),
        file: "so.xlsx".to_owned(),
        unit: None,
        within: Within::All,
        said: Said::new(),
        only_good: true,
    }
}

/// The people's committee of Kiền Bái, as sheets of 2021 name it.
fn kien_bai(house: &House) -> (i64, String) {
    let snapshot = house.now();
    let unit = snapshot.unit("kien-bai.thuy-nguyen/ubnd", day("1/6/2021")).unwrap();
    let code = snapshot.code(unit, day("1/6/2021"));
    (unit, code)
}

async fn all(house: &House, register: &str) -> Vec<Record> {
    let mut tx = house.read().await.unwrap();
    let id = house.names.find(&mut tx, db::Space::Register, register).await.unwrap();
    let Some(id) = id else { return Vec::new() };
    let ids = records::page_of_register(&mut tx, id, 0, 5_000).await.unwrap();
    let mut found = records::find_many(&mut tx, &house.names, &ids).await.unwrap();
    found.sort_by_key(|record| record.id);
    found
}

async fn run(house: &House, sheets: &[Sheet], terms: &Terms) -> Report {
    import(house, &shell(), sheets, terms).await.unwrap().1
}

/// What two instances must agree on: content, steps and evidence; not who wrote it down and when.
fn told(house: &House, records: &[Record]) -> Vec<Json> {
    let snapshot = house.now();
    let mut told: Vec<Json> = records
        .iter()
        .filter(|record| !record.void)
        .map(|record| {
            let register = snapshot.register(&record.register).unwrap();
            let facts = pack::facts::facts(&snapshot.pack, register, &record.head(), &record.document, &*snapshot);
            let steps: Vec<_> = record.document.steps.iter().map(|taken| (&taken.step, taken.on)).collect();
            let rows: BTreeMap<_, Vec<_>> = record
                .document
                .rows
                .iter()
                .map(|(id, rows)| (id, rows.iter().map(|row| &row.fields).collect()))
                .collect();
            json!({ "unit": record.unit, "state": record.state, "fields": record.document.fields, "rows": rows,
                "steps": steps, "clocks": record.document.clocks, "facts": format!("{facts:?}") })
        })
        .collect();
    told.sort_by_key(Json::to_string);
    told
}

/// A sheet as communes send it: a title, a header of two rows with merged cells, a row of numbers, groups, sums, days and numbers in
/// every spelling, and a second sheet for the opinions.
fn commune_workbook(unit: &str) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let sheet = workbook.add_worksheet().set_name("Biểu 01").unwrap();
    let bold = Format::new().set_bold();
    sheet.merge_range(0, 0, 0, 8, "TỔNG HỢP CÁC CUỘC ĐỐI THOẠI NĂM 2021", &bold).unwrap();
    for (column, head) in (0_u16..).zip(["STT", "Nội dung đối thoại", "Hình thức", "Đơn vị"]) {
        sheet.merge_range(2, column, 3, column, head, &bold).unwrap();
    }
    sheet.merge_range(2, 4, 2, 7, "Tổ chức", &bold).unwrap();
    for (column, head) in (4..).zip(["Ngày tổ chức (dd/mm/yyyy)", "Người chủ trì", "Số người dự *", "Số hộ dự"])
    {
        sheet.write(3, column, head).unwrap();
    }
    sheet.merge_range(2, 8, 3, 8, "Ghi chú", &bold).unwrap();
    for column in 0..9_u16 {
        sheet.write(4, column, format!("({})", column + 1)).unwrap();
    }
    sheet.write(5, 0, "I").unwrap();
    sheet.write(5, 1, "Huyện Thủy Nguyên").unwrap();
    let chair = format!("{unit}:chu-tich-ubnd");
    for (row, (subject, kind)) in (6..).zip([
        ("Thu gom rác thải", "định kỳ"),
        ("=1+1 có phải công thức", "CHUYÊN ĐỀ"),
        ("Giải phóng mặt bằng", "đột xuất"),
    ]) {
        sheet.write(row, 0, row - 5).unwrap();
        sheet.write_string(row, 1, subject).unwrap();
        sheet.write(row, 2, kind).unwrap();
        sheet.write(row, 3, unit).unwrap();
        sheet.write(row, 5, &chair).unwrap();
        sheet.write(row, 8, "cột không ai hỏi").unwrap();
    }
    sheet.write_with_format(6, 4, ExcelDateTime::from_ymd(2021, 5, 25).unwrap(), &date).unwrap();
    sheet.write(7, 4, "26/05/2021").unwrap();
    // A day that lost its format.
    sheet.write(8, 4, 44_343).unwrap();
    sheet.write(6, 6, "1.052").unwrap();
    sheet.write(7, 6, 120).unwrap();
    sheet.write(8, 6, "hơn 1.000").unwrap();
    sheet.write(8, 7, "35").unwrap();
    sheet.write(9, 1, "Cộng").unwrap();
    sheet.write(9, 6, 2_172).unwrap();
    // Far away, and nobody's.
    sheet.write(1_048_575, 16_383, "x").unwrap();
    let opinions = workbook.add_worksheet().set_name("Ý kiến").unwrap();
    for (column, head) in (0_u16..).zip(["Dòng", "Nội dung", "Nguồn", "Kết quả"]) {
        opinions.write(0, column, head).unwrap();
    }
    for (row, (tie, text)) in (1..).zip([(7, "Xe rác đến muộn"), (7, "Thiếu thùng rác"), (9, "Giá đền bù")])
    {
        opinions.write(row, 0, tie).unwrap();
        opinions.write(row, 1, text).unwrap();
        opinions.write(row, 2, "nêu tại buổi đối thoại").unwrap();
        opinions.write(row, 3, "trả lời tại chỗ").unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

#[tokio::test]
async fn a_commune_s_own_sheet_is_read_and_goes_round_between_instances() {
    for scratch in both().await.unwrap() {
        let house = house(&scratch).await.unwrap();
        let (unit, code) = kien_bai(&house);
        let sheets = sheet::read(&[("so.xlsx".to_owned(), commune_workbook(&code))]).unwrap();
        let terms = terms("dialogue");
        let dry = dry_run(&house, &shell(), &sheets, &terms).await.unwrap();
        assert_eq!(dry.faults, []);
        assert_eq!((dry.read, dry.added, dry.applied), (3, 3, false));
        assert_eq!(dry.skipped, Skipped { empty: 0, totals: 1, groups: 1 });
        assert_eq!(dry.unknown, ["Ghi chú"]);
        assert!(all(&house, "dialogue").await.is_empty());

        let report = run(&house, &sheets, &terms).await;
        assert_eq!((report.read, report.added, report.rejected), (3, 3, 0), "{:?}", report.faults);
        let found = all(&house, "dialogue").await;
        let one = |place: usize| &found[place].document;
        assert!(found.iter().all(|record| record.unit == unit && record.state.as_deref() == Some("held")));
        assert_eq!(one(0).fields["attendance"], 1_052);
        assert_eq!(one(0).rows("opinion").len(), 2);
        assert_eq!(one(1).fields["subject"], "=1+1 có phải công thức");
        assert_eq!((found[1].day, &one(1).fields["kind"]), (day("26/5/2021"), &json!("thematic")));
        assert_eq!(one(2).fields["attendance"], json!({ "n": 1_000, "q": "over" }));
        assert_eq!(found[2].day, day("27/5/2021"));
        assert!(one(2).steps.iter().all(|taken| taken.from_old_book));
        assert_eq!(found.iter().map(Record::reference).collect::<Vec<_>>(), ["1/2021", "2/2021", "3/2021"]);

        let again = run(&house, &sheets, &terms).await;
        assert_eq!((again.added, again.changed, again.same), (0, 0, 3));

        // Out of one instance, into two empty ones, and once more.
        let extent = Extent { register: "dialogue", ids: None, may: &|_| true };
        let xlsx = export::xlsx(&house, &extent, Lang::Vi).await.unwrap();
        let csv = export::csv(&house, &extent, Lang::Vi).await.unwrap();
        let csv: Vec<(String, Vec<u8>)> = csv
            .into_iter()
            .map(|(ending, bytes)| (if ending.is_empty() { "x.csv".into() } else { format!("x.{ending}.csv") }, bytes))
            .collect();
        assert!(String::from_utf8_lossy(&csv[0].1).contains("'=1+1"));
        let wanted = told(&house, &found);
        for files in [vec![("x.xlsx".to_owned(), xlsx)], csv] {
            let sheets = sheet::read(&files).unwrap();
            let other = sqlite().await.unwrap();
            let other = crate::testing::house(&other).await.unwrap();
            let report = run(&other, &sheets, &terms).await;
            assert_eq!((report.added, &report.faults), (3, &Vec::new()));
            assert_eq!(told(&other, &all(&other, "dialogue").await), wanted);
            let again = run(&other, &sheets, &terms).await;
            assert_eq!((again.same, &again.faults), (3, &Vec::new()), "{again:?}");
            let home = run(&house, &sheets, &terms).await;
            assert_eq!((home.same, &home.faults), (3, &Vec::new()), "{home:?}");
        }
    }
}

fn csv_sheet(text: &str) -> Vec<Sheet> {
    sheet::read(&[("x.csv".to_owned(), text.as_bytes().to_vec())]).unwrap()
}

#[tokio::test]
async fn each_bad_row_says_where_and_why_and_what_to_do() {
    for scratch in both().await.unwrap() {
        let house = house(&scratch).await.unwrap();
        let (_, code) = kien_bai(&house);
        let text = format!(
            "subject;kind;held_on;chairs;attendance;unit\n\
             Tốt;định kỳ;25/05/2021;{code}:chu-tich-ubnd;50;{code}\n\
             Sai loại;hằng tuần;25/05/2021;{code}:chu-tich-ubnd;50;{code}\n\
             Sai ngày;định kỳ;31/02/2021;{code}:chu-tich-ubnd;50;{code}\n\
             Thiếu người;định kỳ;25/05/2021;{code}:chu-tich-ubnd;;{code}\n\
             Lạc;định kỳ;25/05/2021;{code}:chu-tich-ubnd;50;xã Không Có\n"
        );
        let sheets = csv_sheet(&text);
        let mut terms = terms("dialogue");
        terms.only_good = false;
        let (refused, report) = import(&house, &shell(), &sheets, &terms).await.unwrap();
        assert_eq!((report.read, report.added, report.rejected, report.applied), (5, 0, 4, false));
        let (kept, report) = super::batch(&house, refused).await.unwrap();
        assert_eq!((kept.state.as_str(), report.read, report.added, report.rejected), ("refused", 5, 0, 4));
        assert!(all(&house, "dialogue").await.is_empty(), "all or nothing");

        terms.only_good = true;
        let (batch, report) = import(&house, &shell(), &sheets, &terms).await.unwrap();
        assert_eq!((report.read, report.added, report.rejected, report.applied), (5, 1, 4, true));
        let found: Vec<_> = report
            .faults
            .iter()
            .map(|fault| (fault.row, fault.column.as_str(), fault.value.as_str(), fault.reason.key.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                (3, "kind", "hằng tuần", "value.unknown_choice"),
                (4, "held_on", "31/02/2021", "day.not_in_calendar"),
                (5, "attendance", "", "step.needs"),
                (6, "unit", "xã Không Có", "units.unknown"),
            ]
        );
        let outcome = serde_json::to_value(report.outcome(Lang::Vi)).unwrap();
        let keys: Vec<&String> = outcome.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["read", "added", "changed", "same", "rejected"]);
        for rejected in outcome["rejected"].as_array().unwrap() {
            let keys: Vec<&String> = rejected.as_object().unwrap().keys().collect();
            assert_eq!(keys, ["row", "column", "value", "reason", "remedy"]);
            // Every reason and every remedy is a sentence, in both languages.
            assert!(rejected["reason"].as_str().unwrap().contains(' '), "{rejected}");
            assert!(rejected["remedy"].as_str().unwrap().ends_with('.'), "{rejected}");
        }

        // The file with its faults is the same sheet; set right, only what was wrong is new.
        let kept = staged_sheets(&house, batch).await.unwrap();
        assert_eq!(kept, sheets);
        let bytes = error_file(&house.now(), &kept, &terms, &report.faults, Lang::Vi).unwrap();
        let mut wrong = sheet::read(&[("loi.xlsx".to_owned(), bytes)]).unwrap();
        assert_eq!(wrong[0].rows[0].cells[6].text(), "Lỗi");
        assert!(wrong[0].rows[1].cells.get(6).is_none());
        assert!(wrong[0].rows[2].cells[6].text().starts_with("kind: "));
        wrong[0].rows[2].cells[1] = Cell::Text("chuyên đề".to_owned());
        let mended = run(&house, &wrong, &terms).await;
        assert_eq!((mended.added, mended.same, mended.rejected), (1, 1, 3));
        assert_eq!(mended.unknown, Vec::<String>::new());

        let mine = Within::Units(vec![house.now().unit("an-lu.thuy-nguyen/ubnd", day("1/6/2021")).unwrap()]);
        let other =
            dry_run(&house, &shell(), &csv_sheet(&text), &Terms { within: mine, ..terms.clone() }).await.unwrap();
        assert!(other.faults.iter().any(|fault| fault.reason.key == "import.not_your_unit"), "{:?}", other.faults);
    }
}

#[tokio::test]
async fn the_holder_of_a_unit_that_ended_enters_its_old_book() {
    let house = house(&both().await.unwrap()[0]).await.unwrap();
    let snapshot = house.now();
    let (then, now) = (day("20/6/2025"), day("12/1/2026"));
    let ended = snapshot.unit("11578/ubnd", then).unwrap();
    let holder = snapshot.tree.at(now).holder(units::Unit(ended)).unit.0;
    assert_eq!(snapshot.unit("11560/ubnd", now).unwrap(), holder);
    let other = snapshot.unit("11533/ubnd", now).unwrap();
    let may = |mine: i64, unit: i64| Within::Units(vec![mine]).holds(&snapshot, unit, now);
    assert!(may(holder, ended) && may(holder, holder));
    assert!(!may(other, ended) && !may(holder, other));
}

#[tokio::test]
async fn what_was_imported_is_taken_back_as_a_whole() {
    for scratch in both().await.unwrap() {
        let house = house(&scratch).await.unwrap();
        let (_, code) = kien_bai(&house);
        let by = shell();
        let text = |subject: &str| {
            format!(
                "Nội dung đối thoại\tHình thức\tNgày tổ chức\tNgười chủ trì\tSố người dự\n\
                 {subject}\tđịnh kỳ\t25/05/2021\t{code}:chu-tich-ubnd\t50\n\
                 Hai\tđịnh kỳ\t26/05/2021\t{code}:chu-tich-ubnd\t60\n"
            )
        };
        let terms = Terms { unit: Some(code.clone()), ..terms("dialogue") };
        let (batch, report) = import(&house, &by, &sheet::paste(&text("Một")).unwrap(), &terms).await.unwrap();
        assert_eq!((report.added, report.rejected), (2, 0), "{:?}", report.faults);
        let found = all(&house, "dialogue").await;

        // An edit by handle changes one record, and taking that back restores it.
        let edit = format!("Mã hồ sơ,Số người dự\n{},75\n", found[1].id);
        let (edited, report) = import(&house, &by, &csv_sheet(&edit), &terms).await.unwrap();
        assert_eq!((report.changed, report.rejected), (1, 0), "{:?}", report.faults);
        assert_eq!(all(&house, "dialogue").await[1].document.fields["attendance"], 75);
        let taken = take_back(&house, &by, edited).await.unwrap();
        assert_eq!((taken.voided, taken.restored), (0, 1));
        assert_eq!(all(&house, "dialogue").await[1].document, found[1].document);

        // Someone works on the first: it stays. The second was touched by nobody but imports, and yet since.
        let input = Input::default().set("venue", "Nhà văn hóa");
        act::edit(&house, &by, found[0].id, found[0].version, input).await.unwrap();
        let taken = take_back(&house, &by, batch).await.unwrap();
        assert_eq!((taken.voided, taken.kept.len()), (0, 2));
        let states: Vec<String> =
            batches(&house, "dialogue", i64::MAX, 10).await.unwrap().into_iter().map(|batch| batch.state).collect();
        assert_eq!(states, ["taken_back", "taken_back"]);
        let (kept, report) = super::batch(&house, batch).await.unwrap();
        assert_eq!((kept.terms, report.added), (terms.clone(), 2));

        let (batch, report) = import(&house, &by, &sheet::paste(&text("Ba")).unwrap(), &terms).await.unwrap();
        assert_eq!((report.added, report.same), (1, 1));
        let taken = take_back(&house, &by, batch).await.unwrap();
        assert_eq!((taken.voided, taken.restored, taken.kept.len()), (1, 0, 0));
        let last = all(&house, "dialogue").await.pop().unwrap();
        assert_eq!((last.void, last.reference().as_str()), (true, "3/2021"));
        let again = run(&house, &sheet::paste(&text("Ba")).unwrap(), &terms).await;
        assert_eq!((again.added, again.same), (1, 1));
        assert_eq!(all(&house, "dialogue").await.pop().unwrap().reference(), "4/2021");
        let mut tx = house.read().await.unwrap();
        assert_eq!(ledger::differences(&mut tx).await.unwrap(), []);
    }
}

#[tokio::test]
async fn private_fields_are_sealed_and_do_not_leave() {
    for scratch in both().await.unwrap() {
        let house = house(&scratch).await.unwrap();
        let (_, code) = kien_bai(&house);
        let text = "Ngày nhận\tLoại đơn\tNội dung tóm tắt\tLĩnh vực\tHọ tên người gửi\tSố điện thoại\n\
                    10/05/2021\tphản ánh\tĐường hỏng\tĐất đai, nhà cửa\tTrần Thị Bí Mật\t0912345678\n";
        let terms = Terms { unit: Some(code), ..terms("submission") };
        let sheets = sheet::paste(text).unwrap();
        let (_, report) = import(&house, &shell(), &sheets, &terms).await.unwrap();
        let found = all(&house, "submission").await;
        assert_eq!(found.len(), 1, "{report:?}");
        let mut tx = house.read().await.unwrap();
        let privates = house.vault.all(&mut tx, found[0].id.0).await.unwrap();
        assert_eq!(privates["sender_name"], "Trần Thị Bí Mật");
        assert!(!serde_json::to_string(&found[0].document).unwrap().contains("Bí Mật"));
        drop(tx);
        let extent = Extent { register: "submission", ids: Some(&[found[0].id.0]), may: &|_| true };
        let csv = String::from_utf8(export::csv(&house, &extent, Lang::Vi).await.unwrap().remove(0).1).unwrap();
        assert!(csv.contains("Đường hỏng") && !csv.contains("Bí Mật") && !csv.contains("Họ tên"));
        let none = Extent { register: "submission", ids: None, may: &|_| false };
        let csv = String::from_utf8(export::csv(&house, &none, Lang::Vi).await.unwrap().remove(0).1).unwrap();
        assert!(!csv.contains("Đường hỏng"));
        assert_eq!(forget_old(&house, shell().now + jiff::Span::new().hours(1)).await.unwrap(), 1);
        assert!(matches!(staged_sheets(&house, Id(1)).await, Err(db::Stop::Missing)));
    }
}

/// Many rows, as a job: with its progress, and going on after a worker was lost.
#[tokio::test]
async fn a_year_is_imported_by_a_job() {
    for scratch in both().await.unwrap() {
        let house = Arc::new(house(&scratch).await.unwrap());
        let (_, code) = kien_bai(&house);
        let mut text = "Nội dung đối thoại;Hình thức;Ngày tổ chức;Người chủ trì;Số người dự\n".to_owned();
        for number in 0..1_052 {
            let (day, month) = (number % 28 + 1, number % 12 + 1);
            writeln!(text, "Cuộc {number};định kỳ;{day:02}/{month:02}/2021;{code}:chu-tich-ubnd;{}", number + 1)
                .unwrap();
        }
        let terms = Terms { unit: Some(code), ..terms("dialogue") };
        let by = shell();
        let batch = stage(&house, &by, &csv_sheet(&text), &terms).await.unwrap();
        let job = enqueue(&house, &by, batch).await.unwrap();
        let jobs = Jobs::new().with(JOB, Arc::new(ImportJob::new(house.clone())));
        let jobs =
            Arc::new(jobs.pace(Pace { look: Duration::from_millis(10), again: Duration::ZERO, ..Pace::default() }));
        let now = by.now;
        // Stopped in the middle, as a server might be, it goes on where it was.
        let stopped = see_through(&house.db, jobs.clone(), Arc::new(move || now), job, |seen| {
            if seen.done > 0 && !seen.state.is_ended() {
                let (house, id) = (house.clone(), seen.id);
                tokio::spawn(async move {
                    let mut tx = house.db.begin().await.unwrap();
                    if jobs::cancel(&mut tx, id, now).await.is_ok() {
                        tx.commit().await.unwrap();
                    }
                });
            }
        });
        assert_eq!(stopped.await.unwrap().state, State::Cancelled);
        let half = all(&house, "dialogue").await.len();
        assert!((200..1_052).contains(&half), "{half}");
        // Half of it stands: it can be gone on with, or taken back.
        let (kept, report) = super::batch(&house, batch).await.unwrap();
        assert!(kept.state == "begun" && kept.is_open() && kept.stands(), "{kept:?}");
        assert_eq!(report.added, i64::try_from(half).unwrap());
        assert_eq!(under_way(&house, &kept).await.unwrap(), None, "a cancelled job is over");
        let job = enqueue(&house, &by, batch).await.unwrap();
        assert_eq!(under_way(&house, &kept).await.unwrap(), Some(job), "no second one is queued beside it");
        let done = see_through(&house.db, jobs.clone(), Arc::new(move || now), job, |_| {}).await.unwrap();
        assert_eq!(done.state, State::Done, "{done:?}");
        let report: Report = serde_json::from_value(done.result.unwrap()).unwrap();
        assert_eq!((report.read, report.added, report.applied), (1_052, 1_052, true));
        let found = all(&house, "dialogue").await;
        assert_eq!(found.len(), 1_052);
        assert_eq!(found.iter().map(|record| record.number).max(), Some(1_052));
        // Run again, it finds that all is done.
        let again = enqueue(&house, &by, batch).await.unwrap();
        let done = see_through(&house.db, jobs.clone(), Arc::new(move || now), again, |_| {}).await.unwrap();
        assert_eq!(serde_json::from_value::<Report>(done.result.unwrap()).unwrap(), report);
        let back = enqueue_take_back(&house, &by, batch).await.unwrap();
        let done = see_through(&house.db, jobs, Arc::new(move || now), back, |_| {}).await.unwrap();
        let taken: TakenBack = serde_json::from_value(done.result.unwrap()).unwrap();
        assert_eq!(taken.voided, 1_052);
        assert!(all(&house, "dialogue").await.iter().all(|record| record.void));
    }
}

/// An award took a step of the models it names; both come over with their history, and nothing happens twice.
#[tokio::test]
async fn links_and_effects_survive_the_way_to_another_instance() {
    let scratch = sqlite().await.unwrap();
    let house = house(&scratch).await.unwrap();
    let (_, code) = kien_bai(&house);
    let models = format!(
        "Tên mô hình, điển hình\tLoại\tLĩnh vực\tChủ thể\tĐịa bàn thực hiện\tNgày bắt đầu\tNăm\tCấp đăng ký\tĐăng ký\tĐơn vị\n\
         Tuyến đường hoa\tmô hình\tkinh tế\ttập thể\t{place}\t10/01/2021\t2021\tcấp xã\t10/01/2021\t{code}\n\
         Tổ tự quản\tmô hình\tkinh tế\ttập thể\t{place}\t11/01/2021\t2021\tcấp xã\t11/01/2021\t{code}\n",
        place = code.split('/').next().unwrap()
    );
    let report = run(&house, &sheet::paste(&models).unwrap(), &terms("model")).await;
    assert_eq!((report.added, &report.faults), (2, &Vec::new()));
    let found = all(&house, "model").await;
    let awards = format!(
        "subject,number,issued_on,level,form,recipient.name,recipient.kind,recipient.model,unit\n\
         Khen thưởng năm 2021,12/QĐ,20/12/2021,cấp xã,giấy khen,Tuyến đường hoa,tập thể,{},{code}\n\
         Biểu dương,13/QĐ,21/12/2021,cấp xã,biểu dương,Tuyến đường hoa,tập thể,{0},{code}\n",
        found[0].id
    );
    let (batch, report) = import(&house, &shell(), &csv_sheet(&awards), &terms("award")).await.unwrap();
    assert_eq!((report.added, &report.faults), (2, &Vec::new()));
    let awarded = all(&house, "model").await;
    assert_eq!(awarded[0].document.steps.iter().filter(|taken| taken.step == "award").count(), 2);

    let other = sqlite().await.unwrap();
    let other = crate::testing::house(&other).await.unwrap();
    for (register, links) in [("model", false), ("award", true)] {
        let extent = Extent { register, ids: None, may: &|_| true };
        let sheets =
            sheet::read(&[("x.xlsx".to_owned(), export::xlsx(&house, &extent, Lang::Vi).await.unwrap())]).unwrap();
        for times in 0..2 {
            let report = run(&other, &sheets, &terms(register)).await;
            assert_eq!((report.added + report.same, &report.faults), (2, &Vec::new()));
            assert_eq!(report.same, 2 * times);
        }
        let mut came = all(&other, register).await;
        if links {
            let model = all(&other, "model").await[0].id.handle();
            for record in &mut came {
                let link = &mut record.document.rows["recipient"][0].fields["model"];
                assert_eq!(*link, model);
                *link = found[0].id.handle().into();
            }
        }
        assert_eq!(told(&other, &came), told(&house, &all(&house, register).await));
    }
    // Taken back, the awards leave the models as they were.
    let taken = take_back(&house, &shell(), batch).await.unwrap();
    assert_eq!((taken.voided, taken.restored, taken.kept.len()), (2, 1, 0));
    assert_eq!(all(&house, "model").await[0].document.steps, found[0].document.steps);
}

#[tokio::test]
async fn a_template_is_read_by_the_import_that_gave_it() {
    let scratch: Scratch = sqlite().await.unwrap();
    let house = house(&scratch).await.unwrap();
    let snapshot = house.now();
    for register in snapshot.pack.registers.values() {
        for lang in [Lang::Vi, Lang::En] {
            let bytes = template(&snapshot, register, lang).unwrap();
            let sheets = sheet::read(&[("mau.xlsx".to_owned(), bytes)]).unwrap();
            let mappings = recognise(&snapshot, &sheets, &terms(&register.id)).unwrap();
            assert_eq!(mappings.unknown(), Vec::<&str>::new(), "{}", register.id);
            let wanted: Vec<_> = columns::of_register(register, true).into_iter().map(|column| column.target).collect();
            let found: Vec<_> = mappings.main.columns.iter().map(|column| column.target.clone()).collect();
            assert_eq!(found, wanted, "{}", register.id);
            assert_eq!(mappings.children.len(), register.rows.len());
        }
    }
}

#[tokio::test]
async fn columns_can_be_named_by_hand() {
    let scratch = sqlite().await.unwrap();
    let house = house(&scratch).await.unwrap();
    let (_, code) = kien_bai(&house);
    let sheets = csv_sheet(&format!("Tên cuộc,Kiểu,Hôm,Ai,Đông\nRác,định kỳ,25/05/2021,{code}:chu-tich-ubnd,40\n"));
    let mut terms = Terms { unit: Some(code), ..terms("dialogue") };
    assert_eq!(
        dry_run(&house, &shell(), &sheets, &terms).await.unwrap_err().to_string().split(' ').next(),
        Some("import.no_header")
    );
    for (header, id) in
        [("Tên cuộc", "subject"), ("kieu", "kind"), ("C", "step:hold"), ("Ai", "chairs"), ("E", "attendance")]
    {
        terms.said.insert(header.to_owned(), id.to_owned());
    }
    let report = run(&house, &sheets, &terms).await;
    assert_eq!((report.added, &report.faults), (1, &Vec::new()));
    let record = all(&house, "dialogue").await.remove(0);
    assert_eq!((record.state.as_deref(), record.day), (Some("held"), day("25/5/2021")));
}

#[tokio::test]
async fn what_comes_from_the_national_database_is_known_by_its_code() {
    for scratch in both().await.unwrap() {
        let house = house(&scratch).await.unwrap();
        let (unit, code) = kien_bai(&house);
        // Written here by hand; its code came later.
        let input = crate::fill::Input::default()
            .set("received_on", "01/06/2021")
            .set("subject", "Hỏi thủ tục cấp giấy phép")
            .set("kind", "petition")
            .set("national_code", "TCD-2021-0001");
        let new = crate::act::New { unit, input, ..crate::act::New::default() };
        crate::act::create(&house, &shell(), "visit", new).await.unwrap();
        let csv = |subject: &str| {
            let head =
                "unit,received_on,subject,kind,reception,persons,matters,turn,letters,national_code,national_state\n";
            let row = |subject: &str, national: &str| {
                format!("{code},02/06/2021,{subject},petition,regular,1,1,first,0,{national},entered\n")
            };
            let text = [
                head,
                &row("Giấy phép", "TCD-2021-0001"),
                &row(subject, "TCD-2021-0002"),
                &row(subject, "TCD-2021-0002"),
            ]
            .concat();
            sheet::read(&[("quoc-gia.csv".to_owned(), text.into_bytes())]).unwrap()
        };
        let terms = terms("visit");
        let report = run(&house, &csv("Kiến nghị cấp nước"), &terms).await;
        assert_eq!((report.added, report.same, &report.faults), (1, 2, &Vec::new()), "{report:?}");
        // The next export says the same case in other words.
        let again = run(&house, &csv("Kiến nghị về cấp nước sạch"), &terms).await;
        assert_eq!((again.added, again.same, &again.faults), (0, 3, &Vec::new()), "{again:?}");
        assert_eq!(all(&house, "visit").await.len(), 2);
    }
}
