//! Files from strangers who mean no good.

use std::io::Write;

use zip::{ZipWriter, write::SimpleFileOptions};

use super::commune_workbook;
use crate::import::sheet;

fn zipped(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn refused(bytes: Vec<u8>) -> String {
    sheet::read(&[("x.xlsx".to_owned(), bytes)]).unwrap_err().key.into_owned()
}

#[test]
fn hostile_files_are_refused_before_anything_believes_them() {
    let honest = commune_workbook("31/ubnd");
    let with = |name: &str, content: Vec<u8>| {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(honest.clone())).unwrap();
        let mut parts = Vec::new();
        for place in 0..archive.len() {
            let mut part = archive.by_index(place).unwrap();
            let own = part.name().unwrap().into_owned();
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut part, &mut bytes).unwrap();
            parts.push((own, bytes));
        }
        parts.retain(|(own, _)| own != name);
        parts.push((name.to_owned(), content));
        let parts: Vec<(&str, Vec<u8>)> = parts.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
        zipped(&parts)
    };
    let strings = "xl/sharedStrings.xml";
    assert_eq!(refused(with("xl/media/bomb.bin", vec![0; 60 << 20])), "import.inflates_too_far");
    assert_eq!(refused(with(strings, b"<sst uniqueCount=\"99999999999\"></sst>".to_vec())), "import.inflates_too_far");
    assert_eq!(refused(with(strings, b"<sst uniqueCount=\"500000\"></sst>".to_vec())), "import.inflates_too_far");
    assert_eq!(refused(with(strings, b"<!DOCTYPE x [<!ENTITY a \"b\">]><sst/>".to_vec())), "import.entities");
    assert_eq!(refused(with("xl/workbook.xml", b"nonsense".to_vec())), "import.unreadable_workbook");
    assert_eq!(refused(honest[..honest.len() / 2].to_vec()), "import.unreadable_workbook");
    assert_eq!(refused(vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1]), "import.old_workbook");
    assert_eq!(refused(b"%PDF-1.7".to_vec()), "import.not_a_sheet");
    let many: Vec<(String, Vec<u8>)> = (0..1_200).map(|number| (format!("x{number}"), Vec::new())).collect();
    let many: Vec<(&str, Vec<u8>)> = many.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    assert_eq!(refused(zipped(&many)), "import.inflates_too_far");
    let latin = sheet::read(&[("x.csv".to_owned(), vec![b'a', 0xE9, b'b'])]).unwrap_err();
    assert_eq!(latin.key, "import.not_utf8");
    // The cell at XFD1048576 makes no row, and nothing before it.
    let sheets = sheet::read(&[("x.xlsx".to_owned(), honest)]).unwrap();
    assert!(sheets[0].rows.iter().all(|row| row.number < 100 && row.cells.len() <= 9));
}
