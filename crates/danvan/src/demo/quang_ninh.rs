//! Quảng Ninh's year 2017: exemplars registered and proposed, regulations of its fourteen districts. The totals are published, every record is
//! made up.

use db::Result;
use kernel::Day;
use records::act::New;
use units::Unit;

use super::filling::{Filling, Ground, fields, later, on, row, said, working};

/// Published for 2017.
const EXEMPLARS: usize = 2_705;
const PROPOSED: usize = 922;

const LAST: Day = Day::constant(2017, 12, 31);

pub(crate) async fn year_2017(filling: &Filling<'_>) -> Result<()> {
    let ground = filling.ground(LAST);
    let province = ground.find("quang-ninh")?;
    let districts = ground.under(province, "district")?;
    let communes = ground.under(province, "commune")?;
    let places: Vec<Unit> = std::iter::once(province).chain(districts.iter().copied()).chain(communes).collect();
    filling
        .write("regulation", districts.iter().enumerate().map(|(n, unit)| regulation(&ground, *unit, n)).collect())
        .await?;
    let exemplars = (0..EXEMPLARS).map(|n| exemplar(&ground, places[n * 11 % places.len()], n));
    filling.write("model", exemplars.collect()).await?;
    filling.write("review", vec![review(&ground, province)]).await.map(|_| ())
}

/// On contact and dialogue of the heads with citizens; none of them replaced since.
fn regulation(ground: &Ground<'_>, district: Unit, n: usize) -> New {
    let issued = working(Day::constant(2015, 3, 2), n * 53, LAST);
    let input = fields([
        (
            "subject",
            format!(
                "Quy chế tiếp xúc, đối thoại của người đứng đầu cấp ủy, chính quyền với Nhân dân {}",
                ground.name(district)
            ),
        ),
        ("kind", said("contact_dialogue")),
        ("place", ground.code(district)),
        ("number", said("00-QC (minh họa)")),
        ("issued_on", on(issued)),
        ("valid_from", on(issued)),
    ]);
    ground.book(district, "dang-uy", input, &[("issue", issued)])
}

fn exemplar(ground: &Ground<'_>, place: Unit, n: usize) -> New {
    let about = [
        "giữ gìn môi trường vịnh",
        "vận động bàn giao mặt bằng",
        "phát triển kinh tế hộ",
        "giữ gìn an ninh khu dân cư",
    ][n % 4];
    let registered = working(Day::constant(2017, 1, 9), n % 80, LAST);
    let mut round = row([("year", said("2017")), ("level", ground.level(place)), ("registered_on", on(registered))]);
    // Every third was appraised, and of these the first so many proposed: spread over the levels.
    if n * PROPOSED / EXEMPLARS != (n + 1) * PROPOSED / EXEMPLARS {
        round.fields.insert("appraised_on".into(), on(working(registered, 180, LAST)));
        round.fields.insert("proposed_on".into(), on(working(registered, 220, LAST)));
    }
    let mut input = fields([
        ("name", format!("Điển hình “Dân vận khéo” {about}, {} (minh họa {})", ground.name(place), n + 1)),
        ("kind", said("exemplar")),
        ("field", said(["culture", "political_system", "economy", "security"][n % 4])),
        ("holder", said(if n % 5 == 4 { "individual" } else { "collective" })),
        ("place", ground.code(place)),
        ("started_on", on(registered)),
        ("outputs", said("Kết quả do đơn vị tự đánh giá (minh họa).")),
    ]);
    input.rows.insert("round".into(), vec![round]);
    ground.book(place, "dang-uy", input, &[])
}

/// Two years of the joint office of the Front and the unions at district level.
fn review(ground: &Ground<'_>, province: Unit) -> New {
    let held = later(Day::constant(2017, 11, 16), 0, LAST);
    let input = fields([
        (
            "subject",
            said(
                "Sơ kết 2 năm thực hiện mô hình cơ quan tham mưu, giúp việc chung khối Mặt trận Tổ quốc và các tổ chức chính trị - xã hội cấp huyện",
            ),
        ),
        ("kind", said("interim")),
        ("of", said("organisation")),
        ("span_from", on(Day::constant(2015, 10, 1))),
        ("span_to", on(Day::constant(2017, 9, 30))),
        ("due_on", on(Day::constant(2017, 12, 29))),
        ("held_on", on(held)),
        ("place", ground.code(province)),
    ]);
    ground.book(province, "ban-dan-van", input, &[("hold", held)])
}
