use std::fmt;

/// Defines a text that is somebody's private matter: it prints as its length, never as itself.
macro_rules! private {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        ///
        /// It prints masked; `reveal` gives the content. It is sealed and opened in storage alone.
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(String);

        impl $name {
            /// Takes the content into the type that guards it.
            pub fn new(content: impl Into<String>) -> Self {
                Self(content.into())
            }

            /// The content itself: for the person it is meant for, and for reading.
            #[must_use]
            pub fn reveal(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({} characters)", stringify!($name), self.0.chars().count())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("***")
            }
        }
    )+};
}

private! {
    /// What somebody wrote, or what we wrote to somebody.
    MessageText,
    /// A person's name as it stands on the roster.
    PersonName,
    /// A person's e-mail address.
    EmailAddress,
}
