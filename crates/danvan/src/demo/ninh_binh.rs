//! Ninh Bình between two agreements, 2015–2021, with the two provinces that it was merged with in 2025. The stock of models at the end of 2020
//! and the programme of 2021 are published, every record is made up.

use db::Result;
use kernel::Day;
use records::act::New;
use units::Unit;

use super::filling::{Filling, Ground, fields, later, on, row, said, working};

/// Under way on 31/12/2020.
const UNDER_WAY: usize = 1_045;
/// Begun before and ended by then: in no stock of that day.
const ENDED: usize = 60;
/// Begun in 2021.
const NEW: usize = 90;
/// Of the neighbours, under way on the same day.
const NEIGHBOURS: [(&str, usize); 2] = [("ha-nam", 40), ("nam-dinh", 65)];

const LAST: Day = Day::constant(2021, 12, 31);
const STOCK_DAY: Day = Day::constant(2020, 12, 31);
const SIGNED: Day = Day::constant(2021, 4, 2);

pub(crate) async fn years_to_2021(filling: &Filling<'_>) -> Result<()> {
    let ground = filling.ground(STOCK_DAY);
    let province = ground.find("ninh-binh")?;
    let mut models = Vec::new();
    for (code, count) in std::iter::once(("ninh-binh", UNDER_WAY)).chain(NEIGHBOURS) {
        let communes = standing(filling, &ground, ground.find(code)?)?;
        models.extend((0..count).map(|n| model(&ground, communes[n * 7 % communes.len()], n, begun(n), None)));
    }
    let communes = standing(filling, &ground, province)?;
    models.extend((0..ENDED).map(|n| {
        let ended = working(Day::constant(2018, 3, 5), n * 16, STOCK_DAY);
        model(&ground, communes[n * 5 % communes.len()], UNDER_WAY + n, Day::constant(2015, 6, 15), Some(ended))
    }));
    models.extend((0..NEW).map(|n| {
        let begun = working(Day::constant(2021, 1, 18), n * 3, LAST);
        model(&ground, communes[n * 3 % communes.len()], UNDER_WAY + ENDED + n, begun, None)
    }));
    filling.write("model", models).await?;
    let first = filling.write("agreement", vec![agreement(&ground, province, None)]).await?;
    let handle = first.first().map(|record| record.id.handle());
    filling.write("agreement", vec![agreement(&ground, province, handle.clone())]).await?;
    filling
        .write("review", handle.map(|handle| review(&ground, province, handle)).into_iter().collect())
        .await
        .map(|_| ())
}

/// The communes that stood all the time, from the first model on.
fn standing(filling: &Filling<'_>, ground: &Ground<'_>, province: Unit) -> Result<Vec<Unit>> {
    let before = filling.ground(Day::constant(2015, 1, 1));
    let mut communes = ground.under(province, "commune")?;
    communes.retain(|commune| before.has(*commune));
    Ok(communes)
}

/// Spread over the six years of the agreement, a little more towards its end.
fn begun(n: usize) -> Day {
    let year = [2015, 2016, 2017, 2018, 2018, 2019, 2019, 2020, 2020, 2020][n % 10];
    working(Day::constant(year, 1, 12), n * 11 % 300, STOCK_DAY)
}

fn model(ground: &Ground<'_>, place: Unit, n: usize, begun: Day, ended: Option<Day>) -> New {
    let about =
        ["hiến đất mở đường", "dạy nghề, giải quyết việc làm", "tổ tự quản an ninh", "đường hoa nông thôn mới"][n % 4];
    let mut input = fields([
        ("name", format!("“Dân vận khéo” {about}, {} (minh họa {})", ground.name(place), n + 1)),
        ("kind", said(if n % 3 == 2 { "exemplar" } else { "model" })),
        ("field", said(["economy", "culture", "security", "culture"][n % 4])),
        ("holder", said(if n % 6 == 5 { "individual" } else { "collective" })),
        ("place", ground.code(place)),
        ("started_on", on(begun)),
    ]);
    let round =
        |day: Day| row([("year", day.year().to_string()), ("level", said("commune")), ("registered_on", on(day))]);
    let mut rounds = vec![round(begun)];
    if begun < Day::constant(2020, 1, 1) && ended.is_none() && n.is_multiple_of(2) {
        rounds.push(round(working(Day::constant(2020, 2, 3), n % 60, STOCK_DAY)));
    }
    input.rows.insert("round".into(), rounds);
    match ended {
        None => ground.book(place, "dang-uy", input, &[]),
        Some(day) => {
            let input = input.set("ended_on", on(day)).set("end_reason", "completed");
            ground.book(place, "dang-uy", input, &[("end", day)])
        }
    }
}

/// The regulation of 2015–2020, or the programme of 2021–2025 that followed it.
fn agreement(ground: &Ground<'_>, province: Unit, follows: Option<String>) -> New {
    let partner = ground.code(ground.body(province, "ban-dan-van"));
    let (name, form, signed, to) = match follows {
        None => (
            "Quy chế phối hợp công tác dân vận giai đoạn 2015 - 2020",
            "regulation",
            Day::constant(2015, 5, 20),
            STOCK_DAY,
        ),
        Some(_) => (
            "Chương trình phối hợp công tác dân vận giai đoạn 2021 - 2025",
            "programme",
            SIGNED,
            Day::constant(2025, 12, 31),
        ),
    };
    let mut input = fields([
        ("name", said(name)),
        ("form", said(form)),
        ("signed_on", on(signed)),
        ("valid_from", on(signed)),
        ("valid_to", on(to)),
    ]);
    input.rows.insert("party".into(), vec![row([("body", partner), ("side", said("a"))])]);
    let clause = |text: &str, duty: &str| row([("text", said(text)), ("duty", said(duty))]);
    let clauses = vec![
        clause("Tham mưu cấp ủy lãnh đạo công tác dân vận", "a"),
        clause("Chỉ đạo các cơ quan hành chính thực hiện công tác dân vận chính quyền", "b"),
        clause("Kiểm tra việc thực hiện dân chủ ở cơ sở", "both"),
    ];
    input.rows.insert("clause".into(), clauses);
    match follows {
        // Its review and the signing of the next came on one day.
        None => ground.book(province, "ubnd", input, &[("sign", signed), ("end", SIGNED)]),
        Some(handle) => ground.book(province, "ubnd", input.set("replaces", handle), &[("sign", signed)]),
    }
}

fn review(ground: &Ground<'_>, province: Unit, agreement: String) -> New {
    let input = fields([
        ("subject", said("Tổng kết Quy chế phối hợp giai đoạn 2015 - 2020 (minh họa)")),
        ("kind", said("final")),
        ("of", said("agreement")),
        ("agreement", agreement),
        ("span_from", on(Day::constant(2015, 5, 20))),
        ("span_to", on(STOCK_DAY)),
        ("held_on", on(later(SIGNED, 0, LAST))),
        ("place", ground.code(province)),
    ]);
    ground.book(province, "ubnd", input, &[("hold", SIGNED)])
}
