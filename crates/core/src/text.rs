//! Texts, taken apart and put together by the shortest code: the standard library's searches and joins are
//! made for long ones, and several kilobytes of WebAssembly.

/// All parts, one after the other.
pub fn concat(parts: &[&str]) -> String {
    join(parts, "")
}

/// All parts, with something between them.
pub fn join(parts: &[&str], between: &str) -> String {
    let mut all = String::new();
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            all.push_str(between);
        }
        all.push_str(part);
    }
    all
}

/// What is before and after the first place that has the mark, which is not empty.
pub fn split_at<'t>(text: &'t str, mark: &str) -> Option<(&'t str, &'t str)> {
    let mut places = text.as_bytes().windows(mark.len());
    let at = places.position(|place| place == mark.as_bytes())?;
    Some((&text[..at], &text[at + mark.len()..]))
}
