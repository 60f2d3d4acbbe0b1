//! The pictures beside a post: keys of themes, named resources of a bundle, and files of a bundle by their names.

use serde_json::Value;

use super::spot::Spot;
use crate::{
    article::Picture,
    import::{
        document::Site,
        place::Place,
        post::{Keys, keys, pictures},
    },
};

/// The picture above the article.
pub(super) fn cover(keys: &mut Keys, place: &Place, spot: &Spot, site: &Site) -> Option<Picture> {
    if keys.peek("cover").as_deref() == Some("false") {
        return pictures::cover(keys, place);
    }
    described(keys, place, "cover")
        .or_else(|| pictures::cover(keys, place))
        .or_else(|| listed(keys, place, &["featuredimage", "feature_image", "feature", "images"]))
        .or_else(|| of_params(keys, place))
        .or_else(|| resource(keys, place, spot, site, &["cover", "featured", "feature"]))
        .or_else(|| file(place, spot, site, &["feature", "cover"]))
}

/// The picture in lists.
pub(super) fn thumbnail(keys: &mut Keys, place: &Place, spot: &Spot, site: &Site) -> Option<Picture> {
    described(keys, place, "thumbnail")
        .or_else(|| pictures::thumbnail(keys, place))
        .or_else(|| resource(keys, place, spot, site, &["thumbnail", "thumb"]))
        .or_else(|| file(place, spot, site, &["thumbnail", "thumb"]))
}

/// A mapping such as `cover: {image: x.png, caption: …}`. It tells more than the picture and so stays among the extra fields.
fn described(keys: &Keys, place: &Place, key: &str) -> Option<Picture> {
    let fields = keys.rest.get(key)?.as_object()?;
    let url = ["image", "src", "url"].iter().find_map(|name| keys::scalar(fields.get(*name)?))?;
    let beside = place.picture(&url)?;
    let is_beside = fields.get("relative").and_then(Value::as_bool).unwrap_or(false);
    let is_found = beside.file.as_ref().is_some_and(|file| place.has(file));
    let is_written_whole = url.starts_with('/') || keys::is_web_url(&url);
    // Themes take such an address for one from the site's root, unless it is said to be beside the page.
    if is_beside || is_found || is_written_whole { Some(beside) } else { place.picture(&format!("/{url}")) }
}

/// Keys of themes; a list of pictures is more than its first one and stays.
fn listed(keys: &mut Keys, place: &Place, names: &[&str]) -> Option<Picture> {
    let (name, picture) = names.iter().find_map(|name| {
        let urls = keys::names(keys.rest.get(*name)?);
        Some((*name, urls.iter().find_map(|url| place.picture(url))?))
    })?;
    let is_list = keys.rest.get(name).and_then(Value::as_array).is_some_and(|items| items.len() > 1);
    if !is_list {
        keys.rest.shift_remove(name);
    }
    Some(picture)
}

/// What an author put under `params` stays there.
fn of_params(keys: &Keys, place: &Place) -> Option<Picture> {
    let params = keys.rest.get("params")?.as_object()?;
    let of_key = |key: &str| match params.get(key)? {
        Value::Object(fields) => place.picture(&keys::scalar(fields.get("image")?)?),
        value => keys::names(value).iter().find_map(|url| place.picture(url)),
    };
    ["cover", "featured_image", "featuredImage", "image", "images"].into_iter().find_map(of_key)
}

/// A resource of the bundle that has one of these names.
fn resource(keys: &Keys, place: &Place, spot: &Spot, site: &Site, names: &[&str]) -> Option<Picture> {
    let resources = keys.rest.get("resources")?.as_array()?;
    let is_named = |resource: &Value| {
        let name = resource.get("name").and_then(keys::scalar).unwrap_or_default().to_lowercase();
        names.iter().any(|wanted| name.split('.').next() == Some(wanted))
    };
    let source = |resource: &Value| resource.get("src").and_then(keys::scalar);
    let src = resources.iter().filter(|resource| is_named(resource)).find_map(source)?;
    match src.split_once('*') {
        // The first file that the pattern can mean.
        Some((start, end)) if spot.is_bundle => {
            let end = end.trim_start_matches('*');
            let fits = |inner: &str| {
                inner.starts_with(start) && inner.ends_with(end) && inner.len() >= start.len() + end.len()
            };
            let inner = bundled(spot, site).find(|inner| fits(inner))?;
            place.picture(inner)
        }
        _ => place.picture(&src),
    }
}

/// A file of the bundle whose name begins so.
fn file(place: &Place, spot: &Spot, site: &Site, starts: &[&str]) -> Option<Picture> {
    let begins = |inner: &&str, start: &str| !inner.contains('/') && inner.to_lowercase().starts_with(start);
    let found = starts.iter().find_map(|start| bundled(spot, site).find(|inner| begins(inner, start)))?;
    place.picture(found)
}

/// The pictures of a bundle, by their paths in it.
fn bundled<'s>(spot: &Spot, site: &Site<'s>) -> impl Iterator<Item = &'s str> {
    let folder = format!("{}/", spot.folder);
    let is_bundle = spot.is_bundle && !spot.folder.is_empty();
    let from = site.pictures.range(folder.clone()..).filter(move |_| is_bundle);
    from.map_while(move |file| file.strip_prefix(folder.as_str()))
}
