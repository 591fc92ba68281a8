//! Checks of papers: every field, step, deadline and child row that the text names is in each register that it is made from.

use kernel::Refusal;

use super::{Sheet, nearest_of, typing};
use crate::{
    expression::Type,
    fault::Faults,
    paper::{Name, Paper, Piece},
    read::Pack,
    register::{FieldType, Register},
};

pub(super) fn check(pack: &Pack, faults: &mut Faults<'_>) {
    for paper in pack.papers.values() {
        let path = format!("papers/{}.md", paper.head.id);
        let mut reader = Reader { sheet: Sheet { pack, path, faults }, paper };
        reader.head();
        reader.slots();
        for id in &paper.head.register {
            match pack.register(id) {
                Some(register) => reader.against(register),
                None => {
                    let line = reader.sheet.line_of("register");
                    reader.sheet.unknown_on(line, "pack.paper_register", id, pack.registers.keys().map(String::as_str));
                }
            }
        }
    }
    for phrase in &pack.phrases {
        let mut sheet = Sheet { pack, path: "papers/phrases.toml".to_owned(), faults };
        if phrase.text.trim().is_empty() || phrase.basis.trim().is_empty() {
            sheet.fault(&["phrase", &phrase.id], Refusal::new("pack.phrase_without_basis").with("id", &phrase.id));
        }
        for paper in phrase.papers.iter().filter(|id| pack.paper(id).is_none()) {
            let known: Vec<&str> = pack.papers.keys().map(String::as_str).collect();
            sheet.unknown(&["phrase", &phrase.id], "pack.unknown_paper", paper, &known);
        }
    }
    for register in pack.registers.values() {
        let mut sheet = Sheet { pack, path: format!("registers/{}.toml", register.id), faults };
        for (step, id) in register.steps.iter().filter_map(|step| Some((&step.id, step.paper.as_ref()?))) {
            let known: Vec<&str> = pack.papers_of(register).iter().map(|paper| paper.head.id.as_str()).collect();
            if !known.contains(&id.as_str()) {
                sheet.unknown(&["step", step, "paper"], "pack.unknown_paper", id, &known);
            }
        }
    }
}

struct Reader<'p, 's, 'f> {
    sheet: Sheet<'p, 's, 'f>,
    paper: &'p Paper,
}

impl<'p> Reader<'p, '_, '_> {
    fn head(&mut self) {
        let head = &self.paper.head;
        if head.label.vi.trim().is_empty() {
            self.sheet.fault_on(self.sheet.line_of("label"), Refusal::new("pack.no_label").with("id", &head.id));
        }
        if head.register.is_empty() {
            self.sheet.fault_on(
                self.sheet.line_of("register"),
                Refusal::new("pack.outline_for_nobody").with("key", "register"),
            );
        }
    }

    fn slots(&mut self) {
        let mut seen: Vec<&str> = Vec::new();
        for slot in self.paper.slots() {
            if seen.contains(&slot.id.as_str()) {
                self.sheet.fault_on(slot.line, Refusal::new("pack.twice").with("id", &slot.id));
            }
            seen.push(&slot.id);
        }
    }

    fn against(&mut self, register: &'p Register) {
        let head = &self.paper.head;
        for (key, field, kind) in [
            ("number", &head.number, FieldType::Text),
            ("day", &head.day, FieldType::Date),
            ("received", &head.received, FieldType::Date),
        ] {
            let Some(id) = field else { continue };
            let line = self.sheet.line_of(key);
            match register.field(id) {
                Some(field) if field.kind == kind && !field.private && !field.many => {}
                Some(_) => self.sheet.fault_on(line, Refusal::new("pack.paper_field_kind").with("field", id)),
                None => self.unknown_field(line, register, id, None),
            }
        }
        let paper = self.paper;
        let mut named = Vec::new();
        paper.values(&mut |value, rows| named.push((value, rows)));
        for (value, rows) in named {
            self.value(register, &value.name, value.line, rows);
        }
        let mut rows = Vec::new();
        paper.pieces(&mut |piece, _| match piece {
            Piece::Each { rows: id, line, .. } | Piece::Table { rows: id, line, .. } => rows.push((*line, id)),
            _ => {}
        });
        for (line, id) in rows {
            if register.rows(id).is_none() {
                self.sheet.unknown_on(line, "pack.paper_rows", id, register.rows.iter().map(|rows| rows.id.as_str()));
            }
        }
        let mut conditions = Vec::new();
        paper.conditions(&mut |when, line, rows| conditions.push((when, line, rows)));
        for (when, line, rows) in conditions {
            let Some(expression) = self.sheet.pack.expression(when) else { continue };
            match expression.check(&typing::names(self.sheet.pack, register, rows)) {
                Err(refusal) => self.sheet.fault_on(line, refusal),
                Ok(Type::Bool | Type::Any) => {}
                Ok(kind) => {
                    let refusal = Refusal::new("pack.not_a_condition").with("expression", when);
                    self.sheet.fault_on(line, refusal.with("kind", kind.name()));
                }
            }
        }
    }

    fn value(&mut self, register: &'p Register, name: &'p Name, line: usize, rows: Option<&str>) {
        match name {
            Name::Field(id) => match register.field(id) {
                Some(field) if field.sealed || (field.private && self.paper.head.anonymous) => {
                    self.sheet.fault_on(line, Refusal::new("pack.paper_names_a_person").with("field", id));
                }
                Some(_) => {}
                None => self.unknown_field(line, register, id, None),
            },
            Name::Row(id) => {
                let Some(rows) = rows.and_then(|rows| register.rows(rows)) else {
                    self.sheet.fault_on(line, Refusal::new("pack.paper_row_outside").with("field", id));
                    return;
                };
                if rows.field(id).is_none() {
                    self.unknown_field(line, register, id, Some(rows));
                }
            }
            Name::On(id) if register.step(id).is_none() => {
                self.sheet.unknown_on(line, "pack.paper_step", id, register.steps.iter().map(|step| step.id.as_str()));
            }
            Name::Clock(id, _) if register.clock(id).is_none() => {
                self.sheet.unknown_on(
                    line,
                    "pack.paper_clock",
                    id,
                    register.clocks.iter().map(|clock| clock.id.as_str()),
                );
            }
            Name::Linked(link, id) => {
                let linked = register.field(link).filter(|field| field.kind == FieldType::Link && !field.many);
                let linked = linked.and_then(|field| self.sheet.pack.register(field.register.as_deref()?));
                match linked {
                    None => self.unknown_field(line, register, link, None),
                    // What is sealed in another record is not opened through a link.
                    Some(linked) => match linked.field(id) {
                        Some(field) if !field.private => {}
                        Some(_) => self.sheet.fault_on(line, typing::private_used(id)),
                        None => self.unknown_field(line, linked, id, None),
                    },
                }
            }
            Name::Word(_) | Name::On(_) | Name::Clock(..) => {}
        }
    }

    fn unknown_field(&mut self, line: usize, register: &Register, id: &str, rows: Option<&crate::register::Rows>) {
        let fields = rows.map_or(&register.fields, |rows| &rows.fields);
        let known: Vec<&str> = fields.iter().map(|field| field.id.as_str()).collect();
        let nearest = nearest_of(id, &known);
        let refusal = Refusal::new("pack.paper_field").with("name", id).with("register", &register.id);
        self.sheet.fault_on(line, refusal.with("nearest", nearest));
    }
}
