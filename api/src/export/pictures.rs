//! Copies of pictures back to where posts refer to them.

use super::{folder::Folder, form::Form, names};
use crate::Result;
use percent_encoding::percent_decode_str;
use std::io;
use url::Url;

/// A picture of which the media folder has a copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// As articles refer to it: absolute, or from the site's root.
    pub original_url: String,
    /// The name of the copy in the media folder.
    pub media: String,
    /// The file that it was below the imported root, where it came from a site of the same form.
    pub source_file: Option<String>,
}

/// Where a picture goes in a site of this form, so that the address by which posts refer to it leads there. None for one of
/// another site.
#[must_use]
pub fn place(form: Form, picture: &Kept, site: Option<&Url>) -> Option<String> {
    if let Some(file) = picture.source_file.as_ref().filter(|file| names::is_below(file)) {
        return Some(file.clone());
    }
    let url = &picture.original_url;
    let of_site = site.and_then(|site| url.strip_prefix(site.as_str()));
    let bare = of_site.or_else(|| url.strip_prefix('/').filter(|rest| !rest.starts_with('/')))?;
    let bare = bare.split(['?', '#']).next().unwrap_or(bare);
    let path = percent_decode_str(bare).decode_utf8().ok()?;
    let folder = match form {
        Form::Hexo => "source/",
        Form::Jekyll => "",
        Form::Hugo => "static/",
    };
    names::is_below(&path).then(|| format!("{folder}{path}"))
}

/// Writes these pictures; the bytes of a copy are asked for by its name, one at a time. Answers those that can not be read, and
/// why.
///
/// # Errors
/// When the folder can not be written.
pub fn write(
    folder: &mut Folder,
    form: Form,
    site: Option<&Url>,
    pictures: impl Iterator<Item = Kept>,
    read: &dyn Fn(&str) -> io::Result<Vec<u8>>,
) -> Result<Vec<(String, io::Error)>> {
    let mut unreadable = Vec::new();
    for picture in pictures {
        let Some(place) = place(form, &picture, site) else { continue };
        match read(&picture.media) {
            Ok(bytes) => folder.write(&place, &bytes, None)?,
            Err(error) => unreadable.push((place, error)),
        }
    }
    Ok(unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use camino::Utf8Path;

    fn kept(original_url: &str, source_file: Option<&str>) -> Kept {
        Kept {
            original_url: original_url.to_owned(),
            media: "ab/cd.png".to_owned(),
            source_file: source_file.map(str::to_owned),
        }
    }

    #[test]
    fn a_picture_goes_where_its_address_leads() {
        let site = Url::parse("https://tide.example.com/blog/").unwrap();
        let at = |form, url| place(form, &kept(url, None), Some(&site));
        assert_eq!(at(Form::Hexo, "/2022/a%20b.png?v=1").unwrap(), "source/2022/a b.png");
        assert_eq!(at(Form::Hugo, "https://tide.example.com/blog/i/a.png").unwrap(), "static/i/a.png");
        assert_eq!(at(Form::Jekyll, "/i/a.png").unwrap(), "i/a.png");
        for url in ["https://elsewhere.example/a.png", "//cdn.example/a.png", "/../a.png", "/%2e%2e/a.png"] {
            assert_eq!(at(Form::Hexo, url), None, "{url}");
        }
        let file = kept("/x.png", Some("source/_posts/a/x.png"));
        assert_eq!(place(Form::Hexo, &file, None).unwrap(), "source/_posts/a/x.png");
    }

    #[test]
    fn copies_are_written_and_missing_ones_told() {
        let place = tempfile::tempdir().unwrap();
        let mut folder = Folder::open(Utf8Path::from_path(place.path()).unwrap()).unwrap();
        let read = |name: &str| if name == "ab/cd.png" { Ok(vec![1, 2]) } else { Err(io::ErrorKind::NotFound.into()) };
        let gone = Kept { media: "gone".to_owned(), ..kept("/i/b.png", None) };
        let pictures = [kept("/i/a.png", None), gone].into_iter();
        let unreadable = write(&mut folder, Form::Hexo, None, pictures, &read).unwrap();
        assert_eq!(unreadable.len(), 1);
        assert_eq!(std::fs::read(place.path().join("source/i/a.png")).unwrap(), [1, 2]);
    }
}
