//! Pictures of emoji back to the characters that they stand for.

use dom_query::NodeRef;

use super::dom::named;

/// Where WordPress and others keep them.
const FOLDERS: [&str; 5] =
    ["/images/core/emoji/", "/wp-includes/images/smilies/", "/images/icons/emoji/", "/twemoji/", "/emojione/"];

/// Puts text in the place of each picture of an emoji: its alternative text, else what its file is named after.
pub(super) fn to_text(root: NodeRef) {
    for image in named(root, "img") {
        let source = image.attr_or("src", "").to_string();
        if !["wp-smiley", "emoji"].iter().any(|class| image.has_class(class)) && !is_emoji(&source) {
            continue;
        }
        let written = image.attr_or("alt", "").trim().to_owned();
        let text = if written.is_empty() { named_after(&source) } else { Some(written) };
        if let Some(text) = text {
            image.insert_before(&image.tree.new_text(text));
            image.remove_from_parent();
        }
    }
}

fn is_emoji(source: &str) -> bool {
    FOLDERS.iter().any(|folder| source.contains(folder))
}

/// The characters whose numbers a file's name holds: `1f468-200d-1f680.png`.
fn named_after(source: &str) -> Option<String> {
    let file = source.split(['?', '#']).next()?.rsplit('/').next()?;
    let (name, _) = file.split_once('.')?;
    let is_code = name.len() <= 64 && name.split('-').all(|code| (4..=6).contains(&code.len()));
    let characters = name.split('-').map(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?));
    let text: String = characters.collect::<Option<String>>().filter(|_| is_code)?;
    text.chars().all(|c| !c.is_alphanumeric() && !c.is_control()).then_some(text)
}
