//! The style sheet of everything below the shadow root, put together and squeezed at compile time.

/// The style sheet. Later files win over earlier ones.
pub(super) const STYLE: &str = match str::from_utf8(&TEXT) {
    Ok(text) => text,
    Err(_) => panic!("leaving out ASCII leaves UTF-8"),
};

const SOURCE: &str = concat!(
    include_str!("style/theme.css"),
    include_str!("style/base.css"),
    include_str!("style/dock.css"),
    include_str!("style/panel.css"),
    include_str!("style/task.css"),
    include_str!("style/celebration.css"),
    include_str!("style/place.css"),
    include_str!("style/card.css"),
    include_str!("style/motion.css"),
);

const LENGTH: usize = squeeze::<{ SOURCE.len() }>(SOURCE.as_bytes()).1;
static TEXT: [u8; LENGTH] = squeeze(SOURCE.as_bytes()).0;

/// Leaves out comments, line breaks and indentation, the last semicolon of a rule, and spaces that mean
/// nothing; a break within a value becomes a space. Answers the text and how long it is.
const fn squeeze<const LENGTH: usize>(source: &[u8]) -> ([u8; LENGTH], usize) {
    let mut text = [b' '; LENGTH];
    let mut length = 0;
    let mut at = 0;
    while at < source.len() {
        if source[at] == b'/' && source[at + 1] == b'*' {
            at += 2;
            while !(source[at] == b'*' && source[at + 1] == b'/') {
                at += 1;
            }
            at += 2;
        } else if source[at] == b'\n' {
            while at < source.len() && source[at].is_ascii_whitespace() {
                at += 1;
            }
            if length > 0 && !matches!(text[length - 1], b'{' | b'}' | b';' | b',') {
                text[length] = b' ';
                length += 1;
            }
        } else if source[at] == b' '
            && (matches!(text[length - 1], b':' | b',') || source[at + 1] == b'{')
        {
            at += 1;
        } else {
            if source[at] == b'}' && text[length - 1] == b';' {
                length -= 1;
            }
            text[length] = source[at];
            length += 1;
            at += 1;
        }
    }
    (text, length)
}
