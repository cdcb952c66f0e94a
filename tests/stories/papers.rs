//! Papers: members are reminded of what ends, answer with a photo, and a hospital's people hear of lists.

pub(crate) mod lists;
mod notices;
mod photos;
mod reminders;
