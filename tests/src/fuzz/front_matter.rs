//! Any bytes as a post of each dialect.

use super::html::HOSTS;
use crate::{inert, vectors::FRAME_HOST};
use api::import::{
    dialect::{self, Dialect},
    document::{Document, PostFile, PostLink, Read, Site, SiteRules},
    hexo, hugo, jekyll,
};
use chrono::DateTime;
use chrono_tz::Asia::Shanghai;
use std::collections::BTreeSet;
use url::Url;

/// When the post is imported, and was changed.
const NOW: i64 = 1_700_000_000;

/// Reads the post as one of Hexo, Jekyll and Hugo.
pub fn run(data: &[u8]) {
    let dialects = [
        (Dialect::Hexo(hexo::Rules::default()), "source/_posts/a-post.md"),
        (Dialect::Jekyll(jekyll::Rules::default()), "_posts/2022-05-20-a-post.md"),
        (Dialect::Hugo(hugo::Rules::default()), "content/posts/a-post.md"),
    ];
    // As YAML and editors count them: a lone carriage return ends one, too.
    let lines = String::from_utf8_lossy(data).replace("\r\n", "\n").split(['\n', '\r']).count();
    for (dialect, path) in dialects {
        let name = dialect.name();
        match read(&rules(dialect), path, data) {
            Ok(read) => {
                for line in read.warnings.iter().filter_map(|warning| warning.line) {
                    assert!((1..=lines).contains(&(line as usize)), "{name} warns of line {line} of {lines}");
                }
                judge(name, &read.document);
            }
            Err((line, why)) => {
                assert!((1..=lines).contains(&(line as usize)), "{name} refuses line {line} of {lines}: {why}");
                assert!(!why.is_empty(), "{name} does not say why");
            }
        }
    }
}

/// What is read, or where and why it is not.
fn read(rules: &SiteRules, path: &str, bytes: &[u8]) -> Result<Read, (u32, String)> {
    let now = DateTime::from_timestamp(NOW, 0).expect("it is a time");
    let file = PostFile { path, bytes, known_date: None, changed_at: now, now };
    let pictures = ["source/images/a.png", "images/a.png", "static/a.png"].map(str::to_owned);
    let posts = |name: &str| {
        let title = name.to_owned();
        name.starts_with('a').then(|| PostLink { path: "/2022/a b/".to_owned(), title })
    };
    let site = Site { rules, pictures: &BTreeSet::from(pictures), posts: &posts };
    dialect::read(&file, &site).map_err(|refusal| (refusal.line(), refusal.to_string()))
}

fn rules(dialect: Dialect) -> SiteRules {
    SiteRules {
        dialect,
        timezone: Shanghai,
        locale: "en".to_owned(),
        url: Url::parse("https://tide.example.com/blog/").ok(),
        naming: api::article::Naming::default(),
        statics: vec!["source".to_owned(), "static".to_owned(), String::new()],
        frame_hosts: HOSTS.map(str::to_owned).to_vec(),
    }
}

/// What every document keeps, whatever it was read from.
fn judge(dialect: &str, document: &Document) {
    let Document { title, slug, path, earlier_paths, authors, categories, tags, body, source_url, .. } = document;
    assert!(!title.is_empty() && !slug.is_empty(), "{dialect}: title {title:?}, slug {slug:?}");
    for path in earlier_paths.iter().chain([path]) {
        assert!(path.starts_with('/') && !path.starts_with("//"), "{dialect}: path {path:?}");
    }
    let names = authors.iter().map(|author| &author.name).chain(categories.iter().flatten()).chain(tags);
    for text in names.chain([title, slug]) {
        assert!(!text.trim().is_empty() && !text.contains(char::is_control), "{dialect}: text {text:?}");
    }
    assert!(categories.iter().all(|chain| !chain.is_empty()), "{dialect}: a chain of no categories");
    for address in source_url.iter().chain(authors.iter().filter_map(|author| author.website.as_ref())) {
        assert_eq!(inert::scheme(address), Ok(()), "{dialect}: {address}");
    }
    assert_eq!(inert::check(&body.html, &[FRAME_HOST]), Ok(()), "{dialect}: {}", body.html);
}
