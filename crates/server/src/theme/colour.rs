//! Colours, and how well one is read on another.

use std::fmt;

/// Text on its ground (WCAG 2.2, success criterion 1.4.3).
pub(super) const READABLE: f64 = 4.5;

/// How many steps there are from black to white in [`Colour::nearest`].
const STEPS: u32 = 400;

/// A colour of sRGB, without transparency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour([u8; 3]);

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl Colour {
    const BLACK: Self = Self([0; 3]);
    /// Nearly black, which is easier on the eye.
    pub(super) const INK: Self = Self([0x12, 0x14, 0x1f]);
    pub(super) const WHITE: Self = Self([255; 3]);

    /// Reads `#rgb` or `#rrggbb`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        let digits = digits
            .chars()
            .map(|digit| {
                digit
                    .to_digit(16)
                    .and_then(|value| u8::try_from(value).ok())
            })
            .collect::<Option<Vec<u8>>>()?;
        let channels: Vec<u8> = match digits.len() {
            3 => digits.iter().map(|digit| digit * 17).collect(),
            6 => digits.chunks(2).map(|two| two[0] * 16 + two[1]).collect(),
            _ => return None,
        };
        Some(Self(channels.try_into().ok()?))
    }

    /// Relative luminance, 0 to 1 (WCAG 2.2, "relative luminance").
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|channel| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Contrast ratio, 1 to 21 (WCAG 2.2, "contrast ratio").
    pub(super) fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// So much of it, from 0 to 1, on the other.
    pub(super) fn over(self, other: Self, part: f64) -> Self {
        let mut mixed = [0; 3];
        for (channel, (a, b)) in mixed.iter_mut().zip(self.0.into_iter().zip(other.0)) {
            let value = f64::from(a) * part + f64::from(b) * (1.0 - part);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between two bytes"
            )]
            {
                *channel = value.round() as u8;
            }
        }
        Self(mixed)
    }

    /// White or nearly black, whichever is read better on it; black where neither is read well enough: one of
    /// white and black is, on every colour.
    pub(super) fn ink(self) -> Self {
        let soft = if self.contrast(Self::WHITE) >= self.contrast(Self::INK) {
            Self::WHITE
        } else {
            Self::INK
        };
        if self.contrast(soft) >= READABLE {
            soft
        } else {
            Self::BLACK
        }
    }

    /// The colour nearest to it, darker or lighter, that has such a contrast with that ground: itself,
    /// if it has.
    pub(super) fn nearest(self, ground: Self, contrast: f64) -> Self {
        let passes = |colour: &Self| colour.contrast(ground) >= contrast;
        let steps = (0..=STEPS).flat_map(|step| {
            let part = f64::from(step) / f64::from(STEPS);
            [Self::BLACK, Self::WHITE].map(|end| end.over(self, part))
        });
        steps
            .into_iter()
            .find(passes)
            .unwrap_or_else(|| ground.ink())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::read(text).unwrap_or_else(|| panic!("{text} is a colour"))
    }

    #[test]
    fn a_colour_is_read_from_three_or_six_digits() {
        assert_eq!(colour("#4353d6").to_string(), "#4353d6");
        assert_eq!(colour("#FA0").to_string(), "#ffaa00");
        for text in [
            "", "#", "#12", "#1234", "#12345g", "red", "4353d6", "#1234567", "#é12",
        ] {
            assert_eq!(Colour::read(text), None, "{text}");
        }
    }

    #[test]
    fn contrast_is_as_wcag_has_it() {
        for (one, other, expect) in [
            ("#000", "#fff", 21.0),
            ("#fff", "#fff", 1.0),
            ("#767676", "#fff", 4.54),
            ("#777", "#fff", 4.48),
            ("#f00", "#fff", 4.0),
            ("#00f", "#fff", 8.59),
        ] {
            let found = colour(one).contrast(colour(other));
            assert!((found - expect).abs() < 0.01, "{one} on {other}: {found}");
        }
    }

    #[test]
    fn the_nearest_colour_that_passes_is_a_little_darker_on_light_and_lighter_on_dark() {
        assert_eq!(
            colour("#767676").nearest(Colour::WHITE, 4.5),
            colour("#767676")
        );
        let darker = colour("#e07a00").nearest(Colour::WHITE, 4.5);
        assert!(darker.contrast(Colour::WHITE) < 4.6, "{darker}");
        let lighter = colour("#4353d6").nearest(colour("#1e2027"), 4.5);
        assert!(
            lighter.luminance() > colour("#4353d6").luminance(),
            "{lighter}"
        );
    }

    fn any_colour() -> impl Strategy<Value = Colour> {
        any::<[u8; 3]>().prop_map(Colour)
    }

    proptest! {
        #[test]
        fn what_is_written_on_a_colour_can_be_read_on_every_colour(ground in any_colour()) {
            prop_assert!(ground.contrast(ground.ink()) >= READABLE);
        }

        #[test]
        fn the_nearest_colour_passes(one in any_colour(), ground in any_colour()) {
            prop_assert!(one.nearest(ground, READABLE).contrast(ground) >= READABLE);
        }

        #[test]
        fn what_is_written_is_read_again(one in any_colour()) {
            prop_assert_eq!(Colour::read(&one.to_string()), Some(one));
        }
    }
}
