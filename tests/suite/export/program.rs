//! `masthead export` as people run it.

use super::files;
use std::fs;
use tests::{
    db::TestDb,
    program::run,
    seed::{self, Folder, Seed},
};

tests::on_both_databases! {
    async fn the_program_writes_a_site_and_reads_it_again(db: TestDb) {
        let here = Folder::new();
        seed::plant(&db, Seed::Demo(120)).await;
        let ended = run(&here.path(), &["export", "site", "--database-url", db.url()]);
        assert_eq!((ended.status, ended.output.as_str()), (Some(0), "120 exported\n"), "{}", ended.errors);
        assert_eq!(ended.errors, "");
        let posts = files(&here.path().join("site/source/_posts"));
        assert_eq!(posts.len(), 120);
        assert!(posts.keys().all(|name| name.strip_suffix(".md").is_some_and(|stem| stem.starts_with("demo-1-"))));
    }

    async fn every_form_has_its_own_folders(db: TestDb) {
        let here = Folder::new();
        seed::plant(&db, Seed::Content).await;
        for (form, file) in [
            ("hexo", "source/_drafts/unfinished.md"),
            ("jekyll", "_posts/2025-12-01-a-note-on-seconds.md"),
            ("hugo", "content/posts/the-bakery.md"),
        ] {
            let ended = run(&here.path(), &["export", form, "--form", form, "--database-url", db.url()]);
            assert_eq!((ended.status, ended.last_line()), (Some(0), "13 exported"), "{}", ended.errors);
            assert!(here.path().join(form).join(file).is_file(), "{:#?}", files(&here.path().join(form)).keys());
        }
    }

    async fn a_folder_with_something_in_it_is_left_alone(db: TestDb) {
        let here = Folder::new();
        here.write("site/notes.txt", "mine");
        for folder in ["site", "site/notes.txt"] {
            let ended = run(&here.path(), &["export", folder, "--database-url", db.url()]);
            assert_eq!((ended.status, ended.output.as_str()), (Some(1), ""), "{}", ended.errors);
            assert!(ended.errors.contains(folder), "{}", ended.errors);
        }
        assert_eq!(fs::read_to_string(here.path().join("site/notes.txt")).unwrap(), "mine");
        let ended = run(&here.path(), &["export", "deep/er/site", "--database-url", db.url()]);
        assert_eq!((ended.status, ended.output.as_str()), (Some(0), "0 exported\n"), "{}", ended.errors);
        assert_eq!(run(&here.path(), &["export"]).status, Some(2));
        assert_eq!(run(&here.path(), &["export", "x", "--form", "latin"]).status, Some(2));
    }
}
