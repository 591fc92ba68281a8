//! Reports of Hải Phòng's wards of today: a month's directions that became tasks and are answered in the next, and what wards wrote of the
//! year for the city to take from.

use db::Result;
use kernel::{Day, Id};
use records::fill::Input;
use reports::{Report, Signed, Source, act, directions};
use units::Unit;

use super::filling::Filling;

/// The ward with a desk of its own.
const WARD: &str = "11560";

/// What wards wrote of the year.
const TOLD: [(&str, &str); 3] = [
    (
        "Ban hành kế hoạch công tác dân vận năm 2025 ngay sau khi sắp xếp đơn vị; phân công từng ủy viên phụ trách tổ dân phố.\n\nMỗi tháng một buổi người đứng đầu đi cơ sở, ghi ý kiến vào sổ và trả lời ngay trong tuần.",
        "Dân hỏi nhiều về cấp đổi giấy chứng nhận sau sáp nhập; đã mở bàn hướng dẫn lưu động tại sáu tổ dân phố.",
    ),
    (
        "Lấy việc giải quyết thủ tục sau sắp xếp làm việc trọng tâm của công tác dân vận chính quyền.",
        "Ý kiến tập trung vào vỉa hè, nước thải; 09 kiến nghị đã giao cơ quan trả lời, có ngày hẹn.",
    ),
    (
        "Kiện toàn ban chỉ đạo trong tháng 8; giao ban dân vận hằng tháng cùng Mặt trận và các đoàn thể.",
        "Đối thoại theo nhóm: hộ kinh doanh, phụ huynh, công nhân thuê trọ; mỗi nhóm một biên bản, một danh mục việc phải làm.",
    ),
];

pub(crate) async fn wards(filling: &Filling<'_>, source: Source<'_>) -> Result<()> {
    let Filling { house, snapshot, by } = *filling;
    let at = snapshot.tree.at(by.today);
    let ward = snapshot.tree.find(WARD, by.today)?;

    // October's directions; in November one is done, and the report of that month stands open with two still to answer.
    let october = act::create(source, by, "month", ward, "2025-10".parse()?).await?;
    let said = "- Họp dân tổ dân phố về thu gom rác (minh họa), hạn 20/11/2025\n- Trả lời hết kiến nghị tồn của kỳ tiếp công dân\n- Lập danh sách hộ cần hướng dẫn dịch vụ công trực tuyến, hạn 15/12/2025";
    let texts = [("shortcomings", "Một số kiến nghị trả lời chậm do chờ cơ quan chuyên môn."), ("tasks", said)];
    issue(source, filling, &october, &texts, Day::constant(2025, 11, 4)).await?;
    let mut tx = house.read().await?;
    let set = directions::set_by(&mut tx, house, october.id).await?;
    drop(tx);
    let held = Day::constant(2025, 11, 18);
    let result = Input::default().set("done_on", "18/11/2025").set("result", "Đã họp 06 tổ dân phố, 212 hộ dự");
    filling.step("finish", set.first().map(|first| (first, held, result)).into_iter().collect()).await?;
    act::create(source, by, "month", ward, "2025-11".parse()?).await?;

    // The year as three wards told it: two accepted, one issued.
    let places = at.children(at.ancestors(ward).first().copied().unwrap_or(ward));
    let wards: Vec<Unit> =
        std::iter::once(ward).chain(places.into_iter().filter(|place| *place != ward)).take(TOLD.len()).collect();
    for (n, (ward, (leadership, dialogue))) in wards.into_iter().zip(TOLD).enumerate() {
        let report = act::create(source, by, "annual", ward, calendar::Period::year(2025)).await?;
        let texts = [("leadership", leadership), ("dialogue", dialogue)];
        if n == 1 {
            issue(source, filling, &report, &texts, Day::constant(2026, 1, 5)).await?;
        } else {
            accept(source, filling, report.id, &texts).await?;
        }
    }
    Ok(())
}

/// Writes, submits and accepts a report; gives the version it stands at.
async fn accept(source: Source<'_>, filling: &Filling<'_>, id: Id, texts: &[(&str, &str)]) -> Result<i64> {
    let mut version = 1;
    for (slot, text) in texts {
        act::write(source, filling.by, id, version, slot, text).await?;
        version += 1;
    }
    act::submit(source, filling.by, id, version, "").await?;
    act::accept(source, filling.by, id, version + 1).await?;
    Ok(version + 2)
}

async fn issue(
    source: Source<'_>,
    filling: &Filling<'_>,
    report: &Report,
    texts: &[(&str, &str)],
    day: Day,
) -> Result<()> {
    let version = accept(source, filling, report.id, texts).await?;
    let signed = Signed { number: "41".to_owned(), day, signer: None };
    act::issue(source, filling.by, report.id, version, signed, Some(&web::DemoMark::default().label.vi)).await
}
