//! Names of things, each a type of its own so that one cannot stand in for another.

use std::borrow::Borrow;
use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[doc = $doc:literal])* $name:ident) => {
        id!($(#[doc = $doc])* $name, &["string"]);
    };
    ($(#[doc = $doc:literal])* $name:ident, $types:expr) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let types: &[&str] = $types;
                let description = concat!($($doc),*).trim();
                schemars::json_schema!({ "type": types, "description": description })
            }
        }

        impl $name {
            /// The id's text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

id!(
    /// A piece of content, chosen by its author; stable across versions.
    ContentId
);
id!(
    /// A task of a checklist, unique within it; stable across versions.
    TaskId
);
id!(
    /// A step of a tour, unique within it; stable across versions.
    StepId
);
id!(
    /// A user as the host's backend knows them.
    UserId
);
id!(
    /// A browser before anyone signed in, made up by the loader.
    AnonymousId
);
id!(
    /// An account (company, workspace, team): Segment's group.
    AccountId
);
id!(
    /// An event's own id: the collector counts each once, for ever.
    MessageId
);
id!(
    /// One session of one browser, across its tabs.
    SessionId
);
id!(
    /// One tab of one page load; prefixes the message ids that the tab gives out.
    TabId
);
id!(
    /// Which element of the page is meant: a selector, or a list of them in the order of preference.
    Selector,
    &["string", "array"]
);
