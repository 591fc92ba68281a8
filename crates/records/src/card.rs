//! The code on a citizen's card as a keyboard reader types it: only what the law asks of a visitor is taken, the rest is not kept.

use kernel::{Day, Refusal, show_day};
use pack::register::{Card, Register};

/// What is taken of a card, as it stands in fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    number: String,
    name: String,
    born: String,
    address: String,
}

/// Whether a register has fields that a card fills.
pub fn fills(register: &Register) -> bool {
    register.fields.iter().any(|field| field.card.is_some())
}

/// `number|old number|name|ddmmyyyy|sex|address|day of issue`; newer cards write more behind.
pub fn read(typed: &str) -> Result<Read, Refusal> {
    let unreadable = || Refusal::new("record.card_unreadable").at("card");
    let parts: Vec<String> = typed.trim().split('|').map(kernel::text::tidy).collect();
    let [number, _, name, born, _, address, ..] = parts.as_slice() else { return Err(unreadable()) };
    let digits = number.len() == 12 && number.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || name.is_empty() || address.is_empty() {
        return Err(unreadable());
    }
    let born = birth(born).ok_or_else(unreadable)?;
    Ok(Read { number: number.clone(), name: name.clone(), born, address: address.clone() })
}

/// A full date, or the year alone where the card knows no more.
fn birth(text: &str) -> Option<String> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match text.len() {
        8 => {
            let (day, month, year) = (text.get(..2)?, text.get(2..4)?, text.get(4..)?);
            let born = Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
            Some(show_day(born))
        }
        4 => Some(text.to_owned()),
        _ => None,
    }
}

impl Read {
    /// What each field of the register that takes something of a card gets.
    pub fn fields<'r>(&'r self, register: &'r Register) -> impl Iterator<Item = (&'r str, &'r str)> {
        register.fields.iter().filter_map(|field| {
            let text = match field.card? {
                Card::Number => &self.number,
                Card::Name => &self.name,
                Card::Born => &self.born,
                Card::Address => &self.address,
            };
            Some((field.id.as_str(), text.as_str()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_gives_four_things_and_no_more() {
        let pack = pack::Pack::base().unwrap();
        let register = pack.register("visit").unwrap();
        let typed =
            "001090012345|012345678|Nguyễn  Văn Mẫu|05021990|Nam|Thôn Đông, xã Hiệp Hòa, thành phố Hải Phòng|25122021";
        let read = read(typed).unwrap();
        let fields: Vec<(&str, &str)> = read.fields(register).collect();
        let expected = [
            ("citizen_name", "Nguyễn Văn Mẫu"),
            ("citizen_number", "001090012345"),
            ("citizen_born", "05/02/1990"),
            ("citizen_address", "Thôn Đông, xã Hiệp Hòa, thành phố Hải Phòng"),
        ];
        assert_eq!(fields, expected);
        let all = format!("{fields:?}");
        assert!(!all.contains("Nam\"") && !all.contains("25122021") && !all.contains("012345678|"));
    }

    #[test]
    fn what_is_no_card_is_refused() {
        for typed in ["", "001090012345", "12|3|A|01011990|Nam|B|01012020", "001090012345||A|31021990|Nam|B|01012020"] {
            assert_eq!(read(typed).unwrap_err().key, "record.card_unreadable", "{typed}");
        }
        assert!(read("001090012345||A|1990|Nữ|B").is_ok(), "an old card without the rest");
    }
}
