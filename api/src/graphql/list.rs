//! From the arguments of a list field to what is asked of the list.

use super::context::Reader;
use crate::{
    Result,
    list::{Arguments, ListQuery, Wants, filter::Where, order::OrderField},
};
use async_graphql::{Context, InputType};
use chrono_tz::Tz;

/// Checks the arguments, and sees what is selected. `list` tells lists of one type from those of another.
///
/// # Errors
/// When an argument can not be meant or may not be asked, or the site's time zone can not be read.
pub async fn asked<W: Where + InputType + Default + PartialEq, F: OrderField>(
    ctx: &Context<'_>,
    reader: &Reader,
    list: &str,
    arguments: Arguments<W, F>,
) -> Result<ListQuery<W, F>> {
    let limits = reader.app.limits();
    let needs_zone = arguments.check(limits, reader.audience)?;
    let zone = if needs_zone { reader.app.zone(&reader.db).await? } else { Tz::UTC };
    ListQuery::new(list, arguments, Wants::of(&ctx.look_ahead()), zone, limits)
}
