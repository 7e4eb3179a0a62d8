//! The selectors that content names elements by, as far as they can be checked without a browser.
//!
//! Alternatives, best first, separated by `||`; each a path of steps separated by `>>>`, of which
//! all but the last name what to look into: a component's open shadow root, or an iframe of the same
//! origin. A step is a CSS selector, or `role=button[name="Save"]`, and filters behind it:
//! `:text("Save")`, `:nth(2)`, `:nth(-1)`. Quotes and brackets hide what separates.
//!
//! `www/target.js` reads the same when it looks for the element.

/// The longest selector, characters; it is also the name of what is watched.
pub const LONGEST: usize = 1_000;
/// The most alternatives of one selector: each is tried whenever the page changes.
pub const MOST_ALTERNATIVES: usize = 10;

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step<'s> {
    /// The CSS selector, or the part that begins with `role=`.
    pub what: &'s str,
    /// What is behind it, as written.
    pub filters: Vec<&'s str>,
}

/// The alternatives of a selector, each with its steps.
pub fn alternatives(selector: &str) -> Vec<Vec<Step<'_>>> {
    split(selector, "||")
        .into_iter()
        .map(|path| split(path, ">>>").into_iter().map(step).collect())
        .collect()
}

/// What is wrong with a selector and what to do about it, if anything can be told without a
/// browser.
pub fn problem(selector: &str) -> Option<String> {
    if selector.trim().is_empty() {
        return Some("must not be empty; give a CSS selector".into());
    }
    if selector.chars().count() > LONGEST {
        return Some(format!("is longer than {LONGEST} characters; shorten it"));
    }
    if is_unbalanced(selector) {
        return Some("has a bracket or quote that is not closed".into());
    }
    let alternatives = alternatives(selector);
    if alternatives.len() > MOST_ALTERNATIVES {
        return Some(format!(
            "has more than {MOST_ALTERNATIVES} alternatives; keep the best"
        ));
    }
    alternatives.iter().find_map(|steps| {
        let empty = steps
            .iter()
            .any(|step| step.what.is_empty() && step.filters.is_empty());
        if empty && steps.len() > 1 {
            return Some(
                "has nothing on one side of `>>>`; name what to look into, then what to find in it"
                    .into(),
            );
        }
        if empty {
            return Some(
                "has nothing on one side of `||`; remove it, or name an element there".into(),
            );
        }
        steps.iter().find_map(problem_of)
    })
}

fn problem_of(step: &Step<'_>) -> Option<String> {
    if let Some(role) = step.what.strip_prefix("role=") {
        return problem_of_role(role.trim());
    }
    for name in [":text(", ":nth("] {
        if find(step.what, name).is_some() {
            return Some(format!(
                "has `{name}…)` where it does not count: only at the end of a step, with {}",
                if name == ":nth(" {
                    "a whole number other than 0"
                } else {
                    "a text in quotes"
                }
            ));
        }
    }
    step.filters.iter().find_map(|filter| {
        let nth = filter.strip_prefix(":nth(")?.strip_suffix(')')?.trim();
        (nth.parse() == Ok(0))
            .then(|| "counts from 1, or from -1 at the end: there is no `:nth(0)`".into())
    })
}

fn problem_of_role(role: &str) -> Option<String> {
    let end = role
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(role.len());
    let (name, rest) = role.split_at(end);
    if name.is_empty() {
        return Some("has no role behind `role=`; give one, such as `role=button`".into());
    }
    let rest = rest.trim();
    let named = rest
        .strip_prefix('[')
        .and_then(|rest| {
            rest.strip_suffix(']')?
                .trim()
                .strip_prefix("name")?
                .trim_start()
                .strip_prefix('=')
        })
        .is_some_and(|value| is_quoted(value.trim()));
    (!rest.is_empty() && !named).then(|| {
        format!("has `{rest}` behind its role; only `[name=\"…\"]` may stand there, then filters")
    })
}

/// Takes the filters off the end of a step.
fn step(mut what: &str) -> Step<'_> {
    let mut filters = Vec::new();
    while let Some(at) = last_filter(what) {
        filters.insert(0, &what[at..]);
        what = what[..at].trim_end();
    }
    Step { what, filters }
}

/// Where the filter begins that a step ends with.
fn last_filter(step: &str) -> Option<usize> {
    let inner = step.strip_suffix(')')?;
    let last = |name: &str| {
        let mut found = None;
        let mut from = 0;
        while let Some(at) = find(&inner[from..], name) {
            found = Some(from + at);
            from += at + name.len();
        }
        found
    };
    let text = last(":text(").filter(|at| is_quoted(inner[at + 6..].trim()));
    let nth = last(":nth(").filter(|at| inner[at + 5..].trim().parse::<i32>().is_ok());
    text.max(nth)
}

/// Whether it is one text in quotes and nothing more.
fn is_quoted(text: &str) -> bool {
    let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
        return false;
    };
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1 == text.len(),
            _ => {}
        }
    }
    false
}

/// Splits at a mark, outside quotes and brackets.
fn split<'s>(text: &'s str, mark: &str) -> Vec<&'s str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = find(rest, mark) {
        parts.push(rest[..at].trim());
        rest = &rest[at + mark.len()..];
    }
    parts.push(rest.trim());
    parts
}

/// Where a mark stands outside quotes and brackets.
fn find(text: &str, mark: &str) -> Option<usize> {
    let mut walk = Walk::default();
    text.char_indices()
        .find(|(at, c)| {
            let outside = walk.is_outside();
            walk.step(*c);
            outside && text[*at..].starts_with(mark)
        })
        .map(|(at, _)| at)
}

fn is_unbalanced(selector: &str) -> bool {
    let mut walk = Walk::default();
    selector.chars().for_each(|c| walk.step(c));
    walk.broken || !walk.is_outside()
}

/// Goes through a selector, knowing what quotes and brackets are open.
#[derive(Default)]
struct Walk {
    open: Vec<char>,
    quote: Option<char>,
    escaped: bool,
    broken: bool,
}

impl Walk {
    fn is_outside(&self) -> bool {
        self.open.is_empty() && self.quote.is_none() && !self.escaped
    }

    fn step(&mut self, c: char) {
        if self.escaped {
            self.escaped = false;
            return;
        }
        match (c, self.quote) {
            ('\\', _) => self.escaped = true,
            (c, Some(quote)) if c == quote => self.quote = None,
            ('"' | '\'', None) => self.quote = Some(c),
            ('(', None) => self.open.push(')'),
            ('[', None) => self.open.push(']'),
            (')' | ']', None) if self.open.pop() != Some(c) => self.broken = true,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The alternatives as `what|filter|filter`, steps joined by ` > `, alternatives by ` or `.
    fn read(selector: &str) -> String {
        let step = |step: &Step<'_>| {
            let mut parts = vec![step.what];
            parts.extend(&step.filters);
            parts.join("|")
        };
        let path = |steps: &Vec<Step<'_>>| steps.iter().map(step).collect::<Vec<_>>().join(" > ");
        let all = alternatives(selector);
        all.iter().map(path).collect::<Vec<_>>().join(" or ")
    }

    #[test]
    fn a_selector_is_split_into_alternatives_steps_and_filters() {
        let check = |selector: &str, expect: &str| assert_eq!(read(selector), expect, "{selector}");
        check("#save", "#save");
        check("[data-hs=save] || #save", "[data-hs=save] or #save");
        check("x-app >>> x-form >>> button", "x-app > x-form > button");
        check("#a >>> b || iframe.c >>> d", "#a > b or iframe.c > d");
        check("role=button[name=\"Save\"]", "role=button[name=\"Save\"]");
        check("button:text(\"Save\")", "button|:text(\"Save\")");
        check("li:nth(2)", "li|:nth(2)");
        check("li:text('a') :nth( -1 )", "li|:text('a')|:nth( -1 )");
        check("x:nth(1) >>> y:nth(2)", "x|:nth(1) > y|:nth(2)");
        check(":text(\"Save\")", "|:text(\"Save\")");
        // CSS has words that begin alike.
        check("li:nth-child(2):not(.a)", "li:nth-child(2):not(.a)");
    }

    #[test]
    fn what_is_in_quotes_or_brackets_or_escaped_separates_nothing() {
        let check = |selector: &str| assert_eq!(read(selector), selector);
        check("[title=\"a || b\"]");
        check("[title='a >>> b']");
        check(":is(a, b[c=\"||\"])");
        check(r"#a\|\|b");
        assert_eq!(
            read(r#"a:text("x || \" :nth(1)")"#),
            r#"a|:text("x || \" :nth(1)")"#
        );
    }

    #[test]
    fn a_sound_selector_has_no_problem() {
        for selector in [
            "#save",
            "a > b ~ c + d",
            "[data-hs=save] || role=button[name=\"Save\"] || button:text(\"Save\"):nth(1)",
            "role=menuitem",
            "role=row [name='A [b] \"c\"'] :nth(-1)",
            "iframe#app >>> x-form >>> role=textbox[name=\"It's\"]",
            ":text('only')",
        ] {
            assert_eq!(problem(selector), None, "{selector}");
        }
    }

    #[test]
    fn what_never_is_a_selector_is_told_with_its_remedy() {
        let check = |selector: &str, expect: &str| {
            let found = problem(selector).unwrap_or_default();
            assert!(found.contains(expect), "{selector}: {found}");
        };
        check("", "must not be empty");
        check(" ", "must not be empty");
        check("a[b", "not closed");
        check("a:is(b]", "not closed");
        check("a:text(\"b)", "not closed");
        check("a\\", "not closed");
        check("#a ||", "one side of `||`");
        check("|| #a", "one side of `||`");
        check("#a >>> ", "one side of `>>>`");
        check("#a >>>  >>> b", "one side of `>>>`");
        check("role=", "no role");
        check("role=[name=\"a\"]", "no role");
        check("role=button.primary", "only `[name=\"…\"]`");
        check("role=button[name=Save]", "only `[name=\"…\"]`");
        check("role=button[label=\"a\"]", "only `[name=\"…\"]`");
        check("a:text(Save)", "a text in quotes");
        check("a:text(\"b\") > c", "only at the end");
        check("a:nth(x)", "a whole number");
        check("a:nth(1) b", "only at the end");
        check("a:nth(0)", "no `:nth(0)`");
        check(&"a".repeat(LONGEST + 1), "longer than");
        check(&["a"; MOST_ALTERNATIVES + 1].join("||"), "alternatives");
    }
}
