//! What is noted while something is read: where it is wrong, and what is not understood.
//!
//! Whoever publishes content is told, so the collector notes all of it (feature `problems`). A browser reads only
//! what the collector has checked, and needs no more than whether this version of the widget can read it; the
//! texts and the path weigh there.

use crate::content::Problem;

/// Where something is.
#[derive(Clone, Copy)]
#[cfg_attr(
    not(feature = "problems"),
    expect(dead_code, reason = "without the feature nobody asks")
)]
pub(super) enum Place<'a> {
    Field(&'a str),
    Item(usize),
}

#[cfg(feature = "problems")]
mod noted {
    use super::{Place, Problem};

    /// Where the reader is, the first thing that cannot be read, and fields that nobody asked for.
    #[derive(Debug, Default)]
    pub struct Notes {
        path: Vec<String>,
        problem: Option<Problem>,
        unknown: Vec<String>,
    }

    impl Notes {
        pub fn enter(&mut self, place: Place<'_>) {
            self.path.push(match place {
                Place::Field(name) => name.to_owned(),
                Place::Item(index) => format!("[{index}]"),
            });
        }

        pub fn leave(&mut self) {
            self.path.pop();
        }

        /// How many lists deep it is, one directly in the other.
        pub fn depth_of_list(&self) -> usize {
            let steps = self.path.iter().rev();
            steps.take_while(|step| step.starts_with('[')).count()
        }

        pub fn refuse(&mut self, message: &[&str]) {
            if self.problem.is_none() {
                self.problem = Some(Problem {
                    path: self.here(),
                    message: message.concat(),
                });
            }
        }

        pub fn unasked(&mut self, name: &str) {
            self.enter(Place::Field(name));
            let path = self.here();
            self.leave();
            self.unknown.push(path);
        }

        pub fn unknown(&self) -> &[String] {
            &self.unknown
        }

        pub fn take_problem(&mut self) -> Option<Problem> {
            self.problem.take()
        }

        fn here(&self) -> String {
            let mut path = String::new();
            for step in &self.path {
                if !path.is_empty() && !step.starts_with('[') {
                    path.push('.');
                }
                path.push_str(step);
            }
            path
        }
    }
}

#[cfg(not(feature = "problems"))]
mod noted {
    use super::{Place, Problem};

    /// Whether something cannot be read.
    #[derive(Debug, Default)]
    pub struct Notes {
        is_refused: bool,
    }

    #[expect(
        clippy::unused_self,
        reason = "with the feature there is something to do"
    )]
    impl Notes {
        #[inline]
        pub fn enter(&mut self, _: Place<'_>) {}

        #[inline]
        pub fn leave(&mut self) {}

        #[inline]
        pub fn depth_of_list(&self) -> usize {
            0
        }

        #[inline]
        pub fn refuse(&mut self, _: &[&str]) {
            self.is_refused = true;
        }

        #[inline]
        pub fn unasked(&mut self, _: &str) {}

        pub fn unknown(&self) -> &[String] {
            &[]
        }

        pub fn take_problem(&mut self) -> Option<Problem> {
            std::mem::take(&mut self.is_refused).then(|| Problem {
                path: String::new(),
                message: String::new(),
            })
        }
    }
}

pub(super) use noted::Notes;
