//! Puts properties in the order that the standard asks for (ISO/IEC 29500-1, `wml.xsd`): docx-rs writes them in its own, which Word may refuse.

/// For each element with an order, its children in it. Children not named here follow, as they came.
const ORDERS: [(&str, &[&str]); 7] = [
    (
        "w:pPr",
        &[
            "pStyle",
            "keepNext",
            "keepLines",
            "pageBreakBefore",
            "widowControl",
            "numPr",
            "pBdr",
            "shd",
            "tabs",
            "snapToGrid",
            "spacing",
            "ind",
            "jc",
            "textAlignment",
            "outlineLvl",
            "rPr",
            "sectPr",
        ],
    ),
    (
        "w:rPr",
        &[
            "rStyle",
            "rFonts",
            "b",
            "bCs",
            "i",
            "iCs",
            "vanish",
            "color",
            "spacing",
            "sz",
            "szCs",
            "highlight",
            "u",
            "lang",
        ],
    ),
    ("w:tblPr", &["tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar"]),
    ("w:tcPr", &["tcW", "gridSpan", "vMerge", "tcBorders", "shd", "tcMar", "vAlign"]),
    ("w:sectPr", &["headerReference", "footerReference", "pgSz", "pgMar", "pgNumType", "cols", "titlePg", "docGrid"]),
    ("w:style", &["name", "basedOn", "next", "link", "uiPriority", "qFormat", "pPr", "rPr", "tblPr"]),
    ("w:settings", &["zoom", "defaultTabStop"]),
];

/// An element being read.
#[derive(Default)]
struct Element {
    name: String,
    tag: String,
    /// Each with its place in the order.
    children: Vec<(usize, String)>,
}

impl Element {
    fn close(mut self, end: &str) -> (String, String) {
        self.children.sort_by_key(|(place, _)| *place);
        let text = self.tag + &self.children.into_iter().map(|(_, child)| child).collect::<String>() + end;
        (self.name, text)
    }

    fn take(&mut self, name: &str, text: String) {
        let order = ORDERS.iter().find(|(known, _)| *known == self.name).map(|(_, order)| *order);
        let local = name.trim_start_matches("w:");
        let place = order.map_or(0, |order| order.iter().position(|known| *known == local).unwrap_or(order.len()));
        self.children.push((place, text));
    }
}

/// The part with every element's children in order.
pub(super) fn in_order(part: &str) -> String {
    let mut open = vec![Element::default()];
    let mut rest = part;
    while let Some(start) = rest.find('<') {
        let (text, tagged) = rest.split_at(start);
        let (tag, after) = tagged.split_at(tagged.find('>').map_or(tagged.len(), |end| end + 1));
        rest = after;
        if let Some(last) = open.last_mut() {
            if !text.is_empty() {
                last.take("", text.to_owned());
            }
            let name = tag.trim_start_matches(['<', '/']).split([' ', '/', '>']).next().unwrap_or_default();
            if name == "w:gridCol" {
                // A column of the grid has a width and no kind of width.
                last.take(name, tag.replace(r#" w:type="dxa""#, ""));
            } else if tag.starts_with("<?") || tag.ends_with("/>") {
                last.take(name, tag.to_owned());
            } else if !tag.starts_with("</") {
                open.push(Element { name: name.to_owned(), tag: tag.to_owned(), children: Vec::new() });
            } else if open.len() > 1
                && let Some(closed) = open.pop()
                && let Some(parent) = open.last_mut()
            {
                let (name, text) = closed.close(tag);
                parent.take(&name, text);
            }
        }
    }
    let mut whole = String::with_capacity(part.len());
    for element in open {
        whole.push_str(&element.close("").1);
    }
    whole + rest
}
