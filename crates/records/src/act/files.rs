//! Files of a record: attached, taken away; the stored bytes and the entry stay.

use db::Result;
use kernel::Id;
use serde_json::json;

use super::{note, read};
use crate::{house::House, record::By, store};

/// Attaches a file that was stored already.
pub async fn attach(
    house: &House,
    by: &By,
    id: Id,
    field: &str,
    name: &str,
    media: &str,
    stored: db::Stored,
) -> Result<Id> {
    let (record, _) = read(house, id).await?;
    let file_id = house.ids.next(by.now);
    let name =
        if house.now().register(&record.register)?.is_sealed() { plain_name(file_id, name) } else { name.to_owned() };
    let file = store::Attachment {
        id: file_id.0,
        record: id.0,
        field: field.to_owned(),
        name: kernel::text::tidy(&name),
        media: media.to_owned(),
        size: stored.size,
        hash: stored.hash,
        at_ms: by.now.as_millisecond(),
        account: by.account,
    };
    let (file, act) = (&file, format!("{}.attach", record.register));
    let act = act.as_str();
    house
        .db
        .write(|tx, _| {
            Box::pin(async move {
                store::add_file(tx, file).await?;
                let body = json!({ "name": file.name, "size": file.size, "hash": file.hash });
                note(tx, house, by, id, act, body).await
            })
        })
        .await?;
    Ok(file_id)
}

/// A name may tell who wrote: of a sealed register's files only the kind is kept.
fn plain_name(file: Id, name: &str) -> String {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let known = ["pdf", "docx", "xlsx", "jpg", "jpeg", "png", "txt"].into_iter().find(|known| *known == ending);
    format!("tai-lieu-{file}.{}", known.unwrap_or("bin"))
}

/// Takes a file away from a record; the stored bytes and the entry stay.
pub async fn detach(house: &House, by: &By, id: Id, file: Id) -> Result<()> {
    let (record, _) = read(house, id).await?;
    let act = format!("{}.detach", record.register);
    let act = act.as_str();
    house
        .db
        .write(|tx, _| {
            Box::pin(async move {
                let gone = store::file(tx, file).await?;
                store::drop_file(tx, file, id).await?;
                let body = json!({ "name": gone.name, "hash": gone.hash });
                note(tx, house, by, id, act, body).await
            })
        })
        .await
}
