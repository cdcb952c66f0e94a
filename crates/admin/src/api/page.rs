//! Lists in pages. A page is asked for by the cursor that the one before it gave: whatever is added or
//! goes meanwhile, nothing is told twice and nothing is passed over.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use model::schemars::{self, JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    Problem, cursor,
    operation::{Answers, Operation},
};

/// So many are on a page unless the caller wants fewer or more.
const USUAL: i64 = 50;

/// Which page is wanted.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct Paging {
    /// How many at most; 50 unless it is given.
    #[schemars(range(min = 1, max = 200))]
    limit: Option<i64>,
    /// Where the page begins: `next_cursor` of the one before it.
    #[schemars(regex(pattern = "^[A-Za-z0-9_-]{1,200}$"))]
    cursor: Option<String>,
}

/// Something that is told in pages.
pub(crate) trait Listed: Serialize + JsonSchema {
    /// What several of them are called.
    const NAME: &'static str;
    /// Where one stands in the order of the list; no two stand at the same place.
    fn place(&self) -> String;
}

/// A page of a list.
pub(crate) struct Page<T> {
    items: Vec<T>,
    next_cursor: Option<String>,
}

impl Paging {
    /// How many are wanted.
    pub(crate) fn limit(&self) -> i64 {
        self.limit.unwrap_or(USUAL)
    }

    /// Where the page begins, as `read` understands it.
    pub(crate) fn begins<C>(
        &self,
        read: impl FnOnce(&str) -> Option<C>,
    ) -> Result<Option<C>, Problem> {
        let Some(cursor) = &self.cursor else { return Ok(None) };
        let read = read(cursor).ok_or_else(|| {
            Problem::unprocessable("cursor", "It must be next_cursor of the page before.")
        })?;
        Ok(Some(read))
    }

    /// The page of a list that is at hand as a whole.
    pub(crate) fn of<T: Listed>(&self, mut all: Vec<T>) -> Result<Page<T>, Problem> {
        let after = self.begins(cursor::place::<String>)?;
        all.sort_by_cached_key(Listed::place);
        if let Some(after) = after {
            all.retain(|one| one.place() > after);
        }
        Ok(self.page(all, cursor::of_place))
    }

    /// The page of what was read from its beginning on, one more than wanted if there are more.
    pub(crate) fn page<T>(&self, mut items: Vec<T>, cursor: impl FnOnce(&T) -> String) -> Page<T> {
        let most = usize::try_from(self.limit()).unwrap_or(1);
        let more = items.len() > most;
        items.truncate(most);
        let next_cursor = items.last().filter(|_| more).map(cursor);
        Page { items, next_cursor }
    }
}

impl<T: JsonSchema + Listed> JsonSchema for Page<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("PageOf{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let item = generator.subschema_for::<T>();
        json_schema!({
            "type": "object", "required": [T::NAME, "next_cursor"],
            "properties": {
                T::NAME: {"type": "array", "items": item, "description": "Those of this page."},
                "next_cursor": {
                    "type": ["string", "null"],
                    "description": "Where the next page begins; null on the last.",
                },
            },
        })
    }
}

impl<T: Listed> Answers for Page<T> {
    fn describe(operation: &mut Operation<'_>, status: u16) {
        operation.answer::<Self>(status);
        // A cursor may be none that we gave.
        operation.may_fail(422);
    }
}

impl<T: Listed> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        let mut page = json!({"next_cursor": self.next_cursor});
        page[T::NAME] = self.items.iter().map(|item| json!(item)).collect::<Value>();
        Json(page).into_response()
    }
}
