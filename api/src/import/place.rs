//! Where a post stands on its site, and so what the addresses in it mean. Pure: which files there are is told beforehand.

use super::normalise::picture;
use crate::{article::Picture, path};
use percent_encoding::percent_decode_str;
use std::{borrow::Cow, collections::BTreeSet};
use unicode_normalization::UnicodeNormalization;
use url::Url;

/// Stands for a site whose address is not known; no host can have this name (RFC 2606).
const NOWHERE: &str = "http://masthead.invalid/";

/// The surroundings of one post.
#[derive(Clone, Debug)]
pub struct Place<'a> {
    /// The address of the post's page; none where nothing is known of it, and addresses stay as they are written.
    page: Option<Url>,
    /// The site's address, with a last slash.
    site: Option<&'a Url>,
    beside: Vec<Shelf>,
    statics: &'a [String],
    files: Option<&'a BTreeSet<String>>,
    frame_hosts: &'a [String],
}

/// A folder in which the pictures of a post may lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf {
    /// Below the root, without a last slash; empty for the root.
    pub folder: String,
    /// Whether the site shows its files beside the post's page.
    pub is_published: bool,
}

impl<'a> Place<'a> {
    /// Nowhere in particular: addresses stay as they are written.
    #[must_use]
    pub fn unknown() -> Self {
        Self { page: None, site: None, beside: Vec::new(), statics: &[], files: None, frame_hosts: &[] }
    }

    /// The page at this decoded path of a site, whose address may be known.
    #[must_use]
    pub fn on_site(site: Option<&'a Url>, path: &str) -> Self {
        let base = site.cloned().or_else(|| Url::parse(NOWHERE).ok());
        let page = base.and_then(|base| base.join(path::encode(path).trim_start_matches('/')).ok());
        Self { page, site, ..Self::unknown() }
    }

    /// With these folders beside the post, the likeliest first; with the folders whose files the site shows at its root; and
    /// with all pictures that there are, below the imported root.
    #[must_use]
    pub fn with_files(self, beside: Vec<Shelf>, statics: &'a [String], files: &'a BTreeSet<String>) -> Self {
        Self { beside, statics, files: Some(files), ..self }
    }

    /// With the hosts whose frames a body may hold.
    #[must_use]
    pub fn with_frames(self, frame_hosts: &'a [String]) -> Self {
        Self { frame_hosts, ..self }
    }

    /// The hosts whose frames a body may hold.
    #[must_use]
    pub fn frame_hosts(&self) -> &'a [String] {
        self.frame_hosts
    }

    /// Whether an address leads to the host of the site itself.
    #[must_use]
    pub fn is_own_host(&self, address: &Url) -> bool {
        self.site.is_some_and(|site| site.host() == address.host())
    }

    /// An address as the site's visitors need it: absolute where the site's is known, else from the site's root. What has a
    /// scheme or leads into the page itself stays as it is written.
    #[must_use]
    pub fn address<'u>(&self, written: &'u str) -> Cow<'u, str> {
        let text = written.trim();
        let is_elsewhere = text.is_empty() || text.starts_with('#') || Url::parse(text).is_ok();
        match self.page.as_ref().filter(|_| !is_elsewhere).and_then(|page| page.join(text).ok()) {
            Some(url) => Cow::Owned(written_out(&url)),
            None => Cow::Borrowed(written),
        }
    }

    /// The picture that a URL of markup or front matter means: its original, absolute where that is possible, and the file
    /// that it is. None for what is no picture on the web.
    #[must_use]
    pub fn picture(&self, written: &str) -> Option<Picture> {
        let picture = picture(written)?;
        let candidates = self.candidates(&picture.original_url);
        let found = candidates.iter().find_map(|candidate| {
            // Some systems write marks apart from their letters in the names of files.
            let forms = [candidate.file.clone(), candidate.file.nfc().collect(), candidate.file.nfd().collect()];
            let file = forms.into_iter().find(|file| self.has(file))?;
            Some(Candidate { file, address: candidate.address.clone() })
        });
        let found = found.as_ref();
        let original_url = match found {
            Some(Candidate { address: Some(address), .. }) => self.address(address).into_owned(),
            _ => self.address(&picture.original_url).into_owned(),
        };
        // An address with a host may be one on the web, whatever the site's own is.
        let expected = candidates.first().filter(|_| Url::parse(&picture.original_url).is_err());
        let file = found.or(expected).map(|candidate| candidate.file.clone());
        Some(Picture { original_url, file, ..picture })
    }

    /// Whether a file below the imported root is there.
    #[must_use]
    pub fn has(&self, file: &str) -> bool {
        self.files.is_some_and(|files| files.contains(file))
    }

    /// The files that a URL may mean, the likeliest first.
    fn candidates(&self, url: &str) -> Vec<Candidate> {
        if self.files.is_none() {
            return Vec::new();
        }
        let bare = url.split(['?', '#']).next().unwrap_or(url);
        let decoded = decode(bare).replace('\\', "/");
        let is_relative = Url::parse(bare).is_err() && !bare.starts_with('/');
        let beside = self.beside.iter().filter(|_| is_relative).filter_map(|shelf| {
            let file = below(&shelf.folder, &decoded)?;
            let address = (!shelf.is_published).then(|| format!("/{}", path::encode(&file)));
            Some(Candidate { file, address })
        });
        let mut candidates: Vec<Candidate> = beside.collect();
        for at in self.on_root(bare).into_iter().chain(is_relative.then_some(decoded)) {
            candidates.extend(self.statics.iter().filter_map(|folder| {
                let file = below(folder, at.trim_start_matches('/'))?;
                let address = is_relative.then(|| format!("/{}", path::encode(at.trim_start_matches('/'))));
                Some(Candidate { file, address })
            }));
        }
        candidates
    }

    /// The decoded paths below the site's root that an address on the site means: without the folder in which the site stands
    /// on its host, and with it.
    fn on_root(&self, url: &str) -> Vec<String> {
        let Some(page) = &self.page else { return Vec::new() };
        let Some(full) = page.join(url).ok().filter(|full| full.origin() == page.origin()) else { return Vec::new() };
        let whole = decode(full.path());
        let inner = self.site.and_then(|site| full.path().strip_prefix(site.path())).map(decode);
        inner.into_iter().chain([whole]).collect()
    }
}

/// A file that a URL may mean.
struct Candidate {
    file: String,
    /// Where the site shows it, if not where the URL says.
    address: Option<String>,
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), Into::into)
}

fn written_out(url: &Url) -> String {
    let text = url.as_str();
    text.strip_prefix(NOWHERE).map_or_else(|| text.to_owned(), |path| format!("/{path}"))
}

/// A path below a folder with its `.` and `..` resolved; None where it leaves the imported root.
fn below(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(paths: &[&str]) -> BTreeSet<String> {
        paths.iter().map(|path| (*path).to_owned()).collect()
    }

    fn shelf(folder: &str, is_published: bool) -> Shelf {
        Shelf { folder: folder.to_owned(), is_published }
    }

    #[test]
    fn addresses_are_absolute_where_the_sites_is_known_and_from_its_root_elsewhere() {
        let site = Url::parse("https://example.com/blog/").unwrap();
        let known = Place::on_site(Some(&site), "/2022/潮/");
        assert_eq!(known.address("a.html"), "https://example.com/blog/2022/%E6%BD%AE/a.html");
        assert_eq!(known.address("/about/"), "https://example.com/about/");
        assert_eq!(known.address("//cdn.example/x"), "https://cdn.example/x");
        for stays in ["#note", "mailto:a@b.example", "https://a.example/ü?x=1", ""] {
            assert_eq!(known.address(stays), stays);
        }
        let unknown = Place::on_site(None, "/2022/a/");
        assert_eq!(unknown.address("../b/"), "/2022/b/");
        assert_eq!(Place::unknown().address("../b/"), "../b/");
    }

    #[test]
    fn a_picture_is_looked_for_beside_the_post_then_below_the_sites_root() {
        let files = files(&["source/_posts/a/x.png", "source/images/y z.png", "loose/p.png"]);
        let statics = ["source".to_owned()];
        let place = Place::on_site(None, "/2022/a/");
        let place = place.with_files(vec![shelf("source/_posts/a", true), shelf("loose", false)], &statics, &files);
        let read = |url| place.picture(url).map(|picture| (picture.original_url, picture.file)).unwrap();
        assert_eq!(read("x.png?w=5"), ("/2022/a/x.png".to_owned(), Some("source/_posts/a/x.png".to_owned())));
        assert_eq!(
            read("/images/y%20z.png"),
            ("/images/y%20z.png".to_owned(), Some("source/images/y z.png".to_owned()))
        );
        assert_eq!(read("images/y z.png").0, "/images/y%20z.png");
        assert_eq!(read("./p.png"), ("/loose/p.png".to_owned(), Some("loose/p.png".to_owned())));
        assert_eq!(read("missing.png").1.unwrap(), "source/_posts/a/missing.png");
        assert_eq!(read("https://elsewhere.example/x.png").1, None);
        assert_eq!(read("../../../../../etc/passwd").1.unwrap(), "source/etc/passwd");
    }

    #[test]
    fn an_address_on_the_site_itself_is_a_file_too() {
        let site = Url::parse("https://example.com/blog/").unwrap();
        let files = files(&["static/a.png"]);
        let statics = ["static".to_owned()];
        let place = Place::on_site(Some(&site), "/p/").with_files(Vec::new(), &statics, &files);
        for url in ["https://example.com/blog/a.png", "/blog/a.png", "/a.png"] {
            assert_eq!(place.picture(url).unwrap().file.unwrap(), "static/a.png", "{url}");
        }
        assert_eq!(place.picture("https://example.org/a.png").unwrap().file, None);
        assert_eq!(place.picture("https://example.com/blog/b.png").unwrap().file, None);
        assert_eq!(place.picture("/b.png").unwrap().file.unwrap(), "static/b.png");
    }
}
