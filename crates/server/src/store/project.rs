//! A project: its keys, and the content its users get.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;
use uuid::Uuid;

use crate::catalog::Catalog;
use crate::identity::Identity;
use crate::settings::Kept;
use crate::store::{StoreError, content, identity, settings};

/// The two keys of a project.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Keys {
    /// Public: whoever has it may send events and boot, and read nothing.
    pub write_key: String,
    /// Secret: whoever has it may read and change everything.
    pub secret_key: String,
}

/// Says nothing: keys do not belong into logs.
impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(…)")
    }
}

/// A project, as the collector holds it in memory.
#[derive(Debug)]
pub struct Project {
    /// Its row.
    pub(crate) id: i64,
    /// Its keys.
    pub keys: Keys,
    /// Who may speak for its users.
    pub(crate) identity: Identity,
    catalog: RwLock<Arc<Catalog>>,
    settings: RwLock<Arc<Kept>>,
}

impl Project {
    /// The project of this database, with new keys if there is none yet.
    pub(crate) fn load(connection: &Connection) -> Result<Self, StoreError> {
        let keys = generate();
        // Two processes may come here at once; the row of the first one stays.
        connection.execute(
            "INSERT INTO projects (id, name, write_key, secret_key) VALUES (1, 'default', ?1, ?2)
             ON CONFLICT DO NOTHING",
            (&keys.write_key, &keys.secret_key),
        )?;
        let row = connection
            .query_row(
                "SELECT id, write_key, secret_key FROM projects ORDER BY id LIMIT 1",
                [],
                |row| {
                    let keys = Keys {
                        write_key: row.get(1)?,
                        secret_key: row.get(2)?,
                    };
                    Ok((row.get(0)?, keys))
                },
            )
            .optional()?;
        let (id, keys) = row.ok_or(StoreError::Unreadable {
            what: "a project",
            problem: "there is none".to_owned(),
        })?;
        let catalog = content::load_catalog(connection, id)?;
        Ok(Self {
            id,
            keys,
            identity: identity::load(connection, id)?,
            catalog: RwLock::new(Arc::new(catalog)),
            settings: RwLock::new(Arc::new(settings::load(connection, id)?)),
        })
    }

    /// What is published now.
    pub(crate) fn catalog(&self) -> Arc<Catalog> {
        Arc::clone(&self.catalog.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts what has been published in place.
    pub(crate) fn set_catalog(&self, catalog: Arc<Catalog>) {
        *self.catalog.write().unwrap_or_else(PoisonError::into_inner) = catalog;
    }

    /// How it is set now.
    pub(crate) fn settings(&self) -> Arc<Kept> {
        Arc::clone(&self.settings.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts what has been set in place.
    pub(crate) fn set_settings(&self, settings: Arc<Kept>) {
        *self
            .settings
            .write()
            .unwrap_or_else(PoisonError::into_inner) = settings;
    }
}

fn generate() -> Keys {
    Keys {
        write_key: format!("wk_{}", Uuid::new_v4().simple()),
        // Two of them: 244 random bits.
        secret_key: format!("sk_{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple()),
    }
}
