//! Signals: what the page and the user do, as far as it concerns us.

pub mod activity;
pub mod attention;
pub mod busy;
pub mod elements;
pub mod navigation;
pub mod tabs;

use std::rc::Rc;

use headstart_core::Input;

use crate::native::Native;

pub use self::activity::Activity;
pub use self::attention::Attention;
pub use self::busy::Busy;
pub use self::elements::Elements;
pub use self::navigation::Navigation;
pub use self::tabs::Tabs;

/// What has happened.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    /// Something for the engine. A signal's stored session is filled in by whoever hears of it.
    Input(Input),
    /// The page is being left, perhaps for good.
    Leaving,
    /// The browser is online again.
    Online,
    /// A watched element is another one now, though nothing else about it has changed.
    Replaced,
    /// Another tab has changed what is stored under this name.
    Stored {
        /// The name, without the project's prefix.
        name: String,
        /// What is stored now.
        text: Option<String>,
    },
}

/// Who is told.
pub type Hear = Rc<dyn Fn(News)>;

/// All that is listened to. Dropping it ends it.
pub struct Signals {
    _tabs: Tabs,
    _attention: Rc<Attention>,
    navigation: Rc<Navigation>,
    activity: Option<Rc<Activity>>,
}

impl Signals {
    /// Tells where the user is and whether they look, and from now on whether they do, and of the other tabs.
    pub fn start(native: &Rc<Native>, storage: &Rc<crate::storage::Storage>, hear: &Hear) -> Self {
        Self {
            _tabs: Tabs::start(native, storage, hear),
            navigation: Navigation::start(native, hear),
            _attention: Attention::start(native, hear),
            activity: None,
        }
    }

    /// Listens to everything else as well.
    pub fn listen(&mut self, native: &Rc<Native>, hear: &Hear) {
        self.navigation.listen();
        self.activity = Some(Activity::start(native, hear));
    }
}
