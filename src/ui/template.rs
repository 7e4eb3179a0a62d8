//! Templates: what is drawn, written as HTML with holes, as in
//! `<button type=button class=tool aria-label={label} onclick={act}>{icon}</button>`.
//!
//! They are read when the crate is compiled, so that one that is wrong does not compile. What is left of it is a
//! few bytes of text for [`Drawing`](super::draw::Drawing) to follow. A value is bare, in quotes, or a hole; all
//! that is to be read on screen comes through holes. Spaces and breaks between the parts mean nothing.

/// Begins an element; its tag's code follows.
pub(super) const ELEMENT: u8 = 1;
/// An attribute of it; its name's code follows, and its text.
pub(super) const FIXED: u8 = 2;
/// An attribute of it that the next value is for; its name's code follows.
pub(super) const FILLED: u8 = 3;
/// What the next value draws.
pub(super) const HOLE: u8 = 4;
/// Ends an element.
pub(super) const END: u8 = 5;
/// The code of what stands first in [`TAGS`] or [`NAMES`]. What is below is no text and no code.
pub(super) const FIRST: u8 = b' ';

/// The elements that templates may have.
pub(super) const TAGS: [&str; 17] = [
    "div", "span", "button", "p", "h2", "h3", "ul", "li", "i", "svg", "path", "circle", "progress",
    "dialog", "details", "summary", "bdi",
];

/// What elements may have: attributes, and then what is none.
pub(super) const NAMES: [&str; ATTRIBUTES + 4] = [
    "class",
    "id",
    "lang",
    "role",
    "type",
    "tabindex",
    "hidden",
    "popover",
    "max",
    "value",
    "viewBox",
    "d",
    "cx",
    "cy",
    "r",
    "pathLength",
    "stroke-dasharray",
    "aria-hidden",
    "aria-label",
    "aria-labelledby",
    "aria-describedby",
    "aria-expanded",
    "aria-controls",
    "aria-disabled",
    "aria-busy",
    "data-content",
    "data-open",
    "data-side",
    "data-reveal",
    "data-form",
    "data-centred",
    "data-block",
    "data-own",
    "data-quiet",
    "data-dismiss",
    "data-state",
    "data-fresh",
    "data-over",
    "data-look",
    // Of rich text.
    "href",
    "target",
    "rel",
    "loading",
    "referrerpolicy",
    "width",
    "height",
    "alt",
    "src",
    // What Yew tells elements apart by, and what the user does.
    "key",
    "onclick",
    "onkeydown",
    "oncancel",
];
/// So many of them are attributes.
pub(super) const ATTRIBUTES: usize = 48;
pub(super) const KEY: usize = ATTRIBUTES;
pub(super) const CLICK: usize = KEY + 1;
pub(super) const KEYDOWN: usize = KEY + 2;

/// Draws a template, as in `draw!(pen, "<p id={id}>{text}</p>", id = "hs-question", text = Word::Question)`: values
/// are named as the holes are, and in their order.
macro_rules! draw {
    ($pen:expr, $template:literal $(, $hole:ident = $value:expr)* $(,)?) => {{
        const HOLES: &[&str] = &[$(stringify!($hole)),*];
        const LENGTH: usize =
            $crate::ui::template::compile::<{ $template.len() }>($template, HOLES).1;
        static STEPS: [u8; LENGTH] = $crate::ui::template::compile($template, HOLES).0;
        static TEXT: &str = match str::from_utf8(&STEPS) {
            Ok(text) => text,
            Err(_) => panic!("templates are ASCII"),
        };
        let drawing = $pen.draw(TEXT);
        $(let drawing = $crate::ui::draw::Fill::fill($value, drawing);)*
        drawing
    }};
}
pub(super) use draw;

/// The steps of a template with these holes, and how many bytes they are.
pub(super) const fn compile<const SIZE: usize>(
    template: &str,
    holes: &[&str],
) -> ([u8; SIZE], usize) {
    let mut compiler = Compiler {
        source: template.as_bytes(),
        at: 0,
        holes,
        filled: 0,
        steps: [0; SIZE],
        length: 0,
    };
    compiler.skip_space();
    while compiler.at < compiler.source.len() {
        if compiler.takes(b"</") {
            compiler.word();
            assert!(compiler.takes(b">"), "an element ends as </tag>");
            compiler.put(END);
        } else if compiler.takes(b"<") {
            compiler.element();
        } else if compiler.takes(b"{") {
            compiler.put(HOLE);
            compiler.hole();
        } else {
            panic!("text comes through holes");
        }
        compiler.skip_space();
    }
    assert!(
        compiler.filled == holes.len(),
        "there are more values than holes"
    );
    (compiler.steps, compiler.length)
}

struct Compiler<'a, const SIZE: usize> {
    source: &'a [u8],
    at: usize,
    holes: &'a [&'a str],
    filled: usize,
    steps: [u8; SIZE],
    length: usize,
}

impl<const SIZE: usize> Compiler<'_, SIZE> {
    const fn put(&mut self, byte: u8) {
        // The first of two passes only asks how many there are.
        if self.length < SIZE {
            self.steps[self.length] = byte;
        }
        self.length += 1;
    }

    const fn takes(&mut self, text: &[u8]) -> bool {
        let mut index = 0;
        while index < text.len() {
            if self.at + index >= self.source.len() || self.source[self.at + index] != text[index] {
                return false;
            }
            index += 1;
        }
        self.at += text.len();
        true
    }

    const fn skip_space(&mut self) {
        while self.at < self.source.len() && self.source[self.at].is_ascii_whitespace() {
            self.at += 1;
        }
    }

    /// Passes over a name. Answers where it began.
    const fn word(&mut self) -> usize {
        let start = self.at;
        while self.source[self.at].is_ascii_alphanumeric()
            || self.source[self.at] == b'-'
            || self.source[self.at] == b'_'
        {
            self.at += 1;
        }
        start
    }

    const fn is_since(&self, start: usize, name: &str) -> bool {
        let name = name.as_bytes();
        let mut index = 0;
        while index < name.len() && start + index < self.at {
            if name[index] != self.source[start + index] {
                return false;
            }
            index += 1;
        }
        index == name.len() && start + index == self.at
    }

    /// Puts the code of the name that is next.
    #[expect(clippy::cast_possible_truncation, reason = "there are few names")]
    const fn code(&mut self, names: &[&str]) {
        let start = self.word();
        let mut index = 0;
        while !self.is_since(start, names[index]) {
            index += 1;
        }
        self.put(FIRST + index as u8);
    }

    const fn hole(&mut self) {
        let start = self.word();
        assert!(
            self.is_since(start, self.holes[self.filled]),
            "values come in the order of the holes"
        );
        self.filled += 1;
        assert!(self.takes(b"}"), "a hole ends as it began");
    }

    const fn element(&mut self) {
        self.put(ELEMENT);
        self.code(&TAGS);
        loop {
            self.skip_space();
            if self.takes(b"/>") {
                self.put(END);
                return;
            }
            if self.takes(b">") {
                return;
            }
            let step = self.length;
            self.put(FIXED);
            self.code(&NAMES);
            assert!(self.takes(b"="), "an attribute has a value");
            if self.takes(b"{") {
                if step < SIZE {
                    self.steps[step] = FILLED;
                }
                self.hole();
            } else if self.takes(b"\"") {
                while !self.takes(b"\"") {
                    self.put(self.source[self.at]);
                    self.at += 1;
                }
            } else {
                let mut from = self.word();
                while from < self.at {
                    self.put(self.source[from]);
                    from += 1;
                }
            }
        }
    }
}
