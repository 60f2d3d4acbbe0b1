//! Until when a post is shown.

use super::{Keys, instant};
use crate::import::document::Refusal;
use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Tz;
use serde_json::Value;

/// Keys under which the programs and their common plugins have it.
const KEYS: [&str; 6] = ["expiryDate", "expiry", "expires", "expire", "unpublishDate", "unpublishdate"];

/// When a post is to be hidden, and whether it is a draft, as it is from then on.
pub(in crate::import) fn expiry(
    keys: &mut Keys,
    now: DateTime<Utc>,
    zone: Tz,
    is_draft: bool,
) -> Result<(Option<DateTime<Utc>>, bool), Refusal> {
    for key in KEYS {
        if keys.rest.get(key) == Some(&Value::Bool(false)) {
            keys.rest.shift_remove(key);
        }
        if let Some(expires_at) = instant(keys, key, zone)? {
            let when = expires_at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
            let message = if expires_at <= now {
                format!("the post expired at {when}: it is a draft now")
            } else {
                format!("the post expires at {when}: import it again then, so that it becomes a draft")
            };
            keys.warn(key, message);
            return Ok((Some(expires_at), is_draft || expires_at <= now));
        }
    }
    Ok((None, is_draft))
}
