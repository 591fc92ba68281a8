//! The accounts of the demo: one for each role, and a head who must answer.

use db::Result;
use jiff::Timestamp;
use pack::register::Role;
use people::DemoAccount;
use records::House;

/// The same for all: these are illustrative accounts of an illustrative instance.
const PASSWORD: &str = "minh-hoa-2026";

const ACCOUNTS: [(&str, &str, Role, &str); 8] = [
    ("tinh", "Trần Văn Minh Họa", Role::Clerk, "31"),
    ("lanh-dao", "Nguyễn Thị Minh Họa", Role::Leader, "31"),
    ("duyet", "Lê Thị Minh Họa", Role::Approver, "31"),
    ("xa", "Phạm Văn Minh Họa", Role::Clerk, "11560/ubnd"),
    ("chu-tich", "Hoàng Văn Minh Họa", Role::Leader, "11560/ubnd"),
    ("kiem-tra", "Vũ Thị Minh Họa", Role::Inspector, "31"),
    ("xem", "Đặng Văn Minh Họa", Role::Auditor, "31"),
    ("quan-tri", "Bùi Thị Minh Họa", Role::Administrator, "31"),
];

/// The passphrase of those who open sealed cases in the demo.
const PASSPHRASE: &str = "minh họa niêm phong 2026";
/// Who opens sealed cases, and the second person: in the books of the city and its People's Committee, and at a commune's desk.
const HANDLERS: [&str; 4] = ["tinh", "lanh-dao", "xa", "chu-tich"];

/// Makes the accounts that are not there yet, and lists them all.
pub(crate) async fn make(house: &House, now: Timestamp) -> Result<Vec<DemoAccount>> {
    let snapshot = house.now();
    let today = kernel::civil_day(now);
    let mut all = Vec::new();
    let mut handlers = Vec::new();
    for (login, name, role, code) in ACCOUNTS {
        let unit = snapshot.tree.find(code, today)?;
        let by = (0, 0);
        let (account, invitation) = people::add(&house.db, &house.ids, by, login, name, role, unit.0, now).await?;
        if let Some(invitation) = invitation {
            people::choose_first(&house.db, &house.ids, &account, &invitation, PASSWORD, now).await?;
            if HANDLERS.contains(&login) {
                let council =
                    snapshot.tree.kinds().body_kind("ubnd").and_then(|kind| snapshot.tree.kinds().bodies[kind].slot);
                let committee = unit.ground().body(council.unwrap_or(0));
                let mut books = vec![unit.0, committee.0];
                books.dedup();
                handlers.push((account.id, books));
            }
        }
        let what = format!("{}, {}", people::role_label(role.name()).vi, snapshot.tree.at(today).title(unit));
        all.push(DemoAccount { login: login.to_owned(), password: PASSWORD.to_owned(), what });
    }
    for (account, books) in handlers {
        house.vault.choose_passphrase(&house.db, account, None, PASSPHRASE, now.as_millisecond()).await?;
        let mut tx = house.db.begin().await?;
        for unit in books {
            house.vault.name_handler(&mut tx, unit, account, account, now.as_millisecond()).await?;
        }
        tx.commit().await?;
    }
    Ok(all)
}
