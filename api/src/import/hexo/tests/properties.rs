//! What holds for any bytes.

use chrono_tz::{Tz, UTC};
use proptest::prelude::*;

use super::*;

fn zone() -> impl Strategy<Value = Tz> {
    prop::sample::select(vec![UTC, Shanghai, chrono_tz::America::New_York])
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic_and_the_same_give_the_same(bytes in prop::collection::vec(any::<u8>(), 0..200), timezone in zone()) {
        let site = SiteRules { timezone, ..site() };
        let text = String::from_utf8_lossy(&bytes);
        prop_assert_eq!(read_at("a/b.md", &text, &site), read_at("a/b.md", &text, &site));
        prop_assert_eq!(read_bytes("a/b.md", &bytes, &site).is_ok(), str::from_utf8(&bytes).is_ok() && read_at("a/b.md", &text, &site).is_ok());
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
            prop_assert!(document.path.starts_with('/'));
        }
    }
}
