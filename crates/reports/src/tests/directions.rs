//! Directions become tasks, and the next report answers them; what those below wrote is taken with its source; what was not sent back stands.

use std::sync::Arc;

use db::Stop;
use figures::Heads;
use kernel::{Day, Id, Refusal};
use pack::register::Role;
use papers::Format;
use records::{
    House,
    act::{self as entries},
    fill::Input,
    testing::{clerk, house},
};
use units::Unit;
use web::testing::{Town, person};

use super::{
    life::{NoHeads, TODAY},
    period, text,
};
use crate::{
    Finding, Report, Signed, Source, act, below,
    directions::{self, Stand},
};

#[test]
fn items_are_those_of_lists_or_lines_and_say_their_day() {
    let listed = "Năm 2022 tập trung:\n\n- Đối thoại mỗi quý, **hạn 30/6/2022**.\n- Rà soát quy chế\n  của cấp xã\n- Rà soát quy chế của cấp xã\n\nGiao các ngành thực hiện.";
    assert_eq!(directions::items(listed), ["Đối thoại mỗi quý, hạn 30/6/2022.", "Rà soát quy chế của cấp xã"]);
    assert_eq!(
        directions::items("Việc cần làm:\nMở lớp tập huấn\n\nKý quy chế phối hợp"),
        ["Mở lớp tập huấn", "Ký quy chế phối hợp"]
    );
    assert!(directions::items("  \n").is_empty());

    let after = Day::constant(2021, 12, 31);
    let day = |text: &str| directions::day_in(text, after);
    assert_eq!(day("Đối thoại, hạn 30/6/2022."), Some(Day::constant(2022, 6, 30)));
    assert_eq!(day("theo Kế hoạch ngày 05/3/2021, xong trước 15/10/2022;"), Some(Day::constant(2022, 10, 15)));
    assert_eq!(day("Ký quy chế trong quý II năm 2022"), Some(Day::constant(2022, 6, 30)));
    assert_eq!(day("Mở lớp trong tháng 5/2022"), Some(Day::constant(2022, 5, 31)));
    assert_eq!(day("Tiếp tục kế hoạch năm 2021"), None, "a day that is over is no due day");
}

async fn issue(source: Source<'_>, by: &records::By, report: &Report, version: i64) {
    act::submit(source, by, report.id, version, "").await.unwrap();
    act::accept(source, by, report.id, version + 1).await.unwrap();
    let signed = Signed { number: "18".to_owned(), day: by.today, signer: None };
    act::issue(source, by, report.id, version + 2, signed, None).await.unwrap();
}

fn key(stop: &Stop) -> Option<&Refusal> {
    match stop {
        Stop::Refused(refused) => refused.0.first(),
        _ => None,
    }
}

#[tokio::test]
async fn the_next_report_answers_each_task_that_was_set() {
    for scratch in db::testing::both().await.unwrap() {
        let house = Arc::new(house(&scratch).await.unwrap());
        let snapshot = house.now();
        let source = Source { house: &house, snapshot: &snapshot, heads: &NoHeads };
        let day = period("2021").window().to;
        let commune = snapshot.tree.find("tan-tien.an-duong", day).unwrap();
        let book = snapshot.tree.find(&format!("{}/ubnd", snapshot.tree.at(day).code(commune)), day).unwrap();
        let by = clerk(book.0, TODAY);
        let report = act::create(source, &by, "annual", commune, period("2021")).await.unwrap();
        let long = format!("- {}", "x".repeat(1_001));
        let refused = act::write(source, &by, report.id, 1, "tasks", &long).await.unwrap_err();
        assert_eq!(key(&refused).map(|one| one.key.as_ref()), Some("reports.task_too_long"));
        let said =
            "- Đối thoại mỗi quý một lần\n- Ký quy chế phối hợp, hạn 30/6/2022\n- Lập tổ hòa giải mới\n- Mở sổ góp ý";
        act::write(source, &by, report.id, 1, "tasks", said).await.unwrap();
        issue(source, &by, &report, 2).await;

        let mut tx = house.read().await.unwrap();
        let set = directions::set_by(&mut tx, &house, report.id).await.unwrap();
        let told: Vec<(&str, Option<Day>)> =
            set.iter().map(|record| (record.title.as_str(), record.document.day("due_on"))).collect();
        let end = Some(Day::constant(2022, 12, 31));
        assert_eq!(
            told,
            [
                ("Đối thoại mỗi quý một lần", end),
                ("Ký quy chế phối hợp, hạn 30/6/2022", Some(Day::constant(2022, 6, 30))),
                ("Lập tổ hòa giải mới", end),
                ("Mở sổ góp ý", end),
            ]
        );
        assert!(set.iter().all(|record| record.unit == book.0 && record.register == "task"));
        assert!(set.iter().all(|record| record.document.fields["lead"].as_i64() == Some(book.0)), "{set:?}");
        drop(tx);

        // One is finished and one dropped in the year; nothing is typed into the report for these.
        let year = clerk(book.0, Day::constant(2022, 9, 1));
        let step = async |place: usize, step: &str, input: Input| {
            let record = &set[place];
            entries::take(&house, &year, record.id, record.version, step, Day::constant(2022, 9, 1), input)
                .await
                .unwrap();
        };
        step(0, "finish", Input::default().set("done_on", "01/09/2022").set("result", "Đã tổ chức 04 cuộc.")).await;
        step(3, "drop", Input::default().set("drop_reason", "Dùng phản ánh qua mạng.")).await;

        let late = clerk(book.0, Day::constant(2023, 1, 6));
        let next = act::create(source, &late, "annual", commune, period("2022")).await.unwrap();
        let drafted = async |report: &Report| {
            let (report, returns) = act::find(&mut house.read().await.unwrap(), report.id).await.unwrap();
            let mut tx = house.read().await.unwrap();
            act::drafted(&mut tx, source, &report, &returns, None).await.unwrap()
        };
        let (draft, answers) = drafted(&next).await;
        let stands: Vec<Stand> = answers.tasks.iter().map(|task| task.stand).collect();
        assert_eq!(stands, [Stand::Done, Stand::NotDone, Stand::NotDone, Stand::Dropped]);
        let open = |draft: &crate::Draft| {
            let open = draft.findings.iter().filter(|one| matches!(one, Finding::Unanswered { .. }));
            open.count()
        };
        assert_eq!(open(&draft), 2);
        let said = text(&draft.paper);
        for words in ["đề ra 04 nhiệm vụ", "Đã tổ chức 04 cuộc", "Dùng phản ánh qua mạng", "hạn 30/6/2022: "]
        {
            assert!(said.contains(words), "{words}: {said}");
        }

        let slot = answers.tasks[1].slot();
        act::write(source, &late, next.id, 1, &slot, "Đã dự thảo, chờ thẩm định.").await.unwrap();
        let unknown = act::write(source, &late, next.id, 2, &format!("task.{}", report.id), "x").await.unwrap_err();
        assert!(matches!(unknown, Stop::Missing), "{unknown:?}");
        let (draft, _) = drafted(&next).await;
        assert_eq!(open(&draft), 1);
        assert!(text(&draft.paper).contains("Đã dự thảo, chờ thẩm định."));
        let docx = draft.paper.write(Format::Docx).unwrap();
        let prose = crate::prose::Prose::read("a.docx", &docx).unwrap();
        assert!(prose.lines.iter().any(|line| line.text.contains("Ký quy chế phối hợp")), "{prose:?}");

        // What stays open is asked again in the year after; what was done or dropped is not, and the new directions are asked besides.
        act::write(source, &late, next.id, 2, "tasks", "- Sửa quy chế tiếp công dân").await.unwrap();
        issue(source, &late, &next, 3).await;
        let after = act::create(source, &late, "annual", commune, period("2023")).await.unwrap();
        let (_, answers) = drafted(&after).await;
        let titles: Vec<&str> = answers.tasks.iter().map(|task| task.title.as_str()).collect();
        assert_eq!(titles, ["Sửa quy chế tiếp công dân", "Ký quy chế phối hợp, hạn 30/6/2022", "Lập tổ hòa giải mới"]);
    }
}

#[tokio::test]
async fn of_a_report_sent_back_only_that_part_opens() {
    for scratch in db::testing::both().await.unwrap() {
        let house = Arc::new(house(&scratch).await.unwrap());
        let snapshot = house.now();
        let source = Source { house: &house, snapshot: &snapshot, heads: &NoHeads };
        let day = period("2021").window().to;
        let commune = snapshot.tree.find("tan-tien.an-duong", day).unwrap();
        let book = snapshot.tree.find(&format!("{}/ubnd", snapshot.tree.at(day).code(commune)), day).unwrap();
        let by = clerk(book.0, TODAY);
        let id = act::create(source, &by, "annual", commune, period("2021")).await.unwrap().id;
        act::submit(source, &by, id, 1, "").await.unwrap();
        act::accept(source, &by, id, 2).await.unwrap();
        act::send_back(source, &by, id, 3, "section:ii-han-che-nguyen-nhan", "Nêu nguyên nhân.").await.unwrap();
        let refused = act::write(source, &by, id, 4, "proposals", "Thêm").await.unwrap_err();
        assert_eq!(key(&refused).map(|one| one.key.as_ref()), Some("reports.slot_stands"));
        act::write(source, &by, id, 4, "shortcomings", "Do thiếu người.").await.unwrap();
        let (report, returns) = act::find(&mut house.read().await.unwrap(), id).await.unwrap();
        act::answer(source, &by, id, returns[0].id, "Đã nêu.").await.unwrap();
        act::submit(source, &by, id, report.version, "").await.unwrap();
        act::accept(source, &by, id, report.version + 1).await.unwrap();

        // One number: the prose of its own section opens, the others stay as accepted.
        act::send_back(source, &by, id, report.version + 2, "number:submission.received", "Lệch biểu.").await.unwrap();
        let refused = act::write(source, &by, id, report.version + 3, "shortcomings", "Khác").await.unwrap_err();
        assert_eq!(key(&refused).map(|one| one.key.as_ref()), Some("reports.slot_stands"));
    }
}

pub(super) struct Rights(pub(super) Arc<House>);

impl web::Access for Rights {
    fn may(&self, who: &web::Who, act: &str, target: &web::Target, today: Day) -> bool {
        let role = Role::parse(&who.seat.role).unwrap();
        people::allows(&self.0.now().tree, role, Unit(who.seat.unit), act, target, today)
    }
}

const NOW: Day = Day::constant(2026, 9, 4);

#[tokio::test]
async fn a_province_takes_what_its_communes_wrote() {
    for scratch in db::testing::both().await.unwrap() {
        let house = Arc::new(house(&scratch).await.unwrap());
        let snapshot = house.now();
        let source = Source { house: &house, snapshot: &snapshot, heads: &NoHeads };
        let at = snapshot.tree.at(NOW);
        let city = snapshot.tree.find("31/ban-tuyen-giao-dan-van", NOW).unwrap();
        let ubnd = snapshot.tree.find("31/ubnd", NOW).unwrap();
        let wards: Vec<Unit> = at.children(city.ground());
        let books: Vec<Unit> = wards.iter().take(3).map(|ward| ward.body(ubnd.slot())).collect();
        let heads: Arc<dyn Heads> = Arc::new(NoHeads);
        let people = vec![
            person("lan", "clerk", city.0, "Ban Tuyên giáo và Dân vận"),
            person("hoa", "clerk", books[0].0, "UBND phường"),
        ];
        let town = Town::open(house.db.clone(), crate::routes(), |mut app| {
            app.sessions = Arc::new(web::testing::Known(people));
            app.access = Arc::new(Rights(house.clone()));
            app.with(house.clone()).with(heads)
        });

        // Two wards: one issued, one only written; a third wrote of other months.
        let said = ["Đối thoại được 03 cuộc.\n\nDân hỏi về đất.", "Chưa gửi đi.", "Của quý khác."];
        let mut written: Vec<Id> = Vec::new();
        for (n, book) in books.iter().enumerate() {
            let by = clerk(book.0, NOW);
            let of = if n == 2 { "2025-H2" } else { "2026-H1" };
            let report = act::create(source, &by, "six-month", wards[n], period(of)).await.unwrap();
            act::write(source, &by, report.id, 1, "leadership", said[n]).await.unwrap();
            if n == 0 {
                issue(source, &by, &report, 2).await;
            }
            written.push(report.id);
        }
        let own =
            act::create(source, &clerk(city.0, NOW), "six-month", city.ground(), period("2026-H1")).await.unwrap();
        let form = format!("/reports/{}/slot/leadership", own.id);
        let page = format!("{form}/below");
        town.by("lan").get(&form).await.shows(&format!("href=\"{page}\""));
        let seen = town.by("lan").get(&page).await;
        seen.shows("Đối thoại được 03 cuộc.").shows("Dân hỏi về đất.").hides("Chưa gửi đi.").hides("Của quý khác.");

        let from = written[0].to_string();
        let pressed = [("version", "1"), ("from", from.as_str()), ("part", "1"), ("after", "0")];
        town.by("lan").post(&page, &pressed).await.redirects_to(&format!("{page}#r-{from}"));
        let (now, _) = act::find(&mut house.read().await.unwrap(), own.id).await.unwrap();
        let name = at.name(books[0]);
        assert_eq!(now.slots["leadership"], format!("Dân hỏi về đất (theo báo cáo của {name})."));
        let again = [("version", "2"), ("from", from.as_str()), ("part", "1"), ("after", "0")];
        town.by("lan").post(&page, &again).await.shows("đã lấy rồi");
        let stale = [("version", "1"), ("from", from.as_str()), ("part", "0"), ("after", "0")];
        assert_eq!(town.by("lan").post(&page, &stale).await.status.as_u16(), 409);
        let unsent = written[1].to_string();
        let unsent = [("version", "2"), ("from", unsent.as_str()), ("part", "0")];
        assert_eq!(town.by("lan").post(&page, &unsent).await.status.as_u16(), 404);
        assert_eq!(town.by("hoa").get(&page).await.status.as_u16(), 404, "a ward does not read the city's draft");
        assert_eq!(below::sourced("Không dấu chấm", "A"), "Không dấu chấm (theo báo cáo của A)");

        // The kinds of report stand by whose they are.
        let new = town.by("hoa").get("/reports/new").await;
        let (mine, others) =
            (new.text().find("Cơ quan mình phải gửi").unwrap(), new.text().find("Cấp khác lập").unwrap());
        let annual = new.text().find("value=\"annual\"").unwrap();
        assert!(mine < annual && annual < others);
    }
}
