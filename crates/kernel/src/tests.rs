use jiff::{Timestamp, civil::date};
use proptest::prelude::*;

use crate::{
    Id, IdMaker, civil_day, day_number,
    number::{Rounding, decimal, grouped, parse_amount, percent, two_digits},
    number_day, parse_day, show_day,
    text::{by_given_name, fold, slug, tidy},
};

#[test]
fn folding_makes_spellings_equal() {
    for (text, folded) in [
        ("Khiếu nại", "khieu nai"),
        ("ĐỐI  THOẠI", "doi thoai"),
        ("hoà", "hoa"),
        ("hòa", "hoa"),
        ("  Đ’răng ", "d'rang"),
        ("Thuỷ Nguyên", "thuy nguyen"),
    ] {
        assert_eq!(fold(text), folded);
    }
    assert_eq!(slug("Thành phố Hải Phòng"), "thanh-pho-hai-phong");
    assert_eq!(tidy("a\u{200b}  b\r\n c\u{202e}"), "a b\nc");
}

#[test]
fn people_are_listed_by_given_name() {
    let mut names = ["Trần Văn Ân", "Nguyễn Thị Ánh", "Lê Văn An", "Phạm Đức Dũng", "Đỗ Văn Đạt", "Bùi Thị An"];
    by_given_name(&mut names, |name| name);
    assert_eq!(names, ["Bùi Thị An", "Lê Văn An", "Nguyễn Thị Ánh", "Trần Văn Ân", "Phạm Đức Dũng", "Đỗ Văn Đạt"]);
}

#[test]
fn numbers_are_written_as_officials_write_them() {
    assert_eq!(grouped(1052), "1.052");
    assert_eq!(grouped(-36_150_000), "-36.150.000");
    assert_eq!(decimal(4100, 3), "4,1");
    assert_eq!(decimal(1_850, 3), "1,85");
    assert_eq!(two_digits(5), "05");
    assert_eq!(percent(922, 2705, 1, Rounding::HalfUp), Some(341));
    assert_eq!(percent(2, 3, 1, Rounding::Truncate), Some(666));
    assert_eq!(percent(2, 3, 1, Rounding::HalfUp), Some(667));
    assert_eq!(percent(1, 0, 1, Rounding::HalfUp), None);
}

#[test]
fn numbers_are_read_as_people_type_them() {
    for (text, scale, amount) in [
        ("1.052", 0, 1052),
        ("1052", 0, 1052),
        ("4,1", 3, 4100),
        ("4.1", 3, 4100),
        ("36.150.000", 0, 36_150_000),
        ("-2,50", 1, -25),
        ("1 052", 0, 1052),
        ("0,5", 1, 5),
    ] {
        assert_eq!(parse_amount(text, scale), Ok(amount), "{text}");
    }
    for text in ["4.1.5", "", "12a", "1,2,3", ",5", "4,15"] {
        assert!(parse_amount(text, 1).is_err(), "{text}");
    }
    // What takes no fraction at all is told so, not how many digits it has too many.
    assert_eq!(parse_amount("4,1", 0).unwrap_err().key, "number.not_whole");
    assert_eq!(parse_amount("4,12", 1).unwrap_err().arg("places"), Some("1"));
}

#[test]
fn days_are_read_and_written() {
    for text in ["05/08/2026", "5/8/2026", "05-08-2026", "2026-08-05", " 5.8.2026 "] {
        assert_eq!(parse_day(text), Ok(date(2026, 8, 5)), "{text}");
    }
    let refusal = parse_day("31/11/2026").unwrap_err();
    assert_eq!(refusal.key, "day.not_in_calendar");
    assert_eq!(parse_day("hôm qua").unwrap_err().key, "day.unreadable");
    assert_eq!(show_day(date(2026, 8, 5)), "05/08/2026");
    let late: Timestamp = "2026-08-04T17:00:00Z".parse().unwrap();
    assert_eq!(civil_day(late), date(2026, 8, 5));
}

#[test]
fn ids_never_repeat_even_when_the_clock_goes_back() {
    let maker = IdMaker::new(3);
    let now: Timestamp = "2026-08-04T17:00:00Z".parse().unwrap();
    let mut last = maker.next(now);
    for step in 0..100_000_i64 {
        let next = maker.next(now - jiff::SignedDuration::from_millis(step % 7));
        assert!(next > last);
        last = next;
    }
}

proptest! {
    #[test]
    fn handles_come_back(bits in 0..i64::MAX) {
        prop_assert_eq!(Id(bits).handle().parse::<Id>(), Ok(Id(bits)));
    }

    #[test]
    fn a_wrong_letter_is_caught(bits in 0..i64::MAX, at in 0_usize..13) {
        let handle = Id(bits).handle();
        let mut letters: Vec<char> = handle.chars().collect();
        letters[at] = if letters[at] == '7' { '8' } else { '7' };
        let changed: String = letters.into_iter().collect();
        prop_assert!(changed.parse::<Id>().is_err());
    }

    #[test]
    fn amounts_come_back(amount in -1_000_000_000_000_i64..1_000_000_000_000, scale in 0_u32..4) {
        prop_assert_eq!(parse_amount(&decimal(amount, scale), scale), Ok(amount));
    }

    #[test]
    fn day_numbers_come_back(number in -100_000_i64..100_000) {
        prop_assert_eq!(day_number(number_day(number)), number);
    }
}
