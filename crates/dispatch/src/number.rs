//! A member has another number: the roster takes it, and whoever has it is asked whether it is hers.

use futures_util::future::BoxFuture;
use model::{MemberId, Phone};
use roster::{Act, Refusal};

use crate::{Dispatch, Result, applying::known};

impl Dispatch {
    /// Gives a member another number and asks by text, at the new one, whether it is hers
    /// ([`roster::change_number_in`]).
    ///
    /// # Errors
    /// Where the database failed. What is refused is no error: nothing was changed then.
    pub fn change_number(
        &self,
        act: Act,
        member: MemberId,
        number: Phone,
    ) -> BoxFuture<'_, Result<Result<(), Refusal>>> {
        Box::pin(async move {
            self.at_desk(act.chapter, move |desk| {
                Box::pin(async move {
                    match roster::change_number_in(desk.tx, &act, member, &number).await {
                        Ok(member) => Ok(Ok(desk.ask_number(&member).await?)),
                        Err(roster::Error::Refused(refusal)) => Ok(Err(refusal)),
                        Err(error) => Err(known(error)),
                    }
                })
            })
            .await
        })
    }
}
