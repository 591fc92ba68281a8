//! The finished file: what docx-rs has no words for (repeated heads, shared headers, language, title), compressed, without the clock.

use std::io::{Cursor, Read, Write};

use docx_rs::Docx;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::order::in_order;
use crate::{Paper, PaperError, xml_holds};

/// docx-rs cannot say that a row of heads repeats: a row one twip high stands for it until the file is packed.
const REPEATS: (&str, &str) = (r#"<w:trHeight w:val="1" w:hRule="auto" />"#, "<w:tblHeader />");

pub(super) fn pack(docx: Docx, paper: &Paper) -> Result<Vec<u8>, PaperError> {
    let fault = |fault: zip::result::ZipError| PaperError::Docx(fault.to_string());
    let slip = |fault: std::io::Error| PaperError::Docx(fault.to_string());
    let mut raw = Cursor::new(Vec::new());
    docx.build().pack(&mut raw).map_err(|fault| PaperError::Docx(fault.to_string()))?;
    let mut parts = ZipArchive::new(raw).map_err(fault)?;
    let mut packed = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    for place in 0..parts.len() {
        let mut part = parts.by_index(place).map_err(fault)?;
        if part.is_dir() {
            continue;
        }
        let name = part.name().map_err(fault)?.into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).map_err(slip)?;
        packed.start_file(name.as_str(), options).map_err(fault)?;
        packed.write_all(&amended(&name, content, paper)).map_err(slip)?;
    }
    Ok(packed.finish().map_err(fault)?.into_inner())
}

fn amended(name: &str, content: Vec<u8>, paper: &Paper) -> Vec<u8> {
    let change = |content: Vec<u8>, change: &dyn Fn(&str) -> String| match String::from_utf8(content) {
        Ok(text) => change(&text.replace(|letter| !xml_holds(letter), "")).into_bytes(),
        Err(unread) => unread.into_bytes(),
    };
    match name {
        "word/document.xml" => {
            change(content, &|text| in_order(&share_headers(&without_counts(&text.replace(REPEATS.0, REPEATS.1)))))
        }
        "word/styles.xml" => change(content, &|text| {
            in_order(&text.replace("</w:rPr></w:rPrDefault>", r#"<w:lang w:val="vi-VN" /></w:rPr></w:rPrDefault>"#))
        }),
        "docProps/core.xml" => change(content, &|text| {
            let title = format!("<dc:language>vi</dc:language><dc:title>{}</dc:title>", escape(&paper.title()));
            let author = escape(&paper.head.body.replace('\n', " "));
            text.replace(">unknown<", &format!(">{author}<"))
                .replace("</cp:coreProperties>", &format!("{title}</cp:coreProperties>"))
        }),
        _ if name.starts_with("word/") => change(content, &|text| in_order(&without_counts(text))),
        _ => content,
    }
}

/// docx-rs numbers the paragraphs of all papers of a thread in one run; nothing here refers to them.
fn without_counts(part: &str) -> String {
    const COUNT: &str = r#" w14:paraId=""#;
    let mut pieces = part.split(COUNT);
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        text.push_str(piece.split_once('"').map_or(piece, |(_, rest)| rest));
    }
    text
}

/// docx-rs keeps one header of a section and loses the others: every section is given those of the last.
fn share_headers(document: &str) -> String {
    const SECTION: &str = "<w:sectPr>";
    let Some(last) = document.rfind(SECTION) else {
        return document.to_owned();
    };
    let (before, section) = document.split_at(last);
    let (mut references, mut rest) = (String::new(), String::new());
    for element in section.split_inclusive('>') {
        let is_reference = element.starts_with("<w:headerReference") || element.starts_with("<w:footerReference");
        if is_reference { &mut references } else { &mut rest }.push_str(element);
    }
    let shared = format!("{SECTION}{references}");
    format!("{}{}", before.replace(SECTION, &shared), rest.replacen(SECTION, &shared, 1))
}

fn escape(text: &str) -> String {
    text.replace(|letter| !xml_holds(letter), "").replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
