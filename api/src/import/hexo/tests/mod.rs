mod config;
mod names;
mod properties;
mod relations;

use chrono::SecondsFormat;
use chrono_tz::Asia::Shanghai;
use serde_json::json;

use super::*;
use crate::{
    article::{AuthorDraft, Naming, Picture},
    import::dialect::{self, Dialect},
};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// The date that the posts of these tests have already, and when they are imported.
const CHANGED_AT: &str = "2022-01-02T03:04:05Z";
const NOW: &str = "2023-01-02T03:04:05Z";

fn site() -> SiteRules {
    SiteRules {
        dialect: Dialect::Hexo(Rules::default()),
        timezone: Shanghai,
        locale: "en".into(),
        url: None,
        naming: Naming::default(),
        statics: vec!["source".into()],
        frame_hosts: Vec::new(),
    }
}

fn read_at(path: &str, text: &str, rules: &SiteRules) -> Result<Read, Refusal> {
    read_bytes(path, text.as_bytes(), rules)
}

fn read_bytes(path: &str, bytes: &[u8], rules: &SiteRules) -> Result<Read, Refusal> {
    let changed_at = CHANGED_AT.parse().unwrap();
    let now = NOW.parse().unwrap();
    let file = PostFile { path, bytes, known_date: Some(changed_at), changed_at, now };
    dialect::read(&file, &Site { rules, pictures: &BTreeSet::new(), posts: &|_| None })
}

/// A post with this front matter and a short body.
fn post(front_matter: &str) -> Read {
    read_at("source/_posts/a-post.md", &format!("---\n{front_matter}\n---\nText.\n"), &site()).unwrap()
}

fn document(front_matter: &str) -> Document {
    post(front_matter).document
}

fn warnings(front_matter: &str) -> Vec<(Option<u32>, String)> {
    post(front_matter).warnings.into_iter().map(|warning| (warning.line, warning.message)).collect()
}

fn utc(date: impl Into<Option<DateTime<Utc>>>) -> String {
    date.into().unwrap().to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// The form of a post that a feed put into Hexo, in words of our own.
const FED: &str = "
---
title: '渔港一年后 渔民为何仍在等待？'
categories: 
 - 新媒体
 - 港口 Daily
 - 新闻
headimg: 'https://ex.com/2022/08/a.png?w=770&resize=770%2C513'
author: 港口 Daily
comments: false
date: Tue, 16 Aug 2022 02:50:37 GMT
thumbnail: 'https://ex.com/2022/08/a.png?w=770&resize=770%2C513'
---

<div>   
<p>去年夏天，渔港关闭了整整 30 天。</p>
<figure id=\"attachment_1\" style=\"width:770px\" class=\"wp-caption aligncenter\"><img loading=\"lazy\" src=\"https://ex.com/2022/08/a.png?w=770&resize=770%2C513\" alt data-recalc-dims=\"1\" referrerpolicy=\"no-referrer\"><figcaption class=\"wp-caption-text\">清晨的渔港 (本地媒体)</figcaption></figure>
<h3>接下来会怎样？</h3>
  
</div>
            ";

#[test]
fn a_post_that_was_fed_from_a_feed_is_read_whole() {
    let Read { document, warnings } = read_at("news/harbour.md", FED, &site()).unwrap();
    assert_eq!(warnings, []);
    assert_eq!(document.title, "渔港一年后 渔民为何仍在等待？");
    assert_eq!((document.slug.as_str(), document.path.as_str()), ("news/harbour", "/2022/08/16/news/harbour/"));
    assert_eq!(utc(document.published_at), "2022-08-16T02:50:37Z");
    assert_eq!(document.updated_at, None);
    assert_eq!(document.locale, "zh");
    assert!(!document.is_draft && !document.comments_enabled);
    assert_eq!(document.authors, [AuthorDraft { name: "港口 Daily".into(), ..AuthorDraft::default() }]);
    assert_eq!(document.categories, [["新媒体", "港口 Daily", "新闻"]]);
    let picture = Picture {
        original_url: "https://ex.com/2022/08/a.png".into(),
        file: None,
        width: Some(770),
        height: Some(513),
    };
    assert_eq!((document.cover.as_ref(), document.thumbnail.as_ref()), (Some(&picture), Some(&picture)));
    assert!(document.body.figures[0].is_cover);
    assert_eq!(document.body.text, "去年夏天，渔港关闭了整整 30 天。\n清晨的渔港 (本地媒体)\n接下来会怎样？");
    assert!(document.markdown.starts_with("\n<div>   \n") && document.extra.is_empty());
}

#[test]
fn lines_before_it_and_the_way_lines_end_do_not_change_an_article() {
    let plain = read_at("a.md", "---\ntitle: x\n---\nText\n", &site()).unwrap().document;
    for text in [
        "\n---\ntitle: x\n---\nText\n",
        "\n\n---\ntitle: x\n---\nText\n",
        "\n\n\n---\ntitle: x\n---\nText\n",
        "\u{feff}---\ntitle: x\n---\nText\n",
        "---\r\ntitle: x\r\n---\r\nText\r\n",
        "title: x\n---\nText\n",
    ] {
        assert_eq!(read_at("a.md", text, &site()).unwrap().document, plain, "{text:?}");
    }
}

#[test]
fn dates_are_those_of_the_sites_zone_unless_they_tell_their_own() {
    for (date, instant) in [
        ("Fri, 20 May 2022 01:23:45 GMT", "2022-05-20T01:23:45Z"),
        ("2022-05-20 01:23:45", "2022-05-19T17:23:45Z"),
        ("2022-05-20T01:23:45+08:00", "2022-05-19T17:23:45Z"),
        ("2022/5/20 1:23:45", "2022-05-19T17:23:45Z"),
        ("2022-05-20", "2022-05-19T16:00:00Z"),
        ("'2022-05-20'", "2022-05-19T16:00:00Z"),
    ] {
        let document = document(&format!("date: {date}\nupdated: {date}"));
        assert_eq!((utc(document.published_at), utc(document.updated_at)), (instant.into(), instant.into()), "{date}");
    }
    assert_eq!(utc(document("date:\nupdated: ''").published_at), CHANGED_AT);
}

#[test]
fn an_unreadable_date_refuses_the_file_with_its_line() {
    for (text, line) in [
        ("---\ntitle: x\ndate: soon\n---\n", 3),
        ("\n\n---\nupdated: 2022-13-01\n---\n", 4),
        ("---\ndate: [2022]\n---\n", 2),
        ("---\ndate: 1652981025\n---\n", 2),
        ("\"a\": 1,\n\"date\": \"soon\"\n;;;\n", 2),
    ] {
        let refusal = read_at("a.md", text, &site()).unwrap_err();
        assert!(matches!(refusal, Refusal::Date { .. }), "{text}");
        assert_eq!(refusal.line(), line, "{text}");
    }
    let refusal = read_at("a.md", "---\ndate: soon\n---\n", &site()).unwrap_err();
    assert!(refusal.to_string().starts_with("`date`: `soon` is not a date: write it as"));
}

#[test]
fn a_chinese_date_is_read_and_reported() {
    let read = post("title: x\ndate: 2022年5月20日");
    assert_eq!(utc(read.document.published_at), "2022-05-19T16:00:00Z");
    assert_eq!(read.warnings.len(), 1);
    assert_eq!(read.warnings[0].line, Some(3));
}

#[test]
fn what_cannot_be_read_at_all_is_refused() {
    let refuse = |bytes: &[u8]| read_bytes("a.md", bytes, &site()).unwrap_err();
    assert_eq!(
        refuse(b"---\ntitle: x\n---\nno \xff utf-8"),
        Refusal::NotUtf8(crate::import::text::NotUtf8 { line: 4 })
    );
    assert!(matches!(refuse(b"---\n- a\n---\n"), Refusal::FrontMatter(_)));
    assert!(matches!(refuse(b"---\ntitle: x\nbody"), Refusal::FrontMatter(_)));
    let deep = format!("---\ntitle: x\n---\n{}", "<div>".repeat(1_000));
    assert!(matches!(refuse(deep.as_bytes()), Refusal::TooDeep { line: 4, .. }));
}

#[test]
fn drafts_are_told_by_key_or_folder() {
    for word in ["false", "no", "off", "0", "n", "'False'", "No", "OFF", "'0'", " N "] {
        assert!(document(&format!("published: {word}")).is_draft, "{word}");
        assert!(!document(&format!("draft: {word}")).is_draft, "{word}");
        assert!(!document(&format!("comments: {word}")).comments_enabled, "{word}");
    }
    for word in ["true", "yes", "on", "1", "y", "'True'", "YES", "On", "'1'"] {
        assert!(document(&format!("draft: {word}")).is_draft, "{word}");
        assert!(!document(&format!("published: {word}")).is_draft, "{word}");
        assert!(document(&format!("comments: {word}")).comments_enabled, "{word}");
    }
    for front_matter in ["draft: yes\npublished: yes", "draft: no\npublished: no"] {
        let document = document(front_matter);
        assert!(document.is_draft && document.extra.is_empty(), "{front_matter}");
    }
    for front_matter in ["published:", "draft:", "draft: ''", "title: x"] {
        assert!(!document(front_matter).is_draft, "{front_matter}");
    }
    assert!(read_at("source/_drafts/a/b.md", "", &site()).unwrap().document.is_draft);
    assert!(!read_at("source/_posts/_drafts.md", "", &site()).unwrap().document.is_draft);
}

#[test]
fn a_flag_that_nobody_can_read_keeps_a_post_a_draft() {
    for key in ["draft", "published"] {
        for value in ["maybe", "2", "[true]", "{a: 1}", "tomorrow"] {
            let read = post(&format!("title: x\n{key}: {value}"));
            assert!(read.document.is_draft, "{key}: {value}");
            assert_eq!((read.warnings.len(), read.warnings[0].line), (1, Some(3)), "{key}: {value}");
        }
    }
    assert_eq!(
        warnings("title: x\ndraft: maybe"),
        [(Some(3), "`draft` should be true or false; because of `\"maybe\"` the post stays a draft".into())]
    );
    let read = post("title: x\ncomments: later");
    assert!(read.document.comments_enabled && !read.document.is_draft);
    assert_eq!(read.warnings[0].message, "`comments` should be true or false; `\"later\"` was ignored");
}

#[test]
fn an_excerpt_with_markup_is_answered_as_a_reader_sees_it() {
    for (written, excerpt) in [
        ("\"<p>Hello <b>you</b> &amp; me</p><script>x</script>\"", Some("Hello you & me")),
        ("'One *two* [three](/x) & four'", Some("One two three & four")),
        ("'AT&T, 1 < 2, a_b_c, “q”'", Some("AT&T, 1 < 2, a_b_c, “q”")),
        ("\"One.\\n\\nTwo\\nthree.\\n\"", Some("One.\nTwo\nthree.")),
        ("'<script>x</script>'", None),
    ] {
        assert_eq!(document(&format!("excerpt: {written}")).excerpt.as_deref(), excerpt, "{written}");
    }
    let deep = post(&format!("title: x\nexcerpt: '{}'", "<div>".repeat(1_000)));
    assert_eq!((deep.document.excerpt, deep.warnings.len(), deep.warnings[0].line), (None, 1, Some(3)));
}

#[test]
fn an_excerpt_is_given_by_its_key_or_stands_before_the_more_marker() {
    let excerpt = |text: &str| read_at("a.md", text, &site()).unwrap().document.excerpt;
    for marker in ["<!-- more -->", "<!--more-->", "<!-- MORE-->", "<!--More -->"] {
        assert_eq!(excerpt(&format!("One *two*.\n\n{marker}\n\nThree.")).unwrap(), "One two.", "{marker}");
    }
    assert_eq!(excerpt("---\nexcerpt: ' By hand. '\n---\nOne.\n<!-- more -->\nTwo.").unwrap(), "By hand.");
    assert_eq!(excerpt("<div><p>One.</p><!-- more --><p>Two.</p></div>").unwrap(), "One.");
    for text in ["<!-- more -->\nOne.", "One.", "One.\n\n<!--  more -->\n", "`<!-- more -->`", "One <!-- mo"] {
        assert_eq!(excerpt(text), None, "{text}");
    }
}

#[test]
fn the_language_is_the_one_given_else_the_texts() {
    assert_eq!(document("lang: zh-cn").locale, "zh-CN");
    assert_eq!(document("language: de").locale, "de");
    assert_eq!(document("title: 半岛电视台的新闻").locale, "zh");
    let read = post("title: x\nlang: klingon!");
    assert_eq!((read.document.locale.as_str(), read.warnings.len()), ("en", 1));
    let chinese = SiteRules { locale: "zh-CN".into(), ..site() };
    let locale = |text: &str| read_at("半岛.md", text, &chinese).unwrap().document.locale;
    assert_eq!((locale("新闻"), locale("Only English words here, many more of them")), ("zh-CN".into(), "en".into()));
}

#[test]
fn where_a_text_came_from_is_an_absolute_url() {
    for key in ["source", "source_url", "original_url", "canonical_url", "link"] {
        assert_eq!(document(&format!("{key}: https://ex.com/a?b=1")).source_url.unwrap(), "https://ex.com/a?b=1");
    }
    let document = document("source: Reuters\nlink: https://ex.com");
    assert_eq!(document.source_url.unwrap(), "https://ex.com");
    assert_eq!(document.extra["source"], "Reuters");
}

#[test]
fn what_has_no_field_is_kept_with_its_type() {
    let document = document(
        "title: x\nlayout: false\nweight: 7\nnested: {b: [1, ~], a: \"x\\u0000\"}\ntoc: yes\ncomments: true\nempty:",
    );
    assert_eq!(
        serde_json::to_string(&document.extra).unwrap(),
        r#"{"layout":false,"weight":7,"nested":{"b":[1,null],"a":"x"},"toc":"yes","empty":null}"#
    );
}

#[test]
fn html_files_are_posts_that_no_markdown_touches() {
    let read = read_at("_posts/a.html", "---\ntitle: x\n---\n<p>*a*</p>\n\n    <p>b</p>", &site()).unwrap();
    assert_eq!(read.document.body.text, "*a*\nb");
}

#[test]
fn media_that_a_body_cannot_hold_are_reported_once() {
    let told = |path: &str, body: &str| -> Vec<String> {
        let read = read_at(path, &format!("---\ntitle: x\n---\n{body}\n"), &site()).unwrap();
        read.warnings.into_iter().map(|warning| warning.message).collect()
    };
    let rest = "left out: a body holds text and pictures; link to what is shown there";
    assert_eq!(told("a.md", "<iframe src=x></iframe>"), [format!("1 iframe was {rest}")]);
    let many = "<IFRAME src=x></IFRAME>\n\ntext <video><source src=x></video>\n\n<iframe></iframe>\n\n<object><embed></object>";
    assert_eq!(told("a.md", many), [format!("2 iframe, 1 object, 1 video were {rest}")]);
    assert_eq!(told("a.html", "<p>a<embed src=x><audio></audio></p>"), [format!("1 audio, 1 embed were {rest}")]);
    for none in ["`<iframe>`", "```\n<video>\n```", "an iframe", "<!-- <iframe> -->", "<iframes>x</iframes>"] {
        assert_eq!(told("a.md", none), [""; 0], "{none}");
    }
}

#[test]
fn values_that_had_to_be_repaired_are_reported() {
    let read = read_at("a.md", "\n---\ntitle: Rust: a tour\n---\n", &site()).unwrap();
    assert_eq!(read.document.title, "Rust: a tour");
    assert_eq!(read.warnings[0].line, Some(3));
}
