//! One SQL view for each register, for tools that read the database beside danvan.

use db::{Result, Space};

use crate::house::House;

/// Makes them anew and gives their names. Private fields are in none.
pub async fn make(house: &House) -> Result<Vec<String>> {
    let snapshot = house.now();
    let mut views = Vec::new();
    for register in snapshot.pack.registers.values() {
        let id = house.names.intern(&house.db, Space::Register, &register.id).await?;
        let fields: Vec<&str> =
            register.fields.iter().filter(|field| !field.private).map(|field| field.id.as_str()).collect();
        let view = format!("so_{}", register.id);
        let mut tx = house.db.begin().await?;
        db::dialect::lay_view(&mut tx, &view, id, &fields).await?;
        tx.commit().await?;
        views.push(view);
    }
    Ok(views)
}
