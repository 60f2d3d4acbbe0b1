use chrono::SecondsFormat;
use chrono_tz::{Asia::Shanghai, Tz, UTC};
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::import::document::{AuthorDraft, PictureDraft};

fn site() -> SiteRules {
    SiteRules {
        timezone: Shanghai,
        locale: "en".into(),
        permalink: ":year/:month/:day/:title/".into(),
        url: None,
    }
}

fn read_at(path: &str, text: &str, site: &SiteRules) -> Result<Read, Refusal> {
    read(
        &PostFile {
            path,
            bytes: text.as_bytes(),
        },
        site,
    )
}

/// A post with this front matter and a short body.
fn post(front_matter: &str) -> Read {
    read_at(
        "source/_posts/a-post.md",
        &format!("---\n{front_matter}\n---\nText.\n"),
        &site(),
    )
    .unwrap()
}

fn document(front_matter: &str) -> Document {
    post(front_matter).document
}

fn warnings(front_matter: &str) -> Vec<(Option<u32>, String)> {
    post(front_matter)
        .warnings
        .into_iter()
        .map(|warning| (warning.line, warning.message))
        .collect()
}

fn utc(date: Option<DateTime<Utc>>) -> String {
    date.unwrap().to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// The form of a post that RSSHub fed into Hexo, in words of our own.
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
    assert_eq!(
        (document.slug.as_str(), document.path.as_deref()),
        ("news/harbour", Some("/2022/08/16/news/harbour/"))
    );
    assert_eq!(utc(document.published_at), "2022-08-16T02:50:37Z");
    assert_eq!(document.updated_at, None);
    assert_eq!(document.locale, "zh");
    assert!(!document.is_draft && !document.comments_enabled);
    assert_eq!(
        document.authors,
        [AuthorDraft {
            name: "港口 Daily".into(),
            ..AuthorDraft::default()
        }]
    );
    assert_eq!(document.categories, [["新媒体", "港口 Daily", "新闻"]]);
    let picture = PictureDraft {
        original_url: "https://ex.com/2022/08/a.png".into(),
        width: Some(770),
        height: Some(513),
    };
    assert_eq!(
        (document.cover.as_ref(), document.thumbnail.as_ref()),
        (Some(&picture), Some(&picture))
    );
    assert!(document.body.figures[0].is_cover);
    assert_eq!(
        document.body.text,
        "去年夏天，渔港关闭了整整 30 天。\n清晨的渔港 (本地媒体)\n接下来会怎样？"
    );
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
fn categories_are_read_as_hexo_reads_them() {
    for (front_matter, chains) in [
        ("categories: A", json!([["A"]])),
        ("categories: [A, B]", json!([["A", "B"]])),
        ("categories:\n- A\n- B", json!([["A", "B"]])),
        ("categories: [国际, 中东]", json!([["国际", "中东"]])),
        (
            "categories:\n- [A, B]\n- [A, C]\n- D",
            json!([["A", "B"], ["A", "C"], ["D"]]),
        ),
        (
            "categories: [[国际, 中东], [国际, 欧洲], 评论]",
            json!([["国际", "中东"], ["国际", "欧洲"], ["评论"]]),
        ),
        ("categories: A, B", json!([["A, B"]])),
        ("categories: 2022", json!([["2022"]])),
        ("categories: [2022, ~, '', A]", json!([["2022", "A"]])),
        ("categories: [[A], [A], [~], B, B]", json!([["A"], ["B"]])),
        ("category: X", json!([["X"]])),
        ("categories: A\ncategory: X", json!([["A"]])),
        ("categories:\ncategory: X", json!([["X"]])),
        ("title: x", json!([])),
    ] {
        assert_eq!(json!(document(front_matter).categories), chains, "{front_matter}");
    }
    assert_eq!(document("categories: A\ncategory: X").extra["category"], "X");
}

#[test]
fn tags_are_flat_and_a_text_is_one() {
    for (front_matter, tags) in [
        ("tags: [b, a, b, 7, ~, '']", json!(["b", "a", "7"])),
        ("tags: a, b", json!(["a, b"])),
        ("tag: a", json!(["a"])),
        ("tags:\n- [a, b]\n- c", json!(["a", "b", "c"])),
        ("tags:", json!([])),
    ] {
        assert_eq!(json!(document(front_matter).tags), tags, "{front_matter}");
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
        assert_eq!(
            (utc(document.published_at), utc(document.updated_at)),
            (instant.into(), instant.into()),
            "{date}"
        );
    }
    assert_eq!(document("date:\nupdated: ''").published_at, None);
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
    assert!(
        refusal
            .to_string()
            .starts_with("`date`: `soon` is not a date: write it as")
    );
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
    let refuse = |bytes: &[u8]| read(&PostFile { path: "a.md", bytes }, &site()).unwrap_err();
    assert_eq!(
        refuse(b"---\ntitle: x\n---\nno \xff utf-8"),
        Refusal::NotUtf8 { line: 4 }
    );
    assert!(matches!(refuse(b"---\n- a\n---\n"), Refusal::FrontMatter(_)));
    assert!(matches!(refuse(b"---\ntitle: x\nbody"), Refusal::FrontMatter(_)));
    let deep = format!("---\ntitle: x\n---\n{}", "<div>".repeat(1_000));
    assert!(matches!(refuse(deep.as_bytes()), Refusal::TooDeep { line: 4, .. }));
}

#[test]
fn a_post_without_a_title_is_named_after_its_file() {
    let read = read_at("source/_posts/2022/Mein Tag.md", "Text", &site()).unwrap();
    assert_eq!(read.document.title, "Mein Tag");
    assert_eq!(read.document.slug, "2022/mein-tag");
    assert_eq!(read.warnings.len(), 1);
    assert_eq!(document("title: ''").title, "a-post");
    assert_eq!(document("title: 2022").title, "2022");
    assert_eq!(document("title: \"a\\nb\\0c\"").title, "a bc");
}

#[test]
fn the_slug_is_the_path_under_posts_unless_one_is_given() {
    let slug = |path: &str, text: &str| read_at(path, text, &site()).unwrap().document.slug;
    assert_eq!(slug("source/_posts/Foo Bar/半岛.md", ""), "foo-bar/半岛");
    assert_eq!(slug("_posts/a.b.md", ""), "a-b");
    assert_eq!(slug("source/_drafts/x.md", ""), "x");
    assert_eq!(slug("folder.x/plain", ""), "folder-x/plain");
    assert_eq!(slug("a.md", "---\nslug: My Slug/Two\n---\n"), "my-slug/two");
    assert_eq!(slug("！.md", "---\ntitle: Hi\n---\n"), "hi");
    assert_eq!(slug("！.md", "---\ntitle: ？\n---\n"), "post");
}

#[test]
fn the_path_follows_the_sites_pattern() {
    let path = |pattern: &str, front_matter: &str| {
        let site = SiteRules {
            permalink: pattern.into(),
            ..site()
        };
        let text = format!("---\n{front_matter}\n---\n");
        let read = read_at("source/_posts/Sub/Mein Tag.md", &text, &site).unwrap();
        (read.document.path, read.warnings.len())
    };
    let date = "title: T\ndate: 2022-08-05T18:09:07Z";
    let some = |path: &str| (Some(path.to_owned()), 0);
    assert_eq!(
        path(":year/:month/:day/:title/", date),
        some("/2022/08/06/Sub/Mein Tag/")
    );
    assert_eq!(
        path(":year/:i_month/:i_day/:name.html", date),
        some("/2022/8/6/Mein Tag.html")
    );
    assert_eq!(
        path("/:category/:post_title", "title: Ä B\ncategories: [[X], [Al J, 半岛]]"),
        some("/Al-J/半岛/ä-b")
    );
    assert_eq!(
        path(":category/:title/", "title: T"),
        some("/uncategorized/Sub/Mein Tag/")
    );
    assert_eq!(
        path("p/:abbrlink/", "title: T\nabbrlink: 4a17b156"),
        some("/p/4a17b156/")
    );
    assert_eq!(path(":id/", "title: T"), (Some("/Sub/Mein Tag/".into()), 1));
    assert_eq!(path(":year/:title/", "title: T"), (None, 0));
    assert_eq!(
        path(":year/:title/", "title: T\npermalink: 2022/%E5%8D%8A%E5%B2%9B.html"),
        some("/2022/半岛.html")
    );
}

#[test]
fn a_path_can_be_filled_with_a_date_later() {
    let document = document("title: x");
    assert_eq!(document.path, None);
    assert_eq!(
        document.permalink.at("2022-08-05T18:09:07Z".parse().unwrap()),
        "/2022/08/06/a-post/"
    );
}

#[test]
fn drafts_are_told_by_key_or_folder() {
    for front_matter in ["published: false", "draft: true", "published: 'false'"] {
        assert!(document(front_matter).is_draft, "{front_matter}");
    }
    for front_matter in ["published: true", "draft: false", "published:", "title: x"] {
        assert!(!document(front_matter).is_draft, "{front_matter}");
    }
    assert!(read_at("source/_drafts/a/b.md", "", &site()).unwrap().document.is_draft);
    assert!(
        !read_at("source/_posts/_drafts.md", "", &site())
            .unwrap()
            .document
            .is_draft
    );
    assert_eq!(
        warnings("title: x\ndraft: maybe"),
        [(
            Some(3),
            "`draft` should be true or false; `\"maybe\"` was ignored".into()
        )]
    );
}

#[test]
fn authors_are_one_text_a_mapping_or_a_list_of_these() {
    let authors = |front_matter: &str| document(front_matter).authors;
    let named = |name: &str| AuthorDraft {
        name: name.into(),
        ..AuthorDraft::default()
    };
    let full = AuthorDraft {
        name: "Mo".into(),
        bio: Some("Writes.".into()),
        website: Some("https://mo.ex".into()),
        avatar: Some("/mo.png".into()),
    };
    assert_eq!(authors("author: Ann Bee, Cid"), [named("Ann Bee, Cid")]);
    assert_eq!(
        authors("authors: [Ann, ~, Bee, Ann, 7]"),
        [named("Ann"), named("Bee"), named("7")]
    );
    assert_eq!(
        authors("author: {name: Mo, bio: Writes., url: 'https://mo.ex', avatar: '/mo.png?w=90'}"),
        [full.clone()]
    );
    let listed = "authors:\n- {name: Mo, description: Writes., link: 'https://mo.ex', image: /mo.png}\n- Ann";
    assert_eq!(authors(listed), [full, named("Ann")]);
    assert_eq!(authors("author: {bio: x}"), []);
    assert_eq!(authors("author: {name: Mo, website: 'javascript:x'}"), [named("Mo")]);
    assert_eq!(warnings("title: x\nauthor: {name: Mo, website: mo.ex}").len(), 1);
}

#[test]
fn covers_are_looked_for_under_the_keys_of_themes() {
    let cover = |front_matter: &str| document(front_matter).cover.map(|cover| cover.original_url);
    for key in [
        "cover",
        "headimg",
        "banner",
        "banner_img",
        "top_img",
        "featured_image",
        "image",
        "img",
        "photos",
        "photo",
    ] {
        assert_eq!(cover(&format!("{key}: /a.jpg?w=5&amp;h=4")).unwrap(), "/a.jpg", "{key}");
    }
    assert_eq!(cover("img: b.jpg\ncover: a.jpg").unwrap(), "a.jpg");
    assert_eq!(cover("cover: false\nimg: b.jpg"), None);
    assert_eq!(cover("top_img: false\nheadimg: b.jpg").unwrap(), "b.jpg");
    assert_eq!(cover("top_img: false"), None);
    assert_eq!(cover("cover:\nimg: b.jpg").unwrap(), "b.jpg");
    assert_eq!(cover("cover: 'javascript:x'"), None);
    let gallery = document("photos: [a.jpg, b.jpg]");
    assert_eq!(gallery.cover.unwrap().original_url, "a.jpg");
    assert_eq!(gallery.extra["photos"], json!(["a.jpg", "b.jpg"]));
}

#[test]
fn a_thumbnail_does_not_make_a_cover() {
    for key in ["thumbnail", "index_img"] {
        let document = document(&format!("{key}: /a.jpg?resize=3,2"));
        assert_eq!(document.cover, None);
        assert_eq!(
            document.thumbnail.unwrap(),
            PictureDraft {
                original_url: "/a.jpg".into(),
                width: Some(3),
                height: Some(2)
            }
        );
    }
}

#[test]
fn an_excerpt_is_given_by_its_key_or_stands_before_the_more_marker() {
    let excerpt = |text: &str| read_at("a.md", text, &site()).unwrap().document.excerpt;
    for marker in ["<!-- more -->", "<!--more-->", "<!-- MORE-->", "<!--More -->"] {
        assert_eq!(
            excerpt(&format!("One *two*.\n\n{marker}\n\nThree.")).unwrap(),
            "One two.",
            "{marker}"
        );
    }
    assert_eq!(
        excerpt("---\nexcerpt: ' By hand. '\n---\nOne.\n<!-- more -->\nTwo.").unwrap(),
        "By hand."
    );
    assert_eq!(
        excerpt("<div><p>One.</p><!-- more --><p>Two.</p></div>").unwrap(),
        "One."
    );
    for text in [
        "<!-- more -->\nOne.",
        "One.",
        "One.\n\n<!--  more -->\n",
        "`<!-- more -->`",
        "One <!-- mo",
    ] {
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
    let chinese = SiteRules {
        locale: "zh-CN".into(),
        ..site()
    };
    let locale = |text: &str| read_at("半岛.md", text, &chinese).unwrap().document.locale;
    assert_eq!(
        (locale("新闻"), locale("Only English words here, many more of them")),
        ("zh-CN".into(), "en".into())
    );
}

#[test]
fn where_a_text_came_from_is_an_absolute_url() {
    for key in ["source", "source_url", "original_url", "canonical_url", "link"] {
        assert_eq!(
            document(&format!("{key}: https://ex.com/a?b=1")).source_url.unwrap(),
            "https://ex.com/a?b=1"
        );
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
    let read = read_at(
        "_posts/a.html",
        "---\ntitle: x\n---\n<p>*a*</p>\n\n    <p>b</p>",
        &site(),
    )
    .unwrap();
    assert_eq!(read.document.body.text, "*a*\nb");
}

#[test]
fn values_that_had_to_be_repaired_are_reported() {
    let read = read_at("a.md", "\n---\ntitle: Rust: a tour\n---\n", &site()).unwrap();
    assert_eq!(read.document.title, "Rust: a tour");
    assert_eq!(read.warnings[0].line, Some(3));
}

fn zone() -> impl Strategy<Value = Tz> {
    prop::sample::select(vec![UTC, Shanghai, chrono_tz::America::New_York])
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic_and_the_same_give_the_same(bytes in prop::collection::vec(any::<u8>(), 0..200), timezone in zone()) {
        let site = SiteRules { timezone, ..site() };
        let file = PostFile { path: "a/b.md", bytes: &bytes };
        prop_assert_eq!(read(&file, &site), read(&file, &site));
    }

    #[test]
    fn no_front_matter_makes_it_panic(
        key in "(title|date|updated|categories|tags|author|cover|photos|lang|slug|permalink|excerpt|published|x)",
        value in "[ \\[\\]{}a-c:,'\"0-9~#|\n/-]{0,20}",
        body in any::<String>(),
    ) {
        let text = format!("---\n{key}: {value}\n---\n{body}");
        if let Ok(Read { document, .. }) = read_at("p.md", &text, &site()) {
            prop_assert!(!document.title.is_empty() && !document.slug.is_empty());
            prop_assert!(document.path.is_none_or(|path| path.starts_with('/')));
        }
    }
}
