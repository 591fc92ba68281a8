//! Worksheets as another reader sees them.

use std::{error::Error, io::Cursor};

use calamine::{Data, Reader, Xlsx};
use kernel::Day;
use papers::sheet::{self, Book, Cell, Column, Kind, Sheet};

fn sheet(name: &str) -> Sheet {
    let kinds = vec!["định kỳ".to_owned(), "chuyên đề, đột xuất".to_owned()];
    Sheet {
        name: name.to_owned(),
        columns: vec![
            Column::new("Nội dung", 40, Kind::Text).noted("Ghi ngắn gọn"),
            Column::new("Hình thức", 16, Kind::Choice(kinds)),
            Column::new("Số người", 10, Kind::Integer),
            Column::new("Chiều dài (km)", 12, Kind::Decimal(3)),
            Column::new("Ngày", 12, Kind::Date),
        ],
    }
}

fn row(text: &str) -> Vec<Cell> {
    vec![
        Cell::Text(text.to_owned()),
        Cell::Text("định kỳ".to_owned()),
        Cell::Number(1052),
        Cell::Number(4100),
        Cell::Day(Day::constant(2026, 8, 5)),
    ]
}

#[test]
fn a_book_is_written_row_by_row_and_read_back() -> Result<(), Box<dyn Error>> {
    let mut book = Book::new("Đối thoại", Some(Day::constant(2026, 11, 22)))?;
    book.open(&sheet("Đối thoại: xã/phường"))?;
    book.rows([row("=1+1"), row("Vệ sinh môi trường")])?;
    book.open(&sheet("Đối thoại  xã phường"))?;
    book.row(&[Cell::Blank, Cell::Text("-5".to_owned())])?;
    let bytes = book.finish()?;

    let mut read: Xlsx<_> = Xlsx::new(Cursor::new(bytes))?;
    assert_eq!(read.sheet_names(), ["Đối thoại  xã phường", "Đối thoại  xã phường (2)", "Danh mục"]);
    let cells = read.worksheet_range("Đối thoại  xã phường")?;
    assert_eq!(cells.get_size(), (3, 5));
    assert_eq!(cells[(1, 0)], Data::String("=1+1".to_owned()));
    assert_eq!((&cells[(2, 2)], &cells[(2, 3)]), (&Data::Float(1052.0), &Data::Float(4.1)));
    let Data::DateTime(day) = &cells[(1, 4)] else { panic!("{:?}", cells[(1, 4)]) };
    assert_eq!(day.to_ymd_hms_milli(), (2026, 8, 5, 0, 0, 0, 0));
    assert!(read.worksheet_formula("Đối thoại  xã phường")?.is_empty(), "text never becomes a formula");
    assert_eq!(read.worksheet_range("Danh mục")?[(1, 0)], Data::String("chuyên đề, đột xuất".to_owned()));
    Ok(())
}

#[test]
fn csv_opens_in_excel_and_comes_back() -> Result<(), Box<dyn Error>> {
    let text = String::from_utf8(sheet::csv(&sheet("x"), [row("=1+1"), vec![Cell::Text("“a”, \"b\"".to_owned())]])?)?;
    assert_eq!(
        text,
        "\u{feff}Nội dung,Hình thức,Số người,Chiều dài (km),Ngày\r\n\
         '=1+1,định kỳ,1052,\"4,1\",05/08/2026\r\n\
         \"“a”, \"\"b\"\"\",,,,\r\n"
    );
    assert_eq!((sheet::unguard("'=1+1"), sheet::unguard("'tháng"), sheet::unguard("a")), ("=1+1", "'tháng", "a"));
    Ok(())
}

#[test]
fn a_book_without_an_open_sheet_says_so() -> Result<(), Box<dyn Error>> {
    let mut book = Book::new("", None)?;
    assert!(book.row(&[Cell::Blank]).is_err());
    Ok(())
}
