//! `DELETE /api/v1/people/{id}`: erasing a person.

use axum::Json;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use serde::Deserialize;

use crate::app::AppState;
use crate::error::{Error, ErrorBody};
use crate::store::Erased;
use crate::store::people::Who;

/// Which kind of id it is.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Whose {
    /// `true` if the id is a browser's anonymous id, not a user's.
    #[serde(default)]
    anonymous: bool,
}

/// Erases a person: every trace of them, for good.
///
/// With a user go all browsers that have joined them, and of all of these the events, traits, sessions
/// and visits. The numbers are then as if the person had never been there. Not a byte of it stays in the
/// data folder's files when the answer comes: for that the database is written anew, which takes ten to
/// twenty seconds a gigabyte, while other writes wait, and needs as much free space again in the folder
/// and in that for temporary files. Requests that are sent at the same time share that.
///
/// What stays: the traits of their accounts, which belong to the account and not to its users, whoever
/// told of them; what other people's events say about them; copies of the data folder. A browser that
/// still has something of theirs to send will send it, and it counts as somebody new's: erase a person
/// once they can no longer sign in.
#[utoipa::path(
    delete,
    path = "/api/v1/people/{id}",
    tag = "People",
    security(("secret_key" = [])),
    params(
        ("id" = String, Path, description = "The user's id; with `anonymous=true`, a browser's"),
        Whose,
    ),
    responses(
        (status = OK, description = "All is gone; so much it was", body = Erased),
        (status = UNAUTHORIZED, description = "Not the secret key", body = ErrorBody),
        (status = NOT_FOUND, description = "Nobody of that id is there", body = ErrorBody),
        (status = CONFLICT, description = "The browser has joined a user: erase that one",
            body = ErrorBody),
        (status = SERVICE_UNAVAILABLE, description = "The rows are gone, but not yet every byte of \
            them, or nothing is: ask again, until the answer is 404", body = ErrorBody),
    )
)]
pub(crate) async fn erase(
    State(state): State<AppState>,
    id: Result<Path<String>, PathRejection>,
    whose: Result<Query<Whose>, QueryRejection>,
) -> Result<Json<Erased>, Error> {
    let Path(id) = id.map_err(|_| Error::InvalidField {
        path: "id".to_owned(),
        message: "is not UTF-8; percent-encode the id's UTF-8 bytes".to_owned(),
    })?;
    let Query(whose) = whose.map_err(|_| Error::InvalidField {
        path: "anonymous".to_owned(),
        message: "must be `true` or `false`".to_owned(),
    })?;
    let erased = state
        .store
        .erase(move |connection, project| {
            let who = if whose.anonymous {
                Who::Anonymous(&id)
            } else {
                Who::User(&id)
            };
            crate::store::erase::erase(connection, project, who)
        })
        .await?;
    Ok(Json(erased))
}
