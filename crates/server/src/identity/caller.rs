//! Who sends a request, and for whom they may speak.

use crate::auth::Key;
use crate::identity::{Claims, Flaw, Mode, Presented, Traffic};
use crate::message::Received;
use crate::store::Project;

/// For whom a request may speak where it names only a browser that a user has claimed. The browser's
/// id alone proves nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Vouched {
    /// For anybody: nothing is enforced, or a server is speaking.
    Everyone,
    /// For this user.
    User(String),
    /// For no user at all.
    Nobody,
}

impl Vouched {
    /// Whether it may speak for this user.
    pub(crate) fn is_for(&self, user: &str) -> bool {
        match self {
            Self::Everyone => true,
            Self::User(vouched) => vouched == user,
            Self::Nobody => false,
        }
    }
}

/// On what terms messages are taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Terms {
    pub vouched: Vouched,
    /// Whether a message id counts once per sender. Else it does per project, and who knows an id
    /// beforehand could use it up, or learn from the answer whether it was used.
    pub own_ids: bool,
}

/// Who sends a request.
#[derive(Debug)]
pub(crate) struct Caller {
    /// What holds for this request.
    mode: Mode,
    /// Whether anything is enforced in the project.
    enforced: bool,
    token: Result<Claims, Flaw>,
    traffic: Traffic,
}

impl Caller {
    /// Who sends a request with this key and this token, at `now`, wall milliseconds.
    pub(crate) fn new(project: &Project, key: Key, token: &Presented, now: i64) -> Self {
        let rules = project.identity.rules();
        // Who has the secret key may do everything.
        let mode = match key {
            Key::Write => rules.mode,
            Key::Secret => Mode::Off,
        };
        let token = match mode {
            Mode::Off => Err(Flaw::Missing),
            Mode::Observe | Mode::Enforce => project.identity.verify(token, &rules, now),
        };
        Self {
            mode,
            enforced: rules.mode == Mode::Enforce,
            token,
            traffic: Traffic::default(),
        }
    }

    /// Whether they may speak for this user and this account, where those are named. Counts it.
    ///
    /// # Errors
    /// Why not, where that is enforced.
    pub(crate) fn check(&mut self, user: Option<&str>, account: Option<&str>) -> Result<(), Flaw> {
        if self.mode == Mode::Off || (user.is_none() && account.is_none()) {
            return Ok(());
        }
        let judged = self.judge(user, account);
        match judged {
            Ok(()) => self.traffic.signed += 1,
            Err(Flaw::Missing) => self.traffic.unsigned += 1,
            Err(_) => self.traffic.invalid += 1,
        }
        if self.mode == Mode::Enforce {
            judged
        } else {
            Ok(())
        }
    }

    /// As [`Caller::check`], of a message.
    ///
    /// # Errors
    /// The same.
    pub(crate) fn check_message(&mut self, message: &Received) -> Result<(), Flaw> {
        self.check(message.user.as_deref(), message.account.as_deref())
    }

    fn judge(&self, user: Option<&str>, account: Option<&str>) -> Result<(), Flaw> {
        let claims = self.token.as_ref().map_err(|flaw| *flaw)?;
        if user.is_some_and(|user| user != claims.user) {
            return Err(Flaw::OtherUser);
        }
        if account.is_some() && account != claims.account.as_deref() {
            return Err(Flaw::OtherAccount);
        }
        Ok(())
    }

    /// For whom they may speak where only a browser is named.
    pub(crate) fn vouched(&self) -> Vouched {
        match (self.mode, &self.token) {
            (Mode::Off | Mode::Observe, _) => Vouched::Everyone,
            (Mode::Enforce, Ok(claims)) => Vouched::User(claims.user.clone()),
            (Mode::Enforce, Err(_)) => Vouched::Nobody,
        }
    }

    /// On what terms their messages are taken in.
    pub(crate) fn terms(&self) -> Terms {
        Terms {
            vouched: self.vouched(),
            own_ids: self.enforced,
        }
    }

    /// What was counted, and the secret that was used.
    pub(crate) fn counted(&self) -> (Traffic, Option<i64>) {
        let secret = self.token.as_ref().ok().map(|claims| claims.secret);
        (self.traffic, secret)
    }
}
