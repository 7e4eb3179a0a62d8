//! What the widget itself says. Everything else on screen is the content author's.

/// The widget's own words in one language; `{0}` and `{1}` are filled in.
pub(super) struct Words {
    /// How many tasks are done, of how many.
    count: &'static str,
    /// How many are left.
    left: &'static str,
    /// The name of the progress bar.
    pub progress: &'static str,
    /// Instead of the count, once nothing is left.
    pub all_done: &'static str,
    /// The heading of the celebration, unless the author has one.
    pub celebration: &'static str,
    /// Above the optional tasks that are left after it.
    pub still_there: &'static str,
    /// The button that makes the panel small again.
    pub minimise: &'static str,
    /// The button that sends the checklist away.
    pub dismiss: &'static str,
    /// What it asks first.
    pub question: &'static str,
    /// Why there is nothing to fear.
    pub reassurance: &'static str,
    /// Yes.
    pub hide: &'static str,
    /// No.
    pub keep: &'static str,
    /// The button that ends a celebration or a tip.
    pub close: &'static str,
    /// How a task stands, for those who cannot see it.
    pub done: &'static str,
    /// Likewise.
    pub locked: &'static str,
    /// The tag of a task that may be left out.
    pub optional: &'static str,
    /// What a locked task waits for: before the tasks' titles, and after them.
    pub first: (&'static str, &'static str),
    /// A task's title within a sentence.
    quoted: &'static str,
    /// Said when a task has been done.
    task_done: &'static str,
    /// How a task stands that the user has left out.
    pub skipped: &'static str,
    /// When a task waits for something that its author has not put into words.
    pub later: &'static str,
    /// The button that leaves a task out.
    pub skip: &'static str,
    /// The button that marks a task as done.
    pub mark_done: &'static str,
    /// The button that undoes either.
    pub undo: &'static str,
    /// The tag of a task that is due, and of one that is overdue.
    pub due: (&'static str, &'static str),
    /// What precedes the heading of a reminder.
    pub reminder: &'static str,
    /// The place of a step among all.
    step: &'static str,
    /// The buttons of a tour.
    pub next: &'static str,
    /// Likewise.
    pub back: &'static str,
    /// Likewise.
    pub finish: &'static str,
    /// The button of a reminder.
    pub show_me: &'static str,
    /// The button that opens a menu.
    pub more: &'static str,
    /// Puts something off until tomorrow.
    pub tomorrow: &'static str,
    /// Puts something off until the next session.
    pub next_time: &'static str,
    /// Has no more tips and tours.
    pub no_more: &'static str,
    /// Has them again.
    pub tips_again: &'static str,
}

/// English.
pub(super) const ENGLISH: Words = Words {
    count: "{0} of {1} done",
    left: "{0} left",
    progress: "Progress",
    all_done: "All done",
    celebration: "You’re all set",
    still_there: "Still there if you like",
    minimise: "Minimize",
    dismiss: "Hide checklist",
    question: "Hide this checklist?",
    reassurance: "What you’ve done so far is kept.",
    hide: "Hide",
    keep: "Keep it",
    close: "Close",
    done: "Done",
    locked: "Locked",
    optional: "Optional",
    first: ("Do ", " first"),
    quoted: "“{0}”",
    task_done: "Done: {0}",
    skipped: "Skipped",
    later: "Opens later",
    skip: "Skip",
    mark_done: "Mark as done",
    undo: "Undo",
    due: ("Due soon", "Overdue"),
    reminder: "Still to do",
    step: "{0} of {1}",
    next: "Next",
    back: "Back",
    finish: "Done",
    show_me: "Show me",
    more: "More options",
    tomorrow: "Remind me tomorrow",
    next_time: "Remind me next time",
    no_more: "No more tips",
    tips_again: "Show tips again",
};

impl Words {
    /// How many tasks are done.
    pub(super) fn count(&self, done: usize, total: usize) -> String {
        fill(self.count, &[&done.to_string(), &total.to_string()])
    }

    /// How many tasks are left.
    pub(super) fn left(&self, left: usize) -> String {
        fill(self.left, &[&left.to_string()])
    }

    /// A task's title within a sentence.
    pub(super) fn quoted(&self, title: &str) -> String {
        fill(self.quoted, &[title])
    }

    /// The place of a step among all.
    pub(super) fn step(&self, place: usize, total: usize) -> String {
        fill(self.step, &[&place.to_string(), &total.to_string()])
    }

    /// What is said when a task has been done.
    pub(super) fn task_done(&self, title: &str) -> String {
        fill(self.task_done, &[title])
    }
}

/// Puts values into the places `{0}` to `{9}` of a text. A brace in a value stays as it is.
fn fill(text: &str, values: &[&str]) -> String {
    let mut filled = String::new();
    for (i, piece) in text.split('{').enumerate() {
        let place = piece.as_bytes().first().filter(|_| i > 0);
        let value = place.and_then(|digit| values.get(usize::from(digit.wrapping_sub(b'0'))));
        filled.push_str(value.unwrap_or(&""));
        filled.push_str(if i > 0 {
            piece.get(2..).unwrap_or_default()
        } else {
            piece
        });
    }
    filled
}
