//! Bình Chánh, a commune of Thăng Bình, in 2020: roads, funds, nine letters. Which decision ended the commune is in none of the lists, so its
//! end stays unknown between two states. The totals are published, every record is made up.

use db::Result;
use kernel::Day;
use records::act::New;
use units::Unit;

use super::filling::{Filling, Ground, fields, later, on, row, said, working};

const LAST: Day = Day::constant(2020, 12, 31);
/// Letters received in the year; the last of them was not the commune's to settle.
const LETTERS: usize = 9;

/// What was built: name, category, metres. The numbered roads may lie inside the others: they are told apart.
const WORKS: [(&str, &str, &str); 8] = [
    ("Đường giao thông nông thôn đoạn 1", "rural_road", "1,6"),
    ("Đường giao thông nông thôn đoạn 2", "rural_road", "1,4"),
    ("Đường giao thông nông thôn đoạn 3", "rural_road", "1,1"),
    ("Đường giao thông nội đồng cánh đồng 1", "infield_road", "2"),
    ("Đường giao thông nội đồng cánh đồng 2", "infield_road", "1,5"),
    ("Đường giao thông nội đồng cánh đồng 3", "infield_road", "1"),
    ("ĐH21", "named_road", "1,85"),
    ("ĐH29", "named_road", "1,01"),
];

pub(crate) async fn year_2020(filling: &Filling<'_>) -> Result<()> {
    let ground = filling.ground(LAST);
    let commune = ground.find("binh-chanh.thang-binh")?;
    let neighbour = ground.find("binh-phu.thang-binh")?;
    let district = ground.find("thang-binh.quang-nam")?;
    let term = (Day::constant(2020, 6, 15), Some(Day::constant(2025, 6, 30)));
    filling.holders(&["bi-thu", "chu-tich-ubnd"].map(|post| ground.holder(commune, 0, post, term))).await?;
    filling
        .write("outcome", WORKS.iter().enumerate().map(|(n, work)| outcome(&ground, commune, n, *work)).collect())
        .await?;
    let funds = ["Quỹ đền ơn đáp nghĩa", "Quỹ vì người nghèo", "Quỹ phòng, chống thiên tai"];
    filling
        .write(
            "contribution",
            funds.iter().enumerate().map(|(n, fund)| contribution(&ground, commune, n, fund)).collect(),
        )
        .await?;
    let letters = (0..LETTERS).map(|n| letter(&ground, (commune, neighbour, district), n));
    filling.write("submission", letters.collect()).await?;
    filling.write("dialogue", vec![dialogue(&ground, commune)]).await?;
    filling.write("model", (0..3).map(|n| model(&ground, commune, n)).collect()).await?;
    filling.write("confirmation", vec![confirmation(&ground, commune)]).await.map(|_| ())
}

fn outcome(ground: &Ground<'_>, commune: Unit, n: usize, (name, category, length): (&str, &str, &str)) -> New {
    let input = fields([
        ("name", said(name)),
        ("category", said(category)),
        ("place", ground.code(commune)),
        ("done_on", on(working(Day::constant(2020, 4, 6), n * 27, LAST))),
        ("length", said(length)),
    ]);
    ground.book(commune, "ubnd", input, &[])
}

fn contribution(ground: &Ground<'_>, commune: Unit, n: usize, fund: &str) -> New {
    let (first, second) = (14_000_000 + n * 3_500_000, 6_000_000 + n * 1_500_000);
    let mut input = fields([
        ("fund", said(fund)),
        ("nature", said("voluntary")),
        ("place", ground.code(commune)),
        ("year", said("2020")),
        ("assigned_on", on(Day::constant(2020, 2, 10))),
        ("quota", (first + second).to_string()),
    ]);
    let paid = |day: Day, amount: usize| row([("on", on(day)), ("amount", amount.to_string())]);
    let payments = vec![paid(Day::constant(2020, 6, 25), first), paid(Day::constant(2020, 11, 12), second)];
    input.rows.insert("payment".into(), payments);
    ground.book(commune, "ubnd", input, &[])
}

fn letter(ground: &Ground<'_>, (commune, neighbour, district): (Unit, Unit, Unit), n: usize) -> New {
    let received = working(Day::constant(2020, 1, 13), n * 37, LAST);
    let transferred = n + 1 == LETTERS;
    let (subject, topic) = match n {
        _ if transferred => ("Kiến nghị về mùi hôi từ cơ sở chăn nuôi ở xã bên", "environment"),
        0..=3 => ("Kiến nghị xác nhận ranh giới thửa đất", "land"),
        _ => ("Kiến nghị sửa đoạn kênh nội đồng", "infrastructure"),
    };
    let input = fields([
        ("kind", said("petition")),
        ("subject", format!("{subject} (minh họa)")),
        ("received_on", on(received)),
        ("channel", said("counter")),
        ("topic", said(topic)),
        ("cause_place", ground.code(if transferred { neighbour } else { commune })),
        ("sender_name", format!("Người gửi minh họa {}", n + 1)),
        ("sender_address", format!("{} (minh họa)", ground.name(commune))),
    ]);
    if transferred {
        let competent = ground.code(ground.body(district, "ubnd"));
        let mut input = input
            .set("affected_place", ground.code(commune))
            .set("competent", "không")
            .set("settlement", "unsettled")
            .set("transferred_to", competent.clone());
        let reply = row([
            ("on", on(working(received, 24, LAST))),
            ("number", said("215/UBND-TNMT (minh họa)")),
            ("sent_by", competent),
        ]);
        input.rows.insert("reply".into(), vec![reply]);
        return ground.book(commune, "ubnd", input, &[("transfer", working(received, 4, LAST))]);
    }
    let settled = working(received, 14, LAST);
    let input = input
        .set("competent", "có")
        .set("settled_on", on(settled))
        .set("outcome", "answered")
        .set("answer", "Đã trả lời bằng văn bản (minh họa).");
    ground.book(commune, "ubnd", input, &[("settle", settled)])
}

fn dialogue(ground: &Ground<'_>, commune: Unit) -> New {
    let held = Day::constant(2020, 8, 20);
    let concluded = Day::constant(2020, 8, 31);
    let mut input = fields([
        ("subject", said("Lãnh đạo xã đối thoại với Nhân dân thôn Mỹ Trà (minh họa)")),
        ("kind", said("ad_hoc")),
        ("legal_basis", said("own_regulation")),
        ("topic", said("new_rural")),
        ("audience", said("residents")),
        ("place", ground.code(commune)),
        ("venue", said("Nhà văn hóa thôn Mỹ Trà")),
        ("held_on", on(held)),
        ("chairs", ["bi-thu", "chu-tich-ubnd"].map(|post| ground.head(commune, post)).join("; ")),
        ("attendance", said("85")),
        ("conclusion_on", on(concluded)),
    ]);
    let opinion = |text: &str| row([("text", said(text)), ("source", said("raised")), ("outcome", said("answered"))]);
    let opinions = ["Đề nghị công khai mức đóng góp làm đường", "Đề nghị sớm cắm mốc khu dân cư kiểu mẫu"];
    input.rows.insert("opinion".into(), opinions.map(opinion).to_vec());
    ground.book(commune, "ubnd", input, &[("hold", held), ("conclude", concluded)])
}

fn model(ground: &Ground<'_>, commune: Unit, n: usize) -> New {
    let registered = later(Day::constant(2020, 2, 17), n * 5, LAST);
    let about = ["vận động hiến đất mở đường", "khu dân cư nông thôn mới kiểu mẫu", "giữ sạch đường làng"][n];
    let mut input = fields([
        ("name", format!("“Dân vận khéo” {about} (minh họa)")),
        ("kind", said("model")),
        ("field", said(["economy", "culture", "culture"][n])),
        ("holder", said("collective")),
        ("place", ground.code(commune)),
        ("started_on", on(registered)),
    ]);
    let round = row([("year", said("2020")), ("level", said("commune")), ("registered_on", on(registered))]);
    input.rows.insert("round".into(), vec![round]);
    ground.book(commune, "dang-uy", input, &[])
}

fn confirmation(ground: &Ground<'_>, commune: Unit) -> New {
    let input = fields([
        ("figure", said("critical_case.hot_spots")),
        ("from_day", on(Day::constant(2020, 1, 1))),
        ("to_day", on(LAST)),
        ("confirmed_by", ground.head(commune, "chu-tich-ubnd")),
    ]);
    ground.book(commune, "ubnd", input, &[])
}
