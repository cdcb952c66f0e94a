//! What an operation takes and answers, told by the types of its handler: a handler cannot read
//! anything, nor answer anything, of which the document does not speak.

use axum::extract::State;
use model::{
    Role,
    schemars::{JsonSchema, SchemaGenerator},
};
use serde_json::{Map, Value, json};

use super::{Problem, shape::Shape};
use crate::Desk;

/// Something that a handler is given of a request.
pub(crate) trait Taken {
    /// Tells the document of it.
    fn describe(operation: &mut Operation<'_>);
}

/// What a handler answers.
pub(crate) trait Answers {
    /// Tells the document of it. `status` is the one it goes out with.
    fn describe(operation: &mut Operation<'_>, status: u16);
}

/// A handler whose request and answer can be described.
pub(crate) trait Endpoint<T> {
    /// Tells the document of it.
    fn describe(operation: &mut Operation<'_>);
}

macro_rules! endpoints {
    ($($taken:ident)*) => {
        impl<F, Answer, Done, M, $($taken,)*> Endpoint<(M, $($taken,)*)> for F
        where
            F: Fn($($taken),*) -> Done,
            Done: Future<Output = Result<Answer, Problem>>,
            Answer: Answers,
            $($taken: Taken,)*
        {
            fn describe(operation: &mut Operation<'_>) {
                $($taken::describe(operation);)*
                Answer::describe(operation, 200);
            }
        }
    };
}

endpoints!();
endpoints!(A);
endpoints!(A B);
endpoints!(A B C);
endpoints!(A B C D);
endpoints!(A B C D E);
endpoints!(A B C D E G);

impl Taken for State<Desk> {
    fn describe(_: &mut Operation<'_>) {}
}

/// One operation of the document while it is described.
pub(crate) struct Operation<'d> {
    pub(super) taken: &'d mut SchemaGenerator,
    pub(super) sent: &'d mut SchemaGenerator,
    pub(super) parameters: Vec<Value>,
    pub(super) body: Option<Value>,
    pub(super) answers: Map<String, Value>,
    /// The least role that may do it.
    pub(super) role: Option<Role>,
}

impl Operation<'_> {
    /// It takes the fields of a type from its address or its headers.
    pub(crate) fn parameters<T: JsonSchema + 'static>(&mut self, place: &str) {
        let shape = Shape::of::<T>();
        for (name, schema) in shape.fields() {
            let mut schema = shape.of_address(schema);
            let told = schema.as_object_mut().and_then(|fields| fields.remove("description"));
            self.parameter(place, name, shape.needs(name) || place == "path", told, &schema);
        }
    }

    /// It takes one parameter.
    pub(crate) fn parameter(
        &mut self,
        place: &str,
        name: &str,
        needed: bool,
        told: impl Into<Option<Value>>,
        schema: &Value,
    ) {
        self.parameters.push(json!({
            "name": name, "in": place, "required": needed, "schema": schema,
            "description": told.into().unwrap_or_default(),
        }));
    }

    /// It takes a body as JSON.
    pub(crate) fn body<T: JsonSchema + 'static>(&mut self) {
        let schema = self.taken.subschema_for::<T>();
        let needed = !Shape::of::<T>().is_met_by_nothing();
        self.body =
            Some(json!({"required": needed, "content": {"application/json": {"schema": schema}}}));
    }

    /// It takes a body of one of these kinds.
    pub(crate) fn file(&mut self, kinds: &[&str]) {
        let content: Map<_, _> =
            kinds.iter().map(|kind| ((*kind).to_owned(), json!({"schema": {}}))).collect();
        self.body = Some(json!({"required": true, "content": content}));
    }

    /// It answers with JSON.
    pub(crate) fn answer<T: JsonSchema>(&mut self, status: u16) {
        let schema = self.sent.subschema_for::<T>();
        self.answer_in(status, &[("application/json", json!(schema))]);
    }

    /// It answers in one of these kinds; with none, without a body.
    pub(crate) fn answer_in(&mut self, status: u16, kinds: &[(&str, Value)]) {
        let told = match status {
            201 => "It was made.",
            202 => "It was taken up.",
            204 => "It was done, and there is nothing to tell.",
            _ => "What was asked for, or what it is now.",
        };
        let mut answer = json!({"description": told});
        if !kinds.is_empty() {
            let content: Map<_, _> = kinds
                .iter()
                .map(|(kind, schema)| ((*kind).to_owned(), json!({"schema": schema})))
                .collect();
            answer["content"] = content.into();
        }
        self.answers.insert(status.to_string(), answer);
    }

    /// Its answers of this status carry a header.
    pub(crate) fn header(&mut self, status: u16, name: &str, told: &str) {
        let header = json!({
            "description": told, "required": true, "schema": {"type": "string"},
        });
        self.answers[&status.to_string()]["headers"][name] = header;
    }

    /// It may answer with a problem of this status.
    pub(crate) fn may_fail(&mut self, status: u16) {
        let problem = json!({"$ref": format!("#/components/responses/Problem{status}")});
        self.answers.insert(status.to_string(), problem);
    }
}
