//! Copies of pictures back to where posts refer to them.

use super::{folder::Folder, form::Form, names};
use crate::Result;
use percent_encoding::percent_decode_str;
use std::{
    collections::{BTreeMap, HashMap},
    io,
};
use url::Url;

/// A picture that was a file of an imported folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// As articles refer to it: absolute, or from the site's root.
    pub original_url: String,
    /// The name of its copy in the media folder; none where the file was missing or unfit.
    pub media: Option<String>,
    /// The file that it was below the imported root, where it came from a site of the same form.
    pub source_file: Option<String>,
}

/// How the site that is written shows its pictures.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// Whose site it is.
    pub form: Form,
    /// The folders whose files stand at its root.
    pub statics: &'a [String],
    /// Its address, with a last slash.
    pub site: Option<&'a Url>,
}

impl Shown<'_> {
    /// Where a picture goes, so that posts that refer to it find it there. None for one of another site.
    #[must_use]
    pub fn place(self, picture: &Kept) -> Option<String> {
        let old = picture.source_file.as_deref().and_then(|file| self.old_place(file));
        old.or_else(|| self.place_of(&picture.original_url))
    }

    /// The place that a file had, where a site of this form looks for pictures.
    fn old_place(self, file: &str) -> Option<String> {
        let is_in = |folder: &String| folder.is_empty() || file.starts_with(&format!("{folder}/"));
        match self.form {
            _ if !names::is_below(file) => None,
            _ if self.statics.iter().any(is_in) => Some(file.to_owned()),
            Form::Hexo | Form::Jekyll => None,
            // As posts that came from no site do.
            Form::Hugo => Some(format!("content/{file}")),
        }
    }

    /// Where the site has the file that it shows at this address.
    #[must_use]
    pub fn place_of(self, address: &str) -> Option<String> {
        let bare = address.split(['?', '#']).next().unwrap_or(address);
        let path = match Url::parse(bare) {
            Ok(url) => {
                let site = self.site.filter(|site| site.origin() == url.origin())?;
                url.path().strip_prefix(site.path()).unwrap_or(url.path()).to_owned()
            }
            Err(_) => bare.strip_prefix('/').filter(|rest| !rest.starts_with('/'))?.to_owned(),
        };
        let path = percent_decode_str(path.trim_start_matches('/')).decode_utf8().ok()?;
        let folder = match self.form {
            Form::Jekyll => None,
            Form::Hexo | Form::Hugo => self.statics.first().filter(|folder| !folder.is_empty()),
        };
        let place = folder.map_or_else(|| path.to_string(), |folder| format!("{folder}/{path}"));
        names::is_below(&place).then_some(place)
    }
}

/// All pictures of a site: what each is, and which goes where.
#[derive(Debug, Default)]
pub struct Pictures {
    /// Names of copies by what articles call them.
    copies: HashMap<String, String>,
    /// Names of copies by their places.
    placed: BTreeMap<String, String>,
    /// Places of pictures of which there is no copy.
    missing: Vec<String>,
}

impl Pictures {
    /// Gives each of these its place, the first of two the one that both want.
    #[must_use]
    pub fn new(shown: Shown<'_>, kept: Vec<Kept>) -> Self {
        let mut pictures = Self::default();
        for picture in kept {
            let place = shown.place(&picture);
            let Kept { original_url, media, .. } = picture;
            match (media, place) {
                (Some(media), Some(place)) => {
                    pictures.placed.entry(place).or_insert_with(|| media.clone());
                    pictures.copies.insert(original_url, media);
                }
                (Some(media), None) => {
                    pictures.copies.insert(original_url, media);
                }
                (None, Some(place)) => pictures.missing.push(place),
                (None, None) => {}
            }
        }
        pictures
    }

    /// The files that are written.
    pub fn files(&self) -> impl Iterator<Item = &String> {
        self.placed.keys()
    }

    /// Places of pictures of which there is no copy, and where none stands.
    pub fn missing(&self) -> impl Iterator<Item = &String> {
        self.missing.iter().filter(|place| !self.placed.contains_key(*place))
    }

    /// Whether this file is the picture that articles call so; true for what is no file of the site.
    #[must_use]
    pub fn is(&self, address: &str, file: Option<&str>) -> bool {
        self.copies.get(address).is_none_or(|copy| file.and_then(|file| self.placed.get(file)) == Some(copy))
    }

    /// Puts the picture that articles call so where its address leads; the new file, unless another one stands there.
    pub fn add(&mut self, shown: Shown<'_>, address: &str) -> Option<String> {
        let copy = self.copies.get(address)?.clone();
        let place = shown.place_of(address).filter(|place| !self.placed.contains_key(place))?;
        self.placed.insert(place.clone(), copy);
        Some(place)
    }

    /// Writes them; the bytes of a copy are asked for by its name, one at a time. Answers those that can not be read, or for which
    /// there is no room beside other files, and why.
    ///
    /// # Errors
    /// When the folder can not be written.
    pub fn write(
        &self,
        folder: &mut Folder,
        read: &dyn Fn(&str) -> io::Result<Vec<u8>>,
    ) -> Result<Vec<(String, io::Error)>> {
        let mut unreadable = Vec::new();
        for (place, media) in &self.placed {
            match read(media) {
                Ok(bytes) if folder.is_free(place) => folder.write(place, &bytes, None)?,
                Ok(_) => unreadable.push((place.clone(), io::ErrorKind::AlreadyExists.into())),
                Err(error) => unreadable.push((place.clone(), error)),
            }
        }
        Ok(unreadable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use camino::Utf8Path;

    fn kept(original_url: &str, source_file: Option<&str>) -> Kept {
        Kept {
            original_url: original_url.to_owned(),
            media: Some("ab/cd.png".to_owned()),
            source_file: source_file.map(str::to_owned),
        }
    }

    fn statics(form: Form) -> Vec<String> {
        let folders: &[&str] = match form {
            Form::Hexo => &["source"],
            Form::Jekyll => &[""],
            Form::Hugo => &["static", "assets", "content"],
        };
        folders.iter().map(|folder| (*folder).to_owned()).collect()
    }

    fn place(form: Form, picture: &Kept) -> Option<String> {
        let site = Url::parse("https://tide.example.com/blog/").unwrap();
        Shown { form, statics: &statics(form), site: Some(&site) }.place(picture)
    }

    #[test]
    fn a_picture_goes_where_its_address_leads() {
        let at = |form, url| place(form, &kept(url, None));
        assert_eq!(at(Form::Hexo, "/2022/a%20b.png?v=1").unwrap(), "source/2022/a b.png");
        assert_eq!(at(Form::Hugo, "https://tide.example.com/blog/i/a.png").unwrap(), "static/i/a.png");
        assert_eq!(at(Form::Hugo, "https://tide.example.com/i/a.png").unwrap(), "static/i/a.png");
        assert_eq!(at(Form::Jekyll, "/i/a.png").unwrap(), "i/a.png");
        for url in ["https://elsewhere.example/a.png", "//cdn.example/a.png", "/../a.png", "/%2e%2e/a.png", "a.png"] {
            assert_eq!(at(Form::Hexo, url), None, "{url}");
        }
    }

    #[test]
    fn a_picture_stays_where_the_site_looks_for_it() {
        let at = |form, file| place(form, &kept("/x.png", Some(file))).unwrap();
        assert_eq!(at(Form::Hexo, "source/_posts/a/x.png"), "source/_posts/a/x.png");
        assert_eq!(at(Form::Hexo, "notes/x.png"), "source/x.png");
        assert_eq!(at(Form::Jekyll, "assets/x.png"), "assets/x.png");
        assert_eq!(at(Form::Hugo, "content/a/x.png"), "content/a/x.png");
        assert_eq!(at(Form::Hugo, "posts/a/x.png"), "content/posts/a/x.png");
    }

    #[test]
    fn of_two_pictures_with_one_place_the_first_has_it() {
        let other = Kept { media: Some("ef/01.png".to_owned()), ..kept("/y.png", Some("source/x.png")) };
        let statics = statics(Form::Hexo);
        let shown = Shown { form: Form::Hexo, statics: &statics, site: None };
        let mut pictures = Pictures::new(shown, vec![kept("/x.png", Some("source/x.png")), other]);
        assert_eq!(pictures.files().collect::<Vec<_>>(), ["source/x.png"]);
        assert!(pictures.is("/x.png", Some("source/x.png")) && !pictures.is("/y.png", Some("source/x.png")));
        assert!(pictures.is("https://elsewhere.example/z.png", None));
        assert_eq!(pictures.add(shown, "/y.png").as_deref(), Some("source/y.png"));
        assert!(pictures.is("/y.png", Some("source/y.png")));
        assert_eq!(pictures.add(shown, "/y.png"), None);
    }

    #[test]
    fn copies_are_written_and_missing_ones_told() {
        let place = tempfile::tempdir().unwrap();
        let mut folder = Folder::open(Utf8Path::from_path(place.path()).unwrap()).unwrap();
        let read = |name: &str| if name == "ab/cd.png" { Ok(vec![1, 2]) } else { Err(io::ErrorKind::NotFound.into()) };
        let gone = Kept { media: Some("gone".to_owned()), ..kept("/i/b.png", None) };
        let beside = kept("/i/a.png/x.png", None);
        let never = Kept { media: None, ..kept("/i/c.png", None) };
        let statics = statics(Form::Hexo);
        let shown = Shown { form: Form::Hexo, statics: &statics, site: None };
        let pictures = Pictures::new(shown, vec![kept("/i/a.png", None), gone, beside, never]);
        let unreadable = pictures.write(&mut folder, &read).unwrap();
        let places: Vec<&str> = unreadable.iter().map(|(place, _)| place.as_str()).collect();
        assert_eq!(places, ["source/i/a.png/x.png", "source/i/b.png"]);
        assert_eq!(pictures.missing().collect::<Vec<_>>(), ["source/i/c.png"]);
        assert_eq!(std::fs::read(place.path().join("source/i/a.png")).unwrap(), [1, 2]);
    }
}
