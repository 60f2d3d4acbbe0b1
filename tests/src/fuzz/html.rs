//! Any text as the HTML of a body.

use crate::{inert, vectors::FRAME_HOST};
use api::{
    article::BodyDraft,
    import::{normalise::normalise, place::Place},
};
use url::Url;

/// Hosts whose frames a body may hold.
pub(super) const HOSTS: [&str; 1] = [FRAME_HOST];

/// No body is longer, whatever it was made of.
const MOST_BYTES: usize = 8 * 1024 * 1024;

/// Brings HTML to its stored form, of a post of which nothing is known and of one that stands on a site.
pub fn run(data: &[u8]) {
    let html = String::from_utf8_lossy(data);
    let hosts = HOSTS.map(str::to_owned);
    let site = Url::parse("https://tide.example.com/blog/").expect("it is an address");
    form(&html, &Place::unknown().with_frames(&hosts), None);
    form(&html, &Place::on_site(Some(&site), "/2022/a/").with_frames(&hosts), Some("a.jpg"));
}

fn form(html: &str, place: &Place, cover: Option<&str>) {
    let Ok(once) = normalise(html, place, cover) else { return };
    assert!(once.html.len() <= MOST_BYTES, "{} bytes of {}", once.html.len(), html.len());
    assert_eq!(inert::check(&once.html, &HOSTS), Ok(()), "{}", once.html);
    figures(&once);
    let twice = normalise(&once.html, place, cover).expect("what was stored can be read again");
    assert_eq!(twice.html, once.html, "normalising twice is normalising once");
    assert_eq!(twice.text, once.text, "the text of the same HTML is the same");
}

/// The figures that are told are those of the HTML, numbered in their order.
fn figures(body: &BodyDraft) {
    let numbers: Vec<String> = (0..body.figures.len()).map(|number| format!(" data-figure=\"{number}\"")).collect();
    assert_eq!(body.html.matches("<img ").count(), numbers.len(), "{}", body.html);
    assert!(numbers.iter().all(|number| body.html.matches(number.as_str()).count() == 1), "{}", body.html);
    let covers = body.figures.iter().filter(|figure| figure.is_cover).count();
    assert_eq!(body.html.matches(" data-cover=\"\"").count(), covers, "{}", body.html);
}
