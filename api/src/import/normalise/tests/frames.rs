//! Frames: none but those of hosts that the settings name, and of these nothing but what the settings mean.

use super::*;

fn hosts() -> Vec<String> {
    vec!["player.example".into(), "www.youtube.com".into()]
}

fn with(source: &str) -> String {
    let hosts = hosts();
    let place = Place::unknown().with_frames(&hosts);
    let once = normalise(source, &place, None).unwrap().html;
    assert_eq!(normalise(&once, &place, None).unwrap().html, once, "{source}");
    once
}

/// A frame as it stays, with these attributes in front of those that are always there.
fn frame(own: &str) -> String {
    let set = "sandbox=\"allow-presentation allow-same-origin allow-scripts\" allowfullscreen=\"\" loading=\"lazy\" \
        referrerpolicy=\"strict-origin-when-cross-origin\"";
    format!("<iframe {own} {set}></iframe>")
}

#[test]
fn a_frame_of_an_allowed_host_stays_in_its_one_form() {
    for (source, own) in [
        ("<iframe src=https://player.example/v/1></iframe>", "src=\"https://player.example/v/1\""),
        ("<iframe src=//www.youtube.com/embed/aQ1>old</iframe>", "src=\"https://www.youtube.com/embed/aQ1\""),
        (
            "<iframe data-src=' https://PLAYER.example:443/a?b&amp;c#d '></iframe>",
            "src=\"https://player.example/a?b&amp;c#d\"",
        ),
        (
            "<iframe height=315px width=560 height=315 title=' A \"film\"' src=https://player.example/ name=x allow='camera *' \
                style=position:fixed srcdoc='<script>alert(1)</script>' onload=alert(1) sandbox='allow-top-navigation' loading=eager \
                referrerpolicy=unsafe-url class=y id=z></iframe>",
            "src=\"https://player.example/\" title=\" A &quot;film&quot;\" width=\"560\"",
        ),
        (
            "<iframe src='https://player.example/?a=\"><script>alert(1)</script>&b=javascript:alert(1)'></iframe>",
            "src=\"https://player.example/?a=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&amp;b=javascript%3Aalert(1)\"",
        ),
    ] {
        assert_eq!(with(source), frame(own), "{source}");
    }
}

#[test]
fn a_frame_of_any_other_host_does_not_stay() {
    for source in [
        "http://player.example/",
        "https://player.example:8443/",
        "https://me@player.example/",
        "https://me:word@player.example/",
        "https://player.example.evil.example/",
        "https://sub.player.example/",
        "https://evil.example/player.example/",
        "https://evil.example\\@player.example/",
        "https://player.example./",
        "https://player.exampl\u{ff45}.evil.example/",
        "/player.example/",
        "player.example/",
        "javascript:alert(1)//player.example/",
        "data:text/html,//player.example/",
        "blob:https://player.example/1",
        "",
    ] {
        assert_eq!(with(&format!("<p>a</p><iframe src=\"{source}\">b</iframe>")), "<p>a</p>", "{source}");
    }
    assert_eq!(html("<iframe src=https://player.example/></iframe>"), "");
    let link = with("<iframe src=https://player.vimeo.com/video/5></iframe>");
    assert!(link.starts_with("<p><a href=\"https://vimeo.com/5\""), "{link}");
}

#[test]
fn the_sanitiser_knows_the_hosts_itself() {
    let source = "<iframe src=\"https://evil.example/\" sandbox=\"allow-top-navigation\" srcdoc=\"x\"></iframe>";
    let clean = sanitise::clean(source, &hosts());
    assert!(!clean.contains("evil") && !clean.contains("srcdoc") && !clean.contains("top"), "{clean}");
    assert_eq!(sanitise::clean(source, &[]), "");
}

#[test]
fn a_site_is_not_framed_in_itself() {
    let (site, hosts) = (url::Url::parse("https://player.example/blog/").unwrap(), hosts());
    let place = Place::on_site(Some(&site), "/a/").with_frames(&hosts);
    let source = "<iframe src=https://player.example/a></iframe><iframe src=https://www.youtube.com/embed/a></iframe>";
    assert_eq!(normalise(source, &place, None).unwrap().html, frame("src=\"https://www.youtube.com/embed/a\""));
    assert_eq!(left_out(source, &place), Ok(vec![("iframe", 1)]));
}

#[test]
fn frames_stand_where_they_stood() {
    let kept = frame("src=\"https://player.example/\"");
    let source = "<iframe src=https://player.example/></iframe>";
    for (around, expected) in [
        (format!("<p>a {source} b</p>"), format!("<p>a {kept} b</p>")),
        (format!("<p>{source}</p>"), format!("<p>{kept}</p>")),
        (
            format!("<figure class=wp-block-embed><div>{source}</div></figure>"),
            format!("<figure><div>{kept}</div></figure>"),
        ),
        (
            format!("<figure><img src=a.jpg>{source}<figcaption>c</figcaption></figure>"),
            format!("<figure><img src=\"a.jpg\" alt=\"\" data-figure=\"0\"><figcaption>c</figcaption></figure>{kept}"),
        ),
        (
            format!("{source}<img src=a.jpg>"),
            format!("{kept}<figure><img src=\"a.jpg\" alt=\"\" data-figure=\"0\"></figure>"),
        ),
        (format!("<svg>{source}</svg><select>{source}</select><template>{source}</template>"), String::new()),
    ] {
        assert_eq!(with(&around), expected, "{around}");
    }
    let hosts = hosts();
    let body = normalise(&format!("a{source}b"), &Place::unknown().with_frames(&hosts), None).unwrap();
    assert_eq!(body.text, "a\nb");
    assert_eq!(visible_text("a<iframe src=https://player.example/>hidden</iframe><iframe></iframe>b").unwrap(), "a\nb");
}
