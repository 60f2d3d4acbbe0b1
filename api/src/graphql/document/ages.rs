//! How long caches in front of the server may keep what shows a type.

use std::time::Duration;

/// By the type that a field is selected on; nothing where it does not count.
pub fn of(parent: &str) -> Option<Duration> {
    let seconds = match parent {
        // What stands below them counts.
        "Query" | "PageInfo" => return None,
        // A copy does not change; what is known of a picture hardly ever does.
        "Image" | "ImageConnection" | "ImageEdge" => 3_600,
        "Category" | "CategoryConnection" | "CategoryEdge" | "Author" | "AuthorConnection" | "AuthorEdge" | "Tag"
        | "TagConnection" | "TagEdge" | "Site" => 300,
        // The schema is that of the running version.
        introspection if introspection.starts_with("__") => 300,
        // Articles, their lists and all that is counted, found or suggested there.
        _ => 60,
    };
    Some(Duration::from_secs(seconds))
}
