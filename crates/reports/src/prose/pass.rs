//! Numbers that count nothing: dates, years, symbols of documents, articles, telephone numbers, list numbers, ages, durations.

use super::{
    found::{Names, digits},
    words::{Token, TokenKind},
};

/// A number after these is a name, unless a counted noun follows.
const LABELS: [&str; 47] = [
    "điều",
    "khoản",
    "điểm",
    "chương",
    "mục",
    "lục",
    "mẫu",
    "biểu",
    "khóa",
    "khoá",
    "thứ",
    "kỳ",
    "phần",
    "tiết",
    "quý",
    "tuần",
    "đợt",
    "lần",
    "khu",
    "tổ",
    "thôn",
    "ấp",
    "khóm",
    "đội",
    "quận",
    "phường",
    "lộ",
    "đường",
    "số",
    "cấp",
    "loại",
    "hạng",
    "độ",
    "đoạn",
    "bước",
    "ngày",
    "tháng",
    "năm",
    "lúc",
    "hồi",
    "tầng",
    "phòng",
    "trang",
    "hình",
    "bảng",
    "vùng",
    "mã",
];

/// Always a name.
const ALWAYS: [&str; 5] = ["điều", "khoản", "khóa", "khoá", "chương"];

/// The last word of a kind of document: `Chỉ thị 16`.
const DOCUMENTS: [&str; 11] = ["thị", "quyết", "luận", "lệnh", "tư", "định", "luật", "hoạch", "văn", "án", "động"];

/// After a number: how long, how old, how often.
const LASTING: [&str; 20] = [
    "năm", "tháng", "ngày", "giờ", "phút", "giây", "tuần", "tuổi", "quý", "kỳ", "khóa", "khoá", "nhiệm", "lần", "thập",
    "thế", "cấp", "đêm", "bậc", "h",
];

const TELEPHONE: [&str; 6] = ["thoại", "đt", "tel", "fax", "hotline", "zalo"];

const DAYS: [&str; 13] =
    ["ngày", "dịp", "sáng", "chiều", "tối", "trước", "hết", "niệm", "khánh", "lễ", "từ", "đến", "tết"];

/// `i` and the token after it touch.
pub(super) fn glued(tokens: &[Token<'_>], i: usize) -> bool {
    matches!((tokens.get(i), tokens.get(i + 1)), (Some(a), Some(b)) if a.to == b.from)
}

pub(super) fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse::<i64>().is_ok_and(|year| (1900..=2100).contains(&year))
}

/// Where to go on, if the number at `i` counts nothing.
pub(super) fn passed(tokens: &[Token<'_>], i: usize, names: &Names) -> Option<usize> {
    let token = &tokens[i];
    if token.kind == TokenKind::Code {
        return Some(i + 1);
    }
    let before = |back: usize| i.checked_sub(back).map(|at| &tokens[at]);
    if i > 0 && glued(tokens, i - 1) {
        let part_of_name = before(1).is_some_and(|one| one.is_word() || one.kind == TokenKind::Code)
            || (before(1).is_some_and(|one| one.is_dash() || matches!(one.text, "/" | "." | "_"))
                && i > 1
                && glued(tokens, i - 2)
                && before(2).is_some_and(|one| one.kind != TokenKind::Mark));
        if part_of_name {
            return Some(i + 1);
        }
    }
    if let Some(next) = run(tokens, i, names) {
        return Some(next);
    }
    if tokens.get(i + 1).is_some_and(|next| next.is("%")) {
        return None;
    }
    let begins = tokens[..i].iter().all(|one| one.kind == TokenKind::Mark && !one.is("“"));
    let closes = tokens.get(i + 1).is_some_and(|next| matches!(next.text, "." | ")" | ":" | "-"));
    if digits(token.text).is_none() || (begins && glued(tokens, i) && closes) {
        return Some(i + 1);
    }
    if before(1).is_some_and(|one| one.is("(")) && tokens.get(i + 1).is_some_and(|one| one.is(")")) {
        return Some(i + 1);
    }
    let plain = token.text.bytes().all(|byte| byte.is_ascii_digit());
    let long = plain && (token.text.len() >= 7 || (token.text.starts_with('0') && token.text.len() > 2));
    if long || before(1).is_some_and(|one| TELEPHONE.contains(&one.low.as_str())) {
        return Some(i + 1);
    }
    let of = tokens.get(i + 1).is_some_and(|next| next.is("/")) && tokens.get(i + 2).is_some_and(Token::is_number);
    let after = if of { i + 3 } else { i + 1 };
    let counts = names.noun_at(tokens, after) > 0 || names.measure_at(tokens, after).is_some();
    let previous = before(1).map(|one| one.low.as_str()).unwrap_or_default();
    if is_year(token.text) && (previous == "năm" || !counts) {
        return Some(i + 1);
    }
    let second = before(2).map(|one| one.low.as_str()).unwrap_or_default();
    let ranked = previous == "thứ" && matches!(second, "xếp" | "đứng" | "hạng" | "trí");
    let amount = previous == "số" && matches!(second, "trong" | "tổng");
    if ALWAYS.contains(&previous) || (LABELS.contains(&previous) && !counts && !ranked && !amount) {
        return Some(i + 1);
    }
    if DOCUMENTS.contains(&previous) && before(2).is_some_and(Token::is_capital) && !counts {
        return Some(i + 1);
    }
    let next = tokens.get(i + 1).map(|one| one.low.as_str()).unwrap_or_default();
    (LASTING.contains(&next) && !counts).then_some(i + 1)
}

/// What is written in one piece with the number: `16/CT-TTg`, `16/5/2016`, `2021-2025`, `16:58`.
fn run(tokens: &[Token<'_>], i: usize, names: &Names) -> Option<usize> {
    let mut end = i + 1;
    while glued(tokens, end - 1)
        && (tokens[end].kind != TokenKind::Mark || tokens[end].is_dash() || matches!(tokens[end].text, "/" | "." | ":"))
    {
        end += 1;
    }
    while end > i + 1 && tokens[end - 1].kind == TokenKind::Mark {
        end -= 1;
    }
    let run = &tokens[i..end];
    if run.len() < 3 {
        return None;
    }
    let numbers: Vec<&Token<'_>> = run.iter().filter(|one| one.is_number()).collect();
    let symbol = run[1].is("/") || run[1].is_dash();
    if symbol && run.iter().any(|one| matches!(one.kind, TokenKind::Word | TokenKind::Code)) {
        return Some(end);
    }
    if run.iter().any(|one| one.is(":") || one.is_dash()) || numbers.len() > 2 {
        return Some(end);
    }
    if !run.iter().any(|one| one.is("/")) || numbers.len() != 2 {
        return None;
    }
    let (a, b) = (numbers[0].text, numbers[1].text);
    let small = |text: &str, most: i64| text.parse::<i64>().is_ok_and(|n| (1..=most).contains(&n));
    let month = small(a, 12) && is_year(b);
    let previous = i.checked_sub(1).map(|at| tokens[at].low.as_str()).unwrap_or_default();
    let day = small(a, 31) && small(b, 12) && DAYS.contains(&previous) && names.noun_at(tokens, end) == 0;
    (month || day || (a, b) == ("24", "7")).then_some(end)
}
