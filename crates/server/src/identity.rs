//! Identity: who may speak for a user.
//!
//! The write key is public, so by itself it proves nothing about who a user is. A *token* does: a
//! JWT that the customer's backend signs for the user with a secret which only it and the collector
//! have. How much depends on that is the project's [`Mode`].
//!
//! Tokens are verified where requests come in, never on the writer's thread, and are kept nowhere.

mod caller;
mod flaw;
mod revoked;
mod secret;
mod tally;
mod token;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub(crate) use self::caller::{Caller, Terms, Vouched};
pub use self::flaw::Flaw;
pub(crate) use self::revoked::{Digest, Revoked};
pub(crate) use self::secret::Secret;
pub(crate) use self::tally::{Counted, Traffic};
pub(crate) use self::token::{Claims, Presented};

use self::tally::Tally;

/// So many secrets may be live at the same time: the old one and the new one.
pub(crate) const MOST_SECRETS: usize = 2;

/// What is done with a user's data for want of a good token.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, clap::ValueEnum,
)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// It is given and taken; tokens are not looked at.
    #[default]
    Off,
    /// It is given and taken; how much of it is signed is counted.
    Observe,
    /// It is neither given nor taken.
    Enforce,
}

impl Mode {
    /// Its name on the wire and on disk.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Observe => "observe",
            Self::Enforce => "enforce",
        }
    }

    pub(crate) fn read(name: &str) -> Option<Self> {
        [Self::Off, Self::Observe, Self::Enforce]
            .into_iter()
            .find(|mode| mode.name() == name)
    }
}

/// What a project's operator has laid down.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rules {
    pub mode: Mode,
    pub secrets: Vec<Secret>,
}

/// A project's identity, as the collector holds it in memory.
#[derive(Debug)]
pub(crate) struct Identity {
    rules: RwLock<Arc<Rules>>,
    revoked: RwLock<Revoked>,
    tally: Mutex<Tally>,
}

impl Identity {
    pub(crate) fn new(rules: Rules, revoked: Revoked) -> Self {
        Self {
            rules: RwLock::new(Arc::new(rules)),
            revoked: RwLock::new(revoked),
            tally: Mutex::default(),
        }
    }

    /// The rules as they are now.
    pub(crate) fn rules(&self) -> Arc<Rules> {
        Arc::clone(&self.rules.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts new rules in place.
    pub(crate) fn set_rules(&self, rules: Arc<Rules>) {
        *self.rules.write().unwrap_or_else(PoisonError::into_inner) = rules;
    }

    /// Refuses a token from now on.
    pub(crate) fn revoke(&self, claims: &Claims, now: i64) {
        self.revoked
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .add(claims.digest, claims.forgotten_at(), now);
    }

    /// What a token says, if it is good at `now`, wall milliseconds.
    pub(crate) fn verify(
        &self,
        presented: &Presented,
        rules: &Rules,
        now: i64,
    ) -> Result<Claims, Flaw> {
        let claims = token::verify(presented, &rules.secrets, now)?;
        let revoked = self.revoked.read().unwrap_or_else(PoisonError::into_inner);
        if revoked.has(&claims.digest) {
            return Err(Flaw::Revoked);
        }
        Ok(claims)
    }

    /// What has been counted and is not on disk yet.
    pub(crate) fn tally(&self) -> MutexGuard<'_, Tally> {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
