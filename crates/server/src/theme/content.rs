//! The theme of one piece of content, laid over the project's: the same tokens, read and checked by the same
//! code, for that piece alone.

use std::fmt::Write as _;

use headstart_core::ContentId;
use headstart_core::content::Problem;
use headstart_core::{Properties, Value};

use super::{Scheme, Theme, problem, read_alone};

/// The name of the field.
const FIELD: &str = "theme";
/// Tips and banners are dark, unless it is said of them alone what they lie on.
const AS_THE_PANEL: &str = "--c:var(--hs-surface);--c-ink:var(--hs-ink);--c-soft:var(--hs-soft);\
    --c-hover:var(--hs-sunken);--c-button:var(--hs-accent);--c-on-button:var(--hs-on-accent);";

/// Takes the theme out of a document, and checks how it looks in a project of the theme `base`.
pub(crate) fn take(
    document: &mut Value,
    base: &Theme,
    problems: &mut Vec<Problem>,
) -> Option<Theme> {
    let Value::Map(fields) = document else {
        return None;
    };
    let value = given(fields)?;
    let read = read_alone(&value).and_then(|theme| theme.checked_over(base));
    read.map_err(|found| problems.push(found)).ok()
}

fn given(fields: &mut Properties) -> Option<Value> {
    fields
        .remove(FIELD)
        .filter(|value| !matches!(value, Value::Null))
}

impl Theme {
    fn checked_over(self, base: &Self) -> Result<Self, Problem> {
        if self.font.as_deref() == Some("host") {
            let message = "can be `host` in the project's theme only; name the families here";
            return Err(problem("font", message.to_owned()));
        }
        self.css_over(base, None).map(|_| self)
    }

    /// The style sheet by which a piece of content looks so, in a project of the theme `base`.
    ///
    /// # Errors
    /// The first thing that is wrong; nothing is, as long as the project's theme is as it was when the
    /// content was checked.
    pub(crate) fn css_over(
        &self,
        base: &Self,
        content: Option<&ContentId>,
    ) -> Result<String, Problem> {
        let whole = Self {
            scheme: self.scheme.or(base.scheme),
            accent: self.accent.clone().or_else(|| base.accent.clone()),
            surface: self.surface.clone().or_else(|| base.surface.clone()),
            text: self.text.clone().or_else(|| base.text.clone()),
            radius: self.radius.or(base.radius),
            // What the project has is inherited.
            font: self.font.clone(),
            spacing: self.spacing.or(base.spacing),
            elevation: self.elevation.or(base.elevation),
            position: self.position.or(base.position),
        };
        let id = content.map_or("", ContentId::as_str);
        let scope = format!("[data-content=\"{id}\"]");
        let anew = self.scheme == Some(Scheme::Auto)
            && base.scheme.is_some_and(|scheme| scheme != Scheme::Auto);
        let mut css = whole.rules(&scope, &scope, anew)?;
        if self.surface.is_some() || self.text.is_some() {
            let _ = write!(css, "{scope}>.card{{{AS_THE_PANEL}}}");
        }
        if self.font.is_some() {
            let _ = write!(css, "{scope}{{font-family:var(--hs-font)}}");
        }
        Ok(css)
    }
}
