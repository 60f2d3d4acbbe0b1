//! Categories, tags, authors and pictures.

use super::*;

#[test]
fn categories_are_read_as_hexo_reads_them() {
    for (front_matter, chains) in [
        ("categories: A", json!([["A"]])),
        ("categories: [A, B]", json!([["A", "B"]])),
        ("categories:\n- A\n- B", json!([["A", "B"]])),
        ("categories: [国际, 中东]", json!([["国际", "中东"]])),
        ("categories:\n- [A, B]\n- [A, C]\n- D", json!([["A", "B"], ["A", "C"], ["D"]])),
        ("categories: [[国际, 中东], [国际, 欧洲], 评论]", json!([["国际", "中东"], ["国际", "欧洲"], ["评论"]])),
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
fn a_mapping_among_names_is_reported_and_kept() {
    for (key, value, extra) in [
        ("tags", "{a: 1}", json!({"a": 1})),
        ("tags", "[x, [{a: 1}]]", json!(["x", [{"a": 1}]])),
        ("categories", "{a: {b: c}}", json!({"a": {"b": "c"}})),
        ("categories", "[{name: x}, y]", json!([{"name": "x"}, "y"])),
        ("category", "{a: b}", json!({"a": "b"})),
    ] {
        let read = post(&format!("title: x\n{key}: {value}"));
        let message = format!("`{key}` holds something that is no name; it was left among the extra fields");
        assert_eq!(read.warnings, [Warning { line: Some(3), message }], "{value}");
        assert_eq!(read.document.extra[key], extra, "{value}");
    }
    assert_eq!(document("tags: [x, {a: 1}]").tags, ["x"]);
    assert_eq!(document("categories: [{name: x}, y]").categories, [["y"]]);
    assert_eq!(warnings("title: x\ntags: [a, ~, '']\ncategories: []"), []);
}

#[test]
fn authors_are_one_text_a_mapping_or_a_list_of_these() {
    let authors = |front_matter: &str| document(front_matter).authors;
    let named = |name: &str| AuthorDraft { name: name.into(), ..AuthorDraft::default() };
    let full = AuthorDraft {
        name: "Mo".into(),
        bio: Some("Writes.".into()),
        website: Some("https://mo.ex".into()),
        avatar: Some(Picture {
            original_url: "/mo.png".into(),
            file: Some("source/mo.png".into()),
            width: None,
            height: None,
        }),
    };
    assert_eq!(authors("author: Ann Bee, Cid"), [named("Ann Bee, Cid")]);
    assert_eq!(authors("authors: [Ann, ~, Bee, Ann, 7]"), [named("Ann"), named("Bee"), named("7")]);
    assert_eq!(
        authors("author: {name: Mo, bio: Writes., url: 'https://mo.ex', avatar: '/mo.png?w=90'}"),
        std::slice::from_ref(&full)
    );
    let listed = "authors:\n- {name: Mo, description: Writes., link: 'https://mo.ex', image: /mo.png}\n- Ann";
    assert_eq!(authors(listed), [full, named("Ann")]);
    assert_eq!(authors("author:\nauthors: [Ann]"), [named("Ann")]);
    assert_eq!(authors("author: ' '\nauthors: Ann"), [named("Ann")]);
    assert_eq!(authors("author: Ann\nauthors: [Bee]"), [named("Ann")]);
    let marked_up = authors("author: {name: Mo, bio: '<b>Writes</b> &amp; *reads*.<script>x</script>'}");
    assert_eq!(marked_up[0].bio.as_deref(), Some("Writes & reads."));
    assert_eq!(authors("author: {bio: x}"), []);
    assert_eq!(authors("author: {name: Mo, website: 'javascript:x'}"), [named("Mo")]);
    assert_eq!(warnings("title: x\nauthor: {name: Mo, website: mo.ex}").len(), 1);
}

#[test]
fn covers_are_looked_for_under_the_keys_of_themes() {
    let cover = |front_matter: &str| document(front_matter).cover.map(|cover| cover.original_url);
    for key in
        ["cover", "headimg", "banner", "banner_img", "top_img", "featured_image", "image", "img", "photos", "photo"]
    {
        assert_eq!(cover(&format!("{key}: /a.jpg?w=5&amp;h=4")).unwrap(), "/a.jpg", "{key}");
    }
    assert_eq!(cover("img: b.jpg\ncover: a.jpg").unwrap(), "/2022/01/02/a-post/a.jpg");
    assert_eq!(cover("cover: false\nimg: b.jpg"), None);
    assert_eq!(cover("top_img: false\nheadimg: b.jpg").unwrap(), "/2022/01/02/a-post/b.jpg");
    assert_eq!(cover("top_img: false"), None);
    assert_eq!(cover("cover:\nimg: b.jpg").unwrap(), "/2022/01/02/a-post/b.jpg");
    assert_eq!(cover("cover: 'javascript:x'"), None);
    let gallery = document("photos: [a.jpg, b.jpg]");
    assert_eq!(gallery.cover.unwrap().original_url, "/2022/01/02/a-post/a.jpg");
    assert_eq!(gallery.extra["photos"], json!(["a.jpg", "b.jpg"]));
}

#[test]
fn a_thumbnail_does_not_make_a_cover() {
    for key in ["thumbnail", "index_img"] {
        let document = document(&format!("{key}: /a.jpg?resize=3,2"));
        assert_eq!(document.cover, None);
        assert_eq!(
            document.thumbnail.unwrap(),
            Picture {
                original_url: "/a.jpg".into(),
                file: Some("source/a.jpg".into()),
                width: Some(3),
                height: Some(2)
            }
        );
    }
}
