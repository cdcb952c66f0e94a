//! Routes: each is served and described in one step, so that none is one without the other.

use std::collections::HashMap;

use axum::{
    Router,
    handler::Handler,
    routing::{MethodFilter, MethodRouter},
};
use model::word;
#[cfg(test)]
use serde_json::Map;
use serde_json::Value;

use super::{
    document::{About, Document},
    operation::{Endpoint, Operation},
};
use crate::Desk;

word! {
    /// A part of the API: what a token's scope is about.
    Area {
        /// What runs and what ran, and what was put right of what was read.
        Referrals = "referrals",
        /// Messages on their way out.
        Outbox = "outbox",
        /// The roster and members' papers.
        Members = "members",
        /// Hospitals, their rules, exceptions and editions.
        Lists = "lists",
        /// The chapter itself, its settings and its lines.
        Chapter = "chapter",
        /// The threads with families.
        Conversations = "conversations",
        /// The chapter's people.
        Users = "users",
        /// What was done, by whom and when.
        Audit = "audit",
        /// Changes as they happen.
        Events = "events",
        /// The chapter's own tools that are told of changes.
        Webhooks = "webhooks",
        /// Tokens of this API.
        Tokens = "tokens",
        /// The API itself.
        Api = "api",
    }
}

impl Area {
    pub(crate) const ALL: &'static [Self] = <Self as model::Word>::ALL;

    pub(crate) fn name(self) -> &'static str {
        model::Word::as_str(self)
    }

    /// What it is about, in a sentence.
    pub(crate) fn told(self) -> &'static str {
        match self {
            Self::Referrals => "Referrals: what runs and what ran, with places and trace.",
            Self::Outbox => "Messages on their way out, and how they fared.",
            Self::Members => "The roster: members, their papers, facts and standing.",
            Self::Lists => "Hospitals, what they ask for, exceptions and published lists.",
            Self::Chapter => "The chapter: its settings, and its lines with how they fare.",
            Self::Conversations => "Conversations: the threads with families.",
            Self::Users => "Users: the chapter's people and what each may do.",
            Self::Audit => "The audit log: who did what, and when.",
            Self::Events => "Changes as they happen: a stream of ids and words of the trade.",
            Self::Webhooks => "Webhooks: the chapter's own tools that are told of changes.",
            Self::Tokens => "Tokens: who may use this API, and for what.",
            Self::Api => "The API itself.",
        }
    }

    /// The scope that opens it, to look or to change.
    pub(crate) fn scope(self, changes: bool) -> String {
        format!("{self}:{}", if changes { "write" } else { "read" })
    }
}

/// The routes of the API and their description.
pub(crate) struct Routes {
    router: HashMap<&'static str, MethodRouter<Desk>>,
    /// In the order in which they were added, each with what describes it: the document is large, and
    /// is put together only where somebody wants it.
    all: Vec<(About, Describe)>,
}

/// What tells of an operation's parameters, body and answers.
type Describe = fn(&mut Operation<'_>);

macro_rules! methods {
    ($($name:ident $filter:ident $method:ident;)*) => {$(
        /// Adds an operation of this method.
        pub(crate) fn $name<H, T>(
            self,
            path: &'static str,
            area: Area,
            (summary, told): (&'static str, &'static str),
            handler: H,
        ) -> Self
        where
            H: Handler<T, Desk> + Endpoint<T>,
            T: 'static,
        {
            let about = About { method: stringify!($name), path, area, summary, told, public: false };
            self.add(about, MethodFilter::$filter, handler)
        }
    )*};
}

impl Routes {
    pub(crate) fn new() -> Self {
        Self { router: HashMap::new(), all: Vec::new() }
    }

    methods! {
        get GET GET;
        post POST POST;
        put PUT PUT;
        patch PATCH PATCH;
        delete DELETE DELETE;
    }

    /// Adds an operation that needs no token.
    pub(crate) fn public<H, T>(
        self,
        path: &'static str,
        (summary, told): (&'static str, &'static str),
        handler: H,
    ) -> Self
    where
        H: Handler<T, Desk> + Endpoint<T>,
        T: 'static,
    {
        let about = About { method: "get", path, area: Area::Api, summary, told, public: true };
        self.add(about, MethodFilter::GET, handler)
    }

    fn add<H, T>(mut self, about: About, filter: MethodFilter, handler: H) -> Self
    where
        H: Handler<T, Desk> + Endpoint<T>,
        T: 'static,
    {
        let route = self.router.remove(about.path).unwrap_or_default();
        self.router.insert(about.path, route.on(filter, handler));
        self.all.push((about, H::describe));
        self
    }

    /// The routes as they are served.
    pub(crate) fn router(self) -> Router<Desk> {
        self.router
            .into_iter()
            .fold(Router::new(), |router, (path, route)| router.route(path, route))
    }

    /// What is known of each.
    pub(crate) fn all(&self) -> impl Iterator<Item = About> {
        self.all.iter().map(|(about, _)| *about)
    }

    /// The document that describes them.
    pub(crate) fn document(&self) -> Value {
        self.described().finish()
    }

    /// What is sent and what is taken, by name.
    #[cfg(test)]
    pub(crate) fn schemas(&self) -> (Map<String, Value>, Map<String, Value>) {
        self.described().schemas()
    }

    fn described(&self) -> Document {
        let mut document = Document::new();
        for (about, describe) in &self.all {
            document.add(*about, describe);
        }
        document
    }
}
