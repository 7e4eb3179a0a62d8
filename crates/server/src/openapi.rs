//! The OpenAPI document: made of the routes themselves, with the content documents' own schema in
//! it.

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{Array, Ref, Schema};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi, PartialSchema, ToSchema};

use crate::documents::AuthoredDocument;

/// The part that is not made of the routes.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Headstart collector",
        description = "Takes in what widgets and servers send, tells widgets what to show, and \
                       answers who gets activated and who comes back.",
    ),
    tags(
        (name = "Public", description = "For browsers with the write key, and for servers with the \
                                         secret key as the user name of Basic authorization or as \
                                         Bearer; also as in Segment's HTTP tracking API."),
        (name = "Content", description = "Writing and publishing content."),
        (name = "Settings", description = "How the project is set."),
        (name = "Identity", description = "Who may speak for a user."),
        (name = "Metrics", description = "Who gets activated, and who comes back."),
        (name = "People", description = "Erasing people."),
        (name = "Operation", description = "How the collector is."),
    ),
    modifiers(&SecretKey),
)]
pub(crate) struct Document;

struct SecretKey;

impl Modify for SecretKey {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        components.add_security_scheme(
            "secret_key",
            SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)),
        );
    }
}

/// A message, as in Segment's HTTP tracking API.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(
    dead_code,
    reason = "describes what `message::read` reads field by field"
)]
#[expect(clippy::struct_field_names, reason = "the names on the wire")]
pub(crate) struct Message {
    /// `track`, `identify`, `page` or `group`. In a batch only; elsewhere the path says it.
    r#type: Option<String>,
    /// Counts once, for ever. Without it the message is given one, and sent twice it counts twice.
    message_id: Option<String>,
    /// When it happened: ISO 8601, or milliseconds since 1970. Without it, when it was received.
    timestamp: Option<String>,
    /// When the request was sent, by the same clock. In a batch it may be said once for all.
    sent_at: Option<String>,
    /// The project's write key. In a batch, the batch's counts.
    write_key: Option<String>,
    /// What the customer's backend has signed for the user. In a batch, the batch's counts.
    token: Option<String>,
    /// The user. One of this and `anonymousId` must be given.
    user_id: Option<String>,
    /// The browser.
    anonymous_id: Option<String>,
    /// `track`: what happened. Must be given.
    event: Option<String>,
    /// `page`: what the page is called.
    name: Option<String>,
    /// `group`: the account. Must be given.
    group_id: Option<String>,
    /// `track` and `page`: with what.
    #[schema(value_type = Option<Object>)]
    properties: Option<()>,
    /// `identify` and `group`: what is told of the user or the account.
    #[schema(value_type = Option<Object>)]
    traits: Option<()>,
    /// Where it happened; its `groupId` says which account the user is on.
    #[schema(value_type = Option<Object>)]
    context: Option<()>,
}

/// Describes what `documents::check_all` reads.
pub(crate) struct ContentDocuments;

impl PartialSchema for ContentDocuments {
    fn schema() -> RefOr<Schema> {
        content_documents().into()
    }
}

impl ToSchema for ContentDocuments {}

/// Points to the content documents' schema, which [`complete`] adds.
pub(crate) fn content_document() -> RefOr<Schema> {
    RefOr::Ref(Ref::from_schema_name("ContentDocument"))
}

/// An array of them.
pub(crate) fn content_documents() -> Array {
    Array::new(content_document())
}

/// The whole document, with the schemas that core's own types derive.
pub(crate) fn complete(document: &utoipa::openapi::OpenApi) -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let schema = settings
        .into_generator()
        .into_root_schema_for::<AuthoredDocument>()
        .to_value();
    let mut whole = serde_json::to_value(document).unwrap_or_else(|_| json!({}));
    // schemars files the definitions under the path that it refers to them by.
    let mut root = schema;
    let definitions = root
        .as_object_mut()
        .and_then(|root| root.remove("components"))
        .and_then(|mut components| components.get_mut("schemas").map(Value::take));
    if let Some(schemas) = whole
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut)
    {
        if let Some(Value::Object(definitions)) = definitions {
            schemas.extend(definitions);
        }
        schemas.insert("ContentDocument".to_owned(), root);
    }
    whole
}
