//! Why a token does not stand for what a request says.

/// Why somebody may not speak for the user or the account that they name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// There is no token.
    #[error(
        "there is no token: what is a user's is given and taken here only with a token that your \
         backend has signed for them; pass it to `identify` as `token`, or send it beside the \
         message. Servers send the secret key instead"
    )]
    Missing,
    /// It is none, or not one that was signed here; and why.
    #[error("the token is not good: {0}")]
    Invalid(&'static str),
    /// Its time is over.
    #[error("the token has expired; fetch a new one from your backend and pass it to `identify`")]
    Expired,
    /// A reset has given it up.
    #[error(
        "the token was given up by a reset; fetch a new one from your backend and pass it to \
         `identify`"
    )]
    Revoked,
    /// It is good, but for another user.
    #[error(
        "the token was signed for another user: its `sub` must be this `userId`; fetch one for this \
         user"
    )]
    OtherUser,
    /// It is good, but does not name this account.
    #[error("the token does not name this account: sign it with `account` set to the account's id")]
    OtherAccount,
}

impl Flaw {
    /// A short name for it, for programs. All begin with `identity_`.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Missing => "identity_token_missing",
            Self::Invalid(_) => "identity_token_invalid",
            Self::Expired => "identity_token_expired",
            Self::Revoked => "identity_token_revoked",
            Self::OtherUser | Self::OtherAccount => "identity_mismatch",
        }
    }

    /// Which field of the request.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Missing | Self::Invalid(_) | Self::Expired | Self::Revoked => "token",
            Self::OtherUser => "userId",
            Self::OtherAccount => "groupId",
        }
    }
}
