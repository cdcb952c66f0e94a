//! A unit of work with its types forgotten: what opens, keeps and undoes it is compiled once, and not
//! anew for each of the hundreds of places that have one.

use std::any::Any;

use futures_util::future::BoxFuture;

use crate::{Error, Result};

/// What a unit came to.
pub(super) type Value = Box<dyn Any + Send>;

/// Why it came to nothing.
pub(super) enum Failed {
    /// An error of its own.
    Itself(Value),
    /// The database's.
    Database(Error),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Database(error)
    }
}

type Run<Tx> = Box<dyn for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<Value, Failed>> + Send>;

/// Work on a transaction that was begun for it.
pub(super) struct Work<Tx: 'static>(Run<Tx>);

impl<Tx: Send> Work<Tx> {
    pub(super) fn new<T, E, F>(work: F) -> Self
    where
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
        T: Send + 'static,
        E: Send + 'static,
    {
        Self(Box::new(move |tx| {
            Box::pin(async move {
                match work(tx).await {
                    Ok(value) => Ok(Box::new(value) as Value),
                    Err(error) => Err(Failed::Itself(Box::new(error))),
                }
            })
        }))
    }

    pub(super) fn run(self, tx: &mut Tx) -> BoxFuture<'_, Result<Value, Failed>> {
        (self.0)(tx)
    }
}

/// What a unit came to, of the types it had.
pub(super) fn told<T: 'static, E: From<Error> + 'static>(
    outcome: Result<Value, Failed>,
) -> Result<T, E> {
    // No unit has another type than its caller's.
    let other = |_| Error::BrokenOff;
    match outcome {
        Ok(value) => Ok(*value.downcast().map_err(other)?),
        Err(Failed::Itself(error)) => Err(*error.downcast().map_err(other)?),
        Err(Failed::Database(error)) => Err(error.into()),
    }
}
