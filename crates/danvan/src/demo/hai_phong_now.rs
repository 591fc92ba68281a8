//! Hải Phòng after its published year: the programme of 2022, and the desks of the turn of 2025 in the geography of two levels.

use db::Result;
use kernel::Day;
use people::Holder;
use records::{Record, act::New, fill::Input};
use units::Unit;

use super::filling::{Filling, Ground, fields, later, on, row, said, working};

/// Communes that joined the model new-rural programme in 2022.
const JOINED: usize = 35;
const CHOSEN_BEFORE: usize = 14;

/// The ward whose desk the demo opens first.
const WARD: &str = "11560";

const YEAR_END: Day = Day::constant(2025, 12, 31);

/// The programme of 2022: 35 communes more, and models on the themes of that year.
pub(crate) async fn year_2022(filling: &Filling<'_>) -> Result<()> {
    let ground = filling.ground(Day::constant(2022, 12, 31));
    let city = ground.find("hai-phong")?;
    let communes = ground.under(city, "commune")?;
    let rural: Vec<Unit> = communes.iter().copied().filter(|unit| ground.kind(*unit) == "xa").collect();
    let joined = &rural[CHOSEN_BEFORE..CHOSEN_BEFORE + JOINED];
    let chosen = joined.iter().map(|commune| {
        let input = fields([
            ("programme", said("new_rural_model")),
            ("place", ground.code(*commune)),
            ("chosen_on", on(Day::constant(2022, 2, 22))),
            ("decision", said("Kế hoạch minh họa")),
        ]);
        ground.book(city, "ubnd", input, &[])
    });
    filling.write("recognition", chosen.collect()).await?;
    // All of the programme's communes but three, and every third ward.
    let mut models = Vec::new();
    let wards = communes.iter().filter(|unit| ground.kind(**unit) == "phuong").step_by(3);
    let in_programme = rural[..CHOSEN_BEFORE + JOINED - 3].iter().map(|place| (place, "new_rural_model"));
    for (n, (place, theme)) in in_programme.chain(wards.map(|place| (place, "urban_renewal"))).enumerate() {
        let registered = working(Day::constant(2022, 1, 17), n % 60, Day::constant(2022, 12, 31));
        let about = if theme == "urban_renewal" {
            "chỉnh trang, hiện đại hóa đô thị"
        } else {
            "xã nông thôn mới kiểu mẫu"
        };
        models.push(model(&ground, *place, n, (about, theme), registered));
    }
    filling.write("model", models).await.map(|_| ())
}

fn model(ground: &Ground<'_>, place: Unit, n: usize, (about, theme): (&str, &str), registered: Day) -> New {
    let mut input = fields([
        ("name", format!("“Dân vận khéo” {about}, {} (minh họa {})", ground.name(place), n + 1)),
        ("kind", said("model")),
        ("field", said(["economy", "culture", "security", "political_system"][n % 4])),
        ("holder", said("collective")),
        ("place", ground.code(place)),
        ("theme", said(theme)),
        ("started_on", on(registered)),
    ]);
    let round =
        row([("year", registered.year().to_string()), ("level", said("commune")), ("registered_on", on(registered))]);
    input.rows.insert("round".into(), vec![round]);
    ground.book(place, "dang-uy", input, &[])
}

/// The wards and communes of today: heads, dialogues held and coming, promises due, letters on the desk.
pub(crate) async fn today(filling: &Filling<'_>) -> Result<()> {
    let ground = filling.ground(filling.by.today);
    let city = ground.find("hai-phong")?;
    let ward = ground.find(WARD)?;
    let communes = ground.under(city, "commune")?;
    let term = (Day::constant(2025, 7, 1), None);
    let places = std::iter::once(city).chain(communes.iter().copied()).enumerate();
    let holders: Vec<Holder> = places
        .flat_map(|(n, place)| ["bi-thu", "chu-tich-ubnd"].map(|post| ground.holder(place, n, post, term)))
        .collect();
    filling.holders(&holders).await?;
    let models = communes.iter().enumerate().filter(|(n, _)| n % 3 != 2).map(|(n, place)| {
        let (about, theme) =
            [("chuyển đổi số cộng đồng", "digital"), ("phân loại rác tại nguồn", "environment")][n % 2];
        model(&ground, *place, n, (about, theme), working(Day::constant(2025, 8, 4), n, YEAR_END))
    });
    filling.write("model", models.collect()).await?;
    let mut held = Vec::new();
    for (n, place) in communes.iter().copied().chain([ward, ward, ward]).enumerate() {
        if n % 9 != 8 || place == ward {
            held.push(dialogue(&ground, place, n));
        }
    }
    let made = filling.write("dialogue", held).await?;
    keep(filling, &made).await?;
    let coming = communes.iter().copied().step_by(4).chain([ward, ward]).enumerate();
    filling.write("dialogue", coming.map(|(n, place)| planned(&ground, place, n)).collect()).await?;
    let mut letters: Vec<New> = (0..70).map(|n| letter(&ground, communes[n * 13 % communes.len()], n)).collect();
    letters.extend((0..8).map(|n| letter(&ground, ward, 52 + n * 2)));
    filling.write("submission", letters).await.map(|_| ())
}

fn dialogue(ground: &Ground<'_>, place: Unit, n: usize) -> New {
    let day = working(Day::constant(2025, 7, 14), n * 7 % 160, YEAR_END);
    let (topic, about) = [
        ("procedures", "giải quyết thủ tục hành chính sau sắp xếp đơn vị"),
        ("environment", "thu gom rác, vệ sinh môi trường"),
        ("land", "quản lý đất đai"),
        ("infrastructure", "giao thông, thoát nước"),
    ][n % 4];
    let mut input = fields([
        ("subject", format!("Đối thoại về {about} tại {}", ground.name(place))),
        ("kind", said(["periodic", "thematic"][n % 2])),
        ("legal_basis", said("own_regulation")),
        ("topic", said(topic)),
        ("audience", said("residents")),
        ("place", ground.code(place)),
        ("planned_on", on(day)),
        ("held_on", on(day)),
        ("chairs", ground.head(place, if n.is_multiple_of(3) { "bi-thu" } else { "chu-tich-ubnd" })),
        ("attendance", (60 + n * 17 % 120).to_string()),
    ]);
    let texts = [
        "Đề nghị bố trí thêm điểm tiếp nhận hồ sơ",
        "Đề nghị sửa đoạn cống bị sập",
        "Đề nghị công khai lịch thu gom rác",
    ];
    let opinion = |k: usize| {
        let accepted = k == 0;
        let mut opinion = row([
            ("text", said(texts[(n + k) % texts.len()])),
            ("topic", said(topic)),
            ("source", said(if accepted { "collected" } else { "raised" })),
            ("outcome", said(if accepted { "accepted" } else { "answered" })),
        ]);
        if accepted {
            opinion.fields.insert("body".into(), ground.code(ground.body(place, "ubnd")));
            opinion.fields.insert("due_on".into(), on(later(day, 60, Day::constant(2026, 2, 27))));
        }
        opinion
    };
    input.rows.insert("opinion".into(), (0..=n % 3).map(opinion).collect());
    let notice = working(day, 7, Day::constant(2026, 1, 9));
    // The last of December still wait for their conclusion.
    if day > Day::constant(2025, 12, 22) {
        return ground.book(place, "ubnd", input, &[("hold", day)]);
    }
    input.fields.insert("conclusion_on".into(), on(notice));
    ground.book(place, "ubnd", input, &[("hold", day), ("conclude", notice)])
}

/// Of the promises made at dialogues, most of those that are due were kept; some are late, some run on.
async fn keep(filling: &Filling<'_>, saved: &[Record]) -> Result<()> {
    let made = saved.iter().filter(|record| record.register == "commitment").enumerate();
    let kept = made.filter_map(|(n, record)| {
        let due = record.document.day("due_on")?;
        let day = later(due, 0, Day::constant(2025, 12, 30));
        let done = due < Day::constant(2026, 1, 6) && n % 8 != 7;
        done.then(|| (record, day, Input::default().set("result", "Đã thực hiện, có ảnh nghiệm thu (minh họa).")))
    });
    filling.step("keep", kept.collect()).await
}

/// A dialogue of the coming weeks.
fn planned(ground: &Ground<'_>, place: Unit, n: usize) -> New {
    let day = working(Day::constant(2026, 1, 19), n * 3 % 40, Day::constant(2026, 3, 6));
    let input = fields([
        ("subject", format!("Đối thoại định kỳ quý I/2026 tại {}", ground.name(place))),
        ("kind", said("periodic")),
        ("legal_basis", said("own_regulation")),
        ("topic", said(["social_policy", "environment", "procedures"][n % 3])),
        ("audience", said("residents")),
        ("place", ground.code(place)),
        ("planned_on", on(day)),
        ("chairs", ground.head(place, "chu-tich-ubnd")),
    ]);
    let announced = Day::constant(2026, 1, 8);
    let steps: &[(&str, Day)] = if n.is_multiple_of(2) { &[("announce", announced)] } else { &[] };
    ground.book(place, "ubnd", input, steps)
}

/// Letters from December on: the older ones settled, the latest still to be handled.
fn letter(ground: &Ground<'_>, place: Unit, n: usize) -> New {
    let (kind, subject, topic) = [
        ("feedback", "Phản ánh đèn đường hỏng", "infrastructure"),
        ("petition", "Kiến nghị hướng dẫn thủ tục sau sắp xếp đơn vị", "procedures"),
        ("feedback", "Phản ánh rác thải tồn đọng", "environment"),
        ("petition", "Kiến nghị về chế độ bảo trợ xã hội", "social_policy"),
    ][n % 4];
    let received = later(Day::constant(2025, 12, 1), n * 41 / 70, Day::constant(2026, 1, 11));
    let mut input = fields([
        ("kind", said(kind)),
        ("subject", format!("{subject} (minh họa)")),
        ("received_on", on(received)),
        ("channel", said(["counter", "reception", "post", "online"][n % 4])),
        ("topic", said(topic)),
        ("cause_place", ground.code(place)),
        ("sender_name", format!("Người gửi minh họa {}", n + 1)),
        ("sender_address", format!("{} (minh họa)", ground.name(place))),
    ]);
    // Some had been answered before, some lie with another body: the statutory tables ask for it.
    if n % 9 == 4 {
        input = input.set("settlement", if n.is_multiple_of(2) { "first" } else { "in_progress" });
    }
    if n > 45 {
        return ground.book(place, "ubnd", input, &[]);
    }
    let settled = working(received, 6, Day::constant(2026, 1, 9));
    input = input
        .set("competent", "có")
        .set("settled_on", on(settled))
        .set("outcome", "answered")
        .set("answer", "Đã trả lời bằng văn bản (minh họa).");
    ground.book(place, "ubnd", input, &[("settle", settled)])
}
