//! What is a user's, against somebody who has the write key, the user's id, and whatever else they can
//! come by.

mod accounts;
mod browsers;
mod forgeries;
mod guides;
mod message_ids;
mod modes;
mod reset;
mod servers;
mod users;
