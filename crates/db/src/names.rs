//! Names given to integers, once and for ever.

use std::{collections::HashMap, sync::RwLock};

use crate::{Db, Result, Tx, args};

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Space {
    Register,
    /// `register.field`
    Field,
    /// A choice, topic or other word that is a value.
    Word,
    /// `register.figure@hash`
    Figure,
    /// One combination of the values of a figure's `by` fields, as JSON.
    Part,
    /// A subject that figures count over: a post, an agreement.
    Subject,
}

impl Space {
    fn code(self) -> &'static str {
        match self {
            Space::Register => "register",
            Space::Field => "field",
            Space::Word => "word",
            Space::Figure => "figure",
            Space::Part => "part",
            Space::Subject => "subject",
        }
    }
}

const FIND: &str = "select id from name where space = $1 and name = $2";
const NEXT: &str = "select coalesce(max(id), 0) + 1 from name";
const ADD: &str = "insert into name (id, space, name) values ($1, $2, $3) on conflict (space, name) do nothing";
const NAME: &str = "select name from name where id = $1";
const LIST: &str = "select id, name from name where space = $1 order by id";

/// The names already met, so that a save asks the database only for new ones.
#[derive(Debug, Default)]
pub struct Names {
    ids: RwLock<HashMap<(Space, String), i64>>,
    names: RwLock<HashMap<i64, String>>,
}

impl Names {
    /// The integer of a name, given one if it has none, in a transaction of its own: savers never wait for each other here.
    pub async fn intern(&self, db: &Db, space: Space, name: &str) -> Result<i64> {
        if let Some(id) = self.known(space, name) {
            return Ok(id);
        }
        let id = db
            .write(|tx, _| {
                Box::pin(async move {
                    if let Some((id,)) = tx.maybe::<(i64,)>(FIND, args![space.code(), name]).await? {
                        return Ok(id);
                    }
                    tx.lock_names().await?;
                    let (next,): (i64,) = tx.one(NEXT, args![]).await?;
                    tx.run(ADD, args![next, space.code(), name]).await?;
                    let (id,): (i64,) = tx.one(FIND, args![space.code(), name]).await?;
                    Ok(id)
                })
            })
            .await?;
        self.keep(space, name, id);
        Ok(id)
    }

    /// The integer of a name, if it was ever given one.
    pub async fn find(&self, tx: &mut Tx, space: Space, name: &str) -> Result<Option<i64>> {
        if let Some(id) = self.known(space, name) {
            return Ok(Some(id));
        }
        let found = tx.maybe::<(i64,)>(FIND, args![space.code(), name]).await?.map(|(id,)| id);
        if let Some(id) = found {
            self.keep(space, name, id);
        }
        Ok(found)
    }

    /// The name of an integer.
    pub async fn name(&self, tx: &mut Tx, id: i64) -> Result<String> {
        if let Ok(names) = self.names.read()
            && let Some(name) = names.get(&id)
        {
            return Ok(name.clone());
        }
        let (name,): (String,) = tx.one(NAME, args![id]).await?;
        if let Ok(mut names) = self.names.write() {
            names.insert(id, name.clone());
        }
        Ok(name)
    }

    /// All names of a space.
    pub async fn list(&self, tx: &mut Tx, space: Space) -> Result<Vec<(i64, String)>> {
        tx.all(LIST, args![space.code()]).await
    }

    /// The integer of a name that was met before.
    pub fn known(&self, space: Space, name: &str) -> Option<i64> {
        self.ids.read().ok()?.get(&(space, name.to_owned())).copied()
    }

    fn keep(&self, space: Space, name: &str, id: i64) {
        if let Ok(mut ids) = self.ids.write() {
            ids.insert((space, name.to_owned()), id);
        }
        if let Ok(mut names) = self.names.write() {
            names.insert(id, name.to_owned());
        }
    }
}
